"""Every sentence with which igmap refuses something, read from its code; a figure in it is 101, one in quotes '102'."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import count, islice, product
from pathlib import Path

import igmap.errors
from igmap.vocabulary import load_yaml
from tests.test_architecture import nodes

HOME = Path(igmap.errors.__file__).parent
ERRORS = {name for name in vars(igmap.errors) if name.endswith("Error")}
REFUSING = dict.fromkeys(sorted(ERRORS | {"refusal", "ValueError", "UnsoundError", "BadParameter", "wrong"}), 0)
REFUSING |= {"placed": 1, "Rule": 1}  # which of the arguments is told: the second of these
FIGURE = "⟦⟧"
FIRST = 101  # the figures are numbers of three digits, that any language writes alike
DEEPEST = 6  # calls from a raise to the function that words it
LISTING = {", ", " or "}
MOST = 64  # ways in which one sentence may come out


class Module:
    """One file of igmap: its constants, its functions, and the function that each expression stands in."""

    def __init__(self, path: Path) -> None:
        """Read it."""
        self.nodes = nodes(path)

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        """Each function by its name."""
        return {node.name: node for node in self.nodes if isinstance(node, ast.FunctionDef)}

    @cached_property
    def constants(self) -> dict[str, ast.expr]:
        """What names outside functions stand for."""
        return dict(assigned(ast.iter_child_nodes(self.nodes[0])))

    @cached_property
    def imported(self) -> dict[str, tuple[str, str]]:
        """Each imported name with its module and its name there."""
        froms = (node for node in self.nodes if isinstance(node, ast.ImportFrom) and node.module)
        return {name.asname or name.name: (str(node.module), name.name) for node in froms for name in node.names}

    @cached_property
    def inside(self) -> dict[ast.AST, ast.FunctionDef]:
        """The innermost function around each node."""
        return {node: function for function in self.functions.values() for node in ast.walk(function)}

    @cached_property
    def calls(self) -> dict[str, list[ast.Call]]:
        """Each call by the name of what is called."""
        found: dict[str, list[ast.Call]] = {}
        for node in self.nodes:
            if isinstance(node, ast.Call):
                found.setdefault(name_of(node.func), []).append(node)
        return found

    @cache  # noqa: B019 - the modules live as long as the tests
    def given(self, function: ast.FunctionDef) -> list[tuple[str, ast.expr]]:
        """What a function gives its names, and what its callers in the same file give its arguments."""
        own, arguments = list(assigned(ast.walk(function))), [*function.args.args, *function.args.kwonlyargs]
        bound = bool(arguments) and arguments[0].arg in {"self", "cls"}
        for call in self.calls.get(function.name, []):
            own += zip((one.arg for one in arguments[bound:]), call.args, strict=False)
            own += [(key.arg, key.value) for key in call.keywords if key.arg]
        return own


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def assigned(body: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    """Name and value of each plain assignment."""
    for node in body:
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr | ast.AugAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                pairs = (
                    zip(target.elts, node.value.elts, strict=False)
                    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
                    else [(target, node.value)]
                )
                yield from ((one.id, value) for one, value in pairs if isinstance(one, ast.Name))
        if isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Name):
            yield node.target.id, node.iter


@cache
def module(name: str) -> Module | None:
    path = HOME.parent / Path(*name.split("."))
    found = next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.is_file()), None)
    return Module(found) if found else None


def worded(node: ast.expr | None, home: Module, depth: int = 0) -> list[str]:
    """What an expression may say; what is no wording of igmap's is a figure."""
    told = list(islice(dict.fromkeys(_worded(node, home, depth)), MOST)) if node and depth < DEEPEST else []
    return told or [FIGURE]


def _worded(node: ast.expr, home: Module, depth: int) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield from map("".join, product(*(_part(part, home, depth) for part in parts)))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from map("".join, product(worded(left, home, depth), worded(right, home, depth)))
        case ast.Name(id=name):
            yield from _named(name, node, home, depth)
        case ast.Call():
            yield from _called(node, home, depth)
        case _:
            yield from (text for one in _alternatives(node, home) for text in worded(one, home, depth))


def _alternatives(node: ast.expr, home: Module) -> list[ast.expr]:
    """Those that one expression may be, or that it holds."""
    found: list[ast.expr] = []
    match node:
        case ast.IfExp(body=one, orelse=other):
            found = [one, other]
        case ast.BoolOp(op=ast.And(), values=values):
            found = [ast.Constant(""), values[-1]]
        case ast.BoolOp(values=values):
            found = [value for value in values if not (isinstance(value, ast.Constant) and value.value == "")]
        case ast.List(elts=values) | ast.Tuple(elts=values) | ast.Dict(values=values):
            found = values
        case ast.Starred(value=value) | ast.GeneratorExp(elt=value) | ast.ListComp(elt=value):
            found = [value]
        case ast.Subscript(value=value) if _constant(value, home):
            found = [value]
    return found


def _part(part: ast.expr, home: Module, depth: int) -> list[str]:
    if not isinstance(part, ast.FormattedValue):
        return worded(part, home, depth)
    if part.conversion == ord("r"):
        return [f"'{FIGURE}'"]
    return [FIGURE] if part.format_spec else worded(part.value, home, depth)


def _constant(node: ast.expr, home: Module) -> bool:
    return isinstance(node, ast.Dict | ast.Tuple) or (isinstance(node, ast.Name) and bool(_home_of(node.id, home)))


def _home_of(name: str, home: Module) -> tuple[Module, ast.expr] | None:
    """Where a name of upper case is given its value."""
    if name in home.constants:
        return home, home.constants[name]
    source, own = home.imported.get(name, ("", name))
    there = module(source) if source.startswith("igmap.") else None
    return (_home_of(own, there) if own not in there.constants else (there, there.constants[own])) if there else None


def _named(name: str, node: ast.AST, home: Module, depth: int) -> Iterator[str]:
    around = home.inside.get(node)
    values = [value for key, value in home.given(around) if key == name] if around else []
    if values:
        yield from (text for value in values for text in worded(value, home, depth + 1))
    elif found := _home_of(name, home):
        yield from worded(found[1], found[0], depth + 1)


def _called(node: ast.Call, home: Module, depth: int) -> Iterator[str]:
    name = name_of(node.func)
    if name == "nearest":
        yield from ("", f"; did you mean '{FIGURE}'?")
    elif isinstance(node.func, ast.Attribute) and name in {"join", "format", "get"}:
        yield from _by_method(node, node.func.value, name, home, depth)
    elif name in home.functions:
        yield from returned(home.functions[name], home, depth + 1)
    elif name in home.imported and (there := module(home.imported[name][0])):
        yield from returned(there.functions.get(home.imported[name][1]), there, depth + 1)


def _by_method(node: ast.Call, on: ast.expr, name: str, home: Module, depth: int) -> Iterator[str]:
    if name == "join" and not (worded(on, home)[0] in LISTING and _is_names(node.args[0])):
        yield from worded(node.args[0], home, depth)
    if name == "format":
        yield from (re.sub(r"{[^{}]*}", FIGURE, text) for text in worded(on, home, depth))
    if name == "get" and _constant(on, home):
        yield from worded(on, home, depth)


def _is_names(listed: ast.expr) -> bool:
    """Whether what is listed are names and not sentences, which a function makes."""
    return not (isinstance(listed, ast.GeneratorExp) and isinstance(listed.elt, ast.Call))


def returned(function: ast.FunctionDef | None, home: Module, depth: int) -> Iterator[str]:
    """What a function says."""
    for node in ast.walk(function) if function else ():
        if isinstance(node, ast.Return | ast.Yield | ast.YieldFrom) and node.value:
            yield from worded(node.value, home, depth)


def numbered(text: str) -> str:
    """The same with figures that can be told apart."""
    numbers = count(FIRST)
    return re.sub(FIGURE, lambda _: str(next(numbers)), text)


@cache
def sentences() -> Mapping[str, str]:
    """Each sentence, and where it is raised first."""
    found: dict[str, str] = {}
    for path in sorted(HOME.rglob("*.py")):
        here = module(".".join(path.relative_to(HOME.parent).with_suffix("").parts).removesuffix(".__init__"))
        assert here
        for name, at in REFUSING.items():
            for node in (call for call in here.calls.get(name, []) if len(call.args) > at):
                for text in worded(node.args[at], here):
                    found.setdefault(numbered(text), f"{path.relative_to(HOME.parent)}:{node.lineno}")
    for key, one in load_yaml("igmap.anonymisation.models", "texts.yaml").items():
        found.setdefault(
            numbered(re.sub("{[^{}]*}", FIGURE, one["en"])), f"igmap/anonymisation/models/texts.yaml: {key}"
        )
    return found

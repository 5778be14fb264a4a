"""Write docs/obligations.md from obligations.yaml; the tests fail when it is out of date or names what is not there."""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from igmap.policy.catalogue import catalogue

HERE = Path(__file__).parent
TESTS = HERE.parent / "tests"
STATES = ("works", "planned", "documentation only")
COUNT = 47
HEADS = ("", "§", "the policy says", "which means", "rule or capability", "shown by", "state")
OPENING = """# What the privacy policy promises, and what igmap does about it

Written by `python docs/make_obligations.py` from `docs/obligations.yaml`; not to be edited. *works*: every rule and
capability named is there, and a test shows it. *planned*: not yet, or in part. *documentation only*: a promise about
the world outside the data, which igmap writes down and cannot check.

"""


def obligations() -> list[dict[str, Any]]:
    """All rows."""
    rows: list[dict[str, Any]] = yaml.safe_load((HERE / "obligations.yaml").read_text("utf-8"))
    return rows


def problems(rows: list[dict[str, Any]]) -> list[str]:
    """What the rows say that is not so."""
    found = [problem for row in rows for problem in _problems(row)]
    if [row["id"] for row in rows] != [f"O{number}" for number in range(1, COUNT + 1)]:
        found.append(f"there have to be {COUNT} rows, O1 to O{COUNT}, in order")
    return found


def _problems(row: dict[str, Any]) -> Iterator[str]:
    rules, verbs, tests = (row.get(key, []) for key in ("rules", "verbs", "tests"))
    known = {one.rule.id for one in catalogue().values()}
    yield from (f"{row['id']}: there is no rule {name}" for name in rules if name not in known)
    yield from (f"{row['id']}: there is no verb {name!r}" for name in verbs if not _can_be_had(name))
    yield from (f"{row['id']}: there is no test {name}" for name in tests if name not in defined())
    if row["state"] not in STATES:
        yield f"{row['id']}: {row['state']!r} is none of {STATES}"
    if row["state"] == "works" and not ((rules or verbs) and tests):
        yield f"{row['id']}: what works has a rule or a verb, and a test"
    if (row["state"] == "planned") != bool(row.get("expects")):
        yield f"{row['id']}: what is planned, and that alone, says what it expects"


@cache
def defined() -> frozenset[str]:
    """Every test there is, as file::function."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(TESTS.rglob("test_*.py"))}
    found = ((path, node) for path, tree in trees.items() for node in tree.body if isinstance(node, ast.FunctionDef))
    return frozenset(f"{path.relative_to(TESTS).as_posix()}::{node.name}" for path, node in found)


def _can_be_had(verb: str) -> bool:
    """Whether it is a command of the command line, or a name that can be imported."""
    if verb.startswith("igmap "):
        return verb in _commands()
    module, _, name = verb.rpartition(".")
    return hasattr(import_module(module), name)


def _commands() -> set[str]:
    from igmap.cli import COMMANDS, GROUPS

    alone = {f"igmap {command.__name__.rstrip('_')}" for command in COMMANDS}
    return alone | {f"igmap {group} {one.__name__.split('_')[0]}" for group, many in GROUPS.items() for one in many}


def document() -> str:
    """The table as Markdown, with the states counted.

    Raises:
        SystemExit: a row names what is not there.
    """
    rows = obligations()
    if wrong := problems(rows):
        raise SystemExit("\n".join(wrong))
    counted = Counter(row["state"] for row in rows)
    told = ", ".join(f"{counted[state]} {state}" for state in STATES)
    lines = [HEADS, tuple("---" for _ in HEADS), *map(_cells, rows)]
    return f"{OPENING}{COUNT} promises: {told}.\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    checks = {one.rule.id: name for name, one in catalogue().items()}
    done = [f"{rule} `{checks[rule]}`" for rule in row.get("rules", [])] + [
        f"`{verb}`" for verb in row.get("verbs", [])
    ]
    shown = "<br>".join(f"`{name}`" for name in row.get("tests", []))
    state = row["state"] + (f": {row['expects']}" if "expects" in row else "")
    cells = (row["id"], row["section"], f"“{row['quote']}”", row["meaning"], "<br>".join(done), shown, state)
    return tuple(cell.replace("|", "\\|") for cell in cells)


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "obligations.md"
    path.write_text(document(), encoding="utf-8")

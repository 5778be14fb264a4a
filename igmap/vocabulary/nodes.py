"""The nodes of a YAML file of the user's, one after the other: the line of each, and what no such file may hold."""

from collections.abc import Iterator, Mapping

import yaml

Place = tuple[str | int, ...]
Lines = Mapping[Place, int]
MOST_VALUES = 100_000
MOST_DEPTH = 50
CORE = "tag:yaml.org,2002:"
PLAIN = frozenset(CORE + name for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge"))


class UnsoundError(Exception):
    """What a person can put right in a YAML file.

    Args:
        told: what it is.
        node: where.
    """

    def __init__(self, told: str, node: yaml.Node) -> None:
        """Keep the line."""
        super().__init__(told)
        self.line = node.start_mark.line + 1


def walked(root: yaml.Node, *, most: int = MOST_VALUES, unique: str = "id") -> Iterator[tuple[Place, int]]:
    """Every key and list item by its place, with its line; aliases written out, as whoever reads the values does.

    Args:
        root: of the file.
        most: values that it may hold.
        unique: the key that no two items of a list may say alike; "" where they may.

    Raises:
        UnsoundError: a tag, a circle, a key that is no word, a key or id twice, too many values, too deep.
    """
    for count, (place, node, line) in enumerate(_nodes(root, (), (), unique), 1):
        if count > most:
            told = f"more than {most:,} values once what * stands for is written out; write a shorter file"
            raise UnsoundError(told, node)
        yield place, line


def _nodes(
    node: yaml.Node, place: Place, above: tuple[int, ...], unique: str
) -> Iterator[tuple[Place, yaml.Node, int]]:
    _refuse_odd(node, above)
    yield place, node, node.start_mark.line + 1
    inside = (*above, id(node))
    if isinstance(node, yaml.MappingNode):
        _refuse_twice("key", [key for key, _ in node.value])
        for key, value in node.value:
            yield from _nodes(value, (*place, key.value), inside, unique)
            yield (*place, key.value), key, key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        mappings = [item.value for item in node.value if isinstance(item, yaml.MappingNode)]
        _refuse_twice("id", [value for pairs in mappings for key, value in pairs if unique and key.value == unique])
        for index, item in enumerate(node.value):
            yield from _nodes(item, (*place, index), inside, unique)


def _refuse_odd(node: yaml.Node, above: tuple[int, ...]) -> None:
    if node.tag not in PLAIN:
        name = node.tag.replace(CORE, "!!")
        raise UnsoundError(f"the tag {name} is not read; write plain words, numbers, lists and keys", node)
    if id(node) in above:
        raise UnsoundError("what * stands for here holds itself; write it out", node)
    if len(above) > MOST_DEPTH:
        raise UnsoundError(f"more than {MOST_DEPTH} lists and keys inside each other", node)


def _refuse_twice(what: str, nodes: list[yaml.Node]) -> None:
    seen: set[str] = set()
    for node in nodes:
        if not isinstance(node, yaml.ScalarNode):
            raise UnsoundError(f"a list or keys where one word should be, as {what}", node)
        if node.value in seen:
            raise UnsoundError(f"the {what} {node.value!r} is there twice; keep one", node)
        seen.add(node.value)

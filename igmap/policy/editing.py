"""A register's text edited where its nodes stand; every letter that is not part of an edit stays."""

import json
import re
from collections import Counter
from typing import Any

import yaml

from igmap.errors import PolicyError
from igmap.policy.reading import RegisterLoader, dotted
from igmap.vocabulary.files import Place

WORD = re.compile(r"[A-Za-z][\w-]*(?::[\w-]+)?|\d{4}-\d\d-\d\d")
TRUTH = {"true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL"}


def flow(value: Any) -> str:
    """A plain value as YAML on one line.

    Example:
        >>> flow({"path": "a.b", "why": "tot: 1", "kinds": ["name", True]})
        '{path: "a.b", why: "tot: 1", kinds: [name, true]}'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    is_word = isinstance(value, str) and WORD.fullmatch(value) and value not in TRUTH
    return str(value) if is_word else _spelled(json.dumps(value, ensure_ascii=False))


def _spelled(quoted: str) -> str:
    """Signs that nobody sees are spelled out."""
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08X}" for sign in quoted)


def _key(key: str) -> str:
    """`on` is a truth value to other readers of YAML."""
    return f'"{key}"' if key == "on" else key


class Nodes:
    """Where every value of a register stands in its text, and the edits to be made.

    Args:
        text: of the register, which is sound.
    """

    def __init__(self, text: str) -> None:
        """Find the nodes."""
        loader = RegisterLoader(text)
        root = loader.get_single_node()
        content = loader.construct_document(root)
        self._text = text
        self._ends = "\r\n" if "\r\n" in text else "\n"
        found = list(_walked(root, (), None)) if root else []
        self._found = {".".join(dotted(place, content)): (key, node) for place, key, node in found if "<<" not in place}
        self._shared = Counter(id(node) for _, _, node in found)
        self._edits: list[tuple[int, int, str, int]] = []

    def replace(self, path: str, new: str) -> None:
        """One value in place of another."""
        key, node = self._at(path)
        start, end = node.start_mark.index, self._end(node)
        before = key.end_mark.index if key else start
        is_block = isinstance(node, yaml.CollectionNode) and not node.flow_style
        if key and (is_block or start == end) and not self._text[before:start].strip(": \r\n"):
            start, new = before, f": {new}"
            end = max(end, self._text.index(":", before) + 1)
        self._edits.append((start, end, new, 0))

    def put(self, path: str, new: str) -> None:
        """A value at a key, whether it was there or not."""
        if path in self._found:
            self.replace(path, new)
            return
        above, _, key = path.rpartition(".")
        _, node = self._at(above)
        if node.flow_style:
            at = node.end_mark.index - 1
            self._edits.append((at, at, f"{', ' if node.value else ''}{key}: {new}", 0))
        else:
            at = self._line_end(self._end(node))
            column = node.value[0][0].start_mark.column
            self._edits.append((at, at, f"{self._ends}{' ' * column}{key}: {new}", column))

    def prepend(self, path: str, new: str) -> None:
        """One more item at the beginning of a list, which may be absent."""
        node = self._at(path)[1] if path in self._found else None
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self.put(path, f"[{new}]")
            return
        at = node.start_mark.index + (1 if node.flow_style else 0)
        behind = ", " if node.flow_style else self._ends + " " * node.start_mark.column
        self._edits.append((at, at, f"{new}{behind}" if node.flow_style else f"- {new}{behind}", 0))

    def edited(self) -> str:
        """The text with all edits made; of two at the same place the deeper one comes first, else the first."""
        text = self._text
        ordered = sorted(self._edits, key=lambda edit: (edit[0], -edit[3]))
        for start, end, new, _ in ordered[::-1]:
            text = text[:start] + new + text[end:]
        return text

    def _at(self, path: str) -> tuple[yaml.Node | None, Any]:
        key, node = self._found[path]
        if self._shared[id(node)] > 1:
            raise PolicyError(f"policy.yaml: {path}: stands for several places (& and *); write it out in each of them")
        return key, node

    def _end(self, node: yaml.Node) -> int:
        """Where a node ends in the text; of a block collection its last part tells."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        return len(self._text[: node.end_mark.index].rstrip()) if node.end_mark.column == 0 else node.end_mark.index

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end - (self._text[end - 1] == "\r")


def _walked(node: yaml.Node, place: Place, key: yaml.Node | None) -> Any:
    yield place, key, node
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _walked(value, (*place, name.value), name)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _walked(item, (*place, index), None)

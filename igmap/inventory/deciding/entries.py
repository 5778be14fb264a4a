"""Entries of YAML added to the text of decisions.yaml: where they go is found among the parser's events.

So comments, anchors, order and line ends of what a person wrote are never written anew.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from unicodedata import category

import yaml

from igmap.vocabulary.files import PlainLoader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from igmap.inventory.decisions import Decision

Stretch = tuple[int, int]
SIGNED = ("by", "on", "why")
WORDS = {"category", "role"}  # words of igmap's own, which need no quotes
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}  # Unicode's categories of what has no shape of its own


def line_of(decision: Decision) -> str:
    """A decision as one entry of YAML, in one line: what is decided, then by whom, when and why."""
    said = decision.model_dump(exclude_defaults=True)
    keys = sorted(said, key=lambda key: key in SIGNED)
    return "{" + ", ".join(f"{_key(key)}: {_plain(said[key], bare=key in WORDS)}" for key in keys) + "}"


def _key(key: str) -> str:
    """`on` is a truth value to other readers of YAML."""
    return f'"{key}"' if key == "on" else key


def _plain(value: Any, *, bare: bool = False) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_quoted(str(key))}: {_plain(one)}' for key, one in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_plain, value))}]"
    if isinstance(value, str):
        return value if bare else _quoted(value)
    return _day(value) if hasattr(value, "isoformat") else json.dumps(value)


def _day(day: date) -> str:
    return day.isoformat()


def _quoted(text: str) -> str:
    """The text in quotes; signs that nobody sees, such as those that turn the direction of writing, are spelled out."""
    return "".join(
        f"\\U{ord(sign):08X}" if category(sign) in UNSEEN else sign for sign in json.dumps(text, ensure_ascii=False)
    )


def added(text: str, entries: list[str], name: str = "fields") -> str:
    r"""The text with entries at the end of one of its lists.

    Args:
        text: of decisions.yaml.
        entries: as YAML, a line each.
        name: of the list.

    Example:
        >>> added("fields:\n- {a: 1} # mine\n# the end\n", ["{b: 2}"])
        'fields:\n- {a: 1} # mine\n- {b: 2}\n# the end\n'
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    events: list[Any] = list(yaml.parse(text, Loader=PlainLoader))
    at, more = _place(text, events, entries, name)
    return text[: at[0]] + more.replace("\n", ends) + text[at[1] :]


def _place(text: str, events: list[Any], entries: list[str], name: str) -> tuple[Stretch, str]:
    """Which stretch of the text is replaced, and by what."""
    root = next((i for i, event in enumerate(events) if isinstance(event, yaml.MappingStartEvent)), None)
    found = next((i for i in _keys(events, root) if getattr(events[i], "value", "") == name), None) if root else None
    if root is None or found is None:
        return _new_list(text, events, root, (name, entries))
    value = events[found + 1]
    indent = " " * (events[found].start_mark.column + 2)
    if isinstance(value, yaml.SequenceStartEvent):
        return _longer_list(text, events, found + 1, entries)
    if isinstance(value, yaml.AliasEvent) or events[root].flow_style:
        return (len(text), len(text)), ""
    gap = (events[found].end_mark.index + text[events[found].end_mark.index :].index(":") + 1, value.end_mark.index)
    kept = text[gap[0] : gap[1]].removesuffix(text[value.start_mark.index : value.end_mark.index])
    end = _line_end(text, gap[1])
    rest = kept + text[gap[1] : end]
    return (gap[0], end), rest.rstrip() + _lines(entries, indent)


def _keys(events: list[Any], root: int | None) -> Iterator[int]:
    """Where the keys of the outermost mapping stand among the events."""
    at = (root or 0) + 1
    while not isinstance(events[at], yaml.MappingEndEvent):
        yield at
        at = _after(events, _after(events, at))


def _after(events: list[Any], at: int) -> int:
    """The event behind the node that begins at `at`."""
    depth = 0
    while True:
        depth += isinstance(events[at], yaml.CollectionStartEvent) - isinstance(events[at], yaml.CollectionEndEvent)
        at += 1
        if depth == 0:
            return at


def _new_list(text: str, events: list[Any], root: int | None, named: tuple[str, list[str]]) -> tuple[Stretch, str]:
    """A list where there is none of that name: at the end of the file."""
    name, entries = named
    if root is not None and events[root].flow_style:
        end = events[_after(events, root) - 1].end_mark.index - 1
        comma = ", " if not isinstance(events[root + 1], yaml.MappingEndEvent) else ""
        return (end, end), f"{comma}{name}: [{', '.join(entries)}]"
    closed = next((i for i, e in enumerate(events) if isinstance(e, yaml.DocumentEndEvent) and e.explicit), None)
    end = events[closed].start_mark.index if closed else len(text)
    margin = " " * events[root].start_mark.column if root is not None else ""
    before = "" if not text[:end] or text[:end].endswith("\n") else "\n"
    return (end, end), f"{before}{margin}{name}:{_lines(entries, margin + '  ')}\n"


def _longer_list(text: str, events: list[Any], start: int, entries: list[str]) -> tuple[Stretch, str]:
    """More entries behind the last one of a list."""
    stop = _after(events, start) - 1
    last = next((e for e in reversed(events[start + 1 : stop]) if _is_written(e)), None)
    if events[start].flow_style:
        end = last.end_mark.index if last else events[start].end_mark.index
        return (end, end), (",\n  " if last else "") + ",\n  ".join(entries)
    end = last.end_mark.index if last else events[start].end_mark.index
    end = end if last and text[end - 1 : end] == "\n" else _line_end(text, end)
    lines = _lines(entries, " " * events[start].start_mark.column)
    return (end, end), lines.removeprefix("\n") + "\n" if text[end - 1 : end] == "\n" else lines


def _is_written(event: Any) -> bool:
    """Whether its end is where it ends in the text: block collections end where something else begins."""
    return event.end_mark.index > event.start_mark.index and not isinstance(event, yaml.CollectionStartEvent)


def _lines(entries: list[str], indent: str) -> str:
    return "".join(f"\n{indent}- {entry}" for entry in entries)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end - (text[end - 1 : end] == "\r")

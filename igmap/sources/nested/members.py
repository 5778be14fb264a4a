"""How many members the containers of a JSON document have, by scanning its brackets: no parser is involved."""

import re

TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{},]|[^\s"\[\]{},:]++', re.DOTALL)


def count_members(text: str, *, deepest: int) -> dict[tuple[int, ...], int]:
    """Members of each container, by the positions that lead to it from the top.

    Args:
        text: a sound JSON document.
        deepest: how many levels down containers are told.

    Example:
        >>> count_members('{"a": [1, 2], "b": []}', deepest=1)
        {(0,): 2, (1,): 0, (): 2}
    """
    counts: dict[tuple[int, ...], int] = {}
    place: list[int] = []
    filled = [False]
    for symbol in map(re.Match.group, TOKEN.finditer(text)):
        if symbol in {"[", "{"}:
            filled[-1] = True
            place.append(0)
            filled.append(False)
        elif symbol in {"]", "}"}:
            last, is_filled = place.pop(), filled.pop()
            if len(place) <= deepest:
                counts[tuple(place)] = last + is_filled
        elif symbol == ",":
            place[-1] += 1
        else:
            filled[-1] = True
    return counts


def count_documents(text: str) -> int:
    """How many documents stand one after another.

    Example:
        >>> count_documents('{"a": [1, 2]}{} [3]')
        3
    """
    depth = documents = 0
    for symbol in map(re.Match.group, TOKEN.finditer(text)):
        if symbol in {"]", "}"}:
            depth -= 1
            continue
        documents += depth == 0
        depth += symbol in {"[", "{"}
    return documents

"""What igmap refuses, in Dutch: the English sentence is its own key, so that each stands whole where it is raised.

A message is a row of clauses, parted by line ends, `: ` and `; `. `dutch.yaml` gives the Dutch of each, with figures
by name: `{name!r}` is one in quotes, `{share:n}` in the Dutch is a number. A figure may itself be made of clauses. What
has no Dutch, such as the name of a file, is left as it is.
"""

import re
from collections.abc import Iterator
from functools import cache
from string import Formatter

PARTING = re.compile("(: |; )")
MOST = 17  # of the parts of a message, what parts them among these, that one entry of the catalogue may span
QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
NUMBER = r"[-+]?[\d.,]+(?:e[-+]?\d+)?%?"
SEPARATORS = {ord(","): ".", ord("."): ",", ord("%"): "\N{NO-BREAK SPACE}%"}


def said(message: str, lang: str) -> str:
    """A message of igmap in a language.

    Args:
        message: in English, as an error holds it.
        lang: nl or en.

    Example:
        >>> said("policy.yaml, line 3: is not UTF-8; save it as UTF-8", "nl")
        'policy.yaml, regel 3: is geen UTF-8; sla het op als UTF-8'
    """
    return "\n".join(map(_in_dutch, message.split("\n"))) if lang == "nl" else message


def known(line: str) -> tuple[str, str, str] | None:
    """What of a line the catalogue knows most words of: what stands before it, its Dutch, and what stands behind it."""
    parts = PARTING.split(line)
    for words, english, dutch in entries():
        if words[0] in line and all(word in line for word in words):
            fits = _pattern(english, dutch)
            for at, end in _spans(len(parts)):
                if found := fits.fullmatch("".join(parts[at:end])):
                    return "".join(parts[:at]), _filled(dutch, found.groupdict()), "".join(parts[end:])
    return None


def _in_dutch(line: str) -> str:
    before, dutch, behind = known(line) or ("", line, "")
    return (before and _in_dutch(before)) + dutch + (behind and _in_dutch(behind))


def _spans(parts: int) -> Iterator[tuple[int, int]]:
    """Each row of clauses by its first part and its end, the shorter first."""
    lengths = range(1, min(parts, MOST) + 1, 2)
    return ((at, at + length) for length in lengths for at in range(0, parts - length + 1, 2))


def _filled(dutch: str, figures: dict[str, str]) -> str:
    told = ""
    for words, name, form, _ in Formatter().parse(dutch):
        told += words + ("" if name is None else _number(figures[name]) if form else said(figures[name], "nl"))
    return told


def _number(figure: str) -> str:
    return (f"{int(figure):,}" if figure.isdecimal() else figure).translate(SEPARATORS)


@cache
def entries() -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """The catalogue, entries of most words first: for each its words, longest first, its English and its Dutch."""
    known = catalogue("igmap", "dutch.yaml")
    words = {one: [literal for literal, *_ in Formatter().parse(one) if literal] for one in known}
    read = [(tuple(sorted(words[one], key=len, reverse=True)), one, dutch) for one, dutch in known.items()]
    return tuple(sorted(read, key=lambda entry: -sum(map(len, entry[0]))))


def catalogue(package: str, name: str) -> dict[str, str]:
    """A file that gives the Dutch of English."""
    from importlib.resources import files  # what only this reads

    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    read: dict[str, str] = yaml.load(files(package).joinpath(name).read_bytes(), Loader=loader)  # noqa: S506 - both are safe
    return read


@cache
def _pattern(english: str, dutch: str) -> re.Pattern[str]:
    """What an entry fits."""
    numbers, fits = {name for _, name, form, _ in Formatter().parse(dutch) if form}, ""
    for words, name, _, quoted in Formatter().parse(english):
        figure = QUOTED if quoted else NUMBER if name in numbers else ".+?"
        fits += re.escape(words) + (f"(?P<{name}>{figure})" if name else "")
    return re.compile(fits)

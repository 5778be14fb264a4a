"""Mentions by cues: patterns as data, one YAML file per kind, with the lists of words that they speak of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from igmap.vocabulary import load_yaml

FEW, LONG = 8, 100_000  # texts, and bytes of theirs, for which a sign is not worth its preparation
PACKAGE = "igmap.inventory.mentions"
SPANS = {"row": pl.UInt32, "start": pl.UInt32, "end": pl.UInt32, "score": pl.Float64}


@dataclass(frozen=True, slots=True)
class Cue:
    """One way of writing a kind.

    Args:
        sign: what every text holds that has one, as polars reads patterns; cheap.
        pattern: finds it; the group `it` is the mention where the pattern has one, else all of it is.
        score: how sure a hit is, 0-1.
        last: how many characters at the end of a text it is looked for in; 0 for all of it.
    """

    sign: str
    pattern: re.Pattern[str]
    score: float
    last: int = 0

    def places(self, values: pl.Series) -> Iterator[tuple[int, int, int, float]]:
        """Where it stands in each text, in characters."""
        group = "it" if "it" in self.pattern.groupindex else 0
        many = len(values) > FEW or values.str.len_bytes().sum() > LONG
        for row in values.str.contains(self.sign).arg_true().to_list() if many else range(len(values)):
            text = values[row]
            for match in self.pattern.finditer(text, max(0, len(text) - self.last) if self.last else 0):
                start, end = match.span(group)
                if 0 <= start < end:
                    yield row, start, end, self.score


def cued(kind: str, values: pl.Series) -> pl.DataFrame:
    """Where the cues of a kind find it: `row`, `start`, `end`, `score`."""
    found = [place for cue in cues_of(kind) for place in cue.places(values)]
    return pl.DataFrame(found, schema=SPANS, orient="row")


@cache
def cues_of(kind: str) -> tuple[Cue, ...]:
    """The cues of a kind, from its file."""
    told = load_yaml(PACKAGE, f"{kind}.yaml")
    words = dict(told.get("words", {}))
    for name, files in told.get("taken", {}).items():
        words[name] = [*words.get(name, ()), *map(re.escape, (word for path in files for word in _taken(*path)))]
    alternatives = {name: _either(listed) for name, listed in words.items()}
    return tuple(_cue(cue, alternatives) for cue in told["cues"])


def _taken(file: str, *keys: str) -> list[str]:
    """A list of the vocabulary."""
    found = load_yaml("igmap.vocabulary", file)
    for key in keys:
        found = found[key]
    return [str(word) for word in found]


def _cue(told: dict[str, Any], words: dict[str, str]) -> Cue:
    sign, pattern = (_filled(told[key], words) for key in ("sign", "pattern"))
    return Cue(sign, re.compile(pattern), float(told["score"]), int(told.get("last", 0)))


def _either(listed: str | list[str]) -> str:
    """Words as an alternation, or a pattern as it is."""
    return f"(?:{listed})" if isinstance(listed, str) else f"(?:{'|'.join(map(str, listed))})"


def _filled(pattern: str, words: dict[str, str]) -> str:
    """A pattern with every `{name}` replaced by the words of that name, which may name others."""
    while named := re.search(r"\{([a-z_]+)\}", pattern):
        pattern = pattern.replace(named[0], words[named[1]])
    return pattern

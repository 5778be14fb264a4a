"""Names side by side: a given name with the family name behind it is one mention, and a particle alone is none."""

import re
from functools import cache
from typing import Any

import polars as pl

from igmap.inventory.mentions.resolved import FOUND
from igmap.inventory.people.names import folded, name_set, particles
from igmap.vocabulary import load_yaml

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", re.UNICODE)
BETWEEN = re.compile(r" {1,3}|(?: (?P<particles>(?:[^\W\d_'’]+ |['’]t ){1,3}))|[ \t]*\r?\n(?P<wrapped>(?:[>|] ?)*)")
FULL = 45  # characters of a line that went on to the next because it was full
FAR = 24  # characters between two parts of a name


def whole_names(mentions: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Mentions in which every name is one.

    Two names are one where nothing but a space, particles or the end of a full line is between them, the first is one
    word, and the second could be its family name.

    Args:
        mentions: that do not overlap, in their order.
        texts: that they are in.
    """
    is_name = pl.col("kind") == "name"
    rows: list[list[Any]] = []
    for row, start, end, kind, who, score in mentions.filter(is_name).select(FOUND.keys()).iter_rows():
        text, last = texts[row], rows[-1] if rows else None
        if who is None and _is_particle(text[start:end]):
            continue
        if last and last[0] == row and _goes_on(text, (last[1], last[2]), (start, end)):
            last[2], last[4], last[5] = end, who if who == last[4] else None, max(score, last[5])
        else:
            rows.append([row, start, end, kind, who, score])
    named = pl.DataFrame(rows, schema=FOUND, orient="row")
    return pl.concat([mentions.filter(~is_name).select(FOUND.keys()), named]).sort("row", "start")


def _is_particle(said: str) -> bool:
    """Whether it says nothing but `van`, or `De` at the beginning of a sentence."""
    words = [folded(word) for word in WORD.findall(said)]
    only = bool(words) and all(word in particles() and word not in _called() for word in words)
    return only and (said.islower() or not any(word in name_set("given") for word in words))


@cache
def _called() -> frozenset[str]:
    """Particles that are given names too."""
    return frozenset(load_yaml("igmap.inventory.people.known", "words.yaml")["called"])


def _goes_on(text: str, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether the second name is the family name of the first."""
    if second[0] - first[1] > FAR:
        return False
    gap, given, family = BETWEEN.fullmatch(text, first[1], second[0]), text[slice(*first)], text[slice(*second)]
    if not gap or not WORD.fullmatch(given) or folded(given) not in name_set("given"):
        return False
    between = (gap["particles"] or "").split()
    is_full = gap["wrapped"] is None or first[1] - text.rfind("\n", 0, first[1]) >= FULL
    alike = given.islower() == family.islower() and all(word in particles() for word in between)
    return is_full and alike and _is_family(family, led=bool(between))


def _is_family(said: str, *, led: bool) -> bool:
    """Whether a name could be a family name: not a given name, and no whole name that begins with one."""
    words = WORD.findall(said)
    begins = folded(words[0]) if words else ""
    if led or begins in particles() or begins not in name_set("given"):
        return True
    return begins in name_set("family") and len(words) == 1

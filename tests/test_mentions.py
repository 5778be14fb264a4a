"""mentions_in: what in a text may point at a person, against case files; what overlaps, hides, or breaks it."""

import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest
import yaml

from igmap.inventory.mentions import KINDS, mentions_in

FOLDER = Path(__file__).parent / "data" / "mentions"
READ: dict[str, dict[str, list[str]]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))
}
MARKED = re.compile("«(.*?)»", re.DOTALL)


def plain(case: str) -> str:
    return case.replace("\\u200b", "\u200b").replace("\\u00ad", "\u00ad").replace("«", "").replace("»", "")


@cache
def found() -> dict[str, list[tuple[str, str]]]:
    """Of every text of the case files what is found in it, all in one search."""
    texts = sorted({plain(case) for cases in READ.values() for listed in cases.values() for case in listed})
    told: dict[str, list[tuple[str, str]]] = {text: [] for text in texts}
    for row, start, end, kind in mentions_in(pl.Series(texts)).select("row", "start", "end", "kind").iter_rows():
        told[texts[row]].append((kind, texts[row][start:end]))
    return told


def wrong(kind: str, group: str) -> list[tuple[str, list[str]]]:
    """The cases of a group with what is found in them, where that is not what is marked."""
    told = {case: [text for other, text in found()[plain(case)] if other == kind] for case in READ[kind][group]}
    return [(case, texts) for case, texts in told.items() if texts != [plain(mark) for mark in MARKED.findall(case)]]


of_each_kind = pytest.mark.parametrize("kind", READ)


@of_each_kind
def test_every_way_of_writing_it_is_found_where_it_stands(kind: str) -> None:
    assert wrong(kind, "hits") == []


@of_each_kind
def test_what_only_looks_like_it_is_left_alone(kind: str) -> None:
    assert wrong(kind, "misses") == []


@of_each_kind
def test_a_known_failure_is_still_one(kind: str) -> None:
    right = set(READ[kind]["known_failures"]) - {case for case, _ in wrong(kind, "known_failures")}
    assert right == set(), "found now: move it to the hits or the misses"


@of_each_kind
def test_every_kind_has_enough_cases(kind: str) -> None:
    assert kind in KINDS
    assert min(len(READ[kind][group]) for group in ("hits", "misses")) >= 25

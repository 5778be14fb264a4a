"""Exports as products in wide use make them. See README.md beside it.

A field is a line `header = category template`. In a template `$kind(what;it;takes)` is drawn, `$kind.2` of another
person of the record, `$kind.s` of one of the few staff, `$@kind` the same in every record of that person. ` ~40` at the
end leaves four of ten empty, ` !` writes somebody's identifiers into some of the sentences.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

from benchmarks.products_corpus.personal import PERSONAL, Told
from benchmarks.products_corpus.persons import WORDS, Person, Row, person_of
from benchmarks.products_corpus.things import THINGS, Made
from benchmarks.second_corpus.corpus import SecondTable, described
from igmap.inventory.evaluation import Hidden, Truth
from igmap.vocabulary import CATEGORIES

__all__ = ["Means", "parts_of", "products_tables"]

FOLDER = Path(__file__).parent
PARTS = ("first", "further")
DRAWN = re.compile(r"\$(@?)([a-z][a-z0-9]*)(?![A-Za-z0-9])(?:\.([2s])(?![A-Za-z0-9]))?(?:\(([^()]*)\)|(?!\())")
LINE = re.compile(r"(?P<header>.+?) = (?P<category>\S+) ?(?P<template>.*?)(?: ~(?P<missing>\d+))?(?P<planted> !)?")
BLANKS: dict[str, tuple[str | None, ...]] = {
    "csv": (None, ""),
    "excel": ("", None, "-", "n/a", "onbekend", "?"),
    "db": ("NULL", None, "\\N"),
    "log": ("-",),
    "api": (None, "null", "[]"),
    "sheet": ("", "#N/A", None, "nvt"),
    "null": (None,),
    "sql": (None, ""),
}
PLANTED = {
    "email": "mail",
    "phone": "mobile",
    "bank_account": "iban",
    "bsn": "bsn",
    "name": "full",
    "postcode": "postcode(_)",
}
PLANTED_SHARE, MESSY_SHARE, STAFF = 0.1, 0.06, 4
GROWN = (17, 68)


@dataclass(frozen=True, slots=True)
class Described:
    """One field as its line describes it.

    Args:
        header: its name in the export.
        category: what is true of it.
        template: of its values.
        missing: share of empty cells, between 0 and 1.
        planted: whether identifiers are written into its sentences.
    """

    header: str
    category: str
    template: str
    missing: float
    planted: bool


@dataclass(frozen=True, slots=True)
class Means:
    """What a corpus draws with.

    Args:
        personal: values of a person, by the kinds of its templates.
        things: values of a record that are not a person's by themselves.
        person: the person of a key, a land and the ages they may have.
    """

    personal: Mapping[str, Told]
    things: Mapping[str, Made]
    person: Callable[[str, str, tuple[int, int]], Person]


MEANS = Means(PERSONAL, THINGS, person_of)


def products_tables(seed: int = 1) -> list[SecondTable]:
    """All tables of both parts; the same for the same seed.

    Args:
        seed: of the values; the descriptions are fixed.
    """
    return parts_of(FOLDER, PARTS, seed, MEANS)


def parts_of(folder: Path, parts: Sequence[str], seed: int, means: Means) -> list[SecondTable]:
    """All tables of a corpus whose fields are templates; the same for the same seed.

    Args:
        folder: of the corpus.
        parts: its folders.
        seed: of the values; the descriptions are fixed.
        means: what it draws with.
    """
    salt = folder.name.partition("_")[0]
    return [
        _table((name, part), entry, f"{salt} {seed} {name}#", means)
        for part in parts
        for name, entry in described(folder / part).items()
    ]


def _described(line: str) -> Described:
    match = LINE.fullmatch(line.strip())
    assert match, line  # noqa: S101 - a line that cannot be read is a slip of the corpus
    told = match.groupdict()
    category = "none" if told["category"] == "-" else told["category"]
    return Described(told["header"], category, told["template"], int(told["missing"] or 0) / 100, bool(told["planted"]))


def _table(named: tuple[str, str], entry: dict[str, Any], key: str, means: Means) -> SecondTable:
    name, part = named
    fields = [_described(line) for line in entry["fields"].splitlines() if line.strip()]
    rows = [_row(number, entry, key, means) for number in range(entry["rows"])]
    columns: dict[str, list[str | None]] = {}
    hidden: list[Hidden] = []
    for field in fields:
        cells = [_value(field.template, row, field.header, means) for row in rows]
        if field.planted:
            cells, found = _planted(cells, rows, entry.get("lang", "nl"), means)
            hidden += [Hidden(name, "", field.header, number, category) for number, category in found]
        kept = {h.record for h in hidden if h.field == field.header}
        columns[field.header] = _left_out(cells, field, entry, kept)
    assert len(columns) == len(fields), name  # noqa: S101 - a header stands once in a table
    truth = tuple(Truth(name, "", f.header, f.category, CATEGORIES[f.category].identifiability) for f in fields)
    return SecondTable(name, part, pd.DataFrame(columns, dtype="str"), truth, tuple(hidden))


def _row(number: int, entry: dict[str, Any], key: str, means: Means) -> Row:
    chance = Random(f"{key} row {number}")
    people, land, ages = entry.get("people", entry["rows"]), entry.get("land", "nl"), tuple(entry.get("ages", GROWN))
    who = number if people >= entry["rows"] else chance.randrange(people)
    persons = {
        "": means.person(f"{key} {who}", land, ages),
        "2": means.person(f"{key} other {chance.randrange(people)}", land, GROWN),
        "s": means.person(f"{key} staff {chance.randrange(STAFF)}", land, GROWN),
    }
    step = float(entry.get("step", 19))
    start = datetime.fromisoformat(entry.get("start", "2026-02-03T08:15:00"))
    return Row(number, key, persons, start + timedelta(hours=step * (number + chance.random())), chance)


def _value(template: str, row: Row, header: str, means: Means) -> str:
    """A template with what it names drawn, and what a choice or sentence names drawn in turn."""
    told, before = template, ""
    while told != before:
        told, before = DRAWN.sub(lambda match: _part(match, row, header, means), told), told
    return told


def _part(match: re.Match[str], row: Row, header: str, means: Means) -> str:
    lasting, kind, whose, told = match.groups()
    person = row.persons[whose or ""]
    if kind in means.personal:
        return means.personal[kind](person, told or "")
    return means.things[kind](row, person.chance(header) if lasting else row.chance, (told or "").split(";"))


def _planted(cells: list[str], rows: list[Row], lang: str, means: Means) -> tuple[list[str], list[tuple[int, str]]]:
    """Sentences with an identifier in a few of them, and where (records count from 1)."""
    found: list[tuple[int, str]] = []
    told = list(cells)
    for at, row in enumerate(rows):
        if row.chance.random() < PLANTED_SHARE:
            category = row.chance.choice(list(PLANTED))
            value = _value(f"${PLANTED[category]}", row, "", means)
            told[at] = row.chance.choice(WORDS["planting"][lang][category]).format(told[at], value)
            found.append((at + 1, category))
    return told, found


def _left_out(cells: list[str], field: Described, entry: dict[str, Any], kept: set[int | None]) -> list[str | None]:
    """The column with cells left empty and, where people type, letters as they come."""
    chance = Random(f"{field.header} {cells[:3]}")
    usual = chance.choice(BLANKS[entry.get("blanks", "csv")])
    column: list[str | None] = []
    for number, cell in enumerate(cells, 1):
        typed = cell
        if entry.get("messy") and number not in kept and " " not in field.template and chance.random() < MESSY_SHARE:
            typed = chance.choice([cell.lower(), cell.upper(), f"{cell} ", f" {cell}"])
        empty = number not in kept and chance.random() < field.missing
        column.append(chance.choice([usual, usual, None]) if empty else typed or None)
    return column

"""Exports of an e-learning company and its customers. See README.md beside it.

A field is a line `header => category kind what it takes`. A kind may be followed by `/2` (another person of the row) or
`/s` (one of the few staff), and preceded by `@` (the same in every row of that person); ` ~90` at the end leaves nine
tenths empty, ` !` writes somebody's identifiers into some of the sentences.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

from benchmarks.elearning_corpus.personal import PERSONAL
from benchmarks.elearning_corpus.persons import Person, Row, someone
from benchmarks.elearning_corpus.things import THINGS, written
from benchmarks.second_corpus.corpus import SecondTable, described
from igmap.inventory.evaluation import Hidden, Truth
from igmap.vocabulary import CATEGORIES

__all__ = ["elearning_tables"]

FOLDER = Path(__file__).parent
PARTS = ("first", "further")
BLANKS: dict[str, tuple[str | None, ...]] = {
    "saas": (None, "", ""),
    "excel": (None, "", "n.v.t.", "nvt", "-", "onbekend", "?", " "),
    "database": ("NULL", "NULL", None),
    "english": (None, "N/A", "(not set)", ""),
    "legacy": ("", None, "."),
    "german": (None, "k. A.", "", "-"),
    "french": (None, "s.o.", "", "néant"),
}
PLANTED = {
    "email": "mail",
    "phone": "mobile",
    "bank_account": "iban",
    "bsn": "bsn",
    "name": "full",
    "postcode": "postcode",
}
PLANTING = {
    "email": ("{0} mailen naar {1}", "{0} ({1})", "{1}: {0}"),
    "phone": ("{0} bel {1} na 17u", "{0} tel {1}"),
    "bank_account": ("{0} terugstorten op {1}", "{0} IBAN {1}"),
    "bsn": ("{0} bsn {1}", "{0} (BSN: {1})"),
    "name": ("{0} contact: {1}", "{0} gesproken met {1}", "{0} vervangt {1}"),
    "postcode": ("{0} opsturen naar {1}", "{0} {1} nr 12"),
}
PLANTED_SHARE, SPACED_SHARE, UNTOLD_MISSING, STAFF = 0.08, 0.08, 0.08, 5


@dataclass(frozen=True, slots=True)
class Described:
    """One field as its line describes it.

    Args:
        header: its name in the export.
        category: what is true of it.
        kind: of its values.
        told: what the kind takes.
        missing: share of empty cells; None is drawn.
        planting: whether identifiers are written into its sentences.
    """

    header: str
    category: str
    kind: str
    told: str
    missing: float | None
    planting: bool


def elearning_tables(seed: int = 1) -> list[SecondTable]:
    """All tables of both parts; the same for the same seed.

    Args:
        seed: of the values; the descriptions are fixed.
    """
    return [
        _drawn(name, entry, part, f"elearning {seed} {name}")
        for part in PARTS
        for name, entry in described(FOLDER / part).items()
    ]


def fields(entry: dict[str, Any]) -> list[Described]:
    """The fields of a described table."""
    return [_field(line) for line in entry["fields"].splitlines() if line.strip()]


def _field(line: str) -> Described:
    header, _, rest = line.partition(" => ")
    planting = rest.endswith(" !")
    rest, _, missing = rest.removesuffix(" !").partition(" ~")
    category, kind, *told = rest.strip().split(" ", 2)
    share = int(missing) / 100 if missing else None
    return Described(header, "none" if category == "-" else category, kind, "".join(told), share, planting)


def _drawn(name: str, entry: dict[str, Any], part: str, key: str) -> SecondTable:
    chance = Random(key)
    rows = [_row(number, entry, key, chance) for number in range(entry["rows"])]
    columns: dict[str, list[str | None]] = {}
    hidden: list[Hidden] = []
    told = fields(entry)
    for field in told:
        cells = _cells(field, rows, entry["blanks"], chance)
        cells, planted = _planted(cells, rows, chance) if field.planting else (cells, [])
        columns[field.header] = cells
        hidden += [Hidden(name, "", field.header, record, category) for record, category in planted]
    assert len(columns) == len(told), name  # noqa: S101 - a header stands once in a table
    truth = tuple(Truth(name, "", f.header, f.category, CATEGORIES[f.category].identifiability) for f in told)
    return SecondTable(name, part, pd.DataFrame(columns, dtype="str"), truth, tuple(hidden))


def _row(number: int, entry: dict[str, Any], key: str, chance: Random) -> Row:
    people, land = entry.get("people", entry["rows"]), entry.get("land", "nl")
    who = number if people >= entry["rows"] else chance.randrange(people)
    own, other = (someone(f"{key} {n}", entry["names"].split(), land) for n in (who, 1000 + chance.randrange(people)))
    staff = someone(f"{key} staff {chance.randrange(STAFF)}", entry["names"].split(), land)
    return Row(number, own, (other, staff), entry.get("dates", "dmy"), land, chance)


def _cells(field: Described, rows: list[Row], blanks: str, chance: Random) -> list[str | None]:
    """One column with what people leave out and the spaces they leave in."""
    drawn = chance.random()
    untold = 0 if field.kind in {"const", "serial"} else max(0, drawn - 0.5) * 2 * UNTOLD_MISSING
    missing = untold if field.missing is None else field.missing
    spaced = blanks in {"excel", "legacy"} and chance.random() < SPACED_SHARE * 4
    absent = chance.choice(BLANKS[blanks])
    draw = _draw(field)
    cells: list[str | None] = []
    for row in rows:
        cell = draw(row)
        padded = cell + " " * chance.randint(1, 3) if spaced and chance.random() < SPACED_SHARE * 2 else cell
        cells.append(chance.choice([absent, absent, None]) if chance.random() < missing else padded or None)
    return cells


def _draw(field: Described) -> Callable[[Row], str]:
    kind, _, whose = field.kind.removeprefix("@").partition("/")
    if kind == "born":
        style = field.told
        return lambda row: _born(_of(row, whose), row, style)
    if kind in PERSONAL:
        return lambda row: PERSONAL[kind](_of(row, whose), row)
    if field.kind.startswith("@"):
        return lambda row: _lasting(kind, row, _of(row, whose), field)
    return lambda row: THINGS[kind](row, row.chance, field.told)


def _of(row: Row, whose: str) -> Person:
    return {"": row.person, "2": row.others[0], "s": row.others[1]}[whose]


def _lasting(kind: str, row: Row, person: Person, field: Described) -> str:
    chance = Random(f"{person.key} {field.header}")
    return THINGS[kind](replace(row, chance=chance), chance, field.told)


def _born(person: Person, row: Row, style: str) -> str:
    moment = row.day(0, 0).replace(year=person.born.year, month=person.born.month, day=person.born.day)
    return written(moment, style or row.dates, row.chance)


def _planted(
    cells: list[str | None], rows: list[Row], chance: Random
) -> tuple[list[str | None], list[tuple[int, str]]]:
    """Sentences with an identifier written into a few of them, and where (records count from 1)."""
    planted: list[tuple[int, str]] = []
    told = list(cells)
    for number, (cell, row) in enumerate(zip(cells, rows, strict=True)):
        if cell and " " in cell.strip() and chance.random() < PLANTED_SHARE:
            category = chance.choice(list(PLANTED))
            value = PERSONAL[PLANTED[category]](row.others[0], row)
            told[number] = chance.choice(PLANTING[category]).format(cell.strip(), value)
            planted.append((number + 1, category))
    return told, planted

"""The second corpus: tables of imaginary systems, drawn from descriptions in YAML. See README.md beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, Literal

import pandas as pd
import yaml

from benchmarks.second_corpus.drawing import FOLDER, TODAY, WORDS, Draw, Row
from benchmarks.second_corpus.persons import PERSONAL
from benchmarks.second_corpus.things import THINGS
from igmap.inventory.evaluation import Hidden, Truth
from igmap.vocabulary import CATEGORIES

__all__ = ["TODAY", "SecondTable", "parts_drawn", "second_tables"]

Half = Literal["open", "sealed"]
Kind = str | dict[str, list[str] | str]
FURTHER: dict[str, Any] = yaml.safe_load((FOLDER.parent / "third_corpus" / "words.yaml").read_text("utf-8"))
NO_ANSWERS = (None, "", "n.v.t.", "onbekend", "-", "NULL", "?", "nvt", " ")
PLANTED = {
    "email": "email",
    "phone": "mob",
    "bank_account": "iban",
    "bsn": "bsn",
    "postcode": "pc",
    "name": "title_full",
}
PLANTING_KINDS = frozenset({"remark", "remark_en", "log_message"})
PLANTED_SHARE, PADDED_SHARE, LEAST_MISSING, MOST_MISSING = 0.03, 0.04, 0.03, 0.4


@dataclass(frozen=True, slots=True)
class SecondTable:
    """One table, what is right for each of its fields, and what was planted in its remarks.

    Args:
        name: of the table.
        half: of its corpus; `open` may be studied, of `sealed` only figures are looked at.
        frame: the table, all text; what is missing is None or one of the words people write for it.
        truth: a row per field.
        hidden: identifiers in fields that are something else.
    """

    name: str
    half: str
    frame: pd.DataFrame
    truth: tuple[Truth, ...]
    hidden: tuple[Hidden, ...]


def second_tables(seed: int = 1, *, half: Half | None = None) -> list[SecondTable]:
    """All tables, or those of one half; the same for the same seed.

    Args:
        seed: of the values; the descriptions are fixed.
        half: `open` or `sealed`; None is both.
    """
    return [
        drawn(name, entry, half_of(name), Random(f"{seed} {name}"))
        for name, entry in described(FOLDER).items()
        if half in {None, half_of(name)}
    ]


def half_of(name: str) -> Half:
    """Which half a table is in: by a hash of its name, so that nobody chooses."""
    return "open" if sha256(name.encode()).digest()[0] % 2 else "sealed"


@cache
def kinds() -> dict[str, tuple[str, Draw]]:
    """Every kind of values: its category, and how one is drawn."""
    listed = {kind: (entry[0], _from(entry[1])) for kind, entry in WORDS["lists"].items()}
    personal = {kind: (category, draw) for category, drawn in PERSONAL.items() for kind, draw in drawn.items()}
    return listed | personal | {kind: ("none", draw) for kind, draw in THINGS.items()}


def _of(kind: Kind) -> tuple[str, Draw]:
    """The category of a field's values and how one is drawn: a kind by its name, or described where it is used."""
    if isinstance(kind, str):
        return kinds()[kind]
    ((category, values),) = kind.items()
    return category, _from(values) if isinstance(values, list) else lambda row: row.shaped(*values.split("|"))


def _from(values: Sequence[object]) -> Draw:
    return lambda row: str(row.chance.choice(values))


@cache
def described(folder: Path) -> dict[str, dict[str, Any]]:
    """Every table of a corpus as its YAML describes it."""
    files = sorted((folder / "tables").glob("*.yaml"))
    return {name: entry for path in files for name, entry in yaml.safe_load(path.read_text("utf-8")).items()}


def parts_drawn(folder: Path, parts: Sequence[str], seed: int) -> list[SecondTable]:
    """All tables of a corpus whose parts are folders; the same for the same seed.

    Args:
        folder: of the corpus.
        parts: its folders.
        seed: of the values; the descriptions are fixed.
    """
    salt = folder.name.partition("_")[0]
    return [
        drawn(name, entry, part, Random(f"{salt} {seed} {name}"))
        for part in parts
        for name, entry in described(folder / part).items()
    ]


def drawn(name: str, entry: dict[str, Any], half: str, chance: Random) -> SecondTable:
    """One described table with its values, its truth and what is hidden in it."""
    rows = [_row(number, entry, chance) for number in range(entry["rows"])]
    columns, hidden = {}, []
    for header, kind in entry["fields"].items():
        cells, planted = _planted(_cells(kind, rows, entry, chance), kind, rows, chance)
        columns[header] = cells
        hidden += [Hidden(name, "", header, record, category) for record, category in planted]
    truth = tuple(_truth(name, header, kind) for header, kind in entry["fields"].items())
    return SecondTable(name, half, pd.DataFrame(columns, dtype="str"), truth, tuple(hidden))


def _truth(name: str, header: str, kind: Kind) -> Truth:
    category = _of(kind)[0]
    return Truth(name, "", header, category, CATEGORIES[category].identifiability)


def _row(number: int, entry: dict[str, Any], chance: Random) -> Row:
    names = {**WORDS["names"], **FURTHER["names"]}[chance.choice(entry.get("names") or ["dutch", "english"])]
    words = chance.choice(names["family"]).split()
    split = next((i for i, word in enumerate(words) if word[0].isupper()), 0)
    given, particle, family = chance.choice(names["given"]), " ".join(words[:split]), " ".join(words[split:])
    return Row(number, given, particle, family, entry.get("dates", "dmy"), chance)


def _cells(kind: Kind, rows: list[Row], entry: dict[str, Any], chance: Random) -> list[str | None]:
    """One column: drawn, spelled as its system spells, with what people leave out and the spaces they leave in."""
    missing = chance.uniform(LEAST_MISSING, entry.get("missing", MOST_MISSING * chance.random() ** 2 + LEAST_MISSING))
    absent, padded = chance.choice(NO_ANSWERS), chance.random() < PADDED_SHARE * 4
    draw = _of(kind)[1]
    cells: list[str | None] = []
    for row in rows:
        drawn = draw(row).upper() if entry.get("upper") else draw(row)
        spaced = f"{drawn}  " if padded and chance.random() < PADDED_SHARE * 4 else drawn
        cells.append(chance.choice([absent, None]) if chance.random() < missing else spaced or None)
    return cells


def _planted(
    cells: list[str | None], kind: Kind, rows: list[Row], chance: Random
) -> tuple[list[str | None], list[tuple[int, str]]]:
    """Remarks with an identifier written into a few of them, and where (records count from 1)."""
    if not isinstance(kind, str) or kind not in PLANTING_KINDS:
        return cells, []
    records = [number for number, cell in enumerate(cells) if cell and " " in cell and chance.random() < PLANTED_SHARE]
    planted = [(number, chance.choice(list(PLANTED))) for number in records]
    written = dict(_sentences(cells, planted, rows))
    return [written.get(n, cell) for n, cell in enumerate(cells)], [(n + 1, category) for n, category in planted]


def _sentences(cells: list[str | None], planted: list[tuple[int, str]], rows: list[Row]) -> Iterator[tuple[int, str]]:
    for number, category in planted:
        value = kinds()[PLANTED[category]][1](rows[number])
        joined = rows[number].chance.choice(["{0}, zie {1}", "{0} ({1})", "{1} - {0}", "{0}. Graag via {1} verder."])
        yield number, joined.format(cells[number], value)

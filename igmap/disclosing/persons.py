"""Whose records may leave: the persons of an extract held against the lists of who consented, and who asked for what.

What cannot be told is decided for the person: a consent without a readable day is none, a restriction without one
holds. Keys are compared without outer spaces, capitals, `mailto:`, the name before an `<address>`, and the zeros and
`.0` that a spreadsheet puts around a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
import pyarrow as pa

from igmap.engine import Engine
from igmap.errors import DecisionError, nearest
from igmap.inventory.decisions import PersonList
from igmap.inventory.labels import Located
from igmap.sources.typed.dates import date_parts, readings

INSIDE = "inside"
NO_KEY = "no_key"


@dataclass(frozen=True, slots=True)
class Listed:
    """What one list says.

    Args:
        kind: of the list.
        active: keys of the persons for whom it holds today.
        ended: keys that are listed, but for whom it does not hold: withdrawn, refused, not yet begun, or undated.
    """

    kind: str
    active: frozenset[str]
    ended: frozenset[str]


def listed(engine: Engine, entry: PersonList, places: Sequence[Located], today: date, *, form: str = "") -> Listed:
    """What a list says today, over all exports that hold it.

    Args:
        engine: holds the tables.
        entry: which columns say what.
        places: the exports that its pattern covers.
        today: the day asked for.
        form: of the key; `phone` for telephone numbers.

    Raises:
        DecisionError: an export lacks a column that the entry names.
    """
    rows = pl.concat([_rows(engine, entry, place, today) for place in places])
    rows = rows.with_columns(key=normal(rows["key"], form)).filter(pl.col("key") != "")
    latest = rows.filter(pl.col("rank") == pl.col("rank").max().over("key"))
    said = latest.group_by("key").agg(pl.col("holds").all() if entry.kind == "consent" else pl.col("holds").any())
    keys = {holds: frozenset(said.filter(pl.col("holds") == holds)["key"]) for holds in (True, False)}
    return Listed(entry.kind, keys[True], keys[False] - keys[True])


def _rows(engine: Engine, entry: PersonList, place: Located, today: date) -> pl.DataFrame:
    """A row per line of the list: who (`key`), whether it holds today, and which line is the later (`rank`).

    The latest line of a person decides on consent; a restriction or objection holds as long as one of its lines does.
    """
    names = [entry.key, *filter(None, (entry.since, entry.until)), *entry.where]
    absent = next((name for name in names if name not in place.columns), None)
    if absent is not None:
        hint = nearest(absent, place.columns)
        raise DecisionError(f"decisions.yaml: person_lists: {entry.id}: its export has no column {absent!r}{hint}")
    columns = list(dict.fromkeys(place.columns[name].column for name in names))
    found = pl.DataFrame(pl.from_arrow(engine.distinct(place.dataset.name, columns)))
    text = {name: found[place.columns[name].column].cast(pl.String) for name in names}
    consent = entry.kind == "consent"
    begun = _days(text[entry.since], today, later=consent) if entry.since else None
    ended = _days(text[entry.until], today, later=not consent) if entry.until else None
    holds = pl.Series([True] * len(found), dtype=pl.Boolean)
    if begun is not None:
        holds &= (begun <= today).fill_null(not consent)
    if ended is not None and entry.until:
        blank = text[entry.until].str.strip_chars().fill_null("") == ""
        holds &= blank | (ended > today).fill_null(not consent)
    for name, answers in entry.where.items():
        said = text[name].str.strip_chars().str.to_lowercase().fill_null("")
        holds &= said.is_in([answer.strip().lower() for answer in answers])
    rank = pl.Series([date.min] * len(found), dtype=pl.Date)
    if begun is not None and consent:  # what has not begun decides nothing; what has no day decides against
        rank = begun.set(begun > today, date.min).fill_null(date.max)
    return pl.DataFrame({"key": text[entry.key], "holds": holds, "rank": rank})


def _days(values: pl.Series, today: date, *, later: bool) -> pl.Series:
    """The days of a column; of two readings the later or the earlier one; null where there is no readable day."""
    parts = date_parts(pl.DataFrame({"value": values, "rows": 1}), today)
    read = list(readings(parts).values())
    return parts.select((pl.max_horizontal if later else pl.min_horizontal)(read).alias("day"))["day"]


def normal(keys: pl.Series, form: str = "") -> pl.Series:
    """Keys of persons as they are compared; a blank is "".

    Example:
        >>> normal(pl.Series(["Ann <ANN@school.example>", "007.0"])).to_list()
        ['ann@school.example', '7']
        >>> normal(pl.Series(["06-1234 5670", "+31 6 12345670"]), "phone").to_list()
        ['612345670', '612345670']
    """
    text = keys.cast(pl.String).fill_null("").str.strip_chars().str.to_lowercase()
    if form == "phone":
        dialled = text.str.replace_all("[^0-9+]", "").str.replace(r"^\+", "00")
        return dialled.str.replace(r"^(?:0031|31)0?(\d{9})$", "$1").str.replace(r"^0([1-9]\d*)$", "$1")
    text = text.str.replace(r"^.*<\s*([^<>\s]+)\s*>$", "$1").str.replace("^mailto:", "")
    return text.str.replace(r"^0*([0-9]+)(?:\.0+)?$", "$1")


def reasons(keys: pl.Series, lists: Sequence[Listed], *, consent_needed: bool, form: str = "") -> pl.Series:
    """Per key why its records do not leave, or `inside`.

    Args:
        keys: of an extract, as the export has them.
        lists: what the lists say.
        consent_needed: whether only those who consented may be in.
        form: of the keys, as in `listed`.

    Example:
        >>> says = Listed("consent", frozenset({"ann@example.org"}), frozenset({"bob@example.org"}))
        >>> reasons(pl.Series(["Ann@example.org ", "bob@example.org", ""]), [says], consent_needed=True).to_list()
        ['inside', 'consent_ended', 'no_key']
    """
    frame = pl.DataFrame({"key": normal(keys, form)})
    kept = {kind: _among(lists, kind, "active") for kind in ("consent", "restriction", "objection")}
    steps = [
        (pl.col("key") == "", NO_KEY),
        (pl.col("key").is_in(kept["restriction"]), "restricted"),
        (pl.col("key").is_in(kept["objection"]), "objected"),
    ]
    if consent_needed:
        known = pl.col("key").is_in(_among(lists, "consent", "ended"))
        lacking = ~pl.col("key").is_in(kept["consent"])
        steps += [(lacking & known, "consent_ended"), (lacking, "no_consent")]
    told = pl.lit(INSIDE)
    for applies, reason in reversed(steps):
        told = pl.when(applies).then(pl.lit(reason)).otherwise(told)
    return frame.select(told.alias("reason"))["reason"]


def _among(lists: Sequence[Listed], kind: str, part: str) -> list[str]:
    return sorted({key for one in lists if one.kind == kind for key in getattr(one, part)})


def table_of(keys: pl.Series, told: pl.Series) -> pa.Table:
    """The mapping from each key to its reason, as the engine joins it; blanks are a value of their own."""
    return pl.DataFrame({"value": keys, "label": told}).to_arrow()

"""Released cells that hold a value of a dropped column, in whatever notation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from igmap.release.survivors.decoding import decoded
from igmap.release.survivors.forms import ANYWHERE, OWN, WHOLE, grams_of, squeezed
from igmap.release.survivors.sought import Sought, Table, found_forms

AT_ONCE = 5_000_000  # letters of different cells
NUMBERS = {"int64", "double"}
MOMENT = r"^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}[T ]\d{1,2}:\d\d[\d:.,+Z-]*$"  # is a number as a whole only
PART, NUMBER = 3, 4  # letters of a name, signs of anything else, that say something inside a text


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cells:
    """Different cells of released columns, and the forms of the words in them.

    Args:
        cells: `number` of the table, `column`, `text` and `rows`, by place.
        grams: `place`, `form` and whether it is the `whole` cell.
    """

    cells: pl.DataFrame
    grams: pl.DataFrame


def surviving(tables: Sequence[Table], sought: Sought) -> int:
    """Released cells in which a value stands that was dropped.

    A telling value (an e-mail address, a long number, letters with digits, a full name) counts wherever it stands. A
    plain word or a short number may coincide: it counts in the row of its own record, where fewer than k rows hold it
    in that column.
    """
    wrong = 0
    for part in _parts(tables, sought):
        forms = part.grams["form"].unique()
        found = found_forms(sought.forms, forms)
        if found.height:
            wrong += _telling(part, found) + _own(part, sought, found, tables)
    return wrong


def _parts(tables: Sequence[Table], sought: Sought) -> Iterator[Cells]:
    """The cells of all tables, some at a time; of many only words that are promising are looked at."""
    columns = [
        staged.table[name].drop_nulls().value_counts(name="rows").select(
            pl.lit(number, pl.UInt32).alias("number"), pl.lit(name).alias("column"), pl.col(name).alias("text"), "rows",
            figures=pl.lit(staged.types[name] in NUMBERS),
        )
        for number, (staged, _) in enumerate(tables)
        for name in staged.table.columns
    ]  # fmt: skip
    parts = _sliced(pl.concat(columns)) if columns else []
    known = sought.words() if len(parts) > 1 else None
    for part in parts:
        cells = part.with_row_index("place")
        figures = pl.col("figures") | pl.col("text").str.contains(MOMENT)
        yield Cells(cells, pl.concat([_figures(cells.filter(figures)), *_words(cells.filter(~figures), known)]))


def _sliced(cells: pl.DataFrame) -> list[pl.DataFrame]:
    """Slices with about as many letters: long texts have many words in a row."""
    sizes = (cells["text"].str.len_chars().cum_sum() // AT_ONCE).rle().struct.field("len")
    return [cells.slice(begin, size) for begin, size in zip(sizes.cum_sum() - sizes, sizes, strict=True)]


def _figures(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.select("place", form=squeezed(cells["text"].str.replace(r"\.0$", "")), whole=pl.lit(value=True))


def _words(cells: pl.DataFrame, known: pl.Series | None) -> list[pl.DataFrame]:
    """The forms in texts as they stand, and in what stands in them under another writing."""
    inside = decoded(cells["text"])
    plain, hidden = grams_of(cells["text"], known), grams_of(inside["text"])
    hidden = hidden.with_columns(inside["place"][hidden["place"]], whole=pl.lit(value=False))
    return [one.with_columns(cells["place"][one["place"]]) for one in (plain, hidden)]


def _telling(part: Cells, found: pl.DataFrame) -> int:
    """Cells with what counts wherever it stands, or as a whole."""
    reach = found.group_by(form="gram").agg(pl.col("reach").max())
    hits = part.grams.join(reach, on="form")
    counts = (pl.col("reach") >= ANYWHERE) | ((pl.col("reach") == WHOLE) & pl.col("whole"))
    return int(part.cells[hits.filter(counts)["place"].unique()]["rows"].sum())


def _own(part: Cells, sought: Sought, found: pl.DataFrame, tables: Sequence[Table]) -> int:
    """Cells with a plain value of their own record that fewer than k rows hold."""
    size, plain = pl.col("form").str.len_chars(), found.filter(pl.col("reach") == OWN)
    inside = (size >= NUMBER) | ((size >= PART) & ~pl.col("form").str.contains(r"\d"))
    values = plain.select(sought.values[plain["at"]]["of"], sought.values[plain["at"]]["value"], form="gram")
    known = values.join(sought.columns.filter(pl.col("field") != ""), on="of")
    hits = part.grams.join(known, on="form").filter(pl.col("whole") | inside)
    here = hits.join(part.cells, on=["place", "number"])
    once = here.unique(["place", "form"]).group_by("number", "column", "form").agg(held=pl.col("rows").sum())
    limits = pl.DataFrame({"k": [int(staged.plan["k"]) for staged, _ in tables]}).with_row_index("number")
    rare = once.join(limits, on="number").filter(pl.col("held") < pl.col("k"))
    asked = here.join(rare, on=["number", "column", "form"], how="semi")
    pairs = asked.select("number", "column", "field", written="text", own="value").unique()
    groups = pairs.group_by("number", "column", "field", maintain_order=True)
    return sum(_beside(str(column), one, str(field), tables[int(str(at))]) for (at, column, field), one in groups)


def _beside(column: str, pairs: pl.DataFrame, field: str, table: Table) -> int:
    """Rows that hold both a cell and the value of the same record."""
    staged, source = table
    records = staged.persons["record"].head(staged.table.height)
    rows = pl.DataFrame({"written": staged.table[column].head(len(records)), "record": records})
    rows = rows.filter(pl.col("written").is_in(pairs["written"].implode()))
    own = rows.with_columns(own=source.raw(field, rows["record"]).cells)
    return own.join(pairs, on=["written", "own"], how="semi").height

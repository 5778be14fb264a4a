"""Released cells that hold a value of a dropped column, in whatever notation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from igmap.release.survivors.decoding import decoded
from igmap.release.survivors.forms import ANYWHERE, OWN, WHOLE, grams_of, squeezed
from igmap.release.survivors.sought import Sought, Table, found_forms

AT_ONCE = 100_000  # different cells
NUMBERS = {"int64", "double"}
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


def surviving(tables: Sequence[Table], sought: Sequence[Sought]) -> int:
    """Released cells in which a value stands that was dropped.

    A telling value (an e-mail address, a long number, letters with digits, a full name) counts wherever it stands. A
    plain word or a short number may coincide: it counts in the row of its own record, where fewer than k rows hold it
    in that column.
    """
    wrong = 0
    for part in _parts(tables):
        forms = part.grams["form"].unique()
        for one in sought:
            found = found_forms(one.forms, forms)
            if found.height:
                wrong += _telling(part, found) + _own(part, one, found, tables[one.number])
    return wrong


def _parts(tables: Sequence[Table]) -> Iterator[Cells]:
    columns = [
        staged.table[name].drop_nulls().value_counts(name="rows").select(
            pl.lit(number).alias("number"), pl.lit(name).alias("column"), pl.col(name).alias("text"), "rows",
            figures=pl.lit(staged.types[name] in NUMBERS),
        )
        for number, (staged, _) in enumerate(tables)
        for name in staged.table.columns
    ]  # fmt: skip
    for part in pl.concat(columns).iter_slices(AT_ONCE) if columns else ():
        cells = part.with_row_index("place")
        yield Cells(cells, pl.concat([_figures(cells.filter("figures")), *_words(cells.filter(~pl.col("figures")))]))


def _figures(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.select("place", form=squeezed(cells["text"].str.replace(r"\.0$", "")), whole=pl.lit(value=True))


def _words(cells: pl.DataFrame) -> list[pl.DataFrame]:
    """The forms in texts as they stand, and in what stands in them under another writing."""
    inside = decoded(cells["text"])
    plain, hidden = grams_of(cells["text"]), grams_of(inside["text"])
    hidden = hidden.with_columns(inside["place"][hidden["place"]], whole=pl.lit(value=False))
    return [one.with_columns(cells["place"][one["place"]]) for one in (plain, hidden)]


def _telling(part: Cells, found: pl.DataFrame) -> int:
    """Cells with what counts wherever it stands, or as a whole."""
    reach = found.group_by(form="gram").agg(pl.col("reach").max())
    hits = part.grams.join(reach, on="form")
    counts = (pl.col("reach") >= ANYWHERE) | ((pl.col("reach") == WHOLE) & pl.col("whole"))
    return int(part.cells[hits.filter(counts)["place"].unique()]["rows"].sum())


def _own(part: Cells, sought: Sought, found: pl.DataFrame, table: Table) -> int:
    """Cells with a plain value of their own record that fewer than k rows hold."""
    if not sought.field:
        return 0
    size, plain = pl.col("form").str.len_chars(), found.filter(pl.col("reach") == OWN)
    inside = (size >= NUMBER) | ((size >= PART) & ~pl.col("form").str.contains(r"\d"))
    hits = part.grams.join(plain.select("at", form="gram"), on="form").filter(pl.col("whole") | inside)
    here = hits.join(part.cells.filter(pl.col("number") == sought.number), on="place")
    once = here.unique(["place", "form"]).group_by("column", "form").agg(held=pl.col("rows").sum())
    rare = once.filter(pl.col("held") < int(table[0].plan["k"]))
    asked = here.join(rare, on=["column", "form"], how="semi")
    pairs = asked.select("column", written="text", own=sought.values[asked["at"]]).unique()
    return sum(_beside(name[0], one, sought.field, table) for name, one in pairs.group_by("column"))


def _beside(column: object, pairs: pl.DataFrame, field: str, table: Table) -> int:
    """Rows that hold both a cell and the value of the same record."""
    staged, source = table
    records = staged.persons["record"].head(staged.table.height)
    rows = pl.DataFrame({"written": staged.table[str(column)].head(len(records)), "record": records})
    rows = rows.filter(pl.col("written").is_in(pairs["written"].implode()))
    own = rows.with_columns(own=source.raw(field, rows["record"]))
    return own.join(pairs, on=["written", "own"], how="semi").height

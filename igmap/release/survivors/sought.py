"""What must not be found in a release: the values of all direct identifiers, keys and secrets of its source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import polars as pl

from igmap.release.source import Source
from igmap.release.staged import Staged
from igmap.release.survivors.forms import ANYWHERE, MISSPELT, OWN, SURELY, WORD, folded, forms_of, nearly, squeezed
from igmap.vocabulary import CATEGORIES

HIDDEN_ROLES = {"direct", "key", "secret", "link"}
HIDDEN = {"direct", "key"}  # whatever their role: a dropped column of such a category holds identifiers too
NAMED = {"name", "none"}
SOUGHT = "sought.parquet"
Table = tuple[Staged, Source]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sought:
    """The distinct values of all columns that were dropped, and the forms they are written in.

    Args:
        columns: `of` (a number), the `number` of the table and the `field`; "" for names that stand in two columns.
        values: `of` which column, and `value`.
        forms: `at` (which value), `form` and `reach`.
    """

    columns: pl.DataFrame
    values: pl.DataFrame
    forms: pl.DataFrame

    def words(self) -> pl.Series:
        """The different words of all values, and their forms."""
        each = folded(self.values["value"]).str.extract_all(WORD).explode().drop_nulls().unique()
        return pl.concat([each, self.forms["form"]]).unique()


def sought_of(tables: Sequence[Table]) -> Sought:
    """All that must not be found, over all tables.

    What is a label of a hierarchy, a category of data or shared by k persons as a whole cell may coincide with a
    value, such as a town with a family name: it counts beside its own record only. E-mail addresses never may.
    """
    found = [
        (number, field, values)
        for number, (staged, source) in enumerate(tables)
        for field, values in _values(staged, source)
    ]
    columns = pl.DataFrame(
        [(of, number, field) for of, (number, field, _) in enumerate(found)],
        schema={"of": pl.UInt32, "number": pl.UInt32, "field": pl.String}, orient="row",
    )  # fmt: skip
    parts = [
        pl.DataFrame({"value": values}).with_columns(of=pl.lit(of, pl.UInt32)) for of, (*_, values) in enumerate(found)
    ]
    values = pl.concat([pl.DataFrame(schema={"value": pl.String, "of": pl.UInt32}), *parts])
    shared = pl.concat([_labels(), *(_shared(staged) for staged, _ in tables)]).unique()
    return Sought(columns, values, _coinciding(forms_of(values["value"]), shared))


def _values(staged: Staged, source: Source) -> Iterator[tuple[str, pl.Series]]:
    """The distinct values of each hidden column, and of each two columns that hold names."""
    named = []
    for column in staged.plan["columns"]:
        if _is_hidden(column) and column["field"] in source.columns:
            field = column["field"]
            values = source.every(field)[source.columns[field]].drop_nulls().unique()
            yield field, values
            if column["role"] == "direct" and column.get("category", "none") in NAMED and _are_names(values):
                named.append(source.columns[field])
    for pair in combinations(named, 2):
        both = pl.DataFrame(pl.from_arrow(source.engine.distinct(source.table, pair))).drop_nulls(pair)
        yield "", both.select(pl.concat_str(pair, separator=" ").unique()).to_series()


def _are_names(values: pl.Series) -> bool:
    """Whether most have neither a digit nor the sign of an address in them."""
    return int(values.str.contains(r"[\d@]").sum()) < len(values) / 2


def _is_hidden(column: dict[str, str]) -> bool:
    category = CATEGORIES.get(column.get("category", "none"))
    dropped = column["treatment"] == "drop" and column["role"] != "text"
    return column["role"] in HIDDEN_ROLES or (dropped and category is not None and category.identifiability in HIDDEN)


def _labels() -> pl.Series:
    return squeezed(pl.Series([text for one in CATEGORIES.values() for text in (one.nl, one.en)]))


def _shared(staged: Staged) -> pl.Series:
    """Labels of hierarchies, and cells that k persons share."""
    labels = [pl.Series(sorted({*one.ravel()} - {None}), dtype=pl.String) for one in staged.hierarchies.values()]
    people = staged.persons["person"].head(staged.table.height)
    for name in [name for name in staged.table.columns if name not in staged.hierarchies]:
        cells = pl.DataFrame({"cell": staged.table[name].head(len(people)), "person": people})
        often = cells.group_by("cell").len().filter(pl.col("len") >= int(staged.plan["k"]))["cell"]
        common = cells.filter(pl.col("cell").is_in(often.implode())).group_by("cell").agg(pl.col("person").n_unique())
        labels.append(common.filter(pl.col("person") >= int(staged.plan["k"]))["cell"])
    return squeezed(pl.concat([pl.Series([], dtype=pl.String), *labels]).drop_nulls().unique())


def _coinciding(forms: pl.DataFrame, shared: pl.Series) -> pl.DataFrame:
    alike = forms.filter(pl.col("form").is_in(shared.implode()))["at"].unique()
    may = pl.col("at").is_in(alike.implode()) & (pl.col("reach") < SURELY)
    return forms.with_columns(reach=pl.when(may).then(OWN).otherwise("reach").cast(pl.Int8))


def found_forms(forms: pl.DataFrame, grams: pl.Series) -> pl.DataFrame:
    """Which forms stand among grams, exactly or with a typing error: `at`, `reach`, and the `gram`.

    Args:
        forms: with `form` and `reach`.
        grams: distinct.
    """
    exact = forms.filter(pl.col("form").is_in(grams.implode())).with_columns(gram="form")
    telling = forms.filter(pl.col("reach") >= MISSPELT)
    pairs = nearly(telling["form"], grams)
    return pl.concat([exact, telling.join(pairs, on="form").select(exact.columns)]).drop("form").unique()


def keep_sought(folder: Path, sought: Sought) -> None:
    """Write what tells somebody wherever it stands, for the search of what will be published; private."""
    telling = sought.forms.filter(pl.col("reach") >= ANYWHERE).select("form", "reach")
    telling.write_parquet(folder / SOUGHT, compression="uncompressed", statistics=False)


def read_sought(folder: Path) -> pl.DataFrame:
    """What `keep_sought` wrote, as forms that count anywhere.

    Raises:
        OSError: it is not there.
    """
    return pl.read_parquet(folder / SOUGHT).with_columns(at=pl.lit(0, pl.UInt32))

"""Recounting equivalence classes from released rows: k, l, t and what a class gives away. Blanks are values."""

from collections.abc import Sequence

import polars as pl

PERSON = "\0person"  # no exported column can be called so


def class_sizes(
    table: pl.DataFrame, quasi_identifiers: Sequence[str], persons: pl.Series | None = None
) -> pl.DataFrame:
    """One row per equivalence class with its `rows` and, given who stands in each row, its different `persons`."""
    counted = [pl.len().alias("\0rows")]
    if persons is not None:
        table = table.with_columns(persons.alias(PERSON))
        counted.append(pl.col(PERSON).n_unique().alias("\0persons"))
    grouped = table.group_by(list(quasi_identifiers)).agg(counted)
    return grouped.select(pl.col(r"^\x00.*$").name.map(lambda name: name[1:]))


def smallest(counts: pl.Series) -> int:
    """The smallest count; 0 when there is none."""
    return min(counts.to_list(), default=0)


def distinct_l(table: pl.DataFrame, quasi_identifiers: Sequence[str], column: str) -> int:
    """The fewest different values of a column in any class.

    Source: Machanavajjhala et al. 2007, doi:10.1145/1217299.1217302 (distinct l-diversity).
    """
    return smallest(table.group_by(list(quasi_identifiers)).agg(pl.col(column).n_unique().alias("\0l"))["\0l"])


def equal_t(table: pl.DataFrame, quasi_identifiers: Sequence[str], column: str) -> float:
    """The largest distance between the values of a class and those of the whole release, 0-1, by rows.

    The distance is half the sum of absolute differences (all values equally far apart). Values absent from a
    class are not listed: sum |p - q| = 1 + sum over present values of (|p - q| - q).

    Source: Li et al. 2007, doi:10.1109/ICDE.2007.367856, with the equal distance.
    """
    quasi = [pl.col(name) for name in quasi_identifiers]
    overall = pl.len().over(column) / pl.len()
    present = (
        table.select(*quasi, pl.col(column).alias("\0v"), overall.alias("\0q"))
        .group_by(*quasi, "\0v")
        .agg(pl.len().alias("\0n"), pl.col("\0q").first())
        .with_columns((pl.col("\0n") / pl.col("\0n").sum().over(quasi)).alias("\0p"))
    )
    gap = (pl.col("\0p") - pl.col("\0q")).abs() - pl.col("\0q")
    furthest = present.group_by(quasi).agg((0.5 * (1 + gap.sum())).alias("\0t"))["\0t"].max()
    return round(float(furthest), 12) if isinstance(furthest, float) else 0.0


def homogeneous_share(table: pl.DataFrame, quasi_identifiers: Sequence[str], column: str, persons: pl.Series) -> float:
    """Share of the persons (counted once per class) in classes where the column has a single value, 0-1."""
    whole = table.with_columns(persons.alias(PERSON))
    grouped = whole.group_by(list(quasi_identifiers)).agg(
        pl.col(column).n_unique().alias("\0l"), pl.col(PERSON).n_unique().alias("\0persons")
    )
    known = grouped.filter(pl.col("\0l") == 1)["\0persons"].sum()
    return float(known) / max(float(grouped["\0persons"].sum()), 1.0)


def commonest_share(values: pl.Series) -> float:
    """Share of the rows that hold the commonest value: what a guess without the release would get right."""
    counts = values.value_counts(name="\0n")["\0n"]
    return float(counts.max() or 0) / max(len(values), 1)  # type: ignore[arg-type] # a count is a number

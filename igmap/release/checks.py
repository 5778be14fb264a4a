"""What must hold of a written release, each as a count of what is wrong: all of them have to be 0."""

from dataclasses import dataclass
from math import fsum
from typing import Any

import polars as pl

from igmap.release.coded import Coded, places
from igmap.release.ncp import label_loss
from igmap.release.sets import set_costs
from igmap.release.source import Source
from igmap.release.staged import Labels, Staged
from igmap.release.survivors.orders import rows_in_order
from igmap.release.transformed import cells_not_as_transformed

TYPES = {"string": "string", "integer": "int64", "number": "double"}
NUMERIC = {"integer": pl.Int64, "number": pl.Float64}
SETS = {"sets", "auto"}  # searches that may label classes with sets


def columns_not_as_planned(staged: Staged) -> int:
    """Columns that are missing, too many, in another place or of another type than planned."""
    text = staged.data.suffix == ".csv"
    planned = [(column["field"], TYPES["string" if text else column["type"]]) for column in staged.kept]
    written = list(staged.types.items())
    unequal = sum(one != other for one, other in zip(planned, written, strict=False))
    return unequal + abs(len(planned) - len(written))


def rows_of_others(staged: Staged, source: pl.DataFrame) -> int:
    """Rows whose record does not exist, occurs twice, or belongs to another person than the map says.

    Args:
        staged: the release with its map.
        source: `record` and `person` of every source record, in order.
    """
    persons = staged.persons
    found = places(source["record"], persons["record"])
    wrong = found.is_null() | persons["record"].is_duplicated()
    if staged.sampled is not None:
        wrong |= ~persons["record"].is_in(staged.sampled.implode())
    wrong |= ~persons["person"].eq_missing(source["person"].gather(found))
    return int(wrong.sum()) + abs(staged.table.height - persons.height)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a quasi-identifier stands in a release.

    Args:
        level: the most general level at which all its cells stand; None when they stand at different ones.
        misfits: cells that are not what the hierarchy makes of the value of their own record, at any level.
        loss: what its cells cost together (NCP); of a text that stands at two levels the larger cost.
    """

    level: int | None
    misfits: int
    loss: float


def standing(labels: Labels, written: Coded, source: Coded, *, least: int | None = None) -> Standing:
    """How a quasi-identifier stands, counted over the different pairs of source value and released cell.

    Args:
        labels: its hierarchy.
        written: its released cells.
        source: the source value of each, in the same order.
        least: the finest level, where cells may be sets of labels at it; None where they may not.
    """
    pairs = written.beside(source)
    cost, levels = pl.Series([None] * pairs.height, dtype=pl.Float64), []
    if least is not None:
        cost = set_costs(pairs, labels, least)
    for level in range(labels.shape[1]):
        fits = pairs["written"].eq_missing(_generalised(pairs["source"], labels, level)) & pairs["source"].is_in(
            pl.Series(labels[:, 0].tolist(), dtype=pl.String).implode(), nulls_equal=True
        )
        levels += [level] if bool(fits.all()) else []
        prices = pairs.select(label="written").join(
            label_loss(labels, level), on="label", how="left", nulls_equal=True, maintain_order="left"
        )["loss"]
        here = pl.DataFrame({"fits": fits, "price": prices}).select(pl.when("fits").then("price"))["price"]
        cost = pl.DataFrame({"a": cost, "b": here}).select(pl.max_horizontal("a", "b"))["a"]
    misfits = int(pairs.filter(cost.is_null())["len"].sum())
    together = fsum(cost.fill_null(1.0) * pairs["len"])  # exact, so that the order of the pairs says nothing
    return Standing(max(levels, default=None), misfits, together)


def _generalised(values: pl.Series, labels: Labels, level: int) -> pl.Series:
    mapping = pl.DataFrame(
        {"v": labels[:, 0].tolist(), "label": labels[:, level].tolist()}, schema={"v": pl.String, "label": pl.String}
    )
    known = pl.DataFrame({"v": values}).join(mapping, on="v", how="left", nulls_equal=True, maintain_order="left")
    return known["label"]


def cells_not_kept(written: Coded, source: Coded, planned: str) -> int:
    """Cells of a kept column that are not the value of their own record."""
    kind: Any = NUMERIC.get(planned, pl.String)
    pairs = written.beside(source)
    equal = pairs["written"].cast(kind, strict=False).eq_missing(pairs["source"].cast(kind, strict=False))
    return int(pairs["len"].filter(~equal).sum())


def check(staged: Staged, source: Source) -> tuple[dict[str, int], dict[str, Standing]]:
    """What is wrong with a table of a release, by check, and how each quasi-identifier stands.

    A check that needs a column the file lacks counts its rows as wrong.
    """
    records = staged.persons["record"]
    present = [column for column in staged.kept if column["field"] in staged.table.columns]
    stands, misfits = {}, 0
    for column in present if len(records) == staged.table.height else []:
        field = column["field"]
        written, cells = staged.cells[field], source.coded(field, records)
        if field in staged.hierarchies:
            stands[field] = standing(
                staged.hierarchies[field],
                written,
                cells,
                least=int(column.get("least_level", 0)) if staged.plan.get("search") in SETS else None,
            )
            misfits += stands[field].misfits
        else:
            misfits += cells_not_kept(written, cells, column["type"])
    return {
        "columns_not_as_planned": columns_not_as_planned(staged),
        "rows_of_others": rows_of_others(staged, source.persons()),
        "cells_not_as_planned": misfits,
        "rows_in_source_order": rows_in_order(records),
        "rows_too_many": rows_too_many(staged),
        "cells_not_as_transformed": cells_not_as_transformed(staged, source),
        "persons_not_drawn_whole": source.persons_not_whole(float(staged.plan.get("sample", 1))),
    }, stands


def rows_too_many(staged: Staged) -> int:
    """Rows beyond the number per person that the plan allows, where rows of a person can be told to belong together."""
    if not staged.joined:
        return 0
    counts = staged.persons.group_by("person").len()["len"]
    return int((counts - int(staged.plan["most"])).clip(lower_bound=0).sum())

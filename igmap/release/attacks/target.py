"""What attacks are tried on: a released table, and what is privately known of the persons in it and outside it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from igmap.release.attacks.attack import EXCESS, Attack, Tried, judged
from igmap.release.lost import Counted
from igmap.release.staged import Labels

WHO = "\0who"  # no exported column can be called so
ATTACKED = 2_000  # persons; a share among them is known within 0.022
PLANTED = 200
MARK = "\0leak "


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Target:
    r"""One released table, seen by an attacker who knows some of the source; whose rows they are is for the jury only.

    Args:
        released: the quasi-identifiers and what they may give away, as released, and who stands in each row (`\0who`).
        truth: the same columns of the same rows as the source has them, after its transformations.
        outside: the same columns of the source rows that are not in the release, and `\0who`.
        hierarchies: of each quasi-identifier.
        quasi: the columns that others may know.
        sensitive: those that nobody may learn.
        measures: those that the release is for.
        seed: decides every draw.
        limit: what the success of an attack may exceed its control by, 0-1.
        prefix: what stands before the names of its columns.
    """

    released: pl.DataFrame
    truth: pl.DataFrame
    outside: pl.DataFrame
    hierarchies: Mapping[str, Labels]
    quasi: tuple[str, ...]
    sensitive: tuple[str, ...]
    measures: tuple[str, ...]
    seed: int
    limit: float
    prefix: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """What a class may give away."""
        return (*self.sensitive, *self.measures)

    def attacked(self, most: int = ATTACKED) -> pl.DataFrame:
        """Numbers of released rows (`row`), one of each person, of at most so many persons drawn by the seed."""
        rows = self.released.select(WHO).with_row_index("row").filter(pl.col(WHO).is_not_null())
        first = rows.group_by(WHO).agg(pl.col("row").min()).sort("row")
        return first.sample(min(most, first.height), seed=self.seed)

    def planted(self) -> "Target":
        """A copy in which some persons carry a mark in every quasi-identifier, in the release and outside it alike."""
        marked = self.attacked(PLANTED).sort("row").with_row_index("mark").select(WHO, "mark")
        return replace(self, released=_marked(self, self.released, marked), truth=_marked(self, self.truth, marked))


Try = Callable[[Target], Iterator[tuple[str, Attack]]]


def target(table: Counted, *, limit: float = EXCESS) -> Target:
    """A released table of a staging folder as attacks see it, with what their success may exceed its control by."""
    staged, source = table.staged, table.source
    told = [column for column in staged.kept if column["field"] in staged.told]
    quasi = [field for field in staged.quasi_identifiers if field in staged.table.columns]
    fields = [*quasi, *(column["field"] for column in told)]
    people = source.known()
    inside = staged.persons["record"].head(staged.table.height)
    beyond = people.filter(~pl.col("record").is_in(inside.implode())).sort("record")
    return Target(
        released=staged.table.select(fields).with_columns(
            staged.persons["person"].head(staged.table.height).alias(WHO)
        ),
        truth=pl.DataFrame({field: source.cells(field, inside) for field in fields}),
        outside=pl.DataFrame({field: source.cells(field, beyond["record"]) for field in fields}).with_columns(
            beyond["person"].alias(WHO)
        ),
        hierarchies={field: staged.hierarchies[field] for field in quasi},
        quasi=tuple(quasi),
        sensitive=tuple(column["field"] for column in told if column["role"] == "sensitive"),
        measures=tuple(column["field"] for column in told if column["role"] != "sensitive"),
        seed=int(staged.plan["seed"]),
        limit=limit,
        prefix=staged.prefix,
    )


def powered(attempt: Callable[[Target, pl.Series], Tried], target: Target, method: str) -> Attack:
    """Try an attack, and again on a copy in which it must succeed.

    Args:
        attempt: told a target and the numbers of released rows, one per person attacked; every other row of the
            person is attacked with it.
        target: what is attacked.
        method: what is counted and what the attacker knows.
    """
    leaked = attempt(target.planted(), target.attacked(PLANTED)["row"])
    power = leaked.hits / max(leaked.tries, 1) - leaked.control_hits / max(leaked.control_tries, 1)
    return judged(attempt(target, target.attacked()["row"]), method, power=round(power, 12), limit=target.limit)


def _marked(whole: Target, table: pl.DataFrame, marked: pl.DataFrame) -> pl.DataFrame:
    who = whole.released.select(WHO).join(marked, on=WHO, how="left", maintain_order="left")
    mark = who.select(pl.format("{}{}", pl.lit(MARK), "mark")).to_series()
    cells = table.select(whole.quasi).with_columns(mark.alias("\0mark"))
    changed = cells.select(pl.coalesce("\0mark", field).alias(field) for field in whole.quasi)
    return table.with_columns(changed)

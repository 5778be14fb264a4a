"""What attacks are tried on: a released table, and what is privately known of the persons in it and outside it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from igmap.release.attacks.attack import EXCESS, Attack, Tried, judged
from igmap.release.checks import NUMERIC
from igmap.release.coded import Coded, coded
from igmap.release.lost import Counted
from igmap.release.staged import Labels

WHO = "\0who"  # no exported column can be called so
ATTACKED = 2_000  # persons; a share among them is known within 0.022
PLANTED = 200
EVENT = ("known", "told")
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
        limits: what attacks that count everybody may reach, by name, as the plan says, 0-1.
        together: of each row, all that the release tells of its person, where rows can be joined; None elsewhere.
        orders: of columns that a class may give away, the order of their values, as a condition of the plan says.
        kinships: of such columns, their hierarchies.
        chance: of each row outside, whether a sample left its person out by chance; None where nobody was.
        fraction: share of the population that the source (or the sample drawn from it) holds, 0-1.
        events: of all tables whose rows of a person can be joined: `\0who`, what others may `know` of a row, and all
            that is `told` of it; None where rows cannot be joined.
        kept: what several attacks work out of it, by name; a changed copy begins anew.
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
    limits: Mapping[str, float] = field(default_factory=dict)
    together: pl.Series | None = None
    orders: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    kinships: Mapping[str, Labels] = field(default_factory=dict)
    chance: pl.Series | None = None
    fraction: float = 1.0
    events: pl.DataFrame | None = None
    kept: dict[str, Any] = field(init=False, default_factory=dict)

    @property
    def told(self) -> tuple[str, ...]:
        """What a class may give away."""
        return (*self.sensitive, *self.measures)

    def by_number(self) -> "Target":
        """The same with a number for each person instead of a text; with events, which tell persons too, as it is."""
        if self.events is not None:
            return self
        inside = self.released.height
        who = coded(pl.concat([self.released[WHO], self.outside[WHO]]))
        numbers = who.codes.set(who.codes == len(who.values) - 1, None).alias(WHO)
        return replace(
            self,
            released=self.released.with_columns(numbers.head(inside)),
            outside=self.outside.with_columns(numbers.slice(inside)),
        )

    def attacked(self, most: int = ATTACKED) -> pl.DataFrame:
        """Numbers of released rows (`row`), one of each person, of at most so many persons drawn by the seed."""
        if "first" not in self.kept:
            rows = self.released.select(WHO).with_row_index("row").filter(pl.col(WHO).is_not_null())
            self.kept["first"] = rows.select(WHO, "row").unique(WHO, keep="first", maintain_order=True)
        first: pl.DataFrame = self.kept["first"]
        return first.sample(min(most, first.height), seed=self.seed)

    @property
    def single(self) -> bool:
        """Whether every person has one row."""
        if "single" not in self.kept:
            self.kept["single"] = self.released[WHO].n_unique() == self.released.height
        return bool(self.kept["single"])

    def strangers(self) -> pl.DataFrame:
        """Numbers of rows outside (`row`), one of each person of whom no row is released, and whether by `chance`."""
        rows = self.outside.select(WHO, chance=pl.lit(value=False) if self.chance is None else self.chance)
        people = rows.with_row_index("row").filter(pl.col(WHO).is_not_null())
        others = people.join(self.released.select(WHO), on=WHO, how="anti")
        return others.group_by(WHO).agg(pl.col("row").min(), pl.col("chance").all()).sort("row")

    def planted(self) -> "Target":
        """A copy in which some persons carry a mark in every quasi-identifier, in the release and outside it alike.

        Those who are not in the release carry marks of their own.
        """
        marked = self.attacked(PLANTED).sort("row").with_row_index("mark").select(WHO, "mark")
        others = self.strangers().with_row_index("mark", offset=PLANTED).select(WHO, "mark")
        who = self.released.select(WHO)
        return replace(
            self,
            released=_marked(self.released, self.quasi, who, marked),
            truth=_marked(self.truth, self.quasi, who, marked),
            outside=_marked(self.outside, self.quasi, self.outside.select(WHO), others),
            events=None if self.events is None else _marked(self.events, EVENT, self.events.select(WHO), marked),
        )


Try = Callable[[Target], Iterator[tuple[str, Attack]]]


def target(table: Counted, *, limit: float = EXCESS, together: pl.Series | None = None) -> Target:
    """A released table of a staging folder as attacks see it.

    Args:
        table: with its source.
        limit: what the success of an attack may exceed its control by.
        together: of each row, all that the release tells of its person, where rows can be joined.
    """
    staged = table.staged
    told = [column for column in staged.kept if column["field"] in staged.told]
    quasi = [field for field in staged.quasi_identifiers if field in staged.table.columns]
    inside = staged.persons.head(staged.table.height)
    beyond = table.source.known().filter(~pl.col("record").is_in(inside["record"].implode())).sort("record")
    models = dict(enumerate(staged.plan.get("models") or (), start=1))
    everybody = _cells(table, quasi, told, pl.concat([inside.select(beyond.columns), beyond]))
    drawn, fields = staged.sampled, [*quasi, *(column["field"] for column in told)]
    return Target(
        released=pl.DataFrame({one: staged.cells[one].categories for one in fields} | {WHO: inside["person"]}),
        truth=everybody.head(inside.height).drop(WHO),
        outside=everybody.slice(inside.height),
        hierarchies={field: staged.hierarchies[field] for field in quasi},
        quasi=tuple(quasi),
        sensitive=tuple(column["field"] for column in told if column["role"] == "sensitive"),
        measures=tuple(column["field"] for column in told if column["role"] != "sensitive"),
        seed=int(staged.plan["seed"]),
        limit=limit,
        prefix=staged.prefix,
        limits=staged.plan.get("thresholds") or {},
        together=together,
        orders={one["column"]: one["order"] for one in models.values() if one.get("order")},
        kinships={models[number]["column"]: labels for number, labels in staged.models.items()},
        chance=None if drawn is None else ~beyond["record"].is_in(drawn.implode()),
    )


def _cells(
    table: Counted, quasi: Sequence[str], told: Sequence[Mapping[str, Any]], people: pl.DataFrame
) -> pl.DataFrame:
    """The source of some records; a number is written as in the release, so that equal ones are equal."""
    records = people["record"]
    cells = {field: table.source.coded(field, records) for field in quasi}
    for column in told:
        known, kind = table.source.coded(column["field"], records), NUMERIC.get(column["type"], pl.String())
        texts = known.values.to_frame("text")
        plain = texts.select(pl.coalesce(pl.col("text").cast(kind, strict=False).cast(pl.String), "text"))
        cells[column["field"]] = Coded(plain.to_series(), known.codes)
    frame = {field: one.categories for field, one in cells.items()}
    return pl.DataFrame(frame | {WHO: people["person"]})


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


def _marked(table: pl.DataFrame, fields: Sequence[str], who: pl.DataFrame, marked: pl.DataFrame) -> pl.DataFrame:
    """The table with the mark of its person in each row, where there is one."""
    marks = who.join(marked, on=WHO, how="left", maintain_order="left")
    mark = marks.select(pl.format("{}{}", pl.lit(MARK), "mark")).to_series()
    cells = table.select(fields).with_columns(mark.alias("\0mark"))
    changed = cells.select(
        pl.coalesce(pl.col("\0mark").cast(cells[field].dtype), field).alias(field) for field in fields
    )
    return table.with_columns(changed)

"""Proof of a release: everything is counted again from the written file, by code that its maker does not share."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypedDict

import polars as pl

from igmap.progress import Step, silent
from igmap.release.attacks import Attacks, Told, criteria, excess_limit, tried
from igmap.release.attacks.earlier import Earlier
from igmap.release.attacks.second_export import SecondExports
from igmap.release.classes import class_sizes, distinct_l, equal_t, smallest
from igmap.release.free_text.gate import FreeText, free_text, judged
from igmap.release.free_text.marks import read_marks
from igmap.release.free_text.scanning import scanned
from igmap.release.lost import Counted, Loss, Suppression, counted, loss, suppressions
from igmap.release.population import sampled_share
from igmap.release.published import names
from igmap.release.source import Source, read_source
from igmap.release.staged import InStaging, Staged, joint_sha256, read_staged, sha256
from igmap.release.survivors import keep_sought, sought_of, survivors
from igmap.release.thresholds import Thresholds, thresholds
from igmap.release.told import told_of_persons, with_classes
from igmap.release.transformed import pseudonyms_apart
from igmap.release.usefulness import Usefulness, usefulness
from igmap.sources import Exports
from igmap.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Rows:
    """Of a further table of a release: released rows, source rows that are not in it, and different persons."""

    rows: int
    suppressed_rows: int
    persons: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found in the written files; counts and shares only.

    Args:
        name: of the release.
        rows: released rows, of the first table.
        persons: different persons in them; all records without a person key count as one person.
        suppressed_rows: source rows that are not in the first table.
        k: persons in the smallest class, over all tables.
        k_rows: rows in the smallest class.
        l: fewest different values in a class, per sensitive column or measure (`table.column` in further tables).
        t: largest distance of a class from the whole release, per sensitive column or measure.
        loss: recomputed from the labels.
        suppression: whom it hits.
        attacks: one per criterion of WP216.
        checks: what is wrong in any table, counted; each must be 0.
        thresholds: what the plan demands.
        figures: what was found, under the names of the thresholds.
        unmet: thresholds, checks and attacks that do not hold.
        met: whether all hold; what nothing can be told of (`attacks.undecided`) needs a person's signature in the plan.
        plan_sha256: of the plan, as it was carried out.
        data_sha256: of the released file; of several files, of the list of their hashes and names.
        input_sha256: of the export it was made from; of several, of the list of their hashes.
        tables: the rows of further tables, by name.
        earlier: the releases of the workspace that it was tested against.
        usefulness: what each table is still good for, in the order of the tables.
        free_text: what is known of the free text in it; None where it has none.
    """

    name: str
    rows: int
    persons: int
    suppressed_rows: int
    k: int
    k_rows: int
    l: dict[str, int]  # noqa: E741 - as the literature prints it
    t: dict[str, float]
    loss: Loss
    suppression: dict[str, Suppression]
    attacks: Attacks
    checks: dict[str, int]
    thresholds: dict[str, int | float]
    figures: dict[str, int | float]
    unmet: tuple[str, ...]
    met: bool
    plan_sha256: str
    data_sha256: str
    input_sha256: str
    tables: dict[str, Rows] = field(default_factory=dict)
    earlier: tuple[str, ...] = ()
    usefulness: tuple[Usefulness, ...] = ()
    free_text: FreeText | None = None
    schema: Literal["igmap.proof/1"] = "igmap.proof/1"

    def _repr_html_(self) -> str:
        from igmap.release.certificate import figures
        from igmap.report import fragment

        return fragment(figures(self, "nl"), lang="nl")


def prove(exports: Exports, release: InStaging, *, workspace: Workspace | None = None, step: Step = silent) -> Proof:
    """Count again what the release claims, from its written files and the source.

    Args:
        exports: the source it was made from.
        release: lies in staging, with its person maps.
        workspace: whose earlier releases it is attacked together with; by default that of the exports.
        step: told of each step, and of each attack.

    Raises:
        SourceError: the staging folder is incomplete, or the source is not among the exports.
    """
    place = workspace or exports.workspace
    step("count")
    staged = read_staged(release.folder)
    tables = [counted(one, read_source(exports, one)) for one in staged.tables]
    told = list(_told(tables))
    checks = {name: sum(one.checks[name] for one in tables) for name in tables[0].checks}
    pairs = [(one.staged, one.source) for one in tables]
    checks["cells_not_as_transformed"] += pseudonyms_apart(pairs)
    step("survivors")
    sought = sought_of(pairs)
    keep_sought(release.folder, sought)
    checks |= survivors(pairs, sought)
    text = free_text(scanned(exports, pairs), read_marks(place))
    of_text, checks = judged(text, staged.plan, checks)
    earlier = tuple(name for name in names(place) if name != staged.plan["name"]) if place else ()
    beyond = (SecondExports(exports), *((Earlier(place, earlier),) if place and earlier else ()))
    share = sampled_share(exports, staged.plan, tables[0].source)
    attacks = Attacks(
        **criteria(told, before=_before(tables)),
        tried=dict(tried(tables, told, beyond=beyond, fraction=share, step=step)),
    )
    limits = thresholds(exports, tables, told[0]).with_more(of_text)
    return replace(_proof(tables, told, checks, (limits, attacks)), earlier=earlier, free_text=text)


def _told(tables: Sequence[Counted]) -> Iterator[Told]:
    """Each table with its classes, and what they may give away."""
    for one, (table, quasi) in zip(tables, with_classes(tables[0].staged), strict=True):
        yield Told(table, tuple(quasi), tuple(one.staged.told), one.staged.persons["person"], one.staged.prefix)


def _proof(
    tables: Sequence[Counted], told: Sequence[Told], checks: Mapping[str, int], found: tuple[Thresholds, Attacks]
) -> Proof:
    first, sizes = told[0], class_sizes(told[0].table, told[0].quasi, told[0].persons)
    limits, attacks = found
    unmet = (*limits.unmet, *(name for name, wrong in checks.items() if wrong), *attacks.unmet)
    signed = bool(tables[0].staged.plan.get("signed"))
    return Proof(
        name=tables[0].staged.plan["name"],
        rows=first.table.height,
        persons=first.persons.n_unique(),
        suppressed_rows=tables[0].gone,
        k=int(limits.found["k"]),
        k_rows=smallest(sizes["rows"]),
        l={f"{one.prefix}{name}": distinct_l(one.table, one.quasi, name) for one in told for name in one.columns},
        t={f"{one.prefix}{name}": equal_t(one.table, one.quasi, name) for one in told for name in one.columns},
        loss=loss(tables),
        suppression=suppressions(tables),
        attacks=attacks,
        checks=dict(checks),
        thresholds=limits.asked | ({"excess": excess_limit(tables)} if attacks.tried else {}),
        figures=limits.found | ({"excess": attacks.excess} if attacks.tried else {}),
        unmet=unmet,
        met=not unmet and (signed or not attacks.undecided),
        tables={one.staged.plan["name"]: _rows(one) for one in tables[1:]},
        usefulness=tuple(usefulness(one.staged, one.source) for one in tables),
        **_hashes(tables[0].staged, [one.source for one in tables]),
    )


def _rows(table: Counted) -> Rows:
    return Rows(table.staged.table.height, table.gone, table.staged.persons["person"].n_unique())


def _before(tables: Sequence[Counted]) -> pl.Series:
    """Persons behind each combination of the source."""
    first = tables[0]
    if not first.staged.joined:
        return first.source.counts(list(first.stands))["persons"]
    told = ((one.source.told(list(one.stands)), list(one.stands)) for one in tables)
    return told_of_persons(told).group_by("told").len()["len"]


class _Hashes(TypedDict):
    plan_sha256: str
    data_sha256: str
    input_sha256: str


def _hashes(staged: Staged, sources: Sequence[Source]) -> _Hashes:
    """Of plan, released files and input, so that nobody swaps one of them after the proof."""
    plan = staged.data.parent / "plan.yaml"
    inputs = joint_sha256(list(dict.fromkeys(one.sha256 for one in sources)))
    return {"plan_sha256": sha256(plan), "data_sha256": staged.data_sha256, "input_sha256": inputs}

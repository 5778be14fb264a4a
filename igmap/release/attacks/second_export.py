"""Another export about the same persons, held against a release: whom its values point at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from igmap.errors import PlanError, nearest
from igmap.release.attacks.attack import Attack, Tried
from igmap.release.attacks.linked_halves import numbered, pointed, strangers
from igmap.release.attacks.match_sets import match_sets, whose
from igmap.release.attacks.target import WHO, Target, powered
from igmap.release.lost import Counted
from igmap.release.source import Source, open_source
from igmap.sources import Exports

KNOWN = "\0known"
METHOD = (
    "second export: share of the persons of another export of whom its values point at one released person, the right "
    "one; the attacker holds that export; control: the same with its persons who are not in the release"
)


@dataclass(frozen=True, slots=True)
class SecondExports:
    """The exports among which those are that a plan calls `others`."""

    exports: Exports

    def __call__(self, table: Counted, seen: Target) -> Iterator[tuple[str, Attack]]:
        """Match the persons of each of them with the first table.

        Raises:
            SourceError: there is no such export.
            PlanError: it lacks a column, or the plan has no person key.
        """
        for other in () if seen.prefix else table.staged.plan.get("others") or ():
            source, shared = self._opened(other, table, seen)
            if shared:
                whole = _beside(source, shared, seen)
                yield f"second_export({other['source']})", powered(_matched, whole, METHOD)

    def _opened(self, other: Mapping[str, Any], table: Counted, seen: Target) -> tuple[Source, dict[str, str]]:
        """That export, and its field for each released column it tells of."""
        if table.source.person is None:
            raise PlanError("others: the plan has no person_key, so that nobody can be found in another export")
        if not (isinstance(other, Mapping) and {"source", "person_key"} <= other.keys()):
            raise PlanError("others: each needs a source and a person_key")
        source = open_source(self.exports, other["source"], other.get("table", ""), other["person_key"])
        released = (*seen.quasi, *seen.told)
        shared = dict(other.get("columns") or {name: name for name in released if name in source.columns})
        for name, known in [
            *((name, released) for name in shared),
            *((one, source.columns) for one in shared.values()),
        ]:
            if name not in known:
                raise PlanError(f"others: {other['source']}: no column {name!r}{nearest(name, known)}")
        return source, shared


def _beside(source: Source, shared: Mapping[str, str], seen: Target) -> Target:
    """The release as far as the other export tells of it, with the values of that export in place of the source's."""
    people = source.persons().filter(pl.col("person").is_not_null()).sort("record")
    first = people.unique("person", keep="first", maintain_order=True)
    cells = {name: source.coded(field, first["record"]).categories for name, field in shared.items()}
    theirs = pl.DataFrame({WHO: first["person"], **cells}).with_columns(pl.lit(value=True).alias(KNOWN))
    return replace(
        seen,
        released=seen.released.select(*shared, WHO),
        truth=seen.released.select(WHO).join(theirs, on=WHO, how="left", maintain_order="left").drop(WHO),
        outside=theirs.filter(~pl.col(WHO).is_in(seen.released[WHO].drop_nulls().implode())),
        quasi=tuple(shared),
        sensitive=(),
        measures=(),
    )


def _matched(seen: Target, rows: pl.Series) -> Tried:
    rows = rows.filter(seen.truth[KNOWN][rows].fill_null(value=False))
    who = numbered(seen)
    beyond = strangers(seen, len(rows))
    asked = pl.concat([seen.truth.select(seen.quasi)[rows], beyond])
    found = pointed(match_sets(whose(seen.released.select(seen.quasi), who), asked, seen.hierarchies), seen.quasi)
    right = found[: len(rows)] == who[rows].to_numpy()
    return Tried(int(right.sum()), len(rows), int((found[len(rows) :] >= 0).sum()), beyond.height)

"""A field that may be released: what is known of it, and what decides whether it may stay."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from igmap.anonymisation.checking import points_at_somebody
from igmap.anonymisation.persons import count_persons
from igmap.anonymisation.plan import Role
from igmap.engine import Profile
from igmap.inventory import DatasetInventory, Field, Located
from igmap.inventory.detectors import DETECTORS
from igmap.sources import Exports
from igmap.vocabulary import CATEGORIES

MEASURES = {"learning_result", "learning_activity"}
FEW_VALUES = 50  # a column about which nothing is known may stay when it has at most this many values
SCALE_VALUES = 101  # 0-100 %, the finest scale of results that is kept as it is
SOME = 0.01  # share of the records beyond which recognised identifiers are no accident
MOST_VALUES = 100_000
BINARY = r"^\(\d+ bytes\)$"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field with what decides its fate.

    Args:
        field: the verdict of the inventory.
        profile: its counts; None when it holds several values per record.
        values: distinct values, the first 100,000.
        persons: of the dataset.
        k: of the plan.
        forbidden: the rule and the finding by which it may not be there, or "".
    """

    field: Field
    profile: Profile | None
    values: pl.Series
    persons: int
    k: int
    forbidden: str = ""

    @property
    def crowded(self) -> bool:
        """Whether each value has k persons on average."""
        return self.profile is not None and self.profile.distinct * self.k <= self.persons

    @property
    def role(self) -> Role:
        """What the inventory makes of it."""
        field = self.field
        kinds: list[tuple[bool, Role]] = [
            (field.secret, "secret"),
            (field.free_text, "text"),
            (field.verdict == "undecided", "undecided"),
            (field.identifiability == "direct", "direct"),
            (field.identifiability == "key", "key"),
            (field.special != "none", "sensitive"),
            (field.identifiability == "quasi", "quasi"),
            (field.category in MEASURES, "measure"),
        ]
        return next((role for holds, role in kinds if holds), "other")


def candidates(
    exports: Exports, found: DatasetInventory, located: Located, *, key: str | None, k: int
) -> Iterator[Candidate]:
    """The fields of a dataset, counted in the engine."""
    own = {name: c.column for name, c in located.columns.items() if c.table == located.dataset.name}
    profiles = exports.engine.profile(located.dataset.name, list(own.values()))
    persons = count_persons(exports, located, key)
    for field in found.fields:
        if field.name in own:
            values = first_values(exports, located, own[field.name])
            yield Candidate(field, profiles[own[field.name]], values, persons, k)
        elif field.name in located.columns:
            yield Candidate(field, None, pl.Series([], dtype=pl.String), persons, k)


def first_values(exports: Exports, located: Located, column: str) -> pl.Series:
    """Distinct values of an engine column, the first 100,000."""
    found, held = [pl.Series([], dtype=pl.String)], 0
    for batch in exports.engine.values(located.dataset.name, column):  # of any size
        found.append(pl.Series(pl.from_arrow(batch["value"]), dtype=pl.String))
        held += len(found[-1])
        if held >= MOST_VALUES:
            break
    return pl.concat(found).head(MOST_VALUES)


def reason_to_drop(candidate: Candidate, role: Role, *, dated: bool) -> str:
    """Why a field cannot stay, by its key in texts.yaml; "" when it can."""
    unknown_kept = candidate.crowded and len(candidate.values) <= FEW_VALUES
    reasons = [
        (candidate.profile is None, "nested"),
        (role in {"secret", "text", "direct", "key"}, role),
        (bool(candidate.forbidden), "forbidden"),
        (role not in {"quasi", "measure", "other"}, role),
        (not len(candidate.values), "blank"),
        (points_at_somebody(candidate.field.runner_up) or candidate.field.verdict == "undecided", "doubtful"),
        (_fired(candidate.field, role), "fired"),
        (bool(candidate.values.str.contains(BINARY).any()), "binary"),
        (role == "measure" and not (dated or _on_a_scale(candidate)), "singular"),
        (role == "other" and not (dated or unknown_kept), "singular"),
    ]
    return next((reason for holds, reason in reasons if holds), "")


def _fired(field: Field, role: Role) -> bool:
    """Whether identifiers, keys, secrets or special data were recognised in the cells.

    Of what is no quasi-identifier, a single direct identifier is enough. What the user's own detectors find is one.
    """
    kinds = {detector.id: detector.category for detector in DETECTORS}
    named = [(kinds.get(one.detector, one.detector), one.share) for one in field.detections]
    found = [(kind if kind in CATEGORIES else "document_number", share) for kind, share in named]
    return any(
        share > SOME if role == "quasi" or CATEGORIES[kind].identifiability != "direct" else True
        for kind, share in found
        if points_at_somebody(kind) or CATEGORIES[kind].special != "none"
    )


def _on_a_scale(candidate: Candidate) -> bool:
    """Whether a result is one of a scale, not a figure that only one person has."""
    profile = candidate.profile
    return profile is not None and (
        candidate.crowded or profile.distinct <= min(SCALE_VALUES, (profile.rows - profile.blanks) // 2)
    )

"""The plan: what becomes of every column, written so that a person can read, change and repeat it."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as setting
from typing import Any, ClassVar, Literal, TypeAlias

Role = Literal["direct", "key", "secret", "text", "undecided", "quasi", "sensitive", "measure", "link", "other"]
Treatment = Literal["drop", "keep", "generalise"]
Type = Literal["string", "integer", "number"]
Settings: TypeAlias = Mapping[str, Any]
DEFAULT_K = 10


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """What becomes of one column.

    Args:
        field: its name, as the inventory shows it; the released column is called the same.
        role: quasi (others may know it), sensitive (nobody may learn it), measure (what the release is for), link (a
            pseudonym that joins the rows of a person within the release), or why it cannot stay: direct, key,
            secret, text, undecided, other.
        treatment: drop, keep as it is, or generalise. Only quasi-identifiers are generalised.
        category: of igmap's vocabulary.
        type: of the released values; generalised columns are text.
        hierarchy: the builder of the hierarchy with its settings, such as `{intervals: [5, 10, 20]}`.
        least_level: the most specific level that may be released; 0 is the value itself.
        weight: how much its loss counts, relative to the other quasi-identifiers.
        transform: what is done to the values before anything is counted, step by step, such as `[{round: 5}]`.
        follows: a quasi-identifier from which this one can be reckoned (birth year and age, place and postcode):
            both are generalised to the same level together.
        becomes: in words, nl and en.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    field: str
    role: Role
    treatment: Treatment
    category: str = "none"
    type: Type = "string"
    hierarchy: Settings | None = None
    least_level: int = 0
    weight: float = 1.0
    transform: tuple[Settings, ...] = ()
    follows: str = ""
    becomes: Mapping[str, str] = setting(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LinkedTable:
    """A further table of a release, about the same persons.

    Args:
        name: of its file in the release.
        source: its dataset's file, relative to exports/.
        person_key: the field that tells persons apart, with the values of the plan's own person key.
        columns: what becomes of each column.
        table: sheet or database table, else "".
        most: rows per person that are released at most; which of more is drawn by the seed.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    name: str
    source: str
    person_key: str
    columns: tuple[PlannedColumn, ...]
    table: str = ""
    most: int = 3

    @property
    def kept(self) -> tuple[PlannedColumn, ...]:
        """The released columns, in order."""
        return tuple(column for column in self.columns if column.treatment != "drop")

    @property
    def quasi_identifiers(self) -> tuple[PlannedColumn, ...]:
        """The released columns over which k is counted."""
        return tuple(column for column in self.kept if column.role == "quasi")

    @property
    def links(self) -> tuple[PlannedColumn, ...]:
        """The released columns that join the rows of a person."""
        return tuple(column for column in self.kept if column.role == "link")


@dataclass(frozen=True, slots=True)
class Plan:
    """How one dataset is anonymised.

    Args:
        name: of the release and its folder: small letters, digits, dots and hyphens.
        source: the dataset's file, relative to exports/.
        columns: what becomes of each column.
        seed: decides the order of the released rows; private, because it leads back to the source's order.
        table: sheet or database table, else "".
        person_key: the field that tells persons apart; None when each record is a person.
        k: different persons that share each combination of quasi-identifiers, at least.
        models: further conditions on every combination, such as `{model: distinct_l, column: grade, l: 2}`.
        suppression_limit: share of the rows that may be left out, 0-1.
        search: global, local, top_down or sets; auto chooses by what is asked and says why.
        seconds: after which the search takes the best it has; 0 for no limit.
        sample: share of the persons that is drawn before anything else, 0-1.
        most: rows per person that are released at most, where rows of a person can be told to belong together.
        linked: further tables of the release; k then holds for everything that it tells of a person.
        file_format: of the released tables.
        thresholds: what attacks may reach, such as `{highest_risk: 0.1, excess: 0.05}`; the strict defaults else. Free
            text is released only with a target: `{free_text: {missed: 0.005}}` is the share of texts in which a person
            may be left, at most; `fragments` and `combinations` allow shares with what tells one person only.
        signed: who accepts, when and why, that there are too few persons to tell what some attacks would reach.
        purpose: what the release is for, in words that may be shown.
        recipient: who gets it; "" when nobody in particular.
        perspective: whose means the figures are about: own organisation, a named recipient, or everybody.
        others: further exports about the same persons that an attacker may hold, such as `{source: crm.csv,
            person_key: id, columns: {age: leeftijd}}`; without columns, those that are called the same.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    name: str
    source: str
    columns: tuple[PlannedColumn, ...]
    seed: int = setting(repr=False)
    table: str = ""
    person_key: str | None = None
    k: int = DEFAULT_K
    models: tuple[Settings, ...] = ()
    suppression_limit: float = 0.05
    search: str = "auto"
    seconds: float = 0
    sample: float = 1.0
    most: int = 1
    linked: tuple[LinkedTable, ...] = ()
    file_format: Literal["parquet", "csv"] = "parquet"
    thresholds: Mapping[str, float | Mapping[str, float]] = setting(default_factory=dict)
    signed: Mapping[str, str] = setting(default_factory=dict)
    purpose: str = ""
    recipient: str = ""
    perspective: Literal["own", "recipient", "public"] = "public"
    others: tuple[Settings, ...] = ()

    @property
    def tables(self) -> tuple[LinkedTable, ...]:
        """All tables of the release, the plan's own first."""
        own = LinkedTable(self.name, self.source, self.person_key or "", self.columns, self.table, self.most)
        return (own, *self.linked)

    @property
    def joined(self) -> bool:
        """Whether the release tells which rows belong to one person, so that k must hold for all of them together."""
        return bool(self.linked or self.tables[0].links)

    @property
    def kept(self) -> tuple[PlannedColumn, ...]:
        """The released columns of the plan's own table, in order."""
        return self.tables[0].kept

    @property
    def quasi_identifiers(self) -> tuple[PlannedColumn, ...]:
        """Those of them over which k is counted."""
        return self.tables[0].quasi_identifiers

    def _repr_html_(self) -> str:
        from igmap.anonymisation.telling import blocks
        from igmap.report import fragment

        return fragment(blocks(self, "nl"), lang="nl")

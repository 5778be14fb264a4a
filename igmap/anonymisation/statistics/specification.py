"""statistics.yaml: which tables of counts, sums and means are wanted, and how persons in them are protected."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from dataclasses import field as setting
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import ValidationError

from igmap.errors import StatisticsError, nearest
from igmap.stages import from_plain
from igmap.vocabulary.files import read_yaml

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
STRICT: dict[str, str] = {"extra": "forbid"}
DEFAULT_THRESHOLD = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """What is told of each group: one of count, sum and mean.

    Args:
        count: persons or rows.
        sum: the field that is added up.
        mean: the field whose mean is taken, over the rows in which it holds a number.
        bounds: what a number is clamped to; needed with epsilon.
        notation: what stands before the decimals, point or comma; by default the column as a whole shows it.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    count: Literal["persons", "rows"] | None = None
    sum: str | None = None
    mean: str | None = None
    bounds: tuple[float, float] | None = None
    notation: Literal["point", "comma"] | None = None

    @property
    def field(self) -> str:
        """The field it adds up; "" of a count."""
        return self.sum or self.mean or ""

    @property
    def name(self) -> str:
        """Of its column in the table."""
        return self.count or (f"sum {self.sum}" if self.sum else f"mean {self.mean}")


@dataclass(frozen=True, slots=True)
class Dominance:
    """The (n, k) rule: a sum is withheld when its n largest persons make up more than k % of it."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    n: int = 1
    k: float = 75


@dataclass(frozen=True, slots=True)
class Protection:
    """How persons are protected: by withholding and rounding, or, with epsilon, by noise.

    Args:
        threshold: persons that a group has to have at least to be told of.
        rounding: base to which counts are rounded at random, without bias; 0 for none.
        dominance: of sums and means.
        p: a sum is withheld when its second largest person could estimate the largest one's part to within p %.
        epsilon: of differential privacy, per person.
        delta: of differential privacy; needed where the groups are not given.
        per_person: rows of a person that count at most, with epsilon.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    threshold: int = DEFAULT_THRESHOLD
    rounding: int = 0
    dominance: Dominance = setting(default_factory=Dominance)
    p: float = 10
    epsilon: float | None = None
    delta: float = 0
    per_person: int = 1


@dataclass(frozen=True, slots=True)
class Budget:
    """What all releases with noise of one dataset may cost together.

    Args:
        epsilon: their sum, or what they compose to.
        delta: the same.
        composition: basic adds up; zcdp is less for many small releases, and needs a delta above what they book.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    epsilon: float
    delta: float = 0
    composition: Literal["basic", "zcdp"] = "basic"


@dataclass(frozen=True, slots=True)
class WantedTable:
    """One table.

    Args:
        name: of its file.
        source: the dataset's file, as igmap shows it.
        by: grouping fields, each with a hierarchy's builder and `level` (1 by default, the first step of the builder)
            or `values` (those there are), or nothing for the values as they are.
        measures: what is told of each group.
        table: sheet or database table, else "".
        person_key: the field that tells persons apart; by default as decided or guessed.
        where: fields with the values to which the rows are limited.
        without: fields with the values whose rows are left out.
        margins: whether totals are told too.
        protection: of the persons.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    name: str
    source: str
    by: Mapping[str, Mapping[str, Any] | None]
    measures: tuple[Measure, ...]
    table: str = ""
    person_key: str | None = None
    where: Mapping[str, tuple[str, ...]] = setting(default_factory=dict)
    without: Mapping[str, tuple[str, ...]] = setting(default_factory=dict)
    margins: bool = False
    protection: Protection = setting(default_factory=Protection)

    @property
    def is_noisy(self) -> bool:
        """Whether it is protected by noise."""
        return self.protection.epsilon is not None

    @property
    def summed(self) -> tuple[str, ...]:
        """The fields that are added up, each once."""
        return tuple(dict.fromkeys(measure.field for measure in self.measures if measure.field))


@dataclass(frozen=True, slots=True)
class Statistics:
    """The content of statistics.yaml.

    Args:
        tables: that are released together.
        name: of the release and its folder.
        budget: of privacy; needed by tables with epsilon.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    tables: tuple[WantedTable, ...]
    name: str = "statistics"
    budget: Budget | None = None


def load_statistics(path: Path) -> Statistics:
    """Read statistics.yaml; hierarchy files are looked up from its own folder.

    Raises:
        StatisticsError: unreadable, an unknown key or value (with the nearest known one), or it contradicts itself.
    """
    from igmap.anonymisation.statistics.sound import check_statistics

    _, content = read_yaml(path, StatisticsError)
    try:
        wanted = from_plain(Statistics, content)
    except ValidationError as error:
        raise StatisticsError(f"{path.name}: {'; '.join(_told(error))}") from None
    return check_statistics(wanted, path.parent)


def _told(error: ValidationError) -> Iterator[str]:
    kinds = (Statistics, WantedTable, Protection, Dominance, Budget, Measure)
    known = {entry.name for kind in kinds for entry in fields(kind)}
    for problem in error.errors(include_url=False):
        place = ".".join(str(part) for part in problem["loc"]) or "the file"
        if problem["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
            yield f"{place}: unknown key{nearest(str(problem['loc'][-1]), known)}"
        elif problem["type"] == "literal_error":
            expected = re.findall(r"'([^']*)'", problem["ctx"]["expected"])
            yield f"{place}: must be {' or '.join(expected)}{nearest(str(problem['input']), expected)}"
        else:
            yield f"{place}: {problem['msg']}"

"""What every decision of a person says."""

from datetime import date
from fnmatch import fnmatchcase

from pydantic import BaseModel, ConfigDict


class Decision(BaseModel):
    """Every decision says who took it, when and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: str
    on: date
    why: str


def names_of(source: str, table: str) -> tuple[str, ...]:
    """How a decision may name a table: by its file, or by file and table."""
    return (source, f"{source}#{table}") if table else (source,)


def matches(name: str, pattern: str) -> bool:
    """Whether a name is meant: as it stands, or by a pattern.

    Example:
        >>> matches("crm [1].csv", "crm [1].csv"), matches("crm_2026-11.csv", "crm_*.csv"), matches("crm.csv", "hr*")
        (True, True, False)
    """
    return name == pattern or fnmatchcase(name, pattern)

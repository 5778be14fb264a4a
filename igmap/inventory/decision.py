"""What every decision of a person says."""

from datetime import date

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

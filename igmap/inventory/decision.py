"""What every decision of a person says."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class Decision(BaseModel):
    """Every decision says who took it, when and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: str
    on: date
    why: str

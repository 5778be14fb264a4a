"""The compatibility test of GDPR Art. 6(4), as a form of five questions that a person answers and signs."""

from collections.abc import Sequence
from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from igmap.inventory.decision import Decision, matches

QUESTIONS = ("link", "context", "nature", "consequences", "safeguards")


class Assessment(Decision):
    """Whether data collected for one purpose may serve another: the five questions of GDPR Art. 6(4), and the outcome.

    A question without an answer, or no outcome, leaves it open.

    Args:
        collected_for: id of the purpose, under the key `from`.
        used_for: id of the purpose, under the key `to`.
        dataset: id of a binding, a file, or a pattern of files; "" for every dataset.
        link: between the two purposes.
        context: in which the data were collected, and what the persons may expect.
        nature: of the data; special categories and criminal data among them.
        consequences: for the persons.
        safeguards: such as encryption or pseudonymisation.
        outcome: of the five.
    """

    collected_for: str = Field(alias="from")
    used_for: str = Field(alias="to")
    dataset: str = ""
    link: str = ""
    context: str = ""
    nature: str = ""
    consequences: str = ""
    safeguards: str = ""
    outcome: Literal["compatible", "incompatible"] | None = None

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @model_validator(mode="after")
    def _of_two_purposes(self) -> Self:
        if self.collected_for == self.used_for:
            raise ValueError("'from' and 'to' are the same purpose; an assessment is about another one")
        return self

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The questions without an answer, and the outcome if there is none."""
        return tuple(name for name in (*QUESTIONS, "outcome") if not (getattr(self, name) or "").strip())


def nearest_of(assessments: Sequence[Assessment], names: Sequence[str]) -> Assessment | None:
    """The assessment that is nearest to a dataset, of equals the latest; or None.

    One for the very dataset goes before a longer pattern, that before a shorter one; one for every dataset comes last.

    Args:
        assessments: of the same two purposes, in the order in which they were written.
        names: of the dataset: its file, its file with the table, the id of its binding.
    """
    reaching = [a for a in assessments if not a.dataset or any(matches(name, a.dataset) for name in names)]
    ranked = sorted(reaching, key=lambda a: (a.dataset in names, len(a.dataset), a.on))
    return ranked[-1] if ranked else None

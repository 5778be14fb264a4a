"""Lists of persons that a person names in decisions.yaml: who consented, asked for restriction, or objected."""

from typing import Literal

from pydantic import Field

from igmap.inventory.decision import Decision


class PersonList(Decision):
    """An export that says which persons consented, asked for restriction, or objected (GDPR Art. 7, 18, 21).

    Args:
        id: what the log of disclosures calls it.
        kind: consent, restriction or objection.
        files: pattern of the export that holds it.
        table: its sheet or table.
        key: the column that says who.
        since: the column with the day it begins; without one it holds for as long as the person is listed.
        until: the column with the day it ended; blank while it lasts.
        where: columns with the answers that count, `{Akkoord: [ja]}`; others are a refusal.
        purposes: it holds for; none named means all.
        recipients: it holds for; none named means all.
    """

    id: str
    kind: Literal["consent", "restriction", "objection"]
    files: str
    table: str = ""
    key: str
    since: str | None = None
    until: str | None = None
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    purposes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()

    def concerns(self, purpose: str, recipient: str) -> bool:
        """Whether it holds for data that go to a recipient for a purpose."""
        return purpose in (self.purposes or (purpose,)) and recipient in (self.recipients or (recipient,))

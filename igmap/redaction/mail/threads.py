"""Which messages belong together: those that answer each other, or go between the same persons about the same."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from email.message import Message

from igmap.redaction.mail.headers import IDENTIFIER, IDENTIFIERS, mailboxes
from igmap.redaction.redactor import address_of
from igmap.sources.mail.message import decoded

ANSWER = re.compile(r"(?:\s*(?:re|fw|fwd|antw|aw|betr|doorst|tr)\s*(?:\[\d+\])?\s*:)+\s*", re.IGNORECASE)
BETWEEN = ("From", "To", "Cc")


@dataclass(slots=True)
class Threads:
    """Messages gathered by what ties them: a union of sets over identifiers, and over subject with who is in it.

    Args:
        holders: the longest name that stands beside each address.
    """

    holders: dict[str, str] = field(default_factory=dict)
    _parents: list[int] = field(default_factory=list)
    _ties: dict[Hashable, int] = field(default_factory=dict)

    def add(self, message: Message) -> None:
        """Take in the headers of the next message."""
        place = len(self._parents)
        self._parents.append(place)
        people = people_of(message)
        for name, address in people:
            self.holders[address_of(address)] = max(self.holders.get(address_of(address), ""), name, key=len)
        for tie in _ties(message, [address for _, address in people]):
            other = self._ties.setdefault(tie, place)
            self._parents[self.root(place)] = self.root(other)

    def __len__(self) -> int:
        """How many messages were taken in."""
        return len(self._parents)

    def root(self, place: int) -> int:
        """The thread of a message, by the number of the message from 0."""
        while self._parents[place] != place:
            self._parents[place] = place = self._parents[self._parents[place]]
        return place


def people_of(message: Message) -> Sequence[tuple[str, str]]:
    """The names and addresses of those between whom a message goes."""
    return [one for name in BETWEEN for value in message.get_all(name, []) for one in mailboxes(value)]


def _ties(message: Message, addresses: Sequence[str]) -> Iterable[Hashable]:
    for name in IDENTIFIERS - {"content-id"}:
        for value in message.get_all(name, []):
            yield from (found.strip("<>") for found in IDENTIFIER.findall(str(value)))
    subject = ANSWER.sub("", decoded(message.get("Subject", "")), count=1).strip().lower()
    if subject and addresses:
        yield subject, frozenset(address.lower() for address in addresses)

"""The captures of browsers among the exports, whatever program wrote them: which there are and what they show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from igmap.inventory.decisions import Decisions
from igmap.inventory.inventory import DatasetInventory, Inventory
from igmap.inventory.labels import mask_all, shown
from igmap.policy.devices.rows import Contact, Own, Stored, Told, contact_of, own_sites, stored_of
from igmap.policy.register import Policy
from igmap.sources.exports import Dataset, Exports
from igmap.sources.har import NO_PAGES, READ_AS, SANITISED
from igmap.vocabulary.hosts import site_of

Consent = Literal["before", "after", ""]
JAR = (
    "name",
    "host",
    "path",
    "url",
    "party",
    "page",
    "kind",
    "lifetime",
    "expires",
    "secure",
    "http_only",
    "same_site",
)
VISIT = ("host", "party", "way", "page", "learned", "settings", "requests")
ASKED = r"(?:toestemming|consent|akkoord|cookie[-_ ]?keuze|banner)"
PROPOSED: dict[Consent, re.Pattern[str]] = {
    "before": re.compile(rf"(?<![a-z])(?:voor|before|pre|zonder|without)[-_ ]*(?:de[-_ ])?{ASKED}", re.IGNORECASE),
    "after": re.compile(rf"(?<![a-z])(?:na|after|post|met|with)[-_ ]*(?:de[-_ ])?{ASKED}", re.IGNORECASE),
}
PROFILES = ("sqlite", "Safari")


@dataclass(frozen=True, slots=True)
class Capture:
    """One table of a capture.

    Args:
        dataset: as the inventory shows it.
        consent: whether it was made before or after consent, as a person said.
        proposed: the same, as the file's name seems to say; judges nothing.
        left_out: whether the browser seems to have left cookies out.
        whole: whether the program that wrote it leaves no cookies out, so that none seen are none set.
        profile: whether it is a whole browser's, so that other sites' cookies may be in it.
        without_pages: whether the text of pages is not in it.
        stored: what is kept on the device.
        contacts: the hosts.
    """

    dataset: DatasetInventory
    consent: Consent
    proposed: Consent
    left_out: bool = False
    whole: bool = False
    profile: bool = False
    without_pages: bool = False
    stored: tuple[Stored, ...] | None = None
    contacts: tuple[Contact, ...] | None = None

    @property
    def sites(self) -> frozenset[str]:
        """The own sites it shows."""
        kept = {site_of(one.host) for one in self.stored or () if one.party == "first" and not one.elsewhere}
        reached = {one.site for one in self.contacts or () if one.party == "first" and not one.elsewhere}
        return frozenset(kept | reached)


def captures(
    inventory: Inventory, exports: Exports, policy: Policy | None, decisions: Decisions, *, today: date
) -> tuple[Capture, ...]:
    """Every capture among the exports, judged by nothing yet.

    Args:
        inventory: tells which tables there are.
        exports: the open tables.
        policy: the register with a person's answers, for own sites and declared cookies.
        decisions: say which captures were made before consent and which after.
        today: the day moments are reckoned to.
    """
    places = {(place.source, place.table): place.dataset for place in shown(exports)}
    found = ((dataset, places.get((dataset.source, dataset.table))) for dataset in inventory.datasets)
    reading = _Reading(exports, policy, decisions, own_sites(policy), today)
    return tuple(reading.capture(dataset, seen) for dataset, seen in found if seen and (is_jar(seen) or is_visit(seen)))


def is_jar(dataset: Dataset) -> bool:
    """Whether a table lists cookies or stored items."""
    return (dataset.kind == "cookies" or dataset.table == "cookies") and {"name", "host"} <= _names(dataset)


def is_visit(dataset: Dataset) -> bool:
    """Whether a table lists the hosts of a visit."""
    return dataset.kind == "har" and dataset.table == "contacts" and set(VISIT) <= _names(dataset)


def proposed_consent(source: str) -> Consent:
    """What a file's name seems to say.

    Example:
        >>> proposed_consent("web/site_voor_toestemming.har"), proposed_consent("web/voorbeeld.har")
        ('before', '')
    """
    return next((label for label, pattern in PROPOSED.items() if pattern.search(source)), "")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What reading a capture takes."""

    exports: Exports
    policy: Policy | None
    decisions: Decisions
    own: Own
    today: date

    def capture(self, dataset: DatasetInventory, seen: Dataset) -> Capture:
        """One table of a capture."""
        jar = is_jar(seen)
        return Capture(
            dataset,
            self.decisions.consent(dataset.source),
            proposed_consent(dataset.source),
            seen.read_as == SANITISED,
            seen.read_as == READ_AS,
            seen.read_as.startswith(PROFILES),
            any(problem.problem == NO_PAGES for problem in seen.problems),
            tuple(self._stored(seen)) if jar else None,
            None if jar else tuple(self._contacts(seen)),
        )

    def _stored(self, seen: Dataset) -> Iterator[Stored]:
        """What is kept; a cookie that a response took away is not."""
        cookies = self.policy.cookies if self.policy else None
        rows = (stored_of(row, self.own, cookies, self.today) for row in self._rows(seen, JAR))
        yield from (stored for stored in rows if stored.lifetime.kind != "ended")

    def _contacts(self, seen: Dataset) -> Iterator[Contact]:
        rows = list(self._rows(seen, VISIT))
        hosts = mask_all(sorted({row["host"] or "" for row in rows}))
        yield from (contact_of(row, self.own, hosts) for row in rows)

    def _rows(self, seen: Dataset, wanted: tuple[str, ...]) -> Iterator[Told]:
        columns = {column.name: column.column for column in seen.columns if column.name in wanted}
        if seen.name:
            found = self.exports.engine.distinct(seen.name, list(columns.values()))
            yield from found.rename_columns([*columns, "rows", "persons"]).to_pylist()


def _names(dataset: Dataset) -> set[str]:
    return {column.name for column in dataset.columns}

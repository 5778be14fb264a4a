"""Proposals and bindings in words, Dutch and English."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from igmap.inventory.decisions import DatasetBinding
from igmap.inventory.labels import titled
from igmap.policy.binding.activities import activities
from igmap.policy.binding.known import Known
from igmap.policy.binding.proposal import PARTS, Part, Proposal, Reason
from igmap.policy.binding.propose import propose
from igmap.report import Badge, Table, percentage, text
from igmap.vocabulary import CATEGORIES


def reason_told(reason: Reason, lang: str) -> str:
    """One reason as a sentence.

    Example:
        >>> reason_told({"code": "about_file", "cue": "helpdesk", "activity": "communication"}, "en")
        "the file name has 'helpdesk': questions and messages"
    """
    figures = {key: _worded(value, key, lang) for key, value in reason.items() if key != "code"}
    return text(f"bind.reason.{reason['code']}", lang, **figures)


def _worded(value: Any, key: str, lang: str) -> Any:
    """A figure as the reader's language has it: activities, categories, labels of the register."""
    if isinstance(value, tuple):
        return ", ".join(str(_worded(one, key, lang)) for one in value)
    if key == "activity":
        return activities()[value][lang]
    if hasattr(value, lang):
        return getattr(value, lang)
    return _categories(value, lang) if key in {"cue", "categories"} else value


def _categories(words: str, lang: str) -> str:
    """Categories by their labels; any other cue as it is."""
    names = words.split()
    return " + ".join(str(getattr(CATEGORIES[one], lang)) for one in names) if set(names) <= set(CATEGORIES) else words


def value_told(value: Any) -> str:
    """A part's value as a person reads and writes it: words by commas, columns as `event: column`."""
    if isinstance(value, dict):
        return "\n".join(f"{event}: {column}" for event, column in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(value)
    return str(value or "")


def part_told(name: str, part: Part, lang: str) -> tuple[str, tuple[str, ...]]:
    """A part of a proposal: its value in one line, and its reasons as sentences."""
    value = text(f"bind.role.{part.value}", lang) if name == "role" else value_told(part.value).replace("\n", "; ")
    return value, tuple(reason_told(reason, lang) for reason in part.reasons)


def parts_told(proposal: Proposal, lang: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The parts that have something to say: name, value, reasons; the other purposes that may be meant among them."""
    for name in PARTS:
        value, reasons = part_told(name, proposal.part(name), lang)
        if name == "purposes":
            value, reasons = value or text("bind.unsure", lang), (*reasons, *_ranking(proposal, lang))
        if value or reasons:
            yield name, value, reasons


@dataclass(frozen=True, slots=True)
class Overview:
    """Every dataset as it stands: bound by a person, to be bound, or without personal data.

    Args:
        known: what all of it rests on.
        proposals: for those that are not bound.
    """

    known: Known
    proposals: tuple[Proposal, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many datasets are bound, proposed, unsure or of nothing personal."""
        states = [state for *_, state in self.rows()]
        return {state: states.count(state) for state in ("bound", "proposed", "unsure", "impersonal")}

    def rows(self) -> Iterator[tuple[str, str, DatasetBinding | Proposal | None, str]]:
        """Source, table, its binding or proposal, and its state."""
        by_key = {key: one for one in self.proposals for key in ((one.source, one.table), *one.also)}
        for sight in self.known.sights:
            if sight.key in self.known.bound:
                yield *sight.key, self.known.bound[sight.key], "bound"
            elif sight.key in by_key:
                yield *sight.key, by_key[sight.key], "proposed" if by_key[sight.key].is_sure else "unsure"
            else:
                yield *sight.key, None, "impersonal"

    def tables(self, lang: str) -> Iterator[Table]:
        """The bound ones, and the others with what igmap proposes and why."""
        said = [(titled(source, table), one) for source, table, one, _ in self.rows()]
        bound = tuple(_bound_row(place, one, lang) for place, one in said if isinstance(one, DatasetBinding))
        heads = ("run.dataset", "bind.id", "bind.part.purposes", "bind.part.role", "bind.part.person_key", "bind.said")
        if bound:
            yield Table(_heads(heads, lang), bound, text("bind.bound", lang, count=len(bound)))
        left = tuple(row for one in self.proposals for row in _proposed_rows(one, lang))
        columns = ("run.dataset", "bind.what", "bind.proposal", "bind.because")
        if left:
            yield Table(_heads(columns, lang), left, text("bind.proposals", lang, count=len(self.proposals)))

    def _repr_html_(self) -> str:
        from igmap.report import fragment

        return fragment(list(self.tables("nl")), lang="nl")


def overview(known: Known) -> Overview:
    """Where every dataset stands, with proposals for those nobody bound."""
    return Overview(known, propose(known))


def _heads(keys: Iterable[str], lang: str) -> tuple[str, ...]:
    return tuple(text(key, lang) for key in keys)


def _bound_row(place: str, binding: DatasetBinding, lang: str) -> tuple[Any, ...]:
    purposes = binding.purposes or (Badge("violation", text("bind.no_purpose", lang)),)
    signed = f"{binding.by}, {binding.on.isoformat()}"
    role = text(f"bind.role.{binding.role}", lang)
    return place, binding.id, tuple(purposes), role, binding.person_key or "", signed


def _proposed_rows(proposal: Proposal, lang: str) -> Iterator[tuple[Any, ...]]:
    """A row per part, the dataset named in the first."""
    place: Any = titled(proposal.source, proposal.table)
    place = (place, text("bind.and_more", lang, count=len(proposal.also))) if proposal.also else place
    for name, value, reasons in parts_told(proposal, lang):
        unsure = name == "purposes" and not proposal.is_sure
        yield place, text(f"bind.part.{name}", lang), Badge("open", value) if unsure else value, reasons
        place = ""


def _ranking(proposal: Proposal, lang: str) -> Iterator[str]:
    """Other purposes that may be meant, with how well each fits."""
    rest = [one for one in proposal.ranked if one.purpose not in (proposal.purposes.value or ())]
    if rest:
        told = ", ".join(f"{one.purpose} ({percentage(one.score, lang)})" for one in rest[:3])
        yield text("bind.others", lang, purposes=told)

"""What the register and the decisions state about a processing, letter by letter of GDPR Article 30."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from igmap.flows import routes
from igmap.flows.flow_map import label_of
from igmap.flows.words import Words
from igmap.policy.values import PERIOD, Open
from igmap.vocabulary import load_yaml
from igmap.vocabulary.dpv import iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igmap.flows.flow_map import FlowMap
    from igmap.inventory.decisions import Decisions
    from igmap.policy import Policy, Purpose
    from igmap.policy.limits import RetentionDefault, RetentionRule

NO_POLICY = Words.of("record.no_policy", open=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the record says under one letter.

    Args:
        letter: of Art. 30(1) or 30(2); "" for what the article does not ask.
        topic: key of the text that names it.
        values: each an answer, or the reason why it is open.
    """

    letter: str
    topic: str
    values: tuple[Words, ...]


def said(value: Any, absent: str) -> Words:
    """A value of the register: its words, the reason why it is open, or what its absence means."""
    if value is None or value == ():
        return Words.of(absent)
    if isinstance(value, Open):
        return Words(value.why.nl, value.why.en, open=True)
    return Words.same(", ".join(value) if isinstance(value, tuple) else value)


def parties(policy: Policy | None) -> tuple[Answer, ...]:
    """Letter (a): who is responsible, and how to reach them."""
    if policy is None:
        return (Answer("a", "record.controller", (NO_POLICY,)),)
    one = policy.controller
    where = ", ".join(part for part in (one.name, one.place, one.country) if part and isinstance(part, str))
    reach = one.contact
    contact = reach if isinstance(reach, Open) else ", ".join(part for part in (reach.email, reach.phone) if part)
    return (
        Answer("a", "record.controller", (said(one.name if isinstance(one.name, Open) else where, "record.none"),)),
        Answer("a", "record.contact", (said(contact, "record.none"),)),
        Answer("a", "record.joint", (said(one.joint_controllers, "record.none"),)),
        Answer("a", "record.representative", (said(one.representative, "record.not_applicable"),)),
        Answer("a", "record.dpo", (said(one.dpo, "record.not_applicable"),)),
    )


def measures(policy: Policy | None) -> tuple[Words, ...]:
    """Letter (g): the security measures, in general terms."""
    if policy is None:
        return (NO_POLICY,)
    stated = tuple(Words(one.text.nl, one.text.en) for one in policy.measures)
    return stated or (Words.of("record.no_measures", open=True),)


def purpose_answers(purpose: str, found: FlowMap, policy: Policy | None, decisions: Decisions) -> tuple[Answer, ...]:
    """Letters (b) to (f) for one purpose.

    Args:
        purpose: its id, or the open purpose of `routes`.
        found: the flows of the datasets for which the organisation is controller.
        policy: the register.
        decisions: whose data the datasets hold.
    """
    stated = policy.purpose(purpose) if policy else None
    recipients = _recipients(purpose, found, policy)
    return (
        Answer("b", "record.purpose", (label_of("purpose", purpose, policy),)),
        *((Answer("", "record.dpv", _addresses(stated)),) if stated else ()),
        Answer("", "record.legal_basis", (_legal_basis(stated, policy),)),
        Answer("c", "record.data_subjects", _data_subjects(purpose, stated, policy, decisions)),
        Answer("c", "record.categories_stated", _categories(stated, policy)),
        Answer("c", "record.categories_found", _found(purpose, found)),
        Answer(
            "d", "record.recipients", tuple(_recipient(name, policy) for name in recipients) or _nobody(purpose, policy)
        ),
        Answer("e", "record.transfers", transfers_to(recipients, policy)),
        Answer("f", "record.terms", tuple(_terms(purpose, policy))),
    )


def _addresses(purpose: Purpose) -> tuple[Words, ...]:
    """What the purpose is called in the Data Privacy Vocabulary, as other programs read it."""
    if isinstance(purpose.iri, Open):
        return (said(purpose.iri, "record.none"),)
    return tuple(Words.same(iri(term)) for term in (purpose.iri, *purpose.also))


def transfers_to(recipients: Iterable[str], policy: Policy | None) -> tuple[Words, ...]:
    """Letter (e): which recipients lie outside the EEA and what covers that; open where the country is not known."""
    if policy is None:
        return (NO_POLICY,)
    general = policy.transfers
    outside = [said(general.outside_eea, "record.none")] if general and isinstance(general.outside_eea, Open) else []
    each = [words for name in recipients for words in _transfer(name, policy)]
    return (*outside, *each) or (Words.of("record.no_transfer"),)


def _transfer(name: str, policy: Policy) -> Iterator[Words]:
    recipient, countries = policy.recipient(name), load_yaml("igmap.policy", "countries.yaml")
    label = label_of("recipient", name, policy)
    if recipient is None or isinstance(recipient.country, Open):
        yield Words.of("record.country_open", recipient=label, open=True)
    elif recipient.country in countries["adequate"]:
        yield Words.of("record.adequate", recipient=label, country=recipient.country)
    elif recipient.country not in countries["eea"]:
        general = policy.transfers.safeguards if policy.transfers else None
        covered = recipient.safeguards or general
        safeguards = said(covered, "record.no_safeguards")
        yield Words.of(
            "record.transfer", recipient=label, country=recipient.country, safeguards=safeguards, open=covered is None
        )


def _unless_absent(stated: Purpose | None, policy: Policy | None, name: str) -> Words:
    if stated is None:
        return NO_POLICY if policy is None else Words.of("record.not_in_register", open=True)
    return said(getattr(stated, name), "record.none")


def _legal_basis(stated: Purpose | None, policy: Policy | None) -> Words:
    if stated is None or isinstance(stated.legal_basis, Open):
        return _unless_absent(stated, policy, "legal_basis")
    return Words.of(f"record.basis.{stated.legal_basis.rpartition('-')[2]}")


def _data_subjects(
    purpose: str, stated: Purpose | None, policy: Policy | None, decisions: Decisions
) -> tuple[Words, ...]:
    declared = stated.data_subjects if stated else ()
    if isinstance(declared, Open):
        return (said(declared, ""),)
    bound = [name for one in decisions.datasets if purpose in (one.purposes or ()) for name in one.data_subjects]
    names = dict.fromkeys([*declared, *bound])
    labels = [(policy.data_subject(name) if policy else None, name) for name in names]
    return tuple(Words(one.label.nl, one.label.en) if one else Words.same(name) for one, name in labels) or (
        _unless_absent(None, policy, "data_subjects") if stated is None else Words.of("record.no_subjects", open=True),
    )


def _categories(stated: Purpose | None, policy: Policy | None) -> tuple[Words, ...]:
    if stated is None or isinstance(stated.data_categories, Open) or not stated.data_categories:
        return (_unless_absent(stated, policy, "data_categories"),)
    return tuple(label_of("category", name, policy) for name in stated.data_categories)


def _found(purpose: str, found: FlowMap) -> tuple[Words, ...]:
    edges = [edge for edge in found.edges if edge.target == f"purpose:{purpose}"]
    keys = {edge.source.removeprefix("category:"): edge.fields for edge in edges}
    return tuple(_counted(key, fields) for key, fields in sorted(keys.items(), key=lambda pair: -pair[1])) or (
        Words.of("record.nothing_found"),
    )


def _counted(category: str, fields: int) -> Words:
    counted = Words.of("picture.count", count=fields)
    return Words.of("record.found", category=label_of("category", category, None), fields=counted)


def _recipients(purpose: str, found: FlowMap, policy: Policy | None) -> list[str]:
    flowing = [e.target.removeprefix("recipient:") for e in found.edges if e.source == f"purpose:{purpose}"]
    stated = [one.id for one in policy.recipients if purpose in one.purposes] if policy else []
    return [name for name in dict.fromkeys([*stated, *flowing]) if name != routes.OPEN]


def _recipient(name: str, policy: Policy | None) -> Words:
    recipient = policy.recipient(name) if policy else None
    if recipient is None:
        return Words.of("record.recipient_unknown", recipient=name, open=True)
    country = said(recipient.country, "record.none")
    role = Words.of(f"record.role.{recipient.role}")
    return Words.of("record.recipient", recipient=label_of("recipient", name, policy), role=role, country=country)


def _nobody(purpose: str, policy: Policy | None) -> tuple[Words, ...]:
    if policy is None:
        return (NO_POLICY,)
    return (Words.of("record.no_recipient", open=purpose == routes.OPEN or policy.purpose(purpose) is None),)


def _terms(purpose: str, policy: Policy | None) -> Iterator[Words]:
    if policy is None:
        yield NO_POLICY
        return
    rules = [rule for rule in policy.retention.rules if rule.purpose == purpose]
    for rule in rules:
        names = [label_of("category", name, policy) for name in rule.categories]
        about = (
            Words(", ".join(w.nl for w in names), ", ".join(w.en for w in names)) if names else Words.of("record.all")
        )
        yield _term(about, rule)
    if not rules and policy.retention.default:
        yield _term(Words.of("record.all"), policy.retention.default)
    elif not rules:
        yield Words.of("record.no_term", open=True)


def _term(about: Words, rule: RetentionRule | RetentionDefault) -> Words:
    criterion = Words(f"({rule.criterion.nl})", f"({rule.criterion.en})") if rule.criterion else Words("", "")
    start = _start(rule.start)
    period = said(rule.period, "record.none") if isinstance(rule.period, Open) else _period(rule.period)
    minimum = Words.of("record.minimum") if getattr(rule, "minimum", False) else Words("", "")
    at_end = Words.of(f"record.at_end.{rule.at_end}")
    key = "record.term_open" if isinstance(rule.period, Open) else "record.term"
    term = Words.of(key, about=about, period=period, start=start, at_end=at_end, minimum=minimum)
    return Words(f"{term.nl} {criterion.nl}".strip(), f"{term.en} {criterion.en}".strip(), open=term.open)


def _start(event: str | Open) -> Words:
    if isinstance(event, Open):
        return Words.of("record.start_open", why=said(event, ""), open=True)
    return Words.same(f"‘{event}’")


def _period(period: str) -> Words:
    match = PERIOD.fullmatch(period)
    parts = match.groupdict() if match else {}
    words = [Words.of(f"record.{unit}", count=int(count)) for unit, count in parts.items() if count]
    return Words(" ".join(one.nl for one in words), " ".join(one.en for one in words)) if words else Words.same(period)

"""Recipients: on a ground, under an agreement, in a country the law covers, with no more than they need."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from igmap.inventory.decisions import DatasetBinding
from igmap.inventory.inventory import DatasetInventory, Field
from igmap.policy.case import Case, Draft
from igmap.policy.findings import Words
from igmap.policy.register import Recipient
from igmap.policy.rules.roles import served_by
from igmap.policy.values import Open
from igmap.vocabulary import CATEGORIES, load_yaml


def recipient_in_sharing_grounds(case: Case) -> Iterator[Draft]:
    """R4: every recipient rests on a ground of the closed list, every dataset goes to recipients for its purposes."""
    for recipient in case.register.recipients:
        if isinstance(recipient.grounds, Open) or isinstance(case.register.sharing_grounds, Open):
            yield _about(recipient)(case.rule.when_open, "open")
        elif not recipient.grounds or not set(recipient.grounds) <= set(case.register.grounds):
            yield _about(recipient)(case.rule.effect, "no_ground")
    for dataset, _, binding in case.bound():
        for name in binding.recipients:
            receiver = case.register.recipient(name)
            if receiver and not set(receiver.purposes) & set(binding.purposes or ()):
                yield _about(receiver)(case.rule.effect, "other_purpose", dataset)


def processor_has_agreement(case: Case) -> Iterator[Draft]:
    """R5: every processor has a processing agreement."""
    for recipient in case.register.recipients:
        agreement = recipient.agreement
        if recipient.role != "processor":
            continue
        if agreement is None:
            yield _about(recipient)(case.rule.effect, "none")
        elif agreement.required and isinstance(agreement.reference, Open):
            yield _about(recipient)(case.rule.when_open, "open")


def agreement_covers_article_28(case: Case) -> Iterator[Draft]:
    """R19: the points of Art. 28(3) that the register does not name among the terms of an agreement."""
    points = load_yaml("igmap.policy", "elements.yaml")["agreement_covers_article_28"]
    for recipient in case.register.recipients:
        agreement = recipient.agreement
        if recipient.role != "processor" or agreement is None:
            continue
        missing = [point for point in points if not set(point["words"]) & set(agreement.terms)]
        if missing:
            words = tuple(Words(f"{p['nl']} ({p['law'][-2]})", f"{p['en']} ({p['law'][-2]})") for p in missing)
            yield _about(recipient, points=words)(case.rule.when_open, "points")


def recipient_gets_only_what_it_needs(case: Case) -> Iterator[Draft]:
    """R23: fields of a dataset that none of the purposes needs which it shares with a recipient.

    What no purpose of the dataset needs is R2's to say; a purpose that leaves open what it needs is R2's as well.
    """
    for dataset, fields, binding in case.bound():
        for receiver in filter(None, map(case.register.recipient, binding.recipients)):
            shared = [p for p in served_by(case, dataset, fields, binding) if p.id in receiver.purposes]
            if not shared or any(isinstance(purpose.data_categories, Open) for purpose in shared):
                continue
            needed = {name for p in shared if not isinstance(p.data_categories, Open) for name in p.data_categories}
            beyond = [f for f in fields if f.category not in needed and _needed_otherwise(case, dataset, binding, f)]
            if beyond:
                words = tuple(CATEGORIES[name] for name in dict.fromkeys(field.category for field in beyond))
                more = {"categories": words, "fields": len(beyond), "purposes": tuple(p.label for p in shared)}
                yield _about(receiver, **more)(case.rule.effect, "beyond", dataset)


def _needed_otherwise(case: Case, dataset: DatasetInventory, binding: DatasetBinding, field: Field) -> bool:
    """Whether a purpose of the dataset does need the field."""
    purposes = case.purposes(dataset, binding, field.name)
    return any(not isinstance(p.data_categories, Open) and field.category in p.data_categories for p in purposes)


def transfers_agree_with_countries(case: Case) -> Iterator[Draft]:
    """R24: what the policy says of transfers, against the countries of its recipients."""
    transfers = case.register.transfers
    said = transfers.outside_eea if transfers else None
    eea = load_yaml("igmap.policy", "countries.yaml")["eea"]
    known = {r.id: r.country for r in case.register.recipients if not isinstance(r.country, Open)}
    outside = tuple(r.label for r in case.register.recipients if r.id in known and known[r.id] not in eea)
    unknown = len(case.register.recipients) - len(known)
    figures = {"recipients": outside, "unknown": unknown}
    told = partial(Draft, item="transfers.outside_eea", figures=figures)
    if outside and said is not True:
        yield told(case.rule.effect, "denied" if said is False else "unsaid")
    elif said is True and not outside and not unknown:
        yield told("warning", "none_outside")
    elif unknown and case.register.recipients:
        yield told(case.rule.when_open, "unknown")


def recipient_country_known_and_covered(case: Case) -> Iterator[Draft]:
    """R6: every recipient is in the EEA, in a country with an adequacy decision, or under safeguards."""
    countries = load_yaml("igmap.policy", "countries.yaml")
    covered = {*countries["eea"], *countries["adequate"]}
    for recipient in case.register.recipients:
        if isinstance(recipient.country, Open):
            yield _about(recipient)(case.rule.when_open, "open")
        elif recipient.country in covered or isinstance(recipient.safeguards, str):
            continue
        elif isinstance(recipient.safeguards, Open):
            yield _about(recipient)(case.rule.when_open, "safeguards_open")
        else:
            partly = recipient.country in countries["partly_adequate"]
            yield _about(recipient)(case.rule.effect, "partly" if partly else "uncovered")


def _about(recipient: Recipient, **more: Any) -> partial[Draft]:
    figures = {"label": recipient.label, "country": recipient.country} | more
    return partial(Draft, item=f"recipients.{recipient.id}", source=recipient.source, figures=figures)

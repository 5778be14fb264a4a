"""Recipients: on a ground of the policy, under an agreement, in a country the law covers."""

from collections.abc import Iterator
from functools import partial

from igmap.policy.case import Case, Draft
from igmap.policy.register import Recipient
from igmap.policy.values import Open
from igmap.vocabulary import load_yaml


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


def _about(recipient: Recipient) -> partial[Draft]:
    figures = {"label": recipient.label, "country": recipient.country}
    return partial(Draft, item=f"recipients.{recipient.id}", source=recipient.source, figures=figures)

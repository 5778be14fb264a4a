"""Consent before anything is placed that the service does not need (Tw Art. 11.7a), told by two captures of a visit."""

from collections.abc import Iterator

from igmap.policy.case import Case, Draft
from igmap.policy.devices.captures import Capture
from igmap.policy.devices.rows import Stored
from igmap.policy.devices.verdicts import When, sites_before, when_placed
from igmap.policy.findings import Outcome
from igmap.policy.rules.cookies import by_name, seen, told


def consent_before_placing(case: Case) -> Iterator[Draft]:
    """R41: what was placed before consent; where no capture was made before it, that cannot be told."""
    found = seen(case)
    jars = [one for one in found if one.stored is not None]
    if not jars:
        yield Draft(case.rule.when_open, "no_capture")
    before = sites_before(found)
    for capture in jars:
        if capture.consent == "before" and not capture.stored and not capture.whole:
            words = "left_out" if capture.left_out else "nothing_seen"
            yield Draft(case.rule.when_open, words, capture.dataset)
        yield from _placed(case, capture, before)


def _placed(case: Case, capture: Capture, before: frozenset[str]) -> Iterator[Draft]:
    judged = [(one, _when(case, capture, one, before)) for one in capture.stored or () if not one.elsewhere]
    unnamed = sum(1 for one, when in judged if when == "unclear_before" and not one.known.shown)
    if unnamed:
        yield Draft(case.rule.when_open, "unnamed", capture.dataset, item="unknown", figures={"cookies": unnamed})
    outcomes = _outcomes(case)
    for name, one in by_name(tuple(one for one, _ in judged)):
        when = _when(case, capture, one, before)
        if when in outcomes:
            yield Draft(outcomes[when], when, capture.dataset, item=f"consent.{name}", figures=told(name, one))
    untold = [one for one, when in judged if when == "cannot_tell" and not _foreign(capture, one)]
    if untold:
        yield _cannot_tell(case, capture, untold)


def _outcomes(case: Case) -> dict[When, Outcome]:
    """What a finding is, of what was placed before consent."""
    return {
        "placed_before": case.rule.effect,
        "promised_before": case.rule.effect,
        "perhaps_before": "warning",
        "unclear_before": case.rule.when_open,
    }


def _cannot_tell(case: Case, capture: Capture, untold: list[Stored]) -> Draft:
    """That nobody can say whether consent came first, with what the file's name suggests to be said."""
    words = (
        "no_before"
        if capture.consent == "after"
        else f"proposed_{capture.proposed}"
        if capture.proposed
        else "not_said"
    )
    names = tuple(name for name, _ in by_name(tuple(untold)))
    figures = {"cookies": len(untold), "names": names or ("unlisted",), "file": capture.dataset.source}
    return Draft(case.rule.when_open, words, capture.dataset, item="consent", figures=figures)


def _foreign(capture: Capture, stored: Stored) -> bool:
    """Whether it is another site's in a browser's whole store."""
    return capture.profile and stored.party != "first"


def _when(case: Case, capture: Capture, stored: Stored, before: frozenset[str]) -> When:
    return when_placed(stored, capture, before, case.policy.cookies if case.policy else None)

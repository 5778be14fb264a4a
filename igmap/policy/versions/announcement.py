"""Whether a new version was announced in time: before it takes effect, and by the notice the old version promised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from igmap.policy.findings import Words
from igmap.policy.register import Policy
from igmap.policy.rules.periods import later, spelled
from igmap.policy.values import Open
from igmap.policy.versions.saying import day, filled, told

Outcome = Literal["pass", "violation", "open"]


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is to be said about it.

    Args:
        outcome: pass, violation, or open when a date or the notice is missing.
        words: which entry of sentences.yaml says it.
        figures: the dates, and the notice.
    """

    outcome: Outcome
    words: str
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> Words:
        """The judgement in a sentence."""
        return filled(told("announcement")[self.words], self.figures)


def announcement(old: Policy, new: Policy) -> Announcement:
    """Judge the announcement of a new version by the dates in it and by what the old version promised.

    Args:
        old: the version that was in force; its own rule for announcing counts.
        new: the version that was announced.
    """
    announced, effective = new.header.announced, new.header.effective_from
    if isinstance(announced, Open) or isinstance(effective, Open):
        missing = [isinstance(one, Open) for one in (announced, effective)]
        return Announcement(
            "open", "both_open" if all(missing) else "announced_open" if missing[0] else "effective_open"
        )
    figures = {"announced": day(announced), "effective": day(effective)}
    if announced == old.header.announced:
        return Announcement("violation", "not_again", figures)
    if isinstance(old.header.effective_from, date) and effective < old.header.effective_from:
        return Announcement("open", "order", {**figures, "before": day(old.header.effective_from)})
    return _by_notice(old, announced, effective, figures)


def _by_notice(old: Policy, announced: date, effective: date, figures: dict[str, Words]) -> Announcement:
    """By the notice of the old version; a version that promises none is satisfied by any time before."""
    if announced > effective:
        return Announcement("violation", "late", figures)
    rule = old.header.announce_rule
    days = (effective - announced).days
    figures = {
        **figures,
        "days": Words(f"{days} {'dag' if days == 1 else 'dagen'}", f"{days} {'day' if days == 1 else 'days'}"),
    }
    if rule is None:
        return Announcement("pass", "no_rule", figures)
    if isinstance(rule.minimum_notice, Open):
        return Announcement("open", "notice_open", figures)
    earliest = later(announced, rule.minimum_notice)
    figures |= {"notice": spelled(rule.minimum_notice), "earliest": day(earliest)}
    return (
        Announcement("pass", "in_time", figures)
        if earliest <= effective
        else Announcement("violation", "short", figures)
    )

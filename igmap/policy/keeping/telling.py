"""What was counted, in words of both languages: why a column is trusted, what nobody can tell, how old records are."""

from datetime import date
from typing import Literal

import polars as pl

from igmap.policy.findings import Words
from igmap.policy.keeping.clocks import dates
from igmap.policy.keeping.counting import Count, quantiles
from igmap.policy.keeping.days import Notation, Reason
from igmap.policy.keeping.judging import Judged
from igmap.report import number, percentage, text

QUARANTINE = "QUARANTINE"
FEW = {"days": 61, "months": 731}  # up to which an age is told in these
Lang = Literal["nl", "en"]


def why_untold(count: Count) -> tuple[Words, ...]:
    """The reasons for which nobody can tell, each with its records."""
    counts = {reason.name: records for reason, records in count.undatable.items()} | {QUARANTINE: count.quarantined}
    return tuple(_with_count(dates()["reasons"][name], records) for name, records in counts.items() if records)


def evidence(judged: Judged) -> Words:
    """Why a date column is trusted: the share of its records that can be read, and how they are written."""
    reading = judged.readings[judged.column]
    return Words(*(_evidence(reading.notation, share_read(reading.days), lang) for lang in ("nl", "en")))


def share_read(days: pl.DataFrame) -> float:
    """The share of records with a text that say a day, or one of two, 0-1."""
    filled = days.filter(pl.col("reason") != int(Reason.BLANK))
    read = filled.filter(~pl.col("reason").is_in([int(Reason.UNREADABLE), int(Reason.SENTINEL)]))
    return int(read["rows"].sum()) / int(filled["rows"].sum()) if len(filled) else 0.0


def _evidence(notation: Notation, share: float, lang: str) -> str:
    said = dates()
    forms = [said["forms"][name][lang] for name in list(notation.forms)[:3]]
    orders = [said["orders"][order][lang] for order in notation.orders if order and len(notation.orders) == 1]
    return ", ".join([percentage(share, lang) + (" leesbaar" if lang == "nl" else " readable"), *forms, *orders])


def ages_in_short(judged: Judged, today: date) -> Words:
    """How old the records are by the date columns that were named: the oldest quarter, half and three quarters."""
    for column, reading in judged.readings.items():
        found = quantiles(reading.days, today)
        if found:
            return Words(*(" " + _ages(column, found, lang) for lang in ("nl", "en")))
    return Words("", "")


def _ages(column: str, found: tuple[int, ...], lang: Lang) -> str:
    figures = dict(zip(("quarter", "half", "most"), (aged(days, lang) for days in found), strict=True))
    return text("retention.ages", lang, column=column, **figures)


def aged(days: int, lang: Lang) -> str:
    """An age in words: in days up to two months, in months up to two years, then in years.

    Example:
        >>> aged(45, "en"), aged(400, "nl"), aged(1000, "en")
        ('45 days', '13 maanden', '2.7 years')
    """
    for unit, size in (("days", 1.0), ("months", 30.44)):
        if days < FEW[unit]:
            return text(f"retention.{unit}", lang, count=int(days / size))
    return text("retention.years", lang, count=round(days / 365.25, 1))


def _with_count(words: dict[str, str], records: int) -> Words:
    return Words(f"{words['nl']} ({number(records, 'nl')})", f"{words['en']} ({number(records, 'en')})")

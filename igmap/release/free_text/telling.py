"""What is known of free text, in words and tables; counts only."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from igmap.release.wording import say, texts
from igmap.report import Block, Cell, Paragraph, Table, number, percentage, text
from igmap.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from igmap.release.free_text.gate import FreeText, Progress

SURENESS = ("certain", "likely", "possible")


def counted(counts: Mapping[str, Mapping[str, int]], texts: int, lang: str) -> tuple[Block, ...]:
    """How many findings there are, by why and how sure."""
    if not counts:
        return (Paragraph(say("free_text.nothing", lang, texts=texts)),)
    heads = (say("free_text.why", lang), *(say(f"free_text.{sure}", lang) for sure in SURENESS))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (reason(why, lang), *(of.get(sure, 0) for sure in SURENESS)) for why, of in counts.items()
    )
    return (Paragraph(say("free_text.scanned", lang, texts=texts)), Table(heads, rows))


def reason(why: str, lang: str) -> str:
    """Why something was found, in words: a reason of the re-scan, or the category of a detector."""
    key = f"free_text.why.{why}"
    return say(key, lang) if key in texts() else str(getattr(CATEGORIES[why], lang))


def advice(told: "FreeText | None", name: str, lang: str) -> str:
    """What to do about a check or threshold of free text that does not hold; "" for any other."""
    what = name.removeprefix("free_text_")
    if told is None or what == name:
        return ""
    if what == "missed":
        needed = told.needed
        return say("free_text.do.no_use", lang) if needed is None else say("free_text.do.needed", lang, needed=needed)
    return say(f"free_text.do.{'fragments' if what == 'combinations' else what}", lang)


def certified(told: "FreeText", lang: str) -> tuple[Block, ...]:
    """What a certificate says of free text: how it was looked at, and what may be left; not what points where."""
    heads = tuple(say(f"free_text.{name}", lang) for name in ("stratum", "texts", "looked", "found", "interval"))
    return (
        Paragraph(say("free_text.told", lang, texts=told.texts, looked=told.looked, found=told.found)),
        Paragraph(_bound(told, lang)),
        Table(heads, tuple(_strata(told, lang))),
        Paragraph(say("free_text.limits", lang)),
    )


def blocks(told: "FreeText", lang: str) -> tuple[Block, ...]:
    """All that is known of the free text of a release, for whoever decides about it."""
    return (*certified(told, lang), *counted(told.findings, told.texts, lang), *_mentions(told, lang))


def lines(now: "Progress", lang: str) -> Iterator[str]:
    """How far looking at the texts has come, and what is still to be done."""
    if not now.texts:
        yield text("mark.none", lang)
        return
    bound = percentage(now.missed.bound, lang)
    yield text("mark.progress", lang, looked=now.looked, texts=now.texts, found=now.found, bound=bound)
    if now.left:
        yield text("mark.left", lang, left=now.left)
    if not now.targeted:
        yield text("mark.no_target", lang)
    elif now.needed is None:
        yield text("mark.no_use", lang)
    else:
        yield text("mark.needed" if now.needed else "mark.met", lang, needed=now.needed)


def _bound(told: "FreeText", lang: str) -> str:
    of = told.missed
    return say(
        "free_text.bound", lang, bound=of.bound, share=of.share, low=of.low, high=of.high,
        total=told.total.total, least=told.total.low, most=told.total.high, of_all=told.share(told.total.total),
        of_most=told.share(told.total.high),
    )  # fmt: skip


def _strata(told: "FreeText", lang: str) -> Iterator[tuple[Cell, ...]]:
    for name, one in told.strata.items():
        interval = f"{percentage(one.low, lang)} – {percentage(one.high, lang)}"
        yield (say(f"free_text.stratum.{name}", lang), one.texts, one.looked, one.found, interval)


def _mentions(told: "FreeText", lang: str) -> Iterator[Paragraph]:
    found = told.mentions
    if found and found.total:
        figures = {"first": found.first, "second": found.second, "both": found.both, "missed": found.missed}
        ends = {"total": number(round(found.total), lang), "low": number(round(found.low), lang)}
        yield Paragraph(say("free_text.mentions", lang, **figures, **ends, high=number(round(found.high), lang)))

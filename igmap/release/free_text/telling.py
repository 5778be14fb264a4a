"""What the re-scan found, in words and tables; counts only."""

from collections.abc import Mapping

from igmap.release.wording import say
from igmap.report import Block, Cell, Paragraph, Table

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
    from igmap.release.wording import texts
    from igmap.vocabulary import CATEGORIES

    key = f"free_text.why.{why}"
    return say(key, lang) if key in texts() else str(getattr(CATEGORIES[why], lang))

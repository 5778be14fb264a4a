"""A verification in words and tables: what was counted, what shows, and what cannot be told without source or map."""

from collections.abc import Iterator

from igmap.release.verifying import Verification
from igmap.release.verifying.traces import Trace
from igmap.release.wording import say
from igmap.report import Block, Cell, Items, Paragraph, Table, aligned, number, percentage
from igmap.vocabulary import CATEGORIES

SHARES = {"alpha", "homogeneous", "t_closeness", "t_closeness_ordered"}


def blocks(found: Verification, lang: str) -> tuple[Block, ...]:
    """Everything, file by file."""
    several = [Paragraph(say("verified.several", lang, files=len(found.files)))] if found.others else []
    together = [say("verify.together", lang, k=found.k_together)] if found.k_together is not None else []
    lacking = [say("verify.missing", lang, file=name) for name in found.missing]
    notes = (Items((*together, *lacking)),) if together or lacking else ()
    unknown = Paragraph(say("verify.unknown", lang))
    return (*(part for one in found.files for part in _of_file(one, lang)), *several, *notes, unknown)


def in_words(found: Verification, lang: str) -> str:
    """The same as lines of text."""
    return "\n\n".join(_as_text(block, lang) for block in blocks(found, lang))


def _as_text(block: Block, lang: str) -> str:
    if isinstance(block, Table):
        return aligned(block, lang).lstrip("\n")
    return "\n".join(f"- {item}" for item in block.items) if isinstance(block, Items) else getattr(block, "text", "")


def _of_file(one: Verification, lang: str) -> Iterator[Block]:
    counted = "verified" if one.persons is None else "verify.persons"
    figures = {"persons": one.persons or 0, "k_persons": one.sizes.k_persons or 0}
    yield Paragraph(say(counted, lang, file=one.file, rows=one.rows, k=one.k_rows, **figures).strip())
    if one.unmet:
        yield Items(tuple(say("verify.unmet", lang, name=_unmet(name, lang)) for name in one.unmet))
    yield Table((say("verify.figure", lang), say("found", lang)), tuple(_sizes(one, lang)))
    for column, certain in one.texts.items():
        told = "free_text.verified.looked" if one.looked else "free_text.verified"
        yield Paragraph(say(told, lang, column=column, certain=certain))
    if one.columns:
        heads = (say("verify.figure", lang), *one.columns)
        yield Table(heads, tuple(_told(one, lang)), say("verify.columns", lang))
    if one.stars:
        yield Table((say("column", lang), say("verify.stars", lang)), tuple(one.stars.items()))
    traces = tuple(_in_words(trace, lang) for trace in one.traces) or (say("verify.no_traces", lang),)
    yield Items(traces)


def _unmet(name: str, lang: str) -> str:
    """A threshold in words: `k`, `k_together` or `l(column)`."""
    what, _, column = name.partition("(")
    return say(f"unmet.{what}", lang, column=column.removesuffix(")"))


def _sizes(one: Verification, lang: str) -> Iterator[tuple[Cell, ...]]:
    sizes = one.sizes
    shown: dict[str, Cell] = {
        "k_rows": sizes.k_rows,
        **({"k_rows_others": sizes.k_rows_others, "suppressed": sizes.suppressed} if sizes.suppressed else {}),
        "classes": sizes.classes,
        "average": sizes.average,
        "alone": f"{number(sizes.alone, lang)} ({percentage(sizes.alone / one.rows, lang)})",
        "highest_risk": percentage(sizes.highest_risk, lang),
        "average_risk": percentage(sizes.average_risk, lang),
    }
    yield from ((say(f"verify.{name}", lang), value) for name, value in shown.items())


def _told(one: Verification, lang: str) -> Iterator[tuple[Cell, ...]]:
    for name in dict.fromkeys(
        name for figures in sorted(one.columns.values(), key=len, reverse=True) for name in figures
    ):
        cells = (figures.get(name) for figures in one.columns.values())
        yield (say(f"verify.{name}", lang), *(_figure(name, value, lang) for value in cells))


def _figure(name: str, value: float | None, lang: str) -> Cell:
    if value is None:
        return say("uncounted", lang)
    if name in SHARES:
        return percentage(value, lang)
    return "∞" if value == float("inf") else number(int(value) if value == int(value) else value, lang)


def _in_words(trace: Trace, lang: str) -> str:
    what = getattr(CATEGORIES[trace.what], lang) if trace.what else ""
    told = say(f"trace.{trace.kind}", lang, column=trace.column, count=trace.count, what=what)
    return told + (say("trace.by_chance", lang, expected=trace.by_chance) if trace.by_chance else "")

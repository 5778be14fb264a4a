"""An evaluation as tables, for the terminal and the notebook."""

from collections.abc import Iterator
from pathlib import Path

from igmap.inventory.evaluation.evaluation import Evaluation, Miss, Rate
from igmap.inventory.evaluation.truth import Place
from igmap.inventory.labels import titled
from igmap.inventory.reasons import all_told
from igmap.report import Cell, Table, aligned, number, percentage, text
from igmap.stages import write_stage
from igmap.vocabulary import CATEGORIES


def tables(evaluation: Evaluation, lang: str) -> list[Table]:
    """Every part of an evaluation that has something to say.

    Args:
        evaluation: the figures.
        lang: nl or en.
    """
    parts = [
        _table("summary", _summary(evaluation, lang), lang),
        _table("scores", _scores(evaluation, lang), lang),
        _table("confusions", _confusions(evaluation, lang), lang),
        _table("calibration", _calibration(evaluation, lang), lang),
        _table("hidden", ((_named(h.category, lang), *_told(h.rate, lang)) for h in evaluation.hidden), lang),
        _table("misses", (_missed(miss, lang) for miss in evaluation.misses), lang),
        _table("unmatched", (_at(place) for place in evaluation.unmatched), lang),
        _table("untold", (_at(place) for place in evaluation.untold), lang),
    ]
    return [part for part in parts if part.rows]


def report(evaluation: Evaluation, lang: str, out: Path | None = None) -> str:
    """Every table as lines of text, for the terminal.

    Args:
        evaluation: the figures.
        lang: nl or en.
        out: where the evaluation is written as JSON, too; its path is the last line.
    """
    parts = [aligned(table, lang) for table in tables(evaluation, lang)]
    return "\n\n".join([*parts, *([str(write_stage(out, evaluation))] if out else [])])


def _table(part: str, rows: Iterator[tuple[Cell, ...]], lang: str) -> Table:
    heads = text(f"evaluation.{part}_heads", lang).split(" | ")
    return Table(tuple(heads), tuple(rows), text(f"evaluation.{part}", lang))


def _summary(evaluation: Evaluation, lang: str) -> Iterator[tuple[Cell, ...]]:
    yield text("evaluation.look", lang), text(f"evaluation.look_{evaluation.look}", lang), "", ""
    yield text("evaluation.macro_f1", lang), number(evaluation.macro_f1, lang, ".3f"), "", ""
    for name in ("fields", "direct", "alarms", "undecided", "undecided_none", "sure"):
        yield text(f"evaluation.{name}", lang), *_told(getattr(evaluation, name), lang)
    yield text("evaluation.calibration_error", lang), number(evaluation.calibration_error, lang, ".3f"), "", ""


def _told(rate: Rate, lang: str) -> tuple[str, str, str]:
    """Share, counts, and the interval in which the share lies; of nothing there is no share."""
    if not rate.of:
        return "–", "0 / 0", ""
    low, high = percentage(rate.low, lang), percentage(rate.high, lang)
    return percentage(rate.share, lang), f"{rate.count} / {rate.of}", f"{low} – {high}"


def _scores(evaluation: Evaluation, lang: str) -> Iterator[tuple[Cell, ...]]:
    for score in evaluation.scores:
        shares = (number(share, lang, ".2f") for share in (score.precision, score.recall, score.f1))
        yield _named(score.category, lang), score.truth, score.found, score.right, *shares


def _confusions(evaluation: Evaluation, lang: str) -> Iterator[tuple[Cell, ...]]:
    for confusion in evaluation.confusions:
        yield _named(confusion.truth, lang), _named(confusion.found, lang), confusion.count


def _calibration(evaluation: Evaluation, lang: str) -> Iterator[tuple[Cell, ...]]:
    for one in evaluation.calibration:
        verdict = text(f"reason.verdict_{one.verdict}", lang)
        mean = number(one.confidence, lang, ".3f")
        yield verdict, number(one.lowest, lang, ".2f"), mean, *_told(one.rate, lang)


def _missed(miss: Miss, lang: str) -> tuple[Cell, ...]:
    source, table, field = miss.place
    verdict = text(f"reason.verdict_{miss.verdict}", lang)
    found = f"{_named(miss.found, lang)} ({verdict}, {percentage(miss.confidence, lang)})"
    return titled(source, table), field, _named(miss.truth, lang), found, all_told(miss.reasons, lang)


def _at(place: Place) -> tuple[Cell, ...]:
    source, table, field = place
    return titled(source, table), field


def _named(category: str, lang: str) -> str:
    return CATEGORIES[category].nl if lang == "nl" else CATEGORIES[category].en

"""An inventory in words: categories by their labels, reasons as sentences, what would change a verdict."""

from collections.abc import Iterator, Mapping

from igmap.inventory.deciding.applied import conflicts
from igmap.inventory.inventory import Field, Inventory
from igmap.inventory.labels import titled
from igmap.report import Badge, Table, percentage, text
from igmap.report.texts import texts
from igmap.vocabulary import CATEGORIES

SHOWS = ("detector", "list", "found")  # figures of a reason that are categories
NEITHER = 0.6  # below this the runner-up is near


def label(category: str, lang: str) -> str:
    """The name of a category; what is none, such as the id of a detector of one's own, stays as it is."""
    return str(getattr(CATEGORIES[category], lang)) if category in CATEGORIES else category


def reason_in_words(reason: Mapping[str, str | int | float], lang: str) -> str:
    """A reason as a sentence; one whose words this version does not have is shown by its code."""
    figures = {
        name: label(str(value), lang) if name in SHOWS else value for name, value in reason.items() if name != "code"
    }
    key = f"reason.{reason['code']}"
    return text(key, lang, **figures) if key in texts() else str(reason["code"])


def verdict_in_words(field: Field, lang: str) -> str:
    """The verdict with its confidence."""
    return f"{text(f'reason.verdict_{field.verdict}', lang)} ({percentage(field.confidence, lang)})"


def what_would_change(field: Field, lang: str) -> Iterator[str]:
    """What would make the verdict another one, as sentences: the runner-up, and who can settle it."""
    codes = {reason["code"] for reason in field.reasons}
    if "confirmed" in codes:
        yield text("decide.change_confirmed", lang)
    elif codes & {"blank", "few_values", "no_evidence"}:
        yield text("decide.change_values", lang)
    elif field.verdict == "undecided":
        yield text("decide.change_undecided", lang, category=label(field.runner_up, lang))
    elif field.runner_up not in {"none", field.category}:
        yield text("decide.change_runner_up", lang, category=label(field.runner_up, lang))
    else:
        yield text("decide.change_none", lang)


def conflict_table(inventory: Inventory, lang: str) -> Table:
    """Every decision that is contradicted by what is found now."""
    rows = [
        (
            titled(source, table),
            field.name,
            label(field.category, lang),
            Badge("warning", label(str(reason["found"]), lang)),
            percentage(float(reason["confidence"]), lang),
        )
        for source, table, field in conflicts(inventory)
        for reason in field.reasons
        if reason["code"] == "conflict"
    ]
    heads = ("run.dataset", "run.field", "decide.sheet.decision", "decide.found_now", "run.confidence")
    return Table(
        tuple(text(head, lang) for head in heads), tuple(rows), text("decide.conflicts", lang, count=len(rows))
    )

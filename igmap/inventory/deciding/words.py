"""An inventory in words: categories by their labels, reasons as sentences, what would change a verdict."""

from collections import Counter
from collections.abc import Iterator, Mapping

from igmap.inventory.deciding.applied import conflicts
from igmap.inventory.inventory import Field, Inventory
from igmap.inventory.labels import titled
from igmap.inventory.reasons import kind_label, told
from igmap.report import Badge, Table, percentage, text
from igmap.report.texts import texts

OF_CHANGE = {
    "rests_on",
    "look",
    "look_among",
    "look_quarantined",
}  # reasons that say what would make the verdict another one


def label(category: str, lang: str) -> str:
    """The name of a category or a detector; the id of a detector of one's own stays as it is."""
    return kind_label(category, lang)


def reason_in_words(reason: Mapping[str, str | int | float], lang: str) -> str:
    """A reason as a sentence; one without words is shown by its code."""
    return told(reason, lang) if f"reason.{reason['code']}" in texts() else str(reason["code"])


def what_was_seen(field: Field, lang: str) -> Iterator[str]:
    """The evidence for the verdict, as sentences."""
    return (reason_in_words(reason, lang) for reason in field.reasons if reason["code"] not in OF_CHANGE)


def verdict_in_words(field: Field, lang: str) -> str:
    """The verdict with its confidence."""
    return f"{text(f'reason.verdict_{field.verdict}', lang)} ({percentage(field.confidence, lang)})"


def what_would_change(field: Field, lang: str) -> Iterator[str]:
    """What would make the verdict another one, as sentences."""
    codes = {str(reason["code"]) for reason in field.reasons}
    if "confirmed" in codes:
        yield text("decide.change_confirmed", lang)
    elif codes & OF_CHANGE:
        yield from (reason_in_words(reason, lang) for reason in field.reasons if reason["code"] in OF_CHANGE)
    elif codes & {"blank", "few_values", "no_evidence"}:
        yield text("decide.change_values", lang)
    elif field.runner_up not in {"none", field.category}:
        key = "undecided" if field.verdict == "undecided" else "runner_up"
        yield text(f"decide.change_{key}", lang, category=label(field.runner_up, lang))
    else:
        yield text("decide.change_none", lang)


def inventory_line(inventory: Inventory, lang: str) -> str:
    """How many fields there are of each verdict, for the terminal; or that there is nothing to look at."""
    verdicts = Counter(field.verdict for dataset in inventory.datasets for field in dataset.fields)
    if not inventory.datasets:
        return text("discover.nothing", lang)
    counts = {"datasets": len(inventory.datasets), "fields": verdicts.total(), "none": verdicts["none"]}
    return text("discover.told", lang, **counts, found=verdicts["found"], undecided=verdicts["undecided"])


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

"""Relations as tables for people: the notebook, the terminal and the report show these."""

from collections.abc import Iterator

from igmap.inventory.kinships.relations import DatasetRelations, Kinship, Reason, Relations, told
from igmap.inventory.labels import titled
from igmap.report import Cell, Table, percentage, text
from igmap.vocabulary import CATEGORIES

DATASET_HEADS = ("run.dataset", "kin.person", "kin.persons", "kin.keys", "kin.subjects", "kin.proposed")
KINSHIP_HEADS = (
    "kin.first",
    "kin.second",
    "kin.kind",
    "kin.shared",
    "kin.first_share",
    "kin.second_share",
    "kin.ground",
)
MOST_KINSHIPS = 200
MOST_KEYS = 3


def tables(relations: Relations, lang: str) -> Iterator[Table]:
    """Who is in which dataset, and which fields hold the same; those that do so by chance are left out.

    Args:
        relations: what to tell.
        lang: nl or en.
    """
    rows = tuple(_dataset(dataset, lang) for dataset in relations.datasets)
    yield Table(tuple(text(key, lang) for key in DATASET_HEADS), rows, text("kin.datasets_caption", lang))
    kin = [one for one in relations.kinships if one.ground != "chance"]
    kin.sort(key=lambda one: (-one.shared, one.first, one.second))
    chance = len(relations.kinships) - len(kin)
    caption = text("kin.kinships_caption", lang, shown=min(len(kin), MOST_KINSHIPS), count=len(kin), chance=chance)
    pairs = tuple(_kinship(one, lang) for one in kin[:MOST_KINSHIPS])
    yield Table(tuple(text(key, lang) for key in KINSHIP_HEADS), pairs, caption)


def person_lines(relations: Relations, lang: str) -> Iterator[str]:
    """The person column of every dataset that was read, a line each."""
    for dataset in relations.datasets:
        name, person = titled(dataset.source, dataset.table), dataset.person
        if person:
            yield text("kin.line", lang, dataset=name, field=person.field, persons=person.persons)
        elif dataset.rows:
            yield text("kin.line_none", lang, dataset=name)


def reasons(given: tuple[Reason, ...], lang: str) -> tuple[str, ...]:
    """Reasons in words."""
    return tuple(_reason(one, lang) for one in given)


def _reason(reason: Reason, lang: str) -> str:
    figures = {name: value for name, value in reason.items() if name != "code"}
    if "category" in figures:
        figures["category"] = _category(str(figures["category"]), lang)
    return text(f"kin.why_{reason['code']}", lang, **figures)


def subject(kind: str, lang: str) -> str:
    """A kind of data subject in words."""
    return text(f"kin.subject_{kind}", lang)


def _category(category: str, lang: str) -> str:
    return str(getattr(CATEGORIES[category], lang)) if category else text("kin.unknown", lang)


def _dataset(dataset: DatasetRelations, lang: str) -> tuple[Cell, ...]:
    person = dataset.person
    keys = [" + ".join(key.fields) for key in dataset.keys]
    more = (text("kin.more", lang, count=len(keys) - MOST_KEYS),) if len(keys) > MOST_KEYS else ()
    kinds = tuple(f"{subject(one.kind, lang)} ({percentage(one.confidence, lang)})" for one in dataset.subjects)
    proposed = tuple(
        f"{' + '.join(one.fields)} ({percentage(one.separation, lang)})" for one in dataset.measures if one.proposed
    )
    return (
        titled(dataset.source, dataset.table),
        (person.field, *reasons(person.reasons, lang)) if person else "",
        person.persons if person else None,
        (*keys[:MOST_KEYS], *more),
        kinds,
        proposed,
    )


def _kinship(kinship: Kinship, lang: str) -> tuple[Cell, ...]:
    return (
        told(kinship.first),
        told(kinship.second),
        _category(kinship.kind, lang),
        kinship.shared,
        percentage(kinship.first_share, lang),
        percentage(kinship.second_share, lang),
        text(f"kin.ground_{kinship.ground}", lang),
    )

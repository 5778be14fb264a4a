"""A comparison of two registers for people: what the words mean, every change by its direction, the datasets."""

import json
from collections import defaultdict
from collections.abc import Sequence

from igmap.policy.findings import Language, Words
from igmap.policy.versions.affected import Affected, Need
from igmap.policy.versions.announcement import Announcement
from igmap.policy.versions.diff import Change, Diff, Edition
from igmap.policy.versions.saying import day, enumerated, filled, in_words, put, same, told
from igmap.policy.versions.weighing import DIRECTIONS, Direction
from igmap.report import Badge, Badges, Block, Cell, Items, Paragraph, Section, Table
from igmap.report.blocks import Outcome
from igmap.stages import to_plain

SHOWN_AS: dict[Direction, Outcome] = {
    "widened": "warning",
    "narrowed": "pass",
    "unclear": "open",
    "neutral": "note",
}


def sections(
    changed: Diff, announced: Announcement, datasets: Sequence[Affected] | None, lang: Language
) -> tuple[Section, ...]:
    """The comparison as sections of a page.

    Args:
        changed: from the old register to the new.
        announced: whether the change was announced in time.
        datasets: what it means for the data that are held; None when no workspace is known.
        lang: nl or en.
    """
    found = [
        Section("summary", said("summary", lang), summary(changed, announced, lang)),
        *(
            Section(direction, told("headings")[direction][lang], _told(direction, changed.of(direction), lang))
            for direction in DIRECTIONS
            if changed.of(direction)
        ),
    ]
    if datasets is not None:
        found.append(Section("datasets", said("datasets", lang), by_need(datasets, lang)))
    return tuple(found)


def summary(changed: Diff, announced: Announcement, lang: Language) -> tuple[Block, ...]:
    """What the words mean, how many changes go which way, and the announcement in a sentence."""
    explained = tuple(told("explained")[direction][lang] for direction in DIRECTIONS)
    badges = tuple(
        Badge(SHOWN_AS[direction], told("directions")[direction][lang], count)
        for direction, count in changed.counts.items()
    )
    between = {"old": named(changed.old), "new": named(changed.new), "organisation": changed.new.organisation}
    return (
        Paragraph(_of(filled(told("pages")["between" if changed.changes else "nothing"], between), lang)),
        Badges(badges),
        Items(explained),
        *((Paragraph(_of(announced.sentence, lang)),) if changed.changes else ()),
    )


def _told(direction: Direction, changes: Sequence[Change], lang: Language) -> tuple[Block, ...]:
    """The sentences of one direction; mere words in one list."""
    if direction == "neutral":
        return (Items(tuple(getattr(change.sentence, lang) for change in changes)),)
    return by_part(changes, lang)


def by_part(changes: Sequence[Change], lang: Language) -> tuple[Block, ...]:
    """The sentences under the part of the register they are about."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        grouped[change.part].append(getattr(change.sentence, lang))
    blocks: list[Block] = []
    for part, sentences in grouped.items():
        blocks += [Paragraph(f"{told('parts')[part][lang]}:"), Items(tuple(sentences))]
    return tuple(blocks)


def change_table(changed: Diff, lang: Language) -> Table:
    """Every change in a row: which way, which part, what."""
    heads = tuple(said(head, lang) for head in ("direction", "part", "change"))
    rows = tuple(
        (
            Badge(SHOWN_AS[change.direction], told("directions")[change.direction][lang]),
            told("parts")[change.part][lang],
            getattr(change.sentence, lang),
        )
        for change in changed.changes
    )
    return Table(heads, rows)


def by_need(datasets: Sequence[Affected], lang: Language) -> tuple[Block, ...]:
    """What has to be done for which datasets and why, those with the same reasons together."""
    blocks: list[Block] = []
    for alike in _alike(datasets):
        one = alike[0]
        figures = {"datasets": same(", ".join(each.id for each in alike))}
        figures |= {"needs": _needs(one.needs), "if_older": _needs(one.if_older)}
        key = "for_datasets" if one.needs == one.if_older else "for_older"
        line = _of(put(told("pages")[key], figures), lang)
        blocks += [Paragraph(line), Items(tuple(getattr(reason.sentence, lang) for reason in one.reasons))]
    return tuple(blocks)


def dataset_table(datasets: Sequence[Affected], lang: Language) -> Table:
    """The same as a table; what holds for older data has a column of its own where it is another thing."""
    heads = ["dataset", "needs", "if_older", "why"]
    rows = [_row(alike, lang) for alike in _alike(datasets)]
    if all(one.needs == one.if_older for one in datasets):
        heads.remove("if_older")
        rows = [(*row[:2], row[3]) for row in rows]
    return Table(tuple(said(head, lang) for head in heads), tuple(rows))


def _row(alike: Sequence[Affected], lang: Language) -> tuple[Cell, ...]:
    one = alike[0]
    needs, if_older = (tuple(_badge(need, lang) for need in needs) for needs in (one.needs, one.if_older))
    return (
        tuple(each.id for each in alike),
        needs,
        if_older,
        tuple(getattr(reason.sentence, lang) for reason in one.reasons),
    )


def _alike(datasets: Sequence[Affected]) -> list[list[Affected]]:
    grouped: dict[object, list[Affected]] = defaultdict(list)
    for one in datasets:
        grouped[one.needs, one.if_older, one.reasons].append(one)
    return list(grouped.values())


def _needs(needs: Sequence[Need]) -> Words:
    return enumerated([in_words(told("affected")[need]) for need in needs])


def named(edition: Edition) -> Words:
    """A version as one calls it: by its number and the day it took effect, as far as these are known."""
    figures = {"version": same(edition.version or "")}
    if edition.effective_from:
        figures["day"] = day(edition.effective_from)
    key = ("version" if edition.version else "unnumbered") + ("_since" if edition.effective_from else "")
    return put(told("editions")[key], figures)


def titled(changed: Diff, lang: Language) -> str:
    """The heading of a comparison."""
    return _of(filled(told("pages")["title"], {"title": changed.new.title}), lang)


def as_json(changed: Diff, announced: Announcement, datasets: Sequence[Affected] | None) -> str:
    """The comparison for other programs: igmap.policy_diff/1."""
    content = {
        "schema": "igmap.policy_diff/1",
        "old": to_plain(changed.old),
        "new": to_plain(changed.new),
        "counts": changed.counts,
        "changes": to_plain(changed.changes, tuple[Change, ...]),
        "announcement": {"outcome": announced.outcome, "sentence": to_plain(announced.sentence)},
        "datasets": None if datasets is None else to_plain(tuple(datasets), tuple[Affected, ...]),
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def said(key: str, lang: Language) -> str:
    """A heading or a head of a table."""
    return str(told("pages")[key][lang])


def _badge(need: Need, lang: Language) -> Badge:
    shown: dict[Need, Outcome] = {"nothing": "pass", "open": "open", "look": "open"}
    return Badge(shown.get(need, "warning"), told("affected")[need][lang])


def _of(words: Words, lang: Language) -> str:
    return str(getattr(words, lang))

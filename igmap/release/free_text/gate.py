"""Whether the free text of a release may be published: what the plan asks of it, and what is known of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from igmap.inventory.people import persons_in
from igmap.release.free_text.estimate import (
    Left,
    Missed,
    Recapture,
    Stratum,
    clopper_pearson,
    left_in_all,
    missed,
    needed,
    recapture,
)
from igmap.release.free_text.marks import Marks
from igmap.release.free_text.reading import SPAN
from igmap.release.free_text.rest import sought
from igmap.release.free_text.sample import CERTAIN
from igmap.release.free_text.scanning import Scanned, target
from igmap.release.survivors.fragments import unique_fragments
from igmap.release.thresholds import Thresholds

ASKED = "free_text"
LOOKED_AT = 5_000  # originals from which mentions are counted twice
CLOSE = 1e-9
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Examined:
    """A stratum of texts with what was seen in those that a person looked at.

    Args:
        texts: in it.
        looked: at so many.
        found: of these, with something left.
        low: lower end of the 95 % interval of that share, 0-1 (Clopper and Pearson).
        high: its upper end.
    """

    texts: int
    looked: int
    found: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class FreeText:
    """What is known of the free text of a release; counts and shares only.

    Args:
        columns: that hold it, those of further tables with the table's name before them.
        texts: different texts that are released.
        looked: of these, texts that a person looked at.
        found: of these, texts in which something was left, or of which nobody can tell.
        left: texts in which something certainly is left: a person saw it, or the re-scan is certain and no person who
            looked says otherwise.
        missed: the share of all texts in which something was left.
        total: persons and identifiers that are left in all texts together.
        replaced: what the redaction took out of them; what is left is missed of both together.
        needed: how many more texts to look at until the target is met, if nothing is found in them; None where that
            does not help.
        findings: what the re-scan found, by why and how sure.
        fragments: share of the cells with five words in a row, or a code, that one person only has.
        combinations: share of the texts with rare words that one person only has together.
        strata: by name.
        mentions: of persons in the originals, by the tagger and by the re-scan; None where no original is known.
    """

    columns: tuple[str, ...]
    texts: int
    looked: int
    found: int
    left: int
    missed: Missed
    total: Left
    replaced: int
    needed: int | None
    findings: Mapping[str, Mapping[str, int]]
    fragments: float
    combinations: float
    strata: Mapping[str, Examined] = field(default_factory=dict)
    mentions: Recapture | None = None

    def share(self, left: float) -> float:
        """So many left as a share of all persons and identifiers that were there before the redaction, 0-1."""
        return left / (left + self.replaced) if left else 0.0


def free_text(texts: Scanned, marks: Marks) -> FreeText | None:
    """What is known of the free text of a release; None where it has none.

    Args:
        texts: of the release.
        marks: of those who looked.
    """
    cells, found, sample = texts.cells.cells, texts.found, texts.sample
    if cells.is_empty():
        return None
    now, marked = progress(texts, marks), sample.marked(marks)
    most = max([1, *marked["left"].drop_nulls().to_list()])
    rare = found.findings.filter(pl.col("why") == "combination")["row"]
    return FreeText(
        columns=texts.cells.columns,
        texts=now.texts,
        looked=now.looked,
        found=now.found,
        left=now.left,
        missed=now.missed,
        total=left_in_all([sample.strata(marks, least) for least in range(1, most + 1)]),
        replaced=found.replaced,
        needed=now.needed,
        findings=found.counts,
        fragments=sum(unique_fragments(*one) for one in texts.tables) / cells.height,
        combinations=cells["redacted"].gather(rare).n_unique() / now.texts,
        strata={one.name: _examined(one) for one in sample.strata(marks) if one.texts},
        mentions=_mentions(cells),
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far looking at the texts has come; figures as in `FreeText`, and whether the plan sets a target."""

    texts: int
    looked: int
    found: int
    left: int
    missed: Missed
    needed: int | None
    targeted: bool


def progress(texts: Scanned, marks: Marks) -> Progress:
    """What follows from the marks alone.

    Args:
        texts: of the release.
        marks: of those who looked.
    """
    strata, marked = texts.sample.strata(marks), texts.sample.marked(marks)
    asked = texts.asked
    cleared, left = ((pl.col("left") == 0).fill_null(value=False), (pl.col("left") > 0).fill_null(value=False))
    return Progress(
        texts=marked.height,
        looked=int(marked["looked"].sum()),
        found=sum(one.found + one.known_found for one in strata),
        left=marked.filter(((pl.col("stratum") == CERTAIN) & ~cleared) | left).height,
        missed=missed(strata),
        needed=_needed(strata, asked),
        targeted="missed" in asked,
    )


def judged(
    told: FreeText | None, plan: Mapping[str, Any], checks: Mapping[str, int]
) -> tuple[Thresholds, dict[str, int]]:
    """What the plan asks of free text and what was found; and the checks, without those that a limit stands for.

    Args:
        told: of the release; None where it has no free text.
        plan: as it was carried out.
        checks: counted so far.
    """
    asked = target(plan) if told else {}
    counts = {"free_text_without_target": 0, "free_text_left": 0}
    if told is None:
        return Thresholds({}, {}, ()), {**checks, **counts}
    counts["free_text_without_target"] = 0 if "missed" in asked else len(told.columns)
    counts["free_text_left"] = told.left
    shares = {"missed": told.missed.bound, "fragments": told.fragments, "combinations": told.combinations}
    found = {f"{ASKED}_{name}": round(shares[name], 12) for name in shares if name in asked}
    limits = {f"{ASKED}_{name}": float(asked[name]) for name in shares if name in asked}
    unmet = tuple(name for name, share in found.items() if share > limits[name] + CLOSE)
    kept = {name: wrong for name, wrong in checks.items() if name != "unique_fragments" or "fragments" not in asked}
    return Thresholds(limits, found, unmet), {**kept, **counts}


def _needed(strata: Sequence[Stratum], asked: Mapping[str, float]) -> int | None:
    """All that the re-scan is certain of, and as many of the others as the target takes."""
    if "missed" not in asked:
        return None
    sure = sum(one.rest for one in strata if one.name == CERTAIN)
    others = needed([_looked_at(one) if one.name == CERTAIN else one for one in strata], float(asked["missed"]))
    return None if others is None else sure + others


def _looked_at(one: Stratum) -> Stratum:
    return Stratum(one.name, one.texts, known=one.texts, known_found=one.known_found)


def _examined(one: Stratum) -> Examined:
    looked, found = one.drawn + one.known, one.found + one.known_found
    low, high = clopper_pearson(one.found, one.drawn) if one.drawn < one.rest else (0.0, 0.0)
    if looked == one.texts:
        low = high = found / max(looked, 1)
    return Examined(one.texts, looked, found, round(low, 12), round(high, 12))


def _mentions(cells: pl.DataFrame) -> Recapture | None:
    """Mentions of persons in originals, found by the tagger and by the re-scan, each by itself."""
    texts = cells["original"].drop_nulls().unique().sort().rename("text")
    if texts.is_empty():
        return None
    few = texts.sample(LOOKED_AT, seed=1) if len(texts) > LOOKED_AT else texts
    return mentions(persons_in(few), sought(few))


def mentions(tagged: pl.DataFrame, seen: pl.DataFrame) -> Recapture:
    """Capture and recapture of the spans of two methods; those that overlap are one mention.

    Args:
        tagged: `row`, `start` and `end` of the first method.
        seen: of the second.
    """
    both = [one.select(*SPAN).cast(SPAN).with_columns(by=pl.lit(by)) for by, one in enumerate((tagged, seen))]
    spans = pl.concat(both).sort("row", "start", "end", "by")
    reached = pl.col("end").cum_max().shift(1, fill_value=0).over("row")
    islands = spans.with_columns(island=(pl.col("start") >= reached).cum_sum().over("row"))
    by = islands.group_by("row", "island").agg(
        (pl.col("by") == 0).any().alias("one"), (pl.col("by") == 1).any().alias("other")
    )
    counts = by.select(pl.col("one").sum(), pl.col("other").sum(), both=(pl.col("one") & pl.col("other")).sum())
    return recapture(*counts.row(0))

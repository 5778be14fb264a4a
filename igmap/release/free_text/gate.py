"""Whether the free text of a release may be published: what the plan asks of it, and what is known of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from igmap.inventory.people import find_persons
from igmap.inventory.people.known import Known
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
from igmap.release.free_text.rest import Rest, rest, sought
from igmap.release.free_text.sample import CERTAIN, Sample, draw
from igmap.release.source import Source, read_source
from igmap.release.staged import InStaging, Staged, read_staged
from igmap.release.survivors.fragments import is_text, unique_fragments
from igmap.release.thresholds import Thresholds
from igmap.sources import Exports

Table = tuple[Staged, Source]
ASKED = "free_text"
LOOKED_AT = 5_000  # originals from which mentions are counted twice
CLOSE = 1e-9
CELLS = dict.fromkeys(("original", "redacted", "person"), pl.String)
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
    needed: int | None
    findings: Mapping[str, Mapping[str, int]]
    fragments: float
    combinations: float
    strata: Mapping[str, Examined] = field(default_factory=dict)
    mentions: Recapture | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cells:
    """The cells of all columns of free text.

    Args:
        columns: their names.
        cells: the `original`, `redacted` and `person` of each filled cell.
    """

    columns: tuple[str, ...]
    cells: pl.DataFrame


def cells_of(tables: Sequence[Table]) -> Cells:
    """The free text of a release beside its originals, in no order that tells anything."""
    parts, columns = [pl.DataFrame(schema=CELLS)], []
    for staged, source in tables:
        for column in text_columns(staged):
            columns.append(f"{staged.prefix}{column}")
            parts.append(_beside(staged, source, column))
    cells = pl.concat(parts).filter(pl.col("redacted").str.strip_chars() != "")
    return Cells(tuple(columns), cells.sort("redacted", "original", "person", nulls_last=True))


def _beside(staged: Staged, source: Source, column: str) -> pl.DataFrame:
    """The released cells of a column beside their originals; of a damaged map no original is known."""
    records, people, redacted = staged.persons["record"], staged.persons["person"], staged.table[column]
    if len(records) != len(redacted):
        nobody = pl.Series([None], dtype=pl.String).new_from_index(0, len(redacted))
        return pl.DataFrame({"original": nobody, "redacted": redacted, "person": nobody})
    original = source.raw(column, records).cells.cast(pl.String)
    return pl.DataFrame({"original": original, "redacted": redacted, "person": people.cast(pl.String)})


def text_columns(staged: Staged) -> list[str]:
    """The released columns that hold free text."""
    return [c["field"] for c in staged.kept if c["field"] in staged.table.columns and is_text(staged, c)]


def scanned(tables: Sequence[Table], cells: Cells) -> Rest:
    """What the re-scan finds in the texts, the persons of the tables' own columns of names among it."""
    frame, names = cells.cells, [*_names(tables)]
    people = frame.select(pl.coalesce("person", pl.lit("\0"))).to_series()
    known = Known.of(pl.concat(names).unique().sort()) if names else None
    return rest(frame["original"], frame["redacted"], known, persons=people)


def _names(tables: Sequence[Table]) -> Iterator[pl.Series]:
    """Whom the dropped columns of names tell of, those of one table put together: given and family name."""
    for staged, source in tables:
        dropped = [c for c in staged.plan["columns"] if c["treatment"] == "drop" and c.get("category") == "name"]
        columns = [source.columns[c["field"]] for c in dropped if c["field"] in source.columns]
        if columns:
            people = pl.DataFrame(pl.from_arrow(source.engine.distinct(source.table, columns)))
            yield people.select(name=pl.concat_str(columns, separator=" ", ignore_nulls=True)).to_series()


def sample_of(cells: Cells, found: Rest, seed: int) -> Sample:
    """The texts in the order in which they are to be looked at."""
    scores = found.scores.with_columns(pl.col("row").cast(pl.UInt32))
    rows = cells.cells.select(text="redacted").with_row_index("row").join(scores, on="row", how="left")
    return draw(rows.group_by("text").agg(rows=pl.len(), sure=pl.col("sure").max()), seed)


def sampled(exports: Exports, release: InStaging) -> Sample:
    """The texts of a release in staging, in the order in which they are to be looked at.

    Raises:
        SourceError: the staging folder is incomplete, or the source is not among the exports.
    """
    staged = read_staged(release.folder)
    tables = [(one, read_source(exports, one)) for one in staged.tables]
    cells = cells_of(tables)
    return sample_of(cells, scanned(tables, cells), int(staged.plan["seed"]))


def free_text(tables: Sequence[Table], marks: Marks) -> FreeText | None:
    """What is known of the free text of a release; None where it has none.

    Args:
        tables: of the release, with their sources.
        marks: of those who looked.
    """
    cells = cells_of(tables)
    if cells.cells.is_empty():
        return None
    found = scanned(tables, cells)
    sample = sample_of(cells, found, int(tables[0][0].plan["seed"]))
    strata, told = sample.strata(marks), sample.marked(marks)
    most = max(1, int(told["left"].max() or 0))  # type: ignore[arg-type] # a number, or none
    cleared = (pl.col("left") == 0).fill_null(value=False)
    sure = told.filter(((pl.col("stratum") == CERTAIN) & ~cleared) | (pl.col("left") > 0).fill_null(value=False))
    rare = found.findings.filter(pl.col("why") == "combination")["row"]
    texts = cells.cells["redacted"]
    return FreeText(
        columns=cells.columns,
        texts=told.height,
        looked=int(told["looked"].sum()),
        found=sum(one.found + one.known_found for one in strata),
        left=sure.height,
        missed=missed(strata),
        total=left_in_all([sample.strata(marks, least) for least in range(1, most + 1)]),
        needed=_needed(strata, target(tables[0][0].plan)),
        findings=found.counts,
        fragments=sum(unique_fragments(*one) for one in tables) / max(len(texts), 1),
        combinations=texts.gather(rare).n_unique() / max(told.height, 1),
        strata={one.name: _examined(one) for one in strata if one.texts},
        mentions=_mentions(cells.cells),
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


def target(plan: Mapping[str, Any]) -> Mapping[str, float]:
    """What the plan asks of free text: the largest share of texts with something left, and of what tells somebody."""
    asked: Mapping[str, float] = (plan.get("thresholds") or {}).get(ASKED) or {}
    return asked


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
    rows = [(row, *span) for row, text in enumerate(few) for span in find_persons(text)]
    tagged = pl.DataFrame(rows, schema=dict.fromkeys(("row", "start", "end"), pl.UInt32), orient="row")
    seen = sought(few)
    met = tagged.join(seen, on="row", suffix="_seen")
    met = met.filter((pl.col("start") < pl.col("end_seen")) & (pl.col("start_seen") < pl.col("end")))
    both = met.select("row", "start").unique().height
    return recapture(tagged.height, max(seen.height, both), both)

"""How much of what a redaction misses the re-scan finds, and how true its figures are, on invented business text.

`PYTHONPATH=. python benchmarks/free_text.py [--texts 2000] [--seed 1]` writes held-out documents, takes out the persons
that the tagger finds, and prints: how many persons the tagger missed; which of them the re-scan sees, and what it sees
where nothing is; what capture and recapture says beside the truth; and what 600 marked texts say. The names are those
of the half that is held out of the tagger's training; the lists that the re-scan uses hold them.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date

import polars as pl

from benchmarks.business_text import Document, held_out_documents
from igmap.inventory.people import find_persons
from igmap.release.free_text import Mark, Marks, progress, rest, scanned_texts, sought
from igmap.release.free_text.gate import mentions
from igmap.release.free_text.kinds import RULES

NAME = "name"
MARKED = 600
BY_NAME = sorted({why for why, *_ in RULES} | {"taken_elsewhere"})  # addresses and numbers were not redacted here
SPANS = dict.fromkeys(("row", "start", "end"), pl.UInt32)


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--texts", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    documents = list(held_out_documents(given.texts, given.seed))
    texts, truth = pl.Series([one.text for one in documents]), _truth(documents)
    tagged = _frame([(row, *span) for row, one in enumerate(documents) for span in find_persons(one.text)])
    missed = truth.join(_met(truth, tagged), on=["row", "start"], how="anti")
    redacted, left = _redacted(texts, tagged, missed)
    found = rest(texts, redacted).findings
    lines = [f"texts {len(texts):,}; persons named {truth.height:,}; missed by the tagger {missed.height:,}"]
    lines += [_seen(found, left, sure) for sure in ("certain", "likely", "possible")]
    lines += [_recaptured(texts, tagged, truth), _estimated(texts, redacted, left)]
    sys.stdout.write("\n".join(lines) + "\n")


def _truth(documents: list[Document]) -> pl.DataFrame:
    rows = [(row, start, end) for row, one in enumerate(documents) for start, end, kind in one.marks if kind == NAME]
    return _frame(rows)


def _frame(rows: Sequence[tuple[int, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SPANS, orient="row")


def _met(some: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Those of some spans that overlap with one of others."""
    both = some.join(others, on="row", suffix="_other")
    return both.filter((pl.col("start") < pl.col("end_other")) & (pl.col("start_other") < pl.col("end"))).unique(
        ["row", "start"]
    )


def _redacted(texts: pl.Series, tagged: pl.DataFrame, missed: pl.DataFrame) -> tuple[pl.Series, pl.DataFrame]:
    """The texts with placeholders, and where the missed ones stand in them."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for row, start, end in tagged.sort("row", "start").rows():
        taken.setdefault(row, []).append((start, end))
    out, left = [], []
    missed_in: dict[int, list[tuple[int, int]]] = {}
    for row, start, end in missed.rows():
        missed_in.setdefault(row, []).append((start, end))
    for row, text in enumerate(texts):
        told, at = "", 0
        for start, end in taken.get(row, []):
            told, at = told + text[at:start] + "[NAAM]", end
        out.append(told + text[at:])
        for start, end in missed_in.get(row, []):
            shift = sum(len("[NAAM]") - (b - a) for a, b in taken.get(row, []) if b <= start)
            left.append((row, start + shift, end + shift))
    return pl.Series(out), _frame(left)


def _seen(found: pl.DataFrame, left: pl.DataFrame, sure: str) -> str:
    some = found.filter((pl.col("sure") >= sure) & pl.col("why").is_in(BY_NAME))
    seen = _met(left, some).height
    beside = some["row"].n_unique() - _met(some.select(*SPANS), left)["row"].n_unique()
    share = f"{seen:,} of them ({seen / max(left.height, 1):.1%})"
    return f"{sure} at least: the re-scan sees {share}; texts it points at with none left: {beside:,}"


def _recaptured(texts: pl.Series, tagged: pl.DataFrame, truth: pl.DataFrame) -> str:
    told = mentions(tagged, sought(texts))
    return (
        f"capture and recapture: {told.total:,.0f} mentions ({told.low:,.0f}-{told.high:,.0f}), missed "
        f"{told.missed:.1%}; the truth is {truth.height:,} and {1 - _met(truth, tagged).height / truth.height:.1%}, "
        f"and {tagged.height - _met(tagged, truth).height:,} that the tagger took for persons"
    )


def _estimated(texts: pl.Series, redacted: pl.Series, left: pl.DataFrame) -> str:
    """What somebody who sees everything finds in the first texts that are drawn."""
    scanned = scanned_texts(texts, redacted, missed=0.05)
    wrong = {redacted[row] for row in left["row"]}
    certain = scanned.sample.texts.filter(stratum="certain").height
    shown = scanned.sample.to_look_at(Marks(), certain + MARKED).select("hash", "text").rows()
    seen = Marks(tuple(Mark(key, int(text in wrong), "truth", date(2026, 11, 26)) for key, text in shown))
    now = progress(scanned, seen)
    return (
        f"{len(shown):,} texts marked: {now.missed.share:.2%} ({now.missed.low:.2%}-{now.missed.high:.2%}), at most "
        f"{now.missed.bound:.2%}; the truth is {len(wrong) / now.texts:.2%}"
    )


if __name__ == "__main__":
    main()

"""What a redaction must have done to texts, written down a second time: nothing found is left, nothing else changed."""

import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from igmap.inventory.detectors import DETECTORS, Detector

MADE = re.compile(r"\[[^\[\]\r\n]{1,40}\]")
PLACEHOLDER, GENERALISE = "placeholder", "generalise"


def not_as_redacted(before: pl.Series, after: pl.Series, settings: Mapping[str, Any]) -> int:
    """Different texts that are not as a redaction leaves them.

    What a detector finds is left where placeholders were to be put; where something made up or coarser was, it is left
    when it stands in the source. Where all becomes placeholders, the rest of a text is as it was, in its order.

    Args:
        before: texts.
        after: the same cells after the step.
        settings: `only`, and `way`: one for all kinds or by kind.
    """
    pairs = pl.DataFrame({"before": before, "after": after}).unique().drop_nulls("after")
    said = settings.get("way", PLACEHOLDER)
    ways: Mapping[str, str] = said if isinstance(said, Mapping) else {"": said}
    kinds = set(settings.get("only") or ())
    wrong = [_left(pairs, one, ways.get(one.category, ways.get("", PLACEHOLDER)))
             for one in DETECTORS if not kinds or one.category in kinds]  # fmt: skip
    if set(ways.values()) == {PLACEHOLDER}:
        rows = [row for row, (old, new) in enumerate(pairs.iter_rows()) if not _is_made_of(old, new)]
        wrong.append(pl.Series("row", rows, dtype=pl.Int64))
    return int(pl.concat(wrong).n_unique()) if wrong else 0


def _left(pairs: pl.DataFrame, detector: Detector, way: str) -> pl.Series:
    """The rows in which the detector finds something that should be gone."""
    found = detector.places(pairs["after"]).cast({"row": pl.Int64})
    if way == PLACEHOLDER or found.is_empty():
        return found["row"].unique()
    told = found.with_columns(_text(pairs["after"], found), pairs["before"].gather(found["row"]).alias("own"))
    if way == GENERALISE:
        return told.filter(pl.col("own").str.contains(pl.col("text"), literal=True))["row"].unique()
    theirs = detector.places(pairs["before"])
    return told.filter(pl.col("text").is_in(_text(pairs["before"], theirs).implode()))["row"].unique()


def _text(values: pl.Series, places: pl.DataFrame) -> pl.Series:
    """What stands at places of texts."""
    told = places.select("start", "end").with_columns(value=values.gather(places["row"]))
    return told.select(text=pl.col("value").str.slice(pl.col("start"), pl.col("end") - pl.col("start")))["text"]


def _is_made_of(before: str, after: str) -> bool:
    """Whether all that stands between placeholders stands in the source, in that order, at its ends too."""
    first, *others = MADE.split(after)
    if not others:
        return before == after
    place, last = len(first), others.pop()
    for part in others:
        place = before.find(part, place) + len(part) if before.find(part, place) >= 0 else len(before) + 1
    return before.startswith(first) and before.endswith(last) and place <= len(before) - len(last)

"""Mentions by the detectors of the inventory: what stands in text, without the words that only lead to it."""

import math
import re
from collections.abc import Collection, Sequence

import numpy as np
import polars as pl

from igmap.inventory.detectors import Detector
from igmap.inventory.mentions.cues import PACKAGE, SPANS
from igmap.inventory.texts import Texts
from igmap.vocabulary import load_yaml

BEGUN = re.compile(r"[^\W\d_]{1,3}\Z")  # of a word whose first letter is not of ASCII
DOUBT = -2.5  # log-odds of a candidate before its detector has spoken


def detected(values: pl.Series, detectors: Sequence[Detector], kinds: Collection[str]) -> pl.DataFrame:
    """Where each detector of the kinds fires: `row`, `start`, `end`, `score`, `kind`."""
    texts = Texts.of(values.to_arrow())
    asked = [(one, texts.holding(one.needs, digits=one.digits)) for one in detectors if one.category in kinds]
    found = [_places(one, texts, at) for one, at in asked if len(at)]
    return pl.concat([pl.DataFrame(schema={**SPANS, "kind": pl.String}), *found])


def score_of(detector: Detector) -> float:
    """How sure one hit is, 0-1: as sure as the weight, and no surer than the checksum."""
    weight = min(detector.weight, math.log(1 / detector.chance)) if detector.chance else detector.weight
    return round(1 / (1 + math.exp(-weight - DOUBT)), 2)


def _places(detector: Detector, texts: Texts, at: np.ndarray) -> pl.DataFrame:
    asked = texts.at(at)
    places = detector.places(asked)
    core = load_yaml(PACKAGE, "detected.yaml").get(detector.id)
    spans = _cores(places, asked, re.compile(core)) if core else places
    return spans.select(
        row=pl.Series(at, dtype=pl.UInt32).gather(spans["row"]),
        start=pl.col("start").cast(pl.UInt32),
        end=pl.col("end").cast(pl.UInt32),
        score=pl.lit(score_of(detector)),
        kind=pl.lit(detector.category),
    )


def _cores(places: pl.DataFrame, values: pl.Series, core: re.Pattern[str]) -> pl.DataFrame:
    """The part of each hit that is the thing itself; all of it where that part cannot be told."""
    rows = []
    for row, start, end in places.select("row", "start", "end").iter_rows():
        begun = BEGUN.search(values[row][max(start - 3, 0) : start])
        begins = start - len(begun[0]) if begun else start
        found = core.search(values[row][begins:end])
        first, last = found.span("it" if found.groupdict().get("it") else 0) if found else (0, end - begins)
        rows.append((row, begins + first, begins + last))
    return pl.DataFrame(rows, schema=dict.fromkeys(("row", "start", "end"), pl.UInt32), orient="row")

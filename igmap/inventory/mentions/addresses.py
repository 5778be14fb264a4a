"""Addresses over several tokens: a street with the postcode and the place beside it, on one line or the next."""

import re
from typing import Any

import polars as pl

from igmap.inventory.mentions.cues import SPANS
from igmap.inventory.mentions.places import is_place
from igmap.inventory.mentions.resolved import FOUND, resolved

BETWEEN = re.compile(r"\s*[,;/(|-]?\s*(?:(?:te|in|NL-?)\s)?\s*")
NUMBER = "0123456789 -/,"
FAR = 8  # characters between two parts
BEFORE_PLACE = re.compile(
    r"(?i)(?<![\w.'-])(?!(?:module|modules|les|lesson|hoofdstuk|chapter|bijlage|pagina|page|week|dag|day|groep|group|klas|class"
    r"|lokaal|zaal|room|versie|version|deel|part|stap|step|vraag|opdracht|niveau|level|om|op|at|on|nr|nummer)\b)"
    r"((?:[^\W\d_][\w.'-]* ){1,3}\d{1,3}(?: ?[a-h]|-\w{1,3}| (?:bis|hs))?)(?:,? ?\n? ?| in | te )\Z"
)
LED = re.compile(
    r"(?is).*\b(?:(?:woont|woon|wonen|wonend|wonende|woonachtig|gevestigd|woonde)\ (?:op|aan|in|te)"
    r"|(?:lives|live|living|lived|located)\ (?:at|on|in)|aus\ der|aus\ dem|wohnt\ in\ der)\ +(?=\S)"
)
BACK = 70  # characters before a place in which its street stands
STATED_SCORE = 0.6
PARTS = ("address", "postcode", "place")


def without_places(found: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Mentions without addresses that are a place and a number: `Tilburg 10` ends as a street does."""
    streets = found.filter(pl.col("kind") == "address")
    named = [
        (row, start)
        for row, start, end in streets.select("row", "start", "end").iter_rows()
        if is_place(texts[row][start:end].rstrip(NUMBER))
    ]
    wrong = pl.DataFrame(named, schema={"row": pl.UInt32, "start": pl.UInt32}, orient="row")
    return found.join(wrong.with_columns(kind=pl.lit("address")), on=["row", "start", "kind"], how="anti")


def before_places(places: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Words with a number right before a place, whatever the street is called: `Weena 12 in Rotterdam`."""
    rows = []
    for row, start in places.select("row", "start").iter_rows():
        first = max(start - BACK, 0)
        if street := BEFORE_PLACE.search(texts[row][first:start]):
            rows.append((row, first + street.start(1), first + street.end(1), STATED_SCORE, "address"))
    return pl.DataFrame(rows, schema={**SPANS, "kind": pl.String}, orient="row")


def begun(found: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Mentions with addresses from where they begin: behind `woont op`, and before the point of the sentence."""
    streets = found.filter(pl.col("kind") == "address")
    placed = []
    for row, start, end, *more in streets.iter_rows():
        said = texts[row][start:end]
        led = LED.match(said)
        placed.append((row, start + (led.end() if led else 0), start + len(said.rstrip(" .,;:\n")), *more))
    whole = pl.DataFrame(placed, schema=streets.schema, orient="row")
    return pl.concat([found.filter(pl.col("kind") != "address"), whole.filter(pl.col("start") < pl.col("end"))])


def joined(found: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Mentions with the parts of an address as one, when a street or a postcode is among them.

    Args:
        found: mentions, overlapping or not.
        texts: the texts that they are in.
    """
    is_part = pl.col("kind").is_in(PARTS)
    lines = found.filter(is_part & (pl.col("kind") != "place").any().over("row"))
    if len(lines) < 2:  # noqa: PLR2004 - two can be joined
        return found
    rows: list[list[Any]] = []
    for row, start, end, kind, who, score in resolved(lines, texts).rows():
        last = rows[-1] if rows else None
        if last and last[0] == row and last[3] != "place" and _is_near(texts[row], last[2], start):
            last[2:4] = [end, "address"]
        else:
            rows.append([row, start, end, kind, who, score])
    whole = pl.DataFrame(rows, schema=FOUND, orient="row")
    return pl.concat([found, whole.filter(pl.col("kind") == "address")])


def _is_near(text: str, end: int, start: int) -> bool:
    return start - end <= FAR and bool(BETWEEN.fullmatch(text, end, start))

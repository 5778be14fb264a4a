"""What a detector is: a pattern that finds candidates in text, and a test that candidates must pass."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

MARKS = [*map(chr, range(0xFDD0, 0xFDF0)), *map(chr, range(0xE000, 0xF900))]  # text has hardly ever a use for them

GAP = r"(?:[0-9]{0,4}[^0-9]){0,40}?"  # between a word and the number it speaks of stands no other long number


def always(candidates: pl.Series) -> pl.Series:
    """A test for detectors whose pattern says all."""
    return pl.repeat(value=True, n=len(candidates), eager=True)


def ascii_only(pattern: str) -> str:
    """The pattern with ASCII borders and digits, which the regex engine finds up to five times as fast."""
    return pattern.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]")


def marked(length: int, places: pl.Series | None) -> pl.Series:
    """False everywhere but at the places, which may come twice."""
    signs = pl.repeat(value=False, n=length, eager=True)
    return signs if places is None or places.is_empty() else signs.scatter(places, values=True)


@dataclass(frozen=True, slots=True)
class Detector:
    """Finds one kind of value, on many distinct values at a time.

    Args:
        id: its name in `detections`.
        category: what a column of such values is.
        pattern: finds candidates (Rust regex syntax, no look-around).
        valid: tells of each candidate whether it is one; candidates come as text, never null.
        weight: log-odds that a column full of such values gives to the category.
        noise: share of whole values, 0-1, up to which a column of something else may come by chance.
        chance: share of candidates that pass the test by chance; 0 when the test is the pattern.
        in_text: whether a candidate inside a longer value counts.
        rare: whether few columns hold any; rare ones are looked for together first, in one pass.
        without: what may not stand right before a candidate (`order 123456782`), as a pattern.
        context: words of which one must stand within 40 characters before a candidate, as a pattern. A value that is
            nothing but the candidate counts if a checksum vouches for it (`chance` above 0), else it only has the
            `shape`.
    """

    id: str
    category: str
    pattern: str
    valid: Callable[[pl.Series], pl.Series] = always
    weight: float = 6.0
    noise: float = 0.5
    chance: float = 0.0
    in_text: bool = True
    rare: bool = False
    without: str = ""
    context: str = ""

    def scan(self, values: pl.Series, among: pl.Series | None = None) -> pl.DataFrame:
        """Where it fires.

        Args:
            values: distinct texts.
            among: true for those that may be one; all by default.

        Returns:
            One row per value: `hit`, `whole` (the candidate is the value), `shape` (it would be, had it passed).
        """
        looked_at = values.to_frame("value").with_row_index("row")
        looked_at = looked_at if among is None else looked_at.filter(among)
        asked = looked_at.filter(looked_at["value"].str.contains(ascii_only(self.pattern)))
        found = self._candidates(asked) if len(asked) else None
        signs = ("hit", "whole", "shape")
        return pl.DataFrame(
            {sign: marked(len(values), found.filter(sign)["row"] if found is not None else None) for sign in signs}
        )

    def places(self, values: pl.Series) -> pl.DataFrame:
        """Where in each text it fires: `row`, `start` and `end` in characters.

        Args:
            values: texts.
        """
        texts = values.to_frame("value").with_row_index("row")
        asked = texts.filter(pl.col("value").str.contains(ascii_only(self.pattern)))
        if asked.is_empty():
            return pl.DataFrame(schema=dict.fromkeys(("row", "start", "end"), pl.UInt32))
        sure = self._candidates(asked).filter("hit").select("row", "candidate").unique()
        stand = matches(asked, ascii_only(self.pattern))
        return stand.join(sure, on=["row", "candidate"], how="semi", maintain_order="left").drop("candidate")

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where in one text it fires, in characters (start, end)."""
        return self.places(pl.Series([text], dtype=pl.String)).select("start", "end").rows()

    def _candidates(self, asked: pl.DataFrame) -> pl.DataFrame:
        before = f"(?:{self.without})" if self.without else ""
        pattern = ascii_only(f"{before}?(?:{self.pattern})" if before else self.pattern)
        spans = asked.with_columns(span=pl.col("value").str.extract_all(pattern)).explode("span")
        candidates = spans["span"].str.replace(f"^{before}", "") if before else spans["span"]
        alone = candidates.str.strip_chars() == spans["value"].str.strip_chars()
        counts = alone | ((candidates == spans["span"]) & self.in_text)
        if self.context:
            counts &= alone | self._introduced(spans["value"], candidates)
        valid = self.valid(candidates.filter(counts)) & ~(alone.filter(counts) & bool(self.context and not self.chance))
        return (
            spans.select("row", alone=alone, candidate=candidates)
            .filter(counts)
            .select("row", "candidate", hit=valid, whole=pl.col("alone") & valid, shape="alone")
        )

    def _introduced(self, values: pl.Series, candidates: pl.Series) -> pl.Series:
        """Whether a word of the context stands before the candidate."""
        pattern = ascii_only(f"(?:{self.context}){GAP}(?:{self.pattern})")
        found = pl.DataFrame({"value": values, "candidate": candidates}).with_columns(
            near=pl.col("value")
            .str.extract_all(pattern)
            .list.eval(pl.element().str.extract(f"({ascii_only(self.pattern)})$"))
        )
        return found.select(pl.col("near").list.contains(pl.col("candidate"))).to_series()


def matches(asked: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """Every match of a pattern in texts: `row`, `start` and `end` in characters, and the `candidate` itself.

    A sign that is in none of the texts is put around every match, so that every second piece between signs is one.
    """
    mark = next(sign for sign in MARKS if not asked["value"].str.contains(sign, literal=True).any())
    pieces = pl.col("value").str.replace_all(pattern, f"{mark}${{0}}{mark}").str.split(mark)
    each = asked.select("row", candidate=pieces).explode("candidate")
    end, odd = pl.col("candidate").str.len_chars().cum_sum().over("row"), pl.int_range(pl.len()).over("row") % 2 == 1
    return (
        each.with_columns(end=end, odd=odd)
        .filter("odd")
        .select("row", "candidate", "end", start=pl.col("end") - pl.col("candidate").str.len_chars())
        .select("row", "start", "end", "candidate")
    )


def digits(candidates: pl.Series) -> pl.Series:
    """The digits of each candidate, everything else removed."""
    return candidates.str.replace_all(r"\D", "")

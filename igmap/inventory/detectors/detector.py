"""What a detector is: a pattern that finds candidates in text, and a test that candidates must pass."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from igmap.vocabulary.patterns import tried

ASCII = {
    r"\b": r"(?-u:\b)", r"\d": "[0-9]", r"\w": "[0-9A-Za-z_]", r"\s": r"[\t-\r ]", r"\S": r"[^\x00-\x20]",
}  # fmt: skip
MARKS = [*map(chr, range(0xFDD0, 0xFDF0)), *map(chr, range(0xE000, 0xF900))]  # text has hardly ever a use for them
NOTHING = pl.DataFrame(schema={"row": pl.Int64, "candidate": pl.String})
GAP = r"(?:[0-9]{0,4}[^0-9]){0,40}?"  # between a word and the number it speaks of stands no other long number
AFTER = r"[ \t]?(?:is (?:het|de|mijn|ons|uw|zijn|haar|my|the|his|her) |\()?"


def always(candidates: pl.Series) -> pl.Series:
    """A test for detectors whose pattern says all."""
    return pl.repeat(value=True, n=len(candidates), eager=True)


def ascii_only(pattern: str) -> str:
    """The pattern with ASCII borders, digits, word characters and spaces: up to five times as fast, and as small."""
    for mark, in_ascii in ASCII.items():
        pattern = pattern.replace(mark, in_ascii)
    return pattern


def spelled(*words: str) -> str:
    """A pattern of words as given, in small letters, with capitals: plain words are searched many times faster.

    Args:
        words: what follows them is open, so that `rekening` finds `rekeningnummer` too.
    """
    forms = sorted(
        {form for word in words for form in (word, word.lower(), word.capitalize(), word.title(), word.upper())}
    )
    return r"\b(?:" + "|".join(map(re.escape, forms)) + ")"


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
        rare: whether few columns hold any; rare ones are looked for together, in one pass after the frequent.
        without: what may not stand right before a candidate (`order 123456782`), as a pattern.
        context: words of which one must stand within 40 characters before a candidate, no long number between, or
            right after it (`12345678 (KvK)`), as a pattern. A value that is nothing but the candidate has no words
            around it: it counts if a checksum vouches for it (`chance` above 0), else it only has the `shape`, and
            the name of the column decides. A detector has `context` or `without`, not both.
        gap: all that may stand between a word of the context and the candidate behind it, as a pattern, where forty
            characters are too many; no word behind the candidate counts then.
        needs: what every candidate holds, one character each: `9` a digit, `A` a letter, any other the character
            itself, `|` between alternatives. Values without it need not be scanned.
        digits: the least number of ASCII digits in a candidate.
        beside: what every candidate holds that stands beside other text, as a pattern that is quickly tried.
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
    gap: str = ""
    needs: str = ""
    digits: int = 0
    beside: str = ""

    def scan(self, values: pl.Series) -> pl.DataFrame:
        """Where it fires.

        Args:
            values: distinct texts.

        Returns:
            One row per value: `hit`, `whole` (the candidate is the value), `shape` (it would be, had it passed).
        """
        alone, sure, inside = self._parts(values)
        places = {"hit": np.concatenate([sure, inside["row"].to_numpy()]), "whole": sure, "shape": alone}
        return pl.DataFrame({sign: _marked(len(values), at) for sign, at in places.items()})

    def places(self, values: pl.Series) -> pl.DataFrame:
        """Where in each text it fires: `row`, `start` and `end` in characters.

        Args:
            values: texts.
        """
        _, sure, inside = self._parts(values)
        if not len(sure) and inside.is_empty():  # most detectors, of most texts
            return pl.DataFrame(schema=dict.fromkeys(("row", "start", "end"), pl.UInt32))
        whole = pl.DataFrame({"row": sure, "candidate": values[pl.Series(sure)].str.strip_chars()})
        passed = pl.concat([whole, inside], how="vertical_relaxed").cast({"row": pl.UInt32}).unique()
        asked = values.to_frame("value").with_row_index("row").join(passed, on="row", how="semi")
        stand = matches(asked, ascii_only(self.pattern))
        return stand.join(passed, on=["row", "candidate"], how="semi", maintain_order="left").drop("candidate")

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where in one text it fires, in characters (start, end)."""
        return self.places(pl.Series([text], dtype=pl.String)).select("start", "end").rows()

    def _parts(self, values: pl.Series) -> tuple[np.ndarray, np.ndarray, pl.DataFrame]:
        """The positions of values that are one, of those of them that pass, and what passes inside longer values.

        Without words around it only a checksum vouches for a candidate that has a context.
        """
        is_one = tried(values, "contains", ascii_only(rf"^\s*(?:{self.pattern})\s*$"))
        alone = np.flatnonzero(is_one.to_numpy())
        vouched = len(alone) and (self.chance or not self.context)
        sure = alone[self.valid(values.filter(is_one).str.strip_chars()).to_numpy()] if vouched else alone[:0]
        if not self.in_text or len(alone) == len(values):
            return alone, sure, NOTHING
        inside = self._inside(np.flatnonzero(~is_one.to_numpy()), values.filter(~is_one) if len(alone) else values)
        return alone, sure, inside.filter(self.valid(inside["candidate"])) if len(inside) else NOTHING

    def _inside(self, rows: np.ndarray, values: pl.Series) -> pl.DataFrame:
        """`row` and `candidate` for all that stand inside longer values, with a word near them or none before them."""
        if self.beside:
            some = tried(values, "contains", self.beside)
            rows, values = rows[some.to_numpy()], values.filter(some)
        fits = tried(values, "contains", ascii_only(self.context or self.pattern))
        if not fits.any():
            return NOTHING
        asked = pl.DataFrame({"row": rows[fits.to_numpy()], "value": values.filter(fits)})
        if self.context:
            return self._near_words(asked)
        if not self.without:
            return _spans(asked, self.pattern)
        spans = _spans(asked, f"(?:{self.without})?(?:{self.pattern})")
        spoken = tried(spans["candidate"], "contains", ascii_only(f"^(?:{self.without})(?:{self.pattern})$"))
        return spans.filter(~spoken)

    def _near_words(self, asked: pl.DataFrame) -> pl.DataFrame:
        words, pattern = f"(?:{self.context})", f"(?:{self.pattern})"
        near = f"{words}{self.gap}{pattern}" if self.gap else f"{words}{GAP}{pattern}|{pattern}{AFTER}{words}"
        spans = _spans(asked, near)
        return spans.with_columns(tried(spans["candidate"], "extract", ascii_only(f"({pattern})")))


def _spans(asked: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """Every match of the pattern: `row` and `candidate`."""
    found = asked.select("row", candidate=tried(asked["value"], "extract_all", ascii_only(pattern)))
    return found.explode("candidate").drop_nulls()


def _marked(length: int, places: np.ndarray) -> np.ndarray:
    """False everywhere but at the places, which may come twice."""
    signs = np.zeros(length, bool)
    signs[places] = True
    return signs


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

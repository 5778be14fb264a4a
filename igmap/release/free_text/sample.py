"""Which redacted texts a person looks at: drawn at random within strata, in an order in which one may stop anywhere.

What is counted is different texts: a text that stands in a thousand rows is read once. Texts in which the re-scan is
certain of something are all looked at. The others are drawn from in proportion: those of which it suspects something,
and long and short ones.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import polars as pl

from igmap.release.free_text.estimate import Stratum
from igmap.release.free_text.marks import Marks, hashes_of

CERTAIN, SUSPECTED, LONG, SHORT = STRATA = ("certain", "suspected", "long", "short")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sample:
    """The texts of a release in the order in which they are to be looked at.

    Args:
        texts: `text` as released, its `hash`, `stratum`, the number (`draw`, from 0) by which it was drawn in its
            stratum, and the number of its `rows`.
    """

    texts: pl.DataFrame

    def strata(self, marks: Marks, least: int = 1) -> list[Stratum]:
        """What the marks tell of each stratum.

        Only what was looked at in the order of drawing is a sample; it ends before the first text without a mark. What
        lies behind is known. Whoever cannot tell has missed somebody.

        Args:
            marks: of texts, of this release or others.
            least: how many have to be left in a text for it to count.
        """
        told = self.marked(marks).sort("stratum", "draw")
        wrong = (pl.col("left").fill_null(max(least, 1)) >= least) & pl.col("looked")
        drawn = pl.col("looked").cast(pl.Int8).cum_min().over("stratum").cast(pl.Boolean)
        frame = told.with_columns(wrong=wrong, drawn=drawn)
        return [_stratum(name, frame.filter(pl.col("stratum") == name)) for name in STRATA]

    def marked(self, marks: Marks) -> pl.DataFrame:
        """The texts with what was seen in them: whether somebody `looked`, and how many were `left`."""
        holding = marks.holding
        seen = pl.DataFrame(
            {"hash": list(holding), "left": [one.left for one in holding.values()]},
            schema={"hash": pl.String, "left": pl.Int64},
        ).with_columns(looked=pl.lit(value=True))
        told = self.texts.join(seen, on="hash", how="left", maintain_order="left")
        return told.with_columns(pl.col("looked").fill_null(value=False))

    def to_look_at(self, marks: Marks, most: int) -> pl.DataFrame:
        """The next texts without a mark: the certain ones, then by the order of drawing, in proportion."""
        open_ones = self.marked(marks).filter(~pl.col("looked"))
        place = pl.col("draw") / pl.len().over("stratum")  # the first of every stratum at once, however small it is
        ranked = self.texts.with_columns(place=pl.when(pl.col("stratum") == CERTAIN).then(-1.0).otherwise(place))
        order = ranked.sort("place", "stratum", "draw").with_row_index("order").select("hash", "order")
        return open_ones.join(order, on="hash").sort("order").drop("order", "left", "looked").head(most)


def _stratum(name: str, frame: pl.DataFrame) -> Stratum:
    """Of the certain ones nothing is estimated: those that were looked at are known."""
    drawn = pl.col("drawn") if name != CERTAIN else pl.lit(value=False)
    known = pl.col("looked") & ~drawn
    counts = frame.select(
        drawn=(drawn & pl.col("looked")).sum(), found=(drawn & pl.col("wrong")).sum(), known=known.sum(),
        known_found=(known & pl.col("wrong")).sum(),
    ).row(0)  # fmt: skip
    return Stratum(name, frame.height, *(int(count or 0) for count in counts))


def draw(texts: pl.DataFrame, seed: int) -> Sample:
    """Put texts into strata and draw an order within each.

    Another text anywhere draws another order, so that a redaction that was mended for the texts that were looked at is
    judged by others.

    Args:
        texts: distinct `text`, the number of its `rows`, and how `sure` the re-scan is of its surest finding, or null.
        seed: of the plan.
    """
    known = texts.with_columns(hash=hashes_of(texts["text"]), size=pl.col("text").str.len_chars()).sort("hash")
    middle = known["size"].median() or 0
    stratum = (
        pl.when(pl.col("sure") == "certain").then(pl.lit(CERTAIN))
        .when(pl.col("sure").is_not_null()).then(pl.lit(SUSPECTED))
        .when(pl.col("size") > middle).then(pl.lit(LONG)).otherwise(pl.lit(SHORT))
    )  # fmt: skip
    whole = hashlib.sha256("".join([str(seed), *known["hash"]]).encode()).digest()
    order = np.random.default_rng(int.from_bytes(whole[:8], "big")).permutation(known.height)
    drawn = known.with_columns(stratum=stratum, order=pl.Series(order, dtype=pl.Int64)).sort("stratum", "order")
    return Sample(drawn.with_columns(draw=pl.int_range(pl.len()).over("stratum")).drop("order", "size", "sure"))

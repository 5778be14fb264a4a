"""Many texts, some at a time: the words of originals and redacted texts, and how many persons have each word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from igmap.release.free_text.reading import SPAN, Read

AT_ONCE = 1_500_000  # letters whose words are held together
PLACEHOLDER = r"\[[^\[\]\r\n]{1,40}\]"
SEVERAL = 2  # persons who write a word, so that it is an ordinary one
COUNTS = {"plain": pl.String, "persons": pl.UInt32, "by_small": pl.UInt32, "small": pl.UInt32, "all": pl.UInt32}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Part:
    """Some of the texts.

    Args:
        first: the number of the first of them.
        texts: `original` and `redacted`.
        read: the redacted texts as they are seen.
        original: the originals as they are seen; one that is not known is empty.
    """

    first: int
    texts: pl.DataFrame
    read: Read
    original: Read

    def words(self) -> pl.DataFrame:
        """The redacted words with `kept`: whether the original has the word too, and it is in no placeholder."""
        words, before = self.read.words(), self.original.words()
        theirs = before.select("row", "plain").unique().with_columns(there=pl.lit(value=True))
        given = self.texts.select("original").with_row_index("row")
        ours = ~pl.col("original").str.contains(pl.col("candidate"), literal=True).fill_null(value=True)
        marks = self.read.found(PLACEHOLDER).join(given, on="row").filter(ours)
        inside = words.join(marks.select("row", begin="start", stop="end"), on="row").filter(
            (pl.col("start") >= pl.col("begin")) & (pl.col("end") <= pl.col("stop"))
        )
        marked = inside.select("row", "start").unique().with_columns(marked=pl.lit(value=True))
        told = words.join(theirs, on=["row", "plain"], how="left").join(given, on="row")
        out = told.join(marked, on=["row", "start"], how="left")
        kept = pl.col("there").fill_null(value=False) | pl.col("original").is_null()
        return out.with_columns(kept=kept & pl.col("marked").is_null()).drop("there", "original", "marked")

    def counted(self) -> pl.DataFrame:
        """The words that are counted: of the original, or of the redacted text where that is all there is."""
        unknown = self.texts["original"].is_null().arg_true()
        known = pl.concat([self.original.words(), self.read.words().filter(pl.col("row").is_in(unknown.implode()))])
        return self.in_all(known.select("row", "word", "plain"))

    def taken(self) -> pl.Series:
        """The words that the redaction took out of a text."""
        words = self.read.words().select("row", "plain")
        return self.original.words().join(words, on=["row", "plain"], how="anti")["plain"].unique()

    def replaced(self) -> int:
        """How many runs of words and numbers the redaction took out; what stands side by side is one."""
        words, left = (one.found(r"\S+").sort("row", "start") for one in (self.original, self.read))
        there = left.select("row", "candidate").unique().with_columns(there=pl.lit(value=True))
        gone = words.join(there, on=["row", "candidate"], how="left", maintain_order="left")["there"].is_null()
        begins = gone & ~gone.shift(1, fill_value=False) | (gone & (words["row"] != words["row"].shift(1)))
        return int(begins.sum())

    def in_all(self, spans: pl.DataFrame) -> pl.DataFrame:
        """Rows of this part as rows of all texts, and places in what is seen as places in the texts as given."""
        moved = self.read.in_given(spans) if "end" in spans.columns else spans
        return moved.with_columns((pl.col("row") + self.first).cast(SPAN["row"]))


def parts_of(texts: pl.DataFrame) -> Iterator[Part]:
    """The texts in parts of about as many letters.

    Args:
        texts: `original` and `redacted`, distinct.
    """
    sizes = texts["redacted"].str.len_chars() + texts["original"].str.len_chars().fill_null(0)
    lengths = (sizes.cast(pl.UInt64).cum_sum() // AT_ONCE).rle().struct.field("len")
    for first, length in zip((lengths.cum_sum() - lengths).to_list(), lengths.to_list(), strict=True):
        part = texts.slice(first, length)
        yield Part(first, part, Read.of(part["redacted"]), Read.of(part["original"]))


def counted(parts: Iterable[pl.DataFrame], whose: pl.DataFrame) -> pl.DataFrame:
    """Of each word the `persons` who have it, and whether it is `ordinary`: mostly in small letters, of several.

    A person whose texts lie in two parts counts twice, so that texts of a person should lie together.

    Args:
        parts: `row`, `word` and `plain` of the words of some texts.
        whose: the `person` of each `row`.
    """
    told = [pl.DataFrame(schema=COUNTS), *(_of_part(one, whose) for one in parts)]
    whole = pl.concat(told).group_by("plain").agg(pl.all().sum())
    small = (pl.col("by_small") >= SEVERAL) & (2 * pl.col("small") > pl.col("all"))
    return whole.select("plain", "persons", ordinary=small)


def _of_part(words: pl.DataFrame, whose: pl.DataFrame) -> pl.DataFrame:
    told = words.with_columns(small=~pl.col("word").str.contains(r"^\p{Lu}")).join(whose, on="row")
    counts = told.group_by("plain").agg(
        persons=pl.col("person").n_unique(),
        by_small=pl.col("person").filter("small").n_unique(),
        small=pl.col("small").sum(),
        all=pl.len(),
    )
    return counts.cast(COUNTS)  # type: ignore[arg-type] # types by name

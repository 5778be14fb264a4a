"""What is left of persons in texts after a redaction, by a method that shares nothing with the tagger.

Looked for are persons by the lists of names, by capitals, by spelling and by what stands before them; words and
combinations of words that one person only has; all that detectors find; and the persons of a table. A word that is not
in the original text of its row was put there by the redaction: placeholders and surrogates are no survivors.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from igmap.inventory.detectors import DETECTORS
from igmap.inventory.people.known import Known
from igmap.release.free_text.counting import counted, parts_of
from igmap.release.free_text.kinds import kinds_of, named
from igmap.release.free_text.rare import combinations, rare_words
from igmap.release.free_text.reading import BREAKS, SPAN, Read, squeezed
from igmap.vocabulary import CATEGORIES

SURENESS = ("possible", "likely", "certain")
FOUND: Any = SPAN | {"why": pl.String, "sure": pl.Enum(SURENESS)}
SURE = {"email", "iban", "phone", "address", "payment_card", "passport_zone"}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Rest:
    """What was found in redacted texts; where, why and how sure, never what.

    Args:
        findings: `row`, `start` and `end` in the redacted text as given, `why` and how `sure` (possible, likely,
            certain); findings that overlap are one, called what the surest of them is.
        texts: how many texts were looked at; blanks are none.
        replaced: how many runs of words and numbers the redaction took out of the different texts.
    """

    findings: pl.DataFrame
    texts: int
    replaced: int = 0

    @property
    def certain(self) -> int:
        """Texts in which somebody or something personal is certainly left."""
        return int(self.findings.filter(pl.col("sure") == "certain")["row"].n_unique())

    @property
    def likely(self) -> int:
        """Texts in which nothing is certainly left, but something likely is."""
        return int((self.scores["sure"] == "likely").sum())

    @property
    def places(self) -> dict[int, list[tuple[int, int]]]:
        """Where something is certainly or likely left, by row."""
        told = self.findings.filter(pl.col("sure") >= "likely").sort("row", "start").select("row", "start", "end")
        found: dict[int, list[tuple[int, int]]] = {}
        for row, *place in told.iter_rows():
            found.setdefault(row, []).append((place[0], place[1]))
        return found

    @property
    def scores(self) -> pl.DataFrame:
        """The surest finding of each `row` that has any, as `sure`."""
        return self.findings.group_by("row").agg(pl.col("sure").max()).sort("row")

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many findings there are by why and how sure."""
        table = self.findings.group_by("why", "sure").len().sort("why", "sure")
        told: dict[str, dict[str, int]] = {}
        for why, sure, count in table.iter_rows():
            told.setdefault(why, {})[sure] = count
        return told

    def _repr_html_(self) -> str:
        from igmap.release.free_text.telling import counted
        from igmap.report import fragment

        return fragment(counted(self.counts, self.texts, "nl"), lang="nl")


def rest(
    originals: pl.Series, redacted: pl.Series, known: Known | None = None, *, persons: pl.Series | None = None
) -> Rest:
    """Look for what a redaction left.

    Args:
        originals: the texts as they were; a null says that the original is unknown, and all words count.
        redacted: the same rows after the redaction; a null is a blank, in which nothing is found.
        known: persons who may be in the texts, as the workspace's own tables name them.
        persons: whose each row is; by default every row is a person of its own.

    Returns:
        The findings, with counts that may be shown.

    Example:
        >>> left = rest(pl.Series(["Beste Fatima, bel Jan"]), pl.Series(["Beste [NAAM], bel Jan"]))
        >>> left.findings.select("row", "start", "end", "why").rows()
        []
        >>> left = rest(pl.Series(["Beste Fatima Jansen"]), pl.Series(["Beste Fatima Jansen"]))
        >>> left.findings.select("start", "end", "why", "sure").rows()
        [(6, 19, 'listed_name', 'certain')]
    """
    pairs = pl.DataFrame(
        {"original": originals.cast(pl.String), "redacted": redacted.cast(pl.String)}
    ).with_row_index("at").filter(pl.col("redacted").str.strip_chars() != "")  # fmt: skip
    if pairs.is_empty():
        return Rest(pl.DataFrame(schema=FOUND), 0)
    people = persons.cast(pl.String) if persons is not None else pl.int_range(len(redacted), eager=True).cast(pl.String)
    pairs = pairs.with_columns(person=people.gather(pairs["at"])).sort("person", "at", nulls_last=True)
    texts = pairs.select("original", "redacted").unique(maintain_order=True).with_row_index("text")
    rows = pairs.join(texts, on=["original", "redacted"], nulls_equal=True).select("text", "person", row="at")
    spans = _found(texts, rows.select("person", row="text").unique(), known)
    told = rows.drop("person").join(spans.rename({"row": "text"}), on="text").select(*FOUND)
    return Rest(told.sort("row", "start", "why"), pairs.height, sum(part.replaced() for part in parts_of(texts)))


def sought(texts: pl.Series, sure: str = "certain") -> pl.DataFrame:
    """Where the same method sees persons by name in texts that were not redacted: `row`, `start`, `end`.

    Args:
        texts: distinct, without nulls.
        sure: how sure at least.
    """
    read = Read.of(texts)
    words = read.words().with_columns(kept=pl.lit(value=True))
    whose = pl.DataFrame({"row": pl.int_range(len(texts), dtype=pl.UInt32, eager=True)}).with_columns(person="row")
    spans = named(kinds_of(words, counted([words], whose))).select(*FOUND).cast(FOUND)
    return _merged(read.in_given(spans)).filter(pl.col("sure") >= sure).select(*SPAN)


def _found(texts: pl.DataFrame, whose: pl.DataFrame, known: Known | None) -> pl.DataFrame:
    """The findings in distinct texts, some texts at a time: words are counted over all of them first."""
    counts = counted((part.counted() for part in parts_of(texts)), whose)
    taken = pl.concat([part.taken() for part in parts_of(texts)]).unique()
    found, rare = [], []
    for part in parts_of(texts):
        words = kinds_of(part.words(), counts)
        seen = [named(words), _elsewhere(words, taken), *_detected(part.read, part.original)]
        seen += [] if known is None else [_known(known, part.read, part.original)]
        spans = _merged(pl.concat([one.select(*FOUND).cast(FOUND) for one in seen]))
        found.append(part.in_all(spans))
        rare.append(part.in_all(rare_words(words, whose["person"].n_unique())))
    combined = combinations(pl.concat(rare), whose).select(*FOUND).cast(FOUND)
    return pl.concat([*found, combined])


def _known(known: Known, read: Read, original: Read) -> pl.DataFrame:
    """Persons of a table: certain by two words of their name, likely by one, which others may have too."""
    places = _of_original(known.places(read.seen).select(*SPAN), read, original)
    texts = read.seen.gather(places["row"]).to_frame("text")
    part = pl.concat([places, texts], how="horizontal").select(
        pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start")).str.count_matches(r"\pL{2,}")
    )
    sure = pl.when(part.to_series() > 1).then(pl.lit("certain")).otherwise(pl.lit("likely"))
    return places.with_columns(why=pl.lit("known_person"), sure=sure)


def _elsewhere(words: pl.DataFrame, taken: pl.Series) -> pl.DataFrame:
    """Names that were taken out of one text and stand in another."""
    named_so = pl.col("kind").is_in(list("GgNFfAUSC")) & pl.col("plain").is_in(taken.implode()) & ~pl.col("ordinary")
    sure = pl.when(pl.col("capital")).then(pl.lit("likely")).otherwise(pl.lit("possible"))
    return words.filter(named_so).with_columns(why=pl.lit("taken_elsewhere"), sure=sure)


def _detected(read: Read, original: Read) -> Iterator[pl.DataFrame]:
    """What detectors find, also where a line ends in the middle of it."""
    broken = read.seen.str.contains(BREAKS).arg_true()
    lines = read.seen.gather(broken).str.replace_all(BREAKS, " ")
    for detector in DETECTORS:
        spans = detector.places(read.seen).cast(SPAN)
        if len(broken):
            over = detector.places(lines).cast(SPAN)
            placed = over.with_columns(broken.gather(over["row"]).alias("row")).cast(SPAN)
            spans = pl.concat([spans, placed]).unique(maintain_order=True)
        if spans.height:
            direct = CATEGORIES[detector.category].identifiability == "direct"
            sure = "certain" if detector.id in SURE else "likely" if direct else "possible"
            told = _of_original(spans, read, original)
            yield told.with_columns(why=pl.lit(detector.category), sure=pl.lit(sure))


def _of_original(spans: pl.DataFrame, read: Read, original: Read) -> pl.DataFrame:
    """Those spans whose letters and digits stand in the original of their row too."""
    part = pl.col("seen").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
    texts = pl.DataFrame({"seen": read.seen, "original": squeezed(original.seen)}).with_row_index("row")
    told = spans.join(texts, on="row", maintain_order="left").with_columns(part=part)
    told = told.with_columns(squeezed(told["part"]).alias("part"))
    there = pl.col("original").str.contains(pl.col("part"), literal=True) | (pl.col("original") == "")
    return told.filter(there).select(*SPAN)


def _merged(spans: pl.DataFrame) -> pl.DataFrame:
    """Findings that overlap as one, called what the surest of them is."""
    ordered = spans.sort("row", "start", "end", "why")
    reached = pl.col("end").cum_max().shift(1, fill_value=0).over("row")
    islands = ordered.with_columns(island=(pl.col("start") >= reached).cum_sum().over("row"))
    surest = pl.col("why").sort_by("sure", pl.col("end") - pl.col("start"), descending=True, maintain_order=True)
    told = islands.group_by("row", "island", maintain_order=True).agg(
        pl.col("start").min(), pl.col("end").max(), surest.first(), pl.col("sure").max()
    )
    return told.select(*FOUND)

"""User names tell whose they are: `hargreg7` is made of the name in the same record, Gemma Hargreaves.

And the other way round: what a mail address in the same record is made of is a name, though no list has it.
"""

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

import polars as pl

from igmap.engine import Engine
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import FEW, FULL, MOST, Reason, Vote, share_of
from igmap.sources import Column
from igmap.vocabulary.values import value_signs

NAMED = frozenset({"name", "email"})
MADE = frozenset({"email", "username"})
FORMS = ("handle", "shouted")
SAMPLE, RECORDS = "side_by_side_sample", 500
SETTLED, ALIKE = 0.9, 0.5  # confidence above which nothing is asked; share of the records above which it is no accident
SOME, MANY = 0.25, 10  # of the values have digits or are companies: then they are no names; different words of a column
SHORTEST, BEGINNING = 3, 5  # letters of a word of a name, and how many of them its bearer's user name begins with
LETTERS = r"[^a-z]+"


def own_name_votes(
    engine: Engine, columns: Sequence[Column], fields: Sequence[Field], evidence: Sequence[Evidence]
) -> dict[int, Vote]:
    """For columns that look like user names or stand beside them, by position, how often one is made of the other.

    Args:
        engine: holds the tables.
        columns: of all tables.
        fields: as they were judged by themselves and by their neighbours.
        evidence: of each.
    """
    votes: dict[int, Vote] = {}
    for category, beside, is_asked in (("username", NAMED, _is_open), ("name", MADE, _are_words)):
        open_to = {
            at for at, (field, counts) in enumerate(zip(fields, evidence, strict=True)) if is_asked(field, counts)
        }
        for asked, told in side_by_side(columns, fields, beside, open_to):
            frame = sampled(engine, columns, [*asked, *told], RECORDS)
            for position, share in _shares(frame, asked, told, made=category == "username"):
                if share > ALIKE:
                    reason: Reason = {"code": "own_name", "field": fields[told[0]].name, "share": share}
                    votes.setdefault(position, Vote(category, "own_name", share, reason))
    return votes


def side_by_side(
    columns: Sequence[Column], fields: Sequence[Field], telling: Container[str], asked: Container[int]
) -> Iterator[tuple[list[int], list[int]]]:
    """Of each table that has both, the positions of the fields that are asked about and of those that tell.

    Args:
        columns: of all tables.
        fields: as they were judged.
        telling: categories, of which one was found.
        asked: positions that may be asked about.
    """
    told, open_to = defaultdict(list), defaultdict(list)
    for position, field in enumerate(fields):
        if field.verdict == "found" and field.category in telling:
            told[columns[position].table].append(position)
        elif position in asked:
            open_to[columns[position].table].append(position)
    yield from ((open_to[table], told[table]) for table in open_to if table in told)


def sampled(engine: Engine, columns: Sequence[Column], places: Sequence[int], records: int) -> pl.DataFrame:
    """Fields of one table in a sample of its records, the same at every run, under their positions; alike ones once.

    Args:
        engine: holds the tables.
        columns: of all tables.
        places: positions of the fields.
        records: how many at most; `records` says how many each row stands for.
    """
    engine.sample(SAMPLE, columns[places[0]].table, records=records, seed=0)
    held = engine.distinct(SAMPLE, [columns[place].column for place in places])
    engine.forget(SAMPLE)
    return pl.DataFrame({str(place): held.column(i) for i, place in enumerate(places)} | {"records": held["rows"]})


def _is_open(field: Field, counts: Evidence) -> bool:
    """Whether it looks like user names and nothing has settled what it is."""
    settled = field.category != "none" and field.confidence > SETTLED
    formed = sum(share_of(counts, form) for form in FORMS) > MOST
    particles = share_of(counts, "between") > MOST  # `van` is part of many a name
    return formed and not settled and not particles and not field.free_text and counts["distinct"] >= FEW


def _are_words(field: Field, counts: Evidence) -> bool:
    """Whether it holds words that differ, of which nobody has said what they are."""
    worded = share_of(counts, "word") > FULL and share_of(counts, "digit") + share_of(counts, "list:employer") < SOME
    return worded and field.verdict != "found" and not field.free_text and counts["distinct"] >= MANY


def _shares(
    frame: pl.DataFrame, asked: Sequence[int], named: Sequence[int], *, made: bool
) -> Iterator[tuple[int, float]]:
    """Of each column asked about the share of the records in which it is `made` of a name beside it, or that of it."""
    words = pl.concat_list([_words(str(place)) for place in named])
    addressed = pl.concat_str([_plain(str(place), addressed=True) for place in named], separator=" ")
    for place in asked:
        own, parts = (_plain(str(place)), words) if made else (addressed, _words(str(place)))
        pairs = frame.select(own=own, words=parts).filter(_telling(frame[str(place)])).with_row_index("row")
        pairs = pairs.explode("words").filter(pl.col("words").str.len_chars() >= SHORTEST)
        alike = pl.col("own").str.contains(pl.col("words").str.head(BEGINNING), literal=True)
        rows = pairs.group_by("row").agg(alike.any().alias("alike"))["alike"]
        if len(rows) >= FEW:
            yield place, round(float(rows.sum()) / len(rows), 3)


def _telling(values: pl.Series) -> pl.Series:
    """Which values are neither blank nor blank in words: `onbekend` is nobody's user name."""
    return values.is_not_null() & ~pl.Series(value_signs(values.fill_null(""))["neutral"])


def _words(column: str) -> pl.Expr:
    return _folded(_before(column)).str.replace_all(LETTERS, " ").str.split(" ")


def _plain(column: str, *, addressed: bool = False) -> pl.Expr:
    """The letters of a column in one piece, or of what stands in it before an `@`."""
    return _folded(_before(column) if addressed else pl.col(column)).str.replace_all(LETTERS, "")


def _before(column: str) -> pl.Expr:
    return pl.col(column).str.split("@").list.first().fill_null("")


def _folded(text: pl.Expr) -> pl.Expr:
    """Small letters without their marks."""
    return text.str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}", "")

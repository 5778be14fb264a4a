"""User names tell whose they are: `hargreg7` is made of the name in the same record, Gemma Hargreaves."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import polars as pl

from igmap.engine import Engine
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import FEW, MOST, Vote, share_of
from igmap.sources import Column
from igmap.vocabulary.values import value_signs

NAMED = frozenset({"name", "email"})
FORMS = ("handle", "shouted")
SAMPLE, RECORDS = "own_names_sample", 500
SETTLED, ALIKE = 0.9, 0.5  # confidence above which nothing is asked; share of the records above which it is no accident
SHORTEST, BEGINNING = 3, 5  # letters of a word of a name, and how many of them its bearer's user name begins with
LETTERS = r"[^a-z]+"


def own_name_votes(
    engine: Engine, columns: Sequence[Column], fields: Sequence[Field], evidence: Sequence[Evidence]
) -> dict[int, Vote]:
    """For columns that look like user names, by position, how often they are made of a name beside them.

    Args:
        engine: holds the tables.
        columns: of all tables.
        fields: as they were judged by themselves and by their neighbours.
        evidence: of each.
    """
    named, asked = defaultdict(list), defaultdict(list)
    for position, field in enumerate(fields):
        if field.verdict == "found" and field.category in NAMED:
            named[columns[position].table].append(position)
        elif _is_open(field, evidence[position]):
            asked[columns[position].table].append(position)
    votes: dict[int, Vote] = {}
    for table in asked.keys() & named.keys():
        for position, share in _shares(engine, columns, asked[table], named[table]):
            if share > ALIKE:
                reason: dict[str, str | int | float] = {
                    "code": "kin",
                    "field": fields[named[table][0]].name,
                    "share": share,
                }
                votes[position] = Vote("username", "own_name", share, reason)
    return votes


def _is_open(field: Field, counts: Evidence) -> bool:
    """Whether it looks like user names and nothing has settled what it is."""
    settled = field.category != "none" and field.confidence > SETTLED
    formed = sum(share_of(counts, form) for form in FORMS) > MOST
    particles = share_of(counts, "between") > MOST  # `van` is part of many a name
    return formed and not settled and not particles and not field.free_text and counts["distinct"] >= FEW


def _shares(
    engine: Engine, columns: Sequence[Column], asked: Sequence[int], named: Sequence[int]
) -> Iterator[tuple[int, float]]:
    """Of each column asked about the share of the records in which it is made of a name."""
    table, places = columns[asked[0]].table, [*asked, *named]
    engine.sample(SAMPLE, table, records=RECORDS, seed=0)
    held = engine.distinct(SAMPLE, [columns[place].column for place in places])
    engine.forget(SAMPLE)
    frame = pl.DataFrame({str(place): held.column(i) for i, place in enumerate(places)})
    words = pl.concat_list([_words(str(place)) for place in named])
    for place in asked:
        pairs = frame.select(own=_plain(str(place)), words=words).filter(_telling(frame[str(place)]))
        pairs = pairs.with_row_index("row")
        parts = pairs.explode("words").filter(pl.col("words").str.len_chars() >= SHORTEST)
        parts = parts.with_columns(made=pl.col("own").str.contains(pl.col("words").str.head(BEGINNING), literal=True))
        made = parts.group_by("row").agg(pl.col("made").any())["made"]
        if len(made) >= FEW:
            yield place, round(float(made.sum()) / len(made), 3)


def _telling(values: pl.Series) -> pl.Series:
    """Which values are neither blank nor blank in words: `onbekend` is nobody's user name."""
    return values.is_not_null() & ~pl.Series(value_signs(values.fill_null(""))["neutral"])


def _words(column: str) -> pl.Expr:
    before = pl.col(column).str.split("@").list.first().fill_null("")
    return _folded(before).str.replace_all(LETTERS, " ").str.split(" ")


def _plain(column: str) -> pl.Expr:
    return _folded(pl.col(column)).str.replace_all(LETTERS, "")


def _folded(text: pl.Expr) -> pl.Expr:
    """Small letters without their marks."""
    return text.str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}", "")

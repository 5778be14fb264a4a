"""What the values of a column say, counted over distinct values so that one repeated value is not counted twice.

Evidence is a bag of counts. Values of all columns stream by together, so that a pattern is compiled once for many
columns; the bags of one column add up over the batches.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import polars as pl
import pyarrow as pa

from igmap.engine import Engine
from igmap.errors import SourceError
from igmap.inventory.detectors import DETECTORS
from igmap.inventory.detectors.detector import ascii_only, marked
from igmap.inventory.people.names import files_with_names, names, not_names, place_hits
from igmap.inventory.people.values import name_hits
from igmap.sources import Column
from igmap.vocabulary import load_yaml

Evidence = Counter[str]

BATCH_VALUES, BATCH_BYTES = 250_000, 100_000_000  # a batch is weighed when it holds that many
SENTENCE_WORDS = 4
LONG_AGO = 1850  # a year before it is a number
PIVOT = 30  # of years in two digits, those above it are of the last century
DATE = r"^\s*(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T,].*)?$"
SHAPES = {
    "numbers": r"^\s*[-+]?[0-9]+(?:[.,][0-9]+)?%?\s*$",
    "hexadecimal": r"^0[xX][0-9A-Fa-f]+$",
    "digit": r"[0-9]",
    "amount": r"^\s*(?:€|EUR)?\s*-?[0-9]{1,3}(?:[., ]?[0-9]{3})*[.,][0-9]{2}\s*(?:€|EUR)?\s*$",
    "flag": r"^(?i:ja|nee|yes|no|true|false|waar|onwaar|j|n|y|wel|niet|0|1)$",
    "dialled": r"^[+(]?[0-9][0-9 ().,/-]{5,}[0-9]$",
    "streets": r"^\p{L}['’.]?[\p{L}'’. -]{2,40} [0-9]{1,4}(?: ?[-/]? ?(?:\p{L}{1,2}|bis|huis|[IVX]+|[0-9]{1,3}))?$",
}
OTHER_SHAPES = {  # of values that no detector claims
    "numbered": r"^[A-Za-z]{0,4}[-_#.]?[0-9]{3,}[A-Za-z]?$",
    "handle": r"^[a-z][a-z0-9._-]{2,29}$",
    "initials": r"^\p{Lu}\.(?: ?\p{L}h?\.)*$",
    "foreign": r"[\p{L}--\p{Latin}]",
    "at_handle": r"^@[A-Za-z0-9][A-Za-z0-9._-]{1,29}$",
    "mobile": r"^6[1-58][0-9]{7}$",
    "coordinates": r"^-?[0-9]{1,2}\.[0-9]{3,}\s*[,; ]\s*-?[0-9]{1,3}\.[0-9]{3,}$",
    "icd": r"^[A-Z][0-9]{2}(?:\.[0-9]{1,2})?$",
}
TITLE = r"\b(?:[Dd]hr|[Mm]evr|[Mm]w|[Mm]eneer|[Mm]evrouw|[Mm]ijnheer|[Hh]eer|[Jj]uf|Mr|Mrs|Ms)\.? [A-ZÀ-Þ]\p{L}+"
GREETING = r"(?:[Bb]este|[Hh]allo|[Hh]oi|[Hh]i|[Dd]ear|[Ll]ieve|[Dd]ag|[Gg]roet(?:en|jes)?|[Gg]r\.?),?\s+"
CAPITALISED = rf"(?:{GREETING})[A-ZÀ-Þ]\p{{L}}+|[A-ZÀ-Þ]\p{{L}}+(?: [a-z]{{1,4}}){{0,3}} [A-ZÀ-Þ]\p{{L}}+"


def gather(engine: Engine, columns: Sequence[Column]) -> list[Evidence | SourceError]:
    """The evidence of each column, over all its distinct values; or why they cannot be had: a server may be gone.

    Args:
        engine: holds the tables.
        columns: what to look at.
    """
    gathered: list[Evidence] = [Counter() for _ in columns]
    lost: dict[int, SourceError] = {}
    for batch in _batches(engine, columns, lost):
        for field, counts in weigh(batch):
            gathered[field].update(counts)
    return [lost.get(position, evidence) for position, evidence in enumerate(gathered)]


def _batches(engine: Engine, columns: Iterable[Column], lost: dict[int, SourceError]) -> Iterator[pl.DataFrame]:
    """Distinct values of many columns: `field` (position of the column), `value`, `rows`; fills in what is `lost`."""
    held: list[pl.DataFrame] = []
    for position, column in enumerate(columns):
        for batch in _values(engine, column, position, lost):
            held.append(pl.DataFrame(pl.from_arrow(batch)).with_columns(field=pl.lit(position, pl.Int32)))
            if sum(map(len, held)) >= BATCH_VALUES or sum(one.estimated_size() for one in held) >= BATCH_BYTES:
                yield pl.concat(held)
                held = []
    if held:
        yield pl.concat(held)


def _values(engine: Engine, column: Column, position: int, lost: dict[int, SourceError]) -> Iterator[pa.RecordBatch]:
    try:
        yield from engine.values(column.table, column.column)
    except SourceError as error:
        lost[position] = error


def weigh(batch: pl.DataFrame) -> Iterator[tuple[int, Evidence]]:
    """Count everything the verdict needs over one batch.

    Args:
        batch: `field`, `value` (distinct in its field, not blank), `rows` (records that hold it).

    Yields:
        A field and its counts: `distinct`, `rows`, `hit:email` (distinct values), `rows:email` (records) ….
    """
    values, rows = batch["value"], batch["rows"]
    signs = batch.select(
        "field",
        "rows",
        distinct=pl.lit(1),
        words=pl.col("value").str.count_matches(r"[ \n]") + 1,
        **{sign: pl.col("value").str.contains(pattern) for sign, pattern in SHAPES.items()},
    )
    sentence = (signs["words"] >= SENTENCE_WORDS) & values.str.contains(r"\p{L}{2}.* .*\p{L}{2}")
    found, rest = _detector_signs(values, rows)
    left = batch.filter(rest)
    words = pl.DataFrame(_name_signs(left["value"], left["rows"], sentence.filter(rest)))
    words = words.with_columns(
        **{sign: left["value"].str.contains(pattern) for sign, pattern in OTHER_SHAPES.items()},
        **_list_signs(left["value"]),
        **_special_signs(left["value"], left["rows"], sentence.filter(rest)),
    )
    yield from _counted(signs.with_columns(sentences=sentence, **found))
    yield from _counted(words.with_columns(left["field"]))
    yield from _years(batch)


def _counted(signs: pl.DataFrame) -> Iterator[tuple[int, Evidence]]:
    for counts in signs.group_by("field").agg(pl.all().cast(pl.Int64).sum()).to_dicts():
        yield counts.pop("field"), Counter({key: count for key, count in counts.items() if count})


def _detector_signs(values: pl.Series, rows: pl.Series) -> tuple[dict[str, pl.Series], pl.Series]:
    """What every detector says of every value, and which values are nothing as a whole."""
    signs: dict[str, pl.Series] = {}
    rest = pl.repeat(value=True, n=len(values), eager=True)
    any_rare = values.str.contains("|".join(f"(?:{ascii_only(d.pattern)})" for d in DETECTORS if d.rare))
    for detector in DETECTORS:
        if detector.rare and not any_rare.any():
            continue
        fired = detector.scan(values, rest & any_rare if detector.rare else rest)
        if not (fired["shape"].any() or fired["hit"].any()):
            continue
        rest &= ~fired["whole"]
        signs |= {f"{key}:{detector.id}": fired[key] for key in ("hit", "whole", "shape")}
        signs[f"rows:{detector.id}"] = rows * fired["hit"]
        signs[f"text:{detector.id}"] = rows * (fired["hit"] & ~fired["whole"])
    return signs, rest


def _name_signs(values: pl.Series, rows: pl.Series, sentence: pl.Series) -> dict[str, pl.Series]:
    named = name_hits(values.set(values.str.to_lowercase().is_in(list(not_names())), None))
    spoken = _names_in_text(values, sentence) | files_with_names(values)
    return {
        "name:hit": named["hit"],
        "name:several": named["hit"] & named["several"],
        "name:part": named["part"],
        "name:sure": named["sure"],
        "name:alike": named["alike"],
        "name:backed": named["backed"],
        "name:formed": named["formed"],
        "rows:name": rows * ((named["full"] & named["sure"]) | spoken),
        "spoken:name": rows * (named["hit"] | spoken),
        "text:name": spoken,
        "place": place_hits(values),
    }


def _names_in_text(values: pl.Series, sentence: pl.Series) -> pl.Series:
    """Which sentences name somebody: a title, greeting or family name stands beside a given name."""
    texts = values.to_frame("text").with_row_index("row").filter(sentence & ~values.str.contains(r"^\S+/\d"))
    found = texts.with_columns(span=pl.col("text").str.extract_all(CAPITALISED)).explode("span").drop_nulls("span")
    first = found["span"].str.replace(f"^{GREETING}", "").str.extract(r"^(\p{L}+)").str.to_lowercase()
    by_name = found.filter(first.is_in(names("given", words=False).implode()))["row"]
    by_title = texts.filter(pl.col("text").str.contains(TITLE))["row"]
    return pl.int_range(len(values), dtype=pl.get_index_type(), eager=True).is_in(
        pl.concat([by_name, by_title]).implode()
    )


def _list_signs(values: pl.Series) -> dict[str, pl.Series]:
    lowered = values.str.strip_chars().str.to_lowercase()
    lists = load_yaml("igmap.vocabulary", "lists.yaml")
    return {f"list:{category}": lowered.is_in([str(word) for word in words]) for category, words in lists.items()}


def _special_signs(values: pl.Series, rows: pl.Series, sentence: pl.Series) -> dict[str, pl.Series]:
    lowered = values.str.to_lowercase()
    signs: dict[str, pl.Series] = {}
    any_of = lowered.str.contains("|".join(special_patterns().values())).arg_true()
    for category, pattern in special_patterns().items():
        spoken = marked(len(values), any_of.filter(lowered.gather(any_of).str.contains(pattern)))
        signs |= {
            f"special:{category}": spoken,
            f"spoken:{category}": rows * spoken,
            f"rows:{category}": rows * (spoken & sentence),
        }
    return signs


@cache
def special_patterns() -> dict[str, str]:
    """One pattern per category of words that speak of it, for lower-cased text; a star is any rest of a word."""
    lists = load_yaml("igmap.vocabulary", "special.yaml")
    return {
        category: r"\b(?:" + "|".join(re.escape(word).replace(r"\*", "[a-zà-ÿ-]*") for word in words) + r")\b"
        for category, words in lists.items()
    }


def _years(batch: pl.DataFrame) -> Iterator[tuple[int, Evidence]]:
    """How many dates fall in which year, by field."""
    parts = pl.col("value").str.extract_groups(DATE)
    dates = batch.filter(pl.col("value").str.contains(DATE)).select(
        "field", first=parts.struct.field("1").cast(pl.Int32), last=parts.struct.field("3").cast(pl.Int32)
    )
    dates = dates.filter(~pl.col("first").is_between(32, LONG_AGO) & ~pl.col("last").is_between(100, LONG_AGO))
    written = pl.when(pl.col("first") > 31).then("first").otherwise("last")  # noqa: PLR2004 - no month has more days
    century = pl.when(written > 99).then(0).when(written > PIVOT).then(1900).otherwise(2000)  # noqa: PLR2004 - two digits
    for field, value, times in dates.group_by("field", (written + century).alias("year")).len().iter_rows():
        yield field, Counter({f"year:{value}": times, "dates": times})

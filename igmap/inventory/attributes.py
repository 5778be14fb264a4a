"""Tables with a record per attribute: WordPress' meta, answers, a form that somebody filled in, logs of changes.

The key in each record names its value as a header names a column, so the values of a key are judged under it. What
is found most telling among them is what the column of values holds.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import polars as pl
import pyarrow as pa

from igmap.engine import Engine
from igmap.inventory.evidence import counted
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.verdict import MIXED, Judging
from igmap.inventory.votes import Reason, Vote
from igmap.sources import Column
from igmap.vocabulary import CATEGORIES, header_cue, load_yaml
from igmap.vocabulary.tokens import name_tokens

SAMPLE, RECORDS, SEED = "attributes_sample", 20_000, 0
MOST_KEYS, AGAIN = 300, 2  # different keys of a table; records to a key at least
FORM_WIDTH, FORM_LENGTH, LABELLED = 3, 200, 0.4  # fields and records of a filled-in form; share of known labels in it
WEIGHT = 6.0  # log-odds, as much as a detector that most values pass
IDENTIFYING = {"direct": 3, "key": 2, "quasi": 1, "none": 0}


class Pair(NamedTuple):
    """Where the keys of a table stand, the values that they name, and whether they are the labels of one form."""

    key: int
    value: int
    is_form: bool = False


class Told(NamedTuple):
    """A key whose values are personal data: how telling, in how many records, and what they are."""

    rank: int
    rows: int
    category: str


def attribute_votes(
    judging: Judging,
    engine: Engine,
    columns: Sequence[Column],
    fields: Sequence[Field],
    evidence: Sequence[Evidence],
) -> dict[int, Vote]:
    """For columns of values, by position, what the keys beside them say.

    Args:
        judging: how the values of each key are judged.
        engine: holds the tables.
        columns: of all tables.
        fields: as they were judged by themselves and by their neighbours.
        evidence: of each.
    """
    votes = {}
    for pair in _pairs(columns, fields, evidence):
        parts = _parts(engine, columns[pair.key], columns[pair.value])
        told = [] if pair.is_form and not _are_labels(parts) else _told(parts, judging)
        if told:
            counts = {"count": len(told), "of": len(parts)}
            reason: Reason = {"code": "attributes", "field": fields[pair.key].name, **counts}
            votes[pair.value] = Vote(max(told).category, MIXED, 1.0, reason, unfitted=WEIGHT)
    return votes


def _pairs(columns: Sequence[Column], fields: Sequence[Field], evidence: Sequence[Evidence]) -> Iterator[Pair]:
    """Each column of values that nothing has settled, with the keys that stand nearest before it, else behind it."""
    words = {kind: set(load_yaml("igmap.inventory", "attributes.yaml")[kind]) for kind in ("keys", "values")}
    tables = defaultdict(list)
    for position, column in enumerate(columns):
        tables[column.table].append(position)
    for places in tables.values():
        keys = [at for at in places if _ends(columns[at].name, words["keys"]) and _recurs(evidence[at])]
        for value in places:
            if keys and _ends(columns[value].name, words["values"]) and not _settled(fields[value]):
                yield Pair(min(keys, key=lambda key: (key > value, abs(key - value))), value)
        if not keys and 1 < len(places) <= FORM_WIDTH and 0 < evidence[places[0]]["rows"] <= FORM_LENGTH:
            yield from (Pair(places[0], at, is_form=True) for at in places[1:] if not _settled(fields[at]))


def _settled(field: Field) -> bool:
    """Whether something is found that the keys need not explain; values of several kinds they do explain."""
    return field.verdict == "found" and all(reason["code"] != "mixed" for reason in field.reasons)


def _ends(name: str, words: set[str]) -> bool:
    tokens = name_tokens(name)
    return bool(tokens) and tokens[-1] in words


def _recurs(counts: Evidence) -> bool:
    return 1 < counts["distinct"] <= MOST_KEYS and counts["rows"] >= AGAIN * counts["distinct"]


def _parts(engine: Engine, key: Column, value: Column) -> list[pl.DataFrame]:
    """The values of each key (`key`, `value`, `rows`), in a sample of the records."""
    engine.sample(SAMPLE, key.table, records=RECORDS, seed=SEED)
    held = engine.distinct(SAMPLE, [key.column, value.column])
    engine.forget(SAMPLE)
    pairs = pl.DataFrame({"key": held.column(0), "value": held.column(1), "rows": held.column("rows")})
    return pairs.drop_nulls().partition_by("key", maintain_order=True)


def _are_labels(parts: Sequence[pl.DataFrame]) -> bool:
    known = [header_cue(str(part["key"][0])) for part in parts]
    return sum(cue is not None for cue in known) > max(2, LABELLED * len(known))


def _told(parts: Sequence[pl.DataFrame], judging: Judging) -> list[Told]:
    """What the keys hold that is personal."""
    if not parts:
        return []
    gathered = counted([[(at, _batch(part)) for at, part in enumerate(parts)]], len(parts), judging.detectors)
    names = [str(part["key"][0]) for part in parts]
    fields = judging.table(names, names, gathered)
    verdicts = [judging.verdict("", cast, counts) for cast, counts in zip(fields, gathered, strict=True)]
    return [
        Told(_rank(field.category), counts["rows"], field.category)
        for field, counts in zip(verdicts, gathered, strict=True)
        if field.verdict == "found" and field.category != "none"
    ]


def _batch(part: pl.DataFrame) -> pa.RecordBatch:
    table = part.select("value", "rows").to_arrow()
    return pa.RecordBatch.from_arrays([column.combine_chunks() for column in table.columns], ["value", "rows"])


def _rank(category: str) -> int:
    """How telling: what points at somebody goes before what is special, and that before the rest."""
    meaning = CATEGORIES[category]
    rank = 2 * IDENTIFYING[meaning.identifiability]
    return rank if meaning.special == "none" else max(rank, 2 * IDENTIFYING["key"]) + 1

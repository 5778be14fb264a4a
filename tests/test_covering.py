"""Which cells cover which values, and how many persons fit, against counting in the plainest way."""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.release.attacks.covering import Covering, covering, covers
from igmap.release.attacks.crowd import OPEN, by_cell, by_value, coded, persons
from igmap.release.attacks.target import WHO
from igmap.release.staged import Labels
from tests.examples import examples
from tests.release_cases import AGE, built

Value = str | None
LEAVES: list[Value] = ["20", "21", "24", "38", "41", "59", None]
LABELS: Labels = built("age", LEAVES, AGE).labels
LACKING: list[Value] = ["77", "20-24", "a | b"]
TOWNS: list[Value] = ["Goes", "Ede", "Ede | Goes", None]


def _written(members: Sequence[Value]) -> str:
    return " | ".join("(blank)" if one is None else one for one in members)


@st.composite
def cells(draw: st.DrawFn) -> tuple[Value, frozenset[Value]]:
    """A cell with the values that its writer meant: a label at a level, a set of values or labels, an interval."""
    kind, level = draw(st.sampled_from(["label", "set", "interval"])), draw(st.integers(0, LABELS.shape[1] - 1))
    if kind == "label":
        row = draw(st.integers(0, len(LEAVES) - 1))
        return LABELS[row, level], frozenset(_leaves(LABELS[row, level], level))
    if kind == "interval":
        low, high = sorted(draw(st.lists(st.sampled_from(LEAVES[:-1]), min_size=2, max_size=2)), key=str)
        return f"{low}-{high}", frozenset(one for one in LEAVES[:-1] if str(low) <= str(one) <= str(high))
    labels = list(dict.fromkeys(LABELS[:, level].tolist()))
    members = draw(st.lists(st.sampled_from(labels), min_size=min(2, len(labels)), unique=True))
    return _written(members), frozenset(leaf for label in members for leaf in _leaves(label, level))


def _leaves(label: Value, level: int) -> Iterator[Value]:
    return (row[0] for row in LABELS.tolist() if row[level] == label)


def _reads(text: Value) -> set[Value]:
    """What a text says as a label or as an interval, whatever its writer meant."""
    found = {leaf for level in range(LABELS.shape[1]) for leaf in _leaves(text, level)}
    for low in LEAVES[:-1]:
        for high in LEAVES[:-1]:
            if text == f"{low}-{high}":
                found |= {one for one in LEAVES[:-1] if str(low) <= str(one) <= str(high)}
    return found


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(cells(), min_size=1, max_size=8))
def test_a_cell_covers_the_values_that_it_may_be_read_as(drawn: list[tuple[Value, frozenset[Value]]]) -> None:
    meant: dict[Value, set[Value]] = {}
    for text, members in drawn:
        meant.setdefault(text, _reads(text)).update(members)
    values = [*LEAVES, *LACKING]
    found = covers(LABELS, pl.Series(list(meant), dtype=pl.String), pl.Series(values, dtype=pl.String))
    expected = [[value in meant[text] or value == text for text in meant] for value in values]
    assert found.tolist() == expected


def test_what_no_reading_fits_is_covered_by_its_like_only() -> None:
    texts = ["20 | 99", "99-20", "", "38-20", "*", "77"]
    found = covers(LABELS, pl.Series(texts), pl.Series([*LEAVES, *LACKING]))
    assert found.sum(axis=0).tolist() == [0, 0, 0, 0, len(LEAVES), 1]


rows = st.lists(
    st.tuples(
        st.sampled_from(["p", "q", "r", None]), st.sampled_from(LEAVES), st.sampled_from(TOWNS), st.integers(0, 3)
    ),
    min_size=1,
    max_size=12,
)
Row = tuple[Value, Value, Value, int]


def _tables(drawn: Sequence[Row]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Source values and released cells of some rows, the age at any level."""
    level = dict(zip(LEAVES, LABELS.tolist(), strict=True))
    known = pl.DataFrame(
        {WHO: [row[0] for row in drawn], "age": [row[1] for row in drawn], "town": [row[2] for row in drawn]},
        schema=dict.fromkeys((WHO, "age", "town"), pl.String),
    )
    return known, known.with_columns(pl.Series("age", [level[row[1]][row[3]] for row in drawn], dtype=pl.String))


def _fits(cell: tuple[Value, Value], value: tuple[Value, Value]) -> bool:
    return value[0] in _reads(cell[0]) and cell[1] == value[1]


@settings(max_examples=examples(80), deadline=None)
@given(drawn=rows)
def test_matches_are_the_classes_that_cover_all_that_is_known(drawn: list[Row]) -> None:
    known, released = _tables(drawn)
    classes = released.select("age", "town").unique(maintain_order=True)
    found = covering(classes, known.select("age", "town"), {"age": LABELS})
    expected = [[_fits(cell, value) for cell in classes.rows()] for value in known.select("age", "town").rows()]
    assert found.matches(["age", "town"]).tolist() == expected
    assert found.matches(["age", "town"], slice(1, 3)).tolist() == expected[1:3]
    assert found.matches([]).all()


def test_blocks_hold_everybody_once() -> None:
    blocks = Covering({}, height=30_000_000, asked=5).blocks
    assert [at for block in blocks for at in range(5)[block]] == list(range(5))
    assert len(blocks) == 5


@settings(max_examples=examples(80), deadline=None)
@given(drawn=rows, asks=st.sampled_from([("age",), ("town",), ("age", "town")]))
def test_persons_who_fit_are_counted_once(drawn: list[Row], asks: tuple[str, ...]) -> None:
    known, released = _tables(drawn)
    (source, values), (written, texts) = coded(known), coded(released)
    for table, other, cover in ((source, written, by_cell), (written, source, by_value)):
        covered = {field: cover({"age": LABELS}.get(field), texts[field], values[field]) for field in ("age", "town")}
        asked = other.select(pl.col(field) if field in asks else pl.lit(OPEN).alias(field) for field in ("age", "town"))
        found = persons(table, values if table is source else texts).fitting(asked.head(64), covered)
        for question, count in enumerate(found.tolist()):
            assert count == len(set(_who(known, released, question, asks=asks, by_cell=cover is by_cell)))


def _who(
    known: pl.DataFrame, released: pl.DataFrame, question: int, *, asks: tuple[str, ...], by_cell: bool
) -> Iterator[Value]:
    for at in range(known.height):
        cell, value = (
            released.row(question if by_cell else at, named=True),
            known.row(at if by_cell else question, named=True),
        )
        if all(
            value["age"] in _reads(cell["age"]) if field == "age" else cell[field] == value[field] for field in asks
        ):
            yield known[WHO][at]


def test_many_questions_take_bits_of_their_own() -> None:
    towns = pl.DataFrame({WHO: [str(n) for n in range(64)], "town": [str(n // 2) for n in range(64)]})
    table, different = coded(towns)
    cover = {"town": by_value(None, different["town"], different["town"])}
    found = persons(table, different).fitting(table.select("town"), cover)
    assert np.array_equal(found, np.full(64, 2))

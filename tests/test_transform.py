"""Transforming: each step does what its definition says, to persons, and leaves blanks, order and source alone."""

import base64
import hmac
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import count, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.anonymisation.transforming import (
    STEPS,
    Prepared,
    ReleaseKey,
    SourceTable,
    aggregate,
    check_steps,
    prepare,
    words,
)
from igmap.anonymisation.transforming.exchanging import aliases
from igmap.anonymisation.transforming.mdav import AS_ONE, Crowd, Points, group
from igmap.engine import DuckDBEngine
from igmap.errors import PlanError
from tests.examples import examples

KEY = ReleaseKey(b"of this release", 7)
NAMES = count()
Steps = Sequence[Mapping[str, Any]]
Cells = Sequence[str | None]
CANARY = "Kanarievogel"
SOUND: dict[str, Mapping[str, Any]] = {
    "top": {"top": 4},
    "bottom": {"bottom": 3},
    "round": {"round": 2},
    "bin": {"bin": [3]},
    "microaggregate": {"microaggregate": 2},
    "noise": {"noise": 3},
    "date_shift": {"date_shift": 30},
    "pram": {"pram": 0.5},
    "rank_swap": {"rank_swap": 0.5},
    "pseudonym": {"pseudonym": {}},
    "fake": {"fake": "first_name"},
    "redact": {"redact": {}},
}
quick = settings(max_examples=examples(30), deadline=None)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDBEngine]:
    """One engine for all tables."""
    with TemporaryDirectory() as folder:
        made = DuckDBEngine(Path(folder))
        yield made
        made.close()


def load(engine: DuckDBEngine, *columns: Cells, records: Sequence[int] = ()) -> str:
    name = f"t{next(NAMES)}"
    numbered = {"record": pa.array(records, pa.int64())} if records else {}
    cells = {f"c{i}": pa.array(column, pa.string()) for i, column in enumerate(columns, 1)}
    engine.load(name, pa.table(numbered | cells).to_reader())
    return name


def cells(engine: DuckDBEngine, table: str, column: str) -> Cells:
    """In order of the record."""
    rows = engine.distinct(table, ["record", column]).sort_by("record")
    found: Cells = rows[column].to_pylist()
    return found


def became(
    engine: DuckDBEngine,
    values: Cells,
    *steps: Mapping[str, Any],
    persons: Cells | None = None,
    key: ReleaseKey = KEY,
) -> Cells:
    """What a column of values becomes."""
    name = load(engine, values, *([persons] if persons else []))
    source = SourceTable(name, "c2" if persons else None, {"c1": "age"})
    return cells(engine, prepare(engine, source, {"c1": steps}, key).table, "c1")


def floats(values: Cells) -> np.ndarray:
    return np.array([float(value) for value in values if value is not None])


# numbers


@pytest.mark.parametrize(
    ("steps", "values", "become"),
    [
        ([{"top": 90}, {"bottom": 18}], ["90", "91", "4", "18", None], ["90", "90", "18", "18", None]),
        ([{"top": 2.5}], ["2,50", "1.234,5", "0,25"], ["2.5", "2.5", "0.25"]),
        ([{"round": 5}], ["12", "13", "-7.5", "2.5", " 7 "], ["10", "15", "-10", "5", "5"]),
        ([{"round": 0.25}], ["0.1", "0.13", "5"], ["0", "0.25", "5"]),
        ([{"bin": [0, 18, 65]}], ["-1", "0", "17", "18", "64", "65"], ["<0", "0-17", "0-17", "18-64", "18-64", ">=65"]),
        ([{"bin": [-5, 1.5]}], ["-6", "1.4", "1.5"], ["<-5", "(-5)-<1.5", ">=1.5"]),
        ([{"top": {"at": 5, "notation": "comma"}}], ["1.000", "0"], ["5", "0"]),
        ([{"bottom": {"at": 1.5, "notation": "point"}}], ["1.0055", "2.125"], ["1.5000", "2.1250"]),
    ],
)
def test_numbers_are_cut_off_rounded_and_put_in_classes(
    engine: DuckDBEngine, steps: Steps, values: Cells, become: Cells
) -> None:
    assert became(engine, values, *steps) == become


@pytest.mark.ci
def test_noise_has_the_variance_and_the_tails_of_its_distribution(engine: DuckDBEngine) -> None:
    table, rows = load(engine, ["100"] * 20_000, ["100"] * 20_000), 20_000
    kinds = {"c1": "laplace", "c2": "gaussian"}
    steps: dict[str, Steps] = {c: [{"noise": {"scale": 3, "distribution": d, "decimals": 6}}] for c, d in kinds.items()}
    made = prepare(engine, SourceTable(table), steps, KEY)
    for column, variance, kurtosis in (("c1", 2 * 3.0**2, 6), ("c2", 3.0**2, 3)):
        noise = floats(cells(engine, made.table, column)) - 100
        assert abs(noise.mean()) < 4 * math.sqrt(variance / rows)
        assert noise.var() == pytest.approx(variance, rel=0.08)
        assert (noise**4).mean() / noise.var() ** 2 == pytest.approx(kurtosis, rel=0.2)


def test_noise_is_the_inverse_distribution_of_a_keyed_digest(engine: DuckDBEngine) -> None:
    digest = hmac.digest(KEY.drawn("noise c1 1"), b"pann\x1f7", "sha256").hex()
    u = (int(digest[:13], 16) + 0.5) / 2**52
    noise = -2 * math.copysign(1, u - 0.5) * math.log(1 - 2 * abs(u - 0.5))
    found = became(engine, ["7"], {"noise": {"scale": 2, "decimals": 6}}, persons=[" Ann"])
    assert float(found[0] or "") == pytest.approx(7 + noise, abs=1e-6)


def test_the_same_value_of_a_person_gets_the_same_noise_so_that_a_mean_tells_nothing(engine: DuckDBEngine) -> None:
    values: Cells = ["50"] * 40
    people: Cells = ["a", "A "] * 10 + ["b"] * 20
    step = {"scale": 5, "decimals": 4}
    once = became(engine, values, {"noise": step}, persons=people)
    assert len(set(once[:20])) == len(set(once[20:])) == 1
    assert once[0] != once[-1]
    assert len(set(became(engine, values, {"noise": step | {"per": "record"}}, persons=people))) > 30


def mdav_by_definition(points: list[tuple[float, ...]], people: list[set[str]], k: int) -> set[frozenset[int]]:
    """As Domingo-Ferrer and Torra write it down, a point at a time."""
    left, groups = list(range(len(points))), []

    def held(some: Sequence[int]) -> int:
        return len(set().union(*(people[i] for i in some)))

    def near(seed: int) -> list[int]:
        taken: list[int] = []
        for i in sorted(left, key=lambda i: (math.dist(points[i], points[seed]), i)):
            if held(taken) < k:
                taken.append(i)
        return taken

    while held(left) >= 2 * k:
        centre = tuple(np.mean([points[i] for i in left], axis=0))
        far = max(left, key=lambda i: (math.dist(points[i], centre), -i))
        opposite = max(left, key=lambda i: (math.dist(points[i], points[far]), -i))
        for seed in [far, opposite] if held(left) >= 3 * k else [far]:
            if seed in left:
                taken = near(seed)
                rest = [i for i in left if i not in taken]
                taken, left = (left, []) if held(rest) < k else (taken, rest)
                groups.append(frozenset(taken))
    return {*groups, *([frozenset(left)] if left else [])}


@quick
@given(st.data())
def test_groups_are_those_of_mdav_and_each_holds_k_persons(data: st.DataObject) -> None:
    width = data.draw(st.integers(1, 3))
    cell = st.integers(0, 10_000).map(lambda i: i * 1.0)
    points = sorted(data.draw(st.sets(st.tuples(*[cell] * width), min_size=4, max_size=25)))
    people = [data.draw(st.sets(st.sampled_from("abcdefghijklmnop"), min_size=1, max_size=3)) for _ in points]
    k = data.draw(st.integers(2, 4))
    if len(set().union(*people)) < k:
        return
    pairs = sorted({(i, ord(one)) for i, some in enumerate(people) for one in some})
    crowd = Crowd.of(*np.array(pairs).T)
    places = np.array(points)
    spread = places.std(axis=0)
    found = group(Points(places, np.ones(len(points), int), crowd), k)
    scaled = [tuple(point) for point in places / np.where(spread > 0, spread, 1)]
    groups = {frozenset(np.flatnonzero(found == number).tolist()) for number in set(found)}
    assert all(len(set().union(*(people[i] for i in some))) >= k for some in groups)
    assert groups == mdav_by_definition(scaled, people, k)


def test_many_points_are_grouped_in_blocks_that_hold_k_persons_too() -> None:
    size = AS_ONE + 500
    owners = np.arange(size) // 40  # neighbours are of one person
    crowd = Crowd.of(np.arange(size), owners)
    found = group(Points(np.arange(size, dtype=float)[:, None], np.ones(size, int), crowd), 3)
    held = [len(set(owners[found == number])) for number in range(found.max() + 1)]
    assert min(held) >= 3
    assert len(held) > 20


def test_means_keep_the_sum_count_persons_and_leave_blanks(engine: DuckDBEngine) -> None:
    values: Cells = ["1", "1", "1", "2", "3", "10", "11", "12", None]
    people: Cells = ["a", "a", "a", "b", "c", "d", "e", "f", "g"]
    found = became(engine, values, {"microaggregate": 3}, persons=people)
    assert found == ["1.6"] * 5 + ["11"] * 3 + [None]


def test_records_without_a_person_count_as_one_person_together(engine: DuckDBEngine) -> None:
    people: Cells = [None, None, " ", "a"]
    with pytest.raises(PlanError, match="only 2 persons have a value, fewer than the 3"):
        became(engine, ["1", "2", "3", "4"], {"microaggregate": 3}, persons=people)


def test_columns_of_a_group_are_taken_together_where_the_same_are_blank(engine: DuckDBEngine) -> None:
    table = load(engine, ["1", "9", "2", "8", "5", "7"], ["10", "90", "20", "80", None, None])
    step = {"microaggregate": {"k": 2, "group": "marks"}}
    made = prepare(engine, SourceTable(table), {"c1": [step], "c2": [{"top": 85}, step]}, KEY)
    assert cells(engine, made.table, "c1") == ["1.5", "8.5", "1.5", "8.5", "6", "6"]
    assert cells(engine, made.table, "c2") == ["15", "82.5", "15", "82.5", None, None]
    assert [(done.columns, dict(done.counts)) for done in made.done if done.counts] == [(("c1", "c2"), {"groups": 3})]


# values of somebody else


PRAMMED: Cells = ["a"] * 10_000 + ["b"] * 4_000 + ["c"] * 2_000


def test_pram_changes_the_share_that_was_asked_to_any_other_value_alike(engine: DuckDBEngine) -> None:
    pairs = Counter(zip(PRAMMED, became(engine, PRAMMED, {"pram": 0.3}), strict=True))
    for own, rows in Counter(PRAMMED).items():
        for other in "abc":
            expected = 0.7 if own == other else 0.15
            assert pairs[own, other] / rows == pytest.approx(expected, abs=4 * math.sqrt(0.21 / rows))


def test_invariant_pram_keeps_the_distribution_and_changes_as_much(engine: DuckDBEngine) -> None:
    found = became(engine, PRAMMED, {"pram": {"share": 0.3, "invariant": True}})
    assert sum(a != b for a, b in zip(PRAMMED, found, strict=True)) / 16_000 == pytest.approx(0.3, abs=0.015)
    for value, rows in Counter(PRAMMED).items():
        assert Counter(found)[value] == pytest.approx(rows, abs=4 * math.sqrt(rows))


@quick
@given(st.lists(st.integers(1, 50), min_size=1, max_size=12))
def test_the_alias_table_gives_each_value_its_weight(weights: list[int]) -> None:
    table = aliases([str(i) for i in range(len(weights))], [float(weight) for weight in weights]).to_pylist()
    chances = Counter[str]()
    for row in table:
        chances[row["label"]] += row["threshold"] / len(table)
        chances[row["other"]] += (1 - row["threshold"]) / len(table)
    assert [chances[str(i)] for i in range(len(weights))] == pytest.approx([w / sum(weights) for w in weights])


def test_pram_refuses_to_change_more_than_a_column_allows(engine: DuckDBEngine) -> None:
    with pytest.raises(PlanError, match=r"column 'age': at most 50% of its cells can change, .* 2 different"):
        became(engine, ["a", "b"], {"pram": 0.6})


def test_swapped_values_stay_within_the_share_of_ranks_and_keep_the_distribution(engine: DuckDBEngine) -> None:
    order = np.random.default_rng(1).permutation(400)
    values: Cells = [str(value) for value in order]
    found = became(engine, values, {"rank_swap": 0.05})
    assert sorted(map(str, found)) == sorted(map(str, values))
    moved = np.abs(floats(found) - order)
    assert 0 < moved.max() <= 0.05 * 400
    assert (moved > 0).mean() > 0.9


def test_a_persons_value_is_swapped_once_however_many_records_have_it(engine: DuckDBEngine) -> None:
    people: Cells = [f"p{i // 3}" for i in range(60)]
    found = became(engine, [str(i // 3) for i in range(60)], {"rank_swap": 0.3}, persons=people)
    assert all(len(set(found[i : i + 3])) == 1 for i in range(0, 60, 3))
    assert len(set(found)) == 20


def test_dates_are_swapped_by_day_and_too_small_a_share_is_refused(engine: DuckDBEngine) -> None:
    days: Cells = [f"{day}-3-2024" for day in range(1, 21)]
    found = became(engine, days, {"rank_swap": {"share": 0.1, "of": "dates"}})
    moved = [abs(date.fromisoformat(str(one)).day - day) for day, one in enumerate(found, 1)]
    assert max(moved) in {1, 2}
    with pytest.raises(PlanError, match=r"0\.01 of 20 ranks is less than one"):
        became(engine, days, {"rank_swap": {"share": 0.01, "of": "dates"}})


# dates

DATES: Cells = ["1-3-2024", "2024-03-05T23:10:00Z", "20240229", "1709596800", "5 mei 2024", "31/12/2023"]


def shifted(engine: DuckDBEngine, steps: Steps, people: Cells, dates: Cells = DATES) -> list[date]:
    return [date.fromisoformat(str(found)) for found in became(engine, dates, *steps, persons=people)]


READ = [date(2024, 3, 1), date(2024, 3, 5), date(2024, 2, 29), date(2024, 3, 5), date(2024, 5, 5), date(2023, 12, 31)]


def test_all_dates_of_a_person_move_by_as_much_whatever_their_notation(engine: DuckDBEngine) -> None:
    found = shifted(engine, [{"date_shift": 30}], ["a", "A", " a", "a", "a", "a"])
    (shift,) = {new - old for new, old in zip(found, READ, strict=True)}
    assert 1 <= abs(shift.days) <= 30


def test_shifts_cover_their_range_without_nought_and_weeks_keep_the_day_of_the_week(engine: DuckDBEngine) -> None:
    people: Cells = [f"p{i}" for i in range(600)]
    days: Cells = ["2024-03-01"] * 600
    found = {(new - date(2024, 3, 1)).days for new in shifted(engine, [{"date_shift": 3}], people, days)}
    assert found == {-3, -2, -1, 1, 2, 3}
    weeks = {(new - date(2024, 3, 1)).days for new in shifted(engine, [{"date_shift": {"weeks": 2}}], people, days)}
    assert weeks == {-14, -7, 7, 14}


def test_a_shift_follows_from_person_and_secret_over_columns_tables_and_seeds(engine: DuckDBEngine) -> None:
    step = [{"date_shift": 300}]
    one = load(engine, ["2024-01-01", "2023-01-01"], ["ann", "bob"], ["2024-02-01", None])
    made = prepare(engine, SourceTable(one, "c2"), {"c1": step, "c3": step}, ReleaseKey(KEY.secret, 1)).table
    first, second = (date.fromisoformat(str(cells(engine, made, column)[0])) for column in ("c1", "c3"))
    assert second - first == timedelta(31)
    two = load(engine, ["Bob", "Ann"], ["2023-01-01", "2024-01-01"])
    other = prepare(engine, SourceTable(two, "c1"), {"c2": step}, ReleaseKey(KEY.secret, 2)).table
    found = cells(engine, other, "c2")
    assert found == cells(engine, made, "c1")[::-1]
    unlike = prepare(engine, SourceTable(two, "c1"), {"c2": step}, ReleaseKey(b"other")).table
    assert cells(engine, unlike, "c2") != found


def test_time_goes_unless_it_is_asked_for_and_fillers_stay(engine: DuckDBEngine) -> None:
    days: Cells = ["2024-03-05 23:10:59", "0001-01-01", "9999-12-31", None]
    gone = became(engine, days, {"date_shift": 30}, persons=["a"] * 4)
    kept = became(engine, days, {"date_shift": {"days": 30, "time": True}}, persons=["a"] * 4)
    assert kept == [f"{gone[0]} 23:10:59", "0001-01-01", "9999-12-31", None]
    assert gone[1:] == ["0001-01-01", "9999-12-31", None]


def test_slashes_that_can_be_read_in_two_ways_need_a_notation(engine: DuckDBEngine) -> None:
    with pytest.raises(PlanError, match="day and month cannot be told apart; say 'notation'"):
        became(engine, ["1/2/2024", "3/4/2024"], {"date_shift": 1})
    found = became(engine, ["1/2/2024", "3/4/2024"], {"date_shift": {"days": 1, "notation": "month_first"}})
    assert {str(value)[:7] for value in found} <= {"2024-01", "2024-03"}


# names and text


def test_a_pseudonym_is_the_keyed_digest_of_the_value_without_spaces_and_capitals(engine: DuckDBEngine) -> None:
    values: Cells = ["Ann", " ann ", "O'Brien\x00;--", "😀", "١٢", None, ""]
    found = became(engine, values, {"pseudonym": {"length": 20}})
    key = hmac.digest(KEY.secret, b"pseudonym ", "sha256")

    def expected(value: str) -> str:
        return base64.b32hexencode(hmac.digest(key, value.strip().lower().encode(), "sha256")).decode().lower()[:20]

    assert found == [expected(str(value)) for value in values[:5]] + [None, ""]


def test_pseudonyms_are_the_same_over_columns_and_tables_unless_kinds_are_told_apart(engine: DuckDBEngine) -> None:
    table = load(engine, ["17", "18"], ["18", "17"], ["17", "x"])
    steps: dict[str, Steps] = {c: [{"pseudonym": {}}] for c in ("c1", "c2")} | {"c3": [{"pseudonym": "teacher"}]}
    made = prepare(engine, SourceTable(table), steps, KEY)
    assert cells(engine, made.table, "c1") == cells(engine, made.table, "c2")[::-1]
    assert cells(engine, made.table, "c3")[0] not in cells(engine, made.table, "c1")
    assert made.changed == {"c1": 2, "c2": 2, "c3": 2}


def test_two_values_with_one_pseudonym_are_told_and_nothing_is_kept(
    engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("igmap.engine.changes.Pseudonymised.cell", lambda _self, _column: "left(s.h, 1)")
    table = load(engine, [str(i) for i in range(40)])
    with pytest.raises(PlanError, match="40 values got only 16 pseudonyms; raise 'length'"):
        prepare(engine, SourceTable(table), {"c1": [{"pseudonym": {}}]}, KEY)
    assert not engine._run(f"SELECT * FROM information_schema.tables WHERE table_name = '{table}_prepared'").fetchall()


def test_made_up_values_are_none_of_the_real_ones_and_one_for_each(engine: DuckDBEngine) -> None:
    first = became(engine, [f"value {i}" for i in range(60)], {"fake": "last_name"})
    assert len(set(first)) == 60
    again = became(engine, first, {"fake": "last_name"})
    assert len(set(again)) == 60
    assert not set(first) & set(again)
    same = became(engine, ["Value 3 ", "value 9", None], {"fake": "last_name"})
    assert same == [first[3], first[9], None]


def test_made_up_values_that_few_can_be_are_shared_and_told(
    engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("igmap.anonymisation.transforming.naming.TRIES", 1)
    table = load(engine, [f"v{i}" for i in range(150)])
    made = prepare(engine, SourceTable(table), {"c1": [{"fake": {"what": "first_name", "locale": "en_GB"}}]}, KEY)
    shared = [times for times in Counter(cells(engine, made.table, "c1")).values() if times > 1]
    assert made.done[0].counts == {"values": 150, "not unique": sum(shared)}
    assert shared


@pytest.mark.ci
def test_recognised_spans_become_what_they_are_and_are_counted(engine: DuckDBEngine) -> None:
    text = "😀 Beste Fatima, Jan-Willem de Vries belt op 3 mei 2024 06-12345678 of mailt jan@voorbeeld.nl."
    texts: Cells = [text, "geen namen hier", None, "bel: jan@voorbeeld.nl", text, " "]
    only = {"redact": {"only": ["email"], "language": "en"}}
    table = load(engine, texts, texts)
    made = prepare(engine, SourceTable(table), {"c1": [{"redact": {}}], "c2": [only]}, KEY)
    redacted = "😀 Beste [PERSOON-1], [PERSOON-2] belt op [DATUM] [TELEFOON] of mailt [E-MAIL]."
    assert cells(engine, made.table, "c1") == [redacted, "geen namen hier", None, "bel: [E-MAIL]", redacted, " "]
    assert cells(engine, made.table, "c2")[0] == text.replace("jan@voorbeeld.nl", "[E-MAIL]")
    assert [dict(done.counts) for done in made.done] == [{"date": 2, "email": 3, "name": 2, "phone": 2}, {"email": 3}]
    assert made.changed == {"c1": 3, "c2": 3}


def test_within_a_thread_a_person_has_one_number_whatever_else_becomes_of_the_thread(engine: DuckDBEngine) -> None:
    texts: Cells = ["Fatima El Amrani belde.", "Mw. El Amrani en Jan de Vries", "J. de Vries mailde.", "Fatima?", None]
    tickets: Cells = ["a", "a", "a", "b", "b"]
    source = SourceTable(load(engine, texts, tickets, texts), fields={"c1": "text", "c2": "ticket", "c3": "again"})
    steps: dict[str, Steps] = {
        "c2": [{"pseudonym": {}}], "c1": [{"redact": {"thread": "ticket"}}], "c3": [{"redact": {"only": ["name"]}}],
    }  # fmt: skip
    made = prepare(engine, source, steps, KEY)
    assert cells(engine, made.table, "c1") == [
        "[PERSOON-1] belde.", "Mw. [PERSOON-1] en [PERSOON-2]", "[PERSOON-2] mailde.", "[PERSOON-1]?", None,
    ]  # fmt: skip
    assert cells(engine, made.table, "c3")[2] == "[PERSOON-1] mailde."
    with pytest.raises(PlanError, match="its 'thread' names no column 'tickets'; did you mean 'ticket'"):
        prepare(engine, source, {"c1": [{"redact": {"thread": "tickets"}}]}, KEY)


# persons


def test_a_sample_takes_persons_with_all_their_records_and_the_same_in_every_table(engine: DuckDBEngine) -> None:
    people: Cells = [f"p{i % 300}" for i in range(900)]
    one = prepare(engine, SourceTable(load(engine, people), "c1"), {}, ReleaseKey(b"s", 1), sample=0.4)
    counted = Counter(cells(engine, one.table, "c1"))
    assert set(counted.values()) == {3}
    assert len(counted) == pytest.approx(120, abs=4 * math.sqrt(300 * 0.24))
    two = prepare(engine, SourceTable(load(engine, people[:300]), "c1"), {}, ReleaseKey(b"s", 2), sample=0.4)
    assert set(cells(engine, two.table, "c1")) == set(counted)
    assert one.rows == 3 * two.rows
    with pytest.raises(PlanError, match="above 0, at most 1"):
        prepare(engine, SourceTable(one.table), {}, KEY, sample=0)


def test_a_person_comes_to_one_row(engine: DuckDBEngine) -> None:
    table = load(
        engine,
        ["a", "b", "A ", None, None],
        ["7,5", "1.000,25", None, "2", "3"],
        ["3-1-2024", "2024-02-01", "2023-12-31", None, None],
        ["x", None, "w", "q", "q"],
    )
    made = aggregate(
        engine,
        SourceTable(table, "c1"),
        {
            "marks": ("count", "c2"),
            "total": ("sum", "c2"),
            "mean": ("mean", "c2"),
            "best": ("max", "c2"),
            "begin": ("min", "c3"),
            "first": ("first", "c4"),
            "last": ("last", "c4"),
            "any": ("any", "c4"),
        },
    )
    rows = engine.distinct(made, ["record", *engine.describe(made)[1]]).sort_by("record").to_pylist()
    assert [tuple(row[f"c{i}"] for i in range(1, 10)) for row in rows] == [
        ("a", "1", "7.5", "7.5000", "7.5", "2023-12-31", "x", "w", "w"),
        ("b", "1", "1000.25", "1000.2500", "1000.25", "2024-02-01", None, None, None),
        (None, "1", "2", "2.0000", "2", None, "q", "q", "q"),
        (None, "1", "3", "3.0000", "3", None, "q", "q", "q"),
    ]
    with pytest.raises(PlanError, match="unknown function 'summ'; did you mean 'sum'"):
        aggregate(engine, SourceTable(table, "c1"), {"n": ("summ", "c2")})


# laws


def column_for(step: str) -> Cells:
    days: Cells = ["2024-01-05", "2023-11-30", "5-1-2024", "2024-02-29 10:00"]
    return days if step == "date_shift" else ["2", "5", "7", "3"]


LAWFUL = {f"c{place}": step for place, step in enumerate([step for step in STEPS if step != "redact"], 1)}
SOUNDLY: dict[str, Steps] = {column: [SOUND[step]] for column, step in LAWFUL.items()}


def test_blanks_stay_the_source_stays_and_the_order_of_rows_does_not_matter(engine: DuckDBEngine) -> None:
    columns: list[Cells] = [[*column_for(step), *column_for(step), None, "", " "] for step in LAWFUL.values()]
    people: Cells = [f"p{i}" for i in range(11)]
    who, numbers = f"c{len(columns) + 1}", list(range(1, 12))
    tables = [
        load(engine, *columns, people, records=numbers),
        load(engine, *(column[::-1] for column in columns), people[::-1], records=numbers[::-1]),
    ]
    made = [prepare(engine, SourceTable(name, who), SOUNDLY, KEY).table for name in tables]
    for (column, step), values in zip(LAWFUL.items(), columns, strict=True):
        found = cells(engine, made[0], column)
        assert found == cells(engine, made[1], column), step
        assert found[-3:] == [None, "", " "], step
        assert cells(engine, tables[0], column) == values, step
    assert cells(engine, made[0], who) == people
    assert engine.describe(made[0]) == (11, [*LAWFUL, who])


@pytest.mark.ci
def test_the_secret_decides_all_that_is_drawn_and_the_seed_what_is_drawn_in_one_table(engine: DuckDBEngine) -> None:
    table = load(engine, *[list(column_for(step)) * 10 for step in LAWFUL.values()])
    keys = [ReleaseKey(b"a", 1), ReleaseKey(b"a", 1), ReleaseKey(b"b", 1), ReleaseKey(b"a", 2)]
    found = []
    for key in keys:
        made = prepare(engine, SourceTable(table), SOUNDLY, key).table
        found.append({step: cells(engine, made, column) for column, step in LAWFUL.items()})
    same, secret, seed = ({step for step in found[0] if found[0][step] != other[step]} for other in found[1:])
    assert same == set()
    assert secret == {"noise", "date_shift", "pram", "rank_swap", "pseudonym", "fake"}
    assert seed == {"noise", "pram", "rank_swap"}


@pytest.mark.parametrize("step", ["top", "microaggregate", "date_shift", "rank_swap"])
def test_what_cannot_be_read_is_an_error_with_its_number_and_no_value(engine: DuckDBEngine, step: str) -> None:
    bad: Cells = [f"{CANARY}'; DROP TABLE x; --", "1e308", "١٢", "x\x00y", "😀", "NaN", "2024-02-30"]
    made = {"of": "dates", "share": 0.5} if step == "rank_swap" else None
    chosen = {step: made} if made else SOUND[step]
    good = "2024-01-01" if step in {"date_shift", "rank_swap"} else "5"
    with pytest.raises(PlanError, match=r"column 'age': 14 of its cells are not") as raised:
        became(engine, [*bad, *bad, good, None], chosen)
    assert CANARY not in str(raised.value)
    assert not engine._run("SELECT * FROM information_schema.tables WHERE table_name LIKE '%step%'").fetchall()


def test_what_cannot_be_read_is_made_blank_and_told_on_request(engine: DuckDBEngine) -> None:
    table = load(engine, ["7", "zeven", "zeven", None], ["2024-01-01", "x", "2024-02-30", None])
    blank = {"otherwise": "blank"}
    steps: dict[str, Steps] = {"c1": [{"top": {"at": 5, **blank}}], "c2": [{"date_shift": {"days": 1, **blank}}]}
    made = prepare(engine, SourceTable(table), steps, KEY)
    assert cells(engine, made.table, "c1") == ["5", None, None, None]
    assert [value is None for value in cells(engine, made.table, "c2")] == [False, True, True, True]
    assert [done.counts["made blank"] for done in made.done] == [2, 2]


def test_hostile_values_go_through_the_steps_on_text(engine: DuckDBEngine) -> None:
    hostile: Cells = ["'; DROP TABLE x; --", '"', "a\x00b", "😀", "1e308", "١٢", "\u202e", "{0}", "%s"] * 3
    assert set(became(engine, hostile, {"pram": 0.5})) <= set(hostile)
    assert len(set(became(engine, hostile, {"pseudonym": {}}))) == 9
    assert not set(became(engine, hostile, {"fake": "city"})) & set(hostile)


def test_what_becomes_of_a_column_does_not_depend_on_the_steps_of_others(engine: DuckDBEngine) -> None:
    table = load(engine, ["1,5", "2", "3"], ["5", "6", "7"])
    alone = cells(engine, prepare(engine, SourceTable(table), {"c2": [{"noise": 9}]}, KEY).table, "c2")
    steps: dict[str, Steps] = {"c1": [{"top": 2}, {"noise": 9}], "c2": [{"noise": 9}]}
    assert cells(engine, prepare(engine, SourceTable(table), steps, KEY).table, "c2") == alone


def test_a_draw_does_not_show_its_key(engine: DuckDBEngine) -> None:
    assert "of this release" not in repr(KEY)
    made: Prepared = prepare(engine, SourceTable(load(engine, ["1", "2"])), {"c1": [{"noise": 1}]}, KEY)
    assert KEY.drawn("noise c1 1").hex() not in repr(made)


# what is said


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([{"rond": 5}], "unknown step 'rond'; did you mean 'round'?"),
        (
            [{"noise": {"scale": 1, "distrbution": "laplace"}}],
            "unknown setting 'distrbution'; did you mean 'distribution'",
        ),
        ([{"round": 0}], "'to' must be a number above 0"),
        ([{"top": True}], "'at' must be a number"),
        ([{"top": float("inf")}], "'at' must be a number"),
        ([{"bin": [3, 3]}], "'at' must be a rising list"),
        ([{"noise": {}}], "say 'scale'"),
        ([{"microaggregate": 1}], "a whole number from 2"),
        ([{"date_shift": {}}], "say 'days', or 'weeks'"),
        ([{"date_shift": {"days": 3, "weeks": 3}}], "say 'days', or 'weeks'"),
        ([{"fake": "phone_number"}], "telephone numbers"),
        ([{"redact": ["health"]}], "'only' must be a list of what igmap recognises"),
        ([{"bin": [1]}, {"round": 5}], "step 'round' needs a number, but the step before it leaves a text"),
        ([{"date_shift": 3}, {"rank_swap": 0.1}], "needs a number, but the step before it leaves a date"),
        ([{"pseudonym": {}}, {"pram": 0.1}], "step 'pseudonym' must be the last"),
        ([{"top": 1, "bottom": 0}], "a mapping with one key"),
        ([{"rank_swap": {"share": 0.1, "of": "dates", "notation": "comma"}}], "must be day_first or month_first"),
        ([{"rank_swap": 1.5}], "'share' must be a share of the ranks"),
    ],
)
def test_unsound_steps_are_refused_with_what_to_do(steps: Steps, told: str) -> None:
    with pytest.raises(PlanError, match="column 'age': ") as raised:
        check_steps("age", steps)
    assert told in str(raised.value)


def test_an_unknown_locale_and_groups_that_disagree_are_refused(engine: DuckDBEngine) -> None:
    with pytest.raises(PlanError, match="unknown locale 'nl_NX'; did you mean"):
        became(engine, ["x"], {"fake": {"what": "name", "locale": "nl_NX"}})
    table = load(engine, ["1", "2"], ["1", "2"])
    groups = [{"microaggregate": {"k": 2, "group": group}} for group in ("g", "h")]
    with pytest.raises(PlanError, match="wait for each other"):
        prepare(engine, SourceTable(table), {"c1": groups, "c2": groups[::-1]}, KEY)
    other = {"microaggregate": {"k": 3, "group": "g"}}
    with pytest.raises(PlanError, match="same settings"):
        prepare(engine, SourceTable(table), {"c1": groups[:1], "c2": [other]}, KEY)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_step_says_what_a_column_becomes_and_each_setting_changes_the_words(lang: str) -> None:
    for step in SOUND.values():
        check_steps("age", [step])
        assert "{" not in words([step], lang)
    differing: list[Steps] = [
        [{"date_shift": 30}],
        [{"date_shift": {"weeks": 30}}],
        [{"date_shift": {"weeks": 30, "time": True}}],
        [{"pram": 0.2}],
        [{"pram": {"share": 0.2, "invariant": True}}],
        [{"pram": {"share": 0.2, "per": "record"}}],
        [{"noise": 2}],
        [{"noise": {"scale": 2, "distribution": "gaussian"}}],
        [{"pseudonym": {}}],
        [{"pseudonym": {"keep_key": True}}],
        [{"rank_swap": 0.1}],
        [{"rank_swap": {"share": 0.1, "otherwise": "blank"}}],
        [{"microaggregate": 5}],
        [{"microaggregate": {"k": 5, "group": "marks"}}],
        [{"redact": {}}],
        [{"redact": ["name", "date"]}],
        [{"redact": {"thread": "ticket"}}],
    ]
    said = [words(steps, lang) for steps in differing]
    assert len(set(said)) == len(said)
    assert all(len(one) < len(more) for one, more in pairwise(said[3:5]))

"""Attacks over classes and predicates: closed forms on constructed tables, brute force on small random ones."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.release.attacks import TRIES
from igmap.release.attacks.background import background
from igmap.release.attacks.giving_away import giving_away
from igmap.release.attacks.isolating import isolating
from igmap.release.attacks.pointing import pointing
from igmap.release.attacks.subsets import subsets
from igmap.release.attacks.target import WHO, Target
from igmap.release.staged import Labels
from igmap.release.wording import say
from tests.examples import examples
from tests.release_cases import AGE, Row, built

AGES = ["20", "21", "24", "38", "41", None]
LABELS: Labels = built("age", AGES, AGE).labels
TOWN: Labels = built("town", ["Goes", "Ede", None], {"categorical": True}).labels


def frame(names: Sequence[str], rows: Sequence[Row]) -> pl.DataFrame:
    return pl.DataFrame(
        {name: [row[at] for row in rows] for at, name in enumerate(names)}, schema=dict.fromkeys(names, pl.String)
    )


def seen(
    rows: Sequence[Row],
    *,
    truth: Sequence[Row] | None = None,
    outside: Sequence[Row] = (),
    sensitive: Sequence[str] = ("s",),
    measures: Sequence[str] = (),
) -> Target:
    """A target of rows `who, age, town, …`."""
    told = [*sensitive, *measures]
    names = [WHO, "age", "town", *told]
    return Target(
        released=frame(names, rows),
        truth=frame(names, truth or rows).drop(WHO),
        outside=frame(names, outside),
        hierarchies={"age": LABELS, "town": TOWN},
        quasi=("age", "town"),
        sensitive=tuple(sensitive),
        measures=tuple(measures),
        seed=1,
        limit=0.05,
    )


@st.composite
def released(draw: st.DrawFn) -> tuple[list[Row], list[Row], list[Row]]:
    """Released rows, their source, and source rows that are not in the release."""
    ages, towns = dict(zip(AGES, LABELS.tolist(), strict=True)), {town[0]: town for town in TOWN.tolist()}
    row = st.tuples(
        st.sampled_from(["p", "q", "r", "s", "t"]),
        st.sampled_from(AGES),
        st.sampled_from(list(towns)),
        st.sampled_from(["1", "2", None]),
    )
    truth = draw(st.lists(row, min_size=1, max_size=9))
    levels = [(draw(st.integers(0, LABELS.shape[1] - 1)), draw(st.integers(0, TOWN.shape[1] - 1))) for _ in truth]
    rows: list[Row] = [
        (who, ages[age][one], towns[town][other], s)
        for (who, age, town, s), (one, other) in zip(truth, levels, strict=True)
    ]
    return rows, list(truth), list(draw(st.lists(row, max_size=4)))


def fits(cells: Row, values: Row, fields: Sequence[int]) -> bool:
    """Whether released cells may be about values of the source; the fields are 1 for age, 2 for town, 3 for `s`."""
    labels = {1: LABELS, 2: TOWN}
    return all(
        any(leaf[0] == values[at] and cells[at] in leaf.tolist() for leaf in labels[at])
        if at in labels
        else cells[at] == values[at]
        for at in fields
    )


def many(tables: Sequence[Row], holds: Callable[[Row], bool]) -> int:
    """How many persons have a row of which something holds."""
    return len({row[0] for row in tables if holds(row)})


@settings(max_examples=examples(60), deadline=None)
@given(drawn=released())
def test_the_worst_choice_of_each_size_is_that_of_trying_all(drawn: tuple[list[Row], list[Row], list[Row]]) -> None:
    rows, truth, outside = drawn
    found = dict(pointing(seen(rows, truth=truth, outside=outside)))
    names = {1: "age", 2: "town"}
    for size in (1, 2):
        risks: dict[str, dict[str, float]] = {"prosecutor": {}, "journalist": {}, "marketer": {}}
        for fields in combinations((1, 2), size):
            named = ", ".join(names[at] for at in fields)
            fewest = min(many(rows, lambda row, v=value, f=fields: fits(row, v, f)) for value in truth)  # type: ignore[misc]
            risks["prosecutor"][named] = 1 / fewest
            people = [*truth, *outside]
            fewest = min(many(people, lambda row, c=cells, f=fields: fits(c, row, f)) for cells in rows)  # type: ignore[misc]
            risks["journalist"][named] = 1 / fewest
            classes = {(tuple(row[at] for at in fields), row[0]) for row in rows}
            risks["marketer"][named] = len({one for one, _ in classes}) / len(classes)
        for kind, expected in risks.items():
            (told,) = (one for name, one in found.items() if name.startswith(kind) and name.count(",") == size - 1)
            assert told.risk == pytest.approx(max(expected.values()))


def test_the_worst_choice_is_named_with_its_control_and_guess() -> None:
    truth: list[Row] = [
        ("a", "20", "Goes", "1"),
        ("b", "21", "Goes", "1"),
        ("c", "38", "Ede", "1"),
        ("d", "41", "Ede", "1"),
    ]
    rows = [(who, "20-24" if town == "Goes" else "*", town, s) for who, _, town, s in truth]
    found = dict(pointing(seen(rows, truth=truth, outside=[("e", "41", "Ede", "1")])))
    assert list(found) == [
        *("prosecutor(age)", "journalist(age)", "marketer(age)"),
        *("prosecutor(age, town)", "journalist(age, town)", "marketer(age, town)"),
    ]
    one = found["prosecutor(age)"]
    assert (one.risk, one.control, one.baseline, one.outcome) == (
        1 / 2,
        1,
        1 / 4,
        "told",
    )  # c and d fit `*`, as a and b do
    assert found["journalist(age, town)"].risk == 1 / 2
    assert found["marketer(age)"].risk == 2 / 4


def test_a_plan_that_limits_the_highest_risk_has_it_for_every_choice() -> None:
    rows: list[Row] = [("a", "20", "Goes", "1"), ("b", "20", "Goes", "2")]
    limits = replace(seen(rows), limits={"highest_risk": 0.4})
    found = dict(pointing(limits))
    assert {one.outcome for name, one in found.items() if not name.startswith("marketer")} == {"unmet"}


def test_more_choices_than_can_be_counted_are_told() -> None:
    few = subsets(["a", "b", "c", "d"], rows=1)
    assert (len(few.chosen), few.words) == (14, "all 14 choices")
    assert set(few.chosen) == {one for size in (1, 2, 3) for one in combinations("abcd", size)}
    many_rows = subsets(["a", "b", "c", "d"], rows=10_000_000)
    assert (many_rows.chosen, many_rows.words) == ((("a",), ("b",), ("c",), ("d",)), "4 of 14 choices")


def alone(
    rows: Sequence[Row], fields: Sequence[int], among: Sequence[int]
) -> dict[str | None, list[dict[int, str | None]]]:
    """The predicates that isolate each person of a release."""
    found: dict[str | None, list[dict[int, str | None]]] = {}
    for size in (1, 2, 3):
        for chosen in combinations(fields, size):
            for row in rows if set(chosen) & set(among) else ():
                if many(rows, lambda one, r=row, c=chosen: all(one[at] == r[at] for at in c)) == 1:  # type: ignore[misc]
                    found.setdefault(row[0], []).append({at: row[at] for at in chosen})
    return found


@settings(max_examples=examples(60), deadline=None)
@given(drawn=released())
def test_all_persons_that_some_predicate_isolates_are_claimed(drawn: tuple[list[Row], list[Row], list[Row]]) -> None:
    rows, truth, outside = drawn
    found = dict(isolating(seen(rows, truth=truth, outside=outside)))
    everybody = len({row[0] for row in rows})
    claimed = alone(rows, (1, 2), (1, 2))
    right = {
        who: [many([*truth, *outside], lambda row, o=one: _holds(o, row)) == 1 for one in predicates]  # type: ignore[misc]
        for who, predicates in claimed.items()
    }
    least, most = (sum(how(one) for one in right.values()) / everybody for how in (all, any))
    assert least - 1e-9 <= found["isolated"].risk <= most + 1e-9
    assert found["isolated"].outcome == ("holds" if found["isolated"].risk == 0 else "unmet")
    assert found["isolated_by_values"].tries == len(alone(rows, (1, 2, 3), (3,)))


def _holds(predicate: dict[int, str | None], values: Row) -> bool:
    cells = [predicate.get(at) for at in range(4)]
    return fits(tuple(cells), values, list(predicate))


def test_a_mark_that_one_person_has_is_told_but_not_held_against_the_release() -> None:
    rows: list[Row] = [(str(n), "20", "Goes", f"{n}.25") for n in range(40)]
    found = dict(isolating(seen(rows, outside=[("x", "20", "Goes", "3.25")])))
    assert (found["isolated"].risk, found["isolated"].outcome) == (0, "holds")
    one = found["isolated_by_values"]
    assert (one.risk, one.tries, one.outcome) == (39 / 40, 40, "told")  # 3.25 is somebody else's too
    assert one.baseline == pytest.approx((40 / 41) ** 40)


def test_attacks_succeed_where_a_leak_is_planted() -> None:
    rows: list[Row] = [(str(n), "*", "*", "1" if n % 3 else "2") for n in range(30)]
    sound = seen(rows, truth=[(who, "20", "Goes", s) for who, _, _, s in rows])
    leaked = sound.planted()
    assert dict(isolating(sound))["isolated"].risk == 0
    assert dict(isolating(leaked))["isolated"].risk == 1
    assert dict(pointing(sound))["prosecutor(age)"].risk == pytest.approx(1 / 30)
    assert dict(pointing(leaked))["prosecutor(age)"].risk == 1
    assert (dict(giving_away(sound))["homogeneity(s)"].risk, dict(giving_away(leaked))["homogeneity(s)"].risk) == (0, 1)


def held(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows of each class."""
    for key in {row[1:3] for row in rows}:
        yield [row for row in rows if row[1:3] == key]


@settings(max_examples=examples(80), deadline=None)
@given(drawn=released())
def test_what_a_class_gives_away_is_that_of_its_definition(drawn: tuple[list[Row], list[Row], list[Row]]) -> None:
    rows = drawn[0]
    found = dict(giving_away(seen(rows)))
    persons = sum(len({row[0] for row in part}) for part in held(rows))
    whole = Counter(value for _, value in {(row[0], row[3]) for row in rows})
    gains, single = [0.0], 0
    for part in held(rows):
        counts = Counter(value for _, value in {(row[0], row[3]) for row in part})
        single += len({row[0] for row in part}) if len(counts) == 1 else 0
        for value, n in counts.items():
            p, q = n / counts.total(), whole[value] / whole.total()
            gains += [(p - q) / (1 - q)] if q < 1 else []
    several = len(whole) > 1
    assert found["homogeneity(s)"].risk == pytest.approx(single / persons if several else 0)
    assert found["skewness(s)"].risk == pytest.approx(max(gains))
    assert found["homogeneity(s)"].outcome == ("unmet" if single and several else "holds")


def classes_of(*classes: Sequence[str | None]) -> list[Row]:
    """Rows of different persons, a class for each list of values."""
    ages = iter(AGES)
    return [
        (f"{age}{n}", age, "Goes", value)
        for values, age in zip(classes, ages, strict=False)
        for n, value in enumerate(values)
    ]


def test_the_gain_of_a_value_is_how_much_of_the_doubt_a_class_takes_away() -> None:
    found = dict(giving_away(seen(classes_of("aaab", "abbb", "bbbb"))))
    assert found["skewness(s)"].risk == pytest.approx(1)
    assert found["homogeneity(s)"].risk == pytest.approx(4 / 12)
    assert found["homogeneity(s)"].baseline == pytest.approx(8 / 12)
    near = dict(giving_away(seen(classes_of("aaab", "abbb"))))
    assert near["skewness(s)"].risk == pytest.approx((3 / 4 - 1 / 2) / (1 - 1 / 2))
    assert (near["skewness(s)"].outcome, near["homogeneity(s)"].outcome) == ("holds", "holds")


@pytest.mark.parametrize(
    ("classes", "share"),
    [
        ((["100", "104"], ["0", "50"]), 1 / 2),
        ((["100", "106"], ["0", "50"]), 0),
        ((["100", None], ["0", "50"]), 0),
        ((["2024-01-01", "2024-01-15"], ["2024-01-01", "2024-12-31"]), 1 / 2),
        ((["100", "104"] * 60, ["0", "50"] * 60, ["100000"]), 1 / 3),  # the outlier is alone, but makes nobody alike
    ],
)
def test_values_that_lie_close_together_are_alike(classes: tuple[list[str | None], ...], share: float) -> None:
    found = dict(giving_away(seen(classes_of(*classes))))
    if len(classes) == 3:
        share = (120 + 1) / 241
    assert found["similarity(s)"].risk == pytest.approx(share)
    assert found["similarity(s)"].outcome == ("unmet" if share else "holds")


def test_values_without_a_scale_are_alike_by_an_order_or_kinship_only() -> None:
    target = seen(classes_of("ab", "az"))
    assert "similarity(s)" not in dict(giving_away(target))
    letters = [chr(at) for at in range(ord("a"), ord("z") + 1)]
    assert dict(giving_away(replace(target, orders={"s": letters})))["similarity(s)"].risk == 1 / 2
    kin: Labels = np.array([[one, "first" if one in "ab" else "other", "*"] for one in letters], dtype=object)
    assert dict(giving_away(replace(target, kinships={"s": kin})))["similarity(s)"].risk == 1 / 2


def test_a_plan_may_set_other_limits_and_measures_are_told() -> None:
    rows = classes_of("aa", "bb")
    lenient = replace(seen(rows), limits={"homogeneity": 1, "skewness": 1})
    assert {one.outcome for one in dict(giving_away(lenient)).values()} == {"holds"}
    assert {one.outcome for one in dict(giving_away(seen(rows, sensitive=(), measures=("s",)))).values()} == {"told"}


def test_a_column_with_one_value_tells_nothing() -> None:
    found = dict(giving_away(seen(classes_of("aa", "aa"))))
    assert {one.risk for one in found.values()} == {0.0}


def test_what_a_release_tells_of_a_person_together_is_its_class() -> None:
    rows = classes_of("aabb")
    together = pl.Series(["x", "x", "y", "y"])
    assert dict(giving_away(seen(rows)))["homogeneity(s)"].risk == 0
    assert dict(giving_away(replace(seen(rows), together=together)))["homogeneity(s)"].risk == 1


facts = st.lists(
    st.tuples(
        st.sampled_from("pqrstu"), st.sampled_from(AGES[:2]), st.just("Goes"), *[st.sampled_from(["1", "2", None])] * 3
    ),
    min_size=1,
    max_size=10,
)


@settings(max_examples=examples(60), deadline=None)
@given(rows=facts)
def test_what_more_knowledge_makes_certain_is_that_of_trying_all(rows: list[Row]) -> None:
    found = dict(background(seen(rows, sensitive=("s",), measures=("m", "n"))))
    everybody, columns = len({row[0] for row in rows}), {3: "s", 4: "m", 5: "n"}
    for known in (1, 2):
        for at, column in columns.items():
            others = [one for one in columns if one != at]
            sure = max(len(_certain(rows, [1, 2, *chosen], [at])) for chosen in combinations(others, known))
            assert found[f"facts_{known}({column})"].risk == pytest.approx(sure / everybody)
            assert found[f"others_{known}({column})"].risk == pytest.approx(_left(rows, at, known))
        whole = max(
            len(_certain(rows, [1, 2, *chosen], [at for at in columns if at not in chosen]))
            for chosen in combinations(columns, known)
        )
        assert found[f"facts_{known}"].risk == pytest.approx(whole / everybody)


def _certain(rows: Sequence[Row], known: Sequence[int], asked: Sequence[int]) -> set[str | None]:
    """Persons of whom all rows with their known values say one thing."""
    return {
        row[0]
        for row in rows
        if len({tuple(one[at] for at in asked) for one in rows if all(one[k] == row[k] for k in known)}) == 1
    }


def _left(rows: Sequence[Row], at: int, known: int) -> float:
    """Share of persons who are left with one value when the others of the class are known."""
    sure = persons = 0
    for part in held(rows):
        each = {who: {row[at] for row in part if row[0] == who} for who in {row[0] for row in part}}
        persons += len(each)
        for value in {row[at] for row in part}:
            same = [who for who, values in each.items() if values == {value}]
            sure += len(same) if len(each) - len(same) <= known else 0
    return sure / persons


def test_a_fact_that_points_at_one_person_is_more_than_others_who_fit_would_tell() -> None:
    rows: list[Row] = [("a", "20", "Goes", "1", "x"), ("b", "20", "Goes", "2", "y"), ("c", "20", "Goes", "2", "y")]
    target = seen(rows, measures=("m",))
    found = dict(background(target))
    one = found["facts_1(s)"]
    assert (one.risk, one.control, one.baseline) == pytest.approx((1, 2 / 3, 2 / 3))
    assert one.outcome == "told"
    assert (found["others_1(s)"].risk, found["others_2(s)"].risk) == pytest.approx((2 / 3, 1))
    limited = dict(background(replace(target, limits={"background": 0.5})))
    assert (limited["facts_1(s)"].outcome, limited["facts_1(m)"].outcome) == ("unmet", "told")


@pytest.mark.parametrize("rows", [[], [("a", "20", "Goes", None)], [(None, "20", "Goes", None)]])
def test_nobody_and_one_person_can_be_attacked(rows: list[Row]) -> None:
    for attempt in (pointing, isolating, giving_away, background):
        assert all(0 <= one.risk <= 1 for _, one in attempt(seen(rows)))


def test_the_same_target_has_the_same_figures_and_other_columns_none() -> None:
    rows: list[Row] = [(str(n % 7), AGES[n % 5], ["Goes", "Ede"][n % 2], str(n % 3)) for n in range(30)]
    for attempt in (pointing, isolating, giving_away, background):
        assert list(attempt(seen(rows))) == list(attempt(seen(rows)))
        assert attempt in TRIES
        assert [one for _, one in attempt(replace(seen(rows), quasi=(), sensitive=(), measures=()))] == []


def test_every_attack_has_its_words_in_both_languages() -> None:
    rows = [(*row, "1", "2") for row in classes_of(["1", "2"], ["1", "3"])]
    target = seen(rows, measures=("m", "n"))
    names = {
        name.partition("(")[0]
        for attempt in (pointing, isolating, giving_away, background)
        for name, _ in attempt(target)
    }
    assert len(names) == 12
    for name in names:
        assert len({say(f"{kind}.{name}", lang) for kind in ("attack", "knows") for lang in ("nl", "en")}) == 4

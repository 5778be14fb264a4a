"""Privacy models: each agrees with its definition, and a search may conclude from it what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.anonymisation import anonymise
from igmap.anonymisation.groups import Groups
from igmap.anonymisation.models import (
    AverageRisk,
    KAnonymity,
    Model,
    fitted,
    mergeable,
    model_of,
    population_of,
    reached,
)
from igmap.anonymisation.population import Population, covered, populated, united
from igmap.anonymisation.searching import Axis, Limits, search
from igmap.anonymisation.tuples import read_tuples
from igmap.errors import PlanError, TargetError
from igmap.inventory import locate
from igmap.release import prove
from igmap.sources import Exports, open_exports
from tests.examples import examples
from tests.model_cases import CASES, POPULATION, Counting, Member, Record, grouped, oracle
from tests.release_cases import AGE, DATA, POSTCODE, adult, built, plan, quasi

if TYPE_CHECKING:
    from igmap.engine import Engine

QUASI = "abcd"
values = st.one_of(st.none(), st.sampled_from("12347"))
people = st.one_of(st.none(), st.sampled_from("pqrstuvw"))
tables = st.lists(st.tuples(st.sampled_from(QUASI), values, people), min_size=2, max_size=16)
populations = st.lists(st.tuples(st.sampled_from(QUASI + "ef"), people), min_size=1, max_size=16)
numbers = st.lists(st.integers(0, 2), min_size=6, max_size=6)
partitions = numbers.map(lambda drawn: dict(zip(QUASI + "ef", drawn, strict=True)))
often = settings(max_examples=examples(200), deadline=None)
APART = dict(zip(QUASI + "ef", range(6), strict=True))


@often
@given(records=tables, population=populations, classes=partitions, persons=st.booleans())
def test_each_model_agrees_with_its_definition(
    records: list[Record], population: list[Member], classes: dict[str, int], *, persons: bool
) -> None:
    groups = grouped(records, classes=classes, population=population, persons=persons)
    counted = records if persons else [(*record[:2], str(place)) for place, record in enumerate(records)]
    for case, model in CASES.items():
        flags = model.met(groups) & (groups.persons > 0)
        for number in range(groups.count):
            members = [record for record in counted if classes[record[0]] == number]
            assert flags[number] == oracle(case, members, counted, classes, population), (case, number)


@often
@given(records=tables, population=populations, classes=partitions)
def test_what_a_hereditary_model_refuses_is_refused_at_every_finer_node(
    records: list[Record], population: list[Member], classes: dict[str, int]
) -> None:
    whole = grouped(records, classes=classes, population=population)
    parts = Groups(whole.tuples, np.arange(len(whole.numbers)), len(whole.numbers))
    for model in (model for model in CASES.values() if model.hereditary):
        assert not (model.met(parts) & ~model.met(whole)[whole.numbers]).any()


@often
@given(records=tables, classes=partitions)
def test_what_models_imply_holds_wherever_they_do(records: list[Record], classes: dict[str, int]) -> None:
    groups = grouped(records, classes=classes)
    held = len(groups.tuples.told[0].values)
    for case in ("entropy", "recursive", "disclosure"):
        if held > 1:
            model, implied = fitted([CASES[case]], groups.tuples, [])
            assert implied.hereditary
            assert not (model.met(groups) & (groups.persons > 0) & ~implied.met(groups)).any()


@often
@given(records=tables, population=populations, alone=st.booleans())
def test_classes_that_meet_a_mergeable_model_meet_it_together(
    records: list[Record], population: list[Member], *, alone: bool
) -> None:
    if alone:
        records = [(quasi, value, f"{person} of {quasi}") for quasi, value, person in records]
        population = [(quasi, f"{person} of {quasi}") for quasi, person in population]
    parts = grouped(records, classes=APART, population=population)
    for model in (model for model in CASES.values() if mergeable([model], parts.tuples)):
        flags = model.met(parts) & (parts.persons > 0)
        merged = Groups(parts.tuples, np.where(flags[parts.numbers], len(flags), parts.numbers), len(flags) + 1)
        assert model.met(merged)[-1] or not flags.any()


@pytest.mark.parametrize("case", [case for case, model in CASES.items() if not model.hereditary])
def test_of_a_model_that_is_not_hereditary_a_part_may_meet_what_the_whole_does_not(case: str) -> None:
    part = [("a", value, f"a{place}") for place, value in enumerate("1234")]
    other = [("b", "1", f"b{place}") for place in range(30)]
    rest = [("c", value, f"c{value}{place}") for value in "1234" for place in range(30 if value != "1" else 0)]
    population = [*((quasi, person) for quasi, _, person in [*part, *other, *rest]), ("a", "x"), ("a", "y")]
    together = {"a": 0, "b": 0, "c": 1}
    apart = {"a": 0, "b": 1, "c": 2}
    met = [
        CASES[case].met(grouped([*part, *other, *rest], classes=classes, population=population))[0]
        for classes in (apart, together)
    ]
    assert met == [True, False]


def test_persons_in_two_classes_may_part_their_union_from_the_whole() -> None:
    records: list[Record] = [("a", value, who) for value, who in zip("xxyy", "1256", strict=True)]
    records += [("b", value, who) for value, who in zip("xxyy", "1278", strict=True)]
    records += [("c", "x", "9"), ("c", "x", "0")]
    model = model_of({"model": "t_closeness", "column": "s", "t": 0.01})
    apart = grouped(records, classes={"a": 0, "b": 1, "c": 2})
    together = grouped(records, classes={"a": 0, "b": 0, "c": 1})
    assert model.met(apart).tolist() == [True, True, False]
    assert not model.met(together)[0]
    assert model.mergeable
    assert not mergeable([model], apart.tuples)
    assert mergeable([KAnonymity(2)], apart.tuples)


def _class(values: Sequence[str], others: Sequence[str]) -> Groups:
    """A class of persons with some values, and a second one with those of the others."""
    records: list[Record] = [("a", value, f"a{place}") for place, value in enumerate(values)]
    records += [("b", value, f"b{place}") for place, value in enumerate(others)]
    return grouped(records, classes={"a": 0, "b": 1})


SALARIES = [str(thousands) for thousands in range(3, 12)]  # the 3k-11k of Li et al. 2007


@pytest.mark.parametrize(("held", "printed"), [("3 4 5", 0.375), ("6 8 11", 0.167), ("3 5 9", 0.167)])
def test_ordered_distances_are_those_that_li_prints(held: str, printed: float) -> None:
    groups = _class(held.split(), [value for value in SALARIES if value not in held.split()])
    assert CASES["ordered"].figure(groups)[0] == pytest.approx(printed, abs=5e-4)


@pytest.mark.parametrize(("other", "printed"), [("bronchitis", 1 / 3), ("embolism", 2 / 3), ("stomach cancer", 1)])
def test_hierarchical_distances_are_those_that_li_prints(tmp_path: Path, other: str, printed: float) -> None:
    file = tmp_path / "disease.csv"
    file.write_text(
        "flu;infection;respiratory;*\nbronchitis;infection;respiratory;*\nembolism;vascular;respiratory;*\n"
        "stomach cancer;stomach;digestive;*\n"
    )
    hierarchy = {"file": str(file)}
    model = model_of(
        {"model": "t_closeness", "column": "s", "t": 1, "distance": "hierarchical", "hierarchy": hierarchy}
    )
    assert model.figure(_class(["flu"], [other]))[0] == pytest.approx(printed / 2)  # half of the table is elsewhere


def test_the_diversity_of_three_diseases_is_the_one_machanavajjhala_works_out() -> None:
    groups = _class(["heart", "viral", "cancer", "cancer"], ["heart"])
    assert [CASES[case].figure(groups)[0] for case in ("distinct", "entropy", "recursive")] == pytest.approx(
        [3, 2**1.5, 1]
    )


def test_a_listed_order_may_place_blanks_and_leaves_no_value_out() -> None:
    records: list[Record] = [("a", value, str(place)) for place, value in enumerate(["low", "mid", None, "high"])]
    groups = grouped(records, classes={"a": 0})
    settings = {"model": "t_closeness", "column": "s", "t": 0.2, "distance": "ordered"}
    with pytest.raises(PlanError, match="column 's': for t_closeness 3 of its 4 values have no place in an order"):
        fitted([model_of(settings)], groups.tuples, [])
    listed: list[list[str | None]] = [["low", "mid", "high"], ["low", None, "mid", "high"]]
    places = [fitted([model_of({**settings, "order": order})], groups.tuples, [])[0].places for order in listed]  # type: ignore[attr-defined]
    assert [dict(zip(groups.tuples.told[0].values, one, strict=True)) for one in places] == [
        {None: 0, "low": 1, "mid": 2, "high": 3},
        {"low": 0, None: 1, "mid": 2, "high": 3},
    ]


def test_values_that_read_as_one_number_are_one_place() -> None:
    one, other = (_class(held, ["1", "2", "3"]) for held in (["1", "1.0"], ["1", "1"]))
    assert CASES["ordered"].figure(one) == pytest.approx(CASES["ordered"].figure(other))


@often
@given(sizes=st.lists(st.integers(1, 12), min_size=1, max_size=6), risk=st.sampled_from([0.11, 0.2, 0.25, 0.5]))
def test_the_average_risk_is_met_by_the_lowest_least_size_that_does(sizes: list[int], risk: float) -> None:
    def attempt(models: Sequence[Model]) -> tuple[int, Groups]:
        flags = models[0].met(groups)
        kept = np.flatnonzero(flags[groups.numbers])
        return models[0].least, Groups(groups.tuples.only(kept), groups.numbers[kept], groups.count)  # type: ignore[attr-defined]

    records: list[Record] = [(str(place), "1", f"{place}.{n}") for place, size in enumerate(sizes) for n in range(size)]
    groups = grouped(records, classes={str(place): place for place in range(len(sizes))})
    kept = {least: [size for size in sizes if size >= least] for least in range(1, 11)}
    lowest = next(least for least, left in kept.items() if len(left) <= risk * sum(left) + 1e-9)
    assert reached([AverageRisk(risk)], attempt) == lowest


def test_a_search_that_fails_is_told_when_no_least_size_meets_the_average_risk() -> None:
    def attempt(models: Sequence[Model]) -> tuple[str, Groups]:
        if not models[0].met(groups).all():
            raise TargetError("too much is suppressed")
        return "found", groups

    groups = _class(["1"], ["1", "2", "3"])
    assert reached([AverageRisk(0.5)], attempt) == "found"
    assert reached([KAnonymity(1)], attempt) == "found"
    with pytest.raises(TargetError, match="too much"):
        reached([AverageRisk(0.4)], attempt)


POSTCODES = ["3511 AB", "3511 AC", "3584 XX", None]
homes = st.lists(
    st.tuples(st.sampled_from(["21", "22", "38", None]), st.sampled_from(POSTCODES), people), min_size=1, max_size=12
)


@often
@given(records=homes, population=homes, data=st.data())
def test_labels_cover_everybody_who_lives_under_them(
    records: list[Member], population: list[Member], data: st.DataObject
) -> None:
    tables = (read_tuples(cast("Engine", Counting(rows)), "", ["c1", "c2"], "c3") for rows in (records, population))
    tuples, values = united(*next(tables), *next(tables))
    hierarchies = [built("", one.to_list(), spec) for one, spec in zip(values, [AGE, POSTCODE], strict=True)]
    members = np.flatnonzero(tuples.rows)
    at = np.array([[data.draw(st.integers(0, h.levels - 1)) for h in hierarchies] for _ in members])

    def labels(row: Sequence[str | None], levels: Sequence[int]) -> list[str | None]:
        return [
            {each[0]: each[level] for each in h.labels.tolist()}[cell]
            for h, cell, level in zip(hierarchies, row, levels, strict=False)
        ]

    leaves = [[one[int(leaf)] for one, leaf in zip(values, tuples.leaves[member], strict=True)] for member in members]
    expected = [
        len({row[-1] for row in population if labels(row, levels) == labels(leaf, levels)})
        for leaf, levels in zip(leaves, at, strict=True)
    ]
    assert covered(tuples, hierarchies, members, at).tolist() == expected


AGES = [("21",), ("38",)]
EVERYBODY = [("21", "a"), ("22", "b"), ("38", "c"), ("39", "d"), ("67", "d"), ("21", "A "), (None, None)]


def _levels(exports: Exports, models: Sequence[Mapping[str, Any]]) -> tuple[int, ...] | None:
    located = locate(exports, "t")
    chosen = [model_of(settings) for settings in models]
    known = read_tuples(exports.engine, located.dataset.name, [located.columns["age"].column], None)
    if population := population_of(chosen):
        known = populated(exports, population, ["age"], known)
    tuples, (ages,) = known
    axis = Axis(built("age", ages.to_list(), AGE), (0, 1, 2, 3, 4))
    return search("global", tuples, [axis], fitted(chosen, tuples, ["age"]), Limits()).levels


def test_a_search_counts_the_population_under_its_labels() -> None:
    asked = {"population": {"source": "everybody", "person": "who", "columns": {"age": "years"}}}
    tables = {"t": pd.DataFrame(AGES, columns=["age"]), "everybody": pd.DataFrame(EVERYBODY, columns=["years", "who"])}
    with open_exports(tables) as exports:
        assert _levels(exports, [{"model": "k_anonymity", "k": 2}]) == (3,)
        assert _levels(exports, [{"model": "k_map", "k": 2, **asked}]) == (1,)
        assert _levels(exports, [{"model": "delta_presence", "high": 0.5, **asked}]) == (1,)
        assert _levels(exports, [{"model": "delta_presence", "high": 0.4, **asked}]) == (4,)
        with pytest.raises(PlanError, match="2 population tables; give all the same"):
            _levels(
                exports, [{"model": "k_map", "k": 2, **asked}, {"model": "k_map", "k": 2, "population": POPULATION}]
            )
        known = read_tuples(exports.engine, "t1", ["c1"], None)
        with pytest.raises(PlanError, match=r"population everybody: no column 'year'; did you mean 'years'\?"):
            populated(exports, Population("everybody", columns={"age": "year"}), ["age"], known)


def test_a_population_adds_no_loss_of_its_own(tmp_path: Path) -> None:
    everybody = pd.DataFrame([(age,) for age in ("21", "22", "38", "39", "70", None)], columns=["age"])
    asked = {"model": "k_map", "k": 2, "population": {"source": "everybody"}}
    for ages, level, loss in ((["21", "21", "38", "38"], 1, 0), (["21", "22", "38", "38"], 1, 0.5 / 17)):
        with open_exports({"t": pd.DataFrame({"age": ages}), "everybody": everybody}) as exports:
            release = anonymise(exports, replace(plan(quasi("age", AGE)), models=(asked,)), tmp_path)
            assert release.levels == {"age": level}
            assert release.loss == pytest.approx(loss)
            assert prove(exports, release).loss.ncp == pytest.approx(loss)


def test_without_a_population_nothing_is_counted_in_it() -> None:
    with pytest.raises(PlanError, match="the plan must name one"):
        CASES["k-map"].met(grouped([("a", "1", "p")], classes={"a": 0}))


@pytest.mark.ci
def test_distinct_diversity_on_adult_gives_what_arx_finds() -> None:
    frame = adult()
    with open_exports({"adult": frame}) as exports:
        located = locate(exports, "adult")
        names = [name for name in frame.columns if name != "occupation"]
        own = {name: column.column for name, column in located.columns.items()}
        table, quasi = located.dataset.name, [own[name] for name in names]
        tuples, values = read_tuples(exports.engine, table, quasi, None, sensitive={"s": own["occupation"]})
    files = {name: {"file": str(DATA / "adult" / f"adult_hierarchy_{name}.csv")} for name in names}
    hierarchies = [built(name, one.to_list(), files[name]) for name, one in zip(names, values, strict=True)]
    axes = [Axis(hierarchy, tuple(range(hierarchy.levels))) for hierarchy in hierarchies]
    models = [KAnonymity(5), model_of({"model": "distinct_l", "column": "s", "l": 2})]
    best = search("global", tuples, axes, models, Limits())
    assert best.loss(tuples, axes) == pytest.approx(0.1758, abs=5e-5)  # ARX 3.9.2
    assert best.suppressed_rows(tuples) / len(frame) == pytest.approx(0.073, abs=5e-4)

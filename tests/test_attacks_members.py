"""Attacks that ask what a release tells of its members alone: each meets brute force, a closed form or a simulation."""

from collections.abc import Mapping, Sequence
from itertools import product
from math import comb, exp, log

import numpy as np
import polars as pl
import pytest

from igmap.release.attacks.attack import Attack, Tried, judged
from igmap.release.attacks.coding import coded
from igmap.release.attacks.covering import covering
from igmap.release.attacks.estimators import Sizes, chosen, digamma, estimates, pitman, snb, zayatz
from igmap.release.attacks.fingerprint import fingerprint
from igmap.release.attacks.inference import inference
from igmap.release.attacks.learner import Own, learner
from igmap.release.attacks.membership import membership
from igmap.release.attacks.target import WHO, Target
from igmap.release.attacks.uniqueness import uniqueness
from igmap.release.staged import Labels

Texts = Sequence[str | None]
TOWNS: Labels = np.array([["a", "ab", "*"], ["b", "ab", "*"], ["c", "cd", "*"], ["d", "cd", "*"]], dtype=object)


def _target(towns: Texts, grades: Texts, *, left: Texts = (), level: int = 1, chance: bool = True) -> Target:
    """Persons of some towns with a grade; those who are left out have a grade too."""
    labels = {leaf: row[level] for leaf, row in zip(TOWNS[:, 0], TOWNS.tolist(), strict=True)}
    truth = pl.DataFrame({"town": towns, "grade": grades}, schema=dict.fromkeys(["town", "grade"], pl.String))
    outside = pl.DataFrame({"town": left, "grade": ["1"] * len(left)}, schema=truth.schema)
    who = [f"in{n}" for n in range(len(towns))]
    return Target(
        released=truth.with_columns(pl.col("town").replace(labels), pl.Series(WHO, who)),
        truth=truth,
        outside=outside.with_columns(pl.Series(WHO, [f"out{n}" for n in range(len(left))], dtype=pl.String)),
        hierarchies={"town": TOWNS},
        quasi=("town",),
        sensitive=("grade",),
        measures=(),
        seed=7,
        limit=0.05,
        chance=pl.Series([chance] * len(left), dtype=pl.Boolean),
    )


def _drawn(persons: int, seed: int = 1) -> tuple[list[str], list[str]]:
    random = np.random.default_rng(seed)
    return random.choice(list("abcd"), persons).tolist(), random.choice(["x", "y", "z"], persons).tolist()


def _plain(rows: Sequence[tuple[str, str]], town: str) -> dict[str, float]:
    """Naive Bayes by the book: what each grade is worth for someone of a town."""
    labels = {leaf: own for leaf, own, _ in TOWNS.tolist()}
    fits = [(labels[one] == labels[town], grade) for one, grade in rows]
    share = sum(fit for fit, _ in fits) / len(fits)
    worth = {}
    for grade in {grade for _, grade in fits}:
        mine = [fit for fit, one in fits if one == grade]
        worth[grade] = log(len(mine)) + log((sum(mine) + share) / (len(mine) + 1))
    return worth


def test_the_learner_guesses_as_brute_force_does_with_and_without_the_person() -> None:
    towns, grades = _drawn(40)
    target = _target(towns, grades)
    known = covering(target.released.select("town"), target.truth.select("town"), target.hierarchies)
    told, everyone = coded(target.released["grade"], target.outside["grade"]), np.arange(40)
    knows = learner(known, told)
    with_them = knows.success(everyone, told.codes)
    without = knows.success(everyone, told.codes, Own(everyone, everyone))
    rows = list(zip(towns, grades, strict=True))
    for at, (town, grade) in enumerate(rows):
        for found, taught in ((with_them, rows), (without, rows[:at] + rows[at + 1 :])):
            worth = _plain(taught, town)
            first, second, *_ = sorted(worth, key=lambda one: worth[one], reverse=True)
            clear = exp(worth[first] - worth[second]) >= 1.5
            assert found[at] == (grade == (first if clear else max(sorted(set(grades)), key=grades.count)))


def test_values_that_are_evenly_spread_are_no_leak_though_one_person_tips_the_balance() -> None:
    for persons in (400, 403, 411):
        spread = [str(at % 10) for at in range(persons)]
        found = _found(_target(["abcd"[at % 4] for at in range(persons)], spread), inference)["inference(grade)"]
        assert found.outcome == "holds"
        assert abs(found.risk - found.control) < 0.03


def test_a_number_is_guessed_right_within_five_percent_of_the_range() -> None:
    told = coded(pl.Series(["0", "4", "10", "100", None]), pl.Series(["9", "101", None, "x"]).head(3))
    assert told.right[told.codes[1], 0]  # a guess of 5
    assert told.right[told.codes[2], 1]
    assert not told.right[told.codes[2], 0]
    assert told.outside.tolist() == [1, -1, told.codes[4]]


def _found(target: Target, attempt: object) -> Mapping[str, Attack]:
    return dict(attempt(target))  # type: ignore[operator] # one of the functions of this file


def test_what_holds_for_everybody_is_no_leak_and_what_only_the_release_tells_is() -> None:
    towns, _ = _drawn(1200)
    law = _found(_target(towns, ["x" if town in "ab" else "y" for town in towns]), inference)
    assert law["posterior(grade)"].risk == 1.0
    assert (law["inference(grade)"].risk, law["inference(grade)"].control) == (1.0, 1.0)
    assert law["inference(grade)"].outcome == "holds"
    own = [f"t{n}" for n in range(600)]
    unique = _found(_target(own, _drawn(600)[1], level=0), inference)["inference(grade)"]
    assert (unique.risk, unique.outcome) == (1.0, "unmet")


def test_leave_person_out_says_what_persons_who_were_never_there_say() -> None:
    random = np.random.default_rng(3)
    apart = []
    for _ in range(12):
        cells = pl.DataFrame({"town": random.integers(0, 60, 600).astype(str)})
        values = pl.Series(random.integers(0, 5, 600).astype(str))
        told = coded(values.head(300), values.tail(300))
        knows = learner(covering(cells.head(300), cells, {}), told)
        persons = np.arange(300)
        alone = knows.success(persons, told.codes, Own(persons, persons)).mean()
        apart.append(alone - knows.success(300 + persons, told.outside).mean())
    assert abs(float(np.mean(apart))) < 0.02


def test_too_few_persons_give_no_answer_and_a_planted_leak_always_succeeds() -> None:
    few = _found(_target(*_drawn(30)), inference)["inference(grade)"]
    assert few.outcome == "cannot_tell"
    many = _found(_target(*_drawn(1500)), inference)["inference(grade)"]
    assert many.outcome == "holds"
    assert many.power is not None
    assert many.power > 0.5


def test_membership_is_known_where_everybody_is_in_and_told_where_only_the_rare_are_out() -> None:
    towns, grades = _drawn(50)
    everybody = _found(_target(towns, grades), membership)["membership"]
    assert (everybody.outcome, everybody.risk, everybody.control) == ("told", 1.0, 1.0)
    assert "every person of the source is in the release" in everybody.method
    rare = _found(_target(["a"] * 50, grades, left=["c"] * 5, chance=False), membership)["membership"]
    assert (rare.outcome, rare.risk, rare.control) == ("told", 1.0, 0.0)


def test_a_sample_hides_who_was_drawn_only_if_the_others_fit_too() -> None:
    towns, grades = _drawn(1000)
    hidden = _found(_target(towns, grades, left=_drawn(1000, 2)[0]), membership)["membership"]
    assert (hidden.outcome, hidden.control, hidden.power) == ("holds", 1.0, 1.0)
    shown = _found(_target(["a"] * 1000, grades, left=["a", "c"] * 500), membership)["membership"]
    assert (shown.outcome, shown.risk, shown.control) == ("unmet", 1.0, 0.5)
    few = _found(_target(["a"] * 8, grades[:8], left=["a"] * 8), membership)["membership"]
    assert few.outcome == "cannot_tell"


def test_uniqueness_is_counted_where_the_source_is_everybody() -> None:
    found = _found(_target(["a", "a", "b", "c", "d"], ["x"] * 5, left=["d"], chance=False, level=1), uniqueness)
    assert found["uniqueness"].risk == 0.0
    assert found["uniqueness"].control == pytest.approx(2 / 6)


def test_the_bayes_estimate_is_its_closed_form() -> None:
    sizes = Sizes.of(pl.Series([1, 1, 1, 2, 2, 5]), 0.25)
    whole, drawn = 48, 12
    once = {size: size * comb(whole - size, drawn - 1) / comb(whole, drawn) for size in (1, 2, 5)}
    expected = 3 * once[1] / (3 * once[1] + 2 * once[2] + once[5]) * 3 / 12
    assert zayatz(sizes) == pytest.approx(expected)


def _sample(sizes: np.ndarray[tuple[int], np.dtype[np.int64]], fraction: float) -> Sizes:
    people = np.repeat(np.arange(len(sizes)), sizes)
    drawn = np.random.default_rng(5).choice(people, round(len(people) * fraction), replace=False)
    counted = np.bincount(drawn)
    return Sizes.of(pl.Series(counted[counted > 0]), fraction)


def test_estimates_find_the_populations_they_assume() -> None:
    random = np.random.default_rng(4)
    slid = 1 + random.negative_binomial(0.5, 0.1, 20_000)
    assert snb(_sample(slid, 0.3)) == pytest.approx((slid == 1).sum() / slid.sum(), rel=0.1)
    seated = np.array(_restaurant(20_000, theta=50, alpha=0.6))
    for fraction in (0.05, 0.3):
        assert pitman(_sample(seated, fraction)) == pytest.approx((seated == 1).sum() / seated.sum(), rel=0.15)


def _restaurant(persons: int, *, theta: float, alpha: float) -> list[int]:
    """A population as the Ewens-Pitman formula has it: each next person joins a class or begins one."""
    random, sizes, seats = np.random.default_rng(6), [1], [0]
    for person in range(1, persons):
        if random.random() * (theta + person) < theta + alpha * len(sizes):
            seats.append(len(sizes))
            sizes.append(1)
            continue
        at = seats[random.integers(person)]
        while random.random() >= (sizes[at] - alpha) / sizes[at]:
            at = seats[random.integers(person)]
        seats.append(at)
        sizes[at] += 1
    return sizes


def test_the_parameters_of_pitman_are_the_likeliest() -> None:
    from igmap.release.attacks import estimators

    sizes = Sizes.of(pl.Series([1] * 30 + [2] * 12 + [3] * 6 + [7] * 3 + [40]), 0.1)
    seen: list[float] = []

    def likelihood(theta: float, alpha: float) -> float:
        n, u = int(sizes.persons), int(sizes.classes.sum())
        first = sum(log(theta + i * alpha) for i in range(1, u)) - sum(log(theta + i) for i in range(1, n))
        many = zip(sizes.size.astype(int), sizes.classes, strict=True)
        return first + sum(float(count) * sum(log(h - alpha) for h in range(1, size)) for size, count in many)

    alpha = estimators._root(lambda tried: estimators._about_alpha(sizes, tried), 1e-6, 1 - 1e-9)
    theta = estimators._theta(sizes, alpha)
    for up, along in product((0.99, 1, 1.01), repeat=2):
        seen.append(likelihood(theta * up, alpha * along))
    assert max(seen) == pytest.approx(likelihood(theta, alpha), abs=1e-9)


def test_which_estimate_is_used_follows_the_sampling_fraction() -> None:
    found = {"pitman": 0.5, "zayatz": 0.3, "snb": 0.2}
    assert [chosen(found, fraction) for fraction in (0.1, 0.11)] == ["pitman", "snb"]
    assert chosen(found | {"snb": 0.4}, 0.5) == chosen({"zayatz": 0.3}, 0.05) == "zayatz"
    assert estimates(Sizes.of(pl.Series([2, 3]), 0.1)) == {"pitman": 0.0, "zayatz": 0.0, "snb": 0.0}
    assert digamma(1.0) == pytest.approx(-0.5772156649015329)


def _joined(rows: Sequence[tuple[str, str, str]]) -> Target:
    events = pl.DataFrame(rows, schema=[WHO, "known", "told"], orient="row")
    people = events.select(WHO).unique(maintain_order=True)
    blank = people.with_columns(town=pl.lit("*"), grade=pl.lit("x"))
    base = _target([], [])
    return Target(
        released=blank.select("town", "grade", WHO),
        truth=blank.select("town", "grade"),
        outside=base.outside,
        hierarchies=base.hierarchies,
        quasi=base.quasi,
        sensitive=base.sensitive,
        measures=(),
        seed=7,
        limit=0.05,
        events=events,
    )


def test_the_more_events_are_known_the_more_persons_are_singled_out() -> None:
    pairs = [("p", "q"), ("q", "r"), ("p", "r")]
    rows = [(f"u{n}", event, f"{event} {n}") for n in range(3) for event in pairs[n]]
    found = _found(_joined(rows), fingerprint)
    assert [found[f"fingerprint({points})"].risk for points in (1, 2, 3)] == [0.0, 1.0, 1.0]
    assert found["fingerprint_told(1)"].risk == 1.0
    assert found["fingerprint_told(1)"].outcome == "told"
    assert found["fingerprint(1)"].outcome == "cannot_tell"


def test_events_that_many_share_hold_and_their_number_counts() -> None:
    rows = [(f"u{n}", event, event) for n in range(100) for event in ("p", "p", "q")]
    crowd = _found(_joined(rows), fingerprint)
    assert {one.outcome for one in crowd.values()} == {"holds"}
    assert crowd["fingerprint(4)"].power == 1.0
    one_more = _found(_joined([*rows, ("u0", "q", "q")]), fingerprint)
    assert one_more["fingerprint(4)"].risk == pytest.approx(1 / 100)


def test_pairs_are_judged_more_sharply_than_two_groups() -> None:
    paired = judged(Tried(500, 1000, 500, 1000, both=500), "", power=None)
    apart = judged(Tried(500, 1000, 500, 1000), "", power=None)
    assert paired.excess_high < 0.003 < apart.excess_high

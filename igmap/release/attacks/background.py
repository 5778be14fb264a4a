r"""What follows for sure when somebody knows more than the quasi-identifiers: of the person, or of others in the class.

Facts: all rows of the class in which one or two other told columns have the person's values say one thing. The control
leaves the person out: the other persons who fit say it too, so that it would be known of anyone who fits.

Others: one or two persons of the class tell what they have, or are known not to have what the others have, and only
one value is left for the rest.

A measure or sensitive value is by its role not known to others, so that these figures are told. A plan that holds them
against a limit (`thresholds: {background: 0.05}`) has it judged for sensitive columns.

Source: Machanavajjhala et al. 2007, doi:10.1145/1217299.1217302; Martin et al. 2007, doi:10.1109/ICDE.2007.367858.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import polars as pl

from igmap.release.attacks.attack import DIGITS, Attack, counted, limited
from igmap.release.attacks.giving_away import commonest, told_rows
from igmap.release.attacks.subsets import subsets
from igmap.release.attacks.target import WHO, Target
from igmap.release.told import CLASS

KNOWN = (1, 2)
Shares: TypeAlias = dict[int, float]  # by how many others are known
KNOWS = "the attacker knows that the person is in the release, all quasi-identifiers, "
FACTS = (
    "share of persons of whom {what} is known for sure; "
    + KNOWS
    + "and the person's values in {known} other columns, those "
    "of {choices} that tell most; control: the same with the person left out, what the others who fit say; exact"
)
OTHERS = (
    "share of persons (counted once per class) of whom the value is known for sure; "
    + KNOWS
    + "and what {known} others "
    "in the class have; control: the same when the values are dealt to the rows at random; exact"
)


def background(target: Target) -> Iterator[tuple[str, Attack]]:
    """Each told column, and the whole row, by one and two known facts; each column by one and two others."""
    rows = told_rows(target)
    if not rows.height:
        return
    left = {column: _sides(target, rows, column) for column in target.told}
    for known in KNOWN:
        for name, attack in (*_facts(rows, target.told, known), *_others(rows, left, known)):
            column = name.partition("(")[2][:-1]
            yield name, limited(attack, target.limits.get("background") if column in target.sensitive else None)


def _facts(rows: pl.DataFrame, told: tuple[str, ...], known: int) -> Iterator[tuple[str, Attack]]:
    """The most that any so many other columns tell of each column, and of all the rest of the row."""
    fields = sorted(told, key=lambda column: -rows[column].n_unique())
    tried = subsets(fields, rows=rows.height * max(len(told), 1), sizes=[known])
    best: dict[str, tuple[int, int]] = {}
    for choice in tried.chosen if known < len(told) else ():
        for column, found in _sure(rows, choice, [one for one in told if one not in choice]).items():
            best[column] = max(best.get(column, (0, 0)), found, key=lambda one: (one[0], -one[1]))
    everybody = max(rows[WHO].n_unique(), 1)
    for column, (sure, anyway) in best.items():
        what = "the value" if column else "the whole row"
        guess = commonest(rows[column]) if column else 0.0
        method = FACTS.format(what=what, known=known, choices=tried.words)
        attack = counted(round(sure / everybody, DIGITS), round(anyway / everybody, DIGITS), method, baseline=guess)
        yield (f"facts_{known}({column})" if column else f"facts_{known}"), attack


def _sure(rows: pl.DataFrame, choice: tuple[str, ...], rest: list[str]) -> dict[str, tuple[int, int]]:
    """Of how many persons each of the other columns (`""`: all of them) is known, and known without the person too."""
    fits = [CLASS, *choice]
    one = {column: pl.col(column).min().over(fits) == pl.col(column).max().over(fits) for column in rest}
    crowd = pl.col(WHO).min().over(fits) < pl.col(WHO).max().over(fits)
    flags = rows.with_columns(**{f"\0{column}": sure for column, sure in one.items()}, crowd=crowd)
    flags = flags.with_columns(pl.all_horizontal(f"\0{column}" for column in rest).alias("\0"))
    return {
        column: (flags.filter(f"\0{column}")[WHO].n_unique(), flags.filter(f"\0{column}", "crowd")[WHO].n_unique())
        for column in ("", *rest)
    }


def _others(rows: pl.DataFrame, left: Mapping[str, list[Shares]], known: int) -> Iterator[tuple[str, Attack]]:
    for column, (risk, control) in left.items():
        method, guess = OTHERS.format(known=known), commonest(rows[column])
        yield f"others_{known}({column})", counted(risk[known], control[known], method, baseline=guess)


def _sides(target: Target, rows: pl.DataFrame, column: str) -> list[Shares]:
    """What is left to tell of a column, and of its values dealt to the rows at random."""
    dealt = rows[column].sample(fraction=1, shuffle=True, seed=target.seed)
    return [_left(rows.select(CLASS, WHO, value=values), single=target.single) for values in (rows[column], dealt)]


def _left(rows: pl.DataFrame, *, single: bool) -> Shares:
    """Share of the persons who have one value only, in classes where at most so many others have anything else."""
    value = pl.col("value")
    each = rows.group_by(CLASS, WHO).agg(value.min(), high=value.max()) if not single else rows.with_columns(high=value)
    counts = each.group_by(CLASS, "value", alike=value == pl.col("high")).len("same")
    counts = counts.with_columns(others=pl.col("same").sum().over(CLASS) - pl.col("same"))
    sure = {known: counts.filter(pl.col("alike") & (pl.col("others") <= known))["same"].sum() for known in KNOWN}
    return {known: round(int(same) / max(each.height, 1), DIGITS) for known, same in sure.items()}

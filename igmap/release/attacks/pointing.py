"""Prosecutor, journalist and marketer risk when somebody knows some quasi-identifiers: all choices of a few.

Nobody who knows less points at fewer persons, so that the highest risk of all is that of the full set; the worst choice
of each size says what little knowledge does.

Source: El Emam and Dankar 2008, doi:10.1197/jamia.M2716 (prosecutor, journalist); El Emam 2013, Guide to the
De-Identification of Personal Health Information (marketer).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from igmap.release.attacks.attack import DIGITS, Attack, counted, limited
from igmap.release.attacks.crowd import BLOCK, Cover, Persons, by_cell, by_value, persons, released, source
from igmap.release.attacks.subsets import SIZE, Subsets, subsets
from igmap.release.attacks.target import WHO, Target

PROSECUTOR = (
    "1 / persons in the release whose cells cover the values of some person, for the person with the fewest; the "
    "attacker knows that the person is in the release, and these values; control: the same on the source; the worst of "
    "{choices} of this size, exact"
)
JOURNALIST = (
    "1 / persons of the source whose values fit the cells of some person in the release, for the person with the fewest"
    "; the attacker holds these values of all persons of the source and does not know who is in the release; control: "
    "the same on the source; the worst of {choices} of this size, exact"
)
MARKETER = (
    "classes / persons (counted once per class); the share of right links by an attacker who holds these values of all "
    "persons in the release, knows which cells they became, and guesses within the class; control: the same on the "
    "source; the worst of {choices} of this size, exact"
)
NOBODY = 2**62
Choice = tuple[str, ...]


def pointing(target: Target) -> Iterator[tuple[str, Attack]]:
    """The worst choice of quasi-identifiers of each size, and the full set, by each of the three risks."""
    if not target.quasi or not target.released.height:
        return
    sides = _sides(target)
    fields = sorted(target.quasi, key=lambda field: -len(sides.released.different[field]))
    for size in [*range(1, min(SIZE, len(fields) - 1) + 1), len(fields)]:
        tried = subsets(fields, rows=sides.released.rows.height, sizes=[size])
        for name, attack in _of_size(sides, tried):
            limit = None if name.startswith("marketer") else target.limits.get("highest_risk")
            yield name, limited(attack, limit)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Sides:
    r"""The persons of the release and of the source.

    Args:
        released: those in the release.
        population: those in the source.
        both: the codes of the release and of the source (`\0` before their names) that stand in one row.
        values: which released cells cover a value of the source.
        cells: which values of the source a released cell covers.
    """

    released: Persons
    population: Persons
    both: pl.DataFrame
    values: Mapping[str, Cover]
    cells: Mapping[str, Cover]


def _sides(target: Target) -> _Sides:
    quasi = list(target.quasi)
    (rows, cells), (everybody, values) = released(target), source(target)
    rows, everybody = rows.select(*quasi, WHO), everybody.select(*quasi, WHO)
    own = everybody.head(rows.height).select(pl.col(quasi).name.prefix("\0"))
    columns = {field: (target.hierarchies.get(field), cells[field], values[field]) for field in quasi}
    return _Sides(
        released=persons(rows, cells),
        population=persons(everybody, values),
        both=pl.concat([rows.select(quasi), own], how="horizontal").unique(),
        values={field: by_value(*column) for field, column in columns.items()},
        cells={field: by_cell(*column) for field, column in columns.items()},
    )


def _of_size(sides: _Sides, tried: Subsets) -> Iterator[tuple[str, Attack]]:
    classes = {choice: sides.released.per_class(choice)["persons"] for choice in tried.chosen}
    shares = {choice: len(sizes) / int(sizes.sum()) for choice, sizes in classes.items()}
    linked = max(shares, key=lambda choice: shares[choice])
    least = {choice: int(sizes.to_numpy().min()) for choice, sizes in classes.items()}
    for name, asked, answered, method in (
        ("prosecutor", _values, (sides.released, sides.values), PROSECUTOR),
        ("journalist", _cells, (sides.population, sides.cells), JOURNALIST),
    ):
        worst, fewest = _fewest(sides, asked, answered, least)
        control = 1 / int(sides.population.per_class(worst)["persons"].to_numpy().min())
        everybody = int(answered[0].per_class(worst)["persons"].sum())
        yield _named(name, worst), _rounded(1 / fewest, control, method.format(choices=tried.words), 1 / everybody)
    before = sides.population.per_class(linked)["persons"]
    control, guess = len(before) / int(before.sum()), 1 / int(classes[linked].sum())
    yield _named("marketer", linked), _rounded(shares[linked], control, MARKETER.format(choices=tried.words), guess)


def _named(name: str, choice: Choice) -> str:
    return f"{name}({', '.join(choice)})"


def _rounded(risk: float, control: float, method: str, guess: float) -> Attack:
    return counted(round(risk, DIGITS), round(control, DIGITS), method, baseline=round(guess, DIGITS))


Asked = Callable[[_Sides, Choice], pl.DataFrame]


def _values(sides: _Sides, choice: Choice) -> pl.DataFrame:
    """The different values of persons in the release, and how many persons fit each at `least`: those of its class."""
    own = {f"\0{field}": field for field in choice}
    sized = sides.both.select(*choice, *own).unique().join(sides.released.per_class(choice), on=list(choice))
    return sized.group_by(list(own)).agg(least=pl.col("persons").max()).rename(own)


def _cells(sides: _Sides, choice: Choice) -> pl.DataFrame:
    """The different cells of the release, and how many persons of the source fit each at `least`: its class."""
    return sides.released.per_class(choice).rename({"persons": "least"})


def _fewest(
    sides: _Sides, asked: Asked, answered: tuple[Persons, Mapping[str, Cover]], least: Mapping[Choice, int]
) -> tuple[Choice, int]:
    """The choice of which some question is fitted by the fewest persons, and how many; the rest is not asked."""
    worst, fewest = min(least, key=lambda choice: least[choice]), NOBODY
    for choice in sorted(least, key=lambda choice: least[choice]):
        if least[choice] >= fewest:
            break
        found = _fitting(asked(sides, choice), (answered[0].only(choice), answered[1]), fewest)
        worst, fewest = (choice, found) if found < fewest else (worst, fewest)
    return worst, fewest


def _fitting(asked: pl.DataFrame, answered: tuple[Persons, Mapping[str, Cover]], most: int) -> int:
    """The fewest persons that fit a question, if fewer than so many; what nobody fits points at nobody."""
    table, covering = answered
    questions = asked.filter(pl.col("least") < most).sort("least")
    for at in range(0, questions.height, BLOCK):
        block = questions.slice(at, BLOCK)
        if block["least"].to_numpy()[0] >= most:
            break
        found = table.fitting(block.drop("least"), covering)
        most = min(most, int(found[found > 0].min(initial=NOBODY)))
    return most

"""Uniqueness in the population: how many persons are the only ones of their kind, counted if the source is everybody.

Where the source is a sample it is estimated, each estimator with its assumption; which is used when is the rule of
Dankar et al. 2012, doi:10.1186/1472-6947-12-66.
"""

from collections.abc import Iterator

import polars as pl

from igmap.release.attacks.attack import Attack, counted
from igmap.release.attacks.crowd import persons, released
from igmap.release.attacks.crowd import source as everybody
from igmap.release.attacks.estimators import ESTIMATORS, Sizes, chosen, estimates
from igmap.release.attacks.target import WHO, Target

EXACT = (
    "share of persons (counted once per class) who are the only one of their class; the attacker knows all "
    "quasi-identifiers of everybody in the source, which is the whole population; control: the same on the source; "
    "exact count"
)
ESTIMATED = (
    "share of persons in the population of whom nobody else has their quasi-identifiers, by {name}: {assumption}; "
    "sampling fraction {fraction:.6g}; control: the same on the source; nobody is unique whose class has more persons"
)
RULE = "{rule}, as the rule of Dankar et al. (2012) chooses: {name}"


def uniqueness(target: Target) -> Iterator[tuple[str, Attack]]:
    """Who is unique in the population; of rows that can be joined the fingerprint says more."""
    if target.events is not None or not target.quasi:
        return
    after, before = _sizes(target, source=False), _sizes(target, source=True)
    if target.fraction >= 1:
        yield "uniqueness", counted(after.uniques, before.uniques, EXACT)
        return
    found, known = estimates(after), estimates(before)
    rule, control = chosen(found, target.fraction), chosen(known, target.fraction)
    for name, assumption in ESTIMATORS.items():
        if name in found and name in known:
            method = ESTIMATED.format(name=name, assumption=assumption, fraction=target.fraction)
            yield f"uniqueness({name})", counted(found[name], known[name], method)
    method = ESTIMATED.format(name=rule, assumption=ESTIMATORS[rule], fraction=target.fraction)
    yield "uniqueness", counted(found[rule], known[control], method)


def _sizes(target: Target, *, source: bool) -> Sizes:
    """Persons of each class of the release, or of each combination in the source."""
    rows, cells = everybody(target) if source else released(target)
    if source and target.chance is not None:
        rows = rows.filter(pl.concat([pl.repeat(value=True, n=target.released.height, eager=True), ~target.chance]))
    return Sizes.of(persons(rows.select(*target.quasi, WHO), cells).per_class(target.quasi)["persons"], target.fraction)

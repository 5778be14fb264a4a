"""The population behind a release, counted under the labels of its classes: k-map and delta-presence.

Source: Sweeney 2001 (k-map); Nergiz et al. 2007, doi:10.1145/1247480.1247554 (delta-presence).
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from igmap.engine.protocol import RECORD
from igmap.inventory import locate
from igmap.release.source import Source
from igmap.release.staged import Labels, Staged, one_person
from igmap.sources import Exports

WHO, LEVEL = "\0who", "\0level"  # no exported column can be called so


def covered(exports: Exports, settings: Mapping[str, Any], staged: Staged, persons: pl.Series) -> pl.DataFrame | None:
    """The `persons` of each class, and the `population` that its labels cover: at least so many, and at `most`.

    A label that stands at several levels covers what it covers at the highest. Whoever has a value that is in no
    hierarchy may be covered by any class or by none. Nothing is counted (None) where a label is in no hierarchy or
    covers at a lower level what it does not cover at a higher one, or where rows of a person are told together.

    Args:
        exports: hold the population.
        settings: `source`, `table`, `person` and `columns` of the population.
        staged: the release.
        persons: who stands in each row.
    """
    fields = list(staged.hierarchies)
    people = None if staged.joined or not fields else _people(exports, settings, fields)
    if people is None:
        return None
    known = pl.all_horizontal(
        pl.col(field).is_in(pl.Series(labels[:, 0].tolist(), dtype=pl.String).implode(), nulls_equal=True)
        for field, labels in staged.wider.items()
    )
    others = people.filter(~known)[WHO].n_unique()
    classes = staged.table.with_columns(persons.alias(WHO)).group_by(fields).agg(persons=pl.col(WHO).n_unique())
    for number, (field, labels) in enumerate(staged.wider.items()):
        levels = _levels(labels)
        if levels is None:
            return None
        levels = levels.rename({"label": field, "level": f"{LEVEL}{number}"})
        classes = classes.join(levels, on=field, how="left", nulls_equal=True)
    marks = [f"{LEVEL}{number}" for number in range(len(fields))]
    if any(classes[mark].null_count() for mark in marks):
        return None
    parts = classes.partition_by(marks, as_dict=True).items()
    counts = pl.concat([_counted(staged, people, part, levels) for levels, part in parts])
    return counts.with_columns(most=pl.col("population") + others)


def sampled_share(exports: Exports, plan: Mapping[str, Any], source: Source) -> float:
    """The share of the population that is attacked, by what the plan says of population and sample; else all, 1."""
    share = float(plan.get("sample", 1))
    named = next((one["population"] for one in plan.get("models") or () if one.get("population")), None)
    if named is None:
        return share
    located = locate(exports, str(named["source"]), str(named.get("table") or ""))
    own = {name: column.column for name, column in located.columns.items() if column.table == located.dataset.name}
    who = own.get(str(named.get("person")), RECORD)
    everybody = pl.DataFrame(pl.from_arrow(exports.engine.distinct(located.dataset.name, [who])))
    people = everybody.select(one_person(who)).to_series().n_unique()
    return share * min(1.0, source.persons()["person"].n_unique() / max(people, 1))


def _people(exports: Exports, settings: Mapping[str, Any], fields: list[str]) -> pl.DataFrame | None:
    """The quasi-identifiers of each person of the population, under the names they have in the release."""
    located = locate(exports, str(settings["source"]), str(settings.get("table") or ""))
    own = {name: column.column for name, column in located.columns.items() if column.table == located.dataset.name}
    named = {field: own.get((settings.get("columns") or {}).get(field, field)) for field in fields}
    person = own.get(settings["person"]) if settings.get("person") else RECORD
    if person is None or None in named.values():
        return None
    columns = [column for column in named.values() if column]
    asked = exports.engine.distinct(located.dataset.name, list(dict.fromkeys([*columns, person])))
    frame = pl.DataFrame(pl.from_arrow(asked))
    return frame.select(one_person(person).alias(WHO), *(pl.col(column or "").alias(f) for f, column in named.items()))


def _levels(labels: Labels) -> pl.DataFrame | None:
    """The highest `level` of each `label`; None where a leaf leaves its label on the way to that level."""
    texts = {str(level): labels[:, level].tolist() for level in range(labels.shape[1])}
    wide = pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String)).with_row_index("leaf")
    long = wide.unpivot(index="leaf", variable_name="level", value_name="label").cast({"level": pl.Int64})
    tops = long.group_by("label").agg(top=pl.col("level").max())
    due = long.join(tops, on="label", nulls_equal=True).select("leaf", "label", level="top")
    there = due.join(long, on=["leaf", "level", "label"], how="anti", nulls_equal=True)
    return tops.rename({"top": "level"}) if there.is_empty() else None


def _counted(staged: Staged, people: pl.DataFrame, classes: pl.DataFrame, levels: tuple[Any, ...]) -> pl.DataFrame:
    """Classes whose labels stand at the same levels."""
    fields = list(staged.hierarchies)
    for (field, labels), level in zip(staged.wider.items(), levels, strict=True):
        texts = {field: labels[:, 0].tolist(), "\0label": labels[:, level].tolist()}
        names = pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String))
        people = people.join(names, on=field, nulls_equal=True).drop(field).rename({"\0label": field})
    counted = people.group_by(fields).agg(population=pl.col(WHO).n_unique())
    both = classes.join(counted, on=fields, how="left", nulls_equal=True)
    return both.select("persons", pl.col("population").fill_null(0))

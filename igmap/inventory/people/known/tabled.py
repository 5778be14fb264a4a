"""Persons of the workspace's own tables, by the names in their records."""

from collections.abc import Collection, Iterator, Sequence
from weakref import WeakKeyDictionary

import polars as pl

from igmap.engine import Engine
from igmap.errors import SourceError
from igmap.inventory.decisions import Decisions, load_decisions
from igmap.inventory.discovering import discover
from igmap.inventory.inventory import Inventory
from igmap.inventory.labels import shown, titled
from igmap.inventory.people.known.known import Known
from igmap.inventory.people.known.people import ALONE, all_of, in_words
from igmap.inventory.people.names import names, particles
from igmap.inventory.sampling import Sample
from igmap.sources import Column, Exports
from igmap.vocabulary import load_yaml
from igmap.vocabulary.tokens import name_tokens

GIVEN, BETWEEN, FAMILY, WHOLE = "given", "between", "family", "whole"
MOST_PERSONS = 2_000_000  # different records of names in one table: some 2 GB while they are read
SAMPLE = 5_000  # values that tell what a column of names holds
JUDGED = 2_000  # records of a table by which its fields are judged where no inventory is at hand
INITIALS = r"^\s*(?:\p{L}\.?[\s-]*){1,4}$"
Group = dict[str, Column]
# A release asks for the persons when it redacts, when it is looked through, and for each change that is tried.
_FOUND: WeakKeyDictionary[Exports, tuple[Decisions, Known]] = WeakKeyDictionary()


def known_from_workspace(exports: Exports, inventory: Inventory) -> Known:
    """The persons whose names stand in columns of the workspace's tables, each once.

    Columns of given names, particles and family names are read together, record by record. A table's only column of
    addresses goes with its only name.

    Args:
        exports: open tables.
        inventory: what was found in them.

    Raises:
        SourceError: a table has more different names than can be held in memory.
    """
    listed = [named for group in _groups(exports, inventory) for named in group]
    met = pl.concat([pl.DataFrame(schema={"name": pl.String}), *listed])
    return all_of(met["name"].unique().sort())  # the engine gives them in any order


def persons_of(exports: Exports) -> Known:
    """The same where no inventory is at hand: some records of each table say which columns name persons.

    Args:
        exports: open tables; decisions of their workspace hold.

    Raises:
        DecisionError: the decisions are not sound.
        SourceError: a table has more different names than can be held in memory.
    """
    decisions = load_decisions(exports.workspace.decisions) if exports.workspace else Decisions()
    if exports not in _FOUND or _FOUND[exports][0] != decisions:
        inventory = discover(Sample(JUDGED).draw(exports), decisions)
        _FOUND[exports] = decisions, known_from_workspace(exports, inventory)
    return _FOUND[exports][1]


def _groups(exports: Exports, inventory: Inventory) -> Iterator[list[pl.DataFrame]]:
    for title, groups, addresses in named_together(exports, inventory):
        yield [_named(exports.engine, group, addresses, title) for group in groups]


def named_together(exports: Exports, inventory: Inventory) -> Iterator[tuple[str, list[Group], Sequence[Column]]]:
    """Of every table its title, the columns that name one person together, and the column of that person's address.

    Args:
        exports: open tables.
        inventory: what was found in them.
    """
    for located in shown(exports):
        judged = inventory.dataset(located.source, located.table)
        found: dict[str, list[Column]] = {"name": [], "email": []}
        fields = judged.fields if judged else ()
        for column, field in zip(located.columns.values(), fields, strict=False):
            own = column.table == located.dataset.name and field.verdict == "found" and not field.free_text
            if own and field.category in found:
                found[field.category].append(column)
        groups = list(_together(found["name"], exports.engine))
        addresses = found["email"] if len(groups) == len(found["email"]) == 1 else []
        yield titled(located.source, located.table), groups, addresses


def _together(columns: Sequence[Column], engine: Engine) -> Iterator[Group]:
    """Columns of one name: in their order, until a part of it comes a second time."""
    group: Group = {}
    for column in columns:
        part = _part(engine, column)
        if part == WHOLE:
            yield {WHOLE: column}
        elif part in group:
            yield group
            group = {part: column}
        else:
            group[part] = column
    if group:
        yield group


def _part(engine: Engine, column: Column) -> str:
    """Which part of a name a column holds, by what it is called, else by most of its values."""
    parts = load_yaml("igmap.inventory.people.known", "words.yaml")["parts"]
    called = {part for part, words in parts.items() if set(words) & set(name_tokens(column.name))}
    if len(called) == 1:
        return str(called.pop())
    values = pl.Series("value", engine.few(column.table, column.column, SAMPLE)).cast(pl.String)
    plain = values.str.to_lowercase().str.strip_chars()
    first, last = plain.str.extract(r"^(\p{L}+)"), plain.str.extract(r"(\p{L}+)\W*$")
    shares = {
        WHOLE: (in_words(values.to_frame("name"))["level"].fill_null(ALONE) < ALONE).mean(),
        BETWEEN: plain.is_in(list(particles())).mean(),
        GIVEN: (first.is_in(names("given").implode()) | values.str.contains(INITIALS)).mean(),
        FAMILY: last.is_in(names("family").implode()).mean(),
    }
    told = {part: float(share or 0) for part, share in shares.items()}  # type: ignore[arg-type]
    if max(told[WHOLE], told[BETWEEN]) > 1 / 2:
        return WHOLE if told[WHOLE] > told[BETWEEN] else BETWEEN
    return GIVEN if told[GIVEN] > told[FAMILY] else FAMILY


def _named(engine: Engine, group: Group, addresses: Sequence[Column], title: str) -> pl.DataFrame:
    """The different names of a table, family name first where they are in parts."""
    columns = [*group.values(), *addresses]
    asked = [column.column for column in columns]
    if engine.tuples(columns[0].table, [asked])[0].distinct > MOST_PERSONS:
        raise SourceError(
            f"{title}: more than {MOST_PERSONS:,} different names; look for the persons of a part of it, "
            "such as those of one year"
        )
    held = engine.distinct(columns[0].table, asked)
    parts = [*group, *(["address"] if addresses else [])]
    frame = pl.DataFrame({part: held.column(place) for place, part in enumerate(parts)}).with_columns(
        pl.all().fill_null("")
    )
    address = pl.lit(" <") + pl.col("address") + ">" if addresses else pl.lit("")
    return frame.select(name=(name_of(group) + address).cast(pl.String))


def name_of(group: Collection[str]) -> pl.Expr:
    """The name that columns called after the parts of it give together, family name first."""
    family = pl.concat_str([part for part in (BETWEEN, FAMILY) if part in group] or [pl.lit("")], separator=" ")
    given = pl.col(GIVEN) if GIVEN in group else pl.lit("")
    apart = (
        pl.when((family.str.strip_chars() != "") & (given != "")).then(family + ", " + given).otherwise(family + given)
    )
    return pl.col(WHOLE) if WHOLE in group else apart

"""Verifying a release of any origin: all that can be counted without its source, and what cannot be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from igmap.errors import SourceError, nearest
from igmap.release.classes import smallest
from igmap.release.coded import UNKNOWN
from igmap.release.free_text.rest import rest
from igmap.release.survivors.fragments import written_freely
from igmap.release.told import told_of_persons
from igmap.release.verifying.figures import Sizes, classes_of, persons_of, sizes_of, told_by
from igmap.release.verifying.foreign import Written, files_of, read_written
from igmap.release.verifying.sealed import Sealed, sealed
from igmap.release.verifying.traces import Trace, traces

MEASURED = {"measure", "sensitive"}


@dataclass(frozen=True, slots=True)
class Roles:
    """What each column of a release is, and what it has to meet.

    Args:
        quasi_identifiers: columns that others may know, each in the files that have it.
        sensitive: columns that nobody may learn.
        measures: columns that the release is for.
        person: the column that tells which rows are of one person; "" when there is none.
        suppressed: the sign that stands for all values.
        k: rows or persons that must share each combination.
        l: different values that each sensitive column must have in each class.
    """

    quasi_identifiers: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    person: str = ""
    suppressed: str = "*"
    k: int | None = None
    l: int | None = None  # noqa: E741 - as the literature prints it


@dataclass(frozen=True, slots=True)
class Verification:
    """What a released file shows by itself.

    Args:
        file: its name.
        rows: in it.
        sizes: of its classes.
        quasi_identifiers: the columns over which was counted.
        stars: cells that are suppressed, per column that has any.
        columns: what classes tell of each sensitive column and measure, by figure.
        persons: different persons; None where no column tells them apart.
        traces: what it gives away besides.
        unmet: what was asked and does not hold.
        missing: what a release of igmap has and this one lacks.
        k_together: the fewest persons who share all that all files tell of a person; None without a person column.
        others: the further files of the release.
        texts: of each column of free text, the cells in which the re-scan is certain that somebody is left; whether
            nobody else is cannot be told.
        looked: whether the release says that people looked at its free text.
    """

    file: str
    rows: int
    sizes: Sizes
    quasi_identifiers: tuple[str, ...]
    stars: dict[str, int] = field(default_factory=dict)
    columns: dict[str, dict[str, float]] = field(default_factory=dict)
    persons: int | None = None
    traces: tuple[Trace, ...] = ()
    unmet: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    k_together: int | None = None
    others: "tuple[Verification, ...]" = ()
    texts: dict[str, int] = field(default_factory=dict)
    looked: bool = False

    @property
    def k_rows(self) -> int:
        """Rows in the smallest class; k in persons is at most this."""
        return self.sizes.k_rows

    @property
    def classes(self) -> int:
        """Equivalence classes."""
        return self.sizes.classes

    @property
    def files(self) -> "tuple[Verification, ...]":
        """Of each file, this one first."""
        return (self, *self.others)

    @property
    def met(self) -> bool:
        """Whether all that was asked holds."""
        return not any(one.unmet for one in self.files)

    @property
    def untold(self) -> bool:
        """Whether it holds free text of which nobody says that people looked at it: then nothing is passed."""
        return any(one.texts and not one.looked for one in self.files)

    def text(self, lang: str) -> str:
        """In words, with what cannot be known."""
        from igmap.release.verifying.words import in_words

        return in_words(self, lang)

    def _repr_html_(self) -> str:
        from igmap.release.verifying.words import blocks
        from igmap.report import fragment

        return fragment(blocks(self, "nl"), lang="nl")


def verify(folder: Path, roles: Roles | None = None, *, quasi_identifiers: Sequence[str] = ()) -> Verification:
    """Count what a release shows by itself: igmap's own, or one of any origin whose roles are told.

    Args:
        folder: of the release, or its data file (`.csv`, `.parquet`).
        roles: of the columns, by default what its datapackage.json says.
        quasi_identifiers: short for roles that say only this.

    Raises:
        SourceError: there is no data file, or one that is damaged, empty, changed after it was published, of one person
            or one column; a column is unknown; or nobody says what others may know.
    """
    roles = roles or Roles(tuple(quasi_identifiers))
    files, own = files_of(folder), sealed(folder.parent if folder.is_file() else folder)
    written = [read_written(path, own.delimiters.get(path.name, "")) for path in files]
    _check_names(folder, roles, written)
    each = [_of_file(roles, one, own) for one in written]
    _check_width(folder, written, own)
    found = [_verified(one, part, own) for one, part in zip(written, each, strict=True)]
    together = _together(written, found, roles)
    unmet = ("k_together",) if together is not None and together < (_least(roles, own) or 0) else ()
    first = replace(found[0], missing=own.missing, k_together=together, unmet=(*found[0].unmet, *unmet))
    return replace(first, others=tuple(found[1:]))


def _check_names(folder: Path, roles: Roles, written: Sequence[Written]) -> None:
    columns = [column for one in written for column in one.columns]
    named = written[0].path.name if len(written) == 1 else folder.name
    asked = (*roles.quasi_identifiers, *roles.sensitive, *roles.measures, *filter(None, [roles.person]))
    for name in asked:
        if name not in columns:
            raise SourceError(f"{named}: no column {name!r}{nearest(name, columns)}")
    twice = sorted({name for name in asked if asked.count(name) > 1})
    if twice:
        raise SourceError(f"{named}: column {twice[0]!r} is given two roles; give it one")


def _check_width(folder: Path, written: Sequence[Written], own: Sealed) -> None:
    """A file that was read with the wrong separator has one column; a release of igmap may have one."""
    if sum(len(one.columns) for one in written) == 1 and not own.delimiters:
        raise SourceError(
            f"{folder.name}: holds one column; no combination tells persons apart, or its separator is odd"
        )


def _of_file(roles: Roles, written: Written, own: Sealed) -> Roles:
    """The roles of the columns of one file: as told, else as its package says."""
    here, declared, name = set(written.columns), own.roles.get(written.path.name, {}), written.path.name
    for column in declared:
        if column not in here:
            raise SourceError(f"{name}: no column {column!r}{nearest(column, here)}")

    def those(told: Sequence[str], role: str) -> tuple[str, ...]:
        return tuple(one for one in told if one in here) or tuple(one for one in declared if declared[one] == role)

    quasi = those(roles.quasi_identifiers, "quasi")
    if not quasi:
        raise SourceError(f"{name}: nothing says which columns others may know; give quasi_identifiers")
    person = next(iter(those([roles.person], "link")), "")
    sensitive, measures = (
        tuple(one for one in those(told, role) if one not in {*quasi, person})
        for told, role in ((roles.sensitive, "sensitive"), (roles.measures, "measure"))
    )
    return replace(roles, quasi_identifiers=quasi, sensitive=sensitive, measures=measures, person=person)


def _verified(written: Written, roles: Roles, own: Sealed) -> Verification:
    columns, quasi = written.columns, [written.columns[name] for name in roles.quasi_identifiers]
    persons = persons_of(columns[roles.person]) if roles.person else None
    if written.rows == 1 or (persons is not None and persons.different == 1):
        raise SourceError(f"{written.path.name}: is about one person, who stands alone whatever the labels say")
    classes = classes_of(quasi, persons)
    sizes = sizes_of(quasi, classes, roles.suppressed)
    told = {name: told_by(classes, columns[name], persons) for name in (*roles.sensitive, *roles.measures)}
    values, names = written.values, [*columns]
    starred = values.filter(pl.col("text") == roles.suppressed)
    return Verification(
        file=written.path.name,
        rows=written.rows,
        sizes=sizes,
        quasi_identifiers=roles.quasi_identifiers,
        stars={names[at]: rows for at, rows in starred.select("column", "rows").iter_rows()},
        columns=told,
        persons=None if persons is None else persons.different,
        traces=traces(written, values, roles.quasi_identifiers),
        texts=dict(_texts(written, values, {*roles.quasi_identifiers, roles.person})),
        looked=own.looked,
        unmet=tuple(_unmet(sizes, {name: told[name] for name in roles.sensitive}, roles, _least(roles, own))),
    )


def _texts(written: Written, values: pl.DataFrame, known: set[str]) -> Iterator[tuple[str, int]]:
    """Columns of free text, with the cells in which somebody certainly is left."""
    for at, (name, cells) in enumerate(written.columns.items()):
        if name not in known and written_freely(values.filter(pl.col("column") == at)):
            yield name, rest(UNKNOWN.new_from_index(0, written.rows), cells.cells).certain


def _least(roles: Roles, own: Sealed) -> float | None:
    return own.asked.get("k") if roles.k is None else roles.k


def _unmet(sizes: Sizes, sensitive: dict[str, dict[str, float]], roles: Roles, k: float | None) -> Iterator[str]:
    found = sizes.k_rows if sizes.k_persons is None else sizes.k_persons
    if k is not None and found < k:
        yield "k"
    for name, figures in sensitive.items():
        if roles.l is not None and figures["distinct_l"] < roles.l:
            yield f"l({name})"


def _together(written: Sequence[Written], found: Sequence[Verification], roles: Roles) -> int | None:
    """The fewest persons who share all that the files tell of a person, by the column that tells them apart."""
    rows = []
    for one, known in zip(written, found, strict=True):
        if roles.person in one.columns:
            told = {f"\0{at}": one.columns[name].cells for at, name in enumerate(known.quasi_identifiers)}
            rows.append((pl.DataFrame({"person": persons_of(one.columns[roles.person]).cells, **told}), list(told)))
    return smallest(told_of_persons(iter(rows)).group_by("told").len()["len"]) if rows else None

"""What is still there of the source of a release: its persons by their key, its rows by all they tell, and copies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from igmap.errors import SourceError
from igmap.inventory import Inventory, Located
from igmap.inventory.labels import shown
from igmap.release.attacks.attack import EXCESS, Tried, judged
from igmap.release.attacks.covering import covering
from igmap.release.staged import Labels, one_person, read_hierarchy, read_table
from igmap.sources import Exports

UNMISTAKABLE = {"email", "username", "bsn", "phone"}  # nobody else has the same
ROWS = "\0rows"  # no exported column can be called so
FINAL = "final.json"
METHOD = "records left in the exports that fit exactly one released row by all columns they share"


@dataclass(frozen=True, slots=True)
class Remaining:
    """What still stands in the way of a final verdict; counts only.

    Args:
        unchanged: exports that are still the file the release was made from.
        persons: persons of the release that are still in a table, or in a list in private/.
        untold: tables of which it cannot be told whether they hold persons of the release.
        joined: records of a table that fit exactly one released row, where these are more than chance allows.
        key: whether the key of pseudonyms is still there.
        looked_at: hash of every table that was looked at, by its name.
    """

    unchanged: tuple[str, ...] = ()
    persons: dict[str, int] = field(default_factory=dict)
    untold: tuple[str, ...] = ()
    joined: dict[str, int] = field(default_factory=dict)
    key: bool = False
    looked_at: dict[str, str] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        """Whether nothing stands in the way."""
        return not (self.unchanged or self.persons or self.untold or self.joined or self.key)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Published:
    """A published release with what its dossier knows of it.

    Args:
        folder: what may be shown.
        dossier: what may not.
        plan: as it was carried out.
        input_sha256: of what it was made from.
        released: record and person of its rows, by source and table; None when that list is gone.
    """

    folder: Path
    dossier: Path
    plan: Mapping[str, Any]
    input_sha256: str
    released: pl.DataFrame | None

    @property
    def tables(self) -> tuple[Mapping[str, Any], ...]:
        """The plan's own table first, then further ones."""
        return (self.plan, *(self.plan.get("linked") or ()))

    @property
    def nameless(self) -> bool:
        """Whether some of whom it tells cannot be looked for; a list that went with a final verdict is not missed."""
        if self.released is None:
            return not (self.dossier / FINAL).exists()
        return self.released["person"].null_count() > 0

    def persons(self) -> pl.Series:
        """Who is in the release, as keys are compared."""
        listed = self.released["person"] if self.released is not None else pl.Series("person", [], pl.String)
        return listed.drop_nulls().unique()


def remaining(exports: Exports, inventory: Inventory, release: Published, private: Path) -> Remaining:
    """Look in everything that is there now.

    Args:
        exports: as they are now.
        inventory: of these, for columns that hold the same kind of key under another name.
        release: that was published.
        private: of the workspace; lists of records in `retention/` are copies too.
    """
    places = [one for one in shown(exports) if one.dataset.name]
    persons = {_name(one): _persons_in(exports, inventory, release, one) for one in places}
    persons |= {f"private/retention/{path.name}": _persons_of(path, release) for path in _lists(private)}
    joined = {_name(one): _joined(exports, release, one) for one in places}
    return Remaining(
        unchanged=tuple(_name(one) for one in places if one.dataset.sha256 == release.input_sha256),
        persons={name: count for name, count in persons.items() if count},
        untold=tuple(_name(one) for one in places if _untold(release, one)),
        joined={name: count for name, count in joined.items() if count},
        key=(release.dossier / "key.txt").exists(),
        looked_at={_name(one): one.dataset.sha256 for one in places},
    )


def _name(place: Located) -> str:
    return f"{place.source}#{place.table}".removesuffix("#")


def _own(place: Located) -> dict[str, str]:
    return {name: one.column for name, one in place.columns.items() if one.table == place.dataset.name}


def _persons_in(exports: Exports, inventory: Inventory, release: Published, place: Located) -> int:
    """Persons of the release in a table: in the column of their key, or in one that holds the same kind of key."""
    keys = {table["person_key"] for table in release.tables if table["person_key"]}
    kinds = {c["category"] for table in release.tables for c in table["columns"] if c["field"] in keys} & UNMISTAKABLE
    found = inventory.dataset(place.source, place.table)
    alike = {one.name for one in found.fields if one.category in kinds} if found else set()
    known, most = release.persons(), 0
    for name, column in place.columns.items():
        if name in keys | alike:
            cells = pl.DataFrame(pl.from_arrow(exports.engine.distinct(column.table, [column.column])))
            most = max(most, _among(cells[column.column], known))
    return most


def _among(cells: pl.Series, known: pl.Series) -> int:
    who = cells.rename("who").to_frame().select(one_person("who")).to_series().unique()
    return int(who.is_in(known.implode()).sum())


def _lists(private: Path) -> list[Path]:
    return sorted((private / "retention").glob("*.parquet"))


def _persons_of(path: Path, release: Published) -> int:
    """Persons of the release in a list of records past their term, or kept to be anonymised."""
    table = pl.read_parquet(path)
    keys = {one["person_key"] for one in release.tables} | {"person"}
    cells = (one for one in table.iter_columns() if one.name in keys and one.dtype == pl.String)
    return max((_among(one, release.persons()) for one in cells), default=0)


def _untold(release: Published, place: Located) -> bool:
    """A table with the columns of a source, but without a key, or of persons without one; or the list is gone."""
    own = set(place.columns)
    for table in release.tables:
        fields = {column["field"] for column in table["columns"]}
        key = table["person_key"]
        named = (place.source, place.table) == (table["source"], table.get("table") or "")
        if (named or fields - {key} <= own) and (key not in own or release.nameless):
            return True
    return False


def _joined(exports: Exports, release: Published, place: Located) -> int:
    """Records that fit exactly one released row, over all tables of the release, if not by chance."""
    return sum(_joins(exports, release, place, number) for number in range(1, len(release.tables) + 1))


def _joins(exports: Exports, release: Published, place: Located, number: int) -> int:
    plan, own = release.tables[number - 1], _own(place)
    kept = [c for c in plan["columns"] if c["treatment"] != "drop" and c["role"] != "link"]
    fields = [c["field"] for c in kept if c["field"] in own and not (c.get("transform") or ())]
    if not fields:
        return 0
    types = {column["field"]: column["type"] for column in kept}
    rows = read_table(_file(release, number))[0].select(_plain(one, types[one]) for one in fields)
    classes = rows.group_by(fields).agg(pl.len().alias(ROWS)).sort(fields)
    table = pl.DataFrame(pl.from_arrow(exports.engine.distinct(place.dataset.name, [own[one] for one in fields])))
    known = table.select(*(pl.col(own[one]).cast(pl.String).alias(one) for one in fields), pl.col("rows").alias(ROWS))
    known = known.with_columns(_plain(one, types[one]) for one in fields)
    hits = _fitting(classes, known, {name: one for name, one in _hierarchies(release, number) if name in fields})
    return hits if hits and not _by_chance(hits, known, classes) else 0


def _fitting(classes: pl.DataFrame, known: pl.DataFrame, hierarchies: Mapping[str, Labels]) -> int:
    """How many records fit exactly one released row; none where no row stands alone."""
    if 1 not in classes[ROWS]:
        return 0
    fields = [name for name in classes.columns if name != ROWS]
    covers = covering(classes.select(fields), known.select(fields), hierarchies)
    rows, records, hits = classes[ROWS].to_numpy(), known[ROWS].to_numpy(), 0
    for block in covers.blocks:
        hits += int(records[block][(covers.matches(fields, block) @ rows.astype(np.int64)) == 1].sum())
    return hits


def _by_chance(hits: int, known: pl.DataFrame, classes: pl.DataFrame) -> bool:
    """Whether other people of the same kind would fit as often; a lax plan loosens nothing here.

    The chance that the next person has a combination which occurs once is 2 f2 / n, f2 combinations occurring twice.

    Source: Good 1953, doi:10.1093/biomet/40.3-4.237.
    """
    twice = 2.0 * int((classes[ROWS] == 2).sum())  # noqa: PLR2004 - twice
    tried = Tried(hits, int(known[ROWS].sum()), twice, int(classes[ROWS].sum()))
    return judged(tried, METHOD, power=None, limit=EXCESS).outcome == "holds"


def _plain(field: str, kind: str) -> pl.Expr:
    """A cell as it is compared: a number whatever its notation."""
    cell = pl.col(field)
    return cell if kind == "string" else pl.coalesce(cell.cast(pl.Float64, strict=False).cast(pl.String), cell)


def _file(release: Published, number: int) -> Path:
    plan, table = release.plan, release.tables[number - 1]
    stem = plan["name"] if number == 1 else f"{plan['name']}-{table['name']}"
    path = release.folder / f"{stem}.{plan['file_format']}"
    if not path.exists():
        raise SourceError(f"{path.name}: is no longer in the release; publish it again")
    return path


def _hierarchies(release: Published, number: int) -> Iterator[tuple[str, Labels]]:
    """The hierarchies of a table's generalised columns, from the dossier."""
    where = release.dossier / "hierarchies" / ("" if number == 1 else str(number))
    columns = release.tables[number - 1]["columns"]
    quasi = [c["field"] for c in columns if c["treatment"] != "drop" and c["role"] == "quasi"]
    for at, name in enumerate(quasi, start=1):
        yield name, read_hierarchy(where / f"{at}.csv")

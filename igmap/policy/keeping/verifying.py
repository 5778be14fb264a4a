"""After deletion and a new export: what of the lists is still there, and wherever else its persons come back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet
from pydantic import ValidationError

from igmap.engine import Sought, Valued
from igmap.errors import PolicyError
from igmap.inventory.kinships import Relations, relate
from igmap.inventory.labels import Located
from igmap.policy.case import Case
from igmap.policy.keeping.due import MANIFEST, DueList, DueTerm, Manifest
from igmap.stages import read_stage, write_stage
from igmap.workspace import Workspace

Verdict = Literal["gone", "still", "own_term", "untold", "absent"]
RESULT = "verified.json"
UNMISTAKABLE = {"email", "username", "bsn", "phone"}  # nobody else has the same
Kin = tuple[Located, list[tuple[str, str]]]
FORM = {"phone": "phone", "name": "name"}
VIOLATED, LEFT_OPEN = 4, 3


@dataclass(frozen=True, slots=True)
class Verified:
    """What of one list is still in one dataset.

    Args:
        list_of: the dataset the list is of.
        dataset: the one that was looked at.
        term: where it stands in the register; "" where persons were looked for in other data.
        sought: different keys of the list.
        still: of them, those that are still there.
        verdict: gone, still there, kept for a purpose of its own, not to be told, or the dataset is gone.
    """

    list_of: str
    dataset: str
    term: str
    sought: int
    still: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Verification:
    """A re-scan after deletion.

    Args:
        on: the day of the re-scan.
        listed_on: the day of the lists.
        policy: id of the register.
        results: per list, dataset and term.
        exports: SHA-256 of every dataset that was looked at.
    """

    on: date
    listed_on: date
    policy: str
    results: tuple[Verified, ...]
    exports: dict[str, str]

    @property
    def exit_status(self) -> int:
        """4 when anything is still there, 3 when that cannot be told, else 0."""
        verdicts = {one.verdict for one in self.results}
        return VIOLATED if "still" in verdicts else LEFT_OPEN if "untold" in verdicts else 0


def read_manifest(workspace: Workspace) -> Manifest:
    """The manifest of the last lists.

    Raises:
        PolicyError: there is none, or it is not one.
    """
    path = workspace.private / "retention" / MANIFEST
    try:
        return read_stage(path, Manifest)
    except OSError:
        raise PolicyError("private/retention holds no lists; run 'igmap retention due' before deletion") from None
    except ValidationError:
        raise PolicyError(f"private/retention/{MANIFEST} is not a manifest of this version; list anew") from None


def verify_due(case: Case) -> Verification:
    """Look in the exports for everything the last lists say has to go, and write what was seen beside them.

    Args:
        case: with the new exports open.

    Raises:
        PolicyError: there are no lists.
    """
    if case.exports is None or case.exports.workspace is None:
        raise PolicyError("lists lie in a workspace; open one")
    workspace = case.exports.workspace
    manifest, folder = read_manifest(workspace), workspace.private / "retention"
    relations = relate(case.exports, case.inventory) if any(one.persons for one in manifest.lists) else None
    results: list[Verified] = []
    for number, listed in enumerate(manifest.lists):
        results += _sought(case, parquet.read_table(folder / listed.file), listed)
        if relations and listed.persons:
            results += _elsewhere(case, f"due_persons_{number}", listed, _kin(case, listed, relations))
    hashes = {f"{d.source}#{d.table}".removesuffix("#"): d.sha256 for d in case.inventory.datasets}
    told = Verification(case.today, manifest.on, manifest.policy, tuple(results), hashes)
    write_stage(folder / RESULT, told)
    (folder / RESULT).chmod(0o600)
    return told


def _sought(case: Case, table: pa.Table, listed: DueList) -> Iterator[Verified]:
    """What of a list is still in the datasets of its binding."""
    own = [place for place in case.located().values() if _bound_by(case, place) == listed.binding]
    for number, term in enumerate(listed.terms):
        if term.at_end == "review":
            continue
        prints = pc.unique(table.filter(pc.equal(table["pick"], number))["print"])
        for place in own:
            yield _still(case, listed, term, (place, prints))
        if not own:
            yield Verified(listed.dataset, "", term.term, len(prints), 0, "absent")


def _still(case: Case, listed: DueList, term: DueTerm, at: tuple[Located, pa.Array]) -> Verified:
    """The records of one list by one term in a dataset of the same binding."""
    place, prints = at
    columns = {name: one.column for name, one in place.columns.items() if one.table == place.dataset.name}
    told = (listed.dataset, _name(place), term.term, len(prints))
    if case.exports is None or not set(term.key) <= set(columns):
        return Verified(*told, 0, "untold" if place.dataset.parsed else "gone")
    cells = tuple(columns[name] for name in term.fields if name in columns)
    sought = Sought(pa.table({"print": prints}), tuple(columns[name] for name in term.key), cells)
    still = case.exports.engine.remaining(place.dataset.name, sought)
    return Verified(*told, still, "still" if still else "gone")


def _elsewhere(case: Case, name: str, listed: DueList, kin: Sequence[Kin]) -> Iterator[Verified]:
    """Persons of whom nothing may be left in the dataset of a list, in the columns of other data that hold the same."""
    if case.exports is None or case.exports.workspace is None or not kin:
        return
    table = parquet.read_table(case.exports.workspace.private / "retention" / listed.file)
    persons = pc.unique(table.filter(table["whole"])["person"].drop_null())
    engine, form = case.exports.engine, FORM.get(_category(case, listed), "login")
    engine.load(name, pa.table({"c1": persons.cast(pa.string())}).to_reader())
    for place, columns in kin:
        shared = engine.shared([Valued(name, "c1", form), *(Valued(*column, form) for column in columns)])
        still = max(int(count) for count in shared.pairs()[0, 1:])
        binding = case.decisions.binding(place.source, place.table)
        verdict: Verdict = "own_term" if binding and binding.purposes else "still"
        if still:
            yield Verified(listed.dataset, _name(place), "", len(persons), still, verdict)


def _kin(case: Case, listed: DueList, relations: Relations) -> list[Kin]:
    """Data of other bindings with their columns that hold the same persons: the same kind of identifier, or kin."""
    at = (*listed.dataset.partition("#")[::2], listed.person_key)
    groups = [{tuple(field) for field in group.fields} for group in relations.persons]
    kin = {field for group in groups if at in group for field in group}
    category = _category(case, listed)
    found, places = [], case.located()
    for dataset in case.inventory.datasets:
        place = places.get((dataset.source, dataset.table))
        if place is None or _bound_by(case, place) == listed.binding:
            continue
        alike = {f.name for f in dataset.fields if f.category == category and category in UNMISTAKABLE}
        named = alike | {name for source, table, name in kin if (source, table) == (dataset.source, dataset.table)}
        columns = [place.columns[name] for name in sorted(named) if name in place.columns]
        if columns:
            found.append((place, [(one.table, one.column) for one in columns]))
    return found


def _bound_by(case: Case, place: Located) -> str:
    """The id of the binding of a dataset, or ""."""
    binding = case.decisions.binding(place.source, place.table)
    return binding.id if binding else ""


def _category(case: Case, listed: DueList) -> str:
    source, _, table = listed.dataset.partition("#")
    fields = (f for d in case.inventory.datasets if (d.source, d.table) == (source, table) for f in d.fields)
    return next((field.category for field in fields if field.name == listed.person_key), "")


def _name(place: Located) -> str:
    return f"{place.source}#{place.table}".removesuffix("#")

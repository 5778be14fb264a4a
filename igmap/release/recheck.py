"""Looking again at old releases: whether they are as they were, past their date, and stand what came after them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations

from igmap.errors import ReleaseError, SourceError
from igmap.release.attacks.attack import EXCESS
from igmap.release.attacks.earlier import beside
from igmap.release.attacks.known import Known, known_in
from igmap.release.classes import class_sizes, smallest
from igmap.release.published import Published, read_release
from igmap.release.register import Entry, Recheck, Releases, Standing, read_register, write_register
from igmap.release.source import open_source
from igmap.release.staged import sha256
from igmap.sources import Exports
from igmap.workspace import Workspace

BROKEN = {"k", "attack"}


def recheck(workspace: Workspace, exports: Exports, *, today: date) -> Releases:
    """Look again at every release of a workspace, and note in its register what was found; nothing else changes.

    The map from row to person is gone, so that only this is counted again: k in rows, and attacks on each two releases
    together; who is known to an attacker comes from the source, where it is still among the exports.

    Raises:
        ReleaseError: the register cannot be read.
    """
    register = read_register(workspace)
    found = {one.name: list(_changed(workspace, one, today)) for one in register.releases}
    tables = {one.name: _read(workspace, one.name, found[one.name]) for one in register.releases}
    for old, new in combinations(register.releases, 2):
        unmet = list(_together(tables[new.name], tables[old.name], exports))
        found[new.name] += [f"attack {name}" for name in unmet]
        found[old.name] += [f"attack {name}" for name in unmet]
    noted = tuple(replace(one, rechecked=(*one.rechecked, _noted(found[one.name], today))) for one in register.releases)
    write_register(workspace, replace(register, releases=noted))
    return replace(register, releases=noted)


def _noted(why: list[str], today: date) -> Recheck:
    broken = any(one.split()[0] in BROKEN for one in why)
    outcome: Standing = "broken" if broken else "look" if why else "holds"
    return Recheck(today, outcome, tuple(dict.fromkeys(why)))


def _changed(workspace: Workspace, entry: Entry, today: date) -> Iterator[str]:
    folder = workspace.root / "out" / "releases" / entry.name
    plan = workspace.root / "private" / "dossiers" / entry.name / "plan.yaml"
    there = {path.name: sha256(path) for path in folder.glob("*") if path.is_file()}
    if not folder.is_dir():
        yield "gone"
    elif entry.files and there != entry.files:
        yield "changed"
    if not plan.is_file() or sha256(plan) != entry.plan_sha256:
        yield "dossier"
    if entry.look_again_on <= today:
        yield "due"


def _read(workspace: Workspace, name: str, why: list[str]) -> tuple[Published, ...]:
    """The tables of a release, whose classes are counted again; none if they are no longer as they were."""
    try:
        tables = read_release(workspace, name)
    except ReleaseError:
        why += [] if {"gone", "changed", "dossier"} & {*why} else ["dossier"]
        return ()
    why += ["k" for one in tables if one.quasi and _rows(one) < int(one.plan["k"])]
    return tables


def _rows(one: Published) -> int:
    return smallest(class_sizes(one.table, one.quasi)["rows"])


def _together(new: tuple[Published, ...], old: tuple[Published, ...], exports: Exports) -> Iterator[str]:
    for one in new:
        known = _known(one.plan, exports) if old else None
        for other in old:
            yield from (name for name, found in beside(one, other, known) if found.outcome == "unmet")


def _known(plan: Mapping[str, object], exports: Exports) -> Known | None:
    """What the source tells of persons; nothing where it is no longer among the exports, or lost its person key."""
    person = plan["person_key"]
    try:
        source = open_source(exports, str(plan["source"]), str(plan["table"]), str(person) if person else None)
    except SourceError:
        return None
    limits = plan.get("thresholds")
    limit = limits.get("excess", EXCESS) if isinstance(limits, Mapping) else EXCESS
    return known_in(source, seed=int(str(plan["seed"])), limit=float(limit))

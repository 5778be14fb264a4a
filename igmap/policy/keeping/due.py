"""The list of what is past its term, and the records that may stay in anonymised form only: private, with a manifest.

Nothing is deleted here. The list says which records, by number and by fingerprint; the manifest holds figures only.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from igmap.engine import Engine, Pick
from igmap.errors import PolicyError
from igmap.policy.case import Case
from igmap.policy.keeping.counting import last_past
from igmap.policy.keeping.judging import Judged, dated, judge
from igmap.policy.rules.periods import longer
from igmap.policy.values import Open
from igmap.stages import write_stage
from igmap.workspace import made

MANIFEST = "manifest.json"
LIST = pa.schema(
    [
        ("record", pa.int64()), ("pick", pa.int32()), ("person", pa.string()), ("start", pa.string()),
        ("print", pa.string()), ("whole", pa.bool_()),
    ]
)  # fmt: skip
HOW = "copy {file} into exports/ of a workspace of its own, bind it there, and run: igmap plan"


@dataclass(frozen=True, slots=True)
class DueTerm:
    """What one term says has to go from a dataset.

    Args:
        term: where it stands in the register.
        purpose: its id.
        at_end: anonymise, delete or review.
        period: ISO 8601.
        event: that starts it.
        column: that gives the date.
        records: that are past it.
        fields: that it ends, as they are shown.
        stay: fields with a longer term or minimum of another purpose, or under a hold, which stay until that ends.
        key: the fields a record is known by later.
    """

    term: str
    purpose: str
    at_end: str
    period: str
    event: str
    column: str
    records: int
    fields: tuple[str, ...]
    stay: tuple[str, ...]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DueList:
    """What has to go from one dataset.

    Args:
        dataset: source, and the sheet or table behind a `#`.
        binding: its id in decisions.yaml.
        sha256: of the file.
        rows: of the dataset.
        records: that are past at least one term.
        persons: of whom no other record is left in the dataset.
        person_key: the field that tells persons apart, or "".
        terms: in the order of `pick` in the list.
        file: the list, in private/retention/.
        kept: the records that may stay in anonymised form only, in private/retention/; "" without any.
        kept_records: how many those are.
        how: how the next room takes them.
    """

    dataset: str
    binding: str
    sha256: str
    rows: int
    records: int
    persons: int
    person_key: str
    terms: tuple[DueTerm, ...]
    file: str
    kept: str = ""
    kept_records: int = 0
    how: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every list of one day. Figures and names of columns only, no values.

    Args:
        on: the day terms were reckoned to.
        policy: id of the register.
        version: of the register; "" where it states none.
        lists: one per dataset with anything due.
        left_open: terms that could not be counted, which no list speaks of.
    """

    on: date
    policy: str
    version: str
    lists: tuple[DueList, ...]
    left_open: int = 0


def write_due(case: Case, *, only: str = "") -> Manifest:
    """Write the lists and their manifest to `private/retention/`; lists of an earlier day are replaced.

    Args:
        case: with the exports open.
        only: a dataset, as it is shown, with its table behind a `#`; by default all.

    Raises:
        PolicyError: there is no register, no workspace, or no such dataset.
    """
    if case.exports is None or case.exports.workspace is None:
        raise PolicyError("what is due can be listed for a workspace only; open one")
    folder = made(case.exports.workspace.private / "retention", mode=0o700)
    judged = list(judge(case))
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        groups.setdefault(shown_as(one), []).append(one)
    if only and only not in groups:
        raise PolicyError(f"no dataset {only!r} with a declared purpose; known are {', '.join(sorted(groups))}")
    chosen = {name: found for name, found in groups.items() if not only or name == only}
    lists = tuple(told for name, found in chosen.items() if (told := _listed(case, folder, name, found)))
    header = case.register.header
    version = "" if isinstance(header.version, Open) else header.version
    manifest = Manifest(case.today, header.id, version, lists, sum(one.count is None for one in judged))
    _private(folder / MANIFEST, lambda path: write_stage(path, manifest))
    return manifest


def shown_as(judged: Judged) -> str:
    """A dataset as findings call it: its source, with the table behind a `#`."""
    dataset = judged.bound.dataset
    return f"{dataset.source}#{dataset.table}".removesuffix("#")


def _listed(case: Case, folder: Path, name: str, judged: Sequence[Judged]) -> DueList | None:
    """The list of one dataset; None when nothing is due."""
    past = [one for one in judged if one.count and one.count.past and _leaving(one, judged)]
    if case.exports is None or not past:
        return None
    engine, bound = case.exports.engine, past[0].bound
    engine.choose(bound.table, target := f"{bound.table}_due", [_pick(case, one, judged) for one in past])
    stem = re.sub(r"[^\w.-]+", "_", name)
    file = _private(folder / f"{stem}-due.parquet", _writer(engine, target, LIST.names, LIST))
    kept = [i for i, one in enumerate(past) if one.term.at_end == "anonymise"]
    rest, count = _kept(engine, past[0], kept, folder / f"{stem}-anonymise.parquet") if kept else ("", 0)
    records, persons = _figures(engine, target, named=bool(_person(past[0])))
    return DueList(
        dataset=name,
        binding=bound.binding.id,
        sha256=bound.dataset.sha256,
        rows=bound.rows,
        records=records,
        persons=persons,
        person_key=_person(past[0]),
        terms=tuple(_told(one, judged) for one in past),
        file=file,
        kept=rest,
        kept_records=count,
        how=HOW.format(file=f"private/retention/{rest}") if rest else "",
    )


def _pick(case: Case, one: Judged, judged: Sequence[Judged]) -> Pick:
    if case.exports is None or one.spread is None:
        raise ValueError("only what was counted can be listed")
    last = last_past(one.spread, one.ends, case.today)
    key = tuple(one.bound.column(name) for name in _key(one, judged))
    return Pick(dated(case, one, case.exports.engine), -(2**31) if last is None else last, key)


def _key(one: Judged, judged: Sequence[Judged]) -> tuple[str, ...]:
    """What a record is known by later: its person and its date; without a person all that has to go, and its date."""
    person = _person(one)
    leaving = [name for name in _leaving(one, judged) if one.bound.column(name)]
    return tuple(dict.fromkeys([*([person] if person else leaving), one.column]))


def _person(one: Judged) -> str:
    key = one.bound.binding.person_key or ""
    return key if one.bound.column(key) else ""


def _leaving(one: Judged, judged: Sequence[Judged]) -> tuple[str, ...]:
    """The fields that have to go: those that no other purpose of the dataset may keep longer."""
    longer_kept = {name for name, _ in _staying(one, judged)}
    return tuple(name for name in one.fields if name not in longer_kept)


def _staying(one: Judged, judged: Sequence[Judged]) -> Iterator[tuple[str, Judged]]:
    for other in judged:
        if other.term.path != one.term.path and other.count and longer(other.term.period, one.term.period):
            yield from ((name, other) for name in other.fields if name in one.fields)


def _told(one: Judged, judged: Sequence[Judged]) -> DueTerm:
    if one.count is None or one.event is None:
        raise ValueError("only what was counted can be listed")
    stay = tuple(dict.fromkeys([*(name for name, _ in _staying(one, judged)), *one.stay]))
    return DueTerm(
        term=one.term.path,
        purpose=one.term.purpose.id,
        at_end=one.term.at_end,
        period=one.term.period,
        event=one.event.id,
        column=one.column,
        records=one.count.past,
        fields=_leaving(one, judged),
        stay=stay,
        key=_key(one, judged),
    )


def _kept(engine: Engine, one: Judged, picks: list[int], path: Path) -> tuple[str, int]:
    """Write the records that may stay in anonymised form only, whole, under the names of their columns."""
    bound = one.bound
    target = f"{bound.table}_kept"
    count = engine.among(bound.table, target, f"{bound.table}_due", picks)
    held = bound.place.columns if bound.place else {}
    columns = {name: at.column for name, at in held.items() if at.table == bound.table}
    schema = pa.schema([(name, pa.string()) for name in columns])
    return _private(path, _writer(engine, target, list(columns.values()), schema)), count


def _figures(engine: Engine, target: str, *, named: bool) -> tuple[int, int]:
    """Records in a list, and persons of whom no other record is left."""
    records = engine.profile(target, ["record"])["record"].distinct
    whole = engine.distinct(target, ["whole"], person="person")
    persons = dict(zip(whole["whole"].to_pylist(), whole["persons"].to_pylist(), strict=True))
    return records, int(persons.get(True, 0)) if named else 0


def _writer(engine: Engine, table: str, columns: Sequence[str], schema: pa.Schema) -> Callable[[Path], object]:
    return lambda path: engine.write(table, columns, path, schema=schema)


def _private(path: Path, write: Callable[[Path], object]) -> str:
    """Write a file that only its owner may read, and put it into place by one rename; its name."""
    scratch = path.with_name(f".{path.name}.part{path.suffix}")
    scratch.touch(mode=0o600)
    write(scratch)
    scratch.chmod(0o600)
    scratch.replace(path)
    return path.name

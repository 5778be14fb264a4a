"""Carrying out a plan: search the best recoding, join its labels in, leave out what stays rare, shuffle, write."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import yaml

from igmap.anonymisation.checking import check_plan
from igmap.anonymisation.hierarchies import Hierarchy, build_hierarchy
from igmap.anonymisation.joined_tables import joined_recoding, joined_tables
from igmap.anonymisation.plan import LinkedTable, Plan
from igmap.anonymisation.recoding import Recoding
from igmap.anonymisation.release import Release, staging, write_hierarchy
from igmap.anonymisation.single_table import Written, single_recoding, single_table
from igmap.anonymisation.table import planned_table
from igmap.anonymisation.transforming import ReleaseKey
from igmap.engine.protocol import RECORD
from igmap.errors import TargetError
from igmap.sources import Exports
from igmap.workspace import write_file

KEY_BYTES = 32
TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}


def anonymise(exports: Exports, plan: Plan, folder: Path, *, secret: bytes = b"") -> Release:
    """Carry out a plan on the opened exports, which are not changed.

    Args:
        exports: hold the plan's datasets.
        plan: what becomes of each column.
        folder: private staging; the release gets a folder of its own in it.
        secret: key material for what is drawn (pseudonyms, noise, shifts of dates …); by default a new one, which is
            forgotten unless a column's step says `keep_key`.

    Raises:
        PlanError: the plan contradicts itself or the data, for example k above the number of persons.
        HierarchyError: a hierarchy cannot place every value.
        TargetError: no recoding meets the models within the suppression limit.
    """
    secret = secret or secrets.token_bytes(KEY_BYTES)
    recoding = find_recoding(exports, check_plan(plan), secret=secret)
    engine = exports.engine
    written = joined_tables(engine, plan, recoding) if plan.joined else [single_table(engine, plan, recoding)]
    with staging(folder, plan.name) as path:
        rows = [engine.describe(one.name)[0] for one in written]
        release = Release(
            folder=path,
            plan=plan,
            levels=dict(zip((column.field for column in plan.quasi_identifiers), recoding.levels or (), strict=False)),
            rows=rows[0],
            suppressed_rows=recoding.tables[0].rows - rows[0],
            loss=recoding.loss,
            search=recoding.best.search,
            figures=recoding.best.figures,
        )
        for number, (planned, one) in enumerate(zip(plan.tables, written, strict=True), start=1):
            _write(exports, one, planned, release, number)
        _write_prepared(exports, recoding, release)
        _write_conditions(release, recoding)
        _write_plan(release, secret)
    return release


def find_recoding(exports: Exports, plan: Plan, *, secret: bytes = b"") -> Recoding:
    """Search the best recoding without writing anything.

    Args:
        exports: hold the plan's datasets.
        plan: what becomes of each column.
        secret: as `anonymise`.

    Raises:
        PlanError, HierarchyError, TargetError: as `anonymise`.
    """
    secret = secret or secrets.token_bytes(KEY_BYTES)
    keys = [ReleaseKey(secret, plan.seed + number) for number, _ in enumerate(plan.tables)]
    planned = zip(plan.tables, keys, strict=True)
    tables = [planned_table(exports, table, key, sample=plan.sample) for table, key in planned]
    recoding = (joined_recoding if plan.joined else single_recoding)(exports, plan, tables)
    if not recoding.best.released.any():
        raise TargetError(f"with k = {plan.k} every row would be suppressed; allow coarser levels or drop a column")
    return recoding


def _write(exports: Exports, written: Written, planned: LinkedTable, release: Release, number: int) -> None:
    """The data, the private map from row to person, and the hierarchies of one table."""
    schema = pa.schema([(column.field, TYPES[column.type]) for column in planned.kept])
    file = release.file(planned.name)
    exports.engine.write(written.name, written.columns, file, schema=schema, labels=written.labels)
    persons = pa.schema([("record", pa.int64()), ("person", pa.string())])
    exports.engine.write(written.name, [RECORD, written.who], release.person_map(number), schema=persons)
    _write_hierarchies(release.hierarchies(number), written.hierarchies)


def _write_hierarchies(folder: Path, hierarchies: Sequence[Hierarchy]) -> None:
    for number, hierarchy in enumerate(hierarchies, start=1):
        write_hierarchy(folder / f"{number}.csv", hierarchy)


def _write_prepared(exports: Exports, recoding: Recoding, release: Release) -> None:
    """What lies between source and release, for the proof only: transformed cells, and the records that were drawn."""
    for number, table in enumerate(recoding.tables, start=1):
        fields = {"record": pa.int64(), **dict.fromkeys(table.prepared, pa.string())}
        columns = [RECORD, *table.prepared.values()]
        for kind, wanted in (("prepared", bool(table.prepared)), ("sampled", release.plan.sample < 1)):
            if wanted:
                count = len(columns) if kind == "prepared" else 1
                schema = pa.schema(list(fields.items())[:count])
                exports.engine.write(table.name, columns[:count], release.between(kind, number), schema=schema)


def _write_conditions(release: Release, recoding: Recoding) -> None:
    """What conditions were counted with: hierarchies of sensitive columns, and those that a population is under."""
    _write_hierarchies(release.folder / "population", recoding.wider)
    for number, settings in enumerate(release.plan.models, start=1):
        if "hierarchy" in settings:
            told = recoding.tuples.column(settings["column"])
            laid = build_hierarchy(told.field, told.values, settings["hierarchy"])
            write_hierarchy(release.folder / "models" / f"{number}.csv", laid)


def _write_plan(release: Release, secret: bytes) -> None:
    plain = json.loads(
        json.dumps(asdict(release.plan), default=str)
    )  # `to_plain` gives the same, but takes long to load
    text = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=120)
    write_file(release.folder / "plan.yaml", text)
    steps = [step for table in release.plan.tables for column in table.kept for step in column.transform]
    if any((step.get("pseudonym") or {}).get("keep_key") for step in steps if isinstance(step.get("pseudonym"), dict)):
        write_file(release.folder / "key.txt", secret.hex())

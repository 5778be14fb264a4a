"""An extract for a recipient: checked, joined with consents and restrictions, written, and logged before it is used."""

import hashlib
from collections import defaultdict
from pathlib import Path
from typing import Literal

import pyarrow as pa

from igmap.disclosing.agreed import Agreed, Request, agreed
from igmap.disclosing.joining import Joins, joins
from igmap.disclosing.persons import INSIDE
from igmap.engine.recoding import Mapping
from igmap.errors import DisclosureError
from igmap.found import Found
from igmap.inventory.labels import Located, locate
from igmap.policy.disclosures import LOG, Disclosure, log_disclosure, read_disclosures

Format = Literal["csv", "parquet"]

__all__ = ["Request", "disclose"]


def disclose(found: Found, request: Request, *, form: Format = "csv") -> tuple[Disclosure, Path]:
    """Write an extract to `private/disclosures/` and log it; the file is for the recipient, and is removed after that.

    Args:
        found: the opened workspace.
        request: what goes to whom, for which purpose, on which ground.
        form: of the file.

    Returns:
        The entry of the log, and the file.

    Raises:
        DisclosureError: register or decisions speak against it; nothing was written or logged.
        DecisionError: a list of persons lacks a column it names.
    """
    what = agreed(found, request)
    place = locate(found.exports, what.dataset.source, what.dataset.table)
    joined = joins(found, what, place, request)
    log = found.workspace.out / LOG
    number = len(read_disclosures(log)) + 1
    path = found.workspace.private / "disclosures" / f"{number:04d}.{form}"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    left_out = _write(found, what, place, joined, path)
    entry = _entry(found, what, request, number)
    of = place.dataset.parsed
    told = {"records": of - sum(left_out.values()), "of": of, "left_out": left_out, "lists": joined.lists}
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    done = Disclosure(**entry, **told, sha256=digest)  # type: ignore[arg-type]
    log_disclosure(log, done)
    return done, path


def _write(found: Found, what: Agreed, place: Located, joined: Joins, path: Path) -> dict[str, int]:
    """Write the records that may leave; how many stay, by the first reason each of them has."""
    columns = [place.columns[field.name] for field in what.fields]
    nested = next((c.name for c in columns if c.table != place.dataset.name), None)
    if nested is not None:
        raise DisclosureError(f"{what.dataset.source}: {nested} lies in a list within the record and cannot be given")
    engine, name = found.exports.engine, place.dataset.name
    mappings = [*joined.mappings, *(Mapping(column.column) for column in columns)]
    says = [f"out{number}" for number in range(len(joined.mappings))]
    keep = pa.table({out: [INSIDE] for out in says}) if says else None
    left_out: dict[str, int] = defaultdict(int)
    if says:
        counted = engine.distinct(engine.rewrite(name, joined.mappings, keep=None, seed=0), says)
        for row in counted.to_pylist():
            left_out[next((row[out] for out in says if row[out] != INSIDE), INSIDE)] += row["rows"]
    target = engine.rewrite(name, mappings, keep=keep, seed=len(columns))
    schema = pa.schema([pa.field(column.name, pa.string()) for column in columns])
    engine.write(target, [f"out{number}" for number in range(len(says), len(mappings))], path, schema=schema)
    path.chmod(0o600)
    return {reason: rows for reason, rows in sorted(left_out.items()) if reason != INSIDE}


def _entry(found: Found, what: Agreed, request: Request, number: int) -> dict[str, object]:
    version = found.register.version if found.register else ""
    return {
        "number": number,
        "on": found.today,
        "by": request.by,
        "dataset": f"{what.dataset.source}#{what.dataset.table}".removesuffix("#"),
        "fields": tuple(field.name for field in what.fields),
        "role": what.binding.role,
        "recipient": what.recipient.id,
        "purpose": what.purpose.id,
        "ground": request.ground,
        "necessity": request.necessity,
        "law": request.law,
        "policy": version if isinstance(version, str) else "",
    }

"""An extract for a recipient: checked, joined with consents and restrictions, written, and logged before it is used."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

import polars as pl
import pyarrow as pa

from igmap.disclosing.agreed import Agreed, Request, agreed
from igmap.disclosing.persons import INSIDE, NO_KEY, Listed, listed, reasons, table_of
from igmap.engine.protocol import Mapping
from igmap.errors import DisclosureError, nearest
from igmap.found import Found
from igmap.inventory.decisions import PersonList
from igmap.inventory.labels import Located, locate, shown
from igmap.policy.disclosures import LOG, Disclosure, log_disclosure, read_disclosures
from igmap.policy.values import Open
from igmap.sources.exports import Column

OPPOSABLE = {"eu-gdpr:A6-1-e", "eu-gdpr:A6-1-f"}  # GDPR Art. 21(1)
Format = Literal["csv", "parquet"]

__all__ = ["Request", "disclose"]


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Which records leave.

    Args:
        key: the column that says who.
        mapping: from each of its values to the reason; None where no list is joined.
        left_out: records by reason.
    """

    key: Column | None
    mapping: pa.Table | None
    left_out: dict[str, int]


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
    lists = _lists(found, what, request)
    records = _sorted(found, what, place, lists, request)
    log = found.workspace.out / LOG
    number = len(read_disclosures(log)) + 1
    path = found.workspace.private / "disclosures" / f"{number:04d}.{form}"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    _write(found, what, place, records, path)
    entry = _entry(found, what, request, number)
    left = sum(records.left_out.values())
    told = {"records": place.dataset.parsed - left, "of": place.dataset.parsed, "left_out": records.left_out}
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    done = Disclosure(**entry, **told, lists=tuple(one.id for one in lists), sha256=digest)  # type: ignore[arg-type]
    log_disclosure(log, done)
    return done, path


def _lists(found: Found, what: Agreed, request: Request) -> list[PersonList]:
    """The lists of persons that concern this extract.

    Raises:
        DisclosureError: the ground asks for consent and no list says who gave it.
    """
    concerned = [one for one in found.decisions.person_lists if one.concerns(what.purpose.id, what.recipient.id)]
    rules = found.register.disclosures if found.register else None
    needed = rules is not None and request.ground in rules.consent_required
    if needed and not any(one.kind == "consent" for one in concerned):
        raise DisclosureError(
            f"ground {request.ground!r} needs recorded consent; say under person_lists in decisions.yaml where it is"
        )
    basis = what.purpose.legal_basis
    opposable = isinstance(basis, Open) or basis in OPPOSABLE
    return [
        one
        for one in concerned
        if (one.kind == "restriction")
        or (one.kind == "consent" and needed)
        or (one.kind == "objection" and (opposable or one.purposes))
    ]


def _sorted(found: Found, what: Agreed, place: Located, lists: Sequence[PersonList], request: Request) -> _Sorted:
    """Every record with why it does not leave."""
    if not lists:
        return _Sorted(None, None, {})
    says = [_says(found, entry) for entry in lists]
    key = _key(what, place, request)
    batches = list(found.exports.engine.values(key.table, key.column))
    values = (
        pl.concat([pl.DataFrame(pl.from_arrow(b)) for b in batches])
        if batches
        else pl.DataFrame({"value": [], "rows": []}, schema={"value": pl.String, "rows": pl.Int64})
    )
    told = reasons(values["value"], says, consent_needed=any(one.kind == "consent" for one in lists))
    counted = values.with_columns(reason=told).group_by("reason").agg(pl.col("rows").cast(pl.Int64).sum())
    left = {reason: rows for reason, rows in sorted(counted.iter_rows()) if reason != INSIDE}
    blank = place.dataset.parsed - int(values["rows"].sum())
    if blank:
        left[NO_KEY] = left.get(NO_KEY, 0) + blank
    blanks = pl.DataFrame({"value": [None, ""], "reason": NO_KEY}, schema_overrides={"value": pl.String})
    full = pl.concat([values.select(pl.col("value").cast(pl.String), reason=told), blanks])
    return _Sorted(key, table_of(full["value"], full["reason"]), left)


def _says(found: Found, entry: PersonList) -> Listed:
    places = [
        place
        for place in shown(found.exports)
        if fnmatchcase(place.source, entry.files) and entry.table in {"", "*", place.table} and place.dataset.name
    ]
    if not places:
        raise DisclosureError(f"decisions.yaml: person_lists: {entry.id}: no export matches {entry.files!r}")
    return listed(found.exports.engine, entry, places, found.today)


def _key(what: Agreed, place: Located, request: Request) -> Column:
    """The column of the dataset that says who.

    Raises:
        DisclosureError: none is known, or it lies in a list within the record.
    """
    name = request.match or what.binding.person_key or ""
    if name not in place.columns:
        hint = nearest(name, place.columns) if name else ""
        raise DisclosureError(
            f"{what.dataset.source}: no field says whose record it is, which consents and restrictions need; "
            f"name person_key in decisions.yaml, or say --match{hint}"
        )
    if place.columns[name].table != place.dataset.name:
        raise DisclosureError(f"{what.dataset.source}: {name} lies in a list within the record; say --match")
    return place.columns[name]


def _write(found: Found, what: Agreed, place: Located, records: _Sorted, path: Path) -> None:
    columns = [place.columns[field.name] for field in what.fields]
    nested = next((c.name for c in columns if c.table != place.dataset.name), None)
    if nested is not None:
        raise DisclosureError(f"{what.dataset.source}: {nested} lies in a list within the record and cannot be given")
    engine = found.exports.engine
    mappings = [Mapping(column.column) for column in columns]
    keep = None
    if records.key is not None:
        mappings.append(Mapping(records.key.column, records.mapping))
        keep = pa.table({f"out{len(columns)}": [INSIDE]})
    target = engine.rewrite(place.dataset.name, mappings, keep=keep, seed=len(columns))
    schema = pa.schema([pa.field(column.name, pa.string()) for column in columns])
    engine.write(target, [f"out{number}" for number in range(len(columns))], path, schema=schema)
    path.chmod(0o600)


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

"""A published release that is not as it went out: verify refuses it with the reason, and a recheck notes it."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from igmap.anonymisation import anonymise
from igmap.cli import app
from igmap.errors import SourceError, WorkspaceError
from igmap.inventory import Inventory
from igmap.release import prove, publish, read_register, recheck, verify
from igmap.release.finalise import finalise
from igmap.sources import open_exports
from igmap.workspace import Workspace
from tests.release_cases import opened, plan, quasi

Spoil = Callable[[Path], object]
TODAY = date(2026, 11, 26)
RELEASE, DOSSIER = Path("out/releases/towns"), Path("private/dossiers/towns")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("towns")
    rows = [(town, str(age)) for town in ("Goes", "Zeist") for age in (20, 30) for _ in range(3)]
    columns = quasi("town", {"categorical": True}), quasi("age", {"intervals": [10]})
    with opened(("town", "age"), [(rows[n * 5 % 12]) for n in range(12)]) as exports:
        made = anonymise(exports, replace(plan(*columns, k=3), name="towns"), Workspace(root).staging)
        publish(made, prove(exports, made), Workspace(root), today=TODAY)
    return root


def _data(change: Callable[[pl.DataFrame], pl.DataFrame], *, sealed: bool = False) -> Spoil:
    """The data after a change; sealed: with the hash of the codebook changed along."""

    def spoil(root: Path) -> None:
        file, package = root / RELEASE / "towns.parquet", root / RELEASE / "datapackage.json"
        change(pl.read_parquet(file)).write_parquet(file)
        if sealed:
            told = json.loads(package.read_text("utf-8"))
            told["resources"][0].pop("hash")
            told["resources"][0]["schema"]["fields"] = [
                one for one in told["resources"][0]["schema"]["fields"] if one["name"] in pl.read_parquet_schema(file)
            ]
            package.write_text(json.dumps(told), "utf-8")

    return spoil


def _cut(name: str, *, to: int) -> Spoil:
    return lambda root: (root / RELEASE / name).write_bytes((root / RELEASE / name).read_bytes()[:to])


def _gone(path: Path) -> Spoil:
    return lambda root: (root / path).unlink()


def _json(name: str, text: str) -> Spoil:
    return lambda root: (root / RELEASE / name).write_text(text, "utf-8")


SPOILT: dict[str, tuple[Spoil, str | None, tuple[str, ...]]] = {
    "edited": (_data(lambda t: t.with_columns(age=pl.lit("9"))), "was changed after it was published", ("changed",)),
    "a row less": (_data(lambda t: t.head(11)), "was changed after it was published", ("changed",)),
    "truncated": (_cut("towns.parquet", to=100), "was changed after it was published", ("changed",)),
    "nothing in it": (_cut("towns.parquet", to=0), "was changed after it was published", ("changed",)),
    "data gone": (_gone(RELEASE / "towns.parquet"), "holds no data file", ("changed",)),
    "empty": (_data(lambda t: t.clear(), sealed=True), "no rows", ("changed",)),
    "one person": (_data(lambda t: t.head(1), sealed=True), "about one person", ("changed",)),
    "one column": (_data(lambda t: t.select("town"), sealed=True), "one column", ("changed",)),
    "a column that is not there": (
        _data(lambda t: t.rename({"age": "agee"})), "was changed after it was published", ("changed",),
    ),
    "codebook truncated": (_cut("datapackage.json", to=40), "cannot be read", ("changed",)),
    "codebook empty": (_cut("datapackage.json", to=0), "cannot be read", ("changed",)),
    "codebook is a list": (_json("datapackage.json", "[]"), "nothing says which columns", ("changed",)),
    "codebook of numbers": (_json("datapackage.json", '{"resources": 7}'), "nothing says which columns", ("changed",)),
    "codebook without schema": (
        _json("datapackage.json", '{"resources": [{"path": "towns.parquet", "schema": 3, "dialect": 4, "hash": 5}]}'),
        "nothing says which columns", ("changed",),
    ),
    "verdict truncated": (_cut("verdict.json", to=40), "cannot be read", ("changed",)),
    "another file beside": (_json("more.csv", "a,b\n1,2\n"), "does not list", ("changed",)),
    "plan gone": (_gone(DOSSIER / "plan.yaml"), None, ("dossier",)),
    "plan of another": (
        lambda root: (root / DOSSIER / "plan.yaml").write_text("[", "utf-8"), None, ("dossier",),
    ),
    "other hashes": (
        lambda root: (root / DOSSIER / "inputs.json").write_text('{"data_sha256": 1, "plan_sha256": 2}'),
        None, ("dossier",),
    ),
    "hashes are a list": (
        lambda root: (root / DOSSIER / "inputs.json").write_text("[1]"), None, ("dossier",),
    ),
    "dossier gone": (lambda root: shutil.rmtree(root / DOSSIER), None, ("dossier",)),
    "hierarchy gone": (_gone(DOSSIER / "hierarchies" / "1.csv"), None, ("dossier",)),
    "folder gone": (lambda root: shutil.rmtree(root / RELEASE), "towns", ("gone",)),
}  # fmt: skip


@pytest.fixture
def spoilt(once: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    root = Path(shutil.copytree(once, tmp_path / "w"))
    SPOILT[request.param][0](root)
    return root


QUICK = {"edited", "truncated", "one column", "codebook without schema", "plan gone"}
CASES = [pytest.param(one, one, id=one, marks=() if one in QUICK else pytest.mark.ci) for one in SPOILT]


@pytest.mark.parametrize(("spoilt", "name"), CASES, indirect=["spoilt"])
def test_what_was_changed_after_publishing_is_refused_with_the_reason_and_noted(spoilt: Path, name: str) -> None:
    _, told, why = SPOILT[name]
    if told is None:
        assert verify(spoilt / RELEASE).k_rows == 3  # the release itself is whole
    else:
        with pytest.raises(SourceError, match=told):
            verify(spoilt / RELEASE)
    with open_exports(spoilt) as exports:
        (entry,) = recheck(Workspace(spoilt), exports, today=TODAY).releases
    assert (entry.rechecked[-1].outcome, entry.rechecked[-1].why) == ("look", why)


@pytest.mark.ci
@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("plan.yaml", "["),
        ("plan.yaml", "k: 1"),
        ("plan.yaml", "[1]"),
        ("versions.json", "{cut"),
        ("versions.json", "{}"),
        ("proof.json", "{}"),
        ("released.parquet", "PAR1"),
    ],
)
def test_a_verdict_is_not_made_final_by_a_dossier_that_cannot_be_read(
    once: Path, tmp_path: Path, file: str, content: str
) -> None:
    root = Path(shutil.copytree(once, tmp_path / "w"))
    (root / DOSSIER / file).write_text(content, "utf-8")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with open_exports(root) as exports, pytest.raises(WorkspaceError, match="towns: "):
        finalise(exports, Inventory(datasets=()), Workspace(root), "towns", today=TODAY)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@pytest.mark.ci
def test_the_commands_tell_it_in_a_line_and_give_a_status(once: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(once, tmp_path / "w"))
    assert read_register(Workspace(root)).releases[0].figures["k"] == 3
    SPOILT["truncated"][0](root)
    found = CliRunner().invoke(app, ["verify", str(root / RELEASE)])
    assert isinstance(found.exception, SourceError)
    assert CliRunner().invoke(app, ["recheck", str(root), "--today", "2026-11-27"]).exit_code == 3

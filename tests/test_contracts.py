"""What other programs read: schemas are current, and what a run writes fits them."""

import importlib.util
import json
from pathlib import Path

import pytest

from igmap.inventory import Inventory
from igmap.job import Outcome
from igmap.policy import read_findings
from igmap.stages import from_plain, read_stage, to_plain

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "docs" / "schemas"


def schema(name: str) -> dict[str, object]:
    content: dict[str, object] = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    return content


def test_the_schemas_in_docs_are_those_of_the_code() -> None:
    spec = importlib.util.spec_from_file_location("make_schemas", ROOT / "docs" / "make_schemas.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, content in module.schemas().items():
        assert (SCHEMAS / name).read_text("utf-8") == content, f"{name} is old: run 'make docs'"


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("inventory", "out/inventory.json"),
        ("relations", "out/relations.json"),
        ("findings", "out/findings.json"),
        ("verdict", "out/releases/*/verdict.json"),
        ("proof", "private/dossiers/*/proof.json"),
        ("releases", "private/releases.json"),
    ],
)
def test_every_file_a_run_writes_fits_its_schema(sample_run: tuple[Path, Outcome], name: str, pattern: str) -> None:
    import jsonschema  # takes seconds, and is needed by one worker only

    written = list(sample_run[0].glob(pattern))
    assert written
    for path in written:
        jsonschema.validate(json.loads(path.read_text("utf-8")), schema(name))


def test_an_inventory_reads_back_equal_and_accounts_for_every_record(sample_run: tuple[Path, Outcome]) -> None:
    inventory = read_stage(sample_run[0] / "out" / "inventory.json", Inventory)
    assert from_plain(Inventory, to_plain(inventory)) == inventory
    for dataset in inventory.datasets:
        assert dataset.rows == dataset.parsed + dataset.quarantined, dataset.source


def test_findings_read_back_equal_and_speak_both_languages(sample_run: tuple[Path, Outcome]) -> None:
    root, outcome = sample_run
    findings = read_findings(root / "out" / "findings.json")
    assert findings == outcome.findings
    assert all(finding.message.nl and finding.message.en for finding in findings)


def test_a_release_folder_holds_its_four_files_and_nothing_else(sample_run: tuple[Path, Outcome]) -> None:
    (folder,) = (sample_run[0] / "out" / "releases").iterdir()
    names = {path.name for path in folder.iterdir()}
    data = {name for name in names if name.endswith((".parquet", ".csv"))}
    assert len(data) == 1
    assert names - data == {"datapackage.json", "certificate.html", "verdict.json"}

"""Own detectors: a pattern with checks and cases in detectors.yaml, or a package's; used wherever igmap's own are."""

import json
import sys
from pathlib import Path

import polars as pl
import pytest
import yaml
from typer.testing import CliRunner

from igmap.cli import app
from igmap.errors import DetectorError
from igmap.inventory import discover
from igmap.inventory.detectors import DETECTORS
from igmap.inventory.own_detectors import all_detectors, detectors_of
from igmap.sources import open_exports
from tests.conftest import SAMPLE_DAY

RUNNER = CliRunner()
STAFF = r"""
- id: staff_number
  category: account_id
  pattern: '\bP[0-9]{6}\b'
  cases: {hits: [P123456, "pnr P123456."], misses: [P12345, XP123456]}
"""


def written(folder: Path, content: str) -> Path:
    path = folder / "detectors.yaml"
    path.write_text(content, "utf-8")
    return path


def entry(**changes: object) -> str:
    """A sound detectors.yaml with some keys of its one detector changed."""
    (sound,) = yaml.safe_load(STAFF)
    return yaml.safe_dump([sound | changes], sort_keys=False)


def call(*arguments: object) -> tuple[int, str]:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_without_a_file_there_are_igmaps_own(tmp_path: Path) -> None:
    assert detectors_of(tmp_path / "detectors.yaml") == DETECTORS == detectors_of()
    assert detectors_of(written(tmp_path, "# nothing yet\n[]\n")) == DETECTORS


def test_a_column_of_an_own_kind_is_found_with_its_detector_as_the_reason(tmp_path: Path) -> None:
    import pandas as pd

    own = detectors_of(written(tmp_path, STAFF))
    table = pd.DataFrame({"kolom": [f"P{100_000 + i}" for i in range(20)]})
    with open_exports({"t": table}) as exports:
        plain = discover(exports, today=SAMPLE_DAY).datasets[0].fields[0]
        (field,) = discover(exports, today=SAMPLE_DAY, detectors=own).datasets[0].fields
    assert plain.category != "account_id"
    assert (field.category, field.verdict) == ("account_id", "found")
    assert {"code": "share", "detector": "staff_number", "share": 1.0} in field.reasons


@pytest.mark.ci
def test_what_is_hidden_of_an_own_kind_is_counted_located_and_never_released(workspace: Path) -> None:
    written(workspace, STAFF)
    rows = [f"{20 + i % 4};{'mv'[i % 2]};{i % 10};Alles is goed gegaan hier.\n" for i in range(400)]
    rows[6] = "20;m;3;Graag P123456 bellen vandaag.\n"
    (workspace / "exports" / "g.csv").write_text("leeftijd;geslacht;cijfer;opmerking\n" + "".join(rows), "utf-8")
    assert call("discover", workspace)[0] == 0
    fields = json.loads((workspace / "out" / "inventory.json").read_text("utf-8"))["datasets"][0]["fields"]
    assert {"detector": "staff_number", "count": 1, "share": 0.0025} in fields[3]["detections"]
    found = pl.read_parquet(workspace / "private" / "locations.parquet").select("record", "detector", "start", "end")
    assert found.rows() == [(7, "staff_number", 6, 13)]
    assert call("plan", workspace, "--k", 5)[0] == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("staff: yes\n", "line 1: a list of detectors is needed"),
        (entry(categorie="name"), "line 11: 1.categorie: unknown key; did you mean 'category'?"),
        (entry(category="emial"), "line 2: 1.category: is no category that igmap knows; did you mean 'email'?"),
        (entry(category="none"), "line 2: 1.category: is no category"),
        (
            entry(checks=["lunh"]),
            "is no check; there are luhn, eleven_test, mod_97 and 'length 9' or 'length 8-10'; did",
        ),
        (entry(id="Staff"), "line 1: 1.id: small letters, digits and _ only"),
        (entry(pattern=12), "line 3: 1.pattern: write it as text, between quotes"),
        (entry(cases={"hits": [123456]}), "1.cases.hits.1: write it as text, between quotes"),
        (entry(cases={"hits": ["P123456"]}), "1.cases.misses: this key is needed"),
        (entry(cases={"hits": [], "misses": ["x"]}), "1.cases.hits: at least one is needed"),
        (entry(weight=99), "1.weight: "),
        (entry(context="pnr"), "1.context: write it as a list"),
        (STAFF + STAFF, "line 7: the id 'staff_number' is there twice"),
        (entry(id="bsn"), "the id 'bsn' is in igmap; choose another"),
        (entry(id="health"), "the id 'health' is in igmap; choose another"),
        ("- id: [\n", "not readable as YAML"),
    ],
)
def test_what_is_wrong_is_told_with_file_line_key_and_the_nearest_word(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(DetectorError) as refused:
        detectors_of(written(tmp_path, content))
    assert str(refused.value).startswith("detectors.yaml")
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("P123456(", "unclosed group (character 8)"),
        ("P123456(?=x)", "look-around, including look-ahead and look-behind, is not supported (character 8)"),
        (r"P123456\1", "backreferences are not supported (character 8)"),
        ("(?:P123456){9999999}", "too large"),
        (r"(?:\w{999}){999}P123456", "too large"),
        ("P123456|", "also fits an empty text"),
        ("(?<staff>P123456)", "a group with a name"),
        ("(?x) P123456 # number", "unclosed group"),
    ],
)
def test_a_pattern_that_is_none_is_told_with_its_place_and_not_quoted(tmp_path: Path, pattern: str, told: str) -> None:
    with pytest.raises(DetectorError) as refused:
        detectors_of(written(tmp_path, entry(pattern=pattern)))
    assert "line 3: 1.pattern: " in str(refused.value)
    assert told in str(refused.value)
    assert "P123456" not in str(refused.value)


def test_a_case_that_fails_is_told_by_its_number_and_not_quoted(tmp_path: Path) -> None:
    cases = {"hits": ["P123456", "Q654321"], "misses": ["P222222", "x"]}
    with pytest.raises(DetectorError) as no:
        detectors_of(written(tmp_path, entry(cases=cases)))
    assert str(no.value) == "detectors.yaml: staff_number: fails its own cases: hits 2, misses 1"
    assert not [text for text in ("Q654321", "P222222") if text in str(no.value)]


@pytest.mark.parametrize(
    ("checks", "hit", "miss"),
    [
        (["luhn"], "79927398713", "79927398710"),
        (["eleven_test"], "123456782", "123456783"),
        (["mod_97"], "NL91ABNA0417164300", "NL92ABNA0417164300"),
        (["length 9"], "12-3456-789", "12-3456-7890"),
        (["length 3-4"], "1234", "12345"),
        (["luhn", "length 11"], "79927398713", "18"),
    ],
)
def test_a_check_is_passed_by_what_it_is_for(tmp_path: Path, checks: list[str], hit: str, miss: str) -> None:
    content = entry(pattern="[A-Z0-9-]+", checks=checks, cases={"hits": [hit], "misses": [miss]})
    assert detectors_of(written(tmp_path, content))[-1].chance == pytest.approx(
        {"luhn": 1 / 10, "eleven_test": 1 / 11, "mod_97": 1 / 97}.get(checks[0], 0)
    )


def test_a_word_of_the_context_must_stand_before(tmp_path: Path) -> None:
    cases = {"hits": ["pnr P123456", "PNR: P123456"], "misses": ["artikel P123456", "snipnr P123456"]}
    written(tmp_path, entry(context=["pnr", "personeelsnr."], cases=cases))
    assert len(detectors_of(tmp_path / "detectors.yaml")) == len(DETECTORS) + 1


def test_any_pattern_that_is_accepted_survives_any_text(tmp_path: Path) -> None:
    for pattern in (r"P\b", r"(?i)p+", r"\bP", "[^x]", r"(?s).", r"P\d|\bP"):
        detector = all_detectors(written(tmp_path, entry(pattern=pattern)))[-1].detector
        texts = pl.Series(["", "\x00", "🙂P", "P" * 10_000, "\ufdd0P\ue000"])
        assert detector.scan(texts).height == len(texts)
        assert all(end <= len(texts[row]) for row, _, end in detector.places(texts).rows())


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package that brings a detector."""
    folder = tmp_path / "site"
    (folder / "staff_plugin-1.0.dist-info").mkdir(parents=True)
    (folder / "staff_plugin-1.0.dist-info" / "METADATA").write_text("Name: staff-plugin\nVersion: 1.0\n", "utf-8")
    points = "[igmap.detectors]\nstaff = staff_plugin\n"
    (folder / "staff_plugin-1.0.dist-info" / "entry_points.txt").write_text(points, "utf-8")
    (folder / "staff_plugin.py").write_text(
        "from pathlib import Path\nfrom igmap.inventory.detectors import Detector\n"
        "DETECTOR = Detector('staff', 'account_id', r'\\bP[0-9]{6}\\b')\nCASES = Path(__file__).with_suffix('.yaml')\n",
        "utf-8",
    )
    (folder / "staff_plugin.yaml").write_text("hits: [P123456]\nmisses: [P12345]\n", "utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "staff_plugin", raising=False)
    return folder


def test_a_package_brings_a_detector_with_its_cases(package: Path) -> None:
    assert package
    assert [(one.detector.id, one.origin) for one in all_detectors()][-1] == ("staff", "staff-plugin")
    assert detectors_of()[-1].spans("zie P123456") == [(4, 11)]


def test_a_package_whose_detector_fails_its_cases_is_refused(package: Path) -> None:
    (package / "staff_plugin.yaml").write_text("hits: [P123]\nmisses: [P12345]\n", "utf-8")
    with pytest.raises(DetectorError, match="staff-plugin: staff: fails its own cases: hits 1"):
        detectors_of()


@pytest.mark.parametrize("content", ["import no_such_module\n", "DETECTOR = 1\n", "DETECTOR = CASES = None\n", ""])
def test_a_package_without_a_detector_is_told(package: Path, content: str) -> None:
    (package / "staff_plugin.py").write_text(content, "utf-8")
    with pytest.raises(DetectorError, match="staff-plugin: staff: is no module with DETECTOR"):
        detectors_of()


@pytest.mark.ci
def test_the_command_lists_every_detector_and_runs_the_cases(workspace: Path) -> None:
    written(workspace, STAFF)
    status, output = call("detectors", workspace, "--lang", "en")
    assert status == 0
    assert [line.split()[0] for line in output.splitlines()[2:-1]] == [*(d.id for d in DETECTORS), "staff_number"]
    assert output.splitlines()[-2].split() == [
        "staff_number", "account", "id", "detectors.yaml", "2", "hits,", "2", "misses",
    ]  # fmt: skip
    assert "all passed" in call("detectors", workspace, "--test", "--lang", "en")[1]


@pytest.mark.ci
def test_the_command_says_which_cases_fail_and_so_does_its_status(workspace: Path) -> None:
    written(workspace, entry(cases={"hits": ["Q1"], "misses": ["x"]}))
    status, output = call("detectors", workspace, "--test", "--lang", "en")
    assert status == 1
    assert "hits no. 1" in output
    assert "Q1" not in output
    assert call("detectors", workspace)[0] == 0


@pytest.mark.ci
def test_igmaps_own_pass_their_cases_on_the_command_line() -> None:
    status, output = call("detectors", "--test", "--lang", "en")
    assert status == 0
    assert output.count("all passed") == len(DETECTORS)

"""disclose: who leaves with an extract, who does not, and what is refused."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from igmap.cli import app
from igmap.disclosing import Request, disclose
from igmap.disclosing.persons import Listed, normal, reasons
from igmap.errors import DisclosureError, IgmapError
from igmap.found import Found, find
from igmap.policy.disclosures import read_disclosures
from igmap.workspace import open_workspace
from tests.policy_cases import write_register

TODAY = date(2026, 11, 1)
LEARNERS = """e-mail,naam,cijfer,bsn,mobiel
ann@school.example,Ann de Vries,7,111222333,0612345670
BOB@school.example ,Bob Jansen,8,123456782,0612345671
cas@school.example,Cas Bakker,6,111222333,0612345672
,Dirk Visser,9,123456782,0612345673
eva@school.example,Eva Smit,5,111222333,0612345674
"""
CONSENTS = """wie,gegeven,ingetrokken,akkoord
Ann de Vries <ann@school.example>,2026-01-05,,Ja
bob@school.example,2026-01-05,2026-03-01,ja
cas@school.example,,,ja
eva@school.example,2026-01-05,,ja
eva@school.example,2026-02-05,,nee
"""
SAID = {"by": "fg", "on": "2026-10-01", "why": "test"}
BINDING = {
    "id": "learners",
    "files": "learners.csv",
    "role": "controller",
    "purposes": ["teaching"],
    "person_key": "e-mail",
}
LISTS: dict[str, dict[str, Any]] = {
    "consent": {"id": "yes", "kind": "consent", "files": "consents.csv", "key": "wie", "since": "gegeven",
                "until": "ingetrokken", "where": {"akkoord": ["ja"]}},
    "restriction": {"id": "hold", "kind": "restriction", "files": "holds.csv", "key": "wie", "since": "sinds"},
    "by_phone": {"id": "phoned", "kind": "restriction", "files": "phoned.csv", "key": "telefoon"},
    "nobody": {"id": "nobody", "kind": "restriction", "files": "nobody.csv", "key": "wie"},
    "objection": {"id": "against", "kind": "objection", "files": "against.csv", "key": "wie"},
}  # fmt: skip
ASKED = Request("learners.csv", "host", "teaching", "instruction", "fg")


@contextmanager
def workspace(folder: Path, *lists: str, needs_consent: bool = False, **changes: Any) -> Iterator[Found]:
    written(folder, *lists, needs_consent=needs_consent, **changes)
    with find(open_workspace(folder), today=TODAY) as found:
        yield found


def written(folder: Path, *lists: str, needs_consent: bool = False, **changes: Any) -> None:
    exports = folder / "exports"
    exports.mkdir()
    (exports / "learners.csv").write_text(LEARNERS, "utf-8")
    (exports / "consents.csv").write_text(CONSENTS, "utf-8")
    (exports / "holds.csv").write_text("wie,sinds\neva@school.example,onbekend\n", "utf-8")
    (exports / "against.csv").write_text("wie,reden\nann@school.example,x\n", "utf-8")
    (exports / "phoned.csv").write_text("telefoon,naam\n06-12345670,Ann de Vries\n0612345679,Jan Mulder\n", "utf-8")
    (exports / "nobody.csv").write_text("wie,sinds\n", "utf-8")
    rules = {"reason_required": [], "consent_required": ["instruction"] if needs_consent else []}
    write_register(folder, disclosures=rules, **changes)
    said = {"datasets": [SAID | BINDING], "person_lists": [SAID | LISTS[name] for name in lists]}
    said["fields"] = [SAID | {"dataset": "learners.csv", "field": "cijfer", "category": "learning_result"}]
    (folder / "decisions.yaml").write_text(yaml.safe_dump(said), "utf-8")


def rows(path: Path) -> list[list[str]]:
    head, *rest = csv.reader(path.read_text("utf-8").splitlines())
    return [head, *sorted(rest)]


def test_the_fields_are_those_that_the_purpose_needs_and_no_others(tmp_path: Path) -> None:
    with workspace(tmp_path) as found:
        done, path = disclose(found, ASKED)
        assert rows(path)[0] == ["naam", "cijfer"]
    assert (done.records, done.of, done.left_out, done.lists) == (5, 5, {}, ())
    assert path.stat().st_mode & 0o077 == 0
    assert read_disclosures(tmp_path / "out" / "disclosures.jsonl") == (done,)


def test_only_those_leave_whose_consent_is_dated_given_and_not_withdrawn(tmp_path: Path) -> None:
    with workspace(tmp_path, "consent", needs_consent=True) as found:
        done, path = disclose(found, ASKED)
        assert rows(path) == [["naam", "cijfer"], ["Ann de Vries", "7"]]
    assert done.left_out == {"consent_ended": 3, "no_key": 1}
    assert done.records + sum(done.left_out.values()) == done.of


def test_who_asked_for_restriction_is_left_out_even_when_the_day_cannot_be_read(tmp_path: Path) -> None:
    with workspace(tmp_path, "restriction") as found:
        done, path = disclose(found, ASKED)
        assert "Eva Smit" not in path.read_text("utf-8")
    assert done.left_out == {"no_key": 1, "restricted": 1}


def test_lists_by_different_keys_are_each_joined_by_their_own_field(tmp_path: Path) -> None:
    with workspace(tmp_path, "restriction", "by_phone") as found:
        done, path = disclose(found, ASKED)
        assert [row[0] for row in rows(path)] == ["naam", "Bob Jansen", "Cas Bakker"]
    assert done.left_out == {"no_key": 1, "restricted": 2}
    assert done.lists == ("hold", "phoned")


def test_a_list_that_is_still_empty_leaves_nobody_out(tmp_path: Path) -> None:
    with workspace(tmp_path, "nobody") as found:
        done, _ = disclose(found, ASKED)
    assert (done.records, done.lists) == (5, ("nobody",))


@pytest.mark.parametrize(
    ("basis", "left_out"), [("eu-gdpr:A6-1-b", {}), ("eu-gdpr:A6-1-f", {"no_key": 1, "objected": 1})]
)
def test_an_objection_counts_where_the_law_gives_it(tmp_path: Path, basis: str, left_out: dict[str, int]) -> None:
    with workspace(tmp_path, "objection", purposes__0__legal_basis=basis) as found:
        assert disclose(found, ASKED)[0].left_out == left_out


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"recipient": "hots"}, "did you mean 'host'"),
        ({"purpose": "marketing"}, "is not declared for the purpose 'marketing'"),
        ({"ground": "curiosity"}, "is no ground of the policy: instruction"),
        ({"file": "learner.csv"}, "did you mean 'learners.csv'"),
        ({"by": " "}, "say --by"),
        ({"fields": ("naam", "bsn")}, "bsn: citizen service number"),
        ({"fields": ("e-mail",)}, "not among the data the purpose needs"),
        ({"fields": ("nam",)}, "did you mean 'naam'"),
    ],
)
@pytest.mark.ci
def test_what_speaks_against_an_extract_is_said_and_nothing_is_written(
    tmp_path: Path, changed: dict[str, Any], told: str
) -> None:
    with workspace(tmp_path) as found, pytest.raises(DisclosureError, match=told) as refused:
        disclose(found, replace(ASKED, **changed))
    assert refused.value.exit_status == 4
    assert not (tmp_path / "out" / "disclosures.jsonl").exists()
    assert not list((tmp_path / "private").glob("disclosures/*"))


def test_a_ground_that_needs_consent_without_a_list_of_consents_is_refused(tmp_path: Path) -> None:
    with workspace(tmp_path, needs_consent=True) as found, pytest.raises(DisclosureError, match="person_lists"):
        disclose(found, ASKED)


def test_a_processor_without_an_agreement_on_record_gets_nothing(tmp_path: Path) -> None:
    lacking = {"required": True, "reference": {"open": "niet genoemd"}}
    with (
        workspace(tmp_path, recipients__0__agreement=lacking) as found,
        pytest.raises(DisclosureError, match="agreement"),
    ):
        disclose(found, ASKED)


def test_a_list_whose_export_lacks_a_column_is_refused_by_name(tmp_path: Path) -> None:
    written(tmp_path, "restriction")
    decided = (tmp_path / "decisions.yaml").read_text("utf-8")
    (tmp_path / "decisions.yaml").write_text(decided.replace("key: wie", "key: wei"), "utf-8")
    with find(open_workspace(tmp_path), today=TODAY) as again, pytest.raises(IgmapError, match="did you mean 'wie'"):
        disclose(again, ASKED)


def test_the_log_holds_no_value_and_a_broken_line_is_named(tmp_path: Path) -> None:
    with workspace(tmp_path, "consent", needs_consent=True) as found:
        disclose(found, ASKED)
    log = tmp_path / "out" / "disclosures.jsonl"
    text = log.read_text("utf-8")
    assert not [name for name in ("Ann", "ann@", "Bakker", "111222333") if name in text]
    assert json.loads(text)["number"] == 1
    log.write_text(text + "{broken\n", "utf-8")
    with pytest.raises(IgmapError, match="line 2"):
        read_disclosures(log)


def test_the_command_tells_counts_and_shows_the_log(tmp_path: Path) -> None:
    written(tmp_path, "consent", needs_consent=True)
    said = ["--to", "host", "--purpose", "teaching", "--ground", "instruction", "--by", "fg", "--lang", "en"]
    made = CliRunner().invoke(app, ["disclose", str(tmp_path), "learners.csv", *said, "--today", "2026-11-01"])
    assert "Disclosure 1: 1 of 5 records, 2 fields. Left out: consent withdrawn or undated 3" in made.output
    shown = CliRunner().invoke(app, ["disclose", str(tmp_path), "--lang", "en"])
    assert "instruction" in shown.output
    assert "Ann" not in made.output + shown.output


KEYS = st.lists(st.sampled_from(["ann", "Bob ", "0012", "12.0", "", "mailto:ann"]), min_size=1, max_size=8)
SETS = st.frozensets(st.sampled_from(["ann", "bob", "12"]))


@given(KEYS, SETS, SETS, SETS)
def test_nobody_leaves_without_consent_or_in_spite_of_a_restriction(
    keys: list[str], consented: frozenset[str], ended: frozenset[str], restricted: frozenset[str]
) -> None:
    lists = [Listed("consent", consented, ended - consented), Listed("restriction", restricted, frozenset())]
    told = reasons(pl.Series(keys), lists, consent_needed=True)
    compared = normal(pl.Series(keys))
    for key, reason in zip(compared, told, strict=True):
        assert (reason == "inside") == (key in consented and key not in restricted and key != "")

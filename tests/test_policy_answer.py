"""igmap policy answer and promote: signed answers, and the next version of the register with them in it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from igmap.cli import app
from igmap.errors import DecisionError, PolicyError
from igmap.inventory import Decisions, Inventory, load_decisions
from igmap.inventory.deciding.ledger import open_ledger
from igmap.inventory.decisions import Acceptance, DatasetBinding, FieldDecision, ValueDecision
from igmap.policy import Open, answered, load_policy, open_values
from igmap.policy.answering import Given, answer
from igmap.policy.answers import value_of
from igmap.policy.editing import Nodes, flow
from igmap.policy.hanging import Found
from igmap.policy.left_open import left_open
from igmap.policy.promoting import Edition, Made, kept_name, promote
from igmap.policy.reading import RegisterLoader, checked
from igmap.sources import open_exports
from igmap.workspace import open_workspace
from tests.examples import examples
from tests.policy_cases import register, write_register

OPEN = {"open": "not said"}
DAY = date(2026, 11, 1)
SIGNED = ("fg", DAY, "besproken")
DECISIONS = "# van ons\nvalues:\n  # nog leeg\ndatasets: []   # later\n"
FIRST = Edition("2.0", date(2026, 12, 1), date(2027, 1, 1), SIGNED)


def workspace(folder: Path, **changes: Any) -> Path:
    write_register(folder, **changes)
    (folder / "decisions.yaml").write_text(DECISIONS, "utf-8")
    return folder


def said(folder: Path, path: str, text: str) -> Given:
    held = load_policy(folder / "policy.yaml")
    return answer(held, path, text, decisions=folder / "decisions.yaml", signed=SIGNED)


@pytest.mark.parametrize(
    ("changes", "path", "text", "value"),
    [
        ({"purposes__0__legal_basis": OPEN}, "purposes.teaching.legal_basis", "eu-gdpr:A6-1-b", "eu-gdpr:A6-1-b"),
        ({"purposes__0__data_categories": OPEN}, "purposes.teaching.data_categories", "name, email", ["name", "email"]),
        ({"purposes__0__data_categories": OPEN}, "purposes.teaching.data_categories", "[name]", ["name"]),
        ({"purposes__0__data_categories": OPEN}, "purposes.teaching.data_categories", "name", ["name"]),
        ({"retention__rules__0__period": OPEN}, "retention.rules.term.period", "P2Y", "P2Y"),
        ({"recipients__0__country": OPEN}, "recipients.host.country", "NO", "NO"),
        ({"data_subjects__0__child_possible": OPEN}, "data_subjects.learner.child_possible", "nee", False),
        ({"data_subjects__0__child_possible": OPEN}, "data_subjects.learner.child_possible", "true", True),
        ({"policy__version": OPEN}, "policy.version", "1.10", "1.10"),
        ({"policy__announced": OPEN}, "policy.announced", "2026-01-31", "2026-01-31"),
        ({"controller__dpo": OPEN}, "controller.dpo", "null", None),
        ({"controller__dpo": OPEN}, "controller.dpo", "Jansen: fg", "Jansen: fg"),
        ({"controller__contact": OPEN}, "controller.contact", "{email: a@b.example}", {"email": "a@b.example"}),
    ],
)
def test_an_answer_is_read_as_the_register_wants_it_and_signed(
    tmp_path: Path, changes: Any, path: str, text: str, value: Any
) -> None:
    place = workspace(tmp_path, **changes)
    told = said(place, path, text)
    assert told.value == value
    kept = load_decisions(place / "decisions.yaml")
    assert [(one.path, one.by, one.on, one.why) for one in kept.values] == [(path, "fg", DAY, "besproken")]
    assert value_of(answered(load_policy(place / "policy.yaml"), kept), path) == value
    assert "# van ons" in (place / "decisions.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("purposes.teaching.legal_bases", "x", "did you mean 'purposes.teaching.legal_basis'?"),
        ("purposes.teaching.legal_basis", "contract", "unknown legal basis 'contract'"),
        ("purposes.teaching.legal_basis", "{open: later}", "legal_basis"),
        ("retention.rules.term.period", "P1Y", "is not open in the register"),
        ("purposes.teaching.data_categories", "name, emial", "is not open"),
    ],
)
def test_what_is_not_open_or_not_of_the_form_is_refused_and_nothing_is_written(
    tmp_path: Path, path: str, text: str, told: str
) -> None:
    place = workspace(tmp_path, purposes__0__legal_basis=OPEN)
    with pytest.raises(DecisionError, match=told):
        said(place, path, text)
    assert (place / "decisions.yaml").read_text("utf-8") == DECISIONS


def test_the_same_answer_may_be_given_again_and_another_one_has_to_be_changed_where_it_stands(tmp_path: Path) -> None:
    place = workspace(tmp_path, purposes__0__legal_basis=OPEN)
    said(place, "purposes.teaching.legal_basis", "eu-gdpr:A6-1-b")
    assert said(place, "purposes.teaching.legal_basis", "eu-gdpr:A6-1-b").why_open is None
    with pytest.raises(DecisionError, match="was answered on 2026-11-01 by fg; change that entry"):
        said(place, "purposes.teaching.legal_basis", "eu-gdpr:A6-1-f")
    assert len(load_decisions(place / "decisions.yaml").values) == 1


HOST = "[{id: h, label: {nl: h}, role: third_party, iri: 'dpv:ThirdParty', country: NL, grounds: [law]}]"
USE = "{id: use, label: {nl: x}, iri: 'dpv:ServiceProvision', legal_basis: 'eu-gdpr:A6-1-b', data_categories: [name]}"
PARTS = [
    ("purposes", f"[{USE}]"),
    ("data_subjects", "[{id: client, label: {nl: klant}, iri: 'dpv:Customer'}]"),
    ("recipients", HOST),
    ("sharing_grounds", "law"),
    ("transfers", "{outside_eea: false, safeguards: '-'}"),
    ("retention", "{rules: [{id: r, purpose: use, start: completed, period: P1Y, at_end: review}]}"),
    ("cookies", "{allowed_classes: [functional], declared: []}"),
    ("measures", "[{id: access, text: {nl: wachtwoorden}}]"),
    ("requests", "{decision: {term: P1M, from: receipt, form: written, legal_term: P1M}}"),
]
SILENT = """\
schema: igmap.policy/1
policy: {id: x, title: {nl: X}, language: nl, version: "1", announced: 2026-01-01, effective_from: 2026-02-01}
controller: {name: X, country: NL, contact: {email: a@b.example}}
purposes: []   # nog niets
retention:
  backups: {period: P1M}   # een maand
"""


def asked(folder: Path) -> set[str]:
    ledger = load_decisions(folder / "decisions.yaml")
    held = answered(load_policy(folder / "policy.yaml"), ledger)
    return {one.path for one in left_open(held, Found(Inventory(()), ledger, DAY))}


def test_every_part_that_open_lists_as_missing_can_be_answered_and_promoted(tmp_path: Path) -> None:
    own(tmp_path, SILENT, DECISIONS)
    for path, text in PARTS:
        assert path in asked(tmp_path)
        assert said(tmp_path, path, text).why_open
    assert asked(tmp_path) == set()
    made(tmp_path)
    held = load_policy(tmp_path / "policy.yaml")
    assert left_open(held, Found(Inventory(()), Decisions(), DAY)) == []
    assert "  backups: {period: P1M}   # een maand\n" in (tmp_path / "policy.yaml").read_text("utf-8")
    assert answered(held, load_decisions(tmp_path / "decisions.yaml")) == held


def test_an_empty_list_of_recipients_is_an_answer_and_is_kept(tmp_path: Path) -> None:
    own(tmp_path, SILENT, DECISIONS)
    assert said(tmp_path, "recipients", "[]").why_open
    assert "recipients" not in asked(tmp_path)
    assert said(tmp_path, "recipients", "[]").why_open is None


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("measures", "[]", "measures: this answer says nothing"),
        ("purposes", "[{id: use, label: {nl: x}}]", r"values: purposes\.use\.iri: this key is needed"),
        ("retention", "{rules: [{id: r, purpose: usage, start: x, period: P1Y, at_end: review}]}", "unknown purpose"),
    ],
)
def test_an_answer_about_a_part_says_which_key_is_wrong(tmp_path: Path, path: str, text: str, told: str) -> None:
    own(tmp_path, SILENT, DECISIONS)
    with pytest.raises(DecisionError, match=told):
        said(tmp_path, path, text)


AHEAD: dict[str, Any] = {"by": "fg", "on": date(2099, 1, 1), "why": "x"}
ENTRIES = [
    ValueDecision(path="a", value=1, **AHEAD),
    FieldDecision(dataset="a", field="b", category="name", **AHEAD),
    DatasetBinding(id="a", files="a", role="controller", **AHEAD),
    Acceptance(finding="a", reason="x", until=date(2099, 2, 1), **AHEAD),
]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: type(entry).__name__)
def test_nobody_signs_anything_on_a_day_that_is_still_to_come(tmp_path: Path, entry: Any) -> None:
    with pytest.raises(DecisionError, match="2099-01-01 lies ahead"):
        open_ledger(tmp_path / "decisions.yaml").with_added([entry])
    assert not (tmp_path / "decisions.yaml").exists()


def test_a_version_is_not_adopted_on_a_day_that_is_still_to_come(tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match="lies ahead"):
        made(own(tmp_path), replace(FIRST, adopted=("fg", date(2099, 1, 1), "x")))
    assert (tmp_path / "policy.yaml").read_text("utf-8") == REGISTER


def test_an_unsigned_answer_is_refused(tmp_path: Path) -> None:
    place = workspace(tmp_path, purposes__0__legal_basis=OPEN)
    told = CliRunner().invoke(app, ["policy", "answer", str(place), "purposes.teaching.legal_basis", "eu-gdpr:A6-1-b"])
    assert "an answer is signed" in str(told.exception)


def test_the_command_says_what_was_open_and_what_can_be_judged_now(tmp_path: Path) -> None:
    place = workspace(tmp_path, purposes__0__legal_basis=OPEN)
    arguments = ["policy", "answer", str(place), "purposes.teaching.legal_basis", "eu-gdpr:A6-1-b"]
    told = CliRunner().invoke(app, [*arguments, "--by", "fg", "--why", "contract", "--on", "01-11-2026"])
    assert told.exit_code == 0, told.output
    assert "was open (not said) en is nu: eu-gdpr:A6-1-b" in told.output
    assert "R3" in told.output


REGISTER = """\
# ons register
schema: igmap.policy/1
policy:
  id: x           # kort
  title: {nl: X}
  language: nl
  version:
    open: geen nummer
  announced: {open: geen datum}
  effective_from: {open: geen datum}   # zoeken
controller: {name: X, country: NL, contact: {open: onbekend}}
purposes:
  - id: teaching
    label: {nl: lesgeven}
    iri: dpv:ServiceProvision   # het gewone
    legal_basis:
      open: niet gezegd
      suggest: [eu-gdpr:A6-1-b]
    data_categories: {open: niet gezegd}

# het einde
"""
ANSWERS = """\
values:
- {path: purposes.teaching.legal_basis, value: "eu-gdpr:A6-1-b", by: fg, "on": 2026-10-01, why: 'contract: ja'}
- {path: purposes.teaching.data_categories, value: [name, email], by: fg, "on": 2026-10-02, why: nodig}
- {path: controller.contact, value: {email: a@b.example}, by: fg, "on": 2026-10-03, why: zo}
"""
PROMOTED = """\
# ons register
schema: igmap.policy/1
policy:
  id: x           # kort
  title: {nl: X}
  language: nl
  version: "2.0"
  announced: 2026-12-01
  effective_from: 2027-01-01   # zoeken
  history: [{version: {open: "geen nummer"}, announced: {open: "geen datum"}, effective_from: {open: "geen datum"}, file: "policy-undated.yaml"}]
  changes: ["purposes.teaching.legal_basis", "purposes.teaching.data_categories", "controller.contact"]
  adopted: {by: fg, "on": 2026-11-01, why: besproken}
controller: {name: X, country: NL, contact: {email: "a@b.example"}}
purposes:
  - id: teaching
    label: {nl: lesgeven}
    iri: dpv:ServiceProvision   # het gewone
    legal_basis: eu-gdpr:A6-1-b
    data_categories: [name, email]

# het einde
answers:
  - {path: "purposes.teaching.legal_basis", by: fg, "on": 2026-10-01, why: "contract: ja"}
  - {path: "purposes.teaching.data_categories", by: fg, "on": 2026-10-02, why: nodig}
  - {path: "controller.contact", by: fg, "on": 2026-10-03, why: zo}
"""  # noqa: E501 - as it is written


def own(folder: Path, text: str = REGISTER, answers: str = ANSWERS) -> Path:
    (folder / "policy.yaml").write_bytes(text.encode())
    (folder / "decisions.yaml").write_text(answers, "utf-8")
    return folder


def made(folder: Path, edition: Edition = FIRST, out: Path | None = None) -> Made:
    return promote(open_workspace(folder), edition, out)


def test_a_new_version_holds_the_answers_and_every_comment_and_the_old_one_is_kept(tmp_path: Path) -> None:
    told = made(own(tmp_path))
    assert (tmp_path / "policy.yaml").read_text("utf-8") == PROMOTED
    assert (tmp_path / "policy-undated.yaml").read_text("utf-8") == REGISTER
    assert (tmp_path / "decisions.yaml").read_text("utf-8") == ANSWERS
    assert told == Made(tmp_path / "policy.yaml", 3, 3, tmp_path / "policy-undated.yaml")
    held = load_policy(tmp_path / "policy.yaml")
    assert answered(held, load_decisions(tmp_path / "decisions.yaml")) == held
    assert held.answers[0].why == "contract: ja"


def test_the_next_version_moves_the_former_one_with_its_maker_into_the_history(tmp_path: Path) -> None:
    made(own(tmp_path))
    made(tmp_path, Edition("2.1", date(2027, 3, 1), date(2027, 4, 1), ("mr", DAY, "klacht")))
    former, first = load_policy(tmp_path / "policy.yaml").header.history
    assert (former.version, former.file, former.adopted and former.adopted.by) == ("2.0", "policy-2.0.yaml", "fg")
    assert "controller.contact" in former.changes
    assert isinstance(first.version, Open)
    assert load_policy(tmp_path / "policy-2.0.yaml").version == "2.0"


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("  history", "  history"), ("# het einde\n", "# het einde")])
def test_line_ends_and_a_missing_last_line_end_stay(tmp_path: Path, change: tuple[str, str]) -> None:
    text = REGISTER.replace(*change)
    made(own(tmp_path, text))
    new = (tmp_path / "policy.yaml").read_bytes().decode()
    assert new.count("\r\n") in {0, new.count("\n")}
    assert load_policy(tmp_path / "policy.yaml").version == "2.0"


HISTORY = "{version: '1', announced: 2020-01-01, effective_from: 2020-02-01}"


@pytest.mark.parametrize(
    "history",
    [
        "  history: []   # leeg\n",
        f"  history: [{HISTORY}]\n",
        f"  history:\n  - {HISTORY}   # de eerste\n",
        f"  history:\n    # eerder\n    - {HISTORY}\n",
    ],
)
def test_the_history_is_added_to_as_it_is_written(tmp_path: Path, history: str) -> None:
    before = "effective_from: {open: geen datum}   # zoeken\n"
    made(own(tmp_path, REGISTER.replace(before, before + history)))
    held = load_policy(tmp_path / "policy.yaml")
    assert len(held.header.history) == 1 + ("version" in history)
    assert isinstance(held.header.history[0].version, Open)


def test_a_version_may_be_written_elsewhere_and_policy_yaml_stays(tmp_path: Path) -> None:
    told = made(own(tmp_path), out=tmp_path / "new.yaml")
    assert (tmp_path / "policy.yaml").read_text("utf-8") == REGISTER
    assert told.kept is None
    assert load_policy(tmp_path / "new.yaml").version == "2.0"


def test_the_kept_register_is_no_export(tmp_path: Path) -> None:
    made(own(tmp_path))
    with open_exports(open_workspace(tmp_path)) as exports:
        assert not exports.datasets


@pytest.mark.parametrize(
    ("edition", "told"),
    [
        (Edition("", DAY, DAY, SIGNED), "named and signed"),
        (Edition("2.0", DAY, DAY, ("", DAY, "x")), "named and signed"),
        (Edition("2.0", DAY, DAY, ("x", DAY, "")), "named and signed"),
        (Edition("1", DAY, DAY, SIGNED), "version '1' is there already"),
    ],
)
def test_a_version_needs_a_name_of_its_own_and_a_signature(tmp_path: Path, edition: Edition, told: str) -> None:
    own(tmp_path, REGISTER.replace("  version:\n    open: geen nummer\n", "  version: '1'\n"))
    with pytest.raises(PolicyError, match=told):
        made(tmp_path, edition)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["decisions.yaml", "policy.yaml"]


def test_another_register_under_the_old_name_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "policy-undated.yaml").write_text("x: y\n", "utf-8")
    with pytest.raises(PolicyError, match=r"policy-undated\.yaml: is there already"):
        made(own(tmp_path))
    assert (tmp_path / "policy.yaml").read_text("utf-8") == REGISTER


def test_a_value_that_stands_for_several_is_not_edited(tmp_path: Path) -> None:
    shared = REGISTER.replace("data_categories: {open: niet gezegd}", "data_categories: &o {open: niet gezegd}")
    shared = shared.replace("contact: {open: onbekend}", "contact: {email: a@b.example}, dpo: *o").replace(
        "controller:", "later:"
    )
    lines = shared.splitlines(keepends=True)
    moved = [line for line in lines if not line.startswith("later:")]
    controller = next(line for line in lines if line.startswith("later:")).replace("later:", "controller:")
    text = "".join(moved) + controller
    with pytest.raises(PolicyError, match="stands for several places"):
        made(own(tmp_path, text, ANSWERS.splitlines(keepends=True)[0] + ANSWERS.splitlines(keepends=True)[2]))


def test_the_old_version_is_kept_under_its_version_or_its_day() -> None:
    assert kept_name(checked(register())) == "policy-1.yaml"
    assert kept_name(checked(register(policy__version=OPEN))) == "policy-2026-02-01.yaml"
    assert kept_name(checked(register(policy__version=OPEN, policy__effective_from=OPEN))) == "policy-undated.yaml"
    assert kept_name(checked(register(policy__version="../a b"))) == "policy-a-b.yaml"


def test_the_command_says_what_was_made(tmp_path: Path) -> None:
    own(tmp_path)
    days = ["--announced", "2026-12-01", "--effective", "2027-01-01"]
    told = CliRunner().invoke(
        app, ["policy", "promote", str(tmp_path), "--version", "2.0", *days, "--by", "fg", "--why", "x"]
    )
    assert told.exit_code == 0, told.output
    assert "versie 2.0, van kracht vanaf 2027-01-01: 3 antwoorden" in told.output
    assert "policy-undated.yaml" in told.output


PLAIN = st.recursive(
    st.none() | st.booleans() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["nl", "en", "on", "email"]), inner),
    max_leaves=6,
)


@settings(max_examples=examples(100), deadline=None)
@given(value=PLAIN)
def test_what_is_written_into_a_register_reads_back_equal(value: Any) -> None:
    assert yaml.load(f"a: {flow(value)}\n", RegisterLoader) == {"a": value}  # noqa: S506 - a safe loader


def test_every_open_value_of_a_register_can_be_replaced_where_it_stands() -> None:
    text = (Path(__file__).parents[1] / "igmap" / "templates" / "policy.yaml").read_text("utf-8")
    for one in open_values(checked(yaml.load(text, RegisterLoader))):  # noqa: S506 - a safe loader
        nodes = Nodes(text)
        nodes.replace(one.path, "x")
        assert text.count("open:") - nodes.edited().count("open:") == 1, one.path

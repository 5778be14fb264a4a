"""`igmap bind`: igmap proposes what a dataset is for, a person says it, next month's file falls under it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from benchmarks.binding import agreement, pairs
from igmap.cli import app
from igmap.errors import DecisionError, PolicyError
from igmap.inventory import Decisions, Inventory, load_decisions
from igmap.inventory.decisions import DatasetBinding, parsed_decisions
from igmap.inventory.kinships import relate
from igmap.policy import answered, binding, check, load_policy
from igmap.policy.binding import Bound, Known, Proposal, Said, confirm, faults, propose
from igmap.policy.binding.activities import activities
from igmap.policy.binding.persons import numbers_persons
from igmap.policy.binding.told import overview, part_told, reason_told
from igmap.policy.values import terms
from igmap.report.texts import texts
from igmap.sources import Exports, open_exports
from igmap.vocabulary import CATEGORIES
from igmap.vocabulary.files import load_lines
from igmap.workspace import Workspace
from tests.binding_cases import DAY, REGISTER, TABLES, bindings, known, opened, policy, proposals
from tests.conftest import SAMPLES
from tests.policy_cases import field, inventory, judge
from tests.policy_cases import policy as small_policy

MEMBERS, SALARY, TICKETS = "leden/ledenlijst_2026-10.csv", "kantoor/salarissen 2026-10.csv", "tickets/tickets_2026.csv"


@pytest.fixture(scope="module")
def club() -> Iterator[Known]:
    with opened() as exports:
        yield known(exports)


@pytest.fixture(scope="module")
def proposed(club: Known) -> dict[str, Proposal]:
    return proposals(club)


# ---------------------------------------------------------------- which binding holds


@pytest.mark.parametrize(
    ("first", "second", "holds"),
    [
        ({"files": "crm_*.csv"}, {"files": "crm_2026-11.csv"}, "b"),
        ({"files": "crm_2026-*.csv"}, {"files": "crm_*.csv"}, "a"),
        ({"files": "crm_*.csv", "table": "Leden"}, {"files": "crm_*.csv"}, "a"),
        ({"files": "crm_*.csv"}, {"files": "crm_*.csv", "table": "Leden"}, "b"),
        ({"files": "*"}, {"files": "crm_*.csv", "table": "*"}, "b"),
        ({"files": "crm_*.csv", "table": "L*"}, {"files": "crm_*.csv", "table": "Leden"}, "b"),
    ],
)
def test_the_most_specific_binding_holds_wherever_it_stands(first: Any, second: Any, holds: str) -> None:
    entries = [first | {"id": "a"}, second | {"id": "b"}]
    for order in (entries, entries[::-1]):
        found = bindings(*order).binding("crm_2026-11.csv", "Leden")
        assert found
        assert found.id == holds


def test_two_bindings_that_are_equally_specific_are_an_error_that_names_both() -> None:
    decisions = bindings({"id": "a", "files": "crm_*.csv"}, {"id": "b", "files": "crm*_.csv"})
    assert decisions.binding("crm_x.csv")
    with pytest.raises(DecisionError, match=r"'a', 'b' reach crm_\.csv alike"):
        decisions.binding("crm_.csv")


def test_a_binding_written_again_under_its_id_is_corrected_by_the_later_one() -> None:
    older = {"id": "a", "files": "*", "purposes": ["old"]}
    decisions = bindings(older | {"on": "2026-10-02", "purposes": ["new"]}, older)
    found = decisions.binding("x.csv")
    assert found
    assert found.purposes == ("new",)


def test_an_id_that_stands_for_two_patterns_is_refused() -> None:
    entry = "{id: a, files: '%s', role: controller, by: x, on: 2026-01-01, why: w}"
    with pytest.raises(DecisionError, match="'a' stands for two patterns"):
        parsed_decisions(f"datasets: [{entry % 'x*'}, {entry % 'y*'}]", "decisions.yaml")


@given(st.permutations(["*", "crm*", "crm_*", "crm_2026-*", "crm_2026-11.csv"]))
def test_the_order_of_bindings_carries_no_meaning(patterns: list[str]) -> None:
    decisions = bindings(*({"id": f"b{len(p)}{p[-1]}", "files": p} for p in patterns))
    found = decisions.binding("crm_2026-11.csv")
    assert found
    assert found.files == "crm_2026-11.csv"


# ---------------------------------------------------------------- proposals


def test_a_second_organisation_gets_the_purposes_its_own_register_has(proposed: dict[str, Proposal]) -> None:
    assert {source: one.purposes.value for source, one in proposed.items()} == {
        MEMBERS: ("ledenadministratie",),
        SALARY: ("loon",),
        "export/audience_export.csv": ("mailing",),
        TICKETS: ("vragen",),
        "boekhouding/verkoopfacturen.csv": ("boeken",),
        "overig/sollicitanten.csv": (),
        "overig/lijst.csv": (),
    }


def test_what_is_not_certain_is_unsure_and_says_why(proposed: dict[str, Proposal]) -> None:
    reasons = {source: [reason["code"] for reason in one.purposes.reasons] for source, one in proposed.items()}
    assert reasons["overig/lijst.csv"] == ["no_sign"]
    assert reasons["overig/sollicitanten.csv"] == ["about_file", "no_purpose"]


def test_the_pattern_of_a_proposal_takes_next_month_in(proposed: dict[str, Proposal]) -> None:
    assert proposed[MEMBERS].files == "leden/ledenlijst_*.csv"
    assert proposed[SALARY].files == "kantoor/salarissen *.csv"


def test_persons_dates_and_recipients_are_proposed_from_the_data_and_the_register(
    proposed: dict[str, Proposal],
) -> None:
    members, salary, audience = (proposed[name] for name in (MEMBERS, SALARY, "export/audience_export.csv"))
    assert members.data_subjects.value == ("lid",)
    assert members.person_key.value == "Lidnummer"  # the club's own number, not the e-mail address
    assert members.start_columns.value == {"membership_end": "Lid tot"}
    assert salary.person_key.value == "Personeelsnr"
    assert salary.start_columns.value == {"einde_dienstverband": "Datum uit dienst"}
    assert salary.recipients.value == ()  # the tax authority receives on occasion
    assert audience.recipients.value == ("drukker",)


def test_dates_come_with_their_evidence_and_without_a_day() -> None:
    days = ["1900-01-01", "2027-05-05", "2024-01-31", "onbekend 9"] + ["2025-06-30"] * 16
    frame = {"Naam": ["Fatima el Amrani"] * 20, "Requester email": [f"a{i}@otter.example" for i in range(20)]}
    with open_exports({"tickets.csv": pd.DataFrame(frame | {"Solved at": days})}) as exports:
        (found,) = propose(known(exports))
    told = {reason["code"]: reason for reason in found.start_columns.reasons}
    assert told["dates"]["share"] == 0.95
    assert told["dates"]["years"] == "2024–2027"
    assert told["future"]["records"] == 1
    assert told["placeholder"]["records"] == 1
    assert "05-05" not in str(part_told("start_columns", found.start_columns, "nl"))


@pytest.mark.ci
def test_without_a_column_for_the_event_a_stand_in_is_said_to_be_one() -> None:
    table = TABLES[TICKETS] | {"Gewijzigd op": TABLES[TICKETS]["Solved at"]}
    del table["Solved at"]
    with opened(TICKETS, **{"tickets/tickets_2026.csv": table}) as exports:
        (found,) = propose(known(exports))
    assert found.start_columns.value == {"ticket_solved": "Gewijzigd op"}
    assert found.start_columns.reasons[0]["code"] == "start_instead"


def test_the_version_in_force_when_the_records_came_in_is_proposed(proposed: dict[str, Proposal]) -> None:
    invoices = proposed["boekhouding/verkoopfacturen.csv"]
    assert invoices.collected_under.value is None  # of 2019: before the oldest version there is
    assert invoices.collected_under.reasons[0]["code"] == "before_all"
    table = TABLES["boekhouding/verkoopfacturen.csv"] | {"Factuurdatum": ["03-03-2021"] * 30}
    with opened(MEMBERS, **{"boekhouding/verkoopfacturen.csv": table}) as exports:
        assert proposals(known(exports))["boekhouding/verkoopfacturen.csv"].collected_under.value == "2"


@pytest.mark.ci
def test_a_purpose_that_does_not_need_what_was_found_is_not_proposed() -> None:
    content: Any = policy().model_dump(mode="json", by_alias=True, exclude_unset=True)
    content["purposes"][0]["data_categories"] = ["photo"]
    with opened(MEMBERS) as exports:
        (found,) = propose(known(exports, held=policy(purposes=content["purposes"])))
    assert found.purposes.value == ()
    assert found.purposes.reasons[0]["code"] == "no_fit"


@pytest.mark.ci
def test_a_dataset_like_one_that_is_bound_gets_its_binding_proposed() -> None:
    said = {"id": "m", "files": MEMBERS, "purposes": ["mailing"], "person_key": "E-mailadres"}
    with opened(MEMBERS, **{"inbox/export.csv": TABLES[MEMBERS]}) as exports:
        (found,) = propose(known(exports, bindings(said)))
    assert (found.source, found.purposes.value, found.person_key.value) == (
        "inbox/export.csv",
        ("mailing",),
        "E-mailadres",
    )
    assert found.purposes.reasons[0] == {"code": "same_columns", "share": 1.0, "like": MEMBERS, "binding": "m"}


@pytest.mark.ci
def test_processor_is_proposed_only_where_the_register_foresees_it() -> None:
    table = {"voor klanten/ledenlijst.csv": TABLES[MEMBERS]}
    roles = policy(controller=REGISTER["controller"] | {"roles": ["controller", "processor"]})
    with opened(TICKETS, **table) as exports:
        for held, role in ((policy(), "controller"), (roles, "processor")):
            assert proposals(known(exports, held=held))["voor klanten/ledenlijst.csv"].role.value == role


def test_the_registers_own_words_tell_what_no_list_of_cues_knows() -> None:
    purposes: Any = [
        one | {"iri": "dpv:Purpose", "label": {"nl": "zwemdiploma uitreiken", "en": "awarding badges"}, "id": "diploma"}
        if one["id"] == "loon"
        else one
        for one in REGISTER["purposes"]
    ]
    rules = {"rules": [one for one in REGISTER["retention"]["rules"] if one["purpose"] != "loon"]}
    held = policy(purposes=purposes, retention=rules, recipients=[])
    with opened(
        TICKETS, **{"zwemdiploma/2026.csv": {"Naam": TABLES[MEMBERS]["Naam"], "BSN": ["111222333"] * 30}}
    ) as exports:
        found = proposals(known(exports, held=held))["zwemdiploma/2026.csv"]
    assert found.purposes.value == ("diploma",)
    assert found.purposes.reasons[0] == {"code": "own_word", "cue": "zwemdiploma"}


def test_a_single_vague_word_is_too_weak_to_propose_a_purpose() -> None:
    purposes: Any = [
        REGISTER["purposes"][0] | {"id": "hulp", "iri": "dpv:ServiceProvision", "label": {"nl": "x", "en": "x"}}
    ]
    held = policy(purposes=purposes, retention={"rules": []}, recipients=[])
    with opened(**{"bestuur/contacten.csv": TABLES["overig/lijst.csv"]}) as exports:
        found = proposals(known(exports, held=held))["bestuur/contacten.csv"]
    assert [one.purpose for one in found.ranked] == ["hulp"]
    assert found.purposes.value == ()
    assert found.purposes.reasons[-1] == {"code": "weak_signs", "activity": "customers"}


@pytest.mark.ci
def test_months_of_one_export_are_one_proposal() -> None:
    with opened(MEMBERS, **{"leden/ledenlijst_2026-09.csv": TABLES[MEMBERS]}) as exports:
        (found,) = propose(known(exports))
    assert len(found.also) == 1


def test_a_proposal_is_nothing_that_holds(club: Known) -> None:
    findings = check(club.inventory, club.policy, club.decisions, today=DAY)
    assert {f.outcome for f in findings if f.rule == "R1"} == {"open"}


def test_without_exports_and_relations_the_proposal_says_what_was_not_looked_at(club: Known) -> None:
    bare = replace(club, exports=None, relations=None)
    found = proposals(bare)[MEMBERS]
    assert found.purposes.value == ("ledenadministratie",)
    assert found.person_key.reasons == ({"code": "not_related"},)
    assert found.start_columns.reasons == ({"code": "not_read"},)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_reason_has_words_and_no_value_of_a_cell(club: Known, lang: str) -> None:
    seen = overview(club)
    told = "\n".join(str(table) for table in seen.tables(lang))
    assert "{" not in told.replace("{'", "")
    assert not [value for value in ("Amrani", "otter.example", "NL91", "L1001") if value in told]
    assert seen.counts == {"bound": 0, "proposed": 5, "unsure": 2, "impersonal": 0}


def test_every_reason_of_a_sign_is_worded_for_every_sign() -> None:
    for code in ("title", "file", "folder", "profile", "kind", "holds"):
        assert f"bind.reason.about_{code}" in texts()
    told = reason_told({"code": "about_holds", "cue": "invoice tax_number", "activity": "fiscal"}, "nl")
    assert told == "order- of factuurnummer + fiscaal nummer komen samen voor: administratie en wettelijke plicht"


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        *((name, True) for name in ("Relatienummer", "lid_nr", "MEDEWERKER_ID", "Personeelsnummer", "idnumber")),
        *((name, False) for name in ("boeking_id", "order_id", "id", "Naam", "Boekingsnummer")),
    ],
)
def test_a_number_of_persons_is_told_from_a_number_of_records(name: str, numbers: bool) -> None:  # noqa: FBT001
    assert numbers_persons(name) is numbers


def test_every_code_of_a_reason_and_of_a_fault_has_words_in_both_languages() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (Path(binding.__file__).parent).glob("*.py"))
    said = {word for told in re.findall(r'"code": ([^,}]+)', code) for word in re.findall(r'(?<!f)"(\w+)"', told)}
    known_words = {key.removeprefix("bind.reason.") for key in texts() if key.startswith("bind.reason.")}
    assert len(said) > 25
    assert said <= known_words
    assert all(set(texts()[key]) == {"nl", "en"} for key in texts() if key.startswith("bind."))


def test_every_term_among_the_cues_is_one_that_a_register_may_use() -> None:
    named = [term for entry in activities().values() for key in ("terms", "also") for term in entry.get(key, ())]
    assert not [term for term in named if not any(fnmatchcase(one, term) for one in terms())]
    profiles = {line.partition(" # ")[0] for line in load_lines("igmap.vocabulary", "exports/*.txt")}
    assert not [p for entry in activities().values() for p in entry.get("profiles", ()) if p not in profiles]
    assert not [
        c for entry in activities().values() for held in entry.get("holds", ()) for c in held if c not in CATEGORIES
    ]


# ---------------------------------------------------------------- a person says it


def said(**more: Any) -> Said:
    told: dict[str, Any] = {"dataset": MEMBERS, "by": "FG", "why": "ledenadministratie", "on": DAY}
    return Said(**told | more)


def test_a_confirmed_binding_is_written_and_next_month_falls_under_it(tmp_path: Path, club: Known) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text("# van ons\nfields: []  # nog niets\nvalues: []\n", "utf-8")
    done = confirm(Workspace(tmp_path), club, said(purposes=("ledenadministratie",), role="controller"))
    assert path.read_text("utf-8").startswith("# van ons\nfields: []  # nog niets\nvalues: []\n")
    held = load_decisions(path).binding("leden/ledenlijst_2026-11.csv")
    assert held == done.binding
    assert (held.id, held.purposes, held.by, held.on, held.why) == (
        "ledenlijst", ("ledenadministratie",), "FG", DAY, "ledenadministratie",
    )  # fmt: skip
    assert (held.person_key, held.start_columns, done.accepted) == (None, {}, ())  # unsaid is not taken over


def test_what_is_unsaid_comes_from_the_proposal_only_when_accepted(tmp_path: Path, club: Known) -> None:
    done = confirm(Workspace(tmp_path), club, said(accept=True, person_key="E-mailadres"))
    assert done.binding.person_key == "E-mailadres"
    assert done.binding.start_columns == {"membership_end": "Lid tot"}
    assert done.accepted == ("purposes", "role", "data_subjects", "start_columns")
    assert any("Overgenomen uit het voorstel" in line for line in done.lines("nl"))


def test_a_correction_keeps_what_is_not_said_again(tmp_path: Path, club: Known) -> None:
    place = Workspace(tmp_path)
    confirm(place, club, said(accept=True))
    done = confirm(place, club, said(dataset="ledenlijst", role="processor", why="voor de bond"))
    assert (done.binding.role, done.binding.person_key, done.binding.id) == ("processor", "Lidnummer", "ledenlijst")
    decisions = load_decisions(tmp_path / "decisions.yaml")
    assert len(decisions.datasets) == 2  # both stay: who said what when
    assert decisions.binding(MEMBERS) == done.binding


def test_a_correction_of_an_earlier_day_would_not_hold_and_is_refused(tmp_path: Path, club: Known) -> None:
    place = Workspace(tmp_path)
    confirm(place, club, said(accept=True))
    with pytest.raises(DecisionError, match="said on 2026-11-01 holds"):
        confirm(place, club, said(role="processor", on=DAY - timedelta(days=1)))
    assert len(load_decisions(tmp_path / "decisions.yaml").datasets) == 1


def test_no_purpose_at_all_is_something_said_and_a_violation(tmp_path: Path, club: Known) -> None:
    done = confirm(Workspace(tmp_path), club, said(purposes=(), role="controller"))
    assert done.binding.purposes == ()
    assert load_decisions(tmp_path / "decisions.yaml").binding(MEMBERS) == done.binding
    found = check(club.inventory, club.policy, done.decisions, today=DAY)
    assert [f.outcome for f in found if f.rule == "R1" and f.dataset and f.dataset.startswith(MEMBERS)] == ["violation"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"purposes": ("ledenadminstratie",), "role": "controller"}, "did you mean 'ledenadministratie'"),
        ({"purposes": ("zzz",), "role": "controller"}, "it knows ledenadministratie, loon"),
        ({"role": "controller"}, "purposes were not said"),
        ({"purposes": ("loon",)}, "role was not said"),
        ({"purposes": ("loon",), "role": "owner"}, "controller or processor"),
        ({"accept": True, "person_key": "Lidnumer"}, "did you mean 'Lidnummer'"),
        ({"accept": True, "start_columns": {"membership_end": "Lid tott"}}, "did you mean 'Lid tot'"),
        ({"accept": True, "start_columns": {"membershp_end": "Lid tot"}}, "did you mean 'membership_end'"),
        ({"accept": True, "data_subjects": ("leden",)}, "data_subjects: the register has no 'leden'"),
        ({"accept": True, "recipients": ("druker",)}, "did you mean 'drukker'"),
        ({"accept": True, "collected_under": "9"}, "collected_under: the register has no '9'"),
        ({"accept": True, "by": " "}, "--by"),
        ({"accept": True, "dataset": "leden/ledenljst_2026-10.csv"}, "did you mean"),
        ({"accept": True, "dataset": "overig/lijst.csv"}, "igmap is not sure either"),
    ],
)
def test_a_slip_is_told_with_the_nearest_and_nothing_is_written(
    tmp_path: Path, club: Known, more: dict[str, Any], told: str
) -> None:
    with pytest.raises(DecisionError, match=told):
        confirm(Workspace(tmp_path), club, said(**more))
    assert not (tmp_path / "decisions.yaml").exists()


def test_a_binding_as_specific_as_another_is_not_written(tmp_path: Path, club: Known) -> None:
    place = Workspace(tmp_path)
    confirm(place, club, said(dataset="leden/leden*.csv", purposes=("loon",), role="controller"))
    before = (tmp_path / "decisions.yaml").read_bytes()
    with pytest.raises(DecisionError, match="alike"):
        confirm(
            place,
            club,
            said(dataset="leden/*lijst*.csv", purposes=("mailing",), role="controller"),
        )
    assert (tmp_path / "decisions.yaml").read_bytes() == before


def test_where_a_more_specific_binding_holds_that_is_said(tmp_path: Path, club: Known) -> None:
    place = Workspace(tmp_path)
    confirm(place, club, said(accept=True, exactly=True))
    done: Bound = confirm(place, club, said(dataset="leden/*", purposes=("mailing",), role="controller"))
    assert done.overruled == ((MEMBERS, ""),)
    assert any("preciezer" in line for line in done.lines("nl"))


# ---------------------------------------------------------------- what is wrong with bindings as they stand


def test_faults_name_the_binding_the_key_and_the_nearest(club: Known) -> None:
    starts = {"boekjar": "Lid to"}
    decisions = bindings(
        {"id": "m", "files": MEMBERS, "purposes": ["mailng"], "person_key": "Lidnumer", "start_columns": starts},
        {"id": "later", "files": "nog_niet_*.csv", "purposes": ["loon"]},
        {"id": "all", "files": "leden/*", "purposes": ["loon"], "collected_under": "1"},
    )  # fmt: skip
    found = faults(club.decided(decisions))
    assert [(one.binding, one.code, one.is_wrong) for one in found] == [
        ("m", "unknown", True),
        ("m", "unknown", True),
        ("m", "no_field", True),
        ("m", "no_field", True),
        ("later", "reaches_nothing", False),
        ("all", "unknown", True),
        ("all", "overruled", False),
    ]
    told = "\n".join(one.line("en") for one in found)
    for hint in ("mailing?", "boekjaar?", "Lidnummer?", "Lid tot?", "next month"):
        assert hint in told


def test_sound_bindings_have_no_faults(tmp_path: Path, club: Known) -> None:
    done = confirm(Workspace(tmp_path), club, said(accept=True))
    assert faults(club.decided(done.decisions)) == ()


# ---------------------------------------------------------------- purpose limitation


def test_an_e_mail_address_is_fine_in_the_mailbox_and_not_in_the_survey() -> None:
    """Category alone does not decide: the binding of the dataset does."""
    found = Inventory(
        (
            *inventory(field("From", "email"), source="helpdesk.mbox").datasets,
            *inventory(field("e-mail", "email"), source="enquete.csv").datasets,
            *inventory(field("e-mail", "email"), source="onbekend.csv").datasets,
        )
    )
    purposes: Any = [
        REGISTER["purposes"][3] | {"data_subjects": []},
        REGISTER["purposes"][3] | {"id": "verbeteren", "data_subjects": [], "data_categories": ["learning_result"]},
    ]
    held = small_policy("R1", purposes=purposes, recipients=[], retention={"rules": []})
    rules = (*held.rules, *small_policy("R2").rules)
    decided = bindings(
        {"id": "mailbox", "files": "helpdesk.mbox", "purposes": ["vragen"]},
        {"id": "survey", "files": "enquete.csv", "purposes": ["verbeteren"]},
    )
    findings = judge(held.model_copy(update={"rules": rules}), found, decided)
    told = {(f.rule, f.dataset, f.outcome) for f in findings if f.outcome != "pass"}
    assert told == {("R2", "enquete.csv", "violation"), ("R1", "onbekend.csv", "open")}


# ---------------------------------------------------------------- the command


@pytest.fixture
def club_workspace(tmp_path: Path) -> Path:
    import yaml

    (tmp_path / "policy.yaml").write_text(yaml.safe_dump(REGISTER, sort_keys=False, allow_unicode=True), "utf-8")
    for name in (MEMBERS, "overig/lijst.csv"):
        path = tmp_path / "exports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pd.DataFrame(TABLES[name]).to_csv(path, index=False)
    return tmp_path


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["bind", *words])


@pytest.mark.ci
def test_the_command_lists_proposes_and_takes_what_a_person_says(club_workspace: Path) -> None:
    root = str(club_workspace)
    listed = run(root, "--lang", "en")
    assert listed.exit_code == 3
    assert "the file name has 'ledenlijst': members" in listed.output
    assert "With a proposal: 1. Unsure: 1." in listed.output
    assert not (club_workspace / "decisions.yaml").exists()
    said_so = run(root, MEMBERS, "--purposes", "ledenadministratie", "--accept", "--by", "FG", "--why", "ledenlijst")
    assert said_so.exit_code == 0
    assert "leden/ledenlijst_*.csv dient ledenadministratie" in said_so.output
    none = run(
        root, "lijst.csv", "--purposes", "geen", "--role", "controller", "--by", "FG", "--why", "herkomst onbekend"
    )
    assert none.exit_code == 0
    assert run(root).exit_code == 0
    sheet = str(club_workspace / "bindings.xlsx")
    assert run(root, "--to", sheet).exit_code == 0
    assert "Ongewijzigd: 2" in run(root, "--from", sheet, "--by", "FG").output
    held: DatasetBinding | None = load_decisions(club_workspace / "decisions.yaml").binding("overig/lijst.csv")
    assert held
    assert held.purposes == ()


def test_without_a_register_there_are_no_purposes_to_bind_to(club_workspace: Path) -> None:
    (club_workspace / "policy.yaml").unlink()
    assert isinstance(run(str(club_workspace)).exception, PolicyError)


FEES = {
    "Lidnummer": [f"L{1000 + i}" for i in range(30)],
    "Naam": ["Fatima el Amrani", "Jan de Vries", "Sanne Bakker"] * 10,
    "Bedrag": [f"{50 + i % 3},00" for i in range(30)],
    "Betaald op": [f"2026-01-{1 + i % 28:02}" for i in range(30)],
}


@pytest.mark.parametrize("label", ["contributie innen", "betalingen van leden", "financiële administratie"])
def test_a_list_of_membership_fees_is_for_collecting_them_before_it_is_for_knowing_the_members(label: str) -> None:
    collecting = {"id": "p2", "label": {"nl": label}, "iri": "dpv:PaymentManagement", "legal_basis": "eu-gdpr:A6-1-b",
                  "data_subjects": ["lid"], "data_categories": ["name", "account_id", "bank_account"]}  # fmt: skip
    register = policy(purposes=[*REGISTER["purposes"], collecting])
    with opened(**{"contributie.csv": FEES}) as exports:
        (found,) = propose(known(exports, held=register))
    assert found.purposes.value == ("p2",)


def test_without_such_a_purpose_a_list_of_membership_fees_is_for_the_members() -> None:
    with opened(**{"contributie.csv": FEES}) as exports:
        (found,) = propose(known(exports))
    assert found.purposes.value == ("ledenadministratie",)


def test_a_dataset_that_does_not_say_whose_data_it_holds_takes_them_from_one_with_the_same_persons() -> None:
    mails = TABLES[MEMBERS]["E-mailadres"]
    more = {
        "overig/akkoord.csv": {"E-mail": mails, "Akkoord": ["ja"] * 30},
        "overig/los.csv": {"E-mail": [f"x{m}" for m in mails]},
    }
    with opened(MEMBERS, **more) as exports:
        found = proposals(known(exports))
    assert found["overig/akkoord.csv"].data_subjects.value == ("lid",)
    (reason,) = found["overig/akkoord.csv"].data_subjects.reasons
    assert (reason["code"], reason["cue"]) == ("subject_kin", f"{MEMBERS} › E-mailadres")
    assert reason_told(reason, "nl") == f"vrijwel al deze personen staan ook in {MEMBERS} › E-mailadres"
    assert found["overig/los.csv"].data_subjects.value == ()


# ---------------------------------------------------------------- measured


@pytest.mark.ci
def test_proposals_on_the_samples_agree_with_the_bindings_made_by_hand(
    sample_exports: Exports, sample_inventory: Inventory, capsys: pytest.CaptureFixture[str]
) -> None:
    by_hand = load_decisions(SAMPLES / "decisions.yaml")
    register = answered(load_policy(SAMPLES / "policy.yaml"), by_hand)
    relations = relate(sample_exports, sample_inventory)
    bare = Known(sample_inventory, register, Decisions(), sample_exports, relations, DAY)
    found = agreement(list(pairs(bare, by_hand)))
    with capsys.disabled():
        for name, (agree, of) in found.items():
            print(f"\n  {name}: {agree} of {of}", end="")  # noqa: T201 - the measure is what this test shows
    shares = {name: agree / of for name, (agree, of) in found.items()}
    assert shares["purposes, first (none by hand: unsure)"] >= 0.9
    assert shares["purposes, among the first two of the ranking"] >= 0.95
    assert shares["purposes proposed that are not by hand"] == 0
    assert shares["person key"] >= 0.85
    assert shares["start columns by hand that are proposed"] >= 0.85
    assert shares["data subjects, one at least"] >= 0.75

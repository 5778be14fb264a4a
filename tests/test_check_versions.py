"""Versions of a register: announced in time, data of the old version, and the rules R50 to R54."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from igmap.inventory import Decisions, discover
from igmap.inventory.assessments import Assessment
from igmap.policy import Finding, check, load_policy
from igmap.policy.reading import checked
from igmap.policy.versions import Affected, affected, announcement, diff, kept_registers, predecessor
from igmap.sources import open_exports
from igmap.workspace import Workspace
from tests.policy_cases import SECOND, TODAY, decisions, register

NOTHING = {"open": "not stated"}

RULE = {"channel": "websites", "timely": True, "minimum_notice": "P1M"}


@pytest.mark.parametrize(
    ("rule", "announced", "effective", "outcome", "nl"),
    [
        (RULE, "2026-08-01", "2026-09-01", "pass", "op tijd aangekondigd: op 1 augustus 2026, 31 dagen voor de ingang"),
        (RULE, "2026-08-02", "2026-09-01", "violation", "Het oude reglement belooft 1 maand; ingaan kon dus op zijn "),
        (RULE, "2026-09-02", "2026-09-01", "violation", "te laat aangekondigd: op 2 september 2026, terwijl ze inging"),
        (RULE, "2026-01-01", "2026-09-01", "violation", "1 januari 2026, is nog die van het oude reglement"),
        (None, "2026-08-31", "2026-09-01", "pass", "31 augustus 2026, 1 dag voor de ingang op 1 september 2026"),
        ({**RULE, "minimum_notice": NOTHING}, "2026-08-01", "2026-09-01", "open", "niet hoeveel dagen daarvoor nodig"),
        (RULE, "2025-01-01", "2025-09-01", "open", "voor het oude (1 februari 2026). Staan ze in de goede volgorde?"),
        (RULE, NOTHING, "2026-09-01", "open", "de dag van aankondiging staat niet in het nieuwe reglement"),
        (RULE, "2026-08-01", NOTHING, "open", "de dag van ingang staat niet in het nieuwe reglement"),
        (RULE, NOTHING, NOTHING, "open", "de dag van aankondiging en de dag van ingang staan niet in"),
    ],
)
def test_the_old_policy_says_how_early_a_change_is_announced(
    rule: Any, announced: Any, effective: Any, outcome: str, nl: str
) -> None:
    old = checked(register(policy__announce_rule=rule))
    new = checked(register(policy__announce_rule=None, policy__announced=announced, policy__effective_from=effective))
    told = announcement(old, new)
    assert told.outcome == outcome
    assert nl in told.sentence.nl


BOTH = [*register()["purposes"], SECOND]
LOOSER: dict[str, Any] = {"purposes": BOTH, "policy__version": "2"}
OWN: dict[str, Any] = {"purposes__0__data_categories": ["name", "learning_result", "email"], "policy__version": "2"}
FORM = {"link": "a", "context": "b", "nature": "c", "consequences": "d", "safeguards": "e", "outcome": "compatible"}


IN_TIME: dict[str, Any] = {"policy__announced": "2026-05-01", "policy__effective_from": "2026-07-01"}
LONGER: dict[str, Any] = {"retention__rules__0__period": "P9Y", "policy__version": "2"}
RENAMED: dict[str, Any] = {"purposes__0__label__nl": "onderwijs", "policy__version": "2"}
CONSENTED: dict[str, Any] = {**LOOSER, "purposes": [BOTH[0], {**SECOND, "legal_basis": "eu-gdpr:A6-1-a"}]}
LISTED: dict[str, Any] = {**LOOSER, "purposes": [{**BOTH[0], "compatible_with": ["improving"]}, SECOND]}
FIRST, REUSED = ["teaching"], ["teaching", "improving"]


def held(after: dict[str, Any], purposes: Any, under: str | None, **form: Any) -> Affected:
    """What a change asks for a dataset that serves these purposes."""
    old, new = checked(register()), checked(register(**after))
    decided = decisions(purposes=purposes, collected_under=under)
    if form:
        said = {"by": "fg", "on": "2026-10-01", "why": "test", "from": "teaching", "to": "improving"}
        decided = decided.model_copy(update={"assessments": (Assessment.model_validate({**said, **FORM, **form}),)})
    (one,) = affected(diff(old, new), old, new, decided)
    return one


@pytest.mark.parametrize(
    ("after", "purposes", "under", "needs", "why"),
    [
        (LOOSER, REUSED, "1", ("test",), "Doel ‘verbeteren’ bestond nog niet toen deze gegevens werden verzameld."),
        (LOOSER, ["improving"], "1", ("test",), "Zet in decisions.yaml vooraan voor welk doel dat was"),
        (LOOSER, FIRST, "1", ("nothing",), "zijn niet ruimer geworden"),
        (LOOSER, REUSED, "2", ("nothing",), "onder de nieuwe versie"),
        (LOOSER, REUSED, "0", ("open",), "geen van de twee"),
        (LOOSER, REUSED, None, ("open",), "Niet vastgelegd is onder welke versie"),
        (LOOSER, [], "1", ("nothing",), "voor geen enkel doel"),
        (LOOSER, None, "1", ("open",), "voor welk doel deze gegevens dienen"),
        (CONSENTED, REUSED, "1", ("consent",), "toestemming nodig van iedereen"),
        (LISTED, REUSED, "1", ("announce",), "Hergebruik van ‘lesgeven’ voor ‘verbeteren’ is al beoordeeld"),
        (OWN, FIRST, "1", ("announce",), "is ruimer geworden en dat moet zijn aangekondigd: Voor ‘lesgeven’"),
        ({**OWN, **IN_TIME}, FIRST, "1", ("nothing",), "is ruimer geworden en dat is op tijd aangekondigd: Voor"),
        (LONGER, FIRST, "1", ("announce",), "moet zijn aangekondigd: We bewaren langer"),
        ({**LONGER, **IN_TIME}, FIRST, "1", ("nothing",), "is op tijd aangekondigd: We bewaren langer"),
        (RENAMED, FIRST, "1", ("nothing",), "zijn niet ruimer geworden"),
    ],
)
def test_data_of_the_old_version_need_what_became_looser_for_their_purposes(
    after: dict[str, Any], purposes: Any, under: str | None, needs: tuple[str, ...], why: str
) -> None:
    one = held(after, purposes, under)
    assert one.needs == needs
    assert why in " ".join(reason.sentence.nl for reason in one.reasons)


@pytest.mark.parametrize(
    ("form", "needs", "why"),
    [
        ({}, ("nothing",), "op 1 oktober 2026 beoordeeld en verenigbaar gevonden"),
        ({"outcome": "incompatible"}, ("test",), "niet verenigbaar gevonden: gebruik deze gegevens er niet voor"),
        ({"nature": ""}, ("test",), "van 1 oktober 2026 is niet af"),
        ({"dataset": "other.csv"}, ("test",), "bestond nog niet"),
    ],
)
def test_reuse_that_a_person_assessed_needs_no_second_test(
    form: dict[str, str], needs: tuple[str, ...], why: str
) -> None:
    one = held(LOOSER, REUSED, "1", by="fg", **form)
    assert one.needs == needs
    assert why in " ".join(reason.sentence.nl for reason in one.reasons)


@pytest.mark.parametrize(
    ("announced", "needs"), [("2026-09-30", ("nothing",)), ("2026-10-02", ("test",)), (NOTHING, ("test",))]
)
def test_an_assessment_counts_when_it_was_made_after_the_purpose_became_looser(
    announced: Any, needs: tuple[str, ...]
) -> None:
    wider = {**SECOND, "data_categories": ["learning_result", "email"]}
    old = checked(register(purposes=BOTH))
    new = checked(
        register(
            purposes=[BOTH[0], wider],
            policy__version="2",
            policy__announced=announced,
            policy__effective_from="2027-01-01" if isinstance(announced, str) else NOTHING,
        )
    )
    made = Assessment.model_validate(
        {"by": "fg", "on": "2026-10-01", "why": "test", "from": "teaching", "to": "improving", **FORM}
    )
    decided = decisions(purposes=REUSED, collected_under="1").model_copy(update={"assessments": (made,)})
    assert affected(diff(old, new), old, new, decided)[0].needs == needs


def write(path: Path, **changes: Any) -> Path:
    path.write_text(yaml.safe_dump(register(**changes), sort_keys=False), "utf-8")
    return path


def test_the_predecessor_is_the_latest_kept_register_of_another_version(tmp_path: Path) -> None:
    for version, day in (("9", "2025-01-01"), ("10", "2025-06-01"), ("1", "2026-02-01"), ("12", "2027-01-01")):
        write(tmp_path / f"policy-{version}.yaml", policy__version=version, policy__effective_from=day)
    write(tmp_path / "policy-odd.yaml").write_text("schema: other\n", "utf-8")
    kept = kept_registers(Workspace(tmp_path))
    assert [one.file for one in kept if one.policy is None] == ["policy-odd.yaml"]
    found = predecessor(load_policy(write(tmp_path / "policy.yaml")), kept)
    assert found is not None
    assert found.file == "policy-10.yaml"


def test_a_workspace_of_exports_alone_does_not_take_a_kept_register_for_an_export(tmp_path: Path) -> None:
    write(tmp_path / "policy-1.yaml")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "policy-1.yaml").write_text("a: 1\n", "utf-8")
    assert [name for name, _ in Workspace(tmp_path).files()] == ["sub/policy-1.yaml"]


def found(root: Path, rule: str, decided: Decisions | None = None, **changes: Any) -> list[Finding]:
    """What a rule says of a workspace with a dataset of names, with the small register in it as changed."""
    (root / "exports").mkdir(exist_ok=True)
    (root / "exports" / "a.csv").write_text("naam,e-mail\nJan de Vries,a@b.example\nPiet Bakker,c@d.example\n", "utf-8")
    policy = load_policy(write(root / "policy.yaml", **changes))
    decided = decided or decisions(purposes=["teaching"])
    with open_exports(root) as exports:
        inventory = discover(exports, decided, today=TODAY)
        return list(check(inventory, policy, decided, exports, today=TODAY).of(rule))


def told(root: Path, rule: str, decided: Decisions | None = None, **changes: Any) -> tuple[str, str]:
    """The outcome and the message of the one finding."""
    (one,) = found(root, rule, decided, **changes)
    return one.outcome, one.message.nl


@pytest.mark.ci
def test_a_register_that_changed_needs_a_version_of_its_own(tmp_path: Path) -> None:
    assert told(tmp_path, "R50")[0] == "open"
    write(tmp_path / "policy-1.yaml")
    assert told(tmp_path, "R50")[0] == "pass"
    assert told(tmp_path, "R50", controller__place="Vught") == (
        "violation",
        "Het register heet versie 1, net als policy-1.yaml, maar verschilt daarvan (punten: 1).",
    )
    assert told(tmp_path, "R50", controller__place="Vught", policy__version="2")[0] == "pass"
    outcome, message = told(tmp_path, "R50", policy__version=NOTHING)
    assert outcome == "open"
    assert message.startswith("Het register verschilt van policy-1.yaml (punten: 1), maar draagt geen versie;")


def test_a_kept_register_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "policy-0.yaml").write_text("schema: [", "utf-8")
    assert told(tmp_path, "R50") == (
        "open",
        "Het bewaarde register policy-0.yaml is niet te lezen en telt daarom niet mee.",
    )


@pytest.mark.ci
def test_what_became_looser_was_announced_by_the_rule_of_the_old_version(tmp_path: Path) -> None:
    write(tmp_path / "policy-1.yaml", policy__announce_rule=RULE)
    in_time: dict[str, Any] = {"policy__announced": "2026-06-01", "policy__effective_from": "2026-07-01"}
    assert told(tmp_path, "R51", **OWN, **in_time)[0] == "pass"
    late = {**in_time, "policy__announced": "2026-06-10"}
    outcome, message = told(tmp_path, "R51", **OWN, **late)
    assert outcome == "violation"
    assert message.startswith(
        "Sinds policy-1.yaml is het reglement ruimer geworden (punten: 2). De wijziging is te laat"
    )
    assert told(tmp_path, "R51", **OWN, policy__announced=NOTHING)[0] == "open"
    assert told(tmp_path, "R51", policy__announce_rule=RULE, policy__version="2")[0] == "pass"


def test_what_became_looser_under_the_same_version_was_not_announced(tmp_path: Path) -> None:
    write(tmp_path / "policy-1.yaml")
    assert told(tmp_path, "R51", **{**OWN, "policy__version": "1"})[0] == "violation"


def test_versions_in_the_history_without_a_register_leave_it_open(tmp_path: Path) -> None:
    history = [{"version": "0", "announced": "2024-01-01", "effective_from": "2024-02-01"}]
    assert told(tmp_path, "R51", policy__history=history)[0] == "open"


@pytest.mark.parametrize(
    ("binding", "outcome", "words"),
    [
        ({"collected_under": "1"}, "warning", "Verzameld onder versie 1. Doel ‘verbeteren’ bestond nog niet"),
        ({"collected_under": "2"}, "pass", "Geen bestand van een bewaarde eerdere versie"),
        ({"collected_under": "0"}, "open", "Verzameld onder versie 0, waarvan geen register is bewaard"),
        (
            {},
            "open",
            "als ze van voor de wijziging zijn, en waarvan dat niet is vastgelegd: 1.",
        ),
    ],
)
@pytest.mark.ci
def test_older_data_are_assessed_again_when_their_purpose_became_looser(
    tmp_path: Path, binding: dict[str, str], outcome: str, words: str
) -> None:
    write(tmp_path / "policy-1.yaml")
    said = told(tmp_path, "R52", decisions(purposes=REUSED, **binding), **LOOSER)
    assert said[0] == outcome
    assert words in said[1]


@pytest.mark.parametrize(
    ("last", "outcome"),
    [("2025-11-01", "pass"), ("2025-10-31", "warning"), ("2026-11-02", "open"), (NOTHING, "open"), (None, "open")],
)
def test_a_policy_is_reviewed_every_year(tmp_path: Path, last: Any, outcome: str) -> None:
    review = None if last is None else {"continuous": True, "last_review": last}
    assert told(tmp_path, "R53", review=review)[0] == outcome


def edition(version: Any, since: Any, **more: Any) -> dict[str, Any]:
    return {"policy__version": version, "policy__effective_from": since, **more}


@pytest.mark.parametrize(
    ("kept", "now", "outcome", "words"),
    [
        (edition("0", "2025-01-01"), edition("1", "2026-02-01"), "pass", "Van de registers in bestanden geldt er één"),
        (edition("0", "2026-02-01"), edition("1", "2026-02-01"), "violation", "gaan op dezelfde dag in: 2026-02-01"),
        (edition("1", "2026-01-01"), edition("1", "2026-02-01"), "violation", "dezelfde versie (1) met verschillende"),
        (edition("2", "2026-05-01"), edition("1", "2026-02-01"), "violation", "later ingegaan, op 2026-05-01"),
        (edition("2", "2027-05-01"), edition("1", "2026-02-01"), "pass", "Van de registers in bestanden"),
        (
            edition("0", "2025-01-01"),
            edition("1", "2027-02-01"),
            "open",
            "gaat pas in op 2027-02-01; tot die dag",
        ),
        (edition("0", NOTHING), edition("1", "2026-02-01"), "open", "wanneer het inging (policy-kept.yaml)"),
    ],
)
@pytest.mark.ci
def test_one_policy_is_in_force_on_any_day(
    tmp_path: Path, kept: dict[str, Any], now: dict[str, Any], outcome: str, words: str
) -> None:
    write(tmp_path / "policy-kept.yaml", **kept)
    said = told(tmp_path, "R54", **now)
    assert said[0] == outcome
    assert words in said[1]


def test_without_a_workspace_what_is_kept_is_not_known() -> None:
    none = check(discover(open_exports({}), today=TODAY), checked(register()), Decisions(), today=TODAY)
    assert {one.rule: one.outcome for one in none if one.rule in {"R50", "R51", "R52", "R54"}} == dict.fromkeys(
        ("R50", "R51", "R52", "R54"), "open"
    )

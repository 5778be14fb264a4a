"""igmap policy assess, and R13 on what it wrote: the compatibility test of Art. 6(4)."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from igmap.cli import app
from igmap.errors import DecisionError
from igmap.inventory import Decisions, load_decisions
from igmap.inventory.assessments import Assessment, nearest_of
from igmap.inventory.deciding.assess import assess
from tests.policy_cases import decisions, field, inventory, judge, only, outcomes, policy, write_register

NAMES = inventory(field("naam", "name"))
ANSWERS = dict.fromkeys(("link", "context", "nature", "consequences", "safeguards"), "ja")
SIGNED = {"by": "fg", "on": "2026-10-01", "why": "test"}
FROM_TO = {"from": "teaching", "to": "improving"}


def held(**changes: Any) -> Any:
    teaching = policy("R13").purposes[0].model_dump(mode="json", by_alias=True, exclude_unset=True)
    return policy("R13", purposes=[teaching, teaching | {"id": "improving"} | changes])


def assessed(*assessments: dict[str, Any]) -> Decisions:
    bound = decisions(purposes=["teaching", "improving"])
    made = tuple(Assessment.model_validate(FROM_TO | SIGNED | one) for one in assessments)
    return bound.model_copy(update={"assessments": made})


@pytest.mark.parametrize(
    ("one", "outcome"),
    [
        (ANSWERS | {"outcome": "compatible"}, "pass"),
        (ANSWERS | {"outcome": "incompatible"}, "violation"),
        (ANSWERS, "open"),
        (ANSWERS | {"outcome": "compatible", "nature": " "}, "open"),
        ({"from": "improving", "to": "teaching", "outcome": "compatible"}, "open"),
    ],
    ids=["compatible", "incompatible", "no outcome", "a question open", "the other way round"],
)
def test_r13_goes_by_the_assessment_of_a_person(one: dict[str, Any], outcome: str) -> None:
    assert outcomes(judge(held(), NAMES, assessed(one))) == [outcome]


def test_r13_says_who_found_it_incompatible_and_which_questions_are_open() -> None:
    refused = only(judge(held(), NAMES, assessed(ANSWERS | {"outcome": "incompatible"})))
    assert "fg (2026-10-01)" in refused.message.nl
    begun = only(judge(held(), NAMES, assessed({"link": "ja"})))
    assert begun.message.nl.endswith("aard van de gegevens, gevolgen voor betrokkenen, waarborgen, uitkomst.")
    assert "link between" not in begun.message.en


def test_r13_lets_an_assessment_go_before_what_the_register_prefers() -> None:
    found = judge(held(prefer_anonymised=True), NAMES, assessed(ANSWERS | {"outcome": "compatible"}))
    assert outcomes(found) == ["pass"]


def test_the_assessment_of_the_dataset_goes_before_a_pattern_and_the_later_before_the_earlier() -> None:
    every, pattern, own = ({"dataset": name, "outcome": "incompatible"} for name in ("", "lea*", "learners"))
    made = [Assessment.model_validate(FROM_TO | SIGNED | one) for one in (own, pattern, every)]
    assert nearest_of(made, ("learners",)) is made[0]
    assert nearest_of(made[1:], ("learners",)) is made[1]
    assert nearest_of(made[:2], ("others",)) is None
    later = made[0].model_copy(update={"on": made[0].on.replace(day=2)})
    assert nearest_of([later, made[0]], ("learners",)) is later


def test_an_assessment_of_purposes_that_the_register_lacks_is_refused() -> None:
    with pytest.raises(DecisionError, match="assessments: purposes: the register has no 'improvng'"):
        judge(held(), NAMES, assessed({"to": "improvng"}))


def test_an_assessment_is_added_and_every_letter_that_was_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text("# mine\ndatasets: []  # none yet\n", "utf-8")
    made = Assessment.model_validate(FROM_TO | SIGNED | ANSWERS | {"outcome": "compatible", "link": 'zelfde "cursus"'})
    decided = assess(path, made, purposes=["teaching", "improving"])
    assert path.read_text("utf-8").startswith("# mine\ndatasets: []  # none yet\nassessments:\n")
    assert load_decisions(path) == decided
    assert decided.assessments == (made,)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"to": "improvng"}, "no purpose 'improvng'; did you mean 'improving'"),
        ({"dataset": "learner"}, "no dataset 'learner'; did you mean 'learners'"),
        ({"by": " "}, "fill in --by"),
    ],
)
def test_what_an_assessment_names_has_to_be_there(tmp_path: Path, changes: dict[str, Any], told: str) -> None:
    made = Assessment.model_validate(FROM_TO | SIGNED | changes)
    with pytest.raises(DecisionError, match=told):
        assess(tmp_path / "decisions.yaml", made, purposes=["teaching", "improving"], sources=["learners"])
    assert not (tmp_path / "decisions.yaml").exists()


def test_an_assessment_is_about_two_purposes(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text("assessments:\n- {from: a, to: a, by: fg, on: 2026-10-01, why: test}\n", "utf-8")
    with pytest.raises(DecisionError, match="same purpose"):
        load_decisions(path)


@pytest.mark.parametrize(("answers", "status"), [(ANSWERS | {"outcome": "compatible"}, 0), ({"link": "ja"}, 3)])
def test_the_command_writes_a_signed_form_and_says_what_is_still_open(
    workspace: Path, answers: dict[str, str], status: int
) -> None:
    two = [one.model_dump(mode="json", by_alias=True, exclude_unset=True) for one in held().purposes]
    write_register(workspace, purposes=two)
    given = {"from": "teaching", "to": "improving", "by": "fg", "why": "jaarlijks", "on": "2026-10-01"} | answers
    options = [part for name, value in given.items() for part in (f"--{name}", value)]
    result = CliRunner().invoke(app, ["policy", "assess", str(workspace), *options])
    assert result.exit_code == status
    assert ("waarborgen" in result.output) == (status == 3)
    (made,) = load_decisions(workspace / "decisions.yaml").assessments
    assert (made.by, made.on.isoformat(), made.link) == ("fg", "2026-10-01", "ja")

"""Views in notebook cells: the question answered in counts, never with a value of the source."""

from datetime import date

import pandas as pd
import pytest

from igmap.anonymisation import Plan, PlannedColumn
from igmap.flows.pictures import Held
from igmap.inventory import Decisions, Inventory, discover
from igmap.policy import check, load_policy
from igmap.sources import Exports, open_exports
from igmap.workbench import plan_views, policy_views, views
from tests.conftest import SAMPLE_DAY, SAMPLES

ROWS = 40
REMARK = "Kanarievogel belde over de factuur en vroeg om antwoord"


@pytest.fixture(scope="module")
def exports() -> Exports:
    remarks = [REMARK] * (ROWS - 1) + [f"{REMARK} op kanarie@nest.example"]
    table = pd.DataFrame({"leeftijd": [str(20 + i % 4) for i in range(ROWS)], "opmerking": remarks})
    return open_exports({"vragen": table})


@pytest.fixture(scope="module")
def inventory(exports: Exports) -> Inventory:
    return discover(exports, today=date(2026, 11, 1))


def test_evidence_gives_the_reasons_in_words(inventory: Inventory) -> None:
    field = inventory.datasets[0].field("leeftijd")
    assert field is not None
    shown = views.evidence(field)._repr_html_()
    assert "leeftijd" in shown
    assert "Waarom igmap dit zegt" in shown


def test_the_most_telling_field_is_that_in_which_most_was_recognised_and_no_workspace_has_to_have_one(
    inventory: Inventory,
) -> None:
    shown = views.telling(inventory)._repr_html_()
    assert "Waarom igmap dit zegt: vragen" in shown
    assert "opmerking" in shown
    assert "Niets te melden" in views.telling(Inventory(()))._repr_html_()


def test_hidden_counts_one_address_in_forty_remarks_and_does_not_show_it(inventory: Inventory) -> None:
    shown = views.hidden(inventory)._repr_html_()
    assert "e-mailadres: 1" in shown
    assert "kanarie" not in shown.lower()


def test_undecided_lists_nothing_when_nothing_is(inventory: Inventory) -> None:
    decided = Inventory(tuple(d for d in inventory.datasets if all(f.verdict != "undecided" for f in d.fields)))
    assert "Niets te melden" in views.undecided(decided)._repr_html_()


def test_prices_rise_with_k_and_say_what_cannot_be_met(exports: Exports) -> None:
    age = PlannedColumn("leeftijd", "quasi", "generalise", hierarchy={"intervals": [2]})
    text = PlannedColumn("opmerking", "text", "drop")
    plan = Plan("proef", "vragen", (age, text), seed=7, k=2, suppression_limit=0)
    shown = plan_views.prices(exports, plan, (10, 20, ROWS), "en")._repr_html_()
    losses = [cell for cell in shown.split("<td>")[1:] if "%" in cell]
    assert losses[0].startswith("0%")
    assert losses[-1].startswith("100%")


def test_every_rule_of_the_register_has_its_title_in_both_languages(inventory: Inventory) -> None:
    policy = load_policy(SAMPLES / "policy.yaml")
    findings = check(inventory, policy, Decisions(), today=SAMPLE_DAY)
    assert "R9. BSN alleen als een wet het zegt" in views.by_rule(findings, policy)._repr_html_()
    assert "R9. Citizen service number only" in views.by_rule(findings, policy, "en")._repr_html_()


@pytest.mark.ci
def test_questions_name_the_place_in_the_register_and_what_hangs_on_it() -> None:
    register = load_policy(SAMPLES / "policy.yaml")
    shown = policy_views.questions(Held(Inventory(()), register, Decisions()), today=SAMPLE_DAY)._repr_html_()
    assert "purposes.service_delivery.legal_basis" in shown
    assert "R3 Elk doel heeft een grondslag" in shown

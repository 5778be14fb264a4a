"""docs/persons.md and the card beside the model: what the script makes of the figures, with every credit and limit."""

import json
from pathlib import Path

import pytest

from tests.scripts import script

MADE = script("make_model_card")


@pytest.mark.parametrize("page", MADE.PAGES, ids=lambda path: path.name)
def test_the_card_is_what_the_figures_say_today(page: Path) -> None:
    figures = json.loads(MADE.FIGURES.read_text("utf-8"))
    assert page.read_text("utf-8") == MADE.document(figures), "run python docs/make_model_card.py"


def test_a_missed_target_and_a_missing_peer_are_said() -> None:
    figures = json.loads(MADE.FIGURES.read_text("utf-8"))
    figures["mail"]["recall"] = 0.5
    figures["peers"] = {"Frog": {"skipped": "no such program"}}
    figures["corpora"] = {}
    card = MADE.document(figures)
    assert "| persons in held-out business mail, exact recall | ≥ 0.97 | 0.500" in card
    assert "Frog: not measured (no such program)." in card
    assert card.count("not measured") >= 4


def test_credits_licences_and_the_way_to_make_it_again_are_told() -> None:
    card = MADE.PAGES[0].read_text("utf-8")
    for told in ("CC BY 4.0", "Malmasi", "Wikipedia", "CC0", "OpenTaal", "Faker", "train_persons.py", "Limits"):
        assert told in card

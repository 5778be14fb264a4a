"""Names of fields that ask: openly, or whether something is so."""

import pytest

from igmap.vocabulary import header_cue


@pytest.mark.parametrize(
    "name", ["Wat vond je van de locatie?", "Wat is er gebeurd?", "Comment avez-vous trouvé la salle ?"]
)
def test_an_open_question_asks_for_an_answer_in_words(name: str) -> None:
    cue = header_cue(name)
    assert cue is not None
    assert cue.category == "message_content"


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Wat is uw leeftijd?", "age"),
        ("Wat is je e-mailadres?", "email"),
        ("Welke kleur zaal?", "none"),
        ("Wat zaal", "none"),
    ],
)
def test_a_question_that_names_what_it_asks_keeps_it(name: str, category: str) -> None:
    cue = header_cue(name)
    assert cue is not None
    assert cue.category == category


@pytest.mark.parametrize(
    ("name", "category"), [("Opmerkingen van de docent", "message_content"), ("E-mail van de ouder", "email")]
)
def test_small_words_may_stand_before_whom_it_is_told_of(name: str, category: str) -> None:
    cue = header_cue(name)
    assert cue is not None
    assert cue.category == category

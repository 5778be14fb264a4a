"""edged and is_thing: where a person that the tagger saw begins and ends, and what was called after a person."""

import numpy as np
import pytest

from igmap.inventory.people.tagger import ELSEWHERE
from igmap.inventory.people.tagger.edges import edged
from igmap.inventory.people.tagger.kinds import codes, lists
from igmap.inventory.people.tagger.model import BEGINS
from igmap.inventory.people.tagger.spans import Found
from igmap.inventory.people.tagger.spans import spans as runs
from igmap.inventory.people.tagger.things import is_thing
from igmap.inventory.people.tagger.widening import widened
from igmap.inventory.people.tagger.words import words_of

MARK = "⟦⟧"


def coded(word: str) -> str:
    return codes([word], lists())[0].translate(ELSEWHERE)


def spans(marked: str) -> tuple[str, list[Found]]:
    """A text and the spans between marks in it."""
    found, text = list[Found](), ""
    for part in marked.split(MARK[1]):
        before, _, said = part.partition(MARK[0])
        start = len(text) + len(before)
        text += before + said
        found += [Found(start, len(text), 0.9)] if said else []
    return text, found


def within_edges(marked: str) -> list[str]:
    """What stays of the spans between marks."""
    text, found = spans(marked)
    return [text[one.start : one.end] for one in edged(text, found, coded, lambda _: 9)]


@pytest.mark.parametrize(
    ("marked", "persons"),
    [
        ("Groet van ⟦Ta, Fatima⟧", ["Fatima"]),
        ("⟦Liefs, Thea⟧", ["Thea"]),
        ("⟦Sanne belde⟧ gisteren", ["Sanne"]),
        ("⟦Ring Fatima⟧ on Monday", ["Fatima"]),
        ("groetjes ⟦van Fatima⟧", ["Fatima"]),
        ("vraag of ⟦Fatima al⟧ thuis is", ["Fatima"]),
        ("mentor: ⟦Fatima Bos\nLotte⟧ leest goed", ["Fatima Bos", "Lotte"]),
        ("dossiers van ⟦Fatima Bos, Lotte Vermeer⟧", ["Fatima Bos", "Lotte Vermeer"]),
        ("⟦Vries, Anna de⟧", ["Vries, Anna de"]),
        ("docent ⟦N. (Noor⟧) ⟦Vermeer⟧ komt", ["N. (Noor) Vermeer"]),
        ("⟦Grace⟧ ⟦T. Owusu⟧ belde", ["Grace T. Owusu"]),
        ("12\t⟦Vermeer⟧, ⟦Noor⟧\t44", ["Vermeer, Noor"]),
        ("Debiteur ⟦Vermeer⟧, ⟦R.Y.⟧ betaalt niet", ["Vermeer, R.Y."]),
        ("Geachte mevrouw ⟦Vermeer⟧, ⟦Noor⟧ parkeert", ["Vermeer", "Noor"]),
        ("⟦Jansen⟧, ⟦Vermeer⟧ en ⟦De Vries⟧", ["Jansen", "Vermeer", "De Vries"]),
        ("⟦Jan⟧, ⟦Noor⟧,\nkomen jullie?", ["Jan", "Noor"]),
        ("pas van ⟦Vermeer⟧, ⟦Fatima⟧, geldig tot mei", ["Vermeer, Fatima"]),
        ("dossier ⟦Vermeer⟧, ⟦Fatima⟧ naar archief", ["Vermeer, Fatima"]),
        ("CC: ⟦Vermeer⟧, ⟦Fatima⟧\nOnderwerp: fiets", ["Vermeer, Fatima"]),
        ("Beste ⟦Vermeer⟧, ⟦Fatima⟧\nbelde", ["Vermeer", "Fatima"]),
        ("ik zag ⟦Vermeer⟧, ⟦Fatima⟧ zag niets", ["Vermeer", "Fatima"]),
        ("> ⟦Vermeer⟧, ⟦Fatima⟧, komen jullie?", ["Vermeer", "Fatima"]),
        ("naar ⟦Vermeer⟧, ⟦Fatima⟧, Sanne", ["Vermeer", "Fatima"]),
        ("met ⟦VERMEER⟧, ⟦Fatima⟧ gesproken", ["VERMEER, Fatima"]),
        ("klant ⟦VERMEER⟧ ⟦Fatima⟧ belde", ["VERMEER Fatima"]),
        ("auto 1: ⟦Koen⟧, ⟦Fatima, Sanne⟧", ["Koen", "Fatima", "Sanne"]),
        ("⟦FATIMA EN SANNE⟧ KOMEN", ["FATIMA", "SANNE"]),
        ("⟦Fatima ipv Sanne⟧ komt", ["Fatima", "Sanne"]),
        ("Mentor: ⟦F. (Noor) Vermeer\nSanne⟧ leest", ["F. (Noor) Vermeer", "Sanne"]),
        ("JARIG: ⟦FATIMA XX⟧", ["FATIMA"]),
        ("met ⟦FATIMA VAN⟧ DE BALIE", ["FATIMA"]),
        ("as agreed with ⟦Fatima I⟧ send it", ["Fatima"]),
        ("asked ⟦Captain Vermeer⟧ why", ["Vermeer"]),
    ],
)
def test_a_name_ends_where_its_words_do(marked: str, persons: list[str]) -> None:
    assert within_edges(marked) == persons


@pytest.mark.parametrize(
    ("marked", "persons"),
    [
        ("toen ⟦Koen⟧ De Brandt sprak", ["Koen De Brandt"]),
        ("toen ⟦Piet Van⟧ der Hoeven sprak", ["Piet Van der Hoeven"]),
        ("toen ⟦Piet⟧ van der Hoeven sprak", ["Piet"]),
        ("toen ⟦Mehmet⟧ Xyqualo sprak", ["Mehmet Xyqualo"]),
        ("toen Mehmet ⟦Xyqualo⟧ sprak", ["Mehmet Xyqualo"]),
        ("toen ⟦Mehmet⟧ Huis zag", ["Mehmet"]),
        ("toen ⟦Mehmet⟧ XYQ zag", ["Mehmet"]),
        ("⟦MEHMET⟧ IN HET HUIS", ["MEHMET"]),
        ("de ⟦Mehmet⟧ ⟦Xyqualo⟧ groep", ["Mehmet", "Xyqualo"]),
        ("klant VAN DER VERMEER ⟦Fatima⟧ belde", ["VAN DER VERMEER Fatima"]),
        ("klant BSN ⟦Fatima⟧ belde", ["Fatima"]),
        ("lijst: ⟦Vermeer, Fatima⟧ van der; en zo", ["Vermeer, Fatima van der"]),
        ("lijst: ⟦Vermeer, Fatima⟧ van hiernaast", ["Vermeer, Fatima"]),
        ("gewonnen ⟦van⟧ der vermeer", ["van der vermeer"]),
    ],
)
def test_what_surely_goes_on_with_a_name_is_of_it(marked: str, persons: list[str]) -> None:
    text, found = spans(marked)
    assert [text[one.start : one.end] for one in widened(text, found, coded, lambda _: 9)] == persons


def test_a_name_that_a_mail_wraps_over_two_lines_stays_one() -> None:
    first = "Wij spraken gisteren op het kantoor met mevrouw ⟦Fatima"
    assert within_edges(f"{first}\nVermeer⟧ over haar plannen, die zij al een tijd geleden\nhad.") == [
        "Fatima\nVermeer"
    ]


@pytest.mark.parametrize(
    ("before", "said", "after", "is_one"),
    [
        ("de hoek van de ", "Jacob van Moerdreef", " is dicht", True),
        ("stuur naar ", "Frans Verlaan", " 48-hs", True),
        ("vraag ", "Frans Verlaan", " om hulp", False),
        ("eten bij Brasserie ", "Fatima", " was fijn", True),
        ("werkt bij ", "Smits", " Bouw", True),
        ("in het ", "Toon Hermans Huis", " drinken", True),
        ("op school ", "Fatima", " zien", False),
        ("", "t.", " 030 - 463", True),
        ("", "T.", " Bos", False),
        ("op ", "IP", ": 192.0.2.1", True),
        ("", "JB", ": graag bellen", False),
        ("de ", "motie-Verlaan", " haalde het niet", True),
        ("de ", "tekst-opmaak", " is af", True),
        ("met ", "Anne-Fleur", " mee", False),
        ("in ", "Zeeland", " wonen", True),
        ("vraag ", "Jan Zeeland", " om hulp", False),
        ("Notariskantoor Van der ", "Vermeer", " sluit", True),
        ("bij ", "Vermeer", " Timmerwerken", True),
        ("bij ", "Vermeer", " timmert", False),
        ("inlog ", "fatima", ".vermeer", True),
        ("inlog f.", "vermeer", " mislukt", True),
        ("inlog fatima_", "vermeer", "", True),
        ("Groet.", "Fatima", "", False),
        ("kantoor ", "Den Helder", " is dicht", True),
        ("de heer ", "Den Helder", " is er", False),
        ("vraag ", "Ten Boer", " maar", False),
        ("wonen te ", "Ten Boer", " bij elkaar", True),
        ("1234 ", "AB Xyqualo", "", True),
        ("naam (f", "@", " post.example)", True),
        ("lid van ", "van de", " club", True),
    ],
)
def test_what_is_called_after_somebody_is_nobody(before: str, said: str, after: str, *, is_one: bool) -> None:
    found = Found(len(before), len(before) + len(said), 0.9)
    assert is_thing(before + said + after, found, coded) == is_one


@pytest.mark.parametrize(("text", "is_named"), [("Beste Xanqor, dank", True), ("gisteren zag Xanqor dat", False)])
def test_a_word_alone_is_a_name_sooner_where_somebody_writes_to_somebody(text: str, *, is_named: bool) -> None:
    read = words_of([text])
    likely = np.zeros((len(read.words), 5))
    likely[read.words.index("Xanqor"), BEGINS] = 0.5
    assert [not doubted for _, _, doubted in runs(read, likely)] == [is_named]

"""Mail and notes to measure on: their marks fit, nothing of them is trained on, halves share nothing, some are shut."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from benchmarks import person_fresh
from benchmarks.business_grammar import NUMBERS, SLOT, Grammar, grammar
from benchmarks.business_persons import NAMES, OTHERS
from benchmarks.business_text import FRESH, ROUNDS, Document, fresh_documents
from benchmarks.fairness import Pool
from benchmarks.make_spelling import is_held
from benchmarks.person_fresh import GOING, Read, measured, misses
from benchmarks.person_rows import fresh_rows
from benchmarks.person_texts_held import marked
from igmap.vocabulary import load_yaml
from tests.test_business_text import FORMULA, HELD_OUT, SENTENCES, SHARED, TRAINING, alike, lines, stretches

HALVES = {half: grammar(files[1]) for half, files in FRESH.items()}
OTHER = {half: {*FRESH} - {half} for half in FRESH}
AT_LEAST = {"open": 200, "sealed": 200, "notes open": 150, "notes sealed": 100}
POOLS = {"nl": Pool(("Jan", "Fatima"), ("Vries",), ("de",)), "tr": Pool(("İlkay",), ("Yılmaz",), ())}
LITERAL = {
    "open": ("odd_given", "odd_family", "may", "mei"),
    "sealed": ("plain_first", "plain_last", "june_like"),
    "notes open": ("nick", "lone_first", "lone_last"),
    "notes sealed": ("pet_name", "wordlike_first", "wordlike_last"),
}
NAMED = {
    "open": ("firm", "school", "course", "product", "street_part", "english_dwelling"),
    "sealed": ("company", "academy", "module", "software", "path_part", "english_home"),
    "notes open": ("works", "college", "lesson", "tool", "street_words", "english_house"),
    "notes sealed": ("concern", "institute", "workshop", "package", "lane", "abroad"),
}
IN_TRAINING = (
    "org", "organisation_of_name", "firm_kind", "trade", "fancy", "school", "course", "product", "method", "word_name",
    "brand", "street_alone",
)  # fmt: skip


def words(of: Grammar, *rules: str) -> set[str]:
    return {word for rule in rules for line in of.rules[rule] for part in stretches(line) for word in part}


def sequences(of: Grammar) -> set[tuple[str, ...]]:
    """Six words in a row."""
    parts = [words for line in lines(of) for words in stretches(line)]
    return {tuple(words[at : at + 6]) for words in parts for at in range(len(words) - 5)}


@pytest.mark.parametrize("half", HALVES)
def test_marks_fit_the_text_in_order_and_hold_no_space_title_or_greeting(half: str) -> None:
    known = {*load_yaml("igmap.vocabulary", "categories.yaml"), "organisation", "date"} | GOING
    for one in fresh_documents(half, 2, POOLS):
        ends = [0, *(end for _, end, _ in one.marks)]
        assert all(start >= before for (start, _, _), before in zip(one.marks, ends, strict=False))
        assert ends[-1] <= len(one.text)
        assert "{" not in one.text
        for start, end, kind in one.marks:
            said = one.text[start:end]
            assert said == said.strip() != ""
            assert kind in known
            assert kind != "name" or not re.match(r"(?i)(beste|dhr|de heer|mw|mevrouw|hoi|geachte|dear|mrs?)\b", said)


@pytest.mark.parametrize("half", HALVES)
def test_no_two_names_touch_so_that_a_name_is_marked_whole(half: str) -> None:
    for one in fresh_documents(half, 1, POOLS):
        names = [mark for mark in one.marks if mark[2] == "name"]
        between = [one.text[a[1] : b[0]] for a, b in pairwise(names)]
        assert not {"", " ", "-"} & set(between), one.text


@pytest.mark.parametrize("half", HALVES)
def test_every_template_is_drawn_as_often_and_every_slot_and_rule_is_known_and_used(half: str) -> None:
    own = HALVES[half]
    called = {slot["name"] for line in (*lines(own), *lines(SHARED)) for slot in SLOT.finditer(line)}
    assert called <= {*own.rules, *SHARED.rules, *NAMES, *OTHERS, *NUMBERS}
    assert set(own.rules) - {"place"} <= called
    assert set(own.marks) <= set(own.rules)
    drawn = Counter(one.sort for one in fresh_documents(half, names=POOLS))
    assert len(drawn) == sum(map(len, own.documents.values())) >= AT_LEAST[half]
    assert set(drawn.values()) == {ROUNDS}


@pytest.mark.parametrize("half", HALVES)
def test_a_sort_named_after_a_style_is_typed_so(half: str) -> None:
    for one in fresh_documents(half, 1, POOLS):
        first, _, rest = one.sort.partition(" ")
        if first in {"lower", "upper", "unpunctuated"} and not rest.isdigit():
            assert one.style == first


@pytest.mark.parametrize("half", HALVES)
def test_no_line_and_no_six_words_in_a_row_are_trained_on_or_seen_before_or_of_the_other_half(half: str) -> None:
    others = (TRAINING, SENTENCES, HELD_OUT, *(HALVES[other] for other in OTHER[half]))
    told = {line for line in lines(HALVES[half]) if sum(map(len, stretches(line))) >= FORMULA}
    known = {alike(line) for of in others for line in lines(of)}
    assert [line for line in told - {*HALVES[half].rules["place"]} if alike(line) in known] == []
    assert sequences(HALVES[half]) & set().union(*map(sequences, others)) == set()


@pytest.mark.parametrize("half", HALVES)
def test_each_organisation_course_product_and_street_has_a_word_of_its_own(half: str) -> None:
    """Others may say what it is: advies, hogeschool."""
    trained = words(TRAINING, *IN_TRAINING) | words(SENTENCES, "firm", "club", "thing_named", "work")
    seen = trained.union(*(words(HALVES[other], *NAMED[other]) for other in OTHER[half]))
    names = [line for rule in NAMED[half] for line in HALVES[half].rules[rule] if not SLOT.search(line)]
    assert [line for line in names if {word for part in stretches(line) for word in part} <= seen] == []


@pytest.mark.parametrize("half", HALVES)
def test_places_and_names_are_of_the_half_that_is_held_out(half: str) -> None:
    own = HALVES[half]
    assert all(map(is_held, own.rules["place"]))
    assert [name for rule in LITERAL[half] for name in own.rules[rule] if not is_held(name)] == []


def test_counts_are_those_of_the_documents() -> None:
    letter = Document("Jan en Piet, bel 0612345678.", ((0, 3, "name"), (7, 11, "name"), (17, 27, "phone")), (), "a", "")
    again = Document("Piet belt.", ((0, 4, "name"),), (), "b", "")
    letters = (letter, again)
    found = (((0, 3), (13, 16)), ((0, 4),))
    figures = measured(Read(letters, tuple(marked(letters)), found, (((0, 3), (13, 22)), ((0, 4),))))
    assert (figures["templates"], figures["documents"], figures["persons"]) == (2, 2, 3)
    assert (figures["recall"], figures["precision"], figures["overlap_recall"]) == (2 / 3, 2 / 3, 2 / 3)
    assert figures["identifiers"] == {"name": (3, 2), "phone": (1, 0)}
    assert figures["other_words"] == (3, 1)
    low, high = figures["recall_interval"]
    assert low <= figures["recall"] <= high
    told = [row.told for row in fresh_rows({"open": figures})]
    assert told[2].startswith("0.5000 (2 of 4 not wholly); 33.3% of other words go too; interval [")


def test_what_was_measured_first_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(person_fresh, "read", lambda half, _: half)
    monkeypatch.setattr(person_fresh, "measured", lambda _: {"recall": 0.9})
    figures = person_fresh.fresh(lambda _: [], {"open": {"recall": 0.5}})
    assert [figures[half]["first"]["recall"] for half in FRESH] == [0.5, 0.9, 0.9, 0.9]
    assert [figures[half]["recall"] for half in FRESH] == [0.9, 0.9, 0.9, 0.9]


def test_misses_are_those_of_the_open_halves_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def drawn(half: str) -> list[Document]:
        asked.append(half)
        return [Document("Hier werkt Xaveria Quibus al jaren.", ((11, 25, "name"),), ("nl",), "mail 1", "lower")]

    monkeypatch.setattr(person_fresh, "fresh_documents", drawn)
    monkeypatch.setattr(person_fresh, "taken_out", lambda _: [[(26, 28)]])
    assert list(misses(lambda _: [[(0, 4)]])) == 2 * [
        "mail 1 (lower): person not found: Hier werkt [Xaveria Quibus] al jaren.",
        "mail 1 (lower): no person: [Hier] werkt Xaveria Quibus al jaren",
        "mail 1 (lower): name stays: Hier werkt [Xaveria Quibus] al jaren.",
        "mail 1 (lower): other words that go: al",
    ]
    assert asked == ["open", "notes open"]

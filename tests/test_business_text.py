"""Invented business text: its marks fit, a seed repeats it, and what is measured on is not trained on."""

import re
import unicodedata
from itertools import islice
from random import Random

import pytest

from benchmarks import business_text
from benchmarks.business_grammar import NUMBERS, SHARES, SLOT, STYLES, Expansion, Grammar, Piece, grammar
from benchmarks.business_persons import NAMES, OTHERS, name_pools
from benchmarks.business_text import document, held_out_documents, training_documents, training_sentences
from benchmarks.fairness import Pool
from benchmarks.make_spelling import is_held
from igmap.vocabulary import load_yaml

TRAINING, HELD_OUT = grammar(*business_text.TRAINING[1:]), grammar(*business_text.HELD_OUT[1:])
SENTENCES = grammar(*business_text.SENTENCES)
SHARED = grammar("notations.yaml")
PARTS = {
    "training": (TRAINING, training_documents),
    "sentences": (SENTENCES, training_sentences),
    "held out": (HELD_OUT, held_out_documents),
}
POOLS = {"nl": Pool(("Jan", "Fatima"), ("Vries",), ("de",)), "tr": Pool(("İlkay",), ("Yılmaz",), ())}
COMMON = {
    "de",
    "het",
    "een",
    "van",
    "voor",
    "en",
    "s",
    "st",
    "sint",
    "dr",
    "gemeente",
    "stichting",
    "law",
    "johan",
    "willem",
}
WRITTEN_OUT = {name.lower() for rule in ("odd_given", "odd_family") for name in TRAINING.rules[rule]}
FORMULA = 3  # literal words below which a line is a formula of the language: "Beste {given},"


def lines(of: Grammar) -> list[str]:
    return [
        line for texts in (*of.rules.values(), *of.documents.values()) for text in texts for line in text.split("\n")
    ]


def stretches(line: str) -> list[list[str]]:
    """The words of a line between its slots."""
    plain = unicodedata.normalize("NFKD", line.replace("\\n", " ").lower())
    return [re.findall(r"\w+", part) for part in re.split(r"\{[^}]*\}", plain)]


def alike(line: str) -> str:
    return " _ ".join(" ".join(words) for words in stretches(line))


@pytest.mark.parametrize("part", PARTS)
def test_marks_fit_the_text_in_order_and_hold_no_space_title_or_greeting(part: str) -> None:
    known = {*load_yaml("igmap.vocabulary", "categories.yaml"), "organisation", "date"}
    for one in PARTS[part][1](120, 5, POOLS):
        ends = [0, *(end for _, end, _ in one.marks)]
        assert all(start >= before for (start, _, _), before in zip(one.marks, ends, strict=False))
        assert len(one.origins) == len(one.marks)
        assert ends[-1] <= len(one.text)
        for (start, end, kind), origin in zip(one.marks, one.origins, strict=True):
            marked = one.text[start:end]
            assert marked == marked.strip() != ""
            assert kind in known
            is_written_out = kind == "name" and WRITTEN_OUT.issuperset(marked.lower().split())
            assert (kind == "name") == (origin in POOLS) or is_written_out
            assert kind != "name" or not re.match(r"(?i)(beste|dhr|mw|mevrouw|hoi|geachte)\b", marked)


@pytest.mark.parametrize("part", PARTS)
def test_a_seed_gives_the_same_documents_and_another_seed_others(part: str) -> None:
    drawn = PARTS[part][1]
    assert list(drawn(20, 1, POOLS)) == list(drawn(20, 1, POOLS)) != list(drawn(20, 2, POOLS))


@pytest.mark.parametrize("part", PARTS)
def test_every_template_expands_and_every_rule_is_used(part: str) -> None:
    own = PARTS[part][0]
    rules = {**SHARED.rules, **own.rules}
    called = {slot["name"] for line in (*lines(own), *lines(SHARED)) for slot in SLOT.finditer(line)}
    assert called <= {*rules, *NAMES, *OTHERS, *NUMBERS}
    assert set(own.rules) <= called
    assert "{" not in "".join(one.text for one in PARTS[part][1](300, 9, POOLS))


def test_no_held_out_line_occurs_in_training() -> None:
    trained = {alike(line) for line in (*lines(TRAINING), *lines(SENTENCES))}
    told = [line for line in lines(HELD_OUT) if sum(map(len, stretches(line))) >= FORMULA]
    assert [line for line in told if alike(line) in trained] == []


def test_no_organisation_school_course_product_or_place_is_of_both_parts() -> None:
    """Nor one word of their names, but for the commonest."""

    def words(of: Grammar, *rules: str) -> set[str]:
        return {word for rule in rules for line in of.rules[rule] for part in stretches(line) for word in part}

    trained = words(
        TRAINING, "org", "organisation_of_name", "firm_kind", "trade", "fancy", "school", "course", "product", "method",
        "word_name", "brand", "street_alone", "hall_kind",
    )  # fmt: skip
    trained |= words(SENTENCES, "firm", "club", "party", "sector", "syllable", "ending", "thing_named", "work")
    held = words(HELD_OUT, "firm", "firm_of_name", "institute", "lesson", "tool", "idea", "label", "house", "lane")
    assert held & trained <= COMMON
    places = {*TRAINING.rules["place"], *TRAINING.rules["foreign_city"]}
    places |= {*SENTENCES.rules["city"], *SENTENCES.rules["land"]} - {"{place}"}
    assert places.isdisjoint((*HELD_OUT.rules["place"], *HELD_OUT.rules["town"]))


def test_the_two_parts_share_no_sequence_of_six_words() -> None:
    def sequences(of: Grammar) -> set[tuple[str, ...]]:
        return {
            tuple(words[at : at + 6])
            for line in lines(of)
            for words in stretches(line)
            for at in range(len(words) - 5)
        }  # fmt: skip

    assert (sequences(TRAINING) | sequences(SENTENCES)) & sequences(HELD_OUT) == set()


def test_there_are_500_training_templates_and_250_held_out_ones() -> None:
    for own, least in ((TRAINING, 500), (HELD_OUT, 250)):
        assert sum(sum(map(len, stretches(line))) >= FORMULA for texts in own.rules.values() for line in texts) >= least


@pytest.mark.parametrize("held", [False, pytest.param(True, marks=pytest.mark.ci)])
def test_names_are_of_the_right_half_and_of_every_group(held: bool) -> None:  # noqa: FBT001 - pytest passes it so
    pools = name_pools(held=held)
    assert len(pools) >= 15
    for pool in pools.values():
        assert min(len(pool.given), len(pool.family)) >= 60
        assert all(is_held(name.lower()) == held for name in islice(pool.given, 20))


def test_a_name_inside_an_organisation_or_a_street_is_no_name() -> None:
    small = Grammar(
        {}, {"org": ("{family} & Zn.",), "lane": ("{full}laan",)}, {"org": "organisation", "lane": "none"}, frozenset()
    )
    pieces = list(Expansion(small, {"tr": POOLS["tr"]}, Random(1)).pieces("Bij {org} aan de {lane}"))
    assert [(one.text, one.kind) for one in pieces if one.kind] == [("Yılmaz & Zn.", "organisation")]


def test_the_same_letter_is_the_same_person_and_an_address_is_of_the_person_named_last() -> None:
    small = Grammar({}, {"who": ("{given} en {given}",)}, {}, frozenset({"who", *NAMES, *OTHERS}))
    for seed in range(20):
        one = document(list(Expansion(small, POOLS, Random(seed)).pieces("{given@a} {who@a} {given} {mail}")), "", "")
        first, again, _, last, mail = (one.text[start:end] for start, end, _ in one.marks)
        assert first == again
        assert mail[0] == {"İ": "i"}.get(last[0], last[0].lower())


def test_no_document_tells_a_sentence_twice_while_it_has_others() -> None:
    small = Grammar({}, {"said": ("dit is een zin", "en dit een andere", "en dit de derde zin")}, {}, frozenset())
    told = {"".join(one.text for one in Expansion(small, POOLS, Random(s)).pieces("{said}|{said}")) for s in range(60)}
    assert sum(first == second for first, _, second in (text.partition("|") for text in told)) <= 1


def test_a_point_after_an_initial_is_written_once_and_stays_in_the_mark() -> None:
    one = document([Piece("met "), Piece("Jan d. V.", "name", "nl"), Piece(". Dag")], "", "")
    assert (one.text, one.marks) == ("met Jan d. V.. Dag"[:13] + " Dag", ((4, 13, "name"),))


@pytest.mark.parametrize("style", SHARES)
def test_a_style_changes_no_mark_of_an_account_number(style: str) -> None:
    pieces = [Piece("Beste meneer, hier is mijn nummer: "), Piece("NL91ABNA0417164300", "bank_account"), Piece(".")]
    changed = STYLES[style](pieces, Random(3))
    assert changed[1].text.upper() == pieces[1].text
    assert len(changed) == 3


def test_numbers_pass_their_checks() -> None:
    for seed in range(30):
        digits = re.sub(r"\D", "", NUMBERS["bsn"](Random(seed)))
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        assert sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 == 0
        iban = NUMBERS["bank_account"](Random(seed)).replace(" ", "")
        assert int("".join(str(int(letter, 36)) for letter in iban[4:] + iban[:4])) % 97 == 1

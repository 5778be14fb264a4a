"""benchmarks/persons.py: corpora are read in every form, spans are counted as by hand, intervals are what they say."""

import gzip
import math
from pathlib import Path

import pytest

from benchmarks import person_peers
from benchmarks.fairness import wilson
from benchmarks.person_corpora import CORPORA, Marked, corpora, documents, lowered
from benchmarks.person_peer_runs import _bare, _placed
from benchmarks.person_rows import upper_bound
from benchmarks.person_scores import Score, one_by_one, scored

CONLL = """-DOCSTART- -DOCSTART- O
Gisteren Adv O
zei V O
Zoë N B-PER
van Prep I-PER
Dam N I-PER
: Punc O
" Punc O
Nee Int O
. Punc O
" Punc O

Pim N B-PER
Bas N B-PER
( Punc O
KPN N B-ORG
) Punc O

-DOCSTART- -DOCSTART- O
Els N I-PER
' Punc O
hond N O
"""
NUMBERED = "0\tAnne\tB-PER\n1\tDe\tI-PER\n2\tWit\tI-PER\n3\t,\tO\n4\t24\tO\n\n0\tNiemand\tO\n1\t.\tO\n"
TABBED = "Dag\tO\nAnne\tB-PER\n!\tO\n"
TESTB, WIKI = CORPORA


def named(one: Marked) -> list[str]:
    return [one.text[start:end] for start, end in one.persons]


def test_columns_become_text_as_it_is_typed_with_its_persons_and_documents() -> None:
    first, second = documents(CONLL)
    assert [one.text for one in first] == ['Gisteren zei Zoë van Dam: "Nee."', "Pim Bas (KPN)"]
    assert [named(one) for one in first] == [["Zoë van Dam"], ["Pim", "Bas"]]
    assert [(one.text, named(one)) for one in second] == [("Els' hond", ["Els"])]


@pytest.mark.parametrize(
    ("written", "texts", "persons"),
    [
        (NUMBERED, ["Anne De Wit, 24", "Niemand."], [["Anne De Wit"], []]),
        (TABBED, ["Dag Anne!"], [["Anne"]]),
        ("Dag [[Anne de Wit]] , ( [[Bo]] )\n\nNee .", ["Dag Anne de Wit, (Bo)", "Nee."], [["Anne de Wit", "Bo"], []]),
    ],
)
def test_other_forms_are_read_alike(written: str, texts: list[str], persons: list[list[str]]) -> None:
    read = [one for part in documents(written) for one in part]
    assert [one.text for one in read] == texts
    assert [named(one) for one in read] == persons


def test_corpora_are_found_in_folders_packed_and_in_latin_1_and_a_whole_one_goes_before_a_sample(
    tmp_path: Path,
) -> None:
    assert corpora(tmp_path) == {TESTB: None, WIKI: None}
    (tmp_path / "testb_sample.txt").write_text("Dag [[Anne]]", encoding="utf-8")
    sample = corpora(tmp_path)[TESTB]
    assert sample is not None
    assert sample.is_sample
    (tmp_path / "ned").mkdir()
    (tmp_path / "ned" / "ned.testb.gz").write_bytes(gzip.compress(CONLL.encode("latin-1")))
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "test.conllu").write_text(NUMBERED, encoding="utf-8")
    found = corpora(tmp_path)
    whole, wiki = found[TESTB], found[WIKI]
    assert whole is not None
    assert wiki is not None
    assert (whole.is_sample, len(whole.documents), len(whole.sentences)) == (False, 2, 3)
    assert named(whole.texts[0]) == ["Zoë van Dam", "Pim", "Bas"]
    assert [one.text for one in wiki.sentences] == ["Anne De Wit, 24", "Niemand."]


def test_runs_of_sentences_are_documents_where_nothing_parts_them() -> None:
    parts = list(documents("\n\n".join(f"{number}\tO" for number in range(100, 135))))
    assert [len(part) for part in parts] == [30, 5]


def test_without_capitals_a_person_stays_where_it_was() -> None:
    small = lowered(Marked("İnci Ak komt", ((0, 7),)))
    assert small.text == "İnci ak komt"
    assert named(small) == ["İnci ak"]


def test_counts_are_those_of_a_hand_and_shares_follow() -> None:
    texts = [Marked("Jan de Wit en Bo", ((0, 10), (14, 16))), Marked("Nee", ()), Marked("Ada", ((0, 3),))]
    answers = {"Jan de Wit en Bo": [(0, 3), (14, 16)], "Nee": [(0, 3)], "Ada": []}
    score = scored(texts, one_by_one(answers.__getitem__))
    assert score.counts == ((2, 2, 1, 2), (0, 1, 0, 0), (1, 0, 0, 0))
    assert score.total == (3, 3, 1, 2)
    assert (score.precision, score.recall, score.f1, score.overlap_recall) == (1 / 3, 1 / 3, 1 / 3, 2 / 3)


def test_spans_that_only_meet_do_not_touch() -> None:
    assert scored([Marked("ab", ((1, 2),))], one_by_one(lambda _: [(0, 1)])).overlap_recall == 0


def test_the_bootstrap_of_f1_is_the_binomial_interval_where_each_text_holds_one_person() -> None:
    count, right = 40, 30
    score = Score(tuple((1, 1, int(i < right), 1) for i in range(count)))
    chance = [math.comb(count, k) * 0.75**k * 0.25 ** (count - k) for k in range(count + 1)]
    sums = [sum(chance[: k + 1]) for k in range(count + 1)]
    low, high = (next(k for k, below in enumerate(sums) if below >= share) / count for share in (0.025, 0.975))
    assert score.interval == pytest.approx((low, high), abs=1.001 / count)
    assert score.interval == score.interval
    assert Score(((1, 1, 1, 1),) * 3).interval == (1, 1)


def test_bounds_of_wilson_are_the_roots_of_its_equation() -> None:
    for found, count in ((0, 5), (3, 4960), (570, 600), (600, 600)):
        for bound in (wilson(found, count), upper_bound(found, count)):
            assert (found / count - bound) ** 2 == pytest.approx(1.959964**2 * bound * (1 - bound) / count, abs=1e-9)


def test_words_of_frog_are_placed_in_the_text_they_came_from() -> None:
    texts = ["Dag  Jan de Wit,\nen Bo.", "Nee", "Bo, Bo"]
    tags = [("Dag", "O"), ("Jan", "B-PER"), ("de", "I-PER"), ("Wit", "I-PER"), (",", "O"), ("en", "O"), ("Bo", "B-PER")]
    tags += [(".", "O"), ("Nee", "O"), ("Bo", "B-LOC"), (",", "O"), ("Bo", "B-PER")]
    rows = [f"1\t{word}\t\t\t\tX\t1.0\t{tag}\t\t" for word, tag in tags]
    assert _placed(texts, rows) == [[(5, 15), (20, 22)], [], [(4, 6)]]


def test_figures_of_peers_hold_only_for_the_texts_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"same": [Marked("Dag Bo", ((4, 6),))], "new": [Marked("Dag Els", ((4, 7),))]}
    monkeypatch.setattr(person_peers, "texts_of", lambda _: texts)
    scores = {"same": {"f1": 0.5, "digest": person_peers.digest(texts["same"])}, "new": {"f1": 0.4, "digest": "old"}}
    kept = person_peers.of_the_same_texts({"Frog": {"version": "1", "scores": scores}}, {})
    assert kept == {"Frog": {"version": "1", "scores": {"same": scores["same"]}}}


def test_a_title_that_a_peer_takes_along_is_cut_off() -> None:
    text = "Aan de heer dr. Jan Wit"
    assert text[slice(*_bare(text, (4, 23)))] == "Jan Wit"

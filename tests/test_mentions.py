"""mentions_in: what in a text may point at a person, against case files; what overlaps, hides, or breaks it."""

import re
import time
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
import yaml

from igmap.inventory.detectors import Detector
from igmap.inventory.mentions import KINDS, mentions_in, mentions_of
from igmap.inventory.mentions.pieces import LONGEST
from igmap.inventory.mentions.resolved import FOUND, resolved
from igmap.inventory.readable import readable

FOLDER = Path(__file__).parent / "data" / "mentions"
READ: dict[str, dict[str, list[str]]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))
}
MARKED = re.compile("«(.*?)»", re.DOTALL)


def plain(case: str) -> str:
    return case.replace("\\u200b", "\u200b").replace("\\u00ad", "\u00ad").replace("«", "").replace("»", "")


@cache
def found(kind: str) -> dict[str, list[str]]:
    """Of every text of a case file what is found in it, all in one search."""
    texts = sorted({plain(case) for listed in READ[kind].values() for case in listed})
    told: dict[str, list[str]] = {text: [] for text in texts}
    for row, start, end in mentions_in(pl.Series(texts), [kind]).select("row", "start", "end").iter_rows():
        told[texts[row]].append(texts[row][start:end])
    return told


def wrong(kind: str, group: str) -> list[tuple[str, list[str]]]:
    """The cases of a group with what is found in them, where that is not what is marked."""
    told = {case: found(kind)[plain(case)] for case in READ[kind][group]}
    return [(case, texts) for case, texts in told.items() if texts != [plain(mark) for mark in MARKED.findall(case)]]


of_each_kind = pytest.mark.parametrize("kind", READ)


@of_each_kind
def test_every_way_of_writing_it_is_found_where_it_stands(kind: str) -> None:
    assert wrong(kind, "hits") == []


@of_each_kind
def test_what_only_looks_like_it_is_left_alone(kind: str) -> None:
    assert wrong(kind, "misses") == []


@of_each_kind
def test_a_known_failure_is_still_one(kind: str) -> None:
    right = set(READ[kind]["known_failures"]) - {case for case, _ in wrong(kind, "known_failures")}
    assert right == set(), "found now: move it to the hits or the misses"


@of_each_kind
def test_every_kind_has_enough_cases(kind: str) -> None:
    assert kind in KINDS
    assert min(len(READ[kind][group]) for group in ("hits", "misses")) >= 25


def told(text: str, **settings: Any) -> list[tuple[str, str]]:
    found = mentions_in(pl.Series([text]), **settings)
    return [(kind, text[start:end]) for start, end, kind in found.select("start", "end", "kind").iter_rows()]


def test_a_message_is_read_for_everything_at_once() -> None:
    text = (
        "Beste Fatima,\n\nIk ben 34 jaar, geboren op 3 mei 1991, en woon op Dorpsstraat 1,\n1234 AB Utrecht. "
        "Sinds 1 juni werk ik bij Acme Solutions B.V. in Zeist. Onze directeur weet ervan. Bel 06-12345678 of mail "
        "jan@school.example."
    )
    assert told(text) == [
        ("name", "Fatima"),
        ("age", "34 jaar"),
        ("birth_date", "3 mei 1991"),
        ("address", "Dorpsstraat 1,\n1234 AB Utrecht"),
        ("date", "1 juni"),
        ("organisation", "Acme Solutions B.V."),
        ("place", "Zeist"),
        ("function", "Onze directeur"),
        ("phone", "06-12345678"),
        ("email", "jan@school.example"),
    ]


def test_a_row_per_mention_says_what_where_and_how_sure() -> None:
    found = mentions_in(pl.Series(["niets", None, "", "mail jan@school.example op 3 mei"]))
    assert found.schema == {
        "row": pl.UInt32, "start": pl.UInt32, "end": pl.UInt32, "kind": pl.String, "score": pl.Float64,
    }  # fmt: skip
    assert found.select("row", "start", "end", "kind").rows() == [(3, 5, 23, "email"), (3, 27, 32, "date")]
    assert found["score"].is_between(0, 1).all()


@pytest.mark.parametrize("values", [[], [None], [""], [" \n"]])
def test_what_is_blank_has_no_mentions(values: list[str | None]) -> None:
    assert mentions_in(pl.Series(values, dtype=pl.String)).is_empty()


def test_only_the_kinds_that_are_asked_for_are_told() -> None:
    text = "Jan de Wit, geboren op 3 mei 1991, Dorpsstraat 1, 1234 AB Utrecht"
    assert told(text, kinds=["postcode"]) == [("postcode", "1234 AB")]
    assert told(text, kinds=["date"]) == [("date", "3 mei 1991")]
    assert told(text, kinds=["address", "date"]) == [
        ("date", "3 mei 1991"),
        ("address", "Dorpsstraat 1, 1234 AB Utrecht"),
    ]


def test_a_place_in_a_name_or_an_organisation_is_no_place() -> None:
    assert told("Ik werk in Utrecht Beheer B.V. en in Ede.", kinds=["place"]) == [("place", "Ede")]


def test_a_workspaces_own_detector_finds_mentions_too() -> None:
    own = Detector("staff_number", "account_id", r"\bP[0-9]{6}\b")
    assert told("zie P123456", detectors=[own]) == [("account_id", "P123456")]
    found = mentions_of(own, pl.Series(["niets", "zie P12\u200b3456"]))
    assert found.select("row", "start", "end").rows() == [(1, 4, 12)]


def islands(*found: tuple[int, int, str, float]) -> list[tuple[int, int, str]]:
    rows = [(0, start, end, kind, None, score) for start, end, kind, score in found]
    kept = resolved(pl.DataFrame(rows, schema=FOUND, orient="row"), pl.Series(["Jan de Wit in Vught"]))
    return kept.select("start", "end", "kind").rows()


def test_of_mentions_that_overlap_the_longest_stays_then_the_surest_and_the_rest_is_not_lost() -> None:
    assert islands((0, 3, "name", 0.9), (0, 10, "organisation", 0.5)) == [(0, 10, "organisation")]
    assert islands((0, 10, "organisation", 0.5), (0, 10, "name", 0.9)) == [(0, 10, "name")]
    assert islands((0, 10, "name", 0.9), (7, 19, "place", 0.5)) == [(0, 6, "name"), (7, 19, "place")]
    assert islands((0, 10, "name", 0.9), (3, 14, "place", 0.5)) == [(0, 3, "name"), (3, 14, "place")]
    assert islands((0, 3, "name", 0.9), (4, 6, "place", 0.9)) == [(0, 3, "name"), (4, 6, "place")]


def test_a_note_gives_way_to_what_stands_in_it() -> None:
    assert islands((0, 19, "function", 0.9), (14, 19, "place", 0.5)) == [(0, 13, "function"), (14, 19, "place")]
    assert islands((0, 19, "function", 0.9), (4, 10, "name", 0.5)) == [(4, 10, "name"), (11, 19, "function")]


HIDDEN = "Beste Fatima, mail jan@school.example of bel 06-12345678. Op 3 mei 2024 in Zeist."


def test_hidden_characters_hide_nothing() -> None:
    chance, kinds = Random(8), ["email", "phone", "date"]
    once = told(HIDDEN, kinds=kinds)

    def hidden() -> str:
        return "".join(chance.choices("\u200b\u00ad\u2060\u202e\ufe0f", k=chance.choice([0, 0, 1, 2])))

    texts = [HIDDEN, *("".join(letter + hidden() for letter in HIDDEN) for _ in range(100))]
    found = mentions_in(pl.Series(texts), kinds).select("row", "start", "end", "kind").rows()
    spans = [(row, kind, readable(texts[row][start:end])[0]) for row, start, end, kind in found]
    assert spans == [(row, *mention) for row in range(len(texts)) for mention in once]


PARTS = ["Jan de Wit", " ", "\n", "3 mei", "Utrecht", "in ", "1234 AB", "Dorpsstraat 1", "onze directeur", "van ", ", ",
         "B.V.", "Acme", "&amp;", "<b>", "</p>", "\u200b", "é", "34 jaar", "@jan", "123456782", "."]  # fmt: skip


def test_mentions_stand_in_the_text_in_their_order_and_never_overlap() -> None:
    chance = Random(8)
    texts = ["".join(chance.choices(PARTS, k=chance.randrange(14))) for _ in range(300)]
    found = mentions_in(pl.Series(texts)).select("row", "start", "end").rows()
    assert len(found) > 200
    assert all(0 <= start < end <= len(texts[row]) for row, start, end in found)
    assert all(row < other or (row == other and end <= start) for (row, _, end), (other, start, _) in pairwise(found))


@pytest.mark.ci
def test_a_text_among_others_is_read_as_it_is_alone() -> None:
    chance = Random(9)
    texts = ["".join(chance.choices(PARTS, k=12)) for _ in range(6)]
    together = mentions_in(pl.Series(texts))
    for row, text in enumerate(texts):
        alone = mentions_in(pl.Series([text])).drop("row")
        assert together.filter(row=row).drop("row").equals(alone)


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("<p>Beste <b>Jan</b> de Vries&nbsp;,</p>", [("name", "Jan</b> de Vries")]),
        ("<p>Bel</p><p>06-1234<i>5678</i></p>", [("phone", "06-1234<i>5678</i>")]),
        ('<a href="mailto:jan@school.example">hier</a>', [("email", "jan@school.example")]),
        ("Jansen &amp; Zn. belde", [("organisation", "Jansen &amp; Zn.")]),
        ("a < b en c > d op 3 mei", [("date", "3 mei")]),
    ],
)
def test_markup_is_no_part_of_what_is_read(text: str, mentions: list[tuple[str, str]]) -> None:
    assert told(text, kinds={kind for kind, _ in mentions}) == mentions


def test_a_file_in_base64_says_nothing() -> None:
    line = "UZXm/AnneJanKees1234ABBakkerStraat12vanDeJongW81AEoaOIpf36StOd0p1T7Uui7Kx9z4"
    text = f"Zie de bijlage van 3 mei\n{line}\n{line}\n{line[:40]}==\n"
    assert told(text, kinds=["date", "name", "age"]) == [("date", "3 mei")]


def test_a_long_text_is_read_in_pieces_and_told_as_a_whole() -> None:
    line = "Op 3 mei belde Jan-Willem de Vries van Acme B.V. uit Utrecht.\n"
    text = line * 120
    kinds = ["name", "date", "organisation"]
    once = mentions_in(pl.Series([line]), kinds)
    found = mentions_in(pl.Series(["niets", text]), kinds)
    assert len(text) > LONGEST
    assert len(found) == 120 * len(once)
    assert found["row"].unique().to_list() == [1]
    assert {text[start:end] for start, end in found.select("start", "end").iter_rows()} == {
        line[start:end] for start, end in once.select("start", "end").iter_rows()
    }


@pytest.mark.ci
def test_ten_megabytes_cost_no_more_than_their_length() -> None:
    pieces = ["a", "1 ", "in Ede ", "Jan ", "\n", "de enige docent ", "3 mei ", "A B ", "&amp;", "<b>", "é", "\u200b"]
    texts = pl.Series([piece * (1_000_000 // len(piece)) for piece in pieces])
    began = time.process_time()
    mentions_in(texts, [kind for kind in KINDS if kind not in {"name", "place"}])
    assert time.process_time() - began < 60


def test_who_speaks_stands_in_brackets_behind_what_they_are() -> None:
    text = "Notulist (Wei, L.): akkoord.\nLocatie (Amsterdam): zaal 2"
    spans = mentions_in(pl.Series([text]), ["name"]).select("start", "end").iter_rows()
    assert [text[start:end] for start, end in spans] == ["Wei, L."]

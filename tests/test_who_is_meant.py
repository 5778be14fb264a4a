"""resolved: one number for a person by every name within a thread; headers, found names and tables say who is known."""

import pandas as pd
import polars as pl
import pytest

from igmap.inventory import discover
from igmap.inventory.people.known import Known
from igmap.inventory.people.known.found import known_from_found, met_in_texts
from igmap.inventory.people.known.headers import known_from_headers, met_in_headers, threads_of
from igmap.inventory.people.known.resolving import MET, Wider, resolved
from igmap.inventory.people.known.tabled import known_from_workspace
from igmap.sources import open_exports

SENDER, RECIPIENT, NAMED = "sender", "recipient", "named"


def told(
    texts: list[str],
    met: list[tuple[int, str, str]],
    threads: list[str] | None = None,
    wider: Wider | None = None,
) -> list[tuple[str, int | None]]:
    """The names in the order of the texts, persons numbered as they come."""
    frame = pl.DataFrame(met, schema=MET, orient="row")
    found = resolved(pl.Series(texts), frame, pl.Series(threads or ["thread"] * len(texts)), wider)
    numbers: dict[int, int] = {}
    return [
        (texts[row][start:end], None if who is None else numbers.setdefault(who, len(numbers) + 1))
        for row, start, end, who in found.iter_rows()
    ]


def test_every_name_of_a_person_has_one_number_in_a_thread() -> None:
    texts = ["Fatima El Amrani belde.", "Fatima wil niet.", "Bel mw. El Amrani, of mail F. El Amrani / f.elamrani"]
    assert told(texts, [(0, "Fatima El Amrani", NAMED)]) == [
        ("Fatima El Amrani", 1),
        ("Fatima", 1),
        ("El Amrani", 1),
        ("F. El Amrani", 1),
        ("f.elamrani", 1),
    ]


def test_the_fuller_name_may_come_later_or_from_a_header() -> None:
    met = [(0, "Fatima", NAMED), (1, "El Amrani, Fatima <f.elamrani@example.nl>", SENDER), (2, "F. El Amrani", NAMED)]
    assert told(["Hoi Fatima", "Ja", "F. El Amrani"], met) == [("Fatima", 1), ("F. El Amrani", 1)]


JANS = [(0, "Jan de Vries", RECIPIENT), (0, "Jan van Dijk", SENDER)]


def test_of_two_jans_the_greeted_one_is_the_recipient_and_who_signs_the_sender() -> None:
    text = "Beste Jan,\nDank je.\nMet vriendelijke groet,\nJan"
    assert told([text, "Jan de Vries, Jan van Dijk"], JANS) == [
        ("Jan", 1),
        ("Jan", 2),
        ("Jan de Vries", 1),
        ("Jan van Dijk", 2),
    ]
    assert told(["Dag Jan, tot morgen.\n\nJan\n", "Jan van Dijk"], JANS) == [
        ("Jan", 1),
        ("Jan", 2),
        ("Jan van Dijk", 2),
    ]


def test_a_bare_name_of_two_is_the_one_whom_the_message_names_more_fully() -> None:
    met = [(0, "Jan de Vries", NAMED), (1, "Jan van Dijk", NAMED)]
    texts = ["Jan de Vries is ziek; Jan komt niet.", "Jan van Dijk neemt waar. Bel Jan."]
    assert told(texts, met) == [("Jan de Vries", 1), ("Jan", 1), ("Jan van Dijk", 2), ("Jan", 2)]


def test_a_bare_name_of_two_is_nobody_in_particular_where_nothing_tells() -> None:
    met = [(0, "Jan de Vries", NAMED), (0, "Jan van Dijk", NAMED)]
    texts = ["Jan de Vries en Jan van Dijk komen. Vraag het Jan.", "Weet Jan dit?"]
    assert told(texts, met) == [("Jan de Vries", 1), ("Jan van Dijk", 2), ("Jan", 3), ("Jan", 3)]


def test_father_and_son_are_two_and_their_family_name_is_the_one_of_whom_is_spoken() -> None:
    met = [(0, "Piet Jansen", NAMED), (1, "Kees Jansen", NAMED)]
    texts = ["Piet Jansen belde. Dhr. Jansen wil weten", "Kees Jansen ook. P. Jansen niet.", "Bel dhr. Jansen"]
    assert told(texts, met) == [
        ("Piet Jansen", 1),
        ("Jansen", 1),
        ("Kees Jansen", 2),
        ("P. Jansen", 1),
        ("Jansen", 3),
    ]


def test_who_writes_does_not_mean_himself() -> None:
    met = [(0, "Jan de Vries", SENDER), (1, "Jan van Dijk", SENDER), (0, "Jan van Dijk", RECIPIENT)]
    assert told(["Zal Jan komen?", "Jan van Dijk"], met) == [("Jan", 1), ("Jan van Dijk", 1)]


def test_a_name_is_looked_for_in_its_thread_only() -> None:
    met = [(0, "Fatima El Amrani", NAMED)]
    assert told(["Fatima El Amrani", "Fatima"], met, ["a", "b"]) == [("Fatima El Amrani", 1)]


def test_a_full_name_is_the_same_person_in_every_thread_and_a_bare_one_is_not() -> None:
    texts = ["Fatima El Amrani", "Fatima", "Fatima El Amrani", "Fatima", "Sanne", "Sanne"]
    met = [(0, texts[0], NAMED), (2, texts[2], NAMED), (4, "Sanne", NAMED), (5, "Sanne", NAMED)]
    assert [who for _, who in told(texts, met, list("aabbcd"))] == [1, 1, 1, 1, 2, 3]


def test_tables_and_dataset_add_whom_no_thread_has_met() -> None:
    wider = Wider(Known.of(["Yılmaz, Emre", "Fatima El Amrani"]), Known.of(["Sanne Mulder", "Emre Yilmaz"]))
    texts = ["Emre Yilmaz en Fatima", "Fatima El Amrani, S. Mulder", "Emre?", "E. Yılmaz"]
    found = told(texts, [(1, "Fatima El Amrani", NAMED)], list("abcd"), wider)
    assert found == [
        ("Emre Yilmaz", 1),
        ("Fatima", 2),
        ("Fatima El Amrani", 3),
        ("S. Mulder", 4),
        ("Emre", 5),
        ("E. Yılmaz", 1),
    ]


def test_a_person_of_the_table_has_the_number_of_the_table() -> None:
    wider = Wider(Known.of(["Emre Yilmaz", "Fatima El Amrani"]), Known.of([]))
    met = pl.DataFrame([(0, "Fatima El Amrani", NAMED)], schema=MET, orient="row")
    assert resolved(pl.Series(["mw. El Amrani"]), met, None, wider)["who"].to_list() == [1]


def test_nothing_met_and_nothing_written_is_nobody() -> None:
    assert resolved(pl.Series(["Jan", None, ""]), MET.to_frame()).is_empty()
    assert resolved(pl.Series([], dtype=pl.String), MET.to_frame()).is_empty()


MAIL = pl.DataFrame(
    {
        "From": ['"El Amrani, Fatima" <f.elamrani@x.nl>', "Jan de Vries | IG <jan@x.nl>", "info@x.nl", "roos@y.nl"],
        "To": ["Jan de Vries <jan@x.nl>, emre.yilmaz@y.nl", "f.elamrani@x.nl", "Helpdesk <help@x.nl>; Emre Yılmaz", ""],
        "Subject": ["Vraag", "Antw: RE: vraag", "Vraag", "Iets"],
        "Message-ID": ["<1@x>", "<2@x>", "<3@x>", "<4@x>"],
        "other headers": ["", "", "X: 1\nReferences: <7@x>\n <8@x>", "In-Reply-To: <8@x>"],
    }
)


def test_senders_and_recipients_are_met_by_name_or_by_an_address_that_is_made_of_one() -> None:
    assert set(met_in_headers(MAIL).iter_rows()) == {
        (0, "El Amrani, Fatima f.elamrani@x.nl", SENDER),
        (0, "Jan de Vries jan@x.nl", RECIPIENT),
        (0, "emre.yilmaz@y.nl", RECIPIENT),
        (1, "Jan de Vries jan@x.nl", SENDER),
        (1, "f.elamrani@x.nl", RECIPIENT),
        (2, "Emre Yılmaz", RECIPIENT),
        (3, "roos@y.nl", SENDER),
    }
    assert repr(known_from_headers(MAIL)) == "Known(4 persons)"


def test_messages_that_answer_each_other_are_a_thread() -> None:
    assert threads_of(MAIL).to_list() == [0, 0, 2, 2]
    assert threads_of(pl.DataFrame({"body": ["a", "b"]})).to_list() == [0, 1]
    chain = {
        "Message-ID": [f"<{i}>" for i in range(50)],
        "other headers": [f"In-Reply-To: <{i + 1}>" for i in range(50)],
    }
    assert threads_of(pl.DataFrame(chain)).to_list() == [0] * 50


def test_the_thread_of_a_mailbox_is_told_through() -> None:
    bodies = pl.Series(["Beste Jan,\nGroet,\nFatima", "Dag Fatima\nJan", "Fatima", ""])
    found = resolved(bodies, met_in_headers(MAIL), threads_of(MAIL))
    jan, fatima = found["who"].to_list()[:2]
    assert found.select("row", "who").rows() == [(0, jan), (0, fatima), (1, fatima), (1, jan)]


def test_found_names_are_certain_when_full_sure_or_seen_again() -> None:
    texts = pl.Series(["Fatima El Amrani", "Sanne", "Emre", "Emre"])
    spans = [(0, 0, 16, 0.7), (1, 0, 5, 0.7), (2, 0, 4, 0.7), (3, 0, 4, 0.7)]
    found = pl.DataFrame(spans, schema=["row", "start", "end", "score"], orient="row")
    assert met_in_texts(texts, found)["name"].to_list() == ["Fatima El Amrani", "Emre", "Emre"]
    assert met_in_texts(texts, found.drop("score"))["row"].to_list() == [0, 1, 2, 3]
    known = known_from_found(texts, found)
    assert known.places(pl.Series(["mw. Amrani zag Emre en Sanne"])).height == 2


@pytest.mark.parametrize("apart", [True, pytest.param(False, marks=pytest.mark.ci)])
def test_the_persons_of_tables_are_known_from_names_whole_or_in_columns(*, apart: bool) -> None:
    people = [
        ("Fatima", "el", "Amrani"),
        ("Jan", "de", "Vries"),
        ("Emre", None, "Yilmaz"),
        ("Sanne", "van der", "Berg"),
    ] * 5
    parts = {head: [one[at] for one in people] for at, head in enumerate(("voornaam", "tussenvoegsel", "achternaam"))}
    whole = {"naam": [" ".join(filter(None, one)) for one in people]}
    orders = {"klant": [f"{first[0]}. {' '.join(filter(None, rest))}" for first, *rest in people], "bedrag": range(20)}
    with open_exports({"people": pd.DataFrame(parts if apart else whole), "orders": pd.DataFrame(orders)}) as exports:
        known = known_from_workspace(exports, discover(exports))
    assert known.persons == 4
    texts = ["F. El Amrani", "de Vries, Jan", "emre yilmaz", "mw. van der Berg"]
    found = known.places(pl.Series(texts))
    assert found["end"].to_list() == [12, 13, 11, 16]
    assert set(found["who"]) == {0, 1, 2, 3}

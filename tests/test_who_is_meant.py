"""Company: one person by every name within a thread; headers, found names and tables say who is known."""

from pathlib import Path

import pandas as pd
import polars as pl
import pytest
import yaml

from igmap.inventory import Inventory, discover
from igmap.inventory.people.known import Known
from igmap.inventory.people.known.found import met_in_texts
from igmap.inventory.people.known.headers import holders_of
from igmap.inventory.people.known.resolving import MET, Company
from igmap.inventory.people.known.tabled import known_from_workspace, persons_of
from igmap.sources import Exports, open_exports
from igmap.workspace import open_workspace

TODAY = "2026-11-01"
SENDER, RECIPIENT, NAMED = "sender", "recipient", "named"


def company(met: list[tuple[int, str, str]], thread: pl.Series, **wider: object) -> Company:
    frame = pl.DataFrame(met, schema=MET, orient="row")
    return Company.of(frame.with_columns(thread=thread.gather(frame["row"])), **wider)  # type: ignore[arg-type]


def told(
    texts: list[str],
    met: list[tuple[int, str, str]],
    threads: list[str] | None = None,
    **wider: object,
) -> list[tuple[str, int]]:
    """The names in the order of the texts, persons numbered as they come."""
    thread = pl.Series(threads or ["thread"] * len(texts))
    found = company(met, thread, **wider).places(pl.Series(texts), thread)
    numbers: dict[str, int] = {}
    return [
        (texts[row][start:end], numbers.setdefault(who, len(numbers) + 1)) for row, start, end, who in found.iter_rows()
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


def test_a_full_name_is_the_same_person_in_every_thread_and_is_looked_for_in_all_of_them() -> None:
    texts = ["Fatima El Amrani", "Fatima", "F. El Amrani", "Bel mw. El Amrani", "Sanne", "Sanne"]
    met = [(0, texts[0], NAMED), (4, "Sanne", NAMED)]
    thread = pl.Series(list("aabcde"))
    found = company(met, thread).places(pl.Series(texts), thread)
    assert found["who"].to_list() == ["Fatima El Amrani", *["Fatima El Amrani"] * 2, "El Amrani", "Sanne"]
    assert found["row"].to_list() == [0, 1, 2, 3, 4]


def test_tables_and_texts_that_are_not_at_hand_add_whom_no_thread_has_met() -> None:
    wider = {"table": Known.of(["Yılmaz, Emre", "Fatima El Amrani"]), "elsewhere": pl.Series(["Sanne Mulder"])}
    texts = ["Emre Yilmaz en Fatima", "Fatima El Amrani, S. Mulder", "Emre?", "E. Yılmaz"]
    found = told(texts, [(1, "Fatima El Amrani", NAMED)], list("abcd"), **wider)
    assert found == [
        ("Emre Yilmaz", 1),
        ("Fatima", 2),
        ("Fatima El Amrani", 3),
        ("S. Mulder", 4),
        ("Emre", 5),
        ("E. Yılmaz", 1),
    ]


def test_a_name_that_stands_alone_is_that_of_the_person_of_its_thread() -> None:
    here = company(JANS, pl.Series(["a"]))
    names = pl.DataFrame({"name": ["jan de vries", "Dijk", "Jan", "Piet", "Piet"], "thread": ["a", "a", "a", "a", "b"]})
    assert here.meant(names).to_list() == ["Jan De Vries", "Jan Van Dijk", "Jan", "Piet", "Piet"]


def test_nothing_met_and_nothing_written_is_nobody() -> None:
    thread = pl.Series(["a"] * 3)
    assert company([], thread).places(pl.Series(["Jan", None, ""]), thread).is_empty()
    assert company([], thread[:0]).places(pl.Series([], dtype=pl.String), thread[:0]).is_empty()


def test_a_mailbox_is_held_by_its_name_or_by_an_address_that_is_made_of_one() -> None:
    boxes = {
        "El Amrani, Fatima": "f.elamrani@x.nl",
        "Jan de Vries | IG": "jan@x.nl",
        "Emre Yılmaz": "",
        "Helpdesk": "help@x.nl",
    }
    frame = pl.DataFrame(
        {"name": [*boxes, "", "", ""], "address": [*boxes.values(), "emre.yilmaz@y.nl", "info@x.nl", ""]}
    )
    assert holders_of(frame)["holder"].to_list() == [
        "El Amrani, Fatima f.elamrani@x.nl", "Jan de Vries jan@x.nl", "Emre Yılmaz ", "emre.yilmaz@y.nl",
    ]  # fmt: skip


def test_found_names_are_certain_when_full_sure_or_seen_again() -> None:
    texts = pl.Series(["Fatima El Amrani", "Sanne", "Emre", "Emre"])
    spans = [(0, 0, 16, 0.7), (1, 0, 5, 0.7), (2, 0, 4, 0.7), (3, 0, 4, 0.7)]
    found = pl.DataFrame(spans, schema=["row", "start", "end", "score"], orient="row")
    assert met_in_texts(texts, found)["name"].to_list() == ["Fatima El Amrani", "Emre", "Emre"]
    assert met_in_texts(texts, found.drop("score"))["row"].to_list() == [0, 1, 2, 3]


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


def test_the_persons_of_tables_are_the_same_each_time(sample_exports: Exports, sample_inventory: Inventory) -> None:
    first, *more = (known_from_workspace(sample_exports, sample_inventory).names.to_list() for _ in range(5))
    assert all(again == first for again in more)


def test_the_persons_of_tables_are_asked_once_while_decisions_stay_as_they_are(tmp_path: Path) -> None:
    root = tmp_path / "exports"
    root.mkdir()
    (root / "leden.csv").write_text("naam;mail\nFatima El Amrani;f@x.example\nPiet de Boer;p@x.example\n", "utf-8")
    with open_exports(open_workspace(tmp_path)) as exports:
        found = persons_of(exports)
        assert found.persons == 2
        assert persons_of(exports) is found
        signed = {"by": "x", "on": TODAY, "why": "y"}
        decided = {
            "datasets": [{"id": "leden", "files": "leden.csv", "role": "controller", **signed}],
            "fields": [{"dataset": "leden", "field": "naam", "category": "none", **signed}],
        }
        (tmp_path / "decisions.yaml").write_text(yaml.safe_dump(decided), "utf-8")
        assert persons_of(exports).persons == 0

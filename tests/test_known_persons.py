"""Known: persons whose names are known are found in texts by every form of them."""

import polars as pl
import pytest

from igmap.inventory.people.known import Known

FATIMA, JAN, ROOS, ANNA, WILLEM = range(5)
NAMES = [
    "El Amrani, Fatima",
    "Jan de Vries <j.devries@example.nl>",
    "Roos Bakker",
    "Jansen-van Dijk, mw. drs. A.B.",
    "willem.terhorst@example.nl",
]
KNOWN = Known.of(NAMES)


def named(text: str, known: Known = KNOWN) -> list[tuple[str, int | None]]:
    return [(text[start:end], who) for _, start, end, who in known.places(pl.Series([text])).iter_rows()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fatima el Amrani belt.", [("Fatima el Amrani", FATIMA)]),
        ("EL AMRANI, FATIMA", [("EL AMRANI, FATIMA", FATIMA)]),
        ("el amrani fatima", [("el amrani fatima", FATIMA)]),
        ("F. El Amrani en f el-amrani", [("F. El Amrani", FATIMA), ("f el-amrani", FATIMA)]),
        ("El Amrani, F.", [("El Amrani, F.", FATIMA)]),
        ("mw. Amrani heeft gebeld", [("Amrani", FATIMA)]),
        ("Ik sprak Fátima's moeder", [("Fátima", FATIMA)]),
        ("felamrani, f.elamrani en @fatima", [("felamrani", FATIMA), ("f.elamrani", FATIMA), ("fatima", FATIMA)]),
        ("FatimaElAmrani", [("FatimaElAmrani", FATIMA)]),
        ("Fatima\nEl Amrani", [("Fatima\nEl Amrani", FATIMA)]),
        ("Vries, Jan de", [("Vries, Jan de", JAN)]),
        ("J.de Vries", [("J.de Vries", JAN)]),
        ("Ja\u200bn de Vr\u00adies", [("Ja\u200bn de Vr\u00adies", JAN)]),
        ("mw. A. Jansen-van Dijk", [("A. Jansen-van Dijk", ANNA)]),
        ("mevrouw Jansen of mevrouw van Dijk", [("Jansen", ANNA), ("van Dijk", ANNA)]),
        ("A.B. van Dijk", [("A.B. van Dijk", ANNA)]),
        ("Willem ter Horst of W. Terhorst", [("Willem ter Horst", WILLEM), ("W. Terhorst", WILLEM)]),
        ("🙂 Fatima", [("Fatima", FATIMA)]),
    ],
)
def test_a_person_is_found_by_every_form_of_the_name(text: str, found: list[tuple[str, int]]) -> None:
    assert named(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("de boer en de bakker staan tussen de rozen", []),
        ("Een roos van de bakker", []),
        ("Beste roos, mevrouw bakker", [("roos", ROOS), ("bakker", ROOS)]),
        ("Ik zag Roos bij Bakker", [("Roos", ROOS), ("Bakker", ROOS)]),
        ("Roos belde.", [("Roos", ROOS)]),
        ("Fatimah Amranist", []),
        ("f a t i m a", []),
    ],
)
def test_a_name_that_is_a_word_too_counts_where_it_is_written_or_introduced_as_a_name(
    text: str, found: list[tuple[str, int]]
) -> None:
    assert named(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bilal El Amrani", [("El Amrani", None)]),
        ("B. El Amrani", [("El Amrani", None)]),
        ("Ik zag Xhevat Amrani", [("Amrani", None)]),
        ("Fatima Yılmaz", [("Fatima", None)]),
        ("Jan van Buren komt", [("Jan", None)]),
        ("Kees de Vries, Jan", [("de Vries", None), ("Jan", JAN)]),
    ],
)
def test_a_known_name_that_somebody_else_bears_is_found_and_is_nobody_known(
    text: str, found: list[tuple[str, int | None]]
) -> None:
    assert named(text) == found


def test_a_name_that_several_share_is_the_groups() -> None:
    known = Known.of(["Jan de Vries", "Jan van Dijk", "Piet de Vries"])
    [(_, jans)], [(_, families)] = named("Jan", known), named("mw. De Vries", known)
    assert {jans, families} == {3, 4}
    assert set(known.forms.sharing.rows()) == {(jans, 0), (jans, 1), (families, 0), (families, 2)}


def test_namesakes_are_one_group_by_every_form() -> None:
    known = Known.of(["Jan de Vries", "de Vries, Jan"])
    assert {who for _, who in named("Jan de Vries, J. de Vries, Jan, mw. Vries", known)} == {2}


def test_nobody_is_known_by_a_blank_a_mailbox_or_a_title() -> None:
    known = Known.of(["", None, "info@example.nl", "dr.", "-", "12"])
    assert named("info dr. example 12 -", known) == []
    assert Known.of([]).places(pl.Series(["Jan", None, ""])).is_empty()


def test_a_known_shows_no_name() -> None:
    assert repr(KNOWN) == "Known(5 persons)"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fatima El Amrnai", [("Fatima El Amrnai", FATIMA)]),
        ("fattima belt", [("fattima", FATIMA)]),
        ("mw. Amrrani en Faitma", [("Amrrani", FATIMA), ("Faitma", FATIMA)]),
        ("Jan de Vreis", [("Jan de Vreis", JAN)]),
        ("Fatimas boek, Jansens huis", [("Fatimas", FATIMA), ("Jansens", ANNA)]),
        ("Roos wil brood bakken", [("Roos", ROOS)]),
        ("wij bakken, zij bakte", []),
        ("mw. Amrmaniu", []),
    ],
)
def test_a_name_with_one_letter_wrong_is_found_where_it_is_no_word(text: str, found: list[tuple[str, int]]) -> None:
    assert named(text) == found


def test_another_name_of_the_lists_is_a_misspelling_where_the_known_one_prevails() -> None:
    assert named("mw. Janssen") == []
    assert named("mw. Jansen en mw. Janssen") == [("Jansen", ANNA)]
    assert named("Jansen, Jansen, mw. Janssen") == [("Jansen", ANNA), ("Jansen", ANNA), ("Janssen", ANNA)]
    assert named("A.B. Janssen") == [("A.B. Janssen", ANNA)]
    both = Known.of(["Piet Jansen", "Kees Janssen"])
    assert named("mw. Janssen, mw. Jansen", both) == [("Janssen", 1), ("Jansen", 0)]

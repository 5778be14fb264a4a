"""What a redaction left in texts is found by a method of its own, and what the redaction put there is not."""

from collections.abc import Sequence

import polars as pl
import pytest

from igmap.inventory.people.known import Known
from igmap.release.free_text import Rest, rest, sought

NOBODY = [
    "de cursus Excel in Utrecht is vol",
    "Wachtwoord vergeten. Moodle werkt niet",
    "De afspraak is op 12 jan of in Mei",
    "is er morgen iemand? mark de afspraak",
    "Het HAVO diploma is binnen",
    "",
]


def left(redacted: Sequence[str | None], originals: Sequence[str | None] | None = None) -> Rest:
    texts = pl.Series(redacted, dtype=pl.String)
    return rest(texts if originals is None else pl.Series(originals, dtype=pl.String), texts)


def found(text: str, original: str | None = None) -> list[tuple[str, str, str]]:
    told = left([text], None if original is None else [original])
    return [(text[start:end], why, sure) for _, start, end, why, sure in told.findings.rows()]


LEFT = [
    ("gesproken met Fatima Jansen over", "Fatima Jansen", "listed_name", "certain"),
    ("gesproken met Roos van der Berg over", "Roos van der Berg", "listed_name", "certain"),
    ("mevr. el Amrani kwam", "el Amrani", "introduced", "certain"),
    ("Beste Fatima, welkom", "Fatima", "introduced", "certain"),
    ("bel J.P. Jansen", "J.P. Jansen", "introduced", "certain"),
    ("lijst: Jansen, Fatima", "Jansen, Fatima", "listed_name", "certain"),
    ("gesproken met Qyentri Wolbraksma over", "Qyentri Wolbraksma", "capital", "likely"),
    ("gesproken met Mohamed Amrnai", "Mohamed Amrnai", "listed_name", "certain"),
    ("met Fat\u200bima Jan\u00adsen gebeld", "Fat\u200bima Jan\u00adsen", "listed_name", "certain"),
    ("met F\u0430tima J\u0430nsen gebeld", "F\u0430tima J\u0430nsen", "listed_name", "certain"),
    ("fatima jansen belde", "fatima jansen", "listed_name", "certain"),
    ("jan de wit belde", "jan de wit", "listed_name", "likely"),
    ("vraag het fatima even", "fatima", "given_name", "likely"),
    ("FATIMA BAKKER IS ZIEK", "FATIMA BAKKER", "listed_name", "likely"),
    ("Groet,\nSanne\nde Vries", "Sanne\nde Vries", "listed_name", "certain"),
    ("post naar Molenweg\n12, Goes", "Molenweg\n12", "address", "certain"),
    ("mail k.peters@school.example even", "k.peters@school.example", "email", "certain"),
    ("bel 06-12345678 even", "06-12345678", "phone", "certain"),
]


def test_a_person_who_was_left_is_found_with_place_reason_and_sureness() -> None:
    told = left([text for text, *_ in LEFT]).findings
    for row, (text, who, why, sure) in enumerate(LEFT):
        found_here = [(text[a:b], *more) for _, a, b, *more in told.filter(row=row).rows()]
        assert any(who in span and more == [why, sure] for span, *more in found_here), (text, found_here)


def test_texts_without_persons_have_no_finding_that_is_likely() -> None:
    assert left(NOBODY).findings.filter(pl.col("sure") != "possible").is_empty()


def test_what_the_redaction_put_there_is_no_survivor() -> None:
    original = "Fatima Jansen, geboren 01-02-1985, belt 06-12345678; mijn naam is Fatima"
    for put in (
        "[NAAM], geboren [DATUM], belt [TELEFOON]; mijn naam is [PERSOON-1]",
        "Sanne Bakker, geboren 1985, belt 06-87654321; mijn naam is Sanne",
    ):
        assert left([put], [original]).findings.is_empty()


@pytest.mark.ci
def test_a_name_between_brackets_of_the_original_is_no_placeholder() -> None:
    assert [span for span, *_ in found("zie [Fatima Jansen]")] == ["Fatima Jansen"]


@pytest.mark.ci
def test_half_a_name_that_stayed_beside_a_surrogate_is_found() -> None:
    assert found("met Sanne Jansen gebeld", "met Fatima Jansen gebeld")[0][:2] == ("Jansen", "family_name")


@pytest.mark.ci
def test_without_the_original_every_word_counts() -> None:
    assert left(["Beste Fatima"], [None]).certain == 1


@pytest.mark.ci
def test_a_name_that_was_taken_out_of_one_text_is_found_in_another() -> None:
    originals = ["gezien door Klant Wachtelaar", "vraag Wachtelaar maar"]
    told = left(["gezien door Klant [NAAM]", originals[1]], originals)
    assert [(row, why) for row, _, _, why, _ in told.findings.rows()] == [(1, "taken_elsewhere")]


def test_an_unknown_word_with_a_capital_is_ordinary_when_several_write_it_small() -> None:
    texts = ["wij werken met Wolbraksma", *["de wolbraksma doet het", "een wolbraksma erbij"] * 2]
    assert left(texts).findings.is_empty()
    assert left(texts[:1]).findings.height == 1


@pytest.mark.ci
def test_persons_of_a_table_are_certain_by_two_words_of_their_name_and_likely_by_one() -> None:
    known = Known.of(["Brammetje Wurm-Jekel"])
    text = pl.Series(["bel Brammetje Wurm eens", "bel Wurm eens"])
    assert [(row, *more) for row, _, _, *more in rest(text, text, known).findings.rows()] == [
        (0, "known_person", "certain"),
        (1, "known_person", "likely"),
    ]
    assert rest(pl.Series(["bel iemand", "bel iemand"]), text, known).findings.is_empty()


def test_a_combination_of_rare_words_is_found_when_one_person_only_has_it() -> None:
    crowd = [f"wij oefenen vandaag hoofdstuk nummer {n} met de klas" for n in range(60)]
    common = ["onze docent komt vandaag", "een docent belt vandaag", "lessen duits vandaag", "cursus duits vandaag"]
    told = left([*crowd, *common, "onze docent duits vandaag"])
    rare = told.findings.filter(pl.col("why") == "combination")
    assert rare.select("row", "sure").rows() == [(64, "possible")]
    assert left([*common, "onze docent duits vandaag"]).findings.is_empty()


@pytest.mark.ci
def test_a_combination_that_two_persons_have_is_none() -> None:
    crowd = [f"wij oefenen vandaag hoofdstuk nummer {n} met de klas" for n in range(60)]
    told = left([*crowd, "onze docent duits vandaag", "een docent duits belt"])
    assert told.findings.is_empty()


def test_equal_texts_are_found_in_every_row_and_blanks_in_none() -> None:
    told = left([None, "Beste Fatima", " ", "Beste Fatima"])
    assert told.findings["row"].to_list() == [1, 3]
    assert (told.texts, told.certain) == (2, 2)
    assert told.counts == {"introduced": {"certain": 2}}


@pytest.mark.ci
def test_order_of_the_rows_does_not_matter_and_nothing_is_changed() -> None:
    texts = ["Beste Fatima", "fatima jansen belde", *NOBODY]
    one, other = left(texts), left(texts[::-1])
    turned = other.findings.with_columns(row=(len(texts) - 1 - pl.col("row")).cast(pl.UInt32)).sort("row", "start")
    assert one.findings.equals(turned)


def test_what_was_taken_out_is_counted_once_for_what_stands_side_by_side() -> None:
    originals = ["Jan de Vries en Piet bellen 06-12345678 om 3", "Piet Jansen", "niets"]
    told = left(["[NAAM] en [NAAM] bellen [TELEFOON] om 3", "[NAAM]", "niets"], originals)
    assert told.replaced == 4


def test_persons_are_sought_by_name_in_originals_too() -> None:
    assert sought(pl.Series(["Beste Fatima", "bel 06-12345678"])).rows() == [(0, 6, 12)]


@pytest.mark.ci
def test_a_report_has_no_value_in_it() -> None:
    assert "Fatima" not in left(["Beste Fatima"])._repr_html_()
    assert "Fatima" not in repr(left(["Beste Fatima"]))


@pytest.mark.ci
def test_many_texts_are_read_in_parts_with_the_same_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*[text for text, *_ in LEFT], *NOBODY, "onze docent duits", "een docent belt", "de les duits"]
    whole = left(texts, [text.replace("Roos", "Iris") for text in texts])
    monkeypatch.setattr("igmap.release.free_text.counting.AT_ONCE", 60)
    assert left(texts, [text.replace("Roos", "Iris") for text in texts]).findings.equals(whole.findings)

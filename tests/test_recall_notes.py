"""What notes state in their own way is found: numbers behind any word, streets of any name, spoken numbers."""

import polars as pl
import pytest

from igmap.inventory.mentions.cues import cued
from igmap.inventory.mentions.streets import streets
from igmap.inventory.mentions.unworded import unworded
from igmap.inventory.mentions.widened import widened
from igmap.redaction import redaction
from igmap.redaction.reading import Passage
from igmap.redaction.redactor import Redactor
from igmap.redaction.surrogates import Surrogates


def said(found: pl.DataFrame, text: str) -> list[str]:
    return [text[start:end] for start, end in found.select("start", "end").rows()]


def redacted(text: str) -> list[str]:
    passage = Passage("note", text)
    swaps = Redactor(redaction("placeholder"), Surrogates(b"s")).swaps([passage])[passage]
    return [text[swap.start : swap.end] for swap in swaps]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("stated_accounts", ["leerling «084317-L» ontbreekt", "Uw cliëntnummer   «K-20418»", "polis «44.359.349»."]),
        ("stated_accounts", ["leerlingnummer?\nBezoeker: «7204181»", "verzekerd onder «zk 883946-01»"]),
        ("stated_accounts", ["vergader-id «415 119 4198»", "arts (big «01-047873»)", "| klantnummer | «20418» |"]),
        ("stated_devices", ["laptop «5CG95661GR» is weg", "IMEI «35-846437-071859-2».", "kaart «00-1B-44-11-3A-B7»"]),
        ("stated_postcodes", ["«5345-KR» Hauwert", "postcode «2337  RN»", "in «1234ab», Ede", "«NL-1234 AB»"]),
        ("stated_urls", ["via «zaal.example/my/r16kx-pqm» om 9 uur"]),
        ("stated_locations", ["bij «51°27'31.1\"n» 5°14'07.4\"e", "gps «52.6123,6.1123»"]),
        ("stated_banks", ["op «NL drie nul RABO nul twee vier zeven drie negen vier zes zes negen» graag"]),
        ("stated_phones", ["op «06, zesenzeventig, twaalf, elf, drieëntwintig» graag", "«06_28239781»: oké"]),
        ("stated_births", ["Orlo («03101977»), weg", "jarig op «3-8-64»", "geb. «twaalf drie achtenzeventig»"]),
        ("stated_names", ["met «H-l-u-s-h», zei hij", "Achternaam: «Prums» Straat: Kwist", "een zekere «Orlo Prums»"]),
        ("stated_names", ["t.n.v. «Prums O.D.» Graag", "«A.A. (Orlo) van Prums»", "zo noemen ze hem «Prums»"]),
        ("stated_addresses", ["at «2 Quince Rise», please", "op «Kwistlaan12»", "«achter de haven 67»?"]),
        ("stated_addresses", ["«Plein '40-'45 12»"]),
        ("dates", ["op «zeven mei zesennegentig» te Ede", "born «january 5, 1938»"]),
    ],
)  # fmt: skip
def test_a_notation_of_notes_is_found_whole(kind: str, texts: list[str]) -> None:
    for text in texts:
        plain = text.replace("«", "").replace("»", "")
        mark = text[text.index("«") + 1 : text.index("»")]
        found = said(cued(kind, pl.Series([plain])), plain)
        assert any(mark in one for one in found), (text, found)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("stated_accounts", ["leerling 7 van de rij", "dossier 3 en 4", "klant 2026", "student sinds 01-09-2024"]),
        ("stated_devices", ["laptop 15 inch", "tablet A8 2022", "telefoon 0612"]),
        ("stated_postcodes", ["1234 op een rij", "1500 kg", "2400kb", "in 2024 nl en be", "serie 2024-NL"]),
        ("stated_urls", ["zie example.org/help", "en/of", "bijv./etc", "km/u"]),
        (
            "stated_names",
            ["de naam is nog niet bekend", "u spreekt met de balie", "een zekere mate"],
        ),
        ("stated_phones", ["een twee drie", "nul op het rekest"]),
        ("stated_births", ["artikel (20261399)", "bestelling (55310877)"]),
    ],
)
def test_what_only_looks_like_a_notation_of_notes_stays(kind: str, texts: list[str]) -> None:
    assert {text: said(cued(kind, pl.Series([text])), text) for text in texts} == {text: [] for text in texts}


def test_a_street_of_any_name_is_found_by_its_last_word_and_what_leads_to_it() -> None:
    texts = [
        "ik ben nu bij kwistgors nr. 6 maar",
        "Haal je me op bij Kluut 11 huis?",
        "bij haar zus, Kwistwinde 25, tot zondag",
        "Op Halte 12 en bij stap 3, op 12 mei",
        "Bestelling 88231-04 en versie 8.4.2",
        "en op tafel 4 lag het",
    ]
    assert [said(streets(pl.Series([text])), text) for text in texts] == [
        ["kwistgors nr. 6"], ["Kluut 11 huis"], ["Kwistwinde 25"], [], [], [],
    ]  # fmt: skip


def test_a_user_name_is_told_by_its_form_unless_it_is_made_of_ordinary_words() -> None:
    text = "Rechten van s.ataklti en boonstrat3, niet van windows11, week2, klaar.gelegd of bijlage3"
    found = unworded(cued("stated_logins", pl.Series([text])), pl.Series([text]))
    assert said(found, text) == ["s.ataklti", "boonstrat3"]


def test_a_name_takes_the_name_or_initials_beside_it_with_it_but_no_ordinary_word() -> None:
    named = {
        "namens i «lloyd» stuur ik": "i lloyd",
        "groeten van doorhof «greet»": "doorhof greet",
        "Alleen «Tianming» is er": "",
        "vraag «greet» of": "",
    }
    for text, wider in named.items():
        plain, start, end = text.replace("«", "").replace("»", ""), text.index("«"), text.index("»") - 1
        span = pl.DataFrame({"row": [0], "start": [start], "end": [end], "score": [0.5]})
        assert said(widened(span, pl.Series([plain]))[1:], plain) == [wider] * bool(wider)


def test_a_note_is_redacted_to_the_last_number() -> None:
    text = "Kopieer de rechten van e.prumsma. Ik woon op kwistgors 12 bis, leerlingnummer?\nKlant: 7204181"
    assert {"e.prumsma", "kwistgors 12 bis", "7204181"} <= set(redacted(text))

"""Finding for redaction: a miss weighs more than a word too many; what its place in a text states is what it is."""

import time
from pathlib import Path

import polars as pl
import pytest

from benchmarks.messages import messages
from benchmarks.person_texts_held import redacted
from igmap.inventory.mentions import cues, mentions_in
from igmap.inventory.mentions.cues import cued
from igmap.inventory.mentions.find import STATED
from igmap.inventory.people import persons_in
from igmap.redaction import redaction
from igmap.redaction.reading import Passage
from igmap.redaction.redactor import Redactor
from igmap.redaction.surrogates import Surrogates
from igmap.redaction.swaps import applied


def stated(kind: str, text: str) -> list[str]:
    return [text[a:b] for a, b in cued(kind, pl.Series([text])).select("start", "end").unique().sort("start").rows()]


def careful(*texts: str, threads: tuple[int, ...] | None = None) -> list[list[str]]:
    passages = [Passage(thread, text) for thread, text in zip(threads or range(len(texts)), texts, strict=True)]
    found = Redactor(redaction(only=["name"]), Surrogates(b"s")).swaps(passages)
    return [[one.text[swap.start : swap.end] for swap in found[one]] for one in passages]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("> Van: orlo prums\n> Onderwerp: prijs", ["orlo prums"]),
        ("From: Prums, Orlo <o@x.example>\nhi", ["Prums, Orlo"]),
        ("vraag Orlo van Prums (o.prums@x.example) even", ["Orlo van Prums"]),
        ("Op 3 mei om 10:00 schreef orlo prums <o@x.example>:\n> ja", ["orlo prums"]),
        ("On 3 May 2023 at 10:00, orlo prums wrote:\n> yes", ["orlo prums"]),
        ("Tot dan.\nMet vriendelijke groet,\n\norlo prums\nmedewerker", ["orlo prums"]),
        ("Kind regards,\nOrlo", ["Orlo"]),
        ("hoi orlo,\nkan dat?", ["orlo"]),
        ("De brief is van docent Prums.", ["Prums"]),
        ("De docent Nederlands is ziek.", []),
        ("Met vriendelijke groet,\nhet team", []),
        ("Beste helpdesk, alvast bedankt voor de moeite", []),
        ("Aan: de orde komt dit niet", []),
    ],
)  # fmt: skip
def test_the_place_of_a_name_says_that_it_is_one(text: str, names: list[str]) -> None:
    assert stated("stated_names", text) == names


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("stated_addresses", "jan kwistweg 12-b, 1234 ab ergens", ["jan kwistweg 12-b", "12-b"]),
        ("stated_addresses", "zij woont op klein profijt 3 sinds mei", ["klein profijt 3"]),
        ("stated_addresses", "in 2023 waren er 12 personen", []),
        ("stated_numbers", "paspoort nr. ab12c34d5 verloopt", ["ab12c34d5"]),
        ("stated_numbers", "het document telt 1200 woorden", []),
        ("stated_usernames", "de gebruikersnaam van hem moet prumso4 worden", ["prumso4"]),
    ],
)
def test_so_does_that_of_an_address_a_number_and_a_user_name(kind: str, text: str, found: list[str]) -> None:
    assert stated(kind, text) == found


def test_who_is_stated_somewhere_is_found_in_all_texts_and_a_bare_name_in_those_of_its_thread() -> None:
    texts = ("Van: Xaveria Quibus <x@x.example>\nja", "ticket quibus gesloten", "ticket quibus gesloten")
    assert "quibus" in careful(*texts, threads=(1, 1, 2))[1]
    assert mentions_in(pl.Series(texts[1:]), ["name"]).is_empty()
    assert careful(*texts, threads=(1, 2, 3))[1:] == [["quibus"], ["quibus"]]
    bare = ("Kind regards,\nQuibus", "ticket quibus gesloten")
    assert [careful(*bare, threads=threads)[1] for threads in ((1, 1), (1, 2))] == [["quibus"], []]


def test_an_address_that_is_made_of_a_name_names_its_owner() -> None:
    assert "elamrani" in careful("mail fatima.elamrani@x.example of bel, zei elamrani nog")[0]


def test_less_likely_persons_are_found_where_that_is_asked() -> None:
    texts = pl.Series(["Bel REHIME even.", "Usha & Hatice minister", "a friend suchita is happy", "De trein rijdt."])
    usual, careful = persons_in(texts), persons_in(texts, least=0.01)
    assert len(usual.join(careful, on=["row", "start"], how="semi")) == len(usual) < len(careful)


def test_a_person_has_one_number_in_head_address_text_signature_and_quote() -> None:
    texts = [
        "Van: Fatima El Amrani <fatima.elamrani@x.example>\n\nBeste Jan,\n\nJa.\n\nMet vriendelijke groet,\nFatima",
        "Op 3 mei om 10:00 schreef Fatima El Amrani <fatima.elamrani@x.example>:\n> Ja.\n\nDank, mw. El Amrani!",
    ]
    redactor = Redactor(redaction("placeholder"), Surrogates(b"s"))
    passages = [Passage("one", text) for text in texts]
    found = redactor.swaps(passages)
    first, second = (applied(one.text, found[one]) for one in passages)
    number = first.split("[PERSOON-")[1][0]
    assert first.startswith(f"Van: [PERSOON-{number}] <[E-MAIL]>")
    assert first.endswith(f"groet,\n[PERSOON-{number}]")
    assert second.count(f"[PERSOON-{number}]") == second.count("[PERSOON-") == 2


@pytest.mark.parametrize(
    ("first", "last", "left", "lost"),
    [pytest.param(0, 15, 0, 10, id="of ordinary shapes"), pytest.param(15, None, 6, 73, id="of odd shapes")],
)
def test_in_messages_written_by_hand_hardly_anybody_is_left_and_few_words_are_lost(
    first: int, last: int | None, left: int, lost: int
) -> None:
    gone = redacted(messages("read")[first:last])
    count, out = gone.kinds["name"]
    assert count - out <= left, gone
    assert gone.words[1] <= lost, gone


HOSTILE = {
    "BEL J\u200bAN DE VRI\u0415S OP \uff10\uff16-12345678": "BEL [PERSOON-1] OP [TELEFOON]",
    "\u202eBeste Fatima\u202c, tot zo \U0001f600": "\u202eBeste [PERSOON-1], tot zo \U0001f600",
    "<p>Beste <b>Fati</b>ma,</p>": "<p>Beste <b>[PERSOON-1],</p>",
    "Dag Fatima, \u05e9\u05dc, mail a@school.example!": "Dag [PERSOON-1], \u05e9\u05dc, mail [E-MAIL]!",
    "\u200b": "\u200b",
}


def test_what_hides_a_name_hides_nothing_and_all_else_stays() -> None:
    passages = [Passage(text, text) for text in HOSTILE]
    found = Redactor(redaction("placeholder"), Surrogates(b"s")).swaps(passages)
    assert [applied(one.text, found[one]) for one in passages] == list(HOSTILE.values())


def test_what_is_dialled_is_a_number_whether_or_not_the_plan_has_it() -> None:
    texts = ["Bel mij op 0662992312 of", "tel: 067 123 45 67", "06 77 88 99 00", "WhatsApp 0244123456."]
    numbers = ["0662992312", "067 123 45 67", "06 77 88 99 00", "0244123456"]
    assert [stated("stated_phones", text) for text in texts] == [[number] for number in numbers]
    assert [stated("stated_phones", text) for text in ("2026-10-31", "A-0662345678", "31066299231212")] == [[]] * 3
    assert "stated_phones" in STATED.values()


def test_numbers_abroad_and_mails_that_hide_from_programmes_are_found() -> None:
    phones = ["01632 960 118", "07700.900.222", "(07700) 900-317", "020 7946 0958", "0 6 1 2 3 4 5 6 7 8"]
    assert [stated("stated_phones", f"ring {text} or") for text in phones] == [[text] for text in phones]
    dates = ["03-05-2026 11:04", "01/02/2026 10", "0.12345678901", "A-0162 960 1181"]
    assert [stated("stated_phones", text) for text in dates] == [[]] * 4
    mails = ["s.bos[at]post.example", "s.bos (at) post.example", "s.bos(at)post(dot)example"]
    assert [stated("stated_mails", f"mail {text}, of") for text in mails] == [[text] for text in mails]
    assert stated("stated_mails", "kom (at noon) naar zaal 2.14") == []
    assert stated("usernames", "login failed for user=m.bos2 ip") == ["m.bos2"]
    assert {"stated_phones", "stated_mails"} <= set(STATED.values())


def test_a_letter_that_is_all_of_a_cell_is_nobody() -> None:
    assert careful("v", "Xu") == [[], ["Xu"]]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("stated_phones", ["«(+31) 6 2222 3333»", "«011/22.33.44»", "«050 33 22 11»", "tst. «417»"]),
        ("stated_phones", ["mijn nummer: «nul zes twaalf vierendertig zesenvijftig achtenzeventig»"]),
        ("stated_phones", ["gsm «0478 55 66 7»"]),
        ("stated_mails", ["«orlo.prums @ post.example»", "«orlo apenstaart post punt nl»"]),
        ("stated_mails", ["«prums[at]post[dot]example»"]),
        ("stated_mails", ["«orlo punt prums at post punt nl»", "«o.prums@intranet»"]),
        ("stated_plates", ["«G 611 FR»", "«1-XQZ-204»", "kenteken «GX 318 T»", "«HH-AB 123»", "lease-Opel «2XQZ204»"]),
        ("stated_births", ["geb. «1981»", "DOB «03051981»", "° «3.V.81»", "geboortejaar «'81»"]),
        ("stated_banks", ["«be12 3456 7890 1234»", "«220-1234567-89»", "rekening «12.34.56.789»"]),
        ("stated_banks", ["pas eindigt op «418»"]),
        ("stated_taxes", ["«81.05.03-123.45»", "rijksregisternr. «81050312345»", "btw-id «NL001234567B01»"]),
        ("stated_numbers", ["identiteitskaart: «592-1234567-89»", "rijbewijs «51 2345 6789»"]),
        ("stated_accounts", ["mijn nummer is «0456123»", "lidnr. «KX-20418»", "badge «77120»", "student «s2049181»"]),
        ("stated_usernames", ["ingelogd met «o.prums_7»", "Orlo (inlog «prumso4»)", "login: «prums»", "POST\\«prums»"]),
        ("stated_addresses", ["pakket ligt op «Smalle Haver 12 bus 3»", "op «kwistlaan nr. 14»"]),
        ("stated_addresses", ["«Achter de Kwist 9», Ede"]),
        ("stated_addresses", ["«Kwistlaan 4, 9000 Gent»", "«postbus nr. 12»", "«14 Quince Mews, Leeds»"]),
        ("stated_addresses", ["«Kwistlei\nnr. 12»."]),
        ("stated_names", ["Klant: «Prums, Orlo»", "naam «van Prums, Orlo», geb.", "buurvrouw («Prums»)"]),
        ("stated_names", ["Aanwezig: «PRUMS Orlo»."]),
        ("stated_names", ["«Prums;Orlo»;o@x.example", "«quibus» is ziek vandaag", "een mok met opschrift '«Orlo»'"]),
        ("stated_initials", ["12 mei «MR»: gebeld", "Dat is geregeld. «MW»", "nagekeken «oq»"]),
    ],
)  # fmt: skip
def test_a_notation_is_found_whole_whatever_it_says(kind: str, texts: list[str]) -> None:
    for text in texts:
        plain = text.replace("«", "").replace("»", "")
        mark = text[text.index("«") + 1 : text.index("»")]
        assert any(mark in one for one in stated(kind, plain)), (text, stated(kind, plain))


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("stated_phones", ["van 08.30-12.00 uur", "op 03-05-2026 om 10 uur", "bel voor 13.30 uur", "€ 12.500,00"]),
        ("stated_mails", ["kom at noon", "meet at the office", "kosten @ 12 euro"]),
        ("stated_plates", ["van 12 kg tot 20 kg", "de A 200 is dicht", "een foto van 100 KB", "ISO-9001"]),
        ("stated_banks", ["mijn nummer is 0031 6 12345678", "rekening houden met 3 dagen"]),
        ("stated_accounts", ["factuurnummer 2026123", "kamernummer 1204", "ordernummer: 55512"]),
        ("stated_addresses", ["op maandag 3 mei", "module 3 in week 4", "Windows 10 in Ede", "het duurt 3 uur"]),
        ("stated_initials", ["12 mei: gebeld", "Dat is geregeld. OK", "gezien door de"]),
    ],
)
def test_what_only_looks_like_a_notation_stays(kind: str, texts: list[str]) -> None:
    assert {text: stated(kind, text) for text in texts} == {text: [] for text in texts}


def test_a_given_name_that_is_a_word_or_a_month_is_somebody_who_acts() -> None:
    texts = ["May is coming too, so book.", "Mei is de stagiaire.", "Heeft Mei de sleutel al?", "Tot morgen! Mei"]
    assert [careful(text) for text in texts] == [[["May"]], [["Mei"]], [["Mei"]], [["Mei"]]]
    assert careful("In mei is het druk.", "De zon komt op.") == [[], []]


def test_a_date_with_its_year_in_words_or_between_blanks_is_found() -> None:
    texts = [
        "geb. twaalf mei negentienhonderdeenentachtig",
        "born on the third of May nineteen eighty-one",
        "03 05 1981",
    ]
    found = mentions_in(pl.Series(texts), ["birth_date", "date"])
    assert [texts[row][a:b] for row, a, b in found.select("row", "start", "end").rows()] == [
        "twaalf mei negentienhonderdeenentachtig", "third of May nineteen eighty-one", "03 05 1981",
    ]  # fmt: skip


RUNS = (
    "x", "X", "1", "-", ".", "_", " ", "\n", "Ab ", "a.", "A. ", "Aa, ", "06 ", "x\n", "> ", "a@", "@", "(", "12-",
    "een ", "nul ", "a b c ", "a1", "a.a1 ", "klant ", "van de ",
)  # fmt: skip


@pytest.mark.ci
@pytest.mark.parametrize("kind", sorted(path.stem for path in Path(cues.__file__).parent.glob("stated_*.yaml")))
def test_no_cue_is_long_over_a_run_of_signs(kind: str) -> None:
    for run in RUNS:
        text = pl.Series([run * (20_000 // len(run))])
        start = time.process_time()
        cued(kind, text)
        assert time.process_time() - start < 4, run  # where time grows with the square, 5 to 10

"""Names of fields that their values bear out, links of somebody, and columns of one value."""

from datetime import date

import pandas as pd
import pytest

from igmap.inventory import Field, discover
from igmap.sources import open_exports

TODAY = date(2026, 11, 1)
NAMES = [
    "Gemma Prins", "Pieter Smit", "Fatima Amrani", "Joost Blokland", "Sanne Veldkamp", "Willem Griffith", "Lotte Walsh",
    "Bram Zonneveld", "Yusuf Demir", "Ilse Okkerse", "Daan Terpstra", "Noor Boersma",
]  # fmt: skip
MAILS = [f"{name.split()[0].lower()}@voorbeeld.example" for name in NAMES]


def found(**columns: list[str]) -> dict[str, Field]:
    """The fields of one table as discovery judges them."""
    with open_exports({"tabel": pd.DataFrame(columns)}) as exports:
        return {field.name: field for field in discover(exports, today=TODAY).datasets[0].fields}


def of(header: str, values: list[str], **others: list[str]) -> str:
    """What is found of one field."""
    return found(**{header: values}, **others)[header].category


NUMBERS = list(range(len(NAMES)))
CASES = {
    "a phone number in passing": ("Tel. dienstl.", [f"030 23125 {100 + i}" for i in NUMBERS], "phone"),
    "a card with its first digit": ("Kaartnummer", [f"5***********{5600 + i}" for i in NUMBERS], "payment_card"),
    "the number before what it is of": (
        "Nr. legitimatie",
        [f"GW{8545055 + 7 * i}" for i in NUMBERS],
        "document_number",
    ),
    "where somebody is from": (
        "Herkomst (CBS)",
        ["Marokko", "Overig Europa", "Suriname", "Nederland"] * 3,
        "ethnicity",
    ),
    "where visitors came from": ("Herkomst", ["web", "cli", "ws", "app"] * 3, "none"),
    "how somebody lives": ("Woonsituatie", ["met partner", "bij ouders", "alleenwonend"] * 4, "marital_status"),
    "a house that is let": ("Woonsituatie", ["huur", "koop", "kamer"] * 4, "none"),
    "a role in a club": ("Rol", ["voorzitter", "penningmeester", "lid"] * 4, "occupation"),
    "a role in a system": ("Rol", ["editor", "viewer", "admin"] * 4, "none"),
    "one of the meals is of a faith": ("Pakket", ["halal", "vega", "standaard"] * 4, "religion"),
    "meals": ("Pakket", ["vis", "vlees", "standaard"] * 4, "none"),
    "one kind of leave is illness": ("Soort", ["ADV", "VAK", "ZIEK", "BIJZ"] * 3, "health"),
    "kinds of leave": ("Soort", ["ADV", "VAK", "BIJZ"] * 4, "none"),
    "of age or not": ("Ouder dan 18", ["ja", "nee"] * 6, "age"),
    "groups of runners": ("Cat", ["M40", "V35", "MJB", "Vsen"] * 3, "age"),
    "a field of a mailing": ("%FUNCTIE%", ["kok", "chauffeur", "verpleegkundige"] * 4, "occupation"),
    "who are born lately": ("Geboortedatum", [f"0{1 + i % 9}-03-{2019 + i % 5}" for i in NUMBERS], "birth_date"),
    "some day lately": ("Datum", [f"0{1 + i % 9}-03-{2019 + i % 5}" for i in NUMBERS], "none"),
    "whom to call, and how": (
        "Noodcontact",
        [f"{name} 06-1234{5600 + i}" for i, name in enumerate(NAMES)],
        "name",
    ),
    "clubs that hire": ("Huurder", ["SV De Meeuwen", "Volleybalclub Oost", "Judoschool"] * 4, "none"),
    "a letter by its file": ("cv_filename", [f"CV_{name.replace(' ', '_')}.pdf" for name in NAMES], "name"),
    "an address that is a code": ("FACTADR", [f"F{302 + i}" for i in NUMBERS], "none"),
    "titles of tests": ("Toets", ["Spelling M6", "Begrijpend lezen", "Rekenen groep 8"] * 4, "none"),
    "how a test went": ("Toets", ["voldoende", "onvoldoende", "goed"] * 4, "learning_result"),
    "how long something is up": ("age", [f"{i + 2}d" for i in NUMBERS], "none"),
    "a picture of somebody": ("id_scan_url", [f"https://kluis.example/{i}a{i}.jpg" for i in NUMBERS], "photo"),
    "town and country": ("Location", ["Utrecht, NL", "Zwolle, Overijssel, NL", "Gent, BE"] * 4, "location"),
    "a token of a card": ("Card Fingerprint", [f"TW60{i}ZN64dcTZ" for i in NUMBERS], "payment_card"),
    "logins of who entered it": (
        "Ingevoerd door",
        ["mvanthof", "zajacp", "demiry", "quistj", "smitp", "walshl"] * 2,
        "username",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_values_bear_a_name_out_or_do_not(case: str) -> None:
    header, values, category = CASES[case]
    assert of(header, values) == category


def test_a_page_that_somebody_asked_for_is_told_of_them() -> None:
    pages = [f"https://winkel.example/cursus-{i}" for i in NUMBERS]
    asked = [f"{page}?id={i}" for i, page in enumerate(pages)]
    assert of("referrer_url", pages, mail=MAILS) == "url"
    assert of("gevraagd", asked, mail=MAILS) == "url"
    assert of("gevraagd", pages, mail=MAILS) == "none"
    assert of("gevraagd", asked, prijs=[f"{i},50" for i in NUMBERS]) == "none"


def test_a_link_with_a_code_of_its_own_is_of_one_person() -> None:
    links = [f"https://bewijs.example/v/p{i}Brf8rH" for i in NUMBERS]
    assert of("controle", links, mail=MAILS) == "url"
    assert of("controle", links, prijs=[f"{i},50" for i in NUMBERS]) == "none"


def test_one_account_in_every_record_is_left_to_a_person() -> None:
    own = found(Rekening=["NL91ABNA0417164300"] * len(NAMES), naam=NAMES)["Rekening"]
    assert (own.verdict, own.runner_up) == ("undecided", "bank_account")
    assert {"code": "one_value"} in own.reasons


def test_bare_numbers_where_nobody_is_are_the_records_own() -> None:
    catalogue = found(
        id=[str(31 + i) for i in NUMBERS], titel=["Veilig werken"] * len(NAMES), prijs=[f"{i},50" for i in NUMBERS]
    )
    assert catalogue["id"].category == "none"


def test_a_known_export_does_not_silence_a_column_of_mail_addresses() -> None:
    parts = {name: ["01-10-2026"] * len(NAMES) for name in ("Datum", "Tijd", "Tijdzone", "Type")} | {"Naam": NAMES}
    parts["Van e-mailadres"] = MAILS[::-1]
    assert of("Naar e-mailadres", MAILS, **parts) == "email"
    assert of("Naar e-mailadres", ["x"] * len(NAMES), **parts) == "none"


def test_names_of_a_herd_are_nobodys_but_who_keeps_it_is_somebody() -> None:
    beasts = [f"Klaske {i}" for i in NUMBERS]
    fields = found(oormerk=[f"NL 8147519{i:02}" for i in NUMBERS], naam=beasts, vader=beasts, veehouder=NAMES)
    assert [fields[name].category for name in ("naam", "vader", "veehouder")] == ["none", "none", "name"]


def test_goods_come_from_a_land_where_nobody_is_in_the_table() -> None:
    lands = ["China", "Portugal", "Turkije", "Marokko"] * 3
    goods = found(artikel=["trui", "broek", "sok"] * 4, prijs=["1,50", "2,75", "9,00"] * 4, herkomst=lands)
    persons = found(naam=NAMES, prijs=["1,50", "2,75", "9,00"] * 4, herkomst=lands)
    assert (goods["herkomst"].category, persons["herkomst"].category) == ("none", "ethnicity")

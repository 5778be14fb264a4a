"""Numbers of files, orders and devices: somebody's where the table is about persons, nobody's elsewhere."""

from datetime import date

import pandas as pd
import pytest

from igmap.inventory import Field, discover
from igmap.sources import open_exports
from igmap.vocabulary.filed import filed, titled

TODAY = date(2026, 11, 1)
N = range(14)
PERSONS = ["Gemma Prins", "Pieter Smit", "Fatima Amrani", "Joost Blokland", "Sanne Veldkamp", "Willem Griffith"] * 2
PERSONS += ["Lotte Walsh", "Yusuf Demir"]
CODES = [f"{letter}{2417 + 31 * n}" for n, letter in enumerate("KLMXKLMXKLMXKL")]
PARCELS = [f"3STBJG{48213907 + 17 * n}" for n in N]
UUIDS = [f"ff55fdfe-6454-4031-adc5-2e6c8b2022{n + 10}" for n in N]
TREES = {"boomsoort": ["linde", "es"] * 7, "stamdiameter": [str(20 + n) for n in N], "besluit": ["ja", "nee"] * 7}
COMPANIES = [f"Deltawerk {n} B.V." for n in N]


def found(columns: dict[str, list[str]], title: str = "export") -> dict[str, Field]:
    with open_exports({title: pd.DataFrame(columns)}) as exports:
        return {field.name: field for field in discover(exports, today=TODAY).datasets[0].fields}


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("ticketnr", "account_id"), ("verz_polisnr", "account_id"), ("Meldingsnr", "account_id"),
        ("applicationId", "account_id"), ("nummer vergunning", "account_id"), ("Vertragsnummer", "account_id"),
        ("numero de contrat", None), ("Track & trace", "invoice"), ("Refs.MndtId", "invoice"),
        ("Factuurnr. trainer", "invoice"), ("retournr", "invoice"), ("Product_Serial__c", "device_id"),
        ("issue key", None), ("casino", None), ("contractsoort", None), ("Leveranciers factuurnr", None),
        ("telefoonnummer", None), ("aantal orders", None),
    ],
)  # fmt: skip
def test_a_name_says_what_its_number_leads_to(name: str, category: str | None) -> None:
    one = filed(name)
    assert (one.category if one else None) == category


def test_a_title_says_what_a_bare_number_numbers() -> None:
    titles = ("helpdesk_tickets.csv", "export_retouren", "mdl_user", "statistics")
    assert [one and one.category for one in map(titled, titles)] == ["account_id", "invoice", None, None]


@pytest.mark.parametrize(
    ("name", "values", "category"),
    [
        ("Contractnr", CODES, "account_id"), ("polis", CODES, "account_id"), ("barcode", UUIDS, "account_id"),
        ("retournr", CODES, "invoice"), ("RMA", CODES, "invoice"), ("barcode", PARCELS, "invoice"),
        ("asset", [f"NB-{n + 3120}" for n in N], "device_id"), ("case code", ["A1", "B2"] * 7, "none"),
        ("Transactie", [str(50001 + n) for n in N], "none"), ("bon", [f"img_{n}.jpg" for n in N], "none"),
    ],
)  # fmt: skip
def test_a_number_is_somebodys_beside_persons(name: str, values: list[str], category: str) -> None:
    assert found({"naam": PERSONS, name: values})[name].category == category


@pytest.mark.parametrize("name", ["zaak_id", "vergunningnummer", "contractnr", "ticketnr", "asset"])
def test_it_is_nobodys_where_nobody_is(name: str) -> None:
    assert found({name: CODES} | TREES)[name].category == "none"


def test_a_bare_number_is_what_the_title_says_unless_nobody_is_there() -> None:
    assert found({"nummer": CODES, "melder": PERSONS}, "helpdesk_tickets")["nummer"].category == "account_id"
    assert found({"nummer": CODES, "melder": PERSONS}, "retouren")["nummer"].category == "invoice"
    assert found({"nummer": CODES} | TREES, "meldingen")["nummer"].category == "none"
    assert found({"Mollie ID": CODES, "klant": PERSONS}, "mollie_betalingen")["Mollie ID"].category == "invoice"
    assert found({"event id": CODES, "klant": PERSONS}, "mollie_betalingen")["event id"].category == "none"


def test_what_is_scanned_in_a_shop_and_the_chip_of_an_animal_are_nobodys() -> None:
    assert found({"naam": PERSONS, "barcode": CODES, "artikel": ["tas", "pen"] * 7})["barcode"].category == "none"
    beside = {"eigenaar": PERSONS, "telefoon": [f"06-1234{n:04}" for n in N], "diersoort": ["hond", "kat"] * 7}
    assert found(beside | {"chip": [str(528210000000000 + 7 * n) for n in N]})["chip"].category == "none"


def test_a_code_on_a_certificate_is_its_number_and_no_password() -> None:
    columns = {"naam": PERSONS, "verificatiecode": [f"b{n}vf-q8{n}C" for n in N]}
    assert found(columns, "certificaten")["verificatiecode"].category == "account_id"


@pytest.mark.parametrize(
    ("name", "values", "category"),
    [
        ("sleutelkluis", [str(1102 + 37 * n) for n in N], "password"),
        ("PIN", [str(1102 + 37 * n) for n in N], "password"),
        ("pin", ["ja", "nee"] * 7, "none"),
        ("WiFi-voucher", [f"CMXH-{n + 1688}" for n in N], "password"),
        ("couponcode", [f"CMXH-{n + 1688}" for n in N], "none"),
        ("tankpas", [str(29732293837782 + 1013 * n) for n in N], "payment_card"),
        ("A-nummer", [str(7795143830 + 1013 * n) for n in N], "bsn"),
        ("docent_afk", ["KOER", "SCHJ", "BOSJ", "PRIG", "SMIP", "AMRF", "VELS"] * 2, "account_id"),
        ("initialen", ["J.W.", "A.", "P.M.", "K.", "T.", "L.A.", "M."] * 2, "name"),
        ("initialen", ["JW", "PD", "KT", "AB", "MV", "LS", "RH"] * 2, "name"),
        ("Nom", [f"PC-{n + 312}" for n in N], "device_id"),
        ("Nom", [f"srv-{n + 312}" for n in N], "none"),
        ("nummer tegenpartij", [f"06-{15149468 + 1013 * n}" for n in N], "phone"),
        ("nummer tegenpartij", [str(15149468 + 1013 * n) for n in N], "account_id"),
        ("sessie_id", UUIDS, "none"),
        ("relatie", COMPANIES, "none"),
        ("werkgever", COMPANIES, "employer"),
    ],
)
def test_forms_bear_out_what_a_name_says(name: str, values: list[str], category: str) -> None:
    assert found({"naam": PERSONS, name: values})[name].category == category

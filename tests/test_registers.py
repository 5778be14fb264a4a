"""What registers of machines, goods, dishes, rooms and buildings tell is nobody's, unless somebody is in the table."""

import pandas as pd
import pytest

from igmap.inventory import discover
from igmap.inventory.context.registers import register_votes
from igmap.inventory.tally import Evidence
from igmap.sources import open_exports

N = range(24)
SERIALS = [f"SN53{708828 + 37 * n}" for n in N]
ADDRESSES = [f"10.20.{n % 3}.{n + 4}" for n in N]
PERSONS = ["Gemma Prins", "Pieter Smit", "Fatima Amrani", "Joost Blokland", "Sanne Veldkamp", "Willem Griffith"] * 4
STOCK = {
    "hostname": [f"sw-{n:03}" for n in N], "serial number": SERIALS, "mgmt ip": ADDRESSES, "rack": ["R1", "R2"] * 12,
    "firmware": ["7.2.4", "7.2.5"] * 12, "vlan": ["10", "20", "30"] * 8, "switchport": [f"gi0/{n}" for n in N],
}  # fmt: skip


TOWNS = ["Utrecht", "Zwolle", "Breda", "Almelo", "Leiden", "Gouda"] * 4
REPORT = {
    "Campaign": ["Zomer", "Herfst", "Actie"] * 8, "Gender": ["male", "female", "unknown"] * 8,
    "Age": ["18-24", "25-34", "35-44"] * 8,
    "Impressions": [str(400 + 31 * n) for n in N], "Clicks": [str(4 + n) for n in N], "CTR": ["1,2%", "3,4%"] * 12,
}  # fmt: skip
MENU = {
    "Gerecht": ["Tomatensoep", "Kip pesto", "Salade"] * 8, "Allergenen": ["gluten, lactose", "noten", "selderij"] * 8,
    "Halal": ["ja", "nee"] * 12, "Prijs": [f"{n},50" for n in N], "kcal": [str(100 + 13 * n) for n in N],
}  # fmt: skip
ADDRESSES_OF_BUILDINGS = {
    "openbareruimte": ["Dorpsstraat", "Kerkweg", "Lindelaan"] * 8, "huisnummer": [str(n + 1) for n in N],
    "postcode": [f"35{n + 11} AB" for n in N],
    "woonplaats": TOWNS, "gebruiksdoel": ["woonfunctie", "kantoorfunctie"] * 12,
    "bouwjaar": [str(1950 + n) for n in N], "oppervlakte": [str(50 + n) for n in N],
}  # fmt: skip
ROOMS = {
    "Lokaal": [f"A{n}.02" for n in N], "Gebouw": ["Hoofdgebouw", "Bijgebouw"] * 12,
    "Adres": ["Domplein 4", "Kanaalweg 12"] * 12,
    "Verdieping": ["0", "1", "2"] * 8, "Ip beamer": ADDRESSES,
    "Opmerkingen": ["Lamp vervangen", "Reserve", "Bracket ontbreekt"] * 8,
}  # fmt: skip
CARS = {
    "Kenteken": [f"KX-{100 + 7 * n}-B" for n in N], "Merk": ["Kia", "Tesla", "Volkswagen"] * 8,
    "Leasemaatschappij": ["Arval", "Ayvens"] * 12, "Cataloguswaarde": [str(30000 + 500 * n) for n in N],
    "Standplaats": TOWNS,
}  # fmt: skip


def _categories(columns: dict[str, list[str]]) -> dict[str, str]:
    with open_exports({"network": pd.DataFrame(columns)}) as exports:
        return {field.name: field.category for field in discover(exports).datasets[0].fields}


def test_what_stands_in_a_rack_has_numbers_that_are_nobodys() -> None:
    assert set(_categories(STOCK).values()) == {"none"}


def test_the_same_machines_with_their_users_are_theirs() -> None:
    told = _categories(STOCK | {"user": PERSONS})
    assert (told["user"], told["serial number"]) == ("name", "device_id")


def test_nothing_is_said_of_a_table_without_words_of_a_register() -> None:
    with open_exports({"t": pd.DataFrame({"ip": ADDRESSES, "tijd": ["10:11", "12:13"] * 12})}) as exports:
        fields = discover(exports).datasets[0].fields
        assert list(register_votes(fields, [Evidence()] * len(fields))) == []


@pytest.mark.parametrize("columns", [REPORT, MENU, ADDRESSES_OF_BUILDINGS, ROOMS, CARS])
def test_registers_of_things_and_totals_are_nobodys(columns: dict[str, list[str]]) -> None:
    assert set(_categories(columns).values()) == {"none"}


def test_the_same_registers_with_somebody_in_them_are_theirs() -> None:
    assert _categories(CARS | {"Bestuurder": PERSONS})["Kenteken"] == "licence_plate"
    assert _categories(ADDRESSES_OF_BUILDINGS | {"eigenaar": PERSONS})["postcode"] == "postcode"
    assert _categories(REPORT | {"recipient_id": [str(4711 + 37 * n * n) for n in N]})["Gender"] == "gender"
    assert _categories(MENU | {"Gast": PERSONS, "Allergie": MENU["Allergenen"]})["Allergie"] == "health"


def test_remarks_in_a_register_that_name_somebody_stay_a_text() -> None:
    remarks = [f"Uitgeleend aan {name}, graag nabellen" for name in PERSONS]
    assert _categories(ROOMS | {"Opmerkingen": remarks})["Opmerkingen"] == "message_content"


def test_makers_desks_and_counts_of_visitors_are_not_somebody_in_a_register() -> None:
    makers = ["Henri Bourgeois", "Anton Meyer", "Van Nahmen"] * 8
    goods = {"Artikel": ["Sancerre", "Sekt", "Apfelsaft"] * 8, "Producent": makers, "Prijs": [f"{n},95" for n in N]}
    told = _categories(goods | {"Land": ["Frankrijk", "Duitsland"] * 12, "Kosher": ["ja", "nee"] * 12})
    assert set(told.values()) == {"none"}
    report = REPORT | {"Visitors": [str(400 + 31 * n) for n in N]}
    told = _categories(report | {"Sender": ["info@a.example", "support@a.example"] * 12})
    assert set(told.values()) == {"none"}


def test_what_moves_is_no_sensor() -> None:
    told = _categories({
        "device_id": [f"35{7088280000012 + 37 * n}" for n in N], "lat": [f"52.{1000 + 37 * n}" for n in N],
        "lon": [f"5.{2000 + 41 * n}" for n in N], "battery": [str(3 + n) for n in N],
        "heading": [str(9 * n) for n in N],
        "firmware": ["7.2.4", "7.2.5"] * 12,
    })  # fmt: skip
    assert told["lat"] == "location"

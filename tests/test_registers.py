"""Machines, totals, norms and catalogues are nobody's; somebody's device and somebody's average are theirs."""

import pandas as pd
import pytest

from igmap.inventory import discover
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
    assert _categories({"ip": ADDRESSES, "tijd": ["10:11", "12:13"] * 12})["ip"] == "ip_address"


COURSES = ["BHV Basis", "VCA VOL", "Excel gevorderd", "Heftruck herhaling"] * 6
MARKS = [f"{5 + n % 5},{n % 10}" for n in N]
TOTALS = {
    "Cursus": COURSES, "Aantal deelnemers": [str(5 + 3 * n) for n in N], "Gem. cijfer": MARKS,
    "Slagingspercentage": [f"{60 + n}%" for n in N], "Gem. leeftijd": [str(28 + n) for n in N],
}  # fmt: skip
REQUIRED = {
    "Functie": ["Heftruckchauffeur", "Teamleider", "Monteur", "Planner"] * 6, "Verplichte training": COURSES,
    "Min. niveau": ["mbo 2", "mbo 4", "hbo"] * 8, "Geldigheid (mnd)": ["12", "24", "36"] * 8,
}  # fmt: skip
CATALOGUE = {
    "id": [str(n + 1) for n in N], "title": [f"{one} {n}" for n, one in enumerate(COURSES)], "author": PERSONS,
    "duration_minutes": ["30", "60", "90"] * 8, "language": ["en", "nl", "de"] * 8, "rating": MARKS,
}  # fmt: skip


@pytest.mark.parametrize("columns", [TOTALS, REQUIRED], ids=["totals", "what a job requires"])
def test_what_is_reckoned_or_required_over_many_is_of_nobody(columns: dict[str, list[str]]) -> None:
    assert set(_categories(columns).values()) == {"none"}


def test_the_author_of_a_catalogue_follows_none_of_its_courses() -> None:
    told = _categories(CATALOGUE)
    assert told.pop("author") == "name"
    assert set(told.values()) == {"none"}


def test_an_average_of_somebodys_marks_is_theirs() -> None:
    told = _categories({"Cursist": PERSONS} | TOTALS)
    assert told["Gem. cijfer"] == "learning_result"
    assert told["Cursus"] == "learning_activity"


def test_a_column_of_users_makes_totals_theirs_though_they_are_numbered() -> None:
    told = _categories({"userid": [str(311 + 7 * n) for n in N]} | TOTALS)
    assert told["Gem. cijfer"] == "learning_result"


VACANCIES = {
    "vacaturenummer": [str(2011 + 3 * n) for n in N], "functietitel": ["Planner", "Monteur", "Verzorgende IG"] * 8,
    "standplaats": ["Utrecht", "Zeist", "Ede", "Breda"] * 6, "opleidingsniveau": ["mbo", "hbo", "wo"] * 8,
    "contactpersoon": PERSONS, "e-mail contact": [f"{one.split()[0].lower()}@linde.nl" for one in PERSONS],
}  # fmt: skip


def test_who_may_be_turned_to_does_not_have_the_job_that_is_vacant() -> None:
    told = _categories(VACANCIES)
    assert {told.pop("contactpersoon"), told.pop("e-mail contact")} == {"name", "email"}
    assert set(told.values()) == {"none"}


def test_what_is_counted_is_nobodys_whatever_it_is() -> None:
    assert _categories(TOTALS | {"Verzuim %": [f"{n},5%" for n in N]})["Verzuim %"] == "none"


@pytest.mark.parametrize("number", ["Personeelsnr", "stamnr", "N° dossier", "learner_uuid"])
def test_a_number_of_somebody_makes_averages_theirs(number: str) -> None:
    values = {"learner_uuid": [f"{n:08x}-1c1f-4b2e-a{n:03x}-{n:012x}" for n in N]}
    told = _categories({number: values.get(number, [str(100311 + 7 * n) for n in N])} | TOTALS)
    assert told[number] == "account_id"
    assert told["Gem. cijfer"] == "learning_result"


def test_a_title_counts_as_one_word_and_many_pupils_are_nobody() -> None:
    columns = {"school": ["De Linde", "Het Kompas"] * 12, "students": [str(20 + n) for n in N], "gem. leeftijd": MARKS}
    assert set(_categories(columns).values()) == {"none"}


def test_many_candidates_are_counted_and_one_is_a_person() -> None:
    columns = {"max_mark": ["80", "100"] * 12, "qualification": ["GCSE", "A-level"] * 12, "pass_rate": MARKS}
    numbers = [str(1037 + 41 * n) for n in N]
    assert set(_categories(columns | {"candidates": numbers}).values()) == {"none"}
    assert _categories(columns | {"candidate_id": numbers})["candidate_id"] == "account_id"


def test_who_is_told_of_by_sex_age_and_schooling_is_somebody_and_not_a_total() -> None:
    told = _categories({
        "geslacht": ["man", "vrouw"] * 12, "leeftijd": [str(21 + 2 * n) for n in N],
        "opleidingsniveau": ["mbo", "hbo", "wo"] * 8, "aantal uren werk": [str(n) for n in N],
        "aantal boeken": [str(n % 5) for n in N],
    })  # fmt: skip
    assert {"gender", "age", "education_level"} <= set(told.values())


def test_a_course_per_learner_is_counted_and_no_learners() -> None:
    assert set(_categories(TOTALS | {"Kosten per cursist": [str(100 + n) for n in N]}).values()) == {"none"}


def test_who_has_a_budget_in_hand_keeps_a_name() -> None:
    told = _categories(TOTALS | {"Budget owner": PERSONS, "Budget": [str(1000 + 37 * n) for n in N]})
    assert (told["Budget owner"], told["Gem. cijfer"]) == ("name", "none")


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


RECEIPTS = {
    "Belegnr": [f"B{n + 40}" for n in N], "Lieferant": ["Delta BV", "Techno GmbH", "Kramer NV"] * 8,
    "Netto": [f"{n * 31 + 12},40" for n in N], "USt": [f"{n * 6 + 2},40" for n in N],
    "Brutto": [f"{n * 38 + 14},80" for n in N], "Angelegt von": PERSONS,
}  # fmt: skip


def test_kinds_of_devices_are_things_where_these_were_bought_and_somebodys_where_they_log_in() -> None:
    kinds = {"(1)": ["Tablet", "Laptop", "Smartphone"] * 8, "Medewerker": PERSONS}
    assert _categories(kinds | {"Warranty": ["24 months", "36 months"] * 12})["(1)"] == "none"
    assert _categories(kinds | {"IP": ADDRESSES})["(1)"] == "browser_settings"


def test_pass_and_fail_are_results_of_who_learns_only() -> None:
    told = {"(1)": ["pass", "fail", "pass"] * 8, "user": PERSONS}
    assert _categories(told | {"mail server": ["mx1", "mx2"] * 12})["(1)"] == "none"
    assert _categories(told | {"course": ["BHV", "VCA"] * 12})["(1)"] == "learning_result"


def test_what_is_booked_is_nobodys_pay_whoever_booked_it_and_what_somebody_is_paid_is_theirs() -> None:
    assert _categories(RECEIPTS)["Netto"] == "none"
    assert _categories({"Medewerker": PERSONS, "Netto": RECEIPTS["Netto"]})["Netto"] == "income"


def _titled(title: str, columns: dict[str, list[str]]) -> dict[str, str]:
    with open_exports({title: pd.DataFrame(columns)}) as exports:
        fields = discover(exports).datasets[0].fields
    return {field.name: field.category if field.verdict == "found" else "none" for field in fields}


SITES = {
    "naam": [f"IG {town} {n}" for n, town in enumerate(TOWNS)], "adres": [f"Kerkstraat {n + 2}" for n in N],
    "postcode": [f"35{n + 11} AB" for n in N], "plaats": TOWNS,
    "telefoon": [f"073-61{n}54{n + 10}" for n in range(10, 34)],
    "email": ["info@ig.example", "breda@ig.example", "zwolle@ig.example"] * 8,
}  # fmt: skip
PEOPLE = {
    "wijk": ["Centrum", "Noord", "Zuid"] * 8, "nationaliteit": ["Nederlandse", "Turkse", "Poolse"] * 8,
    "leeftijdsgroep": ["0-15", "15-25", "25-45"] * 8, "geslacht": ["man", "vrouw"] * 12,
    "aantal": [str(40 + 31 * n) for n in N],
}  # fmt: skip


def test_a_title_says_that_records_are_of_nobody() -> None:
    assert set(_titled("locaties.csv", SITES).values()) == {"none"}
    assert set(_titled("bevolking_per_wijk.csv", PEOPLE).values()) == {"none"}
    drugs = {"middel": ["Paracetamol", "Ibuprofen"] * 12, "prijs": [f"{n},95" for n in N]}
    assert _titled("geneesmiddelen", drugs)["middel"] == "none"


def test_a_title_says_nothing_against_whom_the_records_name() -> None:
    assert _titled("klanten.csv", SITES)["adres"] == "address"
    assert _titled("locaties.csv", SITES | {"bewoner": PERSONS})["adres"] == "address"
    persons = PEOPLE | {"respondent": [f"R{n:04}" for n in N]}
    assert _titled("antwoorden_per_wijk", persons)["geslacht"] == "gender"
    keepers = _titled(
        "locaties.csv", SITES | {"aangemaakt door": [f"{one.split()[0].lower()}@ig.example" for one in PERSONS]}
    )
    assert keepers["aangemaakt door"] == "email"

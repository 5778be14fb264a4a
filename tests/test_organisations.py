"""Tables of organisations and places: what is theirs is nobody's, unless persons are what a table is about."""

from datetime import date

import pandas as pd

from igmap.inventory import Field, discover
from igmap.sources import open_exports

TODAY = date(2026, 11, 1)
N = range(12)
PERSONS = ["Gemma Prins", "Pieter Smit", "Fatima Amrani", "Joost Blokland", "Sanne Veldkamp", "Willem Griffith"] * 2
THEIRS = {
    "Company name": [f"Deltawerk {n} B.V." for n in N],
    "Address": [f"Havenweg {n + 1}" for n in N],
    "Postcode": [f"{1100 + n} AB" for n in N],
    "Phone": [f"088-04{n:02}592" for n in N],
    "E-mail": [f"facturen@deltawerk{n}.example" for n in N],
    "BTW-nummer": [f"NL8962720{n:02}B01" for n in N],
}


def _found(columns: dict[str, list[str]]) -> dict[str, Field]:
    with open_exports({"t": pd.DataFrame(columns)}) as exports:
        return {field.name: field for field in discover(exports, today=TODAY).datasets[0].fields}


def test_what_is_an_organisations_is_nobodys_beside_somebody_to_turn_to() -> None:
    fields = _found(THEIRS | {"Contactpersoon": PERSONS})
    assert {name: field.category for name, field in fields.items() if field.category != "none"} == {
        "Contactpersoon": "name"
    }
    assert {"code": "organisations"} in fields["Address"].reasons


def test_mail_and_phone_of_the_one_to_turn_to_are_somebodys() -> None:
    own = {"E-mail": [f"{name[:5].strip().lower()}@deltawerk.example" for name in PERSONS]}
    own |= {"Phone": [f"06-1234{n:04}" for n in N]}
    fields = _found(THEIRS | own | {"Contactpersoon": PERSONS})
    assert (fields["E-mail"].category, fields["Phone"].category) == ("email", "phone")


def test_where_somebody_works_is_told_of_persons() -> None:
    fields = _found(THEIRS | {"Naam": PERSONS})
    assert {fields[name].category for name in THEIRS} == {
        "employer",
        "address",
        "postcode",
        "phone",
        "email",
        "tax_number",
    }


def test_organisations_that_come_back_are_not_what_a_table_is_about() -> None:
    fields = _found({"Company name": THEIRS["Company name"][:3] * 4, "Address": THEIRS["Address"]})
    assert fields["Address"].category == "address"


def test_shared_mailboxes_are_nobodys_even_beside_persons() -> None:
    senders = [f"{name.split()[0].lower()}@mail.example" for name in PERSONS]
    fields = _found({"from": senders, "to": ["info@a.example", "support@a.example"] * 6, "subject": ["Vraag"] * 12})
    assert (fields["from"].category, fields["to"].category) == ("email", "none")


def test_places_are_no_persons_either() -> None:
    of_places = {
        "locatiecode": [f"L{n + 10}" for n in N],
        "adres": THEIRS["Address"],
        "rolstoeltoegankelijk": ["ja", "nee"] * 6,
    }
    assert {field.category for field in _found(of_places).values()} == {"none"}


def test_what_a_course_has_is_not_its_makers() -> None:
    catalogue = {
        "course_id": [str(700 + n) for n in N],
        "title": [f"Leadership, part {n}" for n in N],
        "language": ["en", "de", "nl"] * 4,
        "duration_minutes": [str(20 + 3 * n) for n in N],
        "owner": PERSONS,
    }
    assert {name for name, field in _found(catalogue).items() if field.category != "none"} == {"owner"}


def test_where_a_session_is_held_is_its_own_unless_it_is_somebodys() -> None:
    held = {"sessie_id": [str(7 + 3 * n) for n in N], "plaats": ["Vught", "Tilburg", "Breda", "Utrecht"] * 3}
    held |= {"cursus": ["BHV basis", "Veilig tillen"] * 6}
    planned = _found(held | {"trainer": PERSONS})
    assert [planned[name].category for name in ("plaats", "cursus", "trainer")] == ["none", "none", "name"]
    taken = _found(held | {"gebruiker_id": [str(400 + 17 * (n % 5)) for n in N]})
    assert taken["plaats"].category == "city"


def test_the_denomination_of_a_school_is_its_own() -> None:
    faiths = {"denominatie": ["rooms-katholiek", "islamitisch", "openbaar"] * 4}
    schools = {"schoolnaam": [f"De Regenboog {n}" for n in N], "straat": THEIRS["Address"]} | faiths
    told = _found(schools | {"directeur": PERSONS})
    assert {name: field.category for name, field in told.items() if field.category != "none"} == {"directeur": "name"}
    assert _found({"naam": PERSONS} | faiths)["denominatie"].category == "religion"


TREES = {
    "boom_id": [str(20000 + n) for n in N],
    "soort": ["Zomereik", "Hollandse linde"] * 6,
    "straat": ["Kerkstraat", "Molenweg", "Havenkade", "Lindelaan"] * 3,
    "inspecteur": PERSONS,
}


def test_where_a_tree_stands_is_nobodys_home() -> None:
    assert {name for name, field in _found(TREES).items() if field.category != "none"} == {"inspecteur"}


def test_who_opens_a_container_with_a_pass_lives_at_the_address() -> None:
    used = {"container": [f"OC-{n:04}" for n in N], "pas_uid": [f"04A9B88C{n:02}" for n in N]}
    used |= {"aansluitadres": [f"Kerkstraat {n + 1}" for n in N]}
    assert _found(used)["aansluitadres"].category == "address"


def test_a_number_of_a_relation_does_not_make_it_an_organisation() -> None:
    gifts = {"relatie_id": [str(40000 + 13 * n) for n in N], "gift_bedrag": [f"{n + 5},00" for n in N]}
    assert _found(gifts | {"adres": THEIRS["Address"]})["adres"].category == "address"

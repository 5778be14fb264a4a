"""Where somebody lives and where they were, whose device, page, language and company: names and the table tell."""

from collections.abc import Mapping

import pandas as pd
import pytest

from igmap.inventory import discover
from igmap.sources import open_exports
from tests.unseen import TODAY

NAMES = ["Jan de Vries", "Fatima el Amrani", "Piet Bakker", "Anna Jansen", "Kees Mulder", "Sanne Visser"]
TOWNS = ["Utrecht", "Zwolle", "Assen", "Gouda", "Breda", "Tilburg"]
LANDS = ["Nederland", "België", "Marokko", "Polen", "Duitsland", "Nederland"]
STREETS = ["Dorpsstraat 1", "Kerkweg 12a", "Oude Gracht 3", "Stationsplein 4", "Havenweg 112", "Lindelaan 8"]
COMPANIES = ["Bakkerij Jansen B.V.", "Stichting De Linde", "Garage Postma", "Hotel De Zwaan B.V.", "Van Loon & Zn."]
IPS = [f"84.118.53.{n}" for n in (11, 29, 57, 83, 120, 201)]
ZONES = ["Europe/Amsterdam", "Europe/London", "Asia/Istanbul"] * 2
PAGES = [f"https://shop.example/{page}" for page in "abc"]
AGENTS = ["Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", "Mozilla/5.0 (Windows NT 10.0)"] * 3


def told(table: Mapping[str, list[str]]) -> dict[str, str]:
    """What is found of each field of a table."""
    length = max(map(len, table.values()))
    frame = pd.DataFrame({name: (values * length)[:length] for name, values in table.items()}, dtype="str")
    with open_exports({"tabel": frame}) as exports:
        [dataset] = discover(exports, today=TODAY).datasets
    return {field.name: field.category if field.verdict == "found" else "none" for field in dataset.fields}


SESSIONS = {"session_id": [f"5b2c6f0e-1111-4c3d-9f3e-2a5b3c4d5e{n}f" for n in range(6)]}
PERSONS = {"Naam": NAMES}
CASES: dict[str, tuple[dict[str, list[str]], dict[str, str]]] = {
    "of a visit whose session is numbered": (
        SESSIONS
        | {"browser": ["chrome", "ios", "firefox"], "screen": ["1920x1080", "390x844"], "country": ["NL", "BE"]}
        | {"city": TOWNS, "website_id": ["12"]},
        {"session_id": "none", "browser": "browser_settings", "country": "location", "city": "location"},
    ),
    "of a page that was seen in a session": (
        SESSIONS | {"url_path": ["/cursus/1", "/login", "/prijzen"], "event_name": ["klik", "video-start"]},
        {"url_path": "url", "event_name": "learning_activity"},
    ),
    "of what was asked of a server": (
        {"client": IPS, "request": [f"GET /cursus/{n} HTTP/1.1" for n in range(6)], "upstream": ["web1", "web2"]},
        {"request": "url"},
    ),
    "of a caller and their number": (
        {"clid": [f'"{name}" <06123456{n}8>' for n, name in enumerate(NAMES)], "duration": ["31", "245"]},
        {"clid": "name"},
    ),
    "of somebody in a message between systems": (
        {"payload": [f'{{"id": {n}, "first_name": "{name}"}}' for n, name in enumerate(NAMES)]}
        | {"body": [f'{{"name": "{course}", "price": 30}}' for course in ("Excel", "Spaans", "AVG")]},
        {"payload": "name", "body": "none"},
    ),
    "of birth": (
        PERSONS | {"Woonplaats": TOWNS, "Geboorteplaats": TOWNS, "GEBLAND": LANDS},
        {"Woonplaats": "city", "Geboorteplaats": "location", "GEBLAND": "location"},
    ),
    "of a journey": (
        {"Chauffeur": NAMES, "Beginadres": STREETS, "Aankomstadres": STREETS, "Bestemming": TOWNS}
        | {"Vertrek": ["10:30", "12:45", "09:15"]},
        {"Beginadres": "location", "Aankomstadres": "location", "Bestemming": "location", "Vertrek": "none"},
    ),
    "of an offence": (
        {"Verdachte": NAMES, "Pleegplaats": STREETS, "Adres": STREETS}, {"Pleegplaats": "location", "Adres": "address"},
    ),
    "of work at home": ({"Aanvrager": NAMES, "Locatie werkzaamheden": STREETS}, {"Locatie werkzaamheden": "address"}),
    "of a visit": (
        {"ip": IPS, "city": TOWNS, "country": LANDS, "user_agent": AGENTS, "timezone": ZONES},
        {"city": "location", "country": "location", "timezone": "browser_settings"},
    ),
    "of an account": (
        PERSONS | {"E-mail": [f"a{n}@b.example" for n in range(6)], "timezone": ZONES, "Land": LANDS},
        {"timezone": "location", "Land": "location"},
    ),
    "of nobody": (
        {"Country": LANDS, "Browser": ["Chrome", "Edge", "Safari"], "Language": ["nl", "en"], "Sessions": ["12", "5"]},
        dict.fromkeys(("Country", "Browser", "Language", "Sessions"), "none"),
    ),
    "of a sensor": (
        {"sensor": ["S1", "S2", "S3"], "lat": ["52.07375", "52.07415"], "lon": ["5.15515", "5.03667", "5.1"]},
        {"lat": "none", "lon": "none"},
    ),
    "part of a town": (
        PERSONS | {"Adres": STREETS, "Wijk": ["Overvecht", "Zuilen", "Centrum"], "Gemeentecode": ["0344", "0363"]},
        {"Wijk": "location", "Gemeentecode": "city"},
    ),
    "origin": (PERSONS | {"Land van herkomst": LANDS}, {"Land van herkomst": "ethnicity"}),
    "origin of a thing": (
        {"Artikel": ["kaas", "wijn", "brood"], "Land van herkomst": LANDS, "Prijs": ["1,99", "2,49"]},
        {"Land van herkomst": "none"},
    ),
    "kinds of devices": (
        PERSONS | {"browser": ["Edge", "Chrome 129", "Safari 17.6"], "device": ["iPhone 14", "Galaxy S22", "Desktop"]},
        {"browser": "browser_settings", "device": "browser_settings"},
    ),
    "programmes and addresses without their end": (
        {"visitor_ip": ["84.43.0.0", "84.221.0.0"], "ua": ["Apple Mail", "Outlook 2021", "Thunderbird/128"]},
        {"visitor_ip": "ip_address", "ua": "user_agent"},
    ),
    "language of a browser": (
        PERSONS | {"accept_lang": ["nl-NL,nl;q=0.9", "en-GB,en;q=0.5", "de"], "review_language": ["nl", "en", "de"]},
        {"accept_lang": "language", "review_language": "none"},
    ),
    "recordings and signatures": (
        PERSONS | {"recording": ["rec/1.wav", "rec/2.wav", "rec/3.wav"], "handtekening": ["a.png", "b.png", "c.png"]},
        {"recording": "photo", "handtekening": "photo"},
    ),
    "pages": ({"ip": IPS, "page": PAGES}, {"page": "url"}),
    "pages of a catalogue": ({"artikel": TOWNS, "page": PAGES}, {"page": "none"}),
    "events and who organises them": (
        {"Evenement": ["Beurs", "Open dag"], "Organisator": NAMES, "Plaats": TOWNS, "Land": LANDS, "Taal": ["nl"]},
        {"Organisator": "name", "Plaats": "none", "Land": "none", "Taal": "none"},
    ),
    "events and who comes": (
        {"Evenement": ["Beurs", "Open dag"], "Organisator": NAMES, "Deelnemer": NAMES[::-1], "Land": LANDS},
        {"Organisator": "name", "Deelnemer": "name", "Land": "location"},
    ),
    "codes of departments": (PERSONS | {"afdelingscode": ["3266", "5623", "7048"]}, {"afdelingscode": "employer"}),
    "customers of somebody who works": (
        {"Medewerker": NAMES, "Klant": COMPANIES, "Bedrijf": COMPANIES}, {"Klant": "none", "Bedrijf": "employer"},
    ),
    "a company's address": (
        {"Relatie": COMPANIES * 3, "Contactpersoon": NAMES, "Adres": STREETS, "Plaats": TOWNS},
        {"Relatie": "none", "Contactpersoon": "name", "Adres": "none", "Plaats": "none"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("table", "expected"), CASES.values(), ids=CASES)
def test_whose_place_it_is_and_which_is_told_by_names_and_the_table(
    table: dict[str, list[str]], expected: dict[str, str]
) -> None:
    assert told(table).items() >= expected.items()

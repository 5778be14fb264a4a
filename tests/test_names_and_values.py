"""What a name and its values say where they differ: vague names, names that lie, values in no list."""

from datetime import date

import pandas as pd
import pytest

from igmap.inventory import Field, discover
from igmap.sources import open_exports

TODAY = date(2026, 11, 1)
PERSONS = ["Gemma Prins", "Pieter Smit", "Fatima Amrani", "Joost Blokland", "Sanne Veldkamp", "Willem Griffith"]
NUMBERS = [
    "112000009", "119654325", "127308647", "134962965", "142617295", "150271608", "157925936",
    "165580252", "173234574", "180888894",
]  # fmt: skip
COMPANIES = [
    "Bouwbedrijf Oost B.V.",
    "Kuiper Holding B.V.",
    "Zand & Zonen",
    "Oever Group",
    "Deltawerk N.V.",
    "Ram B.V.",
]
STREETS = ["Kerkstraat", "Lindelaan", "Dorpsweg", "Stationsplein", "Molenpad", "Havenkade"]
HOSTS = ["Gemmas-iPhone", "Pieter's iPad", "Fatimas-MacBook", "Joosts-laptop", "laptop van Sanne", "Willems-iPhone"]
MINUTES = ["12", "7", "33", "51", "18", "26"]
LONE = ["Hermes", "Zeus", "Diana", "Freya", "Thor", "Odin", "Athena", "Apollo"]
TITLES = ["Onboarding", "Cloud basics", "Feedback geven", "Data literacy", "Scrum in practice", "Veilig tillen"]
SHELVES = ["R7-73", "R0-30", "R3-260", "W-64-H", "K2-118", "T9-14"]
MAILS = [f"{name[:4].lower()}@post.example" for name in PERSONS]
HANDLES = ["@gemmap", "smitje", "@famrani", "jblok", "sanne_v", "griff"]
NUMBERED = [str(n) for n in range(5001, 5011)]
ADDRESSES = [f"145.97.{n}.{3 * n}" for n in range(10, 26)]
DIGESTS = [f"{n:x}".rjust(32, "a") for n in range(40_000_000, 40_800_000, 100_000)]
PARTICLES = ["ter Heyden", "van den Zwolm", "van der Kraasten", "ter Brugghen", "van Ostadeveld", "von Brakenstein"]
CASES: dict[str, tuple[dict[str, list[str]], str, str]] = {
    "a name that could name anything leaves it to the values": ({"code": NUMBERS}, "code", "bsn"),
    "a name of an account leaves it to addresses": (
        {"userPrincipalName": [f"{n[:4]}@corp.example".lower() for n in PERSONS], "displayName": PERSONS,
         "mail": PERSONS},
        "userPrincipalName", "email",
    ),
    "who supplies is no employer": ({"naam": PERSONS, "opleider": COMPANIES}, "opleider", "none"),
    "colleagues go by a code": ({"arts": ["PRIG", "SMIP", "AMRF", "BLOJ", "VELS", "GRIW"]}, "arts", "account_id"),
    "a device is called after its owner": ({"hostname": HOSTS}, "hostname", "name"),
    "a number behind a street is of a house": (
        {"straat": STREETS, "(2)": ["12", "3", "114", "7a", "21", "9"]}, "(2)", "address",
    ),
    "a postcode with its town is an address": (
        {"regel": ["1011 AB Ede", "2012 CD Assen", "3511 EF Breda", "4811 GH Zwolle", "5611 JK Goes", "6811 LM Tiel"]},
        "regel", "address",
    ),
    "a duration is a learner's beside a course": (
        {"cursus": STREETS, "duration": MINUTES}, "duration", "learning_activity",
    ),
    "a duration is anybody's elsewhere": ({"naam": PERSONS, "duration": MINUTES}, "duration", "none"),
    "a price of something is no something": ({"naam": PERSONS, "bedrag boete": MINUTES}, "bedrag boete", "none"),
    "a date of baptism is no birth": (
        {"doopdatum": [f"0{i}-05-19{30 + 4 * i}" for i in range(1, 9)] + [f"{i}-06-19{i + 40}" for i in range(10, 25)]},
        "doopdatum", "none",
    ),
    "a few names that come back are kinds": ({"(1)": 8 * LONE}, "(1)", "none"),
    "unless their name says who they are": ({"voornaam": 8 * LONE}, "voornaam", "name"),
    "shelves are no address": ({"artikel": STREETS, "adres": SHELVES}, "adres", "none"),
    "a half of a house number is one": (
        {"naam": PERSONS, "toevoeging": ["A", "bis", "2", "H", "III", "B"]}, "toevoeging", "address",
    ),
    "corridors are no towns": ({"naam": PERSONS, "plaats": [f"gang {n}" for n in MINUTES]}, "plaats", "none"),
    "kinds of clothes are no sex": ({"naam": PERSONS, "geslacht": [f"jas {n}" for n in MINUTES]}, "geslacht", "none"),
    "leaflets are no language": ({"naam": PERSONS, "taal": [f"folder {n}" for n in MINUTES]}, "taal", "none"),
    "accounts that fail the check are accounts by their name": (
        {"rekening": [f"ES98{n}95601817810740" for n in range(1001, 1011)]}, "rekening", "bank_account",
    ),
    "citizens elsewhere have letters": (
        {"naam": PERSONS, "NINO": [f"QQ15129{n}C" for n in range(6)]}, "NINO", "bsn",
    ),
    "a telephone inside a house is one": (
        {"naam": PERSONS, "telefoon": [f"41{n}" for n in MINUTES]}, "telefoon", "phone",
    ),
    "who somebody is on a network": ({"mail": MAILS, "twitter": HANDLES}, "twitter", "username"),
    "letters for sexes": ({"(1)": 9 * ["M", "F", "U"]}, "(1)", "gender"),
    "beside the number of a user an id is the record's": (
        {"id": NUMBERED, "user_id": [f"4{n}" for n in reversed(NUMBERED)]}, "id", "none",
    ),
    "an id alone is whose it may be": (
        {"id": NUMBERED, "datum": [f"2026-10-{n}" for n in range(11, 21)]}, "id", "account_id",
    ),
    "digests that devices share are theirs": ({"(1)": ADDRESSES, "(2)": 2 * DIGESTS}, "(2)", "device_id"),
    "digests of each record are anything's": ({"(1)": ADDRESSES[:8], "(2)": DIGESTS}, "(2)", "none"),
    "a line with street, postcode and town is an address": (
        {"(1)": [f"Waterlinie {n}, 36{n} ZV 's-Heerenberg" for n in range(11, 21)]}, "(1)", "address",
    ),
    "family names with their particles before them": ({"(1)": PARTICLES}, "(1)", "name"),
    "the mark that everybody has is the most there is": (
        {"naam": PERSONS, "cijfer": 6 * ["100"]}, "cijfer", "none",
    ),
    "requests that carry somebody are more than a web log's": (
        {"remote_addr": ADDRESSES, "http_user_agent": [""] * 16,
         "request": [f"GET /cursus?email=p{n}%40post.example HTTP/1.1" for n in range(16)]},
        "request", "url",
    ),
    "requests for pages are what somebody saw": (
        {"remote_addr": ADDRESSES, "http_user_agent": [""] * 16,
         "request": [f"GET /cursus/{n}.html HTTP/1.1" for n in range(16)]},
        "request", "url",
    ),
    "family names in no list are believed where they are called so": (
        {"achternaam": 4 * ["Rood", "Zwaardvegersma", "Groen", "Vlasbloemers", "Wit"]}, "achternaam", "name",
    ),
    "companies are no family names": ({"achternaam": COMPANIES, "naam": PERSONS}, "achternaam", "employer"),
    "titles are no results": ({"naam": PERSONS, "assignment": TITLES}, "assignment", "none"),
    "soup is no note of a doctor": ({"naam": PERSONS, "soep?": ["ja", "nee"] * 3}, "soep?", "none"),
    "numbers behind a dash are no user names": (
        {"mail": MAILS, "context": [f"ctx-{n}" for n in NUMBERED[:6]]}, "context", "none",
    ),
    "no records are no error": ({"email": []}, "email", "email"),
}  # fmt: skip


@pytest.fixture(scope="module")
def judged() -> dict[str, dict[str, Field]]:
    frames = {f"t{i}": pd.DataFrame(columns, dtype="str") for i, (columns, _, _) in enumerate(CASES.values())}
    with open_exports(frames) as exports:
        datasets = discover(exports, today=TODAY).datasets
        return {case: {f.name: f for f in one.fields} for case, one in zip(CASES, datasets, strict=True)}


@pytest.mark.parametrize("case", CASES)
def test_name_and_values_are_heard_together(judged: dict[str, dict[str, Field]], case: str) -> None:
    _, field, category = CASES[case]
    assert judged[case][field].category == category


def test_initials_before_a_family_name_are_somebody_and_those_of_a_company_nobody() -> None:
    told = ["graag verder via Dhr. N.L. Postma van kantoor", "voor vragen over de factuur zie C.T. de Wit"]
    else_told = ["de factuur is betaald door N.V. Smit en zonen", "de U.S. Smith wet geldt hier helaas niet"]
    with open_exports({"t": pd.DataFrame({"opmerking": told + else_told})}) as exports:
        field = discover(exports, today=TODAY).datasets[0].fields[0]
    assert {d.detector: d.count for d in field.detections}["name"] == len(told)

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
CASES: dict[str, tuple[dict[str, list[str]], str, str]] = {
    "a name that could name anything leaves it to the values": ({"code": NUMBERS}, "code", "bsn"),
    "a name of an account leaves it to addresses": (
        {"userPrincipalName": [f"{n[:4]}@corp.example".lower() for n in PERSONS], "displayName": PERSONS,
         "mail": PERSONS},
        "userPrincipalName", "email",
    ),
    "who supplies is no employer": ({"naam": PERSONS, "opleider": COMPANIES}, "opleider", "none"),
    "colleagues have short names": ({"arts": ["PRIG", "SMIP", "AMRF", "BLOJ", "VELS", "GRIW"]}, "arts", "name"),
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

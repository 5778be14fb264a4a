"""The CRM's contacts, in Windows-1252 and with three broken records."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from make.chance import chance, seeded
from make.conversations import fill
from make.hiding import Remarks
from make.numbers import pick_plate, write_landline, write_mobile
from make.people import TODAY, Person, as_latin
from make.phrases import CRM_REMARKS
from make.workspace import Place, Workspace

CONTACTS = "crm/crm_contacten_2026-10.csv"
CONTACT_COUNT = 1200
YOUNGEST_CONTACT = 20
RAGGED = {214: -3, 611: 2, 987: -1}
UNIONS = ("FNV", "CNV", "De Unie", "nee")
CONTACT_FIELDS = {
    "Relatienummer": "account_id",
    "Voornaam": "name",
    "Tussenvoegsel": "name",
    "Achternaam": "name",
    "Functie": "occupation",
    "Bedrijf": "employer",
    "E-mailadres": "email",
    "Telefoonnummer": "phone",
    "Mobiel": "phone",
    "Straatnaam": "address",
    "Huisnummer": "address",
    "Postcode": "postcode",
    "Plaats": "city",
    "IBAN": "bank_account",
    "Geboortedatum contactpersoon": "birth_date",
    "Lidmaatschap vakbond": "union_membership",
    "Kenteken": "licence_plate",
    "Laatste contact": "none",
    "Opmerkingen": "message_content",
}


def relation_number(person: Person) -> str:
    """Give the person's number in the CRM and the shop."""
    return f"R{person.moodle_id + 40_000}"


def write_contacts(workspace: Workspace, learners: Sequence[Person], staff: Sequence[Person]) -> None:
    """Write the contacts; the ragged records hide nothing, since a reader sets them aside."""
    rng = seeded(CONTACTS)
    contacts = rng.sample([person for person in learners if person.age > YOUNGEST_CONTACT], CONTACT_COUNT)
    whole = [record for record in range(1, CONTACT_COUNT + 1) if record not in RAGGED]
    remarks = Remarks(workspace, Place(CONTACTS, "", "Opmerkingen"), rng, whole)
    rows = []
    for record, person in enumerate(contacts, start=1):
        remark = remarks.write(record, fill(rng, rng.choice(CRM_REMARKS), person, staff), person)
        rows.append(_ragged([as_latin(cell) for cell in (*_contact_row(rng, person), remark)], RAGGED.get(record, 0)))
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([list(CONTACT_FIELDS), *rows])
    workspace.path(CONTACTS).write_bytes(text.getvalue().encode("cp1252"))
    workspace.describe(CONTACTS, CONTACT_FIELDS)


def _contact_row(rng: Random, person: Person) -> list[str]:
    address = person.address
    last_contact = TODAY - timedelta(days=int(rng.random() ** 2 * 3200))
    return [
        relation_number(person), person.given, person.infix, person.family, person.function, person.organisation,
        person.email, write_landline(rng, address.town.area_code, person.landline), write_mobile(rng, person.mobile),
        address.street, address.house_number, address.postcode, address.town.name,
        person.iban if chance(rng, 0.35) else "", f"{person.born:%d-%m-%Y}" if chance(rng, 0.55) else "",
        rng.choice(UNIONS) if chance(rng, 0.03) else "", pick_plate(rng) if chance(rng, 0.06) else "",
        f"{last_contact:%d-%m-%Y}",
    ]  # fmt: skip


def _ragged(row: list[str], surplus: int) -> list[str]:
    """Add empty cells to a row, or cut cells off."""
    return row + [""] * surplus if surplus > 0 else row[: len(row) + surplus]

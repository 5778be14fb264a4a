"""Moodle's bulk download of users, the OneRoster file and the archive of 2012."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

from make.chance import chance, seeded
from make.courses import COURSES
from make.numbers import pick_bcrypt, write_landline, write_mobile
from make.people import Person, as_latin
from make.workspace import Layout, Workspace

USERS = "moodle/gebruikers_2026-10-31.csv"
USER_FIELDS = {
    "id": "account_id",
    "username": "username",
    "email": "email",
    "firstname": "name",
    "lastname": "name",
    "idnumber": "account_id",
    "institution": "employer",
    "department": "employer",
    "phone1": "phone",
    "phone2": "phone",
    "city": "city",
    "country": "location",
    "lang": "language",
    "auth": "none",
    "suspended": "none",
    "lastaccess": "learning_activity",
    "lastip": "ip_address",
    "profile_field_geboortedatum": "birth_date",
    "profile_field_geslacht": "gender",
    "profile_field_opleidingsniveau": "education_level",
    "password": "password",
}
LANGUAGES = (("nl", "en", "pl", "tr", "ar"), (84, 10, 3, 2, 1))

ONEROSTER = "oneroster/users.csv"
PUPILS_BELOW_AGE = 25
AGE_OF_MAJORITY = 18
ONEROSTER_FIELDS = {
    "sourcedId": "account_id",
    "status": "none",
    "dateLastModified": "none",
    "enabledUser": "none",
    "orgSourcedIds": "none",
    "role": "none",
    "username": "username",
    "userIds": "account_id",
    "givenName": "name",
    "familyName": "name",
    "middleName": "name",
    "identifier": "account_id",
    "email": "email",
    "sms": "phone",
    "phone": "phone",
    "agentSourcedIds": "account_id",
    "grades": "none",
    "password": "password",
}
PASSWORD_WORDS = (
    "Welkom",
    "Fietsbel",
    "Zomer",
    "Stroopwafel",
    "Geheim",
    "Dijkweg",
    "Koffie",
    "Leerplein",
    "Tulpenbol",
    "Regenjas",
)

ARCHIVE = "archief/cursisten_2012.csv"
YOUNGEST_OF_2012 = 32
ARCHIVE_FIELDS = {
    "Cursistnr": "account_id",
    "BSN": "bsn",
    "Voorletters": "name",
    "Achternaam": "name",
    "Geb.datum": "birth_date",
    "Adres": "address",
    "PC": "postcode",
    "Woonplaats": "city",
    "Burgerlijke staat": "marital_status",
    "Cursus": "learning_activity",
    "Inschrijfdatum": "none",
    "Resultaat": "learning_result",
}


def write_users(workspace: Workspace, learners: Sequence[Person], staff: Sequence[Person]) -> None:
    """Write Moodle's bulk download of users."""
    rng = seeded(USERS)
    rows = [_user_row(rng, person) for person in (*staff, *learners)]
    workspace.write_delimited(USERS, USER_FIELDS, rows, Layout())


def _user_row(rng: Random, person: Person) -> list[object]:
    seen = datetime(2026, 10, 31, 18, tzinfo=UTC) - timedelta(seconds=int(rng.random() ** 3 * 3e7))
    landline = write_landline(rng, person.address.town.area_code, person.landline) if chance(rng, 0.4) else ""
    mobile = write_mobile(rng, person.mobile) if chance(rng, 0.7) else ""
    return [
        person.moodle_id, person.username, person.email, person.given, person.surname, person.student_number,
        person.organisation, person.department, landline, mobile, person.address.town.name, "NL",
        rng.choices(*LANGUAGES)[0], "manual", int(chance(rng, 0.03)), int(seen.timestamp()), person.ip,
        f"{person.born:%d-%m-%Y}", person.gender, person.education, pick_bcrypt(rng),
    ]  # fmt: skip


def write_oneroster(workspace: Workspace, learners: Sequence[Person]) -> None:
    """Write a OneRoster users file that holds readable passwords."""
    rng = seeded(ONEROSTER)
    pupils = [person for person in learners if person.age < PUPILS_BELOW_AGE]
    workspace.write_delimited(ONEROSTER, ONEROSTER_FIELDS, [_oneroster_row(rng, person) for person in pupils], Layout())


def _oneroster_row(rng: Random, person: Person) -> list[object]:
    modified = datetime(2026, 9, 1, 4, tzinfo=UTC) - timedelta(minutes=rng.randrange(90_000))
    parent = f"usr-{rng.randrange(7000, 7999)}" if person.age < AGE_OF_MAJORITY else ""
    password = f"{rng.choice(PASSWORD_WORDS)}{rng.randrange(10, 2027)}{rng.choice('!?#.')}"
    return [
        f"usr-{person.moodle_id}", "active", f"{modified:%Y-%m-%dT%H:%M:%S.000Z}", "true", "org-igl-01", "student",
        person.username, f"{{Moodle:{person.moodle_id}}}", person.given, person.surname, "", person.student_number,
        person.email, f"+316{person.mobile}", f"{person.address.town.area_code}{person.landline}", parent,
        f"{rng.randint(9, 12):02d}", password,
    ]  # fmt: skip


def write_archive(workspace: Workspace, learners: Sequence[Person]) -> None:
    """Write the forgotten list of learners of 2011 to 2014, with their BSN."""
    rng = seeded(ARCHIVE)
    old_enough = [person for person in learners if person.age > YOUNGEST_OF_2012]
    rows = [_archive_row(rng, number, person) for number, person in enumerate(rng.sample(old_enough, 340), start=11001)]
    workspace.write_delimited(ARCHIVE, ARCHIVE_FIELDS, rows, Layout(";", "cp1252"))


def _archive_row(rng: Random, number: int, person: Person) -> list[object]:
    enrolled = date(2011, 1, 10) + timedelta(days=rng.randrange(4 * 365 - 20))
    address = person.address
    return [
        number, person.bsn, f"{as_latin(person.given[0])}.", as_latin(person.surname), f"{person.born:%d-%m-%y}",
        f"{address.street} {address.house_number}", address.postcode.replace(" ", ""), address.town.name.upper(),
        rng.choices(["ongehuwd", "gehuwd", "gescheiden", "samenwonend"], weights=[4, 4, 1, 2])[0],
        rng.choice(COURSES).name, f"{enrolled:%d-%m-%Y}",
        rng.choices(["geslaagd", "gezakt", "niet afgerond"], weights=[7, 2, 1])[0],
    ]  # fmt: skip

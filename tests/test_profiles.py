"""profile_of: known exports are recognised, also in part, renamed and under a prefix; look-alikes are not."""

import random
import re
from collections.abc import Callable

import pytest

from igmap.vocabulary import CATEGORIES, profile_of
from igmap.vocabulary.files import load_lines
from igmap.vocabulary.profiles import spelt

ORDINARY = """id, name, naam, e-mail, email, email address, telefoon, phone, mobile, status, type, code, date,
    datum, created at, updated at, aangemaakt op, gewijzigd op, description, omschrijving,
    opmerkingen, notes, title, titel, category, categorie, amount, bedrag, currency, valuta, first
    name, last name, voornaam, achternaam, tussenvoegsel, street, straat, huisnummer, postcode, zip,
    city, plaats, country, land, company, bedrijf, department, afdeling, job title, functie, birth
    date, geboortedatum, gender, geslacht, user id, username, gebruikersnaam, password, role,
    language, taal, ip address, browser, start date, end date, begindatum, einddatum, duration,
    score, grade, cijfer, course, cursus, course name, progress, voortgang, completed, order number,
    order date, total, totaal, invoice number, factuurnummer, factuurdatum, payment method,
    betaalmethode, product, quantity, aantal, price, prijs, owner, assigned to, priority, subject,
    onderwerp, message, bericht, url, source, parent id, active, deleted, iban, rekeningnummer,
    klantnummer, customer id, timestamp, event, level, host, port, method, path, response time,
    size, version, key, value, klas, leerling, leerlingnummer, docent, mentor, vak, medewerker,
    personeelsnummer, datum in dienst, manager, salaris, uren, project, task, client, session id,
    last login, vorname, nachname, plz, ort, geburtsdatum, straße, prénom, nom, ville, adresse"""
LOOK_ALIKES = """id, first_name, last_name, email, phone, company, job_title, city, zip, country, created_at
    Voornaam, Achternaam, E-mail, Telefoon, Bedrijf, Functie, Status, Bron, Eigenaar, Aangemaakt op
    contact_id, first_name, last_name, email, account_id, owner_id, created_at
    Deal, Fase, Waarde, Contactpersoon, Organisatie, Eigenaar, Verwachte sluitdatum
    person_name, person_email, person_phone, organization
    Ticket, Aanvrager, Behandelaar, Onderwerp, Status, Prioriteit, Aangemaakt
    user_id, username, login_time, source_ip, status
    Date, Time, User, IP address, Event, Description
    employee_number, first_name, last_name, hire_date, job_title, department, manager, location
    Personeelsnummer, Voorletters, Achternaam, BSN, In dienst, Uit dienst, Afdeling
    Medewerker, Dienst, Begintijd, Eindtijd, Pauze
    Datum, Omschrijving, Bedrag, Saldo, Tegenrekening, Naam
    Order, Datum, Klant, E-mail, Totaal, Status, Betaalmethode
    transaction_id, order_id, customer_email, payment_method, amount, currency, status
    Klantnummer, Bedrijfsnaam, Voornaam, Achternaam, Adres, Postcode, Plaats, Land
    id, userid, courseid, grade, feedback, timecreated, timemodified
    Student, Course, Grade, Completed, Date
    Name, Email, Course, Progress, Score, Completed
    Timestamp, Email address, Score, What did you think of it?
    Name, Email, Join time, Leave time, Duration
    Leerlingnummer, Roepnaam, Achternaam, Klas, Geboortedatum
    studentnummer, achternaam, roepnaam, opleiding, startdatum
    uuid, external_id, user_name, student_id
    device, user, model, os, serial, last_seen
    name, type, description, active, sort_order
    Vorname, Nachname, Straße, Hausnummer, PLZ, Ort, Geburtsdatum, Geschlecht, Konfession, Familienstand
    commit, author, date, title""".splitlines()
SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "snake": lambda name: re.sub(r"\W+", "_", name).strip("_").lower(),
    "camel": lambda name: name.title().replace(" ", ""),
    "capitals": str.upper,
}


def kinds() -> dict[str, list[tuple[str, list[str]]]]:
    """Each kind of export with its lines as they stand in the data."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    name = ""
    for line in load_lines("igmap.vocabulary", "exports/*.txt"):
        if line.startswith(" "):
            category, _, fields = line.strip().partition(": ")
            found[name].append((category, fields.split(" | ")))
        elif not line.startswith("#"):
            name, _, source = line.partition(" # ")
            assert source, f"{name}: where are its fields documented?"
            assert name not in found, name
            found[name] = []
    return found


def name_of(fields: list[str]) -> str:
    profile = profile_of(fields)
    return profile.name if profile else ""


def test_every_profile_is_recognised_and_says_only_known_categories() -> None:
    for name, lines in kinds().items():
        assert {category for category, _ in lines} <= {*CATEGORIES, "when"}, name
        assert [name_of(fields) for category, fields in lines if category == "when"] == [
            name for category, _ in lines if category == "when"
        ]


def test_no_profile_says_two_things_of_one_field() -> None:
    for name, lines in kinds().items():
        fields = [spelt(field) for category, listed in lines if category != "when" for field in listed]
        assert not sorted(field for field in set(fields) if fields.count(field) > 1), name


def test_profiles_are_recognised_however_their_fields_are_spelt() -> None:
    profile = profile_of(["SOURCED_ID", "enabled user", "Given Name", "family_name", "grades", "extra"])
    assert profile is not None
    assert (profile.name, profile.category("GRADES"), profile.category("extra")) == ("oneroster_users", "none", None)


def test_a_name_as_it_stands_goes_before_a_pattern() -> None:
    profile = profile_of(["verb.id", "object.id"])
    assert profile is not None
    assert (profile.category("actor.mbox"), profile.category("actor.objectType")) == ("email", "none")


def test_short_attributes_of_a_directory_count_beside_others_of_it() -> None:
    profile = profile_of(["cn", "sn", "givenName", "mail", "l", "o"])
    assert profile is not None
    assert (profile.category("l"), profile.category("o")) == ("city", "employer")
    assert name_of(["uid", "cn", "sn", "model", "firmware", "rack"]) == ""


def test_a_table_that_asks_for_more_fields_wins() -> None:
    assert (
        name_of(["username", "emailVerified", "createdTimestamp", "firstName", "lastName", "email"]) == "keycloak_users"
    )


def test_an_ordinary_table_is_of_no_known_kind() -> None:
    assert name_of(["id", "naam", "email", "status"]) == ""
    assert name_of([]) == ""


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_tables_of_words_that_anybody_uses_are_of_no_known_kind(spelling: str) -> None:
    drawn, write = random.Random(20261127), SPELLINGS[spelling]
    words = [" ".join(word.split()) for word in ORDINARY.split(",")]

    tables = [[write(word) for word in drawn.sample(words, drawn.randint(2, 20))] for _ in range(1000)]
    tables += [[f"user_{field}" for field in table] for table in tables[:100]]
    assert [table for table in tables if name_of(table)] == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_look_alikes_are_of_no_known_kind(spelling: str) -> None:
    tables = [[SPELLINGS[spelling](field.strip()) for field in line.split(",")] for line in LOOK_ALIKES]
    assert [(name_of(table), table) for table in tables if name_of(table)] == []


def test_fields_that_several_products_share_make_no_kind_by_themselves() -> None:
    products: dict[str, set[str]] = {}
    for name, lines in kinds().items():
        for field in [field for _, fields in lines for field in fields]:
            products.setdefault(spelt(field), set()).add(name.partition("_")[0])
    shared = {field for field, names in products.items() if len(names) > 3}
    asking = {
        name
        for name, lines in kinds().items()
        for category, fields in lines
        if category == "when" and set(map(spelt, fields)) <= shared
    }
    assert len(asking) < 0.1 * len(kinds())
    for lines in kinds().values():
        common = [f for category, fields in lines if category != "when" for f in fields if spelt(f) in shared]
        assert name_of(common) in {"", *asking}


@pytest.mark.parametrize("prefix", ["contact.", "data.person.", "c_", "Contact: ", "u-"])
def test_a_prefix_before_all_fields_hides_no_kind(prefix: str) -> None:
    fields = ["FirstName", "LastName", "MailingCity", "MailingStreet", "LeadSource", "Phone"]
    profile = profile_of([prefix + field for field in fields])
    assert profile is not None
    assert profile.name == "salesforce_contacts"
    assert [profile.category(prefix + field) for field in fields] == [
        "name",
        "name",
        "city",
        "address",
        "none",
        "phone",
    ]


def test_joined_tables_are_known_each_by_its_prefix() -> None:
    fields = ["nr", "usr.id", "usr.auth", "usr.username", "usr.mnethostid", "usr.lastip", "log.eventname"]
    profile = profile_of([*fields, "log.objecttable", "log.relateduserid", "log.timecreated"])
    assert profile is not None
    assert {part.name for _, part in profile.parts} == {"moodle_tableuser", "moodle_tablelogstore"}
    assert (profile.category("usr.lastip"), profile.category("log.relateduserid")) == ("ip_address", "account_id")
    assert profile.category("nr") is None


def test_a_table_with_some_fields_renamed_is_still_known() -> None:
    fields = [
        "Vrn",
        "Anm",
        "MailingStreet",
        "MailingCity",
        "MailingPostalCode",
        "HasOptedOutOfFax",
        "Email",
        "Klantgroep__c",
    ]
    assert name_of(fields) == "salesforce_contacts"


def test_most_kinds_are_known_by_half_of_their_fields() -> None:
    drawn, right, of = random.Random(1), 0, 0
    for name, lines in kinds().items():
        own = [f for category, fields in lines if category != "when" for f in fields if not set(f) & set("*[?")]
        for _ in range(3):
            of += 1
            right += name_of(drawn.sample(own, -(-len(own) // 2))).partition("_")[0] == name.partition("_")[0]
    assert right / of > 0.75


def test_what_is_ordinary_in_an_export_is_no_personal_data() -> None:
    user = profile_of(["Username", "ProfileId", "UserRoleId", "EmailEncodingKey", "LastLoginDate", "SystemModstamp"])
    assert user is not None
    said = {field: user.category(field) for field in ("EmailEncodingKey", "LastLoginDate", "SystemModstamp", "Alias")}
    assert said == {
        "EmailEncodingKey": "none",
        "LastLoginDate": "learning_activity",
        "SystemModstamp": "none",
        "Alias": "username",
    }

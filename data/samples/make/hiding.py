"""Hides identifiers and sensitive remarks in free text, and keeps count of where."""

from collections.abc import Sequence
from random import Random

from make.chance import chance
from make.numbers import write_mobile
from make.people import Person
from make.workspace import Place, Workspace

HIDDEN_SHARE = 0.005
LEAST_PER_CATEGORY = 2
SENTENCES = {
    "bsn": (
        "BSN {bsn} staat op het aanmeldformulier.",
        "Deelnemer gaf zelf het burgerservicenummer door: {dotted_bsn}.",
        "Graag het bsn ({bsn}) nog controleren.",
        "Voor het certificaat: burgerservicenr. {spaced_bsn}",
        "sofinummer {bsn} doorgegeven aan de balie",
    ),
    "health": (
        "{given} is herstellende van een burn-out en doet rustig aan.",
        "{given} heeft dyslexie en krijgt daarom extra tijd.",
        "Is tot half november ziek thuis na een operatie aan de knie.",
        "Deelnemer heeft epilepsie, dus liever geen flikkerende beelden.",
        "{given} is zwanger en valt vanaf januari uit.",
        "Heeft een depressie en is onder behandeling bij de GGZ.",
        "Slechthorend, gebruikt een ringleiding.",
        "Diabetes type 1: moet tussendoor kunnen prikken.",
        "Vanwege chemotherapie pas na de zomer weer beschikbaar.",
    ),
    "phone": (
        "Bel liever even op {mobile}.",
        "Bereikbaar na 17 uur: {mobile}",
        "nieuw mobiel {mobile}",
        "Mijn nummer is {mobile}, app mag ook.",
    ),
    "email": (
        "Privémail: {email}.",
        "Stuur het maar naar {email}",
        "Adres is gewijzigd in {email}, graag aanpassen.",
    ),
    "bank_account": (
        "Terugstorten op {iban} graag.",
        "Rekeningnummer voor de vergoeding: {spaced_iban}.",
        "betaald vanaf {iban}",
    ),
    "religion": (
        "{given} is moslim en vraagt om een gebedsruimte.",
        "Kan op zaterdag niet vanwege de sabbat.",
        "Doet mee met de ramadan en plant het examen liever erna.",
        "Is Jehova's getuige en viert geen verjaardagen mee.",
    ),
}


class Remarks:
    """The free text of one field; every hidden find in it is written down."""

    def __init__(self, workspace: Workspace, place: Place, rng: Random, records: Sequence[int]) -> None:
        """Choose the records of the field that will hide something."""
        self._workspace = workspace
        self._place = place
        self._rng = rng
        self._hideouts = choose_hideouts(rng, records)

    def write(self, record: int, text: str, person: Person) -> str:
        """Give the record's text, with something of the person hidden in it if the record was chosen."""
        category = self._hideouts.get(record)
        if category is None:
            return text
        self._workspace.hide(self._place, record, category)
        sentence = hidden_sentence(self._rng, category, person)
        return f"{text} {sentence}" if chance(self._rng, 0.7) else f"{sentence} {text}"


def choose_hideouts(rng: Random, records: Sequence[int]) -> dict[int, str]:
    """Choose which records hide which category, half a per cent for each but two at least."""
    per_category = max(LEAST_PER_CATEGORY, round(len(records) * HIDDEN_SHARE))
    categories = [category for category in SENTENCES for _ in range(per_category)]
    return dict(zip(rng.sample(records, len(categories)), categories, strict=True))


def hidden_sentence(rng: Random, category: str, person: Person) -> str:
    """Write a sentence that gives something of the person away."""
    return rng.choice(SENTENCES[category]).format(
        given=person.given,
        bsn=person.bsn,
        dotted_bsn=f"{person.bsn[:4]}.{person.bsn[4:6]}.{person.bsn[6:]}",
        spaced_bsn=f"{person.bsn[:4]} {person.bsn[4:6]} {person.bsn[6:]}",
        mobile=write_mobile(rng, person.mobile),
        email=person.email,
        iban=person.iban,
        spaced_iban=" ".join(person.iban[start : start + 4] for start in range(0, 18, 4)),
    )

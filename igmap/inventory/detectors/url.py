"""URLs that carry something of a person in their query or path."""

import polars as pl

from igmap.inventory.detectors.detector import Detector

KEYS = (
    r"(?:e-?mail(?:address|adres)?|mail|user(?:[_-]?(?:id|name))?|gebruiker(?:snaam)?|student[_-]?(?:id|nummer"
    r"|nr)|learner[_-]?id"
    r"|naam|voornaam|achternaam|name|first_?name|last_?name|phone|tel|telefoon|mobiel|bsn|token|access_token"
    r"|login|uid|auth"
    r"|session(?:[_-]?id)?|sid|sesskey|jsessionid|phpsessid|klant(?:nummer|nr|id)?|customer_?id|contact_?id"
    r"|member_?id|lid(?:nr|nummer)"
    r"|relatie(?:nr|nummer)?|postcode|adres|geboortedatum|birthdate|dob|iban|pwd|password|wachtwoord)"
)
FOLDERS = (
    r"(?:users?|gebruikers?|profiles?|profiel(?:en)?|members?|leden|lid|cursist(?:en)?|student(?:en|s)?"
    r"|deelnemers?|learners?"
    r"|klanten?|customers?|people|medewerkers?|employees?|docent(?:en)?|contacts?|contactpersonen|accounts?|author|u)"
)
NO_PERSON = (
    rf"(?i)/{FOLDERS}/(?:new|nieuw|edit|list|lijst|index|login|logout|search|zoeken|me|all|profile|profiel"
    rf"|settings|instellingen"
    r"|overzicht|inschrijven|register|password|view|preferences|policy|info|faq|home|import|export|api|js|css"
    r"|img)(?:[/?#.]|$)"
)


def is_personal(candidates: pl.Series) -> pl.Series:
    """Whether a key of the query names a person, or a folder of persons holds one."""
    keyed = candidates.str.contains(rf"(?i)[?&;]{KEYS}=")
    return keyed | ~candidates.str.contains(NO_PERSON)


DETECTOR = Detector(
    id="url",
    category="url",
    rare=True,
    pattern=rf"(?i)(?:https?://|/)\S*[?&;]{KEYS}=[^&\s]+\S*|(?i)(?:https?://\S+|^)/{FOLDERS}/[\w.%@-]+[^\s\"<>]*"
    r"|(?i)\b(?:mailto|tel|sms|callto|skype|xmpp):[^\s\"<>]{6}\S*",
    valid=is_personal,
    weight=3.0,
    noise=0.0,
    needs="A/|A:",
)

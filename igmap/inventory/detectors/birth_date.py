"""Dates of birth in a text: a date right behind a word for being born. A date alone may be any day."""

from igmap.inventory.detectors.detector import Detector

MONTH = (
    r"(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|mrt|maart|mar(?:ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|aug"
    r"(?:ustus|ust)?"
    r"|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[ck](?:ember)?)"
)
DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|e)?[-/. ]{{1,2}}(?:\d{{1,2}}|{MONTH})\.?[-/. ,]{{1,2}}(?:\d{{4}}|\d{{2}})\b"
    rf"|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
    rf"|{MONTH} \d{{1,2}},? \d{{4}})"
)
BORN = (
    r"geboren|geboortedatum|geb\.? ?datum|geboortedag|gebdat|geb\.|geb\b|born|date of birth|birth ?date|birthday"
    r"|d\.o\.b\.?|dob\b"
    r"|née?|geburtsdatum"
)
PLACE = r"(?: (?:te|in|at) [^0-9\s,]{2,25}(?: [^0-9\s,]{2,20}){0,2})?,?"

DETECTOR = Detector(
    id="birth_date",
    category="birth_date",
    rare=True,
    pattern=rf"(?i)\b(?:{BORN}){PLACE}[ :=(]{{0,3}}(?:(?:op|on|is|was|d\.d\.):? {{0,2}})?{DATE}"
    rf"|\*\s?\d{{2}}-\d{{2}}-(?:19|20)\d{{2}}\b",
    weight=5.0,
    needs="9",
    digits=4,
)

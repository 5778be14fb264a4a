"""Ways in which somebody is left in the free text of a release, as data: every one of them has to be caught.

A redaction missed it: the text stands in the source and in the release alike. Everybody looked at every other text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from igmap.anonymisation import Plan, PlannedColumn
from igmap.sources import Exports, open_exports
from tests.release_cases import SIGNED, quasi

PERSONS = 60
SAID = (
    "ik kom morgen wat later naar de les want de bus rijdt niet",
    "kan iemand mij de opdracht van vorige week nog sturen",
    "de toets ging goed maar ik had te weinig tijd voor het laatste deel",
    "wanneer is de volgende bijeenkomst en moet ik iets voorbereiden",
    "bedankt voor de uitleg, nu snap ik hoe het werkt",
    "[NAAM] heeft mij geholpen met het verslag van de stage",
)
RARE = ("onze docent legt het rustig uit", "de les Duits is verplaatst naar maandag")
TARGET: Mapping[str, float] = {"missed": 0.005, "fragments": 1.0, "combinations": 0.0}


@dataclass(frozen=True, slots=True)
class TextFault:
    """A text that the redaction left as it was.

    Args:
        name: reads as a claim of what is left.
        nl: what is left, for people.
        en: the same in English.
        caught_by: the check or threshold that has to tell it.
        text: of one message.
        found: why the re-scan finds it.
        quick: whether every run of the tests tries it.
    """

    name: str
    nl: str
    en: str
    caught_by: str
    text: str
    found: str
    quick: bool = False


def messages(fault: TextFault | None = None) -> Exports:
    """Persons who wrote messages, one of them with what is left."""
    rows = [{"town": ["Goes", "Zeist"][n % 2], "message": f"{SAID[n % 6]}. {SAID[n * 7 % 5]}"} for n in range(PERSONS)]
    for n in range(4):
        rows[10 + n]["message"] = RARE[n % 2]
    if fault:
        rows[33]["message"] = fault.text
    return open_exports({"t": pd.DataFrame(rows, dtype="object")})


def messages_plan(target: Mapping[str, float] = TARGET) -> Plan:
    """How they are released."""
    message = PlannedColumn("message", "measure", "keep", category="message_content")
    told: Mapping[str, Any] = {"k": 3, "search": "global", "thresholds": {"free_text": target} if target else {}}
    return Plan("messages", "t", (quasi("town", {"categorical": True}), message), seed=7, signed=SIGNED, **told)


LEFT, MISSED = "free_text_left", "free_text_missed"
FAULTS = [
    TextFault(
        "a name in a list is left",
        "een naam uit de lijsten staat nog in een bericht",
        "a name of the lists is left in a message",
        LEFT,
        "ik sprak Fatima Jansen over de toets",
        "listed_name",
    ),
    TextFault(
        "a name in no list is left",
        "een naam die in geen lijst staat, staat nog in een bericht",
        "a name that is in no list is left in a message",
        MISSED,
        "ik sprak Qyentri Wolbraksma over de toets",
        "capital",
        quick=True,
    ),
    TextFault(
        "a misspelt name is left",
        "een naam met een tikfout staat nog in een bericht",
        "a misspelt name is left in a message",
        LEFT,
        "ik sprak Fatima Janzsen over de toets",
        "listed_name",
    ),
    TextFault(
        "a name with a zero-width character is left",
        "een naam met een onzichtbaar teken staat nog in een bericht",
        "a name with a zero-width character is left in a message",
        LEFT,
        "ik sprak Fat\u200bima Jan\u200bsen over de toets",
        "listed_name",
    ),
    TextFault(
        "a name with look-alike letters is left",
        "een naam met letters die op andere lijken staat nog in een bericht",
        "a name with look-alike letters is left in a message",
        LEFT,
        "ik sprak F\u0430tima J\u0430nsen over de toets",
        "listed_name",
    ),
    TextFault(
        "a name in small letters is left",
        "een naam in kleine letters staat nog in een bericht",
        "a name in small letters is left in a message",
        LEFT,
        "ik sprak fatima jansen over de toets",
        "listed_name",
    ),
    TextFault(
        "a name over a line break is left",
        "een naam over twee regels staat nog in een bericht",
        "a name over a line break is left in a message",
        LEFT,
        "met vriendelijke groet,\nFatima\nJansen",
        "listed_name",
    ),
    TextFault(
        "an address over a line break is left",
        "een adres over twee regels staat nog in een bericht",
        "an address over a line break is left in a message",
        LEFT,
        "stuur het maar naar Molenweg\n12 in Goes",
        "address",
    ),
    TextFault(
        "rare words that one person only has together are left",
        "zeldzame woorden die samen bij maar één persoon voorkomen",
        "rare words that one person only has together",
        "free_text_combinations",
        "onze docent Duits is verplaatst",
        "combination",
    ),
]

"""Address lines: a street by its ending with a house number and its addition, boxes, the English order."""

import numpy as np
import polars as pl

from igmap.inventory.detectors.detector import Detector
from igmap.inventory.people.names import FAMILY, roles_of
from igmap.vocabulary.patterns import tried

STREET = (
    r"(?:straat|str\.|stra(?:ß|ss)e|weg|laan|plein|gracht|kade|dijk|singel|hof|steeg|pad|dreef|park|markt|baan"
    r"|plantsoen"
    r"|wal|haven|erf|kamp|akker|veld|hage|burg|boulevard|allee|oord|horst|berg|zoom)"
)
WAY = r"(?:straat|weg|laan|plein|gracht|singel|steeg|dreef|plantsoen|kade|dijk)"
RING = r"\p{L}*(?:stads|noord|zuid|oost|west|dorps|rijks|rand|buiten|binnen|haven|wijk|singel|park)ring"
WORD = r"[\p{L}'.-]+"
NUMBER = r"\d{1,5}(?: ?[-/]? ?[a-z0-9]{1,4})?"
ENGLISH = (
    r"(?-i:\b\d{1,5}[A-Za-z]?,? (?:[A-Z][a-z'-]+ ){1,3}(?:Street|Road|Avenue|Lane|Drive|Crescent|Square|Terrace"
    r"|Gardens"
    r"|Close|Court|Boulevard|Rd|Ave)\b)|(?-i:\b(?:[Rr]ue|[Aa]venue|[Cc]haussée|[Cc]alle|[Vv]ia|[Bb]oulevard) "
    r"(?:de |du |des |la |le |l'){0,2}[A-Z][\p{L}'-]+,? \d{1,4}\b)"
)
# What every line holds, without the words before it, which take long to try.
BESIDE = (
    rf"(?i)(?:{STREET}|ring|(?:{WAY}|rue|avenue|chaussée|calle|via|boulevard) .+),? +[0-9]"
    r"|(?:postbus|antwoordnummer|box|postfach) [0-9]"
    r"|[0-9][a-z]?,? [a-z].+(?:street|road|avenue|lane|drive|crescent|square|terrace|gardens|close|court|boulevard"
    r"|rd|ave)"
)
# Words that end as a street does: courses, departments, parts of a book.
NO_STREET = (
    r"(?:\p{L}*(?:arbeids|super|woning|huizen|kapitaal|bouw|energie|zorg|vak|kennis|data|bio|af|start"
    r"|beurs)markt"
    r"|\p{L}*(?:leer|groei|loopbaan|ontwikkel|carrière|zorg|klant|tijd|beslis|keuze|opleidings|school)pad"
    r"|\p{L}*(?:loop|vrije|bij|glij|start|hoofd|deel)baan|\p{L}*(?:werk|vak|kennis|taak|invoer|tekst|zoek"
    r"|aandachts|beroepen|in|speel|data|keuze|leer)veld"
    r"|\p{L}*(?:leer|kennis|werk|digi|service|balie)plein|\p{L}*(?:wagen|machine|server|computer)park|\p{L}*woord"
    r"|\p{L}*(?:boot|trainings|zomer|winter|leer|school|vakantie|werk)kamp|\p{L}*(?:gerechts|ge)hof|b?akker|[mwr]akker"
    r"|\p{L}*(?:uit|onder|snel|aanwij|werk|stap|leer|zorg|over)weg|\p{L}*(?:test|prik|zorg|productie|was|straf)straat"
    r"|\p{L}*(?:ijs|verzamel)berg)"
)
BEFORE_NUMBER = r"(\p{L}+),? +[0-9]"
MAYBE_NO_STREET = rf"(?i){NO_STREET},? +[0-9]"


def is_street(candidates: pl.Series) -> pl.Series:
    """Whether it has a house number and ends as no course does, or ends in no family name such as Verlaan."""
    numbered = candidates.str.contains("[0-9]").to_numpy()
    lowered = candidates.filter(pl.Series(~numbered)).str.to_lowercase()
    ending = tried(lowered, "extract", r"(\p{L}{6,})$")
    valid = np.ones(len(candidates), bool)
    valid[~numbered] = roles_of(ending) & FAMILY == 0
    maybe = candidates.filter(pl.Series(numbered))
    doubted = tried(maybe, "contains", MAYBE_NO_STREET)
    words = tried(maybe.filter(doubted), "extract", BEFORE_NUMBER)
    valid[np.flatnonzero(numbered)[doubted.to_numpy()]] = ~tried(words, "contains", rf"(?i)^{NO_STREET}$").to_numpy()
    return pl.Series(valid)


DETECTOR = Detector(
    id="address",
    category="address",
    pattern=rf"(?i)\b(?:(?:{WORD} ){{0,3}}[\p{{L}}'.-]{{2,}}{STREET}|(?:{WORD} ){{1,3}}{WAY}|{RING}"
    rf"|{WAY} (?:(?:van|der|den|de|het|'t) )+{WORD}),? +{NUMBER}\b"
    rf"|^[\p{{L}}'. -]{{4,}}{WAY}$|\b(?:postbus|antwoordnummer|p\.? ?o\.? ?box|postfach) \d{{1,6}}\b|{ENGLISH}",
    valid=is_street,
    weight=4.0,
    noise=0.2,
    needs="A",
    beside=BESIDE,
)

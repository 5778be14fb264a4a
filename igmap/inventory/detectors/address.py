"""Dutch address lines: a street by its ending, with a house number and its addition."""

import polars as pl

from igmap.inventory.detectors.detector import Detector
from igmap.inventory.people.names import names

STREET = (
    r"(?:straat|weg|laan|plein|gracht|kade|dijk|singel|hof|steeg|pad|dreef|park|markt|ring|baan|plantsoen"
    r"|wal|haven|erf|kamp|akker|veld|hage|burg|boulevard|allee|oord|horst|berg|zoom)"
)
WAY = r"(?:straat|weg|laan|plein|gracht|singel|steeg|dreef|plantsoen|kade|dijk)"
WORD = r"[\p{L}'.-]+"
NUMBER = r"\d{1,5}(?: ?[-/]? ?[a-z0-9]{1,4})?"


def is_street(candidates: pl.Series) -> pl.Series:
    """Whether it has a house number, or ends in no family name such as Verlaan."""
    return candidates.str.contains(r"\d") | ~candidates.str.to_lowercase().str.extract(r"(\p{L}{6,})$").is_in(
        names("family").implode()
    ).fill_null(value=False)


DETECTOR = Detector(
    id="address",
    category="address",
    pattern=rf"(?i)\b(?:(?:{WORD} ){{0,3}}[\p{{L}}'.-]{{2,}}{STREET}|(?:{WORD} ){{1,3}}{WAY}"
    rf"|{WAY} (?:(?:van|der|den|de|het|'t) )+{WORD}),? +{NUMBER}\b"
    rf"|^[\p{{L}}'. -]{{4,}}{WAY}$|\bpostbus \d{{1,6}}\b",
    valid=is_street,
    weight=4.0,
    noise=0.2,
)

"""Dutch address lines: a street by its ending, with a house number and its addition."""

from igmap.inventory.detectors.detector import Detector

STREET = r"(?:straat|weg|laan|plein|gracht|kade|dijk|singel|hof|steeg|pad|dreef|park|markt|ring|baan|plantsoen|wal|haven|erf|kamp|akker|veld|hage|burg|boulevard|allee|oord|horst|berg|zoom)"

DETECTOR = Detector(
    id="address",
    category="address",
    pattern=rf"(?i)\b(?:(?:[\p{{L}}'.-]+ ){{0,3}})[\p{{L}}'.-]{{2,}}{STREET},? +\d{{1,5}}(?: ?[-/]? ?[a-z0-9]{{1,4}})?\b|^[\p{{L}}'. -]{{2,}}(?:straat|weg|laan|plein|gracht|singel|steeg|dreef|plantsoen)$|\bpostbus \d{{1,6}}\b",
    weight=4.0,
    noise=0.2,
)

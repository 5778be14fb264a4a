"""Dutch licence plates in the side codes 1 to 14 (RDW); without hyphens behind the word `kenteken` only."""

import polars as pl

from igmap.inventory.detectors.detector import Detector

FORMS = (
    "AA-99-99", "99-99-AA", "99-AA-99", "AA-99-AA", "AA-AA-99", "99-AA-AA", "99-AAA-9", "9-AAA-99", "AA-999-A",
    "A-999-AA", "AAA-99-A", "A-99-AAA", "9-AA-999", "999-AA-9",
)  # fmt: skip
OLDEST = "^(?:[A-Z]{2}[0-9]{4}|[0-9]{4}[A-Z]{2}|[0-9]{2}[A-Z]{2}[0-9]{2})$"
VINTAGE = "^(?:A[EHLMR]|DE)"  # of imported cars from before 1973
LETTERS = "^[BDFGHJKLMNPRSTVWXZ0-9]+$"  # no vowels, no C, no Q; M is a motor cycle, W a trailer
WORD = r"(?i:\b(?:kenteken|nummerplaat|licen[cs]e plate|registration plate)\S{0,8}?(?:\s(?:is|was|no\.?))?[:\s(]{1,3})"


def pattern_of(form: str, hyphen: str = "-") -> str:
    """The pattern of a side code, in capitals or in small letters."""
    parts = [f"{'A-Z' if part[0] == 'A' else '0-9'}".join(("[", f"]{{{len(part)}}}")) for part in form.split("-")]
    upper = hyphen.join(parts)
    return f"{upper}|{upper.replace('A-Z', 'a-z')}"


def is_plate(candidates: pl.Series) -> pl.Series:
    """Whether the letters are in use; product codes of this form mostly hold others."""
    plain = candidates.str.replace(f"^{WORD}", "").str.replace_all("[- ]", "").str.to_uppercase()
    vintage = plain.str.contains(OLDEST) & plain.str.contains(VINTAGE)
    return plain.str.contains(LETTERS) | vintage


HYPHENATED = "|".join(pattern_of(form) for form in FORMS)
JOINED = "|".join(pattern_of(form, "[ -]?") for form in FORMS)

DETECTOR = Detector(
    id="licence_plate",
    category="licence_plate",
    rare=True,
    pattern=rf"\b(?:{HYPHENATED})\b|{WORD}(?:{JOINED})\b",
    valid=is_plate,
    weight=4.5,
    chance=0.5,
    without=r"[A-Za-z0-9]-|(?i:artikel|product|order|type|model|code|sku|ref|serie)[^0-9,;]{0,8}",
    needs="9A",
    digits=2,
)

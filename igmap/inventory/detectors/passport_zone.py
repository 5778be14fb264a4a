"""Lines of the machine-readable zone of passports and identity cards (ICAO 9303), by their check digits."""

import numpy as np
import polars as pl

from igmap.inventory.detectors.checksums import characters
from igmap.inventory.detectors.detector import Detector

# Where a line of a passport (44), a visa (36) or a card (30) holds a field and, right behind it, its check digit.
BOOK = r"[A-Z0-9<]{9}[0-9][A-Z<]{3}[0-9]{6}[0-9][MFX<][0-9]{6}[0-9][A-Z0-9<]{8}(?:[A-Z0-9<]{8})?"
CARD = r"[0-9]{6}[0-9][MFX<][0-9]{6}[0-9][A-Z<]{3}[A-Z0-9<]{11}[0-9]"
HOLDER = r"[PIACV][A-Z<][A-Z<]{3}(?:[A-Z]+<)*[A-Z]*<<[A-Z<]{10,38}"
CHECKED = {BOOK: ((0, 9), (13, 19), (21, 27)), CARD: ((0, 6), (8, 14))}
HOLDER_LENGTHS = [30, 36, 44]


def is_zone(candidates: pl.Series) -> pl.Series:
    """Whether every field's check digit fits, or the line names a holder in full length."""
    sound = candidates.str.contains(f"^{HOLDER}$") & candidates.str.len_bytes().is_in(HOLDER_LENGTHS)
    for form, fields in CHECKED.items():
        of_form = candidates.str.contains(f"^{form}$").arg_true()
        fits = pl.repeat(value=True, n=len(of_form), eager=True)
        for start, end in fields:
            fits &= _checks(candidates.gather(of_form).str.slice(start, end - start + 1))
        sound = sound.scatter(of_form, sound.gather(of_form) | fits)
    return sound


def _checks(fields: pl.Series) -> pl.Series:
    """Whether the last digit is the sum of the others, weighted 7, 3, 1, modulo 10; a filler counts nothing."""
    if fields.is_empty():
        return pl.Series([], dtype=pl.Boolean)
    length = int(fields.str.len_bytes().min())  # type: ignore[arg-type] # there is one
    rows = characters(fields.str.replace_all("<", "0", literal=True), length)
    return pl.Series((rows[:, :-1] * np.resize([7, 3, 1], length - 1)).sum(1) % 10 == rows[:, -1])


DETECTOR = Detector(
    id="passport_zone",
    category="document_number",
    rare=True,
    pattern=f"{BOOK}|{CARD}|{HOLDER}",
    valid=is_zone,
    needs="A",
)

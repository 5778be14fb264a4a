"""Numbers by which other countries know their citizens and residents, by their check digits.

Their laws guard them as ours does the citizen service number (GDPR Art. 87). Source: the sums that the issuing bodies
publish, here as weights of digits: a number is sound where the weighted sum leaves the remainder.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from igmap.inventory.detectors.checksums import weighted
from igmap.inventory.detectors.detector import Detector, spelled

SEPARATORS = "[ .,/-]"
DAY, MONTH = "(?:0[1-9]|[12][0-9]|3[01])", "(?:0[1-9]|1[0-2])"
SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE"


@dataclass(frozen=True, slots=True)
class Number:
    """How the numbers of a country look without separators, and by what sums they are sound.

    Args:
        form: of the whole number.
        sums: weights of the digits, modulus and remainder; all must fit.
        spelled: what stands for a letter in the sums, by its pattern.
    """

    form: str
    sums: Sequence[tuple[Sequence[int], int, int]] = ()
    spelled: Sequence[tuple[str, str]] = ()

    def sound(self, plain: pl.Series) -> np.ndarray:
        """Which of the numbers are sound."""
        fits = plain.str.contains(f"^{self.form}$").to_numpy().copy()
        asked = plain.filter(pl.Series(fits))
        for letter, digits in self.spelled:
            asked = asked.str.replace_all(letter, digits)
        for weights, modulus, left in self.sums:
            passed = weighted(asked, list(weights), modulus, left)
            fits[fits], asked = passed.to_numpy(), asked.filter(passed)
        return fits


def _tens(length: int, modulus: int) -> list[int]:
    """The weights by which the digits of a number add up to it."""
    return [pow(10, place, modulus) for place in range(length - 1, -1, -1)]


ROMANIAN = rf"[1-8][0-9]{{2}}{MONTH}{DAY}"
BELGIAN = r"[0-9]{2}[0-5][0-9][0-3][0-9]{6}"
NUMBERS = (
    # Belgium: nine digits, with a 2 before them after 1999, and two more are a multiple of 97; some months go to 52.
    *(Number(BELGIAN, (([*_tens(9, 97), 10, 1], 97, before),)) for before in (0, -2 * 10**9 % 97)),
    # France: sex, year, month, place (on Corsica with a letter), number and key.
    Number(
        r"[1-478][0-9]{2}(?:0[1-9]|1[0-2]|[2-9][0-9])[0-9][0-9AB][0-9]{8}",
        (([*_tens(13, 97), 10, 1], 97, 0),),
        (("2A", "19"), ("2B", "18")),
    ),
    # Italy: letters of the name, year, month, day and place of birth; letters may stand for digits.
    Number(r"[A-Z]{6}[0-9L-NP-V]{2}[A-EHLMPRST][0-9L-NP-V]{2}[A-Z][0-9L-NP-V]{3}[A-Z]"),
    # Spain: a letter for the number modulo 23; of others X, Y or Z stand for its first digit.
    Number(
        rf"[0-9XYZ][0-9]{{7}}[{SPANISH}]",
        (([*_tens(8, 23), -10, -1], 23, 0),),
        (("^X", "0"), ("^Y", "1"), ("^Z", "2"), *((f"{letter}$", f"{at:02}") for at, letter in enumerate(SPANISH))),
    ),
    # Poland: twenty and more are added to the month outside the 20th century.
    Number(rf"[0-9]{{2}}(?:[02468][1-9]|[13579][0-2]){DAY}[0-9]{{5}}", (([1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1], 10, 0),)),
    Number(r"[1-9][0-9]{10}", (([*[7, -1] * 5, 0], 10, 0), ([*[1] * 10, -1], 10, 0))),  # Türkiye
    Number(
        rf"{DAY}{MONTH}[0-9]{{7}}",
        (([3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0], 11, 0), ([5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11, 0)),
    ),  # Norway
    Number(r"756[0-9]{10}", (([*[1, 3] * 6, 1], 10, 0),)),  # Switzerland
    # Romania: where ten is left, the check digit is 1.
    Number(f"{ROMANIAN}[0-9]{{6}}", (([2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9, -1], 11, 0),)),
    Number(f"{ROMANIAN}[0-9]{{5}}1", (([2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9, -1], 11, 9),)),
    # China: X stands for ten.
    Number(
        rf"[1-8][0-9]{{5}}(?:19|20)[0-9]{{2}}{MONTH}{DAY}[0-9]{{3}}[0-9X]",
        (([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 10, 1], 11, 1),),
        (("([0-9])$", "0$1"), ("X$", "10")),
    ),
)


def is_citizen(candidates: pl.Series) -> pl.Series:
    """Whether it is sound by the sums of one of the countries."""
    plain = candidates.str.replace_all(SEPARATORS, "").str.to_uppercase()
    return pl.Series(np.any([number.sound(plain) for number in NUMBERS], axis=0))


DETECTOR = Detector(
    id="citizen_abroad",
    category="bsn",
    rare=True,
    pattern=r"(?i)\b(?:[0-9]{2}[. ]?[0-9]{2}[. ]?[0-9]{2}[ -]?[0-9]{3}[ .-]?[0-9]{2}|[0-9]{6} [0-9]{5}"
    r"|[1-478] ?[0-9]{2} ?(?:0[1-9]|1[0-2]|[2-9][0-9]) ?[0-9][0-9AB] ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}"
    r"|[A-Z]{6} ?[0-9L-NP-V]{2}[A-EHLMPRST][0-9L-NP-V]{2} ?[A-Z][0-9L-NP-V]{3}[A-Z]"
    r"|[0-9XYZ]-?[0-9]{7}[ -]?[A-Z]|756[. ]?[0-9]{4}[. ]?[0-9]{4}[. ]?[0-9]{2}"
    rf"|{ROMANIAN}[0-9]{{6}}|[1-8][0-9]{{5}}(?:19|20)[0-9]{{2}}{MONTH}{DAY}[0-9]{{3}}[0-9X])\b",
    valid=is_citizen,
    chance=1 / 25,
    context=spelled(
        "rijksregister", "nationaal nummer", "insz", "niss", "registre national", "bis-nummer", "sécurité sociale",
        "securite sociale", "numéro de sécu", "nir ", "codice fiscale", "dni", "nie ", "nif", "pesel", "kimlik", "tckn",
        "fødselsnummer", "fodselsnummer", "ahv", "avs", "cnp", "citizen", "national id", "national number",
    ),
    weight=5.0,
    needs="9",
    digits=7,
)  # fmt: skip

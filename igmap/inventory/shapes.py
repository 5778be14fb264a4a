"""What values look like that no detector vouches for: signs by themselves, weighed with the rest."""

from dataclasses import dataclass

import numpy as np

from igmap.inventory.texts import Texts


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value looks like that is of no use to a detector: a sign by itself.

    Args:
        pattern: of the value as a whole (Rust regex syntax).
        needs: kinds of characters without which it cannot match, as `Texts` names them.
        lacks: kinds it cannot hold.
        digits: the least number of digits.
        longest: the most bytes.
    """

    pattern: str
    needs: str = ""
    lacks: str = ""
    digits: int = 0
    longest: int = 100

    def at(self, texts: Texts, among: np.ndarray | None = None) -> np.ndarray:
        """The positions of the texts that look like it."""
        held = texts.holding(self.needs, digits=self.digits, lacks=self.lacks, among=among)
        return texts.matching(self.pattern, held[texts.sizes[held] <= self.longest])


SHAPES = {
    "numbers": Shape(r"^\s*[-+]?[0-9]+(?:[.,][0-9]+)?%?\s*$", "9", "A@:/$="),
    "hexadecimal": Shape(r"^0[xX][0-9A-Fa-f]+$", "9A", "@.:/ "),
    "amount": Shape(r"^\s*(?:€|EUR)?\s*-?[0-9]{1,3}(?:[., ]?[0-9]{3})*[.,][0-9]{2}\s*(?:€|EUR)?\s*$", "9", "@:/"),
    "flag": Shape(r"^(?i:ja|nee|yes|no|true|false|waar|onwaar|j|n|y|wel|niet|0|1)$", longest=6),
    "house_number": Shape(r"^[1-9][0-9]{0,2}(?: ?[-/]? ?[A-Za-z0-9]{1,4})?$", "9", "@.:=", longest=10),
    "two_digits": Shape(r"^[1-9][0-9]?$", "9", "A@.:", longest=2),
    "fraction": Shape(r"^-?[0-9]{1,3}[.,][0-9]{4,}$", "9", "A@:/", digits=5, longest=24),
    "grade": Shape(r"^(?:10|[1-9])[.,][0-9]$", "9", "A@:/", digits=2, longest=4),
    "dialled": Shape(r"^[+(]?[0-9][0-9 ().,/-]{5,}[0-9]$", "9", "A@", digits=2),
    "streets": Shape(
        r"^\p{L}['’.]?[\p{L}'’. -]{2,40} [0-9]{1,4}(?: ?[-/]? ?(?:\p{L}{1,2}|bis|huis|[IVX]+|[0-9]{1,3}))?$",
        "9A ",
        "@:",
    ),
}
OTHER_SHAPES = {  # of values that no detector claims
    "numbered": Shape(r"^[A-Za-z]{0,4}[-_#.]?[0-9]{3,}[A-Za-z]?$", "9", "@ ", digits=3),
    "handle": Shape(r"^[a-z][a-z0-9._-]{2,29}$", "A", "@ é:/"),
    "letter": Shape(r"^\p{L}$", "A", "9. ", longest=3),
    "initials": Shape(r"^\p{Lu}\.(?: ?\p{L}h?\.)*$", "A.", "9@:"),
    "foreign": Shape(r"[\p{L}--\p{Latin}]", "é", longest=2**31),
    "at_handle": Shape(r"^@[A-Za-z0-9][A-Za-z0-9._-]{1,29}$", "@"),
    "mobile": Shape(r"^6[1-58][0-9]{7}$", "9", "A", digits=9, longest=9),
    "coordinates": Shape(r"^-?[0-9]{1,2}\.[0-9]{3,}\s*[,; ]\s*-?[0-9]{1,3}\.[0-9]{3,}$", "9.", "A", digits=8),
    "icd": Shape(r"^[A-Z][0-9]{2}(?:\.[0-9]{1,2})?$", "9A", " @", digits=2, longest=6),
}

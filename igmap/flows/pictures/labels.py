"""Untrusted names made fit for a picture: legible in the font, and wrapped by their measured width."""

import re
from functools import cache

from matplotlib.font_manager import FontProperties, findfont, get_font

FAMILY = "DejaVu Sans"
LINE_SPACING = 1.25
ASCENT = 0.77  # of a line's height
_POINTS_PER_INCH = 72
_ATOM = re.compile(r"[^\s_\-./›;,]+[\s_\-./›;,]*|[\s_\-./›;,]+")


def legible(name: str) -> str:
    r"""The name on one line; a character that does not print or that the font lacks becomes its code, `\u540d`."""
    return "".join(char if _drawn(char) else ascii(char)[1:-1] for char in " ".join(name.split())) or "—"


def wrapped(name: str, width: float, size: float) -> list[str]:
    """Lines of at most `width` inches, broken at separators where that is possible. Nothing is left out.

    Args:
        name: untrusted.
        width: inches.
        size: of the letters, points.
    """
    lines, line = [], ""
    atoms = _ATOM.findall(legible(name))
    for piece in (piece for atom in atoms for piece in _pieces(atom, width, size)):
        if line and measured(line + piece.rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def measured(content: str, size: float) -> float:
    """Width in inches."""
    return sum(map(_advance, content)) * size / _POINTS_PER_INCH


def line_height(size: float) -> float:
    """Height of a line in inches."""
    return size * LINE_SPACING / _POINTS_PER_INCH


def _pieces(atom: str, width: float, size: float) -> list[str]:
    """An atom that is wider than a line, cut into pieces that fit."""
    pieces = [""]
    for char in atom:
        if pieces[-1] and measured(pieces[-1] + char, size) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family=FAMILY))).get_charmap())


def _drawn(char: str) -> bool:
    return char.isprintable() and ord(char) in _glyphs()


@cache
def _advance(char: str) -> float:
    """Width of a character in ems."""
    font = get_font(findfont(FontProperties(family=FAMILY)))
    font.set_size(100, _POINTS_PER_INCH)
    advance: float = font.load_char(ord(char)).linearHoriAdvance
    return advance / 65536 / 100

"""Strings as XLS writes them: a record holds 8,224 bytes at most, and longer ones go on in records of their own.

Source: [MS-XLS] 2.4.58 (Continue), 2.5.293 (XLUnicodeRichExtendedString).
"""

import struct
from collections.abc import Iterable

from igmap.sources.sheets.sheet_rows import UnsoundSheetError


class ContinuedStrings:
    """Strings one behind the other, in a record and those in which it goes on.

    Args:
        parts: what each of those records holds.
    """

    def __init__(self, parts: Iterable[bytes]) -> None:
        """Start at the first."""
        self._parts = iter(parts)
        self._part, self._at = b"", 0

    def take(self, size: int) -> bytes:
        """So many bytes.

        Raises:
            UnsoundSheetError: there are fewer.
        """
        pieces = []
        while size:
            self._turn()
            pieces.append(self._piece(size))
            size -= len(pieces[-1])
        return b"".join(pieces)

    def _piece(self, most: int) -> bytes:
        piece = self._part[self._at : self._at + most]
        self._at += len(piece)
        return piece

    def _turn(self) -> bool:
        """Go on in the next part when this one is done."""
        turned = False
        while self._at == len(self._part):
            part = next(self._parts, None)
            if part is None:
                raise UnsoundSheetError
            self._part, self._at, turned = part, 0, True
        return turned

    def text(self) -> str:
        """The next string; its fonts and its pronunciation are passed over.

        Raises:
            UnsoundSheetError: it ends too early.
        """
        left, flags = struct.unpack("<HB", self.take(3))
        fonts = struct.unpack("<H", self.take(2))[0] if flags & 8 else 0
        spoken = struct.unpack("<I", self.take(4))[0] if flags & 4 else 0
        texts = []
        while left:
            if self._turn():  # a part that begins inside a string says anew how wide its characters are
                flags = self.take(1)[0]
            width = 1 + (flags & 1)
            piece = self._piece(min(left, (len(self._part) - self._at) // width) * width)
            if not piece:
                raise UnsoundSheetError
            left -= len(piece) // width
            texts.append(piece.decode("utf-16-le" if flags & 1 else "latin-1", "replace"))
        self.take(4 * fonts + spoken)
        return "".join(texts)

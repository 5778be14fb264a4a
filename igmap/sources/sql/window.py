"""The part of a file that is looked at: read on as far as a statement needs, and forgotten behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from igmap.errors import SourceError
from igmap.sources.text.encodings import Decoder

BLOCK_BYTES = 1 << 22
LONGEST_BYTES = 1 << 28


class Window:
    """A stretch of a file's text as UTF-8.

    Attributes:
        text: the stretch.
        start: where in the file it begins.
        ended: whether the file ends with it.
    """

    def __init__(self, file: BinaryIO, start: int = 0) -> None:
        """Nothing is read yet."""
        self.text = b""
        self.start = start
        self.ended = False
        self._file = file

    def more(self) -> bool:
        """Read on, twice as far each time; False at the end of the file.

        Raises:
            SourceError: what is looked at is longer than any record.
        """
        if self.ended:
            return False
        if len(self.text) > LONGEST_BYTES:
            raise SourceError("a record is longer than 256 MB or a quote is never closed; export it again")
        block = self._file.read(max(BLOCK_BYTES, len(self.text)))
        self.ended = not block
        self.text += block
        return bool(block)

    def drop(self, position: int) -> None:
        """Forget what stands before a position in `text`."""
        self.start += position
        self.text = self.text[position:]

    def ensure(self, size: int) -> None:
        """Read on until `text` has this many bytes, or the file ends."""
        while len(self.text) < size and self.more():
            pass


@contextmanager
def window_at(decoder: Decoder, start: int = 0) -> Iterator[Window]:
    """A window that begins at a place in the file's UTF-8; a file in another encoding is read from its beginning."""
    with decoder.utf8() as file:
        if hasattr(file, "seek"):
            file.seek(start)
        else:
            skipped = Window(file)
            while skipped.start < start and (skipped.text or skipped.more()):
                skipped.drop(min(start - skipped.start, len(skipped.text)))
            window = Window(file, start)
            window.text = skipped.text
            yield window
            return
        yield Window(file, start)

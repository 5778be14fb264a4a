"""Parts of a file as streams of their own."""

from typing import BinaryIO

from igmap.errors import SourceError


class Piece:
    """Some bytes in the middle of a file.

    Args:
        file: where they lie; nobody else reads it meanwhile.
        begin: the place of the first.
        size: how many.

    Attributes:
        left: how many are still to be read.
    """

    def __init__(self, file: BinaryIO, begin: int, size: int) -> None:
        """Go to the first byte."""
        self._file = file
        self.left = max(size, 0)
        file.seek(begin)

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises:
            EOFError: the file ends before the piece does.
        """
        size = min(size, self.left) if size >= 0 else self.left
        content = self._file.read(size)
        if len(content) < size:
            raise EOFError
        self.left -= size
        return content


class Limited:
    """A stream of which no more is read at a time, and no further skipped, than a limit: skipping unpacks as well.

    Args:
        stream: the whole.
        largest: bytes that are read at a time.
        furthest: place that is gone to.
    """

    def __init__(self, stream: BinaryIO, *, largest: int, furthest: int) -> None:
        """Stay where the stream is."""
        self._stream = stream
        self._largest = largest
        self._furthest = furthest
        self.tell = stream.tell

    def read(self, size: int) -> bytes:
        """The next bytes."""
        if not 0 <= size <= self._largest:
            raise SourceError("is no archive that igmap trusts; unpack it yourself into exports/")
        return self._stream.read(size)

    def seek(self, place: int) -> int:
        """Go to a place."""
        if not 0 <= place <= self._furthest:
            raise SourceError("unpacks to far more than its size; unpack it yourself into exports/")
        return self._stream.seek(place)

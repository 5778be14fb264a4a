"""The beginning of a stream, read to see how large it is, without losing it."""

from collections.abc import Iterator
from itertools import chain

import pyarrow as pa


class Head:
    """The first batches of a stream, up to a size; kept, so that the stream can be had from its beginning again.

    Args:
        reader: the stream.
        room: bytes that may be read.
    """

    def __init__(self, reader: pa.RecordBatchReader, room: int) -> None:
        """Nothing is read yet."""
        self._reader, self._room, self._held = reader, room, list[pa.RecordBatch]()

    @property
    def size(self) -> int:
        """Bytes that were read."""
        return sum(batch.nbytes for batch in self._held)

    @property
    def is_all(self) -> bool:
        """Whether the stream ended within the room there was."""
        return self.size <= self._room

    def stream(self) -> pa.RecordBatchReader:
        """The batches, as long as there is room."""
        return pa.RecordBatchReader.from_batches(self._reader.schema, self._until_full())

    def whole(self) -> pa.RecordBatchReader:
        """The stream from its beginning."""
        return pa.RecordBatchReader.from_batches(self._reader.schema, chain(self._held, self._reader))

    def _until_full(self) -> Iterator[pa.RecordBatch]:
        for batch in self._reader:
            self._held.append(batch)
            if not self.is_all:
                return
            yield batch

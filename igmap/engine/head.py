"""The beginning of a stream, read to see how large it is, without losing it."""

from itertools import chain

import pyarrow as pa


class Head:
    """The first batches of a stream, up to a size; kept, so that the stream can be had from its beginning again.

    Args:
        reader: the stream; what goes wrong in it comes as an error of Arrow's, whatever it was.
        room: bytes that may be read.
    """

    def __init__(self, reader: pa.RecordBatchReader, room: int) -> None:
        """Read until the stream ends or there is no room."""
        self._reader = pa.RecordBatchReader.from_stream(reader)
        self._held: list[pa.RecordBatch] = []
        self.size = 0
        while self.size <= room and (batch := next(self._reader, None)) is not None:
            self._held.append(batch)
            self.size += batch.nbytes
        self.is_all = self.size <= room

    def table(self) -> pa.Table:
        """The batches that were read."""
        return pa.Table.from_batches(self._held, self._reader.schema)

    def whole(self) -> pa.RecordBatchReader:
        """The stream from its beginning."""
        return pa.RecordBatchReader.from_batches(self._reader.schema, chain(self._held, self._reader))

"""Files inside files, copied to private staging while they are read: so deep, so large and so swollen, and no more."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from igmap.errors import SourceError
from igmap.sources.reading import Inner

DEEPEST = 5
ALWAYS_BYTES = 1 << 30  # a file may unpack to this much, whatever its own size
MOST_SWOLLEN = 100  # times its own size, beyond that
BLOCK_BYTES = 1 << 20


@dataclass(slots=True)
class Budget:
    """What one export may still unpack to, members of members included.

    Args:
        left: bytes.
    """

    left: int

    @classmethod
    def of(cls, path: Path) -> "Budget":
        """The budget of a file: by its size, since only a bomb swells a hundred times."""
        return cls(max(ALWAYS_BYTES, MOST_SWOLLEN * path.stat().st_size))


@contextmanager
def unpacked(inner: Inner, scratch: Path, budget: Budget) -> Iterator[Path]:
    """The inner file on disk, under a name of our own with its suffix; gone when the block ends.

    Raises:
        SourceError: it unpacks to more than the budget has left.
    """
    suffix = re.match(r"\.\w{1,8}$", PurePosixPath(inner.name).suffix, re.ASCII)
    path = scratch / f"inner-{len(list(scratch.iterdir()))}{suffix[0] if suffix else ''}"
    try:
        with inner.content() as content, path.open("xb") as file:
            for block in iter(lambda: content.read(BLOCK_BYTES), b""):
                budget.left -= len(block)
                if budget.left < 0:
                    raise SourceError("unpacks to far more than its size; unpack it yourself into exports/")
                file.write(block)
        yield path
    finally:
        path.unlink(missing_ok=True)


def inner_source(outer: str, name: str) -> str:
    """How a file inside a file is called: the way to it, without steps that lead out of it.

    Example:
        >>> inner_source("mail.zip", "../crm/learners.csv")
        'mail.zip/crm/learners.csv'
    """
    steps = [step for step in name.replace("\\", "/").split("/") if step not in {"", ".", ".."}]
    return "/".join([outer, *steps])

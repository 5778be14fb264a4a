"""Files inside files, copied to private staging while they are read: so deep, so large and so many, and no more."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from igmap.errors import SourceError
from igmap.sources.reading import Inner

DEEPEST = 5
ALWAYS_BYTES = 1 << 30  # a file may unpack to this much, whatever its own size
MOST_SWOLLEN = 100  # times its own size, beyond that
MOST_FILES = 20_000
MOST_REFUSED = 100  # files that say they are too large: so many stand in no honest archive
BLOCK_BYTES = 1 << 20
TOO_LARGE = "unpacks to far more than its size; unpack it yourself into exports/"
NAMELESS = "(no name)"
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(slots=True)
class Budget:
    """What one export may still unpack to, members of members included.

    Args:
        left: bytes.
        files: how many more may be opened.
        refusals: how many more may say they are too large.
    """

    left: int
    files: int = MOST_FILES
    refusals: int = MOST_REFUSED

    @classmethod
    def of(cls, path: Path) -> "Budget":
        """The budget of a file: by its size, since only a bomb swells a hundred times."""
        return cls(max(ALWAYS_BYTES, MOST_SWOLLEN * path.stat().st_size))

    @property
    def is_spent(self) -> bool:
        """Whether nothing more is opened."""
        return self.left < 0 or self.files <= 0 or self.refusals <= 0

    def allow(self, said: int | None) -> None:
        """Let one more file in, if what it says of its size is within what is left.

        Raises:
            SourceError: it says it is larger.
        """
        self.files -= 1
        if said is not None and said > self.left:
            self.refusals -= 1
            raise SourceError(TOO_LARGE)

    def take(self, size: int) -> None:
        """Account for bytes that came out of a file.

        Raises:
            SourceError: they are more than was left.
        """
        self.left -= size
        if self.left < 0:
            raise SourceError(TOO_LARGE)


@contextmanager
def unpacked(inner: Inner, scratch: Path, budget: Budget) -> Iterator[Path]:
    """The inner file on disk, under a name of our own with its suffix; gone when the block ends.

    Raises:
        SourceError: it unpacks to more than the budget has left.
    """
    budget.allow(inner.size)
    suffix = re.match(r"\.\w{1,8}$", PurePosixPath(inner.name).suffix, re.ASCII)
    path = scratch / f"inner-{len(list(scratch.iterdir()))}{suffix[0] if suffix else ''}"
    try:
        with inner.content() as content, path.open("xb") as file:
            for block in iter(lambda: content.read(BLOCK_BYTES), b""):
                budget.take(len(block))
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
    steps = [
        step for step in CONTROL.sub("?", name).replace("\\", "/").split("/") if step.strip() not in {"", ".", ".."}
    ]
    return "/".join([outer, *(steps or [NAMELESS])])


def told_apart(source: str, taken: set[str]) -> str:
    """The source under a name that no other in the same file has: the second `a.csv` is `a (2).csv`.

    Args:
        source: how it is called.
        taken: the names that others have; this one is added.
    """
    stem, dot, suffix = source.rpartition(".") if "." in source.rpartition("/")[2] else (source, "", "")
    numbered = (f"{stem} ({number}){dot}{suffix}" for number in count(2))
    told = source if source not in taken else next(other for other in numbered if other not in taken)
    taken.add(told)
    return told

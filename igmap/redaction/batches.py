"""What every kind of file is to a redactor: batches of passages, each written when what is replaced in it is known."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from igmap.errors import RedactionError
from igmap.redaction.reading import Head, Passage
from igmap.redaction.swaps import Swap

Found: TypeAlias = Mapping[Passage, Sequence[Swap]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of a file.

    Args:
        passages: its texts.
        size: messages, records or texts in it.
        others: what else it says; nothing is made up that occurs in it.
        heads: of the messages that the passages are of.
        written: gives its bytes when it is told what is replaced; counts what is left out.
    """

    passages: Sequence[Passage]
    size: int
    written: Callable[[Found], bytes]
    others: Sequence[str] = ()
    heads: Sequence[Head] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A file, or a table of one, as a redactor goes through it; it may be gone through several times.

    Args:
        kind: mail, text or table.
        suffix: of what is written.
        batches: in order.
        size: messages, records or texts in all, for the progress bar; 0 where it is not known.
        left_out: what is not written, by kind, counted while batches are.
        fields: of a table, under names that may be shown, and what all cells of each are; "" for texts.
        threads: the field of a table that tells threads apart, `*` where all of it is one, "" where each record is.
        pairs: every passage that was written, with what was replaced in it.
    """

    kind: str
    suffix: str
    batches: Callable[[], Iterator[Batch]]
    size: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    fields: Mapping[str, str] = field(default_factory=dict)
    threads: str = ""
    pairs: list[tuple[Passage, tuple[Swap, ...]]] = field(default_factory=list)

    def saw(self, passage: Passage, found: Found) -> Sequence[Swap]:
        """What is replaced in a passage, which is remembered to be shown and checked.

        Raises:
            RedactionError: nobody looked through it; its text is in no message and no traceback.
        """
        swaps = found.get(passage)
        if swaps is None:
            raise RedactionError("a text reads otherwise the second time, and nothing was written; report it to igmap")
        self.pairs.append((passage, tuple(swaps)))
        return swaps

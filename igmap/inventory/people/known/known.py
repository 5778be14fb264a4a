"""Known persons: who they are, and where texts name them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl

from igmap.inventory.people.known.forms import Forms, forms_of
from igmap.inventory.people.known.judging import accepted, longest, with_context
from igmap.inventory.people.known.letters import Hashes, blocks
from igmap.inventory.people.known.misspelt import Vocabulary
from igmap.inventory.people.known.parsing import parts_of
from igmap.inventory.people.known.reading import Reader
from igmap.inventory.people.known.walking import runs

PLACES = pl.Schema({"row": pl.UInt32(), "start": pl.UInt32(), "end": pl.UInt32(), "who": pl.Int64()})


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Known:
    """Persons to look for.

    Args:
        names: as they came, one per person.
        forms: in which they may be named.
        vocabulary: the words of their names.
        within: whether each is looked for in the texts of one thread only.
    """

    names: pl.Series
    forms: Forms
    vocabulary: Vocabulary
    within: bool = False

    @classmethod
    def of(cls, names: Iterable[str | None], within: pl.Series | None = None) -> Self:
        """Persons by their names as they come: in any order, with initials, titles, an address, or an address only.

        Args:
            names: one per person; a blank is nobody.
            within: per person the thread in whose texts alone he is looked for.

        Example:
            >>> known = Known.of(["El Amrani, Fatima", "Jan de Vries <j.devries@example.nl>"])
            >>> text = "Fatima, vraag het aan J. de Vries of mw. Amrani."
            >>> [(text[a:b], who) for _, a, b, who in known.places(pl.Series([text])).iter_rows()]
            [('Fatima', 0), ('J. de Vries', 1), ('Amrani', 0)]
        """
        listed = names.cast(pl.String) if isinstance(names, pl.Series) else pl.Series(list(names), dtype=pl.String)
        parts, scopes = parts_of(listed), _numbers(within, len(listed))
        vocabulary = Vocabulary.of(parts, scopes)
        return cls(listed, forms_of(parts, scopes, len(listed)), vocabulary, within is not None)

    @property
    def persons(self) -> int:
        """How many there are."""
        return len(self.names)

    def __repr__(self) -> str:
        """Counts only: names are nobody's business."""
        return f"Known({self.persons} persons)"

    def places(self, values: pl.Series, within: pl.Series | None = None) -> pl.DataFrame:
        """Where texts name a known person.

        Found are the full name in every order, initials with a family name, a family or given name alone, halves of a
        double family name, forms joined as in user names, with and without accents, capitals and particles, and with
        one letter wrong. A name that is a word too counts where a title, a greeting, an `@` or a capital shows that it
        is meant.

        Args:
            values: texts; nulls name nobody.
            within: the thread of each text, where persons were given theirs.

        Raises:
            ValueError: threads of the texts and none of the persons, or the other way round.

        Returns:
            `row`, `start`, `end` (characters of the text as given, not overlapping, in order) and `who`: the person's
            place in the list; the number of a group, counted from `persons`, where several share the name; null where
            the name is a known one and whoever bears it here is not: `Bilal El Amrani` for Fatima's.
        """
        return self.looked_for(values, within).select("row", "start", "end", "who").cast(PLACES)

    def looked_for(self, values: pl.Series, within: pl.Series | None = None) -> pl.DataFrame:
        """The same with what each name is made of (`kind`) and what stands around it."""
        if self.within != (within is not None):
            raise ValueError("threads are told of the known persons and of the texts, or of neither")
        reader, scopes = Reader(self.forms, self.vocabulary), _numbers(within, len(values))
        found = []
        for offset, words in blocks(values.fill_null("")):
            read = reader.read(words, scopes[words.texts + offset])
            seen = with_context(runs(read, self.forms), read, self.forms)
            found.append(seen.with_columns(pl.col("row") + offset))
        if not found:
            return self.looked_for(pl.Series([""]), pl.Series([""]) if self.within else None)
        return longest(accepted(reader.judged(pl.concat(found))))


def _numbers(within: pl.Series | None, size: int) -> Hashes:
    """A number per thread; 0 where all is one."""
    if within is None:
        return np.zeros(size, np.uint64)
    return within.cast(pl.String).fill_null("").hash(0).to_numpy().astype(np.uint64)

"""Which runs of words name somebody who is known: what stands around them decides where a name is a word too."""

from functools import cache

import numpy as np
import polars as pl

from igmap.inventory.people.known.forms import FAMILY, GIVEN, INITIALS, INITIALS_BEHIND, TURNED, Forms
from igmap.inventory.people.known.letters import (
    APART,
    NEAR,
    Flags,
    Integers,
    Words,
    words_of_texts,
)
from igmap.inventory.people.known.ordinary import NAME, WORD
from igmap.inventory.people.known.tables import Table
from igmap.inventory.people.known.walking import Read
from igmap.inventory.people.names import names, particles, words_of
from igmap.vocabulary import load_yaml

PACKAGE = "igmap.inventory.people.known"
CLOSING, HANDLE = ".!?:;\n\r>•*|\0", "@"
PASSED_OVER = " \t\u00a0\"'“”‘’„(["
LOOKED_BACK, MOST_INITIALS, FEWEST_JOINED = 4, 4, 7


@cache
def _table(kind: str) -> Table:
    """The numbers of words of a kind."""
    own = load_yaml(PACKAGE, "words.yaml")
    listed = {
        "introducing": lambda: pl.Series(sorted(words_of("titles") | words_of("greetings"))),
        "greeting": lambda: pl.Series(sorted(words_of("greetings") - set(own["closings"]))),
        "closing": lambda: pl.Series(own["closings"]),
        "particle": lambda: pl.Series(sorted(particles() - set(own["prepositions"]))),
        "given": lambda: names("given").filter(names("given").str.len_chars() > 1),
    }[kind]()
    one_word = words_of_texts(listed)
    return Table.of(np.unique(one_word.hashes[~_doubled(one_word.texts)]))


def _doubled(texts: Integers) -> Flags:
    """Which words share their text with another."""
    same = texts[1:] == texts[:-1]
    flags: Flags = np.append(same, False) | np.append(False, same)
    return flags


def with_context(found: pl.DataFrame, read: Read, forms: Forms) -> pl.DataFrame:
    """What stands around each run, beside where it is: `row`, `start` and `end` within its text."""
    words = read.words
    first, last, form = (found[name].to_numpy() for name in ("first", "last", "form"))
    text = np.searchsorted(words.begins, words.starts[first], "right") - 1
    return found.with_columns(
        row=text,
        start=words.starts[first] - words.begins[text],
        end=words.ends[last] - words.begins[text] + _is_initial(words, last),
        who=forms.who[form],
        kind=forms.kind[form],
        ordinary=forms.ordinary[form],
        joined=_joined(read, forms, first, last, form),
        capital=words.upper[last],
        wrong=_wrong(read, first, last),
        introduced=_introduced(words, first),
        greets=_said_before(words, first, "greeting"),
        signs=_said_before(words, first, "closing") | _on_its_line(words, first, last),
        opens=_opens(words, first),
        led_by_name=_led_by_name(words, first),
        followed=_followed(words, last),
        particle_behind=_particle_behind(words, last),
        initial_behind=(words.sizes[last] <= MOST_INITIALS) & ((words.sizes[last] > 1) | words.upper[last]),
    )


def _wrong(read: Read, first: Integers, last: Integers) -> pl.Series:
    """The number of the first misspelt word of each run, if there is one."""
    wrong = np.append(np.flatnonzero(read.meant >= 0), len(read.meant))
    place = wrong[np.searchsorted(wrong, first)]
    keys = np.append(read.words.hashes ^ read.scopes, np.uint64(0))[place]
    return pl.Series(keys).zip_with(pl.Series(place <= last), pl.Series([None], dtype=pl.UInt64))


def _joined(read: Read, forms: Forms, first: Integers, last: Integers, form: Integers) -> Flags:
    """Whether a form that is written as one is a word too, or initials with a short name: those make any word."""
    short = (forms.kind[form] >= INITIALS) & (read.sizes[last] < FEWEST_JOINED)
    flags: Flags = (
        (forms.joined[form] | short) & (first == last) & (forms.breaks[form] > 0) & (forms.kind[form] < FAMILY)
    )
    return flags


def _before(words: Words, first: Integers) -> tuple[Integers, Flags]:
    """The word before each, and whether there is one that is near."""
    before = np.maximum(first - 1, 0)
    return before, (first > 0) & (words.gaps[before] != APART)


def _introduced(words: Words, first: Integers) -> Flags:
    """Whether a title or a greeting stands before it, or an `@`."""
    before, near = _before(words, first)
    handle = words.codes[np.maximum(words.starts[first] - 1, 0)] == ord(HANDLE)
    flags: Flags = (near & (_table("introducing").find(words.hashes[before]) >= 0)) | (
        handle & (words.starts[first] > 0)
    )
    return flags


def _said_before(words: Words, first: Integers, kind: str) -> Flags:
    """Whether a word of that kind stands before it."""
    before, near = _before(words, first)
    flags: Flags = near & (_table(kind).find(words.hashes[before]) >= 0)
    return flags


def _on_its_line(words: Words, first: Integers, last: Integers) -> Flags:
    """Whether nothing else is on its line, as in a signature."""
    ends, line = words.codes[words.ends[last]], [ord(one) for one in "\n\r\0"]
    begins = words.codes[np.maximum(words.starts[first] - 1, 0)]
    flags: Flags = np.isin(ends, line) & np.isin(begins, line) & (words.starts[first] > 0)
    return flags


def _opens(words: Words, first: Integers) -> Flags:
    """Whether a sentence or a line begins with it: its capital says nothing."""
    at = words.starts[first] - 1
    passed = np.isin(words.codes[np.maximum(at, 0)], [ord(one) for one in PASSED_OVER]) & (at >= 0)
    for _ in range(LOOKED_BACK):
        at = np.where(passed, at - 1, at)
        passed &= np.isin(words.codes[np.maximum(at, 0)], [ord(one) for one in PASSED_OVER]) & (at >= 0)
    flags: Flags = (at < 0) | np.isin(words.codes[np.maximum(at, 0)], [ord(one) for one in CLOSING])
    return flags


def _led_by_name(words: Words, first: Integers) -> Flags:
    """Whether the word before it is an initial or a given name: then it is the family name of whoever that is."""
    before, _ = _before(words, first)
    near = (first > 0) & (words.gaps[before] == NEAR) & words.upper[before]
    introducing = _table("introducing").find(words.hashes[before]) >= 0
    given = _table("given").find(words.hashes[before]) >= 0
    flags: Flags = near & ~introducing & (given | (words.sizes[before] == 1) | ~_opens(words, before))
    return flags


def _followed(words: Words, last: Integers) -> Flags:
    """Whether a word with a capital, or particles before one, is behind it: it is the given name of whoever that is."""
    after = np.minimum(last + 1, len(words.starts) - 1)
    further = np.minimum(after + 1, len(words.starts) - 1)
    particle = _table("particle").find(words.hashes[after]) >= 0
    named = (words.gaps[after] == NEAR) & (words.upper[further] | (_table("particle").find(words.hashes[further]) >= 0))
    flags: Flags = (words.gaps[last] == NEAR) & np.where(particle, named, words.upper[after])
    return flags


def _particle_behind(words: Words, last: Integers) -> Flags:
    after = np.minimum(last + 1, len(words.starts) - 1)
    flags: Flags = (words.gaps[last] == NEAR) & (_table("particle").find(words.hashes[after]) >= 0)
    return flags


def _is_initial(words: Words, last: Integers) -> Flags:
    """Whether a letter with its point ends a run; the point is part of it."""
    flags: Flags = (words.sizes[last] == 1) & (words.codes[words.ends[last]] == ord("."))
    return flags


def accepted(found: pl.DataFrame) -> pl.DataFrame:
    """The runs that name somebody; `who` is null where it is a known name and somebody else's.

    One name alone that is a word too needs a title, a greeting, an `@` or a capital; a capital that begins a sentence
    says nothing where these texts write the word small more often than they write it with a capital inside a sentence.
    """
    kind, several, shown = pl.col("kind"), pl.col("first") < pl.col("last"), pl.col("introduced")
    family, given = kind == FAMILY, kind == GIVEN
    belongs = (family & pl.col("led_by_name") & ~shown) | (given & pl.col("followed"))
    command = given & pl.col("particle_behind") & ~pl.col("followed")  # Mark de juiste datum
    inside = pl.col("capital") & (~pl.col("opens") | several)
    small = (~pl.col("capital") & ~shown).sum().over("form") > inside.sum().over("form")
    capital = inside | (pl.col("capital") & ~command & ~small)
    meant = (pl.col("ordinary") == NAME) | shown | (capital & ((pl.col("ordinary") == WORD) | several))
    turned = ~pl.col("led_by_name") & ((kind == TURNED) | pl.col("initial_behind") | shown)
    whole = ~pl.col("joined") | shown
    fuller = pl.when(kind.is_in([TURNED, INITIALS_BEHIND])).then(turned & whole).otherwise(whole)
    keeps = pl.when(family | given).then(meant).otherwise(fuller)
    return found.filter(keeps).with_columns(who=pl.when(belongs).then(None).otherwise("who"))


def longest(found: pl.DataFrame) -> pl.DataFrame:
    """Of runs that overlap the leftmost, of those the longest."""
    ordered = found.sort("row", "start", pl.col("end"), descending=[False, False, True], maintain_order=True)
    return ordered.filter(pl.Series(_kept(ordered), dtype=pl.Boolean))


def _kept(ordered: pl.DataFrame) -> Flags:
    row, start, end = (ordered[name].to_numpy().astype(np.int64) for name in ("row", "start", "end"))
    kept, open_ones = np.zeros(len(row), bool), np.arange(len(row))
    base = row * (int(end.max(initial=0)) + 1)
    start, end = start + base, end + base
    while len(open_ones):
        reach = np.append(-1, np.maximum.accumulate(end[open_ones]))[:-1]
        free = start[open_ones] >= reach
        kept[open_ones[free]] = True
        after = np.maximum.accumulate(np.where(free, end[open_ones], -1))
        open_ones = open_ones[~free & (start[open_ones] >= after)]
    flags: Flags = kept
    return flags

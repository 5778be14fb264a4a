"""Which values are a person's name as a whole: by the lists, by how they are spelled, by how they are built.

Words repeat, so each spelling is looked at once; a value then adds up what its words are, four bits to each count.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from igmap.inventory.people.names import FAMILY, GIVEN, SURE, particles, roles_of, words_of
from igmap.inventory.people.spelling import likeness
from igmap.inventory.people.variants import are_variants
from igmap.vocabulary.patterns import tried

NAME_WORD = r"\p{L}(?:[\p{L}\p{M}'’-]|\.\p{L})*\.?"
PLAIN = rf"^\s*{NAME_WORD}(?:,? +{NAME_WORD}){{0,5}}\s*$"
INITIALS = r"^\p{L}$|^(?:\p{L}\.){1,4}\p{L}?$"
LATIN = r"^[\p{Latin}'.-]+$"
LOOSE_DOT, APOSTROPHE = "\u0307", "[\u2018\u2019\u02bc]"
ALIKE = -0.25  # log-odds above which a word is spelled like a name
NEAR = -2.0  # above which another spelling of a listed name is
BITS = 4  # of one count: a plain value has six words at most
LEADING = ("van", "von", "ter", "ten", "vd", "v.d", "vande", "vander")  # particles that begin little but family names
SURELY = 2  # bits from a role to the same of no ordinary word
SIGNS = ("hit", "part", "several", "sure", "full", "alike", "backed", "formed", "plain")

Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Words(NamedTuple):
    """The words of plain values in one row: where each value starts and ends, which spelling stands at every place."""

    starts: Codes
    ends: Codes
    codes: Codes
    distinct: pl.Series


def name_hits(values: pl.Series) -> pl.DataFrame:
    """Which values are a person's name as a whole.

    A value counts when it has one to six words, all letters: one word that is a name, or several of which two are
    names, titles, particles or initials and one at least is a name; those two are no small part of it.

    Args:
        values: distinct texts.

    Returns:
        One row per value: `hit`; `part` when it is only titles, particles or initials; `several` when it has more words
        than one; `sure` when one of its names is no ordinary word; `full` when the first word is a given name and the
        last a family name; `alike` when all its words are names of the lists, particles or spelled like a name, one
        at least no ordinary word, and written with capitals as names are; `formed` when it is built as only persons
        are called: title or initials before it, a comma or a particle between, `van` or `ter` first; `plain` when it
        has one to six words.
    """
    plain = tried(values, "contains", PLAIN).fill_null(value=False)
    words = _split(values.filter(plain))
    kinds = _kinds(words.distinct)
    signs = _signs(_counted(words, kinds), *_ends(words, kinds))
    where = plain.arg_true().to_numpy()
    return pl.DataFrame({sign: _spread(signs[sign], where, len(values)) for sign in SIGNS})


def _spread(hits: Flags, where: Codes, size: int) -> Flags:
    spread = np.zeros(size, np.bool_)
    spread[where] = hits
    return spread


def _split(plain: pl.Series) -> Words:
    parts = plain.str.strip_chars().str.split(" ")
    ends = parts.list.len().cast(pl.Int64).cum_sum().to_numpy()
    encoded = parts.explode(empty_as_null=False).to_arrow(compat_level=pl.CompatLevel.oldest()).dictionary_encode()
    codes = pl.Series(encoded.indices).to_numpy().astype(np.int64)  # pyarrow's own way imports pandas
    return Words(np.append(0, ends)[:-1], ends, codes, pl.Series(encoded.dictionary))


def _kinds(distinct: pl.Series) -> dict[str, Flags]:
    """What each spelling is; those counted come first."""
    word = _straight(distinct.str.strip_chars(" \t\n\r,").str.to_lowercase())
    bare = word.str.strip_chars_end(".")
    roles = _with_hyphens(bare, roles_of(bare))
    given, family, sure = (roles & role > 0 for role in (GIVEN, FAMILY, SURE))
    groups = (words_of("titles"), particles(), words_of("brands"))
    title, between, brand = (bare.is_in(list(group)).to_numpy() for group in groups)
    initials = tried(word, "contains", INITIALS).to_numpy()
    size = (word != "").to_numpy()
    real, ruled = given | family, title | between | initials
    spelled = _spelled(bare, size & ~real & ~ruled & ~brand)
    return {
        "size": size,
        "named": real | ruled,
        "real": real,
        "sure": sure,
        "alike": (sure & ~ruled) | spelled,
        "odd": size & ~real & ~ruled & ~spelled,
        "ruled": ruled,
        "small": tried(distinct, "contains", r"^\p{Ll}").to_numpy() & ~ruled,
        "leading": title | (initials & (word.str.len_chars() > 1).to_numpy()),
        "between": between,
        "comma": distinct.str.ends_with(",").to_numpy(),
        "given": given,
        "family": family,
    }


def _with_hyphens(bare: pl.Series, roles: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """The roles of words, also of two names with a hyphen between, particles left out: `visser-bakker`, `jansen-de`."""
    joined = np.flatnonzero(bare.str.contains("-", literal=True).to_numpy() & (roles == 0))
    if not len(joined):
        return roles
    split = bare.gather(joined).str.split("-")
    at, parts = np.repeat(joined, split.list.len().to_numpy()), split.explode(empty_as_null=False)
    kept = ((parts != "") & ~parts.is_in(list(particles()))).to_numpy()
    starts = np.flatnonzero(np.diff(at[kept], prepend=-1))
    of_each = roles_of(parts.filter(pl.Series(kept)))
    shared = np.bitwise_and.reduceat(of_each, starts) & (GIVEN | FAMILY)
    roles[at[kept][starts]] = shared | (np.bitwise_or.reduceat(of_each, starts) & (shared << SURELY))
    return roles


def _straight(lower: pl.Series) -> pl.Series:
    """Composed letters, no loose dot of a Turkish capital, straight apostrophes, as the lists are written."""
    odd = (lower.str.len_bytes() != lower.str.len_chars()).arg_true()
    written = lower.gather(odd).str.normalize("NFC").str.replace_all(LOOSE_DOT, "").str.replace_all(APOSTROPHE, "'")
    return lower.scatter(odd, written)


def _spelled(bare: pl.Series, unknown: Flags) -> Flags:
    """Which of the words that no list has are spelled like names, or as a listed one; only Latin ones are judged."""
    spelled = np.zeros(len(bare), np.bool_)
    at = np.flatnonzero(unknown & tried(bare, "contains", LATIN).to_numpy())
    odds = likeness(bare.gather(at)).to_numpy()
    spelled[at[odds > ALIKE]] = True
    near = at[(odds > NEAR) & (odds <= ALIKE)]
    spelled[near] = are_variants(bare.gather(near)).to_numpy()
    return spelled


def _counted(words: Words, kinds: dict[str, Flags]) -> dict[str, Codes]:
    """How many words of each kind a value has: all counts of a word in one integer, and one running sum over them."""
    packed = np.zeros(len(words.distinct), np.uint64)
    for place, flags in enumerate(kinds.values()):
        packed |= flags.astype(np.uint64) << np.uint64(BITS * place)
    running = np.zeros(len(words.codes) + 1, np.uint64)
    np.cumsum(packed[words.codes], out=running[1:])
    sums = running[words.ends] - running[words.starts]
    mask = np.uint64((1 << BITS) - 1)
    return {kind: ((sums >> np.uint64(BITS * i)) & mask).astype(np.int64) for i, kind in enumerate(kinds)}


def _ends(words: Words, kinds: dict[str, Flags]) -> tuple[Flags, Flags]:
    """Whether a value has a given name first and a family name last; whether no particle stands where none may."""
    first, last = words.codes[words.starts], words.codes[words.ends - 1]
    may_begin = ~kinds["between"] | words.distinct.str.to_lowercase().is_in(list(LEADING)).to_numpy()
    return kinds["given"][first] & kinds["family"][last], may_begin[first] & ~kinds["between"][last]


def _signs(counts: dict[str, Codes], full: Flags, enclosed: Flags) -> dict[str, Flags]:
    size, named, real, ruled = (counts[kind] for kind in ("size", "named", "real", "ruled"))
    one = (size == 1) & (real == 1)
    more = (size > 1) & (named >= 2) & (2 * named >= size) & (real >= 1)  # noqa: PLR2004 - two names make a person
    proper = (counts["small"] == 0) | (counts["small"] == size - ruled)
    alike = (counts["odd"] == 0) & (counts["alike"] > 0) & proper
    led = (counts["leading"] > 0) & (size > ruled) & proper
    parted = ((counts["comma"] == 1) | ((counts["between"] > 0) & enclosed)) & (size > 1) & alike
    return {
        "hit": one | more,
        "part": (named == size) & ((real == 0) | (ruled == size)),
        "several": size > 1,
        "sure": (one | more) & (counts["sure"] > 0),
        "full": full & (size > 1),
        "alike": alike,
        "backed": alike & (counts["sure"] > 0),
        "formed": led | parted,
        "plain": size > 0,
    }

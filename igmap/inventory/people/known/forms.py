"""Every form in which a person may be named, as letters and the places where they may be parted."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from igmap.inventory.people.known.letters import COMMA, LONGEST, POWERS, Flags, Hashes, Integers, words_of_texts
from igmap.inventory.people.known.ordinary import standing
from igmap.inventory.people.known.tables import Table
from igmap.inventory.people.names import particles

FULL, TURNED, INITIALS, INITIALS_BEHIND, FAMILY, GIVEN = range(6)
ALONE = FAMILY  # from here on one name only
FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """All forms of all persons: what they begin with in order, and per whole form whose it is.

    Args:
        beginnings: the numbers of every form up to every place where it may be parted, and of all of it.
        whole: per beginning the form it is as a whole, -1 for none.
        breaks: per form a bit for each number of letters behind which it may be parted.
        commas: the same for a comma.
        kind: what it is made of.
        ordinary: 1 where it is a word too and says who only where something shows that it is a name, 2 for a place.
        joined: whether it is a word too when it is written as one.
        who: the person, or the number of the group that has it.
        sharing: `who` and `person` of every group.
    """

    beginnings: Table
    whole: Integers
    breaks: Hashes
    commas: Hashes
    kind: Integers
    ordinary: Integers
    joined: Flags
    who: Integers
    sharing: pl.DataFrame


def forms_of(parts: pl.DataFrame, scopes: Hashes, persons: int) -> Forms:
    """The forms of persons whose names are in parts.

    Args:
        parts: as `parts_of` gives them.
        scopes: per person a number that is mixed into those of the forms; 0 where all texts are looked at.
        persons: how many there are; groups are numbered behind them.
    """
    written = written_forms(parts)
    beginnings, wholes = _numbered(written, scopes)
    keys = np.unique(np.concatenate([beginnings, wholes["key"].to_numpy()]))
    told, sharing = _shared(wholes.filter(pl.col("level") == pl.col("level").min().over("key")), persons)
    whole = np.full(len(keys), -1, np.int64)
    whole[np.searchsorted(keys, told["key"].to_numpy())] = np.arange(len(told))
    ordinary, joined = standing(told["word"], told["letters"])
    return Forms(
        Table.of(keys), whole, told["breaks"].to_numpy(), told["commas"].to_numpy(),
        told["kind"].to_numpy().astype(np.int64), ordinary.to_numpy().astype(np.int64), joined.to_numpy(),
        told["who"].to_numpy(), sharing,
    )  # fmt: skip


def written_forms(named: pl.DataFrame) -> pl.DataFrame:
    """Each form of each person once: `who`, `form` (with a space or comma where one may be), `kind`."""
    parts = named.lazy()
    family, given, initials = _families(parts), _given(parts), _initials(parts)
    both, letters = _beside(given, family), _beside(initials, family)
    kinds = [
        both.select("who", form=pl.col("given") + " " + pl.col("family"), kind=FULL),
        both.select("who", form=pl.col("family") + "," + pl.col("given"), kind=TURNED),
        letters.select("who", form=pl.col("initials") + " " + pl.col("family"), kind=INITIALS),
        letters.select("who", form=pl.col("family") + "," + pl.col("initials"), kind=INITIALS_BEHIND),
        _split(given.rename({"given": "before"}), parts).select("who", "form", kind=TURNED),
        _split(initials.rename({"initials": "before"}), parts).select("who", "form", kind=INITIALS_BEHIND),
        family.select("who", form="family", kind=FAMILY),
        given.filter("alone").select("who", form="given", kind=GIVEN),
    ]
    forms = pl.concat(kinds).with_columns(pl.col("kind").cast(pl.Int64))
    forms = forms.filter((pl.col("kind") < ALONE) | ~pl.col("form").is_in(list(particles())))
    letters_only = pl.col("form").str.replace_all("[ ,]", "").str.len_chars()
    fit = forms.filter(letters_only >= FEWEST_LETTERS)
    return fit.unique(["who", "form"], keep="first", maintain_order=True).collect()


def _split(before: pl.LazyFrame, parts: pl.LazyFrame) -> pl.LazyFrame:
    """The particles at the end: `Vries, Jan de`."""
    fronted = pl.col("led") & (pl.col("half") == 0)
    family = parts.filter(pl.col("role") == "family")
    core, fronts = (_joined(family.filter(which)) for which in (~fronted, fronted))
    apart = _beside(_beside(before, core), fronts)
    return apart.with_columns(form=pl.col("name") + "," + pl.col("before") + " " + pl.col("name_behind"))


def _beside(before: pl.LazyFrame, behind: pl.LazyFrame) -> pl.LazyFrame:
    """Parts of a name with further ones, in the same order each time: of forms that several share one is the first."""
    return before.join(behind, on=["who", "way"], suffix="_behind", maintain_order="left_right")


def _joined(tokens: pl.LazyFrame, *by: str) -> pl.LazyFrame:
    joined = tokens.group_by("who", "way", *by, maintain_order=True).agg(name=pl.col("word").str.join(" "))
    return joined.select("who", "way", "name")


def _families(parts: pl.LazyFrame) -> pl.LazyFrame:
    """The family name, without the particles in front, and each half of a double one, with and without."""
    family = parts.filter(pl.col("role") == "family")
    fronted = pl.col("led") & (pl.col("half") == 0)
    bare = family.filter(~pl.col("led"))
    ways = [_joined(family), _joined(family.filter(~fronted)), _joined(family, "half"), _joined(bare, "half")]
    named = pl.concat([one.filter(pl.col("name").str.len_chars() > 1) for one in ways])
    whole = named.join(bare.select("who", "way").unique(), on=["who", "way"], how="semi", maintain_order="left")
    return whole.unique(maintain_order=True).rename({"name": "family"})


def _given(parts: pl.LazyFrame) -> pl.LazyFrame:
    """The first given name and all of them, which may stand alone; each other one, which may not."""
    given = parts.filter(pl.col("role") == "given")
    first = pl.col("chain") == pl.col("chain").min().over("who", "way")
    ways = [
        _joined(given.filter(first)).with_columns(alone=True),
        _joined(given).with_columns(alone=True),
        _joined(given.with_row_index("at"), "at").with_columns(alone=False),
    ]
    return pl.concat(ways).unique(["who", "way", "name"], keep="first", maintain_order=True).rename({"name": "given"})


def _initials(parts: pl.LazyFrame) -> pl.LazyFrame:
    """The first letter, and the first letters of all given names."""
    order = parts.filter(pl.col("role") != "family").sort("who", "way", "role", maintain_order=True)
    letters = order.with_columns(word=pl.col("word").str.slice(0, 1))
    ways = [_joined(letters.group_by("who", "way", maintain_order=True).head(1)), _joined(letters)]
    return pl.concat(ways).unique(maintain_order=True).rename({"name": "initials"})


def _numbered(written: pl.DataFrame, scopes: Hashes) -> tuple[Hashes, pl.DataFrame]:
    """The numbers of what the forms begin with, and each whole form with its number, breaks and commas."""
    words = words_of_texts(written["form"])
    first = np.searchsorted(words.texts, np.arange(len(written)))
    count = np.diff(np.append(first, len(words.starts)))
    scope = scopes[written["who"].to_numpy()]
    hashes, breaks, commas = (np.zeros(len(written), np.uint64) for _ in range(3))
    sizes = np.zeros(len(written), np.int64)
    begun = []
    for place in range(int(count.max(initial=0))):
        some = np.flatnonzero((count > place) & (sizes <= LONGEST))
        word = first[some] + place
        hashes[some] += POWERS[sizes[some]] * words.hashes[word]
        sizes[some] += words.sizes[word]
        begun.append(hashes[some] ^ scope[some])
        parted = some[count[some] > place + 1]
        bit = np.left_shift(np.uint64(1), np.minimum(sizes[parted], LONGEST).astype(np.uint64))
        breaks[parted] |= bit
        commas[parted] |= np.where(words.gaps[first[parted] + place] == COMMA, bit, np.uint64(0))
    columns = {"key": hashes ^ scope, "breaks": breaks, "commas": commas, "size": sizes}
    last = pl.col("form").str.split(" ").list.last()
    letters = pl.col("form").str.replace_all("[ ,]", "")
    wholes = written.with_columns(**columns, word=last, letters=letters, level=pl.min_horizontal("kind", pl.lit(ALONE)))
    return np.concatenate([np.zeros(0, np.uint64), *begun]), wholes.filter(pl.col("size") <= LONGEST)


def _shared(wholes: pl.DataFrame, persons: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Each form once, of a person or of a group; and who is in the groups. The same persons are the same group."""
    mark = pl.col("who").cast(pl.UInt64).hash(1)
    pairs = wholes.unique(["key", "who"], keep="first", maintain_order=True).with_columns(mark=mark)
    forms = pairs.group_by("key", maintain_order=True).agg(
        pl.col("word", "letters", "kind").first(), pl.col("breaks", "commas").bitwise_or(),
        pl.col("who").min().cast(pl.Int64), people=pl.len(), mark=pl.col("mark").bitwise_xor(),
    )  # fmt: skip
    several = forms.filter(pl.col("people") > 1)
    groups = several.select("who", "people", "mark").unique().sort("who", "people", "mark")
    groups = groups.with_columns(group=pl.int_range(pl.len(), dtype=pl.Int64) + persons)
    numbered = forms.join(groups, on=["who", "people", "mark"], how="left", maintain_order="left")
    grouped = numbered.filter(pl.col("group").is_not_null()).unique("group", maintain_order=True).select("key", "group")
    sharing = grouped.join(pairs, on="key").select(who="group", person=pl.col("who").cast(pl.Int64))
    told = numbered.with_columns(who=pl.coalesce("group", "who"))
    return told, sharing.sort("who", "person")

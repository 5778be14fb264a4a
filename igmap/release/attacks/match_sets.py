"""Match sets: which released rows may be about whom by some columns alone, and the one person they may point at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from igmap.release.attacks.covering import BLOCK, Matrix, covering
from igmap.release.staged import Labels

PAIRS = 4_000_000  # of a person asked about and a class, held at once
FIRST, GROWTH = 64, 16  # classes that are looked at first, and how many times more in each further round
LOW, HIGH, ROWS = "\0low", "\0high", "\0rows"  # no exported column can be called so
ENDS = (pl.col(LOW).min(), pl.col(HIGH).max())
NOTHING = pl.Schema({"asked": pl.UInt32, LOW: pl.UInt32, HIGH: pl.UInt32})


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MatchSets:
    r"""Released rows, and persons asked about, as numbers.

    Args:
        rows: as `whose` gives them, with the number of each cell in place of it.
        asked: of each person asked about the number of the value per column.
        matrices: of each generalised column, [value, cell], which cell covers which value; a column without one is
            known as it stands.
    """

    rows: pl.DataFrame
    asked: pl.DataFrame
    matrices: Mapping[str, Matrix]

    def classes(self, fields: Sequence[str]) -> pl.DataFrame:
        """The different combinations of some columns, the largest first, with the lowest and highest person in each."""
        persons = [pl.col(ROWS).sum(), *ENDS]
        return self.rows.group_by(list(fields)).agg(persons).sort(ROWS, *fields, descending=True)

    def pairs(self, classes: pl.DataFrame, fields: Sequence[str], asked: pl.Series) -> Iterator[pl.DataFrame]:
        """The persons `asked` about and the classes, as their row `class`, that may be about them by some columns."""
        exact = [field for field in fields if field not in self.matrices]
        laid = [field for field in fields if field in self.matrices]
        people = self.asked[asked].select(asked.alias("asked"), *fields)
        numbered = classes.with_row_index("class").select("class", *fields)
        if exact:
            for block in _cut(people, numbered, exact):
                yield self._covered(block.join(numbered, on=exact, suffix="\0cell"), laid)
            return
        for block in people.iter_slices(max(BLOCK // max(classes.height, 1), 1)):
            found: Matrix = np.ones((block.height, classes.height), dtype=bool)
            for field in laid:
                found &= self.matrices[field][block[field].to_numpy()][:, classes[field].to_numpy()]
            persons, places = np.nonzero(found)
            yield pl.DataFrame({"asked": block["asked"].gather(persons), "class": places.astype(np.uint32)})

    def _covered(self, pairs: pl.DataFrame, laid: Sequence[str]) -> pl.DataFrame:
        for field in laid:
            fits = self.matrices[field][pairs[field].to_numpy(), pairs[f"{field}\0cell"].to_numpy()]
            pairs = pairs.filter(pl.Series(fits, dtype=pl.Boolean))
        return pairs.select("asked", "class")

    def soles(self, fields: Sequence[str]) -> pl.Series:
        """The number of the only person whose rows may be about each person asked about; none where nobody or several.

        The largest classes are looked at first, so that most persons are seen to have company soon.
        """
        classes, found, at, step = self.classes(fields), NOTHING.to_frame(), 0, FIRST
        asked = open_ones = pl.Series(range(self.asked.height), dtype=pl.UInt32)
        while at < classes.height and len(open_ones):
            part = classes.slice(at, step)
            seen = [_between(pairs, part) for pairs in self.pairs(part, fields, open_ones)]
            found = pl.concat([found, *seen]).group_by("asked").agg(ENDS)
            several = found.filter(pl.col(LOW) != pl.col(HIGH))["asked"]
            open_ones = open_ones.filter(~open_ones.is_in(several.implode()))
            at, step = at + step, step * GROWTH
        only = found.filter(pl.col(LOW) == pl.col(HIGH))
        return asked.alias("asked").to_frame().join(only, on="asked", how="left", maintain_order="left")[LOW]


def whose(released: pl.DataFrame, who: pl.Series) -> pl.DataFrame:
    """The different released rows: how many there are of each, and the lowest and highest number of their persons."""
    persons = released.with_columns(who.cast(pl.UInt32).alias(LOW), who.cast(pl.UInt32).alias(HIGH))
    return persons.group_by(released.columns).agg(*ENDS, pl.len().cast(pl.Int64).alias(ROWS))


def match_sets(rows: pl.DataFrame, asked: pl.DataFrame, hierarchies: Mapping[str, Labels]) -> MatchSets:
    """What is needed to ask which released rows may be about whom.

    Args:
        rows: as `whose` gives them, with further columns or not.
        asked: source values of the persons asked about.
        hierarchies: of each generalised column.
    """
    laid = [field for field in asked.columns if field in hierarchies]
    covered = covering(rows.select(laid), asked.select(laid), hierarchies).columns
    cells, values = {}, {}
    for field in asked.columns:
        if field in covered:
            values[field], cells[field] = (pl.Series(codes) for codes in covered[field][1:])
        else:
            both = pl.concat([rows[field], asked[field]]).rank("dense").fill_null(0)
            cells[field], values[field] = both.head(rows.height), both.tail(asked.height)
    matrices = {field: covered[field][0] for field in covered}
    return MatchSets(rows.with_columns(**cells), pl.DataFrame(values), matrices)


def _between(pairs: pl.DataFrame, classes: pl.DataFrame) -> pl.DataFrame:
    """The lowest and highest person in all classes that may be about each person asked about."""
    held = classes.select(LOW, HIGH)[pairs["class"]]
    return held.with_columns(asked=pairs["asked"].cast(pl.UInt32)).group_by("asked").agg(ENDS).select(NOTHING.names())


def _cut(people: pl.DataFrame, classes: pl.DataFrame, exact: Sequence[str]) -> Iterator[pl.DataFrame]:
    """Persons asked about in blocks, so that those of a block have few classes with the same exact values together."""
    counts = people.join(classes.group_by(exact).len("\0n"), on=exact, how="left", maintain_order="left")["\0n"]
    place = counts.fill_null(0).cast(pl.Int64).cum_sum() // PAIRS
    yield from (people.filter(place == at) for at in place.unique().sort())

"""Fingerprints: how many known events single out a person whose rows can be told to belong together.

Source: de Montjoye et al. 2013, doi:10.1038/srep01376 (unicity).
"""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import polars as pl

from igmap.release.attacks.attack import Attack, Tried, counted
from igmap.release.attacks.covering import Codes
from igmap.release.attacks.target import EVENT, WHO, Target, powered
from igmap.release.staged import Staged
from igmap.release.told import WITHIN

POINTS = (1, 2, 3, 4)
BLOCK = 1 << 13  # persons held at once, of each event that is asked about
KNOWN = (
    "share of persons whom {points} of their released rows, drawn by the seed, single out among all; the attacker "
    "knows the {knowledge} of these rows, and all rows of persons with fewer; control: none, any success counts"
)


def events(tables: Sequence[Staged]) -> pl.DataFrame:
    """The rows of all tables: whose they are, what others may know of each, and all that is told of it."""
    return pl.concat([_events(number, one) for number, one in enumerate(tables)])


def _events(number: int, staged: Staged) -> pl.DataFrame:
    quasi = [field for field in staged.hierarchies if field in staged.table.columns]
    fields = {"known": quasi, "told": [*quasi, *(field for field in staged.told if field in staged.table.columns)]}
    who = staged.persons["person"].head(staged.table.height).alias(WHO)
    return staged.table.with_columns(who).select(
        WHO,
        *(
            pl.concat_str(
                [pl.lit(str(number)), *(pl.col(field).fill_null("\0") for field in names)], separator=WITHIN
            ).alias(name)
            for name, names in fields.items()
        ),
    )


def fingerprint(target: Target) -> Iterator[tuple[str, Attack]]:
    """Whom 1, 2, 3 and 4 events single out: by what others may know, and by all that is told of them."""
    if target.events is None or target.prefix:
        return
    for points in POINTS:
        known = KNOWN.format(points=points, knowledge="quasi-identifiers")
        yield f"fingerprint({points})", powered(partial(_singled, points=points, by=EVENT[0]), target, known)
    for points in POINTS if not target.events["known"].equals(target.events["told"]) else ():
        tried = _singled(target, target.attacked()["row"], points=points, by=EVENT[1])
        told = KNOWN.format(points=points, knowledge="quasi-identifiers and all other released columns")
        yield f"fingerprint_told({points})", counted(round(tried.hits / max(tried.tries, 1), 12), 0.0, told)


def _singled(target: Target, rows: pl.Series, *, points: int, by: str) -> Tried:
    """How many of the persons of some rows are the only ones with all of so many of their events.

    What happens twice to a person is another event than what happens once.
    """
    if target.events is None:
        return Tried(0, 0)
    people = target.events.filter(pl.col(WHO).is_not_null()).select(WHO, event=by).sort(WHO, "event")
    people = people.with_columns(time=pl.int_range(pl.len()).over(WHO, "event")).with_columns(
        pl.col(WHO).rank("dense").alias("person") - 1, event=pl.struct("event", "time").rank("dense") - 1
    )
    asked = people.join(target.released[rows].select(WHO).unique(), on=WHO, how="semi", maintain_order="left")
    drawn = asked.sample(fraction=1.0, shuffle=True, seed=target.seed).group_by("person", maintain_order=True)
    alone = _holders(people, drawn.head(points)) == 1
    return Tried(float(alone.sum()), len(alone))


def _holders(people: pl.DataFrame, drawn: pl.DataFrame) -> Codes:
    """How many persons have all events that were drawn of each person asked about.

    Args:
        people: each `person` and `event`, both by number.
        drawn: the same, of the persons asked about.
    """
    if drawn.is_empty():
        return np.zeros(0, dtype=np.int64)
    events = drawn.select("event").unique().sort("event").with_row_index("at")
    held = people.join(events, on="event").select("person", "at").to_numpy()
    lists = drawn.join(events, on="event").sort("person", "at").group_by("person", maintain_order=True).agg("at")["at"]
    longest = max(lists.list.len().to_list(), default=1)
    wanted = np.stack([lists.list.get(at % lists.list.len()).to_numpy() for at in range(longest)], axis=1)
    found = np.zeros(len(wanted), dtype=np.int64)
    for start in range(0, people["person"].n_unique(), BLOCK):
        inside = held[(held[:, 0] >= start) & (held[:, 0] < start + BLOCK)]
        bits = np.zeros((events.height, BLOCK), dtype=bool)
        bits[inside[:, 1], inside[:, 0] - start] = True
        both = np.bitwise_and.reduce(np.packbits(bits, axis=1)[wanted], axis=1)
        found += np.bitwise_count(both).sum(axis=1, dtype=np.int64)
    return found

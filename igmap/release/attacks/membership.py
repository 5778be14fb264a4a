"""Membership: whether what is known of a person tells that the person is in the release.

Only a sample can keep this secret: whom it leaves out by chance is like those it draws (of whom some are then left out
as too rare). Without a sample those who were left out as too rare are no control, because everybody of the source was
meant to be in the release; of them a figure is told.

Source: Shokri et al. 2017, doi:10.1109/SP.2017.41; Yeom et al. 2018, doi:10.1109/CSF.2018.00027 (advantage).
"""

from collections.abc import Iterator
from functools import partial

import polars as pl

from igmap.release.attacks.attack import Attack, Tried, counted
from igmap.release.attacks.covering import covering
from igmap.release.attacks.target import ATTACKED, WHO, Target, powered

ALL = "\0all"  # no exported column can be called so
EVERYBODY = "every person of the source is in the release, so that it is known who is; nothing to try"
CLAIM = (
    "the attacker knows {knowledge} of a person, and says that the person was drawn for the release when a row of it "
    "may be about the person; control: the same said of {others}"
)
QUASI, WHOLE = "all quasi-identifiers", "all quasi-identifiers and all other released columns"
UNDRAWN = "persons whom the sample left out by chance"
RARE = "persons who were left out because they are too rare, so that this is told and has no limit"


def membership(target: Target) -> Iterator[tuple[str, Attack]]:
    """Who can be said to be in the release by the quasi-identifiers alone, and by all that is released."""
    strangers = target.strangers()
    if strangers.is_empty():
        yield "membership", counted(1.0, 1.0, EVERYBODY, baseline=1.0)
        return
    sampled = bool(strangers["chance"].any())
    methods = [CLAIM.format(knowledge=known, others=UNDRAWN if sampled else RARE) for known in (QUASI, WHOLE)]
    tries = [partial(_claimed, told=told, sampled=sampled) for told in (False, True)]
    if sampled:
        yield "membership", powered(tries[0], target, methods[0])
    else:
        yield "membership", _figure(tries[0](target, target.attacked()["row"]), methods[0])
    if target.told:
        yield "membership_told", _figure(tries[1](target, target.attacked()["row"]), methods[1])


def _figure(tried: Tried, method: str) -> Attack:
    control = tried.control_hits / max(tried.control_tries, 1)
    return counted(round(tried.hits / max(tried.tries, 1), 12), round(control, 12), method)


def _claimed(target: Target, rows: pl.Series, *, told: bool, sampled: bool) -> Tried:
    strangers = target.strangers()
    others = _some(target, strangers.filter(pl.col("chance") == sampled), ATTACKED)
    share = strangers.filter(~pl.col("chance")).height / max(target.released[WHO].n_unique(), 1) if sampled else 0
    rare = _some(target, strangers.filter(~pl.col("chance")), round(share * len(rows)))
    fields = list(target.quasi)
    asked = target.truth[rows], target.outside[rare], target.outside[others]
    known = pl.concat([_known(target, table, told=told) for table in asked])
    released = target.released.select(*fields, *target.told).unique(maintain_order=True)
    classes = _known(target, released, told=told).unique(maintain_order=True)
    classes = classes.join(known.select(pl.exclude(fields)).unique(), on=ALL, how="semi")
    found = covering(classes, known, target.hierarchies).possible()
    drawn, left = found[: len(rows) + len(rare)], found[len(rows) + len(rare) :]
    return Tried(float(drawn.sum()), len(drawn), float(left.sum()), len(left))


def _some(target: Target, strangers: pl.DataFrame, most: int) -> pl.Series:
    return strangers.sample(min(most, strangers.height), seed=target.seed).sort("row")["row"]


def _known(target: Target, table: pl.DataFrame, *, told: bool) -> pl.DataFrame:
    """What is known of each row; all columns that are known as they stand make one, numbers being equal as numbers."""
    texts = [pl.col(field).cast(pl.String) for field in target.told]
    cells = [pl.coalesce(text.cast(pl.Float64, strict=False).cast(pl.String), text) for text in texts]
    whole = pl.concat_str([cell.fill_null("\0") for cell in cells], separator="\x1f") if told else pl.lit("")
    return table.select(*target.quasi, whole.alias(ALL))

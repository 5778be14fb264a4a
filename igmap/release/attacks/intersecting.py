"""Intersection: what two releases tell of a person whose quasi-identifiers are known, and neither tells by itself."""

from collections.abc import Iterator, Sequence
from functools import reduce

import polars as pl

from igmap.release.attacks.attack import Attack, Tried, judged, settled
from igmap.release.attacks.known import Known
from igmap.release.attacks.match_sets import ENDS, HIGH, LOW, match_sets, whose
from igmap.release.published import Published

ONE = (
    "intersection: share of persons of whom one row is left when rows that match them in this release are kept only if "
    "a row that matches them in an earlier one has the same values; the attacker knows that a person is in both, and "
    "all of the person's quasi-identifiers; control: either release by itself"
)
SAME = (
    "intersection: share of persons of whom one value, the right one, is left when the rows that match them in this "
    "release are kept only if a row that matches them in an earlier one has the same values; the attacker knows that a "
    "person is in both, and all of the person's quasi-identifiers; control: either release by itself"
)
CODE = "\0code"  # no exported column can be called so
OWN = "\0own"


def intersecting(new: Published, old: Published, known: Known) -> Iterator[tuple[str, Attack]]:
    """Attack two releases together; nothing where they have no told column, or nothing known, in common.

    Source: Ganta et al. 2008, doi:10.1145/1401890.1401926 (composition attacks).
    """
    told = [one for one in new.exact if one in old.exact and known.knows(new, one) and known.knows(old, one)]
    laid = [[field for field in one.quasi if known.knows(one, field)] for one in (new, old)]
    if not told or not all(laid) or known.records.is_empty():
        return
    values, (ours, theirs, own) = _numbered(new, old, known, told)
    first = _held(new, laid[0], known, ours.alias("new"))
    second = _held(old, laid[1], known, theirs.alias("old"))
    asked = pl.DataFrame({CODE: own, "new": first[0], "old": second[0]})
    asked = asked.join(
        values.rename({name: f"{name}{OWN}" for name in told}), on=CODE, how="left", maintain_order="left"
    )
    together = asked.select("new", "old").unique().drop_nulls().join(first[1], on="new")
    left = together.join(second[1].select("old", CODE), on=["old", CODE], how="semi", nulls_equal=True)
    sides = ((left, ["new", "old"]), (first[1], ["new"]), (second[1], ["old"]))
    found = [_right(asked, held, keys, values) for held, keys in sides]
    for name in (LOW, *told):
        joint, *alone = (one[name] for one in found)
        tried = Tried(int(joint.sum()), len(own), int(reduce(lambda a, b: a | b, alone).sum()), len(own))
        method = ONE if name == LOW else SAME
        outcome = (
            settled(tried, method, limit=known.limit)
            if known.everybody
            else judged(tried, method, power=None, limit=known.limit)
        )
        yield f"intersection({old.file})" if name == LOW else f"common_value({old.file}, {name})", outcome


def _numbered(
    new: Published, old: Published, known: Known, told: Sequence[str]
) -> tuple[pl.DataFrame, list[pl.Series]]:
    """A number for each combination of told values, with that of each value; and the number of every row and person."""
    parts = [
        pl.DataFrame({field: new.plain(field, cells(field)) for field in told})
        for cells in (new.table.get_column, old.table.get_column, known.cells)
    ]
    different = pl.concat(parts).unique(maintain_order=True).with_row_index(CODE)
    numbers = different.select(CODE, *(pl.col(field).rank("dense").fill_null(0) for field in told))
    codes = [part.join(different, on=told, how="left", nulls_equal=True, maintain_order="left")[CODE] for part in parts]
    return numbers, codes


def _held(one: Published, fields: Sequence[str], known: Known, code: pl.Series) -> tuple[pl.Series, pl.DataFrame]:
    """The number of the match set of each person asked about; and what combinations, of whom, each match set holds."""
    asked = pl.DataFrame({field: known.cells(field) for field in fields})
    sets = match_sets(whose(one.table.select(*fields, code.alias(CODE)), one.who), asked, one.hierarchies)
    classes, everybody = sets.classes(fields), pl.Series(range(asked.height), dtype=pl.UInt32)
    pairs = pl.concat(list(sets.pairs(classes, fields, everybody)))
    marks = pairs.group_by("asked").agg(mark=pl.col("class").hash().sum(), classes=pl.len())
    marks = marks.select("asked", number=pl.struct("mark", "classes").rank("dense"))
    speakers = marks.group_by("number").agg(pl.col("asked").min())
    of_set = pairs.join(speakers, on="asked").select("class", pl.col("number").alias(code.name))
    numbered = classes.with_row_index("class").select("class", *fields)
    rows = sets.rows.join(numbered, on=list(fields))
    held = rows.group_by("class", CODE).agg(ENDS).join(of_set, on="class").group_by(code.name, CODE).agg(ENDS)
    numbers = everybody.alias("asked").to_frame().join(marks, on="asked", how="left", maintain_order="left")
    return numbers["number"], held


def _right(asked: pl.DataFrame, held: pl.DataFrame, keys: Sequence[str], values: pl.DataFrame) -> pl.DataFrame:
    """Of whom one row is left, theirs, and of whom one value of each told column is left, the right one."""
    told = values.columns[1:]
    ends = [*ENDS, pl.col(CODE).min().alias(f"{CODE}{OWN}")]
    ends += [one for name in told for one in (pl.col(name).min(), pl.col(name).max().alias(f"{name}{HIGH}"))]
    left = held.join(values, on=CODE).group_by(list(keys)).agg(ends)
    seen = asked.join(left, on=list(keys), how="left", maintain_order="left")
    one = ((pl.col(LOW) == pl.col(HIGH)) & (pl.col(f"{CODE}{OWN}") == pl.col(CODE))).alias(LOW)
    same = [
        ((pl.col(name) == pl.col(f"{name}{HIGH}")) & (pl.col(name) == pl.col(f"{name}{OWN}"))).alias(name)
        for name in told
    ]
    return seen.select(expression.fill_null(value=False) for expression in (one, *same))

"""Direct identifiers that survived in a release: values of dropped columns that stand in a released cell.

A telling value (an e-mail address, a long number, letters mixed with digits) counts wherever it stands. A plain word
or a short number may coincide: a family name that is a town, account 7 beside the mark 7. It counts where it stands
in the row of its own record, with fewer than k rows that hold it in that column.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from igmap.release.source import Source
from igmap.release.staged import Staged

TELLING = r"@|\d{8,}|\pL.*\d|\d.*\pL"
SHORTEST = len(" x ")  # a word of one letter or digit says nothing
HIDDEN_ROLES = {"direct", "key", "secret"}


def surviving_identifiers(source: Source, staged: Staged) -> int:
    """Released cells that hold a value of a dropped direct identifier, key or secret."""
    hidden = [c["field"] for c in staged.plan["columns"] if c["role"] in HIDDEN_ROLES and c["field"] in source.columns]
    return sum(_surviving(source, field, staged) + _inside_texts(source, field, staged) for field in hidden)


def _surviving(source: Source, field: str, staged: Staged) -> int:
    cells = [staged.table[name] for name in staged.table.columns]
    telling = sum(_standing(values, cells) for values in _telling(source, field))
    own = source.cells(field, staged.persons["record"].head(staged.table.height))
    return telling + sum(_own(values.head(len(own)), own, k=int(staged.plan["k"])) for values in cells)


def _telling(source: Source, field: str) -> Iterator[pl.Series]:
    for values in _values(source, field):
        yield values.filter(values.str.contains(TELLING))


def _values(source: Source, field: str) -> Iterator[pl.Series]:
    for batch in source.engine.values(source.table, source.columns[field]):
        yield pl.Series(pl.from_arrow(batch["value"]), dtype=pl.String)


def _standing(values: pl.Series, cells: Sequence[pl.Series]) -> int:
    return sum(int(column.is_in(values.implode()).sum()) for column in cells)


def _own(written: pl.Series, own: pl.Series, *, k: int) -> int:
    """Cells equal to the plain value of their own record that fewer than k rows hold."""
    plain = (written == own) & ~own.str.contains(TELLING)
    frame = pl.DataFrame({"written": written, "same": plain.fill_null(value=False)})
    return frame.filter(pl.col("same") & (pl.len().over("written") < k)).height


def _inside_texts(source: Source, field: str, staged: Staged) -> int:
    """Redacted texts in which a value stands as words: that of their own record, or one of several words of anybody."""
    redacted = [c["field"] for c in staged.kept if any("redact" in step for step in c.get("transform") or ())]
    texts = [_worded(staged.table[name]) for name in redacted if name in staged.table.columns]
    if not texts:
        return 0
    own = _worded(source.cells(field, staged.persons["record"].head(staged.table.height)))
    whole = [_worded(values) for values in _values(source, field)]
    everybody = pl.concat(whole) if whole else own.head(0)
    names = everybody.filter(everybody.str.contains(r"\S \S"))
    return sum(_holding(one, own.head(len(one)), names) for one in texts)


def _holding(texts: pl.Series, own: pl.Series, names: pl.Series) -> int:
    frame = pl.DataFrame({"text": texts, "own": own})
    here = pl.col("text").str.contains(pl.col("own"), literal=True) & (pl.col("own").str.len_chars() > SHORTEST)
    anybody = pl.col("text").str.contains_any(names.drop_nulls().unique().implode())
    return frame.filter(here.fill_null(value=False) | anybody.fill_null(value=False)).height


def _worded(values: pl.Series) -> pl.Series:
    """Texts as small words with one space before, between and behind them; null where there is none."""
    words = values.str.to_lowercase().str.replace_all(r"[^\pL\d]+", " ").str.strip_chars()
    frame = pl.DataFrame({"words": words}).select(pl.when(pl.col("words") != "").then(pl.format(" {} ", "words")))
    return frame.to_series()

"""Everything of a release that is no cell: names of files and columns, metadata, codebook, verdict, certificate."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from igmap.release.staged import Staged
from igmap.release.survivors.decoding import readings
from igmap.release.survivors.forms import ANYWHERE, grams_of
from igmap.release.survivors.packed import texts_in_parquet
from igmap.release.survivors.sought import Sought, found_forms


def in_metadata(tables: Sequence[Staged], sought: Sought) -> int:
    """Names of files and columns, and texts in the metadata of files, in which a telling value stands."""
    texts = [text for staged in tables for text in (staged.data.stem, *staged.table.columns, *_packed(staged.data))]
    return holding(texts, sought.forms)


def _packed(path: Path) -> Iterator[str]:
    return texts_in_parquet(path) if path.suffix == ".parquet" else iter(())


def holding(texts: Sequence[str], forms: pl.DataFrame, *, ours: pl.Series | None = None) -> int:
    """Texts in which a form stands that counts wherever it does, in whatever writing.

    Args:
        texts: whole names or files.
        forms: with `at`, `form` and `reach`.
        ours: forms of words in a row that igmap writes itself, which may be somebody's name.
    """
    read = pl.DataFrame(
        [(place, one) for place, text in enumerate(texts) for one in (text, *readings(text))],
        schema={"place": pl.UInt32, "text": pl.String}, orient="row",
    )  # fmt: skip
    grams = grams_of(read["text"])
    telling = forms.filter(pl.col("reach") >= ANYWHERE)
    sought = grams["form"].unique()
    found = found_forms(telling, sought if ours is None else sought.filter(~sought.is_in(ours.implode())))["gram"]
    return int(read["place"][grams.filter(pl.col("form").is_in(found.implode()))["place"]].n_unique())


def texts_of(path: Path) -> list[str]:
    """A file as texts: its name and its content, also as UTF-16 where it may be that."""
    content = path.read_bytes()
    wide = [content.replace(b"\0", b"").decode("latin-1")] if b"\0" in content else []
    return [path.stem, content.decode("utf-8", "replace"), *wide]

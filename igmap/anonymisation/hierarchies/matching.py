"""Which entry of a list a value means: exactly, else without case and spaces, else without accents and punctuation.

A looser reading counts only where it means one entry: two entries that fall together under it are left alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import polars as pl

Form = Callable[[pl.Series], pl.Series]
# Letters that Unicode does not decompose, and those that small letters keep apart though readers do not.
UNDECOMPOSED = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a"}


def exact(texts: pl.Series) -> pl.Series:
    """As it is."""
    return texts


def soft(texts: pl.Series) -> pl.Series:
    """NFC, trimmed, single spaces, small letters."""
    plain = texts.str.normalize("NFC").str.replace_all(r"\s+", " ").str.strip_chars()
    return plain.str.to_lowercase().str.replace_all("ß", "ss", literal=True)


def folded(texts: pl.Series) -> pl.Series:
    """`soft`, without accents, and every run of other signs a space: `'s-Gravenhage` is `s gravenhage`."""
    apart = soft(texts).str.normalize("NFKD").str.replace_all(r"\p{M}+", "")
    plain = apart.str.replace_many(list(UNDECOMPOSED), list(UNDECOMPOSED.values()))
    return plain.str.replace_all(r"[^\p{L}\p{N}+&]+", " ").str.strip_chars()


def lookups(
    spellings: pl.Series, entries: pl.Series, forms: Sequence[Form] = (exact, soft)
) -> Iterator[tuple[Form, pl.DataFrame]]:
    """Per form, the strictest first, the texts that mean one entry: `key` and `at`.

    Args:
        spellings: how the entries may be written.
        entries: the number of the entry behind each spelling.
        forms: ways to read a text.
    """
    for form in forms:
        keys = pl.DataFrame({"key": form(spellings), "at": entries.cast(pl.Int64)}).filter(pl.col("key") != "")
        sure = keys.group_by("key").agg(pl.col("at").min(), pl.col("at").max().alias("other"))
        yield form, sure.filter(pl.col("at") == pl.col("other")).select("key", "at")


def matched(values: pl.Series, listed: Iterable[tuple[Form, pl.DataFrame]]) -> pl.Series:
    """The entry each value means, null where none or more than one; the first form that tells it counts.

    Args:
        values: texts.
        listed: what `lookups` gives.
    """
    found = pl.Series([None] * len(values), dtype=pl.Int64)
    for form, sure in listed:
        wanted = pl.DataFrame({"key": form(values)})
        meant = wanted.join(sure, on="key", how="left", maintain_order="left")["at"]
        found = found.zip_with(found.is_not_null(), meant)
        if not found.null_count():
            break
    return found

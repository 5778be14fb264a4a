"""Hierarchies that igmap ships: places, countries, nationalities, languages, education; lists.yaml has the sources."""

from functools import cache
from typing import NamedTuple

import polars as pl

from igmap.anonymisation.hierarchies.column import Column, name
from igmap.anonymisation.hierarchies.matching import Form, exact, folded, lookups, matched, soft
from igmap.vocabulary import load_table, load_yaml

PACKAGE = "igmap.anonymisation.hierarchies"
LANGUAGES = ["nl", "en"]


class Shipped(NamedTuple):
    """A list: its entries with a label per level, and what each text in each form means."""

    entries: pl.DataFrame
    meant: tuple[tuple[Form, pl.DataFrame], ...]


def listed(column: Column) -> list[pl.Series]:
    """The levels of a shipped list, `{list: places, levels: [municipality, province], language: en}`.

    Without `levels` all of the list, without `language` in Dutch. Values are matched without case, accents and
    punctuation; a name of two entries, such as a place in two provinces, is unknown until it says which is meant.

    Raises:
        HierarchyError: a list or level that does not exist, levels out of order, or a value that is not in it.
    """
    known = load_yaml(PACKAGE, "lists.yaml")
    word, language = column.word("list", known), column.word("language", LANGUAGES, "nl")
    offered = list(known[word]["levels"])
    levels = column.each("levels", name) if "levels" in column.settings else offered
    if levels != [level for level in offered if level in levels]:
        raise column.wrong(f"the list {word!r} has the levels {', '.join(offered)}, in that order")
    shipped = load_list(word)
    at = matched(column.values, shipped.meant)
    column.placed(at, f"are not in igmap's list {word!r}, or mean several of its entries; give a file of your own")
    named = [f"{level}_{language}" if f"{level}_{language}" in shipped.entries else level for level in levels]
    return [shipped.entries[label].gather(at).alias(level) for level, label in zip(levels, named, strict=True)]


@cache
def load_list(word: str) -> Shipped:
    """A shipped list, read once."""
    told = load_yaml(PACKAGE, "lists.yaml")[word]
    entries = pl.DataFrame(load_table(told.get("package", PACKAGE), told["file"])).with_row_index("at")
    spelled = entries.select("at", (pl.col("value") + "|" + pl.col("also")).str.split("|").alias("spelling"))
    spelled = spelled.explode("spelling").filter(pl.col("spelling") != "")
    return Shipped(entries, tuple(lookups(spelled["spelling"], spelled["at"], (exact, soft, folded))))

"""What whole values say by their words: closed lists and shapes per category, and values that say nothing."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from igmap.vocabulary.files import load_yaml
from igmap.vocabulary.patterns import shown
from igmap.vocabulary.themes import theme_values

LONGEST_VALUE = 60  # letters; what is longer is text and no term of a list (vectors of faces aside, see `cased`)


def value_signs(values: pl.Series) -> dict[str, np.ndarray]:
    """Which values stand in the list of a category or have the shape of its terms.

    Args:
        values: distinct texts.

    Returns:
        `list:CATEGORY` for each category with a list or shapes, `theme:THEME:CATEGORY` for what counts in tables about
        a theme, and `neutral`: values such as `onbekend`, which belong in no share.
    """
    short = pl.when(pl.col("cased").str.len_chars() <= LONGEST_VALUE).then("cased")
    frame = values.str.strip_chars().to_frame("cased").with_columns(lowered=short.str.to_lowercase())
    signs: dict[str, np.ndarray] = {}
    for column, patterns in _shapes().items():
        for key, sign in shown(frame[column], patterns).items():
            signs[key] = signs[key] | sign if key in signs else sign
    listed = frame.select("lowered").with_row_index("row").join(_listed(), left_on="lowered", right_on="word")
    for (category,), rows in listed.group_by("category"):
        sign = np.zeros(len(frame), bool)
        sign[rows["row"].to_numpy()] = True
        key = f"list:{category}"
        signs[key] = signs[key] | sign if key in signs else sign
    return signs


@cache
def _listed() -> pl.DataFrame:
    """Every word of a closed list with the list it is in."""
    lists = load_yaml("igmap.vocabulary", "lists.yaml")
    words = [(str(word), category) for category, words in lists.items() for word in words]
    return pl.DataFrame(words, {"word": pl.String, "category": pl.String}, orient="row").unique()


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """By sign an anchored pattern over `lowered` values, and over those as they are (`cased`)."""
    shapes: dict[str, dict[str, Any]] = load_yaml("igmap.vocabulary", "shapes.yaml")
    signs = {key if key == "neutral" else f"list:{key}": shape for key, shape in shapes.items()}
    lowered = {sign: list(_patterns(shape)) for sign, shape in signs.items()}
    return {
        "lowered": {sign: _anchored(patterns) for sign, patterns in lowered.items() if patterns} | theme_values(),
        "cased": {sign: _anchored(shape["cased"]) for sign, shape in signs.items() if shape.get("cased")},
    }


def _patterns(shape: dict[str, Any]) -> Iterator[str]:
    yield from shape.get("patterns", ())
    if "ends" in shape:
        yield rf"(?:.*[\pL)&/.-] ?)?(?:{'|'.join(shape['ends'])})"
    if "starts" in shape:
        yield rf"(?:{'|'.join(shape['starts'])}) .+"


def _anchored(patterns: list[str]) -> str:
    return f"^(?:{'|'.join(patterns)})$"

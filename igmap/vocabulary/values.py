"""What whole values say by their words: closed lists and shapes per category, and values that say nothing."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import polars as pl

from igmap.vocabulary.files import load_yaml

LONGEST_VALUE = 60  # letters; what is longer is text and no term of a list (vectors of faces aside, see `cased`)


def value_signs(values: pl.Series) -> dict[str, pl.Series]:
    """Which values stand in the list of a category or have the shape of its terms.

    Args:
        values: distinct texts.

    Returns:
        `list:CATEGORY` for each category with a list or shapes, and `neutral`: values such as `onbekend`, which belong
        in no share.
    """
    stripped = values.str.strip_chars()
    short = stripped.set(stripped.str.len_chars() > LONGEST_VALUE, None)
    lowered = short.str.to_lowercase()
    lists = load_yaml("igmap.vocabulary", "lists.yaml")
    signs = {f"list:{category}": lowered.is_in([str(word) for word in words]) for category, words in lists.items()}
    for category, shape in _shapes().items():
        key = category if category == "neutral" else f"list:{category}"
        found = lowered.str.contains(shape) if shape else None
        cased = stripped.str.contains(_cased()[category]) if category in _cased() else None
        for one in (found, cased):
            if one is not None:
                signs[key] = signs[key] | one if key in signs else one
    return {key: sign.fill_null(value=False) for key, sign in signs.items()}


@cache
def _shapes() -> dict[str, str]:
    """One anchored pattern per category over lower-cased values; "" for a category that has cased ones only."""
    shapes: dict[str, dict[str, Any]] = load_yaml("igmap.vocabulary", "shapes.yaml")
    return {category: _anchored(list(_patterns(shape))) for category, shape in shapes.items()}


@cache
def _cased() -> dict[str, str]:
    shapes: dict[str, dict[str, Any]] = load_yaml("igmap.vocabulary", "shapes.yaml")
    return {category: _anchored(shape["cased"]) for category, shape in shapes.items() if "cased" in shape}


def _patterns(shape: dict[str, Any]) -> Iterator[str]:
    yield from shape.get("patterns", ())
    if "ends" in shape:
        yield rf"(?:.*[\pL)&/.-] ?)?(?:{'|'.join(shape['ends'])})"
    if "starts" in shape:
        yield rf"(?:{'|'.join(shape['starts'])}) .+"


def _anchored(patterns: list[str]) -> str:
    return f"^(?:{'|'.join(patterns)})$" if patterns else ""

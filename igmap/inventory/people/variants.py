"""Whether a word is another spelling of a listed name: Boesjra of Bouchra, Yusuf of Youssef, El-Khattabi of Khattabi.

Two words are variants when their keys are the same: what is written in several ways in the Netherlands is written in
one. `benchmarks/variants.py` prints how many names that no list holds it finds, and how many ordinary words.
"""

from functools import cache

import polars as pl

from igmap.inventory.people.names import listed

SHORTEST = 4  # letters of a key: shorter ones are the keys of too many words
DOUBLED = {letter * 2: letter for letter in "abdefgiklmnoprstuvSG"}
SOUNDS = {
    **dict.fromkeys(["tsch", "tsj", "tch", "tsh", "sch", "sj", "sh", "ch", "tj", "cz", "sz"], "S"),
    **dict.fromkeys(["dzj", "dzh", "dj", "zj", "zh"], "G"),
}
STEPS: tuple[tuple[str, str] | dict[str, str], ...] = (  # patterns; texts, the leftmost first
    (r"\p{M}|[' -]", ""),
    {"ı": "i", "ł": "l", "ø": "o", "ß": "ss"},
    ("^(?:el|al|ben)(.{5,})$", "$1"),
    ("^chr", "kr"),
    SOUNDS,
    {"ph": "f", "gh": "g", "kh": "k", "ck": "k", "c": "k", "q": "k", "x": "ks", "th": "t", "w": "v", "z": "s"},
    ("oe|ou|o", "u"),
    ("ij|ey|ei|ie|iy|ee|y|j", "i"),
    ("ae|e", "a"),
    ("h", ""),
)


def variant_key(words: pl.Series) -> pl.Series:
    """How words are written once their spelling makes no difference.

    Args:
        words: lower-cased, not null.

    Example:
        >>> variant_key(pl.Series(["bouchra", "boesjra", "mohammed", "muhamad"])).to_list()
        ['buSra', 'buSra', 'muamad', 'muamad']
    """
    key = words.str.normalize("NFKD")
    for step in STEPS:
        key = key.str.replace_many(step, leftmost=True) if isinstance(step, dict) else key.str.replace_all(*step)
    while key.str.contains_any(list(DOUBLED)).any():
        key = key.str.replace_many(DOUBLED)
    return key


@cache
def _keys() -> frozenset[str]:
    """The keys of names that are no ordinary words."""
    keys = variant_key(listed().filter(pl.col("sure"))["name"]).unique()
    return frozenset(keys.filter(keys.str.len_chars() >= SHORTEST).to_list())


def are_variants(words: pl.Series) -> pl.Series:
    """Which words are listed names, no ordinary words, in this or another spelling; a short word never is.

    Ordinary words are among them now and then (`schaven`): ask it of words that nothing else is known of.

    Args:
        words: distinct words, lower-cased, not null.
    """
    known = _keys()
    return pl.Series([key in known for key in variant_key(words).to_list()], dtype=pl.Boolean)

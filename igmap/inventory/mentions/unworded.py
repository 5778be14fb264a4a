"""What is written as a user name may be and holds no ordinary word: `s.prums`, but not `klaar.morgen` or `week2`."""

import re

import polars as pl

from igmap.inventory.people.tagger.kinds import alike, codes, lists

LETTERS = re.compile(r"[^\W\d_]{2,}")
OTHERWISE = re.compile("[wbxlto]")  # an ordinary word, a brand, a place, a title, a word of organisations
NAMED = re.compile("[gGfF]")
LIKE = 6  # from which on a word that no list has is spelled like a name
STEM = 4  # letters of a family name before an initial: `prumso4`


def unworded(found: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Spans of which no word is an ordinary one, unless another or a family name before an initial is of the lists.

    Args:
        found: `row`, `start`, `end` and more.
        texts: the texts that they are in.
    """
    said = [texts[row][start:end] for row, start, end in found.select("row", "start", "end").rows()]
    parts = [LETTERS.findall(one) for one in said]
    words = list(dict.fromkeys(part for one in parts for word in one for part in (word, word[:-1])))
    told = zip(codes(words, lists()), alike(words, lists()), strict=True)
    known = dict(zip(words, told, strict=True))
    kept = [_is_kept(one, part, known) for one, part in zip(said, parts, strict=True)]
    return found.filter(pl.Series(kept, dtype=pl.Boolean))


def _is_kept(said: str, words: list[str], known: dict[str, tuple[str, int]]) -> bool:
    if not words:
        return False
    is_parted = "." in said or "_" in said
    if is_parted and any(NAMED.search(known[word][0]) for word in words):
        return True
    if not is_parted and len(words[0]) > STEM and NAMED.search(known[words[0][:-1]][0]):
        return True
    return not any(_is_plain(*known[word]) for word in words)


def _is_plain(code: str, like: int) -> bool:
    return OTHERWISE.search(code) is not None or (like < LIKE and not code)

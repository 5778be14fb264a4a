"""Streets of any name, told by what their last word is: in no list of words, or a name by its capital."""

import re

import polars as pl

from igmap.inventory.mentions.cues import cued
from igmap.inventory.people.tagger.kinds import codes, lists

NUMBER = r"(?:(?i:nummer|number|nr\.?|no\.?|n°) ?)?\d"
HEAD = re.compile(rf"(?:['’‘]?[^\W_][\w.'’-]*,? +)*?([^\W\d_][\w'’-]*),? +{NUMBER}")  # the last word before the number
LED = re.compile(r"(?i)\b(?:op|aan|bij|tegenover|naast|langs|at|near) \Z")
ADDED = re.compile(r"(?i)(?<!\d)\d{1,4}(?: ?[-/] ?(?:[a-z]{1,4}|\d)| (?:bis|hs|huis|[a-h]))\Z")  # as houses have
NUMBERED = re.compile(r"(?i)\b(?:nr|no|nummer)\b")
BEGUN, ENDED = re.compile(r"[,;] \Z"), re.compile(r"(?<!\d{4}) ?(?:[,;\n]|\Z)")
LISTED, BRAND = re.compile("[wb]"), "b"  # an ordinary word or a brand
FEWEST = 4  # letters of a word that is in no list
FAR = 12  # characters before it that tell


def streets(texts: pl.Series) -> pl.DataFrame:
    """Words with a number that are a street: `row`, `start`, `end`, `score`.

    A capital tells nothing where all letters of the word are capitals.
    """
    found = cued("stated_streets", texts)
    rows = found.select("row", "start", "end").rows()
    heads = [HEAD.match(texts[row], start, end) for row, start, end in rows]
    words = [head[1] if head else "" for head in heads]
    known = dict(zip(words, codes([word.lower() for word in words], lists()), strict=True))
    kept = [
        bool(word) and _is_street(word, known[word], texts[row], (start, end))
        for word, (row, start, end) in zip(words, rows, strict=True)
    ]
    return found.filter(pl.Series(kept, dtype=pl.Boolean))


def _is_street(word: str, code: str, text: str, place: tuple[int, int]) -> bool:
    start, end = place
    before, said = text[max(start - FAR, 0) : start], text[start:end]
    is_led = LED.search(before) is not None or ADDED.search(said) is not None
    if LISTED.search(code):
        return is_led and word[0].isupper() and not word.isupper() and BRAND not in code
    is_apart = BEGUN.search(before) is not None and ENDED.match(text, end) is not None
    return len(word) >= FEWEST and (is_led or is_apart or NUMBERED.search(said) is not None)

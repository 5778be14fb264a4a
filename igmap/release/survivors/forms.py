"""Texts without what notation adds: capitals, accents, spaces and signs, the country before a number, turned names.

A form is a text written together in small letters. A value has the few forms in which people write it; a text has one
form for every one to eight words in a row. Whatever stands in the text has a form in common with its value.
"""

from itertools import takewhile

import polars as pl

MOST_WORDS = 8  # an IBAN in groups of four, a telephone number in pairs
OTHER_LETTERS = {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
COUNTRY = r"^(?:00)?(?:31|32|33|44|49)0?([1-9]\d{7,9})$"  # both sides are treated alike: it need not be one
END = r"\s*[\n\r\t\x22;|<>{}\[\]=]+\s*"  # what one value never runs across
WORD = r"[\pL\d]+"
OWN, WHOLE, ANYWHERE, MISSPELT, SURELY = range(5)
DIGITS, MIXED, LETTERS = 8, 6, 8  # of which a form tells somebody apart wherever it stands
PART = 4  # letters of a part of a name
FORMS = {"at": pl.UInt32, "form": pl.String, "reach": pl.Int8}
GRAMS = {"place": pl.UInt32, "form": pl.String, "whole": pl.Boolean}


def folded(texts: pl.Series) -> pl.Series:
    """Small letters without accents."""
    plain = texts.str.to_lowercase()
    odd = (plain.str.len_bytes() != plain.str.len_chars()).fill_null(value=False)
    if not odd.any():
        return plain
    letters = plain.filter(odd).str.normalize("NFKD").str.replace_all(r"\p{M}+", "")
    bare = letters.str.replace_many(list(OTHER_LETTERS), list(OTHER_LETTERS.values()))
    return plain.scatter(odd.arg_true(), bare)


def squeezed(texts: pl.Series) -> pl.Series:
    """Letters and digits only, written together."""
    return numbered(folded(texts).str.replace_all(r"[^\pL\d]+", ""))


def numbered(forms: pl.Series) -> pl.Series:
    """Numbers without country and leading zeros: +31 6…, 0031 6… and 06… are one."""
    figures = forms.str.contains(r"^\d+$").fill_null(value=False)
    if not figures.any():
        return forms
    plain = forms.filter(figures).str.replace(COUNTRY, "${1}").str.replace(r"^0+(\d+)$", "${1}")
    return forms.clone().scatter(figures.arg_true(), plain)


def forms_of(values: pl.Series) -> pl.DataFrame:
    """In what forms values may stand somewhere: `at` (which value), `form`, and its `reach`.

    Args:
        values: distinct texts of a column that was dropped.

    Returns:
        How far a form reaches: OWN only beside the record it comes from, WHOLE where it is all of a cell, ANYWHERE
        wherever it stands (eight digits, letters with digits), MISSPELT also with a typing error (a full name), SURELY
        whatever else is called so (an e-mail address).
    """
    plain = folded(values)
    bare = plain.str.replace_all(r"[^\pL\d]+", "")
    frame = pl.DataFrame({"plain": plain, "bare": bare, "form": numbered(bare)}).with_row_index("at")
    frame = frame.filter(pl.col("bare") != "")
    letters, digits, length = ~pl.col("bare").str.contains(r"\d"), ~pl.col("bare").str.contains(r"\D"), _size("bare")
    reach = (
        pl.when(pl.col("plain").str.contains("@", literal=True)).then(SURELY)
        .when(letters).then(OWN)
        .when(digits).then(pl.when(length >= DIGITS).then(ANYWHERE).otherwise(OWN))
        .otherwise(pl.when(length >= MIXED).then(ANYWHERE).otherwise(WHOLE))
    )  # fmt: skip
    whole = frame.select("at", "form", "plain", reach=reach.cast(pl.Int8), name=letters)
    several = pl.col("name") & (pl.col("reach") == OWN) & pl.col("plain").str.contains(rf"{WORD}[^\pL\d]+{WORD}")
    whole = whole.with_columns(name=several)
    names = whole.filter("name").select("at", "plain")
    return pl.concat([whole.filter(~pl.col("name")).select(list(FORMS)), *_turned(names)])


def _turned(names: pl.DataFrame) -> list[pl.DataFrame]:
    """Names with the family name before or behind, with an initial or without what stands between, and their parts."""
    natural = pl.col("plain").str.replace(r"^([^,]*),(.*)$", "${2} ${1}")
    words = names.select("at", "plain", words=natural.str.extract_all(WORD))
    each, first = pl.col("words"), pl.col("words").list.first()
    turns = [(turn, each.list.slice(turn).list.join("") + each.list.head(turn).list.join("")) for turn in range(4)]
    short = [(2, first + each.list.last()), (1, first.str.head(1) + each.list.slice(1).list.join(""))]
    parts = words.select("at", form="words").explode("form").filter(_size("form") >= PART)
    initial = pl.col("plain").str.contains(r"(?:^|[^\pL])\pL(?:[^\pL]|$)")  # another letter is another person
    reach = pl.when(initial).then(ANYWHERE).otherwise(MISSPELT)
    kinds = [*((*one, reach) for one in turns), *((*one, pl.lit(ANYWHERE)) for one in short)]
    more = [words.filter(each.list.len() > least).select("at", form=one, reach=told) for least, one, told in kinds]
    return [*map(_named, more), parts.with_columns(reach=pl.lit(OWN, pl.Int8))]


def _named(forms: pl.DataFrame) -> pl.DataFrame:
    """Only what has eight letters tells somebody apart wherever it stands."""
    return forms.with_columns(reach=pl.when(_size("form") >= LETTERS).then("reach").otherwise(OWN).cast(pl.Int8))


def _size(column: str) -> pl.Expr:
    return pl.col(column).str.len_chars()


def grams_of(texts: pl.Series, known: pl.Series | None = None) -> pl.DataFrame:
    """The forms of one to eight words in a row: `place` (of the text), `form`, and whether it is the `whole` text.

    Figures that stand together are a number from nine digits on: eight are a date.

    Args:
        texts: any.
        known: the words of what is sought; of words in a row all but one have a digit or are known, or nothing is told.
    """
    plain = folded(texts).str.replace_all(END, "\0")
    found = pl.DataFrame({"word": plain.str.extract_all(r"[\pL\d]+[:\x00]?")}).with_row_index("place")
    words = found.explode("word").drop_nulls().with_columns(form=pl.col("word").str.strip_chars_end(":\0"))
    words = words.with_columns(count=pl.len().over("place"))
    words = (words if known is None else _promising(words, known)).with_row_index("from")
    grown, every = words.with_columns(whole=pl.col("count") == 1, timed=pl.lit(value=False), to="from"), [_runs(words)]
    every.append(grown.select(*GRAMS))
    for size in range(2, MOST_WORDS + 1):
        if (grown := _longer(grown, words, size)).is_empty():
            break
        number = ~pl.col("form").str.contains(r"\D")
        fits = ~number | (~pl.col("timed") & (_size("form") > DIGITS))
        every.append(grown.filter(fits).select(*GRAMS))
    forms = pl.concat(every)
    return forms.with_columns(numbered(forms["form"])).group_by("place", "form").agg(pl.col("whole").any())


def _promising(words: pl.DataFrame, known: pl.Series) -> pl.DataFrame:
    """Words that are known or have a digit, and their neighbours, which may be misspelt; the rest is a gap."""
    sure = words.select(pl.col("form").is_in(known.implode()) | pl.col("form").str.contains(r"\d")).to_series()
    near = sure | sure.shift(1, fill_value=False) | sure.shift(-1, fill_value=False)
    ended = pl.when(near.shift(-1, fill_value=True)).then("word").otherwise(pl.col("word") + "\0")
    return words.with_columns(word=ended).filter(near)


def _longer(grown: pl.DataFrame, words: pl.DataFrame, size: int) -> pl.DataFrame:
    """The forms with one more word of the same text; a colon between figures is one of a time."""
    open_ = grown.filter((pl.col("to") + 1 < words.height) & ~pl.col("word").str.ends_with("\0"))
    following = words[open_["to"] + 1]
    timed = open_["timed"] | open_["word"].str.ends_with(":")
    longer = open_.with_columns(
        timed, following["word"], form=open_["form"] + following["form"], to=pl.col("to") + 1,
        whole=pl.col("count") == size,
    )  # fmt: skip
    return longer.filter(following["place"] == open_["place"])


def _runs(words: pl.DataFrame) -> pl.DataFrame:
    """Long numbers and words that are glued to something else: `id123456782x`."""
    mixed = words.filter(pl.col("form").str.contains(r"\pL\d|\d\pL"))
    runs = mixed.select("place", form=pl.col("form").str.extract_all(rf"\d{{{DIGITS},}}|\pL{{{LETTERS},}}"))
    return runs.explode("form").drop_nulls().with_columns(whole=pl.lit(value=False))


def nearly(forms: pl.Series, grams: pl.Series) -> pl.DataFrame:
    """Which forms stand in texts with one letter wrong, left out, too many or two exchanged: `form` and `gram`.

    An edit leaves the first or the second half as it was, so that only forms that share a half are compared.

    Args:
        forms: those of at least eight letters are looked for.
        grams: distinct.
    """
    lettered = rf"^(?:\d*\pL){{{LETTERS}}}"
    found = pl.DataFrame({"gram": grams.filter(grams.str.contains(lettered))})
    sizes = {size + more for size in found["gram"].str.len_chars().unique() for more in (-1, 0, 1)}
    near = pl.DataFrame({"form": forms}).with_columns(size=_size("form")).filter(pl.col("size").is_in(sorted(sizes)))
    asked = near.filter(pl.col("form").str.contains(lettered)).unique("form")
    if asked.is_empty() or found.is_empty():
        return pl.DataFrame(schema={"form": pl.String, "gram": pl.String})
    sized = [found.with_columns(size=_size("gram").cast(pl.Int64) + more) for more in (-1, 0, 1)]
    theirs = _halves(pl.concat(sized).with_columns(pl.col("size").cast(pl.UInt32)), "gram")
    pairs = _halves(asked, "form").join(theirs, on="key").select("form", "gram").unique()
    return pairs.filter(pl.Series([_one_edit(*pair) for pair in pairs.iter_rows()], dtype=pl.Boolean))


def _halves(texts: pl.DataFrame, name: str) -> pl.DataFrame:
    half, length = pl.col("size") // 2, pl.col("size")
    first, second = pl.col(name).str.head(half), pl.col(name).str.tail(length - half)
    marked = zip("<>", (first, second), strict=True)
    keys = [texts.select(name, key=pl.format(f"{{}}{mark}{{}}", length, cut)) for mark, cut in marked]
    return pl.concat(keys)


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter was changed, left out or added, or two neighbours were exchanged."""
    begin = _alike(one, other)
    one, other = one[begin:], other[begin:]
    end = _alike(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    exchanged = len(one) == len("ab") and one == other[::-1]
    return (one + other).isalpha() and (max(len(one), len(other)) == 1 or exchanged)


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with that are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))

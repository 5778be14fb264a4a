"""Lists of given names, family names and places, and what they say about a value as a whole."""

import unicodedata
from collections.abc import Collection
from functools import cache
from importlib.resources import files

import numpy as np
import polars as pl

from igmap.vocabulary import load_table, load_yaml

PACKAGE = "igmap.inventory.people"
GIVEN, FAMILY, SURE_GIVEN, SURE_FAMILY = 1, 2, 4, 8
SURE = SURE_GIVEN | SURE_FAMILY
CUT = 5  # letters of a family name that are left in a user name
FILE = r"(?i)\.(?:pdf|docx?|odt|rtf|xlsx?|csv|txt|msg|eml|zip|jpe?g|png|heic|pptx?)\b"


@cache
def names(role: str, *, words: bool = True) -> pl.Series:
    """The lower-cased names of a role.

    Args:
        role: `given` or `family`.
        words: whether names that are ordinary words too (`jan`, `bakker`) are among them.
    """
    listed = _listed()
    return listed["name"].filter((listed["role"] == role) & (words | (listed["word"] == "0")))


@cache
def _listed() -> pl.DataFrame:
    """The list as it lies there; it is too long for rows of Python."""
    packed = files(PACKAGE).joinpath("names.tsv.gz").read_bytes()
    return pl.read_csv(packed, separator="\t", quote_char=None, infer_schema=False)


@cache
def name_set(role: str, *, words: bool = True) -> frozenset[str]:
    """The same as a set."""
    return frozenset(names(role, words=words).to_list())


def roles_among(words: Collection[str]) -> dict[str, set[str]]:
    """The roles of those of some words that are names: `given` and `family`, and `sure …` where it is no word too.

    Example:
        >>> sorted(roles_among(["sanne", "tafel"])["sanne"])
        ['given', 'sure given']
    """
    roles: dict[str, set[str]] = {}
    for name, role, word in _listed().filter(pl.col("name").is_in(list(words))).select("name", "role", "word").rows():
        roles.setdefault(name, set()).update({role, f"sure {role}"} if word == "0" else {role})
    return roles


@cache
def not_names() -> frozenset[str]:
    """Countries, colours, weekdays, big cities: names of persons too, but hardly ever meant so."""
    lists = load_yaml("igmap.vocabulary", "lists.yaml")
    return frozenset(str(word) for word in (*lists["none"], *lists["city"]))


@cache
def words_of(kind: str) -> frozenset[str]:
    """Titles, greetings, months and products, as `words.yaml` lists them."""
    return frozenset(load_yaml(PACKAGE, "words.yaml")[kind])


@cache
def particles() -> frozenset[str]:
    """Words between given and family name: van, de, el and more."""
    text = files(PACKAGE).joinpath("tussenvoegsels.txt").read_text("utf-8")
    return frozenset(part for line in text.splitlines() for part in line.split())


@cache
def places() -> pl.Series:
    """Dutch and Belgian places, lower-cased."""
    return pl.Series([row["lower"] for row in load_table(PACKAGE, "places.tsv")])


def folded(text: str) -> str:
    """Lower case without accents, as the lists are looked up.

    Example:
        >>> folded("Çiğdem")
        'cigdem'
    """
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ı", "i"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def files_with_names(values: pl.Series) -> pl.Series:
    """Which values name a file after a person: a given name, particles if any, a family name (`CV_Jan_de_Wit.pdf`)."""
    files = values.to_frame("value").with_row_index("row").filter(pl.col("value").str.contains(FILE))
    if files.is_empty():
        return pl.repeat(value=False, n=len(values), eager=True)
    words = (
        files.select("row", word=pl.col("value").str.to_lowercase().str.extract_all(r"\p{L}{2,}"))
        .explode("word")
        .drop_nulls()
    )
    word = pl.col("word")
    kinds = words.select(
        "row",
        kind=pl.when(word.is_in(list(particles()))).then(pl.lit("p"))
        .when(word.is_in(names("given", words=False).implode())).then(pl.lit("g"))
        .when(word.is_in(names("family").implode())).then(pl.lit("f"))
        .otherwise(pl.lit("-")),
    )  # fmt: skip
    named = (
        kinds.group_by("row", maintain_order=True)
        .agg(pl.col("kind").str.join(""))
        .filter(pl.col("kind").str.contains("gp*[gf]"))
    )
    return pl.int_range(len(values), dtype=pl.get_index_type(), eager=True).is_in(named["row"].implode())


def made_of_names(handles: pl.Series) -> pl.Series:
    """Which user names are made of a person's: `pieter.prins`, `hgriffit`, `walshn1`; a given name alone is none.

    A family name may be cut short, with a letter of the given one before or behind it.
    """
    if handles.is_empty():
        return pl.Series([], dtype=pl.Boolean)
    plain = handles.str.to_lowercase().str.replace(r"[0-9]+$", "")
    parts = plain.str.split_exact(".", 1).struct.unnest()
    first, last = parts["field_0"], parts["field_1"].fill_null("")
    first_given, given = (pl.Series(roles_of(one) & GIVEN > 0) for one in (first, plain))
    last_cut, led, trailed = (
        pl.Series([begun in _beginnings() for begun in one.str.slice(at, CUT).to_list()], dtype=pl.Boolean)
        for one, at in ((last, 0), (plain, 1), (plain, 0))
    )
    dotted = (first_given & (last.str.len_chars() > 1)) | (last_cut & (last != ""))
    alone = (last == "") & (plain.str.len_chars() > CUT) & ~plain.str.contains("[^a-z]")
    return dotted | (alone & ~given & (led | (trailed & (handles != plain))))


@cache
def _beginnings() -> frozenset[str]:
    """How family names begin that are no ordinary words."""
    family = names("family", words=False)
    return frozenset(family.filter(family.str.len_chars() > CUT).str.slice(0, CUT).to_list())


@cache
def listed() -> pl.DataFrame:
    """Every name once: whether it is given, family, and whether it is no ordinary word."""
    rows = _listed()
    is_role = {role: (pl.col("role") == role).any() for role in ("given", "family")}
    return rows.group_by("name").agg(**is_role, sure=(pl.col("word") == "0").any())


def roles_of(words: pl.Series) -> np.ndarray:
    """What each of some lower-cased words is by the lists: GIVEN, FAMILY, the same where it is no ordinary word, or 0.

    To read the lists anew for every series of words, as `is_in` does, takes longer than to look the words up.
    """
    known = _roles()
    return np.array([known.get(word, 0) for word in words.to_list()], np.uint8)


@cache
def _roles() -> dict[str, int]:
    given, sure = pl.col("role") == "given", pl.col("word") == "0"
    role = pl.when(given).then(GIVEN + SURE_GIVEN * sure).otherwise(FAMILY + SURE_FAMILY * sure)
    return dict(_listed().group_by("name").agg(role.bitwise_or()).iter_rows())


def place_hits(lowered: pl.Series) -> pl.Series:
    """Which values, lower-cased, are the name of a Dutch or Belgian place as a whole."""
    return lowered.str.strip_chars().is_in(places().implode()).fill_null(value=False)

"""Names as they come, in their parts: given names, initials, particles and family names, all names at once."""

import polars as pl

from igmap.inventory.people.names import name_set, particles, words_of
from igmap.vocabulary import load_yaml

PACKAGE = "igmap.inventory.people.known"
PIECE = r"[,\-\u2010\u2011]|['’]?\p{L}[\p{L}\p{M}]*['’]?"
PERSON = "key"  # one number per name
HYPHENS = ["-", "\u2010", "\u2011"]
ADDRESS = r"([\p{L}\p{M}\p{N}._%+'-]+)@[\p{L}\p{N}.-]+"
SEPARATORS = r"[\p{N}._%+]+"
JOINED = r"^((?:van|von)(?:de[nr]?|het)?|(?:op|in)?de[nr]?|te[nr]?|el|al|ait|bou|ben|di|la|le)(\p{L}{3,})$"
BLOCK_CAPITALS = r"^\p{Lu}{2,4}$"
VOWELS = r"(?i)[aeiouyäëïöüáéíóú]"


def parts_of(named: pl.Series) -> pl.DataFrame:
    """Each name in words with their roles.

    A comma ends the family name (`El Amrani, Fatima`). Without one the family name begins with the first particle, or
    is the last word and what is joined to it by a hyphen or is a family name only; initials behind it stay initials.
    Of an address what is before the `@` is read as a name. Titles are left out.

    Args:
        named: names of persons, one per person.

    Returns:
        A row per word: `who` (the person's place), `way` (0 the name, 1 the address), `word` (as it is written), `role`
        (given, initial, family), `half` (which part of a double family name), `led` (a particle before the family
        name), `chain` (same for words of one role that a hyphen joins); in the order of reading the family name after
        the particles behind the comma.
    """
    tokens = _tokens(pl.concat([_written(named), _addresses(named)]))
    return _in_order(_halved(_in_roles(_counted(_without_tail(tokens)))))


def _written(named: pl.Series) -> pl.DataFrame:
    """Without the address, unless there is nothing else."""
    text = named.fill_null("").str.replace_all(rf"[<(\[]?{ADDRESS}[>)\]]?", " ").str.replace_all(r"['\"]{1}(\s|$)", " ")
    return text.to_frame("text").with_row_index("who").with_columns(way=pl.lit(0, pl.Int8))


def _addresses(named: pl.Series) -> pl.DataFrame:
    local = named.fill_null("").str.extract(ADDRESS, 1).fill_null("").str.replace_all(SEPARATORS, " ")
    frame = local.to_frame("text").with_row_index("who").with_columns(way=pl.lit(1, pl.Int8))
    alone = load_yaml(PACKAGE, "words.yaml")["mailboxes"]
    return frame.filter(
        ~pl.col("text").str.to_lowercase().str.split(" ").list.eval(pl.element().is_in(alone)).list.any()
    )


def _tokens(ways: pl.DataFrame) -> pl.DataFrame:
    """A row per word, with the commas before it and whether a hyphen is; letters that are initials apart."""
    raw = (
        ways.select("who", "way", key=2 * pl.col("who") + pl.col("way"), raw=pl.col("text").str.extract_all(PIECE))
        .explode("raw")
        .drop_nulls("raw")
    )
    flagged = raw.with_columns(
        segment=(pl.col("raw") == ",").cum_sum().over(PERSON),
        hyphen=pl.col("raw").shift(1).is_in(HYPHENS).over(PERSON).fill_null(value=False),
    ).filter(~pl.col("raw").is_in([",", *HYPHENS]))
    written = pl.col("raw").str.strip_chars("'’").str.to_lowercase()
    titles = [title for title in words_of("titles") if not title.endswith(".")]
    named = flagged.with_columns(word=written).filter(
        ~written.is_in([*titles, *load_yaml(PACKAGE, "words.yaml")["suffixes"]])
    )
    block = pl.col("raw").str.contains(BLOCK_CAPITALS) & ~pl.col("raw").str.contains(VOWELS)
    mixed = (pl.col("raw") != pl.col("raw").str.to_uppercase()).any().over(PERSON)
    letters = named.with_columns(block=block & mixed).with_columns(
        word=pl.when("block").then(pl.col("word").str.split("")).otherwise(pl.concat_list("word")),
        initial=pl.col("block") | _is_initial(),
    )
    joined = letters.explode("word").filter(pl.col("word") != "")
    return _apart(joined.with_columns(led=~pl.col("initial") & _is_particle()))


def _is_initial() -> pl.Expr:
    raw = pl.col("raw")
    big = raw == raw.str.to_uppercase()
    return (raw.str.len_chars() == 1) & (big | ~pl.col("word").is_in(list(particles())))


def _is_particle() -> pl.Expr:
    quoted = pl.col("raw").str.contains("['’]") & (pl.col("word").str.len_chars() == 1)
    return pl.col("word").is_in(list(particles())) | quoted


def _apart(tokens: pl.DataFrame) -> pl.DataFrame:
    """Family names of addresses in particle and name, where that makes a name that is listed: devries, elamrani."""
    rest = pl.col("word").str.extract(JOINED, 2)
    rests = tokens.filter(pl.col("way") == 1).select(rest.drop_nulls().unique())["word"]
    listed = [name for name in rests if name in name_set("family")]
    parted = (pl.col("way") == 1) & rest.is_in(listed).fill_null(value=False)
    split = pl.concat_list(pl.col("word").str.extract(JOINED, 1), rest)
    tokens = tokens.with_columns(word=pl.when(parted).then(split).otherwise(pl.concat_list("word")), parted=parted)
    first = pl.col("word") != pl.col("word").shift(-1)
    return _looked_up(
        tokens.with_row_index("token")
        .explode("word")
        .with_columns(
            led=pl.col("led")
            | (pl.col("parted") & first & (pl.col("token") == pl.col("token").shift(-1)).fill_null(value=False)),
            hyphen=pl.col("hyphen") & (pl.col("token") != pl.col("token").shift(1)).fill_null(value=True),
        )
        .drop("token", "parted", "block")
    )


def _looked_up(tokens: pl.DataFrame) -> pl.DataFrame:
    """Whether each word is a given or a family name of the lists."""
    words = tokens["word"].unique()
    told = [(word, word in name_set("given"), word in name_set("family")) for word in words]
    schema = {"word": pl.String, "given": pl.Boolean, "family": pl.Boolean}
    listed = pl.DataFrame(told, schema=schema, orient="row")
    return tokens.join(listed, on="word", how="left", maintain_order="left")


def _without_tail(tokens: pl.DataFrame) -> pl.DataFrame:
    """`Jan de Vries, IG Learning`: what stands behind the comma is no given name where one stands before it."""
    before, led, named = pl.col("segment") == 0, pl.col("led"), pl.col("given") | pl.col("initial")
    led_by_given = _some((pl.int_range(pl.len()).over(PERSON) == 0) & ~led & named)
    tail = led_by_given & ((before & ~led).sum().over(PERSON) > 1) & ~_some(~before & named)
    return tokens.filter(before | ~tail)


def _counted(tokens: pl.DataFrame) -> pl.DataFrame:
    """Where each word stands among those of its name, and which the last one is that is no initial."""
    return tokens.with_columns(
        place=pl.int_range(pl.len()).over(PERSON),
        chain=(~pl.col("hyphen")).cum_sum().over(PERSON),
        comma=(pl.col("segment").max() > 0).over(PERSON),
    ).with_columns(
        led=pl.col("led")
        & ~((pl.col("place") == 0) & pl.col("word").is_in(load_yaml(PACKAGE, "words.yaml")["called"])),
        last=pl.col("place").filter(~pl.col("initial")).max().over(PERSON).fill_null(-1),
        first=pl.col("place").filter(~pl.col("initial")).min().over(PERSON).fill_null(-1),
    )


def _in_roles(tokens: pl.DataFrame) -> pl.DataFrame:
    initial, led, place, chain = (pl.col(name) for name in ("initial", "led", "place", "chain"))
    first, last = place == pl.col("first"), place == pl.col("last")
    only_family, only_given = pl.col("family") & ~pl.col("given") & ~led, pl.col("given") & ~pl.col("family")
    closing = chain == chain.filter(last).first().over(PERSON)
    opening = (place > pl.col("first")) & ~initial & (closing | (led & ~last) | only_family)
    one_chain = chain.filter(~initial).n_unique().over(PERSON) == 1
    with_initials = _some(initial)
    leads = _some(first & led & ~last)
    family_first = (leads | _some(first & only_family)) & _some(last & only_given) & ~with_initials & ~one_chain
    is_family = (
        pl.when("comma").then((pl.col("segment") == 0) | led)
        .when(family_first).then(~closing)
        .when(leads).then(pl.lit(value=True))
        .when(one_chain).then(with_initials | _some(first & only_family))
        .otherwise(chain >= chain.filter(opening).min().over(PERSON))
    )  # fmt: skip
    role = pl.when("initial").then(pl.lit("initial")).when(is_family).then(pl.lit("family")).otherwise(pl.lit("given"))
    return tokens.with_columns(role=role)


def _some(told: pl.Expr) -> pl.Expr:
    """Whether it is so of some word of the name."""
    return told.any().over(PERSON)


def _halved(tokens: pl.DataFrame) -> pl.DataFrame:
    """Double family names in their parts: a new one begins behind every word that is no particle."""
    moved = pl.when(pl.col("role") == "family").then(pl.col("segment") == 0)
    ordered = tokens.with_columns(moved=moved).sort("key", "role", "moved", "place", maintain_order=True)
    ends = (~pl.col("led")).cast(pl.Int64)
    before = ordered.with_columns(half=ends.cum_sum() - ends)  # words that are no particle, in all names before it
    return before.with_columns(half=pl.col("half") - pl.col("half").min().over("key", "role"))


def _in_order(tokens: pl.DataFrame) -> pl.DataFrame:
    return tokens.select("who", "way", "word", "role", "half", "led", "chain")

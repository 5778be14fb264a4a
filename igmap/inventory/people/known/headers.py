"""Who has a mailbox, by what stands before the address and by the address."""

import polars as pl

from igmap.inventory.people.names import made_of_names
from igmap.inventory.people.values import name_hits
from igmap.vocabulary import load_yaml

BESIDE = r"\s*(?:[|(/]|\s-\s|\s(?:via|namens|on behalf of)\s).*$"  # what stands behind a name: the organisation


def holders_of(mailboxes: pl.DataFrame) -> pl.DataFrame:
    """The mailboxes of persons, with `holder`: the name, and the address behind it.

    A name is what stands before the address, unless it is not built like a person's; then the address says who, if what
    is before the `@` is made of a name.

    Args:
        mailboxes: `name` and `address`, either may be empty, and whatever else.
    """
    told = mailboxes.with_columns(
        shown=pl.col("name").str.replace_all(r"[<>\"']", "").str.replace(BESIDE, "").str.strip_chars(" ,;\t"),
        local=pl.col("address").str.extract("^([^@]*)@", 1).fill_null(""),
    )
    spaced = told["local"].str.replace_all(r"[._\-+0-9]+", " ").str.strip_chars()
    signs = name_hits(told["shown"])
    desks = load_yaml("igmap.inventory.people.known", "words.yaml")["mailboxes"]
    desk = told["shown"].str.to_lowercase().str.extract_all(r"[\p{L}]+").list.eval(pl.element().is_in(desks)).list.any()
    named = (signs["hit"] | signs["formed"] | signs["alike"]) & ~desk
    telling = name_hits(spaced)["hit"] | made_of_names(told["local"])
    whole = pl.concat_str("shown", "address", separator=" ")
    holder = pl.when(named).then(whole).when(telling).then("address")
    return told.with_columns(holder=holder).drop_nulls("holder").drop("shown", "local")

"""Who writes to whom in a mailbox, and which messages are one thread, from the fields of its export."""

import numpy as np
import polars as pl

from igmap.inventory.people.known.known import Known
from igmap.inventory.people.known.letters import Integers
from igmap.inventory.people.known.people import all_of
from igmap.inventory.people.known.resolving import MET, RECIPIENT, SENDER
from igmap.inventory.people.names import made_of_names
from igmap.inventory.people.values import name_hits

ROLES = {"From": SENDER, "Reply-To": SENDER, "To": RECIPIENT, "Cc": RECIPIENT}
OTHERS = "other headers"
MAILBOX = r'(?:"[^"\n]*"|[^<>@;"\n])*<[^<>\n]*>|[\s,]*[^\s<>@,;"]+@[^\s<>,;"]+|[^<>@;"\n]+'
ADDRESS = r"([^\s<>@,;\"']+)@[^\s<>@,;\"']+"
BESIDE = r"\s*(?:[|(/]|\s-\s|\s(?:via|namens|on behalf of)\s).*$"  # what stands behind a name: the organisation
IDENTITY, ANSWERED = r"<[^<>\s]+>", r"(?im)^(?:In-Reply-To|References):.*(?:\n[ \t].*)*"
ANSWERS = r"(?i)^\s*(?:(?:re|aw|antw|fwd?|fw|doorst|betr)(?:\[\d+\])?\s*:\s*)+"


def known_from_headers(messages: pl.DataFrame) -> Known:
    """The senders and recipients of all messages, each once.

    Args:
        messages: as a mailbox is exported, a row each: `From`, `Reply-To`, `To`, `Cc`; what is missing is blank.
    """
    return all_of(met_in_headers(messages)["name"])


def met_in_headers(messages: pl.DataFrame) -> pl.DataFrame:
    """Senders and recipients by message: `row`, `name` and `role`.

    A name is what stands before the address, unless it is not built like a person's; then the address says who, if what
    is before the `@` is made of a name.
    """
    met = [_mailboxes(messages, field).with_columns(role=pl.lit(role)) for field, role in ROLES.items()]
    written = pl.concat(met).unique(maintain_order=True)
    text = pl.col("name")
    told = written.with_columns(
        address=text.str.extract(f"({ADDRESS})", 1),
        local=text.str.extract(ADDRESS, 1).fill_null(""),
        shown=text.str.replace_all(ADDRESS, "")
        .str.replace_all(r"[<>\"']", "")
        .str.replace(BESIDE, "")
        .str.strip_chars(" ,;\t"),
    )
    spaced = told["local"].str.replace_all(r"[._\-+0-9]+", " ").str.strip_chars()
    signs = name_hits(told["shown"])
    named = (signs["hit"] | signs["formed"] | signs["alike"]).alias("named")
    telling = (name_hits(spaced)["hit"] | made_of_names(told["local"])).alias("telling")
    name = (
        pl.when("named")
        .then(pl.concat_str("shown", "address", separator=" ", ignore_nulls=True))
        .when("telling")
        .then("address")
    )
    return told.with_columns(named, telling).with_columns(name=name).drop_nulls("name").select(MET.names()).cast(MET)


def _mailboxes(messages: pl.DataFrame, field: str) -> pl.DataFrame:
    return (
        _field(messages, field)
        .str.extract_all(MAILBOX)
        .to_frame("name")
        .with_row_index("row")
        .explode("name")
        .drop_nulls("name")
        .filter(pl.col("name").str.contains(r"\p{L}"))
    )


def _field(messages: pl.DataFrame, field: str) -> pl.Series:
    """A field whatever its capitals; blanks where there is none."""
    names = {name.lower(): name for name in messages.columns}
    if field.lower() not in names:
        return pl.Series([""] * len(messages), dtype=pl.String)
    return messages[names[field.lower()]].cast(pl.String).fill_null("")


def threads_of(messages: pl.DataFrame) -> pl.Series:
    """The thread of each message, as the number of its first message.

    Messages are of one thread when one answers the other (`Message-ID`, and `In-Reply-To` and `References` among the
    other headers), or when the same two addresses write each other under the same subject, answers and forwards apart.
    """
    links = pl.concat([_identities(messages), _subjects(messages)])
    node = links["link"].rank("dense").cast(pl.Int64).to_numpy() - 1
    return pl.Series("thread", _components(links["row"].to_numpy().astype(np.int64), node, len(messages)))


def _identities(messages: pl.DataFrame) -> pl.DataFrame:
    answered = _field(messages, OTHERS).str.extract_all(ANSWERED).list.join(" ")
    both = _field(messages, "Message-ID") + pl.Series([" "] * len(messages)) + answered
    links = both.str.extract_all(IDENTITY).to_frame("link").with_row_index("row").explode("link")
    return links.drop_nulls("link")


def _subjects(messages: pl.DataFrame) -> pl.DataFrame:
    subject = _field(messages, "Subject").str.replace(ANSWERS, "").str.strip_chars().str.to_lowercase()
    ends = {
        field: _field(messages, field).str.to_lowercase().str.extract_all(ADDRESS).to_frame(field).with_row_index("row")
        for field in ("From", "To")
    }
    pairs = ends["From"].explode("From").join(ends["To"].explode("To"), on="row").drop_nulls()
    told = pairs.with_columns(subject=subject.gather(pairs["row"])).filter(pl.col("subject") != "")
    two = [pl.min_horizontal("From", "To"), pl.max_horizontal("From", "To")]
    return told.select("row", link=pl.concat_str("subject", *two, separator="\n"))


def _components(row: Integers, node: Integers, size: int) -> Integers:
    """The least row that each is linked to, over however many links."""
    label = np.arange(size)
    while len(row):
        least = np.full(int(node.max()) + 1, size)
        np.minimum.at(least, node, label[row])
        nearer = label.copy()
        np.minimum.at(nearer, row, least[node])
        nearer = nearer[nearer]
        if (nearer == label).all():
            break
        label = nearer
    return label

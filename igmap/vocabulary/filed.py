"""What the number in a field leads to, by its name or the table's title: somebody's file (`polisnr`), order (`RMA`)."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from igmap.vocabulary.files import load_yaml
from igmap.vocabulary.themes import headings
from igmap.vocabulary.tokens import header_words

MOST_WORDS = 4
BARE = frozenset({"id", "nr", "nummer", "number", "no", "ref", "referentie", "reference", "nbr", "numero", "kenmerk"})
PLURALS = ("", "s", "en", "n", "es", "e")
CODES = ("code", "key")


@dataclass(frozen=True, slots=True)
class Filed:
    """What a name says that it numbers.

    Args:
        category: `account_id` of a file, `invoice` of an order.
        word: of the list.
        how: `head` with a number's word, `code` with one that kinds have too, `alone` without any, `scanned` at
            the door, `title` where the table says it, `device` or `serial` of a device, `proven` by a certificate.
    """

    category: str
    word: str
    how: str

    @property
    def apart(self) -> bool:
        """Whether each record must have a number of its own, because it could be the number of a kind."""
        return self.how in {"code", "scanned", "title"} or self.word in _lists()["own"]


@lru_cache(maxsize=4096)
def filed(name: str) -> Filed | None:
    """The file or order that a field's name says it numbers.

    Example:
        >>> filed("verz_polisnr").category, filed("Track & trace").category, filed("issue key")
        ('account_id', 'invoice', None)
    """
    name = name.removesuffix("__c")  # as Salesforce marks what a customer added
    return next((found for heading in headings(name) if (found := _filed(_kept(heading.split())))), None)


@lru_cache(maxsize=1024)
def titled(title: str) -> Filed | None:
    """The file or order that each record of a table is, by the table's title: `helpdesk_tickets`.

    Example:
        >>> titled("export_reserveringen.csv").category
        'account_id'
    """
    words = [word for heading in headings(title) for word in heading.split()]
    singular = ((word, word.removesuffix(end)) for word in reversed(words) for end in PLURALS)
    known = ((one, _numbered().get(one)) for word, one in singular if word.startswith(one))
    found = ((one, category) for one, category in known if category and one not in _lists()["untitled"])
    return next((Filed(category, one, "title") for one, category in found), None)


def is_bare(name: str, title: str) -> bool:
    """Whether a name says that something is numbered and not what, or only what the title says: `Mollie ID`."""
    said = {word for heading in headings(title) for word in heading.split()}
    rest = (" ".join(word for word in heading.split() if word not in said) for heading in headings(name))
    titles = not (filed(name) or is_of_whom(name)) and bool(BARE & {*rest})
    return titles or any(heading in BARE for heading in headings(name))


def is_of_whom(name: str) -> bool:
    """Whether a name says of whom something is numbered: `bestuurder_pasnr`."""
    return any(set(heading.split()) & _persons() for heading in headings(name))


def speaks_of(kind: str, name: str) -> bool:
    """Whether a name has a word of a list: `wares` that are scanned or sold, `proofs` that somebody learnt."""
    return any(set(heading.split()) & _lists()[kind] for heading in headings(name))


def _filed(words: list[str]) -> Filed | None:
    if not words or set(words) & _lists()["bought"]:
        return None
    first, rest = words[0], "".join(words[1:])
    category = _numbered().get(rest) if first in _lists()["heads"] else None
    turned = Filed(category, rest, "head") if category else None
    tails = ("".join(words[-many:]) for many in range(MOST_WORDS, 0, -1))
    return _whole().get("".join(words)) or turned or next(filter(None, map(_headed, tails)), None)


def _headed(joined: str) -> Filed | None:
    """A word of the lists with what numbers it behind it, in one piece."""
    for head in _lists()["heads"]:
        word = joined.removesuffix(head)
        if word != joined and (category := _numbered().get(word)):
            return Filed(category, word, "code" if head in CODES else "head")
    return None


def _kept(words: list[str]) -> list[str]:
    """The words without those at the end that say nothing, or of whom: `factuurnr trainer`, `contractnummer oud`."""
    while len(words) > 1 and words[-1] in _behind():
        words = words[:-1]
    return words


@cache
def _behind() -> frozenset[str]:
    """Words at the end of a name that say nothing, or of whom."""
    lists = header_words()
    return frozenset(map(str, lists["qualifiers"])) - _lists()["heads"] | _persons()


@cache
def _persons() -> frozenset[str]:
    return frozenset(map(str, header_words()["persons"])) - _lists()["heads"] - _numbered().keys()


@cache
def _numbered() -> dict[str, str]:
    """The category of what each word numbers."""
    lists = _lists()
    return {word.replace(" ", ""): category for category in ("invoice", "account_id") for word in lists[category]}


@cache
def _whole() -> dict[str, Filed]:
    """Names that say by themselves that they number something, in one piece."""
    lists, called = _lists(), load_yaml("igmap.vocabulary", "filed.yaml")["called"]
    serials = lists["serials"]
    names = {word: Filed(_numbered()[word], word, "alone") for word in lists["alone"]}
    names |= {word: Filed(category, word, "alone") for category, words in called.items() for word in words}
    names |= {word: Filed("device_id", word, "serial" if word in serials else "device") for word in called["device_id"]}
    return names | {word: Filed("account_id", word, how) for how in ("scanned", "proven") for word in lists[how]}


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists: dict[str, Any] = load_yaml("igmap.vocabulary", "filed.yaml")
    return {kind: frozenset(map(str, words)) for kind, words in lists.items() if kind != "called"}

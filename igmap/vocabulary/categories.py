"""igmap's categories of data; registers map their own to these."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from igmap.vocabulary.files import load_yaml


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of data about persons.

    Args:
        id: the word used in every file igmap writes.
        nl: its Dutch name.
        en: its English name.
        identifiability: how directly it points at a person by itself.
        special: the regime of GDPR Art. 9, Art. 10 or UAVG Art. 46, if one applies.
        secret: whether it opens an account.
        free_text: whether it holds sentences.
        iri: the term of the Data Privacy Vocabulary 2.3.
    """

    id: str
    nl: str
    en: str
    identifiability: Literal["direct", "key", "quasi", "none"] = "none"
    special: Literal["none", "art9", "art10", "bsn"] = "none"
    secret: bool = False
    free_text: bool = False
    iri: str = ""


CATEGORIES: dict[str, Category] = {
    name: Category(id=name, **entry) for name, entry in load_yaml("igmap.vocabulary", "categories.yaml").items()
}


@cache
def category_names() -> dict[str, str]:
    """The id of each category by its id and its Dutch and English names, in small letters."""
    return {name.casefold(): one.id for one in CATEGORIES.values() for name in (one.en, one.nl, one.id)}


def category_called(word: str) -> str | None:
    """The id of the category a person means, whatever the capitals and spaces; None when there is none.

    Example:
        >>> category_called("Bankrekening "), category_called("bank account"), category_called("bananas")
        ('bank_account', 'bank_account', None)
    """
    return category_names().get(" ".join(word.split()).casefold())

"""igmap's categories of data; registers map their own to these."""

from dataclasses import dataclass
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

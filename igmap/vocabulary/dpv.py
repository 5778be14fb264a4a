"""Terms of the Data Privacy Vocabulary 2.3 that igmap ships, with the address each stands for; see NOTICE.md."""

from functools import cache

from igmap.errors import nearest
from igmap.vocabulary.files import load_table


@cache
def iris() -> dict[str, str]:
    """The terms with their prefix (`dpv:Student`), and the IRI of each."""
    return {row["term"]: row["iri"] for row in load_table("igmap.vocabulary", "dpv.tsv")}


@cache
def prefixes() -> dict[str, str]:
    """What each prefix stands for: the part that the IRIs of its terms have in common with it."""
    split = ((*term.split(":", 1), iri) for term, iri in iris().items())
    return {prefix: iri.removesuffix(name) for prefix, name, iri in split}


def iri(term: str) -> str:
    """The address of a term, as a register is shown or exported.

    Raises:
        KeyError: the term is not in the subset, with the nearest that is.

    Example:
        >>> iri("dpv:Student")
        'https://w3id.org/dpv#Student'
    """
    try:
        return iris()[term]
    except KeyError:
        raise KeyError(f"unknown DPV term {term!r}{nearest(term, iris())}") from None

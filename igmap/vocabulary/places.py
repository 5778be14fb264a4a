"""Words in names of fields that tell whose place, page or company stands there."""

from functools import cache

from igmap.vocabulary.files import load_yaml
from igmap.vocabulary.tokens import name_tokens


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words or phrases of a kind (`places.yaml`), as the words of names are spelled.

    Example:
        >>> "kundenname" in words_of("customers"), "geo" in words_of("scenes")
        (True, True)
    """
    listed = load_yaml("igmap.vocabulary", "places.yaml")[kind]
    return frozenset(" ".join(name_tokens(str(phrase))) or str(phrase) for phrase in listed)

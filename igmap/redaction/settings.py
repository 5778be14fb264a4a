"""What is to become of mentions: the way for each kind, which kinds, in which language."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from igmap.errors import RedactionError, nearest
from igmap.vocabulary import load_yaml

PLACEHOLDER, SURROGATE, GENERALISE = WAYS = ("placeholder", "surrogate", "generalise")
LANGUAGES = ("nl", "en")
PART_OF = {"birth_date": "date", "city": "place"}  # kinds that a way of another kind holds for


def placeholders() -> Mapping[str, Mapping[str, str]]:
    """What stands for what was recognised in a text, by kind of mention, in Dutch and English."""
    known: Mapping[str, Mapping[str, str]] = load_yaml("igmap.redaction", "placeholders.yaml")
    return known


@dataclass(frozen=True, slots=True)
class Redaction:
    """How texts are redacted.

    Args:
        way: of all kinds that `ways` does not name: placeholder, surrogate or generalise. A kind that has no
            surrogate or nothing coarser gets its placeholder.
        ways: by kind of mention.
        only: the kinds that are looked for; all of them when it is empty.
        language: of placeholders: nl or en.
        numbered: whether every placeholder has a number, the same in the whole result: so that a key can be kept.
    """

    way: str = PLACEHOLDER
    ways: Mapping[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    language: str = "nl"
    numbered: bool = False

    @property
    def kinds(self) -> Collection[str]:
        """What is looked for."""
        return self.only or tuple(placeholders())

    def way_of(self, kind: str) -> str:
        """What becomes of a kind; of a date of birth what becomes of dates, where nothing is said of it."""
        return self.ways.get(kind, self.ways.get(PART_OF.get(kind, ""), self.way))

    @property
    def draws(self) -> bool:
        """Whether anything is made up."""
        return SURROGATE in {self.way, *self.ways.values()}


@dataclass(frozen=True, slots=True)
class Keeping:
    """What stays of a file that is left out otherwise, and where in it texts are looked for.

    Args:
        attachments: files in mail that are no text; nothing is looked for in them.
        headers: of mail, that tell how it travelled and what wrote it; what is mentioned in them is replaced.
        fields: of tables; all of them when it is empty.
        thread: the field of a table whose values tell threads apart, or `*`: all records are one thread. By default a
            field that is called so; where there is none, each record is a thread of its own.
    """

    attachments: bool = False
    headers: bool = False
    fields: tuple[str, ...] = ()
    thread: str = ""


def redaction(
    way: "str | Iterable[str] | Mapping[str, str]" = PLACEHOLDER, only: Iterable[str] = (), language: str = "nl"
) -> Redaction:
    """Settings as a person says them, checked.

    Args:
        way: one for all, or `["surrogate", "date=generalise"]`, or `{date: generalise}`.
        only: kinds of mentions.
        language: nl or en.

    Raises:
        RedactionError: an unknown way, kind or language, with the nearest known one.

    Example:
        >>> redaction(["surrogate", "date=generalise"]).way_of("date")
        'generalise'
    """
    said = dict(way) if isinstance(way, Mapping) else dict(map(_pair, [way] if isinstance(way, str) else way))
    chosen = tuple(only)
    _known("way", said.values(), WAYS)
    _known("kind of mention", [*chosen, *(kind for kind in said if kind)], placeholders())
    _known("language", [language], LANGUAGES)
    return Redaction(said.pop("", PLACEHOLDER), said, chosen, language)


def _pair(said: str) -> tuple[str, str]:
    kind, _, way = said.rpartition("=")
    return kind.strip(), way.strip()


def _known(what: str, words: Iterable[Any], known: Collection[str]) -> None:
    for word in words:
        if word not in known:
            hint = nearest(str(word), known) or f"; choose from {', '.join(known)}"
            raise RedactionError(f"unknown {what} {word!r}{hint}")

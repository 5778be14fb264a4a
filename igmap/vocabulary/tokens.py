"""The words of a field's name: camelCase, separators, plurals and Dutch compounds taken apart, whole words only."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise, product
from typing import Any

from igmap.vocabulary.files import load_yaml

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])(?![A-Z]s(?![a-z]))")  # `IDs` are one word
NUMERO = re.compile(r"\bN[°º]\s*")  # `N° client`
OF_INTERNET = re.compile(r"IPv[46]")
CUSTOM = re.compile(r"__(?:p?c|r)(?![^.\s])", re.IGNORECASE)  # as Salesforce marks what a customer added
KEYED = re.compile(r"(?<=[\w\]])\[([A-Za-z_]\w+)\](?=\[|$)")  # of a form: `customer[email]`
SLASHED = re.compile(r"/?\w+(?:/\w+){2,}|/\w+(?:/\w+)*")  # of a tree: `/job/title`
COUNTER = re.compile(r"(?<=[a-z]{2})\d+$")
PLAIN = re.compile(r"(?!.*\be mail)[a-z]+(?: [a-z]+)*")  # there is nothing to split, to fold or to drop
QUESTION = re.compile(r"(?:q|vr|vraag)\d+[a-z]?")  # `Q6_age`
NUMBER_SIGN = re.compile(r"(?<=\w)\s*#\s*$")  # `Order #`; `# of orders` counts them
LOOKUP = re.compile(r"_(\w+?)(?:id)?_value")  # `_modifiedby_value` has the number of whom it names
TAGGED = re.compile(r"^%([^%\s]+)%$")  # `%FUNCTIE%` is a place for it in a text
ENDS = re.compile(r"(?<=[a-z]{4})(adres)$|(?<=[a-z]{3})(nr)$")  # behind a word that no list has
NOT_WORD = re.compile(r"[^0-9a-z]+")
GLUED = re.compile(r"[A-Z][A-Z0-9_]*|[a-z][a-z0-9_]*")  # in one case
LEAST_GLUED, MOST_GLUED = 5, 0.8
LEAST_COUNTED = 3  # fields of a table, that they are only counted
COUNTED = re.compile(
    r"(?i)((?:[a-pr-z]|col(?:umn|umna|onne|onna)?|kolom|kolumna|spalte|feld|field|veld|var(?:iable|iabele)?|attr)?)"
    r"[ _.-]?(\d{1,5})"
)
# As a field is called that the export does not name, by igmap or by what wrote it: Excel, pandas, Spark.
NAMELESS = re.compile(r"(?i)\(\d+\)|unnamed: ?\d+|(?:column|kolom|spalte|colonne|field|veld)[ _]?\d+|_c\d+")
HEADS = {
    "nummer": "nummer",
    "nr": "nummer",
    "naam": "naam",
    "id": "id",
    "code": "code",
    "mail": "email",
    "titel": "titel",
}
COUNTING = ("nummer", "naam", "id", "code")
NUMBERS = frozenset({"nr", "nrs", "num", "numbers", "nummers"})
UNFOLDED = str.maketrans({"ß": "ss", "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "æ": "ae", "đ": "d", "Đ": "D"})
SHORTEST_PART, MOST_PARTS = 4, 4  # shorter parts stand in too many words by chance: us-age, mess-age
SHORTEST_ABBREVIATED, SHORTEST_PLURAL, SHORTEST_SPELLED = 3, 5, 5


def bare_names(names: Sequence[str]) -> list[str]:
    """Names without the letters that most of a table's names begin with, as `OX` before `FON`; as they are elsewhere.

    Where words are told apart by signs or capitals such a beginning is a word, and does no harm.

    Example:
        >>> bare_names(["OXID", "OXFON", "OXZIP", "OXCITY", "OXTIMESTAMP"])
        ['ID', 'FON', 'ZIP', 'CITY', 'TIMESTAMP']
    """
    glued = [name for name in names if GLUED.fullmatch(name)]
    for length in (4, 3, 2):
        begun = Counter(name[:length] for name in glued if len(name) > length + 1)
        prefix, count = begun.most_common(1)[0] if begun else ("", 0)
        if count >= max(LEAST_GLUED, MOST_GLUED * len(names)):
            return [name.removeprefix(prefix) if name in glued and len(name) > length + 1 else name for name in names]
    return list(names)


def dotted(name: str) -> str:
    """A path as it is written elsewhere with its parts set apart by dots.

    Example:
        >>> dotted("order[customer][email]"), dotted("/job/title")
        ('order.customer.email', 'job.title')
    """
    name = name.strip("/").replace("/", ".") if SLASHED.fullmatch(name) else name
    while (keyed := KEYED.sub(r".\1", name)) != name:
        name = keyed
    return name


def are_nameless(names: Sequence[str]) -> bool:
    """Whether the fields of a table are only counted: `V1`, `V2` and on, `col_01`, `0`, `1`, `2`, or `A`, `B`, `C`.

    Example:
        >>> are_nameless(["V1", "V2", "V3"]), are_nameless(["Q1", "Q2", "Q3"]), are_nameless(["A", "B", "C"])
        (True, False, True)
    """
    counted = [COUNTED.fullmatch(name) for name in names]
    if len(names) < LEAST_COUNTED:
        return False
    if all(counted):
        stems, numbers = {one[1].lower() for one in counted if one}, {int(one[2]) for one in counted if one}
        return len(stems) == 1 and len(numbers) == len(names)
    return [name.upper() for name in names] == [chr(ord("A") + at) for at in range(len(names))]


def is_nameless(name: str) -> bool:
    """Whether a field has no name of its own.

    Example:
        >>> [is_nameless(name) for name in ("(3)", "Unnamed: 2", "Kolom 4", "naam")]
        [True, True, True, False]
    """
    return bool(NAMELESS.fullmatch(name))


def name_tokens(name: str) -> tuple[str, ...]:
    """The words of a name: camelCase and separators split, accents folded, counters dropped.

    Example:
        >>> name_tokens("profile_field_E-mailAdres2")
        ('profile', 'field', 'email', 'adres')
    """
    name = OF_INTERNET.sub(" ip ", NUMERO.sub("numero ", CUSTOM.sub("", TAGGED.sub(r"\1", name))))
    name = f"{looked_up[1]} id" if (looked_up := LOOKUP.fullmatch(name)) else name
    if PLAIN.fullmatch(name):
        return tuple(part for word in name.split() for part in _parts(word))
    spaced = CAMEL.sub(
        " ", NUMBER_SIGN.sub(" number", unicodedata.normalize("NFKC", name)).replace("%", " percentage ")
    ).translate(UNFOLDED)
    plain = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"\be mail", "email", NOT_WORD.sub(" ", plain)).split()
    words = words[1:] if len(words) > 1 and QUESTION.fullmatch(words[0]) else words
    return _meant_together(
        tuple(part for word in words if not word.isdigit() for part in _parts(COUNTER.sub("", word)))
    )


def _meant_together(words: tuple[str, ...]) -> tuple[str, ...]:
    """`deb nummer` and `acht nm`: a shortened word beside another, where both together are a phrase of the lists."""
    for at, pair in enumerate(pairwise(words)):
        if pair[0] in known_words() or pair[0] not in _abbreviations("parts"):
            continue
        meant = next((found for first, last in product(*map(_meant, pair)) if (found := _together(first, last))), None)
        if meant:
            return (*words[:at], *meant, *words[at + 2 :])
    return words


def _together(first: str, last: str) -> tuple[str, ...] | None:
    """Two words as one word of the lists or a phrase of them."""
    if f"{first}{last}" in known_words():
        return (f"{first}{last}",)
    return (first, last) if (first, last) in _pairs() else None


def header_words() -> dict[str, Any]:
    """The lists of `headers.yaml`."""
    words: dict[str, Any] = load_yaml("igmap.vocabulary", "headers.yaml")
    return words


@cache
def known_words() -> frozenset[str]:
    """Every single word that the lists of headers know."""
    lists = header_words()
    listed = [
        lists[name]
        for name in ("persons", "things", "papers", "qualifiers", "contexts", "closing", "openings", "sites")
    ]
    phrases = (*listed, *lists["phrases"].values())
    return frozenset(word for words in phrases for phrase in words for word in str(phrase).lower().split())


@cache
def _parts(word: str) -> tuple[str, ...]:
    """`patientnr`, `telefoonnummerprive` and `phones` as the words they are made of, when all of these are known."""
    if word in known_words() or not word.isalpha():
        return (word,)
    if word in NUMBERS or word in _abbreviations("always"):
        return tuple(_abbreviations("always").get(word, ("nummer",))[0].split())
    singular = next((one for one in _singulars(word) if one != word and _is_part(one)), None)
    if singular:
        return (singular,)
    return _numbered(word) or _split(word, MOST_PARTS) or _spelled_out(word) or _ended(word)


def _ended(word: str) -> tuple[str, ...]:
    """`aankomstadres` is an address, of whatever; a number stays one word."""
    return tuple(ENDS.sub(lambda end: f" {end[1]}" if end[1] else "nummer", word).split())


def _spelled_out(word: str) -> tuple[str, ...] | None:
    """`achternm` and `kltnr`: two shortened words, or one, that together are words or a phrase of the lists."""
    for end in range(1, len(word) if len(word) >= SHORTEST_SPELLED else 0):
        for first, last in product(_meant(word[:end]), _meant(word[end:])):
            if found := _together(first, last):
                return found
    return None


def _meant(part: str) -> tuple[str, ...]:
    """What a part of a word may stand for: itself, or the words that are shortened so."""
    return (*_abbreviations("parts").get(part, ()), *((part,) if part in known_words() else ()))


@cache
def _abbreviations(kind: str) -> dict[str, tuple[str, ...]]:
    """What each abbreviation stands for."""
    words: dict[str, list[str]] = load_yaml("igmap.vocabulary", "abbreviations.yaml")[kind]
    short = {one for forms in words.values() for one in forms}
    return {one: tuple(word for word, forms in words.items() if one in forms) for one in short}


@cache
def _pairs() -> frozenset[tuple[str, ...]]:
    """Two words that are a phrase together."""
    lists = header_words()
    phrases = (tuple(str(phrase).lower().split()) for words in lists["phrases"].values() for phrase in words)
    numbered = {(str(one), head) for one in (*lists["persons"], *lists["things"]) for head in COUNTING}
    called = (tuple(str(person).split()) for person in lists["persons"])
    return frozenset((*numbered, *(phrase for phrase in (*phrases, *called) if len(phrase) == 2)))  # noqa: PLR2004


def _singulars(word: str) -> tuple[str, ...]:
    """Words of which it may be the plural; short ones are family names as often: Banks, Weeks."""
    return (word.removesuffix("s"), word.removesuffix("es")) if len(word) > SHORTEST_PLURAL else ()


def _numbered(word: str) -> tuple[str, ...] | None:
    """`klantid` and `pasnr`: what is so short may stand only with a head and a person or thing before it."""
    if word.endswith("nr") and f"{word[:-2]}nummer" in known_words():
        return (f"{word[:-2]}nummer",)
    for head, plain in HEADS.items():
        for first in (word.removesuffix(head), word.removesuffix(f"s{head}")):
            if first != word and first in _counted():
                return first, plain
    return None


def _split(word: str, most: int) -> tuple[str, ...] | None:
    """The word as known words end to end, with Dutch linking s's; None when it is not made of them alone."""
    if _is_part(word):
        return ("nummer",) if word in NUMBERS else (word,)
    for end in range(len(word) - 1, SHORTEST_ABBREVIATED - 1, -1) if most > 1 else ():
        if not _is_part(word[:end]):
            continue
        for rest in (word[end:], word[end + 1 :] if word[end] == "s" else ""):
            parts = _split(rest, most - 1) if rest else None
            if parts:
                return word[:end], *parts
    return None


def _is_part(word: str) -> bool:
    abbreviated = word in NUMBERS or word in header_words()["short"]
    return abbreviated or (
        len(word) >= SHORTEST_PART and word in known_words() and word not in header_words()["unsplit"]
    )


@cache
def _counted() -> frozenset[str]:
    words = header_words()
    return frozenset(word for word in (*words["persons"], *words["things"]) if word.isalpha())

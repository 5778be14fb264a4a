"""Names are data too: file, sheet and column names that name a person are shown masked, here and only here decided.

A mask says what stands there, and which one of its kind: `verzuim_‹name›.xlsx`, `‹email 3›`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count, takewhile

import polars as pl

from igmap.errors import SourceError, nearest
from igmap.inventory.detectors import bsn, email, iban, phone
from igmap.inventory.people.known.ordinary import ALIKE, signs_of
from igmap.inventory.people.names import folded, not_names, particles, roles_among, words_of
from igmap.inventory.texts import Texts
from igmap.sources import Column, Dataset, Exports
from igmap.vocabulary import header_cue
from igmap.vocabulary.tokens import name_tokens

WORD = re.compile(r"[^\W\d_]+")
FILE = re.compile(r"\.\w{1,5}$")
# what steers a terminal, or turns the direction of what is written
UNSHOWN = re.compile("\x1b\\[[\\d;]*[A-Za-z]|[\0-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LIKE_A_NAME, SURELY_LIKE_ONE = 2.0, 3.0  # log-odds of its spelling: of a word with a capital, of any
SHORTEST_FAMILY = 5  # letters of a family name alone
SHORTEST = 3  # letters of a given name that says something by itself
TELLING = (email.DETECTOR, bsn.DETECTOR, iban.DETECTOR, phone.DETECTOR)


@dataclass(frozen=True, slots=True)
class Located:
    """A dataset with its columns under the names that may be shown."""

    source: str
    table: str
    dataset: Dataset
    columns: dict[str, Column]


def titled(source: str, table: str) -> str:
    """How a dataset is called for people: its file, and the sheet or table in it."""
    return f"{source} / {table}" if table else source


def shown(exports: Exports) -> tuple[Located, ...]:
    """Every dataset under the names that may be shown, in the order of the exports."""
    masked = mask_all(sorted({d.source for d in exports.datasets}))
    sources = {source: re.sub(r"[\t\n-\r]", "\ufffd", mask) for source, mask in masked.items()}
    tables = mask_all(sorted({d.table for d in exports.datasets}))
    return tuple(
        Located(sources[d.source], tables[d.table], d, dict(zip(_columns(d), d.columns, strict=True)))
        for d in exports.datasets
    )


def locate(exports: Exports, source: str, table: str = "") -> Located:
    """The dataset that is shown under a source and table.

    Raises:
        SourceError: there is none.
    """
    places = {(located.source, located.table): located for located in shown(exports)}
    if (source, table) not in places:
        hint = nearest(source, [name for name, _ in places])
        raise SourceError(f"{source}{' / ' if table else ''}{table}: no such export{hint}")
    return places[source, table]


def _columns(dataset: Dataset) -> list[str]:
    names = [column.name for column in dataset.columns]
    masks = mask_all(names)
    return [masks[name] for name in names]


def mask_all(names: list[str]) -> dict[str, str]:
    """Each name with what is personal in it masked.

    A word that is a month too (`jan`) is taken for a month when another month stands among the names.

    Example:
        >>> mask_all(["verzuim_Fatima_el_Amrani.xlsx", "jan@school.example"])
        {'verzuim_Fatima_el_Amrani.xlsx': 'verzuim_‹name›.xlsx', 'jan@school.example': '‹email›'}
    """
    return dict(_masked(tuple(names)))


@lru_cache(maxsize=1024)  # the same tables are shown time and again in one run
def _masked(names: tuple[str, ...]) -> dict[str, str]:
    series = pl.Series(names, dtype=pl.String).str.replace_all("_", " ", literal=True)
    texts = Texts.of(series.to_arrow())
    telling = [d for d in TELLING if len(texts.holding(d.needs, digits=d.digits))]
    fired = {d.id: d.scan(series)["hit"] for d in telling}
    months = (
        len({word for name in names for word in map(str.lower, WORD.findall(name)) if word in words_of("months")}) > 1
    )
    known = roles_among({folded(word) for name in names for word in WORD.findall(name)})
    masks = {}
    for position, name in enumerate(names):
        detector = next((id_ for id_, hits in fired.items() if hits[position]), None)
        suffix = FILE.search(name)
        masks[name] = (
            (f"‹{detector}›" + (suffix[0] if suffix and detector != "email" else ""))
            if detector
            else UNSHOWN.sub("\ufffd", _without_person(name, known, months=months))
        )
    return _told_apart(masks)


def _told_apart(masks: dict[str, str]) -> dict[str, str]:
    """The masks, with a number in those that would otherwise be the same: `‹name›`, `‹name 2›`."""
    taken = {name for name, mask in masks.items() if mask == name}
    apart = {}
    for name, mask in masks.items():
        numbered = (mask.replace("›", f" {number}›", 1) for number in count(2))
        apart[name] = mask if mask == name else next(one for one in chain([mask], numbered) if one not in taken)
        taken.add(apart[name])
    return apart


def _without_person(name: str, known: Mapping[str, set[str]], *, months: bool) -> str:
    """The name with a run of words masked that is a given name with what follows it as a family name.

    A phrase of our own lists names nobody: `sal brut`. The lists are long, and asked only where somebody may be named.
    """
    words = list(WORD.finditer(name))
    for i, word in enumerate(words):
        size = _person_at(words[i : i + 6], known, months=months)
        if size:
            if (cue := header_cue(name)) and " ".join(name_tokens(name)) == cue.phrase:
                return name
            rest = takewhile(_may_be_family, words[i + size :])
            end = [words[i + size - 1], *rest][-1].end()
            return name[: word.start()] + "‹name›" + _without_person(name[end:], known, months=months)
        if FILE.search(name) and _is_family_alone(word[0], known):
            return name[: word.start()] + "‹name›" + _without_person(name[word.end() :], known, months=months)
    return name


def _person_at(words: Sequence[re.Match[str]], known: Mapping[str, set[str]], *, months: bool) -> int:
    """How many words name a person: given, initial or particle before a family name, or given alone."""
    plain = [folded(word[0]) for word in words]
    roles = [known.get(word, set()) for word in plain]
    is_given = "given" in roles[0]
    if not (is_given or len(plain[0]) == 1 or plain[0] in particles()):
        return 0
    end = 1
    while end < len(plain) and plain[end] in particles() and "sure family" not in roles[end]:
        end += 1
    family = "family" if is_given else "sure family"
    if end < len(plain) and family in roles[end] and _may_end_a_name(plain[end]):
        return end + 1
    alone = "sure given" in roles[0] or (is_given and not months and plain[0] in words_of("months"))
    return int(
        alone
        and len(plain[0]) >= SHORTEST
        and plain[0] not in not_names() | words_of("products")
        and _is_plain(words[0][0], plain[0])
    )


def _may_end_a_name(word: str) -> bool:
    """Whether a family name is not rather what names of columns end in: `meta_key`."""
    return len(word) > 1 and not header_cue(word) and word not in words_of("columns")


def _is_family_alone(word: str, known: Mapping[str, set[str]]) -> bool:
    """Whether a word of a file's name is a family name and nothing else, by the lists and by how it is spelled."""
    plain = folded(word)
    least = LIKE_A_NAME if word.istitle() else SURELY_LIKE_ONE
    if len(plain) < SHORTEST_FAMILY or "sure family" not in known.get(plain, ()) or header_cue(plain):
        return False
    told = signs_of(pl.Series([plain])).filter(~pl.col("word") & ~pl.col("place") & (pl.col("likeness") > least))
    return len(told) > 0 and plain not in words_of("products")


def _may_be_family(word: re.Match[str]) -> bool:
    """Whether a word behind a name is rather a family name that no list has than a word of headers."""
    is_ending = word.string[: word.start()].endswith(".")
    like_one = word[0][0].isupper() or (not is_ending and _spelled_like_a_name(folded(word[0])))
    return not header_cue(word[0]) and like_one


def _spelled_like_a_name(word: str) -> bool:
    """Whether a word in small letters is on no list, and spelled like a name."""
    told = signs_of(pl.Series([word])).filter(~pl.col("word") & ~pl.col("place") & (pl.col("likeness") > ALIKE))
    return len(told) > 0


def _is_plain(word: str, name: str) -> bool:
    """Whether headers do not use it as a word."""
    return not header_cue(name) and " ".join(name_tokens(word)) == name

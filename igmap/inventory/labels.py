"""Names are data too: file, sheet and column names that name a person are shown masked, here and only here decided.

A mask says what stands there, and which one of its kind: `verzuim_‹name›.xlsx`, `‹email 3›`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, count

import polars as pl

from igmap.errors import SourceError, nearest
from igmap.inventory.detectors import bsn, email, iban, phone
from igmap.inventory.naming import FILE, WORD, asked_of, without_person
from igmap.inventory.people.names import particles, roles_among, words_of
from igmap.inventory.texts import Texts
from igmap.sources import Column, Dataset, Exports
from igmap.vocabulary import header_cue

# what steers a terminal, turns the direction of what is written, or is no letter of any encoding (names on disk)
UNSHOWN = re.compile("\x1b\\[[\\d;]*[A-Za-z]|[\0-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LIKE_A_PERSON = re.compile(r"\b[^\W\d_][\w'’-]+(?: [\w'’-]+){1,4}")
LEAST_BESIDE = 2  # persons among the names of a place, for another to be taken for one
MOBILE = replace(phone.DETECTOR, pattern=r"\b(?:06|(?:\+|00)316)[ -]?[1-58](?:[ -]?\d){7}\b", without="")
TELLING = (email.DETECTOR, bsn.DETECTOR, iban.DETECTOR, phone.DETECTOR, MOBILE)  # `klant 06-…` numbers no customer


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
    months = (
        len({word for name in names for word in map(str.lower, WORD.findall(name)) if word in words_of("months")}) > 1
    )
    known = roles_among({word for name in names for word in asked_of(name)})
    bare = _without_identifiers(sorted(set(names)))
    masks = _beside_persons({name: without_person(bare[name], known, months=months) for name in names})
    return _told_apart({name: UNSHOWN.sub("\ufffd", mask) for name, mask in masks.items()})


def _beside_persons(masks: dict[str, str]) -> dict[str, str]:
    """The masks, and masked too what looks like a person where most that stand in the same place are persons.

    A table with a column for each pupil, or an object with a member for each: few of their names are on any list.
    """
    like = {name: masked for name, mask in masks.items() if (masked := LIKE_A_PERSON.sub(_if_like_one, mask)) != mask}
    surely, maybe = Counter(masks.values()), Counter(like.values())
    return masks | {name: one for name, one in like.items() if surely[one] >= max(LEAST_BESIDE, maybe[one])}


def _if_like_one(run: re.Match[str]) -> str:
    """A mask for words with capitals at both ends, particles between them, that are no words of headers."""
    first, *between, last = run[0].split()
    fits = first[0].isupper() and last[0].isupper() and particles().issuperset(between)
    return "‹name›" if fits and not header_cue(first) and not header_cue(last) else run[0]


def _without_identifiers(names: Sequence[str]) -> dict[str, str]:
    """The names without addresses and numbers of persons: a folder, file or other part that holds one is masked."""
    parts = sorted({part for name in names for part in name.split("/")})
    series = pl.Series(parts, dtype=pl.String).str.replace_all("_", " ", literal=True)
    texts = Texts.of(series.to_arrow())
    telling = [d for d in TELLING if len(texts.holding(d.needs, digits=d.digits))]
    fired = [(d.id, d.scan(series)["hit"]) for d in telling]
    masks = {}
    for position, part in enumerate(parts):
        kind = next((kind for kind, hits in fired if hits[position]), None)
        suffix = FILE.search(part) if kind != "email" else None
        masks[part] = f"‹{kind}›{suffix[0] if suffix else ''}" if kind else part
    return {name: "/".join(masks[part] for part in name.split("/")) for name in names}


def _told_apart(masks: dict[str, str]) -> dict[str, str]:
    """The masks, with a number in those that would otherwise be the same: `‹name›`, `‹name 2›`."""
    taken = {name for name, mask in masks.items() if mask == name}
    apart = {}
    for name, mask in masks.items():
        numbered = (mask.replace("›", f" {number}›", 1) for number in count(2))
        apart[name] = mask if mask == name else next(one for one in chain([mask], numbered) if one not in taken)
        taken.add(apart[name])
    return apart

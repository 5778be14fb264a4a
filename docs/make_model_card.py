"""Write docs/persons.md and the card beside the model from docs/persons_figures.json; tests fail when they are late."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # benchmarks are no part of the package

from benchmarks.person_rows import Row, fresh_rows, rows, size  # noqa: E402 - after the path

FIGURES = HERE / "persons_figures.json"
PAGES = (HERE / "persons.md", HERE.parent / "igmap" / "inventory" / "people" / "tagger" / "MODEL_CARD.md")
MET = {True: "yes", False: "**no**", None: "not measured"}
OPENING = """# Model card: persons in Dutch text

Written by `python docs/make_model_card.py` from `docs/persons_figures.json`, which `benchmarks/persons.py --write`
measures; not to be edited.

`igmap.inventory.people.find_persons` says where a text names somebody. A linear-chain conditional random field looks at
each word, how it is written, which lists of names, places and titles hold it, how much it is spelled like a name, and
at its neighbours; then a name that is sure in one place of a text is looked for in all of it. Dutch first, English
second. It runs on the processor, downloads nothing and keeps nothing of what it reads.

## Meant for

Finding persons in messages, remarks and other free text of exports, so that a human can decide on it and igmap can
redact it. A name that is not found stays in the text: a release with free text needs the check of what remains
(`igmap/release/free_text`), and the default for free text is to drop it. It is not meant to decide anything about a
person, to guess an origin, or to watch people.

## How well

"""
GROUPS = """
## By origin of the name

Each name stands in one of {carriers} sentences of its own that no training template holds. *Exact*: precisely the name
was found; *bound*: lower end of its 95 % interval (Wilson); *whole*: every letter was found; *small*: exact in the same
sentence without capitals. For names that are *in no list*, half of all names is taken out of the lists and of the
spelling, and names that a training sentence holds are left out too. Origins are those of the lists; the tagger knows of
none.

"""
CORPORA = """
## News and encyclopedia

Read from a folder, never trained on, never shipped. The interval of F1 is a bootstrap over sentences or documents.

"""
IDENTIFIERS = """
## Identifiers in invented business mail

{documents} documents from templates, organisations, streets and names that training does not see. An identifier is
taken out if every letter and digit of it lies in what `igmap redact` replaces when each document is a thread.

"""
FRESH = """
## Fresh mail and notes

Written on 27 November 2026, since the mail above had been looked at while redaction was mended: other templates, other
organisations and streets, names that training does not see either. Notes are texts that no mail is: tickets, chats,
transcripts, minutes, remarks on learners, complaints, forms, orders, voicemail in words. Templates:
{templates}; each is drawn as often as another.
What is missed in an open half may be read by those who mend (`benchmarks/persons.py --misses`); a sealed half is only
counted, its misses are not looked at. User names, Belgian national numbers, numbers
of customers, policies, registrations and devices, coordinates and links to a room count as identifiers here.
Intervals are a bootstrap over templates. *First* is what was measured before anybody had mended anything for it.

"""
DATA = """
## Learnt from

| text | licence | credit and use |
| --- | --- | --- |
| MultiCoNER 1, Dutch | CC BY 4.0 | Malmasi, Fang, Fetahu, Kar, Rokhlenko: MultiCoNER, COLING 2022. Its makers took \
the sentences from Wikipedia (CC BY-SA): a strict reader may see share-alike in the text; the model holds weights of \
hashed attributes, no sentence. Persons, places and all other names as three kinds, capitals restored, sentences that \
stand in WikiNEuRal left out; each person replaced by others |
| Common Voice, Dutch sentences | CC0 1.0 | Mozilla; real sentences, nearly all without a name; 5,000 held out |
| GeoNames, CLDR, name-suggestion-index | CC BY 4.0; Unicode; BSD | filters of what is a place or a brand; no texts |
| OpenTaal word list | BSD or CC BY 3.0 | Stichting OpenTaal; ordinary words for the model of spelling |
| names: Faker; popular names by country; by hand | MIT; CC0; own | see \
`igmap/inventory/people/NOTICE.md`; those drawn for training texts are of one half, the other is for measuring |
| business and e-learning text; sentences of news, sport, everyday Dutch and English | MIT, own work | templates in \
`benchmarks/persons/`, with names drawn from the lists |

Not used: CoNLL-2002, SoNaR, WikiNEuRal, Universal Dependencies and other text for research only or share-alike.

## Limits

- {worst_unlisted} names fare worst where no list holds them (at least {least_unlisted:.2f} are found, at 95 %).
- Names of an origin that is not in the table were not measured.
- Unknown firms and products are taken for persons at times, and persons for firms; a family name that is an ordinary \
word needs a title, a given name or a second mention.
- Without capitals and points more is missed. Words of other languages than Dutch and English are strange to it.
- News was measured on Belgian papers of 2000, encyclopedia on text near to what it learnt from; business mail is \
invented. None of the three is your export: mark a sample of it by hand.

## Make it again

    PYTHONPATH=. python benchmarks/train_persons.py
    PYTHONPATH=. python benchmarks/persons.py FOLDER --peers --write
    python docs/make_model_card.py

All training data lie in `benchmarks/persons/` with their notices. FOLDER holds the corpora that only measure; without
it their rows stay empty.
"""


def document(figures: Mapping[str, Any]) -> str:
    """The card as Markdown.

    Args:
        figures: as `benchmarks/persons.py` writes them.
    """
    parts = (_targets, _groups, _corpora, _identifiers, _fresh, _data)
    return OPENING + "".join(text for part in parts for text in part(figures))


def _targets(figures: Mapping[str, Any]) -> Iterator[str]:
    peers = list(figures["peers"])
    yield _table(("", "goal", "igmap", "reached", *peers), (_target(row, peers) for row in rows(figures)))
    yield "\nPeers read the same texts; of business mail and of sentences without a name the first ones only.\n\n"
    yield "".join(f"- {_peer(name, one)}\n" for name, one in figures["peers"].items())


def _target(row: Row, peers: Sequence[str]) -> tuple[str, ...]:
    return row.name, row.goal, row.told or "–", MET[row.reached], *(row.peers.get(peer, "–") for peer in peers)


def _peer(name: str, one: Mapping[str, Any]) -> str:
    return f"{name}: {one['version']}." if "version" in one else f"{name}: not measured ({one['skipped']})."


def _groups(figures: Mapping[str, Any]) -> Iterator[str]:
    yield GROUPS.format(carriers=figures["carriers"])
    heads = (
        "",
        *(f"{kind}, {what}" for kind in ("in no list", "listed") for what in ("exact", "bound", "whole", "small")),
    )
    yield _table(heads, ((group, *_shares(figures, group)) for group in figures["listed"]))


def _shares(figures: Mapping[str, Any], group: str) -> Iterator[str]:
    for kind in ("unlisted", "listed"):
        one = figures[kind].get(group)
        keys = ("exact", "bound", "whole", "lower_cased")
        yield from (f"{one[key] / (1 if key == 'bound' else one['count']):.3f}" if one else "–" for key in keys)


def _corpora(figures: Mapping[str, Any]) -> Iterator[str]:
    yield CORPORA
    yield _table(("", "F1, 95 % interval", "precision", "recall", "touched"), _ways(figures["corpora"]))


def _ways(corpora: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, corpus in corpora.items():
        for way, said in (("sentence", "sentences"), ("document", "documents"), ("lower-cased", "without capitals")):
            one = corpus[way]
            told = [f"{one[key]:.3f}" for key in ("precision", "recall", "overlap_recall")]
            yield f"{name}, {said} ({size(corpus)})", f"{one['f1']:.3f} [{one['low']:.3f}, {one['high']:.3f}]", *told


def _identifiers(figures: Mapping[str, Any]) -> Iterator[str]:
    yield IDENTIFIERS.format(documents=figures["mail"]["documents"])
    counts = figures["identifiers"].items()
    yield _table(("", "taken out", "of"), ((kind, str(gone), str(count)) for kind, (count, gone) in counts))


def _fresh(figures: Mapping[str, Any]) -> Iterator[str]:
    halves = figures["fresh"]
    yield FRESH.format(templates=", ".join(f"{one['templates']} {half}" for half, one in halves.items()))
    first = fresh_rows({half: one["first"] for half, one in halves.items()})
    both = zip(first, fresh_rows(halves), strict=True)
    yield _table(("", "first", "now"), ((before.name, before.told, now.told) for before, now in both))
    yield "\n"
    heads = [f"{half}, {what}" for half in halves for what in ("taken out", "of")]
    kinds = sorted({kind for one in halves.values() for kind in one["identifiers"]})
    yield _table(("", *heads), ((kind, *_taken(halves, kind)) for kind in kinds))


def _taken(halves: Mapping[str, Any], kind: str) -> Iterator[str]:
    for one in halves.values():
        count, gone = one["identifiers"].get(kind, (0, 0))
        yield from (str(gone), str(count))


def _data(figures: Mapping[str, Any]) -> Iterator[str]:
    bounds = {group: one["bound"] for group, one in figures["unlisted"].items()}
    worst = min(bounds, key=lambda group: bounds[group])
    yield DATA.format(worst_unlisted=worst, least_unlisted=bounds[worst])


def _table(heads: Sequence[str], lines: Iterable[tuple[str, ...]]) -> str:
    every = [tuple(heads), tuple("---" for _ in heads), *lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in every)


if __name__ == "__main__":
    card = document(json.loads(FIGURES.read_text("utf-8")))
    for page in PAGES:
        page.write_text(card, encoding="utf-8")

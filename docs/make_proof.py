"""Write docs/proof.md from texts, limits of attacks and planted faults; the tests fail when it is out of date."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # the tests are no part of the package

from igmap.anonymisation.plan import DEFAULT_K, Plan  # noqa: E402 - after the path
from igmap.release.attacks.attack import EXCESS  # noqa: E402
from igmap.release.attacks.giving_away import LIMITS  # noqa: E402
from igmap.release.free_text.estimate import LEVEL  # noqa: E402
from igmap.release.wording import texts  # noqa: E402
from tests import attack_faults, certificate_faults, earlier_faults, faults, sound, text_faults  # noqa: E402

LEAST = 40
EXPLAINED = "as the plan says (`{name}`); else told"
TOLD = "told"
JUDGED = {
    "prosecutor": EXPLAINED.format(name="highest_risk"),
    "journalist": EXPLAINED.format(name="highest_risk"),
    "isolated": "0",
    **{name: f"{limit:g} for sensitive columns; else told" for name, limit in LIMITS.items()},
    **dict.fromkeys(("facts_1", "facts_2", "others_1", "others_2"), EXPLAINED.format(name="background")),
    **dict.fromkeys(
        ("linked_halves", "second_export", "intersection", "common_value", "stable_pseudonym", "differencing"), ""
    ),
    **dict.fromkeys(("inference", "fingerprint"), ""),
    "membership": f"{EXCESS:g} above its control in a sample; else told",
    "earlier": "none: it cannot be told, which a person has to sign for",
}
PLACES = {
    "text": "staging, by the proof; the redaction missed it",
    "staging": "staging, by the proof",
    "published": "the folder about to be published",
    "leaving": "the folder about to be published",
    "workspace": "the published release, by `igmap finalise`",
    "workspace without source": "the published release, by `igmap finalise`",
    "earlier": "staging, beside what was published before",
}
OPENING = """# How a release is judged, and what the proof was shown to catch

Written by `python docs/make_proof.py` from `igmap/release/texts.yaml`, the attacks and the tests; not to be edited.

A release is read back from the files that were written, counted again by code that shares nothing with the recoding,
and attacked. It is published only if every check counts 0, every threshold holds and no attack succeeds beyond its
limit. An attack that too few persons, or too little power, leave without an answer blocks publishing until a person
signs for it in the plan (`signed`). A certificate says that a release meets the thresholds that were set; neither it
nor this page says that anything is anonymous.

## Checks

Each counts what is wrong in the written files, and has to be 0.

"""
THRESHOLDS = f"""
## Thresholds

What the plan asks, by the names it has in plan, proof and verdict. Without a word in the plan k is {DEFAULT_K} persons,
`suppression_limit` {Plan.__dataclass_fields__["suppression_limit"].default:g} of the rows, and `excess` {EXCESS:g}: the
upper end of the 95 % interval of what an attack's success exceeds its control by. All others are asked for by name.

"""
TEXTS = f"""
## Free text

A column of texts is left out by default. It is released only if the plan sets a target, `thresholds: {{free_text:
{{missed: 0.005}}}}`: the share of the different texts in which a person, number or address may be left, at most.

1. *A second examination* looks at what was redacted by a method that shares nothing with the redaction: names by lists,
   capitals and spelling, words after a title or greeting, all detectors (over line ends too), the persons of the
   dropped columns of names, names that were taken out of another text, rare words that one person only has together;
   on the text as a reader sees it, without hidden characters and look-alikes. A word that the original of its row does
   not have was put there by the redaction. Where it is certain the release is refused until a person looked.
2. *People look* (`igmap mark`, or the desk in the notebook) at texts that are drawn at random, in strata by what the
   second examination says and by length, and count what is left. In {LEVEL:.0%} of all samples at most the bound is too
   low: it is that of Clopper and Pearson over all drawn texts, or that of the finite number of texts where it is
   lower (Hoeffding 1956; `igmap/release/free_text/estimate.py`); the tests show by enumeration that it holds in every
   population. Nothing found in n of many texts bounds the share by 3 / n. Who cannot tell has missed somebody, and a
   text in which somebody saw something left is never published. The bound is for a number of texts that was settled
   beforehand. Another redaction draws other texts.
3. *Capture and recapture* (Chapman 1951) of tagger and second examination stands in the proof as a figure: it takes
   them as independent, which two methods that know the same names are not.

`fragments` and `combinations` allow a share of the texts with a phrase, or rare words, that one person only has; else
a phrase refuses the release (`unique_fragments`), and combinations are told.

"""
ATTACKS = """
## Attacks

Each stands in the proof with its interval, its control (the same attack on persons who are not in the release, on the
source, or on values that were dealt at random), the success of guessing, and its power: the success on a copy in which
something was given away on purpose. *Limit* is the default; "above its control" means the upper end of the interval.
What is *told* has no limit of its own: measures are what a release is for, and others do not know them by their role.

"""
FAULTS = """
## Planted faults

{count} ways in which a release is broken on purpose; the tests plant each, and each has to be caught by what is named.

"""
SOUND = """
## Sound releases

{count} releases in which nothing is wrong, and that have to be published:

"""


def document() -> str:
    """The page as Markdown.

    Raises:
        SystemExit: fewer faults than the proof was promised to catch.
    """
    planted = list(_planted())
    if len(planted) < LEAST:
        raise SystemExit(f"there have to be {LEAST} planted faults at least")
    parts = [
        OPENING + _table(("check", "counts", "telt"), _named("check")),
        THRESHOLDS + _table(("threshold", "asks for", "vraagt"), _named("condition")),
        TEXTS,
        ATTACKS + _table(("attack", "what it is", "the attacker knows", "limit"), _attacks()),
        FAULTS.format(count=len(planted))
        + _table(("", "what is broken", "wat er stuk is", "caught by", "where"), planted),
        SOUND.format(count=len(sound.SOUND)) + "".join(f"- {one.name}\n" for one in sound.SOUND),
    ]
    return "".join(parts)


def _named(kind: str) -> Iterator[tuple[str, ...]]:
    keys = [key for key in texts() if key.startswith(f"{kind}.")]
    yield from ((f"`{key.partition('.')[2]}`", _said(key, "en"), _said(key, "nl")) for key in keys)


def _said(key: str, lang: str) -> str:
    """A text whose columns and numbers stay open."""
    words: str = texts()[key][lang]
    return words.replace(" ({column})", "").replace("{column}", "…").replace("{l}", "l").replace("{table}", "…")


def _attacks() -> Iterator[tuple[str, ...]]:
    names = [key.partition(".")[2] for key in texts() if key.startswith("attack.")]
    for name in names:
        limit = JUDGED.get(name, TOLD) or f"{EXCESS:g} above its control"
        yield f"`{name}`", _said(f"attack.{name}", "en"), _said(f"knows.{name}", "en"), limit


def _planted() -> Iterator[tuple[str, ...]]:
    """Every fault: number, what is broken in both languages, what catches it and where."""
    broken = [(one.where, one) for one in (*faults.FAULTS, *attack_faults.FAULTS)]
    told = [*broken, *(("text", one) for one in text_faults.FAULTS)]
    told += [("earlier", one) for one in earlier_faults.FAULTS]
    said = [*told, *((one.where, one) for one in certificate_faults.FAULTS)]
    for number, (where, one) in enumerate(said, start=1):
        yield str(number), one.en, one.nl, _catch(one.caught_by), PLACES[where]


def _catch(name: str) -> str:
    """What catches a fault: a check, threshold or attack by its name, or the words of the message."""
    known = any(f"{kind}.{name.partition('(')[0]}" in texts() for kind in ("check", "condition", "attack"))
    return f"`{name}`" if known else f"“{name}”"


def _table(heads: Sequence[str], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [tuple(heads), tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "proof.md"
    path.write_text(document(), encoding="utf-8")

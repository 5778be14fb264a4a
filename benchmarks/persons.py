"""How well persons are found in text: `PYTHONPATH=. python benchmarks/persons.py [FOLDER] [--peers ...] [--write]`.

FOLDER holds the corpora that only measure (CoNLL-2002 `ned.testb`, WikiNEuRal `nl/test.conllu`, also packed or in
folders of their own); igmap learns nothing of them and does not ship them, and what is missing is said. `--peers` runs
presidio with its English model, deduce and Frog, each as `name=python` in the Python that has it:

    --peers presidio=peers/bin/python deduce=deduce/bin/python frog

Figures of peers that do not run are those of the last `--write`, as long as the texts are the same.

`--write` writes `docs/persons_figures.json`, of which `docs/make_model_card.py` makes the model card. `--fresh`
measures the fresh business mail and the notes only, and writes only their figures; `--misses` lists what goes wrong in
their open halves.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.make_name_lists import PEOPLE
from benchmarks.person_corpora import Corpus, corpora, lowered
from benchmarks.person_fresh import fresh, misses
from benchmarks.person_names import Found, by_group, carriers, tagger_of, without_half
from benchmarks.person_peers import NAMES, beside, of_the_same_texts, pythons
from benchmarks.person_rows import Row, fresh_name, fresh_rows, rows, size
from benchmarks.person_scores import Finder, Score, scored
from benchmarks.person_texts import FOLDER, sentences
from benchmarks.person_texts_held import alarms, letters, marked, redacted
from igmap.inventory.people.tagger import tagger

FIGURES = Path(__file__).parents[1] / "docs" / "persons_figures.json"
PACKED = {".npz", ".gz"}  # what the model and the lists lie in
PLACES = 4
SENTENCES = 12_000  # whose reading is timed


def measured(found: Mapping[str, Corpus | None], peers: Mapping[str, str]) -> dict[str, Any]:
    """Every figure.

    Args:
        found: the corpora by name; None where there is none.
        peers: each peer with the Python that has it.
    """
    find, texts = tagger_of(tagger()), letters()
    gone = redacted(texts)
    figures = {
        "corpora": {name: _of_corpus(corpus, find) for name, corpus in found.items() if corpus},
        "carriers": sum(map(len, carriers().values())),
        "listed": _of_groups(by_group(find, hidden=False)),
        "unlisted": _of_groups(by_group(without_half(), hidden=True)),
        "alarms": asdict(alarms(find)),
        "mail": _shares(scored(marked(texts), find)) | {"documents": len(texts)},
        "identifiers": gone.kinds,
        "other_words": gone.words,
        "fresh": fresh(find, first()),
        "speed": _speed(),
        "bytes": {
            path.relative_to(PEOPLE).as_posix(): path.stat().st_size
            for path in sorted(PEOPLE.rglob("*"))
            if path.suffix in PACKED
        },
        "peers": earlier(found) | {NAMES[peer]: beside(found, peer, python) for peer, python in peers.items()},
    }
    rounded: dict[str, Any] = _rounded(figures)
    return rounded


def earlier(found: Mapping[str, Corpus | None]) -> dict[str, Any]:
    """The peers' figures that were written before and are of the texts of today."""
    return of_the_same_texts(_written().get("peers", {}), found)


def first() -> dict[str, Any]:
    """What the halves of the fresh mail gave when they were first measured and written."""
    return {half: one["first"] for half, one in _written().get("fresh", {}).items()}


def _written() -> dict[str, Any]:
    written: dict[str, Any] = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    return written


def _of_corpus(corpus: Corpus, find: Finder) -> dict[str, Any]:
    """Scores sentence by sentence, with whole documents, and without capitals."""
    by_sentence = scored(corpus.sentences, find)
    return {
        "is_sample": corpus.is_sample,
        "sentences": len(corpus.sentences),
        "documents": len(corpus.documents),
        "persons": by_sentence.total[0],
        "sentence": _shares(by_sentence),
        "document": _shares(scored(corpus.texts, find)),
        "lower-cased": _shares(scored([lowered(one) for one in corpus.sentences], find)),
    }


def _shares(score: Score) -> dict[str, float]:
    low, high = score.interval
    return {
        "f1": score.f1, "low": low, "high": high, "precision": score.precision, "recall": score.recall,
        "overlap_recall": score.overlap_recall,
    }  # fmt: skip


def _of_groups(groups: Mapping[str, Found]) -> dict[str, dict[str, float]]:
    return {name: {**asdict(one), "bound": one.bound} for name, one in groups.items()}


def _speed() -> dict[str, float]:
    """As a process of its own measures them, on real sentences, each once."""
    texts = dict.fromkeys(one.text for one in sentences(FOLDER / "multiconer1-nl-recased.tsv.gz", Random(0)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.txt"
        path.write_text("\n".join([*texts][:SENTENCES]), encoding="utf-8")
        script = Path(__file__).with_name("person_speed.py")
        ran = subprocess.run([sys.executable, str(script), str(path)], capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(ran.stdout)
    return told


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_rounded(one) for one in value]
    return round(value, PLACES) if isinstance(value, float) else value


def told(figures: Mapping[str, Any], missing: Iterable[str]) -> Iterator[str]:
    """What is printed: each target with its goal and the peers, then every group, corpus and kind."""
    yield from (f"not found in the folder given: {name}" for name in missing)
    yield from (_told(row) for row in rows(figures))
    for peer, one in figures["peers"].items():
        yield f"{peer}: {one['skipped'] if 'skipped' in one else one['version']}"
    for name, corpus in figures["corpora"].items():
        yield f"{name}: {size(corpus)}"
        yield from (f"    {way:12} {_figures(corpus[way])}" for way in ("sentence", "document", "lower-cased"))
    for title in ("unlisted", "listed"):
        yield f"names {title}: exactly found, lower 95 % bound, wholly found, exactly found without capitals"
        for group, one in figures[title].items():
            shares = [one[key] / one["count"] for key in ("exact", "whole", "lower_cased")]
            yield f"    {group:12} {shares[0]:.3f} {one['bound']:.3f} {shares[1]:.3f} {shares[2]:.3f} ({one['count']})"
    yield f"set aside, since somebody is named in them: {figures['alarms']['named']} real sentences"
    yield f"identifiers in business mail that are redacted: {_kinds(figures['identifiers'])}"
    yield from _fresh_kinds(figures["fresh"])


def _fresh_kinds(halves: Mapping[str, Any]) -> Iterator[str]:
    for half, one in halves.items():
        yield f"{fresh_name(half)}: {one['templates']} templates, {one['documents']} documents"
        yield f"    identifiers that are redacted: {_kinds(one['identifiers'])}"


def _kinds(kinds: Mapping[str, Any]) -> str:
    return ", ".join(f"{kind} {gone} of {count}" for kind, (count, gone) in kinds.items())


def _told(row: Row) -> str:
    mark = {True: "reached", False: "MISSED", None: "not measured"}[row.reached]
    peers = "; ".join(f"{peer} {figure}" for peer, figure in row.peers.items())
    return f"{row.name}: {row.told or '-'}, goal {row.goal}: {mark}" + (f" | {peers}" if peers else "")


def _figures(shares: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {share:.3f}" for name, share in shares.items())


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--peers", nargs="*", metavar="NAME=PYTHON", help="all if none is named")
    parser.add_argument("--write", action="store_true", help=f"write {FIGURES.name}")
    parser.add_argument("--fresh", action="store_true", help="measure the fresh business mail and the notes only")
    parser.add_argument("--misses", action="store_true", help="list what goes wrong in the open halves, and no more")
    asked = parser.parse_args()
    if asked.misses:
        print("\n".join(misses(tagger_of(tagger()))))
    elif asked.fresh:
        halves: dict[str, Any] = _rounded(fresh(tagger_of(tagger()), first()))
        print("\n".join([*map(_told, fresh_rows(halves)), *_fresh_kinds(halves)]))
        _write(_written() | {"fresh": halves}, asked)
    else:
        _all(asked)


def _all(asked: argparse.Namespace) -> None:
    found = corpora(asked.folder) if asked.folder else corpora(Path(os.devnull))
    figures = measured(found, {} if asked.peers is None else pythons(asked.peers))
    print("\n".join(told(figures, [name for name, corpus in found.items() if corpus is None])))
    _write(figures, asked)


def _write(figures: Mapping[str, Any], asked: argparse.Namespace) -> None:
    if asked.write:
        FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

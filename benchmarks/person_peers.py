"""What peers find in the texts that igmap is measured on, each in a process and a Python of its own."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.person_corpora import Corpus, Marked, lowered
from benchmarks.person_scores import Score, scored
from benchmarks.person_texts_held import letters, marked, nameless

NAMES = {"presidio": "presidio + English model", "deduce": "deduce", "frog": "Frog"}
SECONDS = 1_500
VOICES, LETTERS = 1_000, 100  # the first of those that igmap is measured on: Frog reads fifty sentences a second


def pythons(given: Sequence[str]) -> dict[str, str]:
    """Each peer with the Python that has it.

    Args:
        given: `name=python`, or a name whose peer this Python has; none is all of them.
    """
    asked = dict(part.partition("=")[::2] for part in given) or dict.fromkeys(NAMES, "")
    return {name: asked[name] or sys.executable for name in NAMES if name in asked}


def beside(corpora: Mapping[str, Corpus | None], peer: str, python: str) -> dict[str, Any]:
    """The figures of one peer, or why there are none.

    Args:
        corpora: by name; None where the folder had none.
        peer: of `NAMES`.
        python: a Python that has it; Frog is a program and takes any.
    """
    texts = texts_of(corpora)
    ran = _run(peer, python, [one.text for some in texts.values() for one in some])
    if "skipped" in ran:
        return ran
    spans = iter(ran["spans"])
    scores = {
        name: scored(some, lambda all_: [list(map(tuple, one)) for one in islice(spans, len(all_))])
        for name, some in texts.items()
    }
    count = sum(text.text.count("\n") + 1 for some in texts.values() for text in some)
    return {
        "version": ran["version"], "rate": count / ran["seconds"], "start": ran["start"], "memory_mb": ran["memory_mb"],
        "scores": {name: _figures(score) | {"digest": digest(texts[name])} for name, score in scores.items()},
    }  # fmt: skip


def texts_of(corpora: Mapping[str, Corpus | None]) -> dict[str, list[Marked]]:
    """What peers are measured on."""
    texts = {}
    for name, corpus in corpora.items():
        if corpus:
            texts[name] = corpus.sentences
            texts[f"{name}, lower-cased"] = [lowered(one) for one in corpus.sentences]
    texts["sentences without a name"] = [Marked(text, ()) for text in nameless()[:VOICES]]
    texts["business mail"] = marked(letters()[:LETTERS])
    return texts


def digest(texts: Sequence[Marked]) -> str:
    """Tells whether figures of an earlier run are of the same texts."""
    return hashlib.sha256(repr(texts).encode()).hexdigest()[:16]


def of_the_same_texts(peers: Mapping[str, Any], corpora: Mapping[str, Corpus | None]) -> dict[str, Any]:
    """The figures of earlier runs that still hold: peers do not change with igmap, the texts may."""
    today = {name: digest(some) for name, some in texts_of(corpora).items()}
    return {
        peer: one
        | {
            "scores": {
                name: score for name, score in one.get("scores", {}).items() if score["digest"] == today.get(name)
            }
        }
        for peer, one in peers.items()
    }


def _figures(score: Score) -> dict[str, Any]:
    return {
        "f1": score.f1, "precision": score.precision, "recall": score.recall, "overlap_recall": score.overlap_recall,
        "texts": len(score.counts), "texts_with_false": sum(found > right for _, found, right, _ in score.counts),
    }  # fmt: skip


def _run(peer: str, python: str, texts: list[str]) -> dict[str, Any]:
    command = [python, str(Path(__file__).with_name("person_peer_runs.py")), peer]
    try:
        ran = subprocess.run(
            command, input=json.dumps(texts), capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        return {"skipped": type(error).__name__}
    lines = ran.stdout.strip().splitlines()
    if ran.returncode or not lines:
        return {"skipped": (ran.stderr.strip().splitlines() or ["ended without a word"])[-1][:120]}
    told: dict[str, Any] = json.loads(lines[-1])
    return told

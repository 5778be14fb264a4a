"""One peer on texts, in the peer's own Python: `python person_peer_runs.py PEER < texts.json`; prints one line of JSON.

Imports nothing of igmap, so that it runs where only the peer is installed. Peers are used as their documentation says;
Frog is started as the program it is. A title that a peer counts as part of a name is cut off: it is right as well.
"""

import json
import logging
import re
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

Spans = list[list[tuple[int, int]]]
TITLES = re.compile(
    r"(?i)(?:(?:de|het)\s+)?(?:(?:dhr|mevr|mw|mr|mrs|ms|dr|drs|prof|ing|ir)\b\.?|heer|mevrouw|meneer|familie|dokter)\s+"
)
TAG = 7  # Frog's column of named entities
REACH = 200  # characters within which the next word of a tokeniser has to stand


def main() -> None:
    """Run one peer; its version, CPU seconds of start and of reading, memory and spans, or why it does not run."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    peer, texts = sys.argv[1], json.load(sys.stdin)
    try:
        version, find = PEERS[peer]()
        find(["Beste Fatima, Jan de Vries belt morgen."])
    except (ImportError, OSError) as error:
        print(json.dumps({"skipped": f"{error}"}))
        return
    start = _seconds()
    spans = [[_bare(text, span) for span in some] for text, some in zip(texts, find(texts), strict=True)]
    seconds = _seconds() - start * (2 if peer == "frog" else 1)  # Frog starts again for each file that it reads
    told = {"version": version, "start": start, "seconds": seconds, "memory_mb": _memory(), "spans": spans}
    print(json.dumps(told))


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + used.ru_utime + used.ru_stime


def _memory() -> float:
    """Megabytes; of this process by what Linux says, since `getrusage` would count what its parent held."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("utf-8").splitlines())
    return max(int(status["VmHWM"].split()[0]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def _bare(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while title := TITLES.match(text, start, end):
        start = title.end()
    return start, end


def _presidio() -> tuple[str, Callable[[Sequence[str]], Spans]]:
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())  # type: ignore[assignment] # a callable as well
    models = [name for name in spacy.util.get_installed_models() if name.startswith("en_core_web_sm")]
    if not models:
        raise ImportError("no model en_core_web_sm")
    settings = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": models[0]}]}
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=settings).create_engine())

    def find(texts: Sequence[str]) -> Spans:
        return [
            sorted({(one.start, one.end) for one in engine.analyze(text, language="en", entities=["PERSON"])})
            for text in texts
        ]

    return f"{metadata.version('presidio-analyzer')} + {models[0]}", find


def _deduce() -> tuple[str, Callable[[Sequence[str]], Spans]]:
    engine = import_module("deduce").Deduce()

    def find(texts: Sequence[str]) -> Spans:
        return [
            sorted(
                (int(one.start_char), int(one.end_char))
                for one in engine.deidentify(text).annotations
                if _is_person(one)
            )
            for text in texts
        ]

    return metadata.version("deduce"), find


def _is_person(annotation: Any) -> bool:
    return annotation.tag in {"persoon", "patient"}


def _frog() -> tuple[str, Callable[[Sequence[str]], Spans]]:
    told = subprocess.run(["frog", "--version"], capture_output=True, text=True, check=True)  # noqa: S607 - on the path

    def find(texts: Sequence[str]) -> Spans:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "texts.txt"
            path.write_text("\n".join(texts), encoding="utf-8")  # each line is read as a sentence
            command = ["frog", "-n", "--threads=1", "--skip=alcmp", "-t", str(path)]
            ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
        return _placed(texts, ran.stdout.splitlines())

    return (told.stdout + told.stderr).split()[1], find


def _placed(texts: Sequence[str], rows: Sequence[str]) -> Spans:
    """The persons among the words of a tokeniser, in characters of each text; each is looked for behind the last."""
    found: Spans = [[] for _ in texts]
    starts, whole = _starts(texts), "\n".join(texts)
    position, number, inside = 0, 0, False
    for word, tag in _words(rows):
        at = whole.find(word, position, position + len(word) + REACH)
        if at < 0:
            inside = False
            continue
        position = at + len(word)
        while number + 1 < len(starts) and starts[number + 1] <= at:
            number += 1
        span = (at - starts[number], position - starts[number])
        if tag == "I-PER" and inside:
            found[number][-1] = (found[number][-1][0], span[1])
        elif tag.endswith("-PER"):
            found[number].append(span)
        inside = tag.endswith("-PER")
    return found


def _starts(texts: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    return starts


def _words(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Word and tag of each row of Frog's columns; behind the confidence stands what the word names."""
    for row in rows:
        cells = row.split("\t")
        if len(cells) > TAG:
            yield cells[1], cells[TAG]


PEERS: dict[str, Callable[[], tuple[str, Callable[[Sequence[str]], Spans]]]] = {
    "presidio": _presidio,
    "deduce": _deduce,
    "frog": _frog,
}

if __name__ == "__main__":
    main()

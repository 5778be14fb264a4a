"""One peer on one table, in the peer's own Python: `python peer_runs.py PEER TABLE.csv ROWS`; prints one line of JSON.

Imports nothing of igmap, so that it runs where only the peer is installed. Every peer is used as its documentation
says, with Dutch where it knows it; nothing is downloaded: presidio gets an offline suffix list and a blank pipeline,
or by `presidio-analyzer model` a model of spaCy's that is installed, as its documentation has it. A column's label is
the one that most of its filled cells have, if at least half of them have it.
"""

import csv
import json
import logging
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from importlib import metadata
from typing import Any

Table = dict[str, list[str]]
Labels = dict[str, str]
HALF = 0.5


def main() -> None:
    """Run one peer; its version, its CPU seconds and its label of every column, or why it does not run."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    peer, path, rows = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(path, encoding="utf-8", newline="") as lines:  # noqa: PTH123 - the peer's Python may be any
        held = list(csv.DictReader(lines))[:rows]
    table = {name: [row[name] for row in held] for name in held[0]}
    try:
        prepared = PEERS[peer](table)
    except ImportError as error:
        print(json.dumps({"skipped": f"{error}"}))
        return
    start = time.process_time()
    labels = prepared()
    seconds = time.process_time() - start
    package, _, model = peer.partition(" ")
    version = metadata.version(package) + (f" + {_model()}" if model else "")
    print(json.dumps({"version": version, "seconds": seconds, "labels": labels}))


def _voted(cells: Iterable[Iterable[str]], of: int) -> str:
    """The label that most cells have; each cell counts once per label."""
    counts = Counter(label for cell in cells for label in set(cell))
    label, count = counts.most_common(1)[0] if counts else ("", 0)
    return label if count >= HALF * of else ""


def presidio_engine(language: str) -> Any:
    """Presidio's analyser with a blank pipeline and an offline suffix list: nothing is downloaded."""
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    class Blank(SpacyNlpEngine):  # type: ignore[misc] # presidio is untyped
        """A pipeline without a model."""

        def __init__(self) -> None:
            super().__init__(
                models=[{"lang_code": language, "model_name": "blank"}], ner_model_configuration=NerModelConfiguration()
            )
            self.nlp = {language: spacy.blank(language)}

        def load(self) -> None:
            """Nothing to load."""

    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())  # type: ignore[assignment] # a callable as well
    return AnalyzerEngine(nlp_engine=Blank(), supported_languages=[language])


def _model() -> str:
    """A model of spaCy's that is installed, a Dutch one if there is any."""
    import spacy

    models = sorted(spacy.util.get_installed_models(), key=lambda name: (name[:3] != "nl_", name))
    if not models:
        raise ImportError("no model of spaCy is installed in this Python")
    return str(models[0])


def _presidio_with_model(table: Table) -> Callable[[], Labels]:
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())  # type: ignore[assignment] # a callable as well
    model, language = _model(), _model()[:2]
    settings = {"nlp_engine_name": "spacy", "models": [{"lang_code": language, "model_name": model}]}
    pipeline = NlpEngineProvider(nlp_configuration=settings).create_engine()
    return _in_batches(AnalyzerEngine(nlp_engine=pipeline, supported_languages=[language]), language, table)


def _presidio(table: Table) -> Callable[[], Labels]:
    return _in_batches(presidio_engine("nl"), "nl", table)


def _in_batches(analyser: Any, language: str, table: Table) -> Callable[[], Labels]:
    """The labels by Presidio's batch analyser, which is warm."""
    from presidio_analyzer import BatchAnalyzerEngine

    engine = BatchAnalyzerEngine(analyser)
    list(engine.analyze_dict({"warm": ["up"]}, language=language))

    def work() -> Labels:
        found = engine.analyze_dict(table, language=language)
        return {
            one.key: _voted(
                (_longest(cell, len(value)) for cell, value in zip(one.recognizer_results, one.value, strict=True)),
                len(one.value),
            )
            for one in found
        }

    return work


def _longest(results: Any, length: int) -> list[str]:
    """Entities that cover at least half of a cell: a word inside a remark labels no column."""
    return [one.entity_type for one in results if one.end - one.start >= HALF * length]


def _presidio_structured(table: Table) -> Callable[[], Labels]:
    import pandas as pd
    from presidio_structured import PandasAnalysisBuilder

    builder = PandasAnalysisBuilder(presidio_engine("en"))

    def work() -> Labels:
        analysis = builder.generate_analysis(pd.DataFrame(table), n=len(next(iter(table.values()))))
        return {name: analysis.entity_mapping.get(name, "") for name in table}

    return work


def _colscan(table: Table) -> Callable[[], Labels]:
    import colscan

    def work() -> Labels:
        labels = {}
        for name, values in table.items():
            told = str(colscan.scan_column(values, name=name)["type"] or "")
            labels[name] = "" if told == "undetermined" else told
        return labels

    return work


def _euredact(table: Table) -> Callable[[], Labels]:
    import euredact

    def work() -> Labels:
        labels = {}
        for name, values in table.items():
            cells = (euredact.redact(value, countries=["NL"], detect_dates=True, cache=False) for value in values)
            labels[name] = _voted(([str(d.entity_type.value) for d in cell.detections] for cell in cells), len(values))
        return labels

    return work


def _dataprofiler(table: Table) -> Callable[[], Labels]:
    import dataprofiler
    import pandas as pd
    import tensorflow as tf  # noqa: F401 - without it the labeler is switched off and the profile holds no labels

    def work() -> Labels:
        report = dataprofiler.Profiler(pd.DataFrame(table)).report()
        return {one["column_name"]: str(one.get("data_label") or "") for one in report["data_stats"]}

    return work


PEERS: dict[str, Callable[[Table], Callable[[], Labels]]] = {
    "presidio-analyzer": _presidio,
    "presidio-analyzer model": _presidio_with_model,
    "presidio-structured": _presidio_structured,
    "colscan": _colscan,
    "euredact": _euredact,
    "DataProfiler": _dataprofiler,
}

if __name__ == "__main__":
    main()

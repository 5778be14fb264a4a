"""Detectors as recognisers of Presidio, in Dutch and English, and an analyser that asks nothing of a network."""

import math
from collections.abc import Sequence
from typing import Any, Literal

import spacy
from presidio_analyzer import (
    AnalysisExplanation,
    AnalyzerEngine,
    EntityRecognizer,
    LemmaContextAwareEnhancer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
from spacy.language import Language

from igmap.errors import DetectorError, nearest
from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.people import find_persons
from igmap.inventory.spans import Spans
from igmap.vocabulary import load_yaml

Spoken = Literal["nl", "en"]
LANGUAGES = ("nl", "en")
WORDS = "igmap_words"
DOUBT = -2.5  # log-odds of a candidate before its detector has spoken
PERSON_SCORE = 0.7  # lists and rules without a model: about as often right


@Language.component(WORDS)  # type: ignore[untyped-decorator] # so is spacy
def own_lemmas(document: Any) -> Any:
    """Every word as its own lemma, by which Presidio looks for context."""
    for token in document:
        token.lemma_ = token.lower_
    return document


class Recogniser(EntityRecognizer):  # type: ignore[misc] # presidio is untyped
    """One kind of value, as Presidio asks for it.

    Args:
        kind: the detector's id, or `name`.
        spans: where it stands in a text.
        score: of a hit without words of the context near it, 0-1.
        language: nl or en.
    """

    def __init__(self, kind: str, spans: Spans, score: float, language: Spoken) -> None:
        """Take the entity's name and context words from presidio.yaml."""
        told = load_yaml(__package__, "presidio.yaml").get(kind, {})
        self._spans, self._score = spans, score
        super().__init__(
            supported_entities=[told.get("entity", kind.upper())],
            name=f"igmap_{kind}",
            supported_language=language,
            context=[str(word) for word in told.get("context", ())],
        )

    def load(self) -> None:
        """Nothing to load."""

    def analyze(self, text: str, entities: Sequence[str], nlp_artifacts: Any = None) -> list[Any]:
        """Every hit in the text, with its offsets.

        Args:
            text: as it is.
            entities: which are asked for.
            nlp_artifacts: what Presidio's pipeline says of the text; igmap needs none of it.
        """
        (entity,) = self.supported_entities
        del nlp_artifacts
        return [self._result(entity, start, end) for start, end in self._spans(text)] if entity in entities else []

    def _result(self, entity: str, start: int, end: int) -> Any:
        why = AnalysisExplanation(self.name, self._score, textual_explanation="found by a detector of igmap")
        told = {RecognizerResult.RECOGNIZER_NAME_KEY: self.name, RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id}
        return RecognizerResult(entity, start, end, self._score, why, told)


class BlankPipeline(SpacyNlpEngine):  # type: ignore[misc] # presidio is untyped
    """Splits texts into words, with no model that would have to be fetched."""

    def __init__(self, language: Spoken) -> None:
        """Make the pipeline."""
        models = [{"lang_code": language, "model_name": "blank"}]
        super().__init__(models=models, ner_model_configuration=NerModelConfiguration())
        self.nlp = {language: spacy.blank(language)}
        self.nlp[language].add_pipe(WORDS)

    def load(self) -> None:
        """Nothing to load."""


def presidio_recognisers(language: Spoken = "nl", detectors: Sequence[Detector] = DETECTORS) -> list[Any]:
    """Every detector as a Presidio recogniser, and one for persons.

    Args:
        language: nl or en; the same values are found in both.
        detectors: igmap's own, or those of `detectors_of`, with the workspace's.

    Returns:
        Recognisers that a RecognizerRegistry takes. A score is what a column full of such values would be sure of, but
        never more than a checksum can say of one value; words of the context near it raise it.

    Raises:
        DetectorError: there are none for that language.

    Example:
        >>> bsn = next(one for one in presidio_recognisers("en") if one.supported_entities == ["NL_BSN"])
        >>> [(hit.start, hit.end) for hit in bsn.analyze("My BSN is 123456782.", ["NL_BSN"])]
        [(10, 19)]
    """
    if language not in LANGUAGES:
        raise DetectorError(f"recognisers speak nl and en only{nearest(str(language), LANGUAGES)}")
    own = [Recogniser(detector.id, detector.spans, score_of(detector), language) for detector in detectors]
    return [*own, Recogniser("name", find_persons, PERSON_SCORE, language)]


def score_of(detector: Detector) -> float:
    """How sure one hit is, 0-1: as sure as the weight, and no surer than the checksum."""
    weight = min(detector.weight, math.log(1 / detector.chance)) if detector.chance else detector.weight
    return round(1 / (1 + math.exp(-weight - DOUBT)), 2)


def analyzer(language: Spoken = "nl", detectors: Sequence[Detector] = DETECTORS) -> Any:
    """A Presidio AnalyzerEngine with igmap's recognisers alone; nothing is fetched.

    Args:
        language: nl or en.
        detectors: as for `presidio_recognisers`.
    """
    recognisers = presidio_recognisers(language, detectors)
    return AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=recognisers, supported_languages=[language]),
        nlp_engine=BlankPipeline(language),
        supported_languages=[language],
        context_aware_enhancer=LemmaContextAwareEnhancer(context_matching_mode="whole_word"),
    )

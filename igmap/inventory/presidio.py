"""What igmap finds in text as recognisers of Presidio, Dutch and English, and an analyser that asks no network."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, Literal

import polars as pl
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
from igmap.inventory.mentions import look, mentions_of
from igmap.inventory.mentions.find import Looked
from igmap.vocabulary import load_yaml

Spoken = Literal["nl", "en"]
LANGUAGES = ("nl", "en")
WORDS = "igmap_words"
KINDS = ("name", "address", "age", "birth_date", "date", "organisation", "place", "function", "username")
Hits = Callable[[str], Iterable[tuple[int, int, float]]]


@Language.component(WORDS)  # type: ignore[untyped-decorator] # so is spacy
def own_lemmas(document: Any) -> Any:
    """Every word as its own lemma, by which Presidio looks for context."""
    for token in document:
        token.lemma_ = token.lower_
    return document


class Recogniser(EntityRecognizer):  # type: ignore[misc] # presidio is untyped
    """One kind of value, as Presidio asks for it.

    Args:
        kind: of mention, or a detector's id.
        hits: where it stands in a text, and how sure that is without words of the context near it, 0-1.
        language: nl or en.
    """

    def __init__(self, kind: str, hits: Hits, language: Spoken) -> None:
        """Take the entity's name and context words from presidio.yaml."""
        told = load_yaml(__package__, "presidio.yaml").get(kind, {})
        self._hits = hits
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
        return [self._result(entity, *hit) for hit in self._hits(text)] if entity in entities else []

    def _result(self, entity: str, start: int, end: int, score: float) -> Any:
        why = AnalysisExplanation(self.name, score, textual_explanation="found by igmap")
        told = {RecognizerResult.RECOGNIZER_NAME_KEY: self.name, RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id}
        return RecognizerResult(entity, start, end, score, why, told)


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
    """Every detector as a Presidio recogniser, and one for each kind that takes more than a pattern.

    Those kinds are persons, addresses over several tokens, ages, dates, dates of birth, organisations, places, user
    names, and descriptions that fit one person only. Texts are read as a person reads them, so that what hides behind
    invisible or foreign characters is found; offsets are of the text as given.

    Args:
        language: nl or en; the same values are found in both.
        detectors: igmap's own, or those of `detectors_of`, with the workspace's.

    Returns:
        Recognisers that a RecognizerRegistry takes, also beside Presidio's own. A detector's score is what a column
        full of such values would be sure of, but never more than a checksum can say of one value; words of the context
        near it raise it.

    Raises:
        DetectorError: there are none for that language.

    Example:
        >>> bsn = next(one for one in presidio_recognisers("en") if one.supported_entities == ["NL_BSN"])
        >>> [(hit.start, hit.end) for hit in bsn.analyze("My BSN is 123456782.", ["NL_BSN"])]
        [(10, 19)]
    """
    if language not in LANGUAGES:
        raise DetectorError(f"recognisers speak nl and en only{nearest(str(language), LANGUAGES)}")
    patterns = [one for one in detectors if one not in DETECTORS or one.category not in KINDS]
    own = [Recogniser(one.id, partial(_detected, one), language) for one in patterns]
    return [*own, *(Recogniser(kind, partial(_mentioned, kind), language) for kind in KINDS)]


@lru_cache(maxsize=1)
def _looked(text: str) -> Looked:
    """A text looked through once: Presidio asks forty times for each, mostly for what is not there."""
    return look(pl.Series([text], dtype=pl.String))


def _detected(detector: Detector, text: str) -> list[tuple[int, int, float]]:
    if detector in DETECTORS and detector.category not in _looked(text).found["kind"]:
        return []
    return _rows(mentions_of(detector, pl.Series([text], dtype=pl.String)))


def _mentioned(kind: str, text: str) -> list[tuple[int, int, float]]:
    """Mentions of a kind; a person who is mentioned as `@jan` is a user name to Presidio, once."""
    hits = _rows(_looked(text).mentions([kind]))
    return [hit for hit in hits if text[hit[0]] != "@"] if kind == "name" else hits


def _rows(found: pl.DataFrame) -> list[tuple[int, int, float]]:
    return found.select("start", "end", "score").rows()


def analyzer(language: Spoken = "nl", detectors: Sequence[Detector] = DETECTORS) -> Any:
    """A Presidio AnalyzerEngine with igmap's recognisers alone; nothing is fetched.

    A pipeline that is there already gains Dutch by adding `presidio_recognisers` to its registry.

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

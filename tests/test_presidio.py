# ruff: noqa: RUF001 - letters that look like others are what is tested
"""presidio_recognisers: igmap's detectors in Presidio's analyser, in Dutch and English, without a network."""

import socket
import subprocess
import sys
from typing import Any

import pytest

import igmap
from igmap.errors import DetectorError
from igmap.inventory.detectors import DETECTORS, Detector

DUTCH = (
    "Beste Fatima de Vries, je bsn 123456782, rekening NL91ABNA0417164300, mail jan@school.example, "
    "telefoon 06-12345678, postcode 1234 AB."
)
ENGLISH = (
    "Dear Fatima de Vries, your bsn 123456782, account NL91ABNA0417164300, mail jan@school.example, "
    "phone +31 6 12345678, postcode 1234 AB, from 192.168.14.77, card 4111 1111 1111 1111."
)
TOLD = {
    "PERSON": "Fatima de Vries",
    "NL_BSN": "123456782",
    "IBAN_CODE": "NL91ABNA0417164300",
    "EMAIL_ADDRESS": "jan@school.example",
    "NL_POSTCODE": "1234 AB",
}
MESSAGE = (
    "Beste Fatima de Vries,\n\nIk ben 34 jaar, geboren op 3 mei 1991, en woon op Dorpsstraat 1,\n1234 AB Utrecht. "
    "Sinds 1 juni 2024 werk ik bij Acme Opleidingen B.V. in Zeist. Onze directeur weet ervan. Groet, @jdevries"
)
IN_MESSAGE = {
    "PERSON": ["Fatima de Vries"],
    "AGE": ["34 jaar"],
    "BIRTH_DATE": ["3 mei 1991"],
    "NL_ADDRESS": ["Dorpsstraat 1,\n1234 AB Utrecht"],
    "DATE_TIME": ["3 mei 1991", "1 juni 2024"],
    "ORGANIZATION": ["Acme Opleidingen B.V."],
    "LOCATION": ["Utrecht", "Zeist"],
    "FUNCTION": ["Onze directeur"],
    "USERNAME": ["@jdevries"],
    "NL_POSTCODE": ["1234 AB"],
}


def analyzer(*arguments: Any) -> Any:
    """Igmap's analyser; presidio and spacy take seconds to load, and are needed by one worker only."""
    from igmap.inventory import presidio

    return presidio.analyzer(*arguments)


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name is looked up and nothing is connected to."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


pytestmark = [pytest.mark.xdist_group("presidio"), pytest.mark.ci]


@pytest.fixture(scope="module", params=["nl", "en"])
def engine(request: pytest.FixtureRequest) -> tuple[Any, str]:
    return analyzer(request.param), request.param


def found(engine: tuple[Any, str], text: str) -> dict[str, str]:
    analyser, language = engine
    return {hit.entity_type: text[hit.start : hit.end] for hit in analyser.analyze(text, language=language)}


def test_what_stands_in_a_sentence_is_found_where_it_stands(engine: tuple[Any, str]) -> None:
    assert found(engine, DUTCH) == TOLD | {"PHONE_NUMBER": "06-12345678"}
    assert found(engine, ENGLISH) == TOLD | {
        "PHONE_NUMBER": "+31 6 12345678",
        "IP_ADDRESS": "192.168.14.77",
        "CREDIT_CARD": "4111 1111 1111 1111",
    }


@pytest.mark.parametrize(
    "text",
    [
        "order 123456782 is klaar", "nummer 123456783", "NL92ABNA0417164300", "jan at school", "versie 1.2.3.4",
        "De cursus begint morgen om tien uur.", "4111 1111 1111 1112", "0234 AB", "", "\x00", "🙂",
    ],
)  # fmt: skip
def test_near_misses_are_left_alone(engine: tuple[Any, str], text: str) -> None:
    assert found(engine, text) == {}


def test_a_word_of_the_context_makes_a_hit_surer(engine: tuple[Any, str]) -> None:
    analyser, language = engine
    (bare,) = analyser.analyze("zie 123456782", language=language)
    (spoken,) = analyser.analyze("zie bsn 123456782", language=language)
    assert bare.score < 0.5 < spoken.score
    assert spoken.analysis_explanation is None
    (told,) = analyser.analyze("zie bsn 123456782", language=language, return_decision_process=True)
    assert told.analysis_explanation.supportive_context_word == "bsn"
    assert "123456782" not in str(told.analysis_explanation)


def test_recognisers_join_a_registry_of_presidios_own() -> None:
    from presidio_analyzer import RecognizerRegistry

    registry = RecognizerRegistry(supported_languages=["nl"])
    for recogniser in igmap.presidio_recognisers():
        registry.add_recognizer(recogniser)
    entities = {entity for one in registry.recognizers for entity in one.get_supported_entities()}
    assert len(registry.recognizers) == len({recogniser.name for recogniser in registry.recognizers})
    assert len(registry.recognizers) > len(DETECTORS)
    assert TOLD.keys() <= entities
    assert all(entity == entity.upper() for entity in entities)


def test_a_message_gives_every_kind_of_mention_as_an_entity(engine: tuple[Any, str]) -> None:
    analyser, language = engine
    told: dict[str, list[str]] = {}
    for hit in sorted(analyser.analyze(MESSAGE, language=language), key=lambda hit: hit.start):
        assert 0 < hit.score <= 1
        told.setdefault(hit.entity_type, []).append(MESSAGE[hit.start : hit.end])
    assert told == IN_MESSAGE


def test_offsets_are_of_the_text_as_given_whatever_hides_in_it(engine: tuple[Any, str]) -> None:
    analyser, language = engine
    text = "mail j\u200ban@school.example, bsn １２３４５６７８２"
    hits = {hit.entity_type: text[hit.start : hit.end] for hit in analyser.analyze(text, language=language)}
    assert hits == {"EMAIL_ADDRESS": "j\u200ban@school.example", "NL_BSN": "１２３４５６７８２"}


def test_a_pipeline_with_presidios_own_recognisers_gains_dutch() -> None:
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry

    from igmap.inventory.presidio import BlankPipeline

    registry = RecognizerRegistry(supported_languages=["en", "nl"])
    registry.load_predefined_recognizers(languages=["en"])
    own = len(registry.recognizers)
    for recogniser in igmap.presidio_recognisers("nl"):
        registry.add_recognizer(recogniser)
    assert own > 5
    pipeline = BlankPipeline("nl")
    pipeline.nlp["en"] = BlankPipeline("en").nlp["en"]
    both = AnalyzerEngine(registry=registry, nlp_engine=pipeline, supported_languages=["nl", "en"])
    assert "PERSON" in both.get_supported_entities("nl")
    dutch = {hit.entity_type for hit in both.analyze(MESSAGE, language="nl")}
    assert dutch >= IN_MESSAGE.keys()
    assert {hit.entity_type for hit in both.analyze("card 4111 1111 1111 1111", language="en")} == {"CREDIT_CARD"}


def test_only_the_entities_that_are_asked_for_are_looked_for(engine: tuple[Any, str]) -> None:
    analyser, language = engine
    hits = analyser.analyze(DUTCH, language=language, entities=["EMAIL_ADDRESS"])
    assert [hit.entity_type for hit in hits] == ["EMAIL_ADDRESS"]


def test_a_score_is_no_surer_than_the_checksum() -> None:
    from igmap.inventory.mentions.detected import score_of

    free, checked = (Detector("x", "bsn", "x", weight=6.0, chance=chance) for chance in (0.0, 1 / 11))
    assert (score_of(free), score_of(checked)) == (0.97, 0.47)


def test_another_language_is_refused() -> None:
    with pytest.raises(DetectorError, match="nl and en only"):
        igmap.presidio_recognisers("de")


def test_own_detectors_are_recognisers_too() -> None:
    own = Detector("staff_number", "account_id", r"\bP[0-9]{6}\b")
    (hit,) = analyzer("en", [own]).analyze("see P123456", language="en")
    assert (hit.entity_type, hit.start, hit.end) == ("STAFF_NUMBER", 4, 11)


def test_the_public_name_is_there_and_costs_nothing_until_it_is_used() -> None:
    from igmap.inventory.presidio import presidio_recognisers

    assert igmap.presidio_recognisers is presidio_recognisers
    script = "import sys, igmap; assert not {'presidio_analyzer', 'spacy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_presidios_anonymiser_takes_the_results(engine: tuple[Any, str]) -> None:
    anonymizer = pytest.importorskip("presidio_anonymizer")
    analyser, language = engine
    hits = analyser.analyze("mail jan@school.example", language=language)
    assert anonymizer.AnonymizerEngine().anonymize("mail jan@school.example", hits).text == "mail <EMAIL_ADDRESS>"


def test_results_can_be_put_in_a_text_from_behind(engine: tuple[Any, str]) -> None:
    analyser, language = engine
    wholes: list[Any] = []
    for hit in sorted(analyser.analyze(MESSAGE, language=language), key=lambda hit: (hit.start - hit.end, -hit.score)):
        wholes += [] if any(other.intersects(hit) for other in wholes) else [hit]
    text = MESSAGE
    for hit in sorted(wholes, key=lambda hit: -hit.start):
        text = text[: hit.start] + f"<{hit.entity_type}>" + text[hit.end :]
    assert text == (
        "Beste <PERSON>,\n\nIk ben <AGE>, geboren op <BIRTH_DATE>, en woon op <NL_ADDRESS>. "
        "Sinds <DATE_TIME> werk ik bij <ORGANIZATION> in <LOCATION>. <FUNCTION> weet ervan. Groet, <USERNAME>"
    )

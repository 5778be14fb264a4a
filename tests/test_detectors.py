"""Every detector against its case file: what it finds, what it leaves alone, and what it is known to miss."""

from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
import yaml
from stdnum import iban as stdnum_iban
from stdnum import luhn
from stdnum.nl import bsn as stdnum_bsn

from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.detectors.bsn import passes_eleven_test
from igmap.inventory.detectors.device import passes_luhn
from igmap.inventory.detectors.iban import passes_mod_97
from igmap.vocabulary import CATEGORIES

FOLDER = Path(__file__).parent / "data" / "detectors"


def cases(kind: str) -> list[Any]:
    read = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
    return [pytest.param(d, str(text), id=f"{d.id}:{text}") for d in DETECTORS for text in read[d.id][kind]]


def fires(detector: Detector, text: str) -> bool:
    return bool(detector.scan(pl.Series([text]))["hit"][0])


@pytest.mark.parametrize(("detector", "text"), cases("hits"))
def test_a_notation_in_use_is_found(detector: Detector, text: str) -> None:
    assert fires(detector, text)


@pytest.mark.parametrize(("detector", "text"), cases("misses"))
def test_what_only_looks_like_it_is_left_alone(detector: Detector, text: str) -> None:
    assert not fires(detector, text)


@pytest.mark.parametrize(("detector", "text"), cases("known_failures"))
def test_a_known_failure_is_still_one(detector: Detector, text: str) -> None:
    assert not fires(detector, text), "this is found now: move it to the hits"


def test_every_detector_has_its_cases_and_a_category_of_the_vocabulary() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {detector.id for detector in DETECTORS}
    assert {detector.category for detector in DETECTORS} <= set(CATEGORIES)


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.id)
def test_nothing_breaks_a_detector(detector: Detector) -> None:
    texts = ["", " ", "\x00", "🙂", "א" * 50, "0" * 100_000, "a" * 100_000, "\u202e06-12345678", "é1234 AB"]
    found = detector.scan(pl.Series(texts))
    assert found.shape == (len(texts), 3)
    assert found["hit"].null_count() == 0


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.id)
def test_a_scan_of_many_is_the_scan_of_each(detector: Detector) -> None:
    texts = [
        str(text)
        for kind in ("hits", "misses")
        for text in yaml.safe_load((FOLDER / f"{detector.id}.yaml").read_text("utf-8"))[kind]
    ]
    assert detector.scan(pl.Series(texts))["hit"].to_list() == [fires(detector, text) for text in texts]


def test_checksums_agree_with_python_stdnum() -> None:
    chance = Random(1)
    nines = [str(chance.randint(10_000_000, 999_999_999)).zfill(9) for _ in range(3000)]
    assert passes_eleven_test(pl.Series(nines)).to_list() == [stdnum_bsn.is_valid(number) for number in nines]
    fifteens = [str(chance.randint(10**14, 10**15 - 1)) for _ in range(3000)]
    assert passes_luhn(pl.Series(fifteens)).to_list() == [luhn.is_valid(number) for number in fifteens]
    accounts = [f"NL{check:02}ABNA0417164300" for check in range(100)] + [
        "DE89370400440532013000",
        "MT84MALT011000012345MTLCAST001S",
    ]
    assert passes_mod_97(pl.Series(accounts)).to_list() == [stdnum_iban.is_valid(number) for number in accounts]

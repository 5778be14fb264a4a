"""Every detector against its case file: what it finds, what it leaves alone, and what it is known to miss."""

import hashlib
import re
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import phonenumbers
import polars as pl
import pyarrow as pa
import pytest
import yaml
from stdnum import iban as stdnum_iban
from stdnum import luhn
from stdnum.eu import vat
from stdnum.iso7064 import mod_11_2
from stdnum.nl import bsn as stdnum_bsn
from stdnum.nl import onderwijsnummer

from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.detectors.bsn import passes_eleven_test
from igmap.inventory.detectors.checksums import digits, passes_97, passes_luhn
from igmap.inventory.detectors.education_number import is_education_number
from igmap.inventory.detectors.iban import LENGTHS, passes_mod_97
from igmap.inventory.detectors.tax_number import FORMS, is_tax_number
from igmap.inventory.texts import Texts
from igmap.vocabulary import CATEGORIES

FOLDER = Path(__file__).parent / "data" / "detectors"


READ: dict[str, dict[str, list[Any]]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))
}


def cases_of(detector: Detector, kind: str) -> list[str]:
    return [str(text) for text in READ[detector.id][kind]]


def fires(detector: Detector, texts: list[str]) -> list[bool]:
    """Of each text whether it is found, all in one scan."""
    return detector.scan(pl.Series(texts, dtype=pl.String))["hit"].to_list()


def told(detector: Detector, kind: str, *, found: bool) -> list[str]:
    """The cases of a kind that are found, or are not."""
    texts = cases_of(detector, kind)
    return [text for text, hit in zip(texts, fires(detector, texts), strict=True) if hit is found]


of_each_detector = pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.id)


@of_each_detector
def test_every_notation_in_use_is_found(detector: Detector) -> None:
    assert told(detector, "hits", found=False) == []


@of_each_detector
def test_what_only_looks_like_it_is_left_alone(detector: Detector) -> None:
    assert told(detector, "misses", found=True) == []


@of_each_detector
def test_a_known_failure_is_still_one(detector: Detector) -> None:
    assert told(detector, "known_failures", found=True) == [], "found now: move it to the hits"


def test_every_detector_has_its_cases_and_a_category_of_the_vocabulary() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {detector.id for detector in DETECTORS}
    assert {detector.category for detector in DETECTORS} <= set(CATEGORIES)


@of_each_detector
def test_nothing_breaks_a_detector(detector: Detector) -> None:
    texts = ["", " ", "\x00", "🙂", "א" * 50, "0" * 100_000, "a" * 100_000, "\u202e06-12345678", "é1234 AB"]
    found = detector.scan(pl.Series(texts))
    assert found.shape == (len(texts), 3)
    assert found["hit"].null_count() == 0


@of_each_detector
def test_a_scan_of_many_is_the_scan_of_each(detector: Detector) -> None:
    texts = [*cases_of(detector, "hits"), *cases_of(detector, "misses")]
    assert fires(detector, texts) == [one for text in texts for one in fires(detector, [text])]


@of_each_detector
@pytest.mark.ci
def test_a_megabyte_costs_no_more_than_its_length(detector: Detector) -> None:
    pieces = ["a", "1", "1 ", "a@", "a.", "1-", ":", "/users/", "kvk ", "P<", "geb. ", "=", "Straat ", "\x00", "א"]
    texts = pl.Series([piece * (1_000_000 // len(piece)) for piece in pieces])
    start = time.process_time()
    detector.scan(texts)
    assert time.process_time() - start < 10


@of_each_detector
def test_what_a_detector_needs_every_one_of_its_hits_has(detector: Detector) -> None:
    hits = cases_of(detector, "hits")
    held = Texts.of(pa.array(hits)).holding(detector.needs, digits=detector.digits)
    assert [hits[i] for i in held] == hits


@pytest.mark.parametrize("detector", [d for d in DETECTORS if d.beside], ids=lambda detector: detector.id)
def test_what_stands_beside_other_text_every_hit_in_one_has(detector: Detector) -> None:
    texts = pl.Series([f"zie {text} daar" for text in (*cases_of(detector, "hits"), *cases_of(detector, "misses"))])
    assert detector.scan(texts).equals(replace(detector, beside="").scan(texts))


@pytest.mark.parametrize("detector", [d for d in DETECTORS if d.context], ids=lambda detector: detector.id)
def test_a_bare_value_that_no_checksum_vouches_for_has_only_the_shape(detector: Detector) -> None:
    bare = re.compile(r"\d{8,15}|[A-Z]{2}\d{7}|[0-9a-f]{32}")
    for text in filter(bare.fullmatch, [*cases_of(detector, "hits"), *cases_of(detector, "misses")]):
        found = detector.scan(pl.Series([text])).row(0, named=True)
        assert found["hit"] == found["whole"]
        assert not found["hit"] or detector.chance


def test_the_word_counts_that_stands_nearest_before_a_number_or_right_behind_it() -> None:
    far = "x" * 60
    texts = {
        "KvK 12345678": True,
        "KvK van de vestiging in Utrecht: 12345678": True,
        f"KvK {far} 12345678": False,
        "KvK 123456789 en 12345678": False,
        "12345678 (KvK)": True,
        "12345678 en verder niets over KvK": False,
        "niet-kvk: 1234, wel 12345678": True,
    }
    found = next(d for d in DETECTORS if d.id == "kvk").scan(pl.Series(list(texts)))
    assert found["hit"].to_list() == list(texts.values())
    assert not found["whole"].any()


def test_a_detector_has_words_that_must_or_words_that_may_not_stand_before_it() -> None:
    assert [d.id for d in DETECTORS if d.context and d.without] == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("postcode 1234 AB", [("postcode", 9, 16)]),
        ("postcode: 3511", [("postcode_digits", 10, 14)]),
        ("Woont op postcode 3511, dus in Utrecht", [("postcode_digits", 18, 22)]),
    ],
)
def test_the_word_before_a_postcode_is_no_part_of_it(text: str, spans: list[tuple[str, int, int]]) -> None:
    assert [(d.id, *span) for d in DETECTORS for span in d.spans(text)] == spans


def test_every_detector_has_enough_cases() -> None:
    assert [d.id for d in DETECTORS for kind in ("hits", "misses") if len(cases_of(d, kind)) < 6] == []


def test_a_surer_detector_claims_a_value_before_a_vaguer_one() -> None:
    claimed = {
        "123456782": "bsn", "101222331": "education_number", "0612345678": "phone", "490154203237518": "imei",
        "4111111111111111": "payment_card", "NL91ABNA0417164300": "iban", "41.71.64.300": "dotted_account",
        "6d92078a-8246-4ba4-ae5b-76104861e7dc": "uuid", "https://orcid.org/0000-0002-1825-0097": "account",
        "GH-123-K": "licence_plate", "52.0907, 5.1214": "coordinates", "mailto:jan@voorbeeld.nl": "email",
        "52°05'27\"N 5°07'18\"E": "coordinates", "00:1A:2B:3C:4D:5E": "device", "geb. 12-03-1984": "birth_date",
    }  # fmt: skip
    values = pl.Series(list(claimed))
    scans = {d.id: d.scan(values)["whole"] for d in DETECTORS}
    assert {v: next((id_ for id_, whole in scans.items() if whole[row]), "") for row, v in enumerate(values)} == claimed


NEAR_MISSES: dict[str, list[str]] = {
    "order numbers": [str(300_000_001 + 13 * i) for i in range(200)],
    "orders in ten digits": [str(2_026_000_001 + 17 * i) for i in range(200)],
    "orders like phones": [f"{91_000_000 + 137 * i:010}" for i in range(200)],
    "invoices": [f"F2026-{i:04}" for i in range(200)],
    "invoice codes": [f"FA2026{i:03}" for i in range(200)],
    "course codes": [f"{a}-{b}" for a in ("BHV", "AVG", "VCA", "EHBO") for b in range(101, 150)],
    "timestamps": [f"2026-10-{d:02}T{h:02}:30:00Z" for d in range(1, 29) for h in range(8, 18)],
    "seconds since 1970": [str(1_790_000_000 + 613 * i) for i in range(200)],
    "milliseconds since 1970": [str(1_790_000_000_000 + 6131 * i) for i in range(200)],
    "compact dates": [f"2026{m:02}{d:02}" for m in range(1, 13) for d in range(1, 20)],
    "odd dates": [f"{a}-{b}-{c}" for a in range(10, 14) for b in range(30, 40) for c in range(50, 55)],
    "versions": [f"{a}.{b}.{c}.{d}" for a in range(1, 5) for b in range(4) for c in range(4) for d in range(3)],
    "chapters": [f"{a}.{b}.{c}" for a in range(1, 9) for b in range(1, 6) for c in range(1, 4)],
    "barcodes": [f"871234567{i:03}{(7 * i) % 10}" for i in range(200)],
    "ISBNs": [f"978030640{i:03}{(3 * i) % 10}" for i in range(200)],
    "commits": [hashlib.sha1(str(i).encode(), usedforsecurity=False).hexdigest() for i in range(100)],
    "serial numbers": [f"SN{i:08X}" for i in range(1_000_000, 1_000_200)],
    "articles": [f"AB-{i:02}-CD" for i in range(10, 99)],
    "rooms": [f"{b}{f}.{n:02}" for b in "ABC" for f in range(5) for n in range(1, 9)],
    "sizes": ["512 MB", "1024 MB", "2048 MB", "4096 MB", "8192 MB"],
    "screens": ["1920x1080", "1366x768", "390x844"],
    "amounts": [f"{i}.{j:02}" for i in range(50) for j in (0, 50, 99)],
    "courses like streets": [
        "Werken in de Zorg 2", "Boekhouden 3", "Training 2", "Arbeidsmarkt 2", "Loopbaan 3", "Leerpad 4",
        "Communicatie 1", "Verzekering 1", "Zorg en welzijn 2", "Leergang 3", "Monitoring 2", "Werkveld 1",
    ],
    "style rules": ["@media print", "@import url(a.css)", "@font-face", "@keyframes fade"],
    "opening times": ["09:00-17:00", "10:30 - 12:00", "13:00-16:30"],
    "grades": ["7,5", "6.0", "10", "8/10"],
    "paths": ["/course/view.php?id=3", "/mod/quiz/view.php?id=88", "/over-ons", "/nieuws/2026/10"],
    "codes of the web": ["200", "404", "500"],
    "norms": ["NEN-EN-ISO 9001", "ISO/IEC 27001:2022", "NEN 7510"],
}  # fmt: skip


@pytest.mark.parametrize("name", NEAR_MISSES)
@pytest.mark.ci
def test_a_column_that_only_looks_personal_is_claimed_no_more_than_by_chance(name: str) -> None:
    values = pl.Series(NEAR_MISSES[name])
    for detector in DETECTORS:
        if CATEGORIES[detector.category].identifiability == "direct":
            found = detector.scan(values)
            assert int(found["whole"].sum()) <= (0.25 if detector.chance else 0.0) * len(values), detector.id
            assert not (found["hit"] & ~found["whole"]).any(), detector.id


def drawn(form: str, count: int, seed: int = 1) -> list[str]:
    """Texts of a form: 9 becomes a digit, A a capital, anything else stays."""
    chance = Random(seed)
    choices = {"9": "0123456789", "A": "ABCDEFGHJKLMNPQRSTUVWXYZ"}
    return ["".join(chance.choice(choices.get(sign, sign)) for sign in form) for _ in range(count)]


def test_digits_are_kept_whatever_stands_between_them() -> None:
    written = ["06-12 34", "", "+31 (0)6é", "12", "1\n2", "€"]
    for texts in (written, written[:4], ["1", "2"], [""], []):
        kept = digits(pl.Series("c", texts, dtype=pl.String))
        assert kept.name == "c"
        assert kept.to_list() == ["".join(re.findall("[0-9]", text)) for text in texts]


def test_a_number_modulo_97_may_begin_behind_its_first_characters() -> None:
    texts = ["".join(Random(size).choices("0123456789ABXYZ", k=size)) for size in range(5, 37) for _ in range(9)]
    told = [int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1 for text in texts]
    assert passes_97(pl.Series(texts), first=4).to_list() == told


def test_checksums_agree_with_python_stdnum() -> None:
    nines, fifteens = drawn("999999999", 3000), drawn("999999999999999", 3000)
    assert passes_eleven_test(pl.Series(nines)).to_list() == [stdnum_bsn.is_valid(number) for number in nines]
    assert passes_luhn(pl.Series(fifteens)).to_list() == [luhn.is_valid(number) for number in fifteens]
    accounts = [f"NL{check:02}ABNA0417164300" for check in range(100)] + [
        "DE89370400440532013000",
        "MT84MALT011000012345MTLCAST001S",
    ]
    assert passes_mod_97(pl.Series(accounts)).to_list() == [stdnum_iban.is_valid(number) for number in accounts]


def test_education_numbers_agree_with_python_stdnum() -> None:
    numbers = drawn("109999999", 3000)
    found = is_education_number(pl.Series(numbers))
    assert found.to_list() == [onderwijsnummer.is_valid(number) for number in numbers]
    assert found.any()


def test_an_account_number_is_in_every_country_of_the_registry() -> None:
    for country, length in LENGTHS.items():
        body = f"{'ABNA0417164300' if country == 'NL' else '0' * (length - 4)}"
        check = 98 - int("".join(str(int(sign, 36)) for sign in f"{body}{country}00")) % 97
        assert passes_mod_97(pl.Series([f"{country}{check:02}{body}"])).all(), country
        assert not passes_mod_97(pl.Series([f"{country}{check:02}{body}0"])).any(), country


@pytest.mark.parametrize("country", FORMS)
@pytest.mark.ci
def test_tax_numbers_agree_with_python_stdnum(country: str) -> None:
    forms = {
        "NL": "999999999B99",
        "AT": "U99999999",
        "CY": "99999999A",
        "ES": "A99999999",
        "IE": "9999999A",
        "LT": "999999999",
    }
    sizes = {
        "DK": 8,
        "FI": 8,
        "HU": 8,
        "LU": 8,
        "MT": 8,
        "SI": 8,
        "DE": 9,
        "EE": 9,
        "EL": 9,
        "PT": 9,
        "BG": 9,
        "HR": 11,
        "IT": 11,
    }
    form = forms.get(country, "9" * sizes.get(country, 10))
    form = {"FR": "99999999999", "LV": "99999999999", "SE": "999999999901"}.get(country, form)
    numbers = [country + number for number in drawn(form, 3000)]
    found = is_tax_number(pl.Series(numbers)).to_list()
    sound = [vat.is_valid(number) for number in numbers]
    assert [n for n, one, other in zip(numbers, found, sound, strict=True) if other and not one] == []
    if country in {"NL", "BE", "DE", "DK", "FI", "PL", "HU", "EE", "LU", "HR", "MT"}:
        assert sum(found) <= 1.3 * sum(sound) + 5


def test_orcids_agree_with_python_stdnum() -> None:
    numbers = [f"0000-000{a}" for a in drawn("9-9999-9999", 2000)]
    found = next(d for d in DETECTORS if d.id == "account").scan(pl.Series(numbers))["hit"]
    assert found.to_list() == [mod_11_2.is_valid(number.replace("-", "")) for number in numbers]


def test_dutch_telephone_numbers_agree_with_phonenumbers() -> None:
    """But for pagers, which are gone, and for subscribers whose number begins with a zero: there are none."""
    numbers = [f"0{number}" for number in drawn("999999999", 4000) if number[0] != "0"]
    found = next(d for d in DETECTORS if d.id == "phone").scan(pl.Series(numbers))["hit"]
    known = [phonenumbers.is_valid_number(phonenumbers.parse(number, "NL")) for number in numbers]
    lost = [n for n, one, other in zip(numbers, found, known, strict=True) if other and not one]
    invented = [n for n, one, other in zip(numbers, found, known, strict=True) if one and not other]
    assert len(invented) <= 0.02 * len(numbers), invented[:20]
    assert len([n for n in lost if n[1] != "6" and "0" not in {n[3], n[4]}]) <= 0.01 * len(numbers), lost[:20]

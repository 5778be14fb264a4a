"""What a table is about makes words of its columns somebody's; elsewhere the same words stay a thing's."""

from collections.abc import Iterable
from datetime import date

import pandas as pd
import polars as pl
import pytest

from igmap.inventory import Field, discover
from igmap.inventory.reasons import told
from igmap.sources import open_exports
from igmap.vocabulary import CATEGORIES
from igmap.vocabulary.themes import headings, leads_elsewhere, theme_values, themes

TODAY = date(2026, 11, 1)
PERSONS = ["Gemma Prins", "Pieter Smit", "Fatima Amrani", "Joost Blokland", "Sanne Veldkamp", "Yusuf Demir"]
WEIGHTS = ["71,5", "64,0", "88,2", "59,9", "102,4", "77,1"]
SCORES = ["12", "4", "21", "9", "17", "3"]
SCALES = ["laag", "hoog", "matig", "laag", "hoog", "laag"]
DAYS = ["03-02-2026", "11-05-2025", "28-09-2025", "19-01-2026", "07-07-2025", "30-03-2026"]
PRICES = ["84,50", "1.210,00", "63,75", "97,10", "412,00", "55,25"]
CODES = ["RFW402", "ZJP715", "MBB332", "LKV190", "TTC881", "PWD274"]
CARE = {"patient": PERSONS, "diagnose": ["astma", "copd", "hernia", "migraine", "reuma", "astma"]}


def judged(title: str, columns: dict[str, list[str]]) -> dict[str, Field]:
    """The fields of a table under the names they have in it."""
    with open_exports({title: pd.DataFrame(columns)}) as exports:
        return {field.name: field for field in discover(exports, today=TODAY).datasets[0].fields}


CASES: dict[str, tuple[str, dict[str, list[str]], str, str]] = {
    "a weight in a clinic": ("kliniek", {**CARE, "gewicht": WEIGHTS}, "gewicht", "health"),
    "a scale nobody else has": ("polikliniek", {**CARE, "GAD-7": SCORES}, "GAD-7", "health"),
    "the end of a compound": ("verpleeghuis", {**CARE, "heupomtrek": WEIGHTS}, "heupomtrek", "health"),
    "the risk of falling": ("thuiszorg", {**CARE, "valrisico": SCORES}, "valrisico", "health"),
    "an observation of HL7": ("hl7", {"PID-5": PERSONS, "OBR-4": SCALES, "OBX-5": SCORES}, "OBX-5", "health"),
    "a weight of parcels": ("magazijn", {"klant": PERSONS, "gewicht": WEIGHTS}, "gewicht", "none"),
    "an animal's weight": ("dierenkliniek", {**CARE, "gewicht": WEIGHTS}, "gewicht", "none"),
    "what a dose costs": ("kliniek", {**CARE, "dosisprijs": PRICES}, "dosisprijs", "none"),
    "when it was weighed": ("kliniek", {**CARE, "gewicht gemeten": DAYS}, "gewicht gemeten", "none"),
    "codes under a word of care": ("kliniek", {**CARE, "doel": CODES}, "doel", "none"),
    "marks in German": (
        "pruefung", {"Matrikelnr": SCORES, "Student": PERSONS, "Note": ["1,3", "2,7", "3,0"] * 2}, "Note",
        "learning_result",
    ),
    "the most there is to have": ("examen", {"student": PERSONS, "max. score": SCORES}, "max. score", "none"),
    "states of a lesson": (
        "elo", {"student": PERSONS, "cursus": SCALES, "stand": ["niet gestart", "bezig", "voltooid"] * 2}, "stand",
        "learning_activity",
    ),
    "a condition of probation": (
        "reclassering",
        {"naam": PERSONS, "delict": ["diefstal", "fraude"] * 3, "voorwaarde": ["meldplicht", "training"] * 3},
        "voorwaarde", "criminal",
    ),
    "a role at work": ("personeel", {"naam": PERSONS, "rol": ["getuige", "lid"] * 3}, "rol", "none"),
    "a day of confession": (
        "kerkleden", {"naam": PERSONS, "ouderling": PERSONS, "belijdenis": DAYS}, "belijdenis", "religion",
    ),
    "the day somebody fell ill": ("ziekteverzuim", {"naam": PERSONS, "aanvang": DAYS}, "aanvang", "health"),
    "how much of somebody works": ("verzuim", {"naam": PERSONS, "aanwezigheid %": SCORES}, "aanwezigheid %", "health"),
    "a day of leave": ("verlof", {"naam": PERSONS, "aanvang": DAYS}, "aanvang", "none"),
    "absence of pupils": ("verzuim", {"leerling": PERSONS, "tot": DAYS}, "tot", "none"),
    "when a medicine was stopped": ("medicatie", {"naam": PERSONS, "stop": DAYS}, "stop", "health"),
    "the code of a medicine": ("medicatie", {"naam": PERSONS, "prk-code": SCORES}, "prk-code", "health"),
    "care by its code": ("wmo", {"naam": PERSONS, "productcode": CODES}, "productcode", "health"),
    "who invoices care": ("wmo", {"naam": PERSONS, "productnaam": CODES}, "productnaam", "none"),
    "what a lot is of a vaccine": ("vaccinaties", {"naam": PERSONS, "batch": CODES}, "batch", "health"),
    "what a lot is of paint": ("verf", {"naam": PERSONS, "batch": CODES}, "batch", "none"),
    "who live in a house": (
        "gezinnen", {"naam": PERSONS, "aantal personen": ["1", "5", "3"] * 2}, "aantal personen", "marital_status",
    ),
    "who come to eat": ("tafels", {"naam": PERSONS, "aantal personen": ["1", "5", "3"] * 2}, "aantal personen", "none"),
    "what a union deducts": (
        "vakbond", {"naam": PERSONS, "bond": ["FNV", "CNV"] * 3, "bedrag": PRICES}, "bedrag", "union_membership",
    ),
    "what somebody gives a church": (
        "kerkleden", {"naam": PERSONS, "geloof": ["PKN", "rk"] * 3, "toezegging": PRICES}, "toezegging", "religion",
    ),
    "what a speaker gets": ("sprekers", {"naam": PERSONS, "fee": PRICES}, "fee", "income"),
    "what a bank gets": ("betalingen", {"naam": PERSONS, "fee": PRICES}, "fee", "none"),
    "how alike two faces are": (
        "gezichtsherkenning", {"naam": PERSONS, "confidence": ["0.91", "0.88", "0.97"] * 2}, "confidence", "biometric",
    ),
    "again or not": (
        "strafzaken", {"naam": PERSONS, "delict": ["diefstal", "fraude"] * 3, "recidive": ["J", "N"] * 3}, "recidive",
        "criminal",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_word_is_what_its_table_makes_of_it(case: str) -> None:
    title, columns, field, category = CASES[case]
    assert judged(title, columns)[field].category == category


def test_a_theme_is_told_among_the_reasons_by_a_word_of_ours() -> None:
    reasons = judged("kliniek", {**CARE, "gewicht": WEIGHTS})["gewicht"].reasons
    theme = next(reason for reason in reasons if reason["code"] == "theme")
    assert theme == {"code": "theme", "theme": "care", "cue": "gewicht…"}
    assert told(theme, "nl") == "de tabel gaat over zorg; daar zegt het trefwoord ‘gewicht…’ dit"
    assert told(theme, "en") == "the table is about care, where the cue ‘gewicht…’ says so"


def test_where_nobody_is_named_a_theme_must_be_beyond_doubt() -> None:
    teaching = {"docent": PERSONS, "niveau": SCALES}
    assert judged("cursus", teaching)["niveau"].category == "none"


def test_a_wide_table_needs_more_of_a_theme() -> None:
    wide = {"naam": PERSONS, "consult": SCALES, "zorg": SCALES, "gewicht": WEIGHTS}
    others = {f"kolom{'abcdefghij'[i % 10]}{'klmnopqrst'[i // 10]}": CODES for i in range(60)}
    assert judged("t", wide)["gewicht"].verdict == "undecided"
    assert judged("t", wide | others)["gewicht"].verdict == "none"


def test_headings_are_read_with_and_without_camels_and_keep_the_number_of_short_words() -> None:
    assert headings("lessonStatus 2") == ("lesson status", "lessonstatus")
    assert headings("OBX-5") == ("obx 5",)
    assert [leads_elsewhere(name) for name in ("behandelprijs", "max punten", "score")] == [True, True, False]


def test_every_theme_speaks_for_known_categories_in_patterns_that_polars_reads() -> None:
    assert all(theme.categories <= set(CATEGORIES) for theme in themes())
    values = pl.Series(["x"])
    assert not any(matched(values, theme_values().values()))


def matched(values: pl.Series, patterns: Iterable[str]) -> list[bool]:
    """Whether each pattern fits any value."""
    return [bool(values.str.contains(pattern).any()) for pattern in patterns]

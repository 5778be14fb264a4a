"""discover: what personal data is in which field, on the samples, on an unseen corpus and on literal tables."""

import csv
import dataclasses
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from igmap.inventory import Field, Inventory, discover
from igmap.report import text
from igmap.sources import Exports, open_exports
from igmap.stages import read_stage, to_plain, write_stage
from igmap.vocabulary import CATEGORIES
from tests.unseen import unseen_tables

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "data" / "samples" / "ig-learning"
TODAY = date(2026, 11, 1)
ONE_OF_EACH: dict[str, tuple[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "categories.yaml").read_text("utf-8")
)
DETECTOR_OF = {"bank_account": "iban", "account_id": "url"}  # an account number hides in the URLs of the access log
Place = tuple[str, str, str]


def found_in(**columns: list[Any]) -> dict[str, Field]:
    with open_exports({"table": pd.DataFrame(columns)}) as exports:
        return {field.name: field for field in discover(exports, today=TODAY).datasets[0].fields}


def only(header: str, values: list[Any]) -> Field:
    return found_in(**{header: values})[header]


def alone(*columns: tuple[str, list[str]]) -> list[tuple[str, Field]]:
    """Headers with what is found of their columns, each in a table of its own."""
    tables = {f"{at:02}": pd.DataFrame({header: values}) for at, (header, values) in enumerate(columns)}
    with open_exports(tables) as exports:
        found = discover(exports, today=TODAY).datasets
    return [(header, one.fields[0]) for (header, _), one in zip(columns, found, strict=True)]


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((SAMPLES / name).read_text("utf-8").splitlines()))


@pytest.fixture(scope="session")
def sample_fields(sample_exports: Exports, sample_inventory: Inventory) -> dict[Place, Field]:
    """The fields of the samples under their own names."""
    return {
        (own.source, own.table, column.name): field
        for own, shown in zip(sample_exports.datasets, sample_inventory.datasets, strict=True)
        for column, field in zip(own.columns, shown.fields, strict=False)
    }


def judged_as(fields: dict[Place, Field]) -> list[tuple[str, str]]:
    """What each field of the samples is, and what it is taken for."""
    return [(row["category"], fields[row["file"], row["table"], row["field"]].category) for row in rows_of("truth.csv")]


def figures(judged: list[tuple[str, str]]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 per category, from (right, found) pairs."""
    right = Counter(one for one, other in judged if one == other)
    truth, found = Counter(one for one, _ in judged), Counter(other for _, other in judged)
    return {
        c: (right[c] / (found[c] or 1), right[c] / (truth[c] or 1), 2 * right[c] / (truth[c] + found[c]))
        for c in sorted(truth | found)
    }


def macro_f1(judged: list[tuple[str, str]]) -> float:
    scores = [f1 for _, _, f1 in figures(judged).values()]
    return sum(scores) / len(scores)


def test_the_samples_are_judged_as_their_ground_truth_says(
    sample_fields: dict[Place, Field], capsys: pytest.CaptureFixture[str]
) -> None:
    judged = [
        (row["category"], sample_fields[row["file"], row["table"], row["field"]].category)
        for row in rows_of("truth.csv")
    ]
    with capsys.disabled():
        print("\ncategory            precision recall    F1")  # noqa: T201 - the figures are asked for
        for category, (precision, recall, f1) in figures(judged).items():
            print(f"{category:20}{precision:9.2f}{recall:7.2f}{f1:6.2f}")  # noqa: T201
    assert macro_f1(judged) >= 0.97


def test_every_direct_identifier_of_the_samples_is_found(sample_fields: dict[Place, Field]) -> None:
    direct = [row for row in rows_of("truth.csv") if row["identifiability"] == "direct"]
    assert [
        row for row in direct if sample_fields[row["file"], row["table"], row["field"]].category != row["category"]
    ] == []


def test_every_identifier_hidden_in_other_fields_is_counted(sample_fields: dict[Place, Field]) -> None:
    hidden = Counter((row["file"], row["table"], row["field"], row["category"]) for row in rows_of("hidden.csv"))
    for (source, table, name, category), count in hidden.items():
        counts = {d.detector: d.count for d in sample_fields[source, table, name].detections}
        assert counts.get(DETECTOR_OF.get(category, category), 0) >= count, (source, name, category)


@pytest.mark.ci
def test_the_unseen_corpus_is_judged_as_well_as_the_samples() -> None:
    tables = {table.name: table for table in unseen_tables()}
    with open_exports({name: table.frame for name, table in tables.items()}) as exports:
        found = discover(exports, today=TODAY)
    pairs = [(t.expected[f.name], f.category) for d in found.datasets for t in [tables[d.source]] for f in d.fields]
    direct = [one == other for one, other in pairs if CATEGORIES[one].identifiability == "direct"]
    ordinary = [other != "none" for one, other in pairs if one == "none"]
    assert macro_f1(pairs) >= 0.93
    assert sum(direct) >= 0.99 * len(direct)
    assert sum(ordinary) <= 0.03 * len(ordinary)


def test_every_category_can_be_found() -> None:
    with open_exports({c: pd.DataFrame({header: values}) for c, (header, values) in ONE_OF_EACH.items()}) as exports:
        found = discover(exports, today=TODAY)
    fields = {dataset.source: dataset.fields[0] for dataset in found.datasets}
    assert set(fields) == set(CATEGORIES)
    for category, field in fields.items():
        meaning = CATEGORIES[category]
        assert field.category == category
        assert (field.identifiability, field.special, field.secret) == (
            meaning.identifiability,
            meaning.special,
            meaning.secret,
        ), category
        assert field.verdict == ("none" if category == "none" else "found"), category


def test_the_columns_of_the_adult_census_are_what_they_are() -> None:
    columns = {
        "sex": (["Male", "Female"], "gender"), "age": (["39", "50"], "age"), "race": (["White", "Black"], "ethnicity"),
        "marital-status": (["Never-married", "Divorced"], "marital_status"),
        "education": (["Bachelors", "HS-grad"], "education_level"),
        "native-country": (["United-States", "Cuba"], "location"),
        "workclass": (["Private", "State-gov"], "employer"),
        "occupation": (["Adm-clerical", "Sales"], "occupation"), "salary-class": (["<=50K", ">50K"], "income"),
    }  # fmt: skip
    found = found_in(**{name: values * 3 for name, (values, _) in columns.items()})
    assert {name: field.category for name, field in found.items()} == {
        name: category for name, (_, category) in columns.items()
    }


def test_the_columns_of_the_open_university_are_what_they_are() -> None:
    columns = {
        "code_module": (["AAA", "BBB"], "learning_activity"), "code_presentation": (["2013J", "2014B"], "none"),
        "id_student": (["11391", "28400"], "account_id"),
        "gender": (["M", "F"], "gender"), "region": (["Scotland", "East Anglian Region"], "location"),
        "highest_education": (["HE Qualification", "A Level or Equivalent"], "education_level"),
        "imd_band": (["90-100%", "20-30%"], "income"),
        "age_band": (["55<=", "35-55"], "age"), "disability": (["N", "Y"], "health"),
        "final_result": (["Pass", "Fail"], "learning_result"),
    }  # fmt: skip
    found = found_in(**{name: values * 3 for name, (values, _) in columns.items()})
    assert {name: field.category for name, field in found.items()} == {
        name: category for name, (_, category) in columns.items()
    }


def test_what_only_looks_personal_is_no_direct_identifier() -> None:
    cases = [
        ("ordernr oud", [str(300_000_001 + 13 * i) for i in range(60)]),  # one in eleven passes the eleven-test
        ("nummer", [str(300_000_001 + 13 * i) for i in range(60)]),
        ("versie", ["1.2.3.4", "2.0.1.7", "10.4.0.12"]),
        ("build", ["Chrome/120.0.0.0", "Chrome/121.0.0.0", "Chrome/122.0.0.0"]),
        ("datum", ["2026-10-01", "2026-10-02", "2026-11-30"]),
        ("barcode", ["8712345678906", "8712345678913", "8712345678920"]),
        ("cursuscode", ["BHV-101", "AVG-202", "VCA-303"]),
        ("naam", ["BHV basis", "AVG voor iedereen", "Excel gevorderd", "VCA vol"]),
        ("leverancier", ["Kade 12 Horeca BV", "Plein 7 Studio", "Straat & Zn"]),
        ("grades", ["05", "06", "07", "08"]),
        ("waarde", ["ja", "nee", "ja"]),
        ("land", ["France", "Spain", "Jordan", "Chad", "Georgia", "India"]),
    ]
    found = alone(*cases)
    assert [header for header, field in found if field.identifiability == "direct"] == []


def test_names_are_names_in_any_spelling() -> None:
    cases = [
        ["JANSEN", "DE VRIES", "YILMAZ", "EL AMRANI"],
        ["jan de vries", "fatima el amrani", "wei zhang"],
        ["Vries, Jan de", "Amrani, Fatima el", "Zhang, Wei"],
        ["J. de Vries", "F. el Amrani", "W. Zhang"],
        ["王伟", "李娜", "张敏"],
        ["Иван Петров", "Анна Смирнова", "Ольга Попова"],
    ]
    assert [field.category for _, field in alone(*(("naam", names) for names in cases))] == ["name"] * len(cases)


def test_no_column_is_too_odd_to_be_judged() -> None:
    cases: list[list[Any]] = [
        ["x"], [None, None], [], ["1", "Jan de Vries", "2026-01-01", "a@b.example"], ["woord " * 200_000],
        ["\x00\x01\x02", "\ufffd"],
        ["שלום עולם", "مرحبا"], ["🙂🙂", "👩‍👩‍👧"], ["a\x00b"], [1, 2.5, None],
        [b"\xff\xfe".hex()], ["=cmd|' /C calc'!A0"], ["'; DROP TABLE t1; --"],
    ]  # fmt: skip
    frames = [pd.DataFrame({"kolom": pd.Series(values, dtype="object" if values else "str")}) for values in cases]
    plain = [not values or isinstance(values[0], str) for values in cases]
    tables = {str(at): frame if plain[at] else frame.astype("str") for at, frame in enumerate(frames)}
    with open_exports(tables) as exports:
        assert [len(one.fields) for one in discover(exports, today=TODAY).datasets] == [1] * len(cases)


def test_no_header_is_too_odd_to_be_judged() -> None:
    cases = [
        "",
        "  ",
        "<script>alert(1)</script>",
        "a" * 10_000,
        "🙂",
        "x\x00y",
        "naam\nadres",
        "{person}",
        "[]",
        "...",
        "(1)",
    ]
    found = alone(*((header, ["1", "2", "3"]) for header in cases))
    assert [field.detections for _, field in found] == [()] * len(cases)


def test_three_hundred_columns_are_three_hundred_fields() -> None:
    assert len(found_in(**{f"kolom{i}": ["a", "b"] for i in range(300)})) == 300


def test_blanks_are_left_out_of_every_share() -> None:
    few, all_filled = (
        only("x", [*["a@b.example", "c@d.example", "e@f.example"], *[None] * blanks]) for blanks in (50, 0)
    )
    assert few.detections == all_filled.detections
    assert few.confidence == all_filled.confidence


def test_a_value_that_is_often_repeated_is_evidence_once() -> None:
    field = only("kolom", ["jan@a.example"] * 97 + ["rood", "groen", "blauw", "geel"])
    assert field.category != "email"
    assert [(d.detector, d.count) for d in field.detections if d.detector == "email"] == [("email", 97)]


def test_one_identifier_in_many_remarks_is_there_with_count_one() -> None:
    remarks = [f"Graag aandacht voor punt {i} van de agenda." for i in range(2000)]
    field = only("opmerking", [*remarks, "BSN 123456782 staat op het formulier."])
    assert [(d.detector, d.count) for d in field.detections if d.detector == "bsn"] == [("bsn", 1)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Jan de Vries heeft vanmorgen gebeld", 1),  # a month, and a word
        ("terugbellen: Piet Jansen over de factuur", 1),
        ("overleg met dhr. A.B. van 't Hof gehad", 1),
        ("mevr. El Amrani", 1),
        ("Groeten, Fatima", 1),
        ("de zaal is geboekt. Vriendelijke groet, Bas Kramer", 1),  # beside a greeting a word is a name
        ("spoke with Joke Koster about the room", 1),
        ("klacht afgehandeld. contact: Gemma MacLeod", 1),
        ("contact: Verkoop Binnendienst", 0),
        ("spoke with Human Resources about the room", 0),
        ("De Markt in Breda is weer open", 0),
        ("Groeten, Planning", 0),
        ("Roos de kamer in Hotel Centrum", 0),
    ],
)
def test_one_name_in_many_remarks_is_counted_however_short_and_also_where_it_is_a_word(text: str, count: int) -> None:
    remarks = [f"de levering van order {n} is verplaatst naar week {n % 50}" for n in range(400)]
    found = only("opmerking", [*remarks, text])
    assert sum(d.count for d in found.detections if d.detector == "name") == count


def test_no_value_of_any_cell_is_in_the_written_inventory(tmp_path: Path) -> None:
    canaries = {
        "mail": [f"canary{i}@secret.example" for i in range(5)], "naam": [f"Canaria Canarson{i}" for i in range(5)],
        "tekst": [f"Beste Canaria, dit is geheim nummer {i} over canary." for i in range(5)],
        "x": [f"canary-{i}" for i in range(5)],
    }  # fmt: skip
    with open_exports({"t": pd.DataFrame(canaries)}) as exports:
        path = write_stage(tmp_path / "inventory.json", discover(exports, today=TODAY))
    assert "canar" not in path.read_text("utf-8").lower()


def test_no_value_of_the_samples_is_in_their_inventory(
    sample_exports: Exports, sample_inventory: Inventory, sample_fields: dict[Place, Field]
) -> None:
    written = json.dumps(to_plain(sample_inventory), ensure_ascii=False)
    columns = [
        column
        for dataset in sample_exports.datasets
        for column in dataset.columns
        if sample_fields[dataset.source, dataset.table, column.name].identifiability == "direct"
    ]
    values = {
        str(value)
        for column in columns
        for batch in sample_exports.engine.values(column.table, column.column)
        for value in batch.column(0).slice(0, 50).to_pylist()
    }
    assert {value for value in values if len(value) > 5 and f'"{value}"' in written} == set()


def test_an_inventory_is_written_and_read_back_equal(tmp_path: Path, sample_inventory: Inventory) -> None:
    written = write_stage(tmp_path / "inventory.json", sample_inventory)
    assert read_stage(written, Inventory) == sample_inventory


def test_the_written_inventory_has_the_fields_of_the_contract(sample_inventory: Inventory) -> None:
    plain = to_plain(sample_inventory)
    assert plain["schema"] == "igmap.inventory/1"
    assert set(plain["datasets"][0]) == {
        "source",
        "table",
        "rows",
        "parsed",
        "quarantined",
        "sha256",
        "problems",
        "fields",
    }
    field = next(field for dataset in plain["datasets"] for field in dataset["fields"] if field["detections"])
    assert set(field) == {f.name for f in dataclasses.fields(Field)}
    assert set(field["detections"][0]) == {"detector", "count", "share"}


def test_records_account_for_themselves_and_the_quarantined_are_searched(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    lines = [
        "id;naam;mail",
        *[f"{i};Jan de Vries;jan{i}@a.example" for i in range(20)],
        "21;te;veel;velden;hier 123456782",
    ]
    (tmp_path / "exports" / "crm.csv").write_text("\n".join(lines) + "\n", "utf-8")
    with open_exports(tmp_path) as exports:
        dataset = discover(exports, today=TODAY).datasets[0]
    assert (dataset.rows, dataset.parsed, dataset.quarantined) == (21, 20, 1)
    assert [(d.detector, d.count) for d in dataset.fields[-1].detections if d.detector == "bsn"] == [("bsn", 1)]
    assert dataset.fields[-1].reasons[-1] == {"code": "look_quarantined", "records": 1}


def test_the_same_exports_give_the_same_inventory() -> None:
    table = {"a": ["Jan de Vries", "Fatima el Amrani"] * 50, "b": [str(i) for i in range(100)]}
    assert found_in(**table) == found_in(**table)


def test_every_reason_is_told_in_both_languages_and_the_notebook_shows_no_value(sample_inventory: Inventory) -> None:
    reasons = [reason for dataset in sample_inventory.datasets for field in dataset.fields for reason in field.reasons]
    for reason in reasons:
        figures = {name: value for name, value in reason.items() if name != "code"}
        assert all(text(f"reason.{reason['code']}", language, **figures) for language in ("nl", "en"))
    shown = sample_inventory._repr_html_()
    assert "crm_contacten_2026-10.csv" in shown
    assert "Oordeel" in shown
    assert "‹name›" in shown


def test_a_header_with_markup_is_escaped_in_a_notebook() -> None:
    with open_exports({"t": pd.DataFrame({"<script>alert(1)</script>": ["a"]})}) as exports:
        assert "<script>" not in discover(exports)._repr_html_()


def test_numbers_of_customers_are_known_in_another_table_too() -> None:
    numbers = [str(100_003 + 7_919 * i % 800_000) for i in range(60)]
    tables = {
        "klanten": pd.DataFrame({"klantnummer": numbers, "e-mail": [f"k{n}@school.example" for n in numbers]}),
        "tickets": pd.DataFrame({"datum": ["2026-10-01"] * 60, "kolom7": numbers}),
        "zalen": pd.DataFrame({"datum": ["2026-10-01"] * 60, "kolom7": [str(900_001 + 13 * i) for i in range(60)]}),
    }
    with open_exports(tables) as exports:
        found = {d.source: d.fields for d in discover(exports, today=TODAY).datasets}
    kin, other = found["tickets"][1], found["zalen"][1]
    assert (kin.category, other.category) == ("account_id", "none")
    assert {"code": "kin", "field": "klantnummer", "share": 1.0} in kin.reasons


def test_a_reason_shows_the_word_of_the_list_and_not_what_the_header_hangs_on_it() -> None:
    (field,) = found_in(**{"depressie-kanarievogel": ["03-10", "04-10", "07-10"]}).values()
    assert "depressi" in str(field.reasons)
    assert "kanarievogel" not in str(field.reasons)

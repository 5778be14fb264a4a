"""locations: in which records identifiers hide, at which place in the cell, and not a word of what stands there."""

import json
import stat
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from typer.testing import CliRunner

from igmap.cli import app
from igmap.inventory import Inventory, discover
from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.locations import hidden, write_locations
from igmap.job import Outcome
from igmap.sources import open_exports
from igmap.stages import read_stage
from tests.conftest import SAMPLE_DAY
from tests.test_detectors import cases_of

RUNNER = CliRunner()
BSN = "123456782"
FILLER = "Graag aandacht voor punt {} van de agenda."
Row = tuple[str, str, str, int, str, int, int]


def located(workspace: Path) -> list[Row]:
    """What is written for a workspace: file, table, field, record, detector, start, end."""
    with open_exports(workspace) as exports:
        inventory = discover(exports, today=SAMPLE_DAY)
        path = write_locations(workspace / "l.parquet", exports, inventory, staging=workspace)
    columns = ["file", "table", "field", "record", "detector", "start", "end"]
    return sorted(pl.read_parquet(path).select(columns).rows())


def remarks(workspace: Path, *texts: str, name: str = "crm.csv") -> Path:
    """A table of remarks, the given ones after four ordinary ones."""
    lines = [*(FILLER.format(i) for i in range(4)), *texts]
    path = workspace / "exports" / name
    path.parent.mkdir(exist_ok=True)
    rows = "".join(f'{i};"{line}"\n' for i, line in enumerate(lines))
    path.write_text("nr;opmerking\n" + rows, "utf-8")
    return workspace


def test_a_bsn_in_a_remark_is_located_by_record_and_offset(workspace: Path) -> None:
    remarks(workspace, f"Mijn bsn is {BSN}, bedankt.", "Tot ziens allemaal, dag.")
    assert located(workspace) == [("crm.csv", "", "opmerking", 5, "bsn", 12, 21)]


def test_every_place_in_a_cell_and_every_record_of_a_value_is_told(workspace: Path) -> None:
    twice = "Mail jan@a.example of piet@b.example even."
    remarks(workspace, twice, "Niets hier, echt waar.", twice)
    assert [row[3:] for row in located(workspace) if row[4] == "email"] == [
        (5, "email", 5, 18), (5, "email", 22, 36), (7, "email", 5, 18), (7, "email", 22, 36),
    ]  # fmt: skip


def test_a_person_and_words_on_health_in_a_remark_are_located(workspace: Path) -> None:
    text = "Beste Fatima de Vries is ziek thuis vandaag."
    remarks(workspace, text)
    found = {row[4]: text[row[5] : row[6]] for row in located(workspace)}
    assert found["name"] == "Fatima de Vries"
    assert "ziek" in found["health"]


def test_an_address_of_mail_in_a_column_of_names_is_located(workspace: Path) -> None:
    names = ["Jan de Vries", "Fatima el Amrani", "Wei Zhang", "Ayşe Yılmaz", "piet@b.example", "Anna Bakker"]
    (workspace / "exports" / "a.csv").write_text("\n".join(["naam", *names]) + "\n", "utf-8")
    assert located(workspace) == [("a.csv", "", "naam", 5, "email", 0, 14)]


def test_what_is_the_fields_own_kind_is_not_hidden(workspace: Path) -> None:
    (workspace / "exports" / "a.csv").write_text("e-mail\na@b.example\nc@d.example\ne@f.example\n", "utf-8")
    assert located(workspace) == []


def test_a_quarantined_record_is_told_under_its_own_number(workspace: Path) -> None:
    path = workspace / "exports" / "a.csv"
    path.write_text(f"nr;stad\n1;Vught\n2;Ede;bsn {BSN}\n3;Breda\n", "utf-8")
    assert located(workspace) == [("a.csv", "", "(quarantined)", 2, "bsn", 10, 19)]


def test_records_after_a_quarantined_one_keep_the_number_of_the_file(workspace: Path) -> None:
    remarks(workspace, 'een";"te veel', f"Mijn bsn is {BSN}, bedankt.")
    assert ("crm.csv", "", "opmerking", 6, "bsn", 12, 21) in located(workspace)


def test_each_file_of_a_folder_counts_its_own_records(workspace: Path) -> None:
    remarks(workspace, "Niets hier, echt waar.", name="log/dag1.csv")
    remarks(workspace, f"Mijn bsn is {BSN}, bedankt.", name="log/dag2.csv")
    (workspace / "exports" / "log" / "dag3.csv").write_text(f"nr;opmerking\n1;bsn {BSN}\n", "utf-8")
    assert [row for row in located(workspace) if row[2] == "opmerking"] == [
        ("log/dag2.csv", "", "opmerking", 5, "bsn", 12, 21),
        ("log/dag3.csv", "", "opmerking", 1, "bsn", 4, 13),
    ]


def test_a_sheet_and_an_item_of_an_array_are_told_by_the_record_they_lie_in(workspace: Path) -> None:
    with xlsxwriter.Workbook(workspace / "exports" / "b.xlsx") as book:
        for sheet, text in (("een", "niets"), ("twee", f"bsn {BSN} dus")):
            page = book.add_worksheet(sheet)
            for row, cell in enumerate(["opmerking", "Alles is in orde hier.", text]):
                page.write(row, 0, cell)
    records = [{"id": 1, "notes": ["x", "y"]}, {"id": 2, "notes": ["z", f"bsn {BSN}", f"en {BSN} weer", f"bsn {BSN}"]}]
    (workspace / "exports" / "c.json").write_text(json.dumps(records), "utf-8")
    found = located(workspace)
    assert [row for row in found if row[0] == "b.xlsx"] == [("b.xlsx", "twee", "opmerking", 2, "bsn", 4, 13)]
    assert [row for row in found if row[0] == "c.json" and row[4] == "bsn"] == [
        ("c.json", "", "notes[]", 2, "bsn", 3, 12),
        ("c.json", "", "notes[]", 2, "bsn", 4, 13),
    ]


def test_a_checksum_met_by_chance_is_not_located_and_what_stands_in_text_beside_it_is(workspace: Path) -> None:
    orders = [str(300_000_001 + 13 * i) for i in range(60)]
    lines = ["ordernr", *orders, f"zie bsn {BSN}"]
    (workspace / "exports" / "a.csv").write_text("\n".join(lines) + "\n", "utf-8")
    assert [row for row in located(workspace) if row[4] == "bsn"] == [("a.csv", "", "ordernr", 61, "bsn", 8, 17)]


def test_offsets_are_characters_of_the_cell_whatever_stands_around(workspace: Path) -> None:
    around = ["{}", "🙂👩‍👩‍👧 {}", "שלום {}", "e\u0301 {}", "\ufdd0\ufdd1 {} \ue000", "=A1 {}",
              "'; DROP TABLE t1; -- {}", "a" * 100_000 + " {}"]  # fmt: skip
    texts = [f"Stuur naar {one.format('jan@a.example')} s.v.p. morgen" for one in around]
    remarks(workspace, *texts)
    places = [(row[3], texts[row[3] - 5][row[5] : row[6]]) for row in located(workspace) if row[4] == "email"]
    assert places == [(record, "jan@a.example") for record in range(5, 13)]


def test_the_file_holds_no_value_and_no_name_and_is_the_owners_alone(workspace: Path) -> None:
    remarks(workspace, f"Mijn bsn is {BSN}, bedankt.", name="verzuim/Fatima_el_Amrani.csv")
    remarks(workspace, "Mail jan@kanarie.example maar.", name="verzuim/Piet_de_Vries.csv")
    assert RUNNER.invoke(app, ["discover", str(workspace)]).exit_code == 0
    path = workspace / "private" / "locations.parquet"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    told = pl.read_parquet(path).write_csv().lower()
    assert not [word for word in (BSN, "kanarie", "fatima", "vries") if word in told]
    names = json.loads((workspace / "private" / "names.json").read_text("utf-8"))
    assert {names[file][0] for file in pl.read_parquet(path)["file"].cast(pl.String)} == {
        "verzuim/Fatima_el_Amrani.csv", "verzuim/Piet_de_Vries.csv",
    }  # fmt: skip


def test_every_count_of_the_samples_inventory_is_located_to_the_last_record(
    sample_run: tuple[Path, Outcome],
) -> None:
    inventory = read_stage(sample_run[0] / "out" / "inventory.json", Inventory)
    found = pl.read_parquet(sample_run[0] / "private" / "locations.parquet")
    place = ["source", "table", "field", "detector"]
    counts = found.unique([*place, "file", "record"]).group_by(place).len().rows()
    expected = [
        (dataset.source, dataset.table, field.name, detector, count)
        for dataset in inventory.datasets
        for field in dataset.fields
        for detector, count in hidden(field).items()
    ]
    assert sorted(counts) == sorted(expected)
    assert found.filter(pl.col("start") >= pl.col("end")).is_empty()


@pytest.mark.ci  # ten seconds
def test_one_bsn_in_a_million_remarks_is_found_and_located(workspace: Path) -> None:
    numbers = pl.int_range(1_000_000, eager=True)
    text = pl.format(FILLER.replace("{}", "{}", 1), pl.col("nr"))
    odd = pl.when(pl.col("nr") == 777_776).then(pl.lit(f"Mijn bsn is {BSN}, bedankt!")).otherwise(text)
    pl.DataFrame({"nr": numbers}).with_columns(opmerking=odd).write_csv(workspace / "exports" / "a.csv", separator=";")
    assert located(workspace) == [("a.csv", "", "opmerking", 777_777, "bsn", 12, 21)]


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.id)
def test_a_detector_stands_where_it_fires_and_nowhere_else(detector: Detector) -> None:
    texts = [*cases_of(detector, "hits"), *cases_of(detector, "misses")]
    fired = detector.scan(pl.Series(texts))["hit"].to_list()
    places = detector.places(pl.Series(texts)).rows()
    stands = {row for row, _, _ in places}
    assert [text for row, text in enumerate(texts) if (row in stands) != fired[row]] == []
    assert all(0 <= start < end <= len(texts[row]) for row, start, end in places)
    assert detector.spans(texts[0]) == [(start, end) for row, start, end in places if row == 0]


def call(*arguments: object) -> tuple[int, str]:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_where_lists_record_numbers_and_never_a_value(workspace: Path) -> None:
    remarks(workspace, *(f"Mijn bsn is {BSN}, bedankt {i}." for i in range(25)), "Bel 06-12345678 even terug.")
    assert call("discover", workspace)[0] == 0
    status, output = call("where", workspace, "crm.csv", "opmerking", "--detector", "bsn", "--lang", "en")
    assert status == 0
    assert output.splitlines()[2].split() == [
        "crm.csv",
        "opmerking",
        "bsn",
        "25",
        *(f"{i}," for i in range(5, 24)),
        "24",
        "…",
    ]
    assert "phone" in call("where", workspace)[1]
    assert "28, 29" in call("where", workspace, "--all")[1]
    assert BSN not in call("where", workspace, "--all")[1]


def test_where_names_the_nearest_that_hides_something(workspace: Path) -> None:
    remarks(workspace, f"Mijn bsn is {BSN}, bedankt.")
    call("discover", workspace)
    for asked in (["crn.csv"], ["crm.csv", "opmerkin"], ["--detector", "bns"]):
        error = RUNNER.invoke(app, ["where", str(workspace), *asked]).exception
        assert "nothing is hidden there; did you mean" in str(error), asked


def test_where_before_discover_says_what_to_run(workspace: Path) -> None:
    assert "run 'igmap discover' first" in str(RUNNER.invoke(app, ["where", str(workspace)]).exception)
    assert not (workspace / "private").exists()


def test_where_offers_no_way_to_show_values() -> None:
    assert "--show" not in call("where", "--help")[1]

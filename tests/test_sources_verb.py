"""What was opened, shown alike on the terminal, in a notebook and in the report: every record, no value, no person."""

import re
from datetime import date
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from igmap.cli import app
from igmap.inventory.account import account
from igmap.report import Table, aligned, framed, page
from igmap.sources import Exports, open_exports
from igmap.workbench import views
from tests.export_cases import opened

CANARY = "Kanarievogel"
RAGGED = "naam;plaats\n" + "Jan;Ede\n" * 10 + f"x;{CANARY};y\n" + f"{CANARY}\n" * 7


def call(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def line_of(output: str, start: str) -> list[str]:
    """The cells of the line that begins with that."""
    (line,) = [line for line in output.splitlines() if line.startswith(start)]
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


def test_each_table_is_told_with_how_it_was_read_and_the_sum(workspace: Path) -> None:
    (workspace / "exports" / "crm.csv").write_text(RAGGED, "utf-8")
    (workspace / "exports" / "events.ndjson").write_text('{"a": 1}\n{"a": \n{"a": 2}\n', "utf-8")
    status, output = call("sources", workspace, "--lang", "en")
    assert status == 0
    told = line_of(output, "crm.csv")
    assert told[:-2] == [
        "crm.csv",
        "CSV and relatives",
        "utf-8, semicolon delimiter, header in record 1",
        "18",
        "10",
        "8",
    ]
    assert told[-2] == "too many columns: 1 (record 11)"
    assert "too few columns: 7 (record 12, 13, 14, 15, 16 …)" in output
    assert len(told[-1]) == 12
    assert line_of(output, "events.ndjson")[3:-1] == ["3", "2", "1", "not JSON: 1 (record 2)"]
    assert line_of(output, "Total") == ["Total", "21", "12", "9"]
    assert CANARY not in output
    assert "\t" not in output


def test_the_same_is_told_in_dutch(workspace: Path) -> None:
    (workspace / "exports" / "crm.csv").write_text(RAGGED, "utf-8")
    output = call("sources", workspace)[1]
    assert "utf-8, puntkomma als scheidingsteken, kop in record 1" in output
    assert "te weinig kolommen: 7 (record 12, 13, 14, 15, 16 …)" in output
    assert "regeleinden buiten aanhalingstekens" in output


def test_a_file_that_cannot_be_read_gives_status_5_and_stands_in_the_table(workspace: Path) -> None:
    (workspace / "exports" / "crm.csv").write_text("a;b\n1;2\n", "utf-8")
    (workspace / "exports" / "x.parquet").write_bytes(b"PAR1" + CANARY.encode())
    status, output = call("sources", workspace, "--lang", "en")
    assert status == 5
    assert line_of(output, "x.parquet")[:2] == ["x.parquet", "not read"]
    assert "is not a sound Parquet file" in output


def test_names_of_persons_are_masked_as_the_inventory_masks_them(workspace: Path) -> None:
    (workspace / "exports" / "verzuim_Fatima_el_Amrani.csv").write_text("a;b\n1;2\n", "utf-8")
    output = call("sources", workspace)[1]
    assert "verzuim_‹name›.csv" in output
    assert "Fatima" not in output
    with open_exports(workspace) as exports:
        shown = views.account(exports)._repr_html_()
    assert "verzuim_‹name›.csv" in shown
    assert "Fatima" not in shown


def test_no_file_name_can_steer_the_terminal(workspace: Path) -> None:
    (workspace / "exports" / "a\x1b[2Jb\nc[red]\u202ed.csv").write_text("a;b\n1;2\n", "utf-8")
    output = call("sources", workspace)[1]
    assert "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c[red]\N{REPLACEMENT CHARACTER}d.csv" in output


def test_the_report_shows_the_same_account(tmp_path: Path) -> None:
    from igmap.report import Section

    with opened(tmp_path, crm_csv=RAGGED) as exports:
        html = page("x", [Section("account", "x", account(exports, "en"))], lang="en")
    assert "too few columns: 7 (record 12, 13, 14, 15, 16 …)" in html
    assert "by Python&#39;s csv module" in html


def test_tables_in_memory_are_told_too() -> None:
    with open_exports({"people": pd.DataFrame({"naam": ["Jan", None]})}) as exports:
        rows, methods = account(exports, "en")
    assert rows.rows[0][:6] == ("people", "table in memory", "", 2, 2, 0)
    assert methods.rows[0][2] == "the length the table itself gives"


def test_every_record_of_the_samples_is_accounted_for(sample_exports: Exports) -> None:
    assert all(d.rows == d.parsed + d.quarantined for d in sample_exports.datasets)
    assert sample_exports.exit_status == 0
    total = account(sample_exports, "nl")[0].rows[-1]
    assert total[3:6] == (44_320, 44_313, 7)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_terminal_gets_frames_and_the_same_words(lang: str) -> None:
    from rich.console import Console

    table = Table(("naam", "aantal"), (("a [red]b", 1234), (("een", "twee"), None)), "titel [b]")
    console = Console(width=60, record=True, file=StringIO())
    console.print(framed(table, lang))
    told = console.export_text()
    assert "a [red]b" in told
    assert {"nl": "1.234", "en": "1,234"}[lang] in told
    assert aligned(table, lang).splitlines()[0] == "titel [b]"
    assert aligned(Table(("naam",), ()), lang) == "\nnaam"


def test_the_types_of_the_columns_are_told_when_asked_for(workspace: Path) -> None:
    content = "naam;start;bedrag\nJan;01/02/2026;1,5\nPiet;03/04/2026;2,25\n"
    (workspace / "exports" / "crm.csv").write_text(content, "utf-8")
    output = call("sources", workspace, "--types", "--lang", "en")[1]
    assert re.search(r"start +date +100% +can be read in two ways: not guessed", output)
    assert re.search(r"bedrag +decimal number +100% +comma before the decimals", output)
    assert "Piet" not in output
    with open_exports(workspace) as exports:
        html = views.types(exports, "en", today=date(2026, 11, 1))._repr_html_()
    assert "can be read in two ways: not guessed" in html
    assert "Piet" not in html

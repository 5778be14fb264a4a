"""--sample: records chosen by a seed, not the first ones; what may be missed is said and reckoned right."""

import json
import math
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from igmap.cli import app
from igmap.inventory import discover
from igmap.inventory.sampling import Sample, missed_chance, missed_share
from igmap.sources import Exports, open_exports
from tests.conftest import SAMPLE_DAY

RUNNER = CliRunner()


def seen(exports: Exports) -> list[int]:
    """The records of the first table that are looked at."""
    table = exports.datasets[0].columns[0].table
    return sorted(row["record"] for row in exports.engine.distinct(table, ["record"]).to_pylist())


def test_the_same_seed_sees_the_same_records_and_another_one_others() -> None:
    with open_exports({"t": pd.DataFrame({"a": [str(i) for i in range(1000)]})}) as exports:
        one, again, other = (seen(Sample(50, seed).draw(exports)) for seed in (1, 1, 2))
    assert one == again
    assert len(set(one)) == len(set(other)) == 50
    assert one != other
    assert one != list(range(1, 51))
    assert 300 < sum(one) / 50 < 700  # from all over the table


def test_the_records_of_a_seed_are_pinned() -> None:
    with open_exports({"t": pd.DataFrame({"a": [str(i) for i in range(100)]})}) as exports:
        assert seen(Sample(5, 1).draw(exports)) == [16, 40, 61, 91, 98]  # the smallest MD5 of "16 1", "40 1" …


def test_a_table_that_is_no_larger_is_seen_in_full_and_says_nothing() -> None:
    with open_exports({"t": pd.DataFrame({"a": ["x", "y"]})}) as exports:
        sample = Sample(2)
        inventory = sample.told(discover(sample.draw(exports), today=SAMPLE_DAY))
        assert inventory == discover(exports, today=SAMPLE_DAY)


def test_every_field_of_a_sampled_table_says_so_and_counts_of_records_are_the_whole(workspace: Path) -> None:
    rows = "".join(f"{i};a{i}@b.example\n" for i in range(500)) + "te;veel;velden\n"
    (workspace / "exports" / "a.csv").write_text("nr;e-mail\n" + rows, "utf-8")
    with open_exports(workspace) as exports:
        sample = Sample(100)
        (dataset,) = sample.told(discover(sample.draw(exports), today=SAMPLE_DAY)).datasets
    reason = {"code": "sampled", "records": 100, "of": 500, "missed_share": 0.03}
    assert (dataset.rows, dataset.parsed, dataset.quarantined) == (501, 500, 1)
    assert [reason in field.reasons for field in dataset.fields] == [True, True, False]
    (email,) = [d for d in dataset.fields[1].detections if d.detector == "email"]
    assert (email.count, email.share) == (100, 1.0)


def test_items_of_arrays_are_those_of_the_records_that_were_chosen(workspace: Path) -> None:
    records = [{"id": i, "tags": [f"a{i}", f"b{i}"]} for i in range(100)]
    (workspace / "exports" / "a.json").write_text(json.dumps(records), "utf-8")
    with open_exports(workspace) as exports:
        drawn = Sample(10).draw(exports)
        own, items = (c.table for c in drawn.datasets[0].columns)
        chosen, held = (
            {row["record"]: row["rows"] for row in exports.engine.distinct(table, ["record"]).to_pylist()}
            for table in (own, items)
        )
    assert chosen.keys() == held.keys()
    assert set(held.values()) == {2}


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 60))
def test_the_chance_to_miss_is_never_understated(records: int, more: int, holding: int) -> None:
    """Exact: of N records K hold something, n are drawn without returning: C(N-K, n) / C(N, n)."""
    whole = records + more
    holding = min(holding, whole)
    exact = math.comb(whole - holding, records) / math.comb(whole, records)
    assert exact <= missed_chance(holding / whole, records) + 1e-12


@pytest.mark.parametrize("records", [30, 100, 1000, 100_000])
def test_the_rule_of_three_bounds_what_95_percent_confidence_leaves(records: int) -> None:
    exact = 1 - 0.05 ** (1 / records)
    assert exact <= missed_share(records) <= 1.06 * exact
    assert missed_chance(missed_share(records), records) <= 0.05


def test_a_share_is_no_more_than_one() -> None:
    assert missed_share(1) == 1.0
    assert (missed_chance(0.0, 10), missed_chance(1.0, 10)) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ["A sample of 1,000 records per table (1 of 1 tables are larger; seed 7)", "0.300%", "0.10%", "36.8%"]),
        ("nl", ["Steekproef van 1.000 records per tabel", "0,300\N{NO-BREAK SPACE}%", "36,8"]),
    ],
)
def test_the_command_says_what_it_may_have_missed_on_the_terminal_and_in_the_inventory(
    workspace: Path, lang: str, told: list[str]
) -> None:
    frame = pl.DataFrame({"e-mail": [f"a{i}@b.example" for i in range(3000)]})
    frame.write_csv(workspace / "exports" / "a.csv")
    call = ["discover", str(workspace), "--sample", "1000", "--seed", "7", "--lang", lang]
    result = RUNNER.invoke(app, call)
    assert result.exit_code == 0
    assert [words for words in told if words not in result.output] == []
    (field,) = json.loads((workspace / "out" / "inventory.json").read_text("utf-8"))["datasets"][0]["fields"]
    assert field["reasons"][-1] == {"code": "sampled", "records": 1000, "of": 3000, "missed_share": 0.003}


@pytest.mark.ci
def test_where_says_that_it_speaks_of_a_sample(workspace: Path) -> None:
    rows = "".join(f'{i};"Mijn bsn is 123456782, bedankt {i}."\n' for i in range(40))
    (workspace / "exports" / "a.csv").write_text("nr;opmerking\n" + rows, "utf-8")
    assert RUNNER.invoke(app, ["discover", str(workspace), "--sample", "10"]).exit_code == 0
    output = RUNNER.invoke(app, ["where", str(workspace), "--lang", "en"]).output
    assert "in a sample of 10 records per table" in output
    assert " 10  " in output
    assert RUNNER.invoke(app, ["discover", str(workspace)]).exit_code == 0
    assert "sample" not in RUNNER.invoke(app, ["where", str(workspace), "--lang", "en"]).output


def test_a_sample_of_no_records_is_wrong_usage(workspace: Path) -> None:
    assert RUNNER.invoke(app, ["discover", str(workspace), "--sample", "0"]).exit_code == 2

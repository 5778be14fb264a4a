"""igmap retention: records counted against terms, the calendar, lists of what has to go, the re-scan after deletion."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import polars as pl
import pyarrow as pa
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from typer.testing import CliRunner

from igmap.cli import app
from igmap.engine import Dated, DuckDBEngine
from igmap.engine.server import ServerEngine
from igmap.engine.unix import EARLY
from igmap.flows.pictures.retention_calendar import retention_calendar
from igmap.policy.events import event_of
from igmap.policy.keeping import judging
from igmap.policy.keeping.calendar import calendar_of
from igmap.policy.keeping.clocks import dates
from igmap.policy.keeping.days import EPOCH_DAY, Reason, counted_parts, days_of, parts_of, placed
from igmap.policy.keeping.starts import start_of
from igmap.policy.keeping.tables import counted_table, open_table
from igmap.policy.limits import Retention, StartEvent
from igmap.policy.rules.periods import later
from tests.examples import examples
from tests.policy_cases import TODAY, register
from tests.retention_cases import HOLD, by_hand, counted, counted_alone, days_before, judged, moved

RUNNER = CliRunner()
DAYS = st.dates(date(2015, 1, 1), date(2026, 11, 1))
PERIODS = st.one_of(
    st.integers(1, 9).map("P{}Y".format), st.integers(1, 40).map("P{}M".format), st.integers(1, 800).map("P{}D".format)
)
RECORDED = {"recorded": "done"}
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@settings(max_examples=examples(50))
@given(st.lists(DAYS, max_size=30), PERIODS)
def test_records_are_counted_as_a_loop_over_the_rows_counts_them(days: list[date], period: str) -> None:
    told = counted_alone([day.isoformat() for day in days], period)
    assert (told.within, told.past) == by_hand(days, period, TODAY)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), PERIODS)
def test_periods_end_where_another_library_says(day: date, period: str) -> None:
    assert later(day, period) == moved(day, period)


TEXTS = st.one_of(
    DAYS.map(date.isoformat),
    DAYS.map("{:%d-%m-%Y}".format),
    st.sampled_from(
        ["", "soon", "01/02/2024", "13/02/2024", "1900-01-01", "2030-01-01", "0000-00-00", "2024-11-01 23:30 XYZ"]
    ),
)


@settings(max_examples=examples(25))
@given(st.lists(TEXTS, min_size=1, max_size=20), st.integers(0, 900), st.randoms(use_true_random=False))
def test_each_record_is_counted_once_and_order_and_time_do_not_lessen_what_is_past(
    days: list[str], ahead: int, chance: Any
) -> None:
    told, mixed = counted_alone(days, "P2Y"), days.copy()
    assert told.within + told.past + told.untold == len(days)
    chance.shuffle(mixed)
    assert counted_alone(mixed, "P2Y") == told
    assert counted_alone(days, "P2Y", TODAY + timedelta(days=ahead)).past >= told.past
    assert counted_alone(days, "P3Y").past <= told.past


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "blank"), ("nooit", "blank"), ("binnenkort", "unreadable"), ("2024-02-30", "unreadable"),
        ("1900-01-01", "sentinel"), ("0000-00-00 00:00:00", "sentinel"), ("9999-12-31", "sentinel"),
        ("1970-01-01", "sentinel"), ("2027-05-01", "future"),
        ("2024-11-01 00:30 IST", "zone"), ("10/11/2024", "ambiguous"),
    ],
)  # fmt: skip
def test_what_has_no_day_is_told_by_its_reason(text: str | None, reason: str) -> None:
    assert counted(["2026-01-01", text], {"start": "recorded"}, start_columns=RECORDED) == (1, 0, 0, {reason: 1})


@pytest.mark.parametrize("text", [None, "0", "-", "nooit"])
def test_a_blank_date_of_what_ends_says_that_it_has_not_ended_yet(text: str | None) -> None:
    assert counted(["2020-01-01", "2026-01-01", text, "soon"]) == (2, 1, 0, {"unreadable": 1})
    (one,) = judged({"naam": ["x"] * 3, "done": ["2020-01-01", "2026-01-01", text]})
    assert one.count
    assert one.count.not_begun == 1
    assert counted_table([one], "nl").rows[0][4:8] == (3, 2, 1, 1)
    (row,) = calendar_of([one], TODAY)
    assert (sum(row.past.values()), sum(row.months.values()), row.not_begun, row.untold) == (1, 1, 1, 0)
    texts = {words.get_text() for words in retention_calendar([row], "en", on=TODAY).axes[0].texts}
    assert "not begun yet 1" in texts


def test_one_record_that_has_not_ended_keeps_all_of_its_person_within_term() -> None:
    table: dict[str, list[str | None]] = {
        "naam": ["Jan", "jan ", "Piet", "Piet", "", "Els"],
        "done": ["2020-01-01", None, "2020-01-01", "2020-05-01", None, "0"],
    }
    ended: dict[str, Any] = {"start_columns": {"membership_ended": "done"}, "person_key": "naam"}
    (one,) = judged(table, {"start": "membership_ended"}, **ended)
    assert one.count
    assert (one.count.within, one.count.not_begun, one.count.past, one.count.untold) == (4, 4, 2, 0)


def test_a_register_may_say_what_a_blank_date_means_and_else_igmap_does() -> None:
    said = [{"id": "completed", "blank": "unknown"}]
    assert counted(["2026-01-01", None], events=said) == (1, 0, 0, {"blank": 1})
    said = [{"id": "completed", "end_of": "year"}]
    assert counted(["2026-01-01", None], events=said) == (2, 0, 0, {})
    own = [{"id": "left_the_choir", "blank": "not_yet"}]
    told = {"start_columns": {"left_the_choir": "done"}}
    assert counted(["2020-01-01", None], {"start": "left_the_choir"}, events=own, **told) == (1, 1, 0, {})


def test_unix_time_nought_is_a_day_like_others_where_days_lie_around_it() -> None:
    assert counted(["1969-12-01", "1970-01-01", "1970-02-01"]) == (0, 3, 0, {})


def test_a_reading_that_can_be_two_days_is_judged_when_both_lie_on_one_side() -> None:
    assert counted(["2020-01-31T23:30:00 IST", "01/02/2020", "03/04/2026"]) == (1, 2, 0, {})


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31T23:30:00Z", "2026-02-01"), ("2026-06-30T22:30:00+00:00", "2026-07-01"),
        ("2026-01-31 23:30:00", "2026-01-31"), ("2026-03-29T00:30:00Z", "2026-03-29"),
        ("2025-10-25T22:30:00.123Z", "2025-10-26"), ("2026-01-31T20:00:00-0500", "2026-02-01"),
        ("Sat, 31 Jan 2026 23:30:00 +0000 (UTC)", "2026-02-01"), ("[31/Jan/2026:23:30:00 +0000]", "2026-02-01"),
        ("2026-02-01 07:00:00 Asia/Tokyo", "2026-01-31"), ("1769902200", "2026-02-01"),
        ("1769902200000", "2026-02-01"), ("1769902200000000", "2026-02-01"), ("46054", "2026-02-01"),
        ("46054.9", "2026-02-01"), ("20260201101500", "2026-02-01"), ("Jan 31, 2026 11:30 PM", "2026-01-31"),
        ("za 31 januari 2026", "2026-01-31"), ("31.1.26", "2026-01-31"),
    ],
)  # fmt: skip
def test_it_is_the_day_in_amsterdam(text: str, day: str) -> None:
    batch = pa.record_batch([pa.array([text]), pa.array([1])], ["value", "rows"])
    _, days = days_of([counted_parts(parts_of(batch, TODAY))], TODAY)
    assert (EPOCH_DAY + timedelta(days=days["first"][0])).isoformat() == day
    assert days["reason"][0] == Reason.DATED


MOMENTS = st.datetimes(datetime(2002, 1, 1), datetime(2026, 10, 30))  # noqa: DTZ001 - the zone is added below
WRITTEN: tuple[Callable[[datetime], str], ...] = (
    lambda moment: f"{moment:%Y-%m-%d %H:%M:%S}",
    lambda moment: f"{moment:%d-%m-%Y %H:%M:%S}",
    lambda moment: f"{moment:%d/%m/%Y %H:%M}",
    lambda moment: f"{moment:%Y-%m-%dT%H:%M:%SZ}",
    lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S.%f}+05:00",
    lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}+05:30",
    lambda moment: f"{moment:%Y-%m-%d %H:%M:%S}-03",
    lambda moment: f"[{moment:%d/%b/%Y:%H:%M:%S} +0200]",
    lambda moment: str(int(moment.replace(tzinfo=ZoneInfo("UTC")).timestamp())),
    lambda moment: str(int(moment.replace(tzinfo=ZoneInfo("UTC")).timestamp() * 1000)),
    lambda moment: f"{moment:%a, %d %b %Y %H:%M:%S} -0700",
)


@settings(max_examples=examples(25))
@given(st.lists(st.tuples(MOMENTS, st.sampled_from(WRITTEN)), min_size=1, max_size=20))
def test_what_the_engine_cuts_away_changes_no_day(tmp_path_factory: Any, moments: list[Any]) -> None:
    texts = [write(moment) for moment, write in moments]
    engine = DuckDBEngine(tmp_path_factory.getbasetemp())
    try:
        engine.load("t", pa.table({"c1": texts}).to_reader())
        cut = [batch.select(["value", "rows"]) for batch in engine.moments("t", ["c1"])]
        whole = list(engine.values("t", "c1"))
    finally:
        engine.close()
    read = [days_of([counted_parts(parts_of(batch, TODAY)) for batch in one], TODAY)[1] for one in (cut, whole)]
    assert read[0].equals(read[1])


AROUND_MIDNIGHT = st.builds(
    lambda day, clock, wrong: f"{day}T{clock}Z"[wrong:],
    st.sampled_from(["2025-03-29", "2025-03-30", "2025-10-25", "2025-10-26", "2025-12-31"]),
    st.sampled_from(["00:00:00", "21:59:59", "22:00:00", "22:59:59.999", "23:00:00", "23:59:59.1234567"]),
    st.sampled_from([0, 0, 0, 1]),
)
MISLEADING = st.sampled_from(
    [
        "2024-05-03x10:00:00", "2024-05-03x10:00:00Z", "2024-05-03,10:00:00", "2024-05-03T10:00:00  ",
        "2024-5-3T10:00:00.12Z", "2024-5-3 10:00:00.1Z", "2024-05-3T22:00:00Z", "2024-05-03 23:30+05",
        "2024-05-03 11:30 PM", "2024-05-03T23:30:00 PM Z", "12345678e2", "1.234567e9", "1234567.E3", "1234567890 ",
        " 123456789", "+123456789", "1_234_567_8", "1767225600", "1767222000", "1767218400", "1767218399",
        "1774735200000", "1774731600999", "1774731599999999", "99999999999e2", "9223372036854775807",
        "9999999999999999999", "999999999999999999e9", "0", "soon", "03/04/2025", "2025-02-30T10:00:00Z",
        "0000-00-00 00:00:00", "31-12-2025 23:59", "1970-01-01T00:00:00Z",
    ]
)  # fmt: skip


@settings(max_examples=examples(40))
@given(st.lists(st.one_of(AROUND_MIDNIGHT, MISLEADING), min_size=1, max_size=25))
def test_the_engine_cuts_nothing_of_which_the_day_or_the_form_cannot_be_told(
    tmp_path_factory: Any, texts: list[str]
) -> None:
    engine = DuckDBEngine(tmp_path_factory.getbasetemp())
    try:
        engine.load("t", pa.table({"c1": texts, "c2": texts[::-1]}).to_reader())
        both = [pl.DataFrame(pl.from_arrow(batch)) for batch in engine.moments("t", ["c1", "c2"])]
        cut = [pl.concat(both).filter(pl.col("place") == place).select("value", "rows") for place in (0, 1)]
        whole = pl.concat([pl.DataFrame(pl.from_arrow(batch)) for batch in engine.values("t", "c1")])
        parts = [parts_of(batch, TODAY) for batch in frame_batches(cut[0])]
        notation, days = days_of([counted_parts(one) for one in parts], TODAY)
        read = pl.concat([placed(one.drop_nulls("value"), notation, TODAY).select(judging.DAYS.names) for one in parts])
        dated = Dated("c1", read.to_arrow().cast(judging.DAYS), int(Reason.BLANK))
        joined = pl.DataFrame(pl.from_arrow(engine.spread("t", dated)))
    finally:
        engine.close()
    other, told = (
        days_of([counted_parts(parts_of(frame_batches(one)[0], TODAY))], TODAY)[1] for one in (cut[1], whole)
    )
    assert days.equals(told)
    assert other.equals(told)
    assert (
        pl.DataFrame(joined).select(days.columns).cast(days.schema).sort(days.columns).equals(days.sort(days.columns))
    )


class Elsewhere:
    """A table of which only distinct values, and all records once, can be asked, as of one on a server."""

    texts = ("c1",)

    def __init__(self, cells: list[str | None]) -> None:
        """Take in the cells of its column."""
        self.cells = pa.array(cells, pa.string())

    def count_texts(self) -> int:
        """Its records."""
        return len(self.cells)

    def values(self, _: str) -> Iterator[pa.RecordBatch]:
        """Its distinct texts."""
        told = self.cells.drop_null().value_counts()
        yield pa.record_batch([told.field("values"), told.field("counts")], ["value", "rows"])

    def records(self) -> Iterator[pa.RecordBatch]:
        """All of it."""
        yield pa.record_batch([self.cells], ["c1"])


def test_days_of_a_table_on_a_server_are_found_again_in_its_copy(tmp_path: Path) -> None:
    table = Elsewhere(["2020-01-01 10:00:00", "2020-01-01 11:00:00", "2020-01-01T23:30:00Z", "1767225600", None])
    engine = ServerEngine(DuckDBEngine(tmp_path), tmp_path)
    try:
        engine.attach("t", cast("Any", table))
        for _ in range(2):
            parts = pl.concat([parts_of(batch, TODAY) for batch in engine.moments("t", ["c1"])])
            notation, days = days_of([counted_parts(parts)], TODAY)
            read = placed(parts.drop_nulls("value"), notation, TODAY).select(judging.DAYS.names)
            dated = Dated("c1", read.to_arrow().cast(judging.DAYS), int(Reason.BLANK))
            joined = pl.DataFrame(pl.from_arrow(engine.spread("t", dated))).select(days.columns)
            assert joined.cast(days.schema).sort(days.columns).equals(days.sort(days.columns))
    finally:
        engine.close()


def test_the_hours_that_the_engine_cuts_are_early_where_the_reader_is() -> None:
    """Of every hour from 1800 to 2100: what the engine takes for one day in Greenwich is that day in the zone."""
    zone, day = ZoneInfo(dates()["zone"]), timedelta(hours=EARLY) - timedelta(seconds=1)
    midnights = (datetime(1800, 1, 1, tzinfo=UTC) + timedelta(days=number) for number in range(110_000))
    assert all(at.astimezone(zone).date() == (at + day).astimezone(zone).date() == at.date() for at in midnights)


def frame_batches(frame: pl.DataFrame) -> list[pa.RecordBatch]:
    """A frame as the one batch that it is."""
    batches: list[pa.RecordBatch] = frame.to_arrow().combine_chunks().to_batches()
    return batches


@pytest.mark.parametrize(
    ("event", "day", "start"),
    [
        ({"end_of": "year"}, "2024-05-03", "2024-12-31"), ({"end_of": "year", "month": 6}, "2024-05-03", "2024-06-30"),
        ({"end_of": "year", "month": 6}, "2024-07-01", "2025-06-30"), ({"end_of": "month"}, "2024-02-01", "2024-02-29"),
        ({"end_of": "quarter"}, "2024-11-09", "2024-12-31"), ({}, "2024-05-03", "2024-05-03"),
    ],
)  # fmt: skip
def test_a_term_may_start_at_the_end_of_what_its_date_lies_in(event: dict[str, Any], day: str, start: str) -> None:
    assert start_of(date.fromisoformat(day), StartEvent(id="e", **event)).isoformat() == start


def test_the_register_says_which_month_ends_its_financial_year() -> None:
    own = Retention(events=(StartEvent(id="financial_year_end", end_of="year", month=6),))
    assert (event_of("financial_year_end", Retention()).month, event_of("financial_year_end", own).month) == (12, 6)
    dates = {"start_columns": {"financial_year_end": "done"}}
    event = [{"id": "financial_year_end", "end_of": "year", "month": 6}]
    rule = {"start": "financial_year_end"}
    assert counted(["2024-07-01", "2024-06-30"], rule, events=event, **dates) == (1, 1, 0, {})
    assert counted(["2024-07-01", "2024-06-30"], rule, **dates) == (2, 0, 0, {})


def test_the_latest_date_of_a_person_decides_where_the_event_is_the_persons() -> None:
    table: dict[str, list[str | None]] = {
        "naam": ["Jan", " jan", "Piet", "", ""],
        "done": ["2020-01-01", "2026-01-01", "2020-01-01", "2020-01-01", None],
    }
    event: dict[str, Any] = {"start_columns": {"last_access": "done"}, "person_key": "naam"}
    (one,) = judged(table, {"start": "last_access"}, **event)
    assert one.count
    assert one.by_person
    assert (one.count.within, one.count.past, one.count.untold) == (2, 2, 1)
    (each,) = judged(table, {"start": "completed"}, person_key="naam")
    assert each.count
    assert (each.count.within, each.count.not_begun, each.count.past) == (2, 1, 3)


def test_a_minimum_of_law_holds_its_categories_until_it_ends_and_then_lets_them_go() -> None:
    minimum = {"id": "fiscal", "categories": ["learning_result"], "minimum": True, "period": "P7Y"}
    table = {"naam": ["a", "b"], "cijfer": ["6", "7"], "done": ["2018-01-01", "2022-01-01"]}
    told = {one.term.path: one for one in judged(table, minimum, {})}
    counts = {path: (one.fields, one.count.past) for path, one in told.items() if one.count}
    assert counts == {"retention.rules.fiscal": (("cijfer",), 1), "retention.rules.term": (("naam",), 2)}


def test_a_longer_term_is_not_shortened_by_a_minimum() -> None:
    minimum = {"id": "fiscal", "categories": ["learning_result"], "minimum": True, "period": "P1Y"}
    table = {"naam": ["a"], "cijfer": ["6"], "done": ["2025-01-01"]}
    (one,) = judged(table, minimum, {})
    assert (one.term.path, one.count and one.count.past) == ("retention.rules.term", 0)


def test_a_hold_takes_records_out_of_what_is_past_as_long_as_it_runs() -> None:
    old = ["2020-01-01", "2020-01-01", "2026-01-01"]
    assert counted(old, holds=[{"dataset": "all", "until": "2027-01-01"}]) == (1, 0, 2, {})
    assert counted(old, holds=[{"dataset": "all", "until": "2026-10-31"}]) == (1, 2, 0, {})
    assert counted(old, holds=[{"dataset": "others*", "until": "2027-01-01"}]) == (1, 2, 0, {})


@pytest.mark.parametrize(
    ("hold", "held"),
    [
        ({}, True),
        ({"until": "2026-11-01"}, True),
        ({"until": "2026-10-31"}, False),
        ({"since": "2026-11-02"}, False),
        ({"since": {"open": "nobody knows"}}, True),
        ({"purposes": ["teaching"], "categories": ["name"]}, True),
        ({"categories": ["bsn"]}, False),
    ],
)
def test_a_hold_of_the_register_holds_what_it_names_and_an_open_end_holds(hold: dict[str, Any], *, held: bool) -> None:
    old = ["2020-01-01", "2020-01-01", "2026-01-01"]
    assert counted(old, legal_holds=[hold]) == ((1, 0, 2, {}) if held else (1, 2, 0, {}))


def test_a_hold_on_some_categories_is_counted_apart_and_leaves_the_other_fields_due() -> None:
    table = {"naam": ["a", "b"], "cijfer": ["6", "7"], "done": ["2018-01-01", "2026-01-01"]}
    going, kept = judged(table, legal_holds=[{"categories": ["learning_result"]}])
    assert [(one.fields, one.stay, one.count and (one.count.past, one.count.held)) for one in (going, kept)] == [
        (("naam",), ("cijfer",), (1, 0)),
        (("cijfer",), ("cijfer",), (0, 1)),
    ]
    assert [sum(row.past.values()) for row in calendar_of([going, kept], TODAY)] == [1, 0]
    words = [cell[-1] for _, _, cell, *_ in counted_table([going, kept], "en").rows if isinstance(cell, tuple)]
    assert words == [
        "without what the policy holds: cijfer",
        "under a hold of the policy: cijfer",
    ]


def test_the_calendar_has_every_record_once_and_a_picture() -> None:
    days = [day.isoformat() for day in days_before(TODAY, 5000, 800, 740, 731, 730, 700, 400, 10)] + ["", "soon"]
    told = calendar_of(judged({"naam": ["x"] * len(days), "done": days}), TODAY)
    (row,) = told
    assert sum(row.past.values()) + sum(row.months.values()) + row.not_begun + row.untold + row.held == len(days)
    assert row.past == {"P3M": 3, "P1Y": 0, "P2Y": 0, "P5Y": 0, "": 1}
    assert row.months["2026-11"] == 1
    texts = {words.get_text() for words in retention_calendar(told, "nl", on=TODAY).axes[0].texts}
    assert {"3", "nog niet begonnen 1 · niet te zeggen 1"} <= texts


def test_without_a_term_the_ages_are_shown_to_choose_one_by() -> None:
    days = [day.isoformat() for day in days_before(TODAY, 30, 100, 400, 1200)]
    found = judged({"naam": ["x"] * 4, "done": days}, {"period": {"open": "not said"}})
    row = open_table(found, TODAY, "en").rows[0]
    assert row[4] == ("0–3 months: 1", "3–6 months: 1", "12–15 months: 1", "3–4 years: 1")
    assert row[5] == ("3.3 years", "13 months", "3 months")


def call(*arguments: str | Path) -> tuple[int, str]:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


LEARNERS = [f"p{i}@school.example;{'20' + str(20 + i % 7)}-03-01;{i % 10}" for i in range(70)]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """A workspace of 70 learners, of whom 40 are past their term, with a copy of some of them elsewhere."""
    exports = tmp_path / "exports"
    exports.mkdir()
    write_learners(exports, LEARNERS)
    (exports / "copy.csv").write_text("e-mail\n" + "".join(row.split(";")[0] + "\n" for row in LEARNERS[:14]), "utf-8")
    retention = {
        "rules": [{"id": "term", "purpose": "teaching", "start": "completed", "period": "P2Y", "at_end": "anonymise"}]
    }
    content = yaml.safe_dump(register(retention=retention), sort_keys=False)
    (tmp_path / "policy.yaml").write_text(content, "utf-8")
    said = {"by": "fg", "on": date(2026, 10, 1), "why": "test"}
    bound: dict[str, Any] = {"id": "learners", "files": "learners.csv", "role": "controller", "purposes": ["teaching"]}
    bound |= {"person_key": "e-mail", "start_columns": {"completed": "afgerond"}}
    (tmp_path / "decisions.yaml").write_text(yaml.safe_dump({"datasets": [bound | said]}), "utf-8")
    return tmp_path


def write_learners(exports: Path, rows: list[str]) -> None:
    (exports / "learners.csv").write_text("e-mail;afgerond;cijfer\n" + "".join(f"{row}\n" for row in rows), "utf-8")


@pytest.mark.ci
def test_lists_are_private_hold_what_is_past_and_are_verified_after_deletion(school: Path) -> None:
    status, output = call("retention", "due", school, "--on", "2026-11-01", "--lang", "en")
    folder = school / "private" / "retention"
    past = [i for i, row in enumerate(LEARNERS, 1) if row.split(";")[1] < "2024-11-01"]
    listed = parquet.read_table(folder / "learners.csv-due.parquet")
    assert (status, listed["record"].to_pylist()) == (3, past), output  # copy.csv serves no declared purpose
    kept = parquet.read_table(folder / "learners.csv-anonymise.parquet")
    assert kept["e-mail"].to_pylist() == [LEARNERS[i - 1].split(";")[0] for i in past]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    manifest = (folder / "manifest.json").read_text("utf-8")
    assert "@" not in manifest
    assert json.loads(manifest)["lists"][0]["records"] == len(past)
    assert call("retention", "verify", school, "--today", "2026-11-02")[0] == 4
    write_learners(school / "exports", [row for i, row in enumerate(LEARNERS, 1) if i not in past])
    status, output = call("retention", "verify", school, "--today", "2026-11-02", "--lang", "en")
    assert status == 4
    assert re.search(r"copy.csv\s+50\s+10\s+still there", output)
    (school / "exports" / "copy.csv").unlink()
    assert call("retention", "verify", school, "--today", "2026-11-02")[0] == 0
    result = json.loads((folder / "verified.json").read_text("utf-8"))
    assert [(one["verdict"], one["still"]) for one in result["results"]] == [("gone", 0)]


def test_emptied_fields_are_gone_and_an_absent_column_of_the_key_cannot_tell(school: Path) -> None:
    call("retention", "due", school, "--on", "2026-11-01")
    (school / "exports" / "copy.csv").unlink()
    emptied = [row if row.split(";")[1] >= "2024-11-01" else f";{row.split(';')[1]};" for row in LEARNERS]
    write_learners(school / "exports", emptied)
    assert call("retention", "verify", school, "--today", "2026-11-02")[0] == 0
    rows = "".join(f"{row.split(';')[0]};{row.split(';')[2]}\n" for row in LEARNERS)
    (school / "exports" / "learners.csv").write_text("e-mail;cijfer\n" + rows, "utf-8")
    assert call("retention", "verify", school, "--today", "2026-11-02")[0] == 3


def test_held_persons_are_in_no_list(school: Path) -> None:
    (school / "private").mkdir(exist_ok=True)
    (school / "private" / "claim.txt").write_text("P0@school.example \np1@school.example\n", "utf-8")
    decided = yaml.safe_load((school / "decisions.yaml").read_text("utf-8"))
    hold = {
        "dataset": "learners",
        "until": date(2027, 1, 1),
        "persons": "claim.txt",
        "by": "fg",
        "on": date(2026, 10, 1),
    }
    decided["holds"] = [hold | {"why": "claim"}]
    (school / "decisions.yaml").write_text(yaml.safe_dump(decided), "utf-8")
    assert call("retention", "due", school, "--on", "2026-11-01")[0] == 3
    listed = parquet.read_table(school / "private" / "retention" / "learners.csv-due.parquet")["person"].to_pylist()
    assert len(listed) == 48
    assert not {"p0@school.example", "p1@school.example"} & set(listed)
    status, output = call("retention", "show", school, "--today", "2026-11-01", "--lang", "en")
    assert status == 4
    assert re.search(r"70\s+20\s+0\s+48\s+2\s+0", output)


def test_what_the_register_holds_is_in_no_list_and_stays_beside_what_goes(school: Path) -> None:
    told = yaml.safe_load((school / "policy.yaml").read_text("utf-8"))
    told["retention"]["legal_holds"] = [HOLD | {"categories": ["email"]}]
    (school / "policy.yaml").write_text(yaml.safe_dump(told), "utf-8")
    call("retention", "due", school, "--on", "2026-11-01")
    manifest = json.loads((school / "private" / "retention" / "manifest.json").read_text("utf-8"))
    ends = [(term["fields"], term["stay"]) for one in manifest["lists"] for term in one["terms"]]
    assert all("e-mail" not in fields and "e-mail" in stay for fields, stay in ends), ends
    told["retention"]["legal_holds"] = [HOLD]
    (school / "policy.yaml").write_text(yaml.safe_dump(told), "utf-8")
    call("retention", "due", school, "--on", "2026-11-01")
    assert json.loads((school / "private" / "retention" / "manifest.json").read_text("utf-8"))["lists"] == []


def test_a_list_of_held_persons_outside_private_is_refused(school: Path) -> None:
    decided = yaml.safe_load((school / "decisions.yaml").read_text("utf-8"))
    hold = {
        "dataset": "learners",
        "until": date(2027, 1, 1),
        "persons": "../policy.yaml",
        "by": "fg",
        "on": date(2026, 1, 1),
    }
    decided["holds"] = [hold | {"why": "claim"}]
    (school / "decisions.yaml").write_text(yaml.safe_dump(decided), "utf-8")
    result = RUNNER.invoke(app, ["retention", "due", str(school), "--on", "2026-11-01"])
    assert "lies outside private/" in str(result.exception)


def test_verify_without_lists_says_what_to_do(school: Path) -> None:
    result = RUNNER.invoke(app, ["retention", "verify", str(school)])
    assert "run 'igmap retention due'" in str(result.exception)


def test_the_calendar_is_written_as_data_workbook_and_picture(school: Path) -> None:
    status, output = call("retention", "calendar", school, "--today", "2026-11-01")
    folder = school / "out" / "retention"
    assert status == 3, output  # of copy.csv nothing can be told
    assert {path.name for path in folder.iterdir()} == {
        "calendar.json",
        "calendar.xlsx",
        "calendar.png",
        "calendar.svg",
    }
    (row,) = json.loads((folder / "calendar.json").read_text("utf-8"))
    assert sum(row["past"].values()) == 50


def test_a_field_is_held_when_any_purpose_it_serves_is() -> None:
    improving = {"id": "better", "purpose": "improving"}
    table = {"naam": ["a"], "cijfer": ["6"], "done": ["2018-01-01"]}
    told = judged(
        table,
        {},
        improving,
        purposes=["teaching", "improving"],
        legal_holds=[{"purposes": ["improving"], "categories": ["learning_result"]}],
    )
    assert {one.term.path: one.fields for one in told if one.count and one.count.past} == {
        "retention.rules.term": ("naam",),
        "retention.rules.better": ("naam",),
    }


@pytest.mark.parametrize("command", ["show", "calendar", "due"])
def test_datasets_of_which_nobody_declared_the_purpose_are_told_and_leave_it_open(tmp_path: Path, command: str) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "crm.csv").write_text("e-mail;done\na@nest.example;2020-01-01\n", "utf-8")
    (tmp_path / "policy.yaml").write_text(yaml.safe_dump(register(), sort_keys=False), "utf-8")
    told = RUNNER.invoke(app, ["retention", command, str(tmp_path), "--lang", "en"])
    assert told.exit_code == 3
    assert "nobody declared their purpose (igmap bind): 1" in told.output


@pytest.mark.parametrize("command", ["show", "calendar"])
def test_without_a_register_no_term_is_judged_and_that_is_said(tmp_path: Path, command: str) -> None:
    told = RUNNER.invoke(app, ["retention", command, str(tmp_path), "--lang", "en"])
    assert told.exit_code == 3
    assert "There is no register" in told.output


@pytest.mark.parametrize(
    "event", ["employment_ended", "contract_ended", "membership_ended", "last_login", "Laatste toegang"]
)
def test_an_event_that_a_register_may_name_is_one_that_is_counted_by_person(event: str) -> None:
    assert event_of(event, Retention()).of == "person"

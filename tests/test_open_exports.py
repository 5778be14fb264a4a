"""Opening exports: every file is accounted for, none stops another, and nothing is left behind or said aloud."""

import csv
import os
import random
import stat
from collections.abc import Callable, Iterator
from io import StringIO
from itertools import count
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.engine import DuckDBEngine
from igmap.errors import EngineError, SourceError, WorkspaceError
from igmap.sources import Exports, open_exports
from igmap.sources.reading import Quarantine, Reading, Sound, text_names
from igmap.sources.text.delimited import read
from igmap.sources.text.header import find_header
from tests.examples import examples
from tests.export_cases import account, cells, opened, read_one, rows

CANARY = "Kanarievogel"
GOOD = "naam;e-mail\nJan;j@x.nl\n"


def told(exports: Exports) -> dict[str, tuple[bool, str]]:
    """Whether each source was readable, and its first problem."""
    return {
        dataset.source: (dataset.readable, dataset.problems[0].problem if dataset.problems else "")
        for dataset in exports.datasets
    }


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\n\n"])
def test_an_empty_file_is_a_table_of_no_records_with_a_problem(tmp_path: Path, content: bytes) -> None:
    with opened(tmp_path, empty_csv=content) as exports:
        (dataset,) = exports.datasets
        assert (dataset.readable, account(dataset), dataset.problems[0].problem) == (True, (0, 0, 0), "empty file")


def test_a_file_that_begins_with_many_blank_lines_is_not_empty(tmp_path: Path) -> None:
    with opened(tmp_path, late_csv="\n" * 200_000 + GOOD) as exports:
        assert cells(exports, exports.datasets[0]) == [("Jan", "j@x.nl")]


@pytest.mark.parametrize(
    ("content", "looks", "remedy"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a sound PDF", "save it again"),
        (b"PK\x03\x04\x14\x00" + b"x" * 50, "a ZIP archive", "ask for it again"),
        (b"\x1f\x8b\x08\x00xxxxxxxx", "cut off or damaged", "ask for it again"),
        (bytes(range(256)) * 20, "binary data", "export the data as CSV, XLSX or JSON"),
        (b"naam" + b"\0" * 30 + b"Jan" + b"\0" * 30, "binary data", "export the data as CSV, XLSX or JSON"),
        (b"\x89PNG\r\n\x1a\n", "a picture", "export the data as CSV, XLSX or JSON"),
        (b"7z\xbc\xaf\x27\x1c\0\0", "a 7z archive", "export the data as CSV, XLSX or JSON"),
        (b"{\\rtf1 Jan}", "an RTF document", "save it as DOCX"),
        (b"!BDN" + bytes(60), "a mailbox of Outlook", "export the data as"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "WordDocument\0".encode("utf-16-le"), "an old Word document", "DOCX"),
    ],
)
def test_what_is_not_read_is_named_and_stops_nothing(tmp_path: Path, content: bytes, looks: str, remedy: str) -> None:
    with opened(tmp_path, a_csv=GOOD, b_dat=content, c_csv=GOOD) as exports:
        readable, problem = told(exports)["b.dat"]
        assert not readable
        assert looks in problem
        assert remedy in problem
        assert {d.source: d.parsed for d in exports.datasets if d.parsed} == {"a.csv": 1, "c.csv": 1}


def test_folders_are_walked_and_one_called_like_a_file_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "exports" / "a.csv" / "b").mkdir(parents=True)
    (tmp_path / "exports" / "a.csv" / "b" / "c.csv").write_text(GOOD)
    with opened(tmp_path, z_csv=GOOD) as exports:
        assert told(exports) == {"a.csv/b/c.csv": (True, ""), "z.csv": (True, "")}


def test_links_and_pipes_are_told_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text(GOOD)
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "file.csv").symlink_to(outside / "secret.csv")
    (tmp_path / "exports" / "folder").symlink_to(outside)
    (tmp_path / "exports" / "gone.csv").symlink_to(outside / "gone.csv")
    os.mkfifo(tmp_path / "exports" / "pipe.csv")
    with opened(tmp_path, good_csv=GOOD) as exports:
        found = told(exports)
        assert [source for source, (readable, _) in found.items() if readable] == ["good.csv"]
        assert set(found) == {"file.csv", "folder", "gone.csv", "good.csv", "pipe.csv"}
        assert "not an ordinary file" in found["pipe.csv"][1]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_or_folder_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "exports" / "closed").mkdir(parents=True)
    (tmp_path / "exports" / "closed.csv").write_text(GOOD)
    for name in ("closed", "closed.csv"):
        (tmp_path / "exports" / name).chmod(0)
    with opened(tmp_path, good_csv=GOOD) as exports:
        assert [readable for readable, _ in told(exports).values()] == [False, False, True]
    (tmp_path / "exports" / "closed").chmod(0o700)


def test_a_file_name_from_windows_is_shown_as_text(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / os.fsdecode(b"caf\xe9.csv")).write_text(GOOD)
    with opened(tmp_path) as exports:
        assert told(exports) == {"café.csv": (True, "")}


def test_a_folder_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="igmap init"):
        open_exports(tmp_path / "gone")


def test_a_folder_of_exports_is_read_without_what_igmap_writes_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(GOOD)
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "b.csv").write_text(GOOD)
    with open_exports(tmp_path) as exports:
        assert told(exports) == {"a.csv": (True, "")}


def test_a_folder_that_may_not_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "exports" / "closed").mkdir(parents=True)
    real = Path.iterdir

    def refused(path: Path) -> Iterator[Path]:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "iterdir", refused)
    with opened(tmp_path, good_csv=GOOD) as exports:
        found = told(exports)
        assert found["good.csv"] == (True, "")
        assert not found["closed"][0]
        assert "cannot be read" in found["closed"][1]


def test_nothing_is_written_in_exports_and_staged_copies_go_at_close(tmp_path: Path) -> None:
    with opened(tmp_path, a_csv=GOOD, b_json="[1, 2]", c_dat=b"\0\0\0\1") as exports:
        staged = list((tmp_path / "private" / "staging").iterdir())
        assert len(staged) == 1
        assert stat.S_IMODE(staged[0].stat().st_mode) == 0o700
        assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o700
        assert repr(exports) == "Exports(3 tables, 3 records)"
    assert list((tmp_path / "private" / "staging").iterdir()) == []
    assert sorted(path.name for path in (tmp_path / "exports").iterdir()) == ["a.csv", "b.json", "c.dat"]


def test_no_value_is_in_a_problem_or_in_how_a_file_was_read(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "ragged_csv": "naam;plaats\n" + f"{CANARY};x\n" * 5 + f'{CANARY}\n{CANARY};;{CANARY}\n"{CANARY}',
        "bytes_csv": f"naam;plaats\né;{CANARY}\né;x\n".encode() + CANARY.encode() + b";\xe9\n",
        "broken_json": f'[{{"naam": "{CANARY}"}}, {{',
        "broken_ndjson": f'{{"naam": "{CANARY}"}}\n{{"naam": "{CANARY}"}}\n{CANARY}\n',
        "broken_parquet": b"PAR1" + CANARY.encode(),
        "broken_xlsx": b"PK\x03\x04" + CANARY.encode(),
        "broken_sqlite": b"SQLite format 3\0" + CANARY.encode() * 20,
        "visit_har": f'{{"log": {{"entries": ["{CANARY}"]}}}}',
        "cookies_txt": f"# Netscape HTTP Cookie File\n{CANARY}\n",
        "odd_bin": CANARY.encode() + b"\0\0\1\2",
    }
    with opened(tmp_path, **files) as exports:
        for dataset in exports.datasets:
            assert dataset.problems, dataset.source
            assert CANARY not in f"{dataset.problems} {dataset.read_as} {dataset.kind}"
        assert CANARY not in repr(exports)


FRAMES: list[Callable[[dict[str, list[str | None]]], object]] = [pd.DataFrame, pl.DataFrame, pa.table]


@pytest.mark.parametrize("frame", FRAMES)
def test_tables_in_memory_are_exports_too(frame: Callable[[dict[str, list[str | None]]], object]) -> None:
    with open_exports({"people": frame({"naam": ["Jan", None, " "]})}) as exports:
        assert cells(exports, exports.datasets[0]) == [("Jan",), (None,), (None,)]


def test_a_pandas_frame_of_mixed_cells_lists_and_repeated_names_is_read_without_its_index() -> None:
    frame = pd.DataFrame([["Jan", 1, [1, 2]], [None, "x", []]], columns=["a", "a", "tags"], index=["p", "q"])
    with open_exports({"people": frame}) as exports:
        (dataset,) = exports.datasets
        assert [column.name for column in dataset.columns] == ["a", "a (2)", "tags[]"]
        assert [row["a (2)"] for row in rows(exports, dataset)] == ["1", "x"]


def test_what_is_no_table_is_refused_without_its_content() -> None:
    with pytest.raises(SourceError, match="people: not a table") as refused:
        open_exports({"people": CANARY})
    assert CANARY not in str(refused.value)


def test_a_scratch_folder_of_tables_in_memory_is_gone_after_close(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    open_exports({"people": pd.DataFrame({"a": ["x"]})}).close()
    assert [path for path in tmp_path.rglob("*") if path.parent != tmp_path] == []


def test_numbers_skip_what_is_quarantined() -> None:
    kept = Quarantine()
    kept.add(1, "", "")
    kept.add(4, "", "")
    assert kept.numbers(0, 3).tolist() == [2, 3, 5]
    assert kept.numbers(5, 2).tolist() == [6, 7]
    assert kept.numbers(2, 0).tolist() == []


def test_names_are_unique_and_never_empty() -> None:
    assert text_names(["x", "x (3)", "x", "", None, "(5)"]) == ["x", "x (3)", "x (4)", "(4)", "(5)", "(5) (6)"]


@pytest.mark.parametrize("frame", FRAMES[:2])  # Arrow itself ends a name at a NUL
def test_a_nul_in_the_name_of_a_column_does_not_end_the_process(
    frame: Callable[[dict[str, list[str | None]]], object],
) -> None:
    with open_exports({"people": frame({"na\0am": ["Jan"]})}) as exports:
        assert [column.name for column in exports.datasets[0].columns] == ["na\ufffdam"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([["voornaam", "plaats"], ["Jan", "Ede"]], 0),
        ([["x1", "x2"], ["1", "2"], ["3", "4"]], 0),
        ([["Jan", "Ede"], ["Piet", "Ede"]], None),
        ([["naam", "2026-01-05", "2026-01-12"], ["Jan", "aanwezig", "ziek"], ["Piet", "ziek", ""]], 0),
        ([["jan@x.nl", "1990-01-02"]], None),
        ([["0", "1", "2"], ["17", "Jan", "Ede"], ["18", "Piet", "Ede"]], 0),  # pandas counts the fields
        ([["", "0", "1", "2"], ["0", "17", "Jan", "Ede"]], 0),
        ([["1", "2", "3"], ["1", "2", "3"]], None),
        ([["3", "4", "5"], ["6", "7", "8"]], None),
        ([], None),
    ],
)
def test_a_header_is_what_is_unlike_the_records_below_it(table: list[list[str]], expected: int | None) -> None:
    assert find_header(table, max(map(len, table), default=0)) == expected


def with_care(path: Path) -> Reading:
    """The one table of a delimited file, read record by record."""
    (found,) = read(path)
    return found.otherwise() if isinstance(found, Sound) else found


CELL = st.text(
    st.characters(exclude_characters="\0\r\x1e\x1f\ufeff", exclude_categories=("Cs", "Co", "Cn")), max_size=8
)
NAMES = ["naam", "e-mail", "telefoon", "plaats"]


@settings(max_examples=examples(80), deadline=None)
@given(
    st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=20)),
    st.sampled_from(";,\t|"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_written_as_quoted_csv_comes_back_equal(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], delimiter: str, ending: str
) -> None:
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    width = len(table[0]) if table else 2
    writer.writerows([NAMES[:width], *table])
    path = tmp_path_factory.getbasetemp() / "written.csv"
    path.write_bytes(file.getvalue().encode())
    reading = with_care(path)
    found = [tuple(row.values()) for row in reading.stream.read_all().to_pylist()]
    assert list(reading.names) == NAMES[:width]
    assert found == [tuple(row) for row in table]
    assert (reading.counted, reading.quarantine.records) == (len(table), [])


PLAIN = "naam;plaats;opmerking\n" + "".join(f'Zoë{i};"Ede";"a;""b""\nc {i}"\n' for i in range(12))


@settings(max_examples=examples(120), deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(["utf-8", "cp1252", "utf-16", "utf-8-sig"]))
def test_a_mutilated_file_loses_no_record(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random, encoding: str
) -> None:
    content = bytearray(PLAIN.encode(encoding))
    for _ in range(chance.randint(1, 4)):
        place, what = (
            chance.randrange(3, len(content)),
            chance.choice([b'"', b";", b"\n", b"\r", b"'", b"\xff", b"", b'"\n']),
        )
        content[place : place + chance.randint(0, 2)] = what
    del content[chance.randint(len(content) // 2, len(content) * 2) :]
    path = tmp_path_factory.getbasetemp() / "mutilated.csv"
    path.write_bytes(content)
    reading = with_care(path)
    parsed = reading.stream.read_all().num_rows
    numbers = [number for number, _, _ in reading.quarantine.records]
    assert parsed + len(numbers) == reading.counted
    assert len(set(numbers)) == len(numbers)
    assert all(1 <= number <= reading.counted for number in numbers)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBEngine]:
    made = DuckDBEngine(tmp_path_factory.mktemp("engine"))
    yield made
    made.close()


NUMBERS = count()
ODD = st.text(st.sampled_from("ab;,\t|\"' \n\r\u00a0é"), max_size=6)


@settings(max_examples=examples(250), deadline=None)
@given(
    st.lists(st.lists(CELL | ODD, min_size=3, max_size=3), min_size=1, max_size=12),
    st.sampled_from(";,\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.randoms(use_true_random=False),
)
def test_what_the_engine_reads_in_place_is_what_is_read_with_care(  # noqa: PLR0913, PLR0917 - hypothesis draws them
    tmp_path_factory: pytest.TempPathFactory,
    engine: DuckDBEngine,
    table: list[list[str]],
    delimiter: str,
    ending: str,
    chance: random.Random,
) -> None:
    file = StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=ending).writerows([NAMES[:3], *table])
    content = list(file.getvalue())
    for _ in range(chance.randint(0, 2)):
        content[chance.randrange(len(content))] = chance.choice(['"', delimiter, "\n", "\r", "", "x"])
    path = tmp_path_factory.getbasetemp() / "in_place.csv"
    path.write_bytes("".join(content).encode())
    (found,) = read(path)
    in_place = _in_place(engine, found) if isinstance(found, Sound) else None
    if isinstance(found, Sound) and in_place is not None:
        reading = found.otherwise()
        rows_with_care = [tuple(row.values()) for row in reading.stream.read_all().to_pylist()]
        assert in_place == [tuple(cell if cell.strip() else None for cell in row) for row in rows_with_care]
        assert reading.quarantine.records == []


def _in_place(engine: DuckDBEngine, sound: Sound) -> list[tuple[str | None, ...]] | None:
    """What the engine reads from the file itself; None when it does not agree with the count."""
    name = f"t{next(NUMBERS)}"
    try:
        if engine.scan(name, sound.scan) != sound.counted:
            return None
    except EngineError:
        return None
    found = engine.distinct(name, ["record", *engine.describe(name)[1]]).to_pylist()
    return [tuple(row.values())[1:-2] for row in sorted(found, key=lambda row: int(row["record"]))]


def test_a_quote_alone_on_the_last_line_is_an_open_quote(tmp_path: Path) -> None:
    _, found, dataset = read_one(tmp_path, "open_csv", 'naam;plaats\nJan;"Ede"\nPiet;"Vught"\n"')
    assert found == [("Jan", "Ede"), ("Piet", "Vught")]
    assert account(dataset) == (3, 2, 1)


def test_what_was_opened_shows_itself_per_kind_without_a_name(workspace: Path) -> None:
    (workspace / "exports" / "Fatima_el_Amrani.csv").write_text("a;b\n1;2\n3;4\n", "utf-8")
    (workspace / "exports" / "x.pdf").write_bytes(b"%PDF-1.7")
    with open_exports(workspace) as exports:
        html = exports._repr_html_()
    assert "CSV en verwanten" in html
    assert "niet gelezen" in html
    assert "Fatima" not in html

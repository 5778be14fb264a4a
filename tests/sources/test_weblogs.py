"""Web logs as servers vary them: W3C extended logs, hosts before the address, times and addresses behind the line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igmap.sources.logs.w3c_log import is_w3c
from tests.export_cases import account, opened, raw, read_one, rows

CANARY = "Kanarievogel"
IIS = """#Software: Microsoft Internet Information Services 10.0
#Version: 1.0
#Date: 2026-01-05 10:00:00
#Fields: date time c-ip cs-username cs-method cs-uri-stem cs(User-Agent) sc-status
2026-01-05 10:00:00 192.0.2.1 DOMEIN\\jan GET /a+b Mozilla/5.0+(Windows+NT+10.0) 200
2026-01-05 10:00:01 2001:db8::1 - GET / - 304

#Date: 2026-01-06 10:00:00
#Fields: date time c-ip cs(Cookie) time-taken
2026-01-06 10:00:00 192.0.2.2 sid=Kanarievogel;+x=1 15
2026-01-06 10:00:01 192.0.2.2 sid=Kanarievogel te veel woorden 15
#Remark: einde
2026-01-06 10:00:02 192.0.2.3 -
"""
COMMON = '192.0.2.1 - jan [05/Jan/2026:10:00:00 +0100] "GET / HTTP/1.1" 200 5'


def _records(content: str) -> int:
    return sum(1 for line in content.split("\n") if line.strip() and line[0] != "#")


def test_a_w3c_log_whose_fields_change_is_one_table_with_the_fields_of_all(tmp_path: Path) -> None:
    with opened(tmp_path, iis_log=IIS) as exports:
        (dataset,) = exports.datasets
        assert (dataset.kind, account(dataset), _records(IIS)) == ("access_log", (5, 3, 2), 5)
        told = rows(exports, dataset)
        assert [row["record"] for row in told] == [1, 2, 3]
        first, second, third = told
        assert (first["cs(User-Agent)"], first["cs-uri-stem"], first["time-taken"]) == (
            "Mozilla/5.0 (Windows NT 10.0)", "/a+b", None,
        )  # fmt: skip
        assert (first["cs-username"], second["cs-username"], second["c-ip"]) == ("DOMEIN\\jan", None, "2001:db8::1")
        assert (third["cs(Cookie)"], third["time-taken"], third["sc-status"]) == ("(21 characters)", "15", None)
        assert [(problem.record, problem.problem) for problem in dataset.problems] == [
            (4, "too many columns"), (5, "too few columns"),
        ]  # fmt: skip
        assert not any(CANARY in text for _, text in raw(exports, dataset))


def test_a_record_above_the_first_fields_line_and_one_with_foreign_bytes_are_quarantined(tmp_path: Path) -> None:
    content = "#Version: 1.0\n10.0.0.1 x\n#Fields: c-ip cs-username\n10.0.0.1 zoë\n10.0.0.2 é\n10.0.0.3 ".encode()
    with opened(tmp_path, iis_log=content + b"\xeb\n10.0.0.4 a\0b") as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (5, 3, 2)
        assert [problem.problem for problem in dataset.problems] == [
            "no #Fields line above it", "bytes that fit no encoding",
        ]  # fmt: skip
        assert raw(exports, dataset) == [(1, "10.0.0.1 x"), (4, "10.0.0.3 ë")]
        assert [row["c-ip"] for row in rows(exports, dataset)] == ["10.0.0.1", "10.0.0.2", "10.0.0.4"]


@pytest.mark.parametrize(
    "content",
    [
        '#Fields: a,b c,b\n1,"x, y",3\n1,\'x\n',
        "#Fields:\ta\tb c\tb\n1\tx, y\t3\n1\t'x\n",
        '#Fields: a "b c" b\n1 "x, y" 3\n1 "x\n',
    ],
)
def test_commas_tabs_quotes_and_fields_named_twice_are_read(tmp_path: Path, content: str) -> None:
    names, found, dataset = read_one(tmp_path, "proxy_log", content)
    assert (names[0], names[1], len(names), found) == ("a", "b c", 3, [("1", "x, y", "3")])
    assert account(dataset) == (2, 1, 1)


def test_a_utf_16_log_cut_in_the_middle_of_a_record_loses_none(tmp_path: Path) -> None:
    content = IIS.encode("utf-16")[: -len(b"192.0.2.3 -\n") * 2]
    with opened(tmp_path, iis_log=content) as exports:
        assert account(exports.datasets[0]) == (5, 3, 2)


@pytest.mark.parametrize("content", ["#Software: x\nnaam;mail\nJan;j@x.nl\n", "#nr;naam\n1;Jan\n2;Piet\n"])
def test_a_table_whose_first_line_is_a_comment_is_no_log(tmp_path: Path, content: str) -> None:
    assert read_one(tmp_path, "a_csv", content)[2].kind == "delimited"
    assert not is_w3c(content.splitlines())


def test_what_servers_add_to_the_common_format_is_kept(tmp_path: Path) -> None:
    lines = [
        COMMON,
        f"www.x.nl:443 {COMMON}",
        f"x.nl {COMMON.replace('192.0.2.1', '2001:db8::1')} 5123",
        f'{COMMON.replace("- jan", "janpc jan de boer")} "-" "Moz" "203.0.113.9"',
        "kapot",
    ]
    with opened(tmp_path, access_log="\n".join(lines)) as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (len(lines), 4, 1)
        told = [
            (row["virtual_host"], row["remote_addr"], row["remote_logname"], row["remote_user"], row["other_fields"])
            for row in rows(exports, dataset)
        ]
        assert told == [
            (None, "192.0.2.1", None, "jan", None),
            ("www.x.nl:443", "192.0.2.1", None, "jan", None),
            ("x.nl", "2001:db8::1", None, "jan", "5123"),
            (None, "192.0.2.1", "janpc", "jan de boer", '"203.0.113.9"'),
        ]


def test_a_plain_log_has_no_fields_that_no_line_fills(tmp_path: Path) -> None:
    names, found, dataset = read_one(tmp_path, "access_log", f"{COMMON}\n{COMMON}\n")
    assert (len(names), len(found), dataset.kind) == (8, 2, "access_log")
    assert found[0] == ("192.0.2.1", "jan", "05/Jan/2026:10:00:00 +0100", "GET / HTTP/1.1", "200", "5", None, None)


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters='"#,+'), min_size=1)


@given(st.lists(st.lists(CELL.filter(lambda cell: cell != "-"), min_size=3, max_size=3), min_size=1, max_size=8))
def test_any_records_come_back_as_logged(tmp_path_factory: pytest.TempPathFactory, records: list[str]) -> None:
    content = "#Fields: a b c\n" + "\n".join(" ".join(record) for record in records)
    _, found, dataset = read_one(tmp_path_factory.mktemp("log"), "iis_log", content)
    assert account(dataset) == (len(records), len(records), 0)
    assert found == [tuple(record) for record in records]


def test_a_log_that_broke_off_in_zeros_keeps_its_lines_and_the_broken_one_is_set_apart(tmp_path: Path) -> None:
    with opened(tmp_path, a_log=f"{COMMON}\n" * 20 + "\0\0\0\n") as exports:
        (dataset,) = exports.datasets
        assert (dataset.kind, account(dataset)) == ("access_log", (21, 20, 1))

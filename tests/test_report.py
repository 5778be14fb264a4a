"""The look of every page and workbook: whole, escaped, bilingual, without anything that runs or loads."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from openpyxl import load_workbook

from igmap.report import (
    Badge,
    Badges,
    Detail,
    Figure,
    Paragraph,
    Section,
    Table,
    fragment,
    number,
    page,
    percentage,
    text,
    workbook,
)
from igmap.report.texts import texts

HOSTILE = '<script>alert("x")</script>'
ON = datetime(2026, 11, 22, tzinfo=UTC)
SVG = (
    '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)">'
    "<metadata>http://example.org</metadata><style>*{fill:red}</style><script>alert(1)</script>"
    '<defs><clipPath id="p1"/></defs><a xlink:href="http://example.org"><use xlink:href="#p1"/></a>'
    '<g clip-path="url(#p1)"><text>id="p1"</text></g></svg>'
)


def hostile_page(lang: str = "nl") -> str:
    table = Table((HOSTILE, "aantal"), ((HOSTILE, 1234567), ((HOSTILE, Badge("open", HOSTILE, 3)), None)), HOSTILE)
    blocks = (
        Paragraph(HOSTILE),
        table,
        Badges((Badge("violation", HOSTILE, 2),)),
        Detail(HOSTILE, (table,)),
        Figure(SVG, HOSTILE),
    )
    return page(
        HOSTILE,
        [Section("a", HOSTILE, blocks), Section("b", HOSTILE, (Figure(SVG, "tweede"),))],
        lang=lang,
        note=HOSTILE,
    )


def test_hostile_text_is_escaped_wherever_it_stands() -> None:
    html = hostile_page()
    assert "<script" not in html.lower()
    assert html.count("&lt;script&gt;") >= 12


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    html = hostile_page()
    assert not re.search(r"""(src|href|xlink:href|action|data)\s*=\s*["']?\s*(https?:|//|data:|javascript:)""", html)
    assert not re.search(r"\son\w+\s*=", html)
    assert "@import" not in html
    assert not re.search(r"url\((?!#)", html)


def test_figures_keep_their_references_and_have_ids_of_their_own() -> None:
    html = hostile_page()
    ids = re.findall(r'\bid="([^"]+)"', html.replace('id="p1"</text>', ""))
    assert len(ids) == len(set(ids))
    for prefix in ("f1-", "f2-"):
        assert f'id="{prefix}p1"' in html
        assert f'xlink:href="#{prefix}p1"' in html
        assert f"url(#{prefix}p1)" in html
    assert '>id="p1"</text>' in html
    assert "<?xml" not in html
    assert html.lower().count("<!doctype") == 1
    assert "fill:red" not in html


def test_a_page_has_landmarks_headings_captions_and_scopes() -> None:
    html = hostile_page()
    parts = """<html lang="nl">|class="skip" href="#content"|Naar de inhoud|<main id="content"|<h1>|<h2 id="a">|
        <caption>|<th scope="col">|<th scope="row">|name="viewport"|prefers-color-scheme: dark|@media print|role="img"|
        <figcaption>|href="#b\""""
    for part in parts.split("|"):
        assert part.strip() in html, part


def test_numbers_in_a_page_are_written_as_the_language_does() -> None:
    assert "1.234.567" in hostile_page("nl")
    assert "1,234,567" in hostile_page("en")


def test_a_badge_says_in_words_what_its_colour_says() -> None:
    html = fragment([Badges((Badge("violation", "overtreding", 2),))], lang="nl")
    assert '<span aria-hidden="true">✖</span> <b>2</b> overtreding' in html


def test_an_empty_table_says_so() -> None:
    assert "Niets te melden" in fragment([Table(("a",), ())], lang="nl")


def test_a_text_exists_in_both_languages_with_the_same_figures() -> None:
    for key, entry in texts().items():
        assert set(entry) == {"nl", "en"}, key
        assert all(entry.values()), key
        assert figures_of(entry["nl"]) == figures_of(entry["en"]), key


def figures_of(words: str) -> set[tuple[str, str]]:
    parsed = [(name, spec or "") for _, name, spec, _ in Formatter().parse(words) if name]
    return {(name, "" if "|" in spec else spec) for name, spec in parsed}


@pytest.mark.parametrize(("count", "dutch", "english"), [(0, "0 velden", "0 fields"), (1, "1 veld", "1 field")])
def test_a_number_stands_before_the_noun_that_fits_it(count: int, dutch: str, english: str) -> None:
    assert text("picture.count", "nl", count=count) == dutch
    assert text("picture.count", "en", count=count) == english


def test_no_text_leaves_to_the_reader_whether_it_is_one_or_more() -> None:
    assert not [key for key, entry in texts().items() if re.search(r"\w\((s|en|'s)\)", "".join(entry.values()))]


def test_no_key_of_the_texts_is_given_twice() -> None:
    lines = (Path(__file__).parents[1] / "igmap" / "report" / "texts.yaml").read_text("utf-8").splitlines()
    keys = [line.partition(": ")[0] for line in lines if line and line[0] not in "# "]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    "wrong", [("reason.haeder", "nl", {}), ("reason.header", "de", {}), ("reason.header", "nl", {})]
)
def test_a_missing_key_language_or_figure_is_an_error(wrong: tuple[str, str, dict[str, str]]) -> None:
    key, lang, figures = wrong
    with pytest.raises(KeyError):
        text(key, lang, **figures)


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (1234, "1.234", "1,234"),
        (1234.5, "1.234,5", "1,234.5"),
        (0, "0", "0"),
        (-7.25, "-7,25", "-7.25"),
        (1000000.0, "1.000.000", "1,000,000"),
    ],
)
def test_numbers_have_the_separators_of_the_language(value: float, dutch: str, english: str) -> None:
    assert (number(value, "nl"), number(value, "en")) == (dutch, english)


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0, "0%"),
        (1.0, "100%"),
        (0.98, "98%"),
        (0.1234, "12.3%"),
        (0.000001, "<0.1%"),
        (0.999999, ">99.9%"),
        (1 / 2000, "0.1%"),
    ],
)
def test_a_percentage_never_rounds_something_to_nothing_or_to_all(share: float, shown: str) -> None:
    assert percentage(share, "en") == shown


def test_a_reason_is_rendered_with_its_figures() -> None:
    reason = {"code": "share", "detector": "email", "share": 0.985}
    figures = {name: value for name, value in reason.items() if name != "code"}
    assert (
        text("reason.share", "nl", **figures)
        == "98,5\N{NO-BREAK SPACE}% van de verschillende waarden wordt herkend als email"
    )
    assert text("picture.on", "nl", on=date(2026, 11, 5)) == "Stand van 05-11-2026"


def test_braces_in_a_figure_are_left_alone() -> None:
    assert "{by.__class__}" in text("reason.confirmed", "en", by="{by.__class__}", on="2026-11-22")


def test_a_workbook_stores_every_text_as_text(tmp_path: Path) -> None:
    risky = (
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "https://example.org",
        "{=1}",
        "\x00\x07",
        "\ud800",
        "a" * 40_000,
        "=HYPERLINK(1)",
    )
    table = Table(("=kop",), tuple((one,) for one in risky))
    workbook(
        tmp_path / "a.xlsx",
        {"=1/0: [a]*?": table, "=1/0  [A]": table, "x" * 60: table, "": table},
        lang="nl",
        created=ON,
    )
    book = load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)
    assert len(cells) == 4 * (1 + len(risky))
    assert cells[1].value == "=1+1"
    assert len(str(cells[9].value)) == 32_767


def test_a_workbook_keeps_numbers_and_freezes_its_header() -> None:
    content = BytesIO()
    rows = (("crm.csv", 12, 0.5, Badge("open", "open", 3), ("a", Badge("open", "b")), None, float("nan")),)
    workbook(content, {"Velden": Table(tuple("abcdefg"), rows)}, lang="nl", created=ON)
    sheet = load_workbook(content)["Velden"]
    assert [cell.value for cell in sheet[2]] == ["crm.csv", 12, 0.5, "3 open", "a\nb", None, "nan"]
    assert sheet.freeze_panes == "B2"
    assert sheet["A2"].alignment.wrap_text


def test_the_same_workbook_has_the_same_bytes() -> None:
    first, second = BytesIO(), BytesIO()
    for content in (first, second):
        workbook(content, {"a": Table(("x",), (("y",),))}, lang="en", created=ON)
    assert first.getvalue() == second.getvalue()

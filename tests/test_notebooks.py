"""The notebooks: short, emptied, from a question to its answer; carried out, pages without any value of the exports."""

import ast
import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from igmap.errors import IgmapError, WorkspaceError
from igmap.workbench.render import render_notebook
from tests.conftest import SAMPLE_DAY, SAMPLES

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
LOADS = {"src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "manifest"}


def content(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def cells(path: Path, kind: str) -> list[tuple[Any, str]]:
    return [(cell, "".join(cell["source"])) for cell in content(path)["cells"] if cell["cell_type"] == kind]


def identifiers() -> set[str]:
    """E-mail addresses, full names, student and citizen service numbers that stand in the samples."""
    exports = SAMPLES / "exports"
    users = [*csv.DictReader((exports / "moodle" / "gebruikers_2026-10-31.csv").read_text("utf-8-sig").splitlines())]
    told = {user["email"] for user in users} | {user["idnumber"] for user in users}
    told |= {f"{user['firstname']} {user['lastname']}" for user in users}
    archive = (exports / "archief" / "cursisten_2012.csv").read_text("cp1252")
    return told | set(re.findall(r"\b9999\d{5}\b", archive))


class Outline(HTMLParser):
    """Tags of a page, and whatever it would load from elsewhere."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__()
        self.tags: set[str] = set()
        self.loaded: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down the tag and what it loads."""
        self.tags.add(tag)
        self.loaded += [value or "" for name, value in attrs if name in LOADS and not (value or "").startswith("data:")]
        self.loaded += [value or "" for name, value in attrs if tag == "link" and name == "href"]


def test_there_is_a_notebook_per_step() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "01_discover",
        "02_purpose",
        "03_anonymise",
        "04_data_flows",
        "06_policy_change",
        "07_free_text",
    ]


@each_notebook
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    assert "widgets" not in content(path)["metadata"]
    for cell, _ in cells(path, "code"):
        assert (cell["outputs"], cell["execution_count"]) == ([], None)
        assert set(cell["metadata"]) <= {"tags"}


@each_notebook
def test_a_notebook_is_short_and_defines_nothing(path: Path) -> None:
    code = cells(path, "code")
    assert len(code) <= 15
    for _, source in code:
        assert len(source.splitlines()) <= 10
        assert not any(
            isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda) for node in ast.walk(ast.parse(source))
        )


@each_notebook
def test_a_notebook_opens_with_its_question_and_inputs_and_ends_with_the_answer(path: Path) -> None:
    everything = content(path)["cells"]
    assert everything[0]["cell_type"] == "markdown"
    assert everything[0]["source"][0].rstrip().endswith("?")
    assert everything[1]["metadata"]["tags"] == ["parameters"]
    assert everything[-1]["cell_type"] == "code"
    assert 'Markdown(f"' in "".join(everything[-1]["source"])


@each_notebook
def test_every_heading_has_a_line_of_english(path: Path) -> None:
    for _, source in cells(path, "markdown"):
        heading, below = source.splitlines()[:2]
        assert heading.startswith("#")
        assert re.match(r"\*[A-Z].*[.?]\*", below)


@each_notebook
def test_cells_have_names_of_their_own(path: Path) -> None:
    names = [cell["id"] for cell in content(path)["cells"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z-]*", name) for name in names)


@each_notebook
def test_no_identifier_of_the_samples_stands_in_a_notebook(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not {told for told in identifiers() if told in text}


def test_what_is_no_notebook_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "odd.ipynb").write_text("not json")
    with pytest.raises(WorkspaceError, match=r"odd\.ipynb: cannot be read"):
        render_notebook(tmp_path / "odd.ipynb", out=tmp_path)


def written(folder: Path, *sources: str) -> Path:
    code: list[Any] = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": s, "outputs": [], "execution_count": None}
        for i, s in enumerate(sources)
    ]
    path = folder / "one.ipynb"
    path.write_text(json.dumps({"cells": code, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return path


def test_inputs_need_a_cell_to_stand_in(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no cell is tagged 'parameters'"):
        render_notebook(written(tmp_path, "1"), out=tmp_path, parameters={"TODAY": "2026-11-01"})


@pytest.mark.ci
@pytest.mark.parametrize(
    ("cell", "said"),
    [("int('Kanarievogel')", "ValueError"), ("import igmap; igmap.open_exports('nowhere')", "no such folder")],
)
def test_a_cell_that_fails_tells_no_value(tmp_path: Path, cell: str, said: str) -> None:
    with pytest.raises(IgmapError, match=said) as failure:
        render_notebook(written(tmp_path, cell), out=tmp_path)
    assert "Kanarievogel" not in str(failure.value)
    assert not (tmp_path / "one.html").exists()


@pytest.mark.ci
@each_notebook
def test_carried_out_a_notebook_is_a_page_that_loads_nothing_and_tells_nobody(
    path: Path, sample_workspace: Path, tmp_path: Path
) -> None:
    given = {"WORKSPACE": str(sample_workspace), "TODAY": SAMPLE_DAY.isoformat(), "SHOW": "counts"}
    before = path.read_bytes()
    page = render_notebook(path, out=tmp_path, parameters=given).read_text("utf-8")
    outline = Outline(page)
    assert not outline.tags & {"script", "iframe", "object", "embed", "link"}
    assert not [address for address in outline.loaded if not address.startswith("#")]
    assert not re.findall(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", page)
    assert not {told for told in identifiers() if told in page}
    assert "Het antwoord" in page
    assert path.read_bytes() == before

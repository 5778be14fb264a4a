"""The table of formats in the README: written from the code, complete, and true of what the readers are."""

import importlib.util
from pathlib import Path
from types import ModuleType

from igmap.report import text
from igmap.sources.formats import formats
from igmap.sources.kinds import READERS

ROOT = Path(__file__).parent.parent


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_formats", ROOT / "docs" / "make_formats.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_reader_says_what_it_reads_and_how_it_counts_in_both_languages() -> None:
    assert set(formats()) == {*READERS, "memory", "mysql", "postgresql"}
    for kind, words in formats().items():
        assert set(words) == {"files", "read", "counted"}, kind
        assert all(set(told) == {"nl", "en"} and all(told.values()) for told in words.values()), kind
        assert text(f"exports.{kind}", "nl")


def test_the_readme_has_the_formats_of_the_code() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert script().with_formats(readme) == readme, "the README is old: run 'make docs'"
    for kind in READERS:
        assert f"| {text(f'exports.{kind}', 'en')} |" in readme


def test_the_script_changes_nothing_but_its_table() -> None:
    make = script()
    before = f"# x\n{make.BEGIN}\nold | {make.END}\ny\n"
    assert make.with_formats(before) == f"# x\n{make.BEGIN}\n{make.table()}{make.END}\ny\n"

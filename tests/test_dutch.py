"""Whatever igmap refuses is said in Dutch too, and nothing but what it refuses is in the catalogue."""

import ast
import errno
import inspect
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from pydantic_core._pydantic_core import list_all_errors
from typer.testing import CliRunner

from igmap import dutch
from igmap.cli import app, main
from igmap.dutch import entries, said
from igmap.errors import PlanError, WorkspaceError
from igmap.workspace import open_workspace
from tests.raised import sentences
from tests.test_architecture import MODULES, nodes

pytestmark = pytest.mark.xdist_group("house")  # one worker reads the modules, once
WORDS = re.compile(r"\S*[A-Za-z]\S*")
WRONGLY_GIVEN = {
    "frobnicate --lang {lang}": "een opdracht 'frobnicate' is er niet",
    "chek --lang {lang}": "een opdracht 'chek' is er niet. Bedoeld: 'check'",
    "check --lang {lang}": "argument 'workspace' ontbreekt",
    "redact a.txt --lang {lang}": "optie '--out' ontbreekt",
    "check x --kk --lang {lang}": "een optie --kk is er niet",
    "check x --lag --lang={lang}": "een optie --lag is er niet (misschien --lang)",
    "init x y --lang {lang}": "er staat te veel (y)",
    "plan x --k 1 --lang {lang}": "waarde van '--k': moet 2 of meer zijn",
    "check x --today 9 --lang {lang}": "'9' heeft geen van de vormen '%Y-%m-%d'",
    "close x --yes=1 --lang {lang}": "optie '--yes' neemt geen waarde",
    "init --lang {lang} x --lang": "optie '--lang' vraagt een waarde",
    "check --lang {lang} --lang de": "'de' is niet een van 'nl', 'en'",
    "retention foo --lang {lang}": "een opdracht 'foo' is er niet",
}
IN_QUOTES = re.compile(r"'[^']*'")


def without_dutch(sentence: str) -> Iterator[str]:
    """The clauses of a sentence, and of its figures, that the catalogue lacks: a word alone is a name."""
    found = dutch.known(sentence)
    for part in (found[0], found[2]) if found else dutch.PARTING.split(sentence):
        yield from without_dutch(part) if found and part else ()
        if not found and len(WORDS.findall(IN_QUOTES.sub("", part))) > 1:
            yield part


def test_whatever_igmap_refuses_has_its_dutch() -> None:
    lines = ((line, place) for text, place in sentences().items() for line in text.split("\n"))
    lacking = {part: place for line, place in lines for part in without_dutch(line)}
    told = "\n".join(f'"{part}": ""  # {place}' for part, place in lacking.items())
    assert not lacking, f"add to igmap/dutch.yaml, with a name for each figure:\n{told}"


def test_no_figure_is_lost_on_the_way() -> None:
    figures = re.compile(r"1\d\d")
    lost = [text for text in sentences() if sorted(figures.findall(text)) != sorted(figures.findall(said(text, "nl")))]
    assert not lost


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_of_an_entry_have_the_same_figures() -> None:
    assert not [english for _, english, nl in entries() if fields(english) != fields(nl)]


@cache
def wordings() -> str:
    """Every text in the code, of pydantic, of typer and of the system that a message may be made of."""
    own = [str(node.value) for path in MODULES for node in nodes(path) if isinstance(node, ast.Constant)]
    own += [CliRunner().invoke(app, asked.format(lang="en").split()).output for asked in WRONGLY_GIVEN]
    foreign = [re.sub(r"{\w+}", "", error["message_template_python"]) for error in list_all_errors()]
    return "\n".join([*own, *foreign, *(os.strerror(number) for number in errno.errorcode)])


def test_no_entry_of_the_catalogue_is_dead() -> None:
    told = "\n".join([wordings(), *sentences()])
    dead = [english for words, english, _ in entries() if not all(word in told for word in words)]
    assert not dead


@pytest.mark.parametrize(
    ("english", "nl"),
    [
        ("a.csv: no column 'x'; did you mean 'y'?", "a.csv: geen kolom 'x'; 'y' bedoeld?"),
        ("column 'a: b; c': unknown step 'rond'", "kolom 'a: b; c': onbekende stap 'rond'"),
        ("a: b.csv: cannot be read (Permission denied)", "a: b.csv: is niet te lezen (geen toestemming)"),
        (
            "1234 values stand in it twice; keep one line for each",
            "1.234 waarden staan er twee keer in; houd van elke één regel",
        ),
        ("nobody wrote this", "nobody wrote this"),
        ("x: it is\n- al in het Nederlands", "x: it is\n- al in het Nederlands"),
    ],
)
def test_clauses_are_said_one_by_one_and_what_has_no_dutch_stays(english: str, nl: str) -> None:
    assert said(english, "en") == english
    assert said(english, "nl") == nl


def test_a_notebook_shows_an_error_in_both_languages() -> None:
    told = PlanError("unknown model 'kk'; did you mean 'k'?")._render_traceback_()
    assert told == ["PlanError: onbekend model 'kk'; 'k' bedoeld?", "PlanError: unknown model 'kk'; did you mean 'k'?"]


def test_the_catalogue_is_read_only_when_something_is_said_in_dutch() -> None:
    entries.cache_clear()
    assert said("is empty", "en") == "is empty"
    assert entries.cache_info().currsize == 0


def test_a_file_given_for_a_folder_is_called_a_file(tmp_path: Path) -> None:
    (file := tmp_path / "people.csv").write_text("naam\n")
    with pytest.raises(WorkspaceError, match=r"people\.csv: is a file, no folder") as failure:
        open_workspace(file)
    assert "is een bestand, geen map" in said(str(failure.value), "nl")


@pytest.mark.parametrize(("lang", "told"), [("nl", "zo’n map is er niet"), ("en", "no such folder")])
def test_a_command_tells_its_errors_in_the_language_that_was_asked_for(
    lang: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["igmap", "sources", "nowhere", "--lang", lang])
    with pytest.raises(SystemExit):
        main()
    assert told in capsys.readouterr().err


def test_an_option_that_cannot_be_is_told_in_dutch_too(tmp_path: Path) -> None:
    asked = ["decide", str(tmp_path), "x.csv"]
    assert "ontbreekt: " in CliRunner().invoke(app, asked).output
    assert "missing: " in CliRunner().invoke(app, [*asked, "--lang", "en"]).output


@pytest.mark.parametrize("asked", WRONGLY_GIVEN)
def test_what_is_wrong_in_how_a_command_is_given_is_a_line_in_the_language_asked_for(asked: str) -> None:
    for lang, told, see in (("nl", WRONGLY_GIVEN[asked], "; zie "), ("en", "", "; see ")):
        outcome = CliRunner().invoke(app, asked.format(lang=lang).split())
        assert (outcome.exit_code, outcome.output.count("\n")) == (2, 1)
        assert told in outcome.output
        assert see in outcome.output


def test_every_command_can_be_asked_for_a_language() -> None:
    groups = [app, *(group.typer_instance for group in app.registered_groups if group.typer_instance)]
    commands = [one.callback for group in groups for one in group.registered_commands]
    assert all("lang" in inspect.signature(command).parameters for command in commands if command)

"""Help is in Dutch and in English: each text of it has its Dutch, and none of the Dutch is left over."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer import rich_utils
from typer.testing import CliRunner

from igmap.cli import app
from igmap.cli.explaining import FRAME, dutch, in_language
from tests.test_architecture import ROOT, SLOW

pytestmark = pytest.mark.xdist_group("house")
WIDE = {"COLUMNS": "600"}  # so that no text is broken
ROOMS_OF_HELP = {"igmap.cli", "igmap.dutch", "igmap.errors"}


def commands(command: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """A group and all under it, each with the words that it is called by."""
    yield path, command
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, *path, name)


COMMANDS = dict(commands(typer.main.get_command(app)))


def paragraphs(command: Any) -> Iterator[str]:
    params = [text for one in command.params for text in (one.help, one.show_default) if isinstance(text, str)]
    for text in (command.help, *params):
        yield from (" ".join(part.split()) for part in text.split("\n\n"))


def shown(*asked: str) -> str:
    outcome = CliRunner().invoke(app, asked, env=WIDE)
    assert outcome.exit_code in {0, 2}, outcome.output
    return " ".join(outcome.output.replace("│", " ").split())


def test_every_text_of_help_has_its_dutch_and_no_dutch_is_left_over() -> None:
    texts = {text for command in COMMANDS.values() for text in paragraphs(command)}
    frame = {getattr(rich_utils, name) for name in FRAME}
    frame |= {"Usage:", "[OPTIONS]", "COMMAND [ARGS]...", "Show this message and exit."}
    assert set(dutch()) == texts | frame


def test_every_command_argument_and_option_is_explained() -> None:
    assert not [path for path, command in COMMANDS.items() if not command.help]
    assert not [(path, one.name) for path, command in COMMANDS.items() for one in command.params if not one.help]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_shows_each_text_in_the_language_asked_for(path: tuple[str, ...]) -> None:
    for lang, frame, asked in (("nl", "Gebruik: ", ()), ("en", "Usage: ", ("--lang", "en"))):
        told = shown(*path, "--help", *asked)
        assert frame in told
        assert not [text for text in paragraphs(COMMANDS[path]) if in_language(lang, text) not in told]


@pytest.mark.parametrize(
    "asked",
    ["--lang en", "--lang en -h", "-h --lang=en", "--lang en redact -h", "redact --lang en -h", "redact -h --lang en",
     "--lang en policy", "policy --lang en -h", "--lang en policy open -h", "policy --lang en open -h"],
)  # fmt: skip
def test_english_help_is_had_wherever_the_language_is_given(asked: str) -> None:
    assert "Usage: " in shown(*asked.split())
    assert "Gebruik: " in shown(*asked.replace("--lang en", "").replace("--lang=en", "").split())


def test_the_frame_is_dutch_too() -> None:
    told = shown("redact", "--help")
    assert all(word in told for word in ("Opties", "Argumenten", "[verplicht]", "[standaard: placeholder]", "[OPTIES]"))
    assert "Opdrachten" in shown("policy")


@pytest.mark.parametrize("asked", ["{} policy new", "policy {} new", "policy new {}"])
def test_a_language_given_before_a_command_holds_for_what_it_says(asked: str, tmp_path: Path) -> None:
    for lang, told in (("--lang en", "was made for"), ("", "is gemaakt voor")):
        file = tmp_path / f"{lang}.yaml"
        assert told in CliRunner().invoke(app, [*asked.format(lang).split(), str(file), "--name", "X"]).output


def test_help_loads_no_room() -> None:
    script = (
        "import sys; from igmap.cli import main; sys.argv = ['igmap', 'redact', '--help']\n"
        "try: main()\n"
        "finally: print(sorted(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=ROOT).stdout
    loaded = set(ast.literal_eval(told.splitlines()[-1]))
    assert not SLOW & {name.split(".")[0] for name in loaded}
    assert {".".join(name.split(".")[:2]) for name in loaded if name.startswith("igmap.")} == ROOMS_OF_HELP

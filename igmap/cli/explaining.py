"""What `--help` shows: the English that stands where a command is, or the Dutch that help_nl.yaml has for it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from igmap.cli.options import Lang, Language

FRAME = (  # the words that Typer draws around a help, by their names in typer.rich_utils
    "ARGUMENTS_PANEL_TITLE", "OPTIONS_PANEL_TITLE", "COMMANDS_PANEL_TITLE", "DEFAULT_STRING", "REQUIRED_LONG_STRING",
)  # fmt: skip
WRONG_USAGE = 2


class Explained:
    """A command or a group whose help is in the language asked for."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show the help."""
        with _explaining(self, ctx):
            super().format_help(ctx, formatter)  # type: ignore[misc] # of Typer's class, which each of these is too

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        """Write the line that says in which order a command is given."""
        pieces = [in_language(ctx.obj, piece) for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), f"{in_language(ctx.obj, 'Usage:')} ")


class Command(Explained, TyperCommand):
    """One command."""


class Group(Explained, TyperGroup):
    """Commands under one name."""


def commands(context: typer.Context, lang: Language = Lang.NL) -> None:
    """Take the language for all commands of a group; show what these are when none is given."""
    group: Any = context.command
    context.default_map = {name: {"lang": lang.value} for name in group.commands}
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(WRONG_USAGE)


def in_language(lang: str, text: str) -> str:
    """A text of the help, paragraph by paragraph; what has no Dutch stays."""
    if lang == "en":
        return text
    return "\n\n".join(dutch().get(" ".join(part.split()), part) for part in text.split("\n\n"))


@cache
def dutch() -> Mapping[str, str]:
    """The Dutch of each paragraph, by its English."""
    from igmap.dutch import catalogue

    return catalogue("igmap.cli", "help_nl.yaml")


@contextmanager
def _explaining(command: Any, ctx: Any) -> Iterator[None]:
    """While its help is shown, what that is made of is in the language asked for."""
    from typer import rich_utils

    made_of: list[tuple[Any, str]] = [(rich_utils, name) for name in FRAME]
    made_of += [(one, "help") for one in (command, *getattr(command, "commands", {}).values())]
    made_of += [(one, name) for one in command.get_params(ctx) for name in ("help", "show_default")]
    english = [(one, name, text) for one, name in made_of if isinstance(text := getattr(one, name, None), str)]
    try:
        for one, name, text in english:
            setattr(one, name, in_language(ctx.obj, text))
        yield
    finally:
        for one, name, text in english:
            setattr(one, name, text)

"""In which language the command line speaks: the one it was asked for, Dutch where it was not."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import typer

from igmap.cli.explaining import WRONG_USAGE, Group
from igmap.errors import IgmapError

OPTION = "--lang"
UsageError: Any = typer.BadParameter.__base__  # of whatever is wrong in how a command is given; Typer names it nowhere


def asked_for(arguments: Sequence[str]) -> str:
    """The language that arguments of the command line ask for, also where something else is wrong with them.

    Example:
        >>> asked_for(["check", "--lang=en", "--kk"]), asked_for(["check"])
        ('en', 'nl')
    """
    pairs = pairwise([*arguments, ""])
    return "en" if (OPTION, "en") in pairs or f"{OPTION}=en" in arguments else "nl"


class Commands(Group):
    """All commands. What is wrong in how one is given is a line, as igmap's other errors are."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Read what is given to all commands; what each is given is read when it is carried out."""
        lang = asked_for(args)
        with speaking(lang):
            return super().make_context(info_name, args, parent, obj=lang, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Carry a command out."""
        with speaking(ctx.obj):
            return super().invoke(ctx)


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Errors are told in a language: igmap's own by whoever catches them, those of usage at once."""
    try:
        yield
    except IgmapError as error:
        error.lang = lang
        raise
    except UsageError as error:
        from igmap.dutch import said

        clauses = error.format_message().removeprefix("Invalid value: ").rstrip(".")
        path = error.ctx.command_path if error.ctx else "igmap"
        typer.echo(f"igmap: {said(f'{clauses}; see {path} -h', lang)}", err=True)
        raise typer.Exit(WRONG_USAGE) from None

"""Commands about releases that were published: `igmap releases` and `igmap recheck`."""

import typer

from igmap.cli.options import Folder, Lang, Language, Today, day, show


def releases(workspace: Folder, lang: Language = Lang.NL) -> None:
    """List what was published: when, for whom and what for, until when, and how it stood since."""
    from igmap.release import read_register
    from igmap.release.wording import say
    from igmap.workspace import open_workspace

    register = read_register(open_workspace(workspace))
    if register.releases:
        show(register.table(lang), lang)
    else:
        typer.echo(say("releases.none", lang))


def recheck(workspace: Folder, lang: Language = Lang.NL, today: Today = None) -> None:
    """Look again at all that was published; status 4 when something no longer holds, 3 when it has to be looked at."""
    from igmap.release import recheck as look_again
    from igmap.release.wording import say
    from igmap.sources import open_exports
    from igmap.workspace import open_workspace

    place = open_workspace(workspace)
    with open_exports(place.root) as exports:
        register = look_again(place, exports, today=day(today))
    if register.releases:
        show(register.table(lang), lang)
    else:
        typer.echo(say("releases.none", lang))
    raise typer.Exit(register.exit_status)

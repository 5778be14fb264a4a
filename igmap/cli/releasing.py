"""Commands about releases that were published: `igmap releases`, `igmap recheck` and `igmap finalise`."""

from typing import Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Today, day, opened, plain, show


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


def finalise(
    workspace: Folder,
    name: Annotated[str, typer.Argument(help="Of the release; by default all of them.")] = "",
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Verify that the source of a release is gone, and make its verdict final; status 3 when something remains."""
    from igmap.release.finalise import finalise as verify_gone
    from igmap.release.finalise import releases
    from igmap.release.wording import say

    with opened(workspace, lang, today) as found:
        names = [name] if name else releases(found.workspace)
        told = [verify_gone(found.exports, found.inventory, found.workspace, one, today=found.today) for one in names]
    for line in [line for one in told for line in one.lines(lang)] or [say("finality.none", lang)]:
        typer.echo(plain(line))
    raise typer.Exit(found.exit_status or max((one.exit_status for one in told), default=0))

"""Commands about the register: what it leaves open."""

import typer

from igmap.cli.options import Folder, Lang, Language, show


def open_values(workspace: Folder, lang: Language = Lang.NL) -> None:
    """List what the register leaves open and nobody has answered; status 3 while there is any."""
    from igmap.inventory import load_decisions
    from igmap.policy import answered, load_policy
    from igmap.policy import open_values as left_open
    from igmap.report import Table, text
    from igmap.workspace import open_workspace

    place = open_workspace(workspace)
    found = left_open(answered(load_policy(place.policy), load_decisions(place.decisions)))
    heads = tuple(text(f"open.{key}", lang) for key in ("path", "why", "suggest"))
    rows = tuple((one.path, getattr(one.why, lang), ", ".join(map(str, one.suggest))) for one in found)
    show(Table(heads, rows), lang)
    raise typer.Exit(3 if found else 0)

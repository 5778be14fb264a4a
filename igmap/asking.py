"""Commands that ask what was found where and by which detectors; none of them opens an export."""

from pathlib import Path
from typing import Annotated

import typer

from igmap.options import Folder, Lang, Language, show


def where(  # noqa: PLR0913 - each is an option of the command
    workspace: Folder,
    file: Annotated[str, typer.Argument(help="An export, as the inventory calls it; by default all.")] = "",
    field: Annotated[str, typer.Argument(help="A field of it; by default all.")] = "",
    detector: Annotated[str, typer.Option("--detector", help="What was recognised, for example bsn.")] = "",
    *,
    every: Annotated[bool, typer.Option("--all", help="List every record number, not the first twenty.")] = False,
    lang: Language = Lang.NL,
) -> None:
    """Show in which records identifiers hide, as 'igmap discover' found them: numbers only, never a value."""
    from igmap.inventory.locations import FILE
    from igmap.inventory.whereabouts import RECORDS_SHOWN, whereabouts
    from igmap.workspace import open_workspace

    path = open_workspace(workspace).root / "private" / FILE
    most = 0 if every else RECORDS_SHOWN
    show(whereabouts(path, lang, file=file, field=field, detector=detector, most=most), lang)


def detectors(
    workspace: Annotated[Path | None, typer.Argument(help="With its own detectors.yaml.")] = None,
    *,
    test: Annotated[bool, typer.Option("--test", help="Run the cases of each.")] = False,
    lang: Language = Lang.NL,
) -> None:
    """List all detectors: igmap's, those of installed packages, and those of the workspace's detectors.yaml."""
    from igmap.inventory.own_detectors import all_detectors
    from igmap.inventory.own_detectors import listed as table_of
    from igmap.workspace import open_workspace

    everyone = all_detectors(open_workspace(workspace).detectors if workspace else None)
    show(table_of(everyone, lang, test=test), lang)
    raise typer.Exit(int(test and any(tested.failures() for tested in everyone)))

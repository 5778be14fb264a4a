"""A notebook carried out from top to bottom and kept as one page: no script, no request, no widget state."""

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from traitlets.config import Config

from igmap.errors import IgmapError
from igmap.workbench.lab import server_settings, surroundings
from igmap.workbench.notebooks import read_notebook
from igmap.workspace import write_file

SECONDS_PER_CELL = 600


def render_notebook(path: Path, *, out: Path, parameters: Mapping[str, str] | None = None) -> Path:
    """Carry out a notebook in a fresh kernel and write what it showed as HTML.

    Args:
        path: the notebook; it is not changed, and its folder is where the kernel runs.
        out: folder of the page.
        parameters: name -> text; they replace what the cell tagged `parameters` assigns to those names.

    Returns:
        The page, named as the notebook.

    Raises:
        WorkspaceError: the notebook cannot be read, or has no cell for parameters.
        IgmapError: a cell failed; its own message is given when it is igmap's, else withheld.
    """
    notebook = read_notebook(path, parameters or {})
    _carry_out(notebook, path)
    return write_file(out / f"{path.stem}.html", _page(notebook, path.stem))


def _carry_out(notebook: Any, path: Path) -> None:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.resolve().parent)}},
        store_widget_state=False,
        record_timing=False,
        config=Config(server_settings()),
    )
    with tempfile.TemporaryDirectory(prefix="igmap-kernel-", ignore_cleanup_errors=True) as folder:
        try:
            client.execute(env=surroundings(Path(folder)))
        except CellExecutionError as error:
            told = f"{error.ename}: {error.evalue}" if _is_ours(error.ename) else error.ename
            raise IgmapError(f"{path.name}: a cell failed ({told}); open the notebook in JupyterLab") from None


def _is_ours(name: str) -> bool:
    """Whether an error is igmap's, whose messages hold no cell value."""
    kinds: list[type[IgmapError]] = [IgmapError, *IgmapError.__subclasses__()]
    return name in {kind.__name__ for kind in kinds}


def _page(notebook: Any, title: str) -> str:
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        template_name="igmap",
        extra_template_basedirs=[str(Path(__file__).parent / "template")],
        language_code="nl",
    )
    page, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": title}})
    return str(page)


def render(
    notebooks: Annotated[list[Path], typer.Argument(help="The notebooks, in order.")],
    out: Annotated[Path, typer.Option(help="Folder for the pages.")],
    workspace: Annotated[Path | None, typer.Option(help="Over another workspace than the notebook names.")] = None,
    today: Annotated[
        str, typer.Option(help="With --workspace: the day to reckon to, as 2026-11-01; by default today.")
    ] = "",
) -> None:
    """Carry out notebooks and write each as one HTML page."""
    day = today or date.today().isoformat()  # noqa: DTZ011 - the analyst's own day
    given = {"WORKSPACE": str(workspace.resolve()), "TODAY": day, "SHOW": "counts"} if workspace else None
    try:
        for path in notebooks:
            typer.echo(render_notebook(path, out=out, parameters=given))
    except IgmapError as error:
        typer.echo(f"igmap: {error.said('nl')}", err=True)
        raise typer.Exit(error.exit_status) from None


if __name__ == "__main__":
    typer.run(render)

"""igmap's notebooks as files: their inputs set, and a copy of each in a workspace that has none."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from igmap.errors import WorkspaceError
from igmap.workspace import write_file

PARAMETERS = "parameters"  # the tag of the cell that holds the inputs
OWN_INPUTS = {"WORKSPACE": "..", "SOURCE": ""}


def copy_notebooks(root: Path, *, today: str) -> tuple[Path, ...]:
    """Put igmap's notebooks in `notebooks/` of a workspace, with the workspace and the day as their inputs.

    Args:
        root: of the workspace. A folder `notebooks` that is there already is left as it is.
        today: the day, as ISO 8601.

    Returns:
        The copies made.
    """
    import nbformat  # with its schemas it takes seconds to load

    target = root / "notebooks"
    if target.exists():
        return ()
    originals = sorted(_home().glob("0*.ipynb"))
    inputs = {**OWN_INPUTS, "TODAY": today}
    return tuple(write_file(target / path.name, nbformat.writes(read_notebook(path, inputs))) for path in originals)


def _home() -> Path:
    """Where the notebooks lie: in the installed package, or beside it in a checkout."""
    installed = Path(str(files("igmap"))) / "notebooks"
    return installed if installed.is_dir() else Path(str(files("igmap"))).parent / "notebooks"


def read_notebook(path: Path, parameters: Mapping[str, str]) -> Any:
    """A notebook with its inputs set.

    Args:
        path: of the notebook.
        parameters: name -> text; they replace what the cell tagged `parameters` assigns to those names.

    Raises:
        WorkspaceError: the notebook cannot be read, or has no cell for the parameters.
    """
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=4)
    except (OSError, ValueError) as error:
        raise WorkspaceError(f"{path.name}: cannot be read ({type(error).__name__}); it must be a notebook") from None
    if parameters:
        cell = _parameter_cell(notebook, path)
        cell["source"] = "\n".join(_given(line, parameters) for line in cell["source"].splitlines())
    return notebook


def _given(line: str, parameters: Mapping[str, str]) -> str:
    """An assignment with the value given for its name, if one is."""
    name = line.partition(" = ")[0]
    return f"{name} = {parameters[name]!r}" if name in parameters else line


def _parameter_cell(notebook: Any, path: Path) -> Any:
    for cell in notebook["cells"]:
        if PARAMETERS in cell["metadata"].get("tags", ()):
            return cell
    raise WorkspaceError(f"{path.name}: no cell is tagged {PARAMETERS!r}; give that tag to the cell with the inputs")

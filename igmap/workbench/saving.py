"""What JupyterLab may write to disk: a notebook's text, never what it showed."""

from datetime import datetime
from typing import Any

from jupyter_server.services.contents.checkpoints import AsyncCheckpoints
from tornado.web import HTTPError


def emptied(notebook: Any) -> Any:
    """Take what was shown out of a notebook: outputs, execution counts and times, widget state.

    Args:
        notebook: nbformat 4, as a dictionary; it is changed.

    Returns:
        The same notebook.

    Example:
        >>> emptied({"metadata": {"widgets": {}}, "cells": []})
        {'metadata': {}, 'cells': []}
    """
    notebook["metadata"].pop("widgets", None)
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def save_without_outputs(model: dict[str, Any], **_: Any) -> None:
    """The contents manager's `pre_save_hook`.

    Args:
        model: what is about to be saved; a notebook in it is emptied in place.

    Raises:
        HTTPError: the notebook's form is not understood; the server then saves nothing, where another error would
            be logged and the notebook saved with everything in it.
    """
    if model.get("type") != "notebook":
        return
    try:
        emptied(model["content"])
    except (KeyError, TypeError, AttributeError):
        raise HTTPError(400, "this notebook's form is not understood, so that its outputs would be saved") from None


class NoCheckpoints(AsyncCheckpoints):
    """Checkpoints that are not kept: a second copy of every notebook beside it is one more place to forget."""

    async def create_checkpoint(self, *_: Any) -> dict[str, Any]:
        """Say that there is one, so that saving ends well."""
        return {"id": "none", "last_modified": datetime.now().astimezone()}

    async def list_checkpoints(self, *_: Any) -> list[dict[str, Any]]:
        """None."""
        return []

    async def restore_checkpoint(self, *_: Any) -> None:
        """There is nothing to go back to.

        Raises:
            HTTPError: always.
        """
        raise HTTPError(404, "igmap keeps no checkpoints of notebooks")

    async def rename_checkpoint(self, *_: Any) -> None:
        """Nothing to rename."""

    async def delete_checkpoint(self, *_: Any) -> None:
        """Nothing to delete."""

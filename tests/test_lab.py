"""JupyterLab as igmap starts it: nothing that was shown or typed stays behind, nothing comes from outside."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Self

import pytest
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError
from traitlets.config import Config

from igmap.cli.whole import lab
from igmap.errors import WorkspaceError
from igmap.workbench import copy_notebooks, start_lab
from igmap.workbench.lab import server_settings, surroundings
from igmap.workbench.saving import NoCheckpoints, emptied, save_without_outputs
from tests.browser import chromium, component
from tests.conftest import SAMPLES

ROOT = Path(__file__).parent.parent
SECRET = "jan@school.example"  # noqa: S105 - a value that a cell showed


def shown() -> dict[str, Any]:
    output = {"output_type": "execute_result", "data": {"text/plain": SECRET}, "metadata": {}, "execution_count": 3}
    timed = {"execution": {"iopub.execute_input": "2026-11-01T09:00:00Z"}, "tags": ["parameters"]}
    code = {"cell_type": "code", "id": "a", "source": "x", "metadata": timed, "outputs": [output], "execution_count": 3}
    text = {"cell_type": "markdown", "id": "b", "source": "# Vraag", "metadata": {}}
    return {
        "cells": [code, text],
        "metadata": {"widgets": {"state": SECRET}, "title": "t"},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def test_an_emptied_notebook_keeps_its_text_and_tags_only() -> None:
    left = emptied(shown())
    assert SECRET not in json.dumps(left)
    assert left["metadata"] == {"title": "t"}
    assert left["cells"][0] == {
        "cell_type": "code",
        "id": "a",
        "source": "x",
        "metadata": {"tags": ["parameters"]},
        "outputs": [],
        "execution_count": None,
    }
    assert left["cells"][1] == shown()["cells"][1]


def test_what_is_not_a_notebook_is_saved_as_it_is() -> None:
    model = {"type": "file", "content": "outputs"}
    save_without_outputs(model=model, path="a.txt")
    assert model == {"type": "file", "content": "outputs"}


@pytest.mark.parametrize("odd", [{"worksheets": [], "metadata": {}}, {"cells": [{}], "metadata": {}}, None])
def test_a_form_that_is_not_understood_is_not_saved(odd: Any) -> None:
    with pytest.raises(HTTPError, match="not understood"):
        save_without_outputs(model={"type": "notebook", "content": odd}, path="a.ipynb")


def test_the_server_itself_saves_without_outputs_and_keeps_no_second_copy(tmp_path: Path) -> None:
    manager: Any = AsyncLargeFileManager(root_dir=str(tmp_path), config=Config(server_settings()))
    model = {"type": "notebook", "format": "json", "content": shown()}
    asyncio.run(manager.save(model, "one.ipynb"))
    asyncio.run(manager.create_checkpoint("one.ipynb"))
    assert [path.name for path in tmp_path.rglob("*")] == ["one.ipynb"]
    assert SECRET not in (tmp_path / "one.ipynb").read_text("utf-8")
    assert asyncio.run(manager.list_checkpoints("one.ipynb")) == []


def test_there_is_no_checkpoint_to_go_back_to() -> None:
    with pytest.raises(HTTPError, match="no checkpoints"):
        asyncio.run(NoCheckpoints().restore_checkpoint(None, "none", "one.ipynb"))


def test_server_and_kernel_have_a_configuration_of_their_own(tmp_path: Path) -> None:
    environment = surroundings(tmp_path)
    own = {name for name, value in environment.items() if Path(value).is_relative_to(tmp_path)}
    assert own == {
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
        "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR",
        "IPYTHONDIR",
    }
    kernel = json.loads(
        (Path(environment["IPYTHONDIR"]) / "profile_default" / "ipython_kernel_config.json").read_text()
    )
    assert kernel["HistoryManager"] == {"enabled": False, "hist_file": ":memory:"}
    server = json.loads((Path(environment["JUPYTER_CONFIG_DIR"]) / "jupyter_server_config.json").read_text())
    assert server["ServerApp"]["ip"] == "127.0.0.1"
    assert server["LabApp"] == {
        "extension_manager": "readonly",
        "news_url": None,
        "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }


def test_packages_are_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", ".")
    monkeypatch.chdir(ROOT)
    assert surroundings(tmp_path)["PYTHONPATH"].split(os.pathsep)[0] == str(ROOT)


def test_a_folder_that_is_not_there_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no such folder"):
        start_lab(tmp_path / "nowhere", browser=False)
    with pytest.raises(WorkspaceError, match="no such folder"):
        lab(tmp_path / "nowhere", browser=False)
    assert not (tmp_path / "nowhere").exists()


def test_the_lab_runs_on_this_interpreter_over_the_folder_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    class Server:
        def __init__(self, command: list[str], env: dict[str, str]) -> None:
            assert Path(env["JUPYTER_CONFIG_DIR"]).is_dir()
            started.append(command)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            """Nothing to close."""

        def wait(self) -> int:
            if len(started) == 1:
                started.append([])
                raise KeyboardInterrupt
            return 7

    monkeypatch.setattr("igmap.workbench.lab.subprocess.Popen", Server)
    assert start_lab(tmp_path, browser=False) == 7
    assert started[0][:3] == [sys.executable, "-m", "jupyterlab"]
    assert set(started[0][3:]) == {f"--ServerApp.root_dir={tmp_path.resolve()}", "--ServerApp.open_browser=False"}


@contextmanager
def running_lab(folder: Path) -> Iterator[tuple[str, str]]:
    """`igmap lab` over a folder: its address and token, as it prints them."""
    command = [sys.executable, "-m", "igmap", "lab", str(folder), "--no-browser"]
    log = folder / "lab.log"
    with log.open("w") as said, subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said) as process:
        base, token = address_in(log, process)
        try:
            yield base, token
        finally:
            with closing(HTTPConnection(base.removeprefix("http://"), timeout=30)) as server:
                server.request("POST", "/api/shutdown", headers={"Authorization": f"token {token}"})
                with server.getresponse() as response:
                    assert response.status == 200
            assert process.wait(60) == 0


def address_in(log: Path, process: "subprocess.Popen[bytes]") -> tuple[str, str]:
    """Wait until JupyterLab says where it listens."""
    until = time.monotonic() + 90
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(r"(http://127\.0\.0\.1:\d+)/lab\?token=(\w+)", log.read_text("utf-8")):
            return found[1], found[2]
        time.sleep(0.2)
    process.terminate()
    pytest.fail(f"JupyterLab did not start: {log.read_text('utf-8')[-2000:]}")


@pytest.mark.ci
def test_a_notebook_runs_in_the_browser_and_is_saved_without_what_it_showed(tmp_path: Path) -> None:
    component("playwright")
    component("chromium")
    notebook = tmp_path / "notebooks" / "01_discover.ipynb"
    shutil.copytree(
        SAMPLES,
        tmp_path / "data" / "samples" / "ig-learning",
        ignore=shutil.ignore_patterns("out", "private", "plan.yaml"),
    )
    notebook.parent.mkdir()
    shutil.copyfile(ROOT / "notebooks" / notebook.name, notebook)
    with (
        running_lab(tmp_path) as (base, token),
        chromium(tmp_path / "profile", viewport={"width": 1400, "height": 1000}) as page,
    ):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{base}/lab/tree/notebooks/{notebook.name}?token={token}")
        answer = run_all(page)
        save(page)
        page.screenshot(path=os.environ.get("IGMAP_SCREENSHOT", str(tmp_path / "lab.png")))
    assert "bevatten er" in answer
    assert not [url for url in asked if not url.startswith((base, "data:", "blob:"))]
    assert "bevatten er {" in notebook.read_text("utf-8")
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    assert not list(tmp_path.rglob(".ipynb_checkpoints"))


@contextmanager
def desk_in_lab(folder: Path, code: str, shown: str) -> Iterator[Any]:
    """A workspace opened in JupyterLab with a notebook that makes a desk, once what the selector says is shown."""
    component("playwright")
    component("chromium")
    (folder / "notebooks").mkdir()
    cell: dict[str, Any] = {"cell_type": "code", "id": "desk", "metadata": {}, "outputs": [], "execution_count": None}
    end = cell | {"id": "end", "source": "from IPython.display import Markdown\nMarkdown('klaar')"}
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    content = {"cells": [cell | {"source": code.strip()}, end], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (folder / "notebooks" / "desk.ipynb").write_text(json.dumps(content), "utf-8")
    with (
        running_lab(folder) as (base, token),
        chromium(folder / "profile", viewport={"width": 1400, "height": 1500}) as page,
    ):
        page.goto(f"{base}/lab/tree/notebooks/desk.ipynb?token={token}")
        run_all(page)
        page.wait_for_selector(shown, timeout=60_000)
        yield page


def run_all(page: Any) -> str:
    """Run all cells as a person does, and read what the last one shows."""
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=90_000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=90_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator(".lm-Menu-item[data-command='runmenu:run-all']").click()
    last = page.locator(".jp-NotebookPanel .jp-CodeCell").last.locator(".jp-RenderedMarkdown")
    last.wait_for(timeout=180_000)
    return str(last.inner_text())


def save(page: Any) -> None:
    """Save by the menu, which works wherever the focus is."""
    with page.expect_response(
        lambda response: response.request.method == "PUT" and "/api/contents/" in response.url
    ) as kept:
        page.get_by_role("menuitem", name="File", exact=True).click()
        page.locator(".lm-Menu-item[data-command='docmanager:save']").click()
    assert kept.value.ok


def test_a_workspace_gets_its_own_notebooks_once(workspace: Path) -> None:
    made = copy_notebooks(workspace, today="2026-11-01")
    assert [path.name for path in made] == sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
    import nbformat

    first = nbformat.read(made[0], as_version=4)
    (cell,) = [cell for cell in first["cells"] if "parameters" in cell["metadata"].get("tags", ())]
    assert cell["source"] == "WORKSPACE = '..'\nTODAY = '2026-11-01'"
    assert copy_notebooks(workspace, today="2026-12-01") == ()

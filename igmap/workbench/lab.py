"""JupyterLab on this machine only, with a configuration of its own that is gone when it stops."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from igmap.vocabulary import load_yaml
from igmap.workspace import open_workspace, write_json

SERVER = "jupyter_server_config.json"
FOLDERS = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "layouts",
    "IPYTHONDIR": "ipython",
}


def start_lab(workspace: Path, *, browser: bool) -> int:
    """Open a folder in JupyterLab until the analyst stops it.

    It listens on 127.0.0.1, asks nothing from outside, keeps no history of what was typed, and saves notebooks without
    their outputs.

    Args:
        workspace: the folder to open.
        browser: whether to open a browser window; the address is printed by JupyterLab in any case.

    Returns:
        JupyterLab's own exit status.

    Raises:
        WorkspaceError: there is no such folder.
    """
    root = open_workspace(workspace).root.resolve()
    with tempfile.TemporaryDirectory(prefix="igmap-lab-", ignore_cleanup_errors=True) as folder:
        command = [
            sys.executable,
            "-m",
            "jupyterlab",
            f"--ServerApp.root_dir={root}",
            f"--ServerApp.open_browser={browser}",
        ]
        with subprocess.Popen(command, env=surroundings(Path(folder))) as server:  # noqa: S603 - our own interpreter
            return _ended(server)


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a server or kernel that knows igmap and nothing of the analyst's own configuration.

    Args:
        folder: where its configuration is written.
    """
    for path, content in load_yaml("igmap.workbench", "lab.yaml").items():
        write_json(folder / path, content)
    own = {variable: str(folder / name) for variable, name in FOLDERS.items()}
    return os.environ | own | {"PYTHONPATH": os.pathsep.join(_where_packages_lie())}


def server_settings() -> dict[str, dict[str, object]]:
    """The settings of the server and of the kernels it starts."""
    return dict(load_yaml("igmap.workbench", "lab.yaml")[f"config/{SERVER}"])


def _where_packages_lie() -> list[str]:
    """PYTHONPATH as seen from any folder, and igmap's own folder where it is not installed."""
    given = [Path(entry) for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    home = Path(__file__).parents[2]
    installed = home.name in {"site-packages", "dist-packages"}
    return list(dict.fromkeys(str(folder.resolve()) for folder in (given if installed else [*given, home])))


def _ended(server: "subprocess.Popen[bytes]") -> int:
    """Wait for the end; Ctrl-C reaches the server too, which then closes its kernels."""
    while True:
        try:
            return server.wait()
        except KeyboardInterrupt:
            continue

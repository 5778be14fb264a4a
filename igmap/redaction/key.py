"""The key of a redaction: what stands for what. Whoever has it can turn the result back."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from igmap.errors import RedactionError, WorkspaceError
from igmap.workspace import being_written, made

THERE = "{}: is there already, and a key is never overwritten; name another file"


def check_key(key: Path, out: Path) -> Path:
    """Where the key will lie: a bare name goes to `private/` beside the result.

    Raises:
        RedactionError: there is a file of that name.
    """
    path = out.parent / "private" / key if key == Path(key.name) else key
    if path.exists():
        raise RedactionError(THERE.format(path.name))
    return path


def write_key(path: Path, originals: Mapping[str, Mapping[str, None]]) -> None:
    """Write what stands for what, readable by its owner only, whole or not at all.

    Args:
        path: of a file that is not there yet.
        originals: by what stands for them.

    Raises:
        RedactionError: the file is there by now.
        WorkspaceError: it cannot be written.
    """
    made(path.parent, mode=0o700)
    told = {"igmap": "key of a redaction", "originals": {new: list(said) for new, said in originals.items()}}
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    with being_written(scratch, mode=0o600) as file:
        file.write(json.dumps(told, indent=1, ensure_ascii=False).encode("utf-8", "replace"))
    try:
        os.link(scratch, path)
    except FileExistsError:
        raise RedactionError(THERE.format(path.name)) from None
    except OSError as error:
        raise WorkspaceError(f"{path.name}: cannot be written ({error.strerror})") from None
    finally:
        scratch.unlink(missing_ok=True)

"""The last look at what is about to leave: no claim that cannot be made, nothing that leads back."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from igmap.errors import TargetError
from igmap.release.staged import Staged

CLAIM = re.compile(r"\b(?:is|are|zijn|fully|volledig)\s+(?:\w+\s+)?(?:anonymous|anoniem)\b", re.IGNORECASE)
GUESSED = 7  # digits that a seed has at least, if nobody chose it; shorter ones stand everywhere


def check_leaving(folder: Path, staged: Staged) -> None:
    """Refuse to publish words, seeds, names of the source, and values in the codebook that the table does not hold.

    Args:
        folder: that is about to be published.
        staged: what it was made from.

    Raises:
        TargetError: with the file and what to change.
    """
    for problem in _problems(folder, staged):
        raise TargetError(f"{staged.plan['name']}: not published, because {problem}")


def _problems(folder: Path, staged: Staged) -> Iterator[str]:
    seed = str(staged.plan["seed"])
    for path in sorted(path for path in folder.iterdir() if path.suffix in {".html", ".json"}):
        text = path.read_text("utf-8")
        if CLAIM.search(text):
            yield f"{path.name} claims what no figure can show; reword what the plan says"
        if len(seed) >= GUESSED and seed in re.findall(r"\d+", text):
            yield f"{path.name} tells the seed, which leads back to the order of the source"
    yield from _codebook(folder, staged)
    key = json.loads((folder / "verdict.json").read_text("utf-8"))["key"]
    if (key == "kept") != (staged.data.parent / "key.txt").exists():
        yield f"verdict.json calls the key of pseudonyms {key}, and that is not so"


def _codebook(folder: Path, staged: Staged) -> Iterator[str]:
    resources = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    for one, resource in zip(staged.tables, resources, strict=True):
        for field in resource["schema"]["fields"]:
            told = {str(value) for value in field.get("constraints", {}).get("enum", ())}
            if told - set(one.table[field["name"]].drop_nulls().to_list()):
                yield f"datapackage.json lists values of column {field['name']!r} that are not released"

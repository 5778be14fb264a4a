"""A draft written as policy.yaml, with what was left aside as comments below it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from igmap.errors import PolicyError
from igmap.policy.reading import checked

HEAD = (
    "# Concept, door igmap gelezen uit {name}. 'origin: proposed' is een voorstel: bevestig het als 'origin: policy'.",
    "# Draft, read by igmap from {name}. 'origin: proposed' is a proposal: confirm it as 'origin: policy'.",
    "# {{open: ...}} = de tekst zegt het niet, en niets is verzonnen / the text does not say, and nothing is invented.",
)
LEFT = "# --- niet herkend, voor een mens om te lezen / not recognised, for a person to read"
WIDTH = 140


def write_draft(path: Path, content: Mapping[str, Any], source: str, left: Iterable[tuple[str, str]]) -> Path:
    """Write a draft that `load_policy` reads.

    Args:
        path: must not be there yet: a person may have worked on it.
        content: of the register.
        source: name of the file it was read from.
        left: place and words of what was not recognised.

    Raises:
        PolicyError: the file is there, or cannot be written.
    """
    checked(content)
    body = yaml.safe_dump(dict(content), sort_keys=False, allow_unicode=True, width=WIDTH)
    comments = [f"#   [{_line(place)}] {_line(words)}" for place, words in left]
    lines = [*(line.format(name=_line(source)) for line in HEAD), body, *([LEFT, *comments] if comments else [])]
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except FileExistsError:
        raise PolicyError(f"{path.name}: is there already; move it away, or give another name with --out") from None
    except OSError as error:
        raise PolicyError(f"{path.name}: cannot be written ({error.strerror})") from None
    return path


def _line(words: str) -> str:
    """Words that stay within one line of comment."""
    return "".join(sign if sign.isprintable() else " " for sign in words)

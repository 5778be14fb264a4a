"""What the findings say, in Dutch and English: a file per module of rules, `words.yaml` for what all use."""

from functools import cache
from importlib.resources import files
from typing import Any, Literal

from igmap.vocabulary import load_yaml


@cache
def messages() -> dict[str, Any]:
    """By the name of a check: what it asks and the entries of its findings; beside them what all share."""
    told = sorted(path.name for path in files(__package__).iterdir() if path.name.endswith(".yaml"))
    return {key: entry for name in told for key, entry in load_yaml(__package__, name).items()}


def term(word: str, language: Literal["nl", "en"], count: int = 1) -> str:
    """A word of the checks' own vocabulary: an outcome, a head of the table; or what a check asks, by its name.

    Args:
        word: by its name.
        language: of the two.
        count: of what it names, where it stands behind a number.

    Example:
        >>> term("violation", "en"), term("violation", "en", 2)
        ('violation', 'violations')
    """
    told = messages()
    several = {} if count == 1 else told["several"]
    return str((several.get(word) or told["terms"].get(word) or told[word]["asks"])[language])

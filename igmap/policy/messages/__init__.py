"""What the findings say, in Dutch and English: a file per module of rules, `words.yaml` for what all use."""

from functools import cache
from importlib.resources import files
from typing import Any, Literal

from igmap.vocabulary import load_yaml


@cache
def messages() -> dict[str, Any]:
    """By the name of a check: what it asks and the entries of its findings; beside them terms, units, every_check."""
    told = sorted(path.name for path in files(__package__).iterdir() if path.name.endswith(".yaml"))
    return {key: entry for name in told for key, entry in load_yaml(__package__, name).items()}


def term(word: str, language: Literal["nl", "en"]) -> str:
    """A word of the checks' own vocabulary: an outcome, a head of the table; or what a check asks, by its name."""
    told = messages()
    return str((told["terms"].get(word) or told[word]["asks"])[language])

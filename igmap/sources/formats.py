"""What is read of each kind of file and how its records are counted, in words: for the account and the README."""

from collections.abc import Mapping

from igmap.vocabulary import load_yaml

Words = Mapping[str, str]


def formats() -> Mapping[str, Mapping[str, Words]]:
    """By kind: `files` (how they are called), `read` and `counted`, each in Dutch and English."""
    told: Mapping[str, Mapping[str, Words]] = load_yaml(__package__, "formats.yaml")
    return told


def read_of(kind: str, lang: str) -> str:
    """What is read of a kind, and how it is found out; "" when nobody wrote it."""
    return formats().get(kind, {}).get("read", {}).get(lang, "")


def counted(kind: str, lang: str) -> str:
    """How the records of a kind are counted by other means than its parser; "" when nobody wrote it."""
    return formats().get(kind, {}).get("counted", {}).get(lang, "")

"""Data files: YAML and tab-separated tables that lie beside the code that reads them, and YAML that users write."""

import gzip
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from igmap.errors import IgmapError
from igmap.vocabulary.nodes import Lines, Place, UnsoundError, walked

__all__ = [
    "Lines",
    "Place",
    "PlainLoader",
    "load_lines",
    "load_table",
    "load_text",
    "load_yaml",
    "read_text",
    "read_yaml",
]
MOST_BYTES = 1 << 21
SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where there is one: ten times as quick


class PlainLoader(yaml.SafeLoader):
    """YAML as a person writes it: only true and false are truth values, so that `NO` is a country and `on` a key."""


PlainLoader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
WordLoader = type(  # lists of words hold `no` and `on`
    "WordLoader", (SafeLoader,), {"yaml_implicit_resolvers": PlainLoader.yaml_implicit_resolvers}
)


@cache
def load_yaml(package: str, name: str) -> Any:
    """The content of a YAML file in a package, read once."""
    return yaml.load(files(package).joinpath(name).read_bytes(), Loader=WordLoader)  # noqa: S506 - a safe loader


def load_text(text: str | bytes) -> Any:
    """The content of YAML that igmap itself wrote."""
    return yaml.load(text, Loader=SafeLoader)  # noqa: S506 - both are safe loaders


@cache
def load_table(package: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of a tab-separated file in a package, gzipped or not, read once."""
    content = files(package).joinpath(name).read_bytes()
    text = (gzip.decompress(content) if name.endswith(".gz") else content).decode("utf-8")
    header, *rows = (line.split("\t") for line in text.splitlines() if line)
    return tuple(dict(zip(header, row, strict=True)) for row in rows)


@cache
def load_lines(package: str, pattern: str) -> tuple[str, ...]:
    """The lines of a package's text files that fit a pattern, in the order of their names; no blank ones, read once."""
    folder, _, name = pattern.rpartition("/")
    held = sorted((one for one in files(package).joinpath(folder).iterdir() if fnmatchcase(one.name, name)), key=str)
    return tuple(line for one in held for line in one.read_text("utf-8").splitlines() if line.strip())


def read_yaml(path: Path, refusal: type[IgmapError], loader: type[PlainLoader] = PlainLoader) -> tuple[Lines, Any]:
    """A YAML file of the user's, with the line of every key and list item by its place.

    Args:
        path: of the file.
        refusal: raised with file and line when it cannot be read, is larger or deeper than what people write, has a
            tag, goes round in a circle, or holds a key or an id twice.
        loader: how plain words are read.
    """
    text = read_text(path, refusal)
    try:
        reader = _quick(loader)(text)
        node = reader.get_single_node()
        lines = dict(walked(node)) if node else {}
        return lines, reader.construct_document(node) if node else None
    except UnsoundError as error:
        raise refusal(f"{path.name}, line {error.line}: {error}") from None
    except (RecursionError, yaml.YAMLError, ValueError) as error:
        raise refusal(f"{path.name}{_unreadable(error)}") from None


def _unreadable(error: Exception) -> str:
    """Where and why YAML cannot be read."""
    why = getattr(error, "problem", None) or ""
    if isinstance(error, RecursionError) or "nesting depth" in why:
        return ": is nested too deeply; a list or key in it is opened again and again"
    line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
    return f", line {line}: not readable as YAML{why and f' ({why})'}; check indentation, quotes and dates"


def _quick(loader: type[PlainLoader]) -> type[PlainLoader]:
    """The same in C, which is no good for edits: it counts places in the text otherwise where a file begins oddly."""
    resolvers = {"yaml_implicit_resolvers": loader.yaml_implicit_resolvers}
    return type(loader.__name__, (SafeLoader,), resolvers)


def read_text(path: Path, refusal: type[IgmapError]) -> str:
    """The text of a file that a person wrote, with its line ends as they are.

    Raises:
        IgmapError: the refusal, when it cannot be read, is too large, or is not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise refusal(f"{path.name}: cannot be read ({error.strerror})") from None
    if len(raw) > MOST_BYTES:
        raise refusal(
            f"{path.name}: is larger than {MOST_BYTES >> 20} MB, which no person writes; is it the right file?"
        )
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[:4].count(0) in {2, 3}:
        raise refusal(f"{path.name}: is not UTF-8 but UTF-16 or UTF-32; save it as UTF-8")
    if b"\0" in raw:
        line = raw[: raw.index(0)].count(b"\n") + 1
        raise refusal(f"{path.name}, line {line}: holds a NUL byte; take it out, or save the file again as text")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        told = "the file is not UTF-8 but perhaps Windows-1252, by a letter in this line; save it as UTF-8"
        raise refusal(f"{path.name}, line {line}: {told}") from None

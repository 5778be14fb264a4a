"""Data files: YAML and tab-separated tables that lie beside the code that reads them, and YAML that users write."""

import csv
import gzip
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from igmap.errors import IgmapError

Place = tuple[str | int, ...]
Lines = Mapping[Place, int]


class PlainLoader(yaml.SafeLoader):
    """YAML as a person writes it: only true and false are truth values, so that `NO` is a country and `on` a key."""


PlainLoader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@cache
def load_yaml(package: str, name: str) -> Any:
    """The content of a YAML file in a package, read once."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(files(package).joinpath(name).read_bytes(), Loader=loader)  # noqa: S506 - both are safe loaders


@cache
def load_table(package: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of a tab-separated file in a package, gzipped or not, read once."""
    content = files(package).joinpath(name).read_bytes()
    text = (gzip.decompress(content) if name.endswith(".gz") else content).decode("utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def read_yaml(path: Path, refusal: type[IgmapError]) -> tuple[Lines, Any]:
    """A YAML file of the user's, with the line of every key and list item by its place.

    Args:
        path: of the file.
        refusal: raised with file and line when it cannot be read, or holds a key or an id twice.
    """
    try:
        loader = PlainLoader(path.read_text("utf-8"))
        node = loader.get_single_node()
        lines = dict(_lines(node, (), partial(_refuse_twice, path.name, refusal))) if node else {}
        return lines, loader.construct_document(node) if node else None
    except OSError as error:
        raise refusal(f"{path.name}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise refusal(f"{path.name}: is not UTF-8; save it as UTF-8") from None
    except (yaml.YAMLError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        message = f"{path.name}, line {line}: not readable as YAML; check indentation, quotes and dates"
        raise refusal(message) from None


def _lines(
    node: yaml.Node, place: Place, refuse_twice: Callable[[str, list[yaml.Node]], None]
) -> Iterator[tuple[Place, int]]:
    yield place, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        refuse_twice("key", [key for key, _ in node.value])
        for key, value in node.value:
            yield from _lines(value, (*place, key.value), refuse_twice)
            yield (*place, key.value), key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        mappings = [item.value for item in node.value if isinstance(item, yaml.MappingNode)]
        refuse_twice("id", [value for pairs in mappings for key, value in pairs if key.value == "id"])
        for index, item in enumerate(node.value):
            yield from _lines(item, (*place, index), refuse_twice)


def _refuse_twice(file: str, refusal: type[IgmapError], what: str, nodes: list[yaml.Node]) -> None:
    seen: set[str] = set()
    for node in nodes:
        if node.value in seen:
            told = f"{file}, line {node.start_mark.line + 1}: the {what} {node.value!r} is there twice; keep one"
            raise refusal(told) from None
        seen.add(node.value)

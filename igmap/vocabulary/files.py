"""Data files of the package: YAML and tab-separated tables that lie beside the code that reads them."""

import csv
import gzip
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


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

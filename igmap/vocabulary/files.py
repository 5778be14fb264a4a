"""Data files of the package: YAML and tab-separated tables that lie beside the code that reads them."""

import csv
import gzip
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


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

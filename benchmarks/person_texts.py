"""Texts with marked persons to train the tagger on: read, names replaced, written otherwise.

A text is what stands there and where persons are named in it. Sources and licences: `benchmarks/persons/NOTICE.md`.
"""

import gzip
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl

from benchmarks.make_name_lists import PEOPLE
from benchmarks.make_spelling import is_held

FOLDER = Path(__file__).parent / "persons"
GLUED = re.compile(r"\s+([,.;:!?)\]%])")
GROUPS = {
    "nl": 6, "be": 1, "fy": 1.5, "tr": 1.5, "ma": 2, "sr": 1.5, "hi": 1.5, "jv": 1, "an": 1, "id": 1, "pl": 1.5, "cn": 2,
    "gh": 1, "ua": 1, "sy": 1.5, "iq": 1, "er": 1, "en": 1.5, "de": 1.5, "fr": 1, "es": 1, "it": 0.7, "pt": 0.7, "in": 1,
    "ng": 0.7, "ro": 0.5, "hu": 0.5, "dk": 0.3, "se": 0.3, "cz": 0.3, "jp": 0.3, "vn": 0.5, "kr": 0.3, "ir": 0.3, "az": 0.2,
}  # fmt: skip
PARTICLES = {
    "nl": ["van", "de", "van de", "van der", "van den", "den", "ter", "te", "ten", "van 't", "in 't", "op de", "op den", "von", "de la", "'t", "uit de", "vander", "van het", "aan de"],
    "ma": ["el", "ben", "ait", "ou", "al", "bou"], "sy": ["al", "el", "abu"], "iq": ["al", "abu"], "es": ["de", "de la", "del"],
    "pt": ["da", "dos", "de"], "fr": ["de", "du", "le"], "de": ["von"], "it": ["di", "de"], "be": ["van", "de", "van de", "van den", "vanden"],
}  # fmt: skip
WITH_PARTICLE = {"nl": 0.4, "be": 0.35, "ma": 0.3, "sy": 0.25, "iq": 0.25}


class Marked(NamedTuple):
    """A text and where persons are named in it."""

    text: str
    persons: list[tuple[int, int]]


def joined(tokens: list[str], labels: list[str], *, glue: bool) -> Marked:
    """The text of one sentence of tokens."""
    text, persons = "", []
    for token, label in zip(tokens, labels, strict=True):
        tight = glue and (token in {",", ".", ";", ":", "!", "?", ")", "%"} or text.endswith("(") or token in {"'s"})
        text += token if tight or not text else f" {token}"
        if label.startswith("B"):
            persons.append((len(text) - len(token), len(text)))
        elif label.startswith("I") and persons:
            persons[-1] = (persons[-1][0], len(text))
    return Marked(text, persons)


def sentences(path: Path, chance: random.Random) -> Iterator[Marked]:
    """Sentences of a file with a token and its label a line, empty lines between sentences."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for block in handle.read().split("\n\n"):
            rows = [line.split("\t") for line in block.splitlines() if line]
            if rows:
                yield joined([row[0] for row in rows], [row[1] for row in rows], glue=chance.random() < 0.8)


def by_origin() -> pl.DataFrame:
    """The names of the lists, a row per origin."""
    with gzip.open(PEOPLE / "names.tsv.gz", "rb") as handle:
        rows = pl.read_csv(handle.read(), separator="\t", quote_char=None, infer_schema=False)
    return rows.with_columns(pl.col("origin").str.split(",")).explode("origin")


class Names:
    """Names of persons, drawn evenly over origins, none of the half that is hidden to measure."""

    def __init__(self, chance: random.Random, *, held: bool = False) -> None:
        self.chance = chance
        rows = by_origin().filter(
            pl.col("name").map_elements(lambda name: is_held(name) == held, return_dtype=pl.Boolean)
            & (pl.col("name").str.len_chars() > 1)
        )
        self.pools = {
            (group, role): rows.filter((pl.col("origin") == group) & (pl.col("role") == role))["name"].to_list()
            for group in GROUPS
            for role in ("given", "family")
        }
        self.groups = [group for group in GROUPS if self.pools[group, "given"] and self.pools[group, "family"]]
        self.weights = [GROUPS[group] for group in self.groups]

    def given(self, group: str) -> str:
        name = capital(self.chance.choice(self.pools[group, "given"]))
        return (
            f"{name}-{capital(self.chance.choice(self.pools[group, 'given']))}" if self.chance.random() < 0.04 else name
        )

    def family(self, group: str, *, alone: bool) -> str:
        chance = self.chance
        name = capital(chance.choice(self.pools[group, "family"]))
        if chance.random() < 0.05:
            other = capital(chance.choice(self.pools[self.group(), "family"]))
            name += chance.choice(["-", "-", " - ", " "]) + other
        if chance.random() < WITH_PARTICLE.get(group, 0.08):
            particle = chance.choice(PARTICLES.get(group, ["de", "van", "da", "al", "bin"]))
            if group in {"ma", "sy", "iq"} and chance.random() < 0.6:
                particle = particle.capitalize()
                return particle + chance.choice([" ", "-"]) + name
            if alone and chance.random() < 0.8:
                particle = particle[0].upper() + particle[1:]
            elif group == "be" and chance.random() < 0.7:
                particle = " ".join(part.capitalize() for part in particle.split())
            return f"{particle} {name}"
        return name

    def group(self) -> str:
        return self.chance.choices(self.groups, self.weights)[0]

    def initials(self) -> str:
        letters = [
            self.chance.choice("AABCDEFGHHIJJJKLMMNOPRSTVWYZ") for _ in range(self.chance.choice([1, 1, 1, 2, 2, 3]))
        ]
        style = self.chance.random()
        return (
            ". ".join(letters) + "."
            if style < 0.25
            else "".join(f"{one}." for one in letters)
            if style < 0.9
            else "".join(letters)
        )

    def person(self) -> str:
        """A name as it may stand in a text."""
        chance, group = self.chance, self.group()
        kind = chance.random()
        if kind < 0.36:
            return self.family(group, alone=True)
        if kind < 0.52:
            return self.given(group)
        if kind < 0.62:
            return f"{self.initials()} {self.family(group, alone=False)}"
        middle = self.given(group) + " " if kind > 0.96 else self.initials() + " " if kind > 0.93 else ""
        mixed = self.group() if chance.random() < 0.15 else group
        return f"{self.given(group)} {middle}{self.family(mixed, alone=False)}"


def capital(name: str) -> str:
    """A name as it is written: a capital at each part."""
    return re.sub(r"(^|[-'’ ])(\w)", lambda found: found[1] + found[2].upper(), name)


def replaced(marked: Marked, names: Names) -> Marked:
    """The same text about others."""
    text, persons, last = "", [], 0
    for start, end in marked.persons:
        text += marked.text[last:start]
        name = names.person()
        if marked.text[:start].strip() == "":
            name = name[0].upper() + name[1:]
        persons.append((len(text), len(text) + len(name)))
        text, last = text + name, end
    return Marked(text + marked.text[last:], persons)


SOMEBODY = re.compile(
    r"(?<![\w'])(?:(?:Hij|Ze|Zij|hij) (?=(?:is|was|heeft|had|kan|kon|wil|wilde|zal|zou|moet|moest|gaat|ging|komt|kwam|werd|"
    r"wordt|mag|ziet|zag|gaf|nam|doet|deed|vond|zei|liep|\w{2,}[^en]t)\b)|(?:hem|hij|u|iemand)(?=[ .?!,])|Iemand |Wie |"
    r"(?:[Mm]ijn|[Zz]ijn|[Hh]aar|[Oo]nze|[Jj]e|[Uu]w|[Dd]e|[Ee]en) (?:beste |nieuwe |oude |jonge )?"
    r"(?:broer|zus|vader|moeder|opa|oma|oom|tante|dokter|arts|leraar|lerares|docent|meester|juf|buurman|buurvrouw|baas|"
    r"collega|vriend|vriendin|man|vrouw|zoon|dochter|neef|nicht|directeur|minister|burgemeester|schrijver|trainer|"
    r"chauffeur|bakker|slager|advocaat|rechter|zanger|zangeres|voorzitter|regisseur|verpleegster|politicus|dief|student|"
    r"kapper|boer|keeper|spits|renner|coach|premier|koning|president|acteur|actrice|getuige|verdachte|man|jongen)"
    r"(?=[ .?!,]))"
)


def about_somebody(marked: Marked, names: Names) -> Marked | None:
    """A real sentence about him, a brother or a teacher, now about somebody who is named; None if it is about nobody."""
    found = [match for match in SOMEBODY.finditer(marked.text)]
    free = [match for match in found if not any(a < match.end() and match.start() < b for a, b in marked.persons)]
    if not free:
        return None
    chosen = names.chance.choice(free)
    end = chosen.end() - chosen[0].endswith(" ")
    others = [span for span in marked.persons if span[1] <= chosen.start()]
    later = [span for span in marked.persons if span[0] >= end]
    spans = sorted([*others, (chosen.start(), end), *later])
    return replaced(Marked(marked.text, spans), names)


def noisy(chance: random.Random) -> str:
    """What names nobody: base64, hexadecimal numbers, markup, addresses, tables of numbers."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    kind = chance.randrange(5)
    if kind == 0:
        return "\n".join("".join(chance.choices(letters, k=76)) for _ in range(chance.randint(1, 6)))
    if kind == 1:
        return " ".join("%0*X" % (chance.choice([8, 16, 32]), chance.getrandbits(32)) for _ in range(8))
    if kind == 2:  # noqa: PLR2004 - the third kind
        tags = [f"<{chance.choice(TAGS)} class={''.join(chance.choices(letters[:52], k=8))}>" for _ in range(9)]
        return "".join(tags) + "&nbsp;</td></tr>"
    if kind == 3:  # noqa: PLR2004 - the fourth
        return ";".join("".join(chance.choices(letters[:62], k=chance.randint(2, 14))) for _ in range(12))
    return "https://www.example.nl/" + "/".join("".join(chance.choices(letters[26:52], k=6)) for _ in range(4))


TAGS = ["td", "div", "span", "table", "p", "br", "img", "a", "tr", "li", "FONT", "META"]


def rewritten(marked: Marked, way: str) -> Marked:
    """The same text in small letters or capitals, or without marks; places stay, so letters that become two do not."""
    if way == "unmarked":
        inside = {at for start, end in marked.persons for at in range(start, end)}
        text = "".join(
            " " if letter in ",.;:!?" and at not in inside else letter for at, letter in enumerate(marked.text)
        ).rstrip()
        return Marked(text.ljust(max((end for _, end in marked.persons), default=0)), marked.persons)
    change = str.lower if way == "lower" else str.upper
    return Marked("".join(new if len(new := change(one)) == 1 else one for one in marked.text), marked.persons)


def common_voice() -> tuple[list[str], list[str]]:
    """Real sentences, most of them without a name: those to train on, and 5,000 that are never trained on."""
    with gzip.open(FOLDER / "commonvoice-nl-sentences.txt.gz", "rt", encoding="utf-8") as handle:
        lines = list(dict.fromkeys(line.strip() for line in handle if line.strip()))
    random.Random(20).shuffle(lines)
    return lines[5000:], lines[:5000]


def copies(texts: Iterable[Marked], chance: random.Random) -> Iterator[Marked]:
    """Texts as they are, and some of them written otherwise too."""
    for marked in texts:
        yield marked
        draw = chance.random()
        way = "lower" if draw < 0.25 else "upper" if draw < 0.31 else "unmarked" if draw < 0.34 else ""
        if way:
            once = rewritten(marked, way)
            yield rewritten(once, "unmarked") if way == "lower" and chance.random() < 0.4 else once

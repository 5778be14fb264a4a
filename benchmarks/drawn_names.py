"""Names of persons in the forms they have in texts, drawn evenly over origins: what training names are replaced by."""

import gzip
import random
import re

import polars as pl

from benchmarks.make_name_lists import PEOPLE
from benchmarks.make_spelling import is_held

GROUPS = {
    "nl": 6.0, "be": 1, "fy": 1.5, "tr": 1.5, "ma": 2, "sr": 1.5, "hi": 1.5, "jv": 1, "an": 1, "id": 1, "pl": 1.5,
    "cn": 2, "hk": 1, "gh": 1, "ua": 1, "sy": 1.5, "iq": 1, "er": 1, "et": 1, "en": 1.5, "de": 1.5, "fr": 1, "es": 1,
    "it": 0.7, "pt": 0.7, "in": 1, "ng": 0.7, "ro": 0.5, "hu": 0.5, "dk": 0.3, "se": 0.3, "cz": 0.3, "jp": 0.3,
    "vn": 0.5, "kr": 0.3, "ir": 0.3, "az": 0.2,
}  # fmt: skip
PARTICLES = {
    "nl": (
        "van", "de", "van de", "van der", "van den", "den", "ter", "te", "ten", "van 't", "in 't", "op de", "op den",
        "von", "de la", "'t", "uit de", "vander", "van het", "aan de",
    ),
    "be": ("van", "de", "van de", "van den", "vanden"),
    "ma": ("el", "ben", "ait", "ou", "al", "bou"), "sy": ("al", "el", "abu"), "iq": ("al", "abu"),
    "es": ("de", "de la", "del"), "pt": ("da", "dos", "de"), "it": ("di", "de"), "fr": ("de", "du", "le"),
    "de": ("von",),
}  # fmt: skip
ELSEWHERE = ("de", "van", "da", "al", "bin")
WITH_PARTICLE = {"nl": 0.4, "be": 0.35, "ma": 0.3, "sy": 0.25, "iq": 0.25}
ARABIC = {"ma", "sy", "iq"}
LETTERS = "AABCDEFGHHIJJJKLMMNOPRSTVWYZ"
FORMS = {"family": 33, "given": 22, "initials": 9, "full": 30, "middle": 2, "two": 4}  # per hundred names
JOINTS = ("-", "-", " - ", " ")  # of a double family name


class Names:
    """Names of one half of the lists: of the half that is learnt from, or of the one held out to measure."""

    def __init__(self, chance: random.Random, *, held: bool = False) -> None:
        """Read the lists.

        Args:
            chance: what is drawn with.
            held: which half, as `is_held` of `make_spelling` divides the names.
        """
        self.chance = chance
        half = pl.col("name").map_elements(lambda name: is_held(name) == held, return_dtype=pl.Boolean)
        rows = by_origin().filter(half & (pl.col("name").str.len_chars() > 1))
        pools = rows.group_by("origin", "role").agg(pl.col("name").sort())
        self.pools: dict[tuple[str, str], list[str]] = {
            (str(origin), str(role)): names for origin, role, names in pools.rows()
        }
        self.groups = [group for group in GROUPS if {(group, "given"), (group, "family")} <= self.pools.keys()]
        self.weights = [GROUPS[group] for group in self.groups]

    def group(self) -> str:
        """An origin."""
        return self.chance.choices(self.groups, self.weights)[0]

    def person(self) -> str:
        """A name as it may stand in a text."""
        chance, group = self.chance, self.group()
        form = chance.choices(list(FORMS), list(FORMS.values()))[0]
        if form == "family":
            return self._family(group, alone=True)
        if form == "given":
            return self._given(group)
        first = self._initials() if form == "initials" else self._given(group)
        between = {"middle": f" {self._initials()}", "two": f" {self._given(group)}"}.get(form, "")
        mixed = self.group() if self._happens(0.15) else group
        return f"{first}{between} {self._family(mixed, alone=False)}"

    def _happens(self, share: float) -> bool:
        return self.chance.random() < share

    def _given(self, group: str) -> str:
        name = capital(self.chance.choice(self.pools[group, "given"]))
        return f"{name}-{capital(self.chance.choice(self.pools[group, 'given']))}" if self._happens(0.04) else name

    def _family(self, group: str, *, alone: bool) -> str:
        """A family name, double ones among them, with its particle if it has one."""
        name = capital(self.chance.choice(self.pools[group, "family"]))
        if self._happens(0.05):
            name += self.chance.choice(JOINTS) + capital(self.chance.choice(self.pools[self.group(), "family"]))
        if not self._happens(WITH_PARTICLE.get(group, 0.08)):
            return name
        particle = self.chance.choice(PARTICLES.get(group, ELSEWHERE))
        if group in ARABIC and self._happens(0.6):
            return particle.capitalize() + self.chance.choice(" -") + name
        if alone and self._happens(0.8):
            particle = particle[0].upper() + particle[1:]
        elif group == "be" and self._happens(0.7):
            particle = " ".join(part.capitalize() for part in particle.split())
        return f"{particle} {name}"

    def _initials(self) -> str:
        letters = self.chance.choices(LETTERS, k=self.chance.choice((1, 1, 1, 2, 2, 3)))
        style = self.chance.choices(("spaced", "tight", "bare"), (25, 65, 10))[0]
        return {"spaced": ". ".join(letters) + ".", "tight": ".".join(letters) + ".", "bare": "".join(letters)}[style]


def by_origin() -> pl.DataFrame:
    """The names of the lists, a row per origin."""
    with gzip.open(PEOPLE / "names.tsv.gz", "rb") as handle:
        rows = pl.read_csv(handle.read(), separator="\t", quote_char=None, infer_schema=False)
    return rows.with_columns(pl.col("origin").str.split(",")).explode("origin")


def capital(name: str) -> str:
    """A name as it is written: a capital at each part."""
    return re.sub(r"(^|[-'’ ])(\w)", lambda found: found[1] + found[2].upper(), name)

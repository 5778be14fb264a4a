"""Whether columns of names are found whatever their origin: `PYTHONPATH=. python benchmarks/fairness.py [--misses]`.

For each origin 154 columns of 20 to 200 values (given, family, full, comma, initials, particles, capitals, lower case,
titles, blanks; every third mixed with a fifth Dutch names), judged without a telling header and under `naam`. Beside
them 315 columns of cities, cars, courses, species and other things that look like names. All twice: with what igmap
ships, and with half of all names hidden (from the lists and from what the model of spelling learnt), so that the figure
says how names fare that no list holds. Prints recall with its lower 95 % bound (Wilson, Clopper-Pearson) and the
share of false alarms.

Names come from the shipped lists, half of them hidden, and from `fairness_names.yaml`; the model without the hidden
half is made by `benchmarks/make_spelling.py`.
"""

import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import yaml

from benchmarks.make_name_lists import folded
from benchmarks.make_spelling import HALF, is_held
from igmap.inventory.detectors import DETECTORS
from igmap.inventory.evidence import gather
from igmap.inventory.inventory import Field
from igmap.inventory.people import names as lists
from igmap.inventory.people import spelling
from igmap.inventory.people.spelling import likeness
from igmap.inventory.people.variants import are_variants, variant_key
from igmap.inventory.tally import Evidence
from igmap.inventory.verdict import Judging
from igmap.sources import open_exports
from igmap.vocabulary import load_table

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 1)
PER_KIND, SHORTEST, LONGEST = 14, 20, 200
HEADERS = ("(1)", "naam")
ORIGINS = {
    "Dutch": "nl", "Turkish": "tr", "Moroccan": "ma", "Surinamese": "sr", "Polish": "pl", "Chinese": "cn",
    "English": "en", "Frisian": "fy", "Antillean": "an",
    "Indonesian": "id", "Ghanaian": "gh", "Ukrainian": "ua", "Syrian": "sy",
    "Eritrean": "er", "Hindustani": "hi", "Javanese": "jv", "Cantonese": "hk",
}  # fmt: skip
PARTICLES = {
    "nl": ["van", "de", "van der", "van den", "van de", "ter", "den"],
    "ma": ["el", "El", "ben", "al"],
    "sy": ["al", "Al", "el"],
    "sr": ["van", "de"], "en": ["Mac", "de"], "fy": ["van der", "de"], "an": ["de la", "van"],
}  # fmt: skip
TITLES = ["Dhr.", "Mevr.", "mw.", "dhr.", "Dr.", "Mr.", "Mrs.", "Drs."]


@dataclass(frozen=True, slots=True)
class Pool:
    """The names of an origin, as they are written."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    particles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A column: of which group, of which kind, and its values."""

    group: str
    kind: str
    values: tuple[str | None, ...]


Spelt = Callable[[Pool, Random], str]


def pools() -> dict[str, Pool]:
    """The names of every origin: those of the lists and those by hand, each once, mostly with their accents."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in load_table("igmap.inventory.people", "names.tsv.gz"):
        for origin in row["origin"].split(","):
            spellings = found[origin, row["role"]]
            if spellings.get(folded(row["name"]), "") <= row["name"]:
                spellings[folded(row["name"])] = row["name"]
    for origin, roles in _read("fairness_names.yaml").items():
        for role, names in roles.items():
            found[origin, role] |= {folded(name.lower()): name for name in names}
    return {
        origin: Pool(_all_cased(found[origin, "given"]), _all_cased(found[origin, "family"]), _of(origin))
        for origin in ORIGINS.values()
    }


def _all_cased(spellings: dict[str, str]) -> tuple[str, ...]:
    return tuple(map(_cased, spellings.values()))


def _of(origin: str) -> tuple[str, ...]:
    return tuple(PARTICLES.get(origin, ()))


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))


def _cased(name: str) -> str:
    return name if name != name.lower() else "-".join(part[:1].upper() + part[1:] for part in name.split("-"))


def _particle(pool: Pool, chance: Random) -> str:
    return f"{chance.choice(pool.particles)} " if pool.particles and chance.random() < 0.35 else ""  # noqa: PLR2004 - a third or so


def _given(pool: Pool, chance: Random) -> str:
    return chance.choice(pool.given)


def _family(pool: Pool, chance: Random) -> str:
    return _particle(pool, chance) + chance.choice(pool.family)


def _full(pool: Pool, chance: Random) -> str:
    return f"{_given(pool, chance)} {_family(pool, chance)}"


def _comma(pool: Pool, chance: Random) -> str:
    return f"{chance.choice(pool.family)}, {_given(pool, chance)} {_particle(pool, chance)}".strip()


def _initials(pool: Pool, chance: Random) -> str:
    letters = "".join(f"{_given(pool, chance)[0]}." for _ in range(chance.randint(1, 3)))
    return f"{letters} {_family(pool, chance)}"


def _middle(pool: Pool, chance: Random) -> str:
    between = chance.choice(pool.particles or ("van", "de", chance.choice(pool.given)))
    return f"{_given(pool, chance)} {between} {chance.choice(pool.family)}"


def _titled(pool: Pool, chance: Random) -> str:
    return f"{chance.choice(TITLES)} {chance.choice((_full, _family, _initials))(pool, chance)}"


KINDS: dict[str, Spelt] = {
    "given": _given,
    "family": _family,
    "full": _full,
    "comma": _comma,
    "initials": _initials,
    "particle": _middle,
    "upper": lambda pool, chance: chance.choice((_full, _family))(pool, chance).upper(),
    "lower": lambda pool, chance: _full(pool, chance).lower(),
    "titled": _titled,
    "blanks": lambda pool, chance: _full(pool, chance) if chance.random() < 0.6 else "",  # noqa: PLR2004 - many
    "surname first": lambda pool, chance: f"{chance.choice(pool.family)} {_given(pool, chance)}",
}


def name_columns() -> Iterator[Drawn]:
    """The columns of names, always the same."""
    held = pools()
    for group, origin in ORIGINS.items():
        for kind, spell in KINDS.items():
            for number in range(PER_KIND):
                chance = Random(f"{origin} {kind} {number}")
                foreign = 1.0 if number % 3 else 0.8
                of = [origin if chance.random() < foreign else "nl" for _ in range(chance.randint(SHORTEST, LONGEST))]
                yield Drawn(group, kind, tuple(spell(held[one], chance) or None for one in of))


def _as_is(thing: str) -> str:
    return thing


def _some(thing: str) -> str:
    return thing if len(thing) % 3 else ""


WRITTEN: tuple[Callable[[str], str], ...] = (_as_is, _as_is, _as_is, _as_is, str.upper, str.lower, _some)


def other_columns() -> Iterator[Drawn]:
    """The columns that only look like names."""
    for kind, things in _read("fairness_not_names.yaml").items():
        for number, spell in enumerate(WRITTEN):
            chance = Random(f"{kind} {number}")
            picked = chance.choices(things, k=chance.randint(SHORTEST, LONGEST))
            yield Drawn("others", kind, tuple(spell(one) or None for one in picked))


def weighed(drawn: Iterable[Drawn]) -> list[Evidence]:
    """The evidence of every column."""
    frame = pd.DataFrame({f"c{i}": pd.Series(column.values, dtype="str") for i, column in enumerate(drawn)})
    with open_exports({"t": frame}) as exports:
        gathered = gather(exports.engine, exports.datasets[0].columns, DETECTORS)
    return [evidence for evidence in gathered if not isinstance(evidence, Exception)]


def _judged(name: str, evidence: Evidence) -> Field:
    judging = Judging(TODAY)
    return judging.verdict(name, list(judging.votes(name, evidence)), evidence)


def hide() -> None:
    """From here on half of all names are in no list, and the model of spelling has not learnt them."""
    known = lists.listed()["name"]
    held = known.filter(known.map_elements(is_held, return_dtype=pl.Boolean))
    kept = lists._listed().filter(~pl.col("name").is_in(held.implode()))  # noqa: SLF001 - what every look-up reads
    with np.load(HALF) as table:
        learnt = (table["steps"], float(table["step"]))
    setattr(lists, "_listed", lambda: kept)  # noqa: B010 - mypy knows it as a cached function
    setattr(spelling, "weights", lambda: learnt)  # noqa: B010 - the same
    for module in [module for name, module in sys.modules.items() if name.startswith("igmap.inventory")]:
        for remembered in vars(module).values():
            getattr(remembered, "cache_clear", lambda: None)()
    _check(held, learnt)


def _check(held: pl.Series, learnt: spelling.Weights) -> None:
    """Whatever is asked, no held name may be known: what something still remembers would make the figures too good."""
    sets = [lists.name_set(role, words=words) for role in ("given", "family") for words in (True, False)]
    if held.is_empty() or frozenset(lists.listed()["name"]).union(*sets) & set(held):
        raise AssertionError("held names are still in the lists")
    others = variant_key(lists.listed()["name"])
    if are_variants(held.filter(~variant_key(held).is_in(others.implode()))).any():
        raise AssertionError("held names are still told by their variants")
    if not likeness(held).equals(likeness(held, learnt)):
        raise AssertionError("held names are still told by what was learnt from them")


def wilson(found: int, count: int) -> float:
    """Lower end of the two-sided 95 % interval of Wilson (1927)."""
    z, share = 1.959964, found / count
    middle = share + z * z / (2 * count)
    return (middle - z * math.sqrt(share * (1 - share) / count + z * z / (4 * count**2))) / (1 + z * z / count)


def exact(found: int, count: int) -> float:
    """Lower end of the two-sided 95 % interval of Clopper and Pearson (1934), by bisection."""
    low, high = 0.0, 1.0
    for _ in range(50):
        share = (low + high) / 2
        above = sum(math.comb(count, i) * share**i * (1 - share) ** (count - i) for i in range(found, count + 1))
        low, high = (share, high) if above < 0.025 else (low, share)  # noqa: PLR2004 - half of what 95 % leaves
    return low


def _told(group: str, outcomes: list[bool]) -> str:
    found, count = sum(outcomes), len(outcomes)
    bounds = f"lower bound {wilson(found, count):.3f} (Wilson), {exact(found, count):.3f} (exact)"
    return f"    {group:11} {found:4} of {count}: {found / count:.3f}, {bounds}"


def _report(drawn: list[Drawn], judged: list[Field]) -> Iterator[str]:
    outcomes: dict[str, list[bool]] = defaultdict(list)
    for column, field in zip(drawn, judged, strict=True):
        outcomes[column.group].append(field.category == "name")
    alarms = outcomes.pop("others")
    yield from (_told(group, found) for group, found in outcomes.items())
    asked = sum(f.verdict == "undecided" and c.group == "others" for c, f in zip(drawn, judged, strict=True))
    share = sum(alarms) / len(alarms)
    yield f"    no names    {sum(alarms):4} false alarms of {len(alarms)}: {share:.3f}; {asked} undecided"


def _missed(drawn: list[Drawn], judged: list[Field]) -> Iterator[str]:
    counts: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for column, field in zip(drawn, judged, strict=True):
        if (field.category == "name") == (column.group == "others"):
            counts[column.group, column.kind, field.category, field.verdict] += 1
    yield from (f"      {count}x {' | '.join(miss)}" for miss, count in sorted(counts.items()))


def main() -> None:
    """Print the figures; with --misses every kind of column judged wrong too."""
    drawn = [*name_columns(), *other_columns()]
    for setting in ("as shipped", "half of all names hidden"):
        if setting != "as shipped":
            hide()
        gathered = weighed(drawn)
        for header in HEADERS:
            judged = [_judged(header, evidence) for evidence in gathered]
            print(f"  {setting}, header {header}")
            print("\n".join(_report(drawn, judged)))
            if "--misses" in sys.argv:
                print("\n".join(_missed(drawn, judged)))


if __name__ == "__main__":
    main()

"""What the values of a field say for which category: one vote per piece of evidence, with its reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from igmap.inventory.detectors import Detector
from igmap.inventory.tally import Evidence
from igmap.vocabulary import CATEGORIES, load_yaml

Reason = dict[str, str | int | float]

PLACE_NOISE, LIST_NOISE = 0.35, 0.8
NAME_SIGNS = {"hit": 0.3, "alike": 0.3, "backed": 0.7, "formed": 0.2}
NAME_NOISE, NAME_FOUND, NAME_SURE = 0.35, 0.45, 0.55  # strength of what may be names, of what is, of what surely is
NAME_LEAST, INITIALS = 0.4, 0.8
SPECIAL_NOISE = 0.4
FEW = 3
FULL = 0.75  # of the values of a kind: the rest are typing errors and blanks in words
EVERYWHERE, MOST = 0.9, 0.5
IN_ALL = {"hit", "whole", "shape", "name", "text", "special", "place", "sentences"}  # signs sought in every value
OPEN_LISTS = frozenset(
    {"employer", "occupation", "learning_activity", "health", "criminal", "learning_result", "religion"}
)
MOST_KINDS, TIMES, RECURRING = 12, 4, 0.35  # few values that come back many times are rather kinds, rooms or offices
# Kinds of votes that weigh nothing and forbid to say that there is nothing: some values are of a category, many are
# spelled like names.
PARTLY, SPELLED = "partly", "spelled"
UNLIKE_ANY = {"email", "iban", "user_agent", "secret"}  # detectors: nothing else has the form
LINKS = {"phone": ("whole:url",)}  # that are nothing but one
MANY_PERSONS = 30  # different full names: things that are called after persons are fewer, or have no family name
OLD = 30  # years before today in which some were born, where a column holds years of birth
OLDEST_AGE, YOUNGEST_AGE, LEAST_YEARS = 105, 10, 12


@dataclass(frozen=True, slots=True)
class Vote:
    """How much one piece of evidence says for a category.

    Args:
        category: of the vocabulary, `none` included.
        kind: of evidence; its weight is fitted (`weights.yaml`).
        strength: 0-1, how much of it there is.
        reason: code and figures.
        unfitted: its log-odds at full strength where none were fitted, as for a workspace's own detector.
    """

    category: str
    kind: str
    strength: float
    reason: Reason
    unfitted: float = 4.0

    @property
    def weight(self) -> float:
        """Log-odds."""
        return weights().get(self.kind, self.unfitted) * self.strength


@dataclass(frozen=True, slots=True)
class Shape:
    """What values look like that no checksum or list can confirm.

    Args:
        category: it says something for.
        sign: that the values show.
        noise: the share of them, 0-1, above which it counts.
        asked: whether whatever else it needs is there.
    """

    category: str
    sign: str
    noise: float
    asked: bool = True


@cache
def weights() -> dict[str, float]:
    """Log-odds per kind of evidence, as `benchmarks/fit_weights.py` fitted them."""
    fitted: dict[str, float] = load_yaml("igmap.inventory", "weights.yaml")
    return fitted


def is_free_text(evidence: Evidence) -> bool:
    """Whether most distinct values are sentences, and they differ."""
    return (
        evidence["sentences"] > max(evidence["distinct"] / 2, FEW)
        and not evidence["whole:user_agent"]
        and not evidence["dates"] > evidence["looked"] / 2
        and not max(evidence["hit:address"], evidence["street_abroad"]) > evidence["distinct"] / 2
    )


def share_of(evidence: Evidence, sign: str) -> float:
    """Share of the distinct values that show a sign, 0-1; of those that were looked at, for what only they tell."""
    counted = evidence["distinct"] if sign.partition(":")[0] in IN_ALL else evidence["looked"]
    telling = counted - evidence["neutral"]  # `onbekend` and `NULL` speak neither for nor against
    return min(1.0, round(evidence[sign] / telling, 3)) if telling > 0 else 0.0


def points(category: str) -> bool:
    """Whether such data point at a person by themselves, or through a key."""
    return CATEGORIES[category].identifiability in {"direct", "key"}


def value_votes(evidence: Evidence, today: date, detectors: Sequence[Detector]) -> Iterator[Vote]:
    """All votes of the values.

    Args:
        evidence: counts over the field's distinct values.
        today: against which ages are reckoned.
        detectors: those whose counts are in the evidence.
    """
    yield from _detector_votes(evidence, detectors)
    yield from _shape_votes(evidence)
    yield from _list_votes(evidence)
    yield from _date_votes(evidence, today)


def _detector_votes(evidence: Evidence, detectors: Sequence[Detector]) -> Iterator[Vote]:
    for detector in detectors:
        if not evidence[f"hit:{detector.id}"] and not evidence[f"shape:{detector.id}"]:
            continue
        share = share_of(evidence, f"whole:{detector.id}")
        if detector.id == "url" and 0 < share <= share_of(evidence, "hit:phone"):
            continue  # `tel:+31…`
        shaped = share_of(evidence, f"shape:{detector.id}")
        if detector.chance and shaped > detector.noise and share < 0.9 * shaped:
            figures: Reason = {"share": share, "expected": round(detector.chance, 3)}
            yield Vote(detector.category, "by_chance", 0.0, {"code": "checksum_by_chance", **figures})
            continue
        if detector.id == "address" and share > detector.noise and share_of(evidence, "streets") > LIST_NOISE:
            share = share_of(evidence, "streets")
        whole = min(1.0, (share - detector.noise) / (FULL - detector.noise))
        whole *= RECURRING if detector.id == "address" and recurs(evidence) else 1.0
        held, inside = _inside(detector, evidence)
        if whole >= max(inside, 0.01):
            figures = {"detector": detector.id, "share": share}
            kind = f"detector:{detector.id}"
            yield Vote(detector.category, kind, whole, {"code": "share", **figures}, detector.weight)
        elif inside > 0:
            yield Vote(detector.category, "inside", inside, {"code": "share", "detector": detector.id, "share": held})


def _inside(detector: Detector, evidence: Evidence) -> tuple[float, float]:
    """In which share of the values it fires at all, and how strong that is: `Jan <jan@…>`, `10.0.0.1, 10.0.0.2`."""
    held = share_of(evidence, f"hit:{detector.id}")
    others = (
        key
        for key in evidence
        if key.startswith("whole:") and key not in {f"whole:{detector.id}", *LINKS.get(detector.id, ())}
    )
    claimed = any(share_of(evidence, key) > MOST for key in others)
    telling = evidence["distinct"] - evidence["neutral"]
    counts = points(detector.category) and telling >= FEW and not claimed
    return held, min(1.0, (held - MOST) / (EVERYWHERE - MOST)) if counts else 0.0


def _shape_votes(evidence: Evidence) -> Iterator[Vote]:
    """What values look like that no checksum or list can confirm."""
    for shape in shapes_of(evidence) if evidence["distinct"] >= FEW else ():
        share = share_of(evidence, shape.sign)
        figures: Reason = {"code": "shape", "shape": shape.sign, "share": share}
        yield Vote(shape.category, f"shape:{shape.sign}", 1.0, figures)


def shapes_of(evidence: Evidence) -> Iterator[Shape]:
    """The shapes that enough of the values have."""
    unique, many = evidence["distinct"] == evidence["rows"], evidence["distinct"] >= LEAST_YEARS
    numbers = share_of(evidence, "numbers") > EVERYWHERE
    asked = (
        Shape("health", "icd", EVERYWHERE, asked=evidence["forms:chapters"] > 1),  # `R12`, `R13` number something
        Shape("phone", "mobile", FULL, asked=unique),
        Shape("phone", "grouped", FULL, asked=evidence["forms:grouped"] > 1),
        Shape("learning_result", "grade", MOST, asked=numbers and many),
        Shape("learning_result", "letter_grade", EVERYWHERE, asked=evidence["graded"] > 0),
        Shape("name", "foreign", MOST, asked=not is_free_text(evidence)),
        Shape("username", "named", MOST, asked=many),
        Shape("address", "street_abroad", FULL),
        Shape("licence_plate", "plated", FULL, asked=evidence["forms:plated"] >= FEW),
        Shape("document_number", "document", EVERYWHERE, asked=evidence["forms:document"] > 1),
        Shape("tax_number", "fiscal", EVERYWHERE),
        Shape("invoice", "ordered", FULL, asked=many),
        *_telling_by_one(evidence),
        Shape("health", "body_heat", EVERYWHERE, asked=evidence["distinct"] >= 2 * FEW),
        Shape("gender", "sex_code", EVERYWHERE, asked=evidence["nine"] > 0),
        Shape("gender", "sex_letter", EVERYWHERE, asked=evidence["male"] > 0 and evidence["female"] > 0),
        Shape("language", "two_letters", EVERYWHERE, asked=evidence["english"] > 0),
        Shape("photo", "portrait", FULL),
        Shape("address", "postal_line", FULL),
        Shape("name", "owned", MOST),
    )
    yield from (shape for shape in asked if shape.asked and share_of(evidence, shape.sign) > shape.noise)


def _telling_by_one(evidence: Evidence) -> tuple[Shape, ...]:
    """Kinds of things of which one tells of somebody's faith or health: meals, reasons to be absent."""
    return (
        Shape("religion", "meal", EVERYWHERE, asked=evidence["meal_of_faith"] > 0),
        Shape("health", "leave", EVERYWHERE, asked=evidence["ill"] > 0),
    )


def _list_votes(evidence: Evidence) -> Iterator[Vote]:
    for category in (key.removeprefix("list:") for key in evidence if key.startswith("list:") and key != "list:none"):
        telling = evidence["looked"] - evidence["neutral"]  # `onbekend` speaks neither for nor against
        share = round(evidence[f"list:{category}"] / telling, 3) if telling else 0.0
        share = min(share, 1.0)
        figures: Reason = {"code": "closed_list", "list": category, "share": share}
        if share >= LIST_NOISE and evidence["distinct"] > 1:
            yield Vote(category, "list", 1.0, figures)
        elif share > MOST and category in OPEN_LISTS and telling >= 2 * FEW:
            yield Vote(category, "list:open", (share - MOST) / (LIST_NOISE - MOST), figures)
    for category in (key.removeprefix("special:") for key in evidence if key.startswith("special:")):
        share = share_of(evidence, f"special:{category}")
        if share > SPECIAL_NOISE and evidence["distinct"] >= FEW:
            kind = "words:text" if is_free_text(evidence) else "words"
            yield Vote(category, kind, min(1.0, share / FULL), {"code": "words", "list": category, "share": share})
    placed = share_of(evidence, "place")
    if placed > PLACE_NOISE and evidence["distinct"] >= FEW:
        yield Vote("city", "places", placed, {"code": "places", "share": placed})
    yield from _name_votes(evidence, placed)


def name_strength(evidence: Evidence) -> float:
    """How much the values are names of persons, 0-1.5: listed, spelled so, backed by a list, built as only persons are.

    `benchmarks/fairness.py`: columns of names .86 and more, with half of all names hidden .40 (99.5 % of them .49);
    99 % of the columns of brands, cars, cities and the like .40 at most.
    """
    return sum(weight * share_of(evidence, f"name:{sign}") for sign, weight in NAME_SIGNS.items())


def recurs(evidence: Evidence) -> bool:
    """Whether a few values come back many times."""
    return evidence["distinct"] <= MOST_KINDS and evidence["rows"] >= TIMES * evidence["distinct"]


def name_share(evidence: Evidence) -> float:
    """How strongly the values by themselves speak for names of persons, 0-1; 0 where they hardly are."""
    share = min(1.0, max(0.0, (name_strength(evidence) - NAME_LEAST) / (NAME_SURE - NAME_LEAST)))
    alone = share_of(evidence, "name:several") <= share_of(evidence, "name:hit") / 2
    return share * (RECURRING if alone and recurs(evidence) else 1.0)


def _name_votes(evidence: Evidence, placed: float) -> Iterator[Vote]:
    """Two names together are rarely anything but a person; one word may be a country, a car or a meeting room."""
    named = max(share_of(evidence, "name:hit"), share_of(evidence, "name:backed"))
    several = share_of(evidence, "name:several") + share_of(evidence, "name:formed")
    telling = evidence["distinct"] - evidence["neutral"]
    enough = evidence["distinct"] >= (FEW if several > named / 2 else 2 * FEW)
    if name_share(evidence) and placed < named and enough and not _are_particles(evidence):
        yield Vote("name", "names", name_share(evidence), {"code": "names", "share": named})
    elif share_of(evidence, "name:file") > MOST and telling >= FEW:
        yield Vote("name", "names:file", 1.0, {"code": "names", "share": share_of(evidence, "name:file")})
    elif telling >= FEW and _are_particles(evidence):
        yield Vote("name", "particles", 1.0, {"code": "names", "share": share_of(evidence, "name:part")})
    elif share_of(evidence, "initials") > INITIALS:
        yield Vote("name", "initials", 1.0, {"code": "names", "share": share_of(evidence, "initials")})


def _are_particles(evidence: Evidence) -> bool:
    """Whether the values are what stands before family names, or titles; `de` and `la` alone are languages too."""
    between = share_of(evidence, "between") > MOST and evidence["leading"] > 1
    return between or (share_of(evidence, "name:part") > FULL and not _lettered(evidence))


def are_persons(evidence: Evidence) -> bool:
    """Whether the values are many different persons, a given name and a family name each: no ships or plays are."""
    return evidence["distinct"] >= MANY_PERSONS and share_of(evidence, "name:full") > MOST


def _lettered(evidence: Evidence) -> bool:
    """Whether they are rather letters, as codes and answers are, or forms of address than initials and particles."""
    return (
        evidence["list:gender"] > evidence["distinct"] / 2
        or share_of(evidence, "letter") + share_of(evidence, "flag") > MOST / 2
    )


def _date_votes(evidence: Evidence, today: date) -> Iterator[Vote]:
    years = {int(key[5:]): count for key, count in evidence.items() if key.startswith("year:")}
    if not years or share_of(evidence, "dates") + share_of(evidence, "years") < EVERYWHERE:
        return
    ages = [(today.year - year, n) for year, n in years.items()]
    plausible = sum(n for age, n in ages if OLDEST_AGE >= age >= YOUNGEST_AGE) / sum(years.values())
    bare = evidence["years"] > evidence["dates"]
    if plausible > 0.95 and len(years) >= LEAST_YEARS:  # noqa: PLR2004 - a few typing errors
        if bare and max(age for age, _ in ages) < OLD:
            return
        figures: Reason = {"share": round(plausible, 3), "years": len(years)}
        yield Vote("birth_date", "bare_years" if bare else "birth_years", 1.0, {"code": "birth_years", **figures})
    elif plausible < 0.5:  # noqa: PLR2004 - most are too recent to be born in
        yield Vote("birth_date", "recent_dates", 1.0, {"code": "recent_dates", "share": round(1 - plausible, 3)})

"""What the values of a field say for which category: one vote per piece of evidence, with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.evidence import Evidence
from igmap.vocabulary import CATEGORIES

Reason = dict[str, str | int | float]

PLACE_NOISE, LIST_NOISE = 0.35, 0.8
NAME_SIGNS = {"hit": 0.3, "alike": 0.3, "backed": 0.7, "formed": 0.2}
NAME_NOISE, NAME_FOUND = 0.35, 0.45  # strength of what may be names, and of what is
NAME_SURE, NAME_SLOPE, NAME_WEIGHT, INITIALS = 3.0, 6.0, 5.0, 0.8
SPECIAL_NOISE = 0.4
FEW = 3
FULL = 0.75  # of the values of a kind: the rest are typing errors and blanks in words
EVERYWHERE, MOST, INSIDE = 0.9, 0.5, 4.0
DOUBT = 2.2  # by itself a question for a person, not an answer
SHAPED = {"coordinates": ("location", 4.0), "at_handle": ("username", DOUBT), "icd": ("health", DOUBT)}
OLDEST_AGE, YOUNGEST_AGE, LEAST_YEARS = 105, 10, 12


@dataclass(frozen=True, slots=True)
class Vote:
    """How much one piece of evidence says for a category.

    Args:
        category: of the vocabulary, `none` included.
        weight: log-odds.
        reason: code and figures.
    """

    category: str
    weight: float
    reason: Reason


def is_free_text(evidence: Evidence) -> bool:
    """Whether most distinct values are sentences, and they differ."""
    return (
        evidence["sentences"] > max(evidence["distinct"] / 2, FEW)
        and not evidence["whole:user_agent"]
        and not evidence["whole:address"] > evidence["distinct"] / 2
    )


def share_of(evidence: Evidence, key: str) -> float:
    """Share of the distinct values, 0-1."""
    return round(evidence[key] / evidence["distinct"], 3) if evidence["distinct"] else 0.0


def points(category: str) -> bool:
    """Whether such data point at a person by themselves, or through a key."""
    return CATEGORIES[category].identifiability in {"direct", "key"}


def fires_everywhere(evidence: Evidence) -> bool:
    """Whether a detector of what points at a person fires in nearly every value, whole or inside."""
    return evidence["distinct"] >= FEW and any(
        points(d.category) and share_of(evidence, f"hit:{d.id}") >= EVERYWHERE for d in DETECTORS
    )


def value_votes(evidence: Evidence, today: date) -> Iterator[Vote]:
    """All votes of the values.

    Args:
        evidence: counts over the field's distinct values.
        today: against which ages are reckoned.
    """
    yield from _detector_votes(evidence)
    yield from _shape_votes(evidence)
    yield from _list_votes(evidence)
    yield from _date_votes(evidence, today)
    yield from _text_votes(evidence)


def _detector_votes(evidence: Evidence) -> Iterator[Vote]:
    for detector in DETECTORS:
        share = share_of(evidence, f"whole:{detector.id}")
        shaped = share_of(evidence, f"shape:{detector.id}")
        if detector.chance and shaped > detector.noise and share < 0.9 * shaped:
            yield Vote(
                detector.category,
                0.0,
                {"code": "checksum_by_chance", "share": share, "expected": round(detector.chance, 3)},
            )
            continue
        if detector.id == "address" and share > detector.noise and share_of(evidence, "streets") > LIST_NOISE:
            share = share_of(evidence, "streets")
        whole = detector.weight * min(1.0, (share - detector.noise) / (FULL - detector.noise))
        held, inside = _inside(detector, evidence)
        if max(whole, inside) > 0:
            figures: Reason = {"detector": detector.id, "share": share if whole > inside else held}
            yield Vote(detector.category, max(whole, inside), {"code": "share", **figures})


def _inside(detector: Detector, evidence: Evidence) -> tuple[float, float]:
    """In which share of the values it fires at all, and what that weighs: `Jan <jan@…>`, `10.0.0.1, 10.0.0.2`."""
    held = share_of(evidence, f"hit:{detector.id}")
    counts = points(detector.category) and evidence["distinct"] >= FEW
    return held, INSIDE * min(1.0, (held - MOST) / (EVERYWHERE - MOST)) if counts else 0.0


def _shape_votes(evidence: Evidence) -> Iterator[Vote]:
    """What values look like that no checksum or list can confirm: most of it is left to a person."""
    if evidence["distinct"] < FEW:
        return
    for sign, (category, weight) in SHAPED.items():
        if share_of(evidence, sign) >= EVERYWHERE:
            yield Vote(category, weight, {"code": "shape", "shape": sign, "share": share_of(evidence, sign)})
    if share_of(evidence, "mobile") > FULL and evidence["distinct"] == evidence["rows"]:
        yield Vote("phone", DOUBT, {"code": "shape", "shape": "mobile", "share": share_of(evidence, "mobile")})
    if share_of(evidence, "foreign") > MOST and not is_free_text(evidence):
        yield Vote("name", DOUBT, {"code": "shape", "shape": "foreign", "share": share_of(evidence, "foreign")})


def _list_votes(evidence: Evidence) -> Iterator[Vote]:
    for category in (key.removeprefix("list:") for key in evidence if key.startswith("list:") and key != "list:none"):
        share = share_of(evidence, f"list:{category}")
        if share >= LIST_NOISE and evidence["distinct"] > 1:
            yield Vote(category, 3.2, {"code": "closed_list", "list": category, "share": share})
    for category in (key.removeprefix("special:") for key in evidence if key.startswith("special:")):
        share = share_of(evidence, f"special:{category}")
        if share > SPECIAL_NOISE and evidence["distinct"] >= FEW:
            yield Vote(
                category,
                (2.0 if is_free_text(evidence) else 10.0) * share,
                {"code": "words", "list": category, "share": share},
            )
    placed = share_of(evidence, "place")
    if placed > PLACE_NOISE and evidence["distinct"] >= FEW:
        yield Vote("city", 4.5 * placed, {"code": "places", "share": placed})
    yield from _name_votes(evidence, placed)


def name_strength(evidence: Evidence) -> float:
    """How much the values are names of persons, 0-1.5: listed, spelled so, backed by a list, built as only persons are.

    `benchmarks/fairness.py`: columns of names .86 and more, with half of all names hidden .40 (99.5 % of them .49);
    99 % of the columns of brands, cars, cities and the like .40 at most.
    """
    return sum(weight * share_of(evidence, f"name:{sign}") for sign, weight in NAME_SIGNS.items())


def name_weight(evidence: Evidence) -> float:
    """Log-odds that the values by themselves give for names of persons; 0 where they hardly are."""
    strength = name_strength(evidence)
    return min(NAME_WEIGHT, NAME_SURE + NAME_SLOPE * (strength - NAME_FOUND)) if strength > NAME_NOISE else 0.0


def _name_votes(evidence: Evidence, placed: float) -> Iterator[Vote]:
    """Two names together are rarely anything but a person; one word may be a country, a car or a meeting room."""
    named = max(share_of(evidence, "name:hit"), share_of(evidence, "name:backed"))
    several = share_of(evidence, "name:several") + share_of(evidence, "name:formed")
    enough = evidence["distinct"] >= (FEW if several > named / 2 else 2 * FEW)
    if name_weight(evidence) and placed < named and enough:
        yield Vote("name", name_weight(evidence), {"code": "names", "share": named})
    elif share_of(evidence, "initials") > INITIALS:
        yield Vote("name", NAME_WEIGHT * INITIALS, {"code": "names", "share": share_of(evidence, "initials")})


def _date_votes(evidence: Evidence, today: date) -> Iterator[Vote]:
    years = {int(key[5:]): count for key, count in evidence.items() if key.startswith("year:")}
    if not years or evidence["dates"] < 0.9 * evidence["distinct"]:
        return
    plausible = (
        sum(n for year, n in years.items() if OLDEST_AGE >= today.year - year >= YOUNGEST_AGE) / evidence["dates"]
    )
    if plausible > 0.95 and len(years) >= LEAST_YEARS:  # noqa: PLR2004 - a few typing errors
        yield Vote("birth_date", 4.0, {"code": "birth_years", "share": round(plausible, 3), "years": len(years)})
    elif plausible < 0.5:  # noqa: PLR2004 - most are too recent to be born in
        yield Vote("birth_date", -3.0, {"code": "recent_dates", "share": round(1 - plausible, 3)})


def _text_votes(evidence: Evidence) -> Iterator[Vote]:
    if not is_free_text(evidence):
        return
    personal = evidence["text:name"] + sum(
        evidence[f"hit:{d.id}"] for d in DETECTORS if d.category in {"email", "phone", "bsn", "bank_account"}
    )
    repeated = evidence["distinct"] < evidence["rows"] / 4
    weight = 3.4 if personal > 0.005 * evidence["distinct"] else 1.0 if repeated else 2.0
    yield Vote(
        "message_content", weight, {"code": "free_text", "words": round(evidence["words"] / evidence["distinct"], 1)}
    )

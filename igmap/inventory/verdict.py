"""One verdict per field: evidence of name and values as log-odds per category, with the reasons.

The weights are set by hand and will be fitted; they live in the table below and in the detectors.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from igmap.inventory.detectors import DETECTORS
from igmap.inventory.evidence import Evidence
from igmap.inventory.inventory import Detection, Field
from igmap.vocabulary import CATEGORIES, Cue, Profile, header_cue

Reason = dict[str, str | int | float]

HEADER_WEIGHT = {"whole": 4.0, "head": 3.4, "inside": 1.8, "weak": 1.2}
PROFILE_WEIGHT = 6.0
PRIOR = -2.5
FOUND, UNDECIDED = 0.6, 0.3
PLACE_NOISE, LIST_NOISE = 0.35, 0.8
NAME_WEIGHT, NAME_NOISE, SURE_NOISE, INITIALS = 5.0, 0.35, 0.2, 0.8
SPECIAL_NOISE = 0.4
FEW = 3
BARE = {"id", "ids", "uid", "guid", "uuid", "identifier"}  # of what? behind another word they number anything
# A header of these categories is doubted when hardly any value shows one of the signs.
TELLING = {
    "email": ("hit:email",),
    "bank_account": ("hit:iban", "dialled"),
    "ip_address": ("hit:ip_address",),
    "bsn": ("shape:bsn", "dialled"),
    "user_agent": ("hit:user_agent",),
    "phone": ("hit:phone", "dialled"),
}
WORDS_ONLY = {"name", "city", "employer", "occupation"}
OF_FLAGS = {"marital_status", "gender", "income", "education_level", "learning_result", "learning_activity", "none"}
PERSON_BY = {"account_id": "numbered", "username": "handle"}  # what a column named after a person holds if not names
MOST = 0.5
FULL = 0.75  # of the values of a kind: the rest are typing errors and blanks in words
SHORTEST_TEXT = 1.5  # words per value: `Gesprek: 3` is no text
CONTRADICTED = 0.25
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


def judge(name: str, evidence: Evidence, *, profile: Profile | None = None, today: date) -> Field:
    """The verdict on a field from its name and the evidence of its values.

    Args:
        name: as the export prints it.
        evidence: counts over the field's distinct values.
        profile: the known kind of export the table is; what it says of a field stands in place of the name.
        today: against which ages are reckoned.
    """
    known = profile.category(name) if profile else None
    named = [Vote(known, PROFILE_WEIGHT, {"code": "profile", "profile": profile.name})] if profile and known else _header_votes(name, evidence)
    votes = [*named, *_detector_votes(evidence), *_list_votes(evidence), *_date_votes(evidence, today), *_text_votes(evidence)]
    weights: dict[str, float] = {}
    for vote in votes:
        weights[vote.category] = weights.get(vote.category, 0.0) + vote.weight
    none = weights.pop("none", 0.0)
    ranked = sorted(((weight + PRIOR, category) for category, weight in weights.items()), reverse=True)
    best, category = ranked[0] if ranked else (-math.inf, "none")
    share = 1 / (1 + math.exp(none - best)) if ranked else 0.0
    runner_up = ranked[1][1] if len(ranked) > 1 else ("none" if share >= FOUND else category)
    return _field(name, category if share >= FOUND else "none", share, runner_up if share >= FOUND else category, votes, evidence)


def _field(name: str, category: str, share: float, runner_up: str, votes: list[Vote], evidence: Evidence) -> Field:  # noqa: PLR0913, PLR0917 - a field is made of these
    meaning = CATEGORIES[category]
    verdict = "found" if share >= FOUND else "undecided" if share >= UNDECIDED else "none"
    reasons = [vote.reason for vote in votes] or [{"code": "no_evidence"}]
    return Field(
        name=name,
        verdict=verdict,
        category=category,
        identifiability=meaning.identifiability,
        special=meaning.special,
        secret=meaning.secret,
        free_text=meaning.free_text or is_free_text(evidence),
        confidence=round(share if share >= FOUND else 1 - share, 3),
        runner_up=runner_up,
        reasons=tuple(reasons),
        detections=tuple(_detections(evidence, category)),
    )


def is_free_text(evidence: Evidence) -> bool:
    """Whether most distinct values are sentences, and they differ."""
    return evidence["sentences"] > max(evidence["distinct"] / 2, FEW) and not evidence["whole:user_agent"] and not evidence["whole:address"] > evidence["distinct"] / 2


def _share(evidence: Evidence, key: str) -> float:
    return round(evidence[key] / evidence["distinct"], 3) if evidence["distinct"] else 0.0


def _header_votes(name: str, evidence: Evidence) -> Iterator[Vote]:
    cue = header_cue(name)
    if cue is None:
        return
    weight = HEADER_WEIGHT["inside" if cue.place == "head" and cue.phrase in BARE else "weak" if cue.weak else cue.place]
    said: Reason = {"code": "header", "cue": cue.phrase, "place": cue.place}
    if evidence["rows"] < FEW or not _contradicted(cue, evidence):
        yield Vote(cue.category, weight, said)
        return
    yield Vote(cue.category, CONTRADICTED * weight, said)
    yield Vote(cue.category, 0.0, {"code": "contradicted", "cue": cue.phrase})
    for category, sign in PERSON_BY.items() if cue.person else ():
        if _share(evidence, sign) > MOST:
            yield Vote(category, HEADER_WEIGHT["head"], said)
            return


def _contradicted(cue: Cue, evidence: Evidence) -> bool:
    """Whether the values are of a kind that the category does not have."""
    category = cue.category
    points = CATEGORIES[category].identifiability in {"direct", "key"}
    if _share(evidence, "flag") > MOST:
        return CATEGORIES[category].special == "none" and category not in OF_FLAGS
    if points and _share(evidence, "amount") > MOST or evidence["dates"] > MOST * evidence["distinct"]:
        return points
    if category in TELLING:
        return max(_share(evidence, sign) for sign in TELLING[category]) < CONTRADICTED
    if category == "message_content":
        return evidence["words"] < SHORTEST_TEXT * evidence["distinct"]
    if category in WORDS_ONLY:
        return _share(evidence, "numbers") > MOST or (category == "name" and not _may_be_names(evidence, cue))
    return False


def _may_be_names(evidence: Evidence, cue: Cue) -> bool:
    """A column `klant` may hold companies, a column `achternaam` hardly."""
    return sum(_share(evidence, sign) for sign in ("name:hit", "name:part", "text:name", "foreign")) >= (CONTRADICTED if cue.person else CONTRADICTED / 2)


def _detector_votes(evidence: Evidence) -> Iterator[Vote]:
    for detector in DETECTORS:
        share = _share(evidence, f"whole:{detector.id}")
        shaped = _share(evidence, f"shape:{detector.id}")
        if detector.chance and shaped > detector.noise and share < 0.9 * shaped:  # noqa: PLR2004 - detection.md: a column passes at 0.9
            yield Vote(detector.category, 0.0, {"code": "checksum_by_chance", "share": share, "expected": round(detector.chance, 3)})
        elif share > detector.noise:
            if detector.id == "address" and _share(evidence, "streets") > LIST_NOISE:
                share = _share(evidence, "streets")
            weight = detector.weight * min(1.0, (share - detector.noise) / (FULL - detector.noise))
            yield Vote(detector.category, weight, {"code": "share", "detector": detector.id, "share": share})
    mailed = _share(evidence, "hit:email")
    if mailed > 0.9 and not evidence["whole:email"] and not is_free_text(evidence):  # noqa: PLR2004 - "Jan <jan@…>"
        yield Vote("email", 4.0, {"code": "share", "detector": "email", "share": mailed})


def _list_votes(evidence: Evidence) -> Iterator[Vote]:
    for category in (key.removeprefix("list:") for key in evidence if key.startswith("list:") and key != "list:none"):
        share = _share(evidence, f"list:{category}")
        if share >= LIST_NOISE and evidence["distinct"] > 1:
            yield Vote(category, 3.2, {"code": "closed_list", "list": category, "share": share})
    for category in (key.removeprefix("special:") for key in evidence if key.startswith("special:")):
        share = _share(evidence, f"special:{category}")
        if share > SPECIAL_NOISE and evidence["distinct"] >= FEW:
            yield Vote(category, (2.0 if is_free_text(evidence) else 10.0) * share, {"code": "words", "list": category, "share": share})
    placed = _share(evidence, "place")
    if placed > PLACE_NOISE and evidence["distinct"] >= FEW:
        yield Vote("city", 4.5 * placed, {"code": "places", "share": placed})
    yield from _name_votes(evidence, placed)


def _name_votes(evidence: Evidence, placed: float) -> Iterator[Vote]:
    """Two names together are rarely anything but a person; one word may be a country, a car or a meeting room."""
    named, several = _share(evidence, "name:hit"), _share(evidence, "name:several")
    strength = min(1.0, named + 0.6 * several)
    enough = evidence["distinct"] >= (FEW if several > named / 2 else 2 * FEW)
    if strength > NAME_NOISE and _share(evidence, "name:sure") > SURE_NOISE and placed < named and enough:
        yield Vote("name", NAME_WEIGHT * strength, {"code": "names", "share": named})
    elif _share(evidence, "initials") > INITIALS:
        yield Vote("name", NAME_WEIGHT * INITIALS, {"code": "names", "share": _share(evidence, "initials")})


def _date_votes(evidence: Evidence, today: date) -> Iterator[Vote]:
    years = {int(key[5:]): count for key, count in evidence.items() if key.startswith("year:")}
    if not years or evidence["dates"] < 0.9 * evidence["distinct"]:  # noqa: PLR2004 - nearly all must be dates
        return
    plausible = sum(n for year, n in years.items() if OLDEST_AGE >= today.year - year >= YOUNGEST_AGE) / evidence["dates"]
    if plausible > 0.95 and len(years) >= LEAST_YEARS:  # noqa: PLR2004 - a few typing errors
        yield Vote("birth_date", 4.0, {"code": "birth_years", "share": round(plausible, 3), "years": len(years)})
    elif plausible < 0.5:  # noqa: PLR2004 - most are too recent to be born in
        yield Vote("birth_date", -3.0, {"code": "recent_dates", "share": round(1 - plausible, 3)})


def _text_votes(evidence: Evidence) -> Iterator[Vote]:
    if not is_free_text(evidence):
        return
    personal = evidence["text:name"] + sum(evidence[f"hit:{d.id}"] for d in DETECTORS if d.category in {"email", "phone", "bsn", "bank_account"})
    repeated = evidence["distinct"] < evidence["rows"] / 4
    weight = 3.4 if personal > 0.005 * evidence["distinct"] else 1.0 if repeated else 2.0
    yield Vote("message_content", weight, {"code": "free_text", "words": round(evidence["words"] / evidence["distinct"], 1)})


def _detections(evidence: Evidence, category: str) -> Iterator[Detection]:
    """Every detector that fired, in records; a checksum met as often as by chance is no detection.

    A word by itself is counted only where the column is of its kind: elsewhere `Best` is a place, `Ziekenhuis` an employer.
    """
    own_kind = CATEGORIES[category].special == "art9" or category == "name"
    chance = {d.id for d in DETECTORS if d.chance and evidence[f"whole:{d.id}"] < 0.5 * evidence[f"shape:{d.id}"] and evidence[f"shape:{d.id}"] > FEW}
    for key in sorted(evidence):
        kind, _, detector = key.partition(":")
        spoken = f"spoken:{detector}" if own_kind and f"spoken:{detector}" in evidence else key
        count = evidence[f"text:{detector}" if detector in chance else spoken]
        if kind == "rows" and detector and count:
            yield Detection(detector, count, round(count / evidence["rows"], 6))

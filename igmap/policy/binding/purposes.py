"""Which purposes of the register a dataset may serve: by what both are about, and by the categories a purpose needs.

A purpose is proposed when signs of the dataset speak for it and it needs what was found. Categories alone propose
nothing: names and e-mail addresses fit nearly every purpose.
"""

from collections.abc import Mapping, Sequence

from igmap.policy.binding.activities import Sign, about, serves, shares
from igmap.policy.binding.known import Sight
from igmap.policy.binding.own_words import own_signs
from igmap.policy.binding.persons import Meant, nearest_of
from igmap.policy.binding.proposal import Part, Ranked, Reason
from igmap.policy.register import Policy, Purpose
from igmap.policy.values import Open

LEAST, SPEAKS = 0.2, 0.4  # score to be named; how much must speak for a purpose that is proposed
FIT, AHEAD = 1 / 3, 0.75  # share of the categories that must be needed; of the best score to be told beside it
ABOUT, COVERS = 0.7, 0.3
OWN = Sign("own_word", "")


def ranked(sight: Sight, policy: Policy, subjects: Sequence[Sequence[Meant]]) -> tuple[Ranked, ...]:
    """The purposes that may be meant, the likeliest first.

    Args:
        sight: the dataset.
        policy: the register.
        subjects: the kinds of persons that seem to be in it.
    """
    signs = about(sight) | own_signs(sight, policy)
    held = shares(signs)
    found = [_ranked(purpose, sight, (signs, held), subjects) for purpose in policy.purposes]
    named = [one for one in found if one.score >= LEAST]
    return tuple(sorted(named, key=lambda one: -one.score))


def _ranked(
    purpose: Purpose,
    sight: Sight,
    seen: tuple[Mapping[str, Mapping[Sign, float]], Mapping[str, float]],
    subjects: Sequence[Sequence[Meant]],
) -> Ranked:
    signs, held = seen
    stands_for = serves(purpose) | {purpose.id: (1.0, OWN)}
    speaking = {activity: held[activity] * stands_for[activity][0] for activity in held if activity in stands_for}
    reasons: list[Reason] = []
    for activity in sorted(speaking, key=lambda name: -speaking[name])[:2]:
        best = max(signs[activity], key=lambda sign: signs[activity][sign])
        reasons += _speaking(activity, best, stands_for[activity][1])
    spoken = min(1.0, sum(speaking.values()))
    covered, told = _coverage(purpose, sight)
    reasons += [told, *_of_subjects(purpose, subjects)]
    score = spoken * ABOUT + spoken * covered * COVERS  # what speaks for nothing is not lifted by its categories
    return Ranked(purpose.id, round(score, 3), round(spoken, 3), covered >= FIT, tuple(reasons))


def _speaking(activity: str, sign: Sign, meant: Sign) -> list[Reason]:
    """What speaks for a purpose: a sign of the data, and why the purpose is about it."""
    if sign.code == OWN.code:
        return [{"code": sign.code, "cue": sign.cue}]
    return [
        {"code": f"about_{sign.code}", "cue": sign.cue, "activity": activity},
        {"code": f"serves_{meant.code}", "cue": meant.cue},
    ]


def _coverage(purpose: Purpose, sight: Sight) -> tuple[float, Reason]:
    """How much of the categories found it needs; a half where the register leaves that open."""
    if isinstance(purpose.data_categories, Open):
        return 0.5, {"code": "categories_open"}
    needed = [name for name in sight.categories if name in purpose.data_categories]
    beyond = tuple(name for name in sight.categories if name not in purpose.data_categories)
    code = "beyond" if beyond else "covered"
    counts = {"needed": len(needed), "of": len(sight.categories)}
    return len(needed) / max(1, len(sight.categories)), {"code": code, **counts, "categories": beyond}


def _of_subjects(purpose: Purpose, subjects: Sequence[Sequence[Meant]]) -> list[Reason]:
    if isinstance(purpose.data_subjects, Open) or not subjects:
        return []
    shared = tuple(nearest_of(subjects, purpose.data_subjects)) if purpose.data_subjects else ()
    return [{"code": "subjects_shared", "subjects": shared}] if shared else []


def proposed(found: Sequence[Ranked], sight: Sight, policy: Policy) -> Part:
    """The purposes to propose: the best, with those nearly as good; none with a reason when nothing is certain."""
    best = found[0] if found else None
    if best and best.fits and best.spoken >= SPEAKS:
        near = [one.purpose for one in found[1:] if one.fits and one.score >= AHEAD * best.score]
        if near:
            labels = tuple(p.label for p in policy.purposes if p.id in near)
            return Part((best.purpose,), (*best.reasons, {"code": "also_fits", "purposes": labels}))
        return Part((best.purpose,), best.reasons)
    return Part((), tuple(_unsure(found, sight, policy)))


def _unsure(found: Sequence[Ranked], sight: Sight, policy: Policy) -> list[Reason]:
    """Why nothing is proposed."""
    if found and not found[0].fits:
        purpose = policy.purpose(found[0].purpose)
        told: Reason = {"code": "no_fit", "purpose": purpose.label if purpose else found[0].purpose}
        return [told, *found[0].reasons]
    held = shares(about(sight))
    if not held:
        return [{"code": "no_sign"}]
    best = max(held, key=lambda activity: (held[activity], activity))
    sign = next(iter(about(sight)[best]))
    known = bool(found) or any(best in serves(purpose) for purpose in policy.purposes)
    code = "weak_signs" if known else "no_purpose"
    return [{"code": f"about_{sign.code}", "cue": sign.cue, "activity": best}, {"code": code, "activity": best}]

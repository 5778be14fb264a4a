"""What may still go wrong with a release, in plain words that follow from its figures."""

from collections.abc import Iterator, Mapping
from typing import Any

from igmap.release.figures import named
from igmap.release.prove import Proof
from igmap.release.verdict import Verdict
from igmap.release.wording import say


def residual(plan: Mapping[str, Any], proof: Proof, verdict: Verdict, lang: str) -> Iterator[str]:
    """What a neighbour, an insider and a later release could still do, a sentence each."""
    found = proof.attacks
    neighbour = "residual.neighbour" if found.singling_out.risk else "residual.neighbour.none"
    yield say(neighbour, lang, risk=found.singling_out.risk)
    worst = max(found.inference_per_column.items(), key=lambda one: one[1].risk, default=None)
    if worst:
        key = "residual.inference" if worst[1].risk else "residual.inference.none"
        yield say(key, lang, column=worst[0], share=worst[1].risk, control=worst[1].control)
    if found.tried:
        yield say("residual.attack", lang, excess=max(found.excess, 0.0))
    if found.undecided:
        yield say("residual.undecided", lang, attacks=", ".join(named(one, lang) for one in found.undecided))
    yield say(f"residual.insider.{verdict.status}", lang)
    if verdict.key == "kept":
        yield say("residual.key", lang)
    tables = (plan, *(plan.get("linked") or ()))
    if any(column["role"] == "link" and column["treatment"] != "drop" for one in tables for column in one["columns"]):
        yield say("residual.links", lang)
    yield say("residual.later", lang, look_again=verdict.look_again_on)

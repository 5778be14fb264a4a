"""What the register leaves open, and the answers that a person gave in decisions.yaml."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import ValidationError

from igmap.errors import DecisionError, nearest
from igmap.inventory.decisions import Decisions, ValueDecision
from igmap.policy.reading import checked, dotted
from igmap.policy.register import Policy
from igmap.policy.values import Open, Text
from igmap.vocabulary.files import Place


class OpenValue(NamedTuple):
    """A value the register does not give: where, why, and what it might be."""

    path: str
    why: Text
    suggest: tuple[Any, ...]


def open_values(policy: Policy) -> list[OpenValue]:
    """Everything the register leaves open, in its order."""
    content = _plain(policy)
    found = ((place, value) for place, value in _places(content, ()) if _is_open(value))
    opens = ((".".join(dotted(place, content)), Open.model_validate(value)) for place, value in found)
    return [OpenValue(path, value.why, value.suggest) for path, value in opens]


def answered(policy: Policy, decisions: Decisions) -> Policy:
    """The register with a person's answers in place of what was open; an answer given before may be given again.

    Raises:
        DecisionError: an answer to something that is not open or not there, or of a form the register does not know.
    """
    for decision in decisions.values:
        policy = _answer(policy, decision)
    return policy


def _answer(policy: Policy, decision: ValueDecision) -> Policy:
    content = _plain(policy)
    places = {".".join(dotted(place, content)): (place, value) for place, value in _places(content, ())}
    unanswered = [path for path, (_, value) in places.items() if _is_open(value)]
    place, value = places.get(decision.path, ((), None))
    if value == decision.value and value is not None:
        return policy
    if decision.path not in unanswered:
        raise DecisionError(
            f"decisions.yaml: values: {decision.path!r} is not open in the register{nearest(decision.path, unanswered)}"
        )
    holder = content
    for part in place[:-1]:
        holder = holder[part]
    holder[place[-1]] = decision.value
    try:
        return checked(content)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        raise DecisionError(f"decisions.yaml: values: {decision.path}: {problem}") from None


def _plain(policy: Policy) -> Any:
    return policy.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _is_open(value: Any) -> bool:
    return isinstance(value, dict) and "open" in value


def _places(content: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    """Every value with its place, outermost first."""
    yield place, content
    parts = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in parts:
        yield from _places(value, (*place, key))

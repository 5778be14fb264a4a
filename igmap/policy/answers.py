"""What the register leaves open, and the answers that a person gave in decisions.yaml."""

from typing import Any, NamedTuple

from pydantic import ValidationError

from igmap.errors import DecisionError, nearest
from igmap.inventory.decisions import Decisions
from igmap.policy.reading import checked, dotted, places
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
    content = plain(policy)
    found = ((place, value) for place, value in places(content) if _is_open(value))
    opens = ((".".join(dotted(place, content)), Open.model_validate(value)) for place, value in found)
    return [OpenValue(path, value.why, value.suggest) for path, value in opens]


def answered(policy: Policy, decisions: Decisions) -> Policy:
    """The register with a person's answers in place of what was open; an answer given before may be given again.

    Raises:
        DecisionError: an answer to something that is not open or not there, or of a form the register does not know.
    """
    for decision in decisions.values:
        policy = filled(policy, decision.path, decision.value)
    return policy


def filled(policy: Policy, path: str, value: Any) -> Policy:
    """The register with one value in place of what was open there.

    Raises:
        DecisionError: the path is not open and says something else, or the value is not of the register's form.
    """
    content = plain(policy)
    known = {".".join(dotted(place, content)): (place, old) for place, old in places(content)}
    unanswered = [name for name, (_, old) in known.items() if _is_open(old)]
    place, _ = known.get(path, ((), None))
    if not place:
        raise _not_open(path, unanswered)
    if _is_open(value):
        raise DecisionError(f"decisions.yaml: values: {path}: an answer cannot be open itself; take the entry out")
    try:
        new = checked(_replaced(content, place, value))
    except ValidationError as error:
        if path not in unanswered:
            raise _not_open(path, unanswered) from None
        problem = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        raise DecisionError(f"decisions.yaml: values: {path}: {problem}") from None
    if path not in unanswered and new != policy:
        raise _not_open(path, unanswered)
    return new


def reopened(policy: Policy, before: Policy, path: str) -> Policy:
    """The register with one value open again, as it was before."""
    content, old = plain(policy), plain(before)
    place = next(place for place, _ in places(old) if ".".join(dotted(place, old)) == path)
    return checked(_replaced(content, place, _at(old, place)))


def value_of(policy: Policy, path: str) -> Any:
    """What the register says at a dotted path, as it would be written; nothing where it says nothing."""
    content = plain(policy)
    return next((value for place, value in places(content) if ".".join(dotted(place, content)) == path), None)


def plain(policy: Policy) -> Any:
    """The register as it would be written: what it does not say is left out."""
    return policy.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _at(content: Any, place: Place) -> Any:
    for part in place:
        content = content[part]
    return content


def _replaced(content: Any, place: Place, value: Any) -> Any:
    """The content, which is nobody else's, with one value in place of another."""
    _at(content, place[:-1])[place[-1]] = value
    return content


def _not_open(path: str, unanswered: list[str]) -> DecisionError:
    return DecisionError(f"decisions.yaml: values: {path!r} is not open in the register{nearest(path, unanswered)}")


def _is_open(value: Any) -> bool:
    return isinstance(value, dict) and "open" in value

"""What the register leaves open, and the answers that a person gave in decisions.yaml."""

from typing import Any, NamedTuple

from pydantic import ValidationError

from igmap.errors import DecisionError, nearest
from igmap.inventory.decisions import Decisions
from igmap.policy.reading import checked, dotted, named_place, places, told_of
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


def silent_parts(policy: Policy) -> list[str]:
    """The parts that a register has to have and this one says nothing of; an empty list of recipients says: none."""
    return [part for part, is_said in _said(policy).items() if not is_said]


def _said(policy: Policy) -> dict[str, bool]:
    return {
        "purposes": bool(policy.purposes),
        "data_subjects": bool(policy.data_subjects),
        "recipients": "recipients" in policy.model_fields_set,
        "sharing_grounds": bool(policy.sharing_grounds) or not policy.recipients,
        "transfers": policy.transfers is not None,
        "retention": bool(policy.retention.default or policy.retention.rules),
        "cookies": policy.cookies is not None,
        "measures": bool(policy.measures),
        "requests": policy.requests is not None,
    }


def answered(policy: Policy, decisions: Decisions) -> Policy:
    """The register with a person's answers in place of what was open; an answer given before may be given again.

    Raises:
        DecisionError: an answer to something that is not open or not there, or of a form the register does not know.
    """
    for decision in decisions.values:
        policy = filled(policy, decision.path, decision.value)
    return policy


def filled(policy: Policy, path: str, value: Any) -> Policy:
    """The register with one value in place of what was open there, or a part that it did not have.

    Raises:
        DecisionError: the path is not open and says something else, or the value is not of the register's form, or is
            as silent as the register was.
    """
    content = plain(policy)
    known = {".".join(dotted(place, content)): (place, old) for place, old in places(content)}
    silent = silent_parts(policy)
    unanswered = [*(name for name, (_, old) in known.items() if _is_open(old)), *silent]
    place, old = known.get(path, ((path,) if path in silent else (), None))
    if not place:
        raise _not_open(path, unanswered)
    if _is_open(value):
        raise DecisionError(f"decisions.yaml: values: {path}: an answer cannot be open itself; take the entry out")
    new = _fitting(_replaced(content, place, _added(path, old, value)), path, is_open=path in unanswered)
    if new is None or (path not in unanswered and new != policy):
        raise _not_open(path, unanswered)
    if path in silent and path in silent_parts(new):
        raise DecisionError(f"decisions.yaml: values: {path}: this answer says nothing; name at least one")
    return new


def _fitting(content: Any, path: str, *, is_open: bool) -> Policy | None:
    """The register of these values; nothing where one does not fit for which nobody asked."""
    try:
        return checked(content)
    except ValidationError as error:
        if not is_open:
            return None
        problem = error.errors(include_url=False)[0]
        where = ".".join(named_place(problem, {place for place, _ in places(content)}, content)) or path
        raise DecisionError(f"decisions.yaml: values: {where}: {told_of(problem)}") from None


def _added(path: str, old: Any, value: Any) -> Any:
    """A part that has keys already keeps those of which the answer does not speak."""
    is_part = "." not in path and isinstance(old, dict) and isinstance(value, dict) and not _is_open(old)
    return old | value if is_part else value


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

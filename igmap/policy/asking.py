"""What a person is asked where the register leaves a value open, in plain words."""

from fnmatch import fnmatchcase

from igmap.policy.events import called, event_of
from igmap.policy.register import Policy
from igmap.policy.values import Open, Text
from igmap.vocabulary import CATEGORIES, load_yaml


def question(policy: Policy, path: str) -> Text:
    """The question that an open value puts to the organisation.

    Args:
        policy: the register.
        path: dotted, as `open_values` gives it.
    """
    patterns = load_yaml("igmap.policy", "questions.yaml").items()
    asked = next(told for pattern, told in patterns if fnmatchcase(path, pattern))
    label, start = _label(policy, path), _start(policy, path)
    figures = {
        language: {"label": getattr(label, language), "start": getattr(start, language)} for language in ("nl", "en")
    }
    return Text(nl=asked["nl"].format_map(figures["nl"]), en=asked["en"].format_map(figures["en"]))


def _label(policy: Policy, path: str) -> Text:
    """What the item is called that the path goes through."""
    group, _, rest = path.partition(".")
    name = rest.removeprefix("rules.").removeprefix("legal_holds.").partition(".")[0]
    rule = next((one for one in policy.retention.rules if one.id == name), None) if group == "retention" else None
    hold = next((one for one in policy.retention.legal_holds if one.id == name), None) if group == "retention" else None
    if group == "data_categories" and name in CATEGORIES:
        return Text(nl=CATEGORIES[name].nl, en=CATEGORIES[name].en)
    found = {"purposes": policy.purpose, "recipients": policy.recipient, "data_subjects": policy.data_subject}
    item = policy.purpose(rule.purpose) if rule else hold or (found[group](name) if group in found else None)
    return item.label if item else Text(nl=name or path, en=name or path)


def _start(policy: Policy, path: str) -> Text:
    """What the event of a retention rule is called."""
    rule = next((one for one in policy.retention.rules if path == f"retention.rules.{one.id}.period"), None)
    if rule is None or isinstance(rule.start, Open):
        return Text(nl="de gebeurtenis waarmee de termijn begint", en="the event it starts with")
    words = called(event_of(rule.start, policy.retention))
    return Text(nl=words.nl, en=words.en)

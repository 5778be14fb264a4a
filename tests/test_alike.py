"""alike.yaml: which checks tell the same."""

from igmap.policy.catalogue import rules_of
from igmap.vocabulary import load_yaml


def test_every_check_that_tells_the_same_as_another_is_in_the_catalogue() -> None:
    known = {rule.check for rule in rules_of(None)}
    assert {check for kind in load_yaml("igmap.policy", "alike.yaml").values() for check in kind} <= known

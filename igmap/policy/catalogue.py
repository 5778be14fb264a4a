"""The catalogue of rules: every check there is, what it needs, and the register's own word on it."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Literal

from igmap.policy.case import Check
from igmap.policy.register import Policy, Rule
from igmap.vocabulary import load_yaml

OF_THE_CATALOGUE = {"in", "needs", "judges"}


@dataclass(frozen=True, slots=True)
class Catalogued:
    """A rule of igmap's with the function that evaluates it.

    Args:
        rule: as the law alone has it.
        check: the function, in `igmap.policy.rules`.
        needs: data (the law judges it), register, or the purposes of datasets too.
        judges: data, or the register alone.
    """

    rule: Rule
    check: Check
    needs: Literal["data", "register", "purposes"]
    judges: Literal["data", "register"] = "data"


@cache
def catalogue() -> dict[str, Catalogued]:
    """Every rule there is, by the name of its check, in the order in which findings come."""
    entries = load_yaml("igmap.policy", "rules.yaml")
    return {entry["check"]: _catalogued(entry) for entry in entries}


def rules_of(policy: Policy | None) -> tuple[Rule, ...]:
    """The rules to evaluate: the register's word where it has one, the catalogue's for the rest."""
    own = policy.rules if policy else ()
    named = {rule.check for rule in own}
    return (*own, *(known.rule for check, known in catalogue().items() if check not in named))


def _catalogued(entry: dict[str, str]) -> Catalogued:
    rule = Rule.model_validate({key: value for key, value in entry.items() if key not in OF_THE_CATALOGUE})
    check: Check = getattr(import_module(f"igmap.policy.rules.{entry['in']}"), rule.check)
    needs, judges = entry["needs"], entry.get("judges", "data")
    return Catalogued(rule, check, needs, judges)  # type: ignore[arg-type]

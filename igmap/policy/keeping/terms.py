"""Which terms hold for which fields of a dataset: of the rules, the default, and the minimums of law."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from igmap.inventory.decisions import DatasetBinding
from igmap.inventory.inventory import DatasetInventory, Field
from igmap.policy.case import Case
from igmap.policy.limits import RetentionDefault, RetentionRule
from igmap.policy.register import Purpose
from igmap.policy.rules.periods import longer
from igmap.policy.values import Open


@dataclass(frozen=True, slots=True)
class Term:
    """A term that applies to fields of one dataset.

    Args:
        purpose: the fields serve.
        categories: it ends; those that a longer minimum of law still holds are under that minimum.
        rule: of the register; None where no rule and no default speaks of the categories.
        path: where it stands there.
    """

    purpose: Purpose
    categories: tuple[str, ...]
    rule: RetentionRule | RetentionDefault | None = None
    path: str = ""

    @property
    def minimum(self) -> bool:
        """Whether it is a minimum of law: it holds deletion back as long as it runs."""
        return isinstance(self.rule, RetentionRule) and self.rule.minimum

    @property
    def known(self) -> tuple[str, str] | None:
        """Start event and period, where the register says both."""
        if self.rule is None or isinstance(self.rule.start, Open) or isinstance(self.rule.period, Open):
            return None
        return self.rule.start, self.rule.period

    @property
    def at_end(self) -> str:
        """What happens when it ends: anonymise, delete or review; "" where nothing is said."""
        return self.rule.at_end if self.rule else ""

    @property
    def period(self) -> str:
        """The period, where there is one."""
        return self.rule.period if self.rule and isinstance(self.rule.period, str) else ""


Ruled = tuple[RetentionRule | RetentionDefault | None, str]


def terms_of(case: Case, dataset: DatasetInventory, fields: Sequence[Field], binding: DatasetBinding) -> Iterator[Term]:
    """The terms of a dataset, by the purposes that its fields serve; a minimum of law comes once for a category."""
    seen: set[tuple[str, str]] = set()
    for purpose, categories in _served(case, dataset, fields, binding):
        for term in _ordered(case, purpose, binding, categories):
            left = tuple(name for name in term.categories if not term.minimum or (term.path, name) not in seen)
            seen.update((term.path, name) for name in left)
            if left:
                yield replace(term, categories=left)


def _served(
    case: Case, dataset: DatasetInventory, fields: Sequence[Field], binding: DatasetBinding
) -> Iterator[tuple[Purpose, tuple[str, ...]]]:
    """The purposes that fields of a dataset serve, with the categories of those fields."""
    serving = [(field.category, {p.id for p in case.purposes(dataset, binding, field.name)}) for field in fields]
    for purpose in case.register.purposes:
        categories = tuple(dict.fromkeys(category for category, purposes in serving if purpose.id in purposes))
        if categories:
            yield purpose, categories


def _ordered(case: Case, purpose: Purpose, binding: DatasetBinding, categories: tuple[str, ...]) -> Iterator[Term]:
    """The terms for the categories of one purpose; first what no term covers."""
    covering = {name: _longest(case, binding, name, _ruled(case, purpose, name)) for name in categories}
    for path in sorted(dict.fromkeys(path for _, path in covering.values()), key=bool):
        under = tuple(name for name, (_, told) in covering.items() if told == path)
        yield Term(purpose, under, covering[under[0]][0], path)


def _ruled(case: Case, purpose: Purpose, category: str) -> Ruled:
    """The rule for a category: one that names it before one that names none, and the default where there is neither."""
    rules = [rule for rule in case.register.retention.rules if rule.purpose == purpose.id and not rule.minimum]
    named = [*(rule for rule in rules if category in rule.categories), *(rule for rule in rules if not rule.categories)]
    if named:
        return named[0], f"retention.rules.{named[0].id}"
    default = case.register.retention.default
    return (default, "retention.default") if default else (None, "")


def _longest(case: Case, binding: DatasetBinding, category: str, ruled: Ruled) -> Ruled:
    """The minimum of law for a category, of any purpose the dataset serves, where it is longer than the rule."""
    for rule in case.register.retention.rules:
        if rule.minimum and rule.purpose in (binding.purposes or ()) and category in rule.categories:
            before = ruled[0].period if ruled[0] else ""
            if (
                isinstance(rule.period, Open)
                or not isinstance(before, str)
                or not before
                or longer(rule.period, before)
            ):
                ruled = rule, f"retention.rules.{rule.id}"
    return ruled

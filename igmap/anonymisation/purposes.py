"""What the kept data are for, and what may not be there: as register, decisions and findings say."""

from collections.abc import Iterator
from dataclasses import dataclass

from igmap.inventory import Decisions, Inventory
from igmap.inventory.decisions import DatasetBinding
from igmap.policy import Finding, Findings, Open, Policy, Purpose
from igmap.policy.catalogue import rules_of
from igmap.vocabulary import load_yaml

TERM = "age_within_retention"  # a term that has passed is why data are anonymised, no reason to leave a column out
LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class KeptFor:
    """What a dataset may be kept for when nobody is in it any more.

    Args:
        purposes: of the dataset, by the decisions.
        better: those among them that anonymised data serve as well, by the register.
        rules: retention rules by which data of these purposes are anonymised at the end of their term.
    """

    purposes: tuple[Purpose, ...] = ()
    better: tuple[Purpose, ...] = ()
    rules: tuple[str, ...] = ()

    def words(self, lang: str) -> str:
        """In a sentence; "" when neither register nor decisions say anything."""
        said = load_yaml("igmap.anonymisation", "texts.yaml")["kept_for"]
        purposes = {"serves": self.purposes, "better": self.better}
        told = {key: ", ".join(getattr(one.label, lang) for one in ones) for key, ones in purposes.items()}
        told["rules"] = ", ".join(self.rules)
        return " ".join(said[key][lang].format(named) for key, named in told.items() if named)

    def measure(self, category: str, lang: str) -> str:
        """Which of the purposes need a category, for the words of a column; "" when none is said to."""
        said = load_yaml("igmap.anonymisation", "texts.yaml")["kept_for"]["measure"][lang]
        needed = [one for one in self.purposes if category in _listed(one.data_categories)]
        return said.format(", ".join(getattr(one.label, lang) for one in needed)) if needed else ""


def kept_for(policy: Policy | None, decisions: Decisions | None, source: str, table: str = "") -> KeptFor:
    """What the register and the decisions say that a dataset serves.

    Args:
        policy: the register with a person's answers in it.
        decisions: bind the dataset to purposes.
        source: of the dataset.
        table: of the dataset.
    """
    binding = (decisions or Decisions()).binding(source, table)
    if policy is None or binding is None:
        return KeptFor()
    serves = tuple(one for one in policy.purposes if one.id in (binding.purposes or ()))
    better = tuple(one for one in serves if one.prefer_anonymised)
    return KeptFor(serves, better, tuple(dict.fromkeys(_anonymised(policy, binding))))


def _anonymised(policy: Policy, binding: DatasetBinding) -> Iterator[str]:
    """Retention rules of the binding's purposes that end in anonymising."""
    for rule in policy.retention.rules:
        if rule.purpose in (binding.purposes or ()) and rule.at_end == "anonymise":
            yield rule.id


def _listed(categories: tuple[str, ...] | Open) -> tuple[str, ...]:
    return categories if isinstance(categories, tuple) else ()


def forbidden(findings: Findings | None, source: str, table: str = "", policy: Policy | None = None) -> dict[str, str]:
    """The fields that may not be there, each with the rule and the id of the finding that says so.

    Violations that somebody accepted do not count, and neither does a term that has passed.

    Args:
        findings: of a check; None when there was none.
        source: of the dataset.
        table: of the dataset.
        policy: the register, which may call the rules by names of its own.
    """
    place = "#".join(part for part in (source, table) if part)
    terms = {rule.id for rule in rules_of(policy) if rule.check == TERM}
    return {
        one.field: f"{one.rule}, {one.id}"
        for one in reversed(findings.items if findings else ())
        if one.dataset == place and one.field and _counts(one) and one.rule not in terms
    }


def _counts(finding: Finding) -> bool:
    return finding.outcome == "violation" and finding.accepted is None


def permitted(inventory: Inventory, findings: Findings | None, policy: Policy | None = None) -> Inventory:
    """The inventory without the quasi-identifiers and measures that may not be there."""
    from dataclasses import replace

    from igmap.anonymisation.candidate import MEASURES

    datasets = []
    for one in inventory.datasets:
        gone = forbidden(findings, one.source, one.table, policy)
        fields = (
            f for f in one.fields if f.name not in gone or not (f.identifiability == "quasi" or f.category in MEASURES)
        )
        datasets.append(replace(one, fields=tuple(fields)))
    return replace(inventory, datasets=tuple(datasets))

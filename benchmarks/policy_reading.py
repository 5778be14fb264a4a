"""How much of a privacy policy the reading finds, and how much it makes of what is not there.

    python benchmarks/policy_reading.py [privacyreglement.nl.md]

The invented policies of tests/data/policies are measured against what a careful reader wrote down for each; the ones
marked `held_out` were written before the cues and never looked at since. The policy of IG Learning is no part of this
repository: give its path (the text of data/samples/ig-learning/policy.yaml, as Markdown) to measure the 47 obligations
and the hand-made register as well.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from igmap.policy.drafting import Draft, items, read_policy_text

ROOT = Path(__file__).parent.parent
POLICIES = ROOT / "tests" / "data" / "policies"
HAND_MADE = ROOT / "data" / "samples" / "ig-learning" / "policy.yaml"
MAPPING = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True, slots=True)
class Measured:
    """One policy: what should be found, what was, and what of that should not."""

    name: str
    held_out: bool
    expected: frozenset[str]
    drafted: frozenset[str]
    false: frozenset[str]
    unrecognised: float

    @property
    def missed(self) -> frozenset[str]:
        """What was not found."""
        return self.expected - self.drafted

    @property
    def found_share(self) -> float:
        """Of what should be found, 0-1."""
        return 1 - len(self.missed) / len(self.expected)

    @property
    def false_share(self) -> float:
        """Of what was drafted, 0-1."""
        return len(self.false) / len(self.drafted)


def same(key: str) -> str:
    """A key with its term in days where it is in weeks, since both are the same."""
    return re.sub(r":P(\d+)W$", lambda weeks: f":P{int(weeks[1]) * 7}D", key)


def keys(content: Mapping[str, Any]) -> frozenset[str]:
    """The items of a register, as keys that can be compared."""
    return frozenset(map(same, items(content)))


def measured(path: Path) -> Measured:
    """One of the invented policies, against what a reader wrote down."""
    truth = yaml.safe_load(path.with_suffix(".yaml").read_text("utf-8"))
    draft = read_policy_text(path)
    drafted, expected = keys(draft.content), frozenset(map(same, truth["items"]))
    true = expected | frozenset(map(same, truth.get("allowed", ())))
    return Measured(path.stem, truth["held_out"], expected, drafted, drafted - true, _rest(draft))


def _rest(draft: Draft) -> float:
    return len(draft.unrecognised) / len(draft.passages)


def policies() -> list[Measured]:
    """All invented policies."""
    return [measured(path) for path in sorted(POLICIES.glob("*.md"))]


def hand_made() -> frozenset[str]:
    """The items of the register that a person made of the IG Learning text, without what law or example brought in."""

    def stated(value: Any) -> Any:
        if isinstance(value, list):
            return [
                stated(one) for one in value if not (isinstance(one, dict) and one.get("origin") in {"law", "example"})
            ]
        return {key: stated(one) for key, one in value.items()} if isinstance(value, dict) else value

    content = stated(yaml.safe_load(HAND_MADE.read_text("utf-8")))
    content["rules"] = [rule for rule in content["rules"] if rule.get("source")]
    return keys(content)


def obligations(draft: Draft) -> dict[str, bool]:
    """Which of the 47 obligations an item of the draft covers, with its words in the quote."""
    found = {same(key): " ".join(str(source.get("quote", "")).split()) for key, source in items(draft.content).items()}
    mapping = yaml.safe_load(MAPPING.read_text("utf-8"))["obligations"]
    return {
        name: entry["words"] in found.get(entry["item"], "") and all(other in found for other in entry.get("also", ()))
        for name, entry in mapping.items()
    }


def told(one: Measured) -> str:
    """The figures of one policy on a line."""
    kind = "held out" if one.held_out else "tuned on"
    figures = f"{len(one.expected) - len(one.missed):3} of {len(one.expected):3} ({one.found_share:4.0%})"
    false = f"false {len(one.false):2} of {len(one.drafted):3} ({one.false_share:4.0%})"
    return f"{one.name:14} {kind}: {figures}, {false}, sentences left {one.unrecognised:4.0%}"


def _list(title: str, keys_: Iterable[str]) -> None:
    if keys_:
        print(f"    {title}: {', '.join(sorted(keys_))}")


def main() -> None:
    """Print the figures."""
    for one in policies():
        print(told(one))
        _list("missed", one.missed)
        _list("false", one.false)
    if len(sys.argv) < 2:  # noqa: PLR2004 - the path of the text
        print("IG Learning: give the path of its policy as Markdown; the text is no part of this repository")
        return
    draft = read_policy_text(Path(sys.argv[1]))
    covered, expected, drafted = obligations(draft), hand_made(), keys(draft.content)
    also = frozenset(yaml.safe_load(MAPPING.read_text("utf-8"))["also_true"])
    print(f"IG Learning: {sum(covered.values())} of {len(covered)} obligations; sentences left {_rest(draft):.0%}")
    _list("obligations missed", [name for name, is_covered in covered.items() if not is_covered])
    print(f"    of the hand-made register: {len(expected & drafted)} of {len(expected)} items")
    _list("missed", expected - drafted)
    _list("false", drafted - expected - also)


if __name__ == "__main__":
    main()

"""Earlier registers that are kept beside policy.yaml, as policy-VERSION.yaml."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from igmap.errors import PolicyError
from igmap.policy.reading import load_policy
from igmap.policy.register import Policy
from igmap.workspace import Workspace

PATTERN = "policy-*.yaml"


@dataclass(frozen=True, slots=True)
class Kept:
    """A register in a file of its own.

    Args:
        file: its name.
        policy: what it says; None when the file cannot be read as a register.
    """

    file: str
    policy: Policy | None


def kept_registers(workspace: Workspace) -> tuple[Kept, ...]:
    """The registers beside policy.yaml, the earliest first: by the day they took effect, then by their file name."""
    found = [Kept(path.name, _read(path)) for path in sorted(workspace.root.glob(PATTERN))]
    return tuple(sorted(found, key=lambda one: (_day(one.policy), _natural(one.file))))


def predecessor(policy: Policy, kept: Iterable[Kept]) -> Kept | None:
    """The register that was in force before this one: the latest kept one that is not a copy of its own version.

    One that takes effect on a later day than the register itself is none.
    """
    version, effective = policy.header.version, policy.header.effective_from
    last = effective if isinstance(effective, date) else date.max
    earlier = [
        one
        for one in kept
        if one.policy not in (None, policy)
        and _day(one.policy) <= last
        and not (isinstance(version, str) and one.policy.header.version == version)
    ]
    return earlier[-1] if earlier else None


def _day(policy: Policy | None) -> date:
    effective = policy.header.effective_from if policy else None
    return effective if isinstance(effective, date) else date.min


def _natural(name: str) -> list[tuple[int, str]]:
    """Version 10 after version 9."""
    return [(int(part) if part.isdigit() else -1, part) for part in re.findall(r"\d+|\D+", name)]


def _read(path: Path) -> Policy | None:
    try:
        return load_policy(path)
    except PolicyError:
        return None

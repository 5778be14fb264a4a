"""The published register of a workspace with the earlier ones beside it, read and compared once for all rules."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from igmap.policy.reading import load_policy
from igmap.policy.register import Policy
from igmap.policy.versions.diff import Diff, diff
from igmap.policy.versions.kept import PATTERN, Kept, kept_registers, predecessor
from igmap.workspace import Workspace

REGISTER = "policy.yaml"


@dataclass(frozen=True, slots=True)
class Beside:
    """The register as it was published, without answers, and the earlier ones in files beside it.

    Args:
        policy: of policy.yaml.
        kept: the others, the earliest first.
        compared: what changed since a file, as far as somebody asked.
    """

    policy: Policy
    kept: tuple[Kept, ...]
    compared: dict[str, Diff] = field(default_factory=dict, compare=False, repr=False)

    @property
    def registers(self) -> list[tuple[str, Policy]]:
        """All that can be read, with their files; policy.yaml first."""
        return [(REGISTER, self.policy), *((one.file, one.policy) for one in self.kept if one.policy)]

    def before(self) -> tuple[str, Policy] | None:
        """What the register is to be compared with: another content under its own version, or else its predecessor."""
        version = self.policy.header.version
        rewritten = [one for one in self.registers[1:] if one[1].header.version == version and one[1] != self.policy]
        if rewritten and isinstance(version, str):
            return rewritten[-1]
        found = predecessor(self.policy, self.kept)
        return (found.file, found.policy) if found and found.policy else None

    def since(self, file: str) -> Diff:
        """What changed since one of the registers."""
        if file not in self.compared:
            self.compared[file] = diff(dict(self.registers)[file], self.policy)
        return self.compared[file]


def beside(workspace: Workspace | None) -> Beside | None:
    """The registers of a workspace; None without a workspace or a register."""
    if workspace is None or not workspace.policy.exists():
        return None
    files = (workspace.policy, *sorted(workspace.root.glob(PATTERN)))
    stamps = tuple((path.name, status.st_mtime_ns, status.st_size) for path in files for status in [path.stat()])
    return _read(workspace.root, stamps)


@lru_cache(maxsize=4)
def _read(root: Path, stamps: tuple[tuple[str, int, int], ...]) -> Beside:  # noqa: ARG001 - of files that changed anew
    workspace = Workspace(root)
    return Beside(load_policy(workspace.policy), kept_registers(workspace))

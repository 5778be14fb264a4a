"""Views of a change of the policy, for notebook cells: what changed, and what it means for the data that are held."""

from collections.abc import Sequence
from pathlib import Path

from igmap.errors import PolicyError
from igmap.policy import Policy, load_policy
from igmap.policy.versions import Affected, Announcement, Diff, kept_registers, predecessor
from igmap.policy.versions.pages import change_table, dataset_table, summary
from igmap.workbench.views import Language, View
from igmap.workspace import Workspace


def earlier(workspace: Workspace, file: str = "") -> Policy:
    """The register to compare policy.yaml with: that of a file, or the one that was in force before.

    Args:
        workspace: with policy.yaml.
        file: an earlier register in it; none for the latest that is kept beside policy.yaml.

    Raises:
        PolicyError: no earlier register is kept, or it cannot be read.
    """
    if file:
        return load_policy(Path(workspace.root) / file)
    found = predecessor(load_policy(workspace.policy), kept_registers(workspace))
    if found is None or found.policy is None:
        raise PolicyError("no earlier register lies beside policy.yaml; keep one there as policy-VERSION.yaml")
    return found.policy


def in_short(changed: Diff, announced: Announcement, lang: Language = "nl") -> View:
    """What the words mean, how many changes go which way, and whether the change was announced in time."""
    return View(summary(changed, announced, lang), lang)


def changes(changed: Diff, lang: Language = "nl") -> View:
    """Every change in a sentence, what becomes looser first."""
    return View((change_table(changed, lang),), lang)


def datasets(found: Sequence[Affected], lang: Language = "nl") -> View:
    """What has to be done for which datasets, and why."""
    return View((dataset_table(found, lang),), lang)

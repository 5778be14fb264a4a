"""Views of the policy for notebook cells: what it leaves open, what passes its term when, what a change of it means."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from igmap.errors import PolicyError
from igmap.flows.pictures import Held
from igmap.flows.pictures.retention_calendar import retention_calendar
from igmap.policy import Policy, load_policy
from igmap.policy.case import Case
from igmap.policy.catalogue import rules_of
from igmap.policy.hanging import Found
from igmap.policy.keeping.calendar import calendar_of
from igmap.policy.keeping.judging import judge
from igmap.policy.left_open import left_open
from igmap.policy.messages import term
from igmap.policy.versions import Affected, Announcement, Diff, kept_registers, predecessor
from igmap.policy.versions.pages import change_table, dataset_table, summary
from igmap.report import Table, text
from igmap.sources import Exports
from igmap.vocabulary import load_yaml
from igmap.workbench.views import Language, View, picture
from igmap.workspace import Workspace


def questions(held: Held, *, today: date, lang: Language = "nl") -> View:
    """What the register leaves open: what is asked, what it may be, and the rules that stay open because of it.

    Args:
        held: what was found, the register with the answers that were given, and what a person decided.
        today: the day everything is reckoned to.
        lang: nl or en.
    """
    words = load_yaml("igmap.workbench", "texts.yaml")
    rows = tuple(
        (
            one.path,
            getattr(one.question, lang),
            ", ".join(map(str, one.suggest)),
            tuple(f"{rule} {term(check, lang)}" for rule, check in one.hanging.rules),
        )
        for one in (left_open(held.policy, Found(held.inventory, held.decisions, today)) if held.policy else ())
    )
    heads = tuple(words[key][lang] for key in ("path", "asked", "suggest", "hangs"))
    return View((Table(heads, rows, words["questions"][lang]),), lang)


def passing(exports: Exports, held: Held, *, today: date, lang: Language = "nl") -> View:
    """How many records pass their term when, as a picture.

    Args:
        exports: open tables.
        held: what was found in them, the register with the answers that were given, and what a person decided.
        today: the day everything is reckoned to.
        lang: nl or en.
    """
    rule = next(rule for rule in rules_of(held.policy) if rule.check == "age_within_retention")
    judged = judge(Case(rule, held.inventory, held.policy, held.decisions, exports, today))
    figure = retention_calendar(calendar_of(judged, today), lang, on=today)
    return picture(figure, text("retention.calendar", lang), lang)


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

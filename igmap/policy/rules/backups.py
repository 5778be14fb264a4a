"""What escapes a term: backups, which keep what was deleted, and holds, which keep it on purpose."""

import re
from collections.abc import Iterator
from datetime import date

from igmap.inventory.holds import Hold
from igmap.inventory.inventory import DatasetInventory
from igmap.policy.case import UNSAID, Case, Draft
from igmap.policy.keeping.clocks import dates
from igmap.policy.rules.periods import later, spelled
from igmap.policy.values import Open

DAY = re.compile(r"(?<!\d)(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")


def backups_have_rotation_term(case: Case) -> Iterator[Draft]:
    """R55: whether the register says how long backups stay, and exports that are backups by their name."""
    backups = case.register.retention.backups
    period = backups.period if backups else None
    if backups is None or isinstance(period, Open):
        words, source = ("no_rotation", backups.source) if backups else ("not_said", UNSAID)
        yield Draft(case.rule.when_open, words, item="retention.backups", source=source)
    for dataset in case.inventory.datasets:
        if is_backup(dataset.source):
            yield from _aged(case, dataset, period if isinstance(period, str) else None)


def is_backup(source: str) -> bool:
    """Whether a file is a backup by its name: a whole word of it says so.

    Example:
        >>> is_backup("archief/moodle_backup_2024.sql"), is_backup("holdings.csv")
        (True, False)
    """
    words = re.split(r"[\W_]+", source.lower().replace("back-up", "backup"))
    return any(word in dates()["backups"] for word in words)


def _aged(case: Case, dataset: DatasetInventory, period: str | None) -> Iterator[Draft]:
    """A backup that is older than the rotation by the day in its name; open where one of the two is not said."""
    made = _day_in(dataset.source)
    if made is None or period is None:
        yield Draft(case.rule.when_open, "age_unknown", dataset, item="backup", figures={"records": dataset.rows})
    elif later(made, period) < case.today:
        figures = {"period": spelled(period), "records": dataset.rows}
        yield Draft(case.rule.effect, "too_old", dataset, item="backup", figures=figures)


def _day_in(name: str) -> date | None:
    for year, month, day in DAY.findall(name):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def holds_are_current(case: Case) -> Iterator[Draft]:
    """R56: holds that have ended, that are about nothing here, or that cannot tell whom they are about."""
    for hold in case.decisions.holds:
        item, figures = f"holds.{hold.dataset}.{hold.on}", {"place": hold.dataset, "until": str(hold.until)}
        held = [d for d, _, binding in case.bound() if hold.reaches(d.source, d.table, binding.id)]
        if hold.until < case.today:
            yield Draft(case.rule.effect, "ended", item=item, figures=figures)
        elif not held:
            yield Draft("open", "nothing_held", item=item, figures=figures)
        else:
            for one in _unable(case, hold, held):
                yield Draft("open", "nobody_known", one, item=item, figures=figures)


def _unable(case: Case, hold: Hold, held: list[DatasetInventory]) -> Iterator[DatasetInventory]:
    """Datasets in which nothing tells whom a hold on persons is about: all their records are held."""
    for dataset in held if hold.persons else []:
        binding = case.decisions.binding(dataset.source, dataset.table)
        if binding is None or binding.person_key not in {field.name for field in dataset.fields}:
            yield dataset

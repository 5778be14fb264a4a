"""Decide what a field is, for its file of every month; said by whom, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from igmap.errors import DecisionError, nearest
from igmap.inventory.deciding.ledger import open_ledger
from igmap.inventory.deciding.places import Key, Places, places_of
from igmap.inventory.deciding.series import is_pattern, pattern_of, series_of, unnumbered
from igmap.inventory.deciding.words import label as label_of
from igmap.inventory.decisions import Decisions, FieldDecision
from igmap.inventory.inventory import Inventory
from igmap.inventory.labels import titled
from igmap.vocabulary import category_called, category_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from igmap.sources import Exports
    from igmap.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person says of one field.

    Args:
        file: as shown, or as the export itself is called; its last part is enough where that is of one file; a pattern
            (`crm_*.csv`), or the id of a binding in decisions.yaml.
        field: as shown, or as the export has it.
        category: of igmap's vocabulary, or its Dutch or English name; `none` when it is nothing personal.
        by: who decides.
        why: on what ground.
        table: the sheet or table, if it is about that one only.
        purposes: of the register; none leaves those decided before, or else those of the dataset.
        on: the day; by default today.
        exactly: for this very file, and not for the same export of other days.
    """

    file: str
    field: str
    category: str
    by: str
    why: str
    table: str = ""
    purposes: tuple[str, ...] = ()
    on: date | None = None
    exactly: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one field of the exports that are here now.

    Args:
        source: its file.
        table: its sheet or table.
        field: its name.
        before: its category as found or decided before; "" when that was not looked at.
        after: its category from now on; another than decided where a more specific decision holds.
    """

    source: str
    table: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was written, and the fields it decides.

    Args:
        decision: as it stands in decisions.yaml.
        changes: one per field of the present exports that it is about.
        decisions: everything decided, for the next `discover`.
    """

    decision: FieldDecision
    changes: tuple[Change, ...]
    decisions: Decisions

    def line(self, lang: str) -> str:
        """What was written, in words."""
        from igmap.report import text

        label = label_of(self.decision.category, lang)
        figures = {"dataset": self.decision.dataset, "field": self.decision.field, "category": label}
        return text("decide.written", lang, **figures, count=len(self.changes))

    def lines(self, lang: str) -> Iterator[str]:
        """The fields it decides, one a line, and those that a more specific decision keeps."""
        from igmap.report import text

        for change in self.changes:
            label = label_of(change.after, lang)
            place = {"place": titled(change.source, change.table), "field": change.field}
            kept, other = change.after != self.decision.category, change.before not in {"", change.after}
            key = "overruled" if kept else "changed" if other else "holds"
            was = label_of(change.before, lang) if other else ""
            yield text(f"decide.{key}", lang, **place, category=label, before=was)

    def _repr_html_(self) -> str:
        from igmap.report import Paragraph, fragment

        return fragment([Paragraph("\n".join((self.line("nl"), *self.lines("nl"))))], lang="nl")


def decide(
    workspace: Workspace,
    what: Inventory | Exports,
    choice: Choice,
    *,
    purposes: Collection[str] | None = None,
) -> Decided:
    """Write what a person says of a field into decisions.yaml, where the rest stays as it was written.

    A file with a date in its name stands for its series: what is said of `crm_2026-11.csv` is written for `crm_*.csv`,
    and next month's export falls under it. All sheets or tables with such a field are meant, unless one is named.

    Args:
        workspace: whose decisions.yaml it is.
        what: the inventory, or the open exports.
        choice: what is said, and by whom.
        purposes: of the register; None when there is none to compare with.

    Returns:
        What was written, with the fields it decides now.

    Raises:
        DecisionError: file, field, category or purpose is unknown, with the nearest that is; or decisions.yaml was
            changed in the meantime.
    """
    ledger = open_ledger(workspace.decisions)
    places = places_of(what, workspace.root / "private" / "names.json")
    decision = _decision(choice, places, ledger.decisions)
    refuse_purposes(decision.purposes, purposes)
    longer = ledger.with_added([decision])
    changes = tuple(_changes(decision, longer.decisions, what, places))
    return Decided(decision, changes, longer.decisions)


def _decision(choice: Choice, places: Places, decisions: Decisions) -> FieldDecision:
    for name in ("by", "why"):
        if not getattr(choice, name).strip():
            raise DecisionError(f"a decision says by whom and why: fill in --{name}")
    keys = places.datasets(choice.file, choice.table, decisions)
    field = places.field(keys, choice.field)
    having = [key for key in keys if field in {*places.fields[key], *map(unnumbered, places.fields[key])}]
    held = decisions.field(*having[0], field)
    return FieldDecision(
        dataset=_written(choice, having, places, decisions),
        field=field if choice.exactly else unnumbered(field),
        category=category_of(choice.category),
        purposes=choice.purposes or (held.purposes if held else ()),
        by=choice.by.strip(),
        on=choice.on or date.today(),  # noqa: DTZ011 - the analyst's own day
        why=choice.why.strip(),
    )


def _written(choice: Choice, keys: list[Key], places: Places, decisions: Decisions) -> str:
    """How decisions.yaml names the datasets: by the id of a binding, the pattern given, or the file's own series."""
    source, table = keys[0][0], choice.table and keys[0][1]
    if any(binding.id == choice.file for binding in decisions.datasets) and choice.file not in {k[0] for k in keys}:
        return choice.file
    if is_pattern(choice.file) and not any(source == choice.file for source, _ in keys):
        return f"{choice.file}#{choice.table}" if choice.table else choice.file
    return named(source, table, places, exactly=choice.exactly)


def named(source: str, table: str, places: Places, *, exactly: bool) -> str:
    """A file, and a sheet or table of it, as decisions.yaml names it: by its series, or exactly."""
    file, sheet = (source, table) if exactly else series_name(source, table, places)
    return f"{file}#{sheet}" if sheet else file


def series_name(source: str, table: str, places: Places) -> Key:
    """The pattern of a file's series, and that of a sheet or table of it; the file's own name where there is none.

    Where the pattern of the series would take in another export that is here (`crm_*.csv` and `crm_leads.csv`), a digit
    has to stand where the date stood; where even that does not part them, the file is named exactly.
    """
    for narrow in (False, True):
        file, sheet = pattern_of(source, narrow=narrow), pattern_of(table, narrow=narrow)
        whole = f"{file}#{sheet}" if table else file
        taken = [key for key in places.fields if fnmatchcase(f"{key[0]}#{key[1]}" if table else key[0], whole)]
        lettered = sum(letter.isalpha() for letter in file.rpartition("/")[2].rpartition(".")[0])
        alike = {series_of(*key)[0] for key in taken} <= {series_of(source, table)[0]}
        if (file, sheet) == (source, table) or (alike and (narrow or lettered)):
            return file, sheet
    return source, table


def category_of(word: str) -> str:
    """The category a person means by its id or its Dutch or English name, whatever the capitals.

    Raises:
        DecisionError: there is none; with the nearest.
    """
    category = category_called(word)
    if category is None:
        raise DecisionError(f"unknown category {word!r}{nearest(word.casefold(), category_names())}")
    return category


def refuse_purposes(wanted: Collection[str], known: Collection[str] | None) -> None:
    """Every purpose has to stand in the register.

    Raises:
        DecisionError: one does not; with the nearest that does.
    """
    for purpose in wanted:
        if known is not None and purpose not in known:
            raise DecisionError(f"the register has no purpose {purpose!r}{nearest(purpose, known)}")


def _changes(
    decision: FieldDecision, decisions: Decisions, what: Inventory | Exports, places: Places
) -> Iterator[Change]:
    """The fields that the decision is about, and what holds for them now."""
    alone = decisions.model_copy(update={"fields": (decision,)})
    for (source, table), names in places.fields.items():
        for name in names:
            if alone.field(source, table, name):
                holding = decisions.field(source, table, name)
                yield Change(
                    source, table, name, _before(what, source, table, name), holding.category if holding else ""
                )


def _before(what: Inventory | Exports, source: str, table: str, name: str) -> str:
    dataset = what.dataset(source, table) if isinstance(what, Inventory) else None
    field = dataset.field(name) if dataset else None
    return field.category if field else ""

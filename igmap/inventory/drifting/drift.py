"""A drift report: what one inventory says and another does not. It holds counts and shares, never a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from igmap.inventory.deciding.words import label
from igmap.inventory.labels import titled
from igmap.report import Badge, Table, number, percentage, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from igmap.report.blocks import Cell

Aspect = Literal["verdict", "category", "identifiability", "special", "secret"]


@dataclass(frozen=True, slots=True)
class Place:
    """A field of one of the inventories.

    Args:
        source: its file there.
        table: its sheet or table.
        field: its name.
        verdict: found, none or undecided.
        category: of igmap's vocabulary.
        rows: of the dataset.
    """

    source: str
    table: str
    field: str
    verdict: str
    category: str
    rows: int

    @property
    def is_personal(self) -> bool:
        """Whether it holds personal data, or may hold them."""
        return self.verdict != "none"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of which something else is said now.

    Args:
        place: where it is now.
        aspect: what is said otherwise.
        before: what was said.
        after: what is said.
        is_worse: whether it is personal, more identifying or under a special regime since.
    """

    place: Place
    aspect: Aspect
    before: str
    after: str
    is_worse: bool


@dataclass(frozen=True, slots=True)
class Renamed:
    """A field that is gone and a new one that looks the same: perhaps one field with another name.

    Args:
        old: the field that is gone.
        new: the field that came.
        distance: the largest difference between their shares, 0-1.
    """

    old: Place
    new: Place
    distance: float


@dataclass(frozen=True, slots=True)
class ShareMoved:
    """A detector that fires in another share of the records than before, by more than chance.

    Args:
        place: where it is now.
        detector: its id.
        before: records in which it fired, and the records with a value.
        after: the same now.
        z: of the two-proportion test, negative when the share fell.
        is_new: it never fired here before, and recognises what points at a person or is special.
    """

    place: Place
    detector: str
    before: tuple[int, int]
    after: tuple[int, int]
    z: float
    is_new: bool


@dataclass(frozen=True, slots=True)
class RowsMoved:
    """A dataset with clearly more or fewer records."""

    source: str
    table: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Drift:
    """What changed between two inventories.

    Args:
        compared: datasets that are in both, as file of before and file of now.
        new: fields that were not there; all of a new dataset among them.
        gone: fields that are not there any more.
        changed: fields of which something else is said.
        renamed: candidates among the new and the gone; they are among those too.
        shares: detections that moved by more than chance.
        rows: datasets with clearly more or fewer records.
    """

    compared: tuple[tuple[str, str], ...]
    new: tuple[Place, ...] = ()
    gone: tuple[Place, ...] = ()
    changed: tuple[FieldChange, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    shares: tuple[ShareMoved, ...] = ()
    rows: tuple[RowsMoved, ...] = ()

    @property
    def is_personal(self) -> bool:
        """Whether something personal has appeared: a field, a verdict, or an identifier where there was none.

        A field that is only called otherwise is nothing new.
        """
        renamed = {one.new for one in self.renamed}
        return (
            any(place.is_personal and place not in renamed for place in self.new)
            or any(change.is_worse for change in self.changed)
            or any(moved.is_new for moved in self.shares)
        )

    def line(self, lang: str) -> str:
        """The answer in a sentence."""
        counts = {name: len(getattr(self, name)) for name in ("new", "gone", "changed", "renamed", "shares", "rows")}
        told = text("drift.line", lang, compared=len(self.compared), **counts)
        return f"{told} {text('drift.personal' if self.is_personal else 'drift.calm', lang)}"

    def tables(self, lang: str) -> tuple[Table, ...]:
        """A table per kind of change; those without any are left out."""
        told: dict[str, tuple[tuple[str, ...], Iterable[tuple[Cell, ...]]]] = {
            "new": (("run.category",), ((*_at(one), _kind(one, lang)) for one in self.new)),
            "gone": (("run.category",), ((*_at(one), _kind(one, lang)) for one in self.gone)),
            "changed": (("drift.before", "drift.after"), (_changed(one, lang) for one in self.changed)),
            "renamed": (("drift.was", "run.category"), (_renamed(one, lang) for one in self.renamed)),
            "shares": (("drift.detector", "drift.before", "drift.after"), (_moved(one, lang) for one in self.shares)),
            "rows": (("drift.before", "drift.after"), (_rows(one, lang) for one in self.rows)),
        }
        return tuple(_table(key, heads, tuple(rows), lang) for key, (heads, rows) in told.items() if getattr(self, key))

    def _repr_html_(self) -> str:
        from igmap.report import Paragraph, fragment

        return fragment([Paragraph(self.line("nl")), *self.tables("nl")], lang="nl")


def _table(key: str, heads: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], lang: str) -> Table:
    common = ("run.dataset",) if key == "rows" else ("run.dataset", "run.field")
    return Table(tuple(text(head, lang) for head in (*common, *heads)), rows, text(f"drift.{key}", lang))


def _at(place: Place) -> tuple[str, str]:
    return titled(place.source, place.table), place.field


def _kind(place: Place, lang: str) -> Cell:
    if place.verdict == "undecided":
        return Badge("open", text("reason.verdict_undecided", lang))
    return label(place.category, lang)


def _changed(change: FieldChange, lang: str) -> tuple[Cell, ...]:
    before, after = (_said(change.aspect, value, lang) for value in (change.before, change.after))
    return (*_at(change.place), before, Badge("warning", after) if change.is_worse else after)


def _said(aspect: Aspect, value: str, lang: str) -> str:
    keys = {
        "verdict": f"reason.verdict_{value}",
        "special": f"drift.special.{value}",
        "secret": f"drift.secret.{value}",
    }
    if aspect == "category":
        return label(value, lang)
    return text(keys.get(aspect, f"drift.identifiability.{value}"), lang)


def _renamed(one: Renamed, lang: str) -> tuple[Cell, ...]:
    return (*_at(one.new), one.old.field, _kind(one.new, lang))


def _moved(one: ShareMoved, lang: str) -> tuple[Cell, ...]:
    before, after = (
        f"{percentage(n / of if of else 0.0, lang)} ({number(n, lang)})" for n, of in (one.before, one.after)
    )
    return (*_at(one.place), label(one.detector, lang), before, Badge("warning", after) if one.is_new else after)


def _rows(one: RowsMoved, lang: str) -> tuple[Cell, ...]:
    return titled(one.source, one.table), number(one.before, lang), number(one.after, lang)

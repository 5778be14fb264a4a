"""The types of all columns, as typed views tell them: for the terminal, the notebook, and whoever plans a release."""

from collections.abc import Iterator
from datetime import date

from igmap.inventory.labels import Located, shown, titled
from igmap.report import Cell, Table, percentage, text
from igmap.sources import Exports
from igmap.sources.typed.views import typed_view

HEADS = ("run.dataset", "run.field", "type.type", "type.share", "type.notation")


def types(exports: Exports, lang: str, *, today: date) -> Table:
    """The type of every field, with the share of its records that can be read so; names masked as everywhere.

    Args:
        exports: open tables.
        lang: nl or en.
        today: two-digit years lie in the hundred years before it and one after.
    """
    rows = (row for located in shown(exports) for row in _rows(exports, located, lang, today))
    return Table(tuple(text(key, lang) for key in HEADS), tuple(rows), text("type.caption", lang))


def _rows(exports: Exports, located: Located, lang: str, today: date) -> Iterator[tuple[Cell, ...]]:
    for field, column in located.columns.items():
        view = typed_view(exports.engine, column, today=today)
        notation = "ambiguous" if view.ambiguous else view.notation
        share = percentage(view.share, lang) if view.kind != "text" else ""
        told = text(f"type.{notation}", lang) if notation else ""
        yield titled(located.source, located.table), field, text(f"type.{view.kind}", lang), share, told

"""`igmap bind --to`: datasets with what igmap proposes, as a spreadsheet. No value of a cell is in it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from igmap.inventory.deciding.form_out import Listed, Shape, write_form
from igmap.inventory.decisions import DatasetBinding
from igmap.policy.binding.dates import events_of
from igmap.policy.binding.known import Known
from igmap.policy.binding.proposal import PARTS, Proposal
from igmap.policy.binding.sheet import BINDINGS, key_of
from igmap.policy.binding.told import overview, parts_told, value_told
from igmap.policy.register import Policy
from igmap.report import text
from igmap.vocabulary import CATEGORIES

_WIDTHS = {"files": 34, "table": 14, "state": 14, "categories": 28, "proposal": 64, "decision": 12, "why": 34, "by": 20}
_WIDTHS |= {"on": 12, "key": 4} | dict.fromkeys(PARTS, 22)
_HELP = ("what", "decision", "purposes", "others", "why", "by", "leave", "back")


def write_bindings(path: Path, known: Known, lang: str, *, on: datetime) -> Path:
    """Write a row per series of exports: as it is bound, or what igmap proposes and room to say it.

    Args:
        path: of the file; one that is there is not overwritten, since somebody may have filled it in.
        known: what the proposals rest on.
        lang: nl or en, of everything in it.
        on: stands in the file's properties.

    Raises:
        WorkspaceError: the file is there, is no .xlsx, or cannot be written.
    """
    help_texts = tuple(f"bind.help.{name}" for name in _HELP)
    shape = Shape(BINDINGS, _WIDTHS, "table", help_texts, tuple(_lists(known.policy, lang)))
    write_form(path, shape, list(_rows(known, lang)), lang, on=on)
    return path


def _lists(policy: Policy, lang: str) -> Iterator[Listed]:
    """What may be filled in: the register's own words."""
    yield Listed("decision", "about", ((text("bind.sheet.accept", lang), text("bind.help.accept", lang)),))
    roles = tuple((role, text(f"bind.role.{role}", lang)) for role in ("controller", "processor"))
    yield Listed("role", "about", roles)
    for column, items in (
        ("purposes", policy.purposes),
        ("data_subjects", policy.data_subjects),
        ("recipients", policy.recipients),
    ):
        yield Listed(column, "about", tuple((one.id, str(getattr(one.label, lang))) for one in items), offered=False)
    events = tuple((event, text("bind.help.event", lang)) for event in events_of(policy))
    yield Listed("start_columns", "about", events, offered=False)


def _rows(known: Known, lang: str) -> Iterator[dict[str, Any]]:
    seen: set[tuple[str, str]] = set()
    for source, table, one, state in overview(known).rows():
        scope = one.scope if isinstance(one, DatasetBinding) else (one.files, one.sheet) if one else None
        if one is None or scope is None or scope in seen:
            continue
        seen.add(scope)
        dataset = known.inventory.dataset(source, table)
        found = dict.fromkeys(field.category for field in dataset.fields if field.verdict == "found") if dataset else {}
        labels = ", ".join(str(getattr(CATEGORIES[name], lang)) for name in found if name != "none")
        told = {"files": scope[0], "table": scope[1], "state": text(f"bind.state.{state}", lang), "categories": labels}
        yield told | (_bound(one) if isinstance(one, DatasetBinding) else _proposed(one, lang))


def _bound(binding: DatasetBinding) -> dict[str, Any]:
    """As it was said, to be changed where it is wrong."""
    parts = {name: value_told(getattr(binding, name)) for name in PARTS} | {"purposes": said(binding.purposes)}
    return parts | {"why": binding.why, "by": binding.by, "on": binding.on, "key": key_of(*binding.scope, None)}


def said(purposes: tuple[str, ...] | None) -> str:
    """Purposes as a person writes them: none at all is something said."""
    return "" if purposes is None else value_told(purposes) or "none"


def _proposed(proposal: Proposal, lang: str) -> dict[str, Any]:
    """The proposal in its own column; what a person fills in stays empty."""
    lines = [
        "\n".join((f"{text(f'bind.part.{name}', lang)}: {value}", *(f"– {reason}" for reason in reasons)))
        for name, value, reasons in parts_told(proposal, lang)
    ]
    return {"proposal": "\n".join(lines), "key": key_of(proposal.files, proposal.sheet, proposal)}

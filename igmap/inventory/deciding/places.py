"""Which dataset and field a person means: by the name shown, by the export's own name, by a pattern or a binding."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from igmap.errors import DecisionError, nearest
from igmap.inventory.deciding.series import is_pattern, unnumbered
from igmap.inventory.labels import shown, titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from igmap.inventory.decisions import Decisions
    from igmap.inventory.inventory import Inventory
    from igmap.sources import Exports

Key = tuple[str, str]
Name = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Places:
    """The fields there are, under the names that may be shown.

    Args:
        fields: source and table -> names of fields.
        own: a name as the export itself has it -> the name shown, where they differ.
    """

    fields: Mapping[Key, tuple[str, ...]]
    own: Mapping[Name, Name] = field(default_factory=dict)

    def datasets(self, file: str, table: str, decisions: Decisions) -> tuple[Key, ...]:
        """The datasets meant by a file, its base name, a pattern, or the id of a binding.

        Raises:
            DecisionError: there is none, or the base name is of several.
        """
        file, table = self._shown(file, table)
        of_table = [key for key in self.fields if not table or key[1] == table or fnmatchcase(key[1], table)]
        meant = [key for key in of_table if file in {key[0], f"{key[0]}#{key[1]}"}] or [
            key for key in of_table if (bound := decisions.binding(*key)) and bound.id == file
        ]
        meant = meant or self._by_base_name(file, of_table) or [k for k in of_table if fnmatchcase(k[0], file)]
        if not meant:
            raise DecisionError(self._unknown(file, table, decisions))
        return tuple(meant)

    def _by_base_name(self, file: str, keys: Iterable[Key]) -> list[Key]:
        meant = [key for key in keys if key[0].rpartition("/")[2] == file]
        if len({source for source, _ in meant}) > 1:
            told = ", ".join(sorted({source for source, _ in meant})[:5])
            raise DecisionError(f"{file}: several exports are called so ({told}); give the folder too")
        return meant

    def _unknown(self, file: str, table: str, decisions: Decisions) -> str:
        sources = [*{source: 0 for source, _ in self.fields}, *(binding.id for binding in decisions.datasets)]
        tables = [one for source, one in self.fields if source == file or fnmatchcase(source, file)]
        if table and tables:
            return f"{file}: has no sheet or table {table!r}{nearest(table, filter(None, tables))}"
        if not is_pattern(file):
            return f"{file}: no such export{_nearest_file(file, sources)}"
        folders = {f"{folder}/" for folder, _, base in (s.rpartition("/") for s in sources) if fnmatchcase(base, file)}
        hint = f"; did you mean {min(folders) + file!r}?" if folders else _nearest_file(file, sources)
        return f"{file}: no export matches this pattern{hint}"

    def field(self, datasets: Iterable[Key], name: str) -> str:
        """The name shown of a field of these datasets.

        Raises:
            DecisionError: none of them has it.
        """
        keys = tuple(datasets)
        names = [one for key in keys for one in self.fields[key]]
        own = {self.own.get((*key, name), ("", "", ""))[2] for key in keys} - {""}
        if name in names or name in map(unnumbered, names):
            return name
        if len(own) == 1:
            return own.pop()
        place = titled(*keys[0]) if len(keys) == 1 else f"{len(keys)} exports"
        raise DecisionError(f"{place}: no such field {name!r}{_nearest_name(name, names)}")

    def _shown(self, file: str, table: str) -> Key:
        """The names shown for the export's own ones."""
        known = {(one[0], one[1]): (to[0], to[1]) for one, to in self.own.items() if not one[2]}
        if table:
            return known.get((file, table), (file, table))
        sources = {one[0]: to[0] for one, to in known.items()}
        return sources.get(file, file), table


def places_of(what: Inventory | Exports, workspace_names: Path | None = None) -> Places:
    """The fields of an inventory, or of exports that are open.

    Args:
        what: an inventory, or exports of which only the names are needed.
        workspace_names: `private/names.json`, which says what stands behind the masks of an inventory.
    """
    from igmap.inventory.inventory import Inventory

    if isinstance(what, Inventory):
        fields = {(d.source, d.table): tuple(one.name for one in d.fields) for d in what.datasets}
        return Places(fields, _kept(workspace_names, fields))
    located = shown(what)
    own: dict[Name, Name] = {}
    for at in located:
        here = (at.source, at.table)
        own |= {(at.dataset.source, at.dataset.table, ""): (*here, "")}
        own |= {(*here, column.name): (*here, name) for name, column in at.columns.items() if column.name != name}
    raw = {(at.source, at.table): ("(quarantined)",) if at.dataset.quarantine else () for at in located}
    return Places({(at.source, at.table): (*at.columns, *raw[at.source, at.table]) for at in located}, own)


def _kept(path: Path | None, fields: Mapping[Key, tuple[str, ...]]) -> dict[Name, Name]:
    """What stands behind the masks, as the last discovery kept it for the analyst alone."""
    try:
        masked = json.loads(path.read_text("utf-8")) if path else {}
    except (OSError, ValueError):
        return {}
    own: dict[Name, Name] = {}
    behind: defaultdict[str, tuple[str, str, str]] = defaultdict(lambda: ("", "", ""))
    behind |= {shown_as: tuple(real) for shown_as, real in masked.items()}
    for (source, table), names in fields.items():
        place = "#".join(part for part in (source, table) if part)
        if place in behind:
            own[(*behind[place][:2], "")] = (source, table, "")
        own |= {
            (source, table, behind[f"{place}#{name}"][2]): (source, table, name)
            for name in names
            if f"{place}#{name}" in behind
        }
    return own


def _nearest_file(file: str, known: list[str]) -> str:
    """The nearest of the names as they are, or of their last parts."""
    whole = nearest(file, known)
    return whole or nearest(file, {name.rpartition("/")[2] for name in known})


def _nearest_name(name: str, known: list[str]) -> str:
    """The nearest name, whatever its capitals."""
    lowered = {one.lower(): one for one in known}
    if name.lower() in lowered:
        return f"; did you mean {lowered[name.lower()]!r}?"
    return nearest(name, known)

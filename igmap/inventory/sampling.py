"""Discovery over a part of the records, drawn anew for every seed, and what that may have missed: never silently."""

from dataclasses import dataclass, replace

from igmap.inventory.inventory import DatasetInventory, Field, Inventory
from igmap.report import Table, percentage, text
from igmap.report.texts import number
from igmap.sources import Column, Dataset, Exports

SHARES = (0.01, 0.001, 0.0001)  # of the records, for which the terminal says what a sample may miss
RULE_OF_THREE = 3  # -ln(0.05) rounded up: Hanley and Lippman-Hand 1983, doi:10.1001/jama.1983.03330370053031


@dataclass(frozen=True, slots=True)
class Sample:
    """How many records of each table are looked at, and which.

    Args:
        records: of each table; smaller tables are looked at in full.
        seed: the same seed chooses the same records.
    """

    records: int
    seed: int = 1

    def draw(self, exports: Exports) -> Exports:
        """The exports with tables of so many records in place of the larger ones; closed with the exports themselves.

        Counts of records stay those of the whole.
        """
        return Exports(exports.engine, tuple(self._drawn(exports, d) for d in exports.datasets), exports.workspace)

    def _drawn(self, exports: Exports, dataset: Dataset) -> Dataset:
        quarantine = self._table(exports, dataset.quarantine, dataset.quarantined, dataset.quarantine)
        tables = {
            table: self._table(exports, table, dataset.parsed, dataset.name)
            for table in dict.fromkeys(column.table for column in dataset.columns)
        }
        columns = tuple(Column(c.name, tables[c.table], c.column) for c in dataset.columns)
        return replace(dataset, columns=columns, quarantine=quarantine)

    def _table(self, exports: Exports, table: str, rows: int, among: str) -> str:
        """The table, or a smaller one: tables of items keep those of the records that are chosen."""
        if rows <= self.records:
            return table
        name = f"{table}_sample"
        exports.engine.sample(name, table, records=self.records, seed=self.seed, among=among)
        return name

    def told(self, inventory: Inventory) -> Inventory:
        """The inventory with a reason in every field that says how many records were looked at."""
        return replace(inventory, datasets=tuple(map(self._told, inventory.datasets)))

    def _told(self, dataset: DatasetInventory) -> DatasetInventory:
        last = len(dataset.fields) - 1 if dataset.quarantined else len(dataset.fields)
        of = [dataset.parsed if i < last else dataset.quarantined for i in range(len(dataset.fields))]
        fields = (self._said(field, rows) for field, rows in zip(dataset.fields, of, strict=True))
        return replace(dataset, fields=tuple(fields))

    def _said(self, field: Field, rows: int) -> Field:
        if rows <= self.records:
            return field
        figures = {"records": self.records, "of": rows, "missed_share": round(missed_share(self.records), 6)}
        reason: dict[str, str | int | float] = {"code": "sampled", **figures}
        return replace(field, reasons=(*field.reasons, reason))

    def account(self, exports: Exports, lang: str) -> Table:
        """What the sample is of, and how likely it misses what stands in a share of the records."""
        larger = sum(d.parsed > self.records or d.quarantined > self.records for d in exports.datasets)
        heads = tuple(text(f"sample.{key}", lang) for key in ("share", "missed"))
        rows = tuple(
            (number(share, lang, ".2%"), percentage(missed_chance(share, self.records), lang)) for share in SHARES
        )
        figures = {"records": self.records, "tables": larger, "all": len(exports.datasets), "seed": self.seed}
        caption = text("sample.told", lang, missed_share=missed_share(self.records), **figures)
        return Table(heads, rows, caption)


def missed_chance(share: float, records: int) -> float:
    """How likely a sample holds none of what stands in a share of the records, 0-1.

    Drawing without returning, as igmap does, misses no more often.

    Example:
        >>> round(missed_chance(0.001, 1000), 3)
        0.368
    """
    return (1 - share) ** records


def missed_share(records: int) -> float:
    """What was not met once may still stand in this share of the records, with 95 % confidence (rule of three).

    Example:
        >>> missed_share(1000)
        0.003
    """
    return min(1.0, RULE_OF_THREE / records)

"""What DuckDB does when a table is written anew under other labels: mappings are joined, never computed per row."""

from collections.abc import Sequence

import pyarrow as pa

from igmap.engine.asking import Asking
from igmap.engine.protocol import RECORD
from igmap.engine.recoding import Mapping, Recode


class Rewriting(Asking):
    """The part of the embedded engine that rewrites."""

    def rewrite(
        self, name: str, mappings: Sequence[Mapping], *, keep: pa.Table | None, seed: int, recode: Recode | None = None
    ) -> str:
        """A new table of the mapped columns (out0, out1 …) in mapping order, rows shuffled by `seed`.

        Args:
            name: the table to read.
            mappings: what becomes of each column.
            keep: tuples of labels that may stay, with the columns they refer to by name (out0 …); None keeps all.
            seed: decides the order of the rows, which carries no meaning.
            recode: what becomes of several columns together, in place of their mappings.
        """
        target, kept = f"{name}_rewritten", ""
        tables = {f"map{i}": mapping.table for i, mapping in enumerate(mappings) if mapping.table is not None}
        joins = [
            f"LEFT JOIN map{i} ON map{i}.value IS NOT DISTINCT FROM source.{mapping.column}"
            for i, mapping in enumerate(mappings)
            if mapping.table is not None
        ]
        outputs = [f"map{i}.label" if f"map{i}" in tables else f"source.{m.column}" for i, m in enumerate(mappings)]
        if recode is not None:
            tables |= {"classes": recode.tuples, "labels": recode.labels}
            joins.append(f"JOIN classes ON {_same('classes', 'source', recode.tuples.column_names[:-1])}")
            joins.append("JOIN labels ON labels.class = classes.class")
            for i, out in enumerate(recode.outs):
                outputs[int(out.removeprefix("out"))] = f"labels.label{i}"
        if keep is not None:
            tables["kept"] = keep
            kept = f"WHERE EXISTS (SELECT 1 FROM kept WHERE {_same('kept', 'recoded', keep.column_names)})"
        selected = ", ".join(f"{output} AS out{i}" for i, output in enumerate(outputs))
        self._run(
            f"CREATE OR REPLACE TABLE {target} AS WITH recoded AS "
            f"(SELECT source.{RECORD}, {selected} FROM {self._ready(name)} AS source {' '.join(joins)}) "
            f"SELECT * FROM recoded {kept} ORDER BY hash({RECORD}, {seed}::BIGINT), {RECORD}",
            **tables,
        )
        return target

    def classify(self, name: str, columns: Sequence[str], tuples: pa.Table, *, seed: int) -> str:
        """A new table of the records whose tuple has a class: `record`, `class`, and columns as out0, out1 …, shuffled.

        The labels of classes are put in when it is written: a sort of numbers is a fraction of one of texts.

        Args:
            name: the table to read.
            columns: that stay as they are.
            tuples: the values of each tuple under the engine's column names, blanks as null, and last its `class`.
            seed: decides the order of the rows.
        """
        target = f"{name}_classified"
        others = "".join(f", source.{column} AS out{i}" for i, column in enumerate(columns))
        self._run(
            f"CREATE OR REPLACE TABLE {target} AS SELECT source.{RECORD}, classes.class{others} "
            f"FROM {self._ready(name)} AS source "
            f"JOIN classes ON {_same('classes', 'source', tuples.column_names[:-1])} "
            f"ORDER BY hash(source.{RECORD}, {seed}::BIGINT), source.{RECORD}",
            classes=tuples,
        )
        return target


def _same(one: str, other: str, columns: Sequence[str]) -> str:
    """Where two tables hold the same in some columns, blanks included."""
    return " AND ".join(f"{one}.{column} IS NOT DISTINCT FROM {other}.{column}" for column in columns)

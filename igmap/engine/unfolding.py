"""What DuckDB does with tables that have several rows per person: side by side per person, and back as rows."""

from collections.abc import Iterator, Sequence

from igmap.engine.asking import Asking
from igmap.engine.protocol import RECORD
from igmap.engine.recoding import Back, Rows
from igmap.engine.scanning import SPACES


class Unfolding(Asking):
    """The part of the embedded engine that lays rows side by side."""

    def unfold(self, target: str, tables: Sequence[Rows], *, seed: int) -> str:
        """A new table with one row per person: for row 1, 2 … of table t the columns `t_1_record`, `t_1_0`, `t_1_1` ….

        A blank cell becomes "", so that null says that a person has no such row. Rows of a person stand in the order
        of their values, so that the same rows give the same columns.

        Args:
            target: its name.
            tables: numbered from 0; persons of all of them are in it.
            seed: decides which rows stay where a person has too many.
        """
        parts = [f"p{t} AS ({self._side_by_side(t, rows, seed)})" for t, rows in enumerate(tables)]
        joins = " ".join(f"FULL JOIN p{t} USING (person)" for t in range(1, len(tables)))
        self._run(
            f"CREATE OR REPLACE TABLE {target} AS WITH {', '.join(parts)} "
            f"SELECT row_number() OVER (ORDER BY person) AS {RECORD}, * FROM p0 {joins}"
        )
        return target

    def _side_by_side(self, t: int, rows: Rows, seed: int) -> str:
        who = f"lower(trim(coalesce({rows.person}, ''), '{SPACES}'))"
        order = ", ".join([*rows.columns, RECORD])
        drawn = f"row_number() OVER (PARTITION BY person ORDER BY hash({RECORD}, {seed}::BIGINT), {RECORD})"
        wanted = dict.fromkeys([RECORD, *rows.columns, *rows.also])
        return (
            f"WITH own AS (SELECT {who} AS person, {', '.join(wanted)} "
            f"FROM {self._ready(rows.table)} WHERE {who} <> ''), "
            f"few AS (SELECT * FROM own QUALIFY {drawn} <= {rows.most:d}), "
            f"laid AS (SELECT *, row_number() OVER (PARTITION BY person ORDER BY {order}) AS place FROM few) "
            f"SELECT person, {', '.join(_laid(t, rows))} FROM laid GROUP BY person"
        )

    def fold(self, name: str, back: Back, *, seed: int) -> str:
        """A new table of `record`, out0, out1 …, a row for each row of a person that stays.

        Args:
            name: the table with one row per person.
            back: what becomes of its columns.
            seed: decides the order of the rows.
        """
        parts = [
            f"SELECT {row.record} AS {RECORD}, "
            + ", ".join(f"{out} AS label{i}" for i, out in enumerate(row.outs))
            + f" FROM {name} WHERE {row.kept} IS NOT NULL AND {row.record} IS NOT NULL"
            for row in back.rows
        ]
        self._run(
            f"CREATE OR REPLACE TABLE {back.target} AS WITH back AS ({' UNION ALL '.join(parts)}) "
            f"SELECT source.{RECORD}, {', '.join(f'{out} AS out{i}' for i, out in enumerate(back.outs))} "
            f"FROM back JOIN {self._ready(back.source)} AS source ON source.{RECORD} = back.{RECORD} "
            f"ORDER BY hash(source.{RECORD}, {seed}::BIGINT), source.{RECORD}"
        )
        return back.target


def _laid(t: int, rows: Rows) -> Iterator[str]:
    for place in range(1, rows.most + 1):
        chosen = f"FILTER (WHERE place = {place})"
        yield f"max({RECORD}) {chosen} AS t{t}_{place}_record"
        for i, column in enumerate(rows.columns):
            yield f"max(coalesce({column}, '')) {chosen} AS t{t}_{place}_{i}"
    for i, column in enumerate(rows.also):
        yield f"max({column}) FILTER (WHERE place = 1) AS t{t}_also_{i}"

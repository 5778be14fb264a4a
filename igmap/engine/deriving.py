"""Tables derived from others: cells rewritten step by step, persons sampled, values swapped, persons summed up.

A derived table that is not `kept` is a view, for looking at what a step has to know; it has the column `who`: the
person of a record, or the record itself where that is blank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from igmap.engine.asking import Asking
from igmap.engine.changes import MOST_DECIMALS, Change, number, printed
from igmap.engine.database import values_withheld
from igmap.engine.derives import Summed, Whose
from igmap.engine.draws import RECORD_UNIT, Draw, hmac_sha256, integer, uniform
from igmap.engine.lookups import Beside, Days
from igmap.engine.scanning import TRIMMED, is_blank

FUNCTIONS: dict[str, str] = {  # {c} is the cell, null when blank, {n} the number in it
    "count": "count({c})::VARCHAR",
    "sum": "sum({n})",
    "mean": "sum({n})::DOUBLE / count({n})",
    "min": "min({c})",
    "max": "max({c})",
    "smallest": "min({n})",
    "largest": "max({n})",
    "first": "arg_min({c}, record)",
    "last": "arg_max({c}, record)",
    "any": "min({c})",
}
BEFORE = "before_"  # before the name of a person column that was rewritten: who the persons are in the source
RECKONED = {"sum", "mean", "smallest", "largest"}


class Deriving(Asking):
    """The questions about derived tables, for an engine that runs DuckDB's SQL."""

    def _day_key(self, name: str, column: str) -> str:
        raise NotImplementedError

    def derive(
        self, name: str, target: str, changes: Sequence[Change], whose: Whose, *, kept: bool
    ) -> Mapping[str, int]:
        """Compose the changes, in order, into one statement; see `Derives`."""
        columns = list(self.describe(name)[1])
        rewritten = list(dict.fromkeys(column for change in changes for column in change.columns))
        statement = _whole(self._ready(name), columns, rewritten, whose)
        self.forget(target)
        for change in changes:
            statement = _changed(statement, columns, rewritten, self._looked_up(change, rewritten))
        if not kept:
            self._run(f"CREATE VIEW memory.main.{target} AS SELECT who, record, {', '.join(columns)} FROM {statement}")
            return {}
        flags = "".join(f", {column} IS DISTINCT FROM was_{column} AS was_{column}" for column in rewritten)
        flags += f", was_{whose.person} AS {BEFORE}{whose.person}" if whose.person in rewritten else ""
        self._run(f"CREATE TABLE {target} AS SELECT record, {', '.join(columns)}{flags} FROM {statement}")
        return self._told(target, rewritten)

    def _looked_up(self, change: Change, rewritten: Sequence[str]) -> Change:
        if isinstance(change, Beside):
            return replace(change, other=f"was_{change.other}") if change.other in rewritten else change
        if not isinstance(change, Days):
            return change
        return replace(change, key=self._day_key(change.asked, change.columns[0]))

    def _told(self, target: str, rewritten: Sequence[str]) -> dict[str, int]:
        """How many cells of each column changed, which the table need not hold any longer."""
        if not rewritten:
            return {}
        counted = ", ".join(f"count(*) FILTER (was_{column})" for column in rewritten)
        told = self._run(f"SELECT {counted} FROM {target}").fetchall()[0]
        for column in rewritten:
            self._run(f"ALTER TABLE {target} DROP COLUMN was_{column}")
        return dict(zip(rewritten, map(int, told), strict=True))

    def numbers(self, name: str, columns: Sequence[str], *, persons: bool) -> pa.Table:
        """Group by numbers; a person is told by 60 bits of a digest, so that two may be taken for one, never apart.

        All records whose person is blank are of one unknown person, as in `distinct`.
        """
        cells = ", ".join(f"{number(column)} AS v{i}" for i, column in enumerate(columns))
        told = f"CASE WHEN who LIKE 'r%' THEN -1 ELSE {integer('md5(who)')} END"
        who = f", {told} AS who" if persons else ""
        with values_withheld():
            counted: pa.Table = self._query(
                f"SELECT {cells}{who}, count(*) AS rows FROM {name} GROUP BY ALL ORDER BY ALL"
            ).to_arrow_table()
        return counted

    def swap(self, name: str, target: str, column: str, draw: Draw, *, share: float) -> int:
        """Pair values at random inside blocks of neighbouring ranks, the first of which is cut off at random."""
        who, once = (RECORD_UNIT.format(""), "") if draw.per == "record" else ("who", "DISTINCT")
        filled = f"{column} IS NOT NULL AND NOT {is_blank(column)}"
        units = f"SELECT {once} {who} AS who, {column} AS value FROM {name} WHERE {filled}"
        count = int(self._run(f"SELECT count(*) FROM ({units})").fetchall()[0][0])
        width = int(share * count) + 1
        cut = int.from_bytes(draw.key[:8], "big") % width
        digest = hmac_sha256(draw.key, "who || chr(31) || value")
        hashed = f"SELECT *, {digest} AS h FROM ({units})"
        drawn = f"SELECT who, value, {integer('h')} AS tie, {integer('h', 1)} AS turn FROM ({hashed})"
        order = f"{number('value')}, CASE WHEN {number('value')} IS NULL THEN value END, tie"
        ranked = f"SELECT *, (row_number() OVER (ORDER BY {order}) - 1 + {cut}) // {width} AS block FROM ({drawn})"
        near = "WINDOW near AS (PARTITION BY block ORDER BY turn, tie)"
        placed = f"SELECT *, row_number() OVER near - 1 AS place FROM ({ranked}) {near}"
        partner = "CASE WHEN place % 2 = 0 THEN coalesce(lead(value) OVER near, value) ELSE lag(value) OVER near END"
        self._run(f"CREATE TABLE {target} AS SELECT who, value, {partner} AS label FROM ({placed}) {near}")
        return count

    def aggregate(self, name: str, target: str, person: str | None, columns: Sequence[Summed]) -> int:
        """Group by who; sums are exact, so that the order of rows does not matter."""
        named = f"arg_min({person}, record)" if person else "NULL::VARCHAR"
        cells = "".join(f", {_summed(one)} AS c{i}" for i, one in enumerate(columns, start=2))
        self._run(
            f"CREATE TABLE {target} AS SELECT min(record) AS record, {named} AS c1{cells} FROM {name} "
            "GROUP BY who ORDER BY 1"
        )
        return int(self._run(f"SELECT count(*) FROM {target}").fetchall()[0][0])


def _whole(table: str, columns: Sequence[str], rewritten: Sequence[str], whose: Whose) -> str:
    """All records with who they are of, and what the rewritten cells were."""
    person = TRIMMED.format(whose.person) if whose.person else "''"
    who = f"CASE WHEN coalesce({person}, '') = '' THEN {RECORD_UNIT.format('')} ELSE 'p' || {person} END"
    were = "".join(f", {column} AS was_{column}" for column in rewritten)
    chosen = f" WHERE {uniform(hmac_sha256(whose.key, 'who'))} < {whose.share!r}" if whose.share < 1 else ""
    return f"(SELECT * FROM (SELECT record, {who} AS who, {', '.join(columns)}{were} FROM {table}){chosen})"


def _changed(before: str, columns: Sequence[str], rewritten: Sequence[str], change: Change) -> str:
    """One change on top of a statement."""
    cells = ", ".join(
        f"CASE WHEN s.{c} IS NULL OR {is_blank(f's.{c}')} THEN s.{c} ELSE {change.cell(c)} END AS {c}"
        if c in change.columns
        else f"s.{c}"
        for c in columns
    )
    were = "".join(f", s.was_{column}" for column in rewritten)
    rows = f"(SELECT *, {change.drawn} AS h FROM {before})" if change.drawn else before
    return f"(SELECT s.record, s.who, {cells}{were} FROM {rows} AS s {change.join})"


def _summed(one: Summed) -> str:
    cell = f"CASE WHEN {is_blank(one.column)} THEN NULL ELSE {one.column} END"
    value = f"TRY_CAST({cell} AS DECIMAL(38, {min(one.decimals, MOST_DECIMALS)}))"
    expression = FUNCTIONS[one.function].format(c=cell, n=value)
    return printed(expression, one.decimals) if one.function in RECKONED else expression

"""How tables relate: what tells rows apart, and which values columns share. Values are told by 128 bits of their hash.

Nothing of a cell is kept but that hash, and whole numbers, of which the range is asked for.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from igmap.engine.protocol import RECORD, Numbers, Shared, Tuples, Valued
from igmap.engine.scanning import SPACES, quoted

WORD_BITS = 64
SMALL = 20_000  # rows of a table that is counted in memory
AT_ONCE = 8  # combinations that one statement counts: each holds its groups in memory
_PLAIN = "ascii({0}) BETWEEN 33 AND 126 AND ascii(right({0}, 1)) BETWEEN 33 AND 126"  # trimming is slow
_TEXT = f"lower(CASE WHEN {_PLAIN} THEN {{0}} ELSE trim({{0}}, {quoted(SPACES)}) END)"
_ADDRESS = r"CASE WHEN contains({0}, '<') THEN regexp_extract({0}, '<\s*([^<>\s]+)\s*>', 1) ELSE {0} END"
_LOGIN = (
    r"CASE WHEN {0} LIKE '0%' OR {0} LIKE '%.0' THEN regexp_replace({0}, '^0*([0-9]+)(?:\.0+)?$', '\1') "
    r"WHEN {0} LIKE 'mailto:%' THEN substr({0}, 8) WHEN contains({0}, '<') THEN " + _ADDRESS + " ELSE {0} END"
)
_DIALLED = r"regexp_replace(regexp_replace({0}, '[^0-9+]', '', 'g'), '^\+', '00')"
_PHONE = (
    "CASE WHEN {0} LIKE '0031%' THEN ltrim(substr({0}, 5), '0') WHEN {0} LIKE '00%' THEN {0} "
    "WHEN {0} LIKE '0%' THEN substr({0}, 2) WHEN {0} LIKE '31%' AND length({0}) = 11 THEN substr({0}, 3) ELSE {0} END"
)
_TURNED = r"regexp_replace(strip_accents({0}), '^([^,]+),(.+)$', '\2 \1')"
_NAME = r"trim(regexp_replace({0}, '[^\p{{L}}\p{{N}}]+', ' ', 'g'))"
FORMS: dict[str, tuple[str, ...]] = {
    "login": (_TEXT, _LOGIN),
    "phone": (_TEXT, _DIALLED, _PHONE),
    "name": (_TEXT, _TURNED, _NAME),
    "code": (_TEXT, "regexp_replace({0}, '[^0-9a-z]', '', 'g')"),
}


class Relating:
    """The questions about how tables relate, for an engine that runs DuckDB's SQL."""

    _numbers = count()

    def _run(self, statement: str, parameters: Sequence[Any] = (), **tables: Any) -> Any:
        raise NotImplementedError

    def _query(self, statement: str) -> Any:
        raise NotImplementedError

    def _ready(self, name: str) -> str:
        raise NotImplementedError

    def tuples(self, name: str, combinations: Sequence[Sequence[str]], *, first: int = 0) -> list[Tuples]:
        """How far each combination of columns tells rows apart; of the first records only, if a number is given.

        Small tables are counted in memory: the engine's hash table takes longer to make than to fill.
        """
        source = f"{self._ready(name)} {f'WHERE {RECORD} <= {first}' if first else ''}"
        columns = sorted({column for one in combinations for column in one})
        if not columns:
            return []
        if self._run(f"SELECT count(*) FROM {source}").fetchall()[0][0] <= SMALL:
            cells = self._query(f"SELECT {', '.join(columns)} FROM {source}").to_arrow_table()
            codes = {column: _coded(cells[column]) for column in columns}
            return [_counted([codes[column] for column in one]) for one in combinations]
        found: list[Tuples] = []
        for start in range(0, len(combinations), AT_ONCE):
            asked = (_tuples(source, one, i) for i, one in enumerate(combinations[start : start + AT_ONCE]))
            rows = self._run(" UNION ALL ".join(asked)).fetchall()
            found += [Tuples(*map(int, row[1:])) for row in sorted(rows)]
        return found

    def few(self, name: str, column: str, most: int, *, every: int = 1) -> pa.Array:
        """At most that many distinct values, the same every time; of one in so many, where there are very many."""
        found = self._run(
            f"SELECT {column} FROM {self._ready(name)} WHERE {column} <> '' AND hash({column}) % {every} = 0 "
            f"GROUP BY 1 ORDER BY hash({column}), 1 LIMIT {most}"
        ).fetchall()
        return pa.array([value for (value,) in found], pa.string())

    def shared(self, columns: Sequence[Valued], *, every: int = 1) -> Shared:
        """Which columns hold the same values in their forms; of a value in so many only, chosen by its hash."""
        kept = f"memory.main.shared_{next(self._numbers)}"  # of which nothing is written to disk unless it is large
        self._run(f"CREATE TABLE {kept} (place USMALLINT, high UBIGINT, low UBIGINT, number BIGINT, size UINTEGER)")
        try:
            asked = [_values(place, self._ready(one.table), one, every) for place, one in enumerate(columns)]
            for start in range(0, len(asked), AT_ONCE):
                together = " UNION ALL ".join(asked[start : start + AT_ONCE])
                self._run(f"INSERT INTO {kept} {together}")
            spans = self._run(
                f"SELECT place, count(DISTINCT number), min(number), max(number), avg(size) FROM {kept} GROUP BY place"
            ).fetchall()
            words = -(-len(columns) // WORD_BITS) or 1
            patterns = self._run(_patterns(kept, words)).fetchnumpy()
        finally:
            self._run(f"DROP TABLE {kept}")
        found = {place: Numbers(int(held), low, high, float(size)) for place, held, low, high, size in spans}
        masks = np.column_stack([patterns[f"mask{i}"] for i in range(words)]).astype("<u8")
        bits = np.unpackbits(masks.view(np.uint8).reshape(len(masks), 8 * words), axis=1, bitorder="little")
        numbers = tuple(found.get(place, Numbers(0, None, None, 0.0)) for place in range(len(columns)))
        return Shared(bits[:, : len(columns)], patterns["times"], numbers)


class _Codes(NamedTuple):
    """A column as numbers from 0, one per value, and where it is blank."""

    numbers: np.ndarray
    different: int
    blank: np.ndarray


def _coded(cells: pa.ChunkedArray) -> _Codes:
    column = cells.combine_chunks()
    encoded = column.dictionary_encode(null_encoding="encode")
    blank = column.is_null().to_numpy(zero_copy_only=False)
    return _Codes(encoded.indices.to_numpy().astype(np.int64), len(encoded.dictionary), blank)


def _counted(columns: Sequence[_Codes]) -> Tuples:
    """The same as the statement of `_tuples`."""
    numbers, blank = columns[0].numbers, columns[0].blank
    for column in columns[1:]:
        numbers = np.unique(numbers, return_inverse=True)[1] * column.different + column.numbers
        blank = blank | column.blank
    times = np.unique(numbers, return_counts=True)[1]
    alone, same = int((times == 1).sum()), int((times * (times - 1) // 2).sum())
    return Tuples(len(numbers), len(times), int(blank.sum()), alone, same)


def _tuples(source: str, columns: Sequence[str], place: int) -> str:
    blank = " OR ".join(f"{column} IS NULL" for column in columns)
    listed = ", ".join(columns)
    return (
        f"SELECT {place}, coalesce(sum(n), 0), count(*), coalesce(sum(n) FILTER (WHERE {blank}), 0), "
        "count(*) FILTER (WHERE n = 1), coalesce(sum(n * (n - 1) // 2), 0) "
        f"FROM (SELECT {listed}, count(*) AS n FROM {source} GROUP BY {listed})"
    )


def _values(place: int, table: str, column: Valued, every: int) -> str:
    """The distinct values of a column in their form, as hashes."""
    once = " GROUP BY 1" if column.repeated and every == 1 else ""
    steps = [f"s0 AS (SELECT {column.column} AS v FROM {table} WHERE {column.column} <> ''{once})"]
    for number, step in enumerate(FORMS[column.form]):  # each made once: else the engine repeats it wherever it is read
        steps.append(f"s{number + 1} AS MATERIALIZED (SELECT {step.format('v')} AS v FROM s{number})")
    whole = "CASE WHEN v < ':' AND TRY_CAST(v AS BIGINT)::VARCHAR = v THEN TRY_CAST(v AS BIGINT) END"
    some = f" AND hash(v) % {every} = 0" if every > 1 else ""
    found = f"SELECT {place}, hash(v), hash('!' || v), {whole}, length(v) FROM s{len(steps) - 1} WHERE v <> ''{some}"
    return f"(WITH {', '.join(steps)} {found})"


def _patterns(kept: str, words: int) -> str:
    """In which columns values are, as bits, with the number of values that are in just those."""
    masks = ", ".join(
        f"bit_or(CASE WHEN place // {WORD_BITS} = {i} THEN 1::UBIGINT << (place % {WORD_BITS}) ELSE 0::UBIGINT END) "
        f"AS mask{i}"
        for i in range(words)
    )
    listed = ", ".join(f"mask{i}" for i in range(words))
    grouped = f"SELECT {masks} FROM {kept} GROUP BY high, low"
    return f"SELECT {listed}, count(*) AS times FROM ({grouped}) GROUP BY {listed} ORDER BY {listed}"

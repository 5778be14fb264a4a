"""How tables relate: what tells rows apart, and which values columns share. Values are told by their hash.

Nothing of a cell is kept but that hash, and whole numbers, of which the range is asked for.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from igmap.engine.asking import Asking
from igmap.engine.hashes import Kept, counted, different
from igmap.engine.protocol import RECORD, Numbers, Shared, Tuples, Valued
from igmap.engine.scanning import TRIMMED

MOST_HASHED = 20_000_000  # rows of a table that is counted by hashes in memory
MOST_CELLS = 8_000_000  # whose hashes are held at a time, if a combination has no more
AT_ONCE = 8  # combinations that one statement counts: each holds its groups in memory
_ADDRESS = r"CASE WHEN contains({0}, '<') THEN regexp_extract({0}, '<\s*([^<>\s]+)\s*>', 1) ELSE {0} END"
_LOGIN = (
    r"CASE WHEN {0} LIKE '0%' OR {0} LIKE '%.0' THEN regexp_replace({0}, '^0*([0-9]+)(?:\.0+)?$', '\1') "
    r"WHEN {0} LIKE 'mailto:%' THEN substr({0}, 8) WHEN contains({0}, '<') THEN " + _ADDRESS + " ELSE {0} END"
)
_JOINED = "replace(replace({0}, '-', ''), ' ', '')"  # as most are written, in half the time of an expression
_DIALLED = (
    "CASE WHEN regexp_full_match({0}, '[0-9]*') THEN {0} "
    r"ELSE regexp_replace(regexp_replace({0}, '[^0-9+]', '', 'g'), '^\+', '00') END"
)
_PHONE = (
    "CASE WHEN {0} LIKE '0031%' THEN ltrim(substr({0}, 5), '0') WHEN {0} LIKE '00%' THEN {0} "
    "WHEN {0} LIKE '0%' THEN substr({0}, 2) WHEN {0} LIKE '31%' AND length({0}) = 11 THEN substr({0}, 3) ELSE {0} END"
)
_TURNED = r"regexp_replace(strip_accents({0}), '^([^,]+),(.+)$', '\2 \1')"
_NAME = r"trim(regexp_replace({0}, '[^\p{{L}}\p{{N}}]+', ' ', 'g'))"
_WHOLE = (  # a failed cast is slow
    "CASE WHEN v < ':' AND ascii(right(v, 1)) BETWEEN 48 AND 57 AND length(v) <= 20 THEN TRY_CAST(v AS BIGINT) END"
)
FORMS: dict[str, tuple[str, ...]] = {
    "login": (TRIMMED, _LOGIN),
    "phone": (TRIMMED, _JOINED, _DIALLED, _PHONE),
    "name": (TRIMMED, _TURNED, _NAME),
    "code": (TRIMMED, "regexp_replace({0}, '[^0-9a-z]', '', 'g')"),
}


class Relating(Asking):
    """The questions about how tables relate, for an engine that runs DuckDB's SQL."""

    _folder: Path

    def tuples(self, name: str, combinations: Sequence[Sequence[str]], *, first: int = 0) -> list[Tuples]:
        """How far each combination of columns tells rows apart; of the first records only, if a number is given.

        Very large tables are counted by the engine, which writes to disk what it cannot hold.
        """
        source = f"{self._ready(name)} {f'WHERE {RECORD} <= {first}' if first else ''}"
        rows = self._run(f"SELECT count(*) FROM {source}").fetchall()[0][0] if combinations else 0
        found: list[Tuples] = []
        if rows <= MOST_HASHED:
            blank = self._run("SELECT hash(NULL::VARCHAR)").fetchall()[0][0]
            for some in _together(combinations, MOST_CELLS // max(1, rows)):
                columns = sorted({column for one in some for column in one})
                hashed = ", ".join(f"hash({column}) AS {column}" for column in columns)
                cells = self._run(f"SELECT {hashed} FROM {source}").fetchnumpy()
                found += [counted([cells[column] for column in one], blank) for one in some]
            return found
        for start in range(0, len(combinations), AT_ONCE):
            asked = (_tuples(source, one, i) for i, one in enumerate(combinations[start : start + AT_ONCE]))
            told = self._run(" UNION ALL ".join(asked)).fetchall()
            found += [Tuples(*map(int, row[1:])) for row in sorted(told)]
        return found

    def few(self, name: str, column: str, most: int, *, every: int = 1) -> pa.Array:
        """At most that many distinct values, the same every time; of one in so many, where there are very many."""
        found = self._run(
            f"SELECT {column} FROM {self._ready(name)} WHERE {column} <> '' AND hash({column}) % {every} = 0 "
            f"GROUP BY 1 ORDER BY hash({column}), 1 LIMIT {most}"
        ).fetchall()
        return pa.array([value for (value,) in found], pa.string())

    def shared(self, columns: Sequence[Valued]) -> Shared:
        """Which columns hold the same values in their forms."""
        kept, numbers = Kept(self._folder), []
        try:
            for one in columns:
                told = self._run(_values(self._ready(one.table), one)).fetchnumpy()
                kept.add(different(told["hashed"]))
                numbers.append(_numbers(told))
            return Shared(*kept.patterns(), tuple(numbers))
        finally:
            kept.close()


def _together(combinations: Sequence[Sequence[str]], most: int) -> Iterator[list[Sequence[str]]]:
    """The combinations in order, those together that have at most so many columns between them."""
    some: list[Sequence[str]] = []
    columns: set[str] = set()
    for one in combinations:
        if some and len(columns.union(one)) > most:
            yield some
            some, columns = [], set()
        some.append(one)
        columns.update(one)
    if some:
        yield some


def _numbers(told: dict[str, np.ndarray]) -> Numbers:
    """The whole numbers among values, and how long these are."""
    whole = different(np.ma.compressed(told["number"]).astype(np.int64))
    size = float(told["size"].mean()) if len(told["size"]) else 0.0
    return Numbers(len(whole), int(whole[0]), int(whole[-1]), size) if len(whole) else Numbers(0, None, None, size)


def _tuples(source: str, columns: Sequence[str], place: int) -> str:
    blank = " OR ".join(f"{column} IS NULL" for column in columns)
    listed = ", ".join(columns)
    return (
        f"SELECT {place}, coalesce(sum(n), 0), count(*), coalesce(sum(n) FILTER (WHERE {blank}), 0), "
        "count(*) FILTER (WHERE n = 1), coalesce(sum(n * (n - 1) // 2), 0) "
        f"FROM (SELECT {listed}, count(*) AS n FROM {source} GROUP BY {listed})"
    )


def _values(table: str, column: Valued) -> str:
    """The values of a column in their form, as hashes; some may come back."""
    grouped = " GROUP BY 1" if column.repeated else ""
    steps = [f"s0 AS (SELECT {column.column} AS v FROM {table} WHERE {column.column} <> ''{grouped})"]
    form = FORMS[column.form]
    for number, step in enumerate(form, 1):  # what is read in several places is made once: else the engine repeats it
        once = "" if number < len(form) and form[number].count("{0}") == 1 else "MATERIALIZED"
        steps.append(f"s{number} AS {once} (SELECT {step.format('v')} AS v FROM s{number - 1})")
    found = f"SELECT v, {_WHOLE} AS n FROM s{len(steps) - 1} WHERE v <> ''"
    whole = "CASE WHEN n::VARCHAR = v THEN n END"
    return f"WITH {', '.join(steps)} SELECT hash(v) AS hashed, {whole} AS number, length(v) AS size FROM ({found})"

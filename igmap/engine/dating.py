"""Dates at the size of tables: the texts of a column cut down to what tells the day, and records chosen by their day.

A timestamp has as many values as a table has records, and as few days as it has years times 365. The engine cuts, so
that only days are read; a text whose form is not known stays whole, so that nothing is read wrongly for being cut.
"""

from collections.abc import Iterator, Sequence

import pyarrow as pa

from igmap.engine.asking import Asking
from igmap.engine.database import values_withheld
from igmap.engine.protocol import RECORD, Dated, Pick, Sought
from igmap.engine.scanning import SPACES, quoted
from igmap.engine.unix import EARLY, UNIX, Unix

BATCH_ROWS = 100_000
_DAY, _ISO_DAY, _HOUR = "left({0}, 10)", "left({0}, 11)", "left({0}, 13)"
_EARLY_OR = f"CASE WHEN substr({{0}}, 12, 2) < '{EARLY}' THEN {_ISO_DAY} ELSE {_HOUR} || 'Z' END"
_CUTS = (  # what a text looks like, and what of it tells the day; the mark behind an ISO day is kept, that it be one
    ("{0} LIKE '____-__-_____:__:__'", _ISO_DAY),
    ("{0} LIKE '__-__-____ __:__:__'", _DAY),
    ("{0} LIKE '__-__-____ __:__'", _DAY),
    ("{0} LIKE '__/__/____ __:__:__'", _DAY),
    ("{0} LIKE '__/__/____ __:__'", _DAY),
    ("{0} LIKE '____-__-_____:__'", _ISO_DAY),
    ("{0} LIKE '____-__-_____:__:__.___'", _ISO_DAY),
    ("{0} LIKE '____-__-_____:__:__.______'", _ISO_DAY),
    ("{0} LIKE '____-__-_____:__:__Z'", _EARLY_OR),
    ("{0} LIKE '____-__-_____:__:__.%Z' AND right({0}, 2) BETWEEN '0Z' AND '9Z'", _EARLY_OR),
    ("{0} LIKE '____-__-_____:__:__%+__:00'", _HOUR + " || right({0}, 6)"),
    ("{0} LIKE '____-__-_____:__:__%-__:00'", _HOUR + " || right({0}, 6)"),
    ("{0} LIKE '____-__-_____:__:__%+__00'", _HOUR + " || right({0}, 5)"),
    ("{0} LIKE '____-__-_____:__:__+__'", _HOUR + " || right({0}, 3)"),
    ("{0} LIKE '[__/___/____:__:__:__ ____00]'", "left({0}, 15) || right({0}, 7)"),
)
PROBED = 2_000  # records that show which of these forms a column has; others are left whole
_WHO = f"lower(trim(coalesce({{0}}, ''), {quoted(SPACES)}))"


class Dating(Asking):
    """The questions about days, for an engine that runs DuckDB's SQL."""

    def _day_key(self, name: str, column: str) -> str:
        """What of a cell tells the day: the same for a column at every question, since it is looked up once."""
        cut, units = self._looked(name, column)
        begin = _begin(units, "{0}", "TRY_CAST({0} AS BIGINT)") if units else ""
        return f"coalesce(({begin})::VARCHAR, {cut})" if units else cut

    def _looked(self, name: str, column: str) -> tuple[str, tuple[Unix, ...]]:
        """The cut of the forms that a column's first records have, and the kinds of Unix time among them."""
        kept: dict[tuple[str, str], tuple[str, tuple[Unix, ...]]] = self.__dict__.setdefault("_day_keys", {})
        if (name, column) not in kept:
            numbers = [unix.holds.format(column, m=f"TRY_CAST({column} AS BIGINT)") for unix in UNIX]
            forms = [*(form.format(column) for form, _ in _CUTS), *numbers]
            asked = ", ".join(f"coalesce(bool_or({form}), false)" for form in forms)
            seen = self._run(f"SELECT {asked} FROM (SELECT {column} FROM {name} LIMIT {PROBED})").fetchall()[0]
            cuts = " ".join(f"WHEN {form} THEN {cut}" for (form, cut), has in zip(_CUTS, seen, strict=False) if has)
            units = tuple(unix for unix, has in zip(UNIX, seen[len(_CUTS) :], strict=True) if has)
            kept[name, column] = f"CASE {cuts} ELSE {{0}} END" if cuts else "{0}", units
        return kept[name, column]

    def whole_days(self, name: str) -> None:
        """Cut nothing of the texts of a table: its moments were told elsewhere, whole."""
        kept = self.__dict__.setdefault("_day_keys", {})
        kept.update({(name, column): ("{0}", ()) for column in self.describe(name)[1]})

    def _forget_days(self, name: str) -> None:
        """Of a table that is no more."""
        kept: dict[tuple[str, str], str] = self.__dict__.get("_day_keys", {})
        for key in [key for key in kept if key[0] == name]:
            del kept[key]

    def moments(self, name: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Distinct texts of the columns, cut down to what tells the day, in one pass; a blank is null.

        Gives `place` (in `columns`, from 0), `value` and `rows`, in batches; the order is not defined.
        """
        table = self._ready(name)
        numbered = {i: units for i, c in enumerate(columns) if (units := self._looked(table, c)[1])}
        numbers = "".join(f", TRY_CAST({columns[i]} AS BIGINT) AS m{i}" for i in numbered)
        begins = "".join(f", {_begin(units, columns[i], f'm{i}')} AS n{i}" for i, units in numbered.items())
        cuts = [self._looked(table, column)[0].format(column) for column in columns]
        keys = [f"CASE WHEN n{i} IS NULL THEN {cut} END" if i in numbered else cut for i, cut in enumerate(cuts)]
        texts = ", ".join([*(f"{key} AS k{i}" for i, key in enumerate(keys)), *(f"n{i}" for i in numbered)])
        sets = ", ".join(f"(k{i}, n{i})" if i in numbered else f"(k{i})" for i in range(len(columns)))
        places = " ".join(f"WHEN grouping(k{i}) = 0 THEN {i}" for i in range(len(columns)))
        values = ", ".join([*(f"n{i}::VARCHAR" for i in numbered), *(f"k{i}" for i in range(len(columns)))])
        with values_withheld():
            yield from self._query(
                f"SELECT CASE {places} END AS place, coalesce({values}, NULL) AS value, count(*) AS rows "
                f"FROM (SELECT {texts} FROM (SELECT *{begins} FROM (SELECT *{numbers} FROM {table}))) "
                f"GROUP BY GROUPING SETS ({sets})"
            ).to_arrow_reader(BATCH_ROWS)

    def spread(self, name: str, dated: Dated) -> pa.Table:
        """How the records lie over days: `first`, `last`, `reason`, `held`, and the `rows` of each, in order."""
        read = f"SELECT *, 1 AS rows FROM ({self._dated(name, dated)})"
        if dated.latest:
            read = (
                "SELECT max(first) AS first, max(last) AS last, max(reason) AS reason, held, count(*) AS rows "
                f"FROM ({read}) GROUP BY who, held, CASE WHEN who = '' THEN {RECORD} END"
            )
        statement = (
            f"SELECT first, last, reason, held, sum(rows)::BIGINT AS rows FROM ({read}) GROUP BY ALL ORDER BY ALL"
        )
        with values_withheld():
            told: pa.Table = self._query(statement, **dated.tables).to_arrow_table()
        return told

    def choose(self, name: str, target: str, picks: Sequence[Pick]) -> int:
        """Make a table of the records whose day is at most that of a pick, once per pick; how many rows it has.

        Its columns: `record`, `pick` (in `picks`, from 0), `person`, `start` (the text the day was read from), `print`
        (of the cells a pick asks for) and `whole`: whether no other record of the person is left in the table.
        """
        table = self._ready(name)
        chosen = " UNION ALL ".join(self._picked(table, i, pick) for i, pick in enumerate(picks))
        tables = {f"{key}{i}": held for i, pick in enumerate(picks) for key, held in pick.dated.tables.items()}
        persons = {pick.dated.person for pick in picks} - {None}
        self._run(f"CREATE OR REPLACE TABLE {target} AS {chosen}", **tables)
        left = f"SELECT * FROM {table} WHERE {RECORD} NOT IN (SELECT {RECORD} FROM {target})"
        others = " UNION ALL ".join(f"SELECT {_WHO.format(person)} AS who FROM ({left})" for person in persons)
        whole = f"{_WHO.format('person')} NOT IN ({others})" if persons else "true"
        self._run(
            f"CREATE OR REPLACE TABLE {target} AS SELECT *, {whole} AS whole FROM {target} ORDER BY {RECORD}, pick"
        )
        return int(self._run(f"SELECT count(*) FROM {target}").fetchall()[0][0])

    def among(self, name: str, target: str, chosen: str, picks: Sequence[int]) -> int:
        """Make a table of the records of another that were chosen by some picks, as they are; how many there are."""
        listed = ", ".join(map(str, picks))
        self._run(
            f"CREATE OR REPLACE TABLE {target} AS SELECT * FROM {self._ready(name)} "
            f"WHERE {RECORD} IN (SELECT {RECORD} FROM {chosen} WHERE pick IN ({listed})) ORDER BY {RECORD}"
        )
        return int(self._run(f"SELECT count(*) FROM {target}").fetchall()[0][0])

    def remaining(self, name: str, sought: Sought) -> int:
        """How many of the keys that are sought are still in a table, with one of the cells that had to go filled."""
        filled = " OR ".join(f"{column} IS NOT NULL" for column in sought.cells) or "false"
        key = _print(sought.key)
        keys = f"SELECT DISTINCT {key} AS print FROM {self._ready(name)} WHERE {filled}"
        told = f"SELECT count(DISTINCT sought.print) FROM sought JOIN ({keys}) AS there ON there.print = sought.print"
        return int(self._run(told, sought=sought.prints).fetchall()[0][0])

    def _dated(self, name: str, dated: Dated) -> str:
        """The records with their day, who they are of and whether they are held."""
        table = self._ready(name)
        who = _WHO.format(f"source.{dated.person}") if dated.person else "''"
        held = f"{who} IN (SELECT value FROM held)" if dated.held is not None else "false"
        key = self._day_key(table, dated.column).format(f"source.{dated.column}")
        first, last = (
            ("days.first", "days.last")
            if dated.blank_day is None
            else (
                f"CASE WHEN days.value IS NULL THEN {dated.blank_day} ELSE days.{day} END" for day in ("first", "last")
            )
        )
        return (
            f"SELECT source.{RECORD}, {who} AS who, {first} AS first, {last} AS last, "
            f"coalesce(days.reason, {dated.blank}) AS reason, {held} AS held "
            f"FROM {table} AS source LEFT JOIN days ON days.value = {key}"
        )

    def _picked(self, table: str, place: int, pick: Pick) -> str:
        """The statement that chooses records by one pick; its tables have its number behind their name."""
        dated = pick.dated
        read = (
            self._dated(table, dated)
            .replace("days ON", f"days{place} AS days ON")
            .replace("FROM held", f"FROM held{place}")
        )
        past = f"last <= {pick.last} AND NOT held"
        if dated.latest:
            last = f"max(last) OVER (PARTITION BY who, CASE WHEN who = '' THEN {RECORD} END)"
            read = f"SELECT * REPLACE ({last} AS last) FROM ({read})"
        person = f"source.{dated.person}" if dated.person else "NULL::VARCHAR"
        return (
            f"SELECT source.{RECORD}::BIGINT AS {RECORD}, {place} AS pick, {person} AS person, "
            f"source.{dated.column} AS start, {_print([f'source.{column}' for column in pick.key])} AS print "
            f"FROM {table} AS source JOIN (SELECT {RECORD} FROM ({read}) WHERE {past}) AS past "
            f"ON past.{RECORD} = source.{RECORD}"
        )


def _begin(units: Sequence[Unix], column: str, number: str) -> str:
    """Where the part of the day begins that a Unix time lies in; null of a text that is none."""
    cases = " ".join(f"WHEN {unix.holds} THEN {unix.begin}" for unix in units)
    return f"CASE {cases} END".format(column, m=number)


def _print(columns: Sequence[str]) -> str:
    """A fingerprint of cells, in which a blank is a value."""
    return f"md5(concat_ws(chr(31), {', '.join(f'coalesce({column}, chr(0))' for column in columns)}))"

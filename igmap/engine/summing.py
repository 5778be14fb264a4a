"""Sums by groups: how much each group holds, of how many persons, and how much of it is of its largest contributors."""

from collections.abc import Sequence

import pyarrow as pa

from igmap.engine.asking import Asking
from igmap.engine.database import values_withheld
from igmap.engine.protocol import RECORD
from igmap.engine.scanning import SPACES


class Summing(Asking):
    """The questions about groups, for an engine that runs DuckDB's SQL."""

    def sums(
        self, name: str, columns: Sequence[str], values: Sequence[str], *, person: str | None, most: int = 2
    ) -> pa.Table:
        """Distinct tuples with counts, and per column of numbers what persons contribute to it."""
        keys = [f"g{i}" for i in range(len(columns))]
        listed = ", ".join([*keys, "who"])
        grouped = ", ".join([*(f"{column} AS g{i}" for i, column in enumerate(columns)), f"{_who(person)} AS who"])
        held = "".join(f", count({v}) AS f{i}, sum({v}) AS s{i}, min({v}) AS m{i}" for i, v in enumerate(values))
        places = "".join(
            f", row_number() OVER (PARTITION BY {', '.join([*keys, f's{i} IS NULL'])} ORDER BY abs(s{i}) DESC) AS p{i}"
            for i in range(len(values))
        )
        told = "".join(_contributed(i, most) for i in range(len(values)))
        by = f"GROUP BY {', '.join(keys)} ORDER BY {', '.join(keys)}" if keys else ""
        with values_withheld():
            return self._query(
                f"WITH each AS (SELECT {grouped}, count(*) AS n{held} FROM {self._ready(name)} GROUP BY {listed}), "
                f"placed AS (SELECT *{places} FROM each) SELECT {''.join(f'{key}, ' for key in keys)}"
                f"coalesce(sum(n), 0)::BIGINT AS rows, count(*) AS persons{told} FROM placed {by}"
            ).to_arrow_table()

    def bounded(self, name: str, target: str, *, person: str | None, most: int, key: str) -> None:
        """A new table of at most so many records of each person, chosen by a hash with a key; none of nobody."""
        order = f"md5(concat(?, ' ', {RECORD})), {RECORD}"
        who = _who(person)
        somebody = f"WHERE {who} <> ''" if person else ""
        self._run(f"DROP TABLE IF EXISTS {target}")
        self._run(
            f"CREATE TABLE {target} AS SELECT * EXCLUDE (place) FROM ("
            f"SELECT *, row_number() OVER (PARTITION BY {who} ORDER BY {order}) AS place FROM {self._ready(name)} "
            f"{somebody}) WHERE place <= {most:d}",
            [key],
        )

    def behind(self, name: str, columns: Sequence[str], person: str) -> tuple[pa.Table, pa.Table]:
        """Tuples with their rows and the persons of one record, and the tuples of persons with several."""
        listed = ", ".join(columns)
        own = f"own AS (SELECT {listed}, {_who(person)} AS who FROM {self._ready(name)})"
        several = "several AS (SELECT who FROM own GROUP BY who HAVING count(*) > 1)"
        with values_withheld():
            tuples = self._query(
                f"WITH {own}, {several} SELECT {listed}, count(*) AS rows, "
                "count(*) FILTER (WHERE several.who IS NULL) AS alone FROM own LEFT JOIN several USING (who) "
                f"GROUP BY {listed} ORDER BY rows DESC, {listed}"
            ).to_arrow_table()
            pairs = self._query(
                f"WITH {own}, {several} SELECT DISTINCT {listed}, who FROM own JOIN several USING (who) "
                f"ORDER BY who, {listed}"
            ).to_arrow_table()
        return tuples, pairs


def _who(person: str | None) -> str:
    """Persons are the same when they are equal after trimming, in small letters; blank ones are one together."""
    return f"lower(trim(coalesce({person}, ''), '{SPACES}'))" if person else RECORD


def _contributed(number: int, most: int) -> str:
    """Of one column of numbers: its records and persons, its sum and least, and the largest persons' part of it."""
    s = f"s{number}"
    parts = {"all": "TRUE", "first": f"p{number} <= 1", "two": f"p{number} <= 2", "most": f"p{number} <= {most:d}"}
    sizes = "".join(
        f", coalesce(sum(abs({s})) FILTER (WHERE {which}), 0)::DOUBLE AS {part}{number}"
        for part, which in parts.items()
    )
    return (
        f", coalesce(sum(f{number}), 0)::BIGINT AS filled{number}, count({s}) AS persons{number}, "
        f"coalesce(sum({s}), 0) AS sum{number}, min(m{number})::DOUBLE AS least{number}{sizes}"
    )

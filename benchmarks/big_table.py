"""A table of learners as large as one asks, the same for the same number: 12 columns, as CSV and as Parquet.

Names, e-mail, postcode (460,000 of them, as the Netherlands have), birth date, course, score, time, IP address and one
of 5,000 remarks, drawn by hashes of the row number. Some remarks hold quotes, delimiters and line ends.
"""

import random
import sys
from pathlib import Path

import duckdb

from igmap.inventory.people.names import name_set

COURSES = [
    "Verandermanagement",
    "Leiderschap in de praktijk",
    "AVG voor docenten",
    "Excel voor beginners",
    "Teamcoaching",
]
INFIXES = ["", "", "", "", "", "", "de", "van", "van der", "el", "ter", "van den"]
CITIES = ["Vught", "Den Bosch", "Tilburg", "Eindhoven", "Utrecht", "Breda", "Zwolle", "Assen"]
WORDS = ["cursus", "goed", "helder", "lang", "kort", "video", "vraag", "docent", "toets", "tempo;", "prima,", '"top"']
COLUMNS = """
    given[1 + pick(i, 1, len(given))] AS first_name,
    infixes[1 + pick(i, 17, len(infixes))] AS infix,
    family[1 + pick(i, 2, len(family))] AS last_name,
    lower(given[1 + pick(i, 1, len(given))]) || i || '@learner.example' AS "e-mail",
    1000 + pick(pick(i, 3, 460000), 4, 9000) || ' ' || chr((65 + pick(pick(i, 3, 460000), 5, 26))::INT)
        || chr((65 + pick(pick(i, 3, 460000), 6, 26))::INT) AS postcode,
    cities[1 + pick(i, 6, len(cities))] AS city,
    strftime(DATE '1950-01-01' + pick(i, 7, 20000)::INT, '%d-%m-%Y') AS birth_date,
    courses[1 + pick(i, 8, len(courses))] AS course,
    (pick(i, 9, 101) / 10.0)::DECIMAL(4, 1)::VARCHAR AS score,
    strftime(TIMESTAMP '2020-01-01' + to_seconds(pick(i, 10, 180000000)::BIGINT), '%Y-%m-%d %H:%M:%S') AS "timestamp",
    pick(i, 11, 223) + 1 || '.' || pick(i, 12, 256) || '.' || pick(i, 13, 256) || '.' || pick(i, 14, 256) AS ip,
    remarks[1 + pick(i, 15, len(remarks))] AS remark
"""


def _remarks() -> list[str]:
    chance = random.Random(20261125)
    return [
        " ".join([*chance.choices(WORDS, k=13), chance.choice(["\n", " "] + [" "] * 48), str(i)]) for i in range(5000)
    ]


def make(folder: Path, rows: int) -> tuple[Path, Path]:
    """Write learners.csv and learners.parquet; those that are there already stay.

    Args:
        folder: where to.
        rows: how many learners.
    """
    csv, parquet = folder / f"learners-{rows}.csv", folder / f"learners-{rows}.parquet"
    if csv.exists() and parquet.exists():
        return csv, parquet
    with duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(folder)}) as database:
        database.execute("CREATE MACRO pick(i, salt, n) AS (hash(i::BIGINT * 64 + salt) % n)::BIGINT")
        lists = {
            "given": sorted(name.title() for name in name_set("given"))[:3000],
            "family": sorted(name.title() for name in name_set("family"))[:9000],
            "infixes": INFIXES,
            "cities": CITIES,
            "courses": COURSES,
            "remarks": _remarks(),
        }
        made = ", ".join(f"{key} VARCHAR[]" for key in lists)
        database.execute(f"CREATE TABLE lists ({made})")
        database.execute(f"INSERT INTO lists VALUES ({', '.join('?' for _ in lists)})", list(lists.values()))
        learners = f"SELECT {COLUMNS} FROM range({rows}) AS row(i), lists"
        database.execute(f"COPY ({learners}) TO '{parquet}' (FORMAT parquet, COMPRESSION zstd)")
        database.execute(f"COPY (FROM '{parquet}') TO '{csv}' (HEADER, DELIMITER ',')")
    return csv, parquet


if __name__ == "__main__":
    print(*make(Path(sys.argv[1]), int(sys.argv[2])), sep="\n")

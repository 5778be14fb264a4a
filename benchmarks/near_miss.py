"""Columns that look personal and are not: `PYTHONPATH=. python benchmarks/near_miss.py`.

Every kind of benchmarks/near_miss_columns.py is drawn in four sizes; each column is judged under a fair header, without
header, and under a misleading one. Target: no column is found to be a direct identifier. Some kinds are twins of an
identifier: every value is one in form and checksum, so that only a fair header can tell; they count under the fair
header, and apart under the others, where calling them by their twin is no error of the finder. Also printed: any other
category found, and columns left undecided. `--kinds` names the kinds behind each figure.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pandas as pd

from benchmarks.near_miss_columns import COLUMNS
from benchmarks.second_corpus.drawing import TODAY, Row
from igmap.inventory import Field, discover
from igmap.sources import open_exports

SIZES = (14, 60, 150, 400)
WIDTH = 12  # columns of one table
HEADERS = ("fair", "blind", "misleading")
LEAST = 500
TWINS = frozenset({  # the values alone are an identifier's: BSN, phone number, licence plate, names of persons
    "order_nine_eleven", "order_float", "bsn_in_batch", "article_phone_like", "part_dashes", "spec_spaced",
    "plate_rack", "plate_model", "plate_bolt", "brands_persons", "storms", "roses",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class NearMiss:
    """One column and the verdict on it.

    Args:
        kind: of its values.
        rows: how many.
        header: fair, blind or misleading.
        field: the verdict.
    """

    kind: str
    rows: int
    header: str
    field: Field


def near_misses(seed: int = 1) -> Iterator[NearMiss]:
    """Every column under every header, judged.

    Args:
        seed: of the values.
    """
    tables = {
        f"{header}_{rows}_{start}": (header, rows, list(COLUMNS)[start : start + WIDTH])
        for header in HEADERS
        for rows in SIZES
        for start in range(0, len(COLUMNS), WIDTH)
    }
    frames = {name: frame(kinds, rows, header, seed) for name, (header, rows, kinds) in tables.items()}
    with open_exports(frames) as exports:
        found = discover(exports, today=TODAY)
    for dataset in found.datasets:
        header, rows, kinds = tables[dataset.source]
        for kind, field in zip(kinds, dataset.fields, strict=True):
            yield NearMiss(kind, rows, header, field)


def frame(kinds: list[str], rows: int, header: str, seed: int) -> pd.DataFrame:
    """One table; the values of a kind are the same under every header.

    Args:
        kinds: of its columns.
        rows: how many.
        header: fair, blind or misleading; a header that comes twice gets a number.
        seed: of the values.
    """
    names: Counter[str] = Counter()
    columns: dict[str, list[str]] = {}
    for position, kind in enumerate(kinds, 1):
        fair, misleading, draw = COLUMNS[kind]
        name = {"fair": fair, "blind": f"({position})", "misleading": misleading}[header]
        names[name] += 1
        chance = Random(f"{seed} {kind} {rows}")
        values = [draw(Row(number, "", "", "", "dmy", chance)) for number in range(rows)]
        columns[name if names[name] == 1 else f"{name} {names[name]}"] = values
    return pd.DataFrame(columns, dtype="str")


def main() -> None:
    """Print the figures; with --kinds, the kinds behind them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    found = list(near_misses(asked.seed))
    print(f"{len(COLUMNS) * len(SIZES)} columns of {len(COLUMNS)} kinds (at least {LEAST}), each under three headers")
    for header in HEADERS:
        _print(header, [one for one in found if one.header == header], kinds=asked.kinds)


def alarms(own: list[NearMiss], *, twins: bool) -> list[NearMiss]:
    """The columns found to identify directly: those of twins under an unfair header, or all others."""
    direct = [one for one in own if one.field.verdict == "found" and one.field.identifiability == "direct"]
    return [one for one in direct if (one.kind in TWINS and one.header != "fair") == twins]


def _print(header: str, own: list[NearMiss], *, kinds: bool) -> None:
    direct, twins = alarms(own, twins=False), alarms(own, twins=True)
    other = [one for one in own if one.field.verdict == "found" and one.field.identifiability != "direct"]
    undecided = [one for one in own if one.field.verdict == "undecided"]
    print(
        f"{header:10} direct-identifier alarms {len(direct):4} of {len(own)} (target 0), twins {len(twins):4}, "
        f"other categories found {len(other):4}, undecided {len(undecided):4}"
    )
    parts = {"direct": direct, "twin": twins, "other": other, "undecided": undecided} if kinds else {}
    for title, members in parts.items():
        print("\n".join(f"    {title:9} {line}" for line in _by_kind(members)))


def _by_kind(members: list[NearMiss]) -> Iterator[str]:
    counts = Counter(
        (one.kind, one.field.category if one.field.verdict == "found" else one.field.runner_up) for one in members
    )
    for (kind, category), count in sorted(counts.items()):
        yield f"{kind:26} as {category:18} {count} of {len(SIZES)}"


if __name__ == "__main__":
    main()

"""The account of what was opened: every table under the name that may be shown, how it was read, and every record.

The command `sources`, the notebook and the report show this one account.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from igmap.dutch import said
from igmap.inventory.labels import Located, shown, titled
from igmap.report import Cell, Table, text
from igmap.report.texts import texts
from igmap.sources import Exports, Problem
from igmap.sources.formats import counted, read_of

HEADS = (
    "run.dataset",
    "exports.kind",
    "account.read_as",
    "run.records",
    "run.parsed",
    "run.quarantined",
    "run.problems",
    "account.sha256",
)
METHODS = ("exports.kind", "account.read", "account.counted")
NUMBERS_SHOWN = 5
NUMBER = re.compile(r"\d+")
DIGEST = 12  # hexadecimal digits that tell files apart


def account(exports: Exports, lang: str) -> tuple[Table, Table]:
    """What was found, and how each kind is read and counted; no value of a cell, and names masked as everywhere.

    Args:
        exports: open tables, unreadable ones among them.
        lang: nl or en.

    Returns:
        A row per table of an export with the sum below, and a row per kind of file.
    """
    heads, methods = (tuple(text(key, lang) for key in keys) for keys in (HEADS, METHODS))
    rows = (*(_row(located, lang) for located in shown(exports)), _total(exports, lang))
    kinds = sorted({d.kind for d in exports.datasets if d.readable and counted(d.kind, lang)})
    told = tuple((text(f"exports.{kind}", lang), read_of(kind, lang), counted(kind, lang)) for kind in kinds)
    return (
        Table(heads, rows, text("run.account_caption", lang)),
        Table(methods, told, text("account.methods_caption", lang)),
    )


def _row(located: Located, lang: str) -> tuple[Cell, ...]:
    dataset = located.dataset
    return (
        titled(located.source, located.table),
        text(f"exports.{dataset.kind if dataset.readable else 'unreadable'}", lang),
        _read_as(dataset.read_as, lang),
        dataset.rows,
        dataset.parsed,
        dataset.quarantined,
        tuple(_reasons(dataset.problems, lang)),
        dataset.sha256[:DIGEST],
    )


def _total(exports: Exports, lang: str) -> tuple[Cell, ...]:
    sums = (sum(getattr(d, name) for d in exports.datasets) for name in ("rows", "parsed", "quarantined"))
    return (text("account.total", lang), "", "", *sums, "", "")


def _read_as(read_as: str, lang: str) -> str:
    """How it was read in the language of the page, part by part; what has no words of its own stays as it is."""
    return ", ".join(_part_read(part, lang) for part in read_as.split(", ") if part)


def _part_read(part: str, lang: str) -> str:
    """Where the text has #, the part has a number, which is {n1}, {n2} … there."""
    figures = {f"n{i}": int(number) for i, number in enumerate(NUMBER.findall(part), 1)}
    keys = (f"read.{part}", f"read.{NUMBER.sub('#', part)}")
    return next((text(key, lang, **figures) for key in keys if key in texts()), part)


def _reasons(problems: Sequence[Problem], lang: str) -> Iterator[str]:
    """Each reason once, with the records it is about."""
    records: defaultdict[str, list[int]] = defaultdict(list)
    for problem in problems:
        records[problem.problem] += [problem.record] if problem.record else []
    for reason, numbers in records.items():
        words = said(reason, lang)
        yield text("account.reason", lang, problem=words, **_listed(numbers)) if numbers else words


def _listed(numbers: Iterable[int]) -> dict[str, str | int]:
    every = sorted(numbers)
    more = "" if len(every) <= NUMBERS_SHOWN else " …"
    return {"count": len(every), "records": ", ".join(map(str, every[:NUMBERS_SHOWN])) + more}

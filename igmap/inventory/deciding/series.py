"""A monthly export has one name per month: the digits of its dates become `*`, so that what is said holds next month.

A decision for `crm_2026-11.csv` is written for `crm_*.csv`, and both months are one series to a drift report.
"""

import re

_SEPARATOR = r"[-_. ]?"
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_TIME = r"(?:[T_\- ]?(?:[01]\d|2[0-3])[:\-._]?[0-5]\d(?:[:\-._]?[0-5]\d)?Z?)?"
_NAMES = (
    r"januari|january|jan|februari|february|feb|maart|march|mrt|mar|april|apr|mei|may|juni|june|jun|juli|july|jul|"
    r"augustus|august|aug|september|sept|sep|oktober|october|okt|oct|november|nov|december|dec"
)
_NAMED = rf"(?<![^\W\d_])(?:{_NAMES})(?![^\W\d_])"
_WORDS = r"(?:kalenderweek|calendar week|week|kwartaal|quarter|periode|period|maand|month)"
_DATES = re.compile(
    rf"""(?ix)
    (?<!\d){_YEAR}{_SEPARATOR}{_NAMED}(?:{_SEPARATOR}{_DAY}(?!\d))?     # 2026-nov-03
    | (?:(?<!\d)\d{{1,2}}{_SEPARATOR})?{_NAMED}{_SEPARATOR}{_YEAR}(?!\d) # 3 nov 2026
    | (?<!\d){_YEAR}[-_. ]?(?:W|wk|week|Q|K|kw)[-_. ]?\d{{1,2}}(?!\d)   # 2026-W47, 2026Q3
    | (?<![^\W\d_]){_WORDS}[-_. ]?\d{{1,2}}(?!\d)(?:[-_. ]{_YEAR}(?!\d))? # week 47, kwartaal_3_2026
    | (?<![^\W_])(?:wk|kw)[-_. ]?\d{{1,2}}(?!\d)(?:[-_. ]{_YEAR}(?!\d))? # wk47
    | (?<![^\W_])[wq][-_. ]?\d{{1,2}}[-_. ]{_YEAR}(?!\d)                # Q3 2026
    | (?<!\d){_YEAR}(?P<s>[-_. /]){_MONTH}(?:(?P=s){_DAY}{_TIME})?(?!\d) # 2026-11, 2026-11-01_0930
    | (?<!\d){_YEAR}(?:0[1-9]|1[0-2])(?:{_DAY}{_TIME})?(?!\d)           # 202611, 20261101T093000
    | (?<!\d)(?:0?[1-9]|[12]\d|3[01])(?P<d>[-_. ]){_MONTH}(?P=d){_YEAR}(?!\d) # 01-11-2026
    | (?<!\d){_YEAR}(?!\d)                                              # 2026
    | (?<=[-_. ]){_NAMED}(?=\.\w+$|$)                                   # omzet_nov.xlsx
    """
)
_MASK = re.compile(r"‹(\w+?)(?: \d+|\*)?›")
_MAGIC = re.compile(r"[*?\[]")


def pattern_of(name: str, *, narrow: bool = False) -> str:
    """The pattern under which the files of a series fall; a name without a date is its own.

    The number in a mask (`‹name 2›`) tells apart the names of one set of exports only, so it goes too.

    Args:
        name: of a file or sheet, as shown.
        narrow: where the date stood there must be a digit, so that `crm_leads.csv` is none of `crm_[0-9]*.csv`.

    Example:
        >>> [pattern_of(name) for name in ("crm_2026-11.csv", "orders 20261101.xlsx", "uren_week_47.csv", "hr.csv")]
        ['crm_*.csv', 'orders *.xlsx', 'uren_week_*.csv', 'hr.csv']
    """
    parts, end = [], 0
    for date in _DATES.finditer(name):
        parts += [escaped(name[end : date.start()]), _starred(date[0], narrow=narrow)]
        end = date.end()
    whole = _MASK.sub(r"‹\1*›", "".join([*parts, escaped(name[end:])]))
    return whole if parts or "*›" in whole else name


def series_of(source: str, table: str) -> tuple[str, str]:
    """Which datasets are the same export of another day: the pattern of the file and of its sheet."""
    return pattern_of(source), pattern_of(table)


def escaped(name: str) -> str:
    """A name that as a pattern stands for itself alone."""
    return _MAGIC.sub(lambda sign: f"[{sign[0]}]", name)


def is_pattern(name: str) -> bool:
    """Whether it may stand for several names."""
    return bool(_MAGIC.search(name))


def unnumbered(name: str) -> str:
    """A masked name without its number; every other name as it is.

    Example:
        >>> unnumbered("‹name 12› score"), unnumbered("items[*].id")
        ('‹name*› score', 'items[*].id')
    """
    return _MASK.sub(r"‹\1*›", name)


def _starred(date: str, *, narrow: bool) -> str:
    """A date without what changes: digits and names of months; the words around them stay."""
    worded = re.match(rf"(?i)({_WORDS}|wk|kw|w|q)([-_. ]?)(?=\d)", date)
    before = worded[1] + worded[2] if worded else ""
    if not narrow or not date[-1].isdigit():
        return before + "*"
    return before + ("[0-9]*" if worded or date[0].isdigit() else "*[0-9][0-9]")

"""The lexemes of SQL that may hold anything: strings, comments, quoted names. Patterns over UTF-8, made once each."""

import re
from functools import cache

from igmap.sources.sql.dialect import BEGINS, Dialect

NESTED = 4  # brackets in a value that the quick patterns follow; deeper ones are told by counting
TAG = rb"(?<![\w$])\$(?:[A-Za-z_]\w*+|)\$"
LINE = rb"\n(?=" + BEGINS + rb")"


@cache
def string_pattern(dialect: Dialect) -> bytes:
    """A quoted string or name; two quotes in it are two strings side by side."""
    if dialect.escapes:
        return rb"'[^'\\]*+(?:\\.[^'\\]*+)*+'|\"[^\"\\]*+(?:\\.[^\"\\]*+)*+\"|`[^`]*+`"
    return rb"'[^']*+'|\"[^\"]*+\"|`[^`]*+`|[eE]'[^'\\]*+(?:\\.[^'\\]*+)*+'"


def _bare(dialect: Dialect, barred: str = "()", symbols: bytes = b"") -> bytes:
    """What stands for itself.

    Args:
        dialect: says what comments and strings begin with, which do not.
        barred: single characters that do not either.
        symbols: the same for longer ones, as a pattern.
    """
    bars = re.escape(barred).encode()
    run = rb"[^'\"`/$#\n\-" + bars + (b"" if dialect.escapes else b"eE") + rb"]++"
    opens = rb"/\*|#|--(?!\S)" if dialect.escapes else rb"/\*|--|[eE]'|" + TAG
    return run + rb"|(?!" + opens + symbols + rb")[^'\"`" + bars + rb"]"


@cache
def value_pattern(dialect: Dialect, barred: str = "()", nested: int = NESTED) -> bytes:
    """One of the pieces that values in brackets are made of, brackets in them followed so deep."""
    plain = string_pattern(dialect) + rb"|" + _bare(dialect, symbols=b"|" + LINE)
    inner = rb"(?:" + plain + rb")*+"
    for _ in range(nested - 1):
        inner = rb"(?:" + plain + rb"|\(" + inner + rb"\))*+"
    return rb"(?:" + string_pattern(dialect) + rb"|" + _bare(dialect, barred, b"|" + LINE) + rb"|\(" + inner + rb"\))"


@cache
def run_pattern(dialect: Dialect, head: bytes) -> re.Pattern[bytes]:
    """Records with commas between them, or with the same INSERT again."""
    quick = rb"[^'\"`()/$#\n-]*+"
    if dialect.escapes:  # most records hold plain strings only, which one pattern without choices passes over sooner
        quick += rb"(?:'[^'\\]*+(?:\\.[^'\\]*+)*+'" + quick + rb")*+"
    record = rb"\((?:" + quick + rb"\)|" + value_pattern(dialect) + rb"*+\))"
    return re.compile(record + rb"(?:" + between_pattern(head) + record + rb")*+", re.DOTALL)


@cache
def between_pattern(head: bytes) -> bytes:
    """What stands between two records of a run."""
    return rb"\s*+(?:,|;\s*+" + re.escape(head) + rb")\s*+"


@cache
def symbol_pattern(dialect: Dialect, delimiter: bytes, brackets: str, *, lines: bool = True) -> re.Pattern[bytes]:
    """What stands before the next symbol, and it: a bracket, the end of a statement, a line that begins another."""
    ends = re.escape(delimiter) + (rb"|" + LINE if lines and delimiter == b";" else b"")
    strings = string_pattern(dialect) + rb"|/\*.*?\*/"
    if dialect.escapes:
        strings += rb"|#[^\n]*+|--(?!\S)[^\n]*+"
    else:
        strings += rb"|--[^\n]*+|" + TAG.replace(rb"(?:", rb"(?P<tag>", 1) + rb".*?\$(?P=tag)\$"
    quiet = _bare(dialect, brackets + delimiter[:1].decode("latin-1"), b"|" + ends)
    if len(delimiter) > 1:
        quiet += rb"|(?!" + ends + rb")" + re.escape(delimiter[:1])
    symbols = ends + (rb"|[" + re.escape(brackets).encode() + rb"]" if brackets else b"")
    return re.compile(rb"(?P<quiet>(?:" + quiet + rb"|" + strings + rb")*+)(?P<symbol>" + symbols + rb")", re.DOTALL)

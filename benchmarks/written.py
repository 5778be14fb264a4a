"""Figures written where they are told: a table of Markdown between two marks of a page."""

from collections.abc import Iterable, Sequence
from pathlib import Path

DETECTION = Path(__file__).parent.parent / "docs" / "detection.md"


def figure(share: float) -> str:
    """A share as pages write it.

    Example:
        >>> figure(0.9), figure(1.0)
        ('.900', '1.000')
    """
    return f"{share:.3f}".removeprefix("0")


def renew(page: Path, mark: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Replace the table between `<!-- mark -->` and `<!-- /mark -->`.

    Args:
        page: a page of Markdown that has both marks.
        mark: a word.
        head: of the columns.
        rows: of the table, each as long as the head.

    Raises:
        ValueError: the page has not both marks.
    """
    begin, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->"
    before, began, rest = page.read_text("utf-8").partition(begin)
    _, ended, after = rest.partition(end)
    if not (began and ended):
        raise ValueError(f"{page.name} has no marks {begin.strip()} and {end}")
    table = "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])
    page.write_text(f"{before}{begin}{table}\n{end}{after}", encoding="utf-8")

"""Write the table of formats between its two marks in the README; the tests fail when it is out of date."""

import sys
from pathlib import Path

from igmap.report import text
from igmap.sources.formats import formats

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- formats: written by docs/make_formats.py -->", "<!-- end of formats -->"
HEADS = ("format", "files", "what is read", "how records are counted, apart from the parser")


def table() -> str:
    """The formats as a Markdown table in English, by name."""
    rows = sorted(
        (text(f"exports.{kind}", "en"), *(words[key]["en"] for key in ("files", "read", "counted")))
        for kind, words in formats().items()
    )
    lines = [HEADS, tuple("---" for _ in HEADS), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def with_formats(readme: str) -> str:
    """The README with the table of today."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}{END}{after}"


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else README
    path.write_text(with_formats(path.read_text("utf-8")), encoding="utf-8")

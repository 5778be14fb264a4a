"""What redaction takes out of messages that were written by hand, by one person, of people who do not exist.

`PYTHONPATH=. python benchmarks/messages.py` prints it for the half that was read while redaction was mended and for the
half that was not. Both lie in `tests/data/messages.yaml`; few as they are, they say where it goes wrong, not how often.
"""

import re
import sys
from pathlib import Path

import yaml

from benchmarks.business_text import Document
from benchmarks.person_texts_held import redacted

MESSAGES = Path(__file__).parents[1] / "tests" / "data" / "messages.yaml"
MARK = re.compile("⟦(.*?)⟧|⟨(.*?)⟩", re.DOTALL)
GOES, MAY = "name", "either"


def messages(half: str) -> list[Document]:
    """The messages of a half: marked is what has to go, of whatever kind, and what may go or stay."""
    return [_read(sort, text) for sort, text in yaml.safe_load(MESSAGES.read_text("utf-8"))[half].items()]


def _read(sort: str, written: str) -> Document:
    text, marks, at = "", [], 0
    for found in MARK.finditer(written):
        text += written[at : found.start()]
        said = found[1] or found[2]
        marks.append((len(text), len(text) + len(said), GOES if found[1] else MAY))
        text, at = text + said, found.end()
    return Document(text + written[at:], tuple(marks), ("",) * len(marks), sort, "as written")


def main() -> None:
    """Print the figures."""
    for half in ("read", "held"):
        gone = redacted(messages(half))
        count, out = gone.kinds[GOES]
        others, lost = gone.words
        sys.stdout.write(f"{half}: {out} of {count} identifiers go; {lost} of {others} other words go too\n")


if __name__ == "__main__":
    main()

"""The page that shows a redaction before and after: personal data, for its owner's eyes only."""

from pathlib import Path

from igmap.redaction.redacted import Redacted, say
from igmap.report import Badge, Badges, Section, page
from igmap.workspace import being_written

MOST = 2_000  # texts on a page


def write_page(path: Path, result: Redacted, lang: str) -> Path:
    """Write counts and texts, before and after, as a page that only its owner may read.

    Args:
        path: of the page.
        result: with its texts.
        lang: nl or en.
    """
    warned = Badges((Badge("violation", say("private", lang)),))
    texts = Section("texts", say("side_by_side", lang), (warned, result.side_by_side(MOST, longest=False).block()))
    counts = Section("counts", say("counts", lang), tuple(result.blocks(lang)))
    with being_written(path, mode=0o600) as file:
        file.write(
            page(say("title", lang), [counts, texts], lang=lang, note=say("private", lang)).encode("utf-8", "replace")
        )
    return path

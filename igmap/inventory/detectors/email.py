"""E-mail addresses, also as `mailto:` and percent-encoded in a URL."""

import polars as pl

from igmap.inventory.detectors.detector import Detector


def is_mailbox(candidates: pl.Series) -> pl.Series:
    """Whether it is no place of source code (`git@host:path`)."""
    return ~candidates.str.contains("^(?:git|svn|hg)@")


DETECTOR = Detector(
    id="email",
    category="email",
    pattern=r"(?:mailto:)?[\p{L}\p{N}._%+'-]*[\p{L}\p{N}_+-](?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}",
    valid=is_mailbox,
    needs="@.|%.",
)

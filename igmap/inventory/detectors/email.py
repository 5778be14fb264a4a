"""E-mail addresses, also as `mailto:`, percent-encoded in a URL, and written for people: `jan [at] post.example`."""

import polars as pl

from igmap.inventory.detectors.detector import Detector

AT, DOT = (rf" ?[\[(] ?(?i:{word}) ?[\])] ?" for word in ("at|apenstaartje", "dot|punt"))


def is_mailbox(candidates: pl.Series) -> pl.Series:
    """Whether it is no place of source code (`git@host:path`)."""
    return ~candidates.str.contains("^(?:git|svn|hg)@")


DETECTOR = Detector(
    id="email",
    category="email",
    pattern=rf"(?:mailto:)?[\p{{L}}\p{{N}}._%+'-]*[\p{{L}}\p{{N}}_+-](?:@|%40|{AT})[\p{{L}}\p{{N}}-]+"
    rf"(?:(?:\.|{DOT})[\p{{L}}\p{{N}}-]+)*(?:\.|{DOT})\p{{L}}{{2,}}",
    valid=is_mailbox,
    needs="@.|%.|A(",
)

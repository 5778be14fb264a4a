"""Handles of social media, `@handle`, in a text or as the value."""

import polars as pl

from igmap.inventory.detectors.detector import Detector

# Rules of style sheets, marks of documentation and of programs, and everybody at once: not a person.
NO_PERSON = (
    r"(?i)@(?:media|import|charset|font-?face|keyframes|supports|page|namespace|layer|container|property|apply|include"
    r"|mixin|extend|use|param|returns?|throws|author|deprecated|override|todo|see|since|version|type|example|test"
    r"|nullable"
    r"|here|channel|all|everyone|iedereen|allen|home|staticmethod|classmethod|dataclass|pytest|component"
    r"|injectable|input"
    r"|output|notnull|autowired|bean|entity|id|table|column|work|school|huis|thuis|location)$"
)


def is_handle(candidates: pl.Series) -> pl.Series:
    """Whether it is no word of a machine, package or mail domain."""
    plain = candidates.str.strip_chars().str.replace("^[^@]+", "").str.strip_chars_end(".,:;!?")
    return (
        plain.str.contains(r"^@\w+(?:\.\w+)?$") & ~plain.str.contains(NO_PERSON) & ~plain.str.contains(r"\.[a-z]{2}$")
    )


DETECTOR = Detector(
    id="handle",
    category="username",
    rare=True,
    pattern=r"(?:^|[\s(\[\"',:;])@[A-Za-z][A-Za-z0-9_]{1,29}[^\s)\]\"'<,]{0,20}",
    valid=is_handle,
    weight=2.2,
    needs="A@",
)

"""What a hierarchy is, in words: its levels as a table, and what becomes of a column in a plan."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from igmap.vocabulary import load_yaml

if TYPE_CHECKING:
    from igmap.anonymisation.hierarchies.hierarchy import Hierarchy

LANGUAGES = ("nl", "en")


def in_words(settings: Mapping[str, Any]) -> dict[str, str]:
    """What becomes of a column under a hierarchy, for `PlannedColumn.becomes`: nl and en.

    A hierarchy that follows the data says what it gives away; one that lets unknown values become `*` says so.
    """
    becomes = load_yaml("igmap.anonymisation", "texts.yaml")
    builder = next((key for key in settings if key in becomes), "categorical")
    more = _texts()["unknown"] if settings.get("unknown") == "*" else dict.fromkeys(LANGUAGES, "")
    return {lang: becomes[builder][lang] + more[lang] for lang in LANGUAGES}


def profile_html(hierarchy: "Hierarchy", lang: str = "nl") -> str:
    """The profile of a hierarchy as a table; counts only, and the warning of one that follows the data."""
    from igmap.report import Paragraph, Table, fragment

    profile = hierarchy.profile()
    rows = tuple((level, level_name(named, lang), *counts) for level, named, *counts in profile.rows())
    headers = tuple(_texts()["headers"][key][lang] for key in profile.columns)
    counted = {"field": hierarchy.field, "leaves": hierarchy.leaves, "unknown": len(hierarchy.unknown)}
    told = in_words({"auto": True})[lang] if hierarchy.follows_data else ""
    blocks = [Table(headers, rows, caption=_texts()["caption"][lang].format(**counted))]
    return fragment([*blocks, *([Paragraph(told)] if told else [])], lang=lang)


def level_name(named: str, lang: str) -> str:
    """What a level is, such as `interval:5`, in words."""
    kind, _, argument = named.partition(":")
    known = _texts()["levels"].get(kind)
    return known[lang].format(argument) if known else named


def _texts() -> Any:
    return load_yaml("igmap.anonymisation.hierarchies", "texts.yaml")

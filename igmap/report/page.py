"""Blocks become HTML that stands on its own: no script, no request, nothing unescaped."""

from __future__ import annotations

from functools import cache, partial
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING, Any

from igmap.report.drawing import inline
from igmap.report.texts import number, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Template
    from markupsafe import Markup

    from igmap.report.blocks import Block, Figure, Section

_ICONS = {"pass": "✔", "violation": "✖", "warning": "▲", "open": "?", "note": "•"}


def page(title: str, sections: Iterable[Section], *, lang: str, note: str = "") -> str:
    """A whole page: light and dark, narrow and printed, with keyboard and screen reader.

    Args:
        title: heading and window title.
        sections: in order; with more than one there is a table of contents.
        lang: nl or en, for numbers and for igmap's own words.
        note: a line under the title: version of the policy, date of the data, source.
    """
    return _render(lang, title=title, sections=tuple(sections), note=note, css=_file("page.css"))


def fragment(blocks: Iterable[Block], *, lang: str) -> str:
    """The blocks alone with their own style, for a notebook cell anywhere."""
    return _render(lang, fragment=tuple(blocks), css=_file("fragment.css"))


def _render(lang: str, **content: Any) -> str:
    numbers = count(1)

    def drawing(figure: Figure) -> Markup:
        from markupsafe import Markup

        return Markup(inline(figure.svg, figure.caption, prefix=f"f{next(numbers)}-"))  # noqa: S704 - parsed and cleaned

    spoken = {"say": partial(text, lang=lang), "figure": partial(number, lang=lang)}
    return _template().render(lang=lang, icons=_ICONS, drawing=drawing, **spoken, **content)


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_file("page.html.j2"))


@cache
def _file(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")

"""A picture's SVG made fit to stand inside a page, several at a time."""

import re
from xml.etree import ElementTree as ET

_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_LEFT_OUT = {f"{{{_SVG}}}{tag}" for tag in ("metadata", "style", "script", "foreignObject", "image")}
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


def inline(svg: str, caption: str, *, prefix: str) -> str:
    """The drawing without prologue, metadata, style sheet or anything that acts or loads, its ids made unique.

    Args:
        svg: a document that igmap drew.
        caption: its name for screen readers.
        prefix: put before every id in it.
    """
    root = ET.fromstring(svg)  # noqa: S314 - igmap's own drawing; expat loads nothing
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in _LEFT_OUT]:
            parent.remove(child)
    for element in root.iter():
        element.attrib = {
            name: _prefixed(name, value, prefix) for name, value in element.attrib.items() if _harmless(name, value)
        }
    # matplotlib's style sheet says this for every element: in a page that would reach other drawings too
    root.attrib.update({"stroke-linejoin": "round", "stroke-linecap": "butt", "role": "img", "aria-label": caption})
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _LINK[1:].partition("}")[0])
    return ET.tostring(root, encoding="unicode")


def _harmless(name: str, value: str) -> bool:
    return not name.lower().startswith("on") and (name not in {"href", _LINK} or value.startswith("#"))


def _prefixed(name: str, value: str, prefix: str) -> str:
    if name == "id":
        return prefix + value
    if name in {"href", _LINK}:
        return f"#{prefix}{value[1:]}"
    return _REFERENCE.sub(rf"url(#{prefix}\1)", value)

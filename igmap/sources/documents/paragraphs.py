"""The paragraphs of an Office document's XML, as expat reads them; elements are told by name, whatever their prefix."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

PARAGRAPHS = {"p", "tr", "cm", "pt"}  # paragraph, table row, comment, point of a chart
TEXTS = {"t", "delText", "instrText", "v", "text"}
MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
ENDS = {"p": "\n", "tc": "\t"}
PROPERTIES = {
    "title": "title",
    "subject": "title",
    "creator": "author",
    "lastModifiedBy": "author",
    "Manager": "author",
    "Company": "company",
    "keywords": "property",
    "description": "property",
    "category": "property",
    "lpwstr": "property",
}
AUTHORS = {"author", "userId"}
BLOCK = 1 << 16


@dataclass(slots=True)
class Text:
    """What one part of a document holds, while expat goes through it.

    Args:
        part: what the part is: body, header, property, link …
        authors: whoever is named as author of a change or comment; filled.
    """

    part: str
    authors: dict[str, None]
    _found: list[tuple[str, str]] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _depth: int = 0
    _inside: int = 0

    def paragraphs(self, xml: str) -> Iterator[tuple[str, str]]:
        """Which part and text, for each outermost paragraph or row that has text.

        Raises:
            xml.parsers.expat.ExpatError: the XML is not sound from here on.
        """
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        for begin in range(0, len(xml), BLOCK):
            try:
                parser.Parse(xml[begin : begin + BLOCK].encode(), begin + BLOCK >= len(xml))
            finally:
                found, self._found = self._found, []
                yield from found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if attributes:
            self._attributes({key.rpartition(":")[2]: value for key, value in attributes.items()})
        self._depth += name in (PROPERTIES if self.part == "property" else PARAGRAPHS)
        self._inside += name in (PROPERTIES if self.part == "property" else TEXTS)
        if self._depth and name in MARKS:
            self._pieces.append(MARKS[name])

    def _attributes(self, named: dict[str, str]) -> None:
        keys = (*AUTHORS, "name") if self.part == "author" else AUTHORS
        self.authors.update({named[key]: None for key in keys if named.get(key, "").strip()})
        if self.part == "link" and named.get("TargetMode") == "External" and named.get("Target", "").strip():
            self._found.append(("link", named["Target"]))

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        self._inside -= name in (PROPERTIES if self.part == "property" else TEXTS)
        self._depth -= name in (PROPERTIES if self.part == "property" else PARAGRAPHS)
        if self._depth:
            self._pieces.append(ENDS.get(name, ""))
        elif self._pieces:
            text = "".join(self._pieces).replace("\n\t", "\t").strip()
            self._pieces.clear()
            self._found += [(PROPERTIES.get(name, self.part), text)] if text else []

    def _characters(self, text: str) -> None:
        if self._depth and self._inside:
            self._pieces.append(text)

"""Corpora in which persons are marked, read from a folder; they lie in no repository of igmap and only measure it.

Forms: CoNLL-2002 (`token POS tag`, Latin-1 or UTF-8), WikiNEuRal (`number token tag`, tabs), `token tag` with a tab,
and one sentence a line with `[[persons]]` marked; each also as `.gz`. Only persons are kept. A text is built of its
tokens with the spaces that a writer would type.
"""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

Span = tuple[int, int]
Tagged = list[tuple[str, str]]
RUN = 30  # sentences to a document where a corpus marks no borders
CORPORA = {
    "CoNLL-2002 nl testb": ("ned.testb", "ned.testb.gz", "*testb*"),
    "WikiNEuRal nl test": ("nl/test.conllu", "nl/test.conllu.gz", "*wikineural*.*", "test.conllu", "test.conllu.gz"),
}
BORDER = "-DOCSTART-"
TO_THE_LEFT = frozenset([".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "...", "…", "”", "’", "»"])
TO_THE_RIGHT = frozenset(["(", "[", "{", "“", "‘", "„", "«"])
QUOTES = frozenset(['"', "'"])


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the persons that it names.

    Attributes:
        text: as it would be written.
        persons: character spans (start, end), in order.
    """

    text: str
    persons: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents, each a row of sentences.

    Attributes:
        name: as the literature calls it.
        documents: in the order of the file.
        is_sample: whether the file says by its name that it holds a part.
    """

    name: str
    documents: tuple[tuple[Marked, ...], ...]
    is_sample: bool

    @property
    def sentences(self) -> list[Marked]:
        """All sentences."""
        return [sentence for document in self.documents for sentence in document]

    @property
    def texts(self) -> list[Marked]:
        """Every document as one text, a sentence a line."""
        return [joined(document) for document in self.documents]


def corpora(folder: Path) -> dict[str, Corpus | None]:
    """Each corpus by its name; None where the folder holds no file of it.

    Args:
        folder: looked through with all folders in it; a whole corpus goes before a sample of it.
    """
    return {name: _first(name, folder, patterns) for name, patterns in CORPORA.items()}


def _first(name: str, folder: Path, patterns: Iterable[str]) -> Corpus | None:
    found = (path for pattern in patterns for path in sorted(folder.rglob(pattern)) if path.is_file())
    path = next(found, None)
    return Corpus(name, tuple(documents(content(path))), "sample" in path.name) if path else None


def content(path: Path) -> str:
    """The text of a file, unpacked; Latin-1 where it is no UTF-8."""
    held = path.read_bytes()
    held = gzip.decompress(held) if path.suffix == ".gz" else held
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        return held.decode("latin-1")


def documents(written: str) -> Iterator[tuple[Marked, ...]]:
    """The documents of a file in any of the forms; without borders, runs of sentences."""
    lines = written.splitlines()
    if any("[[" in line for line in lines):
        parts = [[_from_brackets(line) for line in part] for part in _parts(lines)]
    else:
        parts = [[marked(_tagged(rows)) for rows in _parts(part)] for part in _by_border(lines)]
    if len(parts) == 1:
        parts = [parts[0][start : start + RUN] for start in range(0, len(parts[0]), RUN)]
    yield from (tuple(part) for part in parts)


def _parts(lines: Iterable[str]) -> Iterator[list[str]]:
    """Lines between blank ones."""
    part: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            part.append(line)
        elif part:
            yield part
            part = []


def _by_border(lines: Iterable[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.startswith(BORDER):
            parts.append([])
        else:
            parts[-1].append(line)
    return [part for part in parts if any(line.strip() for line in part)]


def _tagged(lines: list[str]) -> Tagged:
    """Tokens with their tags; the token is the first cell, or the second where the first counts."""
    rows = [line.split("\t") if "\t" in line else line.split() for line in lines]
    counted = all(len(row) > 2 and row[0].isdigit() for row in rows) and all(  # noqa: PLR2004 - number, token, tag
        int(right[0]) == int(left[0]) + 1 for left, right in pairwise(rows)
    )
    return [(row[int(counted)].strip(), row[-1].strip()) for row in rows]


def marked(tagged: Tagged) -> Marked:
    """A sentence of tokens: its text, and its persons as characters.

    Args:
        tagged: token and tag (`B-PER`, `I-PER`; others count as none); a person may also begin with `I-PER`.
    """
    text, persons, inside = "", list[Span](), False
    for (token, tag), gap in zip(tagged, _gaps([token for token, _ in tagged]), strict=True):
        start = len(text) + len(gap)
        text += gap + token
        if tag == "I-PER" and inside:
            persons[-1] = (persons[-1][0], len(text))
        elif tag.endswith("-PER"):
            persons.append((start, len(text)))
        inside = tag.endswith("-PER")
    return Marked(text, tuple(persons))


def _gaps(tokens: list[str]) -> Iterator[str]:
    """What stands before each token: a space, or nothing. The last quote of an odd number closes: “Titus ' zoon”."""
    seen, glued = dict.fromkeys(QUOTES, 0), True
    for token in tokens:
        quote = token in QUOTES
        opens = quote and seen[token] % 2 == 0 and seen[token] + 1 < tokens.count(token)
        yield "" if glued or token in TO_THE_LEFT or (quote and not opens) else " "
        glued = token in TO_THE_RIGHT or opens
        if quote:
            seen[token] += 1


def _from_brackets(line: str) -> Marked:
    """A line of tokens with persons between double brackets."""
    tagged: Tagged = []
    for number, piece in enumerate(line.replace("]]", "[[").split("[[")):
        tags = iter(["B-PER"]) if number % 2 else iter(())
        rest = "I-PER" if number % 2 else "O"
        tagged += [(token, next(tags, rest)) for token in piece.split()]
    return marked(tagged)


def joined(sentences: Iterable[Marked]) -> Marked:
    """Sentences as one text, each on a line of its own."""
    text, persons = "", list[Span]()
    for sentence in sentences:
        persons += [(start + len(text), end + len(text)) for start, end in sentence.persons]
        text += sentence.text + "\n"
    return Marked(text, tuple(persons))


def lowered(sentence: Marked) -> Marked:
    """The same without capitals; a letter that would become two stays."""
    lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in sentence.text)
    return Marked(lower, sentence.persons)

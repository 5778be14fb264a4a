"""The verb: a file redacted, written beside it as a file of the same kind, and what there is to say of it."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, TypedDict, Unpack

from igmap.errors import RedactionError, SourceError
from igmap.inventory.people.known import Known
from igmap.redaction.batches import Content, Found
from igmap.redaction.key import check_key, write_key
from igmap.redaction.mail.box import mail
from igmap.redaction.plain import PAGES, plain
from igmap.redaction.reading import Head, Passage
from igmap.redaction.redacted import Redacted
from igmap.redaction.redactor import Redactor
from igmap.redaction.settings import Keeping, redaction
from igmap.redaction.surrogates import Surrogates
from igmap.redaction.tables import tables
from igmap.sources.kinds import MAIL, kind_of
from igmap.workspace import being_written, write_json

TEXTS = PAGES | {".txt", ".text", ".md", ".log", ""}
KEY_BYTES = 32


class Asked(TypedDict, total=False):
    """What may be asked of a redaction.

    Args:
        only: kinds of mentions; by default all.
        language: of placeholders: nl or en.
        seed: repeats what is made up; whoever has it can try names, so that the result is pseudonymised.
        key: a file for what stands for what; makes the result reversible, and pseudonymised.
        known: persons to look for by name, such as `known_from_workspace` gives.
        keeping: what stays that is left out otherwise, and which fields of tables are redacted.
        accept: looks at the result before it is written, and raises when it may not be.
        step: is told how many texts of the file are read, and of how many.
    """

    only: Iterable[str]
    language: str
    seed: int | None
    key: Path | None
    known: Known
    keeping: Keeping
    accept: Callable[[Redacted], Redacted]
    step: Callable[[int, int], None]


def redact(
    source: Path | str,
    out: Path | str,
    way: "str | Iterable[str] | Mapping[str, str]" = "placeholder",
    **asked: Unpack[Asked],
) -> Redacted:
    """Replace what texts tell of persons, and write the result as a file of the same kind; of tables as CSV.

    Mail keeps its parts and its threads, tables their records, and texts everything outside what is replaced. What is
    not recognised stays: a redacted text is not anonymous by that alone.

    Args:
        source: a mailbox, a message, a text, or any export with tables; it is not changed.
        out: the file to write; tables are written as CSV and called so, further ones with `-2`, `-3` … behind the name.
        way: placeholder, surrogate or generalise; or by kind of mention, as `["surrogate", "date=generalise"]`.
        asked: see `Asked`.

    Raises:
        SourceError: the file cannot be read.
        RedactionError: an unknown way, kind, language or field; `out` is `source`; the key file is there already.
        WorkspaceError: the result cannot be written.

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> _ = (folder / "note.txt").write_text("Beste Fatima, bel 06-12345678.", "utf-8")
        >>> redact(folder / "note.txt", folder / "out.txt").counts
        {'name': 1, 'phone': 1}
        >>> (folder / "out.txt").read_text("utf-8")
        'Beste [PERSOON-1], bel [TELEFOON].'
    """
    source, out, key = Path(source), Path(out), asked.get("key")
    settings = replace(redaction(way, asked.get("only", ()), asked.get("language", "nl")), numbered=key is not None)
    key = check_key(key, out) if key else None
    _check(source, out)
    redactor = Redactor(settings, Surrogates(_secret(asked.get("seed"))))
    if "known" in asked:
        redactor.look_for(asked["known"])
    contents = _contents(source, redactor, asked.get("keeping", Keeping()))
    found = _read(contents, redactor, asked.get("step", lambda *_: None))
    paths = _paths(source, out, contents)
    with ExitStack() as stack:
        files = [stack.enter_context(being_written(path, mode=0o600)) for path in paths]
        for content, file in zip(contents, files, strict=True):
            file.writelines(batch.written(found) for batch in content.batches())
        result = _result(contents, redactor, paths, asked)
        if "accept" in asked:
            result = asked["accept"](result)
        if key:
            write_key(key, redactor.originals)
    write_json(paths[0].with_name(f"{paths[0].name}.redaction.json"), result.plain())
    return result


def _check(source: Path, out: Path) -> None:
    if not source.is_file():
        raise SourceError(f"{source.name}: no such file; name one file, not a folder")
    if out.exists() and out.samefile(source):
        raise RedactionError(f"{out.name}: is the file that is read; write to another")


def _paths(source: Path, out: Path, contents: Sequence[Content]) -> Sequence[Path]:
    """The file of each content: tables are written as CSV, and called so."""
    first = out.with_suffix(contents[0].suffix) if contents[0].kind == "table" else out
    paths = [first if place == 1 else first.with_stem(f"{first.stem}-{place}") for place, _ in enumerate(contents, 1)]
    for path in paths:
        _check(source, path)
    return paths


def _secret(seed: int | None) -> bytes:
    """The secret of a result; nothing can be repeated without a seed."""
    return secrets.token_bytes(KEY_BYTES) if seed is None else hashlib.sha256(f"igmap redact {seed}".encode()).digest()


def _contents(source: Path, redactor: Redactor, keeping: Keeping) -> Sequence[Content]:
    """The file as what it is; told by its name where it holds nothing."""
    suffix, kind = source.suffix.lower(), kind_of(source)
    if kind == "mail" or (kind in {"empty", "delimited"} and suffix in MAIL):
        return [mail(source, redactor, keeping)]
    if kind in {"empty", "delimited"} and (suffix in TEXTS or kind == "empty") and not keeping.fields:
        return [plain(source)]
    try:
        found, persons = tables(source, keeping)
    except SourceError:
        if kind == "nested" and suffix in TEXTS and not keeping.fields:
            return [plain(source)]  # a text that begins with a bracket, as a chat does
        raise
    if not found:
        raise SourceError(f"{source.name}: holds no table; unpack it, and redact each file in it")
    redactor.look_for(persons)
    return found


def _read(contents: Sequence[Content], redactor: Redactor, step: Callable[[int, int], None]) -> Found:
    """What is replaced: all texts are read together, as a name that is sure in one of them is looked for in all."""
    passages, heads = list[Passage](), list[Head]()
    for batch in (batch for content in contents for batch in content.batches()):
        passages += batch.passages
        heads += batch.heads
        if redactor.settings.draws:
            redactor.surrogates.avoid([*(one.text for one in batch.passages), *batch.others])
    return redactor.swaps(passages, heads, step)


def _result(
    contents: Sequence[Content], redactor: Redactor, paths: Sequence[Path], asked: Mapping[str, Any]
) -> Redacted:
    settings = redactor.settings
    drawn = settings.draws or any(content.kind == "mail" for content in contents)
    return Redacted(
        kind=contents[0].kind,
        files=tuple(paths),
        settings=settings,
        size=sum(content.size for content in contents),
        pairs=tuple(pair for content in contents for pair in content.pairs),
        left_out={what: n for content in contents for what, n in sorted(content.left_out.items()) if n},
        fields={name: kind for content in contents for name, kind in content.fields.items()},
        threads=tuple(content.threads for content in contents if content.kind == "table"),
        known=tuple(redactor.known),
        pseudonymised=settings.numbered or (asked.get("seed") is not None and drawn),
    )

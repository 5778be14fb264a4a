"""The log of disclosures: every extract that left for a recipient, on which ground and why; a line per extract.

It holds counts and names of fields, never a value. It lies in `out/`, so that closing a workspace leaves it.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from igmap.errors import WorkspaceError
from igmap.stages import from_plain, to_plain
from igmap.workspace import made

LOG = "disclosures.jsonl"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One extract for one recipient.

    Args:
        number: from 1, in order.
        on: the day.
        by: who made it.
        dataset: source, with the table behind a `#`, as igmap shows it.
        fields: that were given.
        role: of the organisation for this dataset: controller or processor.
        recipient: id in the register.
        purpose: id in the register.
        ground: of the register's closed list.
        necessity: why it is necessary, in a person's words (policy section 4).
        law: the statute or order behind it, where there is one.
        policy: version of the register, or "".
        records: given.
        of: records of the dataset.
        left_out: records that did not leave, by reason.
        lists: ids of the lists of persons that were joined before rows left.
        sha256: of the file.
    """

    number: int
    on: date
    by: str
    dataset: str
    fields: tuple[str, ...]
    role: str
    recipient: str
    purpose: str
    ground: str
    necessity: str
    law: str
    policy: str
    records: int
    of: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    sha256: str = ""


def read_disclosures(path: Path) -> tuple[Disclosure, ...]:
    """The log, oldest first; without a file nothing was disclosed.

    Args:
        path: of disclosures.jsonl.

    Raises:
        WorkspaceError: a line cannot be read; it is named by its number.
    """
    if not path.exists():
        return ()
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            found.append(from_plain(Disclosure, json.loads(line)))
        except (ValueError, ValidationError):
            told = f"{path.name}, line {number}: not an entry of the log; restore the file from a copy"
            raise WorkspaceError(told) from None
    return tuple(found)


def log_disclosure(path: Path, entry: Disclosure) -> None:
    """Add a line to the log and see that it is on the disk before the extract may be used.

    Raises:
        WorkspaceError: it cannot be written.
    """
    made(path.parent)
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(to_plain(entry), ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise WorkspaceError(f"{path.name}: cannot be written ({error.strerror})") from None

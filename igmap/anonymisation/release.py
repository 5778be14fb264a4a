"""An anonymised table in private staging: the folder that the release room proves and publishes."""

import csv
import io
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from igmap.anonymisation.hierarchies import Hierarchy
from igmap.anonymisation.plan import Plan
from igmap.vocabulary import load_yaml
from igmap.workspace import made, write_file


@dataclass(frozen=True, slots=True)
class Release:
    """An anonymised table, not yet proved and not published.

    Args:
        folder: holds the data, plan.yaml, persons.parquet and hierarchies/ (1.csv for the first quasi-identifier …).
        plan: what was carried out.
        levels: the one level of each quasi-identifier, by field; empty when it differs from class to class.
        rows: released rows.
        suppressed_rows: rows left out.
        loss: weighted NCP of the recoding, 0-1, a suppressed row counted as 1.
        search: the name of the search.
        figures: what it counted.
    """

    folder: Path
    plan: Plan = field(repr=False)
    levels: dict[str, int]
    rows: int
    suppressed_rows: int
    loss: float
    search: str
    figures: Mapping[str, float]

    @property
    def data(self) -> Path:
        """The released table; the first of several."""
        return self.file(self.plan.name)

    @property
    def persons(self) -> Path:
        """The private map from its rows to source record and person, in the rows' order."""
        return self.person_map(1)

    def file(self, name: str) -> Path:
        """The file of a table by its name: that of the plan for the first, then `<plan>-<name>`."""
        stem = name if name == self.plan.name else f"{self.plan.name}-{name}"
        return self.folder / f"{stem}.{self.plan.file_format}"

    def person_map(self, number: int) -> Path:
        """The person map of a table, numbered from 1."""
        return self.between("persons", number)

    def between(self, kind: str, number: int) -> Path:
        """A private file about a table, numbered from 1: its persons, prepared cells, sampled records."""
        return self.folder / (f"{kind}.parquet" if number == 1 else f"{kind}-{number}.parquet")

    def hierarchies(self, number: int) -> Path:
        """The folder with the hierarchies of a table, numbered from 1."""
        return self.folder / "hierarchies" / ("" if number == 1 else str(number))

    def _repr_html_(self) -> str:
        from igmap.report import Cell, Table, fragment, percentage, text

        loss = percentage(self.loss, "nl")
        figures: dict[str, Cell] = {"rows": self.rows, "suppressed": self.suppressed_rows, "loss": loss}
        rows = tuple((text(f"run.{key}", "nl"), value) for key, value in figures.items())
        texts = load_yaml("igmap.anonymisation", "texts.yaml")
        words, searched = texts["level"]["nl"], (texts["searched"]["nl"], texts[f"search.{self.search}"]["nl"])
        levels = tuple((words.format(field=name), level) for name, level in self.levels.items())
        return fragment(
            [Table((text("run.figure", "nl"), text("run.reached", "nl")), (*rows, searched, *levels))], lang="nl"
        )


@contextmanager
def staging(folder: Path, name: str) -> Iterator[Path]:
    """A folder of its own, readable by the owner only; gone again if anything fails while it is filled."""
    path = Path(tempfile.mkdtemp(dir=made(folder, mode=0o700), prefix=f"{name}-"))
    try:
        yield path
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise


def write_hierarchy(path: Path, hierarchy: Hierarchy) -> Path:
    """Write a hierarchy as `from_file` reads it; a blank stands as an empty value."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(hierarchy.labels.tolist())
    return write_file(path, text.getvalue())

"""Detectors of the user's own: in the workspace's detectors.yaml, or from an installed package (`igmap.detectors`).

Each brings cases of its own, which are run when it is loaded; one that fails them is refused. What is in the cases is
never told, only which of them failed.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import polars as pl
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from igmap.errors import DetectorError, nearest
from igmap.inventory.checks import CHECKS, LENGTH, chance_of, passes
from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.detectors.detector import ascii_only
from igmap.report import Table, text
from igmap.vocabulary import CATEGORIES
from igmap.vocabulary.files import Lines, Place, load_text, read_yaml
from igmap.vocabulary.speaking import special_patterns

GROUP = "igmap.detectors"
ORIGIN = "igmap"
WEIGHT = 6.0  # log-odds, as most of igmap's own
TOLD = {
    "extra_forbidden": "unknown key",
    "missing": "this key is needed",
    "string_type": "write it as text, between quotes",
    "string_pattern_mismatch": "small letters, digits and _ only, beginning with a letter",
    "tuple_type": "write it as a list",
    "list_type": "write it as a list",
    "too_short": "at least one is needed",
}


def _category(name: str) -> str:
    if name not in CATEGORIES or name == "none":
        raise ValueError(f"is no category that igmap knows{nearest(name, CATEGORIES)}")
    return name


def _check(name: str) -> str:
    if name not in CHECKS and not LENGTH.fullmatch(name):
        known = ", ".join(CHECKS)
        raise ValueError(f"is no check; there are {known} and 'length 9' or 'length 8-10'{nearest(name, CHECKS)}")
    return name


def _pattern(pattern: str) -> str:
    """The pattern, if the engine of all detectors can search for it and it finds something."""
    for tried in (pattern, f"(?:{ascii_only(pattern)})x"):
        try:
            pl.Series(["x"]).str.contains(tried)
        except pl.exceptions.PolarsError as error:
            raise ValueError(f"is no regular expression of the Rust kind: {_reason(str(error))}") from None
    if re.search(r"\(\?P?<\w", pattern):
        raise ValueError("has a group with a name; write (?:…) in its place")
    if pl.Series([""]).str.contains(pattern)[0]:
        raise ValueError("also fits an empty text; let it ask for at least one character")
    return pattern


def _reason(message: str) -> str:
    """What the engine says is wrong and at which character, without the pattern that it quotes."""
    lines = message.splitlines()
    why = next((line.removeprefix("error: ") for line in lines if line.startswith("error: ")), "too large")
    caret = next((line for line in lines if "^" in line and not line.strip("^ ")), "")
    return f"{why} (character {caret.index('^') - 3})" if caret else why


class Cases(BaseModel):
    """Texts that a detector must and must not find."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hits: tuple[str, ...] = Field(min_length=1)
    misses: tuple[str, ...] = Field(min_length=1)


class Entry(BaseModel):
    """A detector as detectors.yaml has it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    category: Annotated[str, AfterValidator(_category)]
    pattern: Annotated[str, AfterValidator(_pattern)]
    checks: tuple[Annotated[str, AfterValidator(_check)], ...] = ()
    context: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    weight: float = Field(WEIGHT, gt=0, le=10)
    cases: Cases

    def detector(self) -> Detector:
        """As it is used beside igmap's own."""
        return Detector(
            id=self.id,
            category=self.category,
            pattern=self.pattern,
            valid=passes(self.checks),
            weight=self.weight,
            chance=chance_of(self.checks),
            context=words(self.context),
        )


Entries = TypeAdapter(tuple[Entry, ...])


@dataclass(frozen=True, slots=True)
class Tested:
    """A detector with where it comes from and its cases.

    Args:
        detector: as it is used.
        origin: `igmap`, `detectors.yaml`, or the package that brings it.
        cases: None if they are not at hand.
    """

    detector: Detector
    origin: str = ORIGIN
    cases: Cases | None = None

    def failures(self) -> list[tuple[str, int]]:
        """Which cases fail: `hits` or `misses`, and the number in that list, from 1."""
        return list(self._failures()) if self.cases else []

    def told(self, lang: str, *, test: bool) -> tuple[str, ...]:
        """How many cases there are, or which of them fail."""
        if self.cases is None:
            return (text("detectors.untested", lang),)
        if not test:
            return (text("detectors.count", lang, hits=len(self.cases.hits), misses=len(self.cases.misses)),)
        failed = tuple(text(f"detectors.{kind}", lang, number=number) for kind, number in self.failures())
        return (text("detectors.failed", lang), *failed) if failed else (text("detectors.passed", lang),)

    def _failures(self) -> Iterator[tuple[str, int]]:
        for kind, texts, wanted in (("hits", self.cases.hits, True), ("misses", self.cases.misses, False)):  # type: ignore[union-attr]
            found = self.detector.scan(pl.Series(texts, dtype=pl.String))["hit"]
            yield from ((kind, number) for number, hit in enumerate(found, 1) if hit != wanted)


def words(context: Sequence[str]) -> str:
    """A pattern for any of the words as a whole, in capitals or not; "" without words."""
    return r"(?i:\b(?:" + "|".join(map(re.escape, context)) + r"))" if context else ""


def all_detectors(path: Path | None = None) -> tuple[Tested, ...]:
    """Igmap's own detectors, those of installed packages, and those of a workspace.

    Args:
        path: the workspace's detectors.yaml; it need not be there.

    Raises:
        DetectorError: one is not sound, has the id of another, or fails its cases.
    """
    return (*(Tested(detector, ORIGIN, _shipped(detector.id)) for detector in DETECTORS), *_own(path))


def detectors_of(path: Path | None = None) -> tuple[Detector, ...]:
    """The same as `discover` takes them, those that are not igmap's tested with their cases."""
    own = _own(path)
    for tested in own:
        if failed := tested.failures():
            told = ", ".join(f"{kind} {number}" for kind, number in failed)
            raise DetectorError(f"{tested.origin}: {tested.detector.id}: fails its own cases: {told}")
    return (*DETECTORS, *(tested.detector for tested in own))


def _own(path: Path | None) -> list[Tested]:
    own = [
        *(tested for point in _points(tuple(sys.path)) for tested in _plugged(point)),
        *(_listed(path) if path and path.exists() else ()),
    ]
    taken = {detector.id: ORIGIN for detector in DETECTORS} | dict.fromkeys(("name", *special_patterns()), ORIGIN)
    for tested in own:
        if tested.detector.id in taken:
            raise DetectorError(
                f"{tested.origin}: the id {tested.detector.id!r} is in {taken[tested.detector.id]}; choose another"
            )
        taken[tested.detector.id] = tested.origin
    return own


@cache
def _points(_: tuple[str, ...]) -> EntryPoints:
    """What installed packages offer, for which the files of all of them are read: once while they lie where they do."""
    return entry_points(group=GROUP)


def _shipped(name: str) -> Cases | None:
    """The cases of a detector of igmap's own: in the installed package, or beside it in a checkout."""
    installed = Path(str(files("igmap"))) / "detector_cases"
    folder = installed if installed.is_dir() else installed.parent.parent / "tests" / "data" / "detectors"
    if not (folder / f"{name}.yaml").exists():
        return None
    content = load_text((folder / f"{name}.yaml").read_text("utf-8"))
    return Cases(hits=tuple(map(str, content["hits"])), misses=tuple(map(str, content["misses"])))


def _listed(path: Path) -> Iterator[Tested]:
    lines, content = read_yaml(path, DetectorError)
    try:
        entries = Entries.validate_python(content or ())
    except ValidationError as error:
        raise DetectorError("\n".join(f"{path.name}, {told}" for told in _told(error, lines))) from None
    yield from (Tested(entry.detector(), path.name, entry.cases) for entry in entries)


def _told(error: ValidationError, lines: Lines) -> Iterator[str]:
    for problem in error.errors(include_url=False, include_input=False):
        place: Place = ()
        for part in problem["loc"]:
            place = (*place, part) if (*place, part) in lines else place
        missing = [str(problem["loc"][-1])] if problem["type"] == "missing" else []
        keys = [*(str(part + 1 if isinstance(part, int) else part) for part in place), *missing]
        message = TOLD.get(problem["type"], problem["msg"].removeprefix("Value error, "))
        known = {name for model in (Entry, Cases) for name in model.model_fields}
        hint = nearest(str(problem["loc"][-1]), known) if problem["type"] == "extra_forbidden" else ""
        yield f"line {lines.get(place, 1)}: {'.'.join(keys) or 'a list of detectors is needed'}: {message}{hint}"


def _plugged(point: EntryPoint) -> Iterator[Tested]:
    """The detector of a module that has a `DETECTOR` and the path of its case file in `CASES`."""
    origin = point.dist.name if point.dist else point.value
    try:
        module = point.load()
        detector, path = module.DETECTOR, Path(module.CASES)
    except (ImportError, AttributeError, TypeError):
        raise DetectorError(
            f"{origin}: {point.name}: is no module with DETECTOR and the path of its CASES; mend or remove the package"
        ) from None
    if not isinstance(detector, Detector) or detector.category not in CATEGORIES:
        raise DetectorError(f"{origin}: {point.name}: its DETECTOR is none of igmap's form, or of no known category")
    lines, content = read_yaml(path, DetectorError)
    try:
        yield Tested(detector, origin, Cases.model_validate(content))
    except ValidationError as error:
        raise DetectorError("\n".join(f"{path.name}, {told}" for told in _told(error, lines))) from None


def listed(everyone: Sequence[Tested], lang: str, *, test: bool = False) -> Table:
    """Every detector with its category, where it comes from and its cases, or how those went."""
    heads = ("detectors.detector", "run.category", "detectors.origin", "detectors.cases")
    rows = (
        (one.detector.id, getattr(CATEGORIES[one.detector.category], lang), one.origin, one.told(lang, test=test))
        for one in everyone
    )
    return Table(tuple(text(head, lang) for head in heads), tuple(rows), text("detectors.caption", lang))

"""Ways in which certificate, codebook, verdict or dossier are broken on purpose, as data; each has to be caught."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import polars as pl

Plant = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Fault:
    """A release that is broken in one way.

    Args:
        name: reads as a claim of what is broken.
        nl: what is broken, for people.
        en: the same in English.
        caught_by: the words that have to tell it.
        plant: breaks a folder.
        where: about to be published; or published, in the workspace, with the source still there or gone.
    """

    name: str
    nl: str
    en: str
    caught_by: str
    plant: Plant
    where: Literal["leaving", "workspace", "workspace without source"] = "leaving"


SEED = 8_675_309
RELEASE, DOSSIER = Path("out/releases/learners"), Path("private/dossiers/learners")


def _said(name: str, old: str, new: str) -> Plant:
    return lambda folder: (folder / name).write_text((folder / name).read_text("utf-8").replace(old, new, 1), "utf-8")


def _listed(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    package["resources"][0]["schema"]["fields"][0]["constraints"] = {"enum": ["20-24", "73"]}
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")


def _verdict(**changes: Any) -> Plant:
    def plant(root: Path) -> None:
        path = (root if (root / "verdict.json").exists() else root / RELEASE) / "verdict.json"
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")

    return plant


def _kept(root: Path) -> None:
    (root / DOSSIER / "key.txt").write_text("00", "utf-8")


def _shortened(root: Path) -> None:
    file = root / RELEASE / "learners.parquet"
    pl.read_parquet(file).head(5).write_parquet(file)


def _another_plan(root: Path) -> None:
    path = root / DOSSIER / "plan.yaml"
    path.write_text(path.read_text("utf-8").replace("k: 3", "k: 2"), "utf-8")


FAULTS = (
    Fault(
        "the certificate says that the data are anonymous",
        "het certificaat zegt dat de gegevens anoniem zijn",
        "the certificate says that the data are anonymous",
        "claims what no figure can show",
        _said("certificate.html", "</main>", "<p>This file is anonymous.</p></main>"),
    ),
    Fault(
        "het certificaat zegt is anoniem",
        "het certificaat zegt in het Nederlands dat iets anoniem is",
        "the certificate says in Dutch that something is anonymous",
        "claims what no figure can show",
        _said("certificate.html", "</main>", "<p>Dit bestand is\nnu anoniem.</p></main>"),
    ),
    Fault(
        "the seed stands in the release folder",
        "het zaaigetal staat in de map van de uitgave",
        "the seed stands in the folder of the release",
        "tells the seed",
        _said("datapackage.json", '"name"', f'"igmap:order": {SEED}, "name"'),
    ),
    Fault(
        "the codebook lists a suppressed value",
        "het codeboek noemt een weggelaten waarde",
        "the codebook lists a suppressed value",
        "that are not released",
        _listed,
    ),
    Fault(
        "a key that was never made is called kept",
        "een sleutel die er niet is, heet bewaard",
        "a key that does not exist is called kept",
        "calls the key",
        _verdict(key="kept"),
    ),
    Fault(
        "a key is kept but called destroyed",
        "een sleutel is bewaard maar heet vernietigd",
        "a key is kept but called destroyed",
        "key.txt",
        _kept,
        "workspace without source",
    ),
    Fault(
        "the verdict is final while the source exists",
        "het oordeel is definitief terwijl de bron er nog is",
        "the verdict is final while the source exists",
        "is still the file the release was made from",
        _verdict(status="final", final_on="2026-11-23"),
        "workspace",
    ),
    Fault(
        "the released file was changed",
        "het gepubliceerde bestand is gewijzigd",
        "the released file was changed",
        "not the one that was proved",
        _shortened,
        "workspace without source",
    ),
    Fault(
        "the plan in the dossier is another one",
        "het plan in het dossier is een ander",
        "the plan in the dossier is another one",
        "not the one that was proved",
        _another_plan,
        "workspace without source",
    ),
)

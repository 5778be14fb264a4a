"""A release beside earlier ones: what two releases tell together is not published; the register, and looking again."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import yaml
from typer.testing import CliRunner

from igmap.anonymisation import Plan, anonymise
from igmap.cli import app
from igmap.errors import ReleaseError, TargetError, WorkspaceError
from igmap.release import Releases, prove, publish, read_register, recheck
from igmap.release.publish import check_met
from igmap.release.published import read_release
from igmap.stages import from_plain, to_plain
from igmap.workspace import Workspace
from tests.earlier_faults import (
    AGE,
    AGES,
    BANDS,
    COLUMNS,
    FAULTS,
    GRADE,
    ID,
    PEOPLE,
    PSEUDONYM,
    TODAY,
    TOWN,
    Fault,
    crossed,
    named,
    proved,
    published,
)
from tests.release_cases import Row, opened


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("once")
    wanted = replace(named("first", ID, AGE, GRADE), purpose="research", recipient="a school", perspective="recipient")
    published(Workspace(root), wanted)
    return root


@pytest.fixture
def first(once: Path, tmp_path: Path) -> Workspace:
    """A workspace in which `first` was published: ages with a grade, research for a school."""
    return Workspace(Path(shutil.copytree(once, tmp_path / "w")))


QUICK = {"crossed_releases", "one_who_left"}


@pytest.mark.parametrize(
    "fault",
    [pytest.param(one, id=one.name, marks=() if one.name in QUICK else pytest.mark.ci) for one in FAULTS],
)
def test_what_two_releases_tell_together_is_not_published(first: Workspace, fault: Fault) -> None:
    release, proof = fault.plant(first)
    before = read_register(first)
    assert fault.caught_by in proof.unmet
    with pytest.raises(TargetError, match=r"\((first|zero)"):
        publish(release, proof, first, today=TODAY)
    assert read_register(first) == before
    assert "second" not in {path.name for path in (first.out / "releases").iterdir()}


@pytest.mark.ci
def test_what_is_not_met_is_told_in_words_of_the_asked_language(first: Workspace) -> None:
    _, proof = crossed(first)
    missed = replace(proof, unmet=("k", "suppression_limit", "surviving_identifiers", "intersection(first)"))
    missed = replace(missed, checks={**proof.checks, "surviving_identifiers": 3})
    words = {
        "nl": ["elke combinatie van kenmerken delen (k), ten minste 2;", "ten hoogste 100%; gevonden: 0%",
               "die nog in cellen staan: 3; dat moet 0 zijn", "naast een eerdere te leggen (first)"],
        "en": ["each combination of characteristics (k), at least 2;", "at most 100%; found: 0%",
               "that are still in cells: 3; it has to be 0", "beside an earlier one (first)"],
    }  # fmt: skip
    for lang, told in words.items():
        with pytest.raises(TargetError) as error:
            check_met(missed, lang)  # type: ignore[arg-type] # both are languages
        head, *lines = str(error.value).replace("\N{NO-BREAK SPACE}", "").splitlines()
        assert "surviving_identifiers 3 (must be 0)" in head
        assert [part for part, line in zip(told, lines, strict=True) if part not in line] == []


@pytest.mark.ci
@pytest.mark.parametrize(
    ("second", "rows"),
    [
        (named("second", ID, AGE, GRADE), PEOPLE),  # the same once more
        (
            named("second", ID, AGE, GRADE),
            [*PEOPLE, *((f"q{n}", AGES[n % 4], "Goes", f"grade {n * n}") for n in range(8))],
        ),
        (named("second", ID, replace(AGE, hierarchy=BANDS, least_level=1), GRADE), PEOPLE),  # coarser
        (named("second", PSEUDONYM, AGE), PEOPLE),
    ],
)
def test_a_sound_release_goes_out_beside_an_earlier_one(tmp_path: Path, second: Plan, rows: list[Row]) -> None:
    workspace = Workspace(tmp_path)
    published(workspace, named("first", *([PSEUDONYM, AGE] if second.joined else [ID, AGE, GRADE])))
    published(workspace, second, rows)
    assert [one.name for one in read_register(workspace).releases] == ["first", "second"]


@pytest.mark.ci
def test_everybody_in_both_is_left_alone_where_each_age_and_town_has_one_person(first: Workspace) -> None:
    _, proof = crossed(first)
    found = proof.attacks.tried["intersection(first)"]
    assert (found.risk, found.control, found.tries, found.outcome) == (1.0, 0.0, 16, "unmet")


@pytest.mark.ci
def test_what_a_release_tells_by_itself_is_not_held_against_two(tmp_path: Path) -> None:
    shared = [(*row[:3], str(n // 8)) for n, row in enumerate(PEOPLE)]
    published(Workspace(tmp_path), named("first", ID, AGE, GRADE), shared)
    with opened(COLUMNS, shared) as exports:
        _, proof = proved(exports, Workspace(tmp_path), named("second", ID, TOWN, GRADE))
    value = proof.attacks.tried["common_value(first, grade)"]
    assert (value.risk, value.control) == (1.0, 1.0)  # a town has one grade by itself already
    assert proof.attacks.tried["intersection(first)"].risk == 0.0


@pytest.mark.ci
def test_a_release_that_was_not_tested_against_an_earlier_one_does_not_go_out(first: Workspace) -> None:
    with opened(COLUMNS, PEOPLE) as exports:
        release = anonymise(exports, named("second", ID, AGE, GRADE), first.staging)
        proof = prove(exports, release)
    with pytest.raises(TargetError, match="not tested against: first"):
        publish(release, proof, first, today=TODAY)


def _edited(root: Path) -> None:
    path = root / "out" / "releases" / "first" / "first.parquet"
    pl.read_parquet(path).with_columns(grade=pl.lit("9")).write_parquet(path)


def _truncated(root: Path) -> None:
    path = root / "out" / "releases" / "first" / "first.parquet"
    path.write_bytes(path.read_bytes()[:100])


def _planless(root: Path) -> None:
    (root / "private" / "dossiers" / "first" / "plan.yaml").unlink()


def _other_plan(root: Path) -> None:
    path = root / "private" / "dossiers" / "first" / "plan.yaml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text("utf-8")) | {"k": 1}), "utf-8")


def _hashless(root: Path) -> None:
    (root / "private" / "dossiers" / "first" / "inputs.json").write_text("{}", "utf-8")


@pytest.mark.parametrize(
    ("spoil", "told", "why"),
    [
        (_edited, "was changed or cut short", "changed"),
        pytest.param(_truncated, "was changed or cut short", "changed", marks=pytest.mark.ci),
        pytest.param(_planless, "lacks a plan or hashes", "dossier", marks=pytest.mark.ci),
        pytest.param(_other_plan, "the plan in its dossier was changed", "dossier", marks=pytest.mark.ci),
        pytest.param(_hashless, "lacks a plan or hashes", "dossier", marks=pytest.mark.ci),
    ],
)
def test_a_release_that_is_not_as_it_was_is_told_and_leaves_the_next_one_open(
    first: Workspace, spoil: Callable[[Path], None], told: str, why: str
) -> None:
    spoil(first.root)
    with pytest.raises(ReleaseError, match=f"'first'.*{told}"):
        read_release(first, "first")
    with opened(COLUMNS, PEOPLE) as exports:
        _, proof = proved(exports, first, named("second", ID, AGE, GRADE))
        assert "earlier(first)" in proof.attacks.undecided
        (entry,) = recheck(first, exports, today=TODAY).releases
    assert (entry.rechecked[-1].outcome, entry.rechecked[-1].why) == ("look", (why,))


def test_the_register_tells_what_was_published_and_reads_back_equal(first: Workspace) -> None:
    register = read_register(first)
    (entry,) = register.releases
    assert (entry.name, entry.published_on, entry.look_again_on) == ("first", TODAY, date(2027, 11, 26))
    assert (entry.purpose, entry.recipient, entry.perspective) == ("research", "a school", "recipient")
    assert (entry.key, entry.status, entry.thresholds["k"], entry.figures["k"]) == ("destroyed", "provisional", 2, 4)
    assert sorted(entry.files) == sorted(path.name for path in (first.out / "releases" / "first").iterdir())
    assert json.loads((first.private / "releases.json").read_text("utf-8"))["schema"] == "igmap.releases/1"
    assert from_plain(Releases, to_plain(register)) == register
    told = {lang: [str(cell) for cell in register.table(lang).rows[0]] for lang in ("nl", "en")}
    assert told["nl"] == [
        "first", "26-11-2026", "research", "a school", "de ontvanger", "voorlopig: de bron bestaat nog", "vernietigd",
        "26-11-2027", "nog niet",
    ]  # fmt: skip
    assert told["en"][1:2] + told["en"][4:] == [
        "2026-11-26", "the recipient", "provisional: the source still exists", "destroyed", "2027-11-26", "not yet",
    ]  # fmt: skip
    assert "vernietigd" in register._repr_html_()


def test_the_commands_list_releases_and_look_again(first: Workspace) -> None:
    listed = CliRunner().invoke(app, ["releases", str(first.root), "--lang", "en"])
    assert (listed.exit_code, "a school" in listed.output) == (0, True)
    found = CliRunner().invoke(app, ["recheck", str(first.root), "--today", "2027-12-01"])
    assert (found.exit_code, "de datum om opnieuw te beoordelen is voorbij" in found.output) == (3, True)


def test_an_interrupted_publish_leaves_neither_release_nor_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = Path.replace

    def full(self: Path, target: Path) -> Path:
        if Path(target).parent.name == "releases":
            raise OSError(28, "No space left on device")
        return moved(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(WorkspaceError, match="nothing was"):
        published(Workspace(tmp_path), named("first", ID, AGE, GRADE))
    assert read_register(Workspace(tmp_path)) == Releases()
    assert list((tmp_path / "out" / "releases").iterdir()) == []


def test_an_entry_counts_when_its_release_is_in_its_place(first: Workspace, tmp_path: Path) -> None:
    folder, register = first.out / "releases" / "first", first.private / "releases.json"
    register.write_text(register.read_text("utf-8").replace('"published": true', '"published": false'), "utf-8")
    assert len(read_register(first).releases) == 1  # killed just after the rename
    folder.rename(tmp_path / "elsewhere")
    assert read_register(first).releases == ()  # killed just before


def test_a_register_that_cannot_be_read_stops_publishing_and_is_kept(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "releases.json").write_text("{cut", "utf-8")
    with pytest.raises(ReleaseError, match=r"releases.json: cannot be read"):
        published(Workspace(tmp_path), named("first", ID, AGE, GRADE))
    assert (tmp_path / "private" / "releases.json").read_text("utf-8") == "{cut"
    assert list((tmp_path / "out" / "releases").iterdir()) == []


def test_looking_again_notes_what_holds_what_is_due_and_what_is_gone(first: Workspace, tmp_path: Path) -> None:
    workspace, folder = first, first.out / "releases" / "first"
    with opened(COLUMNS, PEOPLE) as exports:
        before = {path: path.read_bytes() for path in folder.iterdir()}
        assert recheck(workspace, exports, today=TODAY).exit_status == 0
        assert {path: path.read_bytes() for path in folder.iterdir()} == before
        assert recheck(workspace, exports, today=date(2027, 11, 26)).exit_status == 3
        folder.rename(tmp_path / "elsewhere")
        register = recheck(workspace, exports, today=date(2027, 11, 27))
    assert register == read_register(workspace)
    assert [(one.outcome, one.why) for one in register.releases[0].rechecked] == [
        ("holds", ()),
        ("look", ("due",)),
        ("look", ("gone", "due")),
    ]


def test_looking_again_says_which_releases_no_longer_hold_together(first: Workspace) -> None:
    workspace = first
    release, proof = crossed(workspace)
    publish(release, replace(proof, unmet=(), met=True), workspace, today=TODAY)  # by somebody who got round the gate
    with opened(COLUMNS, PEOPLE) as exports:
        register = recheck(workspace, exports, today=TODAY)
    assert register.exit_status == 4
    assert all("attack intersection(first)" in one.rechecked[-1].why for one in register.releases)
    assert "een aanval slaagt: intersection(first)" in str(register.table("nl").rows[0])

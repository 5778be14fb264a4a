"""`igmap plan`: the plan in words on the terminal, and as a file that a person edits."""

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from igmap.anonymisation import load_plan
from igmap.cli import app
from igmap.errors import PlanError

DAY = "2026-11-01"


@pytest.fixture
def club(workspace: Path) -> Path:
    members = {
        "lidnummer": [f"L{1000 + n}" for n in range(120)],
        "leeftijd": [str(18 + n % 40) for n in range(120)],
        "cijfer": [str(4 + n % 6) for n in range(120)],
    }
    visits = {
        "lidnummer": [f"L{1000 + n % 100}" for n in range(300)],
        "leeftijd": [str(18 + n % 100 % 40) for n in range(300)],
    }
    pd.DataFrame(members).to_csv(workspace / "exports" / "leden.csv", index=False)
    pd.DataFrame(visits).to_csv(workspace / "exports" / "bezoeken.csv", index=False)
    decided = "\n".join(
        f"  - {{id: {name}, files: {name}.csv, role: controller, person_key: lidnummer, by: F, 'on': {DAY}, why: w}}"
        for name in ("leden", "bezoeken")
    )
    (workspace / "decisions.yaml").write_text(f"datasets:\n{decided}\n", "utf-8")
    return workspace


def _called(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["plan", *map(str, arguments), "--today", DAY])
    if isinstance(result.exception, PlanError):
        raise result.exception
    return result.exit_code, result.output


def test_the_plan_is_told_in_words_and_written_as_it_was_asked_for(club: Path) -> None:
    asked = ("--k", "4", "--suppression-limit", "0.2", "--seed", "7", "--search", "global")
    status, told = _called(club, "--dataset", "leden.csv", *asked, "--model", "distinct_l,column=cijfer,l=2")
    assert status == 0
    assert "intervallen van 5 › intervallen van 10" in told
    assert "Elke combinatie van leeftijd wordt gedeeld door ten minste 4 personen." in told
    assert "En: elke groep heeft ten minste 2 verschillende waarden van cijfer." in told
    assert "Ten hoogste 20 % van de rijen mag wegvallen." in told
    assert "Mogelijke indelingen: 5" in told
    assert "igmap plan --with 'bezoeken.csv'" in told
    plan = load_plan(club / "plan.yaml")
    assert (plan.k, plan.suppression_limit, plan.seed, plan.linked) == (4, 0.2, 7, ())
    assert plan.models == ({"model": "distinct_l", "column": "cijfer", "l": 2},)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("nl", "In 20 rijen van leden.csv is ‘lidnummer’ leeg; die tellen samen als één onbekende persoon."),
        ("en", "In 20 rows of leden.csv ‘lidnummer’ is blank; together they count as one unknown person."),
    ],
)
def test_rows_that_name_nobody_are_told(club: Path, lang: str, told: str) -> None:
    file = club / "exports" / "leden.csv"
    table = pd.read_csv(file, dtype=str)
    table.loc[:19, "lidnummer"] = ""
    table.to_csv(file, index=False)
    assert told in _called(club, "--dataset", "leden.csv", "--k", "4", "--lang", lang)[1]


@pytest.mark.ci
def test_a_table_about_the_same_persons_comes_along_when_asked(club: Path) -> None:
    status, told = _called(club, "--dataset", "leden.csv", "--k", "4", "--with", "bezoeken.csv", "--lang", "en")
    assert status == 0
    assert "rows per person that stay at most: leden.csv (1), bezoeken.csv (3)." in told
    assert "--with 'bezoeken.csv'" not in told
    (linked,) = load_plan(club / "plan.yaml").linked
    assert (linked.source, linked.person_key, linked.most) == ("bezoeken.csv", "lidnummer", 3)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--model", "distinct,column=cijfer,l=2"), "did you mean 'distinct_l'"),
        (("--with", "bezoek.csv"), "did you mean 'bezoeken.csv'"),
        (("--search", "glob"), "did you mean 'global'"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(club: Path, asked: tuple[str, str], told: str) -> None:
    with pytest.raises(PlanError, match=told):
        _called(club, "--dataset", "leden.csv", *asked)
    assert not (club / "plan.yaml").exists()

"""igmap policy new: an empty register for any organisation."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from igmap.cli import app
from igmap.errors import PolicyError
from igmap.policy import check, load_policy, open_values
from igmap.policy.starting import new_register
from tests.policy_cases import TODAY, decisions, field, inventory


def new(path: Path, *arguments: str) -> object:
    return CliRunner().invoke(app, ["policy", "new", str(path), "--name", "Dierentuin 'De Échte' B.V.", *arguments])


def test_an_empty_register_loads_with_everything_open_and_its_reason_in_two_languages(tmp_path: Path) -> None:
    new(tmp_path / "zoo.yaml", "--country", "BE", "--lang", "en")
    held = load_policy(tmp_path / "zoo.yaml")
    assert (held.controller.name, held.controller.country, held.header.language) == (
        "Dierentuin 'De Échte' B.V.",
        "BE",
        "en",
    )
    assert (held.header.id, held.title.nl) == (
        "dierentuin-de-echte-b-v-privacy",
        "Privacyreglement Dierentuin 'De Échte' B.V.",
    )
    opens = open_values(held)
    assert len(opens) >= 10
    assert all(one.why.nl != one.why.en for one in opens)


def test_a_check_with_it_gives_what_is_open_and_what_the_law_forbids_only(tmp_path: Path) -> None:
    new(tmp_path / "zoo.yaml")
    held = load_policy(tmp_path / "zoo.yaml")
    seen = inventory(field("naam", "name"), field("bsn", "bsn"), field("wachtwoord", "password"))
    found = check(seen, held, decisions(purposes=None, start_columns={}), today=TODAY)
    assert {one.rule for one in found if one.outcome == "violation"} == {"R9", "R11"}
    assert {one.rule for one in found if one.outcome == "open"} >= {"R1", "R2", "R7", "R15", "R69"}


def test_it_validates_and_what_is_missing_is_open(tmp_path: Path) -> None:
    new(tmp_path / "zoo.yaml")
    told = CliRunner().invoke(app, ["policy", "validate", str(tmp_path / "zoo.yaml"), "--lang", "en"])
    assert told.exit_code == 3
    assert "what data are used for (purposes)" in " ".join(told.output.split())


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "zoo.yaml").write_text("mine", "utf-8")
    assert isinstance(new(tmp_path / "zoo.yaml").exception, PolicyError)  # type: ignore[attr-defined]
    assert (tmp_path / "zoo.yaml").read_text("utf-8") == "mine"


@pytest.mark.parametrize(("name", "country"), [("", "NL"), ("a\nb", "NL"), ("A", "nl"), ("A", "Nederland")])
def test_a_name_and_a_country_are_needed(name: str, country: str) -> None:
    with pytest.raises(PolicyError):
        new_register(name, country=country)


@pytest.mark.parametrize("name", ["#: & *", "日本", '"quoted"', "{a: b}", "yes"])
def test_any_name_is_kept_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / "policy.yaml").write_text(new_register(name), "utf-8")
    assert load_policy(tmp_path / "policy.yaml").controller.name == name

"""load_policy: what a register may say, what it may not, and what a person answers."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from igmap.errors import DecisionError, PolicyError
from igmap.policy import Open, answered, load_policy, open_values
from igmap.policy.reading import checked
from igmap.policy.values import Text
from igmap.vocabulary import load_table
from tests.policy_cases import decisions, policy, register, write_register

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "ig-learning" / "policy.yaml"
TEXT = Path(__file__).parents[2] / "shared" / "reference" / "privacyreglement.nl.md"


def test_a_register_reads_as_typed_values(tmp_path: Path) -> None:
    read = load_policy(write_register(tmp_path))
    assert (read.title.nl, read.version, read.controller.name) == ("Reglement", "1", "Example B.V.")
    assert [p.id for p in read.purposes] == ["teaching"]
    assert read.retention.rules[0].period == "P2Y"
    assert read.recipient("host") == read.recipients[0]
    assert read.purpose("nobody") is None


@pytest.mark.parametrize(
    ("changes", "line", "told"),
    [
        ({"purposes__0__labl": 1}, 40, "purposes.teaching.labl: unknown key; did you mean 'label'?"),
        ({"purposes__0__data_categories": ["emial"]}, 38, "unknown category 'emial'; did you mean 'email'?"),
        ({"purposes__0__iri": "dpv:Porpose"}, 30, "unknown DPV term 'dpv:Porpose'; did you mean 'dpv:Purpose'?"),
        ({"purposes__0__legal_basis": "eu-gdpr:A6-1-z"}, 34, "unknown legal basis 'eu-gdpr:A6-1-z'; did you mean"),
        ({"purposes__0__data_subjects": ["lerner"]}, 36, "unknown data subject 'lerner'; did you mean 'learner'?"),
        ({"recipients__0__purposes": ["teching"]}, 52, "recipients.host.purposes.0: unknown purpose 'teching'; did"),
        ({"recipients__0__country": "Nederland"}, 47, "'Nederland' is not a country code of two capitals"),
        ({"retention__rules__0__period": "2 years"}, 62, "rules.term.period: '2 years' is not an ISO 8601 period"),
        ({"retention__rules__0__at_end": "delet"}, 63, "did you mean 'delete'?"),
        ({"policy__announced": "soon"}, 9, "policy.announced: write a day as yyyy-mm-dd"),
        ({"rules": [{"id": "R1", "check": "bsn_require", "effect": "open"}]}, 75, "did you mean 'bsn_requires_statute"),
    ],
)  # fmt: skip
def test_an_error_names_line_key_and_nearest_word(
    tmp_path: Path, changes: dict[str, Any], line: int, told: str
) -> None:
    path = write_register(tmp_path, **changes)
    with pytest.raises(PolicyError, match=re.escape(told)) as raised:
        load_policy(path)
    assert str(raised.value).startswith(f"policy.yaml, line {line}: ")


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    content = register()
    del content["purposes"][0]["iri"]
    with pytest.raises(PolicyError, match=r"purposes\.teaching\.iri: this key is needed"):
        load_policy(write_register(tmp_path, purposes=content["purposes"]))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1: a register is a list of keys and values"),
        ("a: [1", "not readable as YAML"),
        ("schema: igmap.policy/1\nschema: igmap.policy/1\n", "line 2: the key 'schema' is there twice"),
        ("purposes:\n - {id: a}\n - {id: a}\n", "line 3: the id 'a' is there twice"),
    ],
)
def test_a_file_that_is_no_register_is_refused_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(PolicyError, match=re.escape(told)):
        load_policy(path)


def test_a_missing_or_foreign_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="cannot be read"):
        load_policy(tmp_path / "policy.yaml")
    (tmp_path / "policy.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PolicyError, match="not UTF-8"):
        load_policy(tmp_path / "policy.yaml")


def test_norway_is_a_country(tmp_path: Path) -> None:
    path = write_register(tmp_path)
    path.write_text(path.read_text("utf-8").replace("country: NL\n  agreement", "country: NO\n  agreement"), "utf-8")
    assert load_policy(path).recipients[0].country == "NO"


def test_open_values_are_listed_with_path_and_reason() -> None:
    period = {"open": "no term", "suggest": ["P1Y"]}
    held = policy("R7", retention__rules__0__period=period)
    assert open_values(held) == [("retention.rules.term.period", Text(nl="no term", en="no term"), ("P1Y",))]


def test_the_reason_for_an_open_value_may_be_given_in_both_languages() -> None:
    held = policy("R7", retention__rules__0__period={"open": {"nl": "geen termijn", "en": "no term"}})
    (told,) = open_values(held)
    assert (told.why.nl, told.why.en) == ("geen termijn", "no term")


def test_an_answer_fills_what_is_open() -> None:
    held = policy("R7", retention__rules__0__period={"open": "no term"})
    given = decisions(values=[{"path": "retention.rules.term.period", "value": "P6M"}])
    filled = answered(held, given)
    assert filled.retention.rules[0].period == "P6M"
    assert isinstance(held.retention.rules[0].period, Open)
    assert answered(filled, given) == filled


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("retention.rules.term.period", "P3Y", "'retention.rules.term.period' is not open in the register"),
        ("purposes.teaching.legal_bases", "x", "did you mean 'purposes.teaching.legal_basis'?"),
        ("purposes.teaching.legal_basis", "contract", "purposes.teaching.legal_basis: unknown legal basis 'contract'"),
    ],
)
def test_an_answer_to_nothing_open_or_of_a_wrong_form_is_refused(path: str, value: str, told: str) -> None:
    held = policy("R3", purposes__0__legal_basis={"open": "not stated"})
    with pytest.raises(DecisionError, match=re.escape(told)):
        answered(held, decisions(values=[{"path": path, "value": value}]))


def test_a_register_is_the_same_after_a_round_trip() -> None:
    held = policy("R1")
    assert checked(held.model_dump(mode="json", by_alias=True, exclude_unset=True)) == held


def test_the_sample_register_leaves_open_what_the_policy_leaves_open() -> None:
    paths = {value.path for value in open_values(load_policy(SAMPLE))}
    assert len(paths) == 47
    assert {"policy.version", "controller.dpo", "cookies.declared", "retention.rules.ret_learning.period"} <= paths


def quotes(item: Any) -> list[str]:
    """Every quote of an item that the policy, not the law, says."""
    if isinstance(item, list):
        return [quote for part in item for quote in quotes(part)]
    if not isinstance(item, dict):
        return []
    own = [item["quote"]] if "quote" in item and not item.get("law") else []
    return own + [quote for part in item.values() for quote in quotes(part)]


@pytest.mark.skipif(not TEXT.exists(), reason="the text of the policy is not shipped; it lies beside the project")
def test_every_quote_of_the_sample_register_occurs_in_the_policy() -> None:
    text = " ".join(re.sub(r"\*\*|\[([^]]*)\]\([^)]*\)", r"\1", TEXT.read_text("utf-8")).split())
    said = quotes(load_policy(SAMPLE).model_dump(mode="json", by_alias=True))
    assert len([quote for quote in said if quote]) > 40
    for quote in filter(None, said):
        places = [text.find(part.strip()) for part in quote.split("…")]
        assert min(places) >= 0, quote
        assert all(a < b for a, b in pairwise(places)), quote


def test_the_vocabulary_is_small_and_every_term_has_its_iri() -> None:
    rows = load_table("igmap.vocabulary", "dpv.tsv")
    assert 500 < len(rows) < 800
    assert all(row["iri"].startswith("https://w3id.org/dpv") for row in rows)

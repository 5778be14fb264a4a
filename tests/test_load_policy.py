"""load_policy: what a register may say, what it may not, and what a person answers."""

import json
import re
from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.errors import DecisionError, PolicyError
from igmap.policy import Open, answered, load_policy, open_values
from igmap.policy.named import refuse_unknown_names
from igmap.policy.reading import RegisterLoader, checked, places
from igmap.policy.values import Text
from igmap.vocabulary import load_table
from igmap.vocabulary.dpv import iri
from tests.examples import examples
from tests.policy_cases import RULES, decisions, policy, register, write_register

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "samples" / "ig-learning" / "policy.yaml"
REFERENCE = next((up / "shared" / "reference" for up in ROOT.parents if (up / "shared" / "reference").is_dir()), ROOT)
TEXT, SKETCH = REFERENCE / "privacyreglement.nl.md", REFERENCE / "policy_sketch.yaml"
HOLD = {"id": "claim", "label": {"nl": "geschil"}, "since": "2026-01-01", "until": {"open": "loopt nog"}}
BOMB = b"a0: &a0 x\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 12)
)
LEAST = """
schema: igmap.policy/1
policy: {id: x, title: {nl: X}, language: nl, version: {open: a}, announced: {open: b}, effective_from: {open: c}}
controller: {name: X, country: NL, contact: {open: d}}
"""


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


def test_terms_of_dpv_stand_for_addresses() -> None:
    assert iri("dpv:Student") == "https://w3id.org/dpv#Student"
    assert iri("eu-gdpr:A6-1-b") == "https://w3id.org/dpv/legal/eu/gdpr#A6-1-b"
    with pytest.raises(KeyError, match="did you mean 'dpv:Student'"):
        iri("dpv:Studnt")


@pytest.mark.skipif(not SKETCH.exists(), reason="the sketch is not shipped; it lies beside the project")
def test_the_sketch_of_the_form_loads() -> None:
    sketch = load_policy(SKETCH)
    assert len(sketch.purposes) == 9
    assert len(open_values(sketch)) == 46
    assert sketch.measures[0].text.en == sketch.measures[0].text.nl


def test_the_least_a_register_can_be_loads(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(LEAST, "utf-8")
    assert [one.path for one in open_values(load_policy(path))] == [
        "policy.version",
        "policy.announced",
        "policy.effective_from",
        "controller.contact",
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [("P7Y", "P7Y"), ("P1Y6M", "P1Y6M"), ("P28D", "P28D"), ("P0.5Y", "P6M"), ("P1,5Y", "P18M"), ("PT72H", "P3D")],
)
def test_a_period_is_kept_in_whole_years_months_weeks_and_days(tmp_path: Path, written: str, read: str) -> None:
    assert load_policy(write_register(tmp_path, retention__rules__0__period=written)).retention.rules[0].period == read


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("7 jaar", "did you mean 'P7Y'?"),
        ("6 maanden", "did you mean 'P6M'?"),
        ("PT12H", "not an ISO 8601 period of years"),
        ("P", "not an ISO 8601 period"),
        ("P999Y", "longer than 150 years"),
        ("zo lang als nodig", "not an ISO 8601 period"),
    ],
)
def test_a_period_that_is_none_is_told_with_what_it_may_mean(tmp_path: Path, period: str, told: str) -> None:
    with pytest.raises(PolicyError, match=re.escape(told)):
        load_policy(write_register(tmp_path, retention__rules__0__period=period))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"retention__rules__0__purpose": "teching"}, "rules.term.purpose: unknown purpose 'teching'; did you mean"),
        ({"retention__rules__0__categories": ["nam"]}, "rules.term.categories.0: unknown category 'nam'; did you mean"),
        ({"purposes__0__compatible_with": ["x"]}, "purposes.teaching.compatible_with.0: unknown purpose 'x'"),
        ({"disclosures": {"reason_required": ["instrucion"]}}, "unknown ground for sharing 'instrucion'; did you mean"),
        ({"retention__legal_holds": [HOLD | {"purposes": ["y"]}]}, "legal_holds.claim.purposes.0: unknown purpose 'y'"),
        ({"retention__rules__0__start": None}, "retention.rules.term.start: words are expected here"),
        ({"purposes__0__legal_basis": {"opn": "x"}}, "words are expected here; did you mean 'open'?"),
        ({"purposes__0__legal_basis": {"open": ""}}, "say why it is open"),
        ({"purposes__0__label": {}}, "purposes.teaching.label: say it in Dutch (nl), in English (en), or in both"),
        ({"policy__language": "Nederlands"}, "policy.language: 'Nederlands' is not a language code"),
        ({"policy__announced": "2026-02-30"}, "policy.announced: there is no day 2026-02-30"),
        ({"policy__announced": "20260101"}, "policy.announced: write a day as yyyy-mm-dd"),
        ({"vocabularies": {"dpv": {"iri": "https://w3id.org/dpw#", "version": "2.3"}}}, "did you mean 'https://w3id.or"),
        ({"rules": [RULES["R9"] | {"id": "R8"}]}, "the id 'R8' is that of the check 'special_category_has_art9"),
    ],
)  # fmt: skip
def test_every_reference_and_value_is_resolved_or_told(tmp_path: Path, changes: dict[str, Any], told: str) -> None:
    with pytest.raises(PolicyError, match=re.escape(told)):
        load_policy(write_register(tmp_path, **changes))


def test_purposes_in_a_circle_are_refused_with_the_way_round(tmp_path: Path) -> None:
    one, other = ({**register()["purposes"][0], "id": name, "parent": up} for name, up in (("a", "b"), ("b", "a")))
    path = write_register(tmp_path, purposes=[one, other], retention={}, recipients=[])
    with pytest.raises(PolicyError, match=r"purposes\.a\.parent: the purposes go round in a circle: a → b → a"):
        load_policy(path)
    kept = write_register(tmp_path, purposes=[one | {"parent": None}, other], retention={}, recipients=[])
    assert load_policy(kept).purposes[1].parent == "a"


def test_everything_that_is_wrong_is_told_not_the_first_thing_only(tmp_path: Path) -> None:
    path = write_register(tmp_path, purposes__0__iri="dpv:X", recipients__0__country="nl", controller__name=None)
    with pytest.raises(PolicyError) as raised:
        load_policy(path)
    assert len(str(raised.value).splitlines()) == 3


def test_a_version_is_read_as_it_is_written(tmp_path: Path) -> None:
    path = write_register(tmp_path)
    for version in ("1.10", "007", "2026-01-01", "1_0"):
        path.write_text(re.sub(r"version: .*", f"version: {version}", path.read_text("utf-8")), "utf-8")
        assert load_policy(path).version == version


@pytest.mark.ci
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a: !!python/object/apply:os.system [ls]\n", "line 1: the tag !!python/object/apply:os.system is not read"),
        (b"a: 1\nb: !mine x\n", "line 2: the tag !mine is not read"),
        (b"a: &a [x, *a]\n", "what * stands for here holds itself"),
        (BOMB, "more than 100,000 values"),
        (b"a: " + b"[" * 60 + b"]" * 60, "more than 50 lists and keys inside each other"),
        (b"a: " + b"[" * 2000 + b"]" * 2000, "nested too deeply"),
        (b"a: x\nb: \0\n", "line 2: holds a NUL byte"),
        ("a: é\n".encode("utf-16"), "is not UTF-8 but UTF-16"),
        ("a: é\n".encode("utf-16-le"), "is not UTF-8 but UTF-16"),
        ("a: x\nb: \u00e9\u00e9n\n".encode("cp1252"), "line 2: the file is not UTF-8 but perhaps Windows-1252"),
        (b"? [a, b]\n: c\n", "line 1: a list or keys where one word should be"),
        (b"purposes:\n- {id: [x]}\n", "line 2: a list or keys where one word should be"),
        (b"a: x\n" * 500_000, "is larger than 2 MB"),
        (b"a: \x07\n", "not readable as YAML"),
        (b"---\na: 1\n---\nb: 1\n", "not readable as YAML"),
        (b"- a\n- b\n", "a register is a list of keys and values"),
        (b"\xef\xbb\xbfa: x\n", "a: unknown key"),
    ],
    ids=lambda it: it if isinstance(it, str) else f"{len(it)} bytes",
)  # fmt: skip
def test_a_hostile_or_foreign_file_gets_a_named_error(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "policy.yaml"
    path.write_bytes(content)
    with pytest.raises(PolicyError, match=re.escape(told)):
        load_policy(path)


PLACES = [place for place, _ in places(register())][1:]
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["open", "id", "teaching", "P1Y"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["open", "id", "nl", "x"]), inner),
    max_leaves=4,
)


@settings(max_examples=examples(60), deadline=None)
@given(place=st.sampled_from(PLACES), value=ODD)
def test_whatever_stands_in_a_register_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, place: tuple[str | int, ...], value: Any
) -> None:
    path = tmp_path_factory.mktemp("odd") / "policy.yaml"
    content = register()
    holder: Any = content
    for part in place[:-1]:
        holder = holder[part]
    holder[place[-1]] = value
    path.write_text(yaml.safe_dump(content), "utf-8")
    with suppress(PolicyError):
        open_values(load_policy(path))


def test_an_answer_that_was_taken_into_the_register_may_stay_in_the_decisions() -> None:
    given = decisions(values=[{"path": "policy.announced", "value": date(2026, 1, 1)}])
    held = policy("R15")
    assert answered(held, given) == held


def test_an_answer_cannot_leave_open() -> None:
    held = policy("R3", purposes__0__legal_basis={"open": "not stated"})
    given = decisions(values=[{"path": "purposes.teaching.legal_basis", "value": {"open": "later"}}])
    with pytest.raises(DecisionError, match="an answer cannot be open itself"):
        answered(held, given)


def test_a_column_for_an_event_nobody_knows_is_refused_with_the_nearest(tmp_path: Path) -> None:
    given = decisions(purposes=["teaching"], start_columns={"complted": "done"})
    with pytest.raises(DecisionError, match="start_columns: the register has no 'complted'; did you mean 'completed'"):
        refuse_unknown_names(given, load_policy(write_register(tmp_path)))


@pytest.mark.ci
def test_the_schema_takes_what_igmap_reads_and_offers_the_words_there_are() -> None:
    import jsonschema

    schema = json.loads((ROOT / "docs" / "schemas" / "policy.json").read_text("utf-8"))
    for path in (SAMPLE, ROOT / "igmap" / "templates" / "policy.yaml"):
        jsonschema.validate(yaml.load(path.read_bytes(), RegisterLoader), schema)  # noqa: S506 - a safe loader
    assert "eu-gdpr:A6-1-b" in schema["$defs"]["LegalBasis"]["enum"]
    assert "dpv:Student" in schema["$defs"]["Term"]["enum"]
    bad = register(purposes__0__legal_basis="contract")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(json.dumps(bad, default=str)), schema)

"""diff: two registers in, sentences out; nothing that changed goes untold."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from typer.testing import CliRunner

from igmap.cli import app
from igmap.policy import Policy, load_policy
from igmap.policy.reading import checked
from igmap.policy.rules.periods import later
from igmap.policy.values import Open, Source, Text
from igmap.policy.versions import Diff, announcement, diff
from igmap.policy.versions.differences import entry_of, plain
from igmap.policy.versions.weighing import compared
from igmap.vocabulary import load_yaml
from tests.conftest import SAMPLES
from tests.policy_cases import SECOND, decisions, register

NOTHING = {"open": "not stated"}
SENTENCES = yaml.safe_load((Path(__file__).parent / "data" / "policy_changes.yaml").read_text("utf-8"))
MEASURE = {"id": "lock", "text": {"nl": "versleuteling", "en": "encryption"}}
REQUESTS = {
    "channel": {"email": "fg@school.example", "free": True},
    "rights": [{"id": "access", "iri": "eu-gdpr:A15", "policy_word": "inzage"}],
    "identification": {"required": True, "when": "before_processing"},
    "decision": {"term": "P28D", "from": "receipt", "form": "written", "legal_term": "P1M"},
    "extension": {"grounds": [], "term": "P1M", "legal_maximum": "P2M", "reasons_required": True},
    "refusal": {"reasons_required": True},
    "fee": {"controller": "free", "processor": "chargeable"},
}


def compare(before: dict[str, Any], after: dict[str, Any]) -> Diff:
    """The small register with changes, against itself with others."""
    return diff(checked(changed(before)), checked(changed(after)))


def changed(changes: dict[str, Any]) -> dict[str, Any]:
    """The small register with changes, those of its part about requests by keys of their own."""
    own = requests(**changes["requests"]) if "requests" in changes else {}
    return register(**{**changes, **own})


def requests(**changes: Any) -> dict[str, Any]:
    """The part about requests, with a decision term or another key changed."""
    content: dict[str, Any] = deepcopy(REQUESTS)
    for key, value in changes.items():
        first, _, second = key.partition("__")
        if second:
            content[first][second] = value
        else:
            content[first] = value
    return {"requests": content}


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["en"][:40])
def test_a_change_is_told_in_a_sentence_of_either_language(case: dict[str, Any]) -> None:
    (change,) = compare(case["before"], case["after"]).changes
    assert (change.direction, change.sentence.nl, change.sentence.en) == (case["direction"], case["nl"], case["en"])


def test_a_purpose_under_another_id_is_the_same_wherever_it_is_referred_to() -> None:
    after = register(purposes__0__id="lessons", recipients__0__purposes=["lessons"])
    after["retention"]["rules"][0]["purpose"] = "lessons"
    assert [change.kind for change in diff(checked(register()), checked(after)).changes] == ["renamed"]


def test_an_id_is_only_another_name_when_that_is_certain() -> None:
    twins = [MEASURE, {**MEASURE, "id": "bolt"}]
    kinds = [change.kind for change in compare({"measures": twins}, {"measures": [{**MEASURE, "id": "key"}]}).changes]
    assert sorted(kinds) == ["added", "removed", "removed"]


def test_a_legal_minimum_keeps_data_and_any_other_term_lets_them_go() -> None:
    term = {"id": "more", "purpose": "teaching", "start": "completed", "period": "P7Y", "at_end": "delete"}
    rules = register()["retention"]["rules"]
    for minimum, direction in ((False, "narrowed"), (True, "widened")):
        (change,) = compare({}, {"retention": {"rules": [*rules, {**term, "minimum": minimum}]}}).changes
        assert change.direction == direction


def test_a_place_that_nobody_weighed_is_told_and_left_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    known = load_yaml("igmap.policy.versions", "directions.yaml")["places"]
    monkeypatch.delitem(known, "controller/place")
    (change,) = compare({}, {"controller__place": "Vught"}).changes
    assert change.direction == "unclear"
    assert change.sentence.nl == (
        "Controller.place: hier is iets anders dat igmap niet kan beoordelen; een mens moet kijken. Het was: niets. "
        "Het is nu: Vught."
    )


def test_every_place_of_the_form_is_known() -> None:
    assert [place for place in places(Policy, "") if entry_of(place) is None] == []


def places(model: type[BaseModel], above: str) -> Iterator[str]:
    """The places of the register's form at which something can differ: values, whole items, sections that may lack."""
    for name, field in model.model_fields.items():
        place = f"{above}/{field.alias or name}".removeprefix("/")
        inner = [one for one in models(field.annotation) if one not in {Open, Text, Source}]
        if (entry_of(place) or {}).get("whole"):
            yield place
            continue
        below = f"{place}/*" if is_list(field.annotation) else place
        if not inner and name not in {"id", "name"}:
            yield place
        elif inner and (is_list(field.annotation) or type(None) in kinds(field.annotation)):
            yield below
        for one in inner:
            yield from places(one, below)


def kinds(annotation: Any) -> list[Any]:
    """A type with all that it may be."""
    annotation = getattr(annotation, "__value__", annotation)
    return [annotation, *(kind for inner in get_args(annotation) for kind in kinds(inner))]


def models(annotation: Any) -> list[type[BaseModel]]:
    return [kind for kind in kinds(annotation) if isinstance(kind, type) and issubclass(kind, BaseModel)]


def is_list(annotation: Any) -> bool:
    return any(get_origin(kind) is tuple for kind in kinds(annotation))


CASES = {**register(), "measures": [MEASURE], **requests(), "purposes": [*register()["purposes"], SECOND]}
VALUES = {"nl": "anders", "period": "P3Y", "term": "P40D", "role": "authority", "country": "US", "start": "later"}


def spots(content: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield place
    inner = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in inner:
        yield from spots(value, (*place, key))


def disturbed(content: dict[str, Any], choice: random.Random, operations: str) -> dict[str, Any]:
    """The register with something opened, dropped, copied or replaced at a random spot, if that is sound."""
    changed = deepcopy(content)
    *above, key = choice.choice([spot for spot in spots(changed) if spot])
    holder: Any = changed
    for part in above:
        holder = holder[part]
    operation = choice.choice(operations)
    if operation == "o":
        holder[key] = NOTHING
    elif operation == "d":
        del holder[key]
    elif operation == "c" and isinstance(holder, list) and isinstance(holder[key], dict):
        holder.append({**holder[key], "id": f"copy{choice.randrange(99)}"})
    elif operation == "r" and isinstance(holder[key], bool):
        holder[key] = not holder[key]
    elif operation == "r" and isinstance(holder[key], str):
        holder[key] = VALUES.get(str(key), holder[key])
    try:
        checked(changed)
    except ValidationError:
        return content
    return changed


@st.composite
def revisions(draw: st.DrawFn, operations: str) -> tuple[Policy, Policy]:
    """A register and what became of it."""
    choice = random.Random(draw(st.integers(0, 10**6)))
    changed = CASES
    for _ in range(draw(st.integers(1, 8))):
        changed = disturbed(changed, choice, operations)
    return checked(CASES), checked(changed)


def leaves(content: Any, place: str = "") -> dict[str, Any]:
    """Every value by its dotted place, items by id or name, lists of words as sets; what is absent is left out."""
    if isinstance(content, dict):
        inner = content.items()
    elif isinstance(content, list) and content and isinstance(content[0], dict):
        inner = {one.get("id", one.get("name")): one for one in content}.items()
    else:
        value = frozenset(content) if isinstance(content, list) else content
        return {} if value is None or value in ("", frozenset()) else {place: value}
    return {k: v for key, value in inner for k, v in leaves(value, f"{place}.{key}".removeprefix(".")).items()}


@pytest.mark.parametrize("operations", ["ocr", "odr"])
def test_every_leaf_that_changed_is_told(operations: str) -> None:
    @given(revisions(operations))
    def told(pair: tuple[Policy, Policy]) -> None:
        was, is_now = (leaves(plain(one)) for one in pair)
        changed = {place for place in was.keys() | is_now.keys() if was.get(place) != is_now.get(place)}
        paths = [f"{change.path}." for change in diff(*pair).changes]
        assert not [place for place in changed if not any(f"{place}.".startswith(path) for path in paths)]

    told()


@given(revisions("ocdr"))
def test_what_is_looser_one_way_is_stricter_the_other_way(pair: tuple[Policy, Policy]) -> None:
    old, new = pair
    there, back = diff(old, new).counts, diff(new, old).counts
    assert (there["widened"], there["narrowed"]) == (back["narrowed"], back["widened"])
    assert (there["unclear"], there["neutral"]) == (back["unclear"], back["neutral"])


@given(revisions("ocdr"), st.randoms())
def test_a_register_differs_in_nothing_from_itself_in_another_order(
    pair: tuple[Policy, Policy], choice: random.Random
) -> None:
    content = plain(pair[1])
    shuffled = {
        key: choice.sample(value, len(value)) if isinstance(value, list) else value for key, value in content.items()
    }
    assert diff(pair[1], checked(shuffled)).changes == ()


@given(
    st.sampled_from(["P1M", "P30D", "P31D", "P28D", "P4W", "P1Y", "P365D", "P366D", "P12M", "P2M", "P59D"]), st.data()
)
@pytest.mark.ci
def test_periods_compare_as_their_ends_do_on_every_day(one: str, data: st.DataObject) -> None:
    other = data.draw(st.sampled_from(["P1M", "P30D", "P28D", "P4W", "P1Y", "P365D", "P12M", "P62D", "P3M"]))
    days = [date(2023, 1, 1) + timedelta(days=number) for number in range(1500)]
    ends = Counter((later(day, other) > later(day, one)) - (later(day, other) < later(day, one)) for day in days)
    del ends[0]
    oracle = {(): "same", (1,): "more", (-1,): "less"}.get(tuple(ends))
    assert compared(one, other) == oracle


LOOSER: dict[str, Any] = {"purposes__0__data_categories": ["name", "learning_result", "email"], "policy__version": "2"}


def write(path: Path, **changes: Any) -> Path:
    path.write_text(yaml.safe_dump(register(**changes), sort_keys=False), "utf-8")
    return path


def command(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["policy", *map(str, arguments)])
    return result.exit_code, result.output


def test_the_command_shows_markdown_and_writes_what_the_ending_asks(tmp_path: Path) -> None:
    old = write(tmp_path / "policy-1.yaml")
    new = write(tmp_path / "policy.yaml", **LOOSER, policy__announced="2026-05-01", policy__effective_from="2026-07-01")
    status, shown = command("diff", old, new, "--lang", "en")
    assert status == 0
    assert "- For ‘teaching’ we now also use: e-mail address.\n" in shown
    assert "Looser: the organisation may do more with data, or people are less protected." in shown
    for ending in ("md", "html", "json"):
        assert command("diff", old, new, "--out", tmp_path / f"diff.{ending}")[0] == 0
    content = json.loads((tmp_path / "diff.json").read_text("utf-8"))
    assert content["counts"] == {"widened": 1, "narrowed": 0, "unclear": 0, "neutral": 3}
    assert content["announcement"]["outcome"] == "pass"
    assert "<li>Voor ‘lesgeven’ gebruiken we nu ook: e-mailadres.</li>" in (tmp_path / "diff.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("after", "status"),
    [({}, 0), ({"policy__announced": "2026-03-01"}, 4), ({"policy__announced": NOTHING}, 3)],
)
def test_the_command_says_violated_when_announced_late_and_open_when_unknown(
    tmp_path: Path, after: dict[str, Any], status: int
) -> None:
    old = write(tmp_path / "old.yaml")
    assert command("diff", old, write(tmp_path / "new.yaml", **after))[0] == status


def test_the_command_says_per_dataset_of_a_workspace_what_is_needed(tmp_path: Path) -> None:
    old, new = write(tmp_path / "policy-1.yaml"), write(tmp_path / "policy.yaml", **LOOSER)
    bound = decisions(purposes=["teaching"], collected_under="1").model_dump(mode="json", exclude_unset=True)
    (tmp_path / "decisions.yaml").write_text(yaml.safe_dump(bound), "utf-8")
    _, shown = command("diff", old, new, "--workspace", tmp_path)
    assert "all: opnieuw aankondigen.\n" in shown


def test_an_ending_that_is_not_known_is_refused_with_those_that_are(tmp_path: Path) -> None:
    old = write(tmp_path / "old.yaml")
    result = CliRunner().invoke(app, ["policy", "diff", str(old), str(old), "--out", str(tmp_path / "x.htm")])
    assert str(result.exception) == "x.htm: igmap writes .md, .html, .json here; did you mean '.html'?"


def test_hostile_words_of_a_register_stay_words(tmp_path: Path) -> None:
    nasty = "<script>alert(1)</script> | *x*\n# y {0.__class__}"
    old = write(tmp_path / "old.yaml")
    new = write(
        tmp_path / "new.yaml", purposes__0__label={"nl": nasty, "en": nasty}, purposes__0__data_categories=["name"]
    )
    command("diff", old, new, "--out", tmp_path / "d.html")
    assert "<script>" not in (tmp_path / "d.html").read_text("utf-8")
    _, shown = command("diff", old, new)
    assert "<script>" not in shown.replace("\\<script\\>", "")
    assert "\n# y" not in shown
    assert "{0." in shown


def test_two_revisions_of_the_sample_register_differ_in_every_direction() -> None:
    old, new = (load_policy(SAMPLES / name) for name in ("policy-2025-01.yaml", "policy.yaml"))
    changed = diff(old, new)
    assert changed.counts == {"widened": 9, "narrowed": 8, "unclear": 2, "neutral": 15}
    assert announcement(old, new).outcome == "open"
    assert repr(changed) == "Diff(9 widened, 8 narrowed, 2 unclear, 15 neutral)"
    assert all(change.sentence.nl.endswith(".") and change.sentence.en.endswith(".") for change in changed.changes)

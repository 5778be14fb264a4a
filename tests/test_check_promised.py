"""check, R16 to R18: what the law wants told and recorded, and where a policy deviates from it."""

from typing import Any

import pytest

from igmap.policy import Findings, Policy
from igmap.policy.paths import NOWHERE, places
from igmap.vocabulary import load_yaml
from tests.policy_cases import field, inventory, judge, only, outcomes, policy

OPEN = {"open": {"nl": "niet gezegd", "en": "not said"}}
NAMES = inventory(field("naam", "name"))
SENTENCE = {"section": "7", "quote": "binnen vier weken"}


def rights(*articles: str, **more: Any) -> list[dict[str, Any]]:
    return [{"id": f"right_{name}", "iri": f"eu-gdpr:{name}"} | more for name in articles]


def requests(**changes: Any) -> dict[str, Any]:
    """A way to handle requests that is in line with the law in everything that is not changed."""
    lawful = {
        "channel": {"email": "info@school.example", "free": True},
        "rights": rights("A15", "A16", "A17", "A18", "A19", "A20", "A21", "A77"),
        "identification": {"required": True, "when": "on_doubt"},
        "refusal_grounds": [],
        "decision": {"term": "P1M", "from": "receipt", "form": "written", "legal_term": "P1M"},
        "extension": {"grounds": [], "term": "P2M", "legal_maximum": "P2M", "reasons_required": True},
        "refusal": {"reasons_required": True, "must_mention": ["complaint", "judicial_remedy"]},
        "fee": {"controller": "free", "processor": "free"},
        "source": {"section": "7", "quote": "conform de wettelijke rechten"},
    }
    return lawful | changes


DENIED = rights("A15", in_policy=False)[0]


def complete(**changes: Any) -> dict[str, Any]:
    """All that Art. 13 and 14 want told."""
    told = {
        "controller__dpo": "fg@school.example",
        "transfers": {"outside_eea": False, "safeguards": ""},
        "information": {"provision_obligatory": "nodig om in te schrijven", "automated_decisions": None}
        | {"data_source": "de werkgever"},
        "requests": requests(),
    }
    return told | changes


def elements(findings: Findings) -> dict[str, str]:
    """The outcome of each element, by its English name."""
    known = load_yaml("igmap.policy", "elements.yaml")
    named = {one["en"]: one["id"] for one in (*known["article_13_told"], *known["article_30_recorded"])}
    return {named[name]: f.outcome for f in findings for name in named if name in f.message.en}


def test_r16_passes_a_register_that_tells_everything() -> None:
    assert outcomes(judge(policy("R16", **complete()), NAMES)) == ["pass"]


@pytest.mark.parametrize(
    ("changes", "element", "outcome"),
    [
        ({"controller__dpo": OPEN}, "dpo", "open"),
        ({"controller__contact": OPEN}, "contact", "open"),
        ({"purposes__0__legal_basis": OPEN}, "legal_basis", "open"),
        ({"transfers": {"outside_eea": OPEN, "safeguards": "x"}}, "transfers", "open"),
        ({"transfers": {"outside_eea": True, "safeguards": OPEN}}, "safeguards", "open"),
        ({"retention__rules__0__period": OPEN}, "period", "open"),
        ({"retention": {}}, "period", "open"),
        ({"information": {"automated_decisions": None, "data_source": None}}, "obligatory", "open"),
        ({"requests": requests(rights=rights("A16", "A17", "A18", "A20", "A21", "A77"))}, "access", "open"),
        ({"requests": requests(rights=[*requests()["rights"][1:], DENIED])}, "access", "violation"),
    ],
)
def test_r16_finds_each_element_that_is_not_told(changes: dict[str, Any], element: str, outcome: str) -> None:
    assert elements(judge(policy("R16", **complete(**changes)), NAMES)) == {element: outcome}


@pytest.mark.parametrize(("basis", "count"), [("eu-gdpr:A6-1-a", 1), ("eu-gdpr:A6-1-b", 0)])
def test_r16_asks_for_withdrawal_only_where_a_purpose_rests_on_consent(basis: str, count: int) -> None:
    said = complete(requests=requests(rights=[*requests()["rights"], *rights("A7-3", in_policy=False)]))
    found = judge(policy("R16", **said, purposes__0__legal_basis=basis), NAMES)
    violated = [finding for finding in found if finding.outcome == "violation"]
    assert [finding.law for finding in violated] == [("GDPR 13(2)(c)",)] * count


def test_r16_says_why_a_value_is_open_and_takes_null_for_not_applicable() -> None:
    found = only(judge(policy("R16", **complete(controller__dpo=OPEN)), NAMES))
    assert "(niet gezegd)" in found.message.nl
    assert outcomes(judge(policy("R16", **complete(controller__dpo=None)), NAMES)) == ["pass"]


def test_r16_counts_the_purposes_of_which_the_basis_is_open() -> None:
    one = policy("R16").purposes[0].model_dump(mode="json", by_alias=True, exclude_unset=True)
    two = [one | {"id": name, "legal_basis": OPEN} for name in ("reading", "writing")]
    found = only(judge(policy("R16", **complete(purposes=[one, *two])), NAMES))
    assert "2 van 3" in found.message.nl


@pytest.mark.parametrize(
    ("changes", "element"),
    [
        ({"purposes__0__data_subjects": OPEN}, "data_subjects"),
        ({"purposes__0__data_categories": OPEN}, "data_categories"),
        ({"measures": []}, "measures"),
    ],
)
def test_r17_asks_for_what_the_record_of_processing_holds(changes: dict[str, Any], element: str) -> None:
    measures = [{"id": "access", "text": {"nl": "toegang", "en": "access"}}]
    assert outcomes(judge(policy("R17", measures=measures), NAMES)) == ["pass"]
    assert elements(judge(policy("R17", **({"measures": measures} | changes)), NAMES)) == {element: "open"}


def deviating(**changes: Any) -> Policy:
    links = {"controller_responsible": False, "embedded": "genoemd in de lijst"}
    return policy("R18", **({"requests": requests(), "external_links": links} | changes))


def test_r18_passes_what_is_in_line_with_the_law() -> None:
    assert outcomes(judge(deviating(), NAMES)) == ["pass"]
    assert outcomes(judge(policy("R18"), NAMES)) == ["pass"]


@pytest.mark.parametrize(
    ("changes", "law"),
    [
        ({"decision": requests()["decision"] | {"term": "P6W", "source": SENTENCE}}, "GDPR 12(3)"),
        ({"decision": requests()["decision"] | {"term": "P30D"}}, "GDPR 12(3)"),
        ({"extension": requests()["extension"] | {"term": "P3M"}}, "GDPR 12(3)"),
        ({"identification": {"required": True, "when": "before_processing"}}, "GDPR 12(6)"),
        ({"fee": {"controller": "chargeable", "processor": "free"}}, "GDPR 12(5)"),
        ({"fee": {"controller": "free", "controller_exception": "veel werk", "processor": "free"}}, "GDPR 12(5)"),
        ({"rights": [*requests()["rights"][:-1], *rights("A77", only_when="na een besluit")]}, "GDPR 77"),
        ({"refusal": {"reasons_required": True, "must_mention": ["complaint_to_ap"]}}, "GDPR 12(4)"),
        ({"rights": rights("A15", "A77")}, "GDPR 19"),
    ],
)
def test_r18_names_each_place_where_requests_are_handled_unlike_the_law(changes: dict[str, Any], law: str) -> None:
    found = only(judge(deviating(requests=requests(**changes)), NAMES))
    assert (found.outcome, found.law) == ("warning", (law,))


def test_r18_shows_the_sentence_that_deviates() -> None:
    late = requests(decision=requests()["decision"] | {"term": "P6W", "source": SENTENCE})
    found = only(judge(deviating(requests=late), NAMES))
    assert (found.policy.section, found.policy.quote) == ("7", "binnen vier weken")
    assert "6 weken" in found.message.nl


@pytest.mark.parametrize(
    ("exception", "outcome"), [("manifestly unfounded", "pass"), ("kennelijk ongegrond", "pass"), ("", "pass")]
)
def test_r18_knows_the_exception_of_the_law_itself(exception: str, outcome: str) -> None:
    fee = {"controller": "free", "controller_exception": exception, "processor": "free"}
    assert outcomes(judge(deviating(requests=requests(fee=fee)), NAMES)) == [outcome]


def test_r18_lists_the_grounds_for_refusal_that_the_law_does_not_know() -> None:
    grounds = [
        {"id": name, "iri": "just:ProcessExcessive", "text": {"nl": name, "en": f"{name} (en)"}, "gdpr": article}
        for name, article in [
            ("herhaald", "art12-5"),
            ("anderen", "AVG art. 15 lid 4"),
            ("veel werk", "none"),
            ("te duur", "geen"),
        ]
    ]
    found = only(judge(deviating(requests=requests(refusal_grounds=grounds)), NAMES))
    assert found.message.nl.endswith("veel werk, te duur.")


def test_r18_takes_a_stricter_promise_for_no_fault_and_an_open_maximum_for_open() -> None:
    stricter = requests(decision=requests()["decision"] | {"term": "P28D"})
    found = only(judge(deviating(requests=stricter), NAMES))
    assert (found.outcome, "28 dagen" in found.message.nl) == ("pass", True)
    unlimited = requests(extension=requests()["extension"] | {"term": OPEN})
    assert outcomes(judge(deviating(requests=unlimited), NAMES)) == ["open"]


@pytest.mark.parametrize(
    ("links", "outcome"),
    [
        ({"controller_responsible": False}, "warning"),
        ({"controller_responsible": False, "embedded": OPEN}, "open"),
        ({"controller_responsible": True}, "pass"),
        (None, "pass"),
    ],
)
def test_r18_asks_about_embedded_content_where_links_are_excluded(links: Any, outcome: str) -> None:
    assert outcomes(judge(deviating(external_links=links), NAMES)) == [outcome]


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("a.b", [1]),
        ("a.c", [NOWHERE]),
        ("x.y.z", [NOWHERE]),
        ("list.*.n", [1, 2]),
        ("list[n=2].m", ["two"]),
        ("list[n=3].m", [NOWHERE]),
        ("a[b=1].b", [1]),
        ("a[b=2].b", [NOWHERE]),
        ("a.*", []),
    ],
)
def test_a_path_leads_to_every_place_it_means_or_nowhere(path: str, values: list[Any]) -> None:
    content = {"a": {"b": 1}, "list": [{"n": 1}, {"n": 2, "m": "two"}]}
    assert [place.value for place in places(content, path)] == values

"""docs/obligations.md: a row for each of the 47 promises, in a true state."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.scripts import ROOT, script

TEXT = ROOT.parent / "shared" / "reference" / "privacyreglement.nl.md"

MADE = script("make_obligations")


@pytest.mark.ci
def test_the_page_is_what_the_rows_say_today() -> None:
    page = (ROOT / "docs" / "obligations.md").read_text("utf-8")
    assert page == MADE.document(), "run python docs/make_obligations.py"
    assert len(re.findall(r"^\| O\d+ \|", page, re.MULTILINE)) == 47


@pytest.mark.ci
def test_every_rule_verb_and_test_named_is_there() -> None:
    assert MADE.problems(MADE.obligations()) == []


def works(row: dict[str, Any]) -> None:
    row.update(state="works", rules=[], verbs=[])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda row: row.update(rules=["R999"]), "O2: there is no rule R999"),
        (lambda row: row.update(verbs=["igmap chek"]), "O2: there is no verb 'igmap chek'"),
        (lambda row: row.update(verbs=["igmap.release.prov"]), "O2: there is no verb 'igmap.release.prov'"),
        (lambda row: row.update(tests=["test_check.py::test_x"]), "O2: there is no test test_check.py::test_x"),
        (lambda row: row.update(state="done"), "O2: 'done' is none of"),
        (lambda row: row.update(state="planned"), "O2: what is planned, and that alone, says what it expects"),
        (works, "O2: what works has a rule or a verb, and a test"),
        (lambda row: row.update(id="O1"), "there have to be 47 rows"),
    ],
)
@pytest.mark.ci
def test_a_row_that_says_what_is_not_so_is_told(change: Callable[[dict[str, Any]], Any], told: str) -> None:
    rows = MADE.obligations()
    change(rows[1])
    assert [problem for problem in MADE.problems(rows) if problem.startswith(told)]


@pytest.mark.skipif(not TEXT.exists(), reason="the text of the policy is not shipped; it lies beside the project")
def test_every_quote_occurs_in_the_policy() -> None:
    text = " ".join(re.sub(r"\*\*|\[([^]]*)\]\([^)]*\)", r"\1", TEXT.read_text("utf-8")).split())
    for row in MADE.obligations():
        for part in row["quote"].split("…"):
            assert part.strip(" ,()'") in text, row["id"]

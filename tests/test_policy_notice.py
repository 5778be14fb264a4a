"""notice: what the websites say about a change; nothing invented, no gap that can be missed; and Markdown itself."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from igmap.cli import app
from igmap.flows.pictures import announcement_line, purpose_change, svg
from igmap.policy import Policy, load_policy
from igmap.policy.reading import checked
from igmap.policy.versions import announcement, diff
from igmap.policy.versions.notice import notice
from igmap.report import Badge, Badges, Detail, Figure, Items, Paragraph, Section, Table, fragment, markdown
from igmap.report.markdown import escaped
from tests.conftest import SAMPLES
from tests.policy_cases import SECOND, register

NOTHING = {"open": "not stated"}
FULL: dict[str, Any] = {
    "policy__version": "2",
    "policy__announced": "2026-08-01",
    "policy__effective_from": "2026-09-01",
    "purposes": [*register()["purposes"], SECOND],
    "retention__rules__0__period": "P1Y",
    "controller__supervisory_authority": "legal-nl:DPA-NL",
    "requests": {
        "channel": {"email": "fg@school.example", "free": True},
        "rights": [
            {"id": "access", "iri": "eu-gdpr:A15"},
            {"id": "objection", "iri": "eu-gdpr:A21"},
            {"id": "complaint", "iri": "eu-gdpr:A77"},
            {"id": "own_right", "iri": "eu-gdpr:A16", "policy_word": "aanvullen"},
        ],
        "decision": {"term": "P28D", "from": "receipt", "form": "written", "legal_term": "P1M"},
    },
}
NL = """# Example B.V. past het privacyreglement aan

## Wanneer gaat dit in?

Example B.V. past dit reglement aan: ‘Reglement’. U leest hier wat er verandert en wat u kunt doen.

Het nieuwe reglement geldt vanaf 1 september 2026. Tot die dag geldt het oude reglement. We maken dit bekend op \
1 augustus 2026.

## Wat mogen we nu meer, en wat beloven we minder?

- We gebruiken gegevens voor een nieuw doel: verbeteren. Het gaat om deze mensen: cursist. Het gaat om deze gegevens: \
leerresultaat. De grondslag is: gerechtvaardigd belang (art. 6 lid 1 onder f).

## Wat wordt beter voor u?

- We bewaren korter: gegevens voor ‘lesgeven’ eerst 2 jaar, nu 1 jaar.
"""
RIGHTS = """## Welke rechten hebt u?

U hebt recht op het volgende:

- gegevens inzien
- bezwaar maken tegen het gebruik van gegevens
- aanvullen

Stuur uw vraag of verzoek naar fg@school.example. Dat is gratis. U krijgt antwoord binnen 28 dagen.

## Bent u het er niet mee eens?

U kunt altijd een klacht indienen bij de Autoriteit Persoonsgegevens.
"""


def pair(**after: Any) -> tuple[Policy, Policy]:
    """The small register as it is, with the part about requests in both, and as it becomes."""
    same = {key: after[key] for key in ("requests", "controller__supervisory_authority") if key in after}
    return checked(register(**same)), checked(register(**after))


def test_a_change_with_all_its_dates_is_a_notice_without_gaps() -> None:
    drafted = notice(*pair(**FULL), "nl")
    assert drafted.gaps == ()
    assert drafted.markdown.startswith(NL)
    assert drafted.markdown.endswith(RIGHTS)
    assert "- Bent u het niet eens met ‘verbeteren’? Dan kunt u bezwaar maken." in drafted.markdown


def test_the_notice_is_there_in_english_too() -> None:
    told = notice(*pair(**FULL), "en").markdown
    assert "# Example B.V. changes its privacy policy" in told
    assert "The new policy applies from 1 September 2026." in told
    assert "- We keep data for a shorter time: for ‘teaching’ first 2 years, now 1 year." in told
    assert "- Do you disagree with ‘improving’? Then you can object." in told


def test_what_the_registers_do_not_say_is_a_gap_in_the_text() -> None:
    opened = {"policy__announced": NOTHING, "policy__effective_from": NOTHING}
    improving = {**SECOND, "legal_basis": NOTHING}
    drafted = notice(*pair(**opened, policy__version="2", purposes=[*register()["purposes"], improving]), "nl")
    assert drafted.gaps == (
        "de dag waarop het nieuwe reglement ingaat",
        "de dag waarop dit bericht op de website komt",
        "de grondslag voor ‘verbeteren’",
        "welke rechten mensen hebben",
        "binnen welke tijd mensen antwoord krijgen",
        "bij welke toezichthouder mensen kunnen klagen",
    )
    for gap in drafted.gaps:
        assert f"[NOG IN TE VULLEN: {gap}]" in drafted.html
        assert f"\\[NOG IN TE VULLEN: {gap}\\]" in drafted.markdown


def test_what_nobody_could_weigh_is_not_called_harmless() -> None:
    drafted = notice(*pair(**{**FULL, "purposes": register()["purposes"], "purposes__0__iri": "dpv:Marketing"}), "nl")
    assert "beoordelen en in gewone taal zetten" in drafted.gaps[0]
    assert "We gaan niet meer doen met uw gegevens dan eerst." not in drafted.markdown


def test_a_change_of_words_alone_says_that_nothing_becomes_more() -> None:
    told = notice(*pair(**{**FULL, "purposes": register()["purposes"], "purposes__0__label__nl": "onderwijs"}), "nl")
    assert "We gaan niet meer doen met uw gegevens dan eerst." in told.markdown
    assert "Verder zijn alleen woorden of de administratie anders." in told.markdown


def test_the_sample_notice_has_the_gaps_that_its_policy_leaves() -> None:
    drafted = notice(load_policy(SAMPLES / "policy-2025-01.yaml"), load_policy(SAMPLES / "policy.yaml"), "nl")
    assert len(drafted.gaps) == 4
    assert "Bent u het niet eens met ‘fraude, technische of beveiligingsproblemen’?" in drafted.markdown


def test_the_command_says_what_has_to_be_filled_in(tmp_path: Path) -> None:
    for name, changes in (("old", {}), ("new", FULL), ("open", {"policy__announced": NOTHING})):
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(register(**changes)), "utf-8")
    run, old = CliRunner().invoke, str(tmp_path / "old.yaml")
    whole = run(app, ["policy", "notice", old, str(tmp_path / "new.yaml"), "--out", str(tmp_path / "notice.html")])
    assert whole.exit_code == 0
    assert "<h1>Example B.V. past het privacyreglement aan</h1>" in (tmp_path / "notice.html").read_text("utf-8")
    gaps = run(app, ["policy", "notice", old, str(tmp_path / "open.yaml"), "--lang", "en"])
    assert gaps.exit_code == 3
    assert "To be filled in: the day this notice is put on the website" in gaps.stderr


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_pictures_of_a_change_mark_what_is_new_and_what_is_open(lang: Any) -> None:
    old, new = (
        checked(register()),
        checked(register(purposes=[*register()["purposes"], SECOND], policy__announced=NOTHING)),
    )
    heat = svg(purpose_change(old, new, lang))
    assert {"nl": "verbeteren (nieuw doel)", "en": "improving (new purpose)"}[lang] in heat
    assert ">+<" in heat
    line = svg(announcement_line(diff(old, new), announcement(old, new), old, lang, on=date(2026, 11, 1)))
    assert {"nl": "aangekondigd: niet vastgelegd", "en": "announced: not stated"}[lang] in line


def test_blocks_become_markdown() -> None:
    table = Table(("kop", "aantal"), (("a|b", ("x", Badge("open", "open", 2))),), "Wat er is")
    blocks = (
        Paragraph("- geen *lijst*\n1. nee\n1.5 is een getal"),
        Items(("een", "twee\ndrie")),
        Badges((Badge("pass", "goed", 1200),)),
        table,
        Detail("meer", (Paragraph("erin"),)),
        Figure("<svg/>", "beeld"),
    )
    assert markdown("Titel", [Section("a", "Kop", blocks)], lang="nl", note="noot").split("\n\n") == [
        *("# Titel", "noot", "## Kop", "\\- geen \\*lijst\\*\n1\\. nee\n1.5 is een getal", "- een\n- twee drie"),
        *("- 1.200 goed", "**Wat er is**", "| kop | aantal |\n| --- | --- |\n| a\\|b | x<br>2 open |"),
        *("**meer**", "erin", "*beeld*\n"),
    ]
    assert "<ul><li>een</li><li>twee\ndrie</li></ul>" in fragment(blocks[1:2], lang="nl")


@given(st.text())
def test_a_text_has_no_mark_of_markdown_left(content: str) -> None:
    told = escaped(content)
    for mark in "*_`[]<>|#~":
        assert told.replace("\\\\", "").count(f"\\{mark}") == content.count(mark)

"""Keys in dumps of databases: whose number it is, by the title, the name and the rest of the table."""

from collections.abc import Mapping

import pandas as pd
import pytest

from igmap.inventory import discover
from igmap.inventory.context.keys import of_title
from igmap.sources import open_exports

NAMES = [
    "Jansen",
    "de Vries",
    "Bakker",
    "Visser",
    "Smit",
    "Meijer",
    "Mulder",
    "Bos",
    "Vos",
    "Peters",
    "Hendriks",
    "Dekker",
]
MANY = list(range(1, 13))


def _found(title: str, columns: Mapping[str, object]) -> dict[str, str]:
    with open_exports({title: pd.DataFrame(columns)}) as exports:
        fields = discover(exports).datasets[0].fields
    return {field.name: field.category if field.verdict == "found" else "none" for field in fields}


@pytest.mark.parametrize(
    ("title", "of"),
    [("koha_borrowers", "persons"), ("oxuser", "persons"), ("helpdesk_tickets", "persons"),
     ("users_backup.csv", "persons"),
     ("user_roles", "records"), ("audit_events", "records"), ("retouren", ""), ("kwartaal", "")],
)  # fmt: skip
def test_a_title_says_what_its_records_are(title: str, of: str) -> None:
    assert of_title(title)[0] == of


def test_the_number_of_a_person_is_theirs_and_that_of_a_message_nobodys() -> None:
    told = {"rowid": MANY, "lastname": NAMES, "body": [f"tekst {n}" for n in MANY]}
    assert _found("members", told)["rowid"] == "account_id"
    assert _found("messages", told)["rowid"] == "none"


def test_who_made_a_record_is_somebody_and_a_list_of_theirs_is_told_by_its_code() -> None:
    told = {
        "id": MANY,
        "lastname": NAMES,
        "gender_id": [1, 2] * 6,
        "created_by": [3, 4, 7] * 4,
        "status_id": [3, 5] * 6,
    }
    found = _found("employees", told)
    assert [found[name] for name in ("gender_id", "created_by", "status_id")] == ["gender", "account_id", "none"]


def test_flags_and_moments_are_no_pointers() -> None:
    told = {"lastname": NAMES, "is_edited_by": [0, 1] * 6, "approved_by": ["2026-01-02"] * 12}
    assert "account_id" not in _found("members", told).values()


def test_the_number_by_which_somebody_is_known_elsewhere_is_theirs() -> None:
    codes = [f"X{2000 + at * 37}" for at in MANY]
    table = {
        "name": NAMES,
        "external_ref": codes,
        "other_id": codes[::-1],
        "batch_ref": codes,
        "email": [f"{n[:2].lower()}{at}@example.org" for at, n in enumerate(NAMES)],
    }
    found = _found("relations", table)
    assert found["external_ref"] == found["other_id"] == "account_id"
    assert found["batch_ref"] == "none"


def test_such_a_number_is_nobodys_where_nobody_is_told_of() -> None:
    codes = [f"X{2000 + at * 37}" for at in MANY]
    assert _found("parts", {"part": [f"bolt {at}" for at in MANY], "external_ref": codes})["external_ref"] == "none"


def test_the_code_of_a_relation_is_theirs_and_of_an_article_nobodys() -> None:
    told = {"Code": [f"1{n:04}" for n in MANY], "Naam": NAMES}
    assert _found("exact_relaties", told)["Code"] == "account_id"
    assert _found("exact_artikelen", told)["Code"] == "none"


def test_who_has_a_record_in_hand_is_led_to_by_number_and_a_flag_leads_nowhere() -> None:
    told = {"lastname": NAMES, "owner": [3, 5, 8] * 4, "openedby": [2, 5, 7] * 4, "assignee": [0, 1] * 6}
    found = _found("tickets", told)
    assert [found[name] for name in ("owner", "openedby", "assignee")] == ["account_id", "account_id", "none"]

"""Tables with a record per attribute: the key beside a value says what it is, as a header would."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import pytest

from igmap.inventory import Field, discover
from igmap.sources import open_exports

TODAY = date(2026, 11, 1)
OF_A_USER = {
    "nickname": "cursist{}", "billing_phone": "06-1234{:04}", "billing_city": "Vught", "rich_editing": "true",
    "billing_email": "c{}@post.example", "admin_color": "fresh",
}  # fmt: skip
ANSWERS = {
    "Heeft u dieetwensen?": ("halal", "geen", "coeliakie", "veganistisch", "glutenvrij"),
    "Hoeveel deelnemers?": ("4", "12", "7", "20", "3"),
}
CHANGES = {"Email": ("a{}@post.example", "b{}@post.example"), "Status": ("open", "closed")}
OF_A_THING = {"color": ("rood", "blauw"), "size": ("S", "M"), "brand": ("Lego", "Playmobil")}


def _judged(frame: pd.DataFrame) -> dict[str, Field]:
    with open_exports({"t": frame}) as exports:
        return {field.name: field for field in discover(exports, today=TODAY).datasets[0].fields}


def _listed(told: Mapping[str, Sequence[str]], names: list[str]) -> pd.DataFrame:
    rows = [(str(n), key, values[n % len(values)].format(n)) for n in range(20) for key, values in told.items()]
    return pd.DataFrame(rows, columns=names)


def test_the_meta_of_users_is_personal_whatever_else_stands_in_it() -> None:
    users = {key: (value,) for key, value in OF_A_USER.items()}
    fields = _judged(_listed(users, ["user_id", "meta_key", "meta_value"]))
    assert fields["meta_value"].category in {"email", "phone", "username"}
    assert {"code": "attributes", "field": "meta_key", "count": 4, "of": 6} in fields["meta_value"].reasons


def test_an_answer_on_health_makes_the_answers_special() -> None:
    field = _judged(_listed(ANSWERS, ["response_id", "question", "answer"]))["answer"]
    assert (field.verdict, field.category, field.special) == ("found", "health", "art9")
    assert field.free_text  # a release drops it: other answers stand there too


@pytest.mark.parametrize("name", ["old value", "NewValue"])
def test_a_log_of_changes_holds_what_was_changed(name: str) -> None:
    rows = [(key, value.format(n)) for n in range(20) for key, values in CHANGES.items() for value in values]
    assert _judged(pd.DataFrame(rows, columns=["Field", name]))[name].category == "email"


def test_attributes_of_things_are_nobodys() -> None:
    fields = _judged(_listed(OF_A_THING, ["product_id", "attribute", "value"]))
    assert {field.category for field in fields.values()} == {"none"}


def test_records_without_a_value_tell_nothing() -> None:
    frame = pd.DataFrame({"meta_key": ["email", "phone"] * 9, "meta_value": [None, ""] * 9})
    assert _judged(frame)["meta_value"].category == "none"


def test_keys_that_do_not_come_back_name_nothing() -> None:
    fields = _judged(pd.DataFrame({"key": [f"setting {n}" for n in range(30)], "value": [str(n) for n in range(30)]}))
    assert fields["value"].category == "none"


FORM = {
    "Adres": "Kerkstraat 12", "Postcode": "5261 AB", "Woonplaats": "Vught", "Telefoon": "06-12345678",
    "E-mail": "cursist@post.example", "BSN": "111222333", "Training": "Excel",
}  # fmt: skip
OF_A_PRODUCT = {"Kleur": "rood", "Gewicht": "3 kg", "Merk": "Lego", "Prijs": "12,50", "Voorraad": "4", "Maat": "L"}


@pytest.mark.parametrize(("told", "category"), [(FORM, "bsn"), (OF_A_PRODUCT, "none")])
def test_a_form_that_was_filled_in_tells_by_its_labels(told: dict[str, str], category: str) -> None:
    fields = _judged(pd.DataFrame({"Inschrijfformulier": list(told), "(2)": list(told.values())}))
    assert fields["(2)"].category == category

"""Machines in stock, on a network or in a park of sensors are nobody's; a device in somebody's hands is theirs."""

import pandas as pd

from igmap.inventory import discover
from igmap.inventory.context.equipment import equipment_votes
from igmap.sources import open_exports

N = range(24)
SERIALS = [f"SN53{708828 + 37 * n}" for n in N]
ADDRESSES = [f"10.20.{n % 3}.{n + 4}" for n in N]
PERSONS = ["Gemma Prins", "Pieter Smit", "Fatima Amrani", "Joost Blokland", "Sanne Veldkamp", "Willem Griffith"] * 4
STOCK = {
    "hostname": [f"sw-{n:03}" for n in N], "serial number": SERIALS, "mgmt ip": ADDRESSES, "rack": ["R1", "R2"] * 12,
    "firmware": ["7.2.4", "7.2.5"] * 12, "vlan": ["10", "20", "30"] * 8, "switchport": [f"gi0/{n}" for n in N],
}  # fmt: skip


def _categories(columns: dict[str, list[str]]) -> dict[str, str]:
    with open_exports({"network": pd.DataFrame(columns)}) as exports:
        return {field.name: field.category for field in discover(exports).datasets[0].fields}


def test_what_stands_in_a_rack_has_numbers_that_are_nobodys() -> None:
    assert set(_categories(STOCK).values()) == {"none"}


def test_the_same_machines_with_their_users_are_theirs() -> None:
    told = _categories(STOCK | {"user": PERSONS})
    assert (told["user"], told["serial number"]) == ("name", "device_id")


def test_nothing_is_said_of_a_table_without_words_of_a_register() -> None:
    with open_exports({"t": pd.DataFrame({"ip": ADDRESSES, "tijd": ["10:11", "12:13"] * 12})}) as exports:
        assert list(equipment_votes(discover(exports).datasets[0].fields)) == []

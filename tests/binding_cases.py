"""A second organisation, invented, with a register and exports of its own: what the tests of binding share.

A swimming club: members, lessons, staff, a mailing list, questions, bookkeeping, a network. Nothing of it is in igmap.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from igmap.inventory import Decisions, discover
from igmap.inventory.kinships import relate
from igmap.policy import Policy
from igmap.policy.binding import Known, Proposal, propose
from igmap.policy.reading import checked
from igmap.sources import Exports, open_exports

DAY = date(2026, 11, 1)
SAID = {"by": "penningmeester", "on": "2026-10-01", "why": "test"}
REGISTER: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "data" / "swimming_club.yaml").read_text("utf-8"))
N = 30
NAMES = ["Fatima el Amrani", "Jan de Vries", "Sanne Bakker", "Pieter Jansen", "Aisha Yilmaz", "Wout Peters"]
MAILS = [f"lid{i}@otter.example" for i in range(N)]
TABLES: dict[str, dict[str, list[Any]]] = {
    "leden/ledenlijst_2026-10.csv": {
        "Lidnummer": [f"L{1000 + i}" for i in range(N)],
        "Naam": [NAMES[i % 6] for i in range(N)],
        "E-mailadres": MAILS,
        "Postcode": [f"{5200 + i} AB" for i in range(N)],
        "Geboortedatum": [f"{1960 + i}-03-0{1 + i % 9}" for i in range(N)],
        "Lid tot": [f"2026-0{1 + i % 9}-15" if i % 2 else "" for i in range(N)],
    },
    "kantoor/salarissen 2026-10.csv": {
        "Personeelsnr": [f"P{i}" for i in range(N)],
        "Naam": [NAMES[i % 6] for i in range(N)],
        "Bruto salaris": [f"{2000 + 17 * i},50" for i in range(N)],
        "IBAN": ["NL91ABNA0417164300"] * N,
        "Datum uit dienst": [f"{1 + i % 28:02}-06-2024" if i % 3 == 0 else "" for i in range(N)],
    },
    "export/audience_export.csv": {
        "Email Address": MAILS,
        "First Name": ["Jan"] * N,
        "Last Name": ["Jansen"] * N,
        "MEMBER_RATING": ["2"] * N,
        "OPTIN_TIME": ["2024-05-01 10:00:00"] * N,
        "LEID": [str(300 + i) for i in range(N)],
    },
    "tickets/tickets_2026.csv": {
        "Ticket": [str(i) for i in range(N)],
        "Requester": [NAMES[i % 6] for i in range(N)],
        "Requester email": MAILS,
        "Vraag": ["Wanneer is het bad open in de vakantie, en wat kost dat voor mijn kinderen?"] * N,
        "Solved at": [f"2026-09-{1 + i % 28:02} 09:30" for i in range(N)],
    },
    "boekhouding/verkoopfacturen.csv": {
        "Factuurnummer": [f"F2026-{i:04}" for i in range(N)],
        "Klant": [NAMES[i % 6] for i in range(N)],
        "IBAN": ["NL91ABNA0417164300"] * N,
        "Factuurdatum": [f"{1 + i % 28}-10-2019" for i in range(N)],
    },
    "overig/sollicitanten.csv": {
        "Naam": [NAMES[i % 6] for i in range(N)],
        "E-mail": MAILS,
        "Motivatie": ["Ik wil graag badmeester worden omdat ik veel van water en kinderen houd."] * N,
    },
    "overig/lijst.csv": {"Naam": [NAMES[i % 6] for i in range(N)], "E-mail": MAILS},
}  # fmt: skip


def policy(**changes: Any) -> Policy:
    """The register of the club, with top-level parts changed."""
    return checked(REGISTER | changes)


def frames(*names: str) -> dict[str, pd.DataFrame]:
    """Some of its exports."""
    return {name: pd.DataFrame(TABLES[name]) for name in names}


def opened(*names: str, **more: dict[str, list[Any]]) -> Exports:
    """Exports that are open: some of the club's, and more; all of the club's when none is named."""
    own = frames(*names) if names or more else frames(*TABLES)
    return open_exports(own | {name: pd.DataFrame(columns) for name, columns in more.items()})


def known(exports: Exports, decisions: Decisions | None = None, held: Policy | None = None) -> Known:
    """All that is known of open exports."""
    inventory = discover(exports, today=DAY)
    return Known(inventory, held or policy(), decisions or Decisions(), exports, relate(exports, inventory), DAY)


def bindings(*entries: dict[str, Any]) -> Decisions:
    """Decisions of bindings, signed."""
    full = [SAID | {"role": "controller"} | entry for entry in entries]
    return Decisions.model_validate({"datasets": full})


def proposals(of: Known) -> dict[str, Proposal]:
    """The proposals by the source of the dataset."""
    return {one.source: one for one in propose(of)}

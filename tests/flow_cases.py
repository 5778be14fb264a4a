"""An inventory, register and decisions small enough to count by hand, and one as hostile as names can be."""

from datetime import date
from typing import Any

import yaml

from igmap.inventory.decisions import DatasetBinding, Decisions, FieldDecision
from igmap.inventory.inventory import DatasetInventory, Field, Inventory, Verdict
from igmap.policy import Policy
from igmap.policy.reading import checked
from igmap.vocabulary import CATEGORIES

ON = date(2026, 11, 22)
LONG = "P" * 300
HOSTILE = '<script>alert("x")</script>'


def field(name: str, category: str, verdict: Verdict = "found") -> Field:
    kind = CATEGORIES[category]
    return Field(name, verdict, category, kind.identifiability, kind.special, kind.secret, kind.free_text, 0.9, "none")


def dataset(source: str, *fields: Field, table: str = "") -> DatasetInventory:
    return DatasetInventory(source, table, 10, 10, 0, "", (), fields)


def binding(files: str, **known: Any) -> DatasetBinding:
    return DatasetBinding.model_validate(
        {"id": files, "files": files, "role": "controller", "by": "A", "on": ON, "why": "x", **known}
    )


def small_inventory() -> Inventory:
    return Inventory(
        (
            dataset(
                "crm.csv",
                field("mail", "email"),
                field("mail2", "email"),
                field("ziek", "health"),
                field("x", "none", "none"),
            ),
            dataset("log.csv", field("ip", "ip_address"), field("?", "none", "undecided")),
            dataset("users.xlsx", field("pw", "password"), table="Blad1"),
            dataset("empty.csv", field("n", "none", "none")),
            dataset("old.csv", field("naam", "name", "undecided")),
            dataset("klant.csv", field("naam", "name")),
        )
    )


def small_decisions() -> Decisions:
    return Decisions(
        datasets=(
            binding("crm*", purposes=("contact", "service"), data_subjects=("learner",)),
            binding("log*", purposes=("security",), recipients=("police", "stranger")),
            binding("users*", purposes=()),
            binding("klant*", purposes=("service",), role="processor"),
        ),
        fields=(
            FieldDecision(
                dataset="crm*", field="ziek", category="health", purposes=("contact",), by="A", on=ON, why="x"
            ),
        ),
    )


REGISTER = """
schema: igmap.policy/1
policy: {id: p, title: {nl: Reglement, en: Policy}, language: nl, version: "3",
         announced: 2026-01-01, effective_from: 2026-02-01}
controller: {name: Voorbeeld B.V., country: NL, contact: {email: info@voorbeeld.example}, dpo: {open: no DPO named}}
data_subjects:
  - {id: learner, label: {nl: cursist, en: learner}, iri: "dpv:Student"}
purposes:
  - {id: contact, label: {nl: contact houden, en: Keep in touch}, iri: "dpv:Purpose", legal_basis: "eu-gdpr:A6-1-b",
     data_subjects: [learner], data_categories: [email]}
  - {id: service, label: {nl: diensten, en: Service}, iri: "dpv:Purpose", legal_basis: "eu-gdpr:A6-1-b",
     data_subjects: [learner], data_categories: {open: not listed}}
  - {id: security, label: {nl: beveiliging, en: Security}, iri: "dpv:Purpose",
     legal_basis: {open: no legal basis stated}, data_subjects: [learner], data_categories: [ip_address]}
recipients:
  - {id: host, label: {nl: hostingpartij, en: host}, iri: "dpv:ThirdParty", role: third_party,
     country: {open: not named}, purposes: [service], grounds: [law]}
  - {id: police, label: {nl: politie, en: police}, iri: "dpv:ThirdParty", role: third_party, country: NL,
     purposes: [security], grounds: [law]}
  - {id: mailer, label: {nl: mailer, en: mailer}, iri: "dpv:ThirdParty", role: third_party, country: BR,
     purposes: [contact], grounds: [law]}
transfers: {outside_eea: true, safeguards: {open: none stated}}
retention:
  rules:
    - {id: r1, purpose: contact, start: question_closed, period: P1Y6M, at_end: delete}
    - {id: r2, purpose: service, categories: [name], start: last_access, period: {open: set a term}, at_end: anonymise}
measures:
  - {id: m, text: {nl: toegang beperkt, en: access limited}}
"""


def small_policy() -> Policy:
    return checked(yaml.safe_load(REGISTER))


def hostile_inventory() -> Inventory:
    """Forty crowded datasets with names that no picture should trip over."""
    names = [
        "a_$x^{2}$.csv", r"\frac{1}{2} $\alpha", HOSTILE, "regel\neen\r\ntwee\ttab", "W" * 300, "map/" * 80 + "x.csv",
        "😀👩‍👩‍👧.csv", "名前.csv",
        "nul\x00bel\x07.csv", "\u202eomgekeerd.csv", " ", "é" * 60, "__nolegend__",
        "_verborgen",
        "%s%d{0}", "&amp;]]>", "عربي.csv", "a b " * 70,
    ]  # fmt: skip
    names += [f"export_{index:02}_van_de_afdeling_opleidingen.csv" for index in range(40 - len(names))]
    kinds = [name for name in CATEGORIES if name != "none"]
    return Inventory(
        tuple(
            dataset(
                name,
                *(
                    field(
                        f"f{shift}", kinds[(index * 3 + shift * 5) % len(kinds)], "undecided" if shift == 2 else "found"
                    )
                    for shift in range(6)
                ),
                *(field(f"g{count}", "name") for count in range(index)),
                field("?", "none", "undecided"),
                table="Blad $1$" if index % 7 == 0 else "",
            )
            for index, name in enumerate(names)
        )
    )


def hostile_decisions() -> Decisions:
    return Decisions(
        datasets=(
            binding(
                "export_0*",
                purposes=("contact", HOSTILE, "P" * 300),
                recipients=("host", HOSTILE, "🏢\n$x$", "R" * 300),
            ),
            binding("export_1*", purposes=("security",)),
            binding("export_2*", purposes=()),
            binding("W*", purposes=("service",), role="processor"),
        )
    )

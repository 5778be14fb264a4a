"""A register as the list of what it says: one short key per item, with the sentence it rests on."""

from collections.abc import Iterator, Mapping
from typing import Any

LISTS = {
    "data_subjects": "subject",
    "data_categories": "category",
    "purposes": "purpose",
    "recipients": "recipient",
    "measures": "measure",
}
OF_CONTROLLER = ("name", "place", "websites", "contact", "dpo")
Item = tuple[str, Mapping[str, Any]]


def items(content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Every item of a register by a short key such as `purpose:orders` or `retention:orders:P2Y`, with its source.

    Args:
        content: of a register, as plain values; what is open is no item.
    """
    parts = (_head, _parties, _purposes, _keeping, _elsewhere, _requests)
    return {key: source for part in parts for key, source in part(content)}


def stated(value: Any) -> bool:
    """Whether a value is given, and not open."""
    return value not in (None, "", [], ()) and not (isinstance(value, Mapping) and "open" in value)


def _source(item: Any) -> Mapping[str, Any]:
    return item.get("source") or {} if isinstance(item, Mapping) else {}


def _head(content: Mapping[str, Any]) -> Iterator[Item]:
    header, controller = content.get("policy", {}), content.get("controller", {})
    for key in ("version", "effective_from"):
        if stated(header.get(key)):
            yield key, _source(header)
    if "announce_rule" in header:
        yield "announce", _source(header["announce_rule"])
    for key in OF_CONTROLLER:
        if stated(controller.get(key)):
            yield f"controller.{key}", _source(controller)
    if "processor" in controller.get("roles", ()):
        yield "controller.roles:processor", _source(controller)


def _parties(content: Mapping[str, Any]) -> Iterator[Item]:
    for name, kind in LISTS.items():
        yield from ((f"{kind}:{one['id']}", _source(one)) for one in content.get(name, ()))
    yield from ((f"ground:{one}", {}) for one in content.get("sharing_grounds", ()))


def _purposes(content: Mapping[str, Any]) -> Iterator[Item]:
    for one in content.get("purposes", ()):
        if stated(one.get("legal_basis")):
            yield f"basis:{one['id']}:{str(one['legal_basis']).removeprefix('eu-gdpr:')}", _source(one)


def _keeping(content: Mapping[str, Any]) -> Iterator[Item]:
    retention = content.get("retention", {})
    default = retention.get("default", {})
    if default.get("source"):
        if stated(default.get("criterion")) and default["criterion"].get("nl") != "niet genoemd":
            yield "retention:default", _source(default)
        if default.get("anonymised_may_be_kept"):
            yield "anonymised", _source(default)
    for rule in retention.get("rules", ()):
        period = rule["period"] if stated(rule["period"]) else "criterion"
        yield f"retention:{rule['purpose']}:{period}", _source(rule)
    if "backups" in retention:
        yield "backups", _source(retention["backups"])


def _elsewhere(content: Mapping[str, Any]) -> Iterator[Item]:
    cookies, transfers = content.get("cookies", {}), content.get("transfers", {})
    yield from ((f"cookie:{one}", _source(cookies)) for one in cookies.get("allowed_classes", ()))
    if stated(transfers.get("outside_eea")):
        yield f"transfers:{str(transfers['outside_eea']).lower()}", _source(transfers)
    if stated(transfers.get("safeguards")):
        yield "safeguards", _source(transfers)
    yield from ((f"rule:{one['check']}", _source(one)) for one in content.get("rules", ()))
    for key, name in (("external_links", "links"), ("review", "review"), ("disclosures", "disclosures")):
        if content.get(key):
            yield name, _source(content[key])


def _requests(content: Mapping[str, Any]) -> Iterator[Item]:
    requests = content.get("requests", {})
    for key, name in (("rights", "right"), ("refusal_grounds", "refusal")):
        yield from (
            (f"{name}:{one['id']}", _source(one)) for one in requests.get(key, ()) if one.get("in_policy", True)
        )
    for key in ("channel", "identification", "extension", "fee", "fulfilment"):
        if stated(requests.get(key)):
            yield key, _source(requests[key])
    decision, refusal = requests.get("decision", {}), requests.get("refusal", {})
    if stated(decision) and stated(decision.get("term")):
        yield f"decision:{decision['term']}", _source(decision)
    if stated(refusal) and refusal.get("reasons_required"):
        yield "refusal_reasons", _source(refusal)

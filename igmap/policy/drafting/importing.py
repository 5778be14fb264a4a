"""An existing record of processing activities, taken over into the draft of a register."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from igmap.policy.drafting.activities import Activity, activities, slug, unmapped
from igmap.policy.drafting.assembling import Assembly
from igmap.policy.drafting.cells import (
    bases,
    categories,
    conditions,
    country_in,
    is_term_alone,
    listed,
    party,
    purpose_term,
    says,
    says_nothing,
    terms,
    wording,
)  # fmt: skip
from igmap.policy.drafting.grids import registers
from igmap.policy.drafting.takers import EMAIL, start_event
from igmap.policy.reading import checked
from igmap.policy.register import Policy
from igmap.vocabulary import CATEGORIES

ROLES = {"processor": "dpv:DataProcessor", "third_party": "dpv:ThirdParty"}
ENDS = {
    "anonymise": re.compile("anonim|anonym", re.IGNORECASE),
    "delete": re.compile("verwijder|vernietig|wissen|delet|eras|destroy|supprim|effac", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Imported:
    """A proposed register, and what found no place in it.

    Args:
        content: of the register, as plain values.
        activities: how many were taken over.
        unmapped: headings of columns that the register has no place for, with how many cells are filled.
        left: place and words of cells, or parts of them, that were not understood.
    """

    content: Mapping[str, Any]
    activities: int
    unmapped: Mapping[str, int]
    left: Sequence[tuple[str, str]]

    @property
    def policy(self) -> Policy:
        """The register that it is."""
        return checked(self.content)


@dataclass(slots=True)
class _Work:
    assembly: Assembly = field(default_factory=Assembly)
    left: list[tuple[str, str]] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)

    def aside(self, activity: Activity, what: str, words: str) -> None:
        self.left.append((f"{activity.place}, {what}", " ".join(words.split())))

    def fresh(self, words: str) -> str:
        """An id of its own for a purpose."""
        name = slug(words)
        self.ids[name] = self.ids.get(name, 0) + 1
        return name if self.ids[name] == 1 else f"{name}_{self.ids[name]}"


def import_register(path: Path, sheet: str = "") -> Imported:
    """Take a spreadsheet over as the draft of a register.

    Args:
        path: an XLSX, XLS, ODS or CSV file with headings as Dutch municipalities, CNIL or ICO use them.
        sheet: only this sheet.

    Raises:
        SourceError: it cannot be read, or has no headings of a register.
    """
    read = registers(path, sheet)
    work = _Work()
    told = [activity for one in read for activity in activities(one)]
    _head(work, path, told)
    times = Counter(activity.cells.get("activity", "") for activity in told)
    for activity in told:
        _purpose(work, activity, alone=times[activity.cells.get("activity", "")] == 1)
    _transfers(work, told)
    return Imported(work.assembly.content(), len(told), unmapped(read), tuple(work.left))


def _head(work: _Work, path: Path, told: Sequence[Activity]) -> None:
    title = {"nl": f"Register uit {path.stem}", "en": f"Register from {path.stem}"}
    work.assembly.add("policy", {"id": slug(path.stem).replace("_", "-"), "title": title, "language": "nl"}, None)
    named = Counter(name for one in told if (name := _name(one)))
    common = named.most_common(1)[0][0] if named else ""
    work.assembly.add("controller", {"name": common} if common else {}, None)
    for one in told:
        if _name(one) not in {"", common}:
            work.aside(one, "controller", one.cells["controller"])
        _contacts(work, one)


def _name(one: Activity) -> str:
    """The organisation that an activity is of: the first line of the cell."""
    cell = one.cells.get("controller", "")
    return "" if says_nothing(cell) else cell.split("\n")[0].strip()


def _contacts(work: _Work, one: Activity) -> None:
    officer, contact, joint = (one.cells.get(name, "") for name in ("dpo", "contact", "joint_controllers"))
    if not says_nothing(officer):
        work.assembly.add("controller", {"dpo": " ".join(officer.split())}, None)
    address = EMAIL.search(contact) or EMAIL.search(one.cells.get("controller", ""))
    if address:
        work.assembly.add("controller", {"contact": {"email": address[0]}}, None)
    elif not says_nothing(contact):
        work.aside(one, "contact", contact)
    if not says_nothing(joint):
        work.assembly.add("controller", {"joint_controllers": listed(joint)}, None)


def _purpose(work: _Work, one: Activity, *, alone: bool) -> None:
    name, purpose = (" ".join(one.cells.get(key, "").split()) for key in ("activity", "purpose"))
    label = (name if alone else f"{name}: {purpose}".strip(": ")) if name and purpose else name or purpose
    named = work.fresh(label)
    quote = (one.place, purpose or name)
    given: dict[str, Any] = {
        "label": {"nl": label, "en": label},
        "iri": purpose_term(purpose or name),
        "legal_basis": _basis(one),
    }
    data, subjects = _data(work, one), _subjects(work, one)
    given |= {"data_categories": data} if data else {}
    given |= {"data_subjects": subjects} if subjects else {}
    work.assembly.add(f"purposes/{named}", {key: value for key, value in given.items() if value is not None}, quote)
    _retention(work, one, named)
    for kind, role in (("processors", "processor"), ("recipients", "third_party")):
        _recipients(work, one, named, kind=kind, role=role)
    for item in _measures(one):
        work.assembly.add(f"measures/{slug(item)}", {"text": {"nl": item, "en": item}}, (one.place, item))


def _basis(one: Activity) -> Any:
    """The one basis that a cell names; several, or none that is known, stay open with the words of the register."""
    cell = one.cells.get("legal_basis", "")
    found = bases(cell)
    if len(found) == 1 or says_nothing(cell):
        return found[0] if found else None
    return {**wording(cell), **({"suggest": list(found)} if found else {})}


def _data(work: _Work, one: Activity) -> Any:
    cells = [one.cells.get(name, "") for name in ("data_categories", "special_categories")]
    found, unknown = list[str](), list[str]()
    for item in (item for cell in cells for item in listed(cell)):
        named = categories(item)
        found += named
        unknown += [] if named else [item]
    for category in found:
        work.assembly.add(
            f"data_categories/{category}",
            _category(category, one),
            (one.place, " ".join("; ".join(filter(None, cells)).split())),
        )
    for item in unknown:
        work.aside(one, "data_categories", item)
    return list(dict.fromkeys(found)) or (wording("; ".join(unknown)) if unknown else None)


def _category(category: str, one: Activity) -> dict[str, Any]:
    meaning = CATEGORIES[category]
    given: dict[str, Any] = {"iri": meaning.iri}
    if meaning.special == "art9":
        cell = one.cells.get("special_basis", "")
        named = conditions(cell)
        unsaid = {
            "open": {
                "nl": "het register noemt geen uitzondering van AVG art. 9 lid 2",
                "en": "the register names no exception of GDPR Art. 9(2)",
            }
        }
        given["condition"] = named[0] if len(named) == 1 else wording(cell) if not says_nothing(cell) else unsaid
    if meaning.special in {"bsn", "art10"}:
        given["statute"] = {"open": {"nl": "welke wet staat dit toe?", "en": "which statute permits this?"}}
    return given


def _subjects(work: _Work, one: Activity) -> list[str]:
    ids = []
    for item in listed(one.cells.get("data_subjects", "")):
        cue = party("data_subjects", item)
        name = cue.at.partition("/")[2] if cue else slug(item)
        given = cue.give if cue else {"label": {"nl": item, "en": item}, "iri": "dpv:DataSubject"}
        work.assembly.add(f"data_subjects/{name}", given, (one.place, item))
        ids.append(name)
    return list(dict.fromkeys(ids))


def _retention(work: _Work, one: Activity, purpose: str) -> None:
    cell = one.cells.get("retention", "")
    if says_nothing(cell):
        return
    found, words = terms(cell), " ".join(cell.split())
    event = start_event(cell)
    if len(found) != 1 or not (event or is_term_alone(cell)):
        work.aside(one, "retention", words)
    given = {
        "purpose": purpose,
        "criterion": {"nl": words, "en": words},
        "start": event if event and len(found) <= 1 else wording(cell),
        "period": found[0] if len(found) == 1 else {**wording(cell), **({"suggest": found} if found else {})},
        "at_end": next((end for end, pattern in ENDS.items() if pattern.search(cell)), "review"),
    }
    work.assembly.add(f"retention/rules/ret_{purpose}", given, (one.place, words))


def _recipients(work: _Work, one: Activity, purpose: str, *, kind: str, role: str) -> None:
    items, agreement = listed(one.cells.get(kind, "")), one.cells.get("agreement", "")
    for item in items:
        if kind == "recipients" and says("internal", item):
            work.aside(one, kind, item)
            continue
        given = _recipient(item, role)
        at = f"recipients/{slug(item)}"
        work.assembly.add(at, {**given, "purposes": [purpose]}, (one.place, item))
        if given["role"] == "processor":
            known = {} if says_nothing(agreement) or len(items) > 1 else {"reference": " ".join(agreement.split())}
            work.assembly.add(f"{at}/agreement", known, None)
    if kind == "processors" and len(items) != 1 and not says_nothing(agreement):
        work.aside(one, "agreement", agreement)


def _recipient(item: str, role: str) -> dict[str, Any]:
    """Label, role, name and country of one recipient; who is no processor may be an authority, by its name."""
    cue = party("recipients", item) if role != "processor" else None
    own = cue.give["role"] if cue and cue.give["role"] != "processor" else role
    iri = cue.give["iri"] if cue and own != role else ROLES[role]
    where = country_in(item)
    given = {"label": {"nl": item, "en": item}, "role": own, "iri": iri, "name": item}
    return {**given, **({"country": where} if where else {})}


def _measures(one: Activity) -> list[str]:
    return listed(one.cells.get("measures", ""))


def _transfers(work: _Work, told: Sequence[Activity]) -> None:
    """Whether data leave the EEA: if any activity says so; not, if all say they do not; else open."""
    cells = [(one, one.cells.get("outside_eea", "").strip()) for one in told]
    staying = [says("no", cell) for _, cell in cells]
    leaving = [(one, cell) for (one, cell), stays in zip(cells, staying, strict=True) if cell and not stays]
    for one, cell in leaving:
        if says("unknown", cell):
            work.aside(one, "outside_eea", cell)
        else:
            work.assembly.add("transfers", {"outside_eea": True}, (one.place, " ".join(cell.split())))
    if told and all(staying):
        work.assembly.add("transfers", {"outside_eea": False}, (cells[0][0].place, " ".join(cells[0][1].split())))
    for one in told:
        words = " ".join(one.cells.get("safeguards", "").split())
        if "transfers" in work.assembly.items and not says_nothing(words):
            work.assembly.add("transfers", {"safeguards": words}, (one.place, words))

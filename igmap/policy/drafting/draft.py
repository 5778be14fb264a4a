"""A draft of a register, read from the text of a policy: it proposes, a person confirms."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from igmap.policy.catalogue import catalogue
from igmap.policy.drafting.assembling import Assembly, Quote, quoted
from igmap.policy.drafting.document import lines_of
from igmap.policy.drafting.keeping import kept, only_purpose
from igmap.policy.drafting.organisation import organisation, party, place_of
from igmap.policy.drafting.passages import Passage, passages
from igmap.policy.drafting.recognising import Hit, Recognised, cues, recognised
from igmap.policy.drafting.takers import country
from igmap.policy.reading import checked
from igmap.policy.register import Policy
from igmap.vocabulary import CATEGORIES

CONSENT = "explicit_consent"


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed register, and what it leaves aside.

    Args:
        content: of the register, as plain values.
        unrecognised: sentences that gave nothing, with their section.
        passages: all sentences, titles left out.
    """

    content: Mapping[str, Any]
    unrecognised: tuple[Passage, ...]
    passages: tuple[Passage, ...]

    @property
    def policy(self) -> Policy:
        """The register that it is."""
        return checked(self.content)


def read_policy_text(path: Path) -> Draft:
    """Draft a register from a policy in Dutch or English.

    Args:
        path: a Markdown, text, HTML, DOCX or PDF file.

    Raises:
        SourceError: it holds no text that can be read.
    """
    text = recognised(passages(lines_of(path)))
    assembly, used = Assembly(), set[Passage]()
    _head(assembly, path, text)
    for step in (_simple, _parties, _purposes, _terms, _disclosures):
        used |= step(assembly, text)
    dropped = assembly.dropped()
    used -= {one for one in used if text.of(one) and all(hit.at in dropped for hit in text.of(one))}
    leads = {one.lead for one in used}
    told = tuple(one for one in text.passages if not one.is_heading)
    rest = tuple(one for one in told if one not in used and one.text not in leads and re.search(r"\w", one.text))
    return Draft(assembly.content(), rest, told)


def _head(assembly: Assembly, path: Path, text: Recognised) -> None:
    title = next((one.text for one in text.passages if one.is_heading), path.stem)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40] or "draft"
    assembly.add(
        "policy",
        {
            "id": slug,
            "title": {"nl": title, "en": title},
            "language": text.lang,
            "source_document": {"file": path.name, "sha256": digest},
        },
        None,
    )
    named = organisation(text.passages)
    if named:
        name, passage, start, end = named
        place = place_of(passage.text, end)
        assembly.add("controller", {"name": name, **({"place": place} if place else {})}, quoted(passage, start, end))
    else:
        assembly.add("controller", {}, None)


def _quote(hit: Hit) -> Quote:
    return quoted(hit.passage, hit.start, hit.end)


def _simple(assembly: Assembly, text: Recognised) -> set[Passage]:
    """Everything that has one place in the register."""
    used = set()
    for hit in text.all():
        kind = hit.at.partition("/")[0]
        if kind in {"purposes", "recipients", "bases", "categories", "sharing_grounds", "disclosures"} or not _says(
            hit
        ):
            continue
        given = dict(hit.given)
        if kind == "rules":
            check = hit.at.partition("/")[2]
            given = catalogue()[check].rule.model_dump(mode="json", exclude_unset=True)
        if hit.at.startswith("requests/"):
            assembly.add("requests", {}, None)
        assembly.add(hit.at, given, _quote(hit))
        used.add(hit.passage)
    return used


def _says(hit: Hit) -> bool:
    """Whether a cue that reads something out of the sentence found it there."""
    return bool(hit.given) or not hit.cue.take


def _parties(assembly: Assembly, text: Recognised) -> set[Passage]:
    """Recipients with the grounds of their sentence, and the list of grounds."""
    used = set()
    for passage, here in text.hits.items():
        grounds = [hit for hit in here if hit.at == "sharing_grounds"]
        receivers = [hit for hit in here if hit.at.count("/") == 1 and hit.at.startswith("recipients/")]
        for hit in receivers:
            alone = _alone(passage, hit, assembly.items["controller"].get("name")) if len(receivers) == 1 else {}
            stated = list(dict.fromkeys([*hit.given.get("grounds", ()), *(one.cue.extra["ground"] for one in grounds)]))
            purposes = [one.at.split("/")[1] for one in here if one.at.startswith("purposes/")]
            more = {**({"grounds": stated} if stated else {}), **({"purposes": purposes} if purposes else {})}
            assembly.add(hit.at, {**hit.given, **more, **alone}, _quote(hit))
            for ground in stated:
                assembly.add(f"sharing_grounds/{ground}", {}, _quote(hit))
            if hit.given["role"] == "processor":
                assembly.add(f"{hit.at}/agreement", {}, None)
        for hit in grounds:
            assembly.add(f"sharing_grounds/{hit.cue.extra['ground']}", {}, _quote(hit))
        for hit in here:
            if hit.at.count("/") == 2 and hit.at.startswith("recipients/"):  # noqa: PLR2004 - the agreement of a recipient
                assembly.add(hit.at, hit.given, None)
        used |= {passage} if grounds or receivers else set()
    return used


def _alone(passage: Passage, hit: Hit, own: str | None) -> dict[str, Any]:
    """Name and country of the one recipient that a sentence is about."""
    name, where = party(passage.text, hit.start), country(passage.text)
    return {**({"name": name} if name and name != own else {}), **({"country": where} if where else {})}


def _purposes(assembly: Assembly, text: Recognised) -> set[Passage]:
    """Purposes, each with the bases, persons and data of its sentence or section."""
    used, free = set(), list[str]()
    for hit in text.all("purposes/"):
        assembly.add(hit.at, hit.given, _quote(hit))
        used.add(hit.passage)
    for hit in text.all("categories/"):
        category = hit.at.partition("/")[2]
        assembly.add(f"data_categories/{category}", {"iri": CATEGORIES[category].iri}, _quote(hit))
        for at in _purposes_of(hit, text):
            assembly.add(at, {"data_categories": [category]}, None)
        used.add(hit.passage)
    for hit in text.all("bases/"):
        term = hit.at.partition("/")[2]
        about = _purposes_of(hit, text)
        for at in about:
            assembly.add(at, {"legal_basis": term}, _quote(hit))
        free += [] if about else [term]
        used.add(hit.passage)
    _suggest(assembly, free)
    return used


def _purposes_of(hit: Hit, text: Recognised) -> list[str]:
    """The purposes a sentence is about: its own, else the one of its section."""
    own = [one.at for one in text.of(hit.passage, "purposes/")]
    section = None if own else only_purpose(hit.passage, text)
    return own or ([f"purposes/{section}"] if section else [])


def _suggest(assembly: Assembly, free: Sequence[str]) -> None:
    """Bases that the text names for no purpose in particular are a hint for those without."""
    why = {
        "nl": "de tekst noemt grondslagen, maar niet welke voor dit doel",
        "en": "the text names legal bases, but not which one for this purpose",
    }
    for at, item in assembly.items.items():
        if free and at.startswith("purposes/") and "legal_basis" not in item:
            item["legal_basis"] = {"open": why, "suggest": list(dict.fromkeys(free))}


def _terms(assembly: Assembly, text: Recognised) -> set[Passage]:
    """Terms of purposes, and what holds for everything else."""
    terms = list(kept(text))
    labels = {cue.at: cue.give for cue in cues() if cue.at.startswith("purposes/")}
    for number, one in enumerate(terms):
        quote = quoted(one.passage, *one.span)
        period = one.period or {"open": {"nl": "geen termijn in getallen", "en": "no term in figures"}}
        start = one.start or {
            "open": {"nl": "niet gezegd waarmee de termijn begint", "en": "what starts the term is not said"}
        }
        words = {"nl": one.criterion, "en": one.criterion} if one.criterion else None
        given = {"start": start, "period": period, "at_end": one.at_end, **({"criterion": words} if words else {})}
        if one.purpose is None:
            assembly.add(
                "retention/default", {"criterion": {"nl": one.passage.text, "en": one.passage.text}, **given}, quote
            )
            continue
        at = f"purposes/{one.purpose}"
        if at not in assembly.items:
            assembly.add(at, labels[at], quote)
        same = sum(other.purpose == one.purpose for other in terms[:number])
        assembly.add(
            f"retention/rules/ret_{one.purpose}{f'_{same + 1}' if same else ''}",
            {"purpose": one.purpose, **given},
            quote,
        )
    return {one.passage for one in terms}


def _disclosures(assembly: Assembly, text: Recognised) -> set[Passage]:
    """For which grounds the necessity has to be judged: those that the sentence introduces."""
    used = set()
    for hit in text.all("disclosures"):
        led = [one.cue.extra["ground"] for one in text.all("sharing_grounds") if hit.passage.text in one.passage.lead]
        if led:
            given = {
                "reason_required": [one for one in led if one != CONSENT],
                "consent_required": [CONSENT] if CONSENT in led else [],
            }
            assembly.add("disclosures", given, _quote(hit))
            used.add(hit.passage)
    return used

"""The certificate: what was asked, done and found, and from whose perspective, in words; it never says "anonymous".

It is made from the dossier alone, so that it can be written again when the source is gone. Nothing in it helps an
attacker: no value, no seed, no parameter of a step, no count of a group.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from igmap.release.described import changed
from igmap.release.figures import attacks, criteria, figures, named, seen_from, thresholds, use
from igmap.release.free_text.telling import certified
from igmap.release.prove import Proof
from igmap.release.residual import residual
from igmap.release.usefulness.words import blocks as useful
from igmap.release.verdict import Verdict
from igmap.release.wording import say
from igmap.report import Badge, Badges, Block, Figure, Items, Paragraph, Section, Table, number, page, percentage
from igmap.vocabulary import CATEGORIES

PARTIES = ("maker", "controller", "officer", "council")
LINES = ("for", "name", "function", "date", "signature")

__all__ = ["Certified", "certificate", "figures"]


@dataclass(frozen=True, slots=True)
class Certified:
    """What a certificate is about.

    Args:
        plan: as it was carried out.
        proof: all figures.
        verdict: with the day, the perspective, and what became of key and source.
        versions: of the programs that made the release.
        pictures: of each table's distributions before and after, drawn elsewhere; a certificate does without.
    """

    plan: Mapping[str, Any]
    proof: Proof
    verdict: Verdict
    versions: Mapping[str, str]
    pictures: Sequence[Figure] = ()


def certificate(about: Certified, lang: str) -> str:
    """The certificate as a page that stands on its own and prints on A4, in Dutch or English."""
    verdict, seen = about.verdict, seen_from(about.plan, lang)
    limits, blank = Paragraph(say("limits", lang)), Paragraph(say("blank", lang))
    again = Paragraph(say("again", lang, look_again=verdict.look_again_on))
    sections: dict[str, tuple[Block, ...]] = {
        "purpose": (_badges(verdict, lang), *_purpose(about, lang), limits),
        "columns": (*_columns(about.plan, lang), blank),
        "thresholds": (thresholds(about.proof, lang, seen),),
        "criteria": (criteria(about.proof, lang, seen),),
        "attacks": (*attacks(about.proof, lang, seen), Paragraph(_signed(about, lang))),
        **({"free_text": certified(about.proof.free_text, lang)} if about.proof.free_text else {}),
        "residual": (Items(tuple(residual(about.plan, about.proof, verdict, lang))),),
        "use": (
            *use(about.proof, lang),
            *_per_table(about, lang),
            *useful(about.proof.usefulness, lang, about.pictures),
        ),
        "traces": (Items(tuple(_traces(verdict, lang))),),
        "again": (again,),
        "made": (Table((say("program", lang), say("version", lang)), tuple(about.versions.items())),),
        "sign-off": (Paragraph(say("sign-off", lang)), _sign_off(lang)),
    }
    told = (Section(key, say(f"{key}.heading", lang), blocks) for key, blocks in sections.items())
    note = say("note", lang, today=verdict.published_on, look_again=verdict.look_again_on)
    return page(say("title", lang, name=verdict.name), told, lang=lang, note=note)


def _badges(verdict: Verdict, lang: str) -> Badges:
    status = say(verdict.status, lang, on=verdict.final_on)
    return Badges((Badge("pass", say("met", lang)), Badge("pass" if verdict.final_on else "open", status)))


def _purpose(about: Certified, lang: str) -> Iterator[Paragraph]:
    for key in ("purpose", "recipient"):
        said = str(about.plan.get(key) or "")
        yield Paragraph(say(key, lang, **{key: said}) if said else say(f"{key}.unsaid", lang))
    yield Paragraph(say(f"perspective.{about.verdict.perspective}", lang, recipient=about.verdict.recipient))


def _columns(plan: Mapping[str, Any], lang: str) -> tuple[Table, ...]:
    """One table per released file, with its name where there are several."""
    linked = {_file(plan, one["name"]): one for one in plan.get("linked") or ()}
    if not linked:
        return (_columns_of(plan, lang, ""),)
    files = {_file(plan): plan, **linked}
    return tuple(_columns_of(one, lang, file) for file, one in files.items())


def _file(plan: Mapping[str, Any], linked: str = "") -> str:
    return f"{'-'.join(filter(None, (plan['name'], linked)))}.{plan['file_format']}"


def _columns_of(table: Mapping[str, Any], lang: str, caption: str) -> Table:
    rows = tuple(
        (
            column["field"],
            getattr(CATEGORIES[column["category"]], lang),
            say(f"role.{column['role']}", lang),
            changed(column, lang),
        )
        for column in table["columns"]
        if column["treatment"] != "drop"
    )
    return Table(tuple(say(key, lang) for key in ("column", "category", "role", "becomes")), rows, caption)


def _signed(about: Certified, lang: str) -> str:
    undecided, signed = about.proof.attacks.undecided, about.plan.get("signed") or {}
    if not undecided:
        return say("unsigned", lang)
    return say("signed", lang, attacks=", ".join(named(one, lang) for one in undecided), on=str(signed.get("on", "–")))


def _per_table(about: Certified, lang: str) -> tuple[Table, ...]:
    """Rows and mean loss of each of several tables."""
    linked = about.plan.get("linked") or ()
    if not linked:
        return ()
    counts = [(_file(about.plan), about.proof.rows, about.plan, "")]
    counts += [
        (_file(about.plan, one["name"]), about.proof.tables[one["name"]].rows, one, f"{one['name']}.") for one in linked
    ]
    rows = tuple(
        (file, number(here, lang), percentage(_mean_loss(about.proof, one, prefix), lang))
        for file, here, one, prefix in counts
    )
    return (Table(tuple(say(key, lang) for key in ("file", "released", "loss")), rows),)


def _mean_loss(proof: Proof, table: Mapping[str, Any], prefix: str) -> float:
    fields = [c["field"] for c in table["columns"] if c["treatment"] != "drop" and c["role"] == "quasi"]
    return sum(proof.loss.per_column[f"{prefix}{field}"] for field in fields) / max(len(fields), 1)


def _traces(verdict: Verdict, lang: str) -> Iterator[str]:
    yield say("traces.map", lang)
    yield say(f"traces.key.{verdict.key}", lang)
    yield say(f"traces.source.{verdict.status}", lang, on=verdict.final_on)


def _sign_off(lang: str) -> Table:
    """A line for each party, to be filled in by hand."""
    blank = ("",) * (len(LINES) - 1)
    rows = tuple((say(f"party.{party}", lang), *blank) for party in PARTIES)
    return Table(tuple(say(f"sign-off.{line}", lang) for line in LINES), rows)

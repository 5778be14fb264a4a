"""The certificate: what was asked, what was found and from whose perspective, in words; it never says "anonymous"."""

import re
from datetime import date
from math import inf

from igmap.release.conditions import UNCOUNTED
from igmap.release.prove import Proof
from igmap.release.staged import Staged
from igmap.release.wording import say, texts
from igmap.report import Badge, Badges, Block, Paragraph, Section, Table, number, page, percentage
from igmap.vocabulary import CATEGORIES

SHARES = {"excess", "suppression_limit", "highest_risk", "average_risk", "delta_presence_low", "delta_presence_high"}


def certificate(staged: Staged, proof: Proof, *, today: date, look_again: date, lang: str) -> str:
    """The certificate as a page that stands on its own.

    Args:
        staged: for the columns and what became of them.
        proof: all figures.
        today: the day of publication.
        look_again: when the release has to be judged again.
        lang: nl or en.
    """
    verdicts = Badges((Badge("pass", say("met", lang)), Badge("open", say("provisional", lang))))
    sections = (
        Section("perspective", say("perspective.heading", lang), (verdicts, Paragraph(say("perspective", lang)))),
        Section("thresholds", say("thresholds.heading", lang), (_thresholds(proof, lang),)),
        Section("criteria", say("criteria.heading", lang), (_criteria(proof, lang),)),
        Section("columns", say("columns.heading", lang), (*_columns(staged, lang), Paragraph(say("blank", lang)))),
        Section("use", say("use.heading", lang), (*_use(proof, lang), *_per_table(staged, proof, lang))),
    )
    note = say("note", lang, today=today, look_again=look_again)
    return page(say("title", lang, name=proof.name), sections, lang=lang, note=note)


def figures(proof: Proof, lang: str) -> tuple[Block, ...]:
    """What a proof says, without the columns: for a notebook, before anything is published."""
    verdict = Badge("pass", say("met", lang)) if proof.met else Badge("violation", say("unmet", lang))
    counts = {"persons": proof.persons, "rows": proof.rows, "k": proof.k, "k_rows": proof.k_rows}
    told = Paragraph(say("counted", lang, **counts))
    return (Badges((verdict,)), told, _thresholds(proof, lang), _criteria(proof, lang), *_use(proof, lang)[1:])


def _thresholds(proof: Proof, lang: str) -> Table:
    rows = tuple(
        (_condition(name, lang), _figure(name, asked, lang), _figure(name, proof.figures[name], lang))
        for name, asked in proof.thresholds.items()
    )
    return Table(tuple(say(key, lang) for key in ("threshold", "asked", "found")), rows)


def _condition(name: str, lang: str) -> str:
    """A threshold in words; a condition's name is `model(column)`, with what tells its variants apart."""
    told = re.fullmatch(r"(?P<model>\w+)(?:\((?P<column>.*)\))?(?: l=(?P<l>\d+))?(?: #\d+)?", name, re.DOTALL)
    known = told and f"condition.{told['model']}" in texts()
    return say(f"condition.{told['model']}", lang, **told.groupdict("")) if told and known else name


def _figure(name: str, value: float, lang: str) -> str:
    if value == UNCOUNTED:
        return say("uncounted", lang)
    if name.split(" #", maxsplit=1)[0] in SHARES:
        return percentage(value, lang)
    return "∞" if value == inf else number(value, lang, ",.4g" if isinstance(value, float) else "")


def _criteria(proof: Proof, lang: str) -> Table:
    attacks = proof.attacks
    listed = [
        ("singling_out", say("singling_out", lang), attacks.singling_out),
        ("linkability", say("linkability", lang), attacks.linkability),
        *(
            ("inference", say("inference", lang, column=name), found)
            for name, found in attacks.inference_per_column.items()
        ),
    ]
    rows = tuple(
        (name, percentage(found.risk, lang), percentage(found.control, lang), say(f"method.{kind}", lang))
        for kind, name, found in listed
    )
    return Table(tuple(say(key, lang) for key in ("criterion", "risk", "control", "method")), rows)


def _columns(staged: Staged, lang: str) -> tuple[Table, ...]:
    """One table per released file, with its name where there are several."""
    several = len(staged.tables) > 1
    return tuple(_columns_of(one, lang, one.data.name if several else "") for one in staged.tables)


def _columns_of(staged: Staged, lang: str, caption: str) -> Table:
    rows = tuple(
        (
            column["field"],
            getattr(CATEGORIES[column["category"]], lang),
            say(f"role.{column['role']}", lang),
            (column["becomes"] or {}).get(lang, ""),
        )
        for column in staged.kept
    )
    return Table(tuple(say(key, lang) for key in ("column", "category", "role", "becomes")), rows, caption)


def _use(proof: Proof, lang: str) -> tuple[Paragraph | Table, ...]:
    losses = tuple((name, percentage(loss, lang)) for name, loss in proof.loss.per_column.items())
    diverse = [Paragraph(say("diversity", lang, column=name, l=proof.l[name], t=proof.t[name])) for name in proof.l]
    head = Paragraph(say("rows", lang, rows=proof.rows)), Paragraph(say("use", lang, ncp=proof.loss.ncp))
    return (*head, Table((say("column", lang), say("loss", lang)), losses), *diverse)


def _per_table(staged: Staged, proof: Proof, lang: str) -> tuple[Table, ...]:
    """Rows, rows left out and mean loss of each of several tables."""
    if not staged.linked:
        return ()
    counts = [(proof.rows, proof.suppressed_rows), *((one.rows, one.suppressed_rows) for one in proof.tables.values())]
    rows = tuple(
        (one.data.name, number(here, lang), number(gone, lang), percentage(_mean_loss(one, proof), lang))
        for one, (here, gone) in zip(staged.tables, counts, strict=True)
    )
    return (Table(tuple(say(key, lang) for key in ("file", "released", "left_out", "loss")), rows),)


def _mean_loss(staged: Staged, proof: Proof) -> float:
    losses = [proof.loss.per_column[f"{staged.prefix}{field}"] for field in staged.quasi_identifiers]
    return sum(losses) / max(len(losses), 1)

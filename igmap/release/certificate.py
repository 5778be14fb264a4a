"""The certificate: what was asked, what was found and from whose perspective, in words; it never says "anonymous"."""

from datetime import date

from igmap.release.prove import Proof
from igmap.release.staged import Staged
from igmap.release.wording import say
from igmap.report import Badge, Badges, Block, Paragraph, Section, Table, number, page, percentage
from igmap.vocabulary import CATEGORIES


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
        Section("columns", say("columns.heading", lang), (_columns(staged, lang), Paragraph(say("blank", lang)))),
        Section("use", say("use.heading", lang), _use(proof, lang)),
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
    limit, left_out = (percentage(figures["suppression_limit"], lang) for figures in (proof.thresholds, proof.figures))
    rows = (
        (say("k", lang), number(proof.thresholds["k"], lang), number(proof.k, lang)),
        (say("suppression_limit", lang), limit, left_out),
    )
    return Table(tuple(say(key, lang) for key in ("threshold", "asked", "found")), rows)


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


def _columns(staged: Staged, lang: str) -> Table:
    rows = tuple(
        (
            column["field"],
            getattr(CATEGORIES[column["category"]], lang),
            say(f"role.{column['role']}", lang),
            (column["becomes"] or {}).get(lang, ""),
        )
        for column in staged.kept
    )
    return Table(tuple(say(key, lang) for key in ("column", "category", "role", "becomes")), rows)


def _use(proof: Proof, lang: str) -> tuple[Paragraph | Table, ...]:
    losses = tuple((name, percentage(loss, lang)) for name, loss in proof.loss.per_column.items())
    diverse = [Paragraph(say("diversity", lang, column=name, l=proof.l[name], t=proof.t[name])) for name in proof.l]
    head = Paragraph(say("rows", lang, rows=proof.rows)), Paragraph(say("use", lang, ncp=proof.loss.ncp))
    return (*head, Table((say("column", lang), say("loss", lang)), losses), *diverse)

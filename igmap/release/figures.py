"""The figures of a proof as tables: each with what the attacker knows, and with the eyes it is seen through."""

import re
from collections.abc import Iterator, Mapping
from math import ceil, inf
from typing import Any

from igmap.dutch import said
from igmap.release.attacks import Attack
from igmap.release.conditions import UNCOUNTED
from igmap.release.free_text.telling import advice
from igmap.release.free_text.telling import blocks as of_text
from igmap.release.prove import Proof
from igmap.release.wording import say, texts
from igmap.report import Badge, Badges, Block, Cell, Paragraph, Table, number, percentage
from igmap.report.blocks import Outcome

SHARES = {"free_text_missed", "free_text_fragments", "free_text_combinations"}
SHARES |= {"excess", "suppression_limit", "highest_risk", "average_risk", "delta_presence_low", "delta_presence_high"}
ATTACK = re.compile(r"(?:(?P<table>.+?)\.)?(?P<attack>\w+)(?:\((?P<columns>.*)\))?", re.DOTALL)
BADGES: dict[str, Outcome] = {"holds": "pass", "unmet": "violation", "cannot_tell": "open"}


def figures(proof: Proof, lang: str) -> tuple[Block, ...]:
    """What a proof says, without the columns: for a notebook, before anything is published."""
    verdict = Badge("pass", say("met", lang)) if proof.met else Badge("violation", say("unmet", lang))
    counts = {"persons": proof.persons, "rows": proof.rows, "k": proof.k, "k_rows": proof.k_rows}
    told = Paragraph(say("counted", lang, **counts))
    tables = (thresholds(proof, lang), criteria(proof, lang), *attacks(proof, lang)[1:])
    text = of_text(proof.free_text, lang) if proof.free_text else ()
    return (Badges((verdict,)), told, *tables, *text, *use(proof, lang)[1:])


def seen_from(plan: Mapping[str, Any], lang: str) -> str:
    """Through whose eyes figures are seen, as the caption of a table."""
    seen = say(f"seen.{plan.get('perspective', 'public')}", lang, recipient=plan.get("recipient", ""))
    return say("seen_from", lang, seen=seen)


def thresholds(proof: Proof, lang: str, caption: str = "") -> Table:
    """What was asked and what was found; the share that was left out is rounded up, so that nobody can be counted."""
    rows = tuple(
        (condition(name, lang), _figure(name, asked, lang), _found(name, proof.figures[name], lang))
        for name, asked in proof.thresholds.items()
    )
    return Table(tuple(say(key, lang) for key in ("threshold", "asked", "found")), rows, caption)


def unmet(proof: Proof, lang: str) -> Iterator[str]:
    """What stands in the way of publishing, a line each; too few persons only where nothing else does."""
    yield from (_missed(proof, name, lang) for name in proof.unmet)
    if not (proof.unmet or proof.met):
        yield from (say("unmet.undecided", lang, what=named(name, lang)) for name in proof.attacks.undecided)


def _missed(proof: Proof, name: str, lang: str) -> str:
    tried = proof.attacks.tried.get(name)
    if tried is not None:
        shares = {"success": tried.risk, "limit": tried.limit or 0.0, "control": tried.control}
        told = {key: percentage(share, lang) for key, share in shares.items()}
        return say("unmet.attack_beyond" if tried.tries else "unmet.attack", lang, what=named(name, lang), **told)
    if name in proof.thresholds:
        asked, found = _figure(name, proof.thresholds[name], lang), _found(name, proof.figures[name], lang)
        missed = say("unmet.threshold", lang, what=condition(name, lang), asked=asked, found=found)
    else:
        missed = say("unmet.check", lang, what=say(f"check.{name}", lang), count=proof.checks[name])
    return ". ".join(filter(None, [missed, advice(proof.free_text, name, lang)]))


def condition(name: str, lang: str) -> str:
    """A threshold in words; a condition's name is `model(column)`, with what tells its variants apart."""
    told = re.fullmatch(r"(?P<model>\w+)(?:\((?P<column>.*)\))?(?: l=(?P<l>\d+))?(?: #\d+)?", name, re.DOTALL)
    known = told and f"condition.{told['model']}" in texts()
    return say(f"condition.{told['model']}", lang, **told.groupdict("")) if told and known else name


def _found(name: str, value: float, lang: str) -> str:
    if name == "suppression_limit" and value > 0:
        return "≤ " + percentage(ceil(value * 100) / 100, lang)
    return _figure(name, value, lang)


def _figure(name: str, value: float, lang: str) -> str:
    if value == UNCOUNTED:
        return say("uncounted", lang)
    if name.split(" #", maxsplit=1)[0] in SHARES:
        return percentage(value, lang)
    return "∞" if value == inf else number(value, lang, ",.4g" if isinstance(value, float) else "")


def criteria(proof: Proof, lang: str, caption: str = "") -> Table:
    """The three criteria of WP216."""
    found = proof.attacks
    listed = [
        ("singling_out", say("singling_out", lang), found.singling_out),
        ("linkability", say("linkability", lang), found.linkability),
        *(("inference", say("inference", lang, column=name), one) for name, one in found.inference_per_column.items()),
    ]
    rows = tuple(
        (
            name,
            say("knows.linkability" if kind == "linkability" else "knows.criteria", lang),
            percentage(one.risk, lang),
            percentage(one.control, lang),
            say(f"method.{kind}", lang),
        )
        for kind, name, one in listed
    )
    return Table(tuple(say(key, lang) for key in ("criterion", "attacker", "risk", "control", "method")), rows, caption)


def attacks(proof: Proof, lang: str, caption: str = "") -> tuple[Block, ...]:
    """Every other attack: what it is, what the attacker knows, how often it is right, beside what, and what follows."""
    tried = proof.attacks.tried
    if not tried:
        return (Paragraph(say("attacks.none", lang)),)
    heads = tuple(say(key, lang) for key in ("attack", "attacker", "success", "comparison", "outcome"))
    judged = {name: one for name, one in tried.items() if one.outcome != "told"}
    rows = tuple((named(name, lang), _knows(name, one, lang), *_reached(one, lang)) for name, one in judged.items())
    first = (Table(heads, rows, caption),) if rows else ()
    return (Paragraph(say("attacks", lang)), *first, *_told(proof, lang))


def _told(proof: Proof, lang: str) -> tuple[Block, ...]:
    """Attacks without a threshold: what holds of the source, or of everybody, is no fault of the release."""
    told = [(name, one) for name, one in proof.attacks.tried.items() if one.outcome == "told"]
    rows = tuple(
        (named(name, lang), _knows(name, one, lang), percentage(one.risk, lang), percentage(one.control, lang))
        for name, one in told
    )
    heads = tuple(say(key, lang) for key in ("attack", "attacker", "success", "comparison"))
    return (Paragraph(say("attacks.told", lang)), Table(heads, rows)) if rows else ()


def named(name: str, lang: str) -> str:
    """An attack in words; its name where there are none."""
    return _words("attack", name, lang) or name


def _knows(name: str, attack: Attack, lang: str) -> str:
    return _words("knows", name, lang) or said(attack.method, lang)


def _words(kind: str, name: str, lang: str) -> str:
    """The text of an attack by its name, `attack(columns)` with the name of a further table before it."""
    told = ATTACK.fullmatch(name)
    key = f"{kind}.{told['attack']}" if told else ""
    if told is None or key not in texts():
        return ""
    columns = " ".join(filter(None, (told["table"], told["columns"])))
    words = say(key, lang, columns=columns, column=columns, table=told["table"] or "")
    tells = any(f"{{{figure}}}" in texts()[key][lang] for figure in ("columns", "column"))
    return words if tells or not columns or kind == "knows" else f"{words} ({columns})"


def _reached(attack: Attack, lang: str) -> Iterator[Cell]:
    risk = percentage(attack.risk, lang)
    sure = attack.low == attack.high
    yield risk if sure else (risk, say("interval", lang, low=attack.low, high=attack.high))
    beside = [say("control.of", lang, share=attack.control), say("baseline.of", lang, share=attack.baseline)]
    yield tuple(beside + ([] if attack.power is None else [say("power.of", lang, share=max(attack.power, 0.0))]))
    yield Badge(BADGES[attack.outcome], say(f"outcome.{attack.outcome}", lang))


def use(proof: Proof, lang: str) -> tuple[Paragraph | Table, ...]:
    """What the release lost."""
    losses = tuple((name, percentage(loss, lang)) for name, loss in proof.loss.per_column.items())
    diverse = [Paragraph(say("diversity", lang, column=name, l=proof.l[name], t=proof.t[name])) for name in proof.l]
    head = Paragraph(say("rows", lang, rows=proof.rows)), Paragraph(say("use", lang, ncp=proof.loss.ncp))
    return (*head, Table((say("column", lang), say("loss", lang)), losses), *diverse)

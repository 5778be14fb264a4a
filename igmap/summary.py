"""The report of a run: one self-contained page over what every room found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from igmap import __version__
from igmap.control.report import changes, line
from igmap.control.since import Since
from igmap.dutch import said
from igmap.flows.pictures import Held, draw, heat_map, kinship_graph, purpose_map, sankey
from igmap.found import Found
from igmap.inventory import DatasetInventory, Field
from igmap.inventory.account import account
from igmap.inventory.deciding.applied import conflicts
from igmap.inventory.deciding.words import conflict_table
from igmap.inventory.kinships import Relations
from igmap.inventory.labels import titled
from igmap.inventory.locations import hidden
from igmap.inventory.reasons import all_told, kind_label
from igmap.policy import Findings
from igmap.policy.devices.account import cookie_blocks
from igmap.policy.devices.captures import captures
from igmap.release import Proof
from igmap.report import Badge, Badges, Block, Cell, Detail, Figure, Paragraph, Section, Table, page, text
from igmap.vocabulary import CATEGORIES


@dataclass(frozen=True, slots=True)
class Released:
    """What became of the release.

    Args:
        proof: of the release; None when none could be made.
        folder: where it is published; None when it is not.
        refused: why not; "" when it is published, or no dataset suits.
        failed: whether a plan was there that could not be carried out; a draft that cannot be is no failure.
    """

    proof: Proof | None = None
    folder: Path | None = None
    refused: str = ""
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """What the page tells beside findings and release.

    Args:
        related: how the tables hang together.
        since: this run beside the one before it.
    """

    related: Relations
    since: Since


def run_report(
    found: Found, findings: Findings, released: Released, lang: Literal["nl", "en"], *, beside: Beside
) -> str:
    """The page; its pictures are written as PNG and SVG to `out/flows` as well.

    Args:
        found: the opened workspace.
        findings: what the checks say.
        released: the release, or why there is none.
        lang: of the page.
        beside: what else the page tells.
    """
    sections = (
        _section("summary", lang, _summary(found, findings, lang)),
        _section("since", lang, _since(beside.since, lang)),
        _section("unchecked", lang, _unchecked(found, findings, lang)),
        _section("account", lang, account(found.exports, lang)),
        _section(
            "inventory", lang, [_dataset(dataset, lang) for dataset in found.inventory.datasets if dataset.fields]
        ),
        _section("findings", lang, findings.blocks(lang)),
        *_devices(found, lang),
        _section("release", lang, _release(released, lang)),
        _section("pictures", lang, _pictures(found, beside.related, lang)),
        _section("record", lang, [_record(found, lang)]),
    )
    stated = found.policy.controller.name if found.policy else ""
    name = stated if stated and isinstance(stated, str) else found.workspace.root.resolve().name
    note = text("run.note", lang, on=found.today, version=__version__)
    return page(text("run.title", lang, name=name), sections, lang=lang, note=note)


def _devices(found: Found, lang: Literal["nl", "en"]) -> Iterator[Section]:
    """Cookies and hosts, where there are captures of a browser."""
    seen = captures(found.inventory, found.exports, found.register, found.decisions, today=found.today)
    if seen:
        yield _section("devices", lang, cookie_blocks(seen, found.register, lang))


def _section(key: str, lang: str, blocks: Iterable[Block]) -> Section:
    return Section(key, text(f"run.{key}", lang), tuple(blocks))


def _since(since: Since, lang: Literal["nl", "en"]) -> Iterator[Block]:
    yield Paragraph(line(since, lang))
    if since.before:
        yield from changes(since, lang)


def _summary(found: Found, findings: Findings, lang: str) -> Iterator[Block]:
    datasets = found.inventory.datasets
    fields = [field for dataset in datasets for field in dataset.fields]
    yield Paragraph(
        text(
            "run.answer",
            lang,
            datasets=len(datasets),
            records=sum(dataset.rows for dataset in datasets),
            fields=len(fields),
            found=sum(field.verdict == "found" for field in fields),
            direct=sum(field.identifiability == "direct" for field in fields),
            special=sum(field.special != "none" for field in fields),
            undecided=sum(field.verdict == "undecided" for field in fields),
        )
    )
    yield Paragraph(_term(found, lang))
    counts = findings.counts
    words = {"violation": "run.violations", "warning": "run.warnings", "open": "run.opens", "pass": "run.passes"}
    yield Badges(tuple(Badge(result, text(words[result], lang), count) for result, count in counts.items()))


def _term(found: Found, lang: str) -> str:
    """Whether the workspace, itself a copy of everything in it, has a term and outlives it."""
    term = found.decisions.workspace
    key = "no_term" if term is None else "outlived" if term.keep_until < found.today else "within_term"
    return text(f"run.{key}", lang, until=term.keep_until if term else None)


def _unchecked(found: Found, findings: Findings, lang: str) -> Iterator[Block]:
    undeclared = len({finding.dataset for finding in findings.of("R1") if finding.outcome == "open"})
    if found.policy is None:
        yield Paragraph(text("run.no_policy", lang))
    elif undeclared:
        yield Paragraph(text("run.no_decisions", lang, count=undeclared))
    if conflicts(found.inventory):
        yield conflict_table(found.inventory, lang)
    if found.policy and not undeclared:
        yield Paragraph(text("run.all_checked", lang))


def _dataset(found: DatasetInventory, lang: str) -> Detail:
    heads = tuple(
        text(f"run.{key}", lang) for key in ("field", "category", "points", "confidence", "reasons", "hidden")
    )
    count = sum(field.verdict == "found" for field in found.fields)
    line = text(
        "run.inventory_line", lang, dataset=titled(found.source, found.table), found=count, fields=len(found.fields)
    )
    return Detail(line, (Table(heads, tuple(_field(field, lang) for field in found.fields)),))


def _field(field: Field, lang: str) -> tuple[Cell, ...]:
    label = getattr(CATEGORIES[field.category], lang)
    if field.verdict == "undecided":
        runner_up = getattr(CATEGORIES[field.runner_up], lang)
        shown: Cell = Badge("open", text("run.undecided", lang, category=runner_up))
    elif field.special != "none" or field.secret:
        shown = Badge("warning", label)
    else:
        shown = label
    also = tuple(f"{kind_label(kind, lang)}: {count}" for kind, count in hidden(field).items())
    return (
        field.name,
        shown,
        text(f"run.identifiability.{field.identifiability}", lang),
        round(field.confidence, 2),
        all_told(field.reasons, lang),
        also,
    )


def _release(released: Released, lang: str) -> Iterator[Block]:
    if released.refused:
        yield Paragraph(text("run.refused", lang, why=said(released.refused, lang)))
    elif released.folder is None:
        yield Paragraph(text("run.no_release", lang))
    else:
        yield Paragraph(text("run.published", lang, name=released.folder.name))
    if released.proof:
        yield _figures(released.proof, lang)
        yield Paragraph(text("run.attacker", lang))


def _figures(proof: Proof, lang: str) -> Table:
    attack = proof.attacks.singling_out
    rows: tuple[tuple[Cell, ...], ...] = (
        (text("run.k", lang), proof.thresholds.get("k"), proof.k),
        (text("run.rows", lang), None, proof.rows),
        (text("run.persons", lang), None, proof.persons),
        (text("run.suppressed", lang), None, proof.suppressed_rows),
        (text("run.loss", lang), None, round(proof.loss.ncp, 4)),
        (text("run.prosecutor", lang, control=attack.control), None, round(attack.risk, 4)),
    )
    return Table(tuple(text(f"run.{key}", lang) for key in ("figure", "asked", "reached")), rows)


def _pictures(found: Found, related: Relations, lang: str) -> Iterator[Block]:
    drawings = {
        "flows": sankey(found.flows, lang, on=found.today),
        "heat": heat_map(found.inventory, lang, policy=found.register, on=found.today),
        "purposes": purpose_map(Held(found.inventory, found.register, found.decisions), lang, on=found.today),
        "kin": kinship_graph(related, lang, on=found.today),
    }
    for key, figure in drawings.items():
        _, drawing = draw(figure, found.workspace.out / "flows", key)
        yield Figure(drawing.read_text("utf-8"), text(f"picture.{key}", lang))


def _record(found: Found, lang: str) -> Paragraph:
    stated, unstated = found.record.counts
    return Paragraph(text("run.record_line", lang, stated=stated, unstated=unstated))

"""The record of processing activities (GDPR Article 30): what the register states, what was found, and what is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from igmap.flows import routes
from igmap.flows.flow_map import basis, dataset_key, label_of, map_flows
from igmap.flows.statements import Answer, measures, parties, purpose_answers, transfers_to
from igmap.flows.words import Words
from igmap.report import Badge, Badges, Paragraph, Section, Table, fragment, page, text, workbook
from igmap.workspace import write_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from igmap.inventory.decisions import DatasetBinding, Decisions
    from igmap.inventory.inventory import DatasetInventory, Inventory
    from igmap.policy import Policy
    from igmap.report import Cell


@dataclass(frozen=True, slots=True)
class Processing:
    """One processing: a purpose of the controller, or work that is done for another one.

    Args:
        name: what it is called.
        answers: letter by letter.
    """

    name: Words
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The record of GDPR Article 30.

    Args:
        organisation: letters (a) and (g).
        processings: letters (b) to (f), one per purpose; what no purpose was declared for stands under an open one.
        as_processor: Article 30(2), one per binding whose role is processor.
        basis: the version of the policy.
    """

    organisation: tuple[Answer, ...]
    processings: tuple[Processing, ...]
    as_processor: tuple[Processing, ...]
    basis: Words

    @property
    def counts(self) -> tuple[int, int]:
        """How many values are stated, and how many are open."""
        answers = [
            *self.organisation,
            *(one for part in (*self.processings, *self.as_processor) for one in part.answers),
        ]
        openness = [value.open for answer in answers for value in answer.values]
        return openness.count(False), openness.count(True)

    def _repr_html_(self) -> str:
        return fragment([block for section in _sections(self, "nl") for block in section.blocks], lang="nl")


def article_30(inventory: Inventory, policy: Policy | None, decisions: Decisions) -> Record:
    """Put together what the register states, the inventory found and a person decided. Nothing is made up.

    Args:
        inventory: what was found.
        policy: the register, with the answers of decisions.yaml filled in; None when there is none.
        decisions: which dataset serves which purpose, and in which role.

    Source:
        Regulation (EU) 2016/679, Art. 30(1)(a)-(g) and 30(2)(a)-(d).
    """
    bound = [(one, decisions.binding(one.source, one.table)) for one in inventory.datasets]
    own = replace(
        inventory, datasets=tuple(one for one, binding in bound if not binding or binding.role == "controller")
    )
    for_others = [(one, binding) for one, binding in bound if binding and binding.role == "processor"]
    found = map_flows(own, policy, decisions)
    seen = [node.key for node in found.nodes if node.kind == "purpose"]
    purposes = dict.fromkeys([*(one.id for one in (policy.purposes if policy else ())), *seen])
    processings = tuple(
        Processing(
            label_of("purpose", name, policy),
            (*purpose_answers(name, found, policy, decisions), _datasets(_serving(name, own, decisions))),
        )
        for name in purposes
    )
    organisation = (*parties(policy), Answer("g", "record.measures", measures(policy)))
    return Record(organisation, processings, _as_processor(for_others, policy), basis(policy))


def _serving(purpose: str, inventory: Inventory, decisions: Decisions) -> Iterable[DatasetInventory]:
    for dataset in inventory.datasets:
        if any(
            purpose in routes.purposes_of(dataset, field, decisions) for field, _ in routes.personal_fields(dataset)
        ):
            yield dataset


def _datasets(datasets: Iterable[DatasetInventory]) -> Answer:
    names = tuple(Words.same(dataset_key(dataset)) for dataset in datasets)
    return Answer("", "record.datasets", names or (Words.of("record.none"),))


def _as_processor(
    bound: Iterable[tuple[DatasetInventory, DatasetBinding]], policy: Policy | None
) -> tuple[Processing, ...]:
    """Article 30(2), one entry per binding."""
    groups: dict[str, tuple[DatasetBinding, list[DatasetInventory]]] = {}
    for dataset, binding in bound:
        groups.setdefault(binding.id, (binding, []))[1].append(dataset)
    return tuple(
        Processing(Words.same(name), _processor_answers(binding, datasets, policy))
        for name, (binding, datasets) in groups.items()
    )


def _processor_answers(
    binding: DatasetBinding, datasets: Iterable[DatasetInventory], policy: Policy | None
) -> tuple[Answer, ...]:
    purposes = tuple(label_of("purpose", name, policy) for name in binding.purposes or ())
    reached = [name for purpose in binding.purposes or () for name, _ in routes.recipients_of(purpose, binding, policy)]
    recipients = [name for name in dict.fromkeys(reached) if name != routes.OPEN]
    party = parties(policy)[0].values
    return (
        Answer("a", "record.processor", party),
        Answer("a", "record.on_behalf", (Words.of("record.on_behalf_open", open=True),)),
        Answer("b", "record.processings", purposes or (Words.of("record.purpose_open", open=True),)),
        Answer("c", "record.transfers", transfers_to(recipients, policy)),
        Answer("d", "record.measures", measures(policy)),
        _datasets(datasets),
    )


def write_record(record: Record, folder: Path, lang: str, *, on: date) -> tuple[Path, Path]:
    """Write `record.xlsx` and `record.html`.

    Args:
        record: of `article_30`.
        folder: usually `out/record`.
        lang: nl or en.
        on: the date of the data; the same record and date give the same bytes.

    Raises:
        WorkspaceError: they cannot be written.
    """
    book, html = folder / "record.xlsx", as_page(record, lang, on=on)
    sheets = {
        text("record.sheet1", lang): _answers_table(record.organisation, lang),
        text("record.sheet2", lang): _wide_table(record.processings, lang),
        text("record.sheet3", lang): _wide_table(record.as_processor, lang),
    }
    workbook(book, sheets, lang=lang, created=datetime.combine(on, time()))
    return book, write_file(folder / "record.html", html)


def as_page(record: Record, lang: str, *, on: date) -> str:
    """The record as HTML."""
    note = " · ".join([record.basis.say(lang), text("picture.on", lang, on=on)])
    return page(text("record.title", lang), _sections(record, lang), lang=lang, note=note)


def _sections(record: Record, lang: str) -> tuple[Section, ...]:
    stated, unstated = record.counts
    badges = (
        Badge("pass", text("record.count_stated", lang), stated),
        Badge("open", text("record.count_open", lang), unstated),
    )
    head = (Paragraph(text("record.intro", lang)), Badges(badges), _answers_table(record.organisation, lang))
    return (
        Section("part-1", text("record.part1", lang), head),
        Section("part-1-purposes", text("record.part1_purposes", lang), _tables(record.processings, lang)),
        Section("part-2", text("record.part2", lang), _tables(record.as_processor, lang)),
    )


def _tables(processings: tuple[Processing, ...], lang: str) -> tuple[Table | Paragraph, ...]:
    tables = tuple(_answers_table(one.answers, lang, caption=one.name.say(lang)) for one in processings)
    return tables or (Paragraph(text("page.none", lang)),)


def _answers_table(answers: Iterable[Answer], lang: str, *, caption: str = "") -> Table:
    headers = (text("record.topic", lang), text("record.content", lang))
    return Table(headers, tuple((_heading(one, lang), _cell(one, lang)) for one in answers), caption)


def _wide_table(processings: tuple[Processing, ...], lang: str) -> Table:
    topics = tuple(_heading(one, lang) for one in processings[0].answers) if processings else ()
    rows = tuple((one.name.say(lang), *(_cell(answer, lang) for answer in one.answers)) for one in processings)
    return Table((text("record.processing", lang), *topics), rows)


def _heading(answer: Answer, lang: str) -> str:
    topic = text(answer.topic, lang)
    return f"({answer.letter}) {topic}" if answer.letter else topic


def _cell(answer: Answer, lang: str) -> Cell:
    """Every value on its line; an open one as a badge that says so."""
    told = [(value.say(lang), value.open) for value in answer.values]
    lines = tuple(Badge("open", _opened(words, lang)) if unstated else words for words, unstated in told)
    return lines[0] if len(lines) == 1 else lines


def _opened(why: str, lang: str) -> str:
    return why if why.startswith("open:") else text("record.open", lang, why=why)

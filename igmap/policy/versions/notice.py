"""The notice of a change for the websites, drafted: what changes and when, what it means, rights, complaints."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from igmap.policy.findings import Language, Words
from igmap.policy.register import Policy
from igmap.policy.rules.periods import spelled
from igmap.policy.values import Open
from igmap.policy.versions.diff import Diff, diff
from igmap.policy.versions.differences import plain
from igmap.policy.versions.saying import Speaker, day, filled, letter_of, organisation, put, quoted, same, word
from igmap.report import Block, Items, Paragraph, Section, markdown, page
from igmap.vocabulary import load_yaml

COMPLAINT = "complaint"  # the right that has a heading of its own


@dataclass(frozen=True, slots=True)
class Notice:
    """A draft in one language.

    Args:
        title: its heading.
        sections: in order.
        gaps: what the registers do not say and a person has to fill in; each stands in the text too.
        lang: nl or en.
    """

    title: str
    sections: tuple[Section, ...]
    gaps: tuple[str, ...]
    lang: Language

    @property
    def markdown(self) -> str:
        """The text as Markdown."""
        return markdown(self.title, self.sections, lang=self.lang)

    @property
    def html(self) -> str:
        """The text as a page."""
        return page(self.title, self.sections, lang=self.lang)


def notice(old: Policy, new: Policy, lang: Language = "nl") -> Notice:
    """Draft the notice of a change. Nothing is invented: what the registers leave open is a gap that cannot be missed.

    Args:
        old: the version in force.
        new: the version that is announced.
        lang: nl or en.
    """
    draft = _Draft(new, diff(old, new), Speaker((plain(old), plain(new))), lang)
    parts = {
        "when": draft.when(),
        "widened": draft.changes("widened"),
        "narrowed": draft.changes("narrowed"),
        "unclear": draft.others(),
        "means": draft.means(),
        "rights": draft.rights(),
        "complaint": draft.complaint(),
    }
    told = {key: tuple(blocks) for key, blocks in parts.items()}
    sections = tuple(Section(key, _texts()["headings"][key][lang], blocks) for key, blocks in told.items() if blocks)
    return Notice(draft.say(_texts()["title"]), sections, tuple(draft.gaps), lang)


def _texts() -> Any:
    return load_yaml("igmap.policy.versions", "notice.yaml")


@dataclass(frozen=True, slots=True)
class _Draft:
    """Writes the parts, and keeps the gaps it leaves."""

    new: Policy
    changed: Diff
    speaker: Speaker
    lang: Language
    gaps: list[str] = field(default_factory=list)

    def say(self, template: Any, **figures: Words) -> str:
        named = {"organisation": organisation(self.new.controller.name), "title": self.changed.new.title, **figures}
        return str(getattr(filled(template, named), self.lang))

    def sentence(self, key: str, **figures: Words) -> str:
        return self.say(_texts()["sentences"][key], **figures)

    def gap(self, key: str, **figures: Words) -> Words:
        what = put(_texts()["gaps"][key], figures)
        self.gaps.append(getattr(what, self.lang))
        return put(_texts()["gap"], {"what": what})

    def when(self) -> Iterator[Block]:
        effective, announced = self.changed.new.effective_from, self.changed.new.announced
        yield Paragraph(self.sentence("intro"))
        on = day(effective) if effective else self.gap("effective")
        its_day = day(announced) if announced else self.gap("announced")
        yield Paragraph(f"{self.sentence('effective', effective=on)} {self.sentence('announced', announced=its_day)}")

    def changes(self, direction: Any) -> Iterator[Block]:
        told = tuple(getattr(one.sentence, self.lang) for one in self.changed.of(direction) if not one.quiet)
        if told:
            yield Items(told)

    def others(self) -> Iterator[Block]:
        """What is neither, what the drafter has to look at first, and that the rest is words."""
        yield from self.changes("unclear")
        hidden = [one for one in self.changed.of("unclear") if one.quiet]
        if hidden:
            yield Items(tuple(getattr(self.gap("look", sentence=one.sentence), self.lang) for one in hidden))
        if self.changed.of("neutral"):
            yield Paragraph(self.sentence("words_only"))

    def means(self) -> Iterator[Block]:
        looser = self.changed.of("widened")
        parts = dict.fromkeys(one.part for one in looser if not one.quiet)
        told = [self.say(_texts()["means"][part]) for part in parts if part in _texts()["means"]]
        named = dict.fromkeys(name for one in looser if one.part == "purposes" for name in one.purposes)
        told += [self._of_basis(name) for name in named]
        if told:
            yield Items(tuple(told))
        elif not self.changed.of("unclear"):
            yield Paragraph(self.sentence("nothing"))

    def _of_basis(self, name: str) -> str:
        purpose = self.new.purpose(name)
        label = quoted(Words(purpose.label.nl, purpose.label.en)) if purpose else same(name)
        letter = letter_of(purpose.legal_basis) if purpose else ""
        if not letter:
            return str(getattr(self.gap("basis", purpose=label), self.lang))
        return self.say(_texts()["basis"][letter], purpose=label)

    def rights(self) -> Iterator[Block]:
        requests = self.new.requests
        stated = [right for right in requests.rights if right.id != COMPLAINT] if requests else []
        if stated:
            pattern = "requests/rights/*"
            names = tuple(self.speaker.item(right.model_dump(mode="json"), pattern) for right in stated)
            yield Paragraph(self.sentence("rights"))
            yield Items(tuple(getattr(name, self.lang) for name in names))
        else:
            yield Paragraph(getattr(self.gap("rights"), self.lang))
        address, free = self._address()
        decision = requests.decision if requests else None
        term = decision.term if decision and not isinstance(decision, Open) else None
        said = spelled(term) if isinstance(term, str) else self.gap("term")
        told = (self.sentence("request", address=address), free, self.sentence("term", term=said))
        yield Paragraph(" ".join(one for one in told if one))

    def complaint(self) -> Iterator[Block]:
        authority, dpo = self.new.controller.supervisory_authority, self.new.controller.dpo
        named = word(authority) if isinstance(authority, str) else self.gap("authority")
        told = [self.sentence("dpo", dpo=same(dpo))] if isinstance(dpo, str) else []
        yield Paragraph(" ".join([*told, self.sentence("complaint", authority=named)]))

    def _address(self) -> tuple[Words, str]:
        """Where a request goes, and that it is free if the register says so."""
        channel = self.new.requests.channel if self.new.requests else None
        contact = self.new.controller.contact
        if channel and not isinstance(channel, Open):
            return same(channel.email), self.sentence("free") if channel.free else ""
        return (self.gap("address") if isinstance(contact, Open) else same(contact.email)), ""

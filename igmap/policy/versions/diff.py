"""Two registers compared: every change with what it means, in a sentence that can be read aloud."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from igmap.policy.findings import Language, Words
from igmap.policy.register import Policy
from igmap.policy.versions.differences import Difference, Kind, differences, entry_of, plain
from igmap.policy.versions.pairing import renamed_alike
from igmap.policy.versions.saying import LANGUAGES, Speaker, filled, organisation, part_of, rights_with, same, told
from igmap.policy.versions.touching import touched
from igmap.policy.versions.weighing import DIRECTIONS, Direction, weighed


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different in the new register.

    Args:
        path: where, dotted, items by their id in the new register.
        part: of the register; the key of its heading.
        kind: what happened to it.
        direction: widened when more is done with data or people are less protected; narrowed for the opposite.
        sentence: what changed.
        purposes: ids of the purposes it touches; `*` for all.
        quiet: whether it is of no use to a data subject.
    """

    path: str
    part: str
    kind: Kind
    direction: Direction
    sentence: Words
    purposes: tuple[str, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """What a register says about itself; None where it leaves that open."""

    title: Words
    organisation: Words
    version: str | None
    announced: date | None
    effective_from: date | None


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed from one register to another.

    Args:
        old: the earlier.
        new: the later.
        changes: what is looser first, then stricter, then what a person has to judge, then mere words.
    """

    old: Edition
    new: Edition
    changes: tuple[Change, ...]

    @property
    def counts(self) -> dict[Direction, int]:
        """How many changes go which way."""
        counted = Counter(change.direction for change in self.changes)
        return {direction: counted[direction] for direction in DIRECTIONS}

    def of(self, *directions: Direction) -> tuple[Change, ...]:
        """The changes that go one of these ways."""
        return tuple(change for change in self.changes if change.direction in directions)

    def sentences(self, lang: Language = "nl") -> list[str]:
        """Every change in a sentence."""
        return [getattr(change.sentence, lang) for change in self.changes]

    def __repr__(self) -> str:
        """Counts only."""
        return f"Diff({', '.join(f'{count} {direction}' for direction, count in self.counts.items())})"


def diff(old: Policy, new: Policy) -> Diff:
    """Compare two registers item by item.

    Items are the same that have the same id, or another id and certainly the same label, quote or content. The order
    of lists says nothing. A place that directions.yaml does not know is unclear, and told.

    Args:
        old: the earlier register.
        new: the later one.
    """
    is_now = plain(new)
    was = renamed_alike(plain(old), is_now)
    speaker = Speaker((was, is_now))
    changes = [_change(one, speaker) for one in differences(was, is_now)]
    changes.sort(key=lambda change: (DIRECTIONS.index(change.direction), _order(change.part)))
    return Diff(_edition(old), _edition(new), tuple(changes))


def _edition(policy: Policy) -> Edition:
    header = policy.header
    return Edition(
        Words(header.title.nl, header.title.en),
        organisation(policy.controller.name),
        header.version if isinstance(header.version, str) else None,
        header.announced if isinstance(header.announced, date) else None,
        header.effective_from if isinstance(header.effective_from, date) else None,
    )


def _order(part: str) -> int:
    return list(told("parts")).index(part)


def _change(difference: Difference, speaker: Speaker) -> Change:
    direction, sign = weighed(difference, speaker.sides)
    entry = entry_of(difference.pattern)
    path = ".".join(difference.place)
    figures = _figures(difference, speaker)
    if entry is None:
        sentence = filled(told("kinds")["unknown"], {**figures, "path": same(path)})
    else:
        says = entry.get("says", {})
        own = says.get(sign if difference.kind == "changed" else difference.kind) or says.get(difference.kind)
        sentence = filled(own or told("kinds")[difference.kind], figures)
    purposes = touched(difference, speaker.sides)
    quiet = entry is None or bool(entry.get("quiet"))
    return Change(path, part_of(difference.pattern), difference.kind, direction, sentence, purposes, quiet)


def _figures(difference: Difference, speaker: Speaker) -> dict[str, Words]:
    """What a sentence may be filled with; of a whole item its keys too."""
    pattern, old, new = difference.pattern, difference.old, difference.new
    found = speaker.nearest(difference.place, pattern)
    entry = entry_of(pattern) or {}
    item = new if isinstance(new, Mapping) else old
    keys = item if difference.kind in {"added", "removed"} and isinstance(item, Mapping) else {}
    was, is_now = _both(difference, speaker)
    return {
        **{key: speaker.value(value, f"{pattern}/{key}") for key, value in keys.items()},
        "place": speaker.place(difference.place, pattern),
        "item": speaker.item(*found) if found else same(""),
        "what": Words(**entry["what"]) if "what" in entry else same(difference.place[-1].replace("_", " ")),
        "old": was,
        "new": is_now,
        "rights": rights_with(new),
    }


def _both(difference: Difference, speaker: Speaker) -> tuple[Words, Words]:
    """Old and new in words; of a text that changed in one language only, that language."""
    if difference.kind == "renamed":
        return same(difference.old), same(difference.new)
    old, new = (speaker.value(value, difference.pattern) for value in (difference.old, difference.new))
    if difference.kind == "changed" and (old.nl == new.nl) != (old.en == new.en):
        changed: Language = "en" if old.nl == new.nl else "nl"
        old, new = (Words(*(getattr(words, changed) for _ in LANGUAGES)) for words in (old, new))
    return old, new

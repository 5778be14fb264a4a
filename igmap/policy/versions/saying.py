"""Values and places of a register as one says them, in Dutch and English."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from igmap.policy.events import label_of, shipped_events
from igmap.policy.findings import Language, Words
from igmap.policy.messages import messages
from igmap.policy.rules.periods import spelled
from igmap.policy.versions.differences import ITEM, entry_of, is_open
from igmap.policy.versions.weighing import TIMES, rung_of_country
from igmap.report import text
from igmap.vocabulary import CATEGORIES, load_yaml

LANGUAGES: tuple[Language, Language] = ("nl", "en")
RUNGS = ("inside", "adequate", "partly", "outside")
_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")  # after a value that ends with a full stop
_PAIR = {"nl": "{what} – {value}", "en": "{what} – {value}"}
LONGEST = 300  # characters of a value in a sentence


def told(key: str) -> Any:
    """A part of sentences.yaml."""
    return load_yaml("igmap.policy.versions", "sentences.yaml")[key]


def in_words(words: Mapping[str, str]) -> Words:
    """Both languages of an entry of a data file."""
    return Words(words["nl"], words["en"])


def organisation(name: Any) -> Words:
    """The name of whoever publishes the policy; where the register leaves it open, what stands for it."""
    return same(name) if isinstance(name, str) else Words("de organisatie", "the organisation")


def same(content: Any) -> Words:
    """A name that is the same in both languages, on one line and no longer than a sentence bears."""
    line = " ".join(str(content).split())
    line = line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
    return Words(line, line)


def put(template: Mapping[str, str], figures: Mapping[str, Words]) -> Words:
    """A template in both languages with its figures."""
    return Words(
        *(
            template[lang].format_map({name: getattr(words, lang) for name, words in figures.items()}).strip()
            for lang in LANGUAGES
        )
    )


def filled(template: Mapping[str, str], figures: Mapping[str, Words]) -> Words:
    """A sentence in both languages, beginning with a capital."""
    told_so = put(template, figures)
    words = Words(*(_STOPS.sub(".", getattr(told_so, lang)) for lang in LANGUAGES))
    return Words(words.nl[:1].upper() + words.nl[1:], words.en[:1].upper() + words.en[1:])


def enumerated(parts: Sequence[Words]) -> Words:
    """A list as one says it: a, b and c."""
    joined = []
    for lang in LANGUAGES:
        names = [getattr(part, lang) for part in parts]
        comma = "; " if any("," in name for name in names) else ", "
        joined.append(comma.join([*names[:-2], told("and")[lang].join(names[-2:])]))
    return Words(*joined)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says the values of two registers, with the labels that either of them has.

    Args:
        sides: the registers as plain trees; the labels of the last are preferred.
    """

    sides: tuple[Mapping[str, Any], Mapping[str, Any]]

    def value(self, value: Any, pattern: str) -> Words:
        """A value by what stands at its place; open, absent, several or one."""
        if is_open(value):
            return in_words(told("open"))
        if value is None or value in ("", []):
            return in_words(told("nothing"))
        if isinstance(value, list):
            return enumerated([self.value(one, pattern) for one in value])
        kind = (entry_of(pattern) or {}).get("as", "word")
        return self._one(value, kind, pattern)

    def item(self, item: Mapping[str, Any], pattern: str) -> Words:
        """What an item of a list is called: what it is about, its label or words, or else its id."""
        if pattern.startswith("retention/rules"):
            return self._term(item)
        label = item.get("label") or item.get("text")
        if isinstance(label, Mapping):
            return Words(*(same(label[lang]).nl for lang in LANGUAGES))
        name = item.get("id") or item.get("name") or item.get("version") or ""
        if pattern.startswith("requests/rights"):
            return _right(name, item)
        return _category(name) if pattern.startswith("data_categories") else same(name)

    def place(self, place: tuple[str, ...], pattern: str) -> Words:
        """Where a difference is: the innermost item it is about, or the part of the register."""
        found = self.nearest(place, pattern)
        if found is None:
            return in_words(told("parts")[part_of(pattern)])
        item, inside = found
        noun = told("nouns").get(inside)
        name = self.item(item, inside)
        return filled(noun, {"item": name}) if noun else name

    def nearest(self, place: tuple[str, ...], pattern: str) -> tuple[Mapping[str, Any], str] | None:
        """The innermost item of a list on the way to a place, with its own pattern."""
        keys = pattern.split("/")
        for depth in range(len(keys), 0, -1):
            if keys[depth - 1] == ITEM:
                inside = "/".join(keys[:depth])
                return next((one for side in reversed(self.sides) if (one := _at(side, place[:depth]))), {}), inside
        return None

    def _one(self, value: Any, kind: str, pattern: str) -> Words:
        if kind == "item" and isinstance(value, Mapping):
            return self.item(value, pattern)
        if isinstance(value, Mapping):
            return self._section(value, pattern)
        say: dict[str, Callable[[Any], Words]] = {
            "category": _category,
            "subject": lambda name: self._label("data_subjects", name),
            "purpose": lambda name: self._label("purposes", name),
            "basis": basis,
            "period": _period,
            "country": country,
            "date": day,
            "event": self._event,
        }
        return say.get(kind, word)(value)

    def _event(self, name: str) -> Words:
        """An event that starts a term: as one says it, as the register calls it, or by igmap's word for it."""
        if name in load_yaml("igmap.policy.versions", "words.yaml")["ids"]:
            return word(name)
        own = (one for side in reversed(self.sides) for one in side["retention"].get("events") or ())
        label = next((one["label"] for one in own if one["id"] == name), None)
        if label is None and name in shipped_events():
            label = label_of(shipped_events()[name]).model_dump()
        return quoted(Words(same(label["nl"]).nl, same(label["en"]).nl)) if label else word(name)

    def _section(self, value: Mapping[str, Any], pattern: str) -> Words:
        """A text between quotes; of a part of the register what it says, key by key, as far as that has words."""
        if set(value) == {"nl", "en"}:
            return quoted(Words(same(value["nl"]).nl, same(value["en"]).nl))
        said = []
        for key, one in value.items():
            entry = entry_of(f"{pattern}/{key}") or {"what": {"nl": key, "en": key}}
            if "what" in entry and not entry.get("quiet") and one not in (None, "", [], {}):
                said.append(put(_PAIR, {"what": in_words(entry["what"]), "value": self.value(one, f"{pattern}/{key}")}))
        return Words(*("; ".join(getattr(words, lang) for words in said) for lang in LANGUAGES))

    def _label(self, part: str, name: str) -> Words:
        """The label behind an id; that of a purpose between quotes."""
        found = (one for side in reversed(self.sides) for one in side.get(part) or () if one.get("id") == name)
        words = self.item(next(found, {"id": name}), f"{part}/{ITEM}")
        return quoted(words) if part == "purposes" else words

    def _term(self, item: Mapping[str, Any]) -> Words:
        """What a term is for: its purpose, with the kinds of data if it is not for all."""
        categories = [_category(one) for one in item.get("categories") or ()]
        figures = {"purpose": self._label("purposes", item.get("purpose", "")), "categories": enumerated(categories)}
        return put(told("term_of" if categories else "term"), figures)


def part_of(pattern: str) -> str:
    """The part of the register a place belongs to; the key of its heading."""
    first = pattern.partition("/")[0]
    part: str = told("part_of").get(first, first)
    return part if part in told("parts") else "other"


def quoted(words: Words) -> Words:
    """A name between quotes."""
    return Words(f"‘{words.nl}’", f"‘{words.en}’")


def word(value: Any) -> Words:
    """A word of the register's own: known by words.yaml or the checks, or as it is written, spaces for underscores."""
    if isinstance(value, bool):
        return in_words(told(str(value).lower()))
    known = {**messages()["terms"], **load_yaml("igmap.policy.versions", "words.yaml")["ids"]}
    found = known.get(str(value))
    return in_words(found) if found else same(str(value).replace("_", " "))


def basis(value: str) -> Words:
    """A legal basis with its article."""
    letter = letter_of(value)
    return Words(*(text(f"record.basis.{letter}", lang) for lang in LANGUAGES)) if letter else word(value)


def rights_with(value: Any) -> Words:
    """What a person can do against a processing on this legal basis."""
    letter = letter_of(value)
    return in_words(told("rights")[letter]) if letter else Words("", "")


def country(code: str) -> Words:
    """A country by its name, with how the law protects data there."""
    words = load_yaml("igmap.policy.versions", "words.yaml")
    name = words["countries"].get(code)
    of = words["of_country"]
    named = in_words(name) if name else put(of["unnamed"], {"country": same(code)})
    return put(of[RUNGS[rung_of_country(code)]], {"country": named})


def day(value: str | date) -> Words:
    """A date as each language writes it in a sentence."""
    on = date.fromisoformat(str(value))
    months = load_yaml("igmap.policy.versions", "words.yaml")["months"]
    return Words(*(f"{on.day} {months[lang][on.month - 1]} {on.year}" for lang in LANGUAGES))


def letter_of(value: Any) -> str:
    """The letter of GDPR Art. 6(1) of a legal basis; "" when it is none."""
    prefix = "eu-gdpr:A6-1-"
    return value.removeprefix(prefix)[:1] if isinstance(value, str) and value.startswith(prefix) else ""


def _period(value: str) -> Words:
    """A period; of a cookie with its hours, or that it lasts for a session or for ever."""
    days, _, hours = value.partition("T")
    if not days.startswith("P"):
        return word(value)
    units = load_yaml("igmap.policy.versions", "words.yaml")["times"]
    parts = [spelled(days)] if days != "P" else []
    parts += [put(units[unit], {"count": same(count)}) for count, unit in TIMES.findall(hours)]
    return Words(*(", ".join(getattr(part, lang) for part in parts if part.nl) for lang in LANGUAGES))


def _category(value: Any) -> Words:
    known = CATEGORIES.get(str(value))
    return Words(known.nl, known.en) if known else same(value)


def _right(name: str, item: Mapping[str, Any]) -> Words:
    known = load_yaml("igmap.policy.versions", "words.yaml")["rights"].get(name)
    return in_words(known) if known else same(item.get("policy_word") or name.replace("_", " "))


def _at(side: Any, place: tuple[str, ...]) -> Any:
    """What stands at a place, or None."""
    for key in place:
        if isinstance(side, list):
            side = next((one for one in side if key in map(str, _names(one))), None)
        else:
            side = side.get(key) if isinstance(side, Mapping) else None
    return side


def _names(item: Any) -> tuple[Any, ...]:
    return tuple(item.get(key) for key in ("id", "name", "version") if key in item) if isinstance(item, Mapping) else ()

"""What a register's values may be: open, or of igmap's vocabulary, or an ISO 8601 period, or a day."""

import re
from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    model_validator,
)
from typing_extensions import TypeAliasType

from igmap.errors import nearest
from igmap.vocabulary import CATEGORIES, load_yaml
from igmap.vocabulary.dpv import iris

Value = TypeVar("Value")
Origin = Literal["policy", "law", "example", "proposed", "decision"]
PERIOD = re.compile(r"P(?=\d)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?")
HALVES = re.compile(r"P(\d+)[.,](\d+)Y")
HOURS = re.compile(r"PT(\d+)H")
LIFETIME = re.compile(r"(?=P\w*\d)P(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?")
MOST_YEARS = 150


class Entry(BaseModel):
    """Part of a register: frozen, and a key it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, populate_by_name=True)


class Text(Entry):
    """The same words in Dutch and English; where one language is missing the other stands for both."""

    nl: str = ""
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _in_both(cls, told: Any) -> Any:
        if not isinstance(told, dict):
            return told
        given = told.get("nl") or told.get("en")
        if not given:
            raise ValueError("say it in Dutch (nl), in English (en), or in both")
        return told | {language: told.get(language) or given for language in ("nl", "en")}


class Open(Entry):
    """A value that the policy does not give. igmap reports it and never fills it in.

    Args:
        open: why it is open; in one language, or in both.
        suggest: what it might be; shown to a person, never used in a check.
    """

    open: Annotated[str, Field(min_length=1)] | Text
    suggest: tuple[Any, ...] = ()

    @property
    def why(self) -> Text:
        """Why it is open, as each language says it."""
        return self.open if isinstance(self.open, Text) else Text(nl=self.open, en=self.open)


def _kind(value: Any) -> str:
    return "open" if isinstance(value, Open) or (isinstance(value, dict) and "open" in value) else "value"


Answer = Annotated[Annotated[Open, Tag("open")] | Annotated[Value, Tag("value")], Discriminator(_kind)]


class Source(Entry):
    """Where an item comes from.

    Args:
        section: of the policy.
        quote: the policy's own sentence; an ellipsis leaves words out.
        law: an article, where the law and not the policy says it.
    """

    section: str = ""
    quote: str = ""
    law: str = ""


class Stated(Entry):
    """An item that says what brings it in, and where.

    Args:
        origin: the policy's text; a law; an example that the organisation has to confirm; a proposal of igmap's that a
            person has to confirm; or a decision of the organisation that its text does not show yet.
        source: section and sentence, or the article.
    """

    origin: Origin = "policy"
    source: Source = Source()


def _known(word: str, known: Collection[str], kind: str) -> str:
    if word not in known:
        raise ValueError(f"unknown {kind} {word!r}{nearest(word, known)}")
    return word


def _terms(beginning: str) -> list[str]:
    return [term for term in iris() if term.startswith(beginning)]


def _checks() -> list[str]:
    return [rule["check"] for rule in load_yaml("igmap.policy", "rules.yaml")]


def _categories() -> Collection[str]:
    return CATEGORIES


def _word(kind: str, known: Callable[[], Collection[str]]) -> AfterValidator:
    return AfterValidator(lambda word: _known(word, known(), kind))


def _listed(known: Callable[[], Collection[str]]) -> Any:
    """For the JSON Schema: the words there are, so that an editor can offer them."""
    return Field(json_schema_extra=lambda schema: schema.update(enum=[*sorted(known())]))


def _period(word: str) -> str:
    """The period in whole years, months, weeks and days: half years become months, whole days of hours days."""
    halves, hours = HALVES.fullmatch(word), HOURS.fullmatch(word)
    if halves and (12 * int(halves[2])) % 10 ** len(halves[2]) == 0:
        return f"P{12 * int(halves[1]) + 12 * int(halves[2]) // 10 ** len(halves[2])}M"
    if hours and int(hours[1]) % 24 == 0:
        return f"P{int(hours[1]) // 24}D"
    match = PERIOD.fullmatch(word)
    if not match:
        raise ValueError(
            f"{word!r} is not an ISO 8601 period of years, months, weeks or days, such as P2Y or P6M{_read(word)}"
        )
    years, months, weeks, days = (int(part) for part in match.groupdict("0").values())
    if years + months / 12 + weeks / 52 + days / 365 > MOST_YEARS:
        raise ValueError(f"{word!r} is longer than {MOST_YEARS} years; leave open what has no end, and say why")
    return word


def _read(word: str) -> str:
    """What a period in words may be meant as, such as `7 jaar`."""
    units = {"jaar": "Y", "jaren": "Y", "year": "Y", "maand": "M", "month": "M", "week": "W", "weken": "W", "da": "D"}
    told = re.fullmatch(r"\W*(\d{1,3})\W*([a-z]+)\W*", word.lower())
    unit = next((sign for name, sign in units.items() if told and told[2].startswith(name)), "")
    return f"; did you mean 'P{told[1]}{unit}'?" if told and unit else ""


def _lifetime(word: str) -> str:
    if not LIFETIME.fullmatch(word):
        raise ValueError(f"{word!r} is neither 'session' nor an ISO 8601 period such as P30D or PT2H")
    return word


def _day(day: Any) -> Any:
    if type(day) is date or (isinstance(day, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", day)):
        return day
    raise ValueError("write a day as yyyy-mm-dd; leave it open, with the reason, when there is none")


def _country(word: str) -> str:
    if not re.fullmatch("[A-Z]{2}", word):
        raise ValueError(f"{word!r} is not a country code of two capitals, such as NL")
    return word


def _language(word: str) -> str:
    if not re.fullmatch("[a-z]{2}", word):
        raise ValueError(f"{word!r} is not a language code of two small letters, such as nl")
    return word


def _named(word: str, info: ValidationInfo, *, among: str, kind: str) -> str:
    """A word that stands in the register itself; where that list is open there is nothing to hold it against."""
    known = (info.context or {}).get(among)
    return _known(word, known, kind) if isinstance(known, list | tuple) else word


def _parent(word: str, info: ValidationInfo) -> str:
    """The purpose above this one; whoever goes up from here must not come by here again."""
    parents = (info.context or {}).get("parents", {})
    way = [str(info.data.get("id", ""))]
    while word_above := parents.get(way[-1]):
        way.append(word_above)
        if way.count(word_above) > 1:
            raise ValueError(f"the purposes go round in a circle: {' → '.join(way)}; take one 'parent' away")
    return word


_BASES, _CONDITIONS = partial(_terms, "eu-gdpr:A6-1-"), partial(_terms, "eu-gdpr:A9-2-")
Term = TypeAliasType("Term", Annotated[str, _word("DPV term", iris), _listed(iris)])
LegalBasis = TypeAliasType("LegalBasis", Annotated[str, _word("legal basis", _BASES), _listed(_BASES)])
Condition = TypeAliasType(
    "Condition", Annotated[str, _word("condition of Art. 9(2)", _CONDITIONS), _listed(_CONDITIONS)]
)
CategoryWord = TypeAliasType(
    "CategoryWord", Annotated[str, _word("category", lambda: CATEGORIES), _listed(lambda: CATEGORIES)]
)
CheckName = TypeAliasType("CheckName", Annotated[str, _word("check", _checks), _listed(_checks)])
Day = Annotated[date, BeforeValidator(_day)]
Period = Annotated[str, AfterValidator(_period)]
Lifetime = Literal["session", "persistent"] | Annotated[str, AfterValidator(_lifetime)]
Country = Annotated[str, AfterValidator(_country), Field(json_schema_extra={"pattern": "^[A-Z]{2}$"})]
LanguageCode = Annotated[str, AfterValidator(_language), Field(json_schema_extra={"pattern": "^[a-z]{2}$"})]
PurposeId = Annotated[str, AfterValidator(partial(_named, among="purposes", kind="purpose"))]
DataSubjectId = Annotated[str, AfterValidator(partial(_named, among="data_subjects", kind="data subject"))]
GroundId = Annotated[str, AfterValidator(partial(_named, among="grounds", kind="ground for sharing"))]
ParentId = Annotated[PurposeId, AfterValidator(_parent)]

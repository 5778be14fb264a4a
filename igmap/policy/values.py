"""What a register's values may be: open, or of igmap's vocabulary, or an ISO 8601 period."""

import re
from collections.abc import Collection
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Tag, ValidationInfo

from igmap.errors import nearest
from igmap.vocabulary import CATEGORIES, load_table, load_yaml

Value = TypeVar("Value")
Origin = Literal["policy", "law", "example", "proposed"]
PERIOD = re.compile(r"P(?=\d)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?")


class Entry(BaseModel):
    """Part of a register: frozen, and a key it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, populate_by_name=True)


class Text(Entry):
    """The same words in Dutch and English."""

    nl: str
    en: str


class Open(Entry):
    """A value that the policy does not give. igmap reports it and never fills it in.

    Args:
        open: why it is open; in one language, or in both.
        suggest: what it might be; shown to a person, never used in a check.
    """

    open: str | Text
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
    """An item that says whether policy, law or an example it is made of brings it in, and where."""

    origin: Origin = "policy"
    source: Source = Source()


@cache
def terms() -> frozenset[str]:
    """The terms of the Data Privacy Vocabulary that a register may use, with their prefix."""
    return frozenset(row["term"] for row in load_table("igmap.vocabulary", "dpv.tsv"))


def _known(word: str, known: Collection[str], kind: str) -> str:
    if word not in known:
        raise ValueError(f"unknown {kind} {word!r}{nearest(word, known)}")
    return word


def _term(word: str) -> str:
    return _known(word, terms(), "DPV term")


def _legal_basis(word: str) -> str:
    return _known(word, {term for term in terms() if term.startswith("eu-gdpr:A6-1-")}, "legal basis")


def _condition(word: str) -> str:
    return _known(word, {term for term in terms() if term.startswith("eu-gdpr:A9-2-")}, "condition of Art. 9(2)")


def _category(word: str) -> str:
    return _known(word, CATEGORIES, "category")


def _check(word: str) -> str:
    return _known(word, {rule["check"] for rule in load_yaml("igmap.policy", "rules.yaml")}, "check")


def _period(word: str) -> str:
    if not PERIOD.fullmatch(word):
        raise ValueError(f"{word!r} is not an ISO 8601 period of years, months, weeks or days, such as P2Y or P6M")
    return word


def _country(word: str) -> str:
    if not re.fullmatch("[A-Z]{2}", word):
        raise ValueError(f"{word!r} is not a country code of two capitals, such as NL")
    return word


def _purpose(word: str, info: ValidationInfo) -> str:
    return _known(word, info.context["purposes"], "purpose") if info.context else word


def _data_subject(word: str, info: ValidationInfo) -> str:
    return _known(word, info.context["data_subjects"], "data subject") if info.context else word


Term = Annotated[str, AfterValidator(_term)]
LegalBasis = Annotated[str, AfterValidator(_legal_basis)]
Condition = Annotated[str, AfterValidator(_condition)]
CategoryWord = Annotated[str, AfterValidator(_category)]
CheckName = Annotated[str, AfterValidator(_check)]
Period = Annotated[str, AfterValidator(_period)]
Country = Annotated[str, AfterValidator(_country)]
PurposeId = Annotated[str, AfterValidator(_purpose)]
DataSubjectId = Annotated[str, AfterValidator(_data_subject)]

"""The part of the register about requests of data subjects (policy sections 6 and 7)."""

from typing import Literal

from pydantic import Field

from igmap.policy.values import Answer, Entry, Origin, Period, Source, Stated, Term, Text


class Channel(Entry):
    """Where a request or complaint can be sent."""

    email: str
    free: bool
    source: Source = Source()


class Right(Entry):
    """A right, the policy's word for it, where a complaint goes, and the only case in which the policy grants it."""

    id: str
    iri: Term
    policy_word: str = ""
    to: Term | None = None
    origin: Origin = "policy"
    in_policy: bool = True
    only_when: str = ""


class Identification(Entry):
    """Whether a person has to say who they are first, and what the law limits."""

    required: bool
    when: str
    iri: Term | None = None
    legal_limit: str = ""
    source: Source = Source()


class RefusalGround(Entry):
    """A ground for refusal; `finding` says where the law does not know it."""

    id: str
    iri: Term
    text: Text
    gdpr: str
    finding: str = ""


class Decision(Entry):
    """Within which term a decision is due; `use: earliest` takes the earlier of policy and law."""

    term: Answer[Period]
    counted_from: str = Field(alias="from")
    form: str
    legal_term: Period
    use: Literal["earliest"] = "earliest"
    source: Source = Source()


class Extension(Entry):
    """On which grounds and how far the term may be extended."""

    grounds: tuple[Term, ...]
    term: Answer[Period]
    legal_maximum: Period
    reasons_required: bool
    source: Source = Source()


class Refusal(Entry):
    """What a refusal must hold."""

    reasons_required: bool
    must_mention: tuple[str, ...] = ()
    source: Source = Source()


class Fee(Entry):
    """Who pays."""

    controller: str
    controller_exception: str = ""
    processor: str
    source: Source = Source()


class Fulfilment(Entry):
    """When a granted request is carried out."""

    when: Literal["as_soon_as_possible"]
    source: Source = Source()


class Requests(Stated):
    """How a data subject's request is handled."""

    channel: Channel
    rights: tuple[Right, ...]
    identification: Identification
    refusal_grounds: tuple[RefusalGround, ...] = ()
    decision: Decision
    extension: Extension
    refusal: Refusal
    fee: Fee
    fulfilment: Fulfilment | None = None

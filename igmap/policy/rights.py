"""The part of the register about requests of data subjects (policy sections 6 and 7)."""

from typing import Literal

from pydantic import Field

from igmap.policy.values import Answer, Period, Stated, Term, Text


class Channel(Stated):
    """Where a request or complaint can be sent."""

    email: str
    free: bool


class Right(Stated):
    """A right, the policy's word for it, where a complaint goes, and the only case in which the policy grants it."""

    id: str
    iri: Term
    policy_word: str = ""
    to: Term | None = None
    in_policy: bool = True
    only_when: str = ""


class Identification(Stated):
    """Whether a person has to say who they are first, and what the law limits."""

    required: bool
    when: str
    iri: Term | None = None
    legal_limit: str = ""


class RefusalGround(Stated):
    """A ground for refusal; `finding` says where the law does not know it."""

    id: str
    iri: Term
    text: Text
    gdpr: str
    finding: str = ""


class Decision(Stated):
    """Within which term a decision is due; `use: earliest` takes the earlier of policy and law."""

    term: Answer[Period]
    counted_from: str = Field(alias="from")
    form: str
    legal_term: Period
    use: Literal["earliest"] = "earliest"


class Extension(Stated):
    """On which grounds and how far the term may be extended."""

    grounds: tuple[Term, ...]
    term: Answer[Period]
    legal_maximum: Period
    reasons_required: bool


class Refusal(Stated):
    """What a refusal must hold."""

    reasons_required: bool
    must_mention: tuple[str, ...] = ()


class Fee(Stated):
    """Who pays."""

    controller: str
    controller_exception: str = ""
    processor: str


class Fulfilment(Stated):
    """When a granted request is carried out."""

    when: Literal["as_soon_as_possible"]


class Requests(Stated):
    """How a data subject's request is handled; what a policy does not say is left out or open."""

    channel: Answer[Channel] | None = None
    rights: tuple[Right, ...] = ()
    identification: Answer[Identification] | None = None
    refusal_grounds: tuple[RefusalGround, ...] = ()
    decision: Answer[Decision] | None = None
    extension: Answer[Extension] | None = None
    refusal: Answer[Refusal] | None = None
    fee: Answer[Fee] | None = None
    fulfilment: Answer[Fulfilment] | None = None

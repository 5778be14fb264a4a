"""The register: what the organisation promised, item by item, with the sentence of the policy that promises it."""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, model_validator

from igmap.errors import nearest
from igmap.policy.identity import Controller, ExternalLinks, Header, Measure, Review
from igmap.policy.limits import CookieClass, Cookies, Retention
from igmap.policy.rights import Requests
from igmap.policy.values import (
    Answer,
    CategoryWord,
    CheckName,
    Condition,
    Country,
    DataSubjectId,
    Day,
    Entry,
    GroundId,
    LegalBasis,
    Open,
    ParentId,
    PurposeId,
    Stated,
    Term,
    Text,
)
from igmap.vocabulary import load_yaml
from igmap.vocabulary.dpv import prefixes

Item = TypeVar("Item", "Purpose", "Recipient", "DataSubject", "DataCategory")


def _shipped(iri: str) -> str:
    if iri not in prefixes().values():
        raise ValueError(f"no vocabulary of that address is shipped{nearest(iri, prefixes().values())}")
    return iri


class Vocabulary(Entry):
    """What a prefix such as `dpv:` stands for; igmap ships version 2.3 of the Data Privacy Vocabulary and no other."""

    iri: Annotated[str, AfterValidator(_shipped)]
    version: Literal["2.3"]


class DataSubject(Stated):
    """A kind of person."""

    id: str
    label: Text
    iri: Answer[Term]
    child_possible: Answer[bool] | None = None


class DataCategory(Stated):
    """A kind of data, by igmap's word, and what permits it where the law forbids it by default.

    Args:
        id: of igmap's vocabulary.
        condition: of GDPR Art. 9(2), for special categories.
        statute: that permits processing the BSN (UAVG Art. 46) or criminal data.
        forbidden: the policy promises that this is not processed.
        special: as the register's maker sees it; the checks go by igmap's vocabulary.
        identifiability: the same.
        secret: the same.
        free_text: the same.
        patterns: knowledge of detection, which a register may hold and igmap keeps in detectors.yaml.
        detectors: the same.
    """

    id: CategoryWord
    iri: Term | None = None
    label: Text | None = None
    condition: Answer[Condition] | None = None
    statute: Answer[str] | None = None
    forbidden: bool = False
    special: Literal["none", "art9", "art10", "bsn"] | None = None
    identifiability: str = ""
    secret: bool | None = None
    free_text: bool | None = None
    patterns: tuple[str, ...] = ()
    detectors: tuple[str, ...] = ()


class DeviceAccess(Entry):
    """What may be stored on or read from a device for a purpose (Tw Art. 11.7a)."""

    rule: str
    allowed: tuple[CookieClass, ...]


class Purpose(Stated):
    """What data are for.

    Args:
        legal_basis: of GDPR Art. 6(1).
        data_subjects: whose data.
        data_categories: which data, by igmap's words.
        compatible_with: purposes for which reuse was assessed and found compatible (GDPR Art. 6(4)).
        prefer_anonymised: whether anonymised data serve it as well.
        dpia: reference of the data protection impact assessment (GDPR Art. 35).
        parent: the purpose it is part of.
    """

    id: str
    label: Text
    iri: Answer[Term]
    parent: ParentId | None = None
    also: tuple[Term, ...] = ()
    legal_basis: Answer[LegalBasis]
    balancing_test: Answer[str] | None = None
    consent_record: Answer[str] | None = None
    device_access: DeviceAccess | None = None
    data_subjects: Answer[tuple[DataSubjectId, ...]] = ()
    data_categories: Answer[tuple[CategoryWord, ...]]
    compatible_with: Answer[tuple[PurposeId, ...]] = ()
    prefer_anonymised: bool = False
    dpia: Answer[str] | None = None


class Agreement(Entry):
    """The processing agreement (GDPR Art. 28(3))."""

    required: bool
    reference: Answer[str]
    terms: tuple[str, ...] = ()


class Recipient(Stated):
    """Who receives data, on which of the policy's grounds."""

    id: str
    label: Text
    role: Literal["processor", "authority", "third_party", "controller", "joint_controller"]
    iri: Answer[Term]
    name: Answer[str] | None = None
    country: Answer[Country]
    safeguards: Answer[str] | None = None
    agreement: Agreement | None = None
    purposes: tuple[PurposeId, ...] = ()
    grounds: Answer[tuple[str, ...]]


class Disclosures(Stated):
    """What a disclosure to a third party needs beside a ground.

    Args:
        reason_required: grounds for which the necessity has to be written down.
        consent_required: grounds that need the person's recorded consent.
    """

    reason_required: tuple[GroundId, ...] = ()
    consent_required: tuple[GroundId, ...] = ()


class Transfers(Stated):
    """Whether data leave the European Economic Area, where to, and with which safeguards (GDPR Art. 30(1)(e)).

    Args:
        derogation: of Art. 49(1), with its documentation, where nothing else covers a transfer.
    """

    outside_eea: Answer[bool]
    safeguards: Answer[str]
    countries: Answer[tuple[Country, ...]] = ()
    derogation: Answer[str] | None = None


class Information(Entry):
    """What else a policy has to tell (GDPR Art. 13(2)(e), 13(2)(f), 14(2)(f)); null where it does not apply.

    Args:
        provision_obligatory: whether a person has to give the data, and what follows when they do not.
        automated_decisions: whether decisions are taken by machine alone, by which logic and with what effect.
        data_source: where data come from that the person did not give.
    """

    provision_obligatory: Answer[str] | None = None
    automated_decisions: Answer[str] | None = None
    data_source: Answer[str] | None = None


class Rule(Stated):
    """A rule that `check` evaluates.

    Args:
        check: the name of the check.
        effect: the outcome when it is broken.
        when_open: the outcome when the register leaves open what it needs.
        when_undeclared: the outcome when a dataset's purposes are not declared.
        severity: how much it matters to this organisation.
        basis: `policy:<section>` and articles of law.
        only_if: for whoever reads the register; igmap's checks have their own conditions.
    """

    id: str
    check: CheckName
    effect: Literal["violation", "warning", "open"]
    when_open: Literal["violation", "warning", "open"] = "open"
    when_undeclared: Literal["violation", "warning", "open"] = "open"
    severity: Literal["low", "medium", "high"] = "medium"
    basis: tuple[str, ...] = ()
    only_if: str = ""

    @model_validator(mode="after")
    def _not_the_id_of_another(self) -> "Rule":
        """Findings are told apart by the id of their rule."""
        other = next((r["check"] for r in load_yaml("igmap.policy", "rules.yaml") if r["id"] == self.id), self.check)
        if other != self.check:
            raise ValueError(f"the id {self.id!r} is that of the check {other!r}; give this rule another id")
        return self

    @property
    def law(self) -> tuple[str, ...]:
        """The articles among its bases."""
        return tuple(entry for entry in self.basis if not entry.startswith("policy:"))


class Answered(Entry):
    """A value of this register that its text does not give: a person decided it. Who, when and why."""

    path: str
    by: str
    on: Day
    why: str


class Policy(Entry):
    """The register of one version of a privacy policy; `policy.yaml` in this form."""

    schema_name: Literal["igmap.policy/1"] = Field(alias="schema")
    vocabularies: dict[str, Vocabulary] = Field(default_factory=dict)
    header: Header = Field(alias="policy")
    controller: Controller
    data_subjects: tuple[DataSubject, ...] = ()
    field_matching: dict[str, Any] | None = None
    data_categories: tuple[DataCategory, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    sharing_grounds: Answer[tuple[str, ...]] = ()
    disclosures: Disclosures | None = None
    transfers: Transfers | None = None
    external_links: ExternalLinks | None = None
    information: Information | None = None
    retention: Retention = Retention()
    cookies: Cookies | None = None
    measures: tuple[Measure, ...] = ()
    review: Review | None = None
    requests: Requests | None = None
    rules: tuple[Rule, ...] = ()
    answers: tuple[Answered, ...] = ()

    @property
    def grounds(self) -> tuple[str, ...]:
        """The closed list of grounds for sharing; empty while it is open."""
        return () if isinstance(self.sharing_grounds, Open) else self.sharing_grounds

    @property
    def title(self) -> Text:
        """What the policy is called."""
        return self.header.title

    @property
    def version(self) -> str | Open:
        """Its version, or why there is none."""
        return self.header.version

    def purpose(self, name: str) -> Purpose | None:
        """The purpose of that id."""
        return _of(self.purposes, name)

    def recipient(self, name: str) -> Recipient | None:
        """The recipient of that id."""
        return _of(self.recipients, name)

    def data_subject(self, name: str) -> DataSubject | None:
        """The kind of person of that id."""
        return _of(self.data_subjects, name)

    def data_category(self, name: str) -> DataCategory | None:
        """What the register says about a category of igmap's vocabulary."""
        return _of(self.data_categories, name)


def _of(items: tuple[Item, ...], name: str) -> Item | None:
    return next((item for item in items if item.id == name), None)

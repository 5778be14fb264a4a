"""The register: what the organisation promised, item by item, with the sentence of the policy that promises it."""

from typing import Literal, TypeVar

from pydantic import Field

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
    Entry,
    LegalBasis,
    Open,
    PurposeId,
    Source,
    Stated,
    Term,
    Text,
)

Item = TypeVar("Item", "Purpose", "Recipient", "DataSubject", "DataCategory")


class Vocabulary(Entry):
    """What a prefix such as `dpv:` stands for."""

    iri: str
    version: str


class DataSubject(Stated):
    """A kind of person."""

    id: str
    label: Text
    iri: Term
    child_possible: Answer[bool] | None = None


class DataCategory(Stated):
    """A kind of data, by igmap's word, and what permits it where the law forbids it by default.

    Args:
        id: of igmap's vocabulary.
        condition: of GDPR Art. 9(2), for special categories.
        statute: that permits processing the BSN (UAVG Art. 46) or criminal data.
    """

    id: CategoryWord
    iri: Term | None = None
    label: Text | None = None
    condition: Answer[Condition] | None = None
    statute: Answer[str] | None = None


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
    """

    id: str
    label: Text
    iri: Term
    also: tuple[Term, ...] = ()
    legal_basis: Answer[LegalBasis]
    balancing_test: Answer[str] | None = None
    consent_record: Answer[str] | None = None
    device_access: DeviceAccess | None = None
    data_subjects: Answer[tuple[DataSubjectId, ...]] = ()
    data_categories: Answer[tuple[CategoryWord, ...]]
    compatible_with: Answer[tuple[PurposeId, ...]] = ()
    prefer_anonymised: bool = False


class Agreement(Entry):
    """The processing agreement (GDPR Art. 28(3))."""

    required: bool
    reference: Answer[str]
    terms: tuple[str, ...] = ()


class Recipient(Stated):
    """Who receives data, on which of the policy's grounds.

    Args:
        hosts: from which their content is loaded on one's own pages; subdomains are theirs too.
    """

    id: str
    label: Text
    role: Literal["processor", "authority", "third_party", "controller", "joint_controller"]
    iri: Term
    name: Answer[str] | None = None
    country: Answer[Country]
    safeguards: Answer[str] | None = None
    agreement: Agreement | None = None
    purposes: tuple[PurposeId, ...] = ()
    grounds: Answer[tuple[str, ...]]
    hosts: tuple[str, ...] = ()


class Disclosures(Stated):
    """What a disclosure to a third party needs beside a ground.

    Args:
        reason_required: grounds for which the necessity has to be written down.
        consent_required: grounds that need the person's recorded consent.
    """

    reason_required: tuple[str, ...]
    consent_required: tuple[str, ...]


class Transfers(Entry):
    """Whether data leave the European Economic Area, and with which safeguards."""

    outside_eea: Answer[bool]
    safeguards: Answer[str]


class Rule(Entry):
    """A rule that `check` evaluates.

    Args:
        check: the name of the check.
        effect: the outcome when it is broken.
        when_open: the outcome when the register leaves open what it needs.
        when_undeclared: the outcome when a dataset's purposes are not declared.
        severity: how much it matters to this organisation.
        basis: `policy:<section>` and articles of law.
        source: the policy's sentence.
    """

    id: str
    check: CheckName
    effect: Literal["violation", "warning", "open"]
    when_open: Literal["violation", "warning", "open"] = "open"
    when_undeclared: Literal["violation", "warning", "open"] = "open"
    severity: Literal["low", "medium", "high"] = "medium"
    basis: tuple[str, ...] = ()
    source: Source = Source()

    @property
    def law(self) -> tuple[str, ...]:
        """The articles among its bases."""
        return tuple(entry for entry in self.basis if not entry.startswith("policy:"))


class Policy(Entry):
    """The register of one version of a privacy policy; `policy.yaml` in this form."""

    schema_name: Literal["igmap.policy/1"] = Field(alias="schema")
    vocabularies: dict[str, Vocabulary] = Field(default_factory=dict)
    header: Header = Field(alias="policy")
    controller: Controller
    data_subjects: tuple[DataSubject, ...] = ()
    data_categories: tuple[DataCategory, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    sharing_grounds: tuple[str, ...] = ()
    disclosures: Disclosures | None = None
    transfers: Transfers | None = None
    external_links: ExternalLinks | None = None
    retention: Retention = Retention()
    cookies: Cookies | None = None
    measures: tuple[Measure, ...] = ()
    review: Review | None = None
    requests: Requests | None = None
    rules: tuple[Rule, ...] = ()

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

"""What a finding rests on, short enough to stand in decisions.yaml: how bad, how many, and in which words.

An acceptance that names the evidence holds while it stays that way. Fewer records are no change; more records, another
wording, term or sentence of the policy, and a worse outcome are.
"""

import hashlib
import re
from dataclasses import dataclass

from igmap.policy.findings import OUTCOMES, Finding, Outcome

_FIGURE = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_PARTS = re.compile(
    rf"""(?x)
    (?P<whole>({_FIGURE})\ of\ (?:{_FIGURE}))(?![\w-])        # 631 of 1,200: only the first of them counts
    | (?P<kept>(?<!\w)'[^']*'                                 # names in quotes, terms and articles are words
        | \d+\ (?:years?|months?|weeks?|days?)\b
        | Art\.\ \d+(?:\(\w+\))*)
    | (?<![\w.,:/+-])(?P<count>{_FIGURE})(?!\w|[.,:/+-]\w)    # digits inside a name or a date are none
    """
)
_EVIDENCE = rf"(?P<outcome>{'|'.join(OUTCOMES)})(?:-(?P<counts>\d+(?:\+\d+)*))?-(?P<words>[0-9a-f]{{6}})"
_NAMED = re.compile(rf"(?P<id>[0-9a-f]{{12}})(?:-{_EVIDENCE})?")
_RECORDS = re.compile(r"(?<!on )\brecords?\b")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a finding rests on.

    Args:
        outcome: of the finding.
        counts: the figures of its message, in its order; of `5 of 20 records` the 5.
        words: a hash of the message without them and of the sentence of the policy.
    """

    outcome: Outcome
    counts: tuple[int, ...]
    words: str

    def __str__(self) -> str:
        """As it stands behind the id of a finding: `violation-631-5f2c1a`."""
        return "-".join((self.outcome, *(["+".join(map(str, self.counts))] if self.counts else []), self.words))

    def covers(self, now: "Evidence") -> bool:
        """Whether what is found now is no more than this: the same words, no figure grown, no worse outcome."""
        return (
            self.words == now.words
            and len(self.counts) == len(now.counts)
            and all(one >= other for one, other in zip(self.counts, now.counts, strict=True))
            and OUTCOMES.index(self.outcome) <= OUTCOMES.index(now.outcome)
        )


def evidence_of(finding: Finding) -> Evidence:
    """What a finding rests on, told by its message alone, so that findings.json is enough to work it out.

    Example:
        >>> from igmap.policy.findings import Quote, Words
        >>> told = Words("", "In 1,240 of 2,000 records column 'Datum 2' is older than 2 years")
        >>> one = Finding("0" * 12, "R7", "violation", "high", "a.csv", "", "", told, Quote(), (), Words("", ""))
        >>> evidence_of(one).counts
        (1240,)
    """
    skeleton, counts = _parted(finding.message.en)
    said = f"{finding.rule}\x1f{skeleton}\x1f{finding.policy.quote}"
    return Evidence(finding.outcome, counts, hashlib.sha256(said.encode()).hexdigest()[:6])


def records_of(finding: Finding) -> int:
    """How many records a finding is about; 0 when its message counts something else, or nothing."""
    message = finding.message.en
    if not _RECORDS.search(message):
        return 0
    share = next((part[2] for part in _PARTS.finditer(message) if part["whole"]), None)
    return _number(share) if share else sum(_parted(message)[1])


def skeleton_of(finding: Finding) -> str:
    """The message without its figures: what findings about different numbers have in common."""
    return _parted(finding.message.en)[0]


def named_finding(name: str) -> tuple[str, Evidence | None]:
    """The id that an acceptance names, and the evidence if it names that too; the name itself when it is neither."""
    found = _NAMED.fullmatch(name)
    if found is None:
        return name, None
    if not found["outcome"]:
        return found["id"], None
    counts = tuple(int(one) for one in (found["counts"] or "").split("+") if one)
    return found["id"], Evidence(found["outcome"], counts, found["words"])  # type: ignore[arg-type]


def _parted(message: str) -> tuple[str, tuple[int, ...]]:
    counts: list[int] = []

    def without(part: re.Match[str]) -> str:
        if part["kept"]:
            return part["kept"]
        counts.append(_number(part["count"] or part[2]))
        return "#"

    return _PARTS.sub(without, message), tuple(counts)


def _number(figure: str) -> int:
    return round(float(figure.replace(",", "")))

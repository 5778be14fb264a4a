"""The report of cookies and hosts: one row for each, with class, evidence and both verdicts; values are nowhere."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from igmap.inventory.labels import mask_all, titled
from igmap.policy.cookies import declaration, declared_in
from igmap.policy.devices.captures import Capture
from igmap.policy.devices.hosts import HOST_COLUMNS, host_table
from igmap.policy.devices.rows import Stored
from igmap.policy.devices.verdicts import PolicyVerdict, When, policy_verdict, sites_before, when_placed
from igmap.policy.limits import Cookies
from igmap.policy.messages import term
from igmap.policy.register import Policy
from igmap.report import Badge, Block, Cell, Paragraph, Table, text

Language = Literal["nl", "en"]
COLUMNS = (
    "name", "kind", "host", "party", "setter", "class", "lifetime", "flags", "consent", "declared", "policy", "law",
    "where",
)  # fmt: skip
TOGETHER = (
    ("name", "kind"), ("host", "party", "setter"), ("class",), ("lifetime",), ("flags",), ("policy", "declared"),
    ("law", "consent"), ("where",),
)  # fmt: skip
OF_POLICY: dict[PolicyVerdict, Literal["pass", "violation", "open", "note"]] = {
    "allowed": "pass", "class": "violation", "third_party": "violation", "elsewhere": "note",
}  # fmt: skip
OF_LAW: dict[When, Literal["pass", "violation", "warning", "open"]] = {
    "exempt": "pass",
    "after": "pass",
    "placed_before": "violation",
    "promised_before": "violation",
    "perhaps_before": "warning",
}


@dataclass(frozen=True, slots=True)
class _Judging:
    """What judging a row takes."""

    policy: Policy | None
    before: frozenset[str]
    lang: Language

    @property
    def cookies(self) -> Cookies | None:
        """The register's part on cookies."""
        return self.policy.cookies if self.policy else None

    def row(self, name: str, stored: Stored, capture: Capture) -> tuple[Cell, ...]:
        """One cookie."""
        say = self.say
        verdict = policy_verdict(stored, self.cookies, profile=capture.profile)
        when = when_placed(stored, capture, self.before, self.cookies)
        return (
            name,
            term(stored.kind, self.lang),
            mask_all([stored.host])[stored.host],
            say(stored.party),
            mask_all([stored.setter])[stored.setter] or None,
            _class(stored, self.lang),
            tuple(part for part in (getattr(stored.lifetime.words, self.lang), stored.lifetime.iso) if part),
            self.flags(stored),
            consent_of(capture, self.lang),
            self.declared(stored),
            Badge(OF_POLICY.get(verdict, "open"), say(f"policy_{verdict}")),
            Badge("note", say(f"policy_{verdict}"))
            if verdict == "elsewhere"
            else Badge(OF_LAW.get(when, "open"), say(f"law_{when}")),
            titled(capture.dataset.source, capture.dataset.table),
        )

    def say(self, key: str) -> str:
        """A word of the report."""
        return text(f"devices.{key}", self.lang)

    def flags(self, stored: Stored) -> tuple[str, ...]:
        """What protects it, and what is missing; nothing where the capture does not say."""
        told = {"Secure": stored.secure, "HttpOnly": stored.http_only, "SameSite": stored.same_site}
        return tuple(
            text("devices.without", self.lang, flag=flag) if not held else flag if held is True else f"{flag}={held}"
            for flag, held in (told.items() if stored.kind == "cookie" else ())
            if held is not None
        )

    def declared(self, stored: Stored) -> str:
        """Whether the policy lists it, and whether it keeps to the term there."""
        if not declared_in(self.cookies):
            return self.say("no_list")
        entry = declaration(stored.known.shown.removesuffix("*"), self.cookies) if stored.known.shown else None
        if entry is None:
            return self.say("no")
        longer = stored.lifetime.exceeds(entry.lifetime)
        return text("devices.longer", self.lang, declared=entry.lifetime) if longer else self.say("yes")


def cookie_blocks(found: Sequence[Capture], policy: Policy | None, lang: Language) -> tuple[Block, ...]:
    """The blocks of the report: what was seen in figures, how far igmap sees, every cookie, every host.

    Args:
        found: the captures.
        policy: the register with a person's answers, or None.
        lang: nl or en.
    """
    if not found:
        return (Paragraph(text("devices.none", lang)),)
    left_out = sum(one.left_out for one in found)
    told = [text("devices.left_out", lang, captures=left_out)] if left_out else []
    counts, cookies, hosts = cookie_tables(found, policy, lang).values()
    paragraphs = map(Paragraph, [_summary(found, lang), *told, text("devices.limits", lang)])
    return (*paragraphs, counts, narrowed(cookies), hosts)


def narrowed(table: Table) -> Table:
    """The table of cookies for a page: what belongs together stands in one cell."""
    places = [[COLUMNS.index(column) for column in columns] for columns in TOGETHER]
    heads = tuple(", ".join(table.headers[place] for place in columns) for columns in places)
    rows = tuple(tuple(_joined([row[place] for place in columns]) for columns in places) for row in table.rows)
    return Table(heads, rows, table.caption)


def _joined(cells: Sequence[Cell]) -> Cell:
    """Several cells as the lines of one; blanks left out."""
    lines = [line for cell in cells if cell is not None for line in (cell if isinstance(cell, tuple) else (cell,))]
    return tuple(lines) if len(lines) != 1 else lines[0]


def cookie_tables(found: Sequence[Capture], policy: Policy | None, lang: Language) -> dict[str, Table]:
    """Verdicts counted, cookies, hosts: by the name of their sheet."""
    judging = _Judging(policy, sites_before(found), lang)
    rows = tuple(row for capture in found for row in _rows(capture, judging))
    heads = tuple(judging.say(column) for column in COLUMNS)
    tables = (_counts(rows, judging), Table(heads, rows, judging.say("cookies")), host_table(found, policy, lang))
    return {table.caption: table for table in tables}


def as_records(found: Sequence[Capture], policy: Policy | None) -> dict[str, list[dict[str, Cell]]]:
    """Cookies and hosts for other programs: one object each, with the same columns in English words."""
    _, cookies, hosts = cookie_tables(found, policy, "en").values()
    pairs = (("cookies", COLUMNS, cookies), ("hosts", HOST_COLUMNS, hosts))
    return {
        name: [{key: _plain(cell) for key, cell in zip(columns, row, strict=True)} for row in table.rows]
        for name, columns, table in pairs
    }


def _plain(cell: Cell) -> Cell:
    """A verdict as its outcome and its words."""
    return (cell.outcome, cell.label) if isinstance(cell, Badge) else cell


def consent_of(capture: Capture, lang: Language) -> str:
    """Whether a capture is from before or after consent, or what its name suggests."""
    if capture.consent:
        return text(f"devices.{capture.consent}", lang)
    if capture.proposed:
        return text("devices.proposed", lang, label=text(f"devices.{capture.proposed}", lang))
    return text("devices.not_said", lang)


def _rows(capture: Capture, judging: _Judging) -> Iterator[tuple[Cell, ...]]:
    """Each listed cookie by name and host, each as it stays longest; the unlisted ones counted by host."""
    named: defaultdict[tuple[str, str, str], list[Stored]] = defaultdict(list)
    for one in capture.stored or ():
        named[one.known.shown, one.host, one.kind].append(one)
    for (name, _, _), alike in sorted(named.items(), key=lambda item: (not item[0][0], item[0])):
        one = max(alike, key=lambda stored: stored.lifetime.seconds)
        yield judging.row(name or text("devices.unlisted", judging.lang, count=len(alike)), one, capture)


def _class(stored: Stored, lang: Language) -> tuple[str, ...]:
    known = stored.known
    kinds = known.classes if known.evidence == "two_kinds" else (known.cookie_class,)
    confidence = "no_confidence" if known.confidence == "none" else known.confidence
    return (
        " / ".join(term(kind, lang) for kind in kinds),
        term(f"by_{known.evidence}", lang),
        text(f"devices.{confidence}", lang),
    )


def _summary(found: Sequence[Capture], lang: Language) -> str:
    stored = [one for capture in found for one in capture.stored or ()]
    reached = [one for capture in found for one in capture.contacts or () if one.party != "first" and one.way != "link"]
    setting = {one.host for one in stored} | {one.setter for one in stored}
    hosts = {one.host for one in reached}
    given_cookies = {one.host for one in reached if "cookie" in one.learned}
    return text(
        "devices.summary",
        lang,
        captures=sum(capture.stored is not None for capture in found),
        stored=len(stored),
        unlisted=sum(not one.known.shown for one in stored),
        third=sum(one.party == "third" for one in stored),
        hosts=len(hosts),
        silent=sum(not any(host == by or host.endswith(f".{by}") for by in setting) for host in hosts - given_cookies),
    )


def _counts(rows: Iterable[tuple[Cell, ...]], judging: _Judging) -> Table:
    places = [COLUMNS.index("policy"), COLUMNS.index("law")]
    counted = Counter(
        (judging.say(COLUMNS[place]), cell) for row in rows for place in places if isinstance(cell := row[place], Badge)
    )
    heads = tuple(judging.say(key) for key in ("verdict", "where", "number"))
    told = [(head, badge, number) for (head, badge), number in sorted(counted.items(), key=_order)]
    return Table((heads[0], "", heads[2]), tuple(told), judging.say("counts"))


def _order(item: tuple[tuple[str, Badge], int]) -> tuple[str, int, str]:
    (head, badge), number = item
    return head, -number, badge.label

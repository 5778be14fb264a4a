"""What the fields of a table say of each other: numbers beside a postcode are house numbers."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from igmap.inventory.context.companies import company_votes, serves
from igmap.inventory.context.organisations import LEAST_FIELDS, is_apart, organisation_votes
from igmap.inventory.context.payments import payment_votes
from igmap.inventory.context.scenes import is_of_visits, listed_votes, numbers_a_visit
from igmap.inventory.context.writings import writing_votes
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import EVERYWHERE, FEW, Reason, Vote, share_of
from igmap.vocabulary.filed import filed, is_of_whom
from igmap.vocabulary.phrases import listed
from igmap.vocabulary.places import words_of
from igmap.vocabulary.tokens import name_tokens

PERSONAL = frozenset({"name", "email", "phone", "bsn", "username", "birth_date"})
OF_PERSONS = PERSONAL | {"account_id", "address", "ip_address", "device_id", "bank_account", "document_number", "url"}
VISITING = PERSONAL | {"ip_address", "device_id", "user_agent", "account_id"}
SURELY = frozenset({"licence_plate", "biometric", "payment_card"})
AT_WORK = frozenset({"occupation", "income", "employer"})
AT_HOME = frozenset({"address", "postcode", "birth_date", "bsn"})
SEEN_BY = frozenset({"session", "ip_address", "user_agent", "browser_settings", "username", "password"})
OF_SOMEBODY = frozenset({  # told of somebody: in a table with nobody in it they are told of things
    "learning_result", "learning_activity", "language", "income", "gender", "age", "nationality", "employer",
    "occupation", "education_level", "marital_status", "browser_settings", "user_agent", "location",
})  # fmt: skip
OF_PLACES = frozenset({"location", "language", "browser_settings"})  # things have them as often as persons do
OF_ITS_KEEPER = frozenset({"bank_account", "tax_number", "email", "phone", "ip_address"})
OF_ANIMALS = frozenset({"gender", "age", "birth_date", "health"})  # beside a breed they are told of an animal
OF_A_HERD = frozenset(
    {"naam", "name", "nom", "roepnaam", "vader", "moeder", "father", "mother", "sire", "dam", "pere", "mere"}
)
LEARNING = frozenset({"learning_result", "learning_activity"})
BARE = frozenset({"id", "nr", "nummer", "number", "no"})
ANYTHING = BARE | {
    "ids",
    "uid",
    "guid",
    "uuid",
    "identifier",
    "id number",
    "id nummer",
    "idnumber",
    "external id",
    "record id",
}
LEAST_SPREAD = 12  # different ages or wages: fewer are a scale
EVERY_ONE = 0.97  # of the postcodes have four digits; of amounts and codes fewer
DENSE = 1.3  # times as wide as there are numbers: few are left out
SECONDS = (1_300_000_000, 1_999_999_999)  # since 1970: a moment
LISTED, HALF = 0.75, 0.5  # of the places and companies in a column that the lists can know
ASKED = {  # signs of values of a form under words of a kind
    "paged": ("pages", "linked"), "district": ("districts", "word"), "origin": ("origins", "word"),
    "office": ("offices", "word"), "branch": ("branches", "word"),
}  # fmt: skip
OTHERS = {  # what values with a sign may surely be instead
    "handle": ("picture",), "four_digits": ("years",), "numbered": ("dates",), "keyed": ("dates",),
    "addition": ("flag", "numbers", "sex_letter", "staff"),
}  # fmt: skip
OF_ONE = {"age": 2, "income": 2}  # fields of a table that may be so by their neighbours; more are figures of things
LEAST_TOLD = 3  # different things told of somebody: sex, age and schooling are a person's


@dataclass(frozen=True, slots=True)
class Rule:
    """Fields that have a sign are of a category when fields of other categories are near.

    Args:
        category: what the field is.
        sign: of its values, nearly all of them.
        beside: categories, or a sign, of which one must be near.
        near: how many fields away at most; 0 for anywhere in the table.
        again: whether its values come back, as devices do; what each record has its own of is the record's.
        unique: whether nearly all its values differ; where it numbers persons, those of the field near it must too.
        first: whether it must be the first field of the table.
        after: whether what is near must stand before it.
        least: share of the values that must show the sign.
        many: how many different values there must be.
        kind: of the evidence, where it is not the category's own.
    """

    category: str
    sign: str
    beside: frozenset[str]
    near: int = 0
    unique: bool = False
    again: bool = False
    first: bool = False
    after: bool = False
    least: float = EVERYWHERE
    many: int = FEW
    kind: str = ""


RULES = (
    Rule("age", "aged", PERSONAL, many=LEAST_SPREAD),
    Rule("address", "house_number", frozenset({"street"}), near=1, after=True, kind="street"),
    Rule("address", "house_number", frozenset({"postcode", "address"}), near=1, kind="house"),
    Rule("address", "addition", frozenset({"house"}), near=1, after=True, kind="addition"),
    Rule("location", "fraction", frozenset({"latitude"}), near=1),
    Rule("location", "latitude", frozenset({"fraction"}), near=1),
    Rule("account_id", "numbered", PERSONAL, unique=True, first=True),
    Rule("postcode", "four_digits", frozenset({"place", "city", "address"}), near=2, least=EVERY_ONE),
    Rule("city", "place", frozenset({"postcode", "address"}), near=3, least=LISTED, kind="address_city"),
    Rule("city", "place", PERSONAL, least=LISTED),
    Rule("income", "waged", PERSONAL, many=LEAST_SPREAD),
    Rule("employer", "list:employer", PERSONAL, least=HALF),
    Rule("username", "handle", PERSONAL, unique=True),
    Rule("password", "shape:digest", frozenset({"username", "email"}), near=2),
    Rule("device_id", "shape:digest", frozenset({"ip_address", "user_agent"}), again=True),
    Rule("device_id", "shape:digest", frozenset({"ip_address", "user_agent"}), kind="digest"),
    Rule("account_id", "keyed", PERSONAL, unique=True, kind="key"),
    Rule("account_id", "whole:uuid", PERSONAL, unique=True, kind="key"),
    Rule("url", "visited", VISITING, kind="visited"),
    Rule("url", "queried", VISITING, least=HALF, kind="visited"),
    Rule("url", "tokened", VISITING, least=HALF, unique=True, kind="own_link"),
    Rule("url", "paged", SEEN_BY, kind="page"),
    Rule("location", "district", AT_HOME, kind="district"),
    Rule("ethnicity", "origin", AT_HOME | PERSONAL, kind="origin"),
    Rule("employer", "office", AT_WORK, kind="office"),
    Rule("employer", "branch", PERSONAL, kind="office"),
)


def neighbour_votes(fields: Sequence[Field], evidence: Sequence[Evidence]) -> list[list[Vote]]:
    """For each field of a table what the others say of it.

    Args:
        fields: as they were judged by themselves.
        evidence: counts over each field's distinct values.
    """
    signs = [_signs(field, counts) for field, counts in zip(fields, evidence, strict=True)]
    apart = list(map(is_apart, evidence))
    votes = _of_one([list(_votes(at, signs, fields, evidence[at], apart)) for at in range(len(fields))])
    taught = [bool(listed("schooling") & set(name_tokens(field.name))) for field in fields]
    for at, (cast, field) in enumerate(zip(votes, fields, strict=True)):
        if _is_anybodys(field) and not any(taught[:at] + taught[at + 1 :]):
            cast.append(Vote(field.category, "impersonal", 1.0, {"code": "untaught"}))
    cues = {_cue(field) for field in fields}
    for cast, field in zip(votes, fields, strict=True):
        if _is_the_records(_cue(field), cues):
            cast.append(Vote(field.category, "impersonal", 1.0, {"code": "own_number"}))
    nobody = (*_of_nobody(fields, votes, evidence), *writing_votes(fields, evidence), *listed_votes(fields))
    bodies = (*organisation_votes(fields, evidence), *company_votes(fields, evidence, votes))
    for at, vote in (*payment_votes(fields, evidence), *nobody, *bodies, *_constant(fields, evidence)):
        votes[at].append(vote)
    return votes


def _of_one(votes: list[list[Vote]]) -> list[list[Vote]]:
    """The votes without those for what a person has one of, where too many fields of a table would be it."""
    counts = Counter(vote.category for cast in votes for vote in cast)
    many = {category for category, most in OF_ONE.items() if counts[category] > most}
    return [[vote for vote in cast if vote.category not in many] for cast in votes]


def _constant(fields: Sequence[Field], evidence: Sequence[Evidence]) -> Iterator[tuple[int, Vote]]:
    """One account or address in every record: perhaps of whoever keeps the table, or all are of one person."""
    for at, (field, counts) in enumerate(zip(fields, evidence, strict=True)):
        if field.category in OF_ITS_KEEPER and counts["distinct"] == 1 and counts["rows"] >= LEAST_SPREAD:
            yield at, Vote(field.category, "constant", 0.0, {"code": "one_value"})


def _cue(field: Field) -> str:
    """The words in its name that it rests on, where it is an account number by its name alone."""
    cues = [str(reason["cue"]) for reason in field.reasons if reason["code"] == "header"]
    return cues[0] if (field.verdict, field.category) == ("found", "account_id") and len(cues) == 1 else ""


def _is_the_records(cue: str, cues: Collection[str]) -> bool:
    """Whether a bare `id` is the record's own, because beside it a `user_id` says whose it is."""
    return cue in BARE and any(other != cue and other.endswith(cue) for other in cues)


def _of_nobody(
    fields: Sequence[Field], votes: Sequence[Sequence[Vote]], evidence: Sequence[Evidence]
) -> list[tuple[int, Vote]]:
    """What is told of things where nobody is in a table, and of animals where these are."""
    told = list(enumerate(map(_told, fields)))
    nobody = OF_SOMEBODY if _nobody_in_it(fields, votes) else frozenset()
    herd = any(listed("animals") & set(name_tokens(field.name)) for field in fields)
    nobody |= {"account_id"} if nobody else frozenset()  # the records' own
    some = {one for _, one in told} & OF_SOMEBODY - OF_PLACES
    nobody |= {"city"} if nobody and not some else frozenset()
    things = [(at, _impersonal(one)) for at, one in told if one in nobody]
    beasts = [
        (at, Vote(one, "animals", 1.0, {"code": "animals"}, unfitted=-16.0))
        for at, one in told
        if one in OF_ANIMALS or (one == "name" and _is_a_beast(fields[at].name, evidence[at]))
    ]
    somebody = len(fields) < LEAST_FIELDS or {_told(field) for field in fields} & OF_PERSONS
    goods = [(at, Vote("ethnicity", "goods", 1.0, {"code": "impersonal"}, unfitted=-8.0)) for at, one in told]
    from_afar = [] if somebody else [vote for vote in goods if _is_of_a_land(fields[vote[0]])]
    return things + from_afar + (beasts if herd else [])


def _is_of_a_land(field: Field) -> bool:
    """Whether it is somebody's descent only because countries stand under such a name: goods come from there too."""
    return field.category == "ethnicity" and any(reason.get("shape") == "descent" for reason in field.reasons)


def _is_a_beast(name: str, counts: Evidence) -> bool:
    """Whether a field of a herd names one of it or whom it descends from, most in one word: `vader`."""
    return set(name_tokens(name)) <= OF_A_HERD and share_of(counts, "name:several") < HALF


def _impersonal(category: str) -> Vote:
    """The vote against what is told of somebody; a place, language or system is told of things as often."""
    kind = "impersonal:place" if category in OF_PLACES | {"city"} else "impersonal"
    return Vote(category, kind, 1.0, {"code": "impersonal"})


def _told(field: Field) -> str:
    """What was found of a field, or may be."""
    return field.runner_up if field.verdict == "undecided" else field.category


def _is_anybodys(field: Field) -> bool:
    """Whether its name alone says that it is a learner's, and says it of anything: `score`, `duration`."""
    cues = [reason.get("cue") for reason in field.reasons if reason["code"] == "header"]
    only = all(reason["code"] in {"header", "rests_on", "recent_dates", "free_text"} for reason in field.reasons)
    return field.verdict == "found" and only and field.category in LEARNING and bool(listed("anybodys") & set(cues))


def _nobody_in_it(fields: Sequence[Field], votes: Sequence[Sequence[Vote]]) -> bool:
    """Whether nothing in a table points at persons: no such field, text, faith or illness, few told of somebody."""
    found = {field.category for field in fields if field.verdict == "found" and not _is_anything(field)}
    possible = {field.runner_up for field in fields if field.verdict == "undecided"}
    told = {vote.category for cast in votes for vote in cast if vote.kind != "impersonal"}
    if is_of_visits(fields):
        return False
    few = len(found & OF_SOMEBODY - OF_PLACES) < LEAST_TOLD
    free = any(field.free_text or field.special in {"art9", "art10"} for field in fields)
    return len(fields) >= LEAST_FIELDS and few and not free and not (found | possible | told) & (OF_PERSONS | SURELY)


def _is_anything(field: Field) -> bool:
    """Whether its name numbers it and does not say of whom: `uid`, `zaaknr`, which may be a tree's."""
    cue = _cue(field)
    return bool(cue) and (cue in ANYTHING or (filed(field.name) is not None and not is_of_whom(field.name)))


def _signs(field: Field, counts: Evidence) -> set[str]:
    """The category of a field that is found, but for who keeps the record, and the signs of its values."""
    held = {
        rule.sign
        for rule in RULES
        if counts["distinct"] >= rule.many
        and share_of(counts, rule.sign) >= rule.least
        and not _is_of_another(counts, rule)
    }
    street = field.category == "address" and share_of(counts, "house_number") < HALF and not counts["digit"]
    house = field.category == "address" and share_of(counts, "house_number") >= EVERYWHERE
    asked = {str(reason.get("cue")) for reason in field.reasons if reason["code"] == "header"}
    held |= {"visited"} if asked & listed("visits") and share_of(counts, "linked") >= HALF else set()
    held |= {sign for sign, (kind, form) in ASKED.items() if asked & words_of(kind) and share_of(counts, form) >= HALF}
    held -= {"queried", "tokened"} if field.category == "photo" or field.runner_up == "photo" else set()
    held |= {"session"} if numbers_a_visit(field.name) else set()
    held |= {"house"} if house and field.verdict == "found" else set()
    theirs = field.verdict == "found" and not (field.category in PERSONAL and serves(field.name))
    return held | ({field.category} if theirs else set()) | ({"street"} if street else set())


def _votes(
    position: int, signs: Sequence[set[str]], fields: Sequence[Field], counts: Evidence, apart: Sequence[bool]
) -> Iterator[Vote]:
    """The first rule that fits. What numbers records in which the same persons come back is the records' number."""
    unique = counts["distinct"] >= EVERYWHERE * counts["rows"]
    for rule in RULES:
        if rule.sign not in signs[position] or (unique and rule.again):
            continue
        if unique < rule.unique or (rule.first and position) or (rule.unique and counts_on(counts)):
            continue
        first = max(0, position - rule.near) if rule.near else 0
        last = position if rule.after else position + rule.near + 1
        others = range(first, last if rule.near else len(fields))
        asked = [o for o in others if o != position and o < len(fields) and signs[o] & rule.beside]
        numbers = rule.unique and rule.category == "account_id"
        near = next(iter(asked), None) if not numbers or any(apart[o] for o in asked) else None
        if near is not None:
            reason: Reason = {"code": "neighbour", "field": fields[near].name}
            yield Vote(rule.category, f"neighbour:{rule.kind or rule.category}", 1.0, reason)
            return


def counts_on(counts: Evidence) -> bool:
    """Whether the values are a row of numbers of which hardly one is left out, or seconds: the records are numbered."""
    spread = counts["highest"] - counts["lowest"] + 1
    seconds = SECONDS[0] <= counts["lowest"] <= counts["highest"] <= SECONDS[1]
    dense = seconds or counts["distinct"] <= spread <= DENSE * counts["distinct"]
    return dense and counts["distinct"] >= LEAST_SPREAD and share_of(counts, "numbers") > EVERYWHERE


def _is_of_another(counts: Evidence, rule: Rule) -> bool:
    """Whether the values are surely something else: pictures have names like handles, years four digits."""
    return any(share_of(counts, other) > HALF for other in OTHERS.get(rule.sign, ()))

"""What the name of a field says. A name is evidence, not proof: `grades` is a year group here, marks there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from igmap.vocabulary.asked import is_asked, is_question
from igmap.vocabulary.categories import CATEGORIES
from igmap.vocabulary.phrases import attributes, contexts, glued, listed, phrases
from igmap.vocabulary.tokens import dotted, name_tokens

BRACKETS = re.compile(r"(?<=\w)\s*[\[(<]([^\])>]*)[\])>]\s*$")
PATH = re.compile(r"\.(?!\s)|(?<=_id)/")  # `user_id/name` too; `Opm. gast` is shortened, no path
UMLAUT = re.compile(r"([aou])e(?=[a-z])", re.IGNORECASE)  # `Staatsangehoerigkeit`
INDEX = re.compile(r"\[\d*\]")
PARAMETERS = re.compile(r";\s*\w+=.*$")  # of a vCard's property: TEL;TYPE=cell
LONG = 9  # letters: shorter names with an `oe` are Dutch or somebody's
LONGEST_PHRASE = 6
LONGEST_NAME = 12
TURNED = frozenset({"plaats", "datum", "land", "jaar", "naam"})
LONGEST_TITLE = 5  # words; above that it is a question, and `docent` in it is spoken about
GUARDED = frozenset(id_ for id_, category in CATEGORIES.items() if category.special in {"art9", "art10"})
SECTIONS = frozenset({"address", "income"})
MEASURED = frozenset({"learning_activity", "learning_result", "income", "age"})  # `progressPct`, `verlofuren` not
DATED = frozenset({"birth_date", "learning_activity", "age"})
LAST = re.compile(r"(?:last|laatste?|letzter?|first|eerste)\b")
OF_SOMETHING = {"ip_address", "device_id", "phone", "bank_account", "payment_card"}
NUMBERED = OF_SOMETHING | {"tax_number", "bsn", "document_number", "licence_plate"}
COUNTED = ("nummer", "number", "nr", "id")
SOFTENED = frozenset({"employer", "location"})  # `afdeling naam`, but a `department manager` is somebody
TOLD_BEHIND = {"address": ("postcode", "city", "location", "phone", "email"), "none": ("ip_address", "user_agent")}
Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of the vocabulary that a name holds.

    Args:
        category: what it says, `none` included.
        phrase: the phrase, from our own list.
        place: `whole` name, its `head` (the end), or `inside`.
    """

    category: str
    phrase: str
    place: Literal["whole", "head", "inside"]

    @property
    def weak(self) -> bool:
        """Whether values must say more: `omschrijving`, `contact`."""
        return self.phrase in listed("weak")

    @property
    def vague(self) -> bool:
        """Whether it is the whole name and could name anything: `code`, `datum`, `type`."""
        return self.place == "whole" and self.phrase in listed("vague")

    @property
    def provides(self) -> bool:
        """Whether it says who supplies or buys something, a person or a company: `notaris`, `debiteur`."""
        trades = self.place != "inside" and self.phrase in listed("customers")
        return trades or self.phrase in listed("providers")

    @property
    def token(self) -> bool:
        """Whether it says what stands for a payment card: its `fingerprint`."""
        return self.phrase in listed("card_tokens")

    @property
    def catalogued(self) -> bool:
        """Whether it says what somebody takes: `toets`, `assignment`."""
        return self.phrase in listed("catalogue")

    @property
    def part(self) -> bool:
        """Whether it is a part of a person's name: `achternaam`."""
        return self.phrase in listed("parts")

    @property
    def person(self) -> bool:
        """Whether it says who (`leerling`), not what of them: a name, a number, a login."""
        return self.phrase in listed("persons")

    @property
    def length(self) -> int:
        """Number of words of the phrase."""
        return len(self.phrase.split())


def header_cue(name: str) -> Cue | None:
    """The best phrase in a field's name: the longest, then the nearest to the end; None when no phrase is in it.

    What stands in brackets behind is left out, unless the law guards it (`Tax ID (SSN)`) or the rest says nothing.
    Before a colon stands the kind of what follows (`Feedback: Task 3`), unless that is who (`Contact: E-mail`); a
    dotted path is judged by its last part unless that part is generic or the whole ends in a longer phrase.

    Example:
        >>> header_cue("Billing Phone Number").category
        'phone'
    """
    name = dotted(INDEX.sub("", PARAMETERS.sub("", name)) or name)
    bracketed = BRACKETS.search(name)
    cue = _unbracketed(name[: bracketed.start()] if bracketed else name)
    inner = _cue(bracketed[1]) if bracketed else None
    if bracketed and cue and cue.category == "age" and listed("closing") & {*name_tokens(bracketed[1])}:
        return Cue("none", cue.phrase, "inside")  # of a ticket: `Age (in days)`
    if inner and inner.place == "whole" and (cue is None or CATEGORIES[inner.category].special != "none"):
        return inner
    return cue


def _unbracketed(name: str) -> Cue | None:
    before, colon, after = name.partition(": ")
    if not colon or (titled := _best(name_tokens(before))) is None:
        return _by_path(name)
    section = titled.place == "inside" or titled.category in SECTIONS  # `Job Information: Department`
    told = _cue(after) if section or titled.person or titled.weak else None
    return told if told and told.place != "inside" else titled


def _by_path(name: str) -> Cue | None:
    path = _path(name)
    while len(path) > 1 and " ".join(name_tokens(path[-1])) in listed("generic"):
        path.pop()
    if len(path) > 1 and path[-1].lower() in listed("described"):
        return Cue("none", path[-1].lower(), "head")
    last = _cue(path[-1]) if path else None
    whole = _cue(" ".join(path) if "." in name else name)
    if last is None or whole is None or len(path) == 1:
        return whole
    plain = last.place == "whole" and last.category != "none" and not (last.weak or last.vague)
    inside = whole.place == "inside" and whole.category != "none" and plain  # `owner_id.email`, not `course_id.name`
    return whole if (whole.length > last.length and not inside) or whole.place == "whole" else last


def _path(name: str) -> list[str]:
    """The parts of a dotted path but those that only hold others: `attributes.team.value.attributes.name`."""
    parts = [part for part in PATH.split(name) if part]
    return [part for at, part in enumerate(parts, 1) if at == len(parts) or part.lower() not in listed("holders")]


def _cue(name: str) -> Cue | None:
    """The best phrase of the words as printed or without capitals: `KvK` is no camel."""
    printed = (name_tokens(name), name_tokens(name.lower()))
    spelled = dict.fromkeys((*printed, *map(glued, printed)))
    cues = [cue for tokens in spelled if (cue := _best(_turned(tokens)))]
    if not cues and len(name) > LONG and (folded := UMLAUT.sub(r"\1", name)) != name:
        return _cue(folded)
    return max(cues, key=lambda cue: len(cue.phrase.replace(" ", "")), default=None)


def _turned(tokens: Tokens) -> Tokens:
    """`Nr. legitimatie` and `plaats geboorte` as they are called the other way round."""
    number = bool(tokens) and tokens[0] in listed("numbers")
    if len(tokens) != 2 or not (number or tokens[0] in TURNED):  # noqa: PLR2004
        return tokens
    joined, last = "".join(tokens[::-1]), tokens[::-1]
    known = " ".join(tokens) in phrases() and not (number and " ".join(last) in phrases())
    return tokens if known else (joined,) if joined in phrases() else last if number else tokens


def _best(tokens: Tokens) -> Cue | None:
    """The longest phrase nearest to the end, after what the first and last words make of the others."""
    tokens = _without_qualifiers(tokens[:LONGEST_NAME])
    cue = _of_address(tokens, next(_candidates(tokens), None))
    if (closed := _answered(tokens, cue) or _closed(tokens, cue) or _remarked(tokens, cue)) or cue is None:
        return closed
    if cue.place != "whole" and is_asked(tokens, cue.category):
        return Cue("none", tokens[0], "inside")
    bare = cue.place == "head" and cue.phrase in listed("bare") and tokens[-1 - cue.length] not in contexts()
    return replace(cue, place="inside") if bare else cue


def _answered(tokens: Tokens, cue: Cue | None) -> Cue | None:
    """What an open question asks for, unless a phrase in it says so."""
    unsaid = cue is None or (cue.category == "none" and cue.length == 1)
    return Cue("message_content", tokens[0], "inside") if unsaid and is_question(tokens) else None


def _ends_in_phrase(tokens: Tokens) -> bool:
    """Whether the last word is part of a phrase: `strong password required`."""
    return any(" ".join(tokens[start:]) in phrases() for start in range(len(tokens) - 1))


def _without_qualifiers(tokens: Tokens) -> Tokens:
    while len(tokens) > 1 and (not _ends_in_phrase(tokens) or _says_softly(tokens)):
        if len(tokens) > 2 and tokens[-2] == "per":  # noqa: PLR2004 - `salaris per periode`, not `per persoon`
            tokens = tokens[:-2]
            continue
        before = _category_before(tokens)
        softly = (tokens[-1] in listed("soft") and before in attributes() | SOFTENED) or (
            tokens[-1] in listed("numbers") and before in NUMBERED
        )
        if not softly and tokens[-1] not in listed("qualifiers"):
            break
        tokens = tokens[:-1]
    return tokens


def _says_softly(tokens: Tokens) -> bool:
    """Whether two words tell of somebody and the last says nothing of its own: `marital status code`."""
    last, two = tokens[-1] in listed("soft"), phrases().get(" ".join(tokens[-3:-1]))
    return len(tokens) > 2 and last and two in attributes() and " ".join(tokens) not in phrases()  # noqa: PLR2004


def _category_before(tokens: Tokens) -> str | None:
    """What the words right before the last one say: `functie` of `functie omschrijving`."""
    two = phrases().get(" ".join(tokens[-3:-1])) if len(tokens) > 2 else None  # noqa: PLR2004
    return two or (None if tokens[-2] in listed("alone") else phrases().get(tokens[-2]))


def _closed(tokens: Tokens, cue: Cue | None) -> Cue | None:
    """What a last word like `status` or `verified` makes of the name: nothing personal, unless the law guards it."""
    single = cue is not None and cue.category == "none" and cue.place == "head" and cue.length == 1
    closes = bool(tokens) and (_closes(tokens[-1], cue) or _dates(tokens[-1], cue))
    unheard = closes and (cue is None or cue.place == "inside")
    if not (single or unheard) or len(tokens) == 1:
        return None
    told = next(_candidates(tokens[:-1]), None)
    if told and told.place != "inside":
        if told.category in MEASURED and tokens[-1] in listed("units"):
            return told
        moment = told.category == "learning_activity" and tokens[-1] in listed("moments")
        if (moment and LAST.match(told.phrase)) or _is_guarded(told):
            return told
    return cue if single else Cue("none", tokens[-1], "head")


def _closes(last: str, cue: Cue | None) -> bool:
    """Whether it is a last word that leaves nothing personal, and no child: `bsn nr kind`."""
    child = last in listed("told_of") and cue is not None and cue.category in attributes()
    return last in listed("closing") and not child


def _remarked(tokens: Tokens, cue: Cue | None) -> Cue | None:
    """What remarks are about that the law guards: `medische opmerkingen`."""
    remarks = cue is not None and cue.category == "message_content" and cue.place == "head"
    about = next(_candidates(tokens[: -cue.length]), None) if cue and remarks else None
    return about if about and about.place != "inside" and _is_guarded(about) else None


def _is_guarded(cue: Cue) -> bool:
    """Whether it says what the law guards, whatever comes behind."""
    return cue.category in GUARDED and not cue.weak


def _dates(last: str, cue: Cue | None) -> bool:
    """Whether a last word says when something was done, which is no date of birth: `pay rate effective date`."""
    return last in listed("moments") and cue is not None and cue.category not in DATED


def _of_address(tokens: Tokens, cue: Cue | None) -> Cue | None:
    """What of an address, or at it, is told behind it (`billing address city`), or has a form: `opt-in IP`."""
    of = TOLD_BEHIND.get(cue.category, ()) if cue and cue.place == "inside" else ()
    heads = (one for one in _candidates(tokens) if one.place == "head" and one.category in of)
    return next((one for one in heads if not one.weak or one.category == "location"), cue)


def _candidates(tokens: Tokens) -> Iterator[Cue]:
    """Phrases in the tokens, best first. A person named before or in a question about something else is none."""
    known = phrases()
    for length in range(min(LONGEST_PHRASE, len(tokens)), 0, -1):
        for start in range(len(tokens) - length, -1, -1):
            phrase = " ".join(tokens[start : start + length])
            if phrase not in known:
                continue
            at_end = start + length == len(tokens)
            cue = Cue(known[phrase], phrase, ("whole" if length == len(tokens) else "head") if at_end else "inside")
            if cue.place != "whole" and _is_silent(cue):
                continue
            if (not cue.person or (at_end and len(tokens) <= LONGEST_TITLE)) and (of := _of_person(tokens, cue)):
                yield of


def _is_silent(cue: Cue) -> bool:
    """Whether it says nothing beside others: `usr` of USR_SESS says whose, `from` of `removed from` no address."""
    inside = cue.place == "inside" and (cue.phrase in listed("contexts") or cue.phrase in listed("last"))
    return inside or cue.phrase in listed("alone")


def _of_person(tokens: Tokens, cue: Cue) -> Cue | None:
    """Dutch puts what is told before whom it is told of: `telefoon verzorger`; French with a word between them."""
    of = cue.length if cue.person else int(cue.length > 1 and tokens[-1] in listed("persons"))
    if not of or cue.place != "head":
        return cue
    told = tokens[:-of]
    while told and told[-1] in listed("linking"):
        told = told[:-1]
    linked = cue.person and len(told) + of < len(tokens)
    before = next(_candidates(_without_qualifiers(told)), None)
    if linked and phrases().get(f"{cue.phrase} {' '.join(told)}") == "account_id":
        return Cue("account_id", f"{cue.phrase} {' '.join(told)}", "head")  # `code du client`
    if before is None or before.place == "inside" or before.person:
        return None if linked and before is None else cue
    numbers = before.category in {"account_id", "invoice"} and before.phrase.endswith(COUNTED)
    softened = before.category in {*SOFTENED, "ip_address"} and tokens[-1] in listed("told_of")
    return replace(before, place="head") if linked or before.category in attributes() or numbers or softened else cue

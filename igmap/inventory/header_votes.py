"""What the name of a field says for which category, and whether its values are of such a kind at all."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from igmap.inventory.cues import are_called, are_companies, is_code, is_kind_of_device, numbers_else
from igmap.inventory.detectors import Detector
from igmap.inventory.tally import Evidence
from igmap.inventory.text_votes import is_told
from igmap.inventory.votes import (
    EVERYWHERE,
    FEW,
    FULL,
    MOST,
    NAME_FOUND,
    NAME_NOISE,
    UNLIKE_ANY,
    Reason,
    Vote,
    are_persons,
    is_free_text,
    name_share,
    name_strength,
    points,
    recurs,
    shapes_of,
    share_of,
)
from igmap.vocabulary import CATEGORIES, Cue, header_cue
from igmap.vocabulary.places import words_of
from igmap.vocabulary.speaking import special_patterns, special_stems
from igmap.vocabulary.tokens import bare_names

BARE = {
    "id",
    "ids",
    "uid",
    "guid",
    "uuid",
    "identifier",
    "nummer",
    "number",
}  # of what? behind another word they number anything
# A header of these categories is doubted when hardly any value shows one of the signs.
TELLING = {
    "email": ("hit:email",),
    "bank_account": ("shape:iban", "dialled", "masked", "damaged"),
    "ip_address": ("hit:ip_address", "network", "dialled"),
    "bsn": ("shape:bsn", "shape:citizen_abroad", "dialled", "foreign_number", "masked", "damaged"),
    "user_agent": ("hit:user_agent", "programme"),
    "phone": ("hit:phone", "dialled", "extension", "masked", "damaged"),
    "birth_date": ("digit",),
    "photo": ("hit:photo", "picture", "recorded", "linked"),
    "payment_card": ("whole:payment_card", "masked"),
    "url": ("hit:url",),
    "account_id": ("digit", "whole:uuid", "list:account_id", "lettered"),
    "invoice": ("digit",),
    "document_number": ("digit",),
    "postcode": ("digit", "whole:postcode"),
    "licence_plate": ("digit",),
    "device_id": ("digit", "whole:uuid"),
    "tax_number": ("shape:tax_number", "dialled", "foreign_number", "fiscal", "masked"),
    "age": ("digit", "list:age"),
    "income": ("digit", "list:income", "flag"),
    "address": ("word", "foreign", "house_number", "addition", "whole:postcode", "hit:postcode"),
    "language": ("list:language", "addition"),
    "gender": ("list:gender", "sex_letter", "numbers"),
    "learning_result": ("digit", "list:learning_result", "flag", "letter_grade"),
}
PLAIN_PLACES = {"header:whole", "header:head", "header:inside"}
# Where most values are these, nobody says it is nothing.
DENYING = ("hit:url", "whole:email", "shape:iban", "shape:bsn", "international")
OF_THINGS = {"none", "invoice", "learning_activity"}
# What most values show where a header that says it in passing (`Tel. dienstl.`) is borne out.
BORNE_OUT = {
    "phone": ("dialled", "grouped"), "payment_card": ("masked",), "document_number": ("document", "piece"),
    "licence_plate": ("plated",), "address": ("streets", "street_abroad", "postal_line"),
    "ip_address": ("network",), "user_agent": ("programme",),
}  # fmt: skip
WORDS_ONLY = {"name", "city", "employer", "occupation"}
OF_FLAGS = {"marital_status", "gender", "income", "education_level", "learning_result", "learning_activity", "none"}
PERSON_BY = {  # what a column named after a person holds if not names
    "account_id": ("numbered", "keyed", "mixed"), "username": ("handle", "shouted", "whole:handle"),
}  # fmt: skip
CARRIED = {"badge", "pas", "kaart", "dossier", "casus", "zaak", "account"}  # numbered as a person is, not called so
LINKS = {"url", "link", "links", "uri", "website", "site", "homepage"}
LEAST_OWN = 5  # colleagues with a short name or login of their own: fewer are departments
SHORTEST_TEXT = 2.0  # words per value: `Gesprek: 3` is no text
CONTRADICTED = 0.25
WORDS_TOO = 0.15  # of the values are names in lists of animals, companies and rooms too
TELL = 10  # different values can say that they are no names; a few of them may be rare ones
GROWN_UP = 18  # years
HEARD = 2.2  # as often as the header does the values speak


def spoken(names: Sequence[str]) -> list[str]:
    """The names of a table as they are judged: without what most begin with, where only the rest says anything."""
    bare = zip(names, bare_names(names), strict=True)
    return [rest if rest != name and header_cue(rest) and not header_cue(name) else name for name, rest in bare]


def header_votes(name: str, evidence: Evidence) -> Iterator[Vote]:
    """The vote of a name, weak when the values are of another kind.

    Args:
        name: as the export prints it.
        evidence: counts over the field's distinct values.
    """
    cue = header_cue(name)
    if cue is None or _is_mute(cue, evidence):
        yield from () if cue or _is_empty(evidence) else _special_votes(name)
        return
    bare = cue.place != "whole" and cue.phrase in BARE
    place = "bare" if bare else "weak" if cue.weak or cue.vague else _borne_out(cue, evidence)
    said: Reason = {"code": "header", "cue": cue.phrase, "place": cue.place}
    coded = is_code(cue, evidence)
    refuted = cue.category != "none" and not coded and _refuted(cue.category, evidence)
    if evidence["rows"] < FEW or not (refuted or _doubtful(cue, evidence)):
        yield Vote(cue.category, f"header:{place}", 1.0, said)
        return
    if other := _other_of(cue, evidence):
        yield Vote(other, "header:head", 1.0, said)
        return
    heard = name_share(evidence) if cue.category == "name" and not cue.person else 0.0
    doubted = max(0.0, 1 - HEARD * heard)  # `naam` of what? it makes nothing sure that the values leave open
    yield Vote(cue.category, "header:refuted" if refuted else "header:doubtful", 1.0 if refuted else doubted, said)
    yield Vote(cue.category, "header:refuted", 0.0, {"code": "contradicted", "cue": cue.phrase})
    for category, signs in PERSON_BY.items() if cue.person or (cue.weak and cue.category == "name") else ():
        called = category == "username" and cue.phrase in CARRIED
        if evidence["distinct"] >= LEAST_OWN and not called and _share_of_any(evidence, signs) > MOST:
            yield Vote(category, "header:head", 1.0, said)
            return


def _is_mute(cue: Cue, evidence: Evidence) -> bool:
    """Whether a name says nothing of its values: none are there, or all are dialled, with a plus (`smsalertnumber`)."""
    return _is_empty(evidence) or (cue.category == "none" and share_of(evidence, "international") > MOST)


def _is_empty(evidence: Evidence) -> bool:
    """Whether there is nothing but `onbekend`."""
    return evidence["rows"] >= FEW and evidence["neutral"] >= evidence["looked"]


def _borne_out(cue: Cue, evidence: Evidence) -> str:
    """The place of a cue, the whole name where its values have the form that it promises."""
    signs = BORNE_OUT.get(cue.category, ())
    return "whole" if signs and max(share_of(evidence, sign) for sign in signs) >= FULL else cue.place


def _share_of_any(evidence: Evidence, signs: Sequence[str]) -> float:
    """Share of the most frequent sign, and of handles with the sign before them or without."""
    handles = share_of(evidence, "handle") + share_of(evidence, "whole:handle") if "whole:handle" in signs else 0.0
    return max(handles, *(share_of(evidence, sign) for sign in signs))


def _other_of(cue: Cue, evidence: Evidence) -> str | None:
    """What a name means that its values contradict: a card of no bank, companies for hire, colleagues by their code."""
    if cue.category in {"payment_card", "account_id"}:
        return numbers_else(cue, evidence)
    called = max(share_of(evidence, sign) for sign in ("handle", "whole:handle")) > MOST
    linked = LINKS & set(cue.phrase.split()) or cue.phrase in words_of("pages")
    if cue.category == "url" and called and not linked and share_of(evidence, "flag") <= MOST:
        return "username"  # `twitter`: who somebody is there, with or without the address before it
    if are_companies(cue, evidence) or _are_titles(cue, evidence):
        return "none"
    somebody = cue.category == "name" and (cue.person or cue.weak) and evidence["distinct"] >= LEAST_OWN
    staff = somebody and share_of(evidence, "staff") > MOST
    return "account_id" if staff else "browser_settings" if is_kind_of_device(cue, evidence) else None


def against(named: Sequence[Vote], evidence: Evidence, detectors: Sequence[Detector]) -> Iterator[Vote]:
    """What a name that says plainly something else speaks against: numbers of orders may all pass a test of persons'.

    Args:
        named: the votes of the name.
        evidence: counts over the field's distinct values.
        detectors: those whose counts are in the evidence.
    """
    said = {vote.category for vote in named if vote.kind in PLAIN_PLACES}
    guarded = any(CATEGORIES[category].special in {"art9", "art10"} for category in said)
    if guarded and share_of(evidence, "dates") > MOST:
        yield Vote("birth_date", "against", 1.0, {"code": "against", "category": "birth_date"})  # baptised, not born
    if not said & OF_THINGS:
        return
    signs = ("whole", "hit")  # 123456782.0 is no number as a whole
    forms = {
        d.category
        for d in detectors
        if d.id not in UNLIKE_ANY
        if any(share_of(evidence, f"{s}:{d.id}") > MOST for s in signs)
    }
    forms |= {shape.category for shape in shapes_of(evidence) if shape.sign != "owned"}
    if "none" in said and share_of(evidence, "list:employer") > MOST:
        yield Vote("employer", "against", 1.0, {"code": "against", "category": "employer"})
    called = {"name"} if name_share(evidence) and not are_persons(evidence) else set()
    for category in sorted((forms | called) - said):
        if points(category):
            yield Vote(category, "against", 1.0, {"code": "against", "category": category})


def says_of_children(named: Sequence[Vote], evidence: Evidence, today: date) -> bool:
    """Whether a name says plainly when somebody was born, and most dates are of who is not grown up yet."""
    told = any(vote.category == "birth_date" and vote.kind in PLAIN_PLACES for vote in named)
    years = {int(key[5:]): count for key, count in evidence.items() if key.startswith("year:")}
    young = sum(count for year, count in years.items() if 0 <= today.year - year <= GROWN_UP)
    return told and len(years) >= FEW and young >= EVERYWHERE * sum(years.values())


def says_a_thing(named: Sequence[Vote]) -> bool:
    """Whether a name, or the kind of export, says plainly that it is of no person: an amount, an invoice, a course."""
    return any(vote.kind in {*PLAIN_PLACES, "profile"} and vote.category in OF_THINGS for vote in named)


def is_rather(known: str, evidence: Evidence) -> bool:
    """Whether values are not what a profile knows of them: logins that are addresses, requests that hold links."""
    if known == "none":
        return max(share_of(evidence, sign) for sign in DENYING) > MOST
    signs = ("handle", "lettered")  # made up; colleagues in short
    made_up = max(share_of(evidence, sign) for sign in signs) > FULL and not name_share(evidence)
    if known == "name" and (made_up or (share_of(evidence, "named") > MOST and not evidence["text:name"])):
        return True
    more = {"username": "whole:email", "account_id": "whole:email", "phone": "named_number"}.get(known)
    if more and share_of(evidence, more) > EVERYWHERE:
        return True
    formed = known in TELLING and known != "url"  # links in a browser's recording are somebody's whatever is in them
    doubted = formed and points(known) and _doubtful(Cue(known, "", "whole"), evidence)
    return evidence["rows"] >= FEW and (doubted or _refuted(known, evidence))


def _special_votes(name: str) -> Iterator[Vote]:
    """A name may speak of health or faith in a word that no list of headers has: `medicijngebruik`."""
    for category, pattern in special_patterns().items():
        if word := re.search(pattern, name.lower()):
            # of our list: the rest may be a name
            stem = next(stem for stem in special_stems() if word[0].startswith(stem))
            yield Vote(category, "header:head", 1.0, {"code": "header", "cue": stem, "place": "inside"})


def _refuted(category: str, evidence: Evidence) -> bool:
    """Whether the values are surely of a kind that the category does not have."""
    if share_of(evidence, "flag") > MOST:
        return CATEGORIES[category].special == "none" and category not in OF_FLAGS
    refuting = (
        points(category) and category != "biometric" and share_of(evidence, "amount") > MOST,  # how alike two faces are
        points(category) and share_of(evidence, "dates") > MOST,
        category == "income" and share_of(evidence, "clock") > MOST,  # net, of a runner
        category == "location" and max(share_of(evidence, "dates"), share_of(evidence, "clock")) > MOST,  # `vertrek`
        category in {*WORDS_ONLY, "gender", "age"} and is_free_text(evidence) and is_told(evidence),
        category == "message_content" and evidence["words"] < SHORTEST_TEXT * evidence["distinct"],
        category in {"password", "location", "licence_plate"} and share_of(evidence, "two_digits") > MOST,
        category in WORDS_ONLY and share_of(evidence, "numbers") > MOST,
        category in {*WORDS_ONLY, "address"} and share_of(evidence, "hexadecimal") > MOST,
        category == "learning_result" and evidence["distinct"] == 1 and share_of(evidence, "numbers") == 1,  # the most
        category == "address" and share_of(evidence, "coded") > MOST and not evidence["hit:postcode"],
        category == "age" and share_of(evidence, "span") > MOST,
        category == "city" and share_of(evidence, "digit") > MOST and not evidence["place"],
    )
    return any(refuting)


def _doubtful(cue: Cue, evidence: Evidence) -> bool:
    """Whether hardly any value shows what the name promises; a person should look."""
    named = cue.category == "account_id" and share_of(evidence, "named") > MOST
    dialled = cue.category == "account_id" and numbers_else(cue, evidence)
    if named or dialled or is_kind_of_device(cue, evidence) or _are_titles(cue, evidence):
        return True  # made of names: a user name; out of a catalogue: nobody's
    if cue.category in TELLING and not cue.token:
        made = cue.category == "url" and cue.place == "whole" and " " in cue.phrase  # `certificate url`: for somebody
        signs = (*TELLING[cue.category], *(("linked",) if made else ()))
        return max(share_of(evidence, sign) for sign in signs) < CONTRADICTED
    if cue.category == "message_content" and (cue.weak or cue.place != "whole"):
        return recurs(evidence) and evidence["words"] < FEW * evidence["distinct"]
    clubs = share_of(evidence, "club") > MOST
    asked = cue.category == "name" and not are_called(cue, evidence)
    return are_companies(cue, evidence) or (asked and (clubs or not _may_be_names(evidence, cue)))


def _are_titles(cue: Cue, evidence: Evidence) -> bool:
    """Whether under a name such as `toets` stands what tests are called, not what somebody did or reached."""
    others = ("dates", "clock", "numbers", "flag", "list:learning_activity", "list:learning_result", "list:occupation")
    told = max(share_of(evidence, sign) for sign in others) >= CONTRADICTED
    return cue.catalogued and share_of(evidence, "word") > MOST and not told


def _may_be_names(evidence: Evidence, cue: Cue) -> bool:
    """A column `klant` may hold companies, a column `achternaam` hardly."""
    known = sum(share_of(evidence, sign) for sign in ("name:part", "text:name", "foreign"))
    hits = share_of(evidence, "name:hit")
    if cue.part and share_of(evidence, "word") > MOST and not is_free_text(evidence):
        return max(share_of(evidence, sign) for sign in ("digit", "list:employer")) < CONTRADICTED
    if cue.person:
        called = max(_share_of_any(evidence, signs) for signs in (*PERSON_BY.values(), ("staff", "digit"))) > MOST
        alike = 0.0 if called else share_of(evidence, "name:alike")  # built like names, if in no list
        return known + max(hits, alike) >= CONTRADICTED or name_strength(evidence) >= NAME_NOISE
    asked = NAME_FOUND if evidence["distinct"] >= TELL else CONTRADICTED
    return known + max(name_strength(evidence), hits - WORDS_TOO) >= asked

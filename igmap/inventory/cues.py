"""What a name and its values say together that the name alone does not: codes, companies, kinds of devices."""

from igmap.inventory.tally import Evidence
from igmap.inventory.votes import FULL, MOST, NAME_SURE, name_strength, recurs, share_of
from igmap.vocabulary import Cue
from igmap.vocabulary.phrases import listed
from igmap.vocabulary.places import words_of

LEAST, MOST_WORDS = 1.8, 3.5  # words of a person's name on average
OTHERS = 0.15  # share of values that are something else
BUILT, BUILT_ALONE = 0.4, 0.6  # share of values that are built like names, as hardly any ships, films or goods are
MANY = 10  # different values
OTHER = ("digit", "list:employer", "list:none", "list:occupation", "club")
CODES = ("code", "id", "nummer", "nr", "number", "no", "insee")
NUMBERS = ("nummer", "number", "no", "num")
INSTEAD = {"payment_card": ("account_id", "keyed"), "account_id": ("phone", "hit:phone")}


def is_code(cue: Cue, evidence: Evidence) -> bool:
    """Whether a department or town stands there by its number, as `afdelingscode` and towns of four figures do."""
    figures = cue.phrase.startswith("gemeente") and share_of(evidence, "four_figures") > MOST
    return cue.category in {"employer", "city"} and (figures or cue.phrase.endswith(CODES))


def are_companies(cue: Cue, evidence: Evidence) -> bool:
    """Whether companies stand under a name for who supplies something or is served: nobody works there."""
    traded = cue.provides or cue.phrase in words_of("customers")
    return traded and share_of(evidence, "list:employer") > MOST


def is_kind_of_device(cue: Cue, evidence: Evidence) -> bool:
    """Whether under `browser` or `device` stands which kind it is, not the one that somebody has."""
    return cue.category in {"user_agent", "device_id"} and share_of(evidence, "list:browser_settings") > MOST


def are_called(cue: Cue, evidence: Evidence) -> bool:
    """Whether under a word for a person, who is no customer, stand words with capitals in twos and threes.

    No list has every name, and what is called so is hardly anything else.
    """
    whose = set(cue.phrase.split()) & listed("persons") - words_of("customers")
    words = evidence["words"] / max(1, evidence["distinct"])
    formed = share_of(evidence, "called") >= FULL and LEAST <= words <= MOST_WORDS
    other = max(share_of(evidence, sign) for sign in OTHER) > OTHERS
    return bool(whose) and formed and not (other or cue.provides or recurs(evidence))


def are_spelled(evidence: Evidence, *, said: bool) -> bool:
    """Whether so many values are built like names, which no list has, that a person must look.

    To say that nobody stands there would lose whom the lists do not know.

    Args:
        evidence: counts over the field's distinct values.
        said: whether the name of the field says that they may be names, as `naam` does.
    """
    other = max(share_of(evidence, sign) for sign in OTHER) > OTHERS
    called = share_of(evidence, "called") >= FULL and evidence["distinct"] >= MANY
    unknown = name_strength(evidence) < NAME_SURE and not other
    joined = said and share_of(evidence, "named") > MOST  # in one word: `jan_smit`
    return joined or (called and unknown and share_of(evidence, "name:alike") >= (BUILT if said else BUILT_ALONE))


def numbers_else(cue: Cue, evidence: Evidence) -> str | None:
    """What a number is by its form, if not what its name says: a card of no bank, whoever called by their phone."""
    other, sign = INSTEAD.get(cue.category, ("", ""))
    return other if other and cue.phrase.endswith(NUMBERS) and share_of(evidence, sign) > MOST else None

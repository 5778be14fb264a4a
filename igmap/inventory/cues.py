"""What a name and its values say together that the name alone does not: codes, companies, kinds of devices."""

from igmap.inventory.tally import Evidence
from igmap.inventory.votes import MOST, share_of
from igmap.vocabulary import Cue
from igmap.vocabulary.places import words_of

CODES = ("code", "id", "nummer", "nr", "number", "no", "insee")


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

"""An empty register for another organisation: everything open, nothing invented."""

import re
import unicodedata
from importlib.resources import files

from igmap.errors import PolicyError
from igmap.policy.editing import Nodes, flow

TITLES = {"nl": "Privacyreglement {}", "en": "Privacy policy {}"}


def new_register(name: str, *, country: str = "NL", language: str = "nl") -> str:
    """The text of a register in which every value is open, with its reason in Dutch and English.

    Args:
        name: of the organisation.
        country: two capitals.
        language: of the policy the register will be of.

    Raises:
        PolicyError: no name, or no country code.
    """
    if not name.strip() or not name.isprintable():
        raise PolicyError("the organisation needs a name, on one line (--name)")
    if not re.fullmatch("[A-Z]{2}", country):
        raise PolicyError(f"{country!r} is not a country code of two capitals, such as NL (--country)")
    nodes = Nodes(files("igmap.templates").joinpath("policy.yaml").read_text("utf-8"))
    said = {
        "policy.id": f"{_slug(name)}-privacy",
        "policy.title": {key: title.format(name.strip()) for key, title in TITLES.items()},
        "policy.language": language,
        "controller.name": name.strip(),
        "controller.country": country,
    }
    for path, value in said.items():
        nodes.replace(path, flow(value))
    return nodes.edited()


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "organisation"

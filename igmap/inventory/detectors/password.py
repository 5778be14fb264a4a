"""Passwords that somebody wrote down: `wachtwoord is Welkom01`, `pwd=geheim;`."""

import polars as pl

from igmap.inventory.detectors.detector import Detector

# What follows the word when nobody gives the password away, or speaks of something else.
NOBODY_GIVES_IT = (
    r"(?i)^(?:vergeten|verlopen|gewijzigd|aangepast|opnieuw|reset\w*|niet|nog|onjuist|fout|kwijt|leeg|verplicht"
    r"|nieuwe?|oude?"
    r"|forgotten|expired|changed|incorrect|invalid|wrong|required|empty|null|none|true|false|not|zie|see|via|per|volgt"
    r"|hetzelfde|the|het|een|mijn|jouw|uw|your|my|wordt|word|string|text|varchar\S*|hidden|verborgen|ingesteld"
    r"|\*+|•+|x+|\.+"
    r"|<\S*|\{\S*|\[\S*|\$\S*|%\S*)[.,;:!?)]*$"
)
WORDS = (
    r"(?:wachtwoord|wachtwrd|password|passwd|passw|pwd|passphrase|toegangscode|pincode|pin-code|client_secret"
    r"|api[_-]?key"
    r"|secret[_-]?key|access[_-]?token)"
)


def is_password(candidates: pl.Series) -> pl.Series:
    """Whether what follows may be one: after `is` it needs a digit or a sign, after a colon it may be a word."""
    said = candidates.str.extract(r"(\S+)\s*$").str.strip_chars("\"'`").str.strip_chars_end(".,;!?)\"'")
    said = said.str.replace(r"(?i)^.*(?:=|:)", "")
    by_verb = candidates.str.contains(r"(?i) (?:is|was|wordt|luidt) ")
    strong = said.str.contains(r"[0-9!@#$%^&*_+]") & ~said.str.contains(r"^[0-9]{1,3}$")
    return (said.str.len_chars() >= 4) & ~said.str.contains(NOBODY_GIVES_IT) & (strong | ~by_verb)  # noqa: PLR2004 - a PIN


DETECTOR = Detector(
    id="password",
    category="password",
    rare=True,
    pattern=rf"(?i)\b{WORDS}[\"']?(?: ?[:=] ?| (?:is|was|wordt|luidt):? )[\"']?[^\s;&<>]{{4,80}}",
    valid=is_password,
    weight=5.0,
    needs="A",
)

"""Addresses and keys of a person's account elsewhere: ORCID, profiles of social media, identity providers, payers."""

import numpy as np
import polars as pl

from igmap.inventory.detectors.checksums import characters, digits
from igmap.inventory.detectors.detector import Detector

ORCID = r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$"
NO_PERSON = (
    r"(?i)/(?:p|pages|groups|events|sharer?|intent|hashtag|search|company|school|watch|explore|settings"
    r"|help|about|login)(?:[/?.]|$)"
)


def is_account(candidates: pl.Series) -> pl.Series:
    """An ORCID by its check digit (ISO 7064 modulus 11, 2), an address unless it is of a page for all."""
    orcid = candidates.str.contains(ORCID)
    codes = characters(digits(candidates.filter(orcid).str.slice(-19, 18)), 15)
    total = np.zeros(len(codes), np.int64)
    for column in codes.T:
        total = (total + column) * 2 % 11
    last = candidates.filter(orcid).str.slice(-1).replace("X", "10").cast(pl.Int64)
    sound = (pl.Series((12 - total) % 11) == last) if orcid.any() else pl.Series([], dtype=pl.Boolean)
    return (~candidates.str.contains(NO_PERSON)).scatter(orcid.arg_true(), sound)


SITES = (
    r"(?:linkedin\.com/in|facebook\.com|instagram\.com|twitter\.com|x\.com|tiktok\.com/@|github\.com|t\.me|wa\.me"
    r"|medium\.com/@|youtube\.com/@|threads\.net/@|scholar\.google\.[a-z]+/citations\?user=|orcid\.org|isni\.org/isni"
    r"|openid\.net|steamcommunity\.com/id|snapchat\.com/add)"
)
DETECTOR = Detector(
    id="account",
    category="account_id",
    rare=True,
    pattern=rf"(?i:\b(?:https?://)?(?:[a-z]{{2,3}}\.)?{SITES}/?[\w.%=-]{{3,80}}(?:/[\w-]+)?)"
    rf"|\b0000-000[0-9]-[0-9]{{4}}-[0-9]{{3}}[0-9X]\b"
    r"|\b(?:auth0|google-oauth2|windowslive|facebook|apple|oidc|samlp)\|[\w.|-]{6,80}"
    r"|\b(?:cus|acct|usr|user|cst|mdt)_[A-Za-z0-9]{8,40}\b|\burn:(?:collab:person|schac|mace:[\w.:-]+|uuid):\S+",
    valid=is_account,
    weight=4.0,
)

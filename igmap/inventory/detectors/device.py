"""Hardware addresses, and device keys behind the word that says so."""

import polars as pl

from igmap.inventory.detectors.detector import Detector

KEYS = (
    r"(?i:\b(?:android[_ -]?id|idfa|idfv|gaid|aaid|udid|device[_ -]?(?:id|token|uuid)|advertising[_ -]?id)"
    r"[\"']?[ :=]{1,3}[\"']?(?:[0-9a-f-]{36}|[0-9a-f]{16,64})\b)"
)


def is_device(candidates: pl.Series) -> pl.Series:
    """Device keys by their word; hardware addresses have a letter (times and dates do not) and are not all the same."""
    plain = candidates.str.replace_all("[^0-9A-Fa-f]", "").str.to_uppercase()
    return candidates.str.contains("[:= ]{1,3}[\"']?[0-9A-Fa-f-]{16,}$") | (
        plain.str.contains("[A-F]") & ~plain.is_in(["F" * 12, "0" * 12])
    )


DETECTOR = Detector(
    id="device",
    category="device_id",
    rare=True,
    pattern=r"\b(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}\b|\b(?:[0-9A-Fa-f]{2}-){5}[0-9A-Fa-f]{2}\b"
    rf"|\b[0-9A-Fa-f]{{4}}\.[0-9A-Fa-f]{{4}}\.[0-9A-Fa-f]{{4}}\b|{KEYS}",
    valid=is_device,
    weight=4.0,
)

"""Hardware addresses and mobile equipment numbers."""

import numpy as np
import polars as pl

from igmap.inventory.detectors.detector import Detector, digits


def is_device(candidates: pl.Series) -> pl.Series:
    """MAC addresses by their form, IMEIs by their Luhn digit."""
    return candidates.str.contains("[:-]") | passes_luhn(candidates)


def passes_luhn(candidates: pl.Series) -> pl.Series:
    """Whether the last digit is the Luhn check digit (ISO/IEC 7812-1)."""
    numbers = digits(candidates).str.zfill(20)
    codes = np.frombuffer("".join(numbers.str.slice(0, 20)).encode(), np.uint8).reshape(-1, 20).astype(np.int64) - 48
    doubled = codes[:, ::2] * 2
    return pl.Series((codes[:, 1::2].sum(1) + (doubled - 9 * (doubled > 9)).sum(1)) % 10 == 0)  # noqa: PLR2004 - digit sum


DETECTOR = Detector(
    id="device",
    category="device_id",
    rare=True,
    pattern=r"\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b|\b\d{15}\b",
    valid=is_device,
    chance=0.1,
    weight=4.0,
    in_text=False,
)

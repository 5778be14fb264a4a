"""Places as coordinates: decimal pairs, degrees and minutes, well-known text, geo addresses, maps."""

import polars as pl

from igmap.inventory.detectors.detector import Detector

DECIMALS = r"-?[0-9]{1,3}\.[0-9]{4,15}"
PAIR = r"(-?[0-9]{1,3}(?:\.[0-9]+)?)[^0-9.-]{1,4}(-?[0-9]{1,3}(?:\.[0-9]+)?)"
LATITUDE, LONGITUDE = 90, 180


def on_earth(candidates: pl.Series) -> pl.Series:
    """Whether both numbers of a decimal pair are degrees, either of them the latitude."""
    pairs = candidates.str.extract_groups(PAIR)
    first, second = (pairs.struct.field(name).cast(pl.Float64).abs() for name in ("1", "2"))
    lower = pl.select(pl.min_horizontal(first, second)).to_series()
    higher = pl.select(pl.max_horizontal(first, second)).to_series()
    degrees = candidates.str.contains("[°º]")
    return degrees | ((lower <= LATITUDE) & (higher <= LONGITUDE)).fill_null(value=False)


DETECTOR = Detector(
    id="coordinates",
    category="location",
    rare=True,
    pattern=rf"(?:\b|-){DECIMALS}\s{{0,2}}[,; /]\s{{0,2}}{DECIMALS}\b"
    r"|\b\d{1,3} ?[°º] ?\d{1,2} ?['’\x{2032}](?: ?\d{1,2}(?:[.,]\d+)? ?[\"”\x{2033}]"
    r"| ?'')? ?[NS][ ,;/]{0,3}"
    r"\d{1,3} ?[°º] ?\d{1,2} ?['’\x{2032}](?: ?\d{1,2}(?:[.,]\d+)? ?[\"”\x{2033}]| ?'')? ?[EWO]\b"
    r"|(?i)\bPOINT ?\( ?-?\d{1,3}\.\d+ -?\d{1,3}\.\d+ ?\)|(?i)\bgeo:-?\d{1,2}\.\d+,-?\d{1,3}\.\d+"
    r"|/@-?\d{1,2}\.\d{3,},-?\d{1,3}\.\d{3,}",
    valid=on_earth,
    weight=4.0,
    needs="9",
    digits=4,
)

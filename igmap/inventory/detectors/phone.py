"""Telephone numbers: all Dutch notations by their form, other countries' through phonenumbers."""

import polars as pl

from igmap.inventory.detectors.checksums import digits
from igmap.inventory.detectors.detector import Detector
from igmap.vocabulary.patterns import tried

# The Dutch numbering plan (ACM, Nummerplan telefoon- en ISDN-diensten): area codes of two and of three digits.
SHORT_AREAS = r"1[035]|2[0346]|3[03568]|4[0356]|5[0358]|7\d"
LONG_AREAS = (
    r"11[134578]|16[124-8]|17[24]|18[0-467]|22[2-46-9]|25[125]|29[479]|31[3-8]|32[01]|34[1-8]|41[12368]|47[58]"
    r"|48[15-8]|49[23579]|51[1-9]|52[1-5789]|529|54[134-8]|56[126]|57[0-3578]|59[1-9]"
)
NATIONAL = (
    rf"(?:6[1-58]\d{{7}}|(?:{SHORT_AREAS})[1-9]\d{{6}}|(?:{LONG_AREAS})[1-9]\d{{5}}|8[4578]\d{{7}}"
    r"|9[17]\d{7}|800\d{4,6}|90[069]\d{4,6})"
)
DUTCH = (
    r"(?:(?:\+|\b00)31[ .-]?(?:\(0\)[ .-]?)?|\(0|\b0)"
    r"(?:6[ .)/-]{0,3}[1-58]|[1-57]\d{1,2}\b|[1-57]\d{1,2}|8[4578]\d?|9[017]\d)(?:[ .)/-]{0,3}\d){5,8}\b"
)
ABROAD = r"(?:\+|\b00)[1-9]\d{0,2}(?:[ .()/-]{0,3}\d){6,12}\b"
NO_PERSON = (
    r"(?i:order|bestel|factuur|invoice|artikel|ticket|zaak|dossier|kenmerk|isbn|ean|serie|serial|track|ref|klant"
    r"|relatie|polis"
    r"|product|debiteur)[^0-9,;]{0,12}|[A-Z]{2}[0-9]{2} ?[A-Z]{4} ?|[0-9A-Za-z][-/.]"
)


def is_phone(candidates: pl.Series) -> pl.Series:
    """Whether the number exists in the numbering plan: Dutch ones by length and first digits, others by phonenumbers.

    A plus with a possible length is enough.
    """
    numbers = digits(candidates)
    if "(0)" in candidates.str.join("\n").item():
        dressed = candidates.str.contains("(0)", literal=True)
        numbers = numbers.scatter(dressed.arg_true(), candidates.filter(dressed).str.replace_all(r"\(0\)|[^0-9]+", ""))
    dutch = candidates.str.contains(r"^\(?0[^0]|^(?:\+|00)31").to_numpy()
    valid = dutch & tried(numbers, "contains", f"^(?:00)?(?:31|0)0?{NATIONAL}$").to_numpy()
    valid[~dutch] = [_exists(text) for text in candidates.filter(pl.Series(~dutch))]
    return pl.Series(valid)


def _exists(text: str) -> bool:
    import phonenumbers

    try:
        number = phonenumbers.parse(text.replace("00", "+", 1) if text[:2] == "00" else text, None)
        return phonenumbers.is_possible_number(number) if text[0] == "+" else phonenumbers.is_valid_number(number)
    except phonenumbers.NumberParseException:
        return False


DETECTOR = Detector(
    id="phone",
    category="phone",
    pattern=rf"(?i:\b(?:tel|sms|callto):)?(?:{DUTCH}|{ABROAD})",
    valid=is_phone,
    without=NO_PERSON,
    needs="9",
    digits=7,
)

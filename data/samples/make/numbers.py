"""Invented identifiers: valid by their checks, outside what is handed out where such a range exists."""

from random import Random

from phonenumbers import is_valid_number, parse

from make.chance import chance
from make.places import Town

BANK_CODES = ("INGB", "ABNA", "RABO", "TRIO", "ASNB", "KNAB", "BUNQ", "SNSB")
DOCUMENTATION_NETWORKS = ("192.0.2", "198.51.100", "203.0.113")
BCRYPT_ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
PLATE_LETTERS = "BDFGHJKLNPRSTVXZ"
LANDLINE_NOTATIONS = (
    "{area}-{local}",
    "({area}) {local}",
    "{area} {local}",
    "+31 {short} {local}",
    "0031{short}{local}",
    "{area}{local}",
)
MOBILE_NOTATIONS = (
    "06-{local}", "06 {pairs}", "06{local}", "+31 6 {local}", "+316{local}", "00316{local}", "+31 (0)6 {pairs}",
    "06.{dots}",
)  # fmt: skip


def _weighted_sum(digits: str, weights: range | list[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def passes_bsn_test(digits: str) -> bool:
    """Tell whether nine digits pass the eleven-test of the BSN."""
    return _weighted_sum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0


def pick_bsn(rng: Random) -> str:
    """Draw a number of the test range 9999 that passes the eleven-test."""
    while True:
        digits = f"9999{rng.randrange(100_000):05d}"
        if passes_bsn_test(digits):
            return digits


def pick_iban(rng: Random) -> str:
    """Draw an IBAN that passes mod 97 while its account number fails the banks' eleven-test."""
    account = f"0{rng.randrange(10**8, 10**9)}"
    while _weighted_sum(account, range(10, 0, -1)) % 11 == 0:
        account = f"0{rng.randrange(10**8, 10**9)}"
    bank = rng.choice(BANK_CODES)
    letters_as_numbers = "".join(str(int(letter, 36)) for letter in f"{bank}{account}NL")
    return f"NL{98 - int(letters_as_numbers + '00') % 97:02d}{bank}{account}"


def pick_vat_number(rng: Random) -> str:
    """Draw a Dutch VAT number on a legal person's number of the test range."""
    return f"NL{pick_bsn(rng)}B{rng.randint(1, 3):02d}"


def pick_mobile(rng: Random) -> str:
    """Draw the eight digits of a mobile number after the 6."""
    return f"{rng.choice('123458')}{rng.randrange(10**7):07d}"


def pick_landline(rng: Random, town: Town) -> str:
    """Draw a subscriber number that is valid within the town's area code."""
    size = 10 - len(town.area_code)
    while True:
        local = f"{rng.randint(2, 7)}{rng.randrange(10 ** (size - 1)):0{size - 1}d}"
        if is_valid_number(parse(town.area_code + local, "NL")):
            return local


def write_mobile(rng: Random, local: str) -> str:
    """Write a mobile number in one of the notations people use."""
    pairs = [local[start : start + 2] for start in range(0, 8, 2)]
    return rng.choice(MOBILE_NOTATIONS).format(local=local, pairs=" ".join(pairs), dots=".".join(pairs))


def write_landline(rng: Random, area_code: str, local: str) -> str:
    """Write a landline number in one of the notations people use."""
    return rng.choice(LANDLINE_NOTATIONS).format(area=area_code, short=area_code[1:], local=local)


def pick_ip(rng: Random, ipv6_share: float = 0.12) -> str:
    """Draw an address from the networks kept for documentation."""
    if rng.random() < ipv6_share:
        return f"2001:db8:{rng.randrange(1, 0x1000):x}::{rng.randrange(1, 0xFFFF):x}"
    return f"{rng.choice(DOCUMENTATION_NETWORKS)}.{rng.randint(1, 254)}"


def pick_bcrypt(rng: Random) -> str:
    """Draw text in the shape of a bcrypt hash; it is the hash of nothing."""
    return "$2y$10$" + "".join(rng.choices(BCRYPT_ALPHABET, k=53))


def pick_plate(rng: Random) -> str:
    """Draw a licence plate in the shape 12-BCD-3 or B-123-CD."""
    first, second, third = rng.choices(PLATE_LETTERS, k=3)
    if chance(rng, 0.5):
        return f"{rng.randrange(100):02d}-{first}{second}{third}-{rng.randrange(1, 10)}"
    return f"{first}-{rng.randrange(100, 1000)}-{second}{third}"


def pick_uuid(rng: Random) -> str:
    """Draw a version 4 UUID from the seeded generator."""
    digits = f"{rng.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"

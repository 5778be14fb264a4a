"""Hexadecimal digests where a word says that a password is behind them; of a commit or a file they are nothing."""

from igmap.inventory.detectors.detector import Detector, spelled

DETECTOR = Detector(
    id="digest",
    category="password",
    rare=True,
    pattern=r"\b(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}"
    r"|[0-9A-F]{32}|[0-9A-F]{40}|[0-9A-F]{64}|[0-9A-F]{128})\b",
    context=spelled("wachtwoord", "password", "passwd", "passwort", "pwd", "pass_hash", "passhash", "ntlm", "salt"),
    weight=3.0,
    digits=0,
)

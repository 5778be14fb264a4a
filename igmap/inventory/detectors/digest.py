"""Hexadecimal digests where a word says that a password is behind them; of a commit or a file they are nothing."""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="digest",
    category="password",
    pattern=r"\b(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}"
    r"|[0-9A-F]{32}|[0-9A-F]{40}|[0-9A-F]{64}|[0-9A-F]{128})\b",
    context=r"(?i)wachtwoord|passwo?r?d|\bpwd|\bpass[_-]?hash|\bhashed|\bntlm|\bsalt\b",
    weight=3.0,
    digits=0,
)

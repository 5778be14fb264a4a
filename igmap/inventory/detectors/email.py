"""E-mail addresses, also as `mailto:` and percent-encoded in a URL."""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="email",
    category="email",
    pattern=r"(?:mailto:)?[\p{L}\p{N}._%+'-]*[\p{L}\p{N}_+-](?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}",
    needs="@.|%.",
)

"""Values that cookies carry: client ids of measuring scripts, session keys with their name."""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="cookie",
    category="device_id",
    rare=True,
    pattern=r"\bGA1\.\d\.\d+\.\d+\b|\bfb\.\d\.\d{10,}\.\d+\b|\(\d+ characters\)"
    r"|(?i)\b(?:PHPSESSID|MoodleSession\w*|JSESSIONID|ASP\.NET_SessionId|_ga|_fbp|_gid)=[^;\s]+",
    weight=4.0,
)

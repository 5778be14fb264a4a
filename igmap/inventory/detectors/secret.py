"""Password hashes, tokens and keys by the marks they carry."""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="secret",
    category="password",
    rare=True,
    pattern=r"\$2[abxy]\$[0-9]{2}\$[./A-Za-z0-9]{9}\S*|\$(?:5|6|y|apr1|P|argon2[a-z]*)\$\S{9}\S*|\{S?SHA[0-9]*\}\S{9}\S*|pbkdf2_sha[0-9]+\$\S+"
    r"|\beyJ\S+\.eyJ\S+|\bAKIA[0-9A-Z]{9}[0-9A-Z]*|\bgh[pousr]_[A-Za-z0-9]{9}\S*|\bsk_live_\S+"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----",
)

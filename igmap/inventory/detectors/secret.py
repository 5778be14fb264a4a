"""Password hashes, tokens, keys and connection strings by the marks they carry."""

from igmap.inventory.detectors.detector import Detector

HASHES = (
    r"\$2[abxy]?\$[0-9]{2}\$[./A-Za-z0-9]{9}\S*|\$(?:1|5|6|y|7|apr1|P|H|S|scrypt|argon2[a-z]{0,2})\$\S{9}\S*"
    r"|\{(?:S?SHA(?:256|512)?|S?MD5|CRYPT|PBKDF2[A-Z0-9-]*|bcrypt|argon2)\}\S{9}\S*"
    r"|\b(?:pbkdf2_sha[0-9]+|bcrypt_sha256|argon2|scrypt|md5|sha1)\$\S{9}\S*|\bpbkdf2:sha[0-9]+:\S{9}\S*"
    r"|\bscrypt:[0-9]+:\S{9}\S*"
)
TOKENS = (
    r"\beyJ[A-Za-z0-9_-]{5}[A-Za-z0-9_-]*\.eyJ\S+|\b(?:AKIA|ASIA)[0-9A-Z]{9}[0-9A-Z]*|\bgh[pousr]_[A-Za-z0-9]{9}\S*"
    r"|\bgithub_pat_\w{9}\w*|\bglpat-[\w-]{9}[\w-]*|\b[sr]k_(?:live|test)_\w{9}\w*|\bsk-(?:proj-|ant-)?[\w-]{20}[\w-]*"
    r"|\bxox[abeprs]-[\w-]{9}[\w-]*|\bAIza[\w-]{35}|\bya29\.[\w-]{9}[\w-]*|\bSG\.[\w-]{16}[\w-]*\.[\w-]+"
    r"|\bnpm_[A-Za-z0-9]{30}\w*"
    r"|\bpypi-[\w-]{30}[\w-]*|\b(?:live|test)_[A-Za-z0-9]{30}\b|\bhf_[A-Za-z]{30}\w*|\bdop_v1_[0-9a-f]{20}\w*"
    r"|hooks\.slack\.com/services/\S+|\b(?:Bearer|Basic) [A-Za-z0-9._~+/-]{16}[A-Za-z0-9._~+/=-]*"
)
KEYS = r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY|\bPuTTY-User-Key-File-[0-9]|\bAGE-SECRET-KEY-1\w+"
CONNECTIONS = r"\b[a-z][a-z0-9+]{1,15}://[^\s/:@]*:[^\s/@]{1,80}@[A-Za-z0-9.-]+"

DETECTOR = Detector(
    id="secret",
    category="password",
    rare=True,
    pattern=f"{HASHES}|{TOKENS}|{KEYS}|{CONNECTIONS}",
    needs="A",
)

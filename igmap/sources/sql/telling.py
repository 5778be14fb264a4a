"""Whether a text is a SQL dump: told by how it begins, before anything of it is read."""

import re

COMMENT = rb"--[^\n]*+|#[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/"
GAP = rb"(?:\s++|" + COMMENT + rb")*+"
NAME = rb"(?:`(?:[^`]|``)++`|\"(?:[^\"]|\"\")++\"|'[^']++'|\[[^\]\n]++\]|[^\s`\"'\[\](),.;]++)"
PATH = NAME + rb"(?:\s*+\.\s*+" + NAME + rb")*+"
LIST = rb"\((?:" + NAME + rb"|[\s,])*+\)"
BLANKS = re.compile(rb"(?:[\s;]++|" + COMMENT + rb")*+")
STATEMENT = re.compile(
    rb"(?:INSERT\s+(?:\w+\s+)?INTO|REPLACE\s+INTO|DROP\s+\w+|CREATE\s+\w+|ALTER\s+\w+|TRUNCATE(?:\s+TABLE)?|DELETE\s+FROM|"
    rb"LOCK\s+TABLES|COPY\s|COMMENT\s+ON|GRANT\s|SELECT\s+pg_catalog)\s*[\s\w`\"'\[.]|"
    rb"SET\s+(?:[@\w.]+\s*(?:=|:=|TO\b)|NAMES\b|\w+\s+[\w.]+\s*=|IDENTITY_INSERT\b)|PRAGMA\s+\w+\s*[=(;]|"
    rb"(?:BEGIN|START|COMMIT)\b[\w\s]*;|USE\s+[`\[\"]?\w[^;\n]*;?\s*$|DELIMITER\s|\\(?:un)?restrict\s|\\c(?:onnect)?\s|"
    rb"\\(?:set|encoding)\s",
    re.IGNORECASE | re.MULTILINE,
)
FILL = (
    rb"(?:CREATE\s+(?:\w+\s+){0,2}TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?" + PATH + rb"\s*+(?:\(|AS\b|PARTITION\b|LIKE\b)|"
    rb"(?:INSERT\s+(?:\w+\s+)?INTO|REPLACE\s+INTO)\s*+" + PATH + rb"\s*+(?:" + LIST + rb")?+\s*+(?:VALUES?\b|"
    rb"SELECT\b|SET\b|DEFAULT\b|OVERRIDING\b)|COPY\s++" + PATH + rb"\s*+(?:" + LIST + rb")?+\s*+FROM\s++stdin\b)"
)  # fmt: skip


def is_dump(start: bytes) -> bool:
    """Whether a text begins with a statement, behind comments, and creates or fills tables."""
    blanks = BLANKS.match(start)
    at = blanks.end() if blanks else 0
    if not STATEMENT.match(start, at):
        return False
    here, further = re.compile(FILL, re.IGNORECASE), re.compile(rb"^[ \t]*+" + FILL, re.IGNORECASE | re.MULTILINE)
    return bool(here.match(start, at) or further.search(start, at))

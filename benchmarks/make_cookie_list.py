"""Cuts the Open Cookie Database (Apache-2.0) down to what classifying needs: igmap/policy/cookies.tsv.gz.

Usage: python benchmarks/make_cookie_list.py open-cookie-database.csv
"""

import csv
import gzip
import re
import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "igmap" / "policy" / "cookies.tsv.gz"
CLASSES = {
    "Functional": "functional",
    "Necessary": "functional",
    "Security": "security",
    "Analytics": "analytics",
    "Marketing": "marketing",
    "Personalization": "personalisation",
}
DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def main(source: Path) -> None:
    """Write name, match, class, domains and platform; the same bytes every time."""
    lines = ["name\tmatch\tclass\tdomains\tplatform"]
    with source.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            name = " ".join(row["Cookie / Data Key name"].split())
            match = "prefix" if row["Wildcard match"] == "1" or name.endswith("*") else "exact"
            domains = " ".join(sorted(set(DOMAIN.findall(row["Domain"].lower()))))
            lines.append(
                "\t".join(
                    [name.rstrip("*"), match, CLASSES[row["Category"]], domains, " ".join(row["Platform"].split())]
                )
            )
    unique = [lines[0], *sorted(set(lines[1:]))]
    TARGET.write_bytes(gzip.compress(("\n".join(unique) + "\n").encode(), mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

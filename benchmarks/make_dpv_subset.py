"""Cuts the Data Privacy Vocabulary 2.3 down to the terms a register may use: igmap/vocabulary/dpv.tsv.

Usage: python benchmarks/make_dpv_subset.py FOLDER_WITH_DPV_CSV
"""

import csv
import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "igmap" / "vocabulary" / "dpv.tsv"
FILES = {
    "dpv": "dpv.csv",
    "eu-gdpr": "eu-gdpr.csv",
    "just": "justifications.csv",
    "legal-nl": "legal-nl.csv",
    "pd": "pd.csv",
    "edu": "sector-education.csv",
}
DEFINED = ("Purpose", "LegalBasis", "Right", "Justification")
NAMED = ("HumanSubject", "PersonalData", "SpecialCategoryPersonalData", "DataProtectionAuthority")
ALWAYS = {
    *("dpv:Purpose", "dpv:DataProcessor", "dpv:DataSubProcessor", "dpv:DataController", "dpv:JointDataControllers"),
    *("dpv:Authority", "dpv:ThirdParty", "dpv:Recipient", "dpv:UntilEventDuration"),
    *("dpv:Visitor", "dpv:User", "dpv:DataSubject", "dpv:Student", "dpv:Employee", "dpv:Customer", "dpv:Child"),
}


def kept(prefix: str, row: dict[str, str]) -> bool:
    """Whether a register may need the term: a purpose, legal basis, right, ground, person or category of data."""
    kinds = {kind.split("#")[-1] for kind in row["dpvtype"].split(";")}
    named = f"{prefix}:{row['term']}"
    return bool(kinds & {*DEFINED, *NAMED}) or prefix == "pd" or named in ALWAYS


def short(iri: str) -> str:
    """The term behind an IRI, without its address."""
    return iri.rsplit("#", 1)[-1]


def main(folder: Path) -> None:
    """Write the subset, one term a line, sorted."""
    lines = ["term\tiri\tlabel\tdefinition\tparents"]
    for prefix, name in FILES.items():
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            for row in sorted(csv.DictReader(stream), key=lambda row: row["term"]):
                if kept(prefix, row):
                    defined = {kind.split("#")[-1] for kind in row["dpvtype"].split(";")} & set(DEFINED)
                    parents = ";".join(short(iri) for iri in row["hasbroader"].split(";") if iri)
                    texts = (row["label"], row["definition"] if defined else "", parents)
                    lines.append(
                        "\t".join([f"{prefix}:{row['term']}", row["iri"], *(" ".join(text.split()) for text in texts)])
                    )
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

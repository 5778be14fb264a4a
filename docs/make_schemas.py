"""Write the JSON Schema of every contract to docs/schemas/; the tests fail when one is out of date."""

import json
import sys
from pathlib import Path

from igmap.anonymisation import Plan
from igmap.inventory import Decisions, Inventory
from igmap.inventory.kinships import Relations
from igmap.inventory.own_detectors import Entry
from igmap.policy import Finding, Policy
from igmap.release import Proof, Releases, Verdict
from igmap.stages import json_schema

CONTRACTS = {
    "inventory": Inventory,
    "decisions": Decisions,
    "detectors": tuple[Entry, ...],
    "findings": tuple[Finding, ...],
    "plan": Plan,
    "policy": Policy,
    "proof": Proof,
    "relations": Relations,
    "releases": Releases,
    "verdict": Verdict,
}


BY_HAND = {"policy"}  # written by a person, in an editor that reads the schema


def schemas() -> dict[str, str]:
    """File names with their content."""
    kinds = (
        (name, json_schema(kind, "validation" if name in BY_HAND else "serialization"))
        for name, kind in CONTRACTS.items()
    )
    return {f"{name}.json": json.dumps(schema, indent=1) + "\n" for name, schema in kinds}


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "schemas"
    for file, content in schemas().items():
        (folder / file).write_text(content, encoding="utf-8")

"""Fail when the committed samples are not what their script makes with the library versions they were made with."""

import filecmp
import json
import subprocess
import sys
import tempfile
from pathlib import Path

SAMPLES = Path("data/samples/ig-learning")


def main() -> int:
    """Remake the samples elsewhere and compare byte for byte."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "ig-learning"
        subprocess.run([sys.executable, "data/samples/make_samples.py", "--out", str(made)], check=True)
        if json.loads((made / "versions.json").read_text()) != json.loads((SAMPLES / "versions.json").read_text()):
            sys.stdout.write("other library versions than the samples were made with: not compared\n")
            return 0
        files = [path.relative_to(made) for path in made.rglob("*") if path.is_file()]
        different = [str(name) for name in files if not filecmp.cmp(made / name, SAMPLES / name, shallow=False)]
    sys.stdout.write(f"{len(files)} files remade, {len(different)} different {different}\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())

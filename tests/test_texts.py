"""What texts are made of, beside a count in plain Python."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
from pyarrow import parquet

from igmap.inventory.texts import BITS, KINDS, Texts

SIGNS = [*KINDS, "Z", "0", "\n", "ß", "€", "\x00", "x", ";"]


def held(text: str) -> set[str]:
    kinds = {kind for kind in KINDS if kind not in "9Aé" and kind in text}
    kinds |= {"9"} if any(sign in "0123456789" for sign in text) else set()
    kinds |= {"A"} if any(sign.isascii() and sign.isalpha() for sign in text) else set()
    kinds |= {" "} if "\n" in text else set()
    return kinds | (set() if text.isascii() else {"A", "é"})


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_each_text_is_told_as_its_characters_are(kind: pa.DataType) -> None:
    chance = Random(1)
    written = ["".join(chance.choices(SIGNS, k=chance.choice([0, 1, 3, 9, 70, 200]))) for _ in range(500)]
    chunks = pa.chunked_array([pa.array(written, kind).slice(1, 300), pa.array([""], kind)])
    texts = Texts.of(chunks)
    assert texts.values.to_list() == chunks.to_pylist()
    for at, text in enumerate(chunks.to_pylist()):
        assert {k for k in KINDS if texts.kinds[at] & BITS[k]} == held(text)
        assert texts.digits[at] == sum(sign in "0123456789" for sign in text)
        assert texts.words[at] == 1 + text.count(" ") + text.count("\n")
        assert texts.sizes[at] == len(text.encode())


def test_discovery_in_a_file_needs_no_pandas(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    parquet.write_table(pa.table({"contact": ["a@b.example"]}), tmp_path / "exports" / "one.parquet")
    asked = (
        "import sys\n"
        "from igmap.inventory import discover\n"
        "from igmap.sources import open_exports\n"
        "with open_exports(sys.argv[1]) as exports:\n"
        "    discover(exports)\n"
        "assert 'pandas' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", asked, str(tmp_path)], check=True)

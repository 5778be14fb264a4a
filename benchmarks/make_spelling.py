"""Remake `igmap/inventory/people/spelling.npz`: what tells the spelling of names from that of ordinary words.

    PYTHONPATH=. python benchmarks/make_spelling.py --dutch FILE --english FILE

Logistic regression over hashed groups of two to five letters. Names are those of `names.tsv.gz` that are no ordinary
words, an origin weighs as the root of how many it has; ordinary words are those that OpenTaal and SCOWL write in lower
case, and places, countries and occupations of Faker. Also made, for `benchmarks/fairness.py`: the same from half of the
names (`benchmarks/spelling_half.npz`). Prints how well names unseen in training are told from ordinary words. Origins
weighed evenly, by their fourth root, or double for those of most people in the Netherlands: no AUC of 21 of them moves
by more than .0015 (26 November 2026).
Sources and licences: `igmap/inventory/people/NOTICE.md`.
"""

import argparse
import gzip
import importlib
import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.make_name_lists import PEOPLE, folded
from igmap.inventory.people import spelling
from igmap.inventory.people.spelling import BITS, LENGTHS, LONGEST, letter_groups

Floats = npt.NDArray[np.float64]
HALF = Path(__file__).parent / "spelling_half.npz"
FAKER = {
    "address": {"nl_BE": "cities", "de_DE": "cities", "pl_PL": "cities", "nl_NL": "countries", "en_US": "countries"},
    "job": {"en_US": "jobs", "fr_FR": "jobs"},
}
ROUNDS, RATE, SHRINK = 120, 0.05, 2e-6
PLAIN = re.compile(r"[^\W\d_]{2,}(?:['-][^\W\d_]+)*")


def is_held(name: str, seed: int = 1) -> bool:
    """Whether a name is of the half that is hidden to measure how unseen names fare; accents make no difference."""
    return zlib.crc32(f"{seed} {folded(name)}".encode()) % 2 == 0


def named() -> pl.DataFrame:
    """The names with their origin, one row per name and origin."""
    with gzip.open(PEOPLE / "names.tsv.gz", "rb") as handle:
        rows = pl.read_csv(handle.read(), separator="\t", infer_schema=False)
    return (
        rows.filter(pl.col("word") == "0").with_columns(pl.col("origin").str.split(",")).explode("origin").unique(
            ["name", "origin"], maintain_order=True
        )
    )  # fmt: skip


def ordinary(dutch: Path, english: Path, names: frozenset[str]) -> list[str]:
    """Ordinary words, each once, without those that are names too."""
    with gzip.open(dutch, "rt", encoding="utf-8") as handle:
        lines = [*handle, *english.read_text("utf-8").splitlines()]
    lower = {word for line in lines if (word := unicodedata.normalize("NFC", line.strip())) == word.lower()}
    return sorted(word for word in lower if PLAIN.fullmatch(word) and word not in names)


def elsewhere(names: frozenset[str]) -> list[str]:
    """Words of places, countries and occupations."""
    found: set[str] = set()
    for kind, locales in FAKER.items():
        for locale, attribute in locales.items():
            provider = importlib.import_module(f"faker.providers.{kind}.{locale}").Provider
            found |= {word for entry in getattr(provider, attribute) for word in PLAIN.findall(entry.lower())}
    return sorted(found - names)


def groups(words: list[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Per group of letters the word it is of, and its hash; the length of a word counts as one more."""
    starts, ends, hashes = letter_groups(pl.Series(words))
    rows, columns = [np.arange(len(words))], [(1 << BITS) + np.minimum(ends - starts, LONGEST)]
    word_at = np.repeat(np.arange(len(words)), ends - starts)
    for length, hashed in zip(LENGTHS, hashes, strict=True):
        inside = np.arange(len(hashed)) + length <= ends[word_at]
        rows.append(word_at[inside])
        columns.append(hashed[inside].astype(np.int64))
    return np.concatenate(rows), np.concatenate(columns)


def fitted(words: list[str], is_name: Floats, weight: Floats) -> spelling.Weights:
    """Weights per hash by gradient descent (Adam), in steps of an eighth of a byte's range."""
    rows, columns = groups(words)
    size = (1 << BITS) + LONGEST + 1
    learnt, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for turn in range(1, ROUNDS + 1):
        odds = np.bincount(rows, learnt[columns], len(words))
        error = weight * (1 / (1 + np.exp(-odds)) - is_name)
        slope = np.bincount(columns, error[rows], size) + SHRINK * learnt
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        learnt -= RATE * first / (1 - 0.9**turn) / (np.sqrt(second / (1 - 0.999**turn)) + 1e-10)
    step = float(np.quantile(np.abs(learnt), 0.9995)) / 127
    return np.clip(np.rint(learnt / step), -127, 127).astype(np.int8), step


def balanced(names: pl.DataFrame, words: list[str], others: list[str]) -> tuple[list[str], Floats, Floats]:
    """What is learnt from: names, ordinary words, places; each origin weighs as the root of how many names it has."""
    per_origin = Counter(names["origin"].to_list())
    weighed: dict[str, float] = defaultdict(float)
    for name, origin in zip(names["name"], names["origin"], strict=True):
        weighed[name] += 1 / per_origin[origin] ** 0.5
    alike = np.array(list(weighed.values()))
    weight = np.concatenate([
        alike / alike.sum(), np.full(len(words), 0.85 / len(words)), np.full(len(others), 0.15 / len(others))
    ])  # fmt: skip
    is_name = np.concatenate([np.ones(len(weighed)), np.zeros(len(words) + len(others))])
    return [*weighed, *words, *others], is_name, weight


def write(path: Path, learnt: spelling.Weights) -> None:
    """Write weights, compressed."""
    np.savez_compressed(path, steps=learnt[0], step=np.float64(learnt[1]))


def measured(names: pl.DataFrame, words: Iterable[str], learnt: spelling.Weights) -> Iterator[str]:
    """How names unseen in training fare per origin against unseen ordinary words.

    AUC is the chance that a name has higher log-odds than a word; recall is where 3 % of the words are taken for names.
    """
    plain = np.sort(spelling.likeness(pl.Series(list(words)), learnt).to_numpy())
    threshold = float(np.quantile(plain, 0.97))
    odds = spelling.likeness(names["name"], learnt).to_numpy()
    above = (np.searchsorted(plain, odds, "left") + np.searchsorted(plain, odds, "right")) / (2 * len(plain))
    scores = names.with_columns(above=above, found=odds > threshold).group_by("origin")
    yield f"threshold {threshold:.2f}"
    for origin, area, found, count in scores.agg(pl.col("above", "found").mean(), pl.len()).sort("above").rows():
        if count >= 60:  # noqa: PLR2004 - fewer tell little
            yield f"  {origin} AUC {area:.4f}, recall {found:.3f} of {count}"


def main() -> None:
    """Write both tables and print the figures."""
    parser = argparse.ArgumentParser(description="Remake the model of spelling.")
    parser.add_argument("--dutch", type=Path, required=True, help="OpenTaal word list, gzipped, one word a line")
    parser.add_argument("--english", type=Path, required=True, help="SCOWL word list (Debian wamerican)")
    given = parser.parse_args()
    names = named()
    known = frozenset(names["name"])
    words, others = ordinary(given.dutch, given.english, known), elsewhere(known)
    hidden = names["name"].map_elements(is_held, return_dtype=pl.Boolean)
    half = fitted(*balanced(names.filter(~hidden), [w for w in words if not is_held(w)], others))
    print("\n".join(measured(names.filter(hidden), [w for w in words if is_held(w)], half)))
    write(HALF, half)
    write(PEOPLE / "spelling.npz", fitted(*balanced(names, words, others)))


if __name__ == "__main__":
    main()

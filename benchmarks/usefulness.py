"""What anonymised data are still good for: a classifier learns from the release and is tried on original people.

`PYTHONPATH=. python benchmarks/usefulness.py`. OULAD (k = 10 per person, `final_result`) and Adult (k = 5,
`salary-class`), with each search. Half of the persons are released; a classifier that learned from them predicts the
other half, as it is. So that cells at different levels say what they say, a cell is told to the classifier by its label
and all labels above it. Beside it the same classifier after learning from the untouched half, and what always guessing
the commonest value gets right.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import polars as pl
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from igmap.anonymisation import Plan, PlannedColumn, anonymise, build_hierarchy, find_recoding
from igmap.anonymisation.losses import losses_of
from igmap.anonymisation.searching import SEARCHES
from igmap.sources import open_exports

DATA = Path(__file__).parents[1] / "tests" / "data"
SHOWN = ("auto", "global", "local")


@dataclass(frozen=True, slots=True)
class Case:
    """A table with what is to be predicted.

    Args:
        name: of it.
        file: in tests/data.
        target: the column that is predicted.
        person: the column that tells persons apart; "" when each record is one.
        k: persons per class.
    """

    name: str
    file: str
    target: str
    person: str
    k: int

    def read(self) -> pd.DataFrame:
        """The table, all as text."""
        return pd.read_csv(DATA / self.file, sep=None, engine="python", dtype=str, keep_default_na=False)

    def hierarchy(self, column: str) -> dict[str, object]:
        """The published hierarchy of a column, else value-or-anything."""
        file = (DATA / self.file).parent / f"{self.name}_hierarchy_{column}.csv"
        return {"file": str(file)} if file.exists() else {"categorical": True}


CASES = (
    Case("oulad", "oulad/studentInfo.csv.gz", "final_result", "id_student", 10),
    Case("adult", "adult/adult.csv.gz", "salary-class", "", 5),
)


def paths(column: str, values: pd.Series, hierarchy: dict[str, object]) -> dict[str | None, str]:
    """By label all labels on its way to the root, as words for the classifier."""
    labels = build_hierarchy(column, pl.Series(sorted(set(values)), dtype=pl.String), hierarchy).labels.tolist()
    found: dict[str | None, str] = {}
    for level in range(len(labels[0])):
        for row in labels:
            words = (f"{column}={label}".replace(" ", "_") for label in row[level:])
            found.setdefault(row[level], " ".join(words))
    return found


def accuracy(learned: pd.DataFrame, tried: pd.DataFrame, case: Case) -> float:
    """Share of right answers."""
    features = [column for column in tried.columns if column != case.target]
    every = pd.concat([case.read()[features], tried[features]])
    told = {column: paths(column, every[column], case.hierarchy(column)) for column in features}
    model = make_pipeline(CountVectorizer(analyzer=str.split), LogisticRegression(max_iter=300))
    words = [
        pd.concat([table[column].map(told[column]) for column in features], axis=1).agg(" ".join, axis=1)
        for table in (learned, tried)
    ]
    model.fit(words[0], learned[case.target])
    return float((model.predict(words[1]) == tried[case.target]).mean())


def released(half: pd.DataFrame, case: Case, search: str) -> tuple[pd.DataFrame, str]:
    """The anonymised half, and what it lost in figures."""
    quasi = [column for column in half.columns if column not in {case.target, case.person}]
    columns = [PlannedColumn(c, "quasi", "generalise", hierarchy=case.hierarchy(c)) for c in quasi]
    columns.append(PlannedColumn(case.target, "measure", "keep"))
    plan = Plan(
        "half", "half", tuple(columns), 1, person_key=case.person or None, k=case.k, suppression_limit=1, search=search
    )
    with tempfile.TemporaryDirectory() as folder, open_exports({"half": half}) as exports:
        losses = losses_of(find_recoding(exports, plan), case.k)
        table = pd.read_parquet(anonymise(exports, plan, Path(folder)).data)
    figures = f"NCP {losses.ncp:.4f}  entropy {losses.entropy:.4f}  discernibility {losses.discernibility:.3g}  "
    return table, figures + f"class size {losses.class_size:.2f} k  suppressed {losses.suppressed:.2%}"


def main() -> None:
    """Print the figures of every case and search."""
    for case in CASES:
        table = case.read()
        who = table[case.person] if case.person else pd.Series(range(len(table))).astype(str)
        first = pd.util.hash_array(who.to_numpy(dtype=object), categorize=False) % 2 == 0
        learned, tried = table[first], table[~first].drop(columns=[case.person] if case.person else [])
        commonest = float((tried[case.target] == learned[case.target].mode()[0]).mean())
        untouched = accuracy(learned, tried, case)
        print(f"{case.name}, k = {case.k}: guessing {commonest:.3f}, learned from the untouched half {untouched:.3f}")
        for search in (name for name in SHOWN if name in SEARCHES):
            made, losses = released(learned, case, search)
            found = accuracy(made, tried, case)
            print(f"  {search:8} accuracy {found:.3f}, {found / untouched:.3f} of the untouched  {losses}")


if __name__ == "__main__":
    main()

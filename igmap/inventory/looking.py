"""What most values of a column must show to count: forms, words of lists, years. Five hundred values tell it.

Each share is then known to within four and a half per cent (95 %), and a column of ten million values costs what one
of five hundred does. Which values are looked at is decided by their hash alone, so that every run sees the same.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from igmap.inventory.people.names import made_of_names
from igmap.inventory.tally import Tally
from igmap.inventory.texts import BITS, Texts
from igmap.vocabulary import load_yaml
from igmap.vocabulary.patterns import shown, tried
from igmap.vocabulary.values import value_signs

ENDLESS = 1 << 62  # bytes
LOOKED_AT = 500  # distinct values of a column
DATE = r"^\s*(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T,].*)?$"
LONGEST_DATE = 60  # bytes
DATE_SIGNS = BITS["-"] | BITS["/"] | BITS["."]
MOST_DIGITS = 12  # of a number that is one of many in a row
LONG_AGO = 1850  # a year before it is a number
PIVOT = 30  # of years in two digits, those above it are of the last century
MONTHS = (
    r"jan|feb|mrt|mar|m[äa]r|maart|apr|avr|mei|may|mai|jun|juin|jul|juil|aug|ao[uû]t|sep|okt|oct|nov|dec|dez"
    r"|d[ée]c|f[ée]v"
)
MAYBE_WRITTEN = r"^\s*(?:\d{1,2}[-. ]{0,2}\p{L}{3}|\p{L}{3,9}\.? \d|(?:19|20)\d\d)"  # how any of these begins
WRITTEN = (
    (
        rf"(?i)^\s*\d{{1,2}}[-. ]{{0,2}}(?:{MONTHS})\p{{L}}{{0,6}}\.?,?[-. ]{{0,2}}((?:1[89]|20)?\d\d)(?:[ T,].*)?$",
        "dates",
    ),
    (rf"(?i)^\s*(?:{MONTHS})\p{{L}}{{0,6}}\.? \d{{1,2}}(?:st|nd|rd|th)?,? ((?:1[89]|20)\d\d)(?:[ T,].*)?$", "dates"),
    (r"^\s*((?:19|20)\d\d)(?:0[0-9]|1[0-2])(?:[0-2][0-9]|3[01])(?:[ T]?\d{4,6})?\s*$", "dates"),
    (r"^\s*((?:19|20)\d\d)\s*$", "years"),
)
COUNTED_FORMS = ("plated", "document", "grouped")


class Few:
    """The values of each column with the smallest hashes, as they stream by."""

    def __init__(self) -> None:
        """Nothing has come by yet."""
        self._held: list[pl.DataFrame] = []

    def add(self, values: pl.Series, fields: np.ndarray, rest: np.ndarray) -> None:
        """Take in values of some fields, those of a field together, and whether each is nothing as a whole."""
        chosen = _smallest(values.hash().to_numpy(), fields)
        self._held.append(
            pl.DataFrame({"field": fields[chosen], "value": values[pl.Series(chosen)], "rest": rest[chosen]})
        )

    def values(self) -> pl.DataFrame:
        """`field`, `value`, `rest`: at most five hundred values of each field."""
        if not self._held:
            return pl.DataFrame(schema={"field": pl.Int64, "value": pl.String, "rest": pl.Boolean})
        held = pl.concat(self._held).sort("field", maintain_order=True)
        return held[pl.Series(_smallest(held["value"].hash().to_numpy(), held["field"].to_numpy()))]


def _smallest(hashes: np.ndarray, fields: np.ndarray) -> np.ndarray:
    """The positions of at most five hundred values of each field, those of the smallest hashes."""
    ends = [*(np.flatnonzero(np.diff(fields)) + 1).tolist(), len(fields)]
    chosen = [
        start
        + (
            np.argpartition(hashes[start:end], LOOKED_AT)[:LOOKED_AT]
            if end - start > LOOKED_AT
            else np.arange(end - start)
        )
        for start, end in zip([0, *ends[:-1]], ends, strict=True)
    ]
    return np.sort(np.concatenate(chosen))


def look(few: Few, nameless: Sequence[int] = ()) -> Tally:
    """Count in the few values of each field what they look like, and how many were looked at (`looked`).

    Args:
        few: the values.
        nameless: the fields without a name, whose values are asked more.
    """
    frame = few.values()
    texts, rest = Texts.of(frame["value"].str.strip_chars().to_arrow()), frame["rest"].to_numpy().astype(bool)
    fields = frame["field"].to_numpy()
    tally = Tally(fields, np.ones(len(frame), np.int64))
    tally.add("looked", np.arange(len(frame)))
    shown_at = dict(_signs(texts, {"any": None, "rest": rest, "nameless": np.isin(fields, nameless)}))
    for sign, at in shown_at.items():
        tally.add(sign, at)
    left = np.flatnonzero(rest)
    for sign, signs in value_signs(texts.at(left)).items():
        tally.add(sign, left[signs])
    _range(texts, tally)
    _date(texts, tally)
    _written(texts, tally)
    handles = np.union1d(shown_at["handle"], shown_at["shouted"])
    tally.add("named", handles[made_of_names(texts.at(handles)).to_numpy()])
    for sign in COUNTED_FORMS:
        _forms(texts.at(shown_at[sign]), shown_at[sign], sign, tally)
    _forms(texts.at(shown_at["icd"]).str.head(1), shown_at["icd"], "chapters", tally, plain=False)
    return tally


def _signs(texts: Texts, which: Mapping[str, np.ndarray | None]) -> Iterator[tuple[str, np.ndarray]]:
    """Each sign of `signs.yaml` with the positions of the values that show it.

    Args:
        texts: without white space around them.
        which: by what a group is `of`, true for the values that are meant; none for all.
    """
    for group in load_yaml("igmap.inventory", "signs.yaml"):
        short = texts.sizes <= group.get("longest", ENDLESS)
        meant = which[group["of"]]
        among = short if meant is None else short & meant
        at = texts.holding(group.get("needs", ""), lacks=group.get("lacks", ""), among=among)
        for sign, matching in shown(texts.at(at), group["signs"]).items():
            yield sign, at[matching]


def _range(texts: Texts, tally: Tally) -> None:
    """The lowest and the highest whole number of each field."""
    at = np.flatnonzero((texts.digits == texts.sizes) & (texts.sizes > 0) & (texts.sizes <= MOST_DIGITS))
    if len(at):
        numbers, fields = texts.at(at).cast(pl.Int64).to_numpy(), tally.fields(at)
        first = np.append(0, np.flatnonzero(np.diff(fields)) + 1)
        tally.add("lowest", at[first], np.minimum.reduceat(numbers, first))
        tally.add("highest", at[first], np.maximum.reduceat(numbers, first))


def _forms(values: pl.Series, at: np.ndarray, sign: str, tally: Tally, *, plain: bool = True) -> None:
    """How many forms the values have that show a sign: where letters and digits stand in them, or how they begin."""
    if not len(at):
        return
    form = values.str.replace_all("[A-Za-z]", "A").str.replace_all("[0-9]", "9") if plain else values
    seen = pl.DataFrame({"field": tally.fields(at), "form": form, "at": at})
    tally.add(f"forms:{sign}", seen.unique(["field", "form"], keep="first", maintain_order=True)["at"].to_numpy())


def _written(texts: Texts, tally: Tally) -> None:
    """Dates with the month in words or nothing between, and years alone."""
    at = texts.holding("9", lacks="@=$%:", digits=2)
    at = at[(texts.sizes[at] <= LONGEST_DATE) & (texts.kinds[at] & BITS["/"] == 0)]
    at = texts.matching(MAYBE_WRITTEN, at)
    for pattern, sign in WRITTEN:
        year = tried(texts.at(at), "extract", pattern).cast(pl.Int32)
        held = year.is_not_null().to_numpy()
        years = year.drop_nulls().to_numpy()
        century = np.where(years > 99, 0, np.where(years > PIVOT, 1900, 2000))  # noqa: PLR2004 - two digits
        tally.years(at[held], years + century, sign)
        at = at[~held]


def _date(texts: Texts, tally: Tally) -> None:
    """How many dates fall in which year."""
    at = texts.holding("9", lacks="@=$%", digits=4)
    at = texts.matching(DATE, at[(texts.kinds[at] & DATE_SIGNS > 0) & (texts.sizes[at] <= LONGEST_DATE)])
    parts = texts.at(at).str.extract_groups(DATE).struct.unnest()
    first, last = (parts[key].cast(pl.Int32).to_numpy() for key in ("1", "3"))
    likely = ~((first >= 32) & (first <= LONG_AGO)) & ~((last >= 100) & (last <= LONG_AGO))  # noqa: PLR2004 - no day or year of two digits
    written = np.where(first > 31, first, last)[likely]  # noqa: PLR2004 - no month has more days
    century = np.where(written > 99, 0, np.where(written > PIVOT, 1900, 2000))  # noqa: PLR2004 - two digits
    tally.years(at[likely], written + century)

"""What the values of a column say, counted over distinct values so that one repeated value is not counted twice.

Evidence is a bag of counts. Values of all columns stream by together, so that a pattern is compiled once for many
columns; the bags of one column add up over the batches. A sign is the positions of the values that show it: most
values show few, and what they are made of tells which patterns they need not be tried on.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import polars as pl
import pyarrow as pa

from igmap.engine import Engine
from igmap.engine.columns import series
from igmap.errors import SourceError
from igmap.inventory.detectors import Detector
from igmap.inventory.detectors.detector import ascii_only
from igmap.inventory.looking import Few, look
from igmap.inventory.people.names import (
    FAMILY,
    GIVEN,
    SURE_FAMILY,
    SURE_GIVEN,
    files_with_names,
    not_names,
    place_hits,
    roles_of,
)
from igmap.inventory.people.values import name_hits
from igmap.inventory.tally import Evidence, Tally
from igmap.inventory.texts import BITS, Texts
from igmap.sources import Column
from igmap.vocabulary.patterns import shown, tried
from igmap.vocabulary.speaking import institutions, saying, special_parts, special_patterns
from igmap.vocabulary.tokens import is_nameless

BATCH_VALUES, BATCH_BYTES = 250_000, 32_000_000  # a batch is weighed when it holds that many
SENTENCE_WORDS, MOST_WORDS = 4, 6
PLAIN_LACKS = sum(BITS[kind] for kind in "9@:/$=+%\\")
MOMENT = r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}[0-9:.]*(?:Z|[+-][0-9:]{2,5})?$"  # nothing of anybody
BEHIND = r" ?(?:['’]?\p{Ll}{1,4}\.? ){0,3}\p{Lu}\p{L}+"  # the family name, particles before it
TITLE = (
    r"(?:^|\W)(?:[Dd]hr|[Mm]evr|[Mm]w|[Mm]eneer|[Mm]evrouw|[Mm]ijnheer|[Hh]eer|[Jj]uf|Mr|Mrs|Ms)\.? "
    rf"(?:\p{{Lu}}\.(?: ?\p{{Lu}}[a-z]?\.){{0,4}}{BEHIND}|[A-ZÀ-Þ]\p{{L}}+)"
)
INITIALLED = rf"(?:^|[^\p{{L}}.])\p{{Lu}}\.(?: ?\p{{Lu}}[a-z]?\.){{1,4}}{BEHIND}"
INITIALS = r"\p{Lu}\. ?\p{Lu}[a-z]?\."
GREETING = (
    r"(?:[Bb]este|[Hh]allo|[Hh]oi|[Hh]i|[Dd]ear|[Ll]ieve|[Dd]ag|[Gg]roet(?:en|jes)?|[Gg]r\.?|[Rr]egards|[Nn]amens|[Cc]ontact:"
    r"|[Ss]poke(?:n)? (?:with|to)|[Gg]esproken met),?\s+"
)
SPOKEN_TO = rf"{TITLE}|^[Gg]r(?:\.|oet(?:en|jes)?)?,?\s+\p{{Lu}}"  # or signs, in two or three words: `Groeten, Fatima`
COMPANIES = r"[^\p{L}](?:[BNC]\. ?V\.|V\. ?O\. ?F\.|[US]\. ?[SA]\.)"  # of a company, or a country
ADDRESSED = r"\S*(?:@|://)\S*|\b(?:[a-z0-9-]+\.)+(?:nl|com|org|net|eu|be|de|info|local|example)\b"  # whose is not who
DIALLED = r"[ ,:;/|(-]+(?:\+|00|0|31|32|49|33|44)[0-9 ().-]{8,18}\)?"
NUMBER = rf"(?:\s*\([0-9]{{2,10}}\)|{DIALLED})\s*$"  # of the person, behind the name
NUMBERED = rf"^[\p{{L}}.,'’ -]{{4,60}}{NUMBER}"
OF_WHOM = r"(?i)\s*\((?:mw|mevr|dhr|hr|mr|mrs|ms|m|v|f|partner|ouder|voogd|vader|moeder|docent|cursist)\.?\)\s*$"
PARTED = r"^\p{L}+ (?:van|von|de|der|den|ter|ten|el|['’]t|vd)(?: (?:de|der|den|het|la|['’]t))? \p{Lu}"
MAYBE_CAPITALISED = rf"{GREETING}[A-ZÀ-Þ]|\p{{L}} [A-ZÀ-Þ]"  # a cheaper question, to which most texts say no
CAPITALISED = rf"(?:{GREETING})[A-ZÀ-Þ]\p{{L}}+|[A-ZÀ-Þ]\p{{L}}+(?: ['’]?[a-z]{{1,4}}){{0,3}} [A-ZÀ-Þ]\p{{L}}+"


def gather(engine: Engine, columns: Sequence[Column], detectors: Sequence[Detector]) -> list[Evidence | SourceError]:
    """The evidence of each column, over all its distinct values; or why they cannot be had: a server may be gone.

    What hides anywhere is sought in every value. What most values must show to count, such as the words of a list, is
    looked for in five hundred of them, the same ones at every run.

    Args:
        engine: holds the tables.
        columns: what to look at, under the names that count.
        detectors: which to ask.
    """
    lost: dict[int, SourceError] = {}
    nameless = [position for position, column in enumerate(columns) if is_nameless(column.name)]
    found = counted(_batches(engine, columns, lost), len(columns), detectors, nameless)
    return [lost.get(position, evidence) for position, evidence in enumerate(found)]


def counted(
    batches: Iterable[list[tuple[int, pa.RecordBatch]]],
    fields: int,
    detectors: Sequence[Detector],
    nameless: Sequence[int] = (),
) -> list[Evidence]:
    """The evidence of each of so many fields, from distinct values (`value`) with the `rows` that hold them.

    Args:
        batches: each some at a time, with the position of their field; those of a field together.
        fields: how many there are.
        detectors: which to ask.
        nameless: the fields without a name of their own.
    """
    gathered: list[Evidence] = [Counter() for _ in range(fields)]
    few = Few()
    for some in batches:
        texts = Texts.of(pa.chunked_array([batch.column("value") for _, batch in some]))
        rows = series(pa.chunked_array([batch.column("rows") for _, batch in some])).to_numpy()
        places = np.repeat([field for field, _ in some], [len(batch) for _, batch in some])
        tally = Tally(places, rows)
        few.add(texts.values, places, weigh(texts, tally, detectors))
        _add(gathered, tally)
    _add(gathered, look(few, nameless))
    return gathered


def _add(gathered: list[Evidence], tally: Tally) -> None:
    for field, counts in tally.evidence():
        gathered[field].update(counts)


def _batches(
    engine: Engine, columns: Iterable[Column], lost: dict[int, SourceError]
) -> Iterator[list[tuple[int, pa.RecordBatch]]]:
    """Distinct values of many columns, with the position of their column; fills in what is `lost`."""
    held: list[tuple[int, pa.RecordBatch]] = []
    values = size = 0
    for position, column in enumerate(columns):
        for batch in _values(engine, column, position, lost):
            held.append((position, batch))
            values, size = values + len(batch), size + batch.nbytes
            if values >= BATCH_VALUES or size >= BATCH_BYTES:
                yield held
                held, values, size = [], 0, 0
    if held:
        yield held


def _values(engine: Engine, column: Column, position: int, lost: dict[int, SourceError]) -> Iterator[pa.RecordBatch]:
    try:
        yield from engine.values(column.table, column.column)
    except SourceError as error:
        lost[position] = error


def weigh(texts: Texts, tally: Tally, detectors: Sequence[Detector]) -> np.ndarray:
    """Count what may hide in any value: `distinct`, `rows`, `hit:email` (distinct values), `rows:email` (records) ….

    Args:
        texts: distinct in their field and not blank.
        tally: of their fields; it is added to.
        detectors: which to ask.

    Returns:
        True for values that are nothing as a whole.
    """
    everywhere = np.arange(len(texts.words))
    tally.add("distinct", everywhere)
    tally.add_records("rows", everywhere)
    tally.add("words", everywhere, texts.words)
    sentences = _sentences(texts)
    tally.add("sentences", np.flatnonzero(sentences))
    rest = _detect(texts, detectors, tally)
    _name(texts, rest, sentences, tally)
    at = texts.holding("A", among=rest)
    lowered = texts.at(at).str.to_lowercase()
    tally.add("place", at[place_hits(lowered).to_numpy()])
    _speak(texts, at[tried(lowered, "contains", special_parts()).to_numpy()], sentences, tally)
    return rest


def _sentences(texts: Texts) -> np.ndarray:
    """Of each text whether it is a sentence or more: words with a space between two of them."""
    long = np.flatnonzero((texts.words >= SENTENCE_WORDS) & ((texts.kinds & BITS["A"]) > 0))
    return _at(len(texts.words), texts.matching(r"\p{L}{2}.* .*\p{L}{2}", long))


def _at(length: int, positions: np.ndarray) -> np.ndarray:
    signs = np.zeros(length, bool)
    signs[positions] = True
    return signs


def _detect(texts: Texts, detectors: Sequence[Detector], tally: Tally) -> np.ndarray:
    """What every detector says of every value; true for values that are nothing as a whole."""
    rest = ~_at(len(texts.words), texts.matching(MOMENT, texts.holding("9-:", digits=10, lacks="@/$=%\\(")))
    for detector in (one for one in detectors if not one.rare):
        at = texts.holding(detector.needs, digits=detector.digits, among=rest)
        rest[at] = _asked(detector, texts.at(at), at, tally)
    rare = [(detector, _sign_of(detector)) for detector in detectors if detector.rare]
    any_rare = texts.matching("|".join(sign for _, sign in rare), np.flatnonzero(rest))
    some, left = texts.part(any_rare), np.ones(len(any_rare), bool)
    for detector, sign in rare:
        telling = some.matching(sign, some.holding(detector.needs, digits=detector.digits, among=left))
        left[telling] = _asked(detector, some.at(telling), any_rare[telling], tally)
    rest[any_rare] = left
    return rest


def _sign_of(detector: Detector) -> str:
    """What a value shows in which the detector may fire: the candidate as a whole or with its words, else anywhere."""
    if not detector.context:
        return f"(?:{ascii_only(detector.pattern)})"
    return ascii_only(rf"^\s*(?:{detector.pattern})\s*$|(?:{detector.context})")


def _asked(detector: Detector, values: pl.Series, at: np.ndarray, tally: Tally) -> np.ndarray:
    """Count where a detector fires among values, which stand at the positions; true for those that are not one."""
    if not len(at):
        return np.zeros(0, bool)
    fired = detector.scan(values)
    hit, whole, shape = (fired[sign].to_numpy() for sign in ("hit", "whole", "shape"))
    for sign, fires in (("hit", hit), ("whole", whole), ("shape", shape)):
        tally.add(f"{sign}:{detector.id}", at[fires])
    tally.add_records(f"rows:{detector.id}", at[hit])
    tally.add_records(f"text:{detector.id}", at[hit & ~whole])
    return np.asarray(~whole)


def _name(texts: Texts, rest: np.ndarray, sentences: np.ndarray, tally: Tally) -> None:
    """Which values name a person: as a whole, in a sentence, or as the name of a file."""
    at = texts.holding("A", among=rest)
    plain = at[((texts.kinds[at] & PLAIN_LACKS) == 0) & (texts.words[at] <= MOST_WORDS)]
    numbered = texts.matching(NUMBERED, texts.holding("9A", among=rest))
    plain = np.sort(np.concatenate([plain, numbered]))
    values = _without_ends(texts, plain, numbered)
    named = name_hits(values.set(values.str.to_lowercase().is_in(list(not_names())), None))
    held = {sign: plain[named[sign].to_numpy()] for sign in named.columns}
    short = at[~sentences[at] & (texts.words[at] > 1) & (texts.words[at] < SENTENCE_WORDS)]
    told = sentences | _at(len(rest), texts.matching(SPOKEN_TO, short))
    plainly, somehow = (_at(len(rest), named) for named in _names_in_text(texts, at[told[at]]))
    spoken = plainly & sentences  # what a column is; the rest only counts as hidden in it
    files = texts.holding("A.", among=rest)
    called = files[files_with_names(texts.at(files)).to_numpy()]
    spoken[called] = somehow[called] = True
    tally.add("name:file", called)
    for sign in ("hit", "part", "sure", "alike", "backed", "formed", "full"):
        tally.add(f"name:{sign}", held[sign])
    tally.add("name:several", np.intersect1d(held["hit"], held["several"], assume_unique=True))
    tally.add("text:name", np.flatnonzero(spoken))
    full = np.intersect1d(held["full"], held["sure"], assume_unique=True)
    tally.add_records("rows:name", np.flatnonzero(somehow | _at(len(rest), full)))
    tally.add_records("spoken:name", np.flatnonzero(somehow | _at(len(rest), held["hit"])))


def _without_ends(texts: Texts, at: np.ndarray, numbered: np.ndarray) -> pl.Series:
    """What may be names, without the number or the word for who it is behind them: `Visser (mw.)`."""
    values = texts.at(at)
    if len(numbered):
        values = tried(values, "replace", NUMBER, "")
    bracketed = np.flatnonzero(texts.kinds[at] & BITS["("])
    return values.scatter(bracketed, tried(values.gather(bracketed), "replace", OF_WHOM, ""))


def _names_in_text(texts: Texts, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which texts name somebody: plainly, and with those whose given name is a word too: `Jan de Vries`.

    A title, a greeting or a family name stands beside the given name.
    """
    if not len(at):
        return at, at
    frame = pl.DataFrame({"row": at, "text": texts.at(at)}).filter(~pl.col("text").str.contains(r"^\S+/\d"))
    some = frame.filter(tried(frame["text"], "contains", MAYBE_CAPITALISED))
    found = some.with_columns(span=tried(some["text"], "extract_all", CAPITALISED)).explode("span").drop_nulls("span")
    span = tried(found["span"], "replace", f"^{GREETING}", "")
    first, last = (tried(span, "extract", end).str.to_lowercase() for end in (r"^(\p{L}+)", r"(\p{L}+)$"))
    given, family = roles_of(first), roles_of(last) & SURE_FAMILY > 0
    greeted = found["span"].str.len_bytes() > span.str.len_bytes()
    whole = pl.Series(family) | tried(span, "contains", PARTED) | greeted
    by_title = frame.filter(tried(frame["text"], "contains", TITLE))["row"]
    plainly = pl.concat([found.filter(pl.Series(given & SURE_GIVEN > 0))["row"], by_title, _by_initials(frame)])
    also = found.filter(whole & pl.Series(given & GIVEN > 0))["row"]
    return plainly.unique().to_numpy(), pl.concat([plainly, also]).unique().to_numpy()


def _by_initials(frame: pl.DataFrame) -> pl.Series:
    """The rows in which initials stand before a listed family name: `A.B. de Wit`, not `N.V. De Wit`."""
    some = frame.filter(tried(frame["text"], "contains", INITIALS))  # where none stand, there are no companies either
    nobodys = tried(some["text"], "replace_all", COMPANIES, " ")
    held = some.with_columns(span=tried(nobodys, "extract", f"({INITIALLED})")).drop_nulls("span")
    family = tried(held["span"], "extract", r"(\p{L}+)$").str.to_lowercase()
    return held.filter(pl.Series(roles_of(family) & FAMILY > 0))["row"]


def _speak(texts: Texts, at: np.ndarray, sentences: np.ndarray, tally: Tally) -> None:
    """Which of the values at the positions speak of a special category."""
    if not len(at):
        return
    told = tried(texts.at(at), "replace_all", institutions(), " ")  # `Ziekenhuis Sint Odulf` is where somebody works
    lowered = tried(told.str.to_lowercase(), "replace_all", ADDRESSED, " ")
    told = sentences[at] | ((texts.words[at] > 1) & (_of_somebody(lowered)))
    for category, speaks in shown(lowered, special_patterns()).items():
        tally.add(f"special:{category}", at[speaks])
        tally.add_records(f"spoken:{category}", at[speaks])
        tally.add_records(f"rows:{category}", at[speaks & told])


def _of_somebody(lowered: pl.Series) -> np.ndarray:
    """Which texts say something of somebody, however short: `heeft astma`; what only names a thing does not."""
    said, asked = saying()
    return (tried(lowered, "contains", said) & ~tried(lowered, "contains", asked)).to_numpy()

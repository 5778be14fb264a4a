"""The targets for persons in text, beside what was measured: the rows that the benchmark prints and the card shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.fairness import wilson

CONLL, WIKI = "CoNLL-2002 nl testb", "WikiNEuRal nl test"
NO_NAME, MAIL = "sentences without a name", "business mail"
RECALL, PRECISION, IDENTIFIERS = 0.97, 0.95, 0.995
GROUP_LISTED, GROUP_UNLISTED = 0.95, 0.75
FALSE, MEGABYTES = 0.001, 4


@dataclass(frozen=True, slots=True)
class Row:
    """A target.

    Attributes:
        name: what is measured.
        goal: what is asked, as text.
        told: what was measured, as text; empty if it was not.
        reached: whether the goal is met; None if nothing was measured.
        peers: what each peer reaches on the same texts, as text.
    """

    name: str
    goal: str
    told: str
    reached: bool | None
    peers: Mapping[str, str]


def rows(figures: Mapping[str, Any]) -> Iterator[Row]:
    """Every row of the targets.

    Args:
        figures: as `benchmarks/persons.py` measures them.
    """
    peers = figures["peers"]
    for name, way, goal in ((CONLL, "sentence", 0.82), (CONLL, "document", 0.86), (WIKI, "sentence", 0.88)):
        yield _f1(figures["corpora"].get(name), (name, way, goal), peers)
    yield _lower_cased(figures["corpora"].get(CONLL), peers)
    yield _groups(figures["unlisted"], "names in no list and no training sentence, cased", GROUP_UNLISTED)
    yield _groups(figures["listed"], "names in the lists, cased", GROUP_LISTED)
    yield _alarms(figures["alarms"], peers)
    yield from _mail(figures["mail"], peers)
    yield _identifiers(figures["identifiers"], figures.get("other_words"))
    yield from fresh_rows(figures["fresh"])
    yield from _speed(figures["speed"], peers)
    size = sum(figures["bytes"].values()) / 1e6
    yield Row("model and lists, compressed", f"≤ {MEGABYTES} MB", f"{size:.2f} MB", size <= MEGABYTES, {})


def fresh_rows(halves: Mapping[str, Any]) -> Iterator[Row]:
    """The rows of the fresh business mail and of the notes, half by half."""
    for half, one in halves.items():
        where = fresh_name(half)
        for figure, goal in (("recall", RECALL), ("precision", PRECISION)):
            touched = f" (touched {one['overlap_recall']:.3f})" if figure == "recall" else ""
            told = f"{one[figure]:.3f} {_between(one[f'{figure}_interval'])}{touched}"
            yield Row(f"persons in {where}, exact {figure}", f"≥ {goal}", told, one[figure] >= goal, {})
        row = _identifiers(one["identifiers"], one["other_words"], where)
        yield replace(row, told=f"{row.told}; interval {_between(one['identifiers_interval'])}")


def fresh_name(half: str) -> str:
    """What a half of what was written to measure on is called: `fresh business mail, open half`."""
    what, _, kept = half.rpartition(" ")
    return f"{what or 'fresh business mail'}, {kept} half"


def _between(ends: Sequence[float]) -> str:
    return f"[{ends[0]:.3f}, {ends[1]:.3f}]"


def size(corpus: Mapping[str, Any]) -> str:
    """How much of a corpus was measured on."""
    part = "a sample of " if corpus["is_sample"] else ""
    return f"{part}{corpus['sentences']} sentences, {corpus['documents']} documents, {corpus['persons']} persons"


def _f1(corpus: Mapping[str, Any] | None, asked: tuple[str, str, float], peers: Mapping[str, Any]) -> Row:
    name, way, goal = asked
    title = f"{name}, exact F1, {way} by {way}"
    if not corpus:
        return Row(title, f"≥ {goal:.2f}", "", None, {})
    found = corpus[way]
    told = f"{found['f1']:.3f} [{found['low']:.3f}, {found['high']:.3f}]"
    beside = _beside(peers, name, "f1") if way == "sentence" else {}
    return Row(title, f"≥ {goal:.2f}", told, found["f1"] >= goal, beside)


def _lower_cased(corpus: Mapping[str, Any] | None, peers: Mapping[str, Any]) -> Row:
    title, goal = f"{CONLL} without capitals, overlap recall", 0.78
    if not corpus:
        return Row(title, f"≥ {goal}", "", None, {})
    recall = corpus["lower-cased"]["overlap_recall"]
    beside = _beside(peers, f"{CONLL}, lower-cased", "overlap_recall")
    return Row(title, f"≥ {goal}", f"{recall:.3f}", recall >= goal, beside)


def _groups(groups: Mapping[str, Any], title: str, goal: float) -> Row:
    """The group that fares worst, and how many reach the goal; its bound is that of names found exactly."""
    bounds = {name: found["bound"] for name, found in groups.items()}
    worst = min(bounds, key=lambda name: bounds[name])
    reached = sum(bound >= goal for bound in bounds.values())
    told = f"{reached} of {len(bounds)} groups; least {bounds[worst]:.3f} ({worst})"
    return Row(f"{title}: lower 95 % bound of recall", f"each ≥ {goal:.2f}", told, reached == len(bounds), {})


def _alarms(found: Mapping[str, int], peers: Mapping[str, Any]) -> Row:
    share, upper = found["false"] / found["sentences"], upper_bound(found["false"], found["sentences"])
    told = f"{share:.2%} ({found['false']} of {found['sentences']}; upper 95 % bound {upper:.2%})"
    beside = {
        peer: f"{scores['texts_with_false'] / scores['texts']:.2%}" for peer, scores in _scores(peers, NO_NAME).items()
    }
    return Row(
        "real sentences without a name in which somebody is found", f"≤ {FALSE:.2%}", told, share <= FALSE, beside
    )


def _mail(found: Mapping[str, float], peers: Mapping[str, Any]) -> Iterator[Row]:
    for figure, goal in (("recall", RECALL), ("precision", PRECISION)):
        told = f"{found[figure]:.3f}" + (f" (touched {found['overlap_recall']:.3f})" if figure == "recall" else "")
        title = f"persons in held-out business mail, exact {figure}"
        yield Row(title, f"≥ {goal}", told, found[figure] >= goal, _beside(peers, MAIL, figure))


def _identifiers(kinds: Mapping[str, Any], others: Sequence[int] | None, where: str = "held-out business mail") -> Row:
    """What redaction takes out, and what share of the words of which nothing is marked goes with it."""
    count, gone = (sum(kind[i] for kind in kinds.values()) for i in (0, 1))
    told = f"{gone / count:.4f} ({count - gone} of {count} not wholly)" if count else ""
    told += f"; {others[1] / others[0]:.1%} of other words go too" if told and others else ""
    met = gone / count >= IDENTIFIERS if count else None
    return Row(f"direct identifiers in {where} that redaction takes out", f"≥ {IDENTIFIERS}", told, met, {})


def _speed(found: Mapping[str, float], peers: Mapping[str, Any]) -> Iterator[Row]:
    for figure, title, goal, unit in (
        ("rate", "sentences per CPU second", 2_000, ""),
        ("start", "start, CPU seconds", 1.0, " s"),
        ("memory_mb", "memory, most ever held", 300, " MB"),
    ):
        met = found[figure] >= goal if figure == "rate" else found[figure] <= goal
        beside = {peer: _plain(one[figure]) + unit for peer, one in peers.items() if "skipped" not in one}
        sign = "≥" if figure == "rate" else "≤"
        yield Row(title, f"{sign} {goal:,g}{unit}", _plain(found[figure]) + unit, met, beside)


def _plain(number: float) -> str:
    return f"{number:.2f}" if number < 10 else f"{number:,.0f}"  # noqa: PLR2004 - digits that say something


def _beside(peers: Mapping[str, Any], texts: str, figure: str) -> dict[str, str]:
    return {peer: f"{scores[figure]:.3f}" for peer, scores in _scores(peers, texts).items()}


def _scores(peers: Mapping[str, Any], texts: str) -> dict[str, Any]:
    return {peer: one["scores"][texts] for peer, one in peers.items() if texts in one.get("scores", {})}


def upper_bound(found: int, count: int) -> float:
    """Upper end of the two-sided 95 % interval of Wilson (1927)."""
    return 1 - wilson(count - found, count)

"""Usefulness in words and tables, for a certificate or a notebook: columns and counts, never a value."""

from collections.abc import Sequence

from igmap.release.usefulness import Usefulness
from igmap.release.wording import say
from igmap.report import Block, Cell, Figure, Paragraph, Table, number, percentage

MOST_PAIRS = 5


def blocks(found: Sequence[Usefulness], lang: str, pictures: Sequence[Figure] = ()) -> tuple[Block, ...]:
    """What a release is still good for, table by table.

    Args:
        found: of each table, as a proof has them.
        lang: nl or en.
        pictures: of the distributions of each table before and after, drawn elsewhere; they come under its figures.
    """
    drawn = [*[(one,) for one in pictures], *[()] * (len(found) - len(pictures))]
    each = [(*_of_table(one, lang), *picture) for one, picture in zip(found, drawn, strict=True) if one.distance]
    read = (Paragraph(say("useful.read", lang)),) if each else ()
    return (*read, *(block for part in each for block in part))


def _of_table(found: Usefulness, lang: str) -> tuple[Block, ...]:
    errors = {"median": found.query_error_median, "most": found.query_error_90, "queries": found.queries}
    tables = (_distances(found, lang), _pairs(found, lang), _means(found, lang), _learned(found, lang))
    return (
        Paragraph(say("useful.queries", lang, **errors)),
        *(table for table in (*tables, _hits(found, lang)) if table.rows),
    )


def _distances(found: Usefulness, lang: str) -> Table:
    rows = tuple((name, percentage(far, lang)) for name, far in found.distance.items())
    return _table(("column", "useful.distance"), rows, lang, "useful.distances")


def _pairs(found: Usefulness, lang: str) -> Table:
    """The pairs that changed most."""
    ranked = sorted(found.pairs.items(), key=lambda pair: -abs(pair[1].before - pair[1].after))[:MOST_PAIRS]
    rows = tuple((name, number(kept.before, lang, ".2f"), number(kept.after, lang, ".2f")) for name, kept in ranked)
    changes = [abs(kept.before - kept.after) for kept in found.pairs.values()]
    told = {"pairs": len(changes), "mean": number(sum(changes) / max(len(changes), 1), lang, ".3f")}
    return _table(("useful.pair", "useful.before", "useful.after"), rows, lang, "useful.pairs", **told)


def _means(found: Usefulness, lang: str) -> Table:
    rows = tuple(
        (name, one.groups, one.vanished, number(one.mean, lang, ".2f"), number(one.worst, lang, ".2f"))
        for name, one in found.means.items()
    )
    heads = ("useful.measure", "useful.groups", "useful.vanished", "useful.mean_off", "useful.worst_off")
    return _table(heads, rows, lang, "useful.means")


def _learned(found: Usefulness, lang: str) -> Table:
    shares = {name: (one.before, one.after, one.guessing) for name, one in found.learned.items()}
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, *(percentage(share, lang) for share in shares[name]), one.tried) for name, one in found.learned.items()
    )
    heads = ("useful.target", "useful.from_source", "useful.from_release", "useful.guessing", "useful.tried")
    return _table(heads, rows, lang, "useful.learned")


def _hits(found: Usefulness, lang: str) -> Table:
    rows = tuple(
        (name, one.groups, one.hard, percentage(one.worst, lang), percentage(one.mean, lang))
        for name, one in found.hits.items()
    )
    heads = ("column", "useful.groups", "useful.hard", "useful.worst_loss", "useful.mean_loss")
    return _table(heads, rows, lang, "useful.hits")


def _table(
    heads: Sequence[str], rows: tuple[tuple[Cell, ...], ...], lang: str, caption: str, **figures: object
) -> Table:
    return Table(tuple(say(head, lang) for head in heads), rows, say(caption, lang, **figures))

"""The verb: discover anew, without what a person decided, and hold it against the truth."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from igmap.errors import TruthError
from igmap.inventory.discovering import Look, discover
from igmap.inventory.evaluation.evaluation import Evaluation
from igmap.inventory.evaluation.judged import judged
from igmap.inventory.evaluation.scores import figures
from igmap.inventory.evaluation.truth import Hidden, Truth, load_hidden, load_truth
from igmap.sources import Exports, open_exports
from igmap.workspace import open_workspace


def evaluate(
    exports: Exports,
    truth: Iterable[Truth],
    *,
    hidden: Iterable[Hidden] = (),
    look: Look = "all",
    today: date | None = None,
) -> Evaluation:
    """Say how well discovery does on exports of which the truth is known.

    Args:
        exports: open tables.
        truth: a row per field; fields without a row are listed, and count in no figure.
        hidden: identifiers in fields that are something else.
        look: all, or values (headers withheld), or headers (values withheld).
        today: against which birth dates are judged.

    Returns:
        Counts, shares, and each miss with its reasons; no value of any cell.

    Raises:
        TruthError: it is about no field of these exports, so that every figure would be of nothing.

    Example:
        >>> import pandas as pd
        >>> from igmap.sources import open_exports
        >>> with open_exports({"t": pd.DataFrame({"contact": ["a@b.example", "c@d.example"]})}) as exports:
        ...     evaluate(exports, [Truth("t", "", "contact", "email", "direct")]).macro_f1
        1.0
    """
    found = discover(exports, today=today, look=look)
    fields = judged(exports, found, truth)
    if not fields.judgements:
        raise TruthError("no field of the truth is in the exports; write files, tables and fields as igmap shows them")
    return figures(fields, look, hidden)


def evaluate_workspace(
    root: Path, truth: Path, hidden: Path | None = None, *, look: Look = "all", today: date | None = None
) -> Evaluation:
    """The same for a workspace or a folder of exports, with truth and hidden identifiers as files.

    Raises:
        TruthError: the files are not as `load_truth` and `load_hidden` want them.
    """
    known, buried = load_truth(truth), load_hidden(hidden) if hidden else ()
    with open_exports(open_workspace(root)) as exports:
        return evaluate(exports, known, hidden=buried, look=look, today=today)

"""What a recoding loses, in the measures that the literature compares recodings by; one for each use of the data."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from igmap.anonymisation.recoding import Recoding


@dataclass(frozen=True, slots=True)
class Losses:
    """What a recoding loses; of each, less is better.

    Args:
        ncp: mean cost of a cell, 0-1, a suppressed row counted as 1.
        discernibility: for each row the rows it cannot be told from, summed; all of them where it is suppressed.
        class_size: mean rows of a class, as a multiple of k.
        entropy: mean bits by which a cell is less certain than its value, as a share of knowing nothing, 0-1.
        suppressed: share of the rows that are left out, 0-1.
    """

    ncp: float
    discernibility: int
    class_size: float
    entropy: float
    suppressed: float


def losses_of(recoding: Recoding, k: int) -> Losses:
    """All measures of a recoding.

    Sources: NCP: Xu et al. 2006, doi:10.1145/1150402.1150504. Discernibility: Bayardo & Agrawal 2005,
    doi:10.1109/ICDE.2005.42. Class size: LeFevre et al. 2006, doi:10.1109/ICDE.2006.101. Entropy: Gionis & Tassa 2009,
    doi:10.1109/TKDE.2008.129 (non-uniform).

    Args:
        recoding: of a table.
        k: by which the size of a class is divided.
    """
    rows, best = recoding.tuples.rows, recoding.best
    kept, whole = best.released, max(int(recoding.tuples.rows.sum()), 1)
    sizes = np.bincount(best.classes[kept], weights=rows[kept], minlength=len(best.costs))
    gone = whole - float(sizes.sum())
    return Losses(
        ncp=recoding.loss,
        discernibility=int((sizes**2).sum() + gone * whole),
        class_size=float(sizes.sum()) / max(int(np.count_nonzero(sizes)), 1) / k,
        entropy=_entropy(recoding),
        suppressed=gone / whole,
    )


def _entropy(recoding: Recoding) -> float:
    """Bits lost, over those that are lost when every cell becomes anything."""
    rows, kept = recoding.tuples.rows.astype(np.float64), recoding.best.released
    lost, most = 0.0, 0.0
    for leaves, labels in zip(recoding.tuples.leaves.T, recoding.labels, strict=True):
        values = np.bincount(leaves, weights=rows)[leaves]
        nothing = -np.log2(values / rows.sum())
        texts = pa.array(labels, pa.string()).dictionary_encode(null_encoding="encode").indices.to_numpy()
        shown = texts[recoding.best.classes[kept]].astype(np.int64)
        cells = np.bincount(shown, weights=rows[kept])[shown]
        pairs = shown * (int(leaves.max()) + 1) + leaves[kept]
        _, numbers = np.unique(pairs, return_inverse=True)
        both = np.bincount(numbers, weights=rows[kept])[numbers]
        lost += float((rows[kept] * -np.log2(both / cells)).sum() + (rows[~kept] * nothing[~kept]).sum())
        most += float((rows * nothing).sum())
    return lost / most if most else 0.0

"""Views of a proof for notebook cells: what a release is still good for, in figures and side by side."""

from igmap.flows.pictures import svg
from igmap.flows.pictures.side_by_side import side_by_side
from igmap.release import Proof
from igmap.release.staged import InStaging
from igmap.release.usefulness import groups
from igmap.release.usefulness.words import blocks
from igmap.report import Figure, text
from igmap.sources import Exports
from igmap.workbench.views import Language, View


def still_good_for(exports: Exports, release: InStaging, proof: Proof, lang: Language = "nl") -> View:
    """What a release is still good for, held against its source, in figures and side by side.

    Args:
        exports: the source it was made from.
        release: lies in staging, not published yet.
        proof: of it.
        lang: nl or en.
    """
    k, title = int(proof.thresholds["k"]), text("picture.side_by_side", lang)
    tables = [one for one in groups(exports, release) if any(one.values())]
    drawn = [Figure(svg(side_by_side(one, lang, k=k)), title) for one in tables]
    return View(blocks(proof.usefulness, lang, drawn), lang)

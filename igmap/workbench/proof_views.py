"""Views of a proof for notebook cells: what a release is still good for, in figures and side by side."""

from igmap.flows.pictures import svg
from igmap.flows.pictures.side_by_side import side_by_side
from igmap.release import Proof
from igmap.release.usefulness.words import blocks
from igmap.report import Figure, text
from igmap.workbench.views import Language, View


def pictures(proof: Proof, lang: Language = "nl") -> tuple[Figure, ...]:
    """Of each table of a release, its distributions beside those of the source."""
    k = int(proof.thresholds["k"])
    title = text("picture.side_by_side", lang)
    return tuple(Figure(svg(side_by_side(one, lang, k=k)), title) for one in proof.usefulness if one.shown)


def still_good_for(proof: Proof, lang: Language = "nl") -> View:
    """What a release is still good for, held against its source."""
    return View(blocks(proof.usefulness, lang, pictures(proof, lang)), lang)

"""How well discovery does on exports of which somebody knows what is in them."""

from igmap.inventory.evaluation.evaluate import evaluate, evaluate_workspace
from igmap.inventory.evaluation.evaluation import Bin, Confusion, Evaluation, HiddenRecall, Miss, Rate, Score
from igmap.inventory.evaluation.judged import Judgement, judged
from igmap.inventory.evaluation.scores import figures
from igmap.inventory.evaluation.tables import report, tables
from igmap.inventory.evaluation.truth import Hidden, Truth, load_hidden, load_truth

__all__ = [
    "Bin",
    "Confusion",
    "Evaluation",
    "Hidden",
    "HiddenRecall",
    "Judgement",
    "Miss",
    "Rate",
    "Score",
    "Truth",
    "evaluate",
    "evaluate_workspace",
    "figures",
    "judged",
    "load_hidden",
    "load_truth",
    "report",
    "tables",
]

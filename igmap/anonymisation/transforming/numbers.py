"""Steps on numbers: top and bottom code, round, classes, noise. All numbers of a column come out in one notation."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from igmap.anonymisation.transforming.bench import Bench
from igmap.anonymisation.transforming.reading import as_numbers
from igmap.engine.changes import Binned, Reckoned


def top(bench: Bench, column: str, settings: Mapping[str, Any]) -> dict[str, int]:
    """What is above a bound becomes the bound, `{top: 90}`."""
    return _bounded(bench, column, "top", settings)


def bottom(bench: Bench, column: str, settings: Mapping[str, Any]) -> dict[str, int]:
    """What is below a bound becomes the bound, `{bottom: 18}`."""
    return _bounded(bench, column, "bottom", settings)


def _bounded(bench: Bench, column: str, formula: str, settings: Mapping[str, Any]) -> dict[str, int]:
    bound = float(settings["at"])
    decimals = max(as_numbers(bench, column, settings), decimals_of(bound))
    return _reckon(bench, Reckoned((column,), formula, bound, decimals))


def round_to(bench: Bench, column: str, settings: Mapping[str, Any]) -> dict[str, int]:
    """The nearest multiple, `{round: 5}`; halves away from zero."""
    as_numbers(bench, column, settings)
    width = float(settings["to"])
    return _reckon(bench, Reckoned((column,), "round", width, decimals_of(width)))


def noise(bench: Bench, column: str, settings: Mapping[str, Any]) -> dict[str, int]:
    """Noise of a stated scale, `{noise: {scale: 2, distribution: laplace}}`; the same for the same value of a person.

    The scale is that of the distribution: a standard deviation for gaussian, and 1/√2 of it for laplace. It is no
    differential privacy: nothing is accounted for, and floating-point noise can leak (Mironov 2012,
    doi:10.1145/2382196.2382264).
    """
    own = as_numbers(bench, column, settings)
    decimals = own if settings["decimals"] is None else settings["decimals"]
    draw = bench.draw(column, "noise", settings["per"])
    return _reckon(bench, Reckoned((column,), settings["distribution"], float(settings["scale"]), decimals, draw))


def _reckon(bench: Bench, change: Reckoned) -> dict[str, int]:
    bench.add(change)
    bench.decimals[change.columns[0]] = change.decimals
    return {}


def bins(bench: Bench, column: str, settings: Mapping[str, Any]) -> dict[str, int]:
    """Classes with fixed bounds, `{bin: [0, 18, 65]}`: <0, 0-17, 18-64, >=65."""
    whole = as_numbers(bench, column, settings) == 0
    edges = tuple(float(edge) for edge in settings["at"])
    bench.add(Binned((column,), edges, _class_labels(edges, whole=whole)))
    return {"classes": len(edges) + 1}


def _class_labels(edges: tuple[float, ...], *, whole: bool) -> tuple[str, ...]:
    """`18-64` where all are whole numbers, `0.5-<1` otherwise; negative bounds in brackets."""
    whole = whole and all(edge.is_integer() for edge in edges)
    between = (
        f"{_bound(low)}-{_bound(high - 1)}" if whole else f"{_bound(low)}-<{_bound(high)}"
        for low, high in pairwise(edges)
    )
    return (f"<{edges[0]:.15g}", *between, f">={edges[-1]:.15g}")


def _bound(edge: float) -> str:
    return f"{edge:.15g}" if edge >= 0 else f"({edge:.15g})"


def decimals_of(value: float) -> int:
    """How many decimals a number of the plan has, nine at most."""
    return len(f"{value:.9f}".rstrip("0").partition(".")[2])

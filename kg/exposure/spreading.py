"""Questions of contagion: cascades, DebtRank and inoperability, from named vendors over the links of a graph."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.checks import whole_number
from kg.errors import KGError
from kg.exposure import cascade, contagion, reach
from kg.exposure.measured import Measured
from kg.exposure.snapshot import weighted
from kg.exposure.statements import told_apart

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kg.exposure.scope import Scope
    from kg.exposure.statements import Node

MODELS = {"cascade": cascade.independent_cascade, "threshold": cascade.linear_threshold}


def cascaded(
    scope: Scope, vendors: Sequence[Node], model: str, weight: str | float, runs: int, seed: int, confidence: float
) -> Measured:
    """Return how probably each organization is reached: the estimate for each bound, and the interval that holds both.

    Where a sector or portfolio is given, the summary counts its organizations alone.

    Raises:
        KGError: the model or weight is unknown, there are too few runs, or the confidence is no probability.
    """
    if model not in MODELS:
        raise KGError(f"the model is {' or '.join(MODELS)}, not {model!r}")
    runs, seed = whole_number(runs, "runs"), whole_number(seed, "seed")
    starts = [one.iri for one in vendors]
    spread = MODELS[model]
    found = scope.each(lambda graph: spread(weighted(graph, weight), starts, runs, seed, confidence, scope.members))
    chances = {bound: {name: one.value for name, one in told.probability.items()} for bound, told in found.items()}
    low, high = found[scope.bounds[0]].probability, found[scope.bounds[-1]].probability
    rows = [
        (*row, low[row[0].iri].low, high[row[0].iri].high, len(path) - 1, path)
        for *row, path in _reached(scope, starts, chances)
    ]
    parameters = {
        **scope.parameters, "vendors": list(told_apart(vendors).values()), "model": model, "weight": weight, "runs": runs,
        "seed": seed, "confidence": confidence,
    }  # fmt: skip
    summary = {
        bound: {
            "expected": told.expected.value,
            "low": told.expected.low,
            "high": told.expected.high,
            "largest": max(told.sizes),
            "runs_by_size": {str(size): runs for size, runs in sorted(Counter(told.sizes).items())},
        }
        for bound, told in found.items()
    }
    return Measured(
        "cascade", parameters, ("organization", *scope.bounds, "low", "high", "tier", "path"), rows, summary
    )


def _reached(scope: Scope, starts: Collection[str], values: dict[str, dict[Any, float]]) -> list[tuple[Any, ...]]:
    """The rows of organizations besides the vendors, each with a shortest path to the nearest of these."""
    rows = [row for row in scope.rows_of(values) if row[0].iri not in starts]
    best: dict[str, tuple[Node, ...]] = {}
    for start in starts:
        for name, path in reach.witnesses(scope.widest, start, [row[0].iri for row in rows]).items():
            if name not in best or len(path) < len(best[name]):
                best[name] = tuple(map(scope.node, path))
    return [(*row, best[row[0].iri]) for row in rows]


def distressed(
    scope: Scope, vendors: Sequence[Node], form: int, weight: str | float, value: Mapping[str, float] | None
) -> Measured:
    """Return the DebtRank of every vendor, or with vendors given the distress of every organization when these fail.

    Every organization is worth the same, or its `value`, and nothing if it has none there; where a sector or portfolio is
    given, those outside are worth nothing.

    Raises:
        KGError: the form or weight is unknown, or no organization that is kept is in the graph.
    """
    parameters: dict[str, Any] = {
        **scope.parameters, "vendors": list(told_apart(vendors).values()), "form": form, "weight": weight,
    }  # fmt: skip
    graphs = scope.each(lambda graph: weighted(graph, weight))
    worth = {name: (1.0 if value is None else value.get(name, 0.0)) * scope.keeps(name) for name in scope.widest.names}
    if value is not None:
        parameters["by_value"] = True
    if not vendors:
        losses = {bound: contagion.debtrank_losses(graph, None, worth, form) for bound, graph in graphs.items()}
        made: list[tuple[Any, ...]] = [
            (scope.node(iri), *(losses[b].get(iri, 0.0) for b in scope.bounds)) for iri in losses[scope.bounds[-1]]
        ]
        made = [row for row in made if any(row[1:])]
        made.sort(key=lambda row: (-row[-1], row[0].order))
        return Measured("debtrank", parameters, ("vendor", *scope.bounds), made)
    shock = {one.iri: 1.0 for one in vendors}
    found = {bound: contagion.debtrank(graph, shock, worth, form) for bound, graph in graphs.items()}
    rows = _reached(scope, shock, {bound: told.distress for bound, told in found.items()})
    summary: dict[str, Any] = {bound: {"loss": told.loss} for bound, told in found.items()}
    return Measured("debtrank", parameters, ("organization", *scope.bounds, "path"), rows, summary)


def inoperable(scope: Scope, vendors: Sequence[Node], weight: str | float) -> Measured:
    """Return the inoperability of every organization when vendors fail.

    Raises:
        KGError: the weights have a spectral radius of 1 or more, or make an organization more than wholly inoperable.
    """
    shock = {one.iri: 1.0 for one in vendors}
    found = scope.each(lambda graph: contagion.inoperability(weighted(graph, weight), shock))
    parameters = {**scope.parameters, "vendors": list(told_apart(vendors).values()), "weight": weight}
    rows = _reached(scope, shock, found)
    return Measured("inoperability", parameters, ("organization", *scope.bounds, "path"), rows)

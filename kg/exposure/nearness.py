"""Questions of nearness: which organizations have a breached vendor near, and how near."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from kg.checks import depth_of, whole_number
from kg.errors import KGError
from kg.exposure import reach
from kg.exposure.disputes import SPARED
from kg.exposure.measured import Measured
from kg.exposure.structure import days_up_to, events_at, may_be, reaching
from kg.model import Certainty

if TYPE_CHECKING:
    from datetime import date

    from kg.exposure.scope import Scope
    from kg.exposure.statements import Node, Surroundings
    from kg.exposure.structure import Event


def near_breaches(scope: Scope, depth: int | None, days: int | None, on: date | None) -> Measured:
    """Return the nearest breached vendor of every organization that is kept and has one; the summary has their share.

    Vendor and path are those of the lower bound where these are as near, and `bound` is then "confirmed"; else those of the
    upper one, and `bound` is "potential": a tier of the lower bound is then that of another vendor. The incidents are
    all of the vendor's that count for the upper bound.

    With `days` only incidents count that lie in as many days up to `on`, the last day of any incident if none is given.
    The lower bound takes links and breaches that are confirmed, and incidents that lie wholly in these days; the upper
    one whatever is not denied and may lie in them. An incident without a date lies in none. Nobody is its own vendor,
    and none is near by an incident that is said to have left it alone.

    Raises:
        KGError: depth or days is below 1, `on` comes without days, no organization is kept, or no incident has a date to
            count days up to.
    """
    depth, days = depth_of(depth), None if days is None else whole_number(days, "days")
    within = days_up_to(scope.projection, days, on)
    kept = [iri for iri in scope.widest.names if scope.keeps(iri)]
    if not kept:
        raise KGError("there are no organizations to take a share of")
    # Many have the same vendor near by.
    at = cache(lambda iri, bound: breaches(scope.projection, iri, bound, within))
    paths, summary = {}, {}
    for bound, graph in scope.graphs.items():
        hit = [iri for iri in graph.names if at(iri, bound)]
        near = paths[bound] = reach.nearest_breached(graph, hit, kept, depth)
        for iri in [iri for iri in near if scope.projection.into(SPARED, iri)]:
            near_by = [one for one in hit if reaching(scope.projection, iri, at(one, bound))]
            del near[iri]
            near |= reach.nearest_breached(graph, near_by, [iri], depth)
        summary[bound] = {
            "breached": len(hit),
            "organizations": len(kept),
            "near": len(near),
            "share": len(near) / len(kept),
        }
    rows: list[tuple[Any, ...]] = []
    for iri in paths[scope.bounds[-1]]:
        tiers = {bound: len(paths[bound][iri]) - 1 for bound in scope.bounds if iri in paths[bound]}
        # Of two that are as near, the first: the lower bound.
        bound = min(tiers, key=lambda one: tiers[one])
        nodes = tuple(map(scope.node, paths[bound][iri]))
        events = reaching(scope.projection, iri, at(nodes[-1].iri, scope.bounds[-1]))
        by_bound = (tiers.get(one) for one in scope.bounds)
        rows.append((nodes[0], *by_bound, nodes[-1], bound, tuple(event.incident for event in events), nodes))
    rows.sort(key=lambda row: (row[len(scope.bounds)], row[0].order))
    told = {"days": days, "from": within[0].isoformat(), "on": within[1].isoformat()} if within else {"days": None}
    columns = ("organization", *scope.columns("tier"), "vendor", "bound", "incidents", "path")
    return Measured("breach-proximity", {**scope.parameters, "depth": depth, **told}, columns, rows, summary)


def breaches(graph: Surroundings, iri: str, bound: str, within: tuple[date, date] | None = None) -> tuple[Event, ...]:
    """Return the breaches of an organization that count for a bound, in some days if these are given."""
    sure = bound == "confirmed"
    return tuple(
        event
        for event in events_at(graph, iri)
        if event.role == "breached"
        and (event.edge.certainty == Certainty.CONFIRMED if sure else event.edge.certainty != Certainty.DENIED)
        and (within is None or (_lies(event.incident, within) if sure else may_be(event.incident, within)))
    )


def _lies(incident: Node, within: tuple[date, date]) -> bool:
    span = incident.span
    return span is not None and within[0] <= span[0] and span[1] <= within[1]

"""Third-party exposure over the canonical graph: who depends on whom, what happened there, along which path.

The measures are pure functions over a snapshot or a networkx graph; each module holds a family and says its formulas.
They are loaded when first used, because numpy and scipy take their time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.exposure.names import Finder
from kg.exposure.projection import Projection, project
from kg.exposure.statements import Edge, Node
from kg.exposure.structure import blast_radius, exposure

if TYPE_CHECKING:
    from typing import Any

    from kg.exposure.cascade import independent_cascade, linear_threshold, noisy_or
    from kg.exposure.centrality import (
        betweenness_centrality,
        betweenness_interval,
        closeness_centrality,
        hits,
        katz_centrality,
        pagerank,
    )
    from kg.exposure.concentrations import concentration, concentration_of, criticality_screen, hhi_by_group, shares
    from kg.exposure.contagion import debtrank, debtrank_losses, inoperability
    from kg.exposure.incidents import (
        day_of_share,
        days_to_share,
        downstream_multiplier,
        kaplan_meier,
        monitor,
        ripple_statistics,
        ripples,
        sector_lift,
        time_to,
    )
    from kg.exposure.reach import (
        blast_radii,
        blast_radius_value,
        breach_proximity,
        exposed,
        exposed_share,
        fourth_party_multiplier,
        nearest_breached,
        nth_parties,
        tiers,
        upstream,
    )
    from kg.exposure.snapshot import Snapshot, from_networkx, from_pairs, from_table
    from kg.exposure.spof import (
        SinglePoints,
        articulation_points,
        customer_shares,
        dependents,
        dominated,
        immediate_dominators,
        minimum_vertex_cut,
    )
    from kg.exposure.whatif import altered, overlap, shared_upstream, what_if

_FAMILIES = {
    "cascade": "independent_cascade linear_threshold noisy_or",
    "centrality": "betweenness_centrality betweenness_interval closeness_centrality hits katz_centrality pagerank",
    "concentrations": "concentration concentration_of criticality_screen hhi_by_group shares",
    "contagion": "debtrank debtrank_losses inoperability",
    "incidents": """
        day_of_share days_to_share downstream_multiplier kaplan_meier monitor ripple_statistics ripples sector_lift time_to
    """,
    "reach": """
        blast_radii blast_radius_value breach_proximity exposed exposed_share fourth_party_multiplier nearest_breached
        nth_parties tiers upstream
    """,
    "snapshot": "Snapshot from_networkx from_pairs from_table",
    "spof": """
        SinglePoints articulation_points customer_shares dependents dominated immediate_dominators minimum_vertex_cut
    """,
    "whatif": "altered overlap shared_upstream what_if",
}
_WHERE = {name: family for family, names in _FAMILIES.items() for name in names.split()}

__all__ = [
    "Edge", "Finder", "Node", "Projection", "SinglePoints", "Snapshot", "altered", "articulation_points",
    "betweenness_centrality", "betweenness_interval", "blast_radii", "blast_radius", "blast_radius_value",
    "breach_proximity", "closeness_centrality", "concentration", "concentration_of", "criticality_screen",
    "customer_shares", "day_of_share", "days_to_share", "debtrank", "debtrank_losses", "dependents", "dominated",
    "downstream_multiplier", "exposed", "exposed_share", "exposure", "fourth_party_multiplier", "from_networkx",
    "from_pairs", "from_table", "hhi_by_group", "hits", "immediate_dominators", "independent_cascade",
    "inoperability", "kaplan_meier", "katz_centrality", "linear_threshold", "minimum_vertex_cut", "monitor",
    "nearest_breached", "noisy_or", "nth_parties", "overlap", "pagerank", "project", "ripple_statistics", "ripples",
    "sector_lift", "shared_upstream", "shares", "tiers", "time_to", "upstream", "what_if",
]  # fmt: skip
"""Written out, with the imports above, for type checkers, which cannot know what is loaded when it is used."""


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'kg.exposure' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - see above

    return getattr(import_module(f"kg.exposure.{_WHERE[name]}"), name)

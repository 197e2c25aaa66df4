"""What would change: a vendor breached, removed or replaced; candidates for replacement; overlap of portfolios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.checks import depth_of
from kg.errors import KGError
from kg.exposure.concentrations import concentration
from kg.exposure.reach import exposed, tiers
from kg.exposure.snapshot import as_snapshot, from_pairs
from kg.exposure.spof import SinglePoints

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping

    from kg.exposure.snapshot import Graph, Snapshot


@dataclass(frozen=True, slots=True)
class Change:
    """What changes for one organization.

    Attributes:
        organization: its name.
        vendors: how many vendors it reaches, before and after.
        breached: of those that are breached, the nearest one's tier, before and after; None where it reaches none.
        hhi: of its links, before and after; None where it has none.
        sole: its single points of failure, before and after.
    """

    organization: Any
    vendors: tuple[int, int]
    breached: tuple[int | None, int | None]
    hhi: tuple[float | None, float | None]
    sole: tuple[tuple[Any, ...], tuple[Any, ...]]


def altered(graph: Graph, remove: Collection[Hashable] = (), replace: Mapping[Any, Any] | None = None) -> Snapshot:
    """Return the graph without some vendors, or with their customers gone over to others.

    A replaced vendor keeps its own suppliers and loses its customers; a customer never becomes its own supplier.

    Raises:
        KGError: a vendor is both removed and used as replacement, or replaces itself.
        UnknownNameError: a name is not in the graph.
    """
    snapshot = as_snapshot(graph)
    swaps = replace or {}
    if any(old == new for old, new in swaps.items()):
        raise KGError("a vendor cannot be replaced by itself")
    if gone := set(remove) & {*swaps, *swaps.values()}:
        raise KGError(f"{', '.join(map(str, gone))}: cannot be removed and stand in a replacement at once")
    customers, suppliers = snapshot.pairs()
    goes_to = np.arange(len(snapshot), dtype=np.int32)
    for old, new in swaps.items():
        goes_to[snapshot.number(old)] = snapshot.number(new)
    moved = from_pairs(customers, goes_to[suppliers], snapshot.names, snapshot.weight, snapshot.labels)
    return moved.without(remove) if remove else moved


def what_if(
    graph: Graph,
    breach: Iterable[Hashable] = (),
    remove: Collection[Hashable] = (),
    replace: Mapping[Any, Any] | None = None,
) -> list[Change]:
    """Return what changes for every organization for which anything does, in the order of the graph.

    A breach changes no link; its rows are the organizations that reach a breached vendor before or after.

    Raises:
        KGError: nothing is breached, removed or replaced, or a vendor is removed and used as replacement.
        UnknownNameError: a name is not in the graph.
    """
    before = as_snapshot(graph)
    hit = list(breach)
    if not (hit or remove or replace):
        raise KGError("what if what? Say which vendor is breached, removed or replaced")
    after = altered(before, remove, replace)
    touched = {name for vendor in (*remove, *(replace or {})) for name in exposed(before, vendor)}
    touched |= {name for vendor in hit for graph in (before, after) for name in exposed(graph, vendor)}
    sides = (before, after)
    points = [SinglePoints(side) for side in sides]
    near = [_nearest(side, hit) for side in sides]
    found = []
    for name in before.names:
        if name in touched:
            told = [_state(side, name, sole) for side, sole in zip(sides, points, strict=True)]
            reach, hhi, sole = zip(*told, strict=True)
            change = Change(name, reach, (near[0].get(name), near[1].get(name)), hhi, sole)
            if change.breached != (None, None) or any(a != b for a, b in (reach, hhi, sole)):
                found.append(change)
    return found


def _nearest(snapshot: Snapshot, vendors: Iterable[Hashable]) -> dict[Any, int]:
    """The tier of the nearest of some vendors; unlike in `breach_proximity`, a vendor's own breach does not count."""
    nearest: dict[Any, int] = {}
    for vendor in vendors:
        for name, tier in exposed(snapshot, vendor).items():
            nearest[name] = min(tier, nearest.get(name, tier))
    return nearest


def _state(snapshot: Snapshot, name: Any, points: SinglePoints) -> tuple[int, float | None, tuple[Any, ...]]:
    at = snapshot.number(name)
    links = snapshot.indptr[at + 1] - snapshot.indptr[at]
    return len(tiers(snapshot, name)), concentration(snapshot, [name]).hhi if links else None, tuple(points.of(name))


def shared_upstream(graph: Graph, vendor: Hashable, others: Iterable[Hashable]) -> dict[Any, float]:
    """Return which share of the vendors upstream of each other vendor stands upstream of this one too, least first.

    Candidates to replace a vendor are those of the same service with the least: what both stand on fails for both.
    A candidate that depends on the vendor, or that the vendor depends on, shares all; one that depends on nobody, nothing.

    Raises:
        UnknownNameError: a name is not in the graph.
    """
    snapshot = as_snapshot(graph)
    own = tiers(snapshot, vendor).keys()
    found = {}
    for other in others:
        upstream = tiers(snapshot, other).keys()
        one_on_the_other = vendor in upstream or other in own
        found[other] = 1.0 if one_on_the_other else len(upstream & own) / max(len(upstream), 1)
    return dict(sorted(found.items(), key=lambda item: (item[1], str(item[0]))))


def overlap(
    graph: Graph, ours: Iterable[Hashable], theirs: Iterable[Hashable], depth: int | None = None
) -> float | None:
    """Return the Jaccard index of the vendors that two portfolios reach, |A and B| / |A or B|; None if both are empty.

    Raises:
        UnknownNameError: a name is not in the graph.
        KGError: depth is below 1.
    """
    snapshot = as_snapshot(graph)

    def reached(vendors: Iterable[Hashable]) -> set[Any]:
        # A portfolio's own vendors are its first tier.
        deeper = None if depth is None else depth - 1
        found: set[Any] = set()
        for vendor in vendors:
            found |= {vendor, *(tiers(snapshot, vendor, deeper) if deeper != 0 else ())}
        return found

    depth = depth_of(depth)
    a, b = reached(ours), reached(theirs)
    return len(a & b) / len(a | b) if a or b else None

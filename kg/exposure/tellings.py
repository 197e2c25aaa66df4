"""Incidents that may be one event, told from both sides: by the customer and by the vendor."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exposure.projection import Node, Projection

_NEAR: Final = 120
"""Days between two incidents' dates up to which they may be one event: notices to customers come late."""
_MOST: Final = 30
"""Incidents at one organization, from which it says nothing that two of them name it."""
_IN_HARM: Final = ("breached", "affectsDownstream")


@dataclass(frozen=True, slots=True)
class Telling:
    """Two incidents that may be one, how likely it is (0 to 1), and why in words."""

    left: Node
    right: Node
    score: float
    evidence: tuple[str, ...]


def told_twice(projection: Projection) -> list[Telling]:
    """Return the pairs of incidents that may be one event, the likeliest first.

    Both name an organization that was breached according to one of them, and a second organization or their dates agree
    too. Two incidents that name one breached organization only are not told from two sides.
    """
    parties: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for edge in projection.edges:
        if projection.nodes[edge.source].kind == "incident" and projection.nodes[edge.target].kind != "source":
            parties[edge.source][edge.target].add(edge.type)
    at: dict[str, list[str]] = defaultdict(list)
    for incident, named in parties.items():
        for organization in named:
            at[organization].append(incident)
    pairs = {
        pair
        for organization, incidents in at.items()
        if projection.nodes[organization].kind in {"organization", "vendor"} and 1 < len(incidents) <= _MOST
        for pair in combinations(sorted(incidents), 2)
    }
    found = [told for pair in sorted(pairs) if (told := _compare(projection, parties, *pair))]
    return sorted(found, key=lambda told: (-told.score, told.left.iri, told.right.iri))


def _compare(projection: Projection, parties: dict[str, dict[str, set[str]]], one: str, other: str) -> Telling | None:
    left, right = parties[one], parties[other]
    shared = [iri for iri in left if iri in right and projection.nodes[iri].kind in {"organization", "vendor"}]
    turned = [iri for iri in shared if _breached(left[iri]) != _breached(right[iri])]
    if not turned or not any(_breached(side[iri]) for iri in turned for side in (left, right)):
        return None
    first, second = projection.nodes[one], projection.nodes[other]
    names = {iri: projection.nodes[iri].label for iri in shared}
    evidence = [f"{names[iri]} was breached according to one and is named by the other" for iri in turned]
    evidence += [f"both name {names[iri]}" for iri in shared if iri not in turned]
    days = _apart(first, second)
    if days is not None and days > _NEAR:
        return None
    if days is not None:
        evidence.append(f"{days} days apart at most" if days else "of one time")
    data = sorted(
        {e.text for e in projection.exposed.get(one, ())} & {e.text for e in projection.exposed.get(other, ())}
    )
    evidence += [f"both exposed {', '.join(data)}"] if data else []
    if len(evidence) == 1:
        return None
    value = 0.4 + 0.15 * (len(shared) - 1) + (0.2 if days is not None else 0) + (0.1 if data else 0)
    return Telling(first, second, round(min(value, 0.9), 2), tuple(evidence))


def _breached(roles: set[str]) -> bool:
    return "breached" in roles


def _apart(one: Node, other: Node) -> int | None:
    """Days between what two incidents are dated to, 0 where their times overlap; None where one has no date."""
    (a, b), (c, d) = _time(one), _time(other)
    if a is None or b is None or c is None or d is None:
        return None
    return max((c - b).days, (a - d).days, 0)


def _time(node: Node) -> tuple[date | None, date | None]:
    days = sorted(_days(node))
    return (days[0], days[-1]) if days else (None, None)


def _days(node: Node) -> Iterator[date]:
    for name, value in node.properties:
        if name in {"earliest", "latest"}:
            yield date.fromisoformat(value[:10])

"""Incidents that may be one event, told from both sides: by the customer and by the vendor."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product
from typing import TYPE_CHECKING, Final

from kg.exposure.statements import ORGANIZATIONS
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.exposure.projection import Projection
    from kg.exposure.statements import Node

_NEAR: Final = 120
"""Days between two incidents' dates up to which they may be one event: notices to customers come late."""
_MOST: Final = 30
"""Incidents at one organization, from which it says nothing that two of them name it."""
_DIGEST: Final = regex("[0-9a-f]{20}")
_DOWNSTREAM: Final = "affectsDownstream"
_SAYS_NOTHING: Final = frozenset({"unknown", "other", "n/a"})
"""Words for exposed data that two incidents may share without telling of one event."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Two incidents that may be one, how likely it is (0 to 1), and why in words."""

    left: Node
    right: Node
    score: float
    evidence: tuple[str, ...]


def told_twice(projection: Projection) -> list[Telling]:
    """Return the pairs of incidents that may be one event, the likeliest first.

    One names an organization that was breached according to the other; or both, of one time, say that one vendor was
    breached and name customers, are of different feeds, or name one customer while one of them does not know the vendor.
    Of many incidents at one vendor each is paired with the next in time only: judged one by one, they become one.
    """
    parties: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for edge in projection.edges:
        if projection.nodes[edge.source].kind == "incident" and projection.nodes[edge.target].kind in ORGANIZATIONS:
            parties[edge.source][edge.target].add(edge.type)
    found = [
        told for pair in sorted(_pairs(projection, parties)) if (told := _compare(projection, _Sides(parties, *pair)))
    ]
    return sorted(found, key=lambda told: (-told.score, told.left.iri, told.right.iri))


def _pairs(projection: Projection, parties: dict[str, dict[str, set[str]]]) -> set[tuple[str, str]]:
    """The pairs of incidents that an organization connects."""
    at: dict[str, list[str]] = defaultdict(list)
    for incident, named in parties.items():
        for organization in named:
            at[organization].append(incident)
    seen: set[tuple[str, str]] = set()
    for organization, incidents in at.items():
        if len(incidents) > _MOST:
            continue
        alike: dict[bool, list[str]] = defaultdict(list)
        for incident in incidents:
            alike[_breached(parties[incident][organization])].append(incident)
        pairs = list(product(alike[True], alike[False]))
        for group in alike.values():
            pairs += pairwise(sorted(group, key=lambda iri: (_time(projection.nodes[iri])[0] or date.max, iri)))
        seen |= {(min(pair), max(pair)) for pair in pairs}
    return seen


@dataclass(frozen=True, slots=True)
class _Sides:
    """Two incidents and whom all incidents name, in which roles."""

    parties: dict[str, dict[str, set[str]]]
    one: str
    other: str

    def roles(self, organization: str) -> tuple[set[str], set[str]]:
        """Return the roles that an organization has in each of the two."""
        return self.parties[self.one][organization], self.parties[self.other][organization]

    @property
    def named(self) -> list[dict[str, set[str]]]:
        """Return whom each of the two names."""
        return [self.parties[self.one], self.parties[self.other]]

    @property
    def shared(self) -> list[str]:
        """Return the organizations that both name."""
        return [iri for iri in self.parties[self.one] if iri in self.parties[self.other]]

    @property
    def has_customers(self) -> bool:
        """Return whether either names an organization that was reached through another."""
        return any(_DOWNSTREAM in roles for named in self.named for roles in named.values())

    @property
    def of_two_feeds(self) -> bool:
        """Return whether the two have ids of two feeds; an incident without one is known by its document's digest."""
        feeds = {incident.rsplit("/", 2)[-2] for incident in (self.one, self.other)}
        return len(feeds) > 1 and not any(map(_DIGEST.fullmatch, feeds))

    def ground(self, label: Callable[[str], str]) -> tuple[bool, list[str]]:
        """Return whether one breach is seen from two sides in them, and why the two may be one, in words."""
        turned = [iri for iri in self.shared if len({_breached(roles) for roles in self.roles(iri)}) > 1]
        if turned:
            return True, [f"{label(iri)} was breached according to one and is named by the other" for iri in turned]
        for iri in self.shared:
            if all(map(_breached, self.roles(iri))):
                if self.has_customers:
                    return False, [f"{label(iri)} was breached and customers were reached, according to both together"]
                if self.of_two_feeds:
                    return False, [f"{label(iri)} was breached according to both, which are of two feeds"]
            elif all(_DOWNSTREAM in roles for roles in self.roles(iri)) and self.vendor_unknown:
                return False, [f"{label(iri)} was reached through a vendor, which one does not name"]
        return False, []

    @property
    def vendor_unknown(self) -> bool:
        """Return whether one of the two, and one alone, names nobody who was breached."""
        return len({any(map(_breached, named.values())) for named in self.named}) > 1


def _compare(projection: Projection, sides: _Sides) -> Telling | None:
    both_sides, evidence = sides.ground(lambda iri: projection.nodes[iri].label)
    if not evidence:
        return None
    first, second = projection.nodes[sides.one], projection.nodes[sides.other]
    days = _apart(first, second)
    if (days is None and not both_sides) or (days is not None and days > _NEAR):
        return None
    labels = [projection.nodes[iri].label for iri in sides.shared]
    evidence += [f"both name {label}" for label in labels if not any(label in told for told in evidence)]
    if days is not None:
        evidence.append(f"{days} days apart at most" if days else "of one time")
    data = sorted(_exposed(projection, sides.one) & _exposed(projection, sides.other))
    evidence += [f"both exposed {', '.join(data)}"] if data else []
    if len(evidence) == 1:
        return None
    value = 0.4 + 0.15 * (len(sides.shared) - 1) + (0.2 if days is not None else 0) + (0.1 if data else 0)
    return Telling(first, second, round(min(value, 0.9), 2), tuple(evidence))


def _exposed(projection: Projection, incident: str) -> set[str]:
    told = {exposed.text for exposed in projection.exposed.get(incident, ())}
    return {text for text in told if text.casefold() not in _SAYS_NOTHING}


def _breached(roles: set[str]) -> bool:
    return "breached" in roles


def may_be_one(one: Node, other: Node) -> bool:
    """Return whether two incidents at one vendor may be one event for all that their dates tell."""
    days = _apart(one, other)
    return days is None or days <= _NEAR


def _apart(one: Node, other: Node) -> int | None:
    """Days between what two incidents are dated to, 0 where their times overlap; None where one has no date."""
    (a, b), (c, d) = _time(one), _time(other)
    if a is None or b is None or c is None or d is None:
        return None
    return max((c - b).days, (a - d).days, 0)


def _time(node: Node) -> tuple[date | None, date | None]:
    days = [date.fromisoformat(value[:10]) for name, value in node.properties if name in {"earliest", "latest"}]
    return min(days, default=None), max(days, default=None)

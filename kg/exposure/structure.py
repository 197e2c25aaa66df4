"""Tiers, exposure and blast radius.

A supply relation runs from customer to supplier. The *tier* of a vendor for a customer is the length of
the shortest such path (1 third party, 2 fourth party). Every result carries a witness path: of the
shortest paths one whose weakest supply relation is in the best state, as that of each of its parts is that begins at
who was asked about; of these the first in the order of labels from the customer on. So the same graph gives the same answer.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.checks import several, whole_number
from kg.dates import as_day, days_before
from kg.errors import KGError
from kg.exposure.disputes import HARMS, SPARED, sparing
from kg.exposure.statements import BEST, state_along
from kg.exposure.tellings import may_be_one
from kg.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from kg.exposure.projection import Projection
    from kg.exposure.statements import Edge, Exposure, Node, Surroundings

DEFAULT_DEPTH = 3
FOLLOWED = {"parent": ("subOrganizationOf", "productOf")}
"""What can be followed besides supply, when asked for -> the edge types: an organization to what it is part of."""
CERTAINTIES = tuple(map(str, Certainty))
BOUNDS = ("confirmed", "potential")
"""The kinds of exposure: the lower bound and the upper one."""


@dataclass(frozen=True, slots=True)
class Event:
    """An incident at an organization, in the role the organization had in it."""

    incident: Node
    role: str
    edge: Edge
    data_types: tuple[Exposure, ...]


@dataclass(frozen=True, slots=True)
class Exposed:
    """One organization reached from another: the tier, the witness path as edges, and what is known of the harm.

    `exposure` is "confirmed" only where a document names the customer as affected by an incident at this vendor
    and says so for certain; everything that follows from the graph alone is "potential". `events` and `harm` are without
    the incidents that are denied, and those that left the customer alone (see `reaching`); the statements that say so
    are `spared`.
    """

    node: Node
    tier: int
    path: tuple[Edge, ...]
    exposure: str
    certainty: str
    harm: tuple[Edge, ...]
    events: tuple[Event, ...]
    spared: tuple[Edge, ...] = ()

    @property
    def word(self) -> str:
        """Return the exposure where incidents at the vendor may have reached the customer, else "not affected" or "no incident".

        It is "not affected" where one is said to have left the customer alone, and none is left that may not have.
        """
        return self.exposure if self.events else "not affected" if self.spared else "no incident"

    @property
    def status(self) -> str:
        """Return the state of the path, which is that of the weakest of its supply relations: see `state_along`."""
        return state_along(self.path)[0]

    @property
    def claims(self) -> list[str]:
        """Return the claims behind the path and behind the harm, each once, in path order."""
        return list(dict.fromkeys(claim.iri for edge in (*self.path, *self.harm) for claim in edge.claims))


def check_exposure(word: str | None) -> None:
    """Return if a word is one of `BOUNDS`, or None for both.

    Raises:
        KGError: it is another.
    """
    if word not in (None, *BOUNDS):
        raise KGError(f"exposure is confirmed or potential, not {word!r}")


def exposure(
    projection: Surroundings,
    organization: str,
    depth: int | None = DEFAULT_DEPTH,
    *,
    valid_on: date | None = None,
    follow: Collection[str] = (),
    within: tuple[date, date] | None = None,
) -> list[Exposed]:
    """Return the vendors an organization (an IRI) depends on, up to `depth` tiers (None: all), with the incidents there.

    Organizations and unnamed groups alike, sorted by tier, then label. `valid_on` keeps to relationships in force on that
    day; `follow` names what of `FOLLOWED` counts as a step besides supply; `within` keeps to vendors that were breached
    in these days, or may have been.
    """
    found = []
    for iri, path in _reach(projection, organization, depth, valid_on, backward=False, follow=follow):
        found.append(_Happened(projection, iri, within).to(projection.nodes[iri], organization, path))
    if within is not None:
        found = [one for one in found if one.events]
    return sorted(found, key=lambda e: (e.tier, e.node.order))


def blast_radius(
    projection: Surroundings,
    vendor: str,
    depth: int | None = DEFAULT_DEPTH,
    *,
    valid_on: date | None = None,
    follow: Collection[str] = (),
) -> list[Exposed]:
    """Return who depends on a vendor (an IRI) up to `depth` tiers (None: all): organizations and unnamed groups alike.

    Sorted by tier, then label. A witness path runs from the customer to the vendor. `follow` is as for `exposure`.
    """
    happened = _Happened(projection, vendor)
    reached = _reach(projection, vendor, depth, valid_on, backward=True, follow=follow)
    found = [happened.to(projection.nodes[iri], iri, path) for iri, path in reached]
    return sorted(found, key=lambda e: (e.tier, e.node.order))


def unaffected(projection: Surroundings, vendor: str) -> list[tuple[Node, Edge]]:
    """Return the organizations that a document says were not affected by an incident that harmed a vendor."""
    return [(projection.nodes[edge.target], edge) for edge in sparing(projection, vendor, SPARED)]


def left_alone(projection: Projection) -> Iterator[tuple[str, str]]:
    """Yield each customer and vendor (IRIs) whose incidents left the customer alone: "not affected" as in `Exposed.word`."""
    told = {
        (spared.target, edge.target)
        for spared in projection.edges
        if spared.type == SPARED
        for kind in HARMS
        for edge in projection.out(kind, spared.source)
    }
    for customer, vendor in sorted(told):
        if not reaching(projection, customer, _Happened(projection, vendor).events):
            yield customer, vendor


def paths(
    projection: Surroundings,
    start: str,
    end: str,
    depth: int | None,
    *,
    valid_on: date | None = None,
    follow: Collection[str] = (),
) -> Iterator[tuple[Edge, ...]]:
    """Yield every simple supply path from a customer to a vendor of at most `depth` hops, shortest first; of any length if None."""
    waiting: deque[tuple[Edge, ...]] = deque([()])
    reached = _reach(projection, end, depth, valid_on, backward=True, follow=follow)
    hops = {end: 0} | {iri: len(path) for iri, path in reached}
    while waiting:
        path = waiting.popleft()
        here = path[-1].target if path else start
        if here == end and path:
            yield path
            continue
        if path and ends_paths(projection, here):
            continue
        passed = {start, *(edge.target for edge in path)}
        waiting.extend(
            (*path, edge) for edge in _steps(projection, here, valid_on, backward=False, follow=follow)
            if edge.target not in passed and edge.target in hops
            and (depth is None or hops[edge.target] + len(path) < depth)
        )  # fmt: skip


def _reach(
    projection: Surroundings,
    start: str,
    depth: int | None,
    valid_on: date | None,
    *,
    backward: bool,
    follow: Collection[str],
) -> Iterator[tuple[str, tuple[Edge, ...]]]:
    """Breadth-first: every other node within `depth`, or at any, with its witness path from customer to supplier.

    The nodes of a layer stand in the order of the labels of their paths from the customer on; backward these begin with their
    own, so that each layer is sorted, and forward with those of the layer before, so that what is found anew goes behind.
    """
    seen = {start}
    layer: dict[str, tuple[int, tuple[Edge, ...]]] = {start: (BEST, ())}
    while layer:
        found: dict[str, tuple[int, tuple[Edge, ...]]] = {}
        for here, (strength, path) in layer.items():
            if len(path) == depth or (path and ends_paths(projection, here)):
                continue
            for edge in _steps(projection, here, valid_on, backward=backward, follow=follow):
                there = edge.source if backward else edge.target
                best = found[there][0] if there in found else -1
                if there not in seen and best < strength and best < (weakest := min(strength, edge.strength)):
                    found.pop(there, None)
                    found[there] = weakest, (edge, *path) if backward else (*path, edge)
        seen.update(found)
        layer = {iri: found[iri] for iri in _by_label(projection, found)} if backward else found
        yield from ((there, path) for there, (_, path) in found.items())


def ends_paths(projection: Surroundings, node: str) -> bool:
    """Return whether no path leads on through a node: those of an unnamed group who supply need not be those of it who are supplied."""
    return projection.nodes[node].kind == "group"


def _steps(
    projection: Surroundings, node: str, valid_on: date | None, *, backward: bool, follow: Collection[str]
) -> list[Edge]:
    kinds, valid_on = ["usesVendor", *_followed(follow)], as_day(valid_on)
    near = projection.into if backward else projection.out
    edges = [edge for kind in kinds for edge in near(kind, node) if edge.certainty != Certainty.DENIED]
    if valid_on is not None:
        edges = [edge.on(valid_on) for edge in edges if edge.holds_on(valid_on)]
    return sorted(edges, key=lambda edge: projection.nodes[edge.source if backward else edge.target].label.casefold())


def _by_label(projection: Surroundings, nodes: Iterable[str]) -> list[str]:
    return sorted(nodes, key=lambda iri: (projection.nodes[iri].label.casefold(), iri))


def _followed(follow: Collection[str]) -> list[str]:
    """The edge types of what is followed; a text is one name."""
    names = dict.fromkeys(several(follow, "follow"))
    if unknown := [name for name in names if name not in FOLLOWED]:
        raise KGError(f"what can be followed is {', '.join(FOLLOWED)}, not {unknown[0]!r}")
    return [kind for name in names for kind in FOLLOWED[name]]


class _Happened:
    """What happened at a vendor, which customers it harmed for all that documents say, and which it spared."""

    def __init__(self, projection: Surroundings, vendor: str, within: tuple[date, date] | None = None) -> None:
        self.projection = projection
        self.events = happened_at(projection, vendor)
        if within is not None:
            self.events = [
                event for event in self.events if event.role == "breached" and may_be(event.incident, within)
            ]
        self.harm: dict[str, list[Edge]] = {}
        self.spared: dict[str, list[Edge]] = {}
        for event in events_at(projection, vendor):
            for edge in projection.out(SPARED, event.incident.iri):
                self.spared.setdefault(edge.target, []).append(edge)
        for event in self.events:
            for edge in projection.out("affectsDownstream", event.incident.iri) if event.role == "breached" else ():
                self.harm.setdefault(edge.target, []).append(edge)

    def to(self, node: Node, customer: str, path: tuple[Edge, ...]) -> Exposed:
        """One organization reached along a path, with what the customer at its beginning suffered, or was spared."""
        spared = tuple(self.spared.get(customer, ()))
        events = reaching(self.projection, customer, self.events)
        left = {event.incident.iri for event in events}
        harm = tuple(edge for edge in self.harm.get(customer, ()) if edge.source in left)
        told = [edge.certainty for edge in harm] or [event.edge.certainty for event in events]
        certainty = min(told, key=CERTAINTIES.index, default="") if all(told) else ""
        word = "confirmed" if any(map(_confirms, harm)) else "potential"
        return Exposed(node, len(path), path, word, certainty, harm, events, spared)


def _confirms(edge: Edge) -> bool:
    """Whether a statement of an incident says for certain that it reached a customer from the vendor that it began at.

    That both were breached does not say so: harm need not have travelled from one to the other.
    """
    return edge.type == "affectsDownstream" and edge.certainty == Certainty.CONFIRMED


def days_up_to(projection: Surroundings, days: int | None, on: date | None) -> tuple[date, date] | None:
    """Return the first and the last of some days, None for any; the last one that any incident is dated to if none is given.

    Incidents that are denied date nothing.

    Raises:
        KGError: there is a last day and not how many, or it is no date, days is below 1, or no incident has a date.
    """
    if days is None:
        if on is not None:
            raise KGError("a last day belongs to a number of days: say how many")
        return None
    if (days := whole_number(days, "days")) < 1:
        raise KGError(f"days is {days}; a window is at least a day long")
    told = (node for node in projection.nodes.values() if node.kind == "incident" and not node.denied)
    ends = [span[1] for node in told if (span := node.span)]
    if on is None and not ends:
        raise KGError("no incident that is not denied has a date")
    last = as_day(on) or max(ends)
    return days_before(last, days - 1), last


def may_be(incident: Node, within: tuple[date, date]) -> bool:
    """Return whether an incident may lie in some days, as one that is known by month may; one without a date never does."""
    span = incident.span
    return span is not None and span[0] <= within[1] and within[0] <= span[1]


def events_at(projection: Surroundings, organization: str) -> Iterator[Event]:
    """Yield the incidents at an organization: those where it was breached first, then those that reached it from elsewhere."""
    for kind, role in (("breached", "breached"), ("affectsDownstream", "affected_downstream")):
        for edge in sorted(projection.into(kind, organization), key=lambda e: e.source):
            yield Event(projection.nodes[edge.source], role, edge, tuple(projection.exposures(edge.source)))


def happened_at(projection: Surroundings, organization: str) -> list[Event]:
    """Return the incidents that count as ones at an organization: those of `events_at`, but for what is denied.

    One that is said to have left it alone did not reach it from elsewhere either.
    """
    spared = {edge.source for edge in projection.into(SPARED, organization)}
    return [
        event for event in events_at(projection, organization)
        if event.edge.certainty != Certainty.DENIED and (event.role == "breached" or event.incident.iri not in spared)
    ]  # fmt: skip


def reaching(projection: Surroundings, customer: str, events: Collection[Event]) -> tuple[Event, ...]:
    """Return those of the events at one vendor that may have reached a customer: not those that are said to have left it alone.

    What may be one event with such an incident left it alone too, because two documents often tell of one event as two
    incidents, unless it is said to have hit the customer.
    """
    spared = {edge.source for edge in projection.into(SPARED, customer)}
    if not (spared and events):
        return tuple(events)
    at, hit = (
        {edge.source for kind in HARMS for edge in projection.into(kind, one) if edge.certainty != Certainty.DENIED}
        for one in (next(iter(events)).edge.target, customer)
    )
    left = _left(at, spared, hit, projection.nodes)
    return tuple(event for event in events if event.incident.iri in left)


def _left(at: set[str], spared: set[str], hit: set[str], nodes: Mapping[str, Node]) -> set[str]:
    """Of the incidents at a vendor those that neither spared a customer nor may be one event with one that did and hit it not."""
    alone = [nodes[iri] for iri in at & spared]
    return {iri for iri in at - spared if iri in hit or not any(may_be_one(nodes[iri], one) for one in alone)}


def sparings(edges: Iterable[Edge]) -> set[tuple[str, str]]:
    """Return each incident with each customer (IRIs) that it is said to have left alone."""
    return {(edge.source, edge.target) for edge in edges if edge.type == SPARED}


def overruled(edge: Edge, spared: Collection[tuple[str, str]]) -> bool:
    """Return whether a statement of harm downstream does not count, for its customer was left alone: see `sparings`."""
    return edge.type == "affectsDownstream" and (edge.source, edge.target) in spared


def _harmed(edge: Edge, spared: Collection[tuple[str, str]]) -> bool:
    """Whether a statement says that an incident harmed somebody, and none does that it left that customer alone."""
    return edge.type in HARMS and edge.certainty != Certainty.DENIED and not overruled(edge, spared)


def harms(edges: Iterable[Edge], nodes: Mapping[str, Node]) -> Iterator[tuple[Edge, str]]:
    """Yield each edge with "confirmed" where a document confirms harm along it, "potential" where it could travel, else "".

    What is denied is no harm, nor is what reached a customer that the incident is said to have left alone. Harm travels
    along a supply relationship from a vendor that an incident hit, unless the relationship is only denied, or the vendor's
    incidents left the customer alone: all as in `Exposed`. `nodes` has the incidents.
    """
    told = list(edges)
    hit = defaultdict(set)
    spared = sparings(told)
    began, confirmed = set(), set()
    for edge in told:
        ends = (edge.source, edge.target)
        if _harmed(edge, spared):
            hit[edge.target].add(edge.source)
            if edge.type == "breached":
                began.add(ends)
        if _confirms(edge):
            confirmed.add(ends)
    for edge in told:
        word, sure = "potential" if _harmed(edge, spared) else "", edge.certainty == Certainty.CONFIRMED
        if edge.type == "usesVendor" and edge.certainty != Certainty.DENIED:
            at = hit[edge.target]
            left = _left(at, {one for one in at if (one, edge.source) in spared}, hit[edge.source], nodes)
            word = "potential" if left else ""
            sure = any((one, edge.target) in began and (one, edge.source) in confirmed for one in left)
        yield edge, "confirmed" if word and sure else word

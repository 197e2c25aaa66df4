"""What goes on a page: the nodes and edges around a focus, with their quotes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict

from kg.checks import whole_number
from kg.dates import as_day, date_words
from kg.errors import KGError
from kg.exposure.disputes import OVERTAKEN, SPARED, disputes_about
from kg.exposure.statements import ORGANIZATIONS, distances, neighbours, standing
from kg.exposure.structure import blast_radius, check_exposure, ends_paths, harms, left_alone
from kg.exposure.structure import exposure as exposed
from kg.model import Certainty
from kg.view.marks import Marks
from kg.view.page import MAX_NODES, Edge, Node, Page, Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from kg.evidence import Evidence
    from kg.evidence import Quote as Found
    from kg.exposure.disputes import Dispute
    from kg.exposure.projection import Projection
    from kg.exposure.snapshot import Snapshot
    from kg.exposure.statements import Edge as Statement
    from kg.exposure.statements import Node as Thing

    Worded = tuple[Statement, str]
    """An edge with the kind of exposure that it is, "" if none: see `kg.exposure.structure.harms`."""

    Held = tuple[str, list[tuple[str, str]]]
    """When something held or happened, as printed, and the first and the last day of each time, "" where not known."""

LABELS = {
    "usesVendor": "uses vendor",
    "breached": "breached",
    "affectsDownstream": "affects downstream",
    "exposedDataType": "exposed data",
    "firstReportedBy": "first reported by",
    "subOrganizationOf": "subsidiary of",
    "productOf": "product of",
    "linkedTo": "linked to",
    "citesSource": "cites",
    "customer_unaffected": "did not affect",
    "formerly_unaffected": "was first said not to affect",
    "supplier_only": "involves supplier",
    "attacker": "attacked by",
    "investigator": "investigated by",
    "regulator": "before regulator",
    "other": "also involves",
}
"""Edge types in words; others are shown as their name with blanks."""
_TOLD_TWICE = frozenset({"reporter"})
"""Edges left out: who reported first is shown as the source that the incident cites."""
_BOUNDS = ("earliest", "latest")
FEWEST, MOST = 10, 1000
"""Nodes that a reader may ask to be drawn at once: fewer show no neighbourhood, more take seconds to draw."""
_DEEPEST = 12


class Wanted(TypedDict, total=False):
    """What a page is asked to show, besides its focus.

    Attributes:
        hops: how far around the focus, in any direction (default: 2).
        title: the heading; one is made if there is none.
        max_nodes: how many nodes are drawn at once, 10 to 1,000 (default: 150); the page finds the others.
        exposure: "confirmed" or "potential" to leave out exposure of customers of the other kind, but for what leads from the
            focus to this one.
        valid_on: only relationships that are in force on this day.
    """

    hops: int
    title: str | None
    max_nodes: int
    exposure: str | None
    valid_on: date | None


def page_of(
    projection: Projection,
    evidence: Evidence,
    supply: Snapshot,
    focus: Thing | None = None,
    *,
    hops: int = 2,
    title: str | None = None,
    max_nodes: int = MAX_NODES,
    exposure: str | None = None,
    valid_on: date | None = None,
    portfolio: Marks | None = None,
    done: Mapping[str, Iterable[tuple[str, str]]] | None = None,
) -> Page:
    """Return the page of the whole graph, or of what is within `hops` of a focus.

    An edge that harm could travel, but that no document confirms, is marked potential.

    Args:
        projection: the nodes and edges.
        evidence: the quotes behind them.
        supply: who supplies whom, for single points of failure.
        focus: what stands in the middle.
        hops: see `Wanted`, as for the others.
        title: the heading.
        max_nodes: how many nodes are drawn at once.
        exposure: the kind of exposure to keep to.
        valid_on: the day on which relationships are in force.
        portfolio: the reader's own vendors, laid over this graph.
        done: what was done about an incident (an IRI), as properties; see `kg.view.responses`.

    Raises:
        KGError: hops is negative, max_nodes is out of its bounds, the exposure is another word, or the day is no date.
    """
    if (hops := whole_number(hops, "hops")) < 0:
        raise KGError(f"hops is {hops}; it cannot be negative")
    if not FEWEST <= (max_nodes := whole_number(max_nodes, "max nodes")) <= MOST:
        raise KGError(f"max nodes is {max_nodes}; a page draws between {FEWEST} and {MOST:,} at once")
    check_exposure(exposure)
    marks, valid_on = portfolio or Marks(), as_day(valid_on)
    known = list(harms(_in_force(projection, valid_on), projection.nodes))
    near = {} if focus is None else _steps(known, focus, hops)
    shown = known if focus is None else _within(known, near)
    if exposure is not None:
        asked = set() if focus is None else _answering(projection, known, focus, hops, kind=exposure, valid_on=valid_on)
        shown = _of_kind(shown, exposure, near, asked)
        shown = shown if focus is None else _within(shown, _steps(shown, focus, hops))
    kept = {end for edge, _ in shown for end in (edge.source, edge.target)}
    # What no edge touches would only float, unless it is what the reader asks about.
    kept |= {focus.iri} if focus else marks.functions.keys()
    edges = _edges(projection, evidence, shown)
    nodes = _nodes(projection, sorted(kept), supply, _tiers(projection, shown, focus), marks)
    if done:
        nodes = tuple(replace(node, properties=(*node.properties, *done.get(node.id, ()))) for node in nodes)
    documents = sorted({quote.document for edge in edges for quote in edge.quotes if quote.document})
    heading = title or (f"Exposure around {focus.label}" if focus else "Third-party incidents")
    note = _note(marks, near, focus, hops, valid_on=valid_on, exposure=exposure)
    part = len(shown) < len(known)
    return Page(heading, nodes, edges, focus.iri if focus else "", tuple(documents), note, max_nodes, part)


def _steps(edges: list[Worded], focus: Thing, hops: int) -> dict[str, int]:
    """How many steps from the focus everything is that is within `hops`."""
    return distances(neighbours(edge for edge, _ in edges), focus.iri, hops)


def _within(edges: list[Worded], near: Mapping[str, int]) -> list[Worded]:
    """The edges between what is near."""
    return [(edge, word) for edge, word in edges if edge.source in near and edge.target in near]


def _answering(
    projection: Projection, known: Sequence[Worded], focus: Thing, hops: int, *, kind: str, valid_on: date | None
) -> set[tuple[str, str, str]]:
    """The edges on which exposure of one kind of the focus, or through it, rests: a vendor may have been hit for certain, and its customer perhaps.

    They are the incidents, and every way of at most `hops` tiers, not a nearest alone.
    """
    asked: set[tuple[str, str, str]] = set()
    suppliers, customers = _supply(edge for edge, _ in known)
    for ask, ahead, back in ((exposed, suppliers, customers), (blast_radius, customers, suppliers)):
        found = [one for one in ask(projection, focus.iri, hops, valid_on=valid_on) if one.word == kind]
        asked |= {_key(told.edge) for one in found for told in one.events}
        ends = {one.node.iri for one in found}
        passed = {iri for iri in ahead if iri == focus.iri or not ends_paths(projection, iri)}
        gone = distances({iri: ahead[iri] for iri in passed}, focus.iri, hops)
        # All ends are one step from a start before them.
        left = distances({"": ends, **{iri: back[iri] for iri in back if iri in ends | passed}}, "", hops)
        asked |= {
            (there, "usesVendor", here) if ahead is customers else (here, "usesVendor", there)
            for here in gone.keys() & passed
            for there in ahead[here]
            if there != focus.iri and gone[here] + left.get(there, hops + 1) <= hops
        }
    return asked


def _key(edge: Statement) -> tuple[str, str, str]:
    return edge.source, edge.type, edge.target


def _supply(edges: Iterable[Statement]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The suppliers of each customer, and the customers of each supplier."""
    suppliers: dict[str, list[str]] = defaultdict(list)
    customers: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge.type == "usesVendor" and edge.certainty != Certainty.DENIED:
            suppliers[edge.source].append(edge.target)
            customers[edge.target].append(edge.source)
    return suppliers, customers


def _of_kind(
    edges: list[Worded], exposure: str, near: Mapping[str, int], asked: set[tuple[str, str, str]]
) -> list[Worded]:
    """The exposure of customers of one kind, what is asked besides, the shortest ways there from the focus, of whatever kind, and what is no customer's exposure."""
    ways = [(sorted((near.get(end, 0), end) for end in (edge.source, edge.target)), edge, word) for edge, word in edges]
    kept: list[Worded] = []
    led: set[str] = set()
    # From the farthest inwards, and first between two that are equally far: whatever a way goes on to has been met before.
    for ends, edge, word in sorted(ways, key=lambda way: (way[0][1][0], way[0][0][0]), reverse=True):
        (least, closer), (most, further) = ends
        of_customers = word != "" and edge.type != "breached"
        if _key(edge) in asked or (of_customers and word == exposure) or (further in led and least < most):
            led |= {closer, further} if least == most else {closer}
        elif of_customers:
            continue
        kept.append((edge, word))
    return kept


def _note(
    marks: Marks,
    near: Mapping[str, int],
    focus: Thing | None,
    hops: int,
    *,
    valid_on: date | None,
    exposure: str | None,
) -> str:
    """What the reader should know of what is not on the page."""
    told = [f"Supply relationships in force on {valid_on.isoformat()}."] if valid_on else []
    if exposure:
        ways = f", and the ways there from {focus.label}" if focus else ""
        told.append(f"Only {exposure} exposure of customers{ways}.")
    far = sum(iri not in near for iri in marks.functions)
    if far and focus:
        told.append(f"Vendors of the portfolio that are not within {hops} steps of {focus.label}: {far}.")
    if marks.lost:
        told.append(f"Not shown of the portfolio: {'; '.join(marks.lost)}.")
    return " ".join(told)


def _in_force(projection: Projection, when: date | None) -> Iterator[Statement]:
    """The edges that pages show, with the relationships that are in force on a day."""
    for edge in projection.edges:
        if edge.type in _TOLD_TWICE:
            continue
        if when is None or edge.holds_on(when):
            yield edge if when is None else edge.on(when)


def _tiers(projection: Projection, shown: Iterable[Worded], focus: Thing | None) -> dict[str, int]:
    """Supply-chain distance from the focus, in whichever direction is shorter."""
    if focus is None:
        return {}
    suppliers, customers = _supply(edge for edge, _ in shown)
    for steps in (suppliers, customers):
        for end in [iri for iri in steps if iri != focus.iri and ends_paths(projection, iri)]:
            del steps[end]
    up, down = (distances(steps, focus.iri, _DEEPEST) for steps in (suppliers, customers))
    return {iri: min(up.get(iri, _DEEPEST), down.get(iri, _DEEPEST)) for iri in up | down}


def _nodes(
    projection: Projection, kept: Iterable[str], supply: Snapshot, tiers: Mapping[str, int], marks: Marks
) -> tuple[Node, ...]:
    from kg.exposure.spof import dependents  # noqa: PLC0415 - scipy takes its time

    sole_for = dependents(supply)
    spared_by: dict[str, list[str]] = defaultdict(list)
    for customer, vendor in left_alone(projection):
        spared_by[customer].append(vendor)
    return tuple(
        replace(
            _node(projection.nodes[iri]),
            tier=tiers.get(iri),
            sole_for=sole_for.get(iri, 0),
            portfolio=marks.functions.get(iri, ""),
            left_alone_by=tuple(spared_by.get(iri, ())),
        )
        for iri in kept
    )


def _node(node: Thing) -> Node:
    # The first and the last day of a date as printed are what it means, and the page has them in fields of their own.
    apart = {"url", *(_BOUNDS if any(name == "date" for name, _ in node.properties) else ())}
    properties = tuple(
        (name, date_words(value) if name == "date" else value) for name, value in node.properties if name not in apart
    )
    properties += tuple(("identifier", identifier) for identifier in node.identifiers)
    url = next((value for name, value in node.properties if name == "url"), "")
    printed = next((value for name, value in node.properties if name == "industry"), "")
    sector = (node.sector or printed) if node.kind in ORGANIZATIONS else ""
    since, until = node.days
    return Node(node.iri, node.label, node.kind, node.aliases, properties, url, sector=sector, since=since, until=until)


def _edges(projection: Projection, evidence: Evidence, shown: list[Worded]) -> tuple[Edge, ...]:
    evidence.read_ahead(standing(edge for edge, _ in shown), sum(len(edge.claims) for edge in projection.edges))
    dates = {iri: _happened(node) for iri, node in projection.nodes.items() if node.kind == "incident"}
    told = {
        _id(edge): f"documents disagree whether {one.party.label} was affected; {one.holds}"
        for one in disputes(projection)
        for edge in one.told
    }
    return tuple(_edge(edge, word, evidence, dates, told.get(_id(edge), "")) for edge, word in shown)


def disputes(projection: Projection) -> list[Dispute]:
    """Return the parties of all incidents of which documents say both that they were affected and that they were not."""
    parties = {edge.target for edge in projection.edges if edge.type in (SPARED, OVERTAKEN)}
    return [dispute for party in sorted(parties) for dispute in disputes_about(projection, party)]


def _id(edge: Statement) -> str:
    return f"{edge.source} {edge.type} {edge.target}"


def _edge(edge: Statement, exposure: str, evidence: Evidence, dates: Mapping[str, Held], disputed: str) -> Edge:
    quotes = tuple(quoted(quote) for quote in evidence.quotes(edge.claim_iris))
    status = ""
    # An edge is of the day of the incident it touches.
    printed, spans = dates.get(edge.source) or dates.get(edge.target) or _held(edge)
    if edge.type == "usesVendor" and edge.status != "unknown":
        status = edge.status
    return Edge(
        _id(edge),
        edge.source,
        edge.target,
        edge.type,
        LABELS.get(edge.type, edge.type.replace("_", " ")),
        edge.certainty,
        edge.basis if edge.claims else "",
        exposure,
        status,
        printed,
        quotes,
        spans[0][0],
        spans[-1][1],
        tuple(spans) if len(spans) > 1 else (),
        disputed,
    )


def _happened(incident: Thing) -> Held:
    """The date of an incident as printed, and its first and last day."""
    return date_words(next((value for name, value in incident.properties if name == "date"), "")), [incident.days]


def _held(edge: Statement) -> Held:
    """The times in which relationships of an edge were in force, as printed, and the first and the last day of each."""
    spans = edge.spans or [(None, None)]
    # The day on which one is over is printed as answers print it, and is none that it holds on.
    printed = "; ".join(_term(*span) for span in spans)
    return printed, [(str(begin or ""), str(end - timedelta(days=1) if end else "")) for begin, end in spans]


def _term(begin: date | None, end: date | None) -> str:
    """A time in which a relationship was in force, in words; "" for all of time."""
    if begin and end:
        return f"{begin} to {end}"
    return f"since {begin}" if begin else f"until {end}" if end else ""


def quoted(found: Found) -> Quote:
    """Return a claim as pages show it."""
    place = f"{found.record}, characters {found.span[0]}-{found.span[1]}" if found.span else found.record
    # Beside its source a bare date would read as the day on which that was published.
    date = f"incident of {date_words(found.date)}" if found.date else ""
    return Quote(
        found.words, found.document, place, found.span, found.source, found.url, date,
        found.certainty, found.basis,
        found.extractor, found.confidence, found.iri,
    )  # fmt: skip

"""The user's own vendors against the graph: which function stands on a breached nth party, which on one vendor alone.

The list is laid over the graph and never becomes part of it. A row that names no organization for certain is reported
with its candidates, never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kg.checks import depth_of
from kg.errors import KGError
from kg.exposure import concentrations, reach, spof, whatif
from kg.exposure.measured import Measured
from kg.exposure.nearness import breaches
from kg.exposure.statements import ORGANIZATIONS
from kg.exposure.structure import CERTAINTIES, reaching
from kg.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.exposure.names import Finder
    from kg.exposure.portfolio import Portfolio, PortfolioEntry
    from kg.exposure.scope import Scope
    from kg.exposure.statements import Node
    from kg.model import Defect

_COLUMNS = (
    "row", "vendor", "function", "critical", "outcome", "organization", "tier", "breached", "incidents", "exposure", "certainty",
    "path", "stands_on", "candidates",
)  # fmt: skip
_NOTHING = (None, None, (), "", "", ())
"""What is told of a vendor that stands on no breached organization."""
NOT_IN_FORCE = "not in force"
"""The outcome of a row whose vendor is not used on the day that is asked about."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """One row of the list: the organization it stands for, or those it may stand for."""

    entry: PortfolioEntry
    node: Node | None
    candidates: tuple[Node, ...] = ()

    @property
    def outcome(self) -> str:
        """Return "resolved", "review" where there are candidates, or "unknown"."""
        return "resolved" if self.node else "review" if self.candidates else "unknown"


def resolved(finder: Finder, portfolio: Portfolio) -> list[Resolved]:
    """Return what every row stands for: by identifier, then by name, then by domain.

    A name that nothing has is read as lists of suppliers are: "Acme Cloud (AC)" is Acme Cloud, "Acme / Zenith" may be either,
    and so may be who is near to one of the two that nothing has.
    """
    return [Resolved(one, *_vendor(finder, one)) for one in portfolio.entries]


def standing_for(finder: Finder, name: str, lei: str = "", domain: str = "") -> tuple[Node | None, tuple[Node, ...]]:
    """Return the organization that a row of a list stands for, None if there is not exactly one, and then the candidates."""
    found = _found(finder, name, lei, domain)
    if len(found) == 1:
        return found[0], ()
    return None, tuple(found or (finder.near(name, ORGANIZATIONS) if name else ()))


def _found(finder: Finder, name: str, lei: str, domain: str) -> list[Node]:
    """The organizations that have what identifies a row, by the first of it that any has."""
    for sought in (f"lei:{lei}" if lei else "", lei, name, f"domain:{domain}" if domain else ""):
        if sought and (found := finder.all(sought, ORGANIZATIONS)):
            return found
    return []


def _vendor(finder: Finder, entry: PortfolioEntry) -> tuple[Node | None, tuple[Node, ...]]:
    """As `standing_for`, for a vendor, whose name may be printed with more beside it."""
    if not entry.name or _found(finder, entry.name, entry.lei, entry.domain):
        return standing_for(finder, entry.name, entry.lei, entry.domain)
    from kg.extract.suppliers.names import read_supplier  # noqa: PLC0415 - most names are found as they are printed

    told = read_supplier(entry.name)
    if known := frozenset(name for name in told.doubtful if finder.all(name, ORGANIZATIONS)):
        told = read_supplier(entry.name, known)
    found = {name: finder.all(name, ORGANIZATIONS) for name in told.names}
    near = {name: finder.near(name, ORGANIZATIONS) for name, nodes in found.items() if not nodes}
    own = found[told.names[0]] if told.names else []
    tied = {name for one, _, other in told.affiliations for name in (one, other)}
    if (
        len(own) == 1
        and not told.doubtful
        and all(
            nodes == own or (not nodes and name in tied and near[name] in ([], own)) for name, nodes in found.items()
        )
    ):
        return own[0], ()
    nodes = [node for name, each in found.items() for node in each or near[name]]
    if not any(found.values()):
        nodes = [*finder.near(entry.name, ORGANIZATIONS), *nodes]
    return None, tuple(dict.fromkeys(nodes))


def overlaid(scope: Scope, finder: Finder, ours: Portfolio, theirs: Portfolio | None, depth: int | None) -> Measured:
    """Return a row for each vendor of the list and each breached organization that it is or stands on.

    Of a vendor that is not used on the day that is asked about, the one row says so.

    Raises:
        KGError: the list is empty, or depth is below 1.
    """
    if not ours.entries:
        raise KGError("the portfolio is empty")
    depth, told = depth_of(depth), []
    rows: list[tuple[Any, ...]] = []
    for one in resolved(finder, ours):
        if one.entry.holds_on(scope.valid_on):
            told.append(one)
        else:
            rows.append((*_head(one)[:4], NOT_IN_FORCE, one.node, *_NOTHING, (), ()))
    gone, sole = len(rows), _sole_points(scope, told)
    for one in told:
        points = tuple(map(scope.node, sole.get(_function(one), ())))
        rows += [(*_head(one), *hit, points, ()) for hit in _hits(scope, one, depth)] or [
            (*_head(one), *_NOTHING, points, one.candidates)
        ]
    summary = _summary(told, ours.defects if scope.valid_on is None else ours.defects + ours.undated)
    if gone:
        summary |= {"rows": len(ours.entries), "not_in_force": gone}
        rows.sort(key=itemgetter(0))
    if theirs is not None:
        peers = [one.node.iri for one in resolved(finder, theirs) if one.node and one.entry.holds_on(scope.valid_on)]
        summary["overlap"] = whatif.overlap(scope.widest, [one.node.iri for one in told if one.node], peers, depth)
    return Measured("portfolio", {**scope.parameters, "depth": depth}, _COLUMNS, rows, summary)


def _head(one: Resolved) -> tuple[Any, ...]:
    entry = one.entry
    return entry.row, entry.name or entry.lei, entry.function, entry.critical, one.outcome, one.node


def _hits(scope: Scope, one: Resolved, depth: int | None) -> Iterable[tuple[Any, ...]]:
    """Tier, breached organization, its incidents, exposure, certainty and path: the nearest first."""
    if one.node is None:
        return
    start = one.node.iri
    deeper = None if depth is None else depth - 1
    tiers = {start: 0} | (reach.tiers(scope.widest, start, deeper) if deeper != 0 and start in scope.widest else {})
    for iri, tier in sorted(tiers.items(), key=lambda item: (item[1], scope.node(item[0]).order)):
        events = breaches(scope.around, iri, scope.bounds[-1])
        if tier:
            events = reaching(scope.around, start, events)
        if events:
            path = reach.witnesses(scope.widest, iri, [start])[start] if tier else (start,)
            certainty = min((event.edge.certainty for event in events), key=CERTAINTIES.index)
            # Documents name the vendors of the list; that a breach of one harmed the reader's organization, none says.
            named = {
                edge.certainty for event in events for edge in scope.around.out("affectsDownstream", event.incident.iri)
                if edge.target == start and tier
            }  # fmt: skip
            yield (
                tier + 1,
                scope.node(iri),
                tuple(event.incident for event in events),
                "confirmed" if Certainty.CONFIRMED in named else "potential",
                certainty,
                tuple(map(scope.node, path)),
            )


def _function(one: Resolved) -> tuple[str, int]:
    """Rows of one function belong together; a row without one stands for itself."""
    return (one.entry.function, 0) if one.entry.function else ("", one.entry.row)


def _sole_points(scope: Scope, told: list[Resolved]) -> dict[tuple[str, int], list[str]]:
    """Function -> the organizations that every one of its vendors is or cannot do without; none where one is unresolved."""
    sole = spof.SinglePoints(scope.widest)
    found: dict[tuple[str, int], list[str]] = {}
    for one in told:
        own = [one.node.iri, *sole.of(one.node.iri)] if one.node else []
        before = found.get(_function(one))
        found[_function(one)] = own if before is None else [iri for iri in before if iri in own]
    return found


def _summary(told: list[Resolved], defects: Sequence[Defect]) -> dict[str, Any]:
    counts: dict[str, Any] = {"rows": len(told)}
    counts |= {name: sum(one.outcome == name for one in told) for name in ("resolved", "review", "unknown")}
    wrong = [f"{defect.place}: {defect.reason}" for defect in defects]
    # An amount without a currency is in the one that others of its column have.
    currencies = sorted({one.entry.currency for one in told if one.entry.spend} - {""})
    if len(currencies) > 1:
        wrong.append(f"amounts in {' and '.join(currencies)} cannot be added up")
    if wrong:
        counts["defects"] = wrong
    if len(currencies) <= 1:
        spend: dict[str, float] = {}
        for one in told:
            if one.entry.spend is not None:
                name = one.node.iri if one.node else f"row {one.entry.row}"
                spend[name] = spend.get(name, 0.0) + float(one.entry.spend)
        if any(spend.values()):
            counts["spend_hhi"] = concentrations.concentration_of(spend.values()).hhi
    else:
        counts["spend_hhi"] = None
    return counts

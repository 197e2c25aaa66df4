"""Questions to the incidents of a graph: ripples, sectors, times, windows."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.dates import parse_edtf
from kg.errors import KGError
from kg.evidence import record_of
from kg.exposure import incidents
from kg.exposure.disputes import SPARED
from kg.exposure.measured import Measured
from kg.exposure.statements import ORGANIZATIONS
from kg.model import Certainty
from kg.store.reading import text_of
from kg.vocabulary import BKG, REUSED

if TYPE_CHECKING:
    from kg.exposure.projection import Projection
    from kg.exposure.scope import Scope
    from kg.exposure.statements import Edge, Node

MOMENTS = ("occurred", "discovered", "disclosed", "reported")


def told_ripples(projection: Projection) -> list[tuple[Node, incidents.Ripple]]:
    """Return every incident that is not denied with its generators, its named receivers and the bounds of its unnamed ones, oldest first."""
    found = []
    for node in projection.nodes.values():
        if node.kind == "incident" and not node.denied:
            spared = {edge.target for edge in projection.out(SPARED, node.iri)}
            harmed = [
                e
                for e in projection.out("affectsDownstream", node.iri)
                if e.certainty != Certainty.DENIED and e.target not in spared
            ]
            named = [edge for edge in harmed if projection.nodes[edge.target].kind in ORGANIZATIONS]
            groups = [projection.nodes[edge.target] for edge in harmed if projection.nodes[edge.target].kind == "group"]
            lows, highs = zip(*map(_bounds, groups), strict=True) if groups else ((), ())
            breached = (e.target for e in projection.out("breached", node.iri) if e.certainty != Certainty.DENIED)
            told = incidents.Ripple(
                node.iri,
                tuple(dict.fromkeys(one for one in breached if projection.nodes[one].kind in ORGANIZATIONS)),
                tuple(dict.fromkeys(e.target for e in named if e.certainty == Certainty.CONFIRMED)),
                tuple(dict.fromkeys(e.target for e in named if e.certainty != Certainty.CONFIRMED)),
                sum(lows),
                None if None in highs else sum(high for high in highs if high is not None),
            )
            found.append((node, told))
    return sorted(found, key=lambda pair: (pair[0].span or (date.max, date.max), pair[0].iri))


def _bounds(group: Node) -> tuple[int, int | None]:
    told = dict(group.properties)
    high = told.get("at most")
    # A group of which no size is printed has somebody in it, and no upper bound.
    return int(told.get("at least", 1)), None if high is None else int(high)


def _kept(scope: Scope) -> list[tuple[Node, incidents.Ripple]]:
    """The incidents that touch an organization that is kept; where all are kept, also those that touch nobody who is named."""
    return [
        (node, told)
        for node, told in told_ripples(scope.projection)
        if scope.members is None or any(map(scope.keeps, (*told.generators, *told.receivers)))
    ]


def rippled(scope: Scope) -> Measured:
    """Return the ripples, those with the most receivers first; the summary has their statistics and the multiplier."""
    kept = _kept(scope)
    chosen = {told.incident for told in incidents.ripples(told for _, told in kept)}
    rows = [
        (
            node, tuple(map(scope.node, told.generators)), *(len(_named(told, bound)) for bound in scope.bounds),
            told.unnamed_low, told.unnamed_high, node.printed("date"),
        )
        for node, told in sorted(kept, key=lambda one: (-len(one[1].receivers), -len(one[1].confirmed), one[0].iri))
        if told.incident in chosen
    ]  # fmt: skip
    records = [told for _, told in kept]
    multiplier = asdict(incidents.downstream_multiplier(records))
    for bound, name in (("confirmed", "confirmed"), ("potential", "named")):
        if bound not in scope.bounds:
            del multiplier[name]
    summary = {
        bound: asdict(incidents.ripple_statistics(records, confirmed=bound == "confirmed")) for bound in scope.bounds
    }
    summary["downstream_multiplier"] = multiplier
    columns = ("incident", "breached", *scope.bounds, "unnamed_low", "unnamed_high", "date")
    return Measured("ripple", {**scope.parameters, "by": "event"}, columns, rows, summary)


def _named(told: incidents.Ripple, bound: str) -> tuple[str, ...]:
    """The receivers that count for a bound."""
    return told.confirmed if bound == "confirmed" else told.receivers


def sectors(scope: Scope) -> Measured:
    """Return from which sector to which incidents passed, with lift; organizations of no known sector are counted beside."""
    found: dict[str, dict[tuple[str, str], incidents.Lift]] = {}
    summary = {}
    kept = [told for _, told in _kept(scope)]
    for bound in scope.bounds:
        ends = [(source, target) for told in kept for source in told.generators for target in _named(told, bound)]
        pairs = [
            (scope.sectors[source], scope.sectors[target])
            for source, target in ends
            if source in scope.sectors and target in scope.sectors
        ]
        found[bound] = {(one.generator, one.receiver): one for one in incidents.sector_lift(pairs)}
        summary[bound] = {"pairs": len(pairs), "pairs_without_sector": len(ends) - len(pairs)}
    rows: list[tuple[Any, ...]] = []
    for pair in found[scope.bounds[-1]]:
        cells = (
            (one.observed, one.expected, one.lift) if (one := told.get(pair)) else (0, None, None)
            for told in found.values()
        )
        rows.append((*pair, *(cell for told in cells for cell in told)))
    named = (f"{name}_{bound}" for bound in scope.bounds for name in ("observed", "expected", "lift"))
    return Measured("ripple", {**scope.parameters, "by": "sector"}, ("from_sector", "to_sector", *named), rows, summary)


def windows(scope: Scope, on: date | None) -> Measured:
    """Return how many incidents lie in the windows up to a day, the last one known if none is given.

    Raises:
        KGError: no incident has a date.
    """
    spans = [span for node, _ in _kept(scope) if (span := node.span) is not None]
    last = on or _last(spans)
    told = incidents.monitor(spans, last)
    rows = [(one.days, one.low, one.high) for one in told.windows]
    summary = {"velocity_low": told.velocity_low, "velocity_high": told.velocity_high, "incidents": len(spans)}
    parameters = {**scope.parameters, "by": "window", "on": last.isoformat()}
    return Measured("ripple", parameters, ("days", "low", "high"), rows, summary)


def _last(spans: list[tuple[date, date]]) -> date:
    if not spans:
        raise KGError("no incident of these has a date")
    return max(end for _, end in spans)


def times(scope: Scope, start: str, end: str, on: date | None, confidence: float) -> Measured:
    """Return Kaplan-Meier curves of the days between two moments of an incident, by the shortest and longest reading.

    A date that is known by month may be its first day or its last: `shortest` takes the nearest days of both moments,
    `longest` the farthest. What has come to its end only after the last day is censored on it, never dropped; what begins
    later is none of them. Without `on` the last day is the last one known.

    An incident of which no document prints the day of the end has come to it all the same, for it could not be told of
    else: it did so before its document, on a day that is not known. To censor it on the last day would have it unreported
    until now, so it is left out and counted as `undated`: the curve is that of the incidents that tell both days.

    Raises:
        KGError: a moment is unknown, or no incident tells both when it began and when it ended.
    """
    if start not in MOMENTS or end not in MOMENTS or MOMENTS.index(start) >= MOMENTS.index(end):
        raise KGError(f"times run from one of {', '.join(MOMENTS)} to a later one, not from {start!r} to {end!r}")
    begun, over = _moments(scope, start), _moments(scope, end)
    kept = {node.iri: node.span for node, _ in _kept(scope)}
    if not any(iri in begun for iri in kept):
        raise KGError(f"no incident of these tells when it {start}")
    if not any(iri in begun and iri in over for iri in kept):
        raise KGError(f"no incident of these has both days: {start} and {end}")
    last = on or _last([span for span in (*begun.values(), *over.values(), *kept.values()) if span])
    rows: list[tuple[Any, ...]] = []
    summary: dict[str, Any] = {}
    for reading, near, far in (("shortest", 1, 0), ("longest", 0, 1)):
        begin = [iri for iri in kept if iri in begun and begun[iri][near] <= last]
        known = [iri for iri in begin if iri in over]
        ended = [over[iri][far] <= last for iri in known]
        days = [
            max(0, ((over[iri][far] if done else last) - begun[iri][near]).days)
            for iri, done in zip(known, ended, strict=True)
        ]
        curve = incidents.kaplan_meier(days, ended, confidence)
        rows += [(reading, int(one.time), one.at_risk, one.events, one.survival, one.low, one.high) for one in curve]
        summary[reading] = {
            "median_days": incidents.time_to(0.5, curve),
            "days_to_75_percent": incidents.time_to(0.75, curve),
            "incidents": len(known),
            "censored": ended.count(False),
            "undated": len(begin) - len(known),
        }
    told_of = {"by": "time", "from": start, "to": end, "on": last.isoformat(), "confidence": confidence}
    columns = ("reading", "days", "at_risk", "ended", "remaining", "low", "high")
    return Measured("ripple", scope.parameters | told_of, columns, rows, summary)


def _moments(scope: Scope, name: str) -> dict[str, tuple[date, date]]:
    """Incident that is not denied -> the earliest and latest day of a moment; of several the first, and none that is open."""
    found: dict[str, tuple[date, date]] = {}
    denied = {iri for iri, node in scope.projection.nodes.items() if node.denied}
    for iri, text in scope.store.pairs(BKG[name][1:-1]):
        if iri not in denied and (span := _span(text)) is not None:
            found[iri] = min(span, found.get(iri, span))
    return found


def receivers(scope: Scope, share: float) -> Measured:
    """Return in how many days a share of the receivers of each incident was known, counted from the first report of it.

    A receiver is known from the day of the first document that names it, at once if that is the first report; where days are
    known by month, `shortest` and `longest` are the bounds. Receivers of which no document has a day are counted, and left
    out of the share.

    Raises:
        KGError: the share is not above 0 and at most 1.
    """
    reported, rows = _reports(scope), []
    for node, told in _kept(scope):
        if node.iri not in reported or not told.receivers:
            continue
        days = _days(reported[node.iri], scope.projection.out("affectsDownstream", node.iri))
        cells: list[Any] = []
        for bound in scope.bounds:
            named = _named(told, bound)
            known = [days[iri] for iri in named if iri in days]
            taken = (incidents.day_of_share((one[at] for one in known), share) for at in (0, 1))
            cells += [len(named), len(named) - len(known), *taken]
        first = min(reported[node.iri].values())[0]
        rows.append((node, tuple(map(scope.node, told.generators)), first.isoformat(), *cells))
    rows.sort(key=lambda row: (-(row[-1] or 0), -row[-4], row[0].iri))
    columns = ("receivers", "undated", "shortest", "longest")
    named_by = (f"{name}_{bound}" for bound in scope.bounds for name in columns)
    parameters = {**scope.parameters, "by": "receivers", "share": share}
    return Measured("ripple", parameters, ("incident", "breached", "first", *named_by), rows, {"incidents": len(rows)})


def _days(reports: dict[str, tuple[date, date]], harmed: list[Edge]) -> dict[str, tuple[int, int]]:
    """Receiver -> the fewest and the most days from the first report of an incident to the first that names it."""
    start, end = min(reports.values())
    first = [record for record, span in reports.items() if span == (start, end)]
    found = {}
    for edge in harmed:
        by = [record for claim in edge.claims if (record := record_of(claim.iri)) in reports]
        if len(first) == 1 and first[0] in by:
            found[edge.target] = (0, 0)
        elif by:
            known = min(reports[record] for record in by)
            found[edge.target] = (max(0, (known[0] - end).days), (known[1] - start).days)
    return found


def _reports(scope: Scope) -> dict[str, dict[str, tuple[date, date]]]:
    """Incident -> the records of documents that tell of it, and the day of the report that each is."""
    values, subjects = (dict(scope.store.pairs(REUSED[f"rdf:{part}"][1:-1])) for part in ("object", "subject"))
    found: dict[str, dict[str, tuple[date, date]]] = {}
    for quad in scope.store.find(None, REUSED["rdf:predicate"][1:-1], BKG["reported"][1:-1]):
        claim = text_of(quad.subject)
        if (span := _span(values.get(claim, ""))) is not None:
            told, record = found.setdefault(subjects.get(claim, ""), {}), record_of(claim)
            told[record] = min(span, told.get(record, span))
    return found


def _span(text: str) -> tuple[date, date] | None:
    """The earliest and the latest day of a date as a graph has it, None where it is open."""
    when = parse_edtf(text)
    return (when.earliest, when.latest) if when.earliest and when.latest else None


BY = ("event", "receivers", "sector", "time", "window")
"""What `kg ripple --by` may say."""
UP_TO_A_DAY = ("time", "window")
"""Those that count incidents up to a day, however sure their receivers are."""

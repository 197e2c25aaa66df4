"""Where documents of one incident disagree about a party: that it was affected, and that it was not.

What a later document says holds, as for any fact that can be one thing only. Where it is not known which is the later one,
the party was left alone: harm is not told of somebody who is said to have taken none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from kg.dates import parse_edtf
from kg.evidence import record_of
from kg.exposure.statements import Edge
from kg.model import Certainty, DateOf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from kg.exposure.statements import Claim, Node, Surroundings

SPARED = "customer_unaffected"
"""The type of a statement that an incident left a party alone."""
OVERTAKEN = "formerly_unaffected"
"""The type of such a statement where a later document of the incident says that the party was affected."""
HARMS = ("breached", "affectsDownstream")
"""Edge types by which an incident may have harmed an organization."""
TOLD_ON = (DateOf.DISCLOSED, DateOf.REPORTED)
"""The moments of an incident at which somebody told of it, which a document does not tell of before."""
Days: TypeAlias = "Mapping[str, tuple[date, date | None]]"
"""Record -> the earliest and the latest day that its document may be of, None where that is not known; what no day is
known of is not there."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A party of an incident of which documents say both, with the statement of either side."""

    party: Node
    incident: Node
    told: tuple[Edge, ...]

    @property
    def overtaken(self) -> bool:
        """Return whether what a later document says holds: that the party was affected."""
        return any(edge.type == OVERTAKEN for edge in self.told)

    @property
    def holds(self) -> str:
        """Return what counts, in words."""
        return "a later one says that it was" if self.overtaken else "it counts as not affected"

    @property
    def claims(self) -> list[str]:
        """Return the claims behind both sides, each once."""
        return list(dict.fromkeys(claim.iri for edge in self.told for claim in edge.claims))


def days_of(told: Iterable[tuple[str, str, Iterable[Claim]]]) -> Days:
    """Return the day of every record that tells when its incident was told of; of several the last.

    A document may look back at a disclosure from any distance, so that one bounds its day from below only.

    Args:
        told: the moment, one of `TOLD_ON`, and its date as printed (EDTF), each with its claims.
    """
    earliest: dict[str, date] = {}
    latest: dict[str, date] = {}
    for moment, text, claims in told:
        when = parse_edtf(text)
        if when.earliest and when.latest:
            for record in {record_of(claim.iri) for claim in claims}:
                earliest[record] = max(when.earliest, earliest.get(record, when.earliest))
                if moment == DateOf.REPORTED:
                    latest[record] = max(when.latest, latest.get(record, when.latest))
    # What was disclosed after the report is told of in a document that is no longer the report.
    known = {record: day for record, day in latest.items() if earliest[record] <= day}
    return {record: (day, known.get(record)) for record, day in earliest.items()}


def involvements(
    told: Iterable[tuple[tuple[str, str, str], Iterable[Claim]]],
    claims: Callable[[str, str, str], Iterable[Claim]],
    days: Callable[[str], Days],
) -> list[Edge]:
    """Return the statements of parties in incidents, each once, as `OVERTAKEN` those that a later document says otherwise of.

    Args:
        told: incident, role and party of each involvement, with its claims; a document may tell of one organization in one
            role by two names.
        claims: gives those of an incident, a type of harm and a party.
        days: gives the days of the records of an incident; asked only where both are said.
    """
    found: dict[tuple[str, str, str], list[Claim]] = {}
    for statement, own in told:
        found.setdefault(statement, []).extend(own)
    return [_as_it_holds(Edge(*statement, tuple(own)), claims, days) for statement, own in found.items()]


def _as_it_holds(edge: Edge, claims: Callable[[str, str, str], Iterable[Claim]], days: Callable[[str], Days]) -> Edge:
    if edge.type != SPARED or not edge.claims:
        return edge
    harm = [claim for kind in HARMS for claim in claims(edge.source, kind, edge.target)]
    against = [claim for claim in harm if claim.certainty != Certainty.DENIED]
    if not against:
        return edge
    known = days(edge.source)
    spared = [known.get(record_of(claim.iri), (None, None))[1] for claim in edge.claims]
    later = [known[record][0] for claim in against if (record := record_of(claim.iri)) in known]
    if not later or any(day is None or max(later) <= day for day in spared):
        return edge
    return replace(edge, type=OVERTAKEN)


def sparing(projection: Surroundings, vendor: str, *kinds: str) -> list[Edge]:
    """Return the statements of some types about the incidents that harmed a vendor."""
    incidents = sorted({edge.source for kind in HARMS for edge in projection.into(kind, vendor)})
    return [edge for incident in incidents for kind in kinds for edge in projection.out(kind, incident)]


def disputes_about(projection: Surroundings, organization: str) -> list[Dispute]:
    """Return the incidents of which documents say both that an organization was affected and that it was not."""
    return _disputes(projection, (edge for kind in (SPARED, OVERTAKEN) for edge in projection.into(kind, organization)))


def disputes_at(projection: Surroundings, vendor: str) -> list[Dispute]:
    """Return the parties of incidents that harmed a vendor of which documents say both that they were affected and that they were not."""
    return _disputes(projection, sparing(projection, vendor, SPARED, OVERTAKEN))


def _disputes(projection: Surroundings, sparing: Iterable[Edge]) -> list[Dispute]:
    found = []
    for edge in sparing:
        against = [
            one for kind in HARMS for one in projection.out(kind, edge.source)
            if one.target == edge.target and one.certainty != Certainty.DENIED
        ]  # fmt: skip
        if against:
            found.append(Dispute(projection.nodes[edge.target], projection.nodes[edge.source], (*against, edge)))
    return found

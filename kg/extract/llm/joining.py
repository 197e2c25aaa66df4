"""What a model has pointed at, added to what the package's own reader has found: nothing found is changed or taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from kg.model import EXPOSED
from kg.names import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.model import Action, DataExposure, Incident, IncidentDate, Party, RecordCount, SupplyRelationship

_Fact = TypeVar("_Fact", "DataExposure", "RecordCount", "IncidentDate", "Action")


def joined(own: Sequence[Incident], told: Sequence[Incident]) -> list[Incident]:
    """Return the incidents of the package's own reader with what a model adds, then those that the model alone tells of.

    Two are one incident where a party was exposed in both, or where there is one on either side.
    """
    found = list(own)
    for incident in told:
        at = next((at for at, other in enumerate(found) if exposed(other) & exposed(incident)), None)
        if at is None and len(own) == len(told) == 1:
            at = 0
        if at is None:
            number = max((other.number for other in found), default=0) + 1
            found.append(replace(incident, id=str(number), number=number))
        else:
            found[at] = added(found[at], incident)
    return found


def exposed(incident: Incident) -> set[str]:
    """Return the keys of the names of those that were breached, or hit through another."""
    return {key(party.name) for party in incident.parties if party.role in EXPOSED}


def added(own: Incident, told: Incident) -> Incident:
    """Return an incident with what the same incident, told by another, has beyond it."""
    names = {key(party.name): party.name for party in own.parties}
    parties: list[Party] = [party for party in told.parties if key(party.name) not in names]
    names |= {key(party.name): party.name for party in parties}
    pairs = {frozenset((r.customer, r.supplier)) for r in own.uses_vendor}
    relations: list[SupplyRelationship] = []
    for relation in told.uses_vendor:
        customer, supplier = names[key(relation.customer)], names[key(relation.supplier)]
        if frozenset((customer, supplier)) not in pairs:
            relations.append(replace(relation, customer=customer, supplier=supplier))
    responses = [
        replace(act, actor=names.get(key(act.actor), ""), target=names.get(key(act.target), ""))
        for act in _beyond(own.responses, told.responses, lambda act: (act.action, key(act.actor)))
    ]
    return replace(
        own,
        parties=(*own.parties, *parties),
        uses_vendor=(*own.uses_vendor, *relations),
        data_types=(*own.data_types, *_beyond(own.data_types, told.data_types, lambda kind: kind.text.lower())),
        record_counts=(
            *own.record_counts,
            *_beyond(own.record_counts, told.record_counts, lambda count: (count.low, count.high, count.unit)),
        ),
        dates=(*own.dates, *_beyond(own.dates, told.dates, lambda date: (date.date.edtf, date.what))),
        responses=(*own.responses, *responses),
        sources=(
            *own.sources,
            *(source for source in told.sources if source.publisher in {party.name for party in parties}),
        ),
    )


def _beyond(own: Iterable[_Fact], told: Iterable[_Fact], same: Callable[[_Fact], object]) -> list[_Fact]:
    """Those of other facts that are neither the same as one of ours nor stand in the same words."""
    known = {same(fact) for fact in own}
    spans = [proof.span for fact in own for proof in fact.evidence if proof.span]
    beyond = []
    for fact in told:
        places = [proof.span for proof in fact.evidence if proof.span]
        if same(fact) not in known and not any(a < d and c < b for a, b in places for c, d in spans):
            beyond.append(fact)
    return beyond

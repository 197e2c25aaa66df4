"""Since when and until when the supply relationships were in force that incidents alone imply, as canonical facts.

Who tells of an incident names a customer and a supplier, and seldom for how long: the one used the other on the incident's
day. What lists state of the same service, or of any where the incident names none, goes further. Where all of these terms
have ends, and the last is after that day, the relationship has not outlasted them. Nobody states its end, so it is written
as `observedUntil`, like that of a relationship which a later copy of a list no longer names. Where all of them have
beginnings, and the first is not after that day, it is no older than they are: that is its `validFrom`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf.terms import value
from kg.store.stored import graph_of, node
from kg.vocabulary import BKG, REFERENT_GRAPH, VOCAB

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from kg.store.ledger import Ledger

    Pair = tuple[str, str]
    """Customer and supplier, canonical nodes."""
    Terms = Mapping[str, dict[str, str]]
    """Relationship -> what the canonical graph says of it, property -> value."""

_CUSTOMER, _SUPPLIER, _SERVICE = BKG["customer"], BKG["supplier"], BKG["service"]
_FROM, _UNTIL, _SEEN, _GONE = BKG["validFrom"], BKG["validUntil"], BKG["observedFrom"], BKG["observedUntil"]
_OVER = f"<{VOCAB}relationship-status/ended>"


def lapse(ledger: Ledger, pairs: Iterable[Pair], gone: Iterable[str] = ()) -> None:
    """Bring what a database says of the terms of relationships that incidents imply in line with its evidence.

    Args:
        ledger: the database, which is changed.
        pairs: between whom the relationships are that may have other days now.
        gone: relationships that may be there no more.
    """
    quads = ledger.quads
    # Most of them have no such days, so that is all that is asked of them.
    held = ((one, term, _values(quads, one, term)) for one in gone for term in (_FROM, _GONE))
    left = ((one, term, days) for one, term, days in held if days and not _values(quads, one, _CUSTOMER))
    before = [f"{one} {term} {day} ." for one, term, days in left for day in days]
    after: list[str] = []
    suppliers: dict[str, set[str]] = defaultdict(set)
    for customer, supplier in pairs:
        suppliers[customer].add(supplier)
    for customer, among in suppliers.items():
        for told in _between(quads, customer, among):
            for one, said in told.items():
                before += (f"{one} {term} {said.pop(term)} ." for term in _derived(quads, one, said))
            after += (f"{one} {term} {day} ." for one, term, day in _lapsed(quads, told))
    ledger.exchange(before, after)


def implied(quads: ox.Store) -> set[Pair]:
    """Return between whom a database holds relationships that incidents tell of, none where no relationship has days for them."""
    dated = (quads.quads_for_pattern(None, node(term), None, ox.DefaultGraph()) for term in (_FROM, _UNTIL, _GONE))
    if not any(next(found, None) for found in dated):
        return set()
    found = quads.quads_for_pattern(None, node(BKG["supplyRelationship"]), None, ox.DefaultGraph())
    return ends(quads, {str(quad.object) for quad in found})


def ends(quads: ox.Store, relationships: Iterable[str]) -> set[Pair]:
    """Return customer and supplier of each of these canonical relationships that a database holds."""
    told = (_said(quads, one) for one in relationships)
    return {(said[_CUSTOMER], said[_SUPPLIER]) for said in told if _CUSTOMER in said}


def _between(quads: ox.Store, customer: str, suppliers: Collection[str]) -> Iterator[Terms]:
    """For each of some suppliers of a customer, the relationships between both."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for quad in quads.quads_for_pattern(None, node(_CUSTOMER), node(customer), ox.DefaultGraph()):
        said = _said(quads, one := str(quad.subject))
        if said[_SUPPLIER] in suppliers:
            found[said[_SUPPLIER]][one] = said
    yield from found.values()


def _values(quads: ox.Store, relationship: str, term: str) -> list[str]:
    found = quads.quads_for_pattern(node(relationship), node(term), None, ox.DefaultGraph())
    return [str(quad.object) for quad in found]


def _said(quads: ox.Store, relationship: str) -> dict[str, str]:
    found = quads.quads_for_pattern(node(relationship), None, None, ox.DefaultGraph())
    return {str(quad.predicate): str(quad.object) for quad in found}


def _derived(quads: ox.Store, relationship: str, said: Mapping[str, str]) -> list[str]:
    """The properties of a relationship whose values follow from what is said of others."""
    # With a first sighting it is the copies of a list that tell the last one.
    ended = [_GONE] if _GONE in said and _SEEN not in said else []
    return ended if _FROM not in said or _stated(quads, relationship) else [_FROM, *ended]


def _stated(quads: ox.Store, relationship: str) -> bool:
    """Whether a document says itself since when a relationship is."""
    return any(
        next(quads.quads_for_pattern(told, node(_FROM), None, within), None)
        for told, within in _told(quads, relationship)
    )


def _lapsed(quads: ox.Store, told: Terms) -> Iterator[tuple[str, str, str]]:
    """What follows for relationships from the terms of the others: each with a property and the day that is its value."""
    if len(told) == 1:
        return
    implied = {one: days for one, said in told.items() if not _end(said) and (days := _implied_on(quads, one))}
    for one, (first, last) in implied.items():
        service = told[one].get(_SERVICE)
        others = (told[other] for other in told.keys() - implied.keys())
        terms = [said for said in others if service in (None, said.get(_SERVICE))]
        begin = _outermost(min, (said.get(_FROM) for said in terms))
        end = _outermost(max, map(_end, terms))
        if begin and value(begin) <= first and _FROM not in told[one]:
            yield one, _FROM, begin
        if end and value(end) > last and told[one][BKG["relationshipStatus"]] != _OVER:
            yield one, _GONE, end


def _end(said: Mapping[str, str]) -> str | None:
    return said.get(_UNTIL) or (said.get(_GONE) if _SEEN in said else None)


def _outermost(which: Callable[[Iterable[str]], str], days: Iterable[str | None]) -> str | None:
    """The first or the last of some days, None where one is not known, or there is none."""
    told = [day or "" for day in days]
    return which(told) if all(told) and told else None


def _implied_on(quads: ox.Store, relationship: str) -> tuple[str, str] | None:
    """The first and the last day of the incidents that imply a relationship, None where one has none, or where more than incidents tell of it."""
    days: list[str] = []
    for told, within in _told(quads, relationship):
        told_by = next(quads.quads_for_pattern(None, node(BKG["supplyRelationship"]), told, within), None)
        if told_by is None:
            return None
        for term in (BKG["earliest"], BKG["latest"]):
            day = next(quads.quads_for_pattern(told_by.subject, node(term), None, within), None)
            if day is None:
                return None
            days.append(value(str(day.object)))
    return min(days), max(days)


def _told(quads: ox.Store, relationship: str) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
    """The nodes of documents that tell of a relationship, each with its graph."""
    for quad in quads.quads_for_pattern(None, node(BKG["referent"]), node(relationship), node(REFERENT_GRAPH)):
        yield node(str(quad.subject)), node(graph_of(str(quad.subject)))

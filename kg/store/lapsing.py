"""By when the supply relationships were over that incidents alone imply, as canonical facts.

Who tells of an incident names a customer and a supplier, and seldom for how long: the one used the other on the incident's
day. What lists state of the same service, or of any where the incident names none, goes further. Where all of these terms
have ends, and the last is after that day, the relationship has not outlasted them. Nobody states its end, so it is written
as `observedUntil`, like that of a relationship which a later copy of a list no longer names.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf.terms import value
from kg.store.stored import graph_of, node
from kg.vocabulary import BKG, REFERENT_GRAPH, VOCAB

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kg.store.ledger import Ledger

    Pair = tuple[str, str]
    """Customer and supplier, canonical nodes."""
    Terms = Mapping[str, Mapping[str, str]]
    """Relationship -> what the canonical graph says of it, property -> value."""

_CUSTOMER, _SUPPLIER, _SERVICE = BKG["customer"], BKG["supplier"], BKG["service"]
_UNTIL, _SEEN, _GONE = BKG["validUntil"], BKG["observedFrom"], BKG["observedUntil"]
_OVER = f"<{VOCAB}relationship-status/ended>"


def lapse(ledger: Ledger, pairs: Collection[Pair] | None = None, gone: Iterable[str] = ()) -> None:
    """Bring what a database says of the ends of relationships that incidents imply in line with its evidence.

    Args:
        ledger: the database, which is changed.
        pairs: between whom the relationships are, where not all need be looked at.
        gone: relationships that may be there no more.
    """
    # Most of them have no such end, so that is all that is asked of them.
    held = ((one, _values(ledger.quads, one, _GONE)) for one in gone)
    left = ((one, days) for one, days in held if days and not _values(ledger.quads, one, _CUSTOMER))
    before = [f"{one} {_GONE} {day} ." for one, days in left for day in days]
    after: list[str] = []
    suppliers: dict[str, set[str]] = defaultdict(set)
    for customer, supplier in _ended(ledger.quads) if pairs is None else pairs:
        suppliers[customer].add(supplier)
    for customer, among in suppliers.items():
        for told in _between(ledger.quads, customer, among):
            # With a first sighting it is the copies of a list that tell the last one.
            before += (
                f"{one} {_GONE} {said[_GONE]} ." for one, said in told.items() if _GONE in said and _SEEN not in said
            )
            after += (f"{one} {_GONE} {end} ." for one, end in _lapsed(ledger.quads, told))
    ledger.exchange(before, after)


def ends(quads: ox.Store, relationships: Iterable[str]) -> set[Pair]:
    """Return customer and supplier of each of these canonical relationships that a database holds."""
    told = (_said(quads, one) for one in relationships)
    return {(said[_CUSTOMER], said[_SUPPLIER]) for said in told if _CUSTOMER in said}


def _ended(quads: ox.Store) -> set[Pair]:
    """Between whom there is a relationship with an end."""
    found = {
        str(quad.subject)
        for term in (_UNTIL, _GONE)
        for quad in quads.quads_for_pattern(None, node(term), None, ox.DefaultGraph())
    }
    return ends(quads, found)


def _between(quads: ox.Store, customer: str, suppliers: Collection[str]) -> Iterator[Terms]:
    """For each of some suppliers of a customer, the relationships between both."""
    found: dict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
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


def _lapsed(quads: ox.Store, told: Terms) -> Iterator[tuple[str, str]]:
    """The relationships that are over by the terms of the others, each with the day from which on it is."""
    stated = {one: said.get(_UNTIL) or (said.get(_GONE) if _SEEN in said else None) for one, said in told.items()}
    if not any(stated.values()):
        return
    implied = {
        one: day
        for one, said in told.items()
        if not stated[one] and said[BKG["relationshipStatus"]] != _OVER and (day := _implied_on(quads, one))
    }
    for one, day in implied.items():
        service = told[one].get(_SERVICE)
        terms = [
            stated[other] for other in told.keys() - implied.keys() if service in (None, told[other].get(_SERVICE))
        ]
        last = max((end for end in terms if end), default=None)
        if last and None not in terms and value(last) > day:
            yield one, last


def _implied_on(quads: ox.Store, relationship: str) -> str:
    """The last day of the incidents that imply a relationship, "" where one has none, or where more than incidents tell of it."""
    days = []
    for quad in quads.quads_for_pattern(None, node(BKG["referent"]), node(relationship), node(REFERENT_GRAPH)):
        within = node(graph_of(str(quad.subject)))
        told_by = next(quads.quads_for_pattern(None, node(BKG["supplyRelationship"]), quad.subject, within), None)
        day = (
            next(quads.quads_for_pattern(told_by.subject, node(BKG["latest"]), None, within), None) if told_by else None
        )
        days.append(value(str(day.object)) if day else "")
    return max(days) if all(days) else ""

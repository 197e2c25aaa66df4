"""When relationships were seen in the dated copies of supplier lists, as canonical facts.

They rest on all copies of a list together. So where documents come or go, they are derived anew for every list that one of
them is a copy of: from the evidence that the database holds and the names of its documents, which makes an update and a
build from scratch agree.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kg.rdf.terms import day
from kg.resolve.validity import dated_name, scrapes, seen
from kg.store.stored import graph_of, node, stored_graph, stored_referents
from kg.vocabulary import BKG, REFERENT_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph as ox

    from kg.resolve.validity import Scrape, Seen
    from kg.store.ledger import Ledger

_FROM, _UNTIL = BKG["observedFrom"], BKG["observedUntil"]


def observe(ledger: Ledger, entries: Iterable[dict[str, Any]]) -> None:
    """Add what a database says of first and last sightings where it says nothing of them yet.

    Args:
        ledger: the database, which is changed.
        entries: what the manifest says of each of its documents.
    """
    names = _lists(entries)
    told = ledger.quads.quads_for_pattern(None, node(BKG["observed"]), None, None)
    dated = {str(quad.graph_name) for quad in told} | {
        iri for iri, given in names.items() if any(map(dated_name, given))
    }
    copies = _copies(ledger.quads, {iri: names[iri] for iri in sorted(dated & names.keys())})
    ledger.add(_lines(seen(copies)))


def observe_again(
    ledger: Ledger, changed: Iterable[dict[str, Any]], entries: Iterable[dict[str, Any]], relationships: set[str]
) -> set[str]:
    """Bring what a database says of first and last sightings in line with documents that came or went.

    Returns the canonical relationships for which that may have changed.

    Args:
        ledger: the database, which is changed.
        changed: what the manifest said, and what it says, of the documents that were touched.
        entries: what it says of each document.
        relationships: the canonical relationships that the documents that were touched tell of, or told of.
    """
    concerned = {_series(name) for given in _lists(changed).values() for name in given}
    if not concerned:
        return set()
    names = _lists(entries)
    series = {iri: set(map(_series, given)) for iri, given in names.items()}
    known = _of_series(names, series, concerned)
    copies = list(_copies(ledger.quads, known))
    due = relationships | {relationship for copy in copies for relationship in copy.relationships}
    # Another list may name one of them too.
    others = {one for iri in _telling(ledger.quads, due) for one in series.get(iri, ())} - concerned
    more = {iri: given for iri, given in _of_series(names, series, others).items() if iri not in known}
    found = seen([*copies, *_copies(ledger.quads, more)])
    ledger.exchange(_held(ledger.quads, due), _lines({one: when for one, when in found.items() if one in due}))
    return due


def _lists(entries: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    """Evidence graph -> the names of its documents, where these tell of more than incidents."""
    names: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry["records"] > entry["incidents"]:
            names[f"<{entry['graph']}>"].append(entry["name"])
    return names


def _series(name: str) -> str:
    told = dated_name(name)
    return told[0] if told else name


def _of_series(
    names: Mapping[str, list[str]], series: Mapping[str, set[str]], wanted: set[str]
) -> dict[str, list[str]]:
    return {iri: names[iri] for iri in sorted(names) if series[iri] & wanted}


def _copies(quads: ox.Store, names: Mapping[str, list[str]]) -> Iterator[Scrape]:
    for iri, given in names.items():
        graph = stored_graph(quads, iri)
        nodes = sorted({iri for tie in graph.ties for iri in (tie.iri, tie.customer, tie.supplier)})
        yield from scrapes(graph, stored_referents(quads, nodes), given)


def _telling(quads: ox.Store, relationships: Iterable[str]) -> set[str]:
    """The evidence graphs that tell of canonical relationships."""
    return {
        graph_of(str(quad.subject))
        for one in relationships
        for quad in quads.quads_for_pattern(None, node(BKG["referent"]), node(one), node(REFERENT_GRAPH))
    }


def _held(quads: ox.Store, relationships: Iterable[str]) -> list[str]:
    return [
        f"{one} {term} {quad.object} ."
        for one in relationships
        for term in (_FROM, _UNTIL)
        for quad in quads.quads_for_pattern(node(one), node(term), None, None)
    ]


def _lines(told: Mapping[str, Seen]) -> list[str]:
    lines = [f"{iri} {_FROM} {day(when.since)} ." for iri, when in told.items()]
    return lines + [f"{iri} {_UNTIL} {day(when.until)} ." for iri, when in told.items() if when.until]

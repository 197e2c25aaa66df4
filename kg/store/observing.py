"""When relationships were seen in the dated copies of supplier lists, as canonical facts.

They rest on all copies of a list together, so they are derived anew whenever documents come or go: from the evidence that
the database holds and the names of its documents, which makes an update and a build from scratch agree.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.rdf.terms import day
from kg.resolve.validity import dated_name, scrapes, seen
from kg.store.updating import stored_graph
from kg.vocabulary import BKG, REFERENT_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.rdf import EvidenceGraph
    from kg.resolve.validity import Scrape


def observe(quads: ox.Store, entries: Iterable[dict[str, Any]]) -> None:
    """Bring what a database says of first and last sightings in line with its documents.

    Args:
        quads: the database, which is changed.
        entries: what the manifest says of each of its documents.
    """
    told = seen(_copies(quads, list(entries)))
    lines = [f"{iri} {BKG['observedFrom']} {day(when.since)} ." for iri, when in told.items()]
    lines += [f"{iri} {BKG['observedUntil']} {day(when.until)} ." for iri, when in told.items() if when.until]
    wanted = set(ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS))
    terms = (ox.NamedNode(BKG[name][1:-1]) for name in ("observedFrom", "observedUntil"))
    present = {quad for term in terms for quad in quads.quads_for_pattern(None, term, None, ox.DefaultGraph())}
    for quad in present - wanted:
        quads.remove(quad)
    quads.extend(wanted - present)


def _copies(quads: ox.Store, entries: list[dict[str, Any]]) -> Iterator[Scrape]:
    names: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry["records"] > entry["incidents"]:
            names[f"<{entry['graph']}>"].append(entry["name"])
    told = quads.quads_for_pattern(None, ox.NamedNode(BKG["observed"][1:-1]), None, None)
    dated = {str(quad.graph_name) for quad in told} | {
        iri for iri, given in names.items() if any(map(dated_name, given))
    }
    for iri in sorted(dated & names.keys()):
        graph = stored_graph(quads, iri)
        yield from scrapes(graph, _referents(quads, graph), names[iri])


def _referents(quads: ox.Store, graph: EvidenceGraph) -> dict[str, str]:
    """Canonical node of the relationships of a graph and of their customers."""
    found: dict[str, str] = {}
    term, within = ox.NamedNode(BKG["referent"][1:-1]), ox.NamedNode(REFERENT_GRAPH[1:-1])
    for node in {iri for tie in graph.ties for iri in (tie.iri, tie.customer)}:
        for quad in quads.quads_for_pattern(ox.NamedNode(node[1:-1]), term, None, within):
            found[node] = str(quad.object)
    return found

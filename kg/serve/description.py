"""The service description: what the endpoint is, in RDF (SPARQL 1.1 Service Description, W3C Recommendation 2013)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.responses import RedirectResponse, Response

from kg.query.forms import GRAPH, ROWS, write_graph
from kg.serve.refusal import RefusalError
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from starlette.requests import Request

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
}
"""Media type -> its name in the W3C's list of formats."""


def describe(request: Request, media_type: str) -> Response:
    """Return the description, or the way to the query page for a client that wants HTML.

    Raises:
        RefusalError: the client wants none of this.
    """
    if media_type == "text/html":
        return RedirectResponse(request.url_for("page"), status_code=303, headers={"Vary": "Accept"})
    if not media_type:
        raise RefusalError(406, f"the description can be had as {', '.join(GRAPH)}", {"Vary": "Accept"})
    endpoint = str(request.url_for("sparql"))
    lines = "".join(f"{triple} .\n" for triple in _triples(endpoint)).encode()
    return Response(write_graph(lines, media_type), media_type=media_type, headers={"Vary": "Accept"})


def _triples(endpoint: str) -> list[ox.Triple]:
    service, dataset, default = (ox.NamedNode(endpoint + part) for part in ("", "#dataset", "#default-graph"))
    sd = {name: ox.NamedNode(_SD + name) for name in ("endpoint", "supportedLanguage", "resultFormat")}
    a = ox.NamedNode(PREFIXES["rdf"] + "type")
    return [
        ox.Triple(service, a, ox.NamedNode(_SD + "Service")),
        ox.Triple(service, sd["endpoint"], service),
        ox.Triple(service, sd["supportedLanguage"], ox.NamedNode(_SD + "SPARQL11Query")),
        *(ox.Triple(service, sd["resultFormat"], ox.NamedNode(_FORMATS + _NAMES[name])) for name in (*ROWS, *GRAPH)),
        ox.Triple(service, ox.NamedNode(_SD + "defaultDataset"), dataset),
        ox.Triple(dataset, a, ox.NamedNode(_SD + "Dataset")),
        ox.Triple(dataset, ox.NamedNode(_SD + "defaultGraph"), default),
        ox.Triple(default, a, ox.NamedNode(_SD + "Graph")),
    ]

"""An answer as text in the standard formats, made of the lines that a worker's answer is cut at."""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox

from kg.patterns import regex
from kg.vocabulary import PREFIXES

ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
"""Media type -> format of the answer to a SELECT or ASK."""
GRAPH = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
"""Media type -> format of the answer to a CONSTRUCT or DESCRIBE."""
_NOT_IN_XML = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Forms(NamedTuple):
    """The media types that an answer may have: one for rows, one for a graph; "" for an answer that is not wanted."""

    rows: str
    graph: str


class Written(NamedTuple):
    """An answer as text: its media type ("" where its kind was not wanted), the text, and why it is not whole."""

    media_type: str
    text: bytes
    cut: str


def write_rows(tsv: bytes, media_type: str) -> bytes:
    """Return rows, given as TSV, in another format."""
    if media_type == "text/tab-separated-values":
        return tsv
    rows = ox.parse_query_results(tsv, format=ox.QueryResultsFormat.TSV)
    assert isinstance(rows, ox.QuerySolutions)
    text = rows.serialize(format=ROWS[media_type]) or b""
    return _valid_xml(text) if media_type.endswith("xml") else text


def write_boolean(media_type: str, *, value: bool) -> bytes:
    """Return the answer to an ASK."""
    told = b'{"head": {}, "boolean": %s}' % (b"true" if value else b"false")
    return ox.parse_query_results(told, format=ox.QueryResultsFormat.JSON).serialize(format=ROWS[media_type]) or b""


def write_graph(triples: bytes, media_type: str) -> bytes:
    """Return a graph, given as N-Triples, in another format; its triples are sorted."""
    ordered = b"".join(sorted(triples.splitlines(keepends=True)))
    if media_type == "application/n-triples":
        return ordered
    parsed = (quad.triple for quad in ox.parse(ordered, format=ox.RdfFormat.N_TRIPLES))
    text = ox.serialize(parsed, format=GRAPH[media_type], prefixes=PREFIXES) or b""
    return _valid_xml(text) if media_type.endswith("xml") else text


def _valid_xml(text: bytes) -> bytes:
    """XML has no way to write some characters, and reads a carriage return as a line feed unless it is escaped."""
    return _NOT_IN_XML.sub("\ufffd", text.decode("utf-8")).replace("\r", "&#13;").encode("utf-8")

"""The log of judgements as a graph of its store: what holds of it and decides something, for queries and exports.

A judgement stands there as the log tells it. Its subject and object are the names or identifiers that were judged, each a
node with the text as label, and not the organizations that bear them now; its value is the judgement, its source who
judged, its comments what the scorer said. Nothing is derived from the graph: the log alone is read.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from kg.rdf import LABEL, A, description
from kg.rdf.terms import literal
from kg.vocabulary import JUDGEMENT_GRAPH, REUSED, data_iri, digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.rdf import Triple
    from kg.resolve.judgements import Judgement

_KIND, _VERSION = "judgements", "1"


def mirrored(judged: Collection[Judgement]) -> list[str]:
    """Return the graph of judgements with its description, as lines of N-Quads; none where there is no judgement."""
    if not judged:
        return []
    made = sha256("".join(sorted(told.line() for told in judged)).encode("utf-8", "surrogatepass")).hexdigest()
    told = dict.fromkeys(fact for one in judged for fact in _facts(one))
    return [
        *(f"{s} {p} {o} {JUDGEMENT_GRAPH} ." for s, p, o in told),
        *description(JUDGEMENT_GRAPH, ["judgements of this store"], made, _KIND, _VERSION),
    ]


def _facts(told: Judgement) -> Iterator[Triple]:
    from kg.resolve.affiliations import source  # noqa: PLC0415 - few stores hold judgements

    iri, left, right = _node("judgement", told.id), _node("name", digest(told.left)), _node("name", digest(told.right))
    by = source(told.who)
    yield iri, A, REUSED["prov:Entity"]
    yield iri, REUSED["dct:identifier"], literal(told.id)
    yield iri, REUSED["rdf:subject"], left
    yield iri, REUSED["rdf:value"], literal(told.judgement)
    yield iri, REUSED["rdf:object"], right
    yield iri, REUSED["dct:source"], by[0][0]
    yield iri, REUSED["prov:generatedAtTime"], f"{literal(told.when)}^^{REUSED['xsd:dateTime']}"
    yield from ((iri, REUSED["rdfs:comment"], literal(words)) for words in told.evidence)
    yield left, LABEL, literal(told.left)
    yield right, LABEL, literal(told.right)
    yield from by


def _node(kind: str, name: str) -> str:
    return f"<{data_iri('document', 'judgements', kind, name)}>"

"""The evidence behind a statement: its claims with quote, span, source and extractor."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg.vocabulary import BKG, REUSED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store import GraphStore


_SEAM = re.compile(r"(['\"])[ \t]*\r?\n[ \t]*['\"]")
_BASIS = ("stated", "implied", "inferred")


@dataclass(frozen=True, slots=True)
class Quote:
    """One claim as its document makes it.

    Attributes:
        iri: the claim.
        quote: the document's words.
        document: name of the document.
        span: first and one-past-last character of the quote in the document's text, None where it has none.
        record: the record and field ("post 1, prose", "row 3").
        source: the publisher or address of what the document cites, else the document's name.
        url: the source's address, or "".
        extractor: name and version of the extractor.
        certainty: the source's certainty.
        basis: stated, implied or inferred.
        confidence: the extractor's, 0 to 1, as printed in the graph.
        date: the latest day the incident is dated to (EDTF as printed), or "".
    """

    iri: str
    quote: str
    document: str
    span: tuple[int, int] | None
    record: str
    source: str
    url: str
    extractor: str
    certainty: str
    basis: str
    confidence: str
    date: str = ""

    @property
    def words(self) -> str:
        """The quote as one reads it: on one line, without the seams of a string that was printed in pieces."""
        return " ".join(_SEAM.sub("", self.quote).split())

    def as_dict(self) -> dict[str, Any]:
        """Return the quote as JSON values."""
        return asdict(self) | {"span": list(self.span) if self.span else None}


class Evidence:
    """Looks up claims of one open store."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._cited: dict[str, dict[str, str]] = {}

    def quotes(self, claims: Iterable[str]) -> list[Quote]:
        """Return the claims (IRIs) as quotes: what is stated before what is implied, then by document and place.

        A claim that the store does not hold is left out.
        """
        return sorted((quote for iri in claims if (quote := self._quote(iri)) is not None), key=_rank)

    def claims_of(self, subject: str, predicate: str, obj: str) -> list[str]:
        """Return the IRIs of the claims that state a canonical triple (IRIs, or the text of a literal object), sorted."""
        about = self._store.find(None, REUSED["rdf:subject"][1:-1], subject)
        return sorted(
            iri
            for iri in (_value(quad.subject) for quad in about)
            if self._one(iri, REUSED["rdf:predicate"]) == predicate and self._one(iri, REUSED["rdf:object"]) == obj
        )

    def _one(self, subject: str, predicate: str) -> str:
        return min((_value(q.object) for q in self._store.find(subject, predicate[1:-1])), default="")

    def _said(self, subject: str, graph: str | None = None) -> dict[str, str]:
        """Property -> value of one node in one graph, the default graph if none is named; of several values the least."""
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self._store.find(subject, graph=graph):
            found[f"<{quad.predicate.value}>"].append(_value(quad.object))
        return {predicate: min(values) for predicate, values in found.items()}

    def _told_of(self, cited: str) -> dict[str, str]:
        """What the graph says of a document or a source; many claims cite the same one."""
        if cited not in self._cited:
            self._cited[cited] = self._said(cited)
        return self._cited[cited]

    def _quote(self, iri: str) -> Quote | None:
        light = self._said(iri)
        graph = light.get(BKG["statedIn"])
        if graph is None:
            return None
        full = self._said(iri, graph) or light
        described = self._told_of(graph)
        cited = light.get(REUSED["dct:source"], "")
        source = self._told_of(cited) if cited and cited != graph else {}
        document = described.get(REUSED["rdfs:label"], "")
        url = source.get(REUSED["schema:url"], "")
        begin, end = full.get(BKG["quoteStart"]), full.get(BKG["quoteEnd"])
        return Quote(
            iri,
            full.get(BKG["quote"], ""),
            document,
            (int(begin), int(end)) if begin and end else None,
            full.get(BKG["place"], ""),
            source.get(BKG["publisher"]) or url or document,
            url,
            f"{described.get(BKG['extractorName'], '')} {described.get(BKG['extractorVersion'], '')}".strip(),
            light.get(BKG["certainty"], "").rsplit("/", 1)[-1],
            light.get(BKG["basis"], "").rsplit("/", 1)[-1],
            light.get(BKG["confidence"], ""),
            self._one(light.get(REUSED["rdf:subject"], iri), REUSED["dct:date"]),
        )


def _value(term: Any) -> str:
    """The value of an IRI or literal; the graphs of this package hold no other terms."""
    return str(getattr(term, "value", term))


def _rank(quote: Quote) -> tuple[int, str, tuple[int, int], str]:
    basis = _BASIS.index(quote.basis) if quote.basis in _BASIS else len(_BASIS)
    return basis, quote.document, quote.span or (0, 0), quote.iri

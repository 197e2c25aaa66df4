"""The evidence behind a statement: its claims with quote, span, source and extractor."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg.patterns import regex
from kg.store.edges import BASES
from kg.store.reading import damage, text_of
from kg.vocabulary import BKG, PREFIXES, REFERENT_GRAPH, REUSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.store import GraphStore


_FEW = 5
"""To look a claim up costs about as much as to read so many of all of them in one pass."""
_SEAM = regex(r"(['\"])[ \t]*\r?\n[ \t]*['\"]")
_PLACES = """SELECT ?claim ?document ?record ?begin ?end {
  ?claim bkg:statedIn ?document .
  GRAPH ?document { ?claim bkg:place ?record . OPTIONAL { ?claim bkg:quoteStart ?begin ; bkg:quoteEnd ?end } }
}"""


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
        date: when the incident was that the claim is about, or else that its record tells of (EDTF as printed), or "";
            never the day on which the source says so.
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
        self._documents: dict[str, tuple[str, str]] = {}
        self._cited: dict[str, tuple[str, str]] = {}
        self._dated: dict[str, str] = {}
        self._read: dict[str, Quote] = {}
        self._asked: set[str] = set()

    def read_ahead(self, standing: Mapping[str, tuple[str, str, str]], among: int = 0) -> None:
        """Hold claims that will be asked for: a pass over those of the store, where that is less than each by itself.

        Args:
            standing: IRI of a claim -> its subject, certainty and basis, which whoever has a projection knows already.
            among: how many claims there are.
        """
        missing = standing.keys() - self._asked
        if not missing or len(standing) * _FEW <= among:
            return
        self._asked |= missing
        terms = (BKG["quote"], BKG["confidence"], REUSED["dct:source"], REUSED["dct:date"])
        quotes, confidences, cited, dates = map(self._column, terms)
        places, dated = self._places(), self._records(dates)
        for iri in missing:
            # Those that are told in any other way are looked up as they come.
            if iri in places and iri in quotes:
                subject, certainty, basis = standing[iri]
                date = dates.get(subject, "") or dated.get(record_of(iri), "")
                told = (certainty, basis, confidences.get(iri, ""), date)
                graph, span, record = places[iri]
                self._read[iri] = self._made(iri, quotes[iri], (span, record), (graph, cited.get(iri, "")), told)

    def quotes(self, claims: Iterable[str]) -> list[Quote]:
        """Return the claims (IRIs) as quotes: what is stated before what is implied, then by document and place.

        A claim that the store does not hold is left out.
        """
        return sorted(
            (quote for iri in claims if (quote := self._read.get(iri) or self._quote(iri)) is not None), key=_rank
        )

    def _one(self, subject: str, predicate: str) -> str:
        return min((text_of(q.object) for q in self._store.find(subject, predicate[1:-1])), default="")

    def _said(self, subject: str, graph: str | None = None) -> dict[str, str]:
        """Property -> value of one node in one graph, the default graph if none is named; of several values the least."""
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self._store.find(subject, graph=graph):
            found[f"<{quad.predicate.value}>"].append(text_of(quad.object))
        return {predicate: min(values) for predicate, values in found.items()}

    def _column(self, predicate: str) -> dict[str, str]:
        """Subject -> value of one property in the default graph; of several values the least."""
        found: dict[str, str] = {}
        for subject, value in self._store.pairs(predicate[1:-1]):
            found[subject] = min(value, found.get(subject, value))
        return found

    def _records(self, dates: Mapping[str, str]) -> dict[str, str]:
        """Record of a document -> the date of the incident that it tells of, of those that are dated."""
        found: Any = self._store.find(None, BKG["referent"][1:-1], graph=REFERENT_GRAPH[1:-1])
        pairs = ((quad.subject.value, quad.object.value) for quad in found)
        return {record: dates[incident] for record, incident in pairs if incident in dates}

    def _date(self, subject: str, record: str) -> str:
        """The date of an incident; where the subject is none, of the one that the record tells of."""
        if date := self._one(subject, REUSED["dct:date"]):
            return date
        if record not in self._dated:
            told = self._store.find(record, BKG["referent"][1:-1], graph=REFERENT_GRAPH[1:-1])
            dates = (self._one(text_of(quad.object), REUSED["dct:date"]) for quad in told)
            self._dated[record] = next(filter(None, dates), "")
        return self._dated[record]

    def _places(self) -> dict[str, tuple[str, tuple[int, int] | None, str]]:
        """Claim -> graph of its document, span and record of its quote, for the claims of which that graph tells one."""
        found: dict[str, tuple[str, tuple[int, int] | None, str]] = {}
        several = set()
        with damage(self._store.path):
            told: Any = self._store.quads.query(_PLACES, prefixes=PREFIXES)
            for claim, document, record, begin, end in told:
                iri = claim.value
                if iri in found:
                    several.add(iri)
                span = (int(begin.value), int(end.value)) if begin and end else None
                found[iri] = document.value, span, record.value
        return {iri: told for iri, told in found.items() if iri not in several} if several else found

    def _document(self, graph: str) -> tuple[str, str]:
        """Name and extractor of a document; many claims are of the same one."""
        if graph not in self._documents:
            said = self._said(graph)
            extractor = f"{said.get(BKG['extractorName'], '')} {said.get(BKG['extractorVersion'], '')}".strip()
            self._documents[graph] = said.get(REUSED["rdfs:label"], ""), extractor
        return self._documents[graph]

    def _source(self, cited: str) -> tuple[str, str]:
        """Publisher and address of what a document cites."""
        if cited not in self._cited:
            said = self._said(cited)
            self._cited[cited] = said.get(BKG["publisher"], ""), said.get(REUSED["schema:url"], "")
        return self._cited[cited]

    def _quote(self, iri: str) -> Quote | None:
        light = self._said(iri)
        graph = light.get(BKG["statedIn"])
        if graph is None:
            return None
        full = self._said(iri, graph) or light
        begin, end = full.get(BKG["quoteStart"]), full.get(BKG["quoteEnd"])
        span = (int(begin), int(end)) if begin and end else None
        date = self._date(light.get(REUSED["rdf:subject"], iri), record_of(iri))
        certainty, basis = (light.get(BKG[name], "").rsplit("/", 1)[-1] for name in ("certainty", "basis"))
        told = (certainty, basis, light.get(BKG["confidence"], ""), date)
        place, cited = (span, full.get(BKG["place"], "")), light.get(REUSED["dct:source"], "")
        return self._made(iri, full.get(BKG["quote"], ""), place, (graph, cited), told)

    def _made(
        self,
        iri: str,
        quote: str,
        place: tuple[tuple[int, int] | None, str],
        sources: tuple[str, str],
        told: tuple[str, str, str, str],
    ) -> Quote:
        """The quote of a claim at a place (span, record); `sources` are document and citation, `told` the last four fields."""
        graph, cited = sources
        document, extractor = self._document(graph)
        publisher, url = self._source(cited) if cited and cited != graph else ("", "")
        return Quote(iri, quote, document, *place, publisher or url or document, url, extractor, *told)


def record_of(claim: str) -> str:
    """Return the record of a document that makes a claim (an IRI)."""
    return claim.rpartition("/claim/")[0]


def _rank(quote: Quote) -> tuple[int, str, tuple[int, int], str]:
    basis = BASES.index(quote.basis) if quote.basis in BASES else len(BASES)
    return basis, quote.document, quote.span or (0, 0), quote.iri

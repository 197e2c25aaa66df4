"""What a graph in breachkg's own vocabulary says of an incident alone: its types, dates, exposures, harms and sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.dates import parse_edtf
from kg.extract.rdf_in.said import Term, place
from kg.model import (
    Assessment,
    Basis,
    DataExposure,
    DateOf,
    Impact,
    IncidentDate,
    IncidentType,
    RecordCount,
    Source,
    Technique,
)
from kg.patterns import regex
from kg.vocabulary import ID, VOCAB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.dates import PartialDate
    from kg.extract.rdf_in.said import Said
    from kg.model import Proof

_MOMENT = regex(r"(\d{4}-\d\d-\d\d)(?:T.*|Z|[+-]\d\d:\d\d)")


class Details:
    """What is said of one record, who took part in it aside.

    Attributes:
        nodes: the nodes that have been told of.
    """

    def __init__(self, said: Said, node: str) -> None:
        self.said, self.me = said, node
        self.nodes: set[str] = {node}

    def under(self, name: str) -> list[str]:
        """Return the nodes of a property of the record; they count as told of."""
        found = sorted(self.said.nodes(self.me, name), key=place)
        self.nodes.update(found)
        return found

    def types(self) -> Iterator[IncidentType]:
        """Yield what kinds of incident it is."""
        for slug in self.said.slugs(self.me, "incidentType", "incident-type"):
            proof = self.said.proof(self.me, "incidentType", Term(f"{VOCAB}incident-type/{slug}"))
            yield IncidentType(slug, proof[0].quote if proof else slug, proof)

    def dates(self) -> list[IncidentDate]:
        """Return the dates of each kind; where there is none, the incident's date without more, which is when it occurred."""
        said = self.said
        main = dated(said, self.me, "dct:date")
        found = [
            (what, text, date)
            for what in DateOf
            # Of several the first becomes the date of the incident.
            for text, date in sorted(dated(said, self.me, what), key=lambda one: one not in main[:1])
        ]
        if not found:
            return [
                IncidentDate(date, DateOf.OCCURRED, implied(said.proof(self.me, "dct:date", Term(text, literal=True))))
                for text, date in main
            ]
        for text, date in main:
            if date not in {one for _, _, one in found}:
                said.leave(self.me, "dct:date", Term(text, literal=True))
        return [
            IncidentDate(date, what, said.proof(self.me, what, Term(text, literal=True))) for what, text, date in found
        ]

    def exposures(self) -> Iterator[DataExposure]:
        """Yield what data were exposed: the exposures, then the kinds of data that none of them is of."""
        said = self.said
        told: set[str] = set()
        for node in self.under("exposure"):
            owners = said.named(node, "dataOwner")
            kinds = said.nodes(node, "dataType")
            proof = said.proof(self.me, "exposedDataType", Term(kinds[0]), about=node) if kinds else ()
            slugs = said.slugs(node, "dataType", "data-type")
            slug = next(iter(slugs), "")
            text = said.text(node, "rdfs:label") or slug
            told.update((*slugs, text.casefold()))
            yield DataExposure(
                text,
                "" if slug == "other" else slug,
                said.certainty(node, self.me),
                said.slug(node, "sensitivity", "sensitivity"),
                next(iter(owners), ""),
                proof,
            )
        for slug in said.slugs(self.me, "exposedDataType", "data-type"):
            if slug not in told:  # an exposure of that name is the same node
                proof = said.proof(self.me, "exposedDataType", Term(f"{VOCAB}data-type/{slug}"))
                yield DataExposure(slug, "" if slug == "other" else slug, said.certainty(self.me), evidence=proof)

    def counts(self) -> Iterator[RecordCount]:
        """Yield how much was exposed."""
        for node in self.under("recordCount"):
            said = self.said
            low, high = said.whole(node, "atLeast"), said.whole(node, "atMost")
            proof = said.proof(self.me, "recordCount", Term(node))
            yield RecordCount(low, high, said.text(node, "unit"), said.certainty(node, self.me), proof)

    def impacts(self) -> Iterator[Impact]:
        """Yield the harms that were done."""
        for node in self.under("impact"):
            said = self.said
            on = next(iter(said.named(node, "impactOn")), "")
            kind = said.slug(node, "impactType", "impact-type") or "other"
            yield Impact(said.text(node, "rdfs:label"), kind, on, said.proof(self.me, "impact", Term(node)))

    def assessments(self) -> Iterator[Assessment]:
        """Yield scores and grades on the scales that there are."""
        for node in self.under("assessment"):
            said = self.said
            scale = next((iri.removeprefix(VOCAB) for iri in said.nodes(node, "scale") if iri.startswith(VOCAB)), "")
            score = said.number(node, "score")
            said.nodes(node, "grade")
            if scale and score is not None:
                proof = said.proof(self.me, "assessment", Term(node))
                yield Assessment(scale, score, said.text(node, "assessor"), said.text(node, "rdfs:comment"), proof)
            else:
                said.leave_all(node)

    def techniques(self) -> Iterator[Technique]:
        """Yield how the attackers went about it."""
        for node in self.under("technique"):
            if identifier := self.said.text(node, "dct:identifier"):
                proof = self.said.proof(self.me, "technique", Term(node))
                yield Technique(identifier, self.said.text(node, "rdfs:label"), proof)
            else:
                self.said.leave_all(node)

    def sources(self) -> Iterator[Source]:
        """Yield what the incident cites; first what its claims rest on, as the first article is what claims rest on."""
        cited, first = self.said.cited, set(self.said.nodes(self.me, "firstReportedBy"))
        found = self.under("dct:source")
        for node in sorted(found, key=lambda node: cited.get(node, len(cited))):
            said = self.said
            about = next(iter(said.named(node, "schema:about")), "")
            reported = said.proof(self.me, "firstReportedBy", Term(node)) if node in first else ()
            proof = tuple(p for p in said.proof(self.me, "dct:source", Term(node)) if p not in reported) + reported
            source = Source(
                said.text(node, "publisher"), self._address(node), said.slug(node, "sourceType", "source-type"),
                about, node in first, proof,
            )  # fmt: skip
            if source.publisher or source.url:
                yield source
            else:
                said.leave_all(node)
        for node in first.difference(found):
            self.said.leave(self.me, "firstReportedBy", Term(node))

    def _address(self, source: str) -> str:
        """The address of a source, written as text or as an IRI; of one of which nothing is said, its own IRI."""
        said = self.said
        if not said.about.get(source):
            return "" if source.startswith((ID, "_:")) else source
        found = [term for term in sorted(said.of(source, "schema:url"), key=lambda term: (not term.literal, term.value))
                 if term.literal or not term.value.startswith("_:")]  # fmt: skip
        for term in found[1:]:
            said.leave(source, "schema:url", term)
        return found[0].value if found else ""


def implied(proof: Proof) -> Proof:
    """Return evidence for what a statement comes to, though it does not say so outright."""
    return tuple(replace(one, basis=Basis.IMPLIED) for one in proof)


def dated(said: Said, node: str, name: str) -> list[tuple[str, PartialDate]]:
    """Return the texts of a property that tell a date, each with it; the others are left."""
    found = []
    for text in said.texts(node, name):
        if date := _date_of(text):
            found.append((text, date))
        else:
            said.leave(node, name, Term(text, literal=True))
    return found


def _date_of(text: str) -> PartialDate | None:
    """A date in EDTF, or the day of a moment as XML Schema writes it; None for what is neither."""
    moment = _MOMENT.fullmatch(text)
    try:
        return parse_edtf(moment[1] if moment else text) if text else None
    except ValueError:
        return None

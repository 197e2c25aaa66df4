"""Everything the documentation tells, read from the folder of the ontology, and where on which page it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.competency import Question, parsed
from kg.errors import KGError
from kg.reference.markup import anchor
from kg.reference.schemes import Scheme, matches, schemes
from kg.reference.shapes import Shape, shapes
from kg.reference.terms import CLASS, Declared, declared, disjoint, mentioned, reused
from kg.reference.triples import Triples
from kg.view.safe import link
from kg.vocabulary import NS, VOCAB

if TYPE_CHECKING:
    from pathlib import Path

_INVERSE = {"broader match": "narrower match", "narrower match": "broader match"}


@dataclass(frozen=True, slots=True)
class Match:
    """A tie to terms of another vocabulary: how close, where they stand (a scheme or an alignment), and their IRIs."""

    relation: str
    place: str
    iris: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """A file of matches with another vocabulary: its name, its title and how many it has."""

    name: str
    title: str
    count: int


@dataclass(slots=True)
class Library:
    """The ontology as its documentation tells it.

    Attributes:
        about: label, definition, version, version IRI, licence and creator of the ontology, by these words.
        terms: the classes and properties.
        reused: IRI and kind of each term of other vocabularies.
        disjoint: sets of classes of which no node is two.
        schemes: the schemes of the ontology.
        listings: schemes that list the terms of other vocabularies.
        shapes: the file's name and its shapes.
        questions: the competency questions; none where the ontology has no folder of them.
        alignments: the files of matches.
        matches: IRI -> relation and place -> IRIs of the other ends.
        triples: every file together, for its prefixes.
        pages: IRI -> page and anchor, from the folder of the documentation.
        names: IRI -> what a link to it says.
    """

    about: dict[str, str]
    terms: list[Declared]
    reused: list[tuple[str, str]]
    disjoint: list[list[str]]
    schemes: list[Scheme]
    listings: list[Scheme]
    shapes: dict[str, list[Shape]]
    questions: list[Question]
    triples: Triples
    alignments: list[Alignment] = field(default_factory=list)
    matches: dict[str, dict[tuple[str, str], list[str]]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Declared]:
        """Return the terms of a kind."""
        return [term for term in self.terms if term.kind == kind]

    def used_on(self, iri: str) -> list[Declared]:
        """Return the properties that a class is named as a domain of."""
        return [term for term in self.terms if term.kind != CLASS and iri in term.domain]

    def valued_by(self, *iris: str) -> list[Declared]:
        """Return the properties whose values are of one of some classes, or concepts of one of some schemes."""
        return [term for term in self.terms if term.kind != CLASS and {*term.range, term.scheme} & {*iris}]

    def checked_by(self, term: Declared) -> list[Shape]:
        """Return the shapes that constrain a term."""
        return [shape for group in self.shapes.values() for shape in group if shape.checks(term)]

    def asked_in(self, iri: str) -> list[Question]:
        """Return the competency questions that use a term."""
        return [one for one in self.questions if iri in mentioned(one.text)]

    def name(self, iri: str) -> str:
        """Return what a link to an IRI says: the name of what is told there, or the IRI with its prefix."""
        return self.names.get(iri) or self.triples.compact(iri)

    def ties(self, iri: str) -> list[Match]:
        """Return the matches of a term or concept, those of one kind and place together."""
        found = self.matches.get(iri, {})
        return [Match(relation, place, tuple(iris)) for (relation, place), iris in found.items()]

    def href(self, iri: str, root: str) -> str:
        """Return the address of what tells of an IRI: a place in the documentation, or the IRI if it is a web address.

        Args:
            iri: any IRI.
            root: from the page with the link to the folder of the documentation: "" or "../".
        """
        return root + self.pages[iri] if iri in self.pages else link(iri)


def library(ontology: Path) -> Library:
    """Return what the folder of an ontology holds.

    Raises:
        KGError: there is no ontology, or a file is not what its name says.
    """
    if not (ontology / "breachkg.ttl").is_file():
        raise KGError(f"{ontology}: there is no breachkg.ttl in this folder")
    files = [ontology / "breachkg.ttl", *sorted((ontology / "vocab").glob("*.ttl"))]
    listed = sorted((ontology / "vocab" / "external").glob("*.ttl"))
    alignments = sorted((ontology / "alignments").glob("*.ttl"))
    own = Triples(files)
    everything = Triples([*files, *listed, *alignments])
    ours = schemes(own)
    known = {scheme.iri for scheme in ours}
    queries = sorted((ontology / "queries").glob("*.rq"))
    found = Library(
        about=_about(own),
        terms=declared(own),
        reused=reused(own),
        disjoint=disjoint(own),
        schemes=ours,
        listings=[scheme for scheme in schemes(everything) if scheme.iri not in known],
        shapes={path.stem: shapes(Triples([path])) for path in sorted((ontology / "shapes").glob("*.ttl"))},
        questions=[parsed(path.stem, path.read_text("utf-8")) for path in queries],
        triples=everything,
    )
    _place(found)
    homes = {one.iri: scheme.label for scheme in (*ours, *found.listings) for one in scheme.concepts()}
    for name, triples in [("", own), *((path.stem, Triples([path])) for path in alignments)]:
        _tie(found, name, triples, homes)
    return found


def scheme_page(scheme: Scheme) -> str:
    """Return the page of a scheme, from the folder of the documentation."""
    return f"vocab/{anchor(scheme.iri.removeprefix(VOCAB))}.html"


def concept_anchor(scheme: Scheme, iri: str) -> str:
    """Return the anchor of a concept on the page of its scheme."""
    return anchor(iri.removeprefix(f"{scheme.iri}/"))


def _about(own: Triples) -> dict[str, str]:
    """What the ontology says of itself."""
    subject = ox.NamedNode(NS.rstrip("#"))
    return {
        "label": own.text(subject, "rdfs:label"),
        "definition": own.text(subject, "skos:definition"),
        "version": own.text(subject, "owl:versionInfo"),
        "version_iri": next(iter(own.iris(subject, "owl:versionIRI")), ""),
        "licence": next(iter(own.iris(subject, "dct:license")), ""),
        "creator": own.text(subject, "dct:creator"),
        "prefix": own.text(subject, "vann:preferredNamespacePrefix"),
        "namespace": NS,
    }


def _place(found: Library) -> None:
    """Give each thing that the documentation tells of its page and its name."""
    for term in found.terms:
        found.pages[term.iri], found.names[term.iri] = f"index.html#{anchor(term.name)}", term.name
    for scheme in (*found.schemes, *found.listings):
        page = scheme_page(scheme)
        found.pages[scheme.iri], found.names[scheme.iri] = page, scheme.label or scheme.iri
        for concept in scheme.concepts():
            found.pages[concept.iri] = f"{page}#{concept_anchor(scheme, concept.iri)}"
            found.names[concept.iri] = concept.label or concept.iri
    for group in found.shapes.values():
        for shape in group:
            name = shape.iri.rpartition("#")[2]
            found.pages[shape.iri], found.names[shape.iri] = f"shapes.html#{anchor(name)}", name


def _tie(found: Library, name: str, triples: Triples, homes: dict[str, str]) -> None:
    """Add the matches of one file, told from both ends where the other end has a place in the documentation too."""
    ties = matches(triples)
    titles = [triples.text(ox.NamedNode(iri), "rdfs:label") for iri in triples.typed("owl:Ontology")]
    title = next(iter(titles), name)
    if name:
        found.alignments.append(Alignment(name, title, len(ties)))
    for subject, relation, value in ties:
        ends = [(subject, relation, value)]
        if value in found.pages:
            ends.append((value, _INVERSE.get(relation, relation), subject))
        for iri, word, other in ends:
            place = homes.get(other) or title
            others = found.matches.setdefault(iri, {}).setdefault((word, place), [])
            if other not in others:
                others.append(other)

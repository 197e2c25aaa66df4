"""The classes and properties of the ontology, as a reader looks them up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.patterns import regex
from kg.vocabulary import NS, VOCAB

if TYPE_CHECKING:
    from kg.reference.triples import Term, Triples

CLASS, OBJECT, DATA = "class", "object property", "data property"
_KINDS = {"owl:Class": CLASS, "owl:ObjectProperty": OBJECT, "owl:DatatypeProperty": DATA}
_TRAITS = {"owl:FunctionalProperty": "at most one value", "owl:TransitiveProperty": "transitive"}
_MENTIONED = regex(r"\bbkg:(\w+)")
_SCHEME_NOTE = "Values are concepts of the scheme "


@dataclass(frozen=True, slots=True)
class Declared:
    """One class or property.

    Attributes:
        iri: its IRI.
        name: the IRI without the namespace of the ontology.
        kind: `CLASS`, `OBJECT` or `DATA`.
        label: its name in words.
        definition: what it means.
        examples: one line each.
        notes: how to read it.
        supers: IRIs of the broader classes or properties.
        subs: IRIs of the narrower ones.
        domain: IRIs of the classes it is used on.
        range: IRIs of the classes or datatypes of its values.
        scheme: IRI of the scheme whose concepts are its values, or "".
        traits: such as "at most one value".
        axioms: what a reasoner is told, in Manchester syntax.
    """

    iri: str
    name: str
    kind: str
    label: str
    definition: str
    examples: tuple[str, ...]
    notes: tuple[str, ...]
    supers: tuple[str, ...]
    subs: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    scheme: str
    traits: tuple[str, ...]
    axioms: tuple[str, ...]


def declared(triples: Triples) -> list[Declared]:
    """Return the classes and properties of our namespace, in the order of the file."""
    return [
        _declared(triples, iri, kind)
        for owl, kind in _KINDS.items()
        for iri in triples.typed(owl)
        if iri.startswith(NS)
    ]


def reused(triples: Triples) -> list[tuple[str, str]]:
    """Return the terms of other vocabularies that the ontology declares: IRI and what it is taken for."""
    kinds = {**_KINDS, "owl:AnnotationProperty": "annotation property"}
    found = ((iri, kind) for owl, kind in kinds.items() for iri in triples.typed(owl) if not iri.startswith(NS))
    return sorted(found, key=lambda pair: triples.compact(pair[0]))


def disjoint(triples: Triples) -> list[list[str]]:
    """Return the sets of classes of which no node is two."""
    groups = triples.subjects("rdf:type", ox.NamedNode("http://www.w3.org/2002/07/owl#AllDisjointClasses"))
    members = [triples.items(head) for group in groups for head in triples.objects(group, "owl:members")]
    return [[one.value for one in group if isinstance(one, ox.NamedNode)] for group in members]


def mentioned(query: str) -> list[str]:
    """Return the IRIs of the terms of ours that a SPARQL text names."""
    return [NS + name for name in _MENTIONED.findall(query)]


def _declared(triples: Triples, iri: str, kind: str) -> Declared:
    """One term with everything told of it."""
    subject = ox.NamedNode(iri)
    broader = "rdfs:subClassOf" if kind == CLASS else "rdfs:subPropertyOf"
    notes = [*triples.texts(subject, "skos:note"), *triples.texts(subject, "skos:scopeNote")]
    schemes = [note.removeprefix(_SCHEME_NOTE).rstrip(".") for note in notes if note.startswith(_SCHEME_NOTE + VOCAB)]
    return Declared(
        iri,
        iri.removeprefix(NS),
        kind,
        triples.text(subject, "rdfs:label"),
        triples.text(subject, "skos:definition"),
        tuple(triples.texts(subject, "skos:example")),
        tuple(note for note in notes if not note.startswith(_SCHEME_NOTE + VOCAB)),
        tuple(triples.iris(subject, broader)),
        tuple(triples.having(broader, subject)),
        tuple(triples.iris(subject, "rdfs:domain") + triples.iris(subject, "schema:domainIncludes")),
        tuple(triples.iris(subject, "rdfs:range") + triples.iris(subject, "schema:rangeIncludes")),
        next(iter(schemes), ""),
        tuple(word for owl, word in _TRAITS.items() if iri in triples.typed(owl)),
        _axioms(triples, subject),
    )


def _axioms(triples: Triples, subject: ox.NamedNode) -> tuple[str, ...]:
    """The equivalences and chains of a term, in Manchester syntax."""
    name = triples.compact(subject.value)
    same = (f"{name} ≡ {_expression(triples, one)}" for one in triples.objects(subject, "owl:equivalentClass"))
    chains = (
        f"{' o '.join(_expression(triples, step) for step in triples.items(head))} → {name}"
        for head in triples.objects(subject, "owl:propertyChainAxiom")
    )
    return (*same, *chains)


def _expression(triples: Triples, term: Term) -> str:
    """A class or property expression; what has no spelling here is told as such."""
    if isinstance(term, ox.NamedNode):
        return triples.compact(term.value)
    if not isinstance(term, ox.BlankNode):
        return str(term)
    for inverse in triples.objects(term, "owl:inverseOf"):
        return f"inverse {_expression(triples, inverse)}"
    for head in triples.objects(term, "owl:intersectionOf"):
        return " and ".join(_expression(triples, one) for one in triples.items(head))
    for over in triples.objects(term, "owl:onProperty"):
        for filler in triples.objects(term, "owl:someValuesFrom"):
            return f"({_expression(triples, over)} some {_expression(triples, filler)})"
    return "(an expression that is not spelt out here)"

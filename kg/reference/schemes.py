"""The concept schemes of the ontology, with their hierarchies, labels and matches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.vocabulary import NS

if TYPE_CHECKING:
    from kg.reference.triples import Triples

MATCHES = {
    "skos:exactMatch": "exact match",
    "skos:closeMatch": "close match",
    "skos:broadMatch": "broader match",
    "skos:narrowMatch": "narrower match",
    "skos:relatedMatch": "related match",
}
"""The relations between vocabularies and how a page calls them."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept at its place in the hierarchy.

    Attributes:
        iri: its IRI.
        label: its preferred label.
        definition: what it means.
        notations: its codes, each with what kind of code it is ("" for the scheme's own).
        notes: remarks.
        others: alternative labels.
        hidden: labels by which text is recognized, but which are not shown as names.
        broader: IRIs of the concepts above.
        narrower: the concepts below.
        collections: labels of the collections it is a member of.
    """

    iri: str
    label: str
    definition: str
    notations: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    others: tuple[str, ...]
    hidden: tuple[str, ...]
    broader: tuple[str, ...]
    narrower: tuple[Concept, ...]
    collections: tuple[str, ...]

    def walk(self) -> list[Concept]:
        """Return the concept and all below it, from top to bottom."""
        return [self, *(one for below in self.narrower for one in below.walk())]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One concept scheme.

    Attributes:
        iri: its IRI.
        label: its name.
        definition: what its concepts are.
        licence: IRI of its licence, or "".
        sources: IRIs of what it was made from.
        tops: the concepts at the top of the hierarchy.
        collections: label and definition of each collection of its concepts.
        types: IRIs of the classes of ours that its concepts belong to.
    """

    iri: str
    label: str
    definition: str
    licence: str
    sources: tuple[str, ...]
    tops: tuple[Concept, ...]
    collections: tuple[tuple[str, str], ...]
    types: tuple[str, ...]

    def concepts(self) -> list[Concept]:
        """Return every concept once, in the order of the hierarchy."""
        return list({one.iri: one for top in self.tops for one in top.walk()}.values())


def schemes(triples: Triples) -> list[Scheme]:
    """Return the concept schemes, by name."""
    found = (_scheme(triples, iri) for iri in triples.typed("skos:ConceptScheme"))
    return sorted(found, key=lambda one: (one.label.casefold(), one.iri))


def matches(triples: Triples) -> list[tuple[str, str, str]]:
    """Return every match: subject, relation as a page calls it, and object."""
    return [
        (subject, word, value.value)
        for subject in triples.named()
        for relation, word in MATCHES.items()
        for value in triples.objects(ox.NamedNode(subject), relation)
        if isinstance(value, ox.NamedNode)
    ]


def _scheme(triples: Triples, iri: str) -> Scheme:
    """One scheme with its concepts; what hangs below nothing of the scheme stands at the top."""
    subject = ox.NamedNode(iri)
    inside = triples.having("skos:inScheme", subject)
    tops = [one for one in inside if not set(_broader(triples, one)) & set(inside)]
    below = _reached(triples, tops)
    loose = [one for one in inside if one not in below]
    return Scheme(
        iri,
        triples.text(subject, "skos:prefLabel"),
        triples.text(subject, "skos:definition"),
        next(iter(triples.iris(subject, "dct:license")), ""),
        tuple(triples.iris(subject, "dct:source")),
        tuple(_concept(triples, one, frozenset()) for one in sorted([*tops, *loose], key=_other_last)),
        tuple(
            (triples.text(ox.NamedNode(one), "skos:prefLabel"), triples.text(ox.NamedNode(one), "skos:definition"))
            for one in triples.typed("skos:Collection")
            if one.startswith(f"{iri}/")
        ),
        tuple(
            sorted(
                {kind for one in inside for kind in triples.iris(ox.NamedNode(one), "rdf:type") if kind.startswith(NS)}
            )
        ),
    )


def _reached(triples: Triples, tops: list[str]) -> set[str]:
    """The concepts that some are above of, themselves included; a circle of concepts hangs below nothing."""
    found, waiting = set(tops), list(tops)
    while waiting:
        below = [one for one in _narrower(triples, waiting.pop()) if one not in found]
        found.update(below)
        waiting += below
    return found


def _concept(triples: Triples, iri: str, above: frozenset[str]) -> Concept:
    """One concept and what is below it; a concept that is above itself is not gone into again."""
    subject = ox.NamedNode(iri)
    passed = above | {iri}
    below = [one for one in _narrower(triples, iri) if one not in passed]
    groups = triples.subjects("skos:member", subject)
    return Concept(
        iri,
        triples.text(subject, "skos:prefLabel"),
        triples.text(subject, "skos:definition"),
        tuple(
            _notation(triples, one) for one in triples.objects(subject, "skos:notation") if isinstance(one, ox.Literal)
        ),
        tuple(triples.texts(subject, "skos:note") + triples.texts(subject, "skos:scopeNote")),
        tuple(triples.texts(subject, "skos:altLabel")),
        tuple(triples.texts(subject, "skos:hiddenLabel")),
        tuple(_broader(triples, iri)),
        tuple(_concept(triples, one, passed) for one in sorted(below, key=_other_last)),
        tuple(triples.text(one, "skos:prefLabel") for one in groups if triples.text(one, "skos:prefLabel")),
    )


def _notation(triples: Triples, notation: ox.Literal) -> tuple[str, str]:
    """A code and the label of its datatype, if that has one."""
    return notation.value, triples.text(notation.datatype, "rdfs:label")


def _broader(triples: Triples, iri: str) -> list[str]:
    """The concepts right above one."""
    return triples.iris(ox.NamedNode(iri), "skos:broader")


def _narrower(triples: Triples, iri: str) -> list[str]:
    """The concepts right below one."""
    return triples.having("skos:broader", ox.NamedNode(iri))


def _other_last(iri: str) -> bool:
    """What sorts the leftover concept behind its siblings, which keep the order of the file."""
    return iri.endswith("/other")

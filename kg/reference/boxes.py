"""What the class diagram shows: a box for each class with its properties, and the relations between boxes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.reference.terms import CLASS, OBJECT
from kg.vocabulary import NS, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.reference.terms import Declared

PARTY: Final = "party"
"""The frame around the classes that a property mostly takes together: an arrow to it means each of them."""
MEMBERS: Final = ("Organization", "OrganizationGroup")
_WORDS: Final = {
    PREFIXES["xsd"] + "string": "text",
    PREFIXES["skos"] + "Concept": "concept",
    PREFIXES["skos"] + "ConceptScheme": "scheme",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A class: its name, the classes of other vocabularies it stands under, and its properties with their values."""

    name: str
    under: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """An arrow between two boxes, with the names of the properties that run along it; a subclass arrow has none."""

    source: str
    target: str
    names: tuple[str, ...]


def boxes(terms: Sequence[Declared]) -> list[Box]:
    """Return a box for each class; a property whose values are no class of ours is a row of its class's box."""
    classes = [term for term in terms if term.kind == CLASS]
    names = {term.iri for term in classes}
    rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for term in terms:
        if term.kind != CLASS and not names & set(term.range):
            for iri in term.domain:
                rows[iri].append((term.name, ", ".join(_word(one) for one in term.range)))
    return [
        Box(term.name, tuple(_word(one) for one in term.supers if one not in names), tuple(sorted(rows[term.iri])))
        for term in classes
    ]


def relations(terms: Sequence[Declared]) -> list[Relation]:
    """Return the arrows: properties between the same two boxes share one, and `MEMBERS` stand as `PARTY`."""
    classes = {term.iri: term.name for term in terms if term.kind == CLASS}
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for term in terms:
        if term.kind == OBJECT:
            for source in _ends(term.domain, classes):
                for target in _ends(term.range, classes):
                    found[source, target].append(term.name)
    narrower = [
        Relation(term.name, classes[one], ())
        for term in terms
        if term.kind == CLASS
        for one in term.supers
        if one in classes and one != term.iri
    ]
    return [Relation(*ends, tuple(names)) for ends, names in found.items()] + narrower


def unplaced(terms: Sequence[Declared]) -> list[str]:
    """Return the names of the properties that have no class to start from, and so no place in the diagram."""
    classes = {term.iri for term in terms if term.kind == CLASS}
    return [term.name for term in terms if term.kind != CLASS and not classes & set(term.domain)]


def _ends(iris: Sequence[str], classes: dict[str, str]) -> list[str]:
    """The boxes that one end of a property stands for."""
    names = [classes[iri] for iri in iris if iri in classes]
    if all(name in names for name in MEMBERS):
        return [PARTY, *(name for name in names if name not in MEMBERS)]
    return names


def _word(iri: str) -> str:
    """A datatype or foreign class in a word or with its prefix."""
    if iri in _WORDS:
        return _WORDS[iri]
    if iri.startswith(PREFIXES["xsd"]):
        return iri.removeprefix(PREFIXES["xsd"])
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and namespace != NS:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.removeprefix(NS)

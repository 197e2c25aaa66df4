"""Turtle files as an index that answers small questions, in the order of the files."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from kg.errors import KGError
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Node: TypeAlias = ox.NamedNode | ox.BlankNode

NAMESPACES = {
    **PREFIXES,
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": "https://w3id.org/breachkg/shapes#",
    "vann": "http://purl.org/vocab/vann/",
}


def node(name: str) -> ox.NamedNode:
    """Return the node of a prefixed name such as "skos:broader".

    Raises:
        KeyError: the prefix is not one of `NAMESPACES`.
    """
    prefix, _, local = name.partition(":")
    return ox.NamedNode(NAMESPACES[prefix] + local)


class Triples:
    """The triples of some Turtle files; every answer keeps the order in which the files tell it.

    Attributes:
        prefixes: prefix -> namespace, as the files declare them and as `NAMESPACES` has them.

    Args:
        paths: the files, read one after the other.

    Raises:
        KGError: a file cannot be read or is no Turtle.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self.prefixes: dict[str, str] = dict(NAMESPACES)
        self._objects: dict[Node, dict[ox.NamedNode, list[Term]]] = {}
        self._subjects: dict[Term, dict[ox.NamedNode, list[Node]]] = defaultdict(dict)
        for path in paths:
            self._read(path)

    def _read(self, path: Path) -> None:
        try:
            parser = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
            for quad in parser:
                self._add(quad)
        except (OSError, SyntaxError) as error:
            raise KGError(f"{path}: {error}") from error
        for prefix, namespace in parser.prefixes.items():
            self.prefixes.setdefault(prefix, namespace)

    def _add(self, quad: ox.Quad) -> None:
        if isinstance(quad.subject, ox.Triple):
            return
        known = self._objects.setdefault(quad.subject, {}).setdefault(quad.predicate, [])
        if quad.object not in known:
            known.append(quad.object)
            self._subjects[quad.object].setdefault(quad.predicate, []).append(quad.subject)

    def objects(self, subject: Node, name: str) -> list[Term]:
        """Return the objects of a subject and a prefixed predicate."""
        return self._objects.get(subject, {}).get(node(name), [])

    def subjects(self, name: str, value: Term) -> list[Node]:
        """Return the subjects of a prefixed predicate and an object."""
        return self._subjects[value].get(node(name), []) if value in self._subjects else []

    def having(self, name: str, value: Term) -> list[str]:
        """Return the IRIs among the subjects of a prefixed predicate and an object."""
        return [one.value for one in self.subjects(name, value) if isinstance(one, ox.NamedNode)]

    def about(self, subject: Node) -> list[tuple[ox.NamedNode, Term]]:
        """Return the predicates and objects of a subject."""
        return [(name, value) for name, values in self._objects.get(subject, {}).items() for value in values]

    def iris(self, subject: Node, name: str) -> list[str]:
        """Return the IRIs among the objects of a subject and a prefixed predicate."""
        return [value.value for value in self.objects(subject, name) if isinstance(value, ox.NamedNode)]

    def texts(self, subject: Node, name: str) -> list[str]:
        """Return the literals among the objects of a subject and a prefixed predicate."""
        return [value.value for value in self.objects(subject, name) if isinstance(value, ox.Literal)]

    def text(self, subject: Node, name: str) -> str:
        """Return the first literal of a subject and a prefixed predicate, or ""."""
        return next(iter(self.texts(subject, name)), "")

    def named(self) -> list[str]:
        """Return the IRIs of every subject."""
        return [subject.value for subject in self._objects if isinstance(subject, ox.NamedNode)]

    def typed(self, name: str) -> list[str]:
        """Return the IRIs of every node that has a prefixed class as a type."""
        return self.having("rdf:type", node(name))

    def items(self, head: Term) -> list[Term]:
        """Return the members of an RDF list, up to where it breaks off or comes back to itself."""
        found: list[Term] = []
        passed: set[Term] = set()
        while isinstance(head, ox.NamedNode | ox.BlankNode) and head not in passed and self.objects(head, "rdf:first"):
            passed.add(head)
            found.append(self.objects(head, "rdf:first")[0])
            head = next(iter(self.objects(head, "rdf:rest")), node("rdf:nil"))
        return found

    def compact(self, iri: str) -> str:
        """Return an IRI with the prefix whose namespace is the longest that fits, else unchanged."""
        fits = [(len(space), prefix) for prefix, space in self.prefixes.items() if prefix and iri.startswith(space)]
        if not fits:
            return iri
        length, prefix = max(fits)
        local = iri[length:]
        return f"{prefix}:{local}" if local and "/" not in local else iri

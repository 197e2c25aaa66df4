"""The shapes that check the data: what each asks for, of which nodes, and which terms it looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.reference.terms import CLASS, mentioned
from kg.vocabulary import NS

if TYPE_CHECKING:
    from kg.reference.terms import Declared
    from kg.reference.triples import Node, Term, Triples

_TARGETS = {
    "sh:targetClass": "each",
    "sh:targetSubjectsOf": "whatever has",
    "sh:targetObjectsOf": "each value of",
    "sh:targetNode": "the whole graph",
}
_REPEATS = {"sh:zeroOrMorePath": "*", "sh:oneOrMorePath": "+", "sh:zeroOrOnePath": "?"}


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape that can report.

    Attributes:
        iri: its IRI.
        severity: "violation", "warning" or "info".
        message: what it says of a node that is not as it should be.
        targets: the nodes it looks at: a word such as "each" and the IRI of a class or property.
        path: from such a node to what is checked, in the syntax of SPARQL, or "".
        terms: IRIs of our terms that it looks at, its targets included.
        query: the SPARQL text that it asks, or "".
    """

    iri: str
    severity: str
    message: str
    targets: tuple[tuple[str, str], ...]
    path: str
    terms: tuple[str, ...]
    query: str

    def checks(self, term: Declared) -> bool:
        """Return whether the shape constrains a term: it is aimed at the nodes of a class, or looks at a property."""
        return ("each", term.iri) in self.targets if term.kind == CLASS else term.iri in self.terms


def shapes(triples: Triples) -> list[Shape]:
    """Return the shapes that have a name and a message, in the order of the files."""
    found = (ox.NamedNode(iri) for iri in triples.named())
    return [_shape(triples, one) for one in found if triples.objects(one, "sh:message")]


def _shape(triples: Triples, subject: ox.NamedNode) -> Shape:
    """One shape; a property shape has the targets of the node shapes that it is a part of."""
    holders: list[Node] = [subject, *triples.subjects("sh:property", subject)]
    targets = [
        (word, value.value)
        for holder in holders
        for name, word in _TARGETS.items()
        for value in triples.objects(holder, name)
        if isinstance(value, ox.NamedNode)
    ]
    queries = [
        text
        for constraint in triples.objects(subject, "sh:sparql")
        if isinstance(constraint, ox.BlankNode | ox.NamedNode)
        for text in triples.texts(constraint, "sh:select")
    ]
    seen = _seen(triples, subject) + [iri for text in queries for iri in mentioned(text)]
    severity = next(iter(triples.iris(subject, "sh:severity")), "").rpartition("#")[2].lower()
    return Shape(
        subject.value,
        severity or "violation",
        triples.text(subject, "sh:message"),
        tuple(dict.fromkeys(targets)),
        next((_path(triples, path) for path in triples.objects(subject, "sh:path")), ""),
        tuple(dict.fromkeys(iri for iri in [*(iri for _, iri in targets), *seen] if iri.startswith(NS))),
        "\n".join(_dedented(text) for text in queries),
    )


def _seen(triples: Triples, subject: Node) -> list[str]:
    """The IRIs that the description of a shape names, in itself and in the unnamed nodes that hang on it."""
    found: list[str] = []
    waiting: list[Node] = [subject]
    passed = set(waiting)
    while waiting:
        for _, value in triples.about(waiting.pop(0)):
            if isinstance(value, ox.NamedNode):
                found.append(value.value)
            elif isinstance(value, ox.BlankNode) and value not in passed:
                passed.add(value)
                waiting.append(value)
    return found


def _path(triples: Triples, path: Term) -> str:
    """A property path in the syntax of SPARQL."""
    if not isinstance(path, ox.BlankNode):
        return triples.compact(path.value) if isinstance(path, ox.NamedNode) else str(path)
    if steps := triples.items(path):
        return " / ".join(_part(triples, step) for step in steps)
    for head in triples.objects(path, "sh:alternativePath"):
        return " | ".join(_part(triples, one) for one in triples.items(head))
    for inner in triples.objects(path, "sh:inversePath"):
        return f"^{_part(triples, inner)}"
    for name, sign in _REPEATS.items():
        for inner in triples.objects(path, name):
            part = _part(triples, inner)
            return f"({part}){sign}" if part.startswith("^") or part.endswith(tuple("*+?")) else f"{part}{sign}"
    return "(a path that is not spelt out here)"


def _part(triples: Triples, path: Term) -> str:
    """A part of a path, in brackets where it has parts itself."""
    text = _path(triples, path)
    return f"({text})" if " " in text else text


def _dedented(text: str) -> str:
    """A query without the indentation that it has in its file."""
    lines = text.strip("\n").rstrip().splitlines()
    left = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[left:].rstrip() for line in lines)

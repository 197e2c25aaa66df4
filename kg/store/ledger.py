"""A database while it is changed: what came and went is written down beside it.

To count a database, or to make a table of it, takes as long as it is large. What changed is known while it changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.store.deriving import line
from kg.vocabulary import BKG, REUSED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.rdf import Triple

_SOURCES: Final = frozenset({BKG["customer"], REUSED["rdf:subject"]})
_TARGETS: Final = frozenset({BKG["supplier"], REUSED["rdf:object"]})
_ENDS: Final = _SOURCES | _TARGETS | {BKG["breached"], BKG["affectsDownstream"]}
_CONCERNS: Final = (
    _ENDS
    | {
        BKG[name]
        for name in (
            "relationshipStatus", "validFrom", "validUntil", "observedUntil", "earliest", "latest", "certainty", "basis",
        )
    }
    | {REUSED[name] for name in ("rdf:type", "rdfs:label", "rdf:predicate")}
)  # fmt: skip
"""Properties that the edge table rests on."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What came or went of the canonical facts that the edge table rests on.

    Attributes:
        nodes: the IRIs of the nodes for which the table may read differently.
        sources: relationship or claim -> the customers or subjects that it got or lost.
        targets: relationship or claim -> the suppliers or objects that it got or lost.
    """

    nodes: set[str] = field(default_factory=set)
    sources: dict[str, set[str]] = field(default_factory=dict)
    targets: dict[str, set[str]] = field(default_factory=dict)

    def take(self, fact: Triple) -> None:
        """Take note of a canonical fact that came or went."""
        s, predicate, o = fact
        if predicate not in _CONCERNS:
            return
        subject = s[1:-1]
        self.nodes.add(subject)
        if predicate in _ENDS and o[0] == "<":
            other = o[1:-1]
            self.nodes.add(other)
            if predicate in _SOURCES:
                self.sources.setdefault(subject, set()).add(other)
            elif predicate in _TARGETS:
                self.targets.setdefault(subject, set()).add(other)


class Ledger:
    """A database that is being changed.

    Attributes:
        quads: the database.
        grown: quads that it has gained, less those that it has lost.
        touched: what the edge table rests on of that.
    """

    def __init__(self, quads: ox.Store) -> None:
        self.quads = quads
        self.grown = 0
        self.touched = Touched()

    def holds(self, lines: Iterable[str]) -> bool:
        """Return whether all these lines of N-Quads are there."""
        return all(quad in self.quads for quad in _parsed(lines))

    def add(self, lines: Iterable[str]) -> None:
        """Take in lines of N-Quads, those that are not there yet."""
        new = [quad for quad in _parsed(lines) if quad not in self.quads]
        self.quads.extend(new)
        self._count(new, len(new))

    def remove(self, lines: Iterable[str]) -> None:
        """Take out lines of N-Quads, those that are there."""
        old = [quad for quad in _parsed(lines) if quad in self.quads]
        for quad in old:
            self.quads.remove(quad)
        self._count(old, -len(old))

    def load(self, lines: Iterable[str], facts: Collection[Triple]) -> None:
        """Take in lines of N-Quads that are in named graphs, and canonical facts, all known not to be there yet."""
        new = dict.fromkeys([*lines, *map(line, facts)])
        self.quads.bulk_load("\n".join(new).encode(), format=ox.RdfFormat.N_QUADS)
        self._note(facts, len(new))

    def unload(self, lines: Iterable[str], facts: Collection[Triple]) -> None:
        """Take out lines of N-Quads that are in named graphs, and canonical facts, all known to be there."""
        old = list(_parsed([*lines, *map(line, facts)]))
        for quad in old:
            self.quads.remove(quad)
        self._note(facts, -len(old))

    def drop(self, graph: str, size: int) -> None:
        """Take out a named graph (its IRI), which holds so many quads."""
        self.quads.remove_graph(ox.NamedNode(graph))
        self.grown -= size

    def exchange(self, before: Iterable[str], after: Iterable[str]) -> None:
        """Hold the lines `after` instead of the lines `before`."""
        old, new = set(before), set(after)
        self.remove(sorted(old - new))
        self.add(sorted(new - old))

    def _count(self, changed: Iterable[ox.Quad], grown: int) -> None:
        canonical = (quad for quad in changed if quad.graph_name == ox.DefaultGraph())
        self._note(((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in canonical), grown)

    def _note(self, facts: Iterable[Triple], grown: int) -> None:
        self.grown += grown
        for fact in facts:
            self.touched.take(fact)


def _parsed(lines: Iterable[str]) -> Iterator[ox.Quad]:
    """The quads of lines, each once: equal quads are equal lines."""
    return iter(ox.parse("\n".join(dict.fromkeys(lines)).encode(), format=ox.RdfFormat.N_QUADS))

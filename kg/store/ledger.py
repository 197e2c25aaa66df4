"""A database while it is changed: what came and went is written down beside it.

To count a database, or to make a table of it, takes as long as it is large. What changed is known while it changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.store.tabulating import CONCERNS, ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Ledger:
    """A database that is being changed.

    Attributes:
        quads: the database.
        grown: quads that it has gained, less those that it has lost.
        touched: the IRIs of the nodes for which the edge table may read differently.
    """

    def __init__(self, quads: ox.Store) -> None:
        self.quads = quads
        self.grown = 0
        self.touched: set[str] = set()

    def add(self, lines: Iterable[str]) -> None:
        """Take in lines of N-Quads, those that are not there yet."""
        new = {quad for quad in _parsed(lines) if quad not in self.quads}
        self.quads.extend(new)
        self.grown += len(new)
        self._touch(new)

    def add_evidence(self, lines: Iterable[str]) -> None:
        """Take in lines of N-Quads that are in named graphs and known not to be there yet."""
        new = set(_parsed(lines))
        self.quads.extend(new)
        self.grown += len(new)

    def remove(self, lines: Iterable[str]) -> None:
        """Take out lines of N-Quads, those that are there."""
        old = {quad for quad in _parsed(lines) if quad in self.quads}
        for quad in old:
            self.quads.remove(quad)
        self.grown -= len(old)
        self._touch(old)

    def drop(self, graph: str, size: int) -> None:
        """Take out a named graph (its IRI), which holds so many quads."""
        self.quads.remove_graph(ox.NamedNode(graph))
        self.grown -= size

    def exchange(self, before: Iterable[str], after: Iterable[str]) -> None:
        """Hold the lines `after` instead of the lines `before`."""
        old, new = set(before), set(after)
        self.remove(sorted(old - new))
        self.add(sorted(new - old))

    def _touch(self, changed: Iterable[ox.Quad]) -> None:
        for quad in changed:
            if quad.predicate.value in CONCERNS and quad.graph_name == ox.DefaultGraph():
                assert isinstance(quad.subject, ox.NamedNode), "data has no blank nodes"
                self.touched.add(quad.subject.value)
                if quad.predicate.value in ENDS and isinstance(quad.object, ox.NamedNode):
                    self.touched.add(quad.object.value)


def _parsed(lines: Iterable[str]) -> Iterator[ox.Quad]:
    return iter(ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS))

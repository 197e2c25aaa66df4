"""A store whose quads are at a server: what the rest of the package reads of a store, by queries.

The canonical facts are in the server's default graph; where that is the union of all other graphs (Virtuoso, GraphDB),
`kg.remote.push` puts them into a named graph, which is then found here and read as the default graph.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.query import Limits
from kg.store import GraphStore
from kg.vocabulary import GRAPHS, REUSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.remote.asking import RemoteGuard

CANONICAL = f"{GRAPHS}canonical"
LEDGER = f"{GRAPHS}pushed"
"""The graph that says which graphs have been pushed."""
_NAMED = f'GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{GRAPHS}") && ?g NOT IN (<{CANONICAL}>, <{LEDGER}>))'
_PAGE = 10_000
"""Rows asked for at a time: as many as Virtuoso gives."""
EVERYTHING = Limits(seconds=600, rows=10**9, size=2**28)
"""Limits of what is asked for whole: of one page of it, whose rows may be quotes of many words."""


class RemoteStore(GraphStore):
    """The store behind a SPARQL endpoint.

    Args:
        asker: puts queries to it.
        limits: of a query of the user; what is asked to open the store is kept to them too.

    Attributes:
        asker: puts queries to it.

    Raises:
        StoreError: there is no SPARQL endpoint.
    """

    asker: RemoteGuard

    def __init__(self, asker: RemoteGuard, limits: Limits | None = None) -> None:
        told = {"asker": asker, "path": Path(asker.client.shown), "generation": 0, "manifest": {}, "folder": None}
        for name, value in (told | {"held": None}).items():
            object.__setattr__(self, name, value)  # the class is frozen
        if asker.answer(f"ASK {{ GRAPH <{CANONICAL}> {{ ?s ?p ?o }} }}", limits).boolean:
            asker.canonical = CANONICAL

    @property
    def name(self) -> str:
        """The address."""
        return self.asker.client.shown

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return "a server"

    @cached_property
    def quads(self) -> ox.Store:
        """A copy of all quads, fetched when first asked for: for what can only be done with them at hand."""
        store = ox.Store()
        for s, p, o in self._all("?s ?p ?o", "?s ?p ?o", self.asker.canonical):
            store.add(ox.Quad(s, p, o))
        for g, s, p, o in self._all("?g ?s ?p ?o", _NAMED, ""):
            store.add(ox.Quad(s, p, o, g))
        return store

    def find(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        obj: str | None = None,
        graph: str | None = None,
    ) -> list[ox.Quad]:
        """Return the quads of one graph that have these IRIs; None stands for any, and for the default graph.

        Raises:
            StoreError: the server does not give all of them.
        """
        given = [None if iri is None else ox.NamedNode(iri) for iri in (subject, predicate, obj)]
        pattern = " ".join(str(term or f"?{name}") for name, term in zip("spo", given, strict=True))
        # A named graph is no longer seen by some servers once a request says which the default graph is.
        default = "" if graph else self.asker.canonical
        where = f"GRAPH {ox.NamedNode(graph)} {{ {pattern} }}" if graph else pattern
        home = ox.NamedNode(graph) if graph else ox.DefaultGraph()
        asked = " ".join(f"?{name}" for name, term in zip("spo", given, strict=True) if term is None)
        if asked:
            rows = self._all(asked, where, default, small=subject is not None)
        else:
            rows = iter([()] if self.asker.asked(f"ASK {{ {where} }}", EVERYTHING, default).boolean else [])
        return [_quad(given, row, home) for row in rows]

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Yield subject and object of what the default graph says with a property (an IRI), as plain text.

        Raises:
            StoreError: the server does not give all of them.
        """
        yield from self._pairs(f"?s {ox.NamedNode(predicate)} ?o")

    def pairs_of(self, kind: str, predicate: str) -> Iterator[tuple[str, str]]:
        """Yield what `pairs` does, of the members of a class (an IRI) alone.

        Raises:
            StoreError: the server does not give all of them.
        """
        yield from self._pairs(f"?s {REUSED['rdf:type']} {ox.NamedNode(kind)} ; {ox.NamedNode(predicate)} ?o")

    def _pairs(self, where: str) -> Iterator[tuple[str, str]]:
        for subject, value in self._all("?s ?o", where, self.asker.canonical):
            yield subject.value, value.value

    def _all(self, columns: str, where: str, default: str, *, small: bool = False) -> Iterator[Any]:
        """Yield every row, a page at a time; what is small comes at once.

        Servers give so many rows at most, and do not say when there are more: rows are counted.
        """
        if small:
            yield from self.asker.asked(f"SELECT {columns} {{ {where} }}", EVERYTHING, default).terms
            return
        count = self._count(where, default)
        seen: set[Any] = set()
        for offset in range(0, count, _PAGE):
            text = f"SELECT {columns} {{ {where} }} OFFSET {offset} LIMIT {_PAGE}"
            for row in self.asker.asked(text, EVERYTHING, default).terms:
                told = tuple(row)
                seen.add(told)
                yield told
        if len(seen) != count:
            raise StoreError(f"{self.name}: the server gives {len(seen)} of {count} rows; has it changed meanwhile?")

    def __len__(self) -> int:
        return self._count("?s ?p ?o", self.asker.canonical) + self._count(_NAMED, "")

    def _count(self, where: str, default: str) -> int:
        found = self.asker.asked(f"SELECT (COUNT(*) AS ?n) {{ {where} }}", EVERYTHING, default).terms
        return int(found[0][0].value)

    @property
    def outdated(self) -> bool:
        """Whether it has changed, which a server does not tell."""
        return False

    def size(self) -> int:
        """Return the bytes on this disk: none."""
        return 0


def _quad(given: Iterable[ox.NamedNode | None], row: Iterable[Any], home: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    """A quad of the terms that were given, and of those that were found."""
    rest = iter(row)
    s, p, o = (next(rest) if term is None else term for term in given)
    return ox.Quad(s, p, o, home)

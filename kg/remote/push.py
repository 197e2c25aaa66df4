"""Keeping a server current: every graph of a store is put there by the SPARQL 1.1 Graph Store Protocol.

A graph at the server, the ledger, says which graphs were put and by which digest of their triples. A push puts what is
new or has changed, takes away what it once put and the store no longer holds, and leaves every other graph alone; so it
does with a default graph that holds something before the first push, which it refuses unless told otherwise. The
ledger is marked with what is about to be done, and noted with what has been done, so a push that was broken off, at any
moment, goes on where it was; doing it again does nothing. A graph in parts that was broken off is put from its first part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.addresses import shown
from kg.errors import KGError, StoreError
from kg.remote.asking import RemoteGuard, client
from kg.remote.holding import CANONICAL, LEDGER
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.client import Client
    from kg.store import GraphStore

_DIGEST = ox.NamedNode(PREFIXES["dct"] + "identifier")
_TRIPLES = "application/n-triples"
_SECONDS = 3600.0
_BATCH = 100
"""Graphs that are put between two notes in the ledger."""
_PART = 64 * 1024 * 1024
"""Bytes of a graph that are sent at a time; a reader may see the first of them before the others."""
_NEW, _CHANGED = "new", "changed"
"""Marks of a graph that is about to be put for the first time, and of one about to be put again or taken away."""
_ASKED = "asked"
"""Mark of the canonical facts as long as it is not known whether there is room for them."""
_LEDGER_SIZE = 2**30
"""Bytes of the ledger at most, which has some two hundred for a graph."""
_NOT_FOUND = 404
_QUERIES = (
    (r"/store/?$", "/query"),  # Oxigraph
    (r"/sparql-graph-crud(-auth)?/?$", "/sparql"),  # Virtuoso
    (r"/data/?$", "/query"),  # Fuseki
    (r"/rdf-graphs/service/?$", ""),  # RDF4J, GraphDB
    (r"/rdf-graph-store/?$", "/sparql"),
)
"""Where servers have their Graph Store Protocol, and where they are asked."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: graphs put, left as they were, and taken away; the graph of the canonical facts ("" for the default graph)."""

    put: int
    unchanged: int
    removed: int
    canonical: str


def query_address(address: str) -> str:
    """Return where a server is asked whose Graph Store Protocol is at an address.

    Raises:
        KGError: it cannot be told.
    """
    for pattern, instead in _QUERIES:
        found = re.sub(pattern, instead, address)
        if found != address:
            return found
    raise KGError(f"{shown(address)}: where that server takes queries cannot be told; say it with --sparql")


def push(
    store: GraphStore,
    address: str,
    sparql: str = "",
    progress: Callable[[int, int], None] | None = None,
    *,
    replace_default: bool = False,
) -> Pushed:
    """Bring a server to hold the graphs of a store, and say what was done.

    Args:
        store: an open store.
        address: of the server's Graph Store Protocol.
        sparql: where it takes queries; known for common servers.
        progress: called with (graphs done, graphs in all).
        replace_default: put the canonical facts into the server's default graph even if it holds what no push has put
            there, which is lost then.

    Raises:
        MissingExtraError: httpx is not installed.
        StoreError: the default graph holds what no push has put there, and nothing has been put; or the server cannot
            be reached or refuses: what has been put stays, and need not be put again.
        KGError: where the server takes queries cannot be told.
    """
    asker = RemoteGuard(client(sparql or query_address(address)))
    return _Push(store, client(address), asker).run(progress, replace_default=replace_default)


class _Push:
    def __init__(self, store: GraphStore, client: Client, asker: RemoteGuard) -> None:
        self._quads, self._client, self._asker = store.quads, client, asker
        self._known = self._ledger()

    def run(self, progress: Callable[[int, int], None] | None, *, replace_default: bool) -> Pushed:
        """Put, then take away: a reader in between finds the evidence of every fact."""
        names = sorted(graph.value for graph in self._quads.named_graphs() if isinstance(graph, ox.NamedNode))
        held = {name: sha256(self._text(name)).hexdigest() for name in (*names, CANONICAL)}
        stale = [name for name, digest in held.items() if self._known.get(name, set()) - {_NEW} != {digest}]
        gone = sorted(self._known.keys() - held.keys())
        first = not self._known.get(CANONICAL, set()) - {_ASKED}
        if stale or gone:
            marks = {name: _CHANGED if name in self._known else _NEW for name in (*stale, *gone)}
            self._note((marks | ({CANONICAL: _ASKED} if first else {})).items())
        canonical = CANONICAL if self._is_union() else ""
        if first:
            if not canonical and not replace_default:
                self._leave_to_others()
            self._note([(CANONICAL, _NEW)])
        for done, batch in enumerate(_batches([name for name in stale if name != CANONICAL])):
            for number, name in enumerate(batch):
                self._put(name, self._text(name))
                if progress:
                    progress(done * _BATCH + number + 1, len(stale) + len(gone) + 1)
            self._note((name, held[name]) for name in batch)
        if CANONICAL in stale:
            self._put(canonical, self._text(CANONICAL))
        for name in gone:
            self._send("DELETE", name)
        if stale or gone:
            self._send("PUT", LEDGER, _lines(sorted(held.items())))
        if progress:
            progress(len(stale) + len(gone) + 1, len(stale) + len(gone) + 1)
        return Pushed(len(stale), len(held) - len(stale), len(gone), canonical)

    def _text(self, name: str) -> bytes:
        """The sorted N-Triples of a graph; of the default graph under the name that it has at some servers."""
        graph = ox.DefaultGraph() if name == CANONICAL else ox.NamedNode(name)
        lines = self._quads.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
        return b"".join(sorted(lines.splitlines(keepends=True)))

    def _note(self, said: Iterable[tuple[str, str]]) -> None:
        self._send("POST", LEDGER, _lines(said))

    def _is_union(self) -> bool:
        """Whether what is in a named graph, the ledger, shows in the server's default graph."""
        return bool(self._asker.answer(f"ASK {{ <{CANONICAL}> {_DIGEST} ?told }}").boolean)

    def _leave_to_others(self) -> None:
        """Refuse to put anything where the default graph, which is no union, is in use."""
        if not self._asker.answer("ASK { ?s ?p ?o }").boolean:
            return
        if not self._known:
            self._send("DELETE", LEDGER)
        raise StoreError(
            f"{self._client.shown}: its default graph holds what no push has put there, and the canonical facts would"
            " take its place: to let them, say --replace-default"
        )

    def _ledger(self) -> dict[str, set[str]]:
        """Graph -> what is said of it: one digest, or, where a push was broken off, marks and other digests."""
        reply = self._client.send("GET", headers={"Accept": _TRIPLES}, parameters={"graph": LEDGER}, size=_LEDGER_SIZE)
        if reply.status == _NOT_FOUND:
            return {}
        self._client.refuse(reply)
        found: dict[str, set[str]] = {}
        try:
            for quad in ox.parse(reply.body, format=ox.RdfFormat.N_TRIPLES):
                if quad.predicate == _DIGEST and isinstance(quad.subject, ox.NamedNode):
                    found.setdefault(quad.subject.value, set()).add(getattr(quad.object, "value", ""))
        except SyntaxError as error:
            told = self._client.told(str(error))
            raise StoreError(f"{self._client.shown}: does not speak the Graph Store Protocol: {told}") from error
        return found

    def _put(self, graph: str, text: bytes) -> None:
        """Put a graph, a large one in parts: the first replaces what was there, the others are added to it."""
        for number, part in enumerate(_parts(text)):
            self._send("POST" if number else "PUT", graph, part)

    def _send(self, method: str, graph: str, text: bytes | None = None) -> None:
        """Send a graph, or take it away; "" is the default graph."""
        where = {"graph": graph} if graph else {"default": ""}
        headers = {} if text is None else {"Content-Type": _TRIPLES}
        reply = self._client.send(method, parameters=where, headers=headers, body=text, seconds=_SECONDS)
        if method != "DELETE" or reply.status != _NOT_FOUND:
            self._client.refuse(reply)


def _lines(said: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{ox.Triple(ox.NamedNode(name), _DIGEST, ox.Literal(told))} .\n" for name, told in said).encode()


def _parts(text: bytes) -> Iterator[bytes]:
    """The text in whole lines, so many that no part is longer than it may be; a line that is makes one of its own."""
    start = 0
    while len(text) - start > _PART:
        end = text.rfind(b"\n", start, start + _PART) + 1 or text.index(b"\n", start) + 1
        yield text[start:end]
        start = end
    if start < len(text) or not text:
        yield text[start:]


def _batches(names: list[str]) -> Iterator[list[str]]:
    return (names[start : start + _BATCH] for start in range(0, len(names), _BATCH))

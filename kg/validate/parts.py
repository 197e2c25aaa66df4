"""What is validated at one go, as files: the canonical graph, or the evidence of some documents."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.store.deriving import vocabulary
from kg.store.reading import damage
from kg.vocabulary import GRAPHS_APART, PROVENANCE_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from kg.store import GraphStore

PART = 100_000
"""About how many triples of evidence are validated together: the engine's memory does not grow with the evidence, and
the vocabulary, which comes with every part, stays small beside it."""


def evidence_graphs(store: GraphStore) -> list[str]:
    """Return the IRIs of the evidence graphs of a store, sorted."""
    with damage(store.path):
        named = {graph.value for graph in store.quads.named_graphs() if isinstance(graph, ox.NamedNode)}
    return sorted(named - GRAPHS_APART)


def canonical_part(store: GraphStore, folder: Path) -> Path:
    """Return a new file with the canonical graph and the vocabulary."""
    path = folder / "canonical.nt"
    with damage(store.path), path.open("wb") as file:
        store.quads.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        file.write(_vocabulary())
    return path


def evidence_parts(store: GraphStore, folder: Path, size: int = PART) -> Iterator[Path]:
    """Yield a file that holds evidence graphs of about `size` triples, until all have come; it is used again.

    Shapes look at nothing that lies in two evidence graphs, so their findings do not depend on the parts.
    """
    path, graphs = folder / "evidence.nt", evidence_graphs(store)
    while graphs:
        with damage(store.path), path.open("wb") as file:
            file.write(_vocabulary())
            written = 0
            while graphs and written < size:
                written += _write(store, graphs.pop(), file)
        yield path


def _write(store: GraphStore, graph: str, file: BinaryIO) -> int:
    """Write an evidence graph with its description; return how many triples it has."""
    held = BytesIO()
    store.quads.dump(held, ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
    described = store.find(graph, graph=PROVENANCE_GRAPH[1:-1])
    file.write(held.getvalue() + "".join(f"{quad.triple} .\n" for quad in described).encode())
    return held.getvalue().count(b"\n")


@cache
def _vocabulary() -> bytes:
    # N-Triples: no line of the vocabulary is in a graph.
    return "".join(f"{quad} .\n" for quad in vocabulary()).encode()

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.store import open_store
from kg.store.files import serialize


@pytest.fixture(scope="session")
def exported(demo_graph, tmp_path_factory):
    """A function: a change of the lines of the demo graph (N-Quads) -> the changed graph, as a store in memory."""
    lines = serialize(demo_graph.store.quads, ".nq").splitlines(keepends=True)
    folder = tmp_path_factory.mktemp("changed")

    def changed(change):
        path = folder / "graph.nq"
        path.write_text("".join(change(lines)), "utf-8")
        return open_store(path)

    return changed


@pytest.fixture
def store(tmp_path):
    """A function: Turtle -> a store in memory."""

    def opened(turtle):
        path = tmp_path / "graph.ttl"
        path.write_text(turtle, "utf-8")
        return open_store(path)

    return opened


def triples(path):
    """The triples of a file of N-Triples, sorted."""
    return sorted({quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES)}, key=str)

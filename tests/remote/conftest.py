from __future__ import annotations

import pytest
from engines import Engine, oxigraph, virtuoso
from served import served

import kg
from kg.remote.push import push


@pytest.fixture
def engine(tmp_path):
    """An empty Oxigraph server."""
    folder = tmp_path / "oxigraph"
    folder.mkdir()
    with oxigraph(folder) as running:
        yield running


@pytest.fixture(scope="session")
def held(demo_graph, demo_store, tmp_path_factory):
    """A function that gives the demo graph as a server holds it, by the server's name; started once."""
    from contextlib import ExitStack

    graphs = {}
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_USER", "dba")
        patch.setenv("KG_PASSWORD", "dba")

        def opened(name):
            if name not in graphs:
                if name == "kg serve":
                    running = Engine("", stack.enter_context(served(demo_store)).endpoint)
                else:
                    start = {"oxigraph": oxigraph, "virtuoso": virtuoso}[name]
                    running = stack.enter_context(start(tmp_path_factory.mktemp(name)))
                    push(demo_graph.store, running.graphs)
                graphs[name] = kg.open(running.queries)
            return graphs[name]

        yield opened

"""Keeping a server current."""

from __future__ import annotations

import subprocess
import sys

import httpx
import pyoxigraph as ox
import pytest
from documents import lines, post, table
from engines import virtuoso

import kg
from kg.cli import main
from kg.client import Client
from kg.errors import KGError, StoreError
from kg.remote.asking import RemoteGuard
from kg.remote.holding import CANONICAL
from kg.remote.push import Pushed, _parts, _Push, push, query_address

FOREIGN = "http://example.org/not-ours"


@pytest.fixture
def sent(monkeypatch):
    """Every graph that is put or taken away, in order."""
    told = []
    whole = _Push._send

    def noting(self, method, graph, text=None):
        told.append((method, graph))
        whole(self, method, graph, text)

    monkeypatch.setattr(_Push, "_send", noting)
    return told


def test_it_holds_what_the_store_holds_after_every_push(build, engine, sent):
    httpx.put(
        engine.graphs, params={"graph": FOREIGN}, content="<a:s> <a:p> <a:o> .", headers={"Content-Type": "text/turtle"}
    )
    graph = build({"a.json": post("DEM1700000001"), "b.csv": table("Alder,Birch,mail,,,")})
    count = len(list(graph.store.quads.named_graphs())) + 1
    assert push(graph.store, engine.graphs) == Pushed(count, 0, 0, "")
    assert lines(kg.open(engine.queries)) == lines(graph)
    sent.clear()
    assert push(graph.store, engine.graphs) == Pushed(0, count, 0, "")
    assert sent == []

    # Another document changes its own graph, and what follows from all of them.
    graph = build({"b.csv": table("Alder,Cedar,mail,,,")})
    told = push(graph.store, engine.graphs)
    assert (told.put, told.removed) == (4, 1)
    assert ("PUT", next(name for _, name in sent if name and "pushed" not in name)) in sent
    assert lines(kg.open(engine.queries)) == lines(graph)

    graph = build({"c.csv": table("Elm,Fir,mail,,,")})
    told = push(graph.store, engine.graphs)
    assert (told.put, told.removed, told.unchanged) == (4, 0, count - 3)
    assert lines(kg.open(engine.queries)) == lines(graph)
    assert httpx.get(engine.graphs, params={"graph": FOREIGN}).status_code == 200


THEIRS = {"content": "<a:s> <a:p> <a:o> .", "headers": {"Content-Type": "text/turtle"}}


def test_a_default_graph_of_others_is_replaced_only_when_told(build, engine, capsys):
    graph = build({"a.csv": table("Alder,Birch,mail,,,")})
    # What is in a named graph too is no less in the default graph.
    for place in ({"default": ""}, {"graph": FOREIGN}):
        httpx.put(engine.graphs, params=place, **THEIRS)
    before = httpx.get(engine.graphs).text
    assert main(["push", engine.graphs, "--store", str(graph.store.path)]) == 1
    said = capsys.readouterr().err
    assert (said.count("\n"), "--replace-default" in said) == (1, True)
    assert httpx.get(engine.graphs).text == before
    assert main(["push", engine.graphs, "--replace-default", "--store", str(graph.store.path)]) == 0
    assert lines(kg.open(engine.queries)) == lines(graph)
    # What a push has put there is replaced by the next without a word.
    graph = build({"a.csv": table("Elm,Cedar,mail,,,")})
    assert push(graph.store, engine.graphs).put == 4
    assert lines(kg.open(engine.queries)) == lines(graph)


@pytest.fixture
def breaking(monkeypatch):
    """Let a push break off before or after so many requests; the last may have been carried out unseen."""
    whole = _Push._send

    def broken(store, engine, after, *, unseen=False):
        left = [after]

        def counted(self, method, graph, text=None):
            left[0] -= 1
            if left[0] >= 0 or (unseen and left[0] == -1):
                whole(self, method, graph, text)
            if left[0] < 0:
                raise StoreError("the line is dead")

        with monkeypatch.context() as patch:
            patch.setattr(_Push, "_send", counted)
            try:
                push(store, engine.graphs)
            except StoreError:
                return True
        return False

    return broken


def test_one_that_is_broken_off_goes_on_where_it_was(build, engine, monkeypatch, breaking):
    monkeypatch.setattr("kg.remote.push._BATCH", 2)
    graph = build({f"{n}.json": post(f"DEM170000000{n}", vendors=(f"Vendor {n}",)) for n in range(4)})
    # The mark, that there is room, two graphs, their note, one more graph.
    assert breaking(graph.store, engine, 6)
    told = push(graph.store, engine.graphs)
    assert (told.unchanged, told.removed) == (2, 0)
    assert lines(kg.open(engine.queries)) == lines(graph)
    assert push(graph.store, engine.graphs).put == 0


@pytest.mark.parametrize("unseen", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_a_first_push_that_is_broken_off_knows_its_own_default_graph(build, engine, monkeypatch, breaking, unseen):
    monkeypatch.setattr("kg.remote.push._PART", 500_000)
    graph = build({"a.csv": table("Alder,Birch,mail,,,")})
    for after in range(20):
        httpx.delete(engine.graphs)
        going_on = breaking(graph.store, engine, after, unseen=unseen)
        push(graph.store, engine.graphs)
        assert lines(kg.open(engine.queries)) == lines(graph)
        if not going_on:
            break
    assert 5 < after < 19
    # Broken off before it has found out, it still has to.
    httpx.delete(engine.graphs)
    httpx.put(engine.graphs, params={"default": ""}, **THEIRS)
    assert breaking(graph.store, engine, 0, unseen=unseen)
    with pytest.raises(StoreError, match="no push has put there"):
        push(graph.store, engine.graphs)


def test_a_large_graph_is_put_in_parts(build, engine, sent, monkeypatch, breaking):
    monkeypatch.setattr("kg.remote.push._PART", 50_000)
    graph = build({"a.json": post("DEM1700000001"), "b.csv": table("Alder,Birch,mail,,,")})
    push(graph.store, engine.graphs)
    default = [method for method, name in sent if not name]
    assert default == ["PUT"] + ["POST"] * (len(default) - 1)
    assert len(default) > 2
    assert lines(kg.open(engine.queries)) == lines(graph)
    # Broken off within the default graph: its first part has replaced what was there.
    graph = build({"b.csv": table("Alder,Cedar,mail,,,")})
    sent.clear()
    assert breaking(graph.store, engine, 7)
    assert [name for _, name in sent][-2:] == ["", ""]
    assert lines(kg.open(engine.queries)) != lines(graph)
    push(graph.store, engine.graphs)
    assert lines(kg.open(engine.queries)) == lines(graph)


def test_parts_are_whole_lines(monkeypatch):
    monkeypatch.setattr("kg.remote.push._PART", 4)
    for text in (b"", b"a\n", b"ab\ncd\n", b"abcdefgh\ni\n", b"a\nabcdefgh\n", b"abc\nabc\nabc\n"):
        told = list(_parts(text))
        assert b"".join(told) == text
        assert all(part.endswith(b"\n") and (len(part) <= 4 or part.count(b"\n") == 1) for part in told if part)
        assert told.count(b"") <= (text == b"")


@pytest.mark.parametrize(
    ("unseen", "step"),
    [(True, 3), pytest.param(True, 1, marks=pytest.mark.slow), pytest.param(False, 1, marks=pytest.mark.slow)],
)
def test_broken_off_anywhere_the_next_push_makes_it_good(build, engine, breaking, unseen, step):
    """From one state to another, broken off at a request, then to either: the server holds that, and nothing else."""
    first, other = {"a.csv": table("Alder,Birch,mail,,,")}, {"a.csv": table("Elm,Cedar,mail,,,")}
    states = [build(files) for files in (first, other)]
    push(states[0].store, engine.graphs)
    for after in range(0, 12, step):
        going_on = breaking(states[1].store, engine, after, unseen=unseen)
        for target in (0,) if after % 2 else (1, 0):
            push(states[target].store, engine.graphs)
            there = kg.open(engine.queries)
            assert lines(there) == lines(states[target])
            assert len(there.store) == len(states[target].store)
        if not going_on:
            break
    assert after > 4


def test_a_server_whose_default_graph_is_the_union(build, tmp_path, monkeypatch):
    monkeypatch.setenv("KG_USER", "dba")
    monkeypatch.setenv("KG_PASSWORD", "dba")
    folder = tmp_path / "virtuoso"
    folder.mkdir()
    with virtuoso(folder) as engine:
        graph = build({"a.json": post("DEM1700000001"), "b.csv": table("Alder,Birch,mail,,,")})
        # It comes with graphs of its own, which show in the default graph.
        assert RemoteGuard(Client(engine.queries)).answer("ASK { ?s ?p ?o }").boolean
        told = push(graph.store, engine.graphs)
        assert (told.canonical, told.unchanged, told.removed) == (CANONICAL, 0, 0)
        there = kg.open(engine.queries)
        assert lines(there) == lines(graph)
        count = "SELECT (COUNT(*) AS ?n) { ?o a bkg:Organization }"
        assert there.query(count).rows == graph.query(count).rows
        graph = build({"b.csv": table("Alder,Cedar,mail,,,")})
        told = push(graph.store, engine.graphs)
        assert (told.put, told.removed) == (4, 1)
        assert lines(kg.open(engine.queries)) == lines(graph)
        monkeypatch.setenv("KG_PASSWORD", "wrong")
        with pytest.raises(StoreError, match="wants to know who asks"):
            push(graph.store, engine.graphs)


def test_the_command(demo_store, engine, capsys):
    assert main(["push", engine.graphs, "--store", str(demo_store)]) == 0
    assert capsys.readouterr().out == "12 graphs put, 0 unchanged, 0 removed; canonical facts in the default graph\n"
    assert main(["push", engine.graphs, "--sparql", engine.queries, "--store", str(demo_store)]) == 0
    assert capsys.readouterr().out == "0 graphs put, 12 unchanged, 0 removed; canonical facts in the default graph\n"
    assert main(["push", "http://127.0.0.1:1/store", "--store", str(demo_store)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert main(["push", engine.queries, "--store", str(demo_store)]) == 1
    assert "say it with --sparql" in capsys.readouterr().err


def test_without_the_extra(demo_store):
    code = "import sys; sys.modules['httpx'] = None; from kg.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "push", "http://127.0.0.1:1/store", "--store", str(demo_store)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "kg: httpx is not installed (pip install 'breachkg[remote]')\n")


@pytest.mark.parametrize(
    ("graphs", "queries"),
    [
        ("http://a:7878/store", "http://a:7878/query"),
        ("https://a/sparql-graph-crud-auth", "https://a/sparql"),
        ("http://a/sparql-graph-crud", "http://a/sparql"),
        ("http://a:3030/ds/data", "http://a:3030/ds/query"),
        ("http://a:7200/repositories/x/rdf-graphs/service", "http://a:7200/repositories/x"),
    ],
)
def test_where_common_servers_take_queries(graphs, queries):
    assert query_address(graphs) == queries


def test_progress_is_told(demo_graph, engine):
    told = []
    push(demo_graph.store, engine.graphs, progress=lambda done, total: told.append((done, total)))
    assert told == [(n, 13) for n in range(1, 12)] + [(13, 13)]


def test_what_does_not_speak_the_protocol(demo_graph, engine):
    with pytest.raises(KGError):
        push(demo_graph.store, engine.queries, engine.queries)
    assert ox.Store().query("ASK {}")

"""The process that answers: its limits, its end, and that it gives what the engine gives."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from documents import post
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.cli import main
from kg.errors import QueryError
from kg.query import Forms, Guard, Limits, run
from kg.query.guard import _Worker
from kg.store.reading import GraphStore

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?c))) AS ?x) { ?a ?b ?c . ?d ?e ?f }"
PATIENCE = 20
"""Seconds that a busy machine may take for what takes it a moment."""
SILENT_PARENT = """
import sys, threading, time
import kg
graph = kg.open(sys.argv[1], limits=kg.Limits(seconds=1000))
graph.answer("ASK {}")
print(graph._guard._idle[0]._process.pid, flush=True)
if len(sys.argv) > 2:
    threading.Thread(target=graph.answer, args=(sys.argv[2],)).start()
time.sleep(1000)
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="the system bounds no address space")


@pytest.fixture
def graph(demo_store):
    return kg.open(demo_store)


def worker_of(graph):
    (waiting,) = graph._guard._idle
    return waiting._process


def gone(pid):
    """Whether a process that is not ours ends, or is a zombie that nobody has buried yet."""
    for _ in range(PATIENCE * 20):
        try:
            os.kill(pid, 0)
            if sys.platform == "linux" and Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def test_a_slow_query_is_stopped_and_the_next_one_answered(graph):
    graph.answer("ASK {}")
    before = worker_of(graph)
    begun = time.monotonic()
    with pytest.raises(QueryError, match="took longer than 0.3 s and was stopped"):
        graph.query(SLOW, Limits(seconds=0.3))
    assert 0.3 <= time.monotonic() - begun < PATIENCE
    assert before.poll() is not None
    assert graph.query("ASK {}").rows == [(True,)]
    assert worker_of(graph).pid != before.pid


def test_the_worker_is_kept(graph):
    pids = set()
    for _ in range(5):
        graph.answer("SELECT * { ?s ?p ?o } LIMIT 1")
        with pytest.raises(QueryError):
            graph.answer("no query")
        graph.dataset.query("ASK {}")
        pids.add(worker_of(graph).pid)
    assert len(pids) == 1


def test_limits_are_sane():
    for wrong in (
        {"seconds": 0}, {"seconds": -1}, {"seconds": float("nan")}, {"seconds": float("inf")}, {"rows": 0},
        {"memory": -5}, {"size": 0},
    ):  # fmt: skip
        with pytest.raises(QueryError, match="limit of"):
            Limits(**wrong)


def test_too_many_rows(graph):
    text = "SELECT ?s ?o { ?s bkg:usesVendor ?o } ORDER BY ?s ?o"
    whole = graph.answer(text)
    cut = graph.answer(text, Limits(rows=5))
    assert (whole.cut, cut.cut) == ("", "more than 5 rows")
    assert cut.table.rows == whole.table.rows[:5]
    assert graph.answer(text, Limits(rows=len(whole.terms))).cut == ""
    assert graph.answer(text, Limits(rows=len(whole.terms) - 1)).cut
    with pytest.raises(QueryError, match="more than 5 rows: give the query a LIMIT"):
        graph.query(text, Limits(rows=5))
    triples = graph.answer("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", Limits(rows=7))
    assert (len(triples.triples), triples.cut) == (7, "more than 7 rows")


def test_too_much_text(graph):
    text = "SELECT ?s ?p ?o { ?s ?p ?o }"
    whole, cut = graph.answer(text), graph.answer(text, Limits(size=100_000))
    assert cut.cut == "more than 100,000 bytes"
    assert 100 < len(cut.terms) < len(whole.terms) / 2
    assert [tuple(row) for row in cut.terms] == [tuple(row) for row in whole.terms[: len(cut.terms)]]


@linux
def test_too_much_memory(graph):
    limits = Limits(seconds=PATIENCE * 3, memory=64 * 1024 * 1024)
    with pytest.raises(QueryError, match="memory"):
        graph.answer(HUNGRY, limits)
    assert graph.answer("ASK {}", limits).boolean is True


def test_nested_too_deeply(graph):
    with pytest.raises(QueryError, match="nested too deeply"):
        graph.answer("SELECT * { " + "{" * 200_000 + "}" * 200_000 + " }")
    assert graph.answer("ASK {}").boolean is True


def test_the_command_has_limits(demo_store, capsys):
    store = ["--store", str(demo_store)]
    rows = ["query", "SELECT ?o { ?s bkg:usesVendor ?o }", "--format", "csv", *store]
    assert main([*rows, "--max-rows", "3"]) == 3
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 4
    assert told.err == "kg: the answer has more than 3 rows; the rest is left out\n"
    assert main(rows) == 0
    assert len(capsys.readouterr().out.splitlines()) > 10
    assert main(["query", SLOW, "--timeout", "0.2", *store]) == 1
    assert "longer than 0.2 s" in capsys.readouterr().err
    assert main(["query", "--named", "CQ04", "--format", "json", "--max-rows", "1", *store]) == 3
    assert len(json.loads(capsys.readouterr().out)["results"]["bindings"]) == 1


def test_opting_out_takes_queries_as_they_come(demo_store, tmp_path):
    free = kg.open(demo_store, guarded=False)
    assert free.query("SELECT (COUNT(*) AS ?n) FROM <http://nothing/> { ?s ?p ?o }").rows == [(0,)]
    assert not free._guard._idle
    with pytest.raises(QueryError, match="FROM <http://nothing/> is refused"):
        free.query("SELECT * FROM <http://nothing/> { ?s ?p ?o }", Limits())


@contextmanager
def parent(*arguments):
    with subprocess.Popen([sys.executable, "-c", SILENT_PARENT, *arguments], stdout=subprocess.PIPE) as process:
        try:
            yield process, int(process.stdout.readline())
        finally:
            process.kill()


@pytest.mark.parametrize("text", [[], [SLOW]], ids=["waiting", "answering"])
@pytest.mark.parametrize("kind", [signal.SIGKILL, signal.SIGTERM])
def test_no_worker_outlives_its_parent(demo_store, text, kind):
    with parent(str(demo_store), *text) as (process, worker):
        os.kill(worker, 0)
        time.sleep(0.3)
        process.send_signal(kind)
        process.wait()
        assert gone(worker)


def test_no_worker_outlives_its_graph(demo_store):
    graph = kg.open(demo_store)
    graph.answer("ASK {}")
    process = worker_of(graph)
    del graph
    assert process.poll() is not None


def test_a_worker_that_was_killed_is_replaced(graph):
    graph.answer("ASK {}")
    worker_of(graph).kill()
    worker_of(graph).wait()
    assert graph.answer("ASK {}").boolean is True
    threading.Timer(0.5, worker_of(graph).kill).start()
    with pytest.raises(QueryError, match="the system ended its process"):
        graph.answer(SLOW)
    assert graph.answer("ASK {}").boolean is True


def test_an_interrupt_ends_the_query(graph):
    graph.answer("ASK {}")
    process = worker_of(graph)

    def interrupt(*_):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(KeyboardInterrupt):
            graph.answer(SLOW)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert process.poll() is not None
    assert graph.answer("ASK {}").boolean is True


def test_a_fork_has_workers_of_its_own(demo_store):
    """In a process of its own: a fork of this one would carry all its threads' locks."""
    script = """
import os, sys, kg
graph = kg.open(sys.argv[1])
graph.answer("ASK {}")
worker = graph._guard._idle[0]._process
if not (child := os.fork()):
    os._exit(0 if graph.answer("ASK {}").boolean else 5)
_, status = os.waitpid(child, 0)
assert worker.poll() is None, "the fork ended the worker of its parent"
assert graph.answer("ASK {}").boolean
assert graph._guard._idle[0]._process is worker
print(status)
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, demo_store], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_threads_share_one_graph(graph):
    texts = [f"SELECT ?s {{ ?s a bkg:Organization }} ORDER BY ?s LIMIT {n}" for n in range(1, 20)]
    expected = {text: run(graph.store, text).terms for text in texts}

    def ask(number):
        for text in texts[number:] + texts[:number]:
            assert list(map(str, graph.answer(text).terms)) == list(map(str, expected[text]))
        with pytest.raises(QueryError, match=r"longer than 0.3 s"):
            graph.answer(SLOW, Limits(seconds=0.3))
        return len(graph.dataset.query(texts[number]))

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, range(4))) == [1, 2, 3, 4]
    assert len(graph._guard._idle) <= 2


def test_a_graph_answers_from_its_own_generation(build):
    before = build({"a.json": post("DEM1700000001")})
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    after = build({"b.json": post("DEM1700000002", vendors=("Cedar",))})
    old, new = before.query(count).rows, after.query(count).rows
    assert old == run(before.store, count).table.rows
    assert new == run(after.store, count).table.rows
    assert old < new


def test_other_states_of_a_graph_are_as_guarded(build):
    graph = build({"a.json": post("DEM1700000001")})
    path, limits = graph.store.path, Limits(rows=5)
    limited, free = kg.open(path, limits=limits), kg.open(path, guarded=False)
    build({"b.json": post("DEM1700000002", vendors=("Cedar",))})
    day = date(2999, 1, 1)
    for other in (limited.refresh(), limited.at(as_of=day), kg.open(path, as_of=day, limits=limits)):
        assert other is not limited
        with pytest.raises(QueryError, match="more than 5 rows"):
            other.query("SELECT * { ?s ?p ?o }")
    for other in (free.refresh(), free.at(as_of=day)):
        assert other.query("SELECT (COUNT(*) AS ?n) FROM <http://nothing/> { ?s ?p ?o }").rows == [(0,)]


def test_a_graph_of_a_file_is_guarded(tmp_path):
    file = tmp_path / "graph.nq"
    file.write_text('<a:s> <a:p> "1" <a:g> .\n<a:s> <a:p> "2" .\n_:b <a:p> "3" .\n', encoding="utf-8")
    graph = kg.open(file)
    assert sorted(graph.query("SELECT ?o { ?s ?p ?o }").rows) == [("2",), ("3",)]
    with pytest.raises(QueryError, match="longer than"):
        graph.query(
            f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'?s{n} ?p{n} ?o{n} .' for n in range(40))} }}", Limits(seconds=0.3)
        )
    file.unlink()
    assert graph.query("SELECT ?o FROM <a:g> { ?s ?p ?o }").rows == [("1",)]


def test_a_worker_that_cannot_open_the_store_says_so(demo_graph, tmp_path):
    broken = GraphStore(tmp_path / "none", demo_graph.store.quads, 1, {}, tmp_path / "none")
    with pytest.raises(QueryError, match="a query cannot open the store"):
        Guard(broken).answer("ASK {}")


def test_a_worker_can_open_nothing(demo_graph):
    """Were a SERVICE to slip through, there would be no socket for it."""
    worker = _Worker(demo_graph.store)
    try:
        limits = Path(f"/proc/{worker._process.pid}/limits").read_text()
    except OSError:
        pytest.skip("the system does not tell the limits of a process")
    finally:
        worker.end()
    (line,) = [line for line in limits.splitlines() if line.startswith("Max open files")]
    assert line.split()[3] == "1"


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
DATATYPES = st.sampled_from("integer decimal double float boolean date dateTime string gYear anyURI duration".split())
LEXICAL = st.one_of(
    TEXTS, st.sampled_from(["1", "+01", "1.0", "01.50", "1e0", "1E+5", "INF", "NaN", "-0", "true", "."])
)
TERMS = st.one_of(
    st.builds(ox.Literal, TEXTS),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), TEXTS, st.sampled_from(["en", "de-AT", "x-a-b"])),
    st.builds(
        lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}")),
        LEXICAL,
        DATATYPES,
    ),
    st.builds(lambda number: ox.NamedNode(f"http://example.org/{number}?a=%20'é"), st.integers()),
)


@given(st.lists(st.tuples(st.one_of(st.none(), TERMS), st.one_of(st.none(), TERMS)), max_size=6))
@settings(max_examples=150)
def test_terms_come_through_whole(demo_graph, rows):
    told = " ".join(f"({' '.join('UNDEF' if term is None else str(term) for term in row)})" for row in rows)
    text = f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {told} }} }}"
    guarded, free = demo_graph.answer(text), run(demo_graph.store, text)
    assert guarded.columns == free.columns
    assert [tuple(row) for row in guarded.terms] == [tuple(row) for row in free.terms]
    assert guarded.to_json() == free.to_json()


@pytest.mark.parametrize("text", ["SELECT * {}", "SELECT ?x {}", "SELECT * { FILTER(false) }", "CONSTRUCT {} WHERE {}"])
def test_answers_of_nothing(demo_graph, text):
    guarded, free = demo_graph.answer(text), run(demo_graph.store, text)
    assert (guarded.columns, len(guarded.terms), guarded.triples) == (free.columns, len(free.terms), free.triples)
    assert guarded.to_json() == free.to_json()


LONG = 'BIND(REPLACE("aaaaaaaaaaaaaaaa", "a", "bbbbbbbbbbbbbbbb") AS ?a) BIND(REPLACE(?a, "b", ?a) AS ?b) BIND(CONCAT(REPLACE(?b, "b", ?a), "x") AS ?c)'
"""A pattern that binds a value of one character more than 16 MiB."""


@pytest.mark.parametrize("text", [f"SELECT ?c {{ {LONG} }}", f"CONSTRUCT {{ <x:a> <x:b> ?c }} {{ {LONG} }}"])
def test_a_value_that_the_engine_cannot_read(graph, text):
    """Asked in another thread, which is the only one that may let go of what reads the answer."""
    with ThreadPoolExecutor(1) as pool:
        error = pool.submit(graph.answer, text, Limits(seconds=PATIENCE)).exception()
    assert isinstance(error, QueryError)
    assert str(error) == "the answer cannot be read: a value in it, or a row of values, has more than 16 MiB"
    del error
    with pytest.raises(QueryError, match="a value in it, or a row of values, has more than 16 MiB"):
        graph._guard.written(text, Forms("text/csv", "text/turtle"), Limits(seconds=PATIENCE))

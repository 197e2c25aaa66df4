"""A server that runs while its store is built, and how it ends."""

from __future__ import annotations

import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from documents import post
from served import served

import kg

LIKE = "SELECT ?v { ?c bkg:usesVendor ?v } ORDER BY ?v"


def test_generations_swap_underneath(build, tmp_path):
    """Every answer is that of one generation: as many vendors as documents, told once by name and once counted."""
    build({"0.json": post("DEM1700000000", vendors=("Vendor 0",))})
    seen, wrong, done = set(), [], threading.Event()
    text = """SELECT ?n (COUNT(?v) AS ?held) {
        { SELECT (COUNT(DISTINCT ?x) AS ?n) { ?i bkg:breached ?x } } ?c bkg:usesVendor ?v } GROUP BY ?n"""

    def ask(running):
        with httpx.Client(trust_env=False, timeout=60) as client:
            while not done.is_set():
                told = client.post(running.endpoint, data={"query": text})
                if told.status_code != 200:
                    wrong.append(told.text)
                    return
                ((row),) = told.json()["results"]["bindings"]
                n, held = int(row["n"]["value"]), int(row["held"]["value"])
                seen.add(n)
                if n != held:
                    wrong.append((n, held))

    with served(tmp_path / "built.kg") as running:
        askers = [threading.Thread(target=ask, args=(running,)) for _ in range(3)]
        for asker in askers:
            asker.start()
        for number in range(1, 5):
            built = build({f"{number}.json": post(f"DEM170000000{number}", vendors=(f"Vendor {number}",))})
            until(lambda number=number: number + 1 in seen or wrong)
        done.set()
        for asker in askers:
            asker.join()
        assert wrong == []
        assert running.figure("kg_generation") == built.store.generation
        assert running.figure('kg_generation_turns_total{end="done"}') == 4
        assert running.rows(LIKE) == [tuple(row) for row in built.query(LIKE).rows]
        assert running.said == []


def until(true):
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError


@pytest.mark.parametrize(
    "text", ["SELECT ?v { ?c x:y ?v }", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", LIKE]
)
def test_no_query_keeps_the_generation_that_it_was_asked_of(build, tmp_path, text):
    build({"0.json": post("DEM1700000000")})
    with served(tmp_path / "built.kg", "--timeout", "0.5") as running:
        for number in range(1, 5):
            running.ask(text)
            build({f"{number}.json": post(f"DEM170000000{number}")})
            running.ask("ASK {}")
        until(lambda: len(children(running.process.pid)) <= 1)
        build({"last.json": post("DEM1700000009")})
        assert len(list((tmp_path / "built.kg" / "generations").iterdir())) == 3


def test_a_store_that_is_damaged_meanwhile_is_served_on(build, tmp_path):
    graph = build({"0.json": post("DEM1700000000")})
    rows = [tuple(row) for row in graph.query(LIKE).rows]
    with served(tmp_path / "built.kg") as running:
        assert running.rows(LIKE) == rows
        (tmp_path / "built.kg" / "CURRENT").write_text("999999")
        assert running.rows(LIKE) == rows
        until(lambda: running.said)
        assert "generation 1 is served on" in running.said[0]
        assert running.figure('kg_generation_turns_total{end="failed"}') >= 1


def test_a_file_is_served_too(tmp_path):
    file = tmp_path / "graph.nq"
    file.write_text('<a:s> <a:p> "1" <a:g> .\n<a:s> <a:p> "2" .\n', encoding="utf-8")
    with served(file) as running:
        assert running.rows("SELECT ?o { ?s ?p ?o }") == [("2",)]
        assert running.rows("SELECT ?o { GRAPH ?g { ?s ?p ?o } }") == [("1",)]


def test_it_ends_when_told_to_and_lets_a_query_come_to_its_end(demo_store):
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?c FILTER(STRLEN(STR(?a)) > 1000) }"
    told = []
    with served(demo_store, "--timeout", "20") as running:
        asker = threading.Thread(target=lambda: told.append(running.ask(text).status_code))
        asker.start()
        until(lambda: running.figure("kg_queries_running") == 1)
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(30) == 0
        asker.join()
        assert told in ([200], [503])
        with socket.socket() as again:
            assert again.connect_ex(running.place) != 0


def test_it_ends_at_once_when_told_twice(demo_store):
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with served(demo_store, "--timeout", "1000") as running:
        threading.Thread(target=lambda: swallow(running, text), daemon=True).start()
        until(lambda: running.figure("kg_queries_running") == 1)
        workers = children(running.process.pid)
        begun = time.monotonic()
        running.process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        assert running.process.poll() is None
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(30) == 0
        assert time.monotonic() - begun < 8
        until(lambda: not any(map(alive, workers)))


def swallow(running, text):
    try:
        running.ask(text)
    except httpx.HTTPError:
        return


def children(parent):
    from pathlib import Path

    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


def alive(pid):
    import os

    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_python_serves_it_in_one_call(demo_store):
    """The application is plain ASGI: any server, or none, can call it."""
    import asyncio

    from kg.serve.app import application

    async def asked():
        transport = httpx.ASGITransport(application(demo_store))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return (await client.post("/sparql", data={"query": "ASK {}"})).json()

    # A browser that an earlier test opened keeps a loop of its own running in this thread.
    with ThreadPoolExecutor(1) as elsewhere:
        assert elsewhere.submit(asyncio.run, asked()).result()["boolean"] is True
    assert kg.open(demo_store).answer("ASK {}").boolean is True

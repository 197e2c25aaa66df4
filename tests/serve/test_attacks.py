"""The queries of ill will, over HTTP: the same result as on every other surface."""

from __future__ import annotations

import time

import pytest
from attacks import EXHAUSTING, HARMLESS, REFUSED, counting, filling, short, watching, write_canary
from sampled import sampled
from served import served

from kg.query import run

SECONDS = 0.5
TOLERANCE = 10
"""How many seconds longer a test may take on a busy machine."""


@pytest.fixture(scope="module")
def elsewhere():
    with counting() as running:
        yield running


@pytest.fixture(scope="module")
def canary(tmp_path_factory):
    return write_canary(tmp_path_factory.mktemp("canary"))


@pytest.fixture(scope="module")
def filled(elsewhere, canary, demo_graph):
    return filling(elsewhere, canary, demo_graph)


@pytest.fixture(scope="module")
def untouched(elsewhere, canary, demo_store):
    return watching(elsewhere, canary, demo_store)


@pytest.fixture(scope="module")
def hasty(demo_store):
    """A server with little time for a query."""
    with served(demo_store, "--timeout", SECONDS) as running:
        yield running


@pytest.mark.parametrize("text", REFUSED, ids=short)
def test_what_reaches_outside_is_refused(server, filled, untouched, text):
    told = server.ask(filled(text))
    assert told.status_code == 400
    assert len(told.text.splitlines()) == 1
    untouched(told.text)


@pytest.mark.parametrize("text", HARMLESS, ids=short)
def test_what_only_looks_dangerous_is_answered(server, demo_graph, filled, untouched, text):
    told = server.ask(filled(text), "text/csv, application/n-triples")
    assert told.status_code == 200, told.text
    free = run(demo_graph.store, filled(text))
    lines = told.content.count(b"\n") if free.triples else None
    assert lines in (None, len(set(free.triples)))
    if free.columns:
        rows = server.ask(filled(text)).json()["results"]["bindings"]
        assert len(rows) == len(free.terms)
    untouched()


@pytest.mark.parametrize("text", sampled(EXHAUSTING, 4), ids=short)
def test_every_query_ends_in_time(hasty, filled, untouched, text):
    begun = time.monotonic()
    told = hasty.ask(filled(text))
    assert time.monotonic() - begun < SECONDS + TOLERANCE
    assert told.status_code in (200, 400, 503), told.text
    if told.status_code != 200:
        assert len(told.text.splitlines()) == 1
    untouched(told.text)
    assert hasty.client.get(f"{hasty.url}healthz").status_code == 200


def test_a_limit_of_time_is_503(hasty):
    told = hasty.ask("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert told.status_code == 503
    assert told.text == "the query took longer than 0.5 s and was stopped\n"


def test_an_answer_that_is_too_long_is_none(demo_store):
    with served(demo_store, "--max-rows", "10") as running:
        told = running.ask("SELECT * { ?s ?p ?o }")
        assert (told.status_code, "more than 10 rows" in told.text) == (400, True)
        graph = running.ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "text/turtle")
        assert (graph.status_code, "more than 10 rows" in graph.text) == (400, True)
        assert len(running.rows("SELECT * { ?s ?p ?o } LIMIT 10")) == 10
        told = running.client.get(running.endpoint, params={"query": "SELECT * { ?s ?p ?o }", "max-rows": "99"})
        assert told.status_code == 400
        told = running.client.get(running.endpoint, params={"query": "SELECT * { ?s ?p ?o }", "max-rows": "10"})
        assert (told.status_code, told.headers["kg-cut"]) == (200, "more than 10 rows")

"""Queries of ill will on every surface that takes queries: nothing is asked of a server, read or changed."""

from __future__ import annotations

import time
from contextlib import suppress

import pyoxigraph as ox
import pytest
import rdflib
from attacks import EXHAUSTING, HARMLESS, REFUSED, SECRET, counting, filling, short, watching, write_canary
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sampled import sampled

import kg
from kg.cli import main
from kg.errors import KGError
from kg.query import Limits
from kg.query.answer import answered
from kg.query.refusing import refuse
from kg.vocabulary import PREFIXES

SECONDS = 0.3
TOLERANCE = 10
"""How many times longer a test may take on a busy machine."""


@pytest.fixture(scope="module")
def server():
    with counting() as running:
        yield running


@pytest.fixture(scope="module")
def canary(tmp_path_factory):
    return write_canary(tmp_path_factory.mktemp("canary"))


@pytest.fixture(scope="module")
def filled(server, canary, demo_graph):
    """Put the addresses of this run into a query."""
    return filling(server, canary, demo_graph)


@pytest.fixture(scope="module")
def untouched(server, canary, demo_store):
    """Check that nothing was asked, read or changed by what a surface was given."""
    return watching(server, canary, demo_store)


def on_command_line(demo_store, tmp_path, capsys, text, seconds=30):
    file = tmp_path / "query.rq"
    file.write_text(text, encoding="utf-8")
    status = main(["query", "--file", str(file), "--timeout", str(seconds), "--store", str(demo_store)])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_there_are_many():
    assert len(set(REFUSED)) == len(REFUSED) >= 60
    assert len(set(EXHAUSTING)) == len(EXHAUSTING) >= 20


def test_without_guards_the_server_is_asked(server, canary, filled, demo_store):
    """What the other tests exclude does happen: the engine sends SERVICE, rdflib reads what FROM names."""
    server.hits = 0
    open_to_all = kg.open(demo_store, guarded=False)
    answer = open_to_all.answer(filled("SELECT * { SERVICE <URL> { ?s ?p ?o } }"))
    assert SECRET in answer.to_json()
    assert server.hits == 1
    list(open_to_all.dataset.query(filled("SELECT * { SERVICE <URL> { ?s ?p ?o } }")))
    assert server.hits == 2
    found = list(rdflib.Dataset().query(filled("SELECT * FROM <FILE> { ?s ?p ?o }")))
    assert SECRET in str(found)
    server.hits = 0


@pytest.mark.parametrize("text", REFUSED, ids=short)
def test_a_refusal_needs_no_second_line(filled, text):
    """A worker can open no connection either; this is without one."""
    with pytest.raises(KGError):
        refuse(filled(text), PREFIXES, lambda iri: iri == filled("<GRAPH>")[1:-1])


@pytest.mark.parametrize("text", REFUSED, ids=short)
def test_the_library_refuses(demo_graph, filled, untouched, text):
    for ask in (demo_graph.query, demo_graph.answer, demo_graph.dataset.query, demo_graph.dataset.default_graph.query):
        with pytest.raises(KGError, match=r"refused|no SPARQL|cannot be answered") as caught:
            ask(filled(text))
        assert len(str(caught.value).splitlines()) == 1
        untouched(str(caught.value))


@pytest.mark.parametrize("text", sampled(REFUSED, 4), ids=short)
def test_the_command_refuses(demo_store, tmp_path, capsys, filled, untouched, text):
    status, out, err = on_command_line(demo_store, tmp_path, capsys, filled(text))
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    untouched(out + err)


@pytest.mark.parametrize("text", EXHAUSTING, ids=short)
def test_every_query_ends_in_time(demo_store, filled, untouched, text):
    limited = kg.open(demo_store, limits=Limits(seconds=SECONDS))
    for ask in (limited.answer, limited.dataset.query):
        begun = time.monotonic()
        try:
            told = str(ask(filled(text)))
        except KGError as error:
            told = str(error)
            assert len(told.splitlines()) == 1
        assert time.monotonic() - begun < SECONDS + TOLERANCE
        untouched(told)


@pytest.mark.parametrize("text", sampled(EXHAUSTING, 4), ids=short)
def test_every_query_of_the_command_ends_in_time(demo_store, tmp_path, capsys, filled, untouched, text):
    begun = time.monotonic()
    status, out, err = on_command_line(demo_store, tmp_path, capsys, filled(text), SECONDS)
    assert time.monotonic() - begun < SECONDS + TOLERANCE
    assert status in (0, 1, 3)
    assert len(err.splitlines()) == (status != 0)
    untouched(out + err)


@pytest.mark.parametrize("text", HARMLESS, ids=short)
def test_what_only_looks_dangerous_is_answered(demo_graph, demo_store, filled, untouched, text):
    asked = filled(text)
    answer = demo_graph.answer(asked)
    free = kg.open(demo_store, guarded=False).answer(asked)
    assert (sorted(map(str, answer.terms)), set(answer.triples)) == (sorted(map(str, free.terms)), set(free.triples))
    found = demo_graph.dataset.query("PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>" + asked)
    assert len(found) == len(answer.terms or answer.triples or [None] * (answer.boolean is not None))
    untouched()


@pytest.mark.parametrize("text", sampled(HARMLESS, 4), ids=short)
def test_the_command_answers_what_only_looks_dangerous(demo_store, tmp_path, capsys, filled, untouched, text):
    status, _, err = on_command_line(demo_store, tmp_path, capsys, filled(text))
    assert (status, err) == (0, "")
    untouched()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT * {\n ?s ?p 'SERVICE' . # SERVICE\n  SERVICE <http://a/> {} }", "line 3:3: SERVICE is refused"),
        ("PREFIX service: <http://a/> SELECT * { ?s service:p ?o . SERVICE ?x {} }", "line 1:58: SERVICE is refused"),
        ("SELECT *\nFROM <http://a/from> { ?from ?p ?o }", "line 2:1: FROM <http://a/from> is refused"),
        ("PREFIX a: <http://a/> SELECT *\nFROM #c\n named a:b { ?s ?p ?o }", "line 2:1: FROM a:b is refused"),
        ("# LOAD\nPREFIX a: <http://a/>\n  LOAD a:b", "line 3:3: LOAD is refused"),
        ("SELECT * {\n'é' ?p ?o FLTER(?x) }", "line 2:11: the text there is no SPARQL"),
        ("SELECT * { ?s foo:p ?o }", "Prefix not found"),
        ("SELECT ?x { ?x ?p ?o } GROUP BY ?o", "contains a variable that is unbound"),
    ],
)
def test_an_error_tells_what_and_where(demo_graph, text, told):
    with pytest.raises(KGError) as caught:
        demo_graph.answer(text)
    assert told in str(caught.value)


def test_a_graph_and_a_prefix_may_have_the_words_in_their_names(tmp_path):
    file = tmp_path / "graph.nq"
    file.write_text("<http://a/s> <http://a/p> <http://a/o> <http://a/Service/from> .\n", encoding="utf-8")
    graph = kg.open(file)
    for clause in ("FROM <http://a/Service/from>", "FROM from:from", "FROM # from service\n service:Service\\/from"):
        text = f"PREFIX from: <http://a/Service/> PREFIX service: <http://a/> SELECT ?s {clause} {{ ?s ?p ?o }}"
        assert graph.query(text).rows == [("http://a/s",)]
    names = {"service": "http://a/", "from": "http://a/Service/"}
    asked = "SELECT ?s FROM from:from { ?s service:p ?from }"
    assert len(graph.dataset.query(asked, initNs=names)) == 1
    with pytest.raises(KGError, match="1:11: FROM from:service is refused"):
        graph.dataset.query("SELECT ?s FROM from:service { ?s service:p ?from }", initNs=names)
    with pytest.raises(KGError, match="1:12: SERVICE is refused"):
        graph.dataset.query("SELECT * { service service:x { ?s from:p ?o } }", initNs=names)


PIECES = st.sampled_from(
    [
        *"SERVICE service SILENT FROM NAMED LOAD INSERT <URL> <FILE> <GRAPH> PREFIX BASE SELECT ASK WHERE".split(),
        *"FILTER EXISTS VALUES AS * ?s ?service a:service service: from: { } ( ) . ; , < > @en ^^ _:b # \\".split(),
        *["'", '"', "'''", '"""', "\\u0022", "\\u0027", "\n", "\r", "\t", " ", "\u017f", "\u0130"],
        *["{ ?s ?p ?o }", "SERVICE <URL> { ?s ?p ?o }", "# '\n", "'''\"'''"],
    ]
)


@st.composite
def mutants(draw):
    """A query of the lists with pieces put in, taken out, doubled, changed in case, or of two queries."""
    lists = st.sampled_from([text for text in (*REFUSED, *HARMLESS) if len(text) < 400])
    text = draw(lists)
    for _ in range(draw(st.integers(1, 4))):
        start, length, other = draw(st.integers(0, len(text))), draw(st.integers(0, 12)), draw(lists)
        held = text[start : start + length]
        news = [draw(PIECES), "", held + held, held.swapcase(), held[::-1], other[start:], other[: start + length]]
        text = text[:start] + draw(st.sampled_from(news)) + text[start + draw(st.sampled_from([0, length])) :]
    return text


@pytest.fixture(scope="module")
def small():
    """A store in this process, where nothing but the refusal keeps a query from asking."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://example.org/a"), ox.NamedNode("http://example.org/b"), ox.Literal("c")))
    return store


@given(mutants())
@example("SELECT * { ?s ?p 'x'@en-SERVICE <URL> { ?s ?p ?o } }")
@example("SELECT * { ?s ?p 1eSERVICE <URL> { ?s ?p ?o } }")
@example("SELECT * { ?s ?p _:bSERVICE <URL> { ?s ?p ?o } }")
@settings(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_mutant_reaches_out(small, server, filled, text):
    asked = filled(text)
    try:
        refuse(asked, PREFIXES, lambda _: False)
    except KGError as error:
        assert len(str(error).splitlines()) == 1
        return
    with suppress(SyntaxError, ValueError, RuntimeError, OSError):
        answered(small.query(asked, prefixes=PREFIXES))
    assert server.hits == 0


WORDS = st.sampled_from(["SERVICE <URL> {}", "FROM <URL>", "LOAD <URL>", "from", "#", "'", '"', "{", "\\u0022"])


@given(st.sampled_from(HARMLESS), st.lists(WORDS, max_size=5))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_comments_change_nothing(demo_graph, filled, text, words):
    head, tail = "".join(f"# {word}\n" for word in words), "".join(f"\n# {word}" for word in words)
    plain, wrapped = demo_graph.answer(filled(text)), demo_graph.answer(filled(head + text + tail))
    assert (sorted(map(str, plain.terms)), set(plain.triples)) == (
        sorted(map(str, wrapped.terms)),
        set(wrapped.triples),
    )

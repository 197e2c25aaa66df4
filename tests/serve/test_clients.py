"""Clients that others have made: SPARQLWrapper, rdflib's SPARQLStore, curl."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from served import TOKEN
from SPARQLWrapper import CSV, JSON, JSONLD, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, Unauthorized

from kg.competency import bound, example, questions, run

TEXT = "SELECT ?name { ?i bkg:breached/rdfs:label ?name } ORDER BY ?name"
ASKED = [one for one in questions() if one.state_at is None]


@pytest.fixture(scope="module")
def names(demo_graph):
    return [name for (name,) in demo_graph.query(TEXT).rows]


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("how", ["urlencoded", POSTDIRECTLY])
def test_sparqlwrapper_reads_rows(server, names, method, how):
    client = SPARQLWrapper(server.endpoint)
    client.setQuery(TEXT)
    client.setMethod(method)
    if method == POST:
        client.setRequestMethod(how)
    client.setReturnFormat(JSON)
    assert [row["name"]["value"] for row in client.queryAndConvert()["results"]["bindings"]] == names
    client.setReturnFormat(XML)
    found = client.queryAndConvert().getElementsByTagName("literal")
    assert [node.firstChild.data for node in found] == names
    for form, separator in ((CSV, ","), (TSV, "\t")):
        client.setReturnFormat(form)
        told = client.queryAndConvert().decode()
        assert [row[0] for row in list(csv.reader(io.StringIO(told), delimiter=separator))[1:]] == names


def test_sparqlwrapper_reads_graphs_and_answers(server, demo_graph):
    client = SPARQLWrapper(server.endpoint)
    client.setQuery("CONSTRUCT { ?c bkg:usesVendor ?v } WHERE { ?c bkg:usesVendor ?v }")
    wanted = len(demo_graph.query("SELECT DISTINCT ?c ?v { ?c bkg:usesVendor ?v }"))
    for form in (RDFXML, JSONLD):
        client.setReturnFormat(form)
        assert len(client.queryAndConvert()) == wanted
    client.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")) == wanted
    client.setQuery("ASK { ?c bkg:usesVendor ?v }")
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["boolean"] is True


def test_sparqlwrapper_is_told_what_is_wrong(server, guarded):
    client = SPARQLWrapper(server.endpoint)
    client.setQuery("SELECT")
    with pytest.raises(QueryBadFormed):
        client.query()
    locked = SPARQLWrapper(guarded.endpoint)
    locked.setQuery(TEXT)
    with pytest.raises(Unauthorized):
        locked.query()
    locked.setCredentials("anybody", TOKEN)
    locked.setReturnFormat(JSON)
    assert locked.queryAndConvert()["results"]["bindings"]


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_reads_it_as_a_store(server, names, method, form):
    graph = rdflib.Graph(SPARQLStore(server.endpoint, method=method, returnFormat=form))
    assert [str(row[0]) for row in graph.query(TEXT)] == names


def test_rdflib_asks_for_triples(server, demo_graph):
    graph = rdflib.Graph(SPARQLStore(server.endpoint))
    bkg = rdflib.Namespace("https://w3id.org/breachkg/ns#")
    found = {(str(s), str(o)) for s, _, o in graph.triples((None, bkg.breached, None))}
    assert found == {tuple(map(str, row)) for row in demo_graph.query("SELECT ?s ?o { ?s bkg:breached ?o }").rows}
    assert (None, bkg.usesVendor, None) in graph


def curl(*words):
    found = shutil.which("curl")
    if not found:
        reason = "no curl on this machine (Debian: apt-get install curl)"
        (pytest.fail if os.environ.get("BREACHKG_REQUIRE_ALL") == "1" else pytest.skip)(reason)
    told = subprocess.run([found, "-sS", "--fail-with-body", "-m", "30", *words], capture_output=True, check=False)
    return told.returncode, told.stdout.decode()


def test_curl(server, names):
    assert json.loads(curl(server.endpoint, "--data-urlencode", "query=ASK {}")[1])["boolean"] is True
    got = curl("-G", server.endpoint, "--data-urlencode", f"query={TEXT}", "-H", "Accept: text/csv")
    assert got == (0, "".join(f"{line}\r\n" for line in ["name", *names]))
    posted = curl(server.endpoint, "-H", "Content-Type: application/sparql-query", "-d", TEXT, "-H", "Accept: text/csv")
    assert posted == got
    assert curl(server.endpoint, "-d", "query=SELECT")[0] == 22
    big = curl(server.endpoint, "-d", "query=" + "x" * 100_000)
    assert (big[0], "400" in big[1] or "no SPARQL" in big[1]) == (22, True)


@pytest.mark.parametrize("question", ASKED, ids=lambda one: one.id)
def test_competency_questions_have_the_rows_that_they_have_here(server, demo_graph, question):
    wanted = run(demo_graph, question)
    as_text = [tuple(None if value is None else str(value) for value in row) for row in wanted.rows]
    assert [tuple(map(plain, row)) for row in server.rows(bound(demo_graph, question))] == list(map(plain_row, as_text))


@pytest.mark.parametrize("question", ASKED, ids=lambda one: one.id)
def test_examples_of_the_page_have_them_too(server, demo_graph, question):
    assert server.rows(example(question)) == server.rows(bound(demo_graph, question))


def plain_row(row):
    return tuple(map(plain, row))


def plain(value):
    """A value as text, true and false as Python has them."""
    return {"true": "True", "false": "False"}.get(value, value)

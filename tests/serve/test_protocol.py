"""The SPARQL 1.1 Protocol, point by point, against a running server."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import pytest
import rdflib
from prometheus_client.parser import text_string_to_metric_families

from kg.query import run
from kg.serve.asked import FORM, QUERY

SELECT = "SELECT ?n { ?i bkg:breached/rdfs:label ?n } ORDER BY ?n"
ASK = "ASK { ?i bkg:breached ?v }"
CONSTRUCT = "CONSTRUCT { ?c bkg:usesVendor ?v } WHERE { ?c bkg:usesVendor ?v . ?v rdfs:label 'Okta' }"
DESCRIBE = "DESCRIBE ?v WHERE { ?v rdfs:label 'Okta' ; ^bkg:breached ?i }"
JSON, XML, TSV = "application/sparql-results+json", "application/sparql-results+xml", "text/tab-separated-values"
TURTLE = "text/turtle"


def kind(response):
    return response.headers["content-type"].partition(";")[0]


@pytest.fixture(scope="module")
def names(demo_graph):
    return [row[0].value for row in run(demo_graph.store, SELECT).terms]


# The three ways to ask (2.1.1, 2.1.2, 2.1.3).
WAYS = {
    "get": lambda s, **o: s.client.get(f"{s.endpoint}?query={quote(SELECT)}", **o),
    "get-plus": lambda s, **o: s.client.get(f"{s.endpoint}?{urlencode({'query': SELECT})}", **o),
    "form": lambda s, **o: s.client.post(s.endpoint, data={"query": SELECT}, **o),
    "direct": lambda s, **o: s.client.post(s.endpoint, content=SELECT.encode(), headers={"Content-Type": QUERY}, **o),
    "direct-charset": lambda s, **o: s.client.post(
        s.endpoint, content=SELECT.encode(), headers={"Content-Type": f'{QUERY.upper()}; charset="UTF-8"'}, **o
    ),
    "form-charset": lambda s, **o: s.client.post(
        s.endpoint, content=urlencode({"query": SELECT}), headers={"Content-Type": f"{FORM};charset=utf-8"}, **o
    ),
    "other-parameters": lambda s, **o: s.client.get(f"{s.endpoint}?x=1&query={quote(SELECT)}&format=xml&y", **o),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_ask(server, names, way):
    told = WAYS[way](server)
    assert (told.status_code, kind(told)) == (200, JSON)
    assert [row["n"]["value"] for row in told.json()["results"]["bindings"]] == names


def test_head_is_get_without_a_body(server):
    told, whole = server.client.head(f"{server.endpoint}?query={quote(SELECT)}"), WAYS["get"](server)
    assert (told.status_code, told.content) == (200, b"")
    assert told.headers["content-length"] == str(len(whole.content))


# Content negotiation: (query, Accept) -> media type.
@pytest.mark.parametrize(
    ("text", "accept", "chosen"),
    [
        (SELECT, None, JSON),
        (SELECT, "*/*", JSON),
        (SELECT, JSON, JSON),
        (SELECT, "application/json", "application/json"),
        (SELECT, XML, XML),
        (SELECT, "application/xml", "application/xml"),
        (SELECT, "text/csv", "text/csv"),
        (SELECT, TSV, TSV),
        (SELECT, f"{XML};q=0.5, text/csv;q=0.6", "text/csv"),
        (SELECT, f"{JSON};q=0, {XML};q=0.1, text/turtle", XML),
        (SELECT, "text/turtle, text/csv;q=0.1", "text/csv"),
        (ASK, None, JSON),
        (ASK, XML, XML),
        (ASK, "text/csv", "text/csv"),
        (CONSTRUCT, None, TURTLE),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml, text/turtle;q=0.9", "application/rdf+xml"),
        (CONSTRUCT, f"{JSON}, application/*;q=0.2", "application/n-triples"),
        (DESCRIBE, None, TURTLE),
        (DESCRIBE, "application/ld+json;q=0.3, text/turtle;q=0.2", "application/ld+json"),
    ],
)
def test_a_client_gets_the_form_that_it_wants_most(server, text, accept, chosen):
    headers = {} if accept is None else {"Accept": accept}
    request = server.client.build_request("GET", f"{server.endpoint}?query={quote(text)}", headers=headers)
    if accept is None:
        del request.headers["accept"]
    told = server.client.send(request)
    assert (told.status_code, kind(told)) == (200, chosen)
    assert "Accept" in told.headers["vary"]
    readable(told)


def readable(told):
    """Read the body by a reader of its kind."""
    match kind(told):
        case "text/csv":
            assert list(csv.reader(io.StringIO(told.text)))
        case "text/tab-separated-values":
            assert told.text.startswith("?")
        case name if name in (XML, "application/xml"):
            assert ET.fromstring(told.content).tag.endswith("sparql")
        case "application/rdf+xml" | "application/n-triples" | "application/ld+json" | "text/turtle" as name:
            form = {"application/rdf+xml": "xml", "application/n-triples": "nt", "application/ld+json": "json-ld"}
            assert len(rdflib.Graph().parse(data=told.content, format=form.get(name, "turtle")))
        case _:
            assert json.loads(told.content)["head"] is not None


def test_two_lines_of_accept_count_as_one(server):
    headers = [("Accept", "text/csv;q=0.1"), ("Accept", XML)]
    assert kind(server.client.get(f"{server.endpoint}?query={quote(SELECT)}", headers=headers)) == XML


@pytest.mark.parametrize("text", [SELECT, CONSTRUCT])
def test_all_forms_hold_the_same(server, demo_graph, text):
    if text == SELECT:
        rows = [row[0].value for row in run(demo_graph.store, text).terms]
        assert [r["n"]["value"] for r in server.ask(text).json()["results"]["bindings"]] == rows
        assert [row[0] for row in list(csv.reader(io.StringIO(server.ask(text, "text/csv").text)))[1:]] == rows
        assert [json.loads(line) for line in server.ask(text, TSV).text.splitlines()[1:]] == rows
        space = "{http://www.w3.org/2005/sparql-results#}"
        assert [e.text for e in ET.fromstring(server.ask(text, XML).content).iter(f"{space}literal")] == rows
        return
    graphs = [
        rdflib.Graph().parse(data=server.ask(text, accept).content, format=form)
        for accept, form in (
            (TURTLE, "turtle"),
            ("application/n-triples", "nt"),
            ("application/ld+json", "json-ld"),
            ("application/rdf+xml", "xml"),
        )
    ]
    assert all(set(graph) == set(graphs[0]) for graph in graphs)
    assert {f"{s.n3()} {p.n3()} {o.n3()}" for s, p, o in graphs[0]} == set(
        map(str, run(demo_graph.store, text).triples)
    )


def test_odd_characters_come_through(server):
    text = r'SELECT ("a\r\n\t\"<&\u0001é\u20ac\U0001F600" AS ?x) {}'
    wanted = 'a\r\n\t"<&\x01é€😀'
    assert server.rows(text) == [(wanted,)]
    assert next(csv.reader(io.StringIO(server.ask(text, "text/csv").text.split("\r\n", 1)[1], newline=""))) == [wanted]
    # XML cannot hold the character U+0001.
    literal = next(ET.fromstring(server.ask(text, XML).content).iter("{http://www.w3.org/2005/sparql-results#}literal"))
    assert literal.text == wanted.replace("\x01", "\ufffd")


@pytest.mark.parametrize(
    ("text", "accept"),
    [(SELECT, "text/turtle"), (SELECT, "image/png"), (ASK, "text/turtle"), (CONSTRUCT, JSON), (SELECT, "*/*;q=0")],
)
def test_what_cannot_be_had_is_406(server, text, accept):
    told = server.ask(text, accept)
    assert told.status_code == 406
    assert "can be had as" in told.text
    assert "Accept" in told.headers["vary"]


@pytest.mark.parametrize(
    ("method", "address", "headers", "body", "status"),
    [
        # 400: no query, two, an update, what is no UTF-8.
        ("GET", "?query=", {}, b"", 400),
        ("GET", "?query=ASK{}&query=ASK{}", {}, b"", 400),
        ("GET", "?update=CLEAR+ALL", {}, b"", 400),
        ("GET", "?query=ASK{}&update=CLEAR+ALL", {}, b"", 400),
        ("GET", "?default-graph-uri=http://a/", {}, b"", 400),
        ("GET", "?query=ASK%20%7B%7D%FF", {}, b"", 400),
        ("GET", "?query=SELECT", {}, b"", 400),
        ("GET", "?query=ASK{}&default-graph-uri=no+iri", {}, b"", 400),
        ("GET", "?query=ASK{}&max-rows=-1", {}, b"", 400),
        ("GET", "?query=ASK{}&max-rows=0", {}, b"", 400),
        ("GET", "?query=ASK{}&max-rows=²", {}, b"", 400),
        ("POST", "", {"Content-Type": FORM}, b"", 400),
        ("POST", "", {"Content-Type": FORM}, b"q=ASK{}", 400),
        ("POST", "", {"Content-Type": FORM}, b"query=ASK{}&query=ASK{}", 400),
        ("POST", "?query=ASK{}", {"Content-Type": FORM}, b"query=ASK{}", 400),
        ("POST", "?query=ASK{}", {"Content-Type": QUERY}, b"ASK {}", 400),
        ("POST", "", {"Content-Type": FORM}, b"update=CLEAR+ALL", 400),
        ("POST", "", {"Content-Type": QUERY}, b"ASK { FILTER('\xff' = 'x') }", 400),
        ("POST", "", {"Content-Type": QUERY}, b"", 400),
        ("POST", "", {"Content-Type": QUERY}, b"INSERT DATA { <a:b> <a:c> <a:d> }", 400),
        ("POST", "", {"Content-Type": FORM}, b"&a=1" * 3000 + b"&query=ASK{}", 400),
        # 405
        ("PUT", "?query=ASK{}", {}, b"", 405),
        ("DELETE", "", {}, b"", 405),
        ("PATCH", "", {}, b"", 405),
        # 406
        ("GET", "", {"Accept": "image/png"}, b"", 406),
        # 413
        ("POST", "", {"Content-Type": QUERY}, b"ASK {}" + b" " * 5_000_000, 413),
        # 415
        ("POST", "", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 415),
        ("POST", "", {"Content-Type": "text/plain"}, b"ASK {}", 415),
        ("POST", "", {"Content-Type": "multipart/form-data; boundary=x"}, b"--x--", 415),
        ("POST", "", {"Content-Type": f"{QUERY}; charset=iso-8859-1"}, b"ASK {}", 415),
        ("POST", "", {"Content-Type": QUERY, "Content-Encoding": "gzip"}, b"ASK {}", 415),
        ("POST", "", {"Content-Type": "nonsense"}, b"ASK {}", 415),
        ("POST", "", {}, b"ASK {}", 415),
    ],
)
def test_what_is_wrong_has_its_status(server, method, address, headers, body, status):
    told = server.client.request(method, server.endpoint + address, headers=headers, content=body)
    assert told.status_code == status, told.text
    assert kind(told) == "text/plain"
    assert len(told.text.splitlines()) == 1
    if status == 405:
        assert set(told.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}
    if status == 415:
        assert "accept-post" in told.headers or "accept-encoding" in told.headers


# The dataset of a request (2.1.4).
@pytest.fixture(scope="module")
def graphs(demo_graph):
    text = "SELECT ?g { GRAPH ?g { ?i bkg:breached ?v } } ORDER BY ?g LIMIT 2"
    return [row[0] for row in demo_graph.query(text).rows]


def count(server, text, **graphs):
    fields = {"query": text, **{f"{name}-graph-uri": iris for name, iris in graphs.items()}}
    told = server.client.get(server.endpoint, params=fields)
    assert told.status_code == 200, told.text
    posted = server.client.post(server.endpoint, data=fields)
    fields.pop("query")
    direct = server.client.post(server.endpoint, params=fields, content=text, headers={"Content-Type": QUERY})
    assert posted.json() == direct.json() == told.json()
    return int(told.json()["results"]["bindings"][0]["n"]["value"])


PLAIN, NAMED = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def test_graphs_of_the_request_are_its_dataset(server, demo_graph, graphs):
    def held(*iris):
        return len({quad.triple for iri in iris for quad in demo_graph.store.find(graph=iri)})

    one, other = graphs
    assert count(server, PLAIN, default=[one]) == held(one) > 0
    assert count(server, PLAIN, default=[one, other]) == held(one, other) > held(one)
    assert count(server, NAMED, default=[one]) == 0
    assert count(server, PLAIN, named=[one]) == 0
    assert count(server, NAMED, named=[one, other]) == held(one) + held(other)
    assert count(server, NAMED, default=[one], named=[other]) == held(other)


def test_graphs_of_the_request_come_before_those_of_the_query(server, graphs):
    one, other = graphs
    assert count(server, f"SELECT (COUNT(*) AS ?n) FROM <{other}> {{ ?s ?p ?o }}", default=[one]) == count(
        server, PLAIN, default=[one]
    )
    text = f"SELECT (COUNT(*) AS ?n) FROM <{other}> FROM NAMED <{other}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert count(server, text, named=[one]) == count(server, NAMED, named=[one])
    elsewhere = "SELECT (COUNT(*) AS ?n) FROM <http://example.org/elsewhere> { ?s ?p ?o }"
    assert count(server, elsewhere, default=[one]) == count(server, PLAIN, default=[one])
    assert server.ask(elsewhere).status_code == 400


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_is_not_there_is_refused(server, name):
    told = server.client.get(server.endpoint, params={"query": "ASK {}", name: "http://example.org/none"})
    assert told.status_code == 400
    assert told.text == "<http://example.org/none> is refused: the store holds no such graph\n"


# An answer that is too long is no answer, unless the client says how much is enough.
def test_enough_rows(server):
    text = "SELECT * { ?s ?p ?o }"
    told = server.client.get(server.endpoint, params={"query": text, "max-rows": "7"})
    assert len(told.json()["results"]["bindings"]) == 7
    assert told.headers["kg-cut"] == "more than 7 rows"
    few = server.client.get(server.endpoint, params={"query": f"{text} LIMIT 3", "max-rows": "7"})
    assert "kg-cut" not in few.headers
    assert few.headers["content-length"] == str(len(few.content))


# The service description.
@pytest.mark.parametrize(
    ("accept", "form"), [("*/*", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")]
)
def test_the_endpoint_describes_itself(server, accept, form):
    told = server.client.get(server.endpoint, headers={"Accept": accept})
    graph = rdflib.Graph().parse(data=told.content, format=form)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    ((service, _, endpoint),) = graph.triples((None, sd.endpoint, None))
    assert (service, str(endpoint)) == (endpoint, server.endpoint)
    assert set(graph.objects(service, sd.supportedLanguage)) == {sd.SPARQL11Query}
    assert len(set(graph.objects(service, sd.resultFormat))) == 8
    assert not [term for triple in graph for term in triple if isinstance(term, rdflib.BNode)]


def test_a_browser_is_shown_the_page(server):
    told = server.client.get(server.endpoint, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (told.status_code, told.headers["location"]) == (303, server.url)


# What else is there.
def test_health_and_metrics(server):
    assert server.client.get(f"{server.url}healthz").text == "ok\n"
    before = server.figure("kg_query_seconds_count")
    server.ask(ASK)
    told = server.client.get(f"{server.url}metrics")
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = {family.name: family for family in text_string_to_metric_families(told.text)}
    assert families["kg_generation"].samples[0].value == 1
    assert families["kg_queries_running"].samples[0].value == 0
    assert {s.labels["status"] for s in families["kg_requests"].samples if s.labels["route"] == "/sparql"} >= {"200"}
    assert server.figure("kg_query_seconds_count") == before + 1


def test_pages_of_the_graph(server):
    told = server.client.get(f"{server.url}view", params={"focus": "Mercor", "hops": "1"})
    assert (told.status_code, kind(told)) == (200, "text/html")
    assert "Mercor" in told.text
    assert "frame-ancestors 'none'" in told.headers["content-security-policy"]
    again = server.client.get(f"{server.url}view", params={"focus": "Mercor", "hops": "1"})
    assert again.content == told.content
    for everything in ({}, {"hops": "1"}, {"focus": ""}):
        whole = server.client.get(f"{server.url}view", params=everything)
        assert (whole.status_code, kind(whole)) == (200, "text/html")
    unknown = server.client.get(f"{server.url}view", params={"focus": "--store=/etc"})
    assert (unknown.status_code, len(unknown.text.splitlines())) == (404, 1)
    for wrong in ({"focus": "a\0b"}, {"focus": "x" * 2000}, {"hops": "-1"}, {"hops": "99"}):
        assert server.client.get(f"{server.url}view", params=wrong).status_code == 400


def test_nothing_else_is_there(server):
    for path in (
        "nothing",
        "query.html",
        "../../etc/passwd",
        "%2e%2e/pyproject.toml",
        "sparql/",
        "query.js/../page.html",
    ):
        assert server.client.get(server.url + path).status_code == 404
    assert server.client.post(f"{server.url}healthz").status_code == 405

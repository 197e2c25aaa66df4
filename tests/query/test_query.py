from __future__ import annotations

import csv
import io
import json
import socket
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kg.errors import QueryError
from kg.query import Iri, Table
from kg.vocabulary import NS


def test_values_have_their_types(demo_graph):
    query = "SELECT ?i ?d ?n ?s ?missing { ?i a bkg:Incident ; bkg:earliest ?d ; dct:identifier 'CDK1719878400' . ?g bkg:atLeast ?n . ?a bkg:score ?s } ORDER BY ?n ?s LIMIT 1"
    ((incident, day, number, score, missing),) = demo_graph.query(query).rows
    assert isinstance(incident, Iri)
    assert (type(day), type(number), type(score), missing) == (date, int, Decimal, None)


def test_ask_construct_and_describe(demo_graph):
    assert demo_graph.query("ASK { ?i bkg:breached ?v }").rows == [(True,)]
    answer = demo_graph.answer(
        "CONSTRUCT { ?c bkg:usesVendor ?v } WHERE { ?c bkg:usesVendor ?v . ?v rdfs:label 'Okta' }"
    )
    assert "bkg:usesVendor" in answer.to_turtle()
    assert json.loads(answer.to_json())
    with pytest.raises(QueryError, match="graph, not rows"):
        demo_graph.query("CONSTRUCT WHERE { ?s ?p ?o }")


def test_results_json_is_the_standard_form(demo_graph):
    told = json.loads(demo_graph.answer("SELECT ?v ?n { ?i bkg:breached ?v . ?v rdfs:label ?n } ORDER BY ?n").to_json())
    assert told["head"] == {"vars": ["v", "n"]}
    assert told["results"]["bindings"][0]["n"] == {"type": "literal", "value": "CDK Global"}


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { # a comment\n S\\u0045RVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '#' . SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:1/> { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:1/>",
        "INSERT DATA { <a:b> <a:c> <a:d> }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "PREFIX a: <a:> DROP SILENT ALL",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE ?x { ?s ?p ?o } } }",
    ],
)
def test_what_reaches_out_or_writes_is_refused(demo_graph, text):
    with pytest.raises(QueryError, match=r"refused|no SPARQL"):
        demo_graph.query(text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s rdfs:label "SERVICE" }',
        "SELECT * { ?s rdfs:label '''LOAD\n'DROP' ''' }",
        "SELECT ?service ?load { ?service ?load ?from }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://x>",
        "SELECT * { ?s <http://example.org/SERVICE> ?o }",
        "PREFIX load: <a:> SELECT * { ?s load:from ?o ; bkg:service ?x }",
        "SELECT * { ?s ?p ?o FILTER(?s < ?o && ?o > ?s) }",
    ],
)
def test_words_that_only_look_dangerous_pass(demo_graph, text):
    demo_graph.query(text)


def test_a_syntax_error_tells_its_line(demo_graph):
    with pytest.raises(QueryError, match="3:") as caught:
        demo_graph.query("SELECT ?s\nWHERE {\n?s ?p }")
    assert "\n" not in str(caught.value)


def test_csv_cells_are_no_formulas():
    text = Table(("a", "b"), [("=1+1", 5), ("@x", None), ("plain, with comma", True), ("-1", -1)]).to_csv()
    assert text == "a,b\n'=1+1,5\n'@x,\n\"plain, with comma\",true\n'-1,-1\n"


def test_csv_has_iris_in_full(demo_graph):
    text = demo_graph.query("SELECT ?p ?x { VALUES (?p ?x) { (bkg:breached 'bkg:breached') } }").to_csv()
    assert text == f"p,x\n{NS}breached,bkg:breached\n"


def test_tables_show_in_notebooks_without_markup_of_the_data():
    assert "<script>" not in Table(("a",), [("<script>",)])._repr_html_()


def test_a_long_answer_shows_its_beginning(demo_graph):
    long = Table(("a", "b"), [(f"{number} \x1b[2J\n{'x' * 200}", number) for number in range(1234)])
    assert repr(long).startswith("<Table 1,234 rows of a, b\n  0 \\x1b[2J xxx")
    assert repr(long).endswith("... | 9\n  ... and 1,224 more>")
    assert len(repr(long)) < 1000
    assert long._repr_html_().endswith("<p>... and 1,034 more of 1,234 rows</p>")
    assert repr(Table(("a",), [(1,), (None,)])) == "<Table 2 rows of a\n  1\n  >"
    made = demo_graph.answer("CONSTRUCT { ?c bkg:usesVendor ?v } WHERE { ?c bkg:usesVendor ?v }")
    assert repr(made) == f"<Answer {len(made.triples)} triples>"
    assert repr(demo_graph.answer("ASK {}")) == "<Answer 1 rows of answer\n  true>"
    for told in (demo_graph.rank("pagerank"), demo_graph.exposure("Coop Sweden"), demo_graph.blast_radius("Okta")):
        first, *rows = repr(told).splitlines()
        assert first.startswith(f"<{type(told).__name__} ")
        assert len(rows) == min(len(told), 10) + (len(told) > 10)


def test_counts_over_the_default_graph_are_right(demo_graph):
    ((plain, distinct),) = demo_graph.query(
        "SELECT (COUNT(?o) AS ?n) (COUNT(DISTINCT ?o) AS ?d) { ?o a bkg:Organization }"
    ).rows
    assert plain == distinct > 20


def test_rdflib_sees_the_same_graph(demo_graph):
    wanted = len(demo_graph.query("SELECT * { ?c bkg:usesVendor ?v }"))
    found = list(
        demo_graph.dataset.query("PREFIX bkg: <https://w3id.org/breachkg/ns#> SELECT * { ?c bkg:usesVendor ?v }")
    )
    assert len(found) == wanted > 10


HIDDEN = [
    # Glued to what stands before or behind it.
    "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { {} ?a ?b trueSERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { ?a ?b ?c.SERVICE<http://127.0.0.1:1/> { ?s ?p ?o } }",
    # Between marks that one reading takes for a string and another does not.
    'SELECT ("\\u0022" AS ?x) { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } FILTER(?z = "a") }',
    "SELECT * { ?a ?b ?c FILTER(?a<'>') SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } FILTER(?b = 'x') }",
    "BASE <http://a/> SELECT * { ?x <it's> ?y SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } FILTER(?a = 's') }",
    "SELECT * { ?s <http://x/\\u0041#> ?o . SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    # Behind comments and line ends.
    "SELECT * #\n{ #'\n SERVICE #'\n <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * {\rSERVICE\t?where\r{ ?s ?p ?o } }",
    # In every kind of query, and below everything that nests.
    "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { OPTIONAL { MINUS { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } } } } }",
    "PREFIX service: <http://127.0.0.1:1/> SELECT * { ?s service:p ?o . SERVICE service:x { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_nothing_hides_a_request(demo_graph, text):
    """Port 1 answers nothing: a query that did ask would fail with another error, or SILENT succeed."""
    with pytest.raises(QueryError) as caught:
        demo_graph.answer(text)
    assert "refused" in str(caught.value) or "no SPARQL" in str(caught.value)


def test_no_hidden_request_is_sent(demo_graph):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        for text in HIDDEN:
            with pytest.raises(QueryError):
                demo_graph.answer(text.replace("127.0.0.1:1/", f"127.0.0.1:{port}/"))
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ("\\u0022 SERVICE" AS ?x) {}',
        "SELECT * { VALUES ?v {'''a'} SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } VALUES ?w {'b'''} }",
        "PREFIX service: <http://a/> SELECT * { ?s service:from/service:SERVICE ?o }",
        "SELECT * { ?s ?p 'x'@service }",
        "ASK { FILTER('SERVICE'<'FROM') } # FROM <x>",
        "SELECT ('''it's a \"SERVICE\" ''' AS ?x) {}",
    ],
)
def test_words_that_are_no_keywords_pass_in_odd_places_too(demo_graph, text):
    demo_graph.answer(text)


def test_prefixes_of_a_query_come_before_ours(demo_graph):
    ((mine, ours, case),) = demo_graph.query(
        "PREFIX dct: <http://mine/>\nPREFIX BKG: <http://loud/>\nSELECT (dct:x AS ?a) (bkg:x AS ?b) (BKG:x AS ?c) {}"
    ).rows
    assert (mine, ours, case) == ("http://mine/x", "https://w3id.org/breachkg/ns#x", "http://loud/x")


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("5", 5),
        ("5.50", Decimal("5.5")),
        ("5e0", 5.0),
        ("true", True),
        ("'2026-04-03'^^xsd:date", date(2026, 4, 3)),
        ("'2026-04-03T01:02:03Z'^^xsd:dateTime", datetime(2026, 4, 3, 1, 2, 3, tzinfo=UTC)),
        ("'7'^^xsd:negativeInteger", 7),
        ("'never'^^xsd:date", "never"),
        ("'2026'^^xsd:gYear", "2026"),
        (f"'{'9' * 5000}'^^xsd:integer", "9" * 5000),
        ("'é'@fr", "é"),
        ("?nothing", None),
    ],
)
def test_each_kind_of_value(demo_graph, term, value):
    ((found,),) = demo_graph.query(f"SELECT ?x {{ BIND({term} AS ?x) }}").rows
    assert (found, type(found)) == (value, type(value))


def test_json_of_every_kind_of_term(demo_graph):
    told = json.loads(
        demo_graph.answer(
            "SELECT * { VALUES (?a ?b ?c ?d) { (<urn:a> 'x' 'y'@en 5) (UNDEF UNDEF UNDEF 'z') } }"
        ).to_json()
    )
    first, second = told["results"]["bindings"]
    assert first == {
        "a": {"type": "uri", "value": "urn:a"},
        "b": {"type": "literal", "value": "x"},
        "c": {"type": "literal", "value": "y", "xml:lang": "en"},
        "d": {"type": "literal", "value": "5", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
    }
    assert second == {"d": {"type": "literal", "value": "z"}}
    assert json.loads(demo_graph.answer("ASK {}").to_json()) == {"head": {}, "boolean": True}


def test_cells_that_begin_like_a_formula(demo_graph):
    text = demo_graph.query("SELECT * { VALUES ?x { '=1' '+1' '-1' '@a' '\\t=1' '\\r=1' '\\n=1' 'a=1' '' } }").to_csv()
    cells = [row[0] if row else "" for row in csv.reader(io.StringIO(text, newline=""))][1:]
    assert cells == ["'=1", "'+1", "'-1", "'@a", "'\t=1", "'\r=1", "'\n=1", "a=1", ""]


@pytest.mark.parametrize(
    "text", ["", " ", "SELECT", "{", "\x00", "\ud800", "SELECT * { ?s ?p", "?" * 1000, " " * 100_000 + "!"]
)
def test_what_is_no_query_is_an_error_of_one_line(demo_graph, text):
    with pytest.raises(QueryError) as caught:
        demo_graph.answer(text)
    assert len(str(caught.value).splitlines()) == 1

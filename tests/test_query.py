from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from kg.errors import QueryError
from kg.query import Iri, Table, refuse


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
    refuse(text)
    demo_graph.query(text)


def test_a_syntax_error_tells_its_line(demo_graph):
    with pytest.raises(QueryError, match="3:") as caught:
        demo_graph.query("SELECT ?s\nWHERE {\n?s ?p }")
    assert "\n" not in str(caught.value)


def test_csv_cells_are_no_formulas():
    text = Table(("a", "b"), [("=1+1", 5), ("@x", None), ("plain, with comma", True), ("-1", -1)]).to_csv()
    assert text == "a,b\n'=1+1,5\n'@x,\n\"plain, with comma\",true\n'-1,-1\n"


def test_tables_show_in_notebooks_without_markup_of_the_data():
    assert "<script>" not in Table(("a",), [("<script>",)])._repr_html_()


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

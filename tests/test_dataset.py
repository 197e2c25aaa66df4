"""The rdflib dataset over a store: it reads, and does nothing else."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.sparql import prepareQuery

import kg
from kg.errors import QueryError, StoreError
from kg.query import Limits

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning:rdflib", "ignore:.*is deprecated:DeprecationWarning"
)
NS = rdflib.Namespace("https://w3id.org/breachkg/ns#")
TRIPLE = (rdflib.URIRef("http://a/s"), rdflib.URIRef("http://a/p"), rdflib.URIRef("http://a/o"))
QUAD = (*TRIPLE, rdflib.URIRef("http://a/g"))


@pytest.fixture
def dataset(demo_graph):
    return demo_graph.dataset


def named(dataset):
    return next(graph for graph in dataset.graphs() if graph.identifier != DATASET_DEFAULT_GRAPH_ID)


WAYS = {
    "dataset": lambda dataset: dataset,
    "default_graph": lambda dataset: dataset.default_graph,
    "default_context": lambda dataset: dataset.default_context,
    "graph(name)": lambda dataset: dataset.graph(named(dataset).identifier),
    "graph(graph)": lambda dataset: dataset.graph(named(dataset)),
    "get_context": lambda dataset: dataset.get_context(named(dataset).identifier),
    "get_graph": lambda dataset: dataset.get_graph(named(dataset).identifier),
    "graphs": named,
    "contexts": lambda dataset: next(iter(dataset.contexts())),
}
"""Every way to a graph of a dataset, and to itself."""
WRITES = {
    "add": lambda g: g.add(TRIPLE),
    "addN": lambda g: g.addN([(*TRIPLE, g)]),
    "+=": lambda g: g.__iadd__([(*TRIPLE, g)] if isinstance(g, rdflib.Dataset) else [TRIPLE]),
    "-=": lambda g: g.__isub__(list(g.triples((None, None, None)))[:1]),
    "set": lambda g: g.set(TRIPLE),
    "remove": lambda g: g.remove((None, None, None)),
    "update": lambda g: g.update("INSERT DATA { <http://a/s> <http://a/p> <http://a/o> }"),
    "update through the store": lambda g: g.store.update("CLEAR ALL", {}, {}, "__UNION__"),
    "another processor's update": lambda g: g.update("CLEAR ALL", processor="sparql", use_store_provided=False),
    "parse an address": lambda g: g.parse("http://127.0.0.1:1/"),
    "parse a file": lambda g: g.parse(__file__, format="turtle"),
    "parse text": lambda g: g.parse(data="<http://a/s> <http://a/p> 1 .", format="turtle"),
    "open": lambda g: g.open("/nowhere", create=True),
    "destroy": lambda g: g.destroy("/nowhere"),
}
QUERIES = {
    "another engine": lambda g: g.query("ASK {}", use_store_provided=False),
    "another processor": lambda g: g.query("ASK {}", processor="other"),
    "a prepared query": lambda g: g.query(prepareQuery("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")),
    "an option of the other engine": lambda g: g.query("ASK {}", DEBUG=True),
    "an update": lambda g: g.query("CLEAR ALL"),
    "service": lambda g: g.query("ASK { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }"),
    "from": lambda g: g.query(f"SELECT * FROM <file://{__file__}> {{ ?s ?p ?o }}"),
    "load": lambda g: g.query("LOAD <http://127.0.0.1:1/>"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("write", WRITES)
def test_nothing_can_be_written(demo_graph, dataset, way, write):
    before = len(demo_graph.store)
    with pytest.raises(StoreError, match="is refused: the dataset of a store is only read"):
        WRITES[write](WAYS[way](dataset))
    assert len(demo_graph.store) == before


def test_no_graph_can_be_added_or_removed(demo_graph, dataset):
    one = named(dataset)
    before = len(demo_graph.store)
    for change in (
        lambda: dataset.add(QUAD),
        lambda: dataset.remove((None, None, None, None)),
        lambda: dataset.add_graph(TRIPLE[0]),
        dataset.graph,
        lambda: dataset.remove_graph(one),
        lambda: dataset.remove_context(one),
        lambda: dataset.store.add_graph(one),
    ):
        with pytest.raises(StoreError, match="is refused"):
            change()
    assert len(demo_graph.store) == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("query", QUERIES)
def test_every_way_is_guarded(dataset, way, query):
    with pytest.raises(QueryError):
        QUERIES[query](WAYS[way](dataset))


def test_it_answers_as_the_graph_does(demo_graph, dataset):
    text = "SELECT ?c ?v { ?c bkg:usesVendor ?v } ORDER BY ?c ?v"
    found = [tuple(map(str, row)) for row in dataset.query(text)]
    assert found == [tuple(map(str, row)) for row in demo_graph.query(text)]
    assert dataset.query("ASK { ?c bkg:usesVendor ?v }").askAnswer is True
    assert bool(dataset.query("ASK { <http://a/s> ?p ?o }")) is False
    made = dataset.query("CONSTRUCT { ?v bkg:usedBy ?c } WHERE { ?c bkg:usesVendor ?v }")
    assert len(made.graph) == len(found) > 10


def test_values_and_prefixes_are_given_as_to_rdflib(dataset):
    text = "SELECT ?c ?v { ?c x:usesVendor ?v }"
    every = list(dataset.query(text, initNs={"x": NS}))
    customer = next(dataset.subjects(NS.usesVendor))
    some = list(dataset.query(text, initNs={"x": str(NS)}, initBindings={"c": customer}))
    assert {row.v for row in some} == set(dataset.objects(customer, NS.usesVendor))
    assert 0 < len(some) < len(every)


LABEL = rdflib.RDFS.label
HIDDEN = [
    "SELECT ?c { ?c bkg:usesVendor ?v }",
    "SELECT (COUNT(*) AS ?n) { ?c bkg:usesVendor ?v }",
    "SELECT ?name (COUNT(?v) AS ?n) { ?c bkg:usesVendor ?v ; rdfs:label ?name } GROUP BY ?name",
    "SELECT DISTINCT ?c { { ?c bkg:usesVendor ?w FILTER(?w = $v) } UNION { ?v bkg:usesVendor ?c } } ORDER BY ?c",
    'SELECT ?c { ?c bkg:usesVendor ?v . ?c rdfs:label ?l FILTER(?l != \'?v\' && ?l != """a" ?v""") } # ?v',
    "SELECT ?c { ?c bkg:usesVendor ?v FILTER(?c != <http://a/?v>) OPTIONAL { ?x rdfs:label ?vv } }",
    "SELECT ?c { ?c bkg:usesVendor ?x FILTER EXISTS { ?c bkg:usesVendor ?v } }",
    "SELECT ?c { ?c rdfs:label ?l }",
    "SELECT ?c { ?c bkg:usesVendor ?v FILTER(?c != 'C MINUS { ?v }') } # MINUS { ?v }",
    "SELECT DISTINCT ?c { ?c bkg:usesVendor ?v BIND(1 AS ?minus) { SELECT * { ?c bkg:usesVendor ?x } } }",
    "SELECT DISTINCT ?c { ?c ?p ?v MINUS # {\n { ?c rdfs:label 'x' FILTER EXISTS { ?c ?p ?o } } { ?c ?q ?v } }",
    "DESCRIBE ?c { ?c bkg:usesVendor ?v }",
    "ASK { ?c bkg:usesVendor ?v }",
]
HOSTILE = [
    'a" } SELECT * {', "a\\", 'a\\"', "'''", '"""', "a\nb\rc\t", "SERVICE <http://a/> { ?s ?p ?o }", "?s #", "\\u0022", "é😀",
]  # fmt: skip


@pytest.mark.parametrize("text", HIDDEN)
def test_a_variable_that_is_not_selected_may_be_given_too(dataset, text):
    copy = rdflib.Graph()
    for triple in dataset.default_graph:
        copy.add(triple)
    vendor = next(dataset.objects(None, NS.usesVendor))
    names = {"bkg": str(NS), "rdfs": str(rdflib.RDFS)}
    ours, theirs = (g.query(text, initNs=names, initBindings={"v": vendor}) for g in (dataset, copy))
    if text.startswith("DESCRIBE"):
        assert {s for s, _, _ in ours} == set(copy.subjects(NS.usesVendor, vendor))
    elif text.startswith("ASK"):
        assert ours.askAnswer is theirs.askAnswer is True
    else:
        assert sorted(map(tuple, ours)) == sorted(map(tuple, theirs)) != []


def test_a_graph_may_be_called_minus(dataset):
    text = "SELECT ?c { GRAPH bkg:minus { ?c bkg:usesVendor ?v } }"
    assert not list(dataset.query(text, initBindings={"v": next(dataset.objects(None, NS.usesVendor))}))


def test_a_relative_address_is_no_comment(dataset):
    vendor = next(dataset.objects(None, NS.usesVendor))
    text = (
        "BASE <http://e.org/>\nSELECT ?c { ?c <%s> ?x FILTER(?c != <#a> && ?c != <a#b> && ?x = ?v)\n ?c <%s> ?v }"
        % ((NS.usesVendor,) * 2)
    )
    told = {row.c for row in dataset.query(text, initBindings={"v": vendor})}
    assert told == set(dataset.subjects(NS.usesVendor, vendor)) != set()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("SELECT ?c { ?c bkg:usesVendor ?v MINUS { ?x bkg:usesVendor ?v } }", "stands in a MINUS: select it"),
        (
            "SELECT ?c { ?c ?p ?x MINUS { ?c ?p ?y } Minus#\n{ { ?x ?p '}' } { ?x ?p $v } } }",
            "stands in a MINUS: select it",
        ),
        ("SELECT ?c { ?c bkg:usesVendor ?v FILTER(BOUND(?v)) }", "stands where only a variable can: select it"),
        ("SELECT ?c { ?c bkg:usesVendor ?v } GROUP BY ?v ?c", "select it"),
    ],
)
def test_a_value_that_cannot_be_written_in_is_refused(dataset, text, why):
    with pytest.raises(QueryError, match=why):
        list(dataset.query(text, initNs={"bkg": str(NS)}, initBindings={"v": rdflib.URIRef("http://a/b")}))


def test_a_value_for_what_no_pattern_has_is_refused(dataset):
    with pytest.raises(QueryError, match=r"\?v is given a value"):
        dataset.query("SELECT ?c { ?c rdfs:label '?v' }", initBindings={"v": rdflib.Literal("a")})


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("language", [None, "en"])
def test_a_text_that_is_given_stays_a_text(dataset, hostile, language):
    value = rdflib.Literal(hostile, lang=language)
    ((told,),) = dataset.query("SELECT (?v AS ?w) {}", initBindings={"v": value})
    assert told == value
    assert not list(dataset.query("SELECT ?s { ?s ?p ?v }", initBindings={"v": value}))


def test_what_is_no_term_is_refused(dataset):
    iris = [rdflib.URIRef("http://a/> } #"), rdflib.URIRef("no scheme")]
    for value in ("text", 5, None, *iris, rdflib.Literal("a", datatype=rdflib.URIRef("b c"))):
        with pytest.raises(QueryError, match=r"\?v is given .* no term of RDF"):
            dataset.query("SELECT ?s { ?s ?p ?v }", initBindings={"v": value})
    with pytest.raises(QueryError, match="blank node"):
        dataset.query("SELECT ?s { ?s ?p ?v }", initBindings={"v": rdflib.BNode()})
    with pytest.raises(QueryError, match="SERVICE is refused"):
        dataset.query("SELECT ?s { SERVICE <http://a/> { ?s ?p ?v } }", initBindings={"v": rdflib.Literal("a")})


def test_texts_are_those_that_rdflib_reads(dataset):
    label = next(one for one in dataset.objects(None, LABEL) if one == rdflib.Literal("Mercor"))
    selected = dataset.query("SELECT ?s { ?s rdfs:label ?l }", initBindings={"l": label})
    assert set(dataset.subjects(LABEL, label)) == {row.s for row in selected} != set()
    assert label in {row.l for row in dataset.query("SELECT ?l { ?s rdfs:label ?l }")}
    assert label in set(dataset.query("CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s rdfs:label ?l }").graph.objects())
    copy = rdflib.Graph()
    copy.parse(data=dataset.default_graph.serialize(format="nt"), format="nt")
    assert set(copy) == set(dataset.default_graph)


def test_a_graph_of_it_answers_for_itself(dataset):
    one = named(dataset)
    ((inside,),) = one.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(inside) == len(one) > 0
    with pytest.raises(QueryError, match="FROM"):
        one.query(f"SELECT * FROM <{one.identifier}> {{ ?s ?p ?o }}")
    ((chosen,),) = dataset.query(f"SELECT (COUNT(*) AS ?n) FROM <{one.identifier}> {{ ?s ?p ?o }}")
    assert int(chosen) == len(one)


def test_it_reads_as_rdflib_does(demo_graph, dataset):
    assert len(dataset.default_graph) == len(demo_graph.store.find())
    assert sum(len(graph) for graph in dataset.graphs()) == len(demo_graph.store)
    assert len(list(dataset.quads((None, None, None, None)))) == len(demo_graph.store)
    copy = rdflib.Dataset()
    copy.parse(data=dataset.serialize(format="nquads"), format="nquads")
    assert len(list(copy.quads((None, None, None, None)))) == len(demo_graph.store)


def test_it_keeps_the_limits_of_its_graph(demo_store):
    limited = kg.open(demo_store, limits=Limits(seconds=30, rows=5)).dataset
    with pytest.raises(QueryError, match="more than 5 rows"):
        limited.query("SELECT * { ?s ?p ?o }")
    hurried = kg.open(demo_store, limits=Limits(seconds=0.3)).dataset
    with pytest.raises(QueryError, match=r"longer than 0.3 s"):
        hurried.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    assert len(limited.query("SELECT * { ?s ?p ?o } LIMIT 5")) == 5


def test_without_guards_it_is_rdflibs_own(demo_store):
    free = kg.open(demo_store, guarded=False).dataset
    assert type(free) is rdflib.Dataset
    assert bool(free.query("ASK {}")) is True
    with pytest.raises(RuntimeError, match="read-write"):
        free.update("CLEAR ALL")

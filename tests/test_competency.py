from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pyoxigraph as ox
import pytest
import rdflib
from documents import post, table
from rdflib.plugins.sparql import prepareQuery

import kg
from kg import competency
from kg.cli import main
from kg.competency import Parameter, answer, bound, find, parsed, questions, run
from kg.errors import KGError, QueryError, StoreError, UnknownNameError
from kg.query import Iri, Table, cell
from kg.vocabulary import BKG, PREFIXES, REUSED, concept, ontology_dir

EXPECTED = ontology_dir() / "queries" / "expected"


def by_id(question):
    return question.id


def as_text(found):
    """The rows of a table as a spreadsheet shows them."""
    return [[cell(value) for value in row] for row in found.rows]


def expected(question):
    with (EXPECTED / f"{question.id}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def in_rdflib(quads):
    """A plain in-memory rdflib dataset with the same quads, and a default graph that is no union."""
    dataset = rdflib.Dataset(default_union=False)
    graphs = {}
    for quad in quads:
        name = None if quad.graph_name == ox.DefaultGraph() else quad.graph_name.value
        if name not in graphs:
            graphs[name] = dataset.default_graph if name is None else dataset.graph(rdflib.URIRef(name))
        graphs[name].add((plain(quad.subject), plain(quad.predicate), plain(quad.object)))
    return dataset


def plain(term):
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    text = term.datatype.value == PREFIXES["xsd"] + "string"
    return rdflib.Literal(term.value, datatype=None if text else rdflib.URIRef(term.datatype.value))


def ask_rdflib(dataset, text):
    result = dataset.query(text)
    columns = tuple(map(str, result.vars))
    return Table(columns, [tuple(value(row[name]) for name in columns) for row in result])


def value(term):
    if term is None or isinstance(term, rdflib.URIRef):
        return None if term is None else Iri(term)
    told = term.toPython()
    return str(term) if isinstance(told, rdflib.Literal) or not isinstance(told, (bool, int, Decimal, date)) else told


@pytest.fixture(scope="session")
def demo_dataset(demo_graph):
    dataset = in_rdflib(demo_graph.store.quads)
    assert sum(len(graph) for graph in dataset.graphs()) == len(demo_graph.store.quads)
    return dataset


def with_facts(graph, *facts):
    """A copy of a graph in memory with more facts: (subject, predicate, object) and, where one is meant, a graph."""
    store = ox.Store()
    store.extend(graph.store.quads)
    lines = "\n".join(f"{' '.join(fact)} ." for fact in facts)
    store.extend(ox.parse(lines.encode(), format=ox.RdfFormat.N_QUADS))
    return kg.KnowledgeGraph(type(graph.store)(graph.store.path, store))


def node(graph, name):
    return f"<{graph.find(name).iri}>"


# The answers


@pytest.mark.parametrize("question", questions(), ids=by_id)
def test_expected_rows_on_oxigraph(question, demo_graph):
    header, rows = expected(question)
    found = run(demo_graph, question)
    assert list(found.columns) == header
    assert Counter(map(tuple, as_text(found))) == Counter(map(tuple, rows))


@pytest.mark.parametrize("question", questions(), ids=by_id)
def test_expected_rows_on_rdflib_in_the_same_order(question, demo_graph, demo_dataset):
    header, rows = expected(question)
    found = ask_rdflib(demo_dataset, bound(demo_graph, question))
    assert list(found.columns) == header
    assert Counter(map(tuple, as_text(found))) == Counter(map(tuple, rows))
    assert as_text(found) == as_text(run(demo_graph, question))


@pytest.mark.parametrize("question", questions(), ids=by_id)
def test_rows_are_there_and_each_once(question):
    _, rows = expected(question)
    assert rows
    assert rows == sorted(rows)
    assert max(Counter(map(tuple, rows)).values()) == 1


def test_expected_files_are_those_of_the_questions():
    assert {path.stem for path in EXPECTED.iterdir()} == {question.id for question in questions()}


def test_a_second_document_that_says_the_same_changes_no_count(build):
    rows = ["Alder Labs,Birch Annotation,labels,,,", "Cedar,Birch Annotation,labels,,,", "Cedar,Dogwood,mail,,,"]
    graph = build({"one.csv": table(*rows)})
    before = {name: as_text(run(graph, name, params)) for name, params in COUNTED}
    again = table(*rows, rows[0].replace("labels", "storage"))
    more = build({"two.csv": again})
    assert {name: as_text(run(more, name, params)) for name, params in COUNTED} == before
    assert [row[:3] for row in before["CQ05"]] == [["Birch Annotation", "2", "0.667"], ["Dogwood", "1", "0.333"]]
    edge = {"customer": "Alder Labs", "vendor": "Birch Annotation"}
    assert [row[:3] for row in as_text(run(more, "CQ16", edge))] == [
        ["one.csv", "suppliers", "1"],
        ["two.csv", "suppliers", "2"],
    ]
    assert len(run(more, "CQ14", edge)) == 3


COUNTED = [
    ("CQ01", {"vendor": "Birch Annotation"}),
    ("CQ02", {"vendor": "Birch Annotation"}),
    ("CQ05", {"least": "1"}),
]


def test_two_documents_are_two_voices(build):
    files = {"one.csv": table("Alder Labs,Birch Annotation,labels,,,"), "two.csv": table("Cedar,Birch Annotation,,,,")}
    graph = build(files)
    assert [row[:3] for row in as_text(run(graph, "CQ15", {"vendor": "Birch Annotation"}))] == [
        ["Alder Labs", "one.csv", "1"],
        ["Cedar", "two.csv", "1"],
    ]
    graph = build({"three.csv": table("Cedar,Birch Annotation,mail,,,")})
    assert [row[0] for row in as_text(run(graph, "CQ15", {"vendor": "Birch Annotation"}))] == ["Alder Labs"]


def test_a_publisher_spelled_two_ways_is_one_voice_and_one_first_reporter(demo_graph):
    source = run(demo_graph, "CQ13").dicts()[0]["source"]
    graph = with_facts(demo_graph, (f"<{source}>", BKG["publisher"], '"WIRED"'))
    assert [row["first"] for row in run(graph, "CQ13").dicts()] == ["WIRED"]


def test_whoever_a_document_spares_is_neither_affected_nor_overlooked(demo_graph):
    openai = node(demo_graph, "OpenAI")
    incident, part = f"<{run(demo_graph, 'CQ13').dicts()[0]['incident']}>", "<https://w3id.org/breachkg/id/part>"
    graph = with_facts(
        demo_graph,
        (incident, BKG["involvement"], part),
        (part, BKG["party"], openai),
        (part, BKG["role"], concept("party-role", "customer_unaffected")),
    )
    assert {row["name"]: row["told"] for row in run(graph, "CQ01").dicts()} == {
        "Anthropic": "not named",
        "Meta": "affected",
        "OpenAI": "not affected",
    }
    assert [row["name"] for row in run(graph, "CQ04").dicts()] == ["Anthropic", "Figma", "Notion"]


def test_nobody_is_exposed_where_nothing_happened(demo_graph):
    assert len(run(demo_graph, "CQ02", {"vendor": "Amazon Web Services"})) > 5
    assert len(run(demo_graph, "CQ04", {"vendor": "Amazon Web Services"})) == 0


def test_what_is_denied_is_no_breach(build):
    def told(**flags):
        """Whether the breach of Birch, and whatever else is told of it, is in the answers."""
        data = {
            "Name": "Birch", "Title": "Birch", "Domain": "birch.example", "BreachDate": "2030-03-01", "PwnCount": 7,
            "AddedDate": "2030-04-01T00:00:00Z", "Description": "All was lost.", "DataClasses": ["Passwords"],
        }  # fmt: skip
        graph = build({"one.csv": table("Alder,Birch,,,,"), "list.json": json.dumps([data | flags])}, prune=True)
        asked = {"CQ03": {"organization": "Alder"}, "CQ04": {"vendor": "Birch"}, "CQ08": {"vendor": "Birch"}}
        window = run(graph, "CQ10", {"from": "2030-01-01", "to": "2030-12-31"})
        rdf = in_rdflib(graph.store.quads)
        for name, params in asked.items():
            assert as_text(ask_rdflib(rdf, bound(graph, find(name), params))) == as_text(run(graph, name, params))
        counts = [len(run(graph, name, params)) for name, params in asked.items()]
        return counts, [row["certainty"] for row in window.dicts()]

    assert told(IsVerified=True) == ([1, 1, 1], ["Confirmed"])
    assert told(IsVerified=False) == ([1, 1, 1], ["Suspected"])
    assert told(IsVerified=True, IsFabricated=True) == ([0, 0, 0], ["Denied"])


def test_whom_a_denied_incident_names_was_not_hit(demo_graph):
    incident = run(demo_graph, "CQ13").dicts()[0]["incident"]
    graph = with_facts(demo_graph)
    for quad in list(
        graph.store.quads.quads_for_pattern(ox.NamedNode(incident), ox.NamedNode(BKG["certainty"][1:-1]), None)
    ):
        graph.store.quads.remove(quad)

    def hit(certainty):
        told = with_facts(graph, (f"<{incident}>", BKG["certainty"], concept("certainty", certainty)))
        return sum(row["organizations"] for row in run(told, "CQ19").dicts())

    everybody = sum(row["organizations"] for row in run(demo_graph, "CQ19").dicts())
    assert (hit("confirmed"), hit("claimed")) == (everybody, everybody)
    assert hit("denied") < everybody


def test_in_a_circle_nobody_depends_on_itself(build):
    graph = build({"one.csv": table("Alder,Birch,,,,", "Birch,Cedar,,,,", "Cedar,Alder,,,,")})
    assert [row["name"] for row in run(graph, "CQ02", {"vendor": "Alder"}).dicts()] == ["Cedar", "Birch"]


def test_names_sort_without_regard_to_case(build):
    graph = build({"one.csv": table("birch,Elm,,,,", "Cedar,Elm,,,,", "Alder,Elm,,,,")})
    for question in ("CQ01", "CQ02"):
        assert [row["name"] for row in run(graph, question, {"vendor": "Elm"}).dicts()] == ["Alder", "birch", "Cedar"]


def test_an_owner_that_is_told_stands_for_the_affected(demo_graph):
    exposure = f"<{run(demo_graph, 'CQ06').dicts()[0]['exposure']}>"
    graph = with_facts(demo_graph, (exposure, BKG["dataOwner"], node(demo_graph, "Meta")))
    rows = [row for row in run(graph, "CQ08").dicts() if row["text"] == "AI training methods"]
    assert [(row["owner"], row["ground"]) for row in rows] == [("Meta", "told")]
    assert len(run(graph, "CQ08")) == 7


def test_narrower_kinds_of_data_count(demo_graph):
    wider = {row["text"] for row in run(demo_graph, "CQ07", {"data_type": "personal-data"}).dicts()}
    narrow = {row["text"] for row in run(demo_graph, "CQ07", {"data_type": "national-ids"}).dicts()}
    assert "national insurance numbers" in wider & narrow
    assert len(wider) > 5 > len(narrow)


def test_what_is_taken_by_default_is_told(build, demo_graph, capsys):
    assert demo_graph.ask("CQ14", {"customer": "Meta"}).defaults == {"vendor": "Mercor"}
    assert demo_graph.ask("CQ14", {"customer": "Meta", "vendor": "Mercor"}).defaults == {}
    graph = build({"t.csv": table("Alder,Birch,mail,,,")})
    for question in ("CQ04", "CQ14"):
        with pytest.raises(
            UnknownNameError, match=rf"(vendor|customer) is not given, and its example in {question} is not here: "
        ):
            graph.ask(question)
    with pytest.raises(UnknownNameError, match=r"^(?!.*example).*Nobody"):
        graph.ask("CQ04", {"vendor": "Nobody"})
    assert main(["query", "--named", "CQ12", "--store", str(graph.store.path)]) == 0
    assert "kg: on is 2026-06-30, the example of the question (--param on=... for another)" in capsys.readouterr().err


def test_a_parameter_may_be_a_day_or_a_number(demo_graph):
    text = demo_graph.ask("CQ12", {"on": "2024-07-01"}).terms
    for day in (date(2024, 7, 1), datetime(2024, 7, 1, 12, tzinfo=UTC)):
        assert demo_graph.ask("CQ12", {"on": day}).terms == text
    assert demo_graph.ask("CQ05", {"least": 3}).terms == demo_graph.ask("CQ05", {"least": "3"}).terms
    for name, params in (("CQ04", {"vendor": date(2024, 7, 1)}), ("CQ05", {"least": True}), ("CQ12", {"on": 2.5})):
        with pytest.raises(QueryError, match="not a text"):
            demo_graph.ask(name, params)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2024-02-29", "2024-02-29", ["2024-02"]),
        ("2024-03-01", "2024-05-31", []),
        ("2024-06-20", "2024-06-20", ["2024-06"]),
        ("2024-06-30", "2025-08-01", ["2024-06", "2025-08"]),
        ("2024-02-29", "2024-02-28", ["2024-02"]),
        ("2024-07-02", "2024-02-28", []),
    ],
)
def test_date_windows(first, last, found, demo_graph):
    assert [row["date"] for row in run(demo_graph, "CQ10", {"from": first, "to": last}).dicts()] == found


def test_an_open_end_reaches_as_far_as_it_goes(build):
    graph = build({"one.txt": post()})
    ongoing = with_facts(graph)
    incident = ox.NamedNode(run(graph, "CQ09").dicts()[0]["incident"])
    bounds = list(ongoing.store.quads.quads_for_pattern(incident, ox.NamedNode(BKG["latest"][1:-1]), None))
    for quad in bounds:
        ongoing.store.quads.remove(quad)
    window = {"from": "2030-01-01", "to": "2030-12-31"}
    assert bounds
    assert (len(run(graph, "CQ10", window)), len(run(ongoing, "CQ10", window))) == (0, 1)


@pytest.mark.parametrize(("day", "over"), [("2025-11-29", 1), ("2025-11-30", 2)])
def test_a_term_is_over_on_its_end_day(day, over, build):
    graph = build(
        {"one.csv": table("Alder,Birch,mail,,2025-11-30,", "Cedar,Birch,mail,,,ended", "Dogwood,Birch,mail,,,")}
    )
    assert len(run(graph, "CQ12", {"on": day})) == over


def test_what_was_believed_follows_the_store_not_the_world(build, tmp_path):
    build({"old.csv": table("Alder,Birch,mail,,2020-01-01,")}, known_on=date(2026, 1, 1))
    build({"new.csv": table("Alder,Birch,mail,,,", "Cedar,Birch,mail,,,")}, known_on=date(2026, 2, 1))
    (tmp_path / "documents" / "old.csv").unlink()
    graph = build({"new.csv": table("Cedar,Birch,mail,,,")}, prune=True, known_on=date(2026, 3, 1))

    def believed(day):
        found = run(graph, "CQ20", {"day": day})
        return [(row["customer_name"], row["vendor_name"], row["documents"]) for row in found.dicts()]

    assert believed("2025-12-31") == []
    assert believed("2026-01-01") == believed("2026-01-31") == [("Alder", "Birch", 1)]
    assert believed("2026-02-01") == believed("2026-02-28") == [("Alder", "Birch", 2), ("Cedar", "Birch", 1)]
    assert believed("2026-03-01") == [("Cedar", "Birch", 1)]
    then, asked = graph.at(as_of=date(2026, 2, 1)), {"day": "2026-02-01"}
    found = ask_rdflib(in_rdflib(then.store.quads), bound(graph, find("CQ20"), asked))
    assert as_text(found) == as_text(run(graph, "CQ20", asked))


def test_a_file_has_no_earlier_state(demo_graph):
    with pytest.raises(StoreError, match="an RDF file has no history"):
        run(with_facts(demo_graph), "CQ20", {"day": "2026-01-01"})


def test_where_nothing_is_known_there_are_no_rows(demo_graph):
    words = [
        quad for quad in demo_graph.store.quads if not str(quad.subject).startswith("<https://w3id.org/breachkg/id/")
    ]
    store = ox.Store()
    store.extend(words)
    dataset = in_rdflib(words)
    for question in questions():
        text = bound(demo_graph, question)
        assert list(store.query(text)) == [], question.id
        assert list(dataset.query(text)) == [], question.id


# The files


def test_there_are_twenty():
    assert [question.id for question in questions()] == [f"CQ{number:02}" for number in range(1, 21)]
    assert {question.id: question.state_at for question in questions() if question.state_at} == {"CQ20": "day"}


@pytest.mark.parametrize("question", questions(), ids=by_id)
def test_every_file_says_what_it_asks(question):
    assert question.title.endswith("?")
    assert question.description.endswith(".")
    assert all(parameter.default for parameter in question.parameters)
    assert not re.search(r"\bDISTINCT\b|\bNOW\b|\bRAND\b", question.text)
    assert "ORDER BY" in question.text
    assert max(map(len, question.text.splitlines())) <= 120


@pytest.mark.parametrize("question", questions(), ids=by_id)
def test_every_file_runs_in_any_tool_as_it_is(question, demo_graph):
    demo_graph.store.quads.query(question.text)
    prepareQuery(question.text)
    body = re.sub(r"PREFIX.*|#.*|<[^\s>]*>|\"[^\"]*\"", "", question.text)
    declared = set(re.findall(r"PREFIX (\w+):", question.text))
    assert declared == set(re.findall(r"(\w+):", body))
    asked = [parameter.name for parameter in question.parameters if parameter.name != question.state_at]
    assert all(re.search(rf"\?{name}\b", body) for name in asked)


FORM = "# CQ04: Who?\n# Says who.\n# param vendor (vendor) = Mercor : whose\nSELECT * {\n # bind\n}\n"


def test_the_header_is_read():
    question = parsed("CQ04-who", FORM.replace("Says who.", "Says\n#   who."))
    assert (question.id, question.slug, question.title, question.description) == (
        "CQ04",
        "CQ04-who",
        "Who?",
        "Says who.",
    )
    assert question.parameters == (Parameter("vendor", "vendor", "", "Mercor", "whose"),)
    assert question.state_at is None
    more = "# param type (concept data-type) : which: this\n# param day (date) : which\n# state at the end of day\n"
    more = FORM.replace(": whose\n", f": whose\n{more}")
    question = parsed("CQ04-who", more)
    assert question.parameters[1] == Parameter("type", "concept", "data-type", None, "which: this")
    assert question.state_at == "day"
    assert parsed("CQ04-who", "# CQ04: Who?\n# Says who.").parameters == ()


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (FORM, ""),
        (FORM, "SELECT * {}"),
        ("CQ04:", "CQ05:"),
        ("CQ04:", "CQ4:"),
        ("# Says who.\n", ""),
        ("# Says who.\n# param vendor (vendor) = Mercor : whose\n", "# param vendor (vendor) : whose\n# Says who.\n"),
        ("(vendor)", "(company)"),
        ("(vendor)", "(concept)"),
        ("(vendor)", "(vendor data-type)"),
        (" : whose", ""),
        ("vendor (", "Ven dor ("),
        (
            "# param vendor (vendor) = Mercor : whose\n",
            "# param vendor (vendor) = M : x\n# state at the end of vendor\n",
        ),
        ("# param vendor (vendor) = Mercor : whose\n", "# state at the end of day\n"),
        (" # bind\n", ""),
        (" # bind\n", " # bind\n # bind\n"),
        ("# param vendor (vendor) = Mercor : whose\n", ""),
    ],
)
def test_a_file_out_of_form_is_refused(good, bad):
    assert good in FORM
    with pytest.raises(QueryError, match=r"^CQ04-who: "):
        parsed("CQ04-who", FORM.replace(good, bad))


@pytest.mark.parametrize("name", ["CQ04", "cq4", " cq04 ", "CQ04-named-by-no-source", "named-by-no-source.rq"])
def test_questions_are_found(name):
    assert find(name).id == "CQ04"


@pytest.mark.parametrize("name", ["CQ21", "CQ", "", "4", "CQ04-", "../lint/undocumented"])
def test_unknown_questions(name):
    with pytest.raises(QueryError, match="there is no question"):
        find(name)


def test_the_nearest_questions_are_told(demo_graph):
    with pytest.raises(QueryError, match=r"did you mean .*CQ07-trade-secrets"):
        run(demo_graph, "trade-secret")


# Parameters


@pytest.mark.parametrize(
    "name", ["Mercor", "mercor", "rankiteo:mercor-ai", "https://w3id.org/breachkg/id/organization/rankiteo/mercor-ai"]
)
def test_a_vendor_by_name_identifier_or_iri(name, demo_graph):
    assert as_text(run(demo_graph, "CQ04", {"vendor": name})) == as_text(run(demo_graph, "CQ04"))


def test_a_vendor_by_alias(demo_graph):
    graph = with_facts(demo_graph, (node(demo_graph, "Mercor"), REUSED["skos:altLabel"], '"The Mercury Crew"'))
    assert len(run(graph, "CQ04", {"vendor": "The Mercury Crew"})) == 4


@pytest.mark.parametrize(
    "industry", ["51", "Information", "information", "https://w3id.org/breachkg/vocab/industry/51"]
)
def test_a_concept_by_slug_label_or_iri(industry, demo_graph):
    assert as_text(run(demo_graph, "CQ19", {"industry": industry})) == as_text(run(demo_graph, "CQ19"))


def test_a_text_is_taken_as_it_is(demo_graph):
    assert len(run(demo_graph, "CQ17", {"assessor": "rankiteo"})) == 0


@pytest.mark.parametrize(
    ("question", "params", "error", "told"),
    [
        ("CQ04", {"vendr": "Mercor"}, QueryError, r"CQ04 has no parameter 'vendr'; it takes vendor"),
        ("CQ09", {"vendor": "Mercor"}, QueryError, r"CQ09 has no parameter 'vendor'; it takes none"),
        ("CQ04", {"vendor": "Mercer"}, UnknownNameError, r"did you mean Mercor\?"),
        ("CQ04", {"vendor": ""}, UnknownNameError, r"'' is not in the graph"),
        ("CQ07", {"data_type": "trade secret sauce"}, UnknownNameError, r"no concept of the scheme data-type"),
        ("CQ07", {"data_type": "trade-secret"}, UnknownNameError, r"did you mean .*trade-secrets"),
        ("CQ07", {"data_type": "../industry/51"}, UnknownNameError, r"no concept of the scheme data-type"),
        ("CQ10", {"from": "2024"}, QueryError, r"from is '2024', not a day \(YYYY-MM-DD\)"),
        ("CQ10", {"to": "2024-02-30"}, QueryError, r"to is '2024-02-30'"),
        ("CQ05", {"least": "2.5"}, QueryError, r"least is '2.5', not a whole number"),
        ("CQ05", {"least": "٣"}, QueryError, r"not a whole number"),
        ("CQ05", {"least": "1" * 19}, QueryError, r"not a whole number"),
        ("CQ05", {"least": ""}, QueryError, r"not a whole number"),
    ],
)
def test_wrong_parameters(question, params, error, told, demo_graph):
    with pytest.raises(error, match=told) as caught:
        run(demo_graph, question, params)
    assert isinstance(caught.value, KGError)


def test_a_name_of_two_organizations_is_ambiguous(build):
    graph = build(
        {
            "one.txt": post("DEM1", linkid="birch-annotation"),
            "two.txt": post("DEM2", linkid="birch-annotation-inc", title="Birch Annotation Again"),
        }
    )
    with pytest.raises(UnknownNameError, match=r"stands for several: .*birch-annotation.*birch-annotation-inc"):
        run(graph, "CQ01", {"vendor": "Birch Annotation"})


def test_a_parameter_without_default_is_asked_for(demo_graph):
    question = parsed("CQ04-who", FORM.replace(" = Mercor", ""))
    with pytest.raises(QueryError, match="CQ04 needs vendor: whose"):
        bound(demo_graph, question)
    assert "VALUES ?vendor { <https://" in bound(demo_graph, question, {"vendor": "Mercor"})


ATTACKS = [
    '" } UNION { ?s ?p ?o } #',
    'Rankiteo" } . ?s ?p ?o . { SELECT * { ?a ?b "',
    "\\",
    '\\"',
    "\\u0022 } UNION { ?assessment bkg:assessor ?any } #",
    "\\\\u0022 ) } ?assessment bkg:assessor ?any #",
    "\\U00000022 ) }",
    "\\u005C",
    "\\u007D",
    "\\x",
    "a\nb\r\n# bind\n",
    "\x00\x01\u2028",
    "\\g<0> \\1",
    "'''",
    '"""',
    "> <",
    "INSERT DATA { <a> <b> <c> }",
    "\ud800",
    "é 𐀀 \u202e",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_text_is_never_query(attack, demo_graph, demo_dataset):
    assert len(run(demo_graph, "CQ17", {"assessor": attack})) == 0
    text = bound(demo_graph, find("CQ17"), {"assessor": attack})
    assert len(demo_dataset.query(text)) == 0
    told = attack.encode("utf-8", "replace").decode()
    values = f"SELECT ?assessor {{ {re.search('VALUES.*', text)[0]} }}"
    assert [row[0].value for row in demo_graph.store.quads.query(values)] == [told]
    assert [str(row[0]) for row in demo_dataset.query(values)] == [told]


@pytest.mark.parametrize("attack", [*ATTACKS, "Mercor> } UNION { ?s ?p ?o } #"])
def test_a_name_is_never_query(attack, demo_graph):
    for question, name in (("CQ04", "vendor"), ("CQ19", "industry"), ("CQ10", "from"), ("CQ05", "least")):
        with pytest.raises(KGError):
            bound(demo_graph, find(question), {name: attack})


@pytest.mark.parametrize(
    "name",
    ['Birch "Bee" & Sons', "Alder } UNION { Labs", "O’Neill's Data", "Łódź Störage 数据", "back\\slash", "a <b> c"],
)
def test_names_with_spaces_and_quotes(name, build):
    out = io.StringIO()
    csv.writer(out).writerow(["Elm Works", name, 'a "service"', "", "", ""])
    graph = build({"one.csv": table(out.getvalue().strip())})
    assert [row["name"] for row in run(graph, "CQ01", {"vendor": name}).dicts()] == ["Elm Works"]
    edge = {"customer": "Elm Works", "vendor": name}
    assert as_text(run(graph, "CQ14", edge)) == as_text(
        ask_rdflib(in_rdflib(graph.store.quads), bound(graph, find("CQ14"), edge))
    )


def test_the_answer_comes_in_the_standard_forms(demo_graph):
    told = answer(demo_graph, "CQ04", {"vendor": "Mercor"})
    assert told.table == run(demo_graph, find("CQ04"))
    assert '"value": "Anthropic"' in told.to_json()
    assert competency.run(demo_graph, "CQ14").to_csv().startswith("quote,document,place,start,end,source,")

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from documents import derive, lines, post, table

import kg
from kg.model import Document, Evidence, Incident, Party, Role
from kg.rdf import evidence_graph
from kg.resolve.judgements import Judgements
from kg.resolve.resolver import JudgedResolver
from kg.store.deriving import vocabulary

NODE = re.compile(r"<https://w3id\.org/breachkg/id/document/(\w+)")


def subjects(graph, where):
    return {row[0] for row in graph.query(f"SELECT DISTINCT ?s {{ {where} }}")}


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """Documents with everything that is awkward to write, and to count."""
    folder = tmp_path_factory.mktemp("odd")
    texts = {
        "1.txt": post(
            "DEM1700000001",
            title='Tab\\t quote " slash \\ \x07 bell',
            date="1/2026",
            customers=["Alder", "Several banks"],
        ),
        "2.txt": post(
            "DEM1700000001", title="The same again", date="3/2026", customers=["ALDER Inc."], status="Closed"
        ),
        "3.txt": post("DEM1700000003", title="A copy", vendors=["東京 Zürich \U0001f600"]),
        "4.txt": post("DEM1700000003", title="A copy", vendors=["東京 Zürich \U0001f600"]),
        "t.csv": table("Alder,Birch Annotation,labels,,,", 'Alder,"Birch Annotation, Inc.",Labels,,,ended'),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return kg.build(folder, folder / "s.kg")


def test_lines_are_written_as_the_store_gives_them_back(odd, demo_graph):
    for graph in (odd, demo_graph):
        for line in lines(graph, vocabulary=True):
            (quad,) = ox.parse(line.encode(), format=ox.RdfFormat.N_QUADS)
            assert f"{quad} ." == line
    told = evidence_graph(
        Document("d", "", "0"), "demo", "1",
        [Incident("X\t1", "demo", 1, title='a\x00\x1f\x7f\ufffe\u2028\\n"', parties=(Party("é\t", Role.BREACHED, evidence=(Evidence("q\r\n", (0, 3), "p"),)),))],
    )  # fmt: skip
    store = ox.Store()
    written = derive([told], [], JudgedResolver())
    store.load("\n".join(written).encode(), format=ox.RdfFormat.N_QUADS)
    assert {f"{quad} ." for quad in store} == set(written)


def test_no_node_is_blank(odd, demo_graph):
    for graph in (odd, demo_graph):
        assert not [line for line in lines(graph, vocabulary=True) if "_:" in re.sub(r'"[^"]*"', "", line)]
    assert vocabulary()
    assert not [quad for quad in vocabulary() if "_:" in re.sub(r'"[^"]*"', "", str(quad))]


def test_counting_needs_no_distinct(odd, demo_graph):
    for graph in (odd, demo_graph):
        for name in (
            "Organization",
            "Incident",
            "SupplyRelationship",
            "Claim",
            "Vendor",
            "DataExposure",
            "OrganizationGroup",
        ):
            ((plain, distinct),) = graph.query(
                f"SELECT (COUNT(?s) AS ?n) (COUNT(DISTINCT ?s) AS ?d) {{ ?s a bkg:{name} }}"
            ).rows
            assert plain == distinct, name
    assert len(subjects(odd, "?s a bkg:Incident")) == 2


def test_evidence_speaks_of_its_own_document_only(odd, demo_graph):
    for graph in (odd, demo_graph):
        for row in graph.query(
            "SELECT ?g ?s ?o { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'https://w3id.org/breachkg/id/graph/')) }"
        ):
            where, subject, obj = (str(term) for term in row)
            own = where.rsplit("/", 1)[-1]
            if own in {"provenance", "referents"}:
                continue
            assert NODE.match(f"<{subject}").group(1) == own
            found = NODE.match(f"<{obj}")
            assert found is None or found.group(1) == own
            assert not obj.startswith("https://w3id.org/breachkg/id/organization/")


def test_canonical_nodes_are_under_no_document_but_for_claims_and_groups_of_lists(odd, demo_graph):
    for graph in (odd, demo_graph):
        left = {s for s in subjects(graph, "?s ?p ?o") if "/id/document/" in s and "/claim/" not in s}
        assert {s for s in left if "/group/" not in s} == set()


def test_every_mention_has_its_referent(demo_graph):
    rows = demo_graph.query(
        """SELECT ?m ?r { GRAPH ?g { ?m a bkg:Organization }
           OPTIONAL { GRAPH <https://w3id.org/breachkg/id/graph/referents> { ?m bkg:referent ?r } } }"""
    ).rows
    assert rows
    organizations = subjects(demo_graph, "?s a bkg:Organization")
    assert {referent for _, referent in rows} == organizations


def test_every_risk_has_a_claim_and_every_claim_a_fact(demo_graph, odd):
    for graph in (demo_graph, odd):
        for predicate in (
            "usesVendor",
            "breached",
            "affectsDownstream",
            "exposedDataType",
            "firstReportedBy",
            "response",
        ):
            bare = graph.query(
                f"""SELECT ?s ?o {{ ?s bkg:{predicate} ?o
                    FILTER NOT EXISTS {{ ?c a bkg:Claim ; rdf:subject ?s ; rdf:predicate bkg:{predicate} ; rdf:object ?o }} }}"""
            )
            assert bare.rows == [], predicate
        dangling = graph.query(
            "SELECT ?c { ?c a bkg:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o FILTER NOT EXISTS { ?s ?p ?o } }"
        )
        assert dangling.rows == []


class Everybody:
    """A resolver for which all organizations are one."""

    judgements = Judgements()

    def resolve(self, mentions):
        return {m.iri: "<https://w3id.org/breachkg/id/organization/name/all>" for m in mentions if m.kind == "party"}


def test_resolution_never_touches_the_evidence():
    graphs = []
    for name in "ab":
        proof = (Evidence("q", (0, 1), "p"),)
        parties = (
            Party(f"One {name}", Role.BREACHED, evidence=proof),
            Party("Two", Role.AFFECTED_DOWNSTREAM, evidence=proof),
        )
        graphs.append(
            evidence_graph(Document(name, "", name), "demo", "1", [Incident(f"D{name}", "demo", 1, parties=parties)])
        )

    def evidence(resolver):
        held = {graph.iri for graph in graphs}
        told = derive(graphs, [], resolver)
        return sorted(line for line in told if line.split(" ")[-2] in held)

    assert evidence(Everybody()) == evidence(JudgedResolver()) != []


def test_names_and_clock_stay_out_of_what_evidence_says(tmp_path):
    """The same bytes under another name, at another time and place, are the same graph but for the name."""
    graphs = []
    for place, name in (("one", "a.txt"), ("two", "b.txt")):
        folder = tmp_path / place
        folder.mkdir()
        (folder / name).write_text(
            "'affected_entities': [{'name': 'Acme', 'type': 'Vendor'}]\n\"id\": \"\",\n{'affected_entities': [{'name': 'Acme'}]}",
            "utf-8",
        )
        graphs.append(lines(kg.build(folder, folder / "s.kg", input_format="post")))
    differ = set(graphs[0]) ^ set(graphs[1])
    assert {line.split(" ")[2] for line in differ} == {'"a.txt"', '"b.txt"'}


def test_an_organization_that_turns_out_to_be_two_names_is_reported_as_its_own_supplier(tmp_path):
    def write(name, text):
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    rated = "Facebook cybersecurity rating report: https://www.rankiteo.com/company/meta"
    write("1.txt", post("DEM1700000001", vendors=["Facebook"], customers=["Oak"], linkid="meta", prose=rated))
    write("2.txt", post("DEM1700000002", vendors=["Meta"], customers=["Facebook"], linkid="meta"))
    graph = kg.build(tmp_path / "in", tmp_path / "s.kg")
    told = [row for row in graph.report.quarantine if "own supplier" in row["reason"]]
    assert told == [{
        "document": "2.txt", "record": "record 1",
        "reason": "Facebook and Meta are one organization, which cannot be its own supplier",
    }]  # fmt: skip
    assert graph.query("ASK { ?a bkg:usesVendor ?a }").rows == [(False,)]
    assert graph.query("ASK { GRAPH ?g { ?a bkg:usesVendor ?b . ?b rdfs:label 'Meta' } }").rows == [(True,)]
    again = kg.build(tmp_path / "in", tmp_path / "s.kg")
    assert again.report.changed == 0
    assert [row for row in again.report.quarantine if "own supplier" in row["reason"]] == told
    (tmp_path / "in" / "1.txt").unlink()
    apart = kg.build(tmp_path / "in", tmp_path / "s.kg", prune=True)
    assert [row for row in apart.report.quarantine if "own supplier" in row["reason"]] == []
    assert apart.query("ASK { ?a bkg:usesVendor ?b }").rows == [(True,)]

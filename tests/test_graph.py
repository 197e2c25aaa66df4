from __future__ import annotations

from datetime import date

import networkx as nx
import pytest
from documents import post, table

import kg
from kg.errors import KGError, UnknownNameError

EDGE_TYPES = {"usesVendor", "breached", "affectsDownstream", "exposedDataType", "firstReportedBy", "citesSource"}
ROLES = {"attacker", "customer_unaffected", "other", "reporter", "regulator", "investigator", "supplier_only"}


def test_building_opens_what_was_built(tmp_path, examples):
    built = kg.build(examples, tmp_path / "s.kg")
    assert built.report.documents == 9
    assert kg.open(tmp_path / "s.kg").report is None
    assert kg.open(str(tmp_path / "s.kg")).info() == built.info()
    assert repr(built) == f"<KnowledgeGraph {tmp_path / 's.kg'} generation 1>"


def test_one_input_needs_no_list(tmp_path, examples):
    assert kg.build(str(examples[1]), tmp_path / "s.kg").report.documents == 1
    assert kg.build(examples[1], tmp_path / "p.kg").report.documents == 1


def test_progress_counts_to_the_end(tmp_path, examples):
    seen = []
    kg.build(examples, tmp_path / "s.kg", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(n, 9) for n in range(1, 10)]


def test_info(demo_graph):
    told = demo_graph.info()
    assert told["documents"] == {"post": 8, "suppliers": 1}
    assert told["classes"]["Incident"] == 8
    assert list(told["classes"]) == sorted(told["classes"])
    ((counted,),) = demo_graph.query("SELECT (COUNT(?o) AS ?n) { ?o a bkg:Organization }").rows
    assert told["classes"]["Organization"] == counted


def test_info_has_what_documents_tell_beside_what_is_held(build):
    graph = build(
        {"a.csv": "customer,supplier\nAlder,Birch\n", "b.csv": "customer,supplier\nAlder,Birch\nAlder,Cedar\n"}
    )
    told = graph.info()
    assert told["told"] == {"incidents": 0, "claims": graph.report.claims}
    assert told["classes"]["Claim"] <= graph.report.claims


def test_networkx(demo_graph):
    graph = demo_graph.to_networkx()
    assert type(graph) is nx.MultiDiGraph
    assert {data["type"] for _, data in graph.nodes(data=True)} == {
        "organization", "vendor", "group", "incident", "threat-actor", "source", "data-type",
    }  # fmt: skip
    assert all(data["label"] for _, data in graph.nodes(data=True))
    for source, target, key, data in graph.edges(keys=True, data=True):
        assert key == data["type"] in EDGE_TYPES | ROLES
        assert source in graph
        assert target in graph
        if key in {"usesVendor", "breached", "affectsDownstream", "exposedDataType", "firstReportedBy"}:
            assert data["claims"], (source, key, target)
            assert data["certainty"]
            assert data["basis"]
        if key == "usesVendor":
            assert data["status"] in {"active", "suspended", "ended", "unknown"}
    wanted = demo_graph.query("SELECT ?c ?v { ?c bkg:usesVendor ?v }").rows
    assert {(s, t) for s, t, k in graph.edges(keys=True) if k == "usesVendor"} == {
        tuple(map(str, row)) for row in wanted
    }


def test_networkx_is_the_users_own_copy(demo_graph):
    demo_graph.to_networkx().clear()
    assert demo_graph.to_networkx().number_of_nodes() > 50
    assert list(demo_graph.to_networkx().edges) == list(demo_graph.to_networkx().edges)


class TestWhy:
    def test_two_things_give_every_statement_between_them(self, demo_graph):
        told = demo_graph.why("Meta", "Mercor")
        assert [kind for (_, kind, _), _ in told] == ["usesVendor"]
        assert all(quotes for _, quotes in told)

    def test_a_predicate_in_any_spelling(self, demo_graph):
        iri = "https://w3id.org/breachkg/ns#usesVendor"
        for predicate in ("usesVendor", "bkg:usesVendor", iri):
            assert demo_graph.why("Meta", predicate, "Mercor") == demo_graph.why("Meta", "Mercor")

    def test_an_incident_by_its_identifier_and_a_data_type_by_its_name(self, demo_graph):
        ((statement, quotes),) = demo_graph.why("MER1775255558", "exposedDataType", "trade-secrets")
        assert statement[1] == "exposedDataType"
        assert len(quotes) >= 4

    def test_who_was_breached(self, demo_graph):
        ((_, quotes),) = demo_graph.why("MER1775255558", "breached", "Mercor")
        assert any("Mercor" in quote.quote for quote in quotes)

    @pytest.mark.parametrize(
        ("terms", "words"),
        [
            (("Meta", "usesVendor", "Okta"), "does not state that Meta usesVendor Okta"),
            (("Mercor", "usesVendor", "Meta"), "does not state"),
            (("Meta", "Okta"), "does not state that Meta is related to Okta"),
            (("Meta", "usesVendor", "Mercer"), "did you mean.*Mercor"),
            (("Nobody At All Ltd", "Mercor"), "is not in the graph"),
        ],
    )
    def test_what_is_not_stated(self, demo_graph, terms, words):
        with pytest.raises(UnknownNameError, match=words):
            demo_graph.why(*terms)

    def test_an_edge_of_a_path(self, demo_graph):
        (edge,) = next(iter(demo_graph.exposure("Meta", to="Mercor"))).path
        assert demo_graph.why(edge) == demo_graph.why("Meta", "usesVendor", "Mercor")

    def test_an_edge_of_every_type_as_networkx_keys_it(self, demo_graph):
        edges = {kind: (source, target, kind) for source, target, kind in demo_graph.to_networkx().edges(keys=True)}
        assert edges.keys() >= EDGE_TYPES
        for source, target, kind in edges.values():
            told = demo_graph.why((source, target, kind))
            assert [statement for statement, _ in told] == [(source, kind, target)]

    def test_an_edge_stands_alone_and_has_three_parts(self, demo_graph):
        edge = demo_graph.exposure("Meta").exposed[0].path[0]
        for terms, words in (
            ((edge, "usesVendor"), "an edge alone"), ((("Meta", "Mercor"),), "not .'Meta', 'Mercor'"), ((7,), "not 7"),
        ):  # fmt: skip
            with pytest.raises(KGError, match=words):
                demo_graph.why(*terms)

    def test_a_relationship_on_a_day(self, build):
        graph = build({"t.csv": table("Alder,Birch,mail,2025-01-01,2026-03-01,")})
        assert graph.why("Alder", "Birch", valid_on=date(2026, 2, 28)) == graph.why("Alder", "Birch")
        with pytest.raises(UnknownNameError, match="is related to Birch on 2026-03-01"):
            graph.why("Alder", "Birch", valid_on=date(2026, 3, 1))
        with pytest.raises(KGError, match="2026-03-01"):
            graph.why("Alder", "Birch", valid_on="2026-03-01")

    def test_one_thing_is_too_few(self, demo_graph):
        with pytest.raises(KGError, match="a subject and an object"):
            demo_graph.why("Meta")


@pytest.mark.parametrize(
    "question",
    [
        lambda graph: graph.exposure("Meta", 0),
        lambda graph: graph.blast_radius("Mercor", -3),
        lambda graph: graph.exposure("Meta", only="maybe"),
        lambda graph: graph.exposure("Meta", all_paths=True),
        lambda graph: graph.exposure(""),
        lambda graph: graph.exposure("Meta", to="Nobody At All Ltd"),
        lambda graph: graph.page(focus="Nobody At All Ltd"),
        lambda graph: graph.exposure("MER1775255558"),
    ],
)
def test_what_cannot_be_asked_is_an_error_of_one_line(demo_graph, question):
    with pytest.raises(KGError) as caught:
        question(demo_graph)
    assert "\n" not in str(caught.value)


def test_suspension_still_counts_as_exposure(build):
    graph = build({"a.txt": post(prose="Alder Labs suspended its collaboration with Birch Annotation.")})
    (found,) = graph.exposure("Alder Labs")
    assert found.path[-1].status == "suspended"
    assert found.events


def test_an_empty_answer_is_an_answer(build):
    graph = build({"t.csv": table("A,B,,,,")})
    assert list(graph.exposure("B")) == []
    assert graph.exposure("B").as_dict()["exposures"] == []
    assert list(graph.blast_radius("A")) == []
    assert graph.blast_radius("A").as_dict()["count"] == 0


def test_a_notebook_shows_tables_and_a_page_in_a_frame(demo_graph):
    assert demo_graph.exposure("Meta")._repr_html_().startswith("<table>")
    assert demo_graph.blast_radius("Mercor")._repr_html_().startswith("<table>")
    shown = demo_graph._repr_html_()
    assert "sandbox" in shown
    assert "srcdoc" in shown

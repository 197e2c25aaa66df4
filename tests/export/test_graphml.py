from __future__ import annotations

import networkx as nx
import pytest
from documents import graph_of, table

from kg.export import export
from kg.export.rows import EDGE_COLUMNS, NODE_COLUMNS
from kg.model import Affiliation, AffiliationKind, Evidence, Listing, Party, Role

READERS = {"graphml": lambda path: nx.read_graphml(path, force_multigraph=True), "gexf": nx.read_gexf}
RELATION = {"graphml": "type", "gexf": "relation"}


def read_back(graph, kind, folder, **options):
    export(graph.store, kind, folder / f"x.{kind}", **options)
    return READERS[kind](folder / f"x.{kind}")


@pytest.mark.parametrize("kind", READERS)
def test_networkx_reads_the_same_graph_back(tmp_path, demo_graph, kind):
    read, plain = read_back(demo_graph, kind, tmp_path), demo_graph.to_networkx()
    assert set(read.nodes) == set(plain.nodes)
    assert sorted(read.edges(data=RELATION[kind])) == sorted(plain.edges(data="type"))
    assert {node: data["label"] for node, data in read.nodes(data=True)} == dict(plain.nodes(data="label"))
    told = {(s, o, data[RELATION[kind]]): data for s, o, data in read.edges(data=True)}
    for source, target, data in plain.edges(data=True):
        back = told[source, target, data["type"]]
        assert back.get("claims", "").split() == data["claims"]
        assert [back.get(name) for name in ("certainty", "basis")] == [
            data.get(name) for name in ("certainty", "basis")
        ]


@pytest.mark.parametrize("kind", READERS)
def test_what_is_confirmed_and_what_is_potential_is_told_apart(tmp_path, demo_graph, kind):
    read = read_back(demo_graph, kind, tmp_path)
    uses = {
        (s, o): data.get("exposure") for s, o, data in read.edges(data=True) if data[RELATION[kind]] == "usesVendor"
    }
    confirmed = {edge for edge, exposure in uses.items() if exposure == "confirmed"}
    assert confirmed
    assert confirmed < uses.keys()
    for (customer, vendor), exposure in uses.items():
        label = demo_graph.projection.nodes[customer].label
        if demo_graph.projection.nodes[customer].kind != "group":
            (found,) = (one for one in demo_graph.exposure(label, 1) if one.node.iri == vendor)
            assert (exposure or "no incident") == (found.exposure if found.events else "no incident")


@pytest.mark.parametrize("kind", READERS)
def test_who_belongs_together(tmp_path, kind):
    proof = (Evidence("Alder, a unit of Birch", (0, 22), "row 1"),)
    parties = tuple(Party(name, Role.OTHER, evidence=proof) for name in ("Alder", "Birch"))
    belongs = Affiliation("Alder", AffiliationKind.SUBSIDIARY, "Birch", proof)
    graph = graph_of([Listing(1, parties, (), affiliations=(belongs,))])
    ((_, _, told),) = read_back(graph, kind, tmp_path).edges(data=True)
    assert (told[RELATION[kind]], told["certainty"]) == ("subOrganizationOf", "confirmed")
    assert "/claim/" in told["claims"]


@pytest.mark.parametrize("kind", READERS)
def test_a_relationship_with_breaks(tmp_path, build, kind):
    graph = build({"t.csv": table("Fir,Gum,mail,2020-01-01,2021-01-01,", "Fir,Gum,chat,2023-05-01,,")})
    ((_, _, told),) = read_back(graph, kind, tmp_path).edges(data=True)
    assert told["in_force"] == "2020-01-01/2021-01-01; 2023-05-01/.."


@pytest.mark.parametrize("kind", READERS)
def test_names_that_xml_cannot_hold(tmp_path, build, kind):
    graph = build({"t.csv": table("A <&> \x01\x0bB,\ufffeElm \U0001f600,x,,,")})
    labels = {data["label"] for _, data in read_back(graph, kind, tmp_path).nodes(data=True)}
    assert any("Elm" in label for label in labels)
    assert any("A <&>" in label for label in labels)


def test_gexf_tells_no_day_of_writing(tmp_path, demo_graph):
    export(demo_graph.store, "gexf", tmp_path / "x.gexf")
    assert b"lastmodified" not in (tmp_path / "x.gexf").read_bytes()


def test_attributes_are_the_columns_of_tables(tmp_path, demo_graph):
    read = read_back(demo_graph, "graphml", tmp_path)
    assert {name for _, data in read.nodes(data=True) for name in data} <= set(NODE_COLUMNS)
    assert {name for _, _, data in read.edges(data=True) for name in data} <= {*EDGE_COLUMNS, "id"}

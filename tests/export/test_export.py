from __future__ import annotations

import json

import networkx as nx
import pytest
from documents import graph_of, post, table

import kg
from kg.errors import KGError, StoreError
from kg.export import FORMATS, export
from kg.model import Affiliation, AffiliationKind, Evidence, Listing, Party, Role, SupplyRelationship

SUFFIX = {"nquads": "nq", "trig": "trig", "turtle": "ttl", "jsonld": "jsonld", "graphml": "graphml"}


def test_formats_are_those_of_the_command_line():
    assert set(FORMATS) == SUFFIX.keys()


@pytest.fixture(scope="module")
def another(examples, tmp_path_factory):
    """The examples built once more, elsewhere and in another order."""
    return kg.build(examples[::-1], tmp_path_factory.mktemp("another") / "a.kg")


@pytest.fixture(scope="module")
def small():
    """A graph of one supply relationship, in memory."""
    proof = (Evidence("Alder, Birch", (0, 12), "row 1"),)
    parties = tuple(Party(name, Role.OTHER, evidence=proof) for name in ("Alder", "Birch"))
    return graph_of([Listing(1, parties, (SupplyRelationship("Alder", "Birch", "labels", evidence=proof),))])


@pytest.mark.parametrize("kind", FORMATS)
def test_two_builds_export_the_same_bytes(tmp_path, demo_graph, another, kind):
    paths = [tmp_path / f"{n}.{SUFFIX[kind]}" for n in range(2)]
    for graph, path in zip((demo_graph, another), paths, strict=True):
        export(graph.store, kind, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert b"_:" not in paths[0].read_bytes()


def test_an_export_holds_no_clock_and_no_path_of_this_machine(tmp_path, demo_graph, examples):
    export(demo_graph.store, "nquads", tmp_path / "x.nq")
    text = (tmp_path / "x.nq").read_text("utf-8")
    assert str(examples[1].parent) not in text
    added = {entry["added"] for entry in demo_graph.store.manifest["documents"].values()}
    assert not [moment for moment in added if moment in text]


def test_an_export_of_an_export_is_the_same(tmp_path, small):
    for kind in ("nquads", "trig", "jsonld"):
        first, second = tmp_path / f"1.{SUFFIX[kind]}", tmp_path / f"2.{SUFFIX[kind]}"
        export(small.store, kind, first)
        export(kg.open(first).store, kind, second)
        assert first.read_bytes() == second.read_bytes()


def test_jsonld_is_json_with_sorted_keys(tmp_path, demo_graph):
    export(demo_graph.store, "jsonld", tmp_path / "x.jsonld")
    text = (tmp_path / "x.jsonld").read_text("utf-8")
    assert json.dumps(json.loads(text), indent=1, sort_keys=True, ensure_ascii=False) + "\n" == text


def test_graphml_reads_back_as_the_same_graph(tmp_path, demo_graph):
    export(demo_graph.store, "graphml", tmp_path / "x.graphml")
    read = nx.read_graphml(tmp_path / "x.graphml", force_multigraph=True)
    plain = demo_graph.to_networkx()
    assert set(read.nodes) == set(plain.nodes)
    assert sorted(read.edges(keys=False)) == sorted(plain.edges(keys=False))
    meta, mercor = demo_graph.find("Meta").iri, demo_graph.find("Mercor").iri
    (told,) = [data for data in read.get_edge_data(meta, mercor).values() if data["type"] == "usesVendor"]
    assert told["claims"].split() == plain.edges[meta, mercor, "usesVendor"]["claims"]
    assert read.nodes[mercor]["label"] == "Mercor"


def test_graphml_has_who_belongs_together(tmp_path):
    proof = (Evidence("Alder, a unit of Birch", (0, 22), "row 1"),)
    parties = tuple(Party(name, Role.OTHER, evidence=proof) for name in ("Alder", "Birch"))
    belongs = Affiliation("Alder", AffiliationKind.SUBSIDIARY, "Birch", proof)
    export(graph_of([Listing(1, parties, (), affiliations=(belongs,))]).store, "graphml", tmp_path / "x.graphml")
    ((_, _, told),) = nx.read_graphml(tmp_path / "x.graphml", force_multigraph=True).edges(data=True)
    assert (told["type"], told["certainty"]) == ("subOrganizationOf", "confirmed")
    assert "/claim/" in told["claims"]


def test_graphml_survives_names_that_xml_cannot_hold(tmp_path, build):
    graph = build({"t.csv": table("A <&> \x01\x0bB,\ufffeElm \U0001f600,x,,,")})
    export(graph.store, "graphml", tmp_path / "x.graphml")
    labels = {data["label"] for _, data in nx.read_graphml(tmp_path / "x.graphml").nodes(data=True)}
    assert any("Elm" in label for label in labels)
    assert any("A <&>" in label for label in labels)


def test_an_unknown_format_lists_those_there_are(tmp_path, demo_graph):
    with pytest.raises(KGError, match="no export format 'xls'; there are nquads"):
        export(demo_graph.store, "xls", tmp_path / "x.xls")


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_that_cannot_be_written(tmp_path, small, kind):
    with pytest.raises(StoreError, match="cannot be written"):
        export(small.store, kind, tmp_path / "missing" / "x")
    (tmp_path / "old").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        export(small.store, kind, tmp_path / "old")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_an_older_export_is_replaced(tmp_path, build):
    path = tmp_path / "x.nq"
    export(build({"a.txt": post("DEM1700000001")}).store, "nquads", path)
    before = path.read_text("utf-8")
    export(build({"b.txt": post("DEM1700000002", vendors=["Cedar Cloud"])}).store, "nquads", path)
    assert "DEM1700000002" in path.read_text("utf-8")
    assert "DEM1700000002" not in before

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
import rdflib
from documents import graph_of, post
from pyld import jsonld

import kg
from kg.arguments.sharing import EXPORTS
from kg.errors import KGError, StoreError
from kg.export import FORMATS, export
from kg.model import Evidence, Listing, Party, Role, SupplyRelationship

SUFFIX = {"nquads": "nq", "turtle": "ttl", "evidence": "html"}
"""Endings that are not the name of the format."""


def file(folder, kind, name="x"):
    return folder / f"{name}.{SUFFIX.get(kind, kind)}"


def written(path):
    """The bytes of a file, or of the files of a folder."""
    return b"".join(one.read_bytes() for one in (sorted(path.iterdir()) if path.is_dir() else [path]))


def test_formats_are_those_of_the_command_line():
    assert FORMATS == EXPORTS


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
    paths = [file(tmp_path, kind, n) for n in range(2)]
    for graph, path in zip((demo_graph, another), paths, strict=True):
        export(graph.store, kind, path)
    assert written(paths[0]) == written(paths[1])
    assert b"_:" not in written(paths[0])


def test_an_export_holds_no_clock_and_no_path_of_this_machine(tmp_path, demo_graph, examples):
    export(demo_graph.store, "nquads", tmp_path / "x.nq")
    text = (tmp_path / "x.nq").read_text("utf-8")
    assert str(examples[1].parent) not in text
    added = {entry["added"] for entry in demo_graph.store.manifest["documents"].values()}
    assert not [moment for moment in added if moment in text]


def test_an_export_of_an_export_is_the_same(tmp_path, small):
    for kind in ("nquads", "trig", "jsonld"):
        first, second = file(tmp_path, kind, 1), file(tmp_path, kind, 2)
        export(small.store, kind, first)
        export(kg.open(first).store, kind, second)
        assert first.read_bytes() == second.read_bytes()


def test_jsonld_is_json_with_sorted_keys(tmp_path, demo_graph):
    export(demo_graph.store, "jsonld", tmp_path / "x.jsonld")
    text = (tmp_path / "x.jsonld").read_text("utf-8")
    assert json.dumps(json.loads(text), indent=1, sort_keys=True, ensure_ascii=False) + "\n" == text


def test_jsonld_says_to_other_readers_what_nquads_say(tmp_path, small):
    for kind in ("nquads", "jsonld"):
        export(small.store, kind, file(tmp_path, kind))
    told = (tmp_path / "x.nq").read_text("utf-8").splitlines()
    data = rdflib.Dataset().parse(tmp_path / "x.jsonld", format="json-ld")
    assert len(list(data.quads())) == len(told)
    normal = jsonld.to_rdf(json.loads((tmp_path / "x.jsonld").read_text("utf-8")), {"format": "application/n-quads"})
    assert {str(quad) for quad in ox.parse(normal, format=ox.RdfFormat.N_QUADS)} == {
        str(quad) for quad in ox.parse(path=tmp_path / "x.nq")
    }


@pytest.mark.parametrize("kind", ["trig", "turtle"])
def test_rdflib_reads_as_many_statements(tmp_path, small, kind):
    export(small.store, kind, file(tmp_path, kind))
    graph = rdflib.Dataset().parse(file(tmp_path, kind))
    told = [quad for quad in small.store.quads if kind == "trig" or quad.graph_name == ox.DefaultGraph()]
    assert len(list(graph.quads())) == len(told)


def test_an_unknown_format_lists_those_there_are(tmp_path, demo_graph):
    with pytest.raises(KGError, match="no export format 'xls'; there are nquads"):
        export(demo_graph.store, "xls", tmp_path / "x.xls")


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "neo4j"])
def test_a_file_that_cannot_be_written(tmp_path, small, kind):
    with pytest.raises(StoreError, match="cannot be written"):
        export(small.store, kind, file(tmp_path / "missing", kind))
    old = file(tmp_path, kind)
    old.mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        export(small.store, kind, old)
    assert list(tmp_path.iterdir()) == [old]


def test_an_older_export_is_replaced(tmp_path, build):
    path = tmp_path / "x.nq"
    export(build({"a.txt": post("DEM1700000001")}).store, "nquads", path)
    before = path.read_text("utf-8")
    export(build({"b.txt": post("DEM1700000002", vendors=["Cedar Cloud"])}).store, "nquads", path)
    assert "DEM1700000002" in path.read_text("utf-8")
    assert "DEM1700000002" not in before

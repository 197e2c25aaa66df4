from __future__ import annotations

import json
import shutil

import pytest

import kg
from kg.errors import NotAStoreError, StoreError
from kg.store.layout import FORMAT


@pytest.fixture
def damaged(demo_store, tmp_path):
    """A copy of the demo store to break."""
    copy = tmp_path / "copy.kg"
    shutil.copytree(demo_store, copy)
    return copy


def database(store):
    return store / "generations" / "000001" / "quads"


def test_an_open_store_knows_its_generation_and_manifest(demo_store):
    store = kg.open(demo_store).store
    assert store.generation == 1
    assert {entry["kind"] for entry in store.manifest["documents"].values()} == {"post", "suppliers"}
    assert len(store) == store.manifest["quads"]


def test_find_looks_in_the_canonical_graph_unless_told_otherwise(demo_graph):
    store = demo_graph.store
    kind, incident = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "https://w3id.org/breachkg/ns#Incident"
    assert len(store.find(None, kind, incident)) == 8
    graph = next(iter(store.manifest["documents"].values()))["graph"]
    assert {quad.graph_name.value for quad in store.find(graph=graph)} == {graph}
    assert store.find("urn:nothing") == []


def test_a_store_is_only_read(demo_graph):
    with pytest.raises((OSError, RuntimeError, ValueError)):
        demo_graph.store.quads.add(next(iter(demo_graph.store.quads)))


@pytest.mark.parametrize("name", ["missing", "missing.kg", "missing.ttl", "file/below"])
def test_nothing_there(tmp_path, name):
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(NotAStoreError) as caught:
        kg.open(tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)


def test_something_else_there(tmp_path):
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(NotAStoreError, match="not a store"):
        kg.open(tmp_path)
    with pytest.raises(StoreError, match="not an RDF file"):
        kg.open(tmp_path / "holiday.jpg")


def test_a_store_without_a_finished_build(tmp_path):
    (tmp_path / "s.kg" / "generations").mkdir(parents=True)
    (tmp_path / "s.kg" / "store.json").write_text(json.dumps({"format": FORMAT}), "utf-8")
    with pytest.raises(NotAStoreError, match="no build of it has finished"):
        kg.open(tmp_path / "s.kg")


def truncate(folder):
    for path in folder.glob("*.sst"):
        path.write_bytes(path.read_bytes()[:-100])


def garble(folder):
    for path in folder.glob("MANIFEST*"):
        path.write_bytes(b"garbage")


def vanish(folder):
    shutil.rmtree(folder)


def replace(folder):
    shutil.rmtree(folder)
    folder.write_text("not a database", "utf-8")


@pytest.mark.parametrize("harm", [truncate, garble, vanish, replace])
def test_a_damaged_database_is_told_when_it_is_opened(damaged, harm):
    harm(database(damaged))
    with pytest.raises(StoreError, match="the database is damaged") as caught:
        kg.open(damaged)
    assert str(damaged) in str(caught.value)
    assert "\n" not in str(caught.value)


def rot(folder):
    """Change the middle of every large file, which the database does not look at when it opens."""
    for path in folder.glob("*.sst"):
        data = bytearray(path.read_bytes())
        if len(data) > 100_000:
            data[1000:60_000] = bytes(byte ^ 0x5A for byte in data[1000:60_000])
            path.write_bytes(data)


def test_a_small_database_is_compared_with_its_checksums(damaged):
    rot(database(damaged))
    with pytest.raises(StoreError, match="has changed since it was written"):
        kg.open(damaged)


def test_a_bad_block_of_a_large_database_is_told_when_it_is_read(damaged):
    # No aggregate here: Oxigraph never ends one over a bad block, which is why small databases are verified.
    manifest = damaged / "generations" / "000001" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text("utf-8")) | {"checksums": {}}), "utf-8")
    rot(database(damaged))
    graph = kg.open(damaged)
    for act in (graph.info, lambda: graph.exposure("Meta"), lambda: graph.query("SELECT * { ?s ?p ?o }")):
        with pytest.raises(kg.KGError) as caught:
            act()
        assert "\n" not in str(caught.value)


def test_a_damaged_manifest_is_told(damaged):
    (damaged / "generations" / "000001" / "manifest.json").write_text('{"documents": {"a": {}}}', "utf-8")
    with pytest.raises(StoreError, match="manifest is damaged"):
        kg.open(damaged)

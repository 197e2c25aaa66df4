from __future__ import annotations

import json
import socket

import pyoxigraph as ox
import pytest
from documents import post, table

import kg
from kg.errors import NotAStoreError, StoreError
from kg.store.files import FORMATS, NAMES, load_file, serialize


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    (folder / "a.txt").write_text(post(title='Quote " slash \\ tab \t é 東京'), "utf-8")
    (folder / "b.csv").write_text(table("Alder Labs,Cedar,hosting,2025-01,,"), "utf-8")
    return kg.build([folder / "a.txt", folder / "b.csv"], folder / "s.kg").store.quads


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_is_saved_loads_again_and_saves_to_the_same_bytes(store, tmp_path, suffix):
    path = tmp_path / f"saved{suffix}"
    text = serialize(store, suffix)
    path.write_text(text, "utf-8", newline="")
    loaded = load_file(path)
    whole = FORMATS[suffix].supports_datasets
    wanted = {quad for quad in store if whole or quad.graph_name == ox.DefaultGraph()}
    assert set(loaded) == wanted
    assert serialize(loaded, suffix) == text
    assert text.endswith("\n")


def test_nquads_are_sorted_lines(store):
    lines = serialize(store, ".nq").splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == len(store)


def test_turtle_and_trig_use_the_prefixes(store):
    for suffix in (".ttl", ".trig"):
        assert "bkg:usesVendor" in serialize(store, suffix)


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_graph_opens_as_a_graph(store, tmp_path, name):
    path = tmp_path / f"graph{NAMES[name]}"
    path.write_text(serialize(store, NAMES[name]), "utf-8")
    graph = kg.open(path)
    assert [found.node.label for found in graph.exposure("Alder Labs")] == ["Birch Annotation", "Cedar"]
    assert (graph.store.generation, graph.store.manifest) == (0, {})
    (statement, quotes), *_ = graph.why("Alder Labs", "usesVendor", "Birch Annotation")
    assert statement[1] == "usesVendor"
    assert quotes[0].quote


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("bad.ttl", b"<urn:a> <urn:b> .", "cannot be read"),
        ("bad.nq", b"<urn:a> <urn:b> 'x", "cannot be read"),
        ("bad.jsonld", b'{"@id": ', "cannot be read"),
        ("bad.trig", b"\xff\xfe\x00", "cannot be read"),
        ("bad.txt", b"hello", "not an RDF file"),
    ],
)
def test_a_file_that_is_not_what_its_ending_says(tmp_path, name, text, words):
    path = tmp_path / name
    path.write_bytes(text)
    with pytest.raises(StoreError, match=words) as caught:
        kg.open(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_missing(tmp_path):
    with pytest.raises(NotAStoreError, match="no such file"):
        kg.open(tmp_path / "missing.ttl")


def test_a_remote_context_is_never_fetched(tmp_path):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.2)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/context.jsonld"
        path = tmp_path / "remote.jsonld"
        path.write_text(json.dumps({"@context": url, "@id": "urn:a", "name": "x"}), "utf-8")
        with pytest.raises(StoreError):
            load_file(path)
        with pytest.raises(TimeoutError):
            listener.accept()

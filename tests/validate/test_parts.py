from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.store.deriving import vocabulary
from kg.store.files import load_file
from kg.validate.engines import choose, run
from kg.validate.parts import canonical_part, evidence_graphs, evidence_parts
from kg.vocabulary import ID


def held(path):
    return {quad.triple for quad in load_file(path)}


def test_the_canonical_part_is_the_default_graph_with_the_vocabulary(store, tmp_path):
    found = held(canonical_part(store("<urn:s> <urn:p> <urn:o> ."), tmp_path))
    assert ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.NamedNode("urn:o")) in found
    assert len(found) == len(set(vocabulary())) + 1


def test_evidence_graphs_are_those_of_documents(demo_graph):
    entries = demo_graph.store.manifest["documents"].values()
    assert evidence_graphs(demo_graph.store) == sorted({entry["graph"] for entry in entries})


@pytest.mark.parametrize("size", [1, 500, 10**9])
def test_parts_hold_all_evidence_once_and_give_what_the_whole_gives(demo_graph, tmp_path, size):
    parts, found = [], set()
    for path in evidence_parts(demo_graph.store, tmp_path, size):
        parts.append({t for t in held(path) if t.subject.value.startswith(f"{ID}document/")})
        found |= run(choose(), path)
    evidence = [{q.triple for q in demo_graph.store.find(graph=g)} for g in evidence_graphs(demo_graph.store)]
    assert set().union(*parts) == set().union(*evidence)
    assert sum(map(len, parts)) == sum(map(len, evidence))
    assert len(parts) == {1: len(evidence), 10**9: 1}.get(size, len(parts))
    (whole,) = evidence_parts(demo_graph.store, tmp_path)
    assert found == run(choose(), whole)

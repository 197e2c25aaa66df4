from __future__ import annotations

import json
from datetime import date, timedelta

import numpy as np
import pytest
from documents import post, table

from kg.errors import StoreError
from kg.store.edges import ALWAYS_FROM, ALWAYS_UNTIL, BASES, CERTAINTIES, KINDS, STATUSES, TYPES


def as_day(number):
    return None if number in (ALWAYS_FROM, ALWAYS_UNTIL) else date(1970, 1, 1) + timedelta(days=int(number))


def rows(table):
    """The table as plain values, every code as its word."""
    return sorted(
        (
            TYPES[table.type[at]],
            table.iri[int(table.source[at])],
            table.iri[int(table.target[at])],
            STATUSES[table.status[at]],
            str(as_day(table.valid_from[at])),
            str(as_day(table.valid_until[at])),
            table.certainty[at],
            table.basis[at],
            tuple(table.claims(at)),
        )
        for at in range(len(table))
    )


def expected(projection):
    """The same from the projection, which reads the graph in another way."""
    for edge in projection.edges:
        if edge.type not in TYPES:
            continue
        told = tuple(sorted(claim.iri for claim in edge.claims))
        certainty = min((CERTAINTIES.index(c.certainty) for c in edge.claims), default=len(CERTAINTIES))
        basis = min((BASES.index(c.basis) for c in edge.claims), default=len(BASES))
        for tie in edge.relationships:
            terms = tie.status, str(tie.valid_from), str(tie.valid_until)
            yield edge.type, edge.source, edge.target, *terms, certainty, basis, told
        if not edge.relationships:
            node = dict(projection.nodes[edge.source].properties)
            first, last = node.get("earliest"), node.get("latest")
            until = str(date.fromisoformat(last) + timedelta(days=1)) if last else "None"
            yield edge.type, edge.source, edge.target, "unknown", str(first), until, certainty, basis, told


def check(graph):
    edges = graph.store.edges()
    assert rows(edges) == sorted(expected(graph.projection))
    for at in range(len(edges.iri)):
        node = graph.projection.nodes[edges.iri[at]]
        assert (KINDS[edges.kind[at]], edges.label[at]) == (node.kind, node.label)
    kept = {n.iri for n in graph.projection.nodes.values() if n.kind in KINDS}
    assert {edges.iri[at] for at in range(len(edges.iri))} == kept
    return edges


def test_the_table_is_the_projection(demo_graph):
    edges = check(demo_graph)
    assert len(edges) > 50
    assert set(edges.type.tolist()) == {0, 1, 2}


def test_the_table_follows_every_build(build):
    check(build({"a.txt": post(customers=["Alder", "Zürich 東京", "Several banks"])}))
    check(
        build(
            {"t.csv": table("Alder,Birch Annotation,mail,2025-01-01,2026-01-01,ended", "Alder,Birch Annotation,x,,,")}
        )
    )
    check(build({"a.txt": post(customers=[])}, prune=True))


def test_a_store_without_edges_has_an_empty_table(build):
    edges = check(build({"a.txt": post(vendors=[], customers=["Alder"], title="Odd")}))
    assert edges.claim.ends.shape == (int(edges.claims_end[-1]) if len(edges) else 0,)


def test_the_same_documents_give_the_same_bytes(build, tmp_path):
    import kg

    graph = build({"a.txt": post(), "t.csv": table("Alder,Birch,mail,,,")})
    other = kg.build(tmp_path / "documents", tmp_path / "other.kg")
    told = [{p.name: p.read_bytes() for p in (g.store.folder / "edges").iterdir()} for g in (graph, other)]
    assert told[0] == told[1]
    assert len(told[0]) > 10


def test_whoever_computes_is_given_arrays(build):
    edges = build({"a.txt": post()}).store.edges()
    types = {"type": np.uint8, "source": np.int32, "valid_from": np.int32, "weight": np.float32, "claims_end": np.int64}
    assert {name: getattr(edges, name).dtype for name in types} == types
    assert edges.iri.ends.dtype == np.int64
    assert not edges.source.flags.owndata


def test_a_damaged_table_is_one_line(build):
    graph = build({"a.txt": post()})
    path = graph.store.folder / "edges" / "source.npy"
    path.write_bytes(b"rubbish")
    with pytest.raises(StoreError, match="the edge table is damaged") as caught:
        graph.store.edges()
    assert "\n" not in str(caught.value)
    path.unlink()
    with pytest.raises(StoreError, match="the edge table is damaged"):
        graph.store.edges()


def test_no_column_runs_code_when_it_is_read(build):
    edges = build({"a.txt": post()}).store
    for path in (edges.folder / "edges").iterdir():
        assert np.load(path, allow_pickle=False).dtype != object
    assert json.loads((edges.folder / "manifest.json").read_text("utf-8"))

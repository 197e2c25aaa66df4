"""Every export of the graph of all real data, read back by the tools it is for; counts are equal, certainties survive."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

import kg

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
pytestmark = [
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder shared/data is not beside this checkout"),
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return kg.build(DATA, tmp_path_factory.mktemp("real") / "real.kg")


@pytest.fixture(scope="module")
def statements(graph):
    """How often each type of statement is made with each certainty."""
    return Counter((edge.type, edge.certainty) for edge in graph.projection.edges)


@pytest.mark.parametrize("kind", ["nquads", "trig", "jsonld", "turtle"])
def test_rdf(graph, tmp_path, kind):
    ending = {"nquads": "nq", "turtle": "ttl"}.get(kind, kind)
    path = graph.export(kind, tmp_path / f"x.{ending}")
    told = [quad for quad in graph.store.quads if kind != "turtle" or quad.graph_name == ox.DefaultGraph()]
    assert len(kg.open(path).store) == len(told)
    if kind in {"turtle", "jsonld"}:
        assert len(list(rdflib.Dataset().parse(path).quads())) == len(told)


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_networkx(graph, statements, tmp_path, kind):
    path = graph.export(kind, tmp_path / f"x.{kind}")
    read = nx.read_gexf(path) if kind == "gexf" else nx.read_graphml(path, force_multigraph=True)
    assert set(read) == set(graph.projection.nodes)
    relation = "relation" if kind == "gexf" else "type"
    told = Counter((data[relation], data.get("certainty", "")) for _, _, data in read.edges(data=True))
    assert told == statements


def test_csv(graph, statements, tmp_path):
    text = graph.export("csv", tmp_path / "x.csv").read_text("utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    assert Counter((row["type"], row["certainty"]) for row in rows) == statements


@pytest.mark.parametrize("ending", ["csv", "md", "html"])
def test_evidence(graph, tmp_path, ending):
    text = graph.export("evidence", tmp_path / f"x.{ending}").read_text("utf-8")
    counts = {
        "csv": lambda: len(list(csv.DictReader(io.StringIO(text, newline="")))),
        "md": lambda: len(text.splitlines()) - 2,
        "html": lambda: text.count('<tr title="'),
    }
    assert counts[ending]() == graph.info()["classes"]["Claim"]


@pytest.mark.parametrize("certainty", ["confirmed", "suspected", "claimed"])
def test_an_excerpt_opens_as_what_was_selected(graph, statements, tmp_path, certainty):
    path = graph.export("nquads", tmp_path / "x.nq", certainty=[certainty])
    told = Counter((edge.type, edge.certainty) for edge in kg.open(path).projection.edges)
    assert {key: n for key, n in told.items() if key[1]} == {
        key: n for key, n in statements.items() if key[1] == certainty
    }

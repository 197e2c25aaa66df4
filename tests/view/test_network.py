from __future__ import annotations

import dataclasses
import html
import json

import pytest
from pyvis.network import Network

from kg.errors import KGError
from kg.view import Page, network, render
from kg.view.markup import asset, plain_script, plain_style
from kg.view.network import PageNetwork


@pytest.fixture
def drawn(demo):
    return PageNetwork(demo)


def test_it_is_a_pyvis_network_that_pyvis_can_read(drawn, demo):
    assert isinstance(drawn, Network)
    assert drawn.num_nodes() == len(demo.nodes)
    assert drawn.num_edges() == len(demo.edges)
    assert len(drawn.get_adj_list()) == len(demo.nodes)
    assert drawn.get_node(0)["id"] == 0
    json.dumps([drawn.nodes, drawn.edges, drawn.options], allow_nan=False)


def test_edges_point_as_stated(drawn, demo):
    label = {node.id: node.label for node in demo.nodes}
    stated = sorted((label[edge.source], label[edge.target]) for edge in demo.edges)
    names = {node["id"]: node["label"] for node in drawn.nodes}
    assert sorted((names[edge["from"]], names[edge["to"]]) for edge in drawn.edges) == stated


def test_another_vis_network_is_refused(monkeypatch):
    network.vis_network.cache_clear()
    monkeypatch.setattr(network, "VIS_SHA256", "0" * 64)
    with pytest.raises(KGError, match="not the vis-network this package was checked with"):
        network.vis_network()
    monkeypatch.undo()
    network.vis_network.cache_clear()


def test_a_pyvis_without_its_library_is_refused(monkeypatch, tmp_path):
    network.vis_network.cache_clear()
    monkeypatch.setattr(network, "files", lambda _: tmp_path)
    with pytest.raises(KGError, match=r"install pyvis 0\.3\.2"):
        network.vis_network()
    monkeypatch.undo()
    network.vis_network.cache_clear()


def test_what_is_inlined_cannot_end_its_element():
    for text in (network.vis_network(), network._script()):
        assert "</script" not in text.lower()
        assert "<!--" not in text
        assert "\r" not in text
        assert "sourceMappingURL" not in text
    assert "</style" not in asset("kg.view", "app.css").lower()


def test_the_document_is_ascii_and_says_what_it_said(demo):
    title = "Zürich – “Ærø” 😀 東京"
    nodes = tuple(dataclasses.replace(node, label=f"{node.label} {title}") for node in demo.nodes)
    text = render(dataclasses.replace(demo, title=title, nodes=nodes))
    assert text.isascii()
    assert html.unescape(text).count(title) > len(demo.nodes)
    assert json.loads(plain_script(json.dumps(title, ensure_ascii=False))) == title
    assert plain_style('"▸ a"') == '"\\25b8  a"'


def test_an_edge_kind_shows_the_words_its_edges_share(pages):
    nodes = (pages.node("a", "A", "vendor"), pages.node("b", "B", "vendor"))
    one = pages.edge("a", "usesVendor", "b", "buys from")
    other = dataclasses.replace(one, id="other", label="uses")
    labels = [
        PageNetwork(Page("t", nodes, edges, "", ())).records["edgeKinds"][0]["label"]
        for edges in ((one,), (one, other))
    ]
    assert labels == ["buys from", "uses vendor"]

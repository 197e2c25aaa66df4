from __future__ import annotations

import dataclasses
import json

import pytest
from pyvis.network import Network

from kg.errors import KGError
from kg.view import Page, network, render
from kg.view.markup import asset
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


def test_write_html_writes_the_page(drawn, demo, tmp_path):
    place = tmp_path / "page.html"
    drawn.write_html(str(place))
    assert place.read_text(encoding="utf-8") == render(demo)
    assert [child.name for child in tmp_path.iterdir()] == ["page.html"]


def test_parallel_edges_bend_apart(drawn):
    between = {}
    for edge in drawn.edges:
        between.setdefault(frozenset((edge["from"], edge["to"])), []).append(edge)
    groups = [group for group in between.values() if len(group) > 1]
    assert groups
    for group in groups:
        sides = {(edge["smooth"]["type"], edge["smooth"]["roundness"], edge["from"]) for edge in group}
        assert len(sides) == len(group)


def _bends(pages, *ends):
    edges = tuple(pages.edge(a, "k", b, "k", number=at) for at, (a, b) in enumerate(ends))
    nodes = (pages.node("a", "A", "vendor"), pages.node("b", "B", "vendor"))
    smooth = [edge["smooth"] for edge in PageNetwork(Page("t", nodes, edges, "", ())).edges]
    return [
        (0 if curve is False else curve["roundness"] * (1 if curve["type"] == "curvedCW" else -1)) for curve in smooth
    ]


def test_two_ways_bend_to_two_sides(pages):
    there, back = _bends(pages, ("a", "b"), ("b", "a"))
    # Seen from opposite ends, the same turn is the other side.
    assert there == back != 0
    assert _bends(pages, ("a", "b")) == [0]
    left, middle, right = _bends(pages, ("a", "b"), ("a", "b"), ("a", "b"))
    assert (left, middle) == (-right, 0)


def test_a_loop_is_drawn_as_one(pages):
    node = pages.node("a", "A", "vendor")
    loops = tuple(pages.edge("a", "k", "a", "k", number=at) for at in range(2))
    sizes = [edge["selfReference"]["size"] for edge in PageNetwork(Page("t", (node,), loops, "", ())).edges]
    assert sizes[0] != sizes[1]


def test_potential_is_dashed_and_the_rest_is_solid(drawn):
    for record, edge in zip(drawn.records["edges"], drawn.edges, strict=True):
        assert bool(edge["dashes"]) == (record["exposure"] == "potential")


def test_arrows_point_as_stated(drawn, demo):
    label = {node.id: node.label for node in demo.nodes}
    stated = sorted((label[edge.source], label[edge.target]) for edge in demo.edges)
    names = [node["label"] for node in drawn.records["nodes"]]
    assert sorted((names[edge["from"]], names[edge["to"]]) for edge in drawn.edges) == stated
    assert all(edge["arrows"]["to"]["enabled"] for edge in drawn.edges)


def test_no_tooltip_and_no_picture_is_given_to_vis(drawn, hostile):
    for item in (*drawn.nodes, *drawn.edges, *PageNetwork(hostile).nodes, *PageNetwork(hostile).edges):
        assert not {"title", "image", "group", "shapeProperties"} & item.keys()


def test_labels_on_the_drawing_are_short(hostile):
    for node in PageNetwork(hostile).nodes:
        lines = node["label"].split("\n")
        assert len(lines) <= network.LINES
        assert max(map(len, lines)) <= network.LINE


def test_an_address_is_drawn_as_its_host(pages):
    node = pages.node("a", "https://www.example.org/articles/a-very-long-name-of-a-page", "source")
    (drawn,) = PageNetwork(Page("t", (node,), (), "", ())).nodes
    assert drawn["label"] == "www.example.org"


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


def test_an_edge_kind_shows_the_words_its_edges_share(pages):
    nodes = (pages.node("a", "A", "vendor"), pages.node("b", "B", "vendor"))
    one = pages.edge("a", "usesVendor", "b", "buys from")
    other = dataclasses.replace(one, id="other", label="uses")
    labels = [
        PageNetwork(Page("t", nodes, edges, "", ())).records["edgeKinds"][0]["label"]
        for edges in ((one,), (one, other))
    ]
    assert labels == ["buys from", "uses vendor"]

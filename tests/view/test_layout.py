from __future__ import annotations

from itertools import combinations
from math import hypot
from textwrap import wrap
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.layout import STRETCH, positions
from kg.view.network import PageNetwork


@st.composite
def graphs(draw):
    size = draw(st.integers(1, 60))
    ids = [f"n{at}" for at in range(size)]
    end = st.sampled_from(ids)
    links = draw(st.lists(st.tuples(end, end), max_size=120))
    focus = draw(st.sampled_from(["", *ids]))
    tiers = draw(st.dictionaries(end, st.one_of(st.none(), st.integers(0, 4))))
    return ids, links, focus, tiers


@settings(max_examples=150)
@given(graphs())
def test_every_node_has_room_of_its_own(graph):
    ids, links, focus, tiers = graph
    where = positions(ids, links, focus=focus, tiers=tiers)
    assert set(where) == set(ids)
    closest = min((hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(where.values(), 2)), default=999)
    assert closest > 60
    assert where == positions(ids, list(reversed(links)), focus=focus, tiers=tiers)
    if focus:
        assert where[focus] == (0, 0)


def test_rings_follow_the_distance_and_the_tier():
    ids = ["a", "b", "c", "d", "e"]
    links = [("a", "b"), ("b", "c"), ("a", "d"), ("a", "e")]
    where = positions(ids, links, focus="a", tiers={"e": 2})

    def ring(node):
        x, y = where[node]
        return hypot(x / STRETCH, y)

    assert ring("b") == pytest.approx(ring("d"), abs=2)
    assert ring("c") == pytest.approx(ring("e"), abs=2)
    assert ring("c") > ring("b") + 100


def test_without_a_focus_the_best_connected_node_is_the_middle():
    assert positions(["a", "b", "c"], [("b", "a"), ("b", "c")])["b"] == (0, 0)


def test_a_big_ring_becomes_several_bands():
    ids = ["hub", *(str(at) for at in range(300))]
    where = positions(ids, [("hub", node) for node in ids[1:]])
    assert max(hypot(x, y) for x, y in where.values()) < 3000


def test_parts_do_not_overlap():
    ids = [f"{part}{at}" for part in "abcd" for at in range(9)]
    links = [(f"{part}0", f"{part}{at}") for part in "abcd" for at in range(1, 9)]
    where = positions(ids, links)
    boxes = []
    for part in "abcd":
        spots = [where[node] for node in ids if node.startswith(part)]
        xs, ys = zip(*spots, strict=True)
        boxes.append((min(xs), max(xs), min(ys), max(ys)))
    for one, other in combinations(boxes, 2):
        assert one[1] < other[0] or other[1] < one[0] or one[3] < other[2] or other[3] < one[2]


@pytest.mark.parametrize("count", [1, 2, 7, 60, 900])
def test_many_parts_together_are_a_little_wider_than_high_and_stand_in_the_middle(count):
    ids = ["hub", *map(str, range(40)), *(f"{end}{at}" for at in range(count) for end in "ab")]
    links = [("hub", str(at)) for at in range(40)] + [(f"a{at}", f"b{at}") for at in range(count)]
    xs, ys = zip(*positions(ids, links).values(), strict=True)
    assert 0.7 < (max(xs) - min(xs)) / (max(ys) - min(ys)) < 2
    assert abs(max(xs) + min(xs)) < 0.1 * (max(xs) - min(xs))


def test_time_grows_with_the_size_not_with_its_square():
    def cost(size):
        ids = [str(at) for at in range(size)]
        links = [(str(at), str(at // 7)) for at in range(1, size)]
        start = process_time()
        positions(ids, links)
        return process_time() - start

    cost(500)
    assert cost(16000) < 8 * 10 * max(cost(2000), 0.005)


def test_labels_of_the_demo_do_not_overlap(demo):
    boxes = []
    for node in PageNetwork(demo).nodes:
        lines = wrap(node["label"], 16)[:3]  # as the page's script wraps them, under a node of this size
        wide, high = 8.6 * max(map(len, lines)), 17 * len(lines)
        top = node["y"] + 25
        boxes.append((node["x"] - wide / 2, node["x"] + wide / 2, top, top + high))
    for one, other in combinations(boxes, 2):
        apart = one[1] < other[0] or other[1] < one[0] or one[3] < other[2] or other[3] < one[2]
        assert apart, (one, other)

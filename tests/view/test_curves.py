from __future__ import annotations

from itertools import pairwise
from math import dist

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.view.site.curves import RADIUS, curve_between

BEGIN, END = (0, 0), (300, 100)


def test_a_free_way_is_straight_from_rim_to_rim():
    curve = curve_between(BEGIN, END, [(150, 90)])
    assert curve.straight
    assert RADIUS < dist(BEGIN, curve.start) < 2 * RADIUS
    assert RADIUS < dist(END, curve.head[0]) < 2 * RADIUS
    assert list(curve.points()) == [curve.start, curve.stop]


@pytest.mark.parametrize("others", [[(150, 50)], [(150, 52)], [(60, 20), (240, 80)], [(150, 50), (140, 75)]])
def test_a_line_bends_around_what_stands_in_its_way_and_its_head_follows(others):
    curve = curve_between(BEGIN, END, others)
    assert not curve.straight
    for spot in others:
        assert min(dist(spot, point) for point in curve.points()) > RADIUS + 3
        assert curve.distance(spot) > RADIUS + 3
    tip, *corners = curve.head
    assert max(dist(one, other) for one, other in pairwise(curve.points())) < 30
    assert dist(tip, corners[0]) == pytest.approx(dist(tip, corners[1]))
    # The control, the end of the line, the tip and the end node stand in one row.
    assert dist(curve.control, tip) + dist(tip, END) == pytest.approx(dist(curve.control, END))
    assert curve == curve_between(BEGIN, END, list(reversed(others)))


@given(st.lists(st.tuples(st.integers(-30, 330), st.integers(-60, 160)), max_size=4))
def test_no_few_nodes_are_passed_over(others):
    assume(all(dist(one, end) > 60 for one in others for end in (BEGIN, END)))
    curve = curve_between(BEGIN, END, others)
    assert all(curve.distance(spot) > RADIUS + 3 for spot in others)


def test_where_there_is_no_way_around_the_line_keeps_as_far_as_it_can():
    wall = [(150, y) for y in range(-400, 500, 20)]
    curve = curve_between(BEGIN, END, wall)
    assert min(map(curve.distance, wall)) > 5

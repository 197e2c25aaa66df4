"""Paths along the grid: straight where nothing stands in the way, around boxes, apart from each other."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.errors import KGError
from kg.reference.places import Place
from kg.reference.routes import Grid

LEFT, RIGHT, BETWEEN = Place(20, 100, 60, 60), Place(320, 100, 60, 60), Place(180, 60, 40, 140)


def grid(**boxes):
    return Grid(400, 300, boxes)


def test_boxes_that_face_each_other_are_joined_by_a_straight_line():
    (start, end) = grid(left=LEFT, right=RIGHT).route(LEFT, RIGHT)
    assert (start[0], end[0]) == (80, 320)
    assert start[1] == end[1]
    assert 100 < start[1] < 160


def test_a_path_leads_around_what_stands_between():
    path = grid(left=LEFT, right=RIGHT, between=BETWEEN).route(LEFT, RIGHT)
    assert len(path) > 2
    for (x0, y0), (x1, y1) in pairwise(path):
        across = min(x0, x1) <= 220 and max(x0, x1) >= 180
        assert not (across and min(y0, y1) <= 200 and max(y0, y1) >= 60)


def test_a_frame_may_be_run_through_when_it_is_open():
    frame = Place(100, 10, 280, 280)
    with pytest.raises(KGError, match="no way"):
        grid(left=LEFT, right=RIGHT, frame=frame).route(LEFT, RIGHT)
    assert len(grid(left=LEFT, right=RIGHT, frame=frame).route(LEFT, RIGHT, ["frame"])) == 2


def test_two_paths_share_no_piece():
    drawn = grid(left=LEFT, right=RIGHT)
    first, second = drawn.route(LEFT, RIGHT), drawn.route(LEFT, RIGHT)
    assert first[0][1] != second[0][1]


def test_labels_keep_off_boxes_and_other_labels_and_inside_the_drawing():
    drawn = grid(left=LEFT, right=RIGHT)
    free, covering = Place(150, 200, 60, 20), Place(60, 110, 60, 20)
    assert drawn.crowding(free, set()) == 0
    assert drawn.crowding(covering, set()) > 50
    drawn.reserve(free)
    assert drawn.crowding(free, set()) > 50
    assert drawn.clamped(Place(-10, 290, 60, 20)) == Place(0, 280, 60, 20)

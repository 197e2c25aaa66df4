"""Arrows between boxes: paths along a grid that keep off boxes and off each other, found by A*."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.errors import KGError
from kg.reference.places import STEP, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

Point: TypeAlias = tuple[int, int]
_State: TypeAlias = tuple[int, int, int]  # column, row and direction of travel, in steps of the grid

_WAYS: Final = ((1, 0), (0, 1), (-1, 0), (0, -1))
_BEND, _CROSS, _NEAR, _BESIDE, _LABEL, _PORT, _ALONG = 5.0, 7.0, 3.0, 2.0, 9.0, 30.0, 200.0


class Grid:
    """The points of a drawing, with what stands in an arrow's way at each.

    Args:
        width: of the drawing.
        height: of the drawing.
        boxes: what no arrow runs through, by name.
    """

    def __init__(self, width: int, height: int, boxes: dict[str, Place]) -> None:
        self.columns, self.rows = width // STEP, height // STEP
        self._owner: dict[Point, str] = {}
        self._near: set[Point] = set()
        self._runs: dict[Point, set[int]] = {}
        self._labels: set[Point] = set()
        self._ports: set[Point] = set()
        for name, box in sorted(boxes.items(), key=lambda item: -item[1].width * item[1].height):
            self._owner.update(dict.fromkeys(points(box), name))  # what stands in a frame comes after the frame
        for box in boxes.values():
            self._near.update(points(Place(box.x - STEP, box.y - STEP, box.width + 2 * STEP, box.height + 2 * STEP)))
        self._near -= self._owner.keys()

    def route(self, source: Place, target: Place, open_boxes: Iterable[str] = ()) -> list[Point]:
        """Return the corners of the cheapest path from one box to another, both ends included.

        Args:
            source: the box that the path leaves.
            target: the box that it enters.
            open_boxes: names of frames that the path may run through.

        Raises:
            KGError: the source is walled in.
        """
        ends = {(*point, way): None for point, way in _sides(target, inward=True)}
        waiting: list[tuple[float, float, _State]] = []
        costs: dict[_State, float] = {}
        before: dict[_State, _State] = {}
        for point, way in _sides(source, inward=False):
            state = (*point, way)
            costs[state] = self._port(point)
            heappush(waiting, (costs[state] + _distance(point, target), costs[state], state))
        free = frozenset(open_boxes)
        while waiting:
            _, cost, state = heappop(waiting)
            if state in ends:
                return self._taken(state, before)
            if cost > costs[state]:
                continue
            for following, extra in self._steps(state, ends, free):
                if cost + extra < costs.get(following, float("inf")):
                    costs[following] = cost + extra
                    before[following] = state
                    heappush(waiting, (cost + extra + _distance(following[:2], target), cost + extra, following))
        raise KGError("the class diagram has no way between two of its boxes")

    def _steps(self, state: _State, ends: dict[_State, None], free: frozenset[str]) -> list[tuple[_State, float]]:
        """Where a path can go on, and what that costs."""
        x, y, way = state
        found = []
        for turn in (way, (way + 1) % 4, (way + 3) % 4):
            point = (x + _WAYS[turn][0], y + _WAYS[turn][1])
            following = (*point, turn)
            if not (0 < point[0] < self.columns and 0 < point[1] < self.rows):
                continue
            if following in ends:
                found.append((following, self._port(point) + (_BEND if turn != way else 0.0) + 1.0))
            elif self._owner.get(point) in {None, *free}:
                found.append((following, self._cost(point, turn) + (_BEND if turn != way else 0.0)))
        return found

    def _cost(self, point: Point, way: int) -> float:
        """What it costs to be at a point."""
        x, y = point
        across = _WAYS[(way + 1) % 4]
        beside = sum((x + side * across[0], y + side * across[1]) in self._runs for side in (-1, 1))
        runs = self._runs.get(point, set())
        crossed = _ALONG if way % 2 in runs else _CROSS if runs else 0.0
        return 1.0 + crossed + beside * _BESIDE + _NEAR * (point in self._near) + _LABEL * (point in self._labels)

    def _port(self, point: Point) -> float:
        """What it costs to leave or enter a box at a point: two arrows should not share one."""
        around = [(point[0] + dx, point[1] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        return _PORT * sum(one in self._ports for one in around)

    def _taken(self, state: _State, before: dict[_State, _State]) -> list[Point]:
        """The corners of a path that ends in a state; its points are marked as run along."""
        path = [state]
        while path[-1] in before:
            path.append(before[path[-1]])
        path.reverse()
        self._ports |= {path[0][:2], path[-1][:2]}
        for here, there in pairwise(path):
            for point in (here[:2], there[:2]):
                self._runs.setdefault(point, set()).add(there[2] % 2)
        kept = [one for at, one in enumerate(path) if at in (0, len(path) - 1) or path[at + 1][2] != one[2]]
        return [(x * STEP, y * STEP) for x, y, _ in kept]

    def occupy(self, corners: list[Point]) -> None:
        """Mark a path that was drawn by hand, so that later ones do not run along it.

        Args:
            corners: its corners, in units of the drawing; each is level with or above or below the one before.
        """
        for here, there in pairwise(corners):
            for point in line(here, there):
                self._runs.setdefault(point, set()).add(int(here[0] == there[0]))
        self._ports |= {(x // STEP, y // STEP) for x, y in (corners[0], corners[-1])}

    def clamped(self, label: Place) -> Place:
        """Return a rectangle moved as little as brings it into the drawing."""
        x = max(0, min(label.x, self.columns * STEP - label.width))
        y = max(0, min(label.y, self.rows * STEP - label.height))
        return Place(x, y, label.width, label.height)

    def reserve(self, label: Place) -> None:
        """Make later paths keep away from a rectangle that holds a label."""
        self._labels |= set(points(label))

    def crowding(self, label: Place, own: set[Point]) -> float:
        """Return how much a label would cover there: boxes and labels count most, then lines of other arrows.

        Args:
            label: the rectangle.
            own: the grid points of the label's own line.
        """
        covered = set(points(label))
        return (
            50.0 * len(covered & self._owner.keys())
            + 50.0 * len(covered & self._labels)
            + 12.0 * len((covered & self._runs.keys()) - own)
            + 0.5 * len(covered & self._near)
        )


def points(box: Place) -> list[Point]:
    """Return the grid points of a rectangle, its border included, in steps."""
    columns = range(box.x // STEP, (box.x + box.width) // STEP + 1)
    rows = range(box.y // STEP, (box.y + box.height) // STEP + 1)
    return [(x, y) for x in columns for y in rows]


def line(here: Point, there: Point) -> list[Point]:
    """Return the grid points between two corners that are level with, or above, each other, in steps."""
    (left, right), (top, bottom) = sorted((here[0], there[0])), sorted((here[1], there[1]))
    return points(Place(left, top, right - left, bottom - top))


def _sides(box: Place, *, inward: bool) -> list[tuple[Point, int]]:
    """The points of a box's border but its corners, with the direction that leads out of the box, or into it."""
    left, top = box.x // STEP, box.y // STEP
    right, bottom = (box.x + box.width) // STEP, (box.y + box.height) // STEP
    out = (
        [((right, y), 0) for y in range(top + 1, bottom)]
        + [((x, bottom), 1) for x in range(left + 1, right)]
        + [((left, y), 2) for y in range(top + 1, bottom)]
        + [((x, top), 3) for x in range(left + 1, right)]
    )
    return [(point, (way + 2) % 4 if inward else way) for point, way in out]


def _distance(point: Point, box: Place) -> float:
    """How far a point is from a box at least, in steps."""
    x, y = point
    across = max(box.x // STEP - x, 0, x - (box.x + box.width) // STEP)
    return float(across + max(box.y // STEP - y, 0, y - (box.y + box.height) // STEP))

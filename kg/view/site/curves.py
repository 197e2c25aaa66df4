"""Lines of a drawing that keep clear of the nodes they only pass: straight where that is free, else bent a little."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import hypot, inf
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Point = tuple[float, float]

RADIUS: Final = 11.0
_GAP: Final = 3.0
_HEAD: Final = 9.0
_CLEAR: Final = RADIUS + 7
"""The least distance of a line from the middle of a node that is not its end."""
_STEP: Final = 16.0
_STEPS: Final = 12
_PIECES: Final = 24


@dataclass(frozen=True, slots=True)
class Curve:
    """A quadratic curve from the rim of one node to the arrow head at the rim of another.

    Attributes:
        start: where it begins.
        control: what both ends point to.
        stop: where it ends and the arrow head begins.
        head: the corners of the arrow head, its tip first.
    """

    start: Point
    control: Point
    stop: Point
    head: tuple[Point, Point, Point]

    @property
    def straight(self) -> bool:
        """Whether it bends nowhere."""
        (ax, ay), (bx, by), (cx, cy) = self.start, self.control, self.stop
        return abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) < 1

    def points(self) -> Iterator[Point]:
        """Yield points along it, so close that the way between two of them is as good as straight."""
        pieces = 1 if self.straight else _PIECES
        for at in range(pieces + 1):
            there = at / pieces
            parts = ((1 - there) ** 2, 2 * there * (1 - there), there**2)
            x, y = (
                sum(part * one[axis] for part, one in zip(parts, (self.start, self.control, self.stop), strict=True))
                for axis in (0, 1)
            )
            yield x, y

    def distance(self, *spots: Point) -> float:
        """Return how near it comes to the nearest of some spots, infinity where there are none."""
        pieces = list(pairwise(self.points()))
        return min((_distance(spot, *piece) for spot in spots for piece in pieces), default=inf)


def curve_between(begin: Point, end: Point, others: Sequence[Point]) -> Curve:
    """Return the least bent line between two nodes that passes over none of the others.

    Where every line would, it is the one that keeps farthest from them.
    """
    tried = []
    for bend in (0.0, *(side * step * _STEP for step in range(1, _STEPS + 1) for side in (1, -1))):
        curve = _curve(begin, end, bend)
        clear = curve.distance(*others)
        if clear >= _CLEAR:
            return curve
        tried.append((clear, curve))
    return max(tried, key=lambda one: one[0])[1]


def _curve(begin: Point, end: Point, bend: float) -> Curve:
    """Return the line whose control stands beside the middle of both ends, as far as it is to bend."""
    (x1, y1), (x2, y2) = begin, end
    length = hypot(x2 - x1, y2 - y1) or 1.0
    control = (x1 + x2) / 2 - bend * (y2 - y1) / length, (y1 + y2) / 2 + bend * (x2 - x1) / length
    rim, wide = RADIUS + _GAP, _HEAD / 2
    dx, dy = _direction(control, end)
    stop = _along(end, (dx, dy), -rim - _HEAD)
    corners = (stop[0] - wide * dy, stop[1] + wide * dx), (stop[0] + wide * dy, stop[1] - wide * dx)
    return Curve(_along(begin, _direction(begin, control), rim), control, stop, (_along(end, (dx, dy), -rim), *corners))


def _direction(start: Point, end: Point) -> Point:
    """Return the way from one point to another, one unit long."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy) or 1.0
    return dx / length, dy / length


def _along(start: Point, direction: Point, far: float) -> Point:
    """Return the point so far from another in a direction."""
    return start[0] + far * direction[0], start[1] + far * direction[1]


def _distance(spot: Point, start: Point, end: Point) -> float:
    """Return how far a spot is from a piece of a line."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    share = ((spot[0] - start[0]) * dx + (spot[1] - start[1]) * dy) / (dx * dx + dy * dy or 1.0)
    share = max(0.0, min(1.0, share))
    return hypot(spot[0] - start[0] - share * dx, spot[1] - start[1] - share * dy)

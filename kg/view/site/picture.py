"""A small drawing of what stands around a node: rings, shapes and colours as on the interactive page, links inside."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from kg.exposure.disputes import HARMS
from kg.view.layout import positions
from kg.view.markup import clean
from kg.view.palette import (
    LOOKS,
    OUTLINES,
    EdgeStyle,
    NodeStyle,
    edge_order,
    edge_style,
    in_words,
    line_look,
    node_order,
    node_style,
)
from kg.view.safe import link
from kg.view.site.curves import Curve, Point, curve_between

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.view.page import Edge, Node, Page

MOST: Final = 36
"""Nodes of one drawing: more cannot be read on it."""
_NEAREST: Final = 24
_FEW: Final = 4
"""Neighbours of a neighbour that are drawn: those that matter most."""
_MOST_LINES: Final = 45
_LINE, _LINES = 17, 2
_MARGIN: Final = (72, 26, 52)
"""Room beside, above and below the outermost nodes; their labels stand below them."""
_SHRUNK: Final = 1300
"""A page is 1,112 pixels wide."""
_LOOKS: Final = {
    "confirmed": "confirmed exposure",
    "potential": "only potential",
    "none": "no exposure",
    "doubted": "no exposure, not confirmed",
    "denied": "denied",
}
_NOT_DRAWN: Final = frozenset({"source"})


@dataclass(frozen=True, slots=True)
class Dot:
    """A node where it stands: its id, name, kind in words, look and the lines of its label."""

    id: str
    name: str
    kind: str
    x: int
    y: int
    style: NodeStyle
    outline: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An edge from rim to rim as the commands of a path, with the corners of its arrow head; see `line_look`."""

    path: str
    head: str
    color: str
    look: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: its box, what is in it, how many direct neighbours are left out, and what the signs stand for."""

    box: tuple[int, int, int, int]
    dots: list[Dot]
    lines: list[Line]
    more: int
    node_kinds: list[tuple[str, NodeStyle, str]]
    edge_kinds: list[tuple[str, EdgeStyle]]
    looks: list[tuple[str, str]]

    @property
    def shrunk(self) -> bool:
        """Whether a page shows it so much smaller that its names have to be bigger."""
        return self.box[2] > _SHRUNK


class Drawer:
    """Draws the surroundings of any node of a page, in time that does not grow with the page."""

    def __init__(self, page: Page) -> None:
        self._nodes = {node.id: node for node in page.nodes}
        self._between: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        near: dict[str, dict[str, tuple[int, tuple[int, str]]]] = defaultdict(dict)
        for edge in page.edges:
            if edge.source != edge.target and not self._kinds(edge) & _NOT_DRAWN:
                self._between[edge.source, edge.target].append(edge)
                rank = int(edge.exposure != "confirmed"), edge_order(edge.kind)
                for here, there in ((edge.source, edge.target), (edge.target, edge.source)):
                    near[here][there] = min(rank, near[here].get(there, rank))
        self._near = {
            here: sorted(others, key=lambda iri: (others[iri], self._nodes[iri].label.casefold(), iri))
            for here, others in near.items()
        }

    def _kinds(self, edge: Edge) -> set[str]:
        return {self._nodes[edge.source].kind, self._nodes[edge.target].kind}

    def around(self, focus: str) -> Picture | None:
        """Return the drawing around a node (its id); None where nothing but sources touches it."""
        if focus not in self._near:
            return None
        nearest = self._near[focus][:_NEAREST]
        kept = {focus: "", **dict.fromkeys(nearest, focus)}
        for here in nearest:
            if self._nodes[here].kind != "data-type":
                others = [there for there in self._near[here][: 2 * _FEW] if there not in kept]
                kept |= dict.fromkeys(others[: min(_FEW, MOST - len(kept))], here)
        return self._drawn(kept, focus, len(self._near[focus]) - len(nearest))

    def _drawn(self, kept: dict[str, str], focus: str, more: int) -> Picture:
        pairs = self._pairs(kept)
        where = positions(list(kept), pairs, focus=focus)
        dots = [_dot(self._nodes[iri], *where[iri]) for iri in kept]
        edges = [(pair, min(self._between[pair], key=_order)) for pair in pairs]
        curves = [
            curve_between(where[a], where[b], [where[iri] for iri in kept if iri not in (a, b)]) for a, b in pairs
        ]
        lines = [_line(curve, edge) for curve, (_, edge) in zip(curves, edges, strict=True)]
        looks = {line.look for line in lines}
        kinds = sorted({self._nodes[iri].kind for iri in kept}, key=node_order)
        relations = {edge.kind: edge.label for _, edge in edges}
        return Picture(
            _box(dots, [point for curve in curves for point in curve.points()]), dots, lines, more,
            [(in_words(kind), node_style(kind), OUTLINES.get(node_style(kind).shape, "")) for kind in kinds],
            [(relations[kind], edge_style(kind)) for kind in sorted(relations, key=edge_order)],
            [(look, _LOOKS[look]) for look in LOOKS if look in looks],
        )  # fmt: skip

    def _pairs(self, kept: dict[str, str]) -> list[tuple[str, str]]:
        """The ends of the lines: from each node to the one it was reached from, and the others if they are few."""
        pairs = [(a, b) for a in kept for b in kept if (a, b) in self._between]
        if len(pairs) <= _MOST_LINES:
            return pairs
        return [(a, b) for a, b in pairs if kept[a] == b or kept[b] == a]


def _dot(node: Node, x: int, y: int) -> Dot:
    style = node_style(node.kind)
    name = str(clean(node.label)).strip() or node.id
    shown = urlsplit(name).hostname or name if link(name) else name
    lines = textwrap.wrap(shown, _LINE, max_lines=_LINES, placeholder=" …") or ["…"]
    return Dot(node.id, name, in_words(node.kind), x, y, style, OUTLINES.get(style.shape, ""), tuple(lines))


def _line(curve: Curve, edge: Edge) -> Line:
    start, control, stop = (_written(point) for point in (curve.start, curve.control, curve.stop))
    path = f"M{start}L{stop}" if curve.straight else f"M{start}Q{control} {stop}"
    head = " ".join(map(_written, curve.head))
    return Line(path, head, edge_style(edge.kind).color, line_look(edge.exposure, edge.certainty))


def _written(point: Point) -> str:
    """A point as SVG has it."""
    return f"{point[0]:.1f},{point[1]:.1f}"


def _order(edge: Edge) -> tuple[bool, tuple[int, str]]:
    """A sort key: the edges of two nodes, those that matter most first; harm that does not hold comes after all others."""
    return edge.kind in HARMS and not edge.exposure, edge_order(edge.kind)


def _box(dots: Iterable[Dot], passed: Iterable[Point]) -> tuple[int, int, int, int]:
    """Left, top, width and height of what holds all dots with their labels, and the points that lines pass."""
    xs, ys = zip(*((dot.x, dot.y) for dot in dots), strict=True)
    beside, above, below = _MARGIN
    corners = (min(xs) - beside, min(ys) - above), (max(xs) + beside, max(ys) + below)
    xs, ys = zip(*corners, *passed, strict=True)
    left, top = floor(min(xs)), floor(min(ys))
    return left, top, ceil(max(xs)) - left, ceil(max(ys)) - top

"""Positions, computed here once so that the browser need not: rings around a middle, the same on every machine.

The rings are ellipses, wider than high, because a label is: it stands under its node and grows sideways.
"""

from __future__ import annotations

from collections import defaultdict, deque
from itertools import pairwise
from math import cos, pi, sin, sqrt, tau
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Links = dict[str, list[str]]
Point = tuple[float, float]

ROOM: Final = 96.0  # along a ring, between two neighbours
GAP: Final = 118.0  # between two rings
STRETCH: Final = 1.45
_START: Final = -pi / 2


def positions(
    ids: Sequence[str],
    links: Iterable[tuple[str, str]],
    *,
    focus: str = "",
    tiers: Mapping[str, int | None] | None = None,
) -> dict[str, tuple[int, int]]:
    """Return where each node stands, in pixels at scale 1: no two in one place, the middle at (0, 0).

    Every connected part has rings of its own by breadth-first distance (Yee et al., "Animated Exploration of Dynamic
    Graphs with Radial Layout", 2001); the parts stand in rows below the first one. Time is linear in nodes and links,
    but for sorting the nodes of a ring.

    Args:
        ids: the nodes; their order decides ties.
        links: pairs of ids; direction, repetition and loops do not matter.
        focus: the node in the middle; without it, the best-connected one.
        tiers: the ring of a node where it is known; a node never stands inside the ring it is reached from.
    """
    graph = _neighbours(ids, links)
    rings = _rings_of_parts(ids, graph, focus, tiers or {})
    placed: dict[str, tuple[int, int]] = {}
    for part, (dx, dy) in _in_rows([_place(ring_list) for ring_list in rings]):
        placed.update({node: (round(x + dx), round(y + dy)) for node, (x, y) in part.items()})
    return placed


def _neighbours(ids: Sequence[str], links: Iterable[tuple[str, str]]) -> Links:
    """Return the neighbours of each node, once each, in the order of the ids."""
    order = {node: at for at, node in enumerate(ids)}
    found: dict[str, set[str]] = {node: set() for node in ids}
    for source, target in links:
        if source != target:
            found[source].add(target)
            found[target].add(source)
    return {node: sorted(others, key=order.__getitem__) for node, others in found.items()}


def _rings_of_parts(
    ids: Sequence[str], graph: Links, focus: str, tiers: Mapping[str, int | None]
) -> list[list[list[tuple[str, float]]]]:
    """Return for each connected part its rings of (node, preferred angle), the focus's part first, then by size."""
    ranked = sorted(ids, key=lambda node: -len(graph[node]))
    if focus in graph:
        ranked.insert(0, focus)
    seen: set[str] = set()
    parts = []
    for root in ranked:
        if root not in seen:
            reached = _reach(root, graph, tiers)
            seen.update(node for node, _, _ in reached)
            parts.append(_wedges(reached))
    return parts[:1] + sorted(parts[1:], key=lambda rings: -sum(map(len, rings)))


def _reach(root: str, graph: Links, tiers: Mapping[str, int | None]) -> list[tuple[str, str, int]]:
    """Return (node, node it was reached from, ring) in breadth-first order."""
    reached = [(root, "", 0)]
    ring_of = {root: 0}
    waiting = deque([root])
    while waiting:
        node = waiting.popleft()
        for other in _side_by_side([other for other in graph[node] if other not in ring_of], graph):
            ring_of[other] = max(ring_of[node] + 1, tiers.get(other) or 0)
            reached.append((other, node, ring_of[other]))
            waiting.append(other)
    return reached


def _side_by_side(children: list[str], graph: Links) -> list[str]:
    """Return the children of a node with those that are linked to each other next to each other: fewer long chords."""
    among = set(children)
    friends = {child: [other for other in graph[child] if other in among] for child in children}
    order: list[str] = []
    done: set[str] = set()
    for child in sorted(children, key=lambda child: -len(friends[child])):
        if child not in done:
            mine = [other for other in friends[child] if other not in done]
            done.update(mine, [child])
            order += [*mine[: len(mine) // 2], child, *mine[len(mine) // 2 :]]
    return order


def _wedges(reached: list[tuple[str, str, int]]) -> list[list[tuple[str, float]]]:
    """Return the rings, each node at the middle of the wedge that its share of the leaves deserves."""
    children: dict[str, list[str]] = defaultdict(list)
    for node, parent, _ in reached[1:]:
        children[parent].append(node)
    leaves: dict[str, int] = {}
    for node, _, _ in reversed(reached):
        leaves[node] = sum(leaves[child] for child in children[node]) or 1
    root = reached[0][0]
    start = {root: 0.0}
    rings: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for node, _, ring in reached:
        rings[ring].append((node, tau * (start[node] + leaves[node] / 2) / leaves[root]))
        at = start[node]
        for child in children[node]:
            start[child] = at
            at += leaves[child]
    return [rings[ring] for ring in sorted(rings)]


def _place(rings: list[list[tuple[str, float]]]) -> dict[str, Point]:
    """Return the points of one connected part around (0, 0)."""
    placed = {rings[0][0][0]: (0.0, 0.0)}
    radius = 0.0
    for ring in rings[1:]:
        bands, radius = _bands(sorted(ring, key=lambda entry: entry[1]), radius + GAP)
        for distance, nodes in bands:
            for node, angle in _spread(nodes, ROOM / distance):
                placed[node] = (STRETCH * distance * cos(_START + angle), distance * sin(_START + angle))
    return placed


def _bands(ring: list[tuple[str, float]], inner: float) -> tuple[list[tuple[float, list[tuple[str, float]]]], float]:
    """Return the ring cut into as many concentric bands as its nodes need, and the outermost radius."""
    radii, capacity = [inner], [int(tau * inner / ROOM)]
    while sum(capacity) < len(ring):
        radii.append(radii[-1] + GAP)
        capacity.append(int(tau * radii[-1] / ROOM))
    bands: list[list[tuple[str, float]]] = [[] for _ in radii]
    total = sum(capacity)
    due = [0.0] * len(radii)
    for entry in ring:
        due = [owed + size / total for owed, size in zip(due, capacity, strict=True)]
        chosen = max(range(len(due)), key=lambda at: (due[at], -at))
        due[chosen] -= 1.0
        bands[chosen].append(entry)
    return list(zip(radii, bands, strict=True)), radii[-1]


def _spread(nodes: list[tuple[str, float]], apart: float) -> list[tuple[str, float]]:
    """Return the nodes at the nearest angles (least squares) that keep them apart, evenly where there is no room."""
    if len(nodes) * apart >= tau:
        step = tau / len(nodes)
        return [(node, nodes[0][1] + at * step) for at, (node, _) in enumerate(nodes)]
    nodes = _cut(nodes)
    pooled: list[tuple[float, int]] = []
    for at, (_, angle) in enumerate(nodes):
        mean, size = angle - at * apart, 1
        while pooled and pooled[-1][0] >= mean:
            other, count = pooled.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        pooled.append((mean, size))
    starts = [mean for mean, size in pooled for _ in range(size)]
    angles = [start + at * apart for at, start in enumerate(starts)]
    if angles[-1] - angles[0] > tau - apart:
        squeeze = (tau - apart) / (angles[-1] - angles[0])
        angles = [angles[0] + (angle - angles[0]) * squeeze for angle in angles]
        angles = _no_closer(angles, apart)
    return [(node, angle) for (node, _), angle in zip(nodes, angles, strict=True)]


def _cut(nodes: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return the nodes in order from the far side of the widest hole, so that the circle can be treated as a line."""
    holes = [after[1] - before[1] for before, after in pairwise(nodes)]
    holes.append(nodes[0][1] + tau - nodes[-1][1])
    at = (holes.index(max(holes)) + 1) % len(nodes)
    return nodes[at:] + [(node, angle + tau) for node, angle in nodes[:at]]


def _no_closer(angles: list[float], apart: float) -> list[float]:
    """Return angles that were squeezed into the circle with the least distance restored, in one pass each way."""
    for at in range(1, len(angles)):
        angles[at] = max(angles[at], angles[at - 1] + apart)
    limit = angles[0] + tau - apart
    for at in range(len(angles) - 1, 0, -1):
        angles[at] = min(angles[at], limit - (len(angles) - 1 - at) * apart)
    return angles


def _in_rows(parts: list[dict[str, Point]]) -> list[tuple[dict[str, Point], Point]]:
    """Return each part with its shift: the first stays, the others stand in rows below it, in the middle of each row.

    A row is as wide as the first part, or as the whole has to be to fill a window.
    """
    if not parts:
        return []
    first, *others = boxes = [_box(part) for part in parts]
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in boxes)
    widest = max(first[2] - first[0], sqrt(STRETCH * area))
    rows: list[list[int]] = []
    room = 0.0
    for at, (left, _, right, _) in enumerate(others, 1):
        if right - left > room:
            rows.append([])
            room = widest
        rows[-1].append(at)
        room -= right - left
    placed = [(parts[0], (0.0, 0.0))]
    y = first[3]
    for row in rows:
        x = (first[0] + first[2] - sum(boxes[at][2] - boxes[at][0] for at in row)) / 2
        for at in row:
            left, top, right, _ = boxes[at]
            placed.append((parts[at], (x - left, y - top)))
            x += right - left
        y += max(boxes[at][3] - boxes[at][1] for at in row)
    return placed


def _box(part: dict[str, Point]) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom of a part with the room around it."""
    xs, ys = [x for x, _ in part.values()], [y for _, y in part.values()]
    beside = ROOM * STRETCH / 2
    return min(xs) - beside, min(ys) - GAP / 2, max(xs) + beside, max(ys) + GAP / 2

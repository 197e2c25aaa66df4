"""The class diagram of the ontology as an SVG picture."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.reference.boxes import PARTY, Relation, boxes, relations, unplaced
from kg.reference.markup import environment
from kg.reference.places import FRAMED, STEP, Place, places, text_width
from kg.reference.routes import Grid, Point, line
from kg.reference.terms import declared
from kg.reference.triples import Triples
from kg.vocabulary import ontology_dir

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.reference.terms import Declared

_SIZE: Final = 11.5
_LINE: Final = 14
_LOOP: Final = 30


@dataclass(frozen=True, slots=True)
class Arrow:
    """One drawn relation.

    Attributes:
        names: of the properties; none on the arrow from a class to its superclass.
        path: the corners.
        label: the rectangle of the names.
    """

    names: tuple[str, ...]
    path: list[Point]
    label: Place | None

    @property
    def head(self) -> list[Point]:
        """The corners of the arrow head, the tip first."""
        (x0, y0), (x, y) = self.path[-2:]
        dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
        length, half = (9, 4) if self.names else (12, 7)
        back = (x - dx * length, y - dy * length)
        return [(x, y), (back[0] - dy * half, back[1] + dx * half), (back[0] + dy * half, back[1] - dx * half)]


def class_diagram(ontology: Path | None = None, *, links: bool = False) -> str:
    """Return the class diagram as an SVG document: the same ontology always gives the same text.

    Args:
        ontology: the folder of the ontology; the packaged one when not given.
        links: whether boxes lead to the anchors of their classes, for a page that has those.

    Raises:
        KGError: the ontology is missing or is no Turtle.
    """
    return drawing(declared(Triples([(ontology or ontology_dir()) / "breachkg.ttl"])), links=links)


def drawing(terms: Sequence[Declared], *, links: bool = False) -> str:
    """Return the class diagram of some terms as an SVG document.

    Args:
        terms: the classes and properties.
        links: whether boxes lead to the anchors of their classes.
    """
    shown = boxes(terms)
    where, width, height = places(shown)
    wanted = relations(terms)
    loops = {one: _loop(where[one.source], one.names) for one in wanted if one.source == one.target}
    height = max([height, *(y + 2 * STEP for path in loops.values() for _, y in path)])
    template = environment().get_template("diagram.svg")
    return template.render(
        boxes=[(box, where[box.name]) for box in shown],
        frame=where.get(PARTY),
        arrows=_arrows(wanted, loops, where, Grid(width, height, where)),
        leading=_LINE,
        width=width,
        height=height,
        missing=unplaced(terms),
        links=links,
    )


def _arrows(
    wanted: list[Relation], loops: dict[Relation, list[Point]], where: dict[str, Place], grid: Grid
) -> list[Arrow]:
    """The arrows: loops first, as they have no choice, then from short to long, each keeping off those before."""
    for path in loops.values():
        grid.occupy(path)
    drawn = []
    for relation in sorted(wanted, key=lambda one: _rank(one, where)):
        framed = FRAMED & {relation.source, relation.target}
        ends = where[relation.source], where[relation.target]
        path = loops.get(relation) or grid.route(*ends, [PARTY] if framed else [])
        drawn.append(Arrow(relation.names, path, _label(grid, relation.names, path)))
    return drawn


def _rank(relation: Relation, where: dict[str, Place]) -> tuple[bool, float, str, str]:
    """What an arrow is sorted by."""
    one, other = where[relation.source], where[relation.target]
    across = max(one.x - other.x - other.width, other.x - one.x - one.width, 0)
    down = max(one.y - other.y - other.height, other.y - one.y - one.height, 0)
    return relation.source != relation.target, across + down, relation.source, relation.target


def _loop(box: Place, names: tuple[str, ...]) -> list[Point]:
    """The path from a box back to itself, over its upper edge, or its lower one where there is no room above."""
    wide = max(text_width(name, _SIZE) for name in names)
    right = box.x + box.width - 2 * STEP
    left = max(right - 2 * STEP - int(wide) // STEP * STEP, box.x + STEP)
    edge, beyond = (box.y, box.y - _LOOP) if box.y > 2 * _LOOP else (box.y + box.height, box.y + box.height + _LOOP)
    return [(left, edge), (left, beyond), (right, beyond), (right, edge)]


def _label(grid: Grid, names: tuple[str, ...], path: list[Point]) -> Place | None:
    """The place on a path where its names cover least."""
    if not names:
        return None
    width = int(max(text_width(name, _SIZE) for name in names)) + 6
    height = _LINE * len(names) + 2
    own = {point for here, there in pairwise(path) for point in line(here, there)}
    best, label = float("inf"), None
    for here, there in pairwise(path):
        length = abs(there[0] - here[0]) + abs(there[1] - here[1])
        level = here[1] == there[1]
        tight = 0.08 * max(0, (width if level else height) + 24 - length) ** 1.5 + (0 if level else 4)
        for x, y in line(here, there):
            place = grid.clamped(Place(x * STEP - width // 2, y * STEP - height // 2, width, height))
            off = abs(x * STEP - (here[0] + there[0]) / 2) + abs(y * STEP - (here[1] + there[1]) / 2)
            cost = grid.crowding(place, own) + tight + off / 20
            if cost < best:
                best, label = cost, place
    if label:
        grid.reserve(label)
    return label

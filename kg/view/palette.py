"""How kinds look: colours that stay apart for colour-blind readers, and a second sign (shape, arrow head) for each.

The colours are those of Okabe and Ito, "Color Universal Design" (2008), with a neutral grey.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

BLUE, ORANGE, VERMILLION, GREEN = "#0072b2", "#e69f00", "#d55e00", "#009e73"
PURPLE, SKY, YELLOW, GREY = "#cc79a7", "#56b4e9", "#f0e442", "#7d8591"
OCHRE = "#9a6b00"


@dataclass(frozen=True, slots=True)
class NodeStyle:
    """The look of a node kind.

    Attributes:
        color: the fill, or the line of a hollow shape.
        shape: a vis-network shape that has its label outside.
        hollow: drawn as a dashed outline: it stands for parties without a name.
    """

    color: str
    shape: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class EdgeStyle:
    """The look of an edge kind.

    Attributes:
        color: the line.
        head: a vis-network arrow head.
    """

    color: str
    head: str


# The outlines of the legend's symbols, drawn to match vis-network's shapes in a box of 20 by 20.
OUTLINES: Final = {
    "hexagon": "5.5,2.2 14.5,2.2 19,10 14.5,17.8 5.5,17.8 1,10",
    "diamond": "10,1 19,10 10,19 1,10",
    "square": "2.5,2.5 17.5,2.5 17.5,17.5 2.5,17.5",
    "triangle": "10,1.5 19,17.5 1,17.5",
    "triangleDown": "1,2.5 19,2.5 10,18.5",
    "star": "10,0.5 12.6,7 19.5,7.4 14.2,11.9 15.9,18.6 10,14.9 4.1,18.6 5.8,11.9 0.5,7.4 7.4,7",
}
_NODES: Final = {
    "organization": NodeStyle(BLUE, "dot"),
    "vendor": NodeStyle(ORANGE, "hexagon"),
    "group": NodeStyle(BLUE, "dot", hollow=True),
    "incident": NodeStyle(VERMILLION, "diamond"),
    "data-type": NodeStyle(GREEN, "square"),
    "source": NodeStyle(GREY, "triangle"),
    "threat-actor": NodeStyle(PURPLE, "star"),
    "service": NodeStyle(SKY, "triangleDown"),
}
_SPARE_NODES: Final = tuple(
    NodeStyle(color, shape)
    for color in (YELLOW, PURPLE, GREY, SKY)
    for shape in ("dot", "square", "hexagon", "diamond", "triangle")
    if NodeStyle(color, shape) not in _NODES.values()
)
_EDGES: Final = {
    "usesVendor": EdgeStyle(BLUE, "arrow"),
    "breached": EdgeStyle(VERMILLION, "diamond"),
    "affectsDownstream": EdgeStyle("#b3548b", "vee"),
    "exposedDataType": EdgeStyle("#00875f", "box"),
    "firstReportedBy": EdgeStyle(GREY, "circle"),
    # Who belongs together has one colour: harm is not told to travel there.
    "subOrganizationOf": EdgeStyle(OCHRE, "triangle"),
    "productOf": EdgeStyle(OCHRE, "bar"),
    "linkedTo": EdgeStyle(OCHRE, "circle"),
}
LOOKS: Final = ("confirmed", "potential", "none", "doubted", "denied")
"""How a line is drawn: thick; thick and dashed; thin, without exposure; thin and dashed, as the relation itself is in doubt;
thin and dotted."""
_NODE_ORDER: Final = {kind: at for at, kind in enumerate(_NODES)}
_EDGE_ORDER: Final = {kind: at for at, kind in enumerate(_EDGES)}
# Heads that open towards the target (crow, inv_curve) read as arrows the other way round.
_SPARE_HEADS: Final = ("triangle", "bar", "circle", "diamond")
_SPARE_COLORS: Final = (GREY, OCHRE, "#3d86b8", "#8a63b0")
# Both signs change from one kind to the next.
_SPARE_EDGES: Final = tuple(
    style
    for turn in range(4)
    for at in range(4)
    if (style := EdgeStyle(_SPARE_COLORS[(at + turn) % 4], _SPARE_HEADS[at])) not in _EDGES.values()
)


def node_styles(kinds: Iterable[str]) -> dict[str, NodeStyle]:
    """Return the look of each kind; unknown kinds take a spare one, in alphabetical order."""
    unknown = sorted(set(kinds) - _NODES.keys())
    return {**_NODES, **{kind: _SPARE_NODES[at % len(_SPARE_NODES)] for at, kind in enumerate(unknown)}}


def edge_styles(kinds: Iterable[str]) -> dict[str, EdgeStyle]:
    """Return the look of each kind; unknown kinds take a spare one, in alphabetical order."""
    unknown = sorted(set(kinds) - _EDGES.keys())
    return {**_EDGES, **{kind: _SPARE_EDGES[at % len(_SPARE_EDGES)] for at, kind in enumerate(unknown)}}


def line_look(exposure: str, certainty: str) -> str:
    """Return how the line of an edge is drawn, one of `LOOKS`: what is not confirmed never looks firmer than what is."""
    if certainty == "denied":
        return "denied"
    if exposure in ("confirmed", "potential"):
        return exposure
    return "none" if certainty in ("", "confirmed") else "doubted"


def node_order(kind: str) -> tuple[int, str]:
    """Return a sort key for node kinds: those known here first, organizations before all; then by name."""
    return _NODE_ORDER.get(kind, len(_NODE_ORDER)), kind


def edge_order(kind: str) -> tuple[int, str]:
    """Return a sort key for edge kinds: those known here first, who uses whom before all; then by name."""
    return _EDGE_ORDER.get(kind, len(_EDGE_ORDER)), kind


def in_words(kind: str) -> str:
    """Return a kind as a reader would say it: "usesVendor" and "uses-vendor" are both "uses vendor"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[-_]+", " ", kind).lower().strip() or "(no kind)"

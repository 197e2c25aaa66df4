"""How kinds look: colours that stay apart for colour-blind readers, and a second sign (shape, arrow head) for each.

The colours are those of Okabe and Ito, "Color Universal Design" (2008), with a neutral grey.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from zlib import crc32

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
_OTHER_NODES: Final = tuple(
    NodeStyle(color, shape)
    for color in (YELLOW, PURPLE, GREY, SKY)
    for shape in ("dot", "square", "hexagon", "diamond", "triangle")
    if NodeStyle(color, shape) not in _NODES.values()
)
_BLUISH, _VIOLET, _GREENISH, _REDDISH = "#3d86b8", "#8a63b0", "#00875f", "#b3548b"
_EDGES: Final = {
    "usesVendor": EdgeStyle(BLUE, "arrow"),
    "breached": EdgeStyle(VERMILLION, "diamond"),
    "affectsDownstream": EdgeStyle(_REDDISH, "vee"),
    "exposedDataType": EdgeStyle(_GREENISH, "box"),
    "firstReportedBy": EdgeStyle(GREY, "circle"),
    # Who belongs together has one colour: harm is not told to travel there.
    "subOrganizationOf": EdgeStyle(OCHRE, "triangle"),
    "productOf": EdgeStyle(OCHRE, "bar"),
    "linkedTo": EdgeStyle(OCHRE, "circle"),
    "attacker": EdgeStyle(GREY, "triangle"),
    "citesSource": EdgeStyle(_BLUISH, "circle"),
    "customer_unaffected": EdgeStyle(_VIOLET, "diamond"),
    "formerly_unaffected": EdgeStyle(_VIOLET, "circle"),
    "investigator": EdgeStyle(_BLUISH, "bar"),
    "other": EdgeStyle(_VIOLET, "triangle"),
    "regulator": EdgeStyle(GREY, "diamond"),
    "supplier_only": EdgeStyle(_BLUISH, "triangle"),
}
LOOKS: Final = ("confirmed", "potential", "none", "doubted", "denied")
"""How a line is drawn: thick; thick and dashed; thin, without exposure; thin and dashed, where then the relation itself is
in doubt; thin and dotted."""
_NODE_ORDER: Final = {kind: at for at, kind in enumerate(_NODES)}
_EDGE_ORDER: Final = {kind: at for at, kind in enumerate(_EDGES)}
# Heads that open towards the target (crow, inv_curve) read as arrows the other way round.
_OTHER_EDGES: Final = tuple(
    style
    for color in (GREY, OCHRE, _BLUISH, _VIOLET, _GREENISH, _REDDISH)
    for head in ("triangle", "bar", "circle", "diamond")
    if (style := EdgeStyle(color, head)) not in _EDGES.values()
)


def node_style(kind: str) -> NodeStyle:
    """Return the look of a kind, the same on every page; kinds that are not known here may share one."""
    return _NODES.get(kind) or _OTHER_NODES[_number(kind) % len(_OTHER_NODES)]


def edge_style(kind: str) -> EdgeStyle:
    """Return the look of a kind, the same on every page; kinds that are not known here may share one."""
    return _EDGES.get(kind) or _OTHER_EDGES[_number(kind) % len(_OTHER_EDGES)]


def _number(kind: str) -> int:
    """Return a number that depends on the kind alone."""
    return crc32(kind.encode("utf-8", "backslashreplace"))


def line_look(exposure: str, certainty: str) -> str:
    """Return how the line of an edge is drawn, one of `LOOKS`: what is in doubt never looks firmer than what is not."""
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

"""Where the boxes of the class diagram stand: columns of boxes, on a grid that the arrows run along."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.reference.boxes import MEMBERS, PARTY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.reference.boxes import Box

STEP: Final = 10
HEAD, ROW, PAD = 26, 16, 8
COLUMNS: Final = (
    ("Source", "Technique", "Assessment", "DataType", "RecordCount", "ReportGraph"),
    ("Incident", "DataExposure", "Claim"),
    ("Impact", "Note", "Involvement", "Action", "SupplyRelationship"),
    ("ThreatActor", "Organization", "Vendor", "OrganizationGroup", "Industry", "Service"),
)
"""The columns from left to right; a class that is in none goes to the bottom of the shortest."""
_GUTTER, _GAP, _MARGIN, _FRAME = 120, 50, 10, 20
FRAMED: Final = frozenset({*MEMBERS, "Vendor"})
"""The classes that stand inside the frame."""
_NARROW, _WIDE = frozenset("fijlrtI:,.'|()[] "), frozenset("mwMW@%")


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle, in units of the drawing; its corners lie on the grid."""

    x: int
    y: int
    width: int
    height: int


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is in a sans-serif face: no font is read, so that every machine draws the same."""
    ems = sum(0.34 if c in _NARROW else 0.88 if c in _WIDE else 0.7 if c.isupper() else 0.57 for c in text)
    return ems * size


def places(boxes: Sequence[Box]) -> tuple[dict[str, Place], int, int]:
    """Return the place of each class and of the frame `PARTY`, and the width and height of the drawing."""
    known = {box.name: box for box in boxes}
    columns: list[list[str]] = [[name for name in column if name in known] for column in COLUMNS]
    for box in boxes:
        if not any(box.name in column for column in COLUMNS):
            min(columns, key=lambda column: _tall(column, known)).append(box.name)
    height = max(_tall(column, known) for column in columns)
    found: dict[str, Place] = {}
    x = _MARGIN
    for column in columns:
        width = _grid(max((_width(known[name]) for name in column), default=0))
        framed = _FRAME if any(name in MEMBERS for name in column) else 0
        found |= _stacked(column, known, x + framed, width, height)
        x += width + 2 * framed + _GUTTER
    if all(name in found for name in MEMBERS):
        found[PARTY] = _frame([found[name] for name in sorted(FRAMED & found.keys())])
    return found, x - _GUTTER + _MARGIN, height + 2 * _MARGIN


def _stacked(column: list[str], known: dict[str, Box], x: int, width: int, height: int) -> dict[str, Place]:
    """The boxes of one column, spread over the height."""
    spare = height - _tall(column, known)
    found = {}
    y = _MARGIN
    for at, name in enumerate(column):
        if at:
            y += (
                _gap(column[at - 1], name)
                + _grid(spare * at / (len(column) - 1))
                - _grid(spare * (at - 1) / (len(column) - 1))
            )
        found[name] = Place(x, y, width, _height(known[name]))
        y += found[name].height
    return found


def _tall(column: list[str], known: dict[str, Box]) -> int:
    """The height of a column when its boxes stand as close as they may."""
    gaps = sum(_gap(*pair) for pair in pairwise(column))
    return sum(_height(known[name]) for name in column) + gaps


def _gap(above: str, below: str) -> int:
    """The least distance between two boxes; the frame needs room for its own edge and name."""
    return _GAP if (above in FRAMED) == (below in FRAMED) else _GAP + 2 * _FRAME


def _frame(inside: list[Place]) -> Place:
    """The rectangle around some boxes."""
    left, top = min(one.x for one in inside) - _FRAME, min(one.y for one in inside) - _FRAME - STEP
    right, bottom = max(one.x + one.width for one in inside), max(one.y + one.height for one in inside)
    return Place(left, top, right + _FRAME - left, bottom + _FRAME - top)


def _width(box: Box) -> float:
    """The width that the texts of a box need."""
    rows = (text_width(f"{name}  {value}", 12) for name, value in box.rows)
    under = (text_width(f"kind of {one}", 11) for one in box.under)
    return max(text_width(box.name, 14), *rows, *under, 80) + 2 * PAD


def _height(box: Box) -> int:
    """The height that the lines of a box need."""
    lines = len(box.rows) + len(box.under)
    return _grid(HEAD + (lines * ROW + PAD if lines else 4))


def _grid(length: float) -> int:
    """A length, rounded up to the grid."""
    return -int(-length // STEP) * STEP

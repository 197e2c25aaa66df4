"""Tables for a terminal: aligned columns, long cells cut with an ellipsis, never wrapped."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from kg.query import show

if TYPE_CHECKING:
    from kg.query import Table

_LEAST = 8
_MOST = 1000
"""Columns of a cell where no terminal says how wide it is: CSV and JSON have what is longer."""
_GAP = 2


def render(table: Table, width: int | None) -> str:
    """Return the table as text no wider than `width` columns, without trailing blanks; None is as wide as it needs, but for very long cells."""
    rows = [
        tuple(name.upper() for name in table.columns),
        *(tuple(map(printable, map(show, row))) for row in table.rows),
    ]
    widths = [min(_MOST, max(map(columns, column))) for column in zip(*rows, strict=True)] if rows[0] else []
    if width is not None:
        _narrow(widths, width)
    lines = ("  ".join(_fit(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "".join(line + "\n" for line in lines)


def columns(text: str) -> int:
    """Return how many terminal columns a text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def printable(text: str) -> str:
    """Return one line without control or direction-changing characters, which could garble or spoof a terminal."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(c for c in line if unicodedata.category(c) not in {"Cc", "Cf"})


def _narrow(widths: list[int], width: int) -> None:
    """Shrink the widest columns until the row fits, none below a readable least."""
    while sum(widths) + _GAP * (len(widths) - 1) > width:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] <= _LEAST:
            return
        widths[widest] -= 1


def _fit(text: str, size: int) -> str:
    if columns(text) > size:
        # Each character takes at most two columns, and few take none.
        text = text[: size - 1] if text.isascii() else text[: 4 * size]
        while columns(text) > size - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (size - columns(text))

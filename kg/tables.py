"""Tables for a terminal: aligned columns, long cells cut with an ellipsis, never wrapped; long headings broken at "_"."""

from __future__ import annotations

import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.query import Table

_LEAST = 8
_SHORT = 24
_STEPS = (
    (_SHORT, 24, 24, 99), (_SHORT, 24, 12, 99), (_SHORT, 16, _LEAST, 99), (_SHORT, 16, _LEAST, 9), (_SHORT, 12, _LEAST, 9),
    (12, 12, _LEAST, 9), (_LEAST, _LEAST, _LEAST, 6),
)  # fmt: skip
"""What a table that is too wide gives up in turn: the length up to which texts are not cut, what the name in front keeps,
what longer texts keep, and what each word of a heading does. Numbers and dates are cut last, and only if the row then fits."""
_MOST = 1000
"""Columns of a cell where no terminal says how wide it is: CSV and JSON have what is longer."""
_GAP = 2


def render(table: Table, width: int | None) -> str:
    """Return the table as text no wider than `width` columns, without trailing blanks; None is as wide as it needs, but for very long cells."""
    from kg.query import show  # noqa: PLC0415 - the engine takes its time, and to make a line printable needs none of it

    headings = tuple(name.upper() for name in table.columns)
    rows = [tuple(map(printable, map(show, row))) for row in table.rows]
    cells = list(zip(*rows, strict=True)) if rows else [() for _ in headings]
    bodies = [min(_MOST, max(map(columns, column), default=0)) for column in cells]
    widths = [max(body, min(_MOST, columns(name))) for body, name in zip(bodies, headings, strict=True)]
    if width is not None and _taken(widths) > width:
        plain = [
            body <= _SHORT and not any(map(str.isalpha, "".join(cell)))
            for body, cell in zip(bodies, cells, strict=True)
        ]
        widths = _narrowed(headings, bodies, plain, width)
    lines = [_broken(name, size) for name, size in zip(headings, widths, strict=True)]
    rows = [*(zip_longest(*lines, fillvalue="") if lines else [()]), *rows]
    fitted = ("  ".join(_fit(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "".join(line + "\n" for line in fitted)


def columns(text: str) -> int:
    """Return how many terminal columns a text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def printable(text: str) -> str:
    """Return one line without control or direction-changing characters, which could garble or spoof a terminal."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(c for c in line if unicodedata.category(c) not in {"Cc", "Cf"})


def _taken(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _narrowed(headings: Sequence[str], bodies: list[int], plain: list[bool], width: int) -> list[int]:
    """Return what each column gets of a table that is too wide, `plain` being those of numbers and dates.

    Headings are broken, into as few lines as will do, before anything is cut.
    """
    words = [len(name.split("_")) for name in headings]
    for lines in range(2, max(words) + 1):
        widths = [max(body, _room(name, lines)) for body, name in zip(bodies, headings, strict=True)]
        if _taken(widths) <= width:
            return widths
    parts = [_room(name, count) for name, count in zip(headings, words, strict=True)]
    widths = [max(pair) for pair in zip(bodies, parts, strict=True)]
    for floors in _floors(bodies, plain, parts):
        _shrink(widths, floors, width)
    least = list(widths)
    _shrink(least, [_LEAST for _ in least], width)
    return least if _taken(least) <= width else widths


def _floors(bodies: list[int], plain: list[bool], parts: list[int]) -> Iterator[list[int]]:
    """Yield what every column keeps, from step to step less; `parts` are the widest words of headings."""
    first = plain.index(False) if False in plain else None
    for whole, name, rest, part in _STEPS:
        kept = (
            body if plain[at] else min(body, name) if at == first else body if body <= whole else rest
            for at, body in enumerate(bodies)
        )
        yield [max(one, min(part, widest)) for one, widest in zip(kept, parts, strict=True)]


def _shrink(widths: list[int], floors: list[int], width: int) -> None:
    """Take from the widest columns until the row fits, from none more than down to its floor."""
    while _taken(widths) > width:
        widest = max(range(len(widths)), key=lambda at: (widths[at] > floors[at], widths[at]))
        if widths[widest] <= floors[widest]:
            return
        widths[widest] -= 1


def _room(heading: str, lines: int) -> int:
    """Return how wide a heading is at least in so many lines."""
    sizes = range(max(map(columns, heading.split("_"))), columns(heading) + 1)
    return next(size for size in sizes if len(_broken(heading, size)) <= lines)


def _broken(heading: str, size: int) -> list[str]:
    """Return the lines of a heading, broken where it would be too long."""
    lines: list[str] = []
    for part in heading.split("_"):
        longer = f"{lines[-1]}_{part}" if lines else part
        lines = [*lines[:-1], longer] if columns(longer) <= size else [*lines, part]
    return lines


def _fit(text: str, size: int) -> str:
    if columns(text) > size:
        # Each character takes at most two columns, and few take none.
        text = text[: size - 1] if text.isascii() else text[: 4 * size]
        while columns(text) > size - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (size - columns(text))

"""Cells that print several things at once: varieties with their amounts, as coders' sheets do, and the objects of a data frame."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.literal import read_literal
from kg.extract.node import Fault, Kind
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.node import Node, Problem
    from kg.model import Span

_VARIETY = regex(
    r"\s{0,9}([^\s,;|:][^,;|:]{0,200}?)\s{0,9}(?::\s{0,9}(\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,15}|unknown|n/?a)?(?:\.0{1,2}(?!\d))?\s{0,9})?(?=[,;|]|\Z)|[^,;|]+",
    re.IGNORECASE,
)
_EMPTY = frozenset({"none", "null", "nan"})
_BARE = regex(r"[\w.+-]{1,40}\s{0,9}[,}]")
"""A word without quotes, which stands for no value."""


class Counted(NamedTuple):
    """A variety in a cell, and its amount, -1 for none, with where they stand."""

    variety: str
    span: Span
    amount: int = -1
    amounts_span: Span = (0, 0)


def varieties(cell: str) -> Iterator[Counted]:
    """Yield the varieties that a cell prints ("Personal:880, Medical:20", "Bank; Payment")."""
    for match in _VARIETY.finditer(cell):
        start, end = match.span(1) if match[1] else match.span()
        start += len(cell[start:end]) - len(cell[start:end].lstrip())
        variety = cell[start:end].rstrip()
        number = (match[2] or "").replace(",", "")
        amount = (int(number), match.span(2)) if number.isdecimal() else ()
        if variety:
            yield Counted(variety, (start, start + len(variety)), *amount)


def objects(cell: str) -> list[dict[str, Node]] | None:
    """Return the members of the flat objects in a list, as Python or JSON print it; None for what is anything else."""
    read = read_literal(cell)
    found = read.node.elements if read.node else ()
    if not (found and read.complete) or cell[read.end :].strip() or any(_fault(cell, one) for one in read.problems):
        return None
    if any(
        one.kind is not Kind.DICT or any(isinstance(value.value, tuple) for _, value in one.items()) for one in found
    ):
        return None
    return [
        {str(key): told for key, told in one.items() if cell[told.start : told.end].lower() not in _EMPTY}
        for one in found
    ]


def _fault(cell: str, problem: Problem) -> bool:
    """Whether something is wrong with the objects of a cell; words for no value are not, nor is a line that breaks in a text."""
    if problem.kind is Fault.FORBIDDEN:
        return _BARE.match(cell, problem.offset) is None
    return problem.kind is not Fault.RAW_NEWLINE

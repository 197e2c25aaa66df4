"""Rows of the health portal that were opened on its page: what they tell more stands behind each, in a row over all columns."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kg.extract.markup import plain_html
from kg.extract.tabular.row import Row, Text
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.tabular.row import Table
    from kg.model import Defect, Document

_PRESENT, _STORY = "Business Associate Present", "Web Description"
_HEADER = (_PRESENT, _STORY)
_TAGS = r"(?:\s|<[^<>]{0,300}>|&nbsp;){0,40}"
_PATTERNS = (
    regex(rf"{_PRESENT}:{_TAGS}(?P<told>Yes|No)\b"),
    regex(rf"{_STORY}:{_TAGS}(?P<told>[^<>\s](?:[^<]|<(?!/td|/tr|/?table|/div|/?dd|tr\b))*+)"),
)
_FARTHEST = 100_000
"""Characters behind the last row."""


def opened(document: Document, found: Sequence[Table]) -> list[Table]:
    """Return the tables of a page, with what stands behind opened rows as columns of their own."""
    text = document.text
    if not ("<t" in text or "<T" in text) or not any(f"{name}:" in text for name in _HEADER):
        return list(found)
    starts = sorted(row.span[0] for table in found for row in table.read())
    return [
        replace(table, header=(*table.header, *_HEADER), rows=partial(_joined, table, starts))
        if len(set(_HEADER).intersection(table.header)) == 0
        else table
        for table in found
    ]


def _joined(table: Table, starts: Sequence[int]) -> Iterator[Row | Defect]:
    """The rows of a table, each with what is told between it and the next row of any."""
    header = (*table.header, *_HEADER)
    for row in table:
        if isinstance(row, Row):
            end = row.span[1]
            following = bisect_right(starts, row.span[0])
            last = starts[following] if following < len(starts) else end + _FARTHEST
            yield row.wider(header, [_told(row.source, number, end, last) for number in range(len(_HEADER))])
        else:
            yield row


def _told(source: str, number: int, first: int, last: int) -> Text:
    """What is told under one of the names between two rows."""
    at = source.find(f"{_HEADER[number]}:", first, last)
    match = _PATTERNS[number].match(source, at, last) if at >= 0 else None
    if match is None:
        return Text("", (first, first))
    start, told = match.start("told"), match["told"].rstrip()
    return Text(plain_html(told), (start, start + len(told)))

"""Tables of documents: CSV with a comma, semicolon, tab or bar between cells; Markdown; HTML; records of JSON."""

from __future__ import annotations

import csv
import re
from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from kg.extract.tabular.html_page import is_html, is_page
from kg.extract.tabular.json_table import is_json, json_table
from kg.extract.tabular.markdown_table import markdown_tables
from kg.extract.tabular.row import MAX_CHARACTERS, MAX_COLUMNS, Row, Table, Text
from kg.model import Defect
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Document, Span

_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_HEADER = 250_000
_MOST_TITLES = 10
"""Lines above the header."""
_MOST_LINES = 200
"""Lines of one row; a quotation mark that is still open then was never meant to be one."""
_MOST_UNCLOSED = 100
"""Marks that are never closed; after that many, a row is not looked for beyond its line."""
_LONGEST_CELL = 131_072
"""What the csv module takes."""
_END = "\0"
"""Fed behind the last line of a row; where it ends up in a cell, a quotation mark is open. No document holds one."""
_AS_TEXT = regex(r'="((?:[^"]|"")*+)"')
"""A cell that spreadsheets are to take for a text whatever it looks like (="00123")."""
_ENDLESS = f"a cell does not end within {_LONGEST_CELL:,} characters"
_OPEN = "a quotation mark is not closed"


def tables(document: Document) -> Iterator[Table]:
    """Yield the tables of a document: of an HTML page, a Markdown text or JSON records, else the one that it is as CSV.

    A page without a table is no CSV, whatever stands in its title.
    """
    return iter(_tables(document))


@lru_cache(maxsize=1)  # most extractors ask, one after the other, whether it is theirs
def _tables(document: Document) -> tuple[Table, ...]:
    if is_json(document):
        return (json_table(document),)
    if is_html(document):
        from kg.extract.tabular.html_table import html_tables  # noqa: PLC0415 - few documents are pages, and the parser takes long to load

        return tuple(html_tables(document))
    found = tuple(markdown_tables(document))
    return found or (() if is_page(document) else (table(document),))


@lru_cache(maxsize=1)  # the same
def table(document: Document) -> Table:
    """Return the table that a document in CSV is: the delimiter is what its header uses most.

    Lines above the header that hold one cell only are its titles. A document that holds no table gives one without
    header and rows.
    """
    return _Csv(document.text).table()


def _told(cell: str) -> str:
    """What a cell says, without the formula that makes it a text."""
    match = _AS_TEXT.fullmatch(cell) if cell.startswith('="') else None
    return match[1].replace('""', '"').strip() if match else cell


class _Csv:
    """A CSV text."""

    def __init__(self, text: str) -> None:
        self.text, self.delimiter, self.unclosed = text, ",", 0
        self.fed = 0, 0
        """A stretch that ends with the first line feed in it, or with the text."""

    def table(self) -> Table:
        at = len(self.text) - len(self.text.lstrip("\r\n"))
        titles: list[Text] = []
        for _ in range(_MOST_TITLES + 1):
            if not 0 < self._end(at) - at < _LONGEST_HEADER:
                break
            self.delimiter = max(_DELIMITERS, key=self._line(at).count)
            start, (cells, at) = at, self._cells(at)
            if isinstance(cells, str):
                break
            named = tuple(_told(cell.strip()) for cell in cells)
            spans = self._searched(start, start + len(self.text[start:at].rstrip("\r\n")))
            if sum(map(bool, named)) > 1:
                return Table(named, tuple(reversed(titles)), partial(self._rows, at, named), tuple(spans))
            titles += (Text(cell, span) for cell, span in zip(named, spans, strict=False) if cell)
        return Table((), tuple(reversed(titles)), lambda: iter(()))

    def _rows(self, at: int, header: Sequence[str]) -> Iterator[Row | Defect]:
        number, self.unclosed, text = 0, 0, self.text
        again = list(header)
        while at < len(text):
            start = at
            cells, at = self._cells(at)
            if isinstance(cells, str):
                number += 1
                yield Defect(f"row {number}", cells)
                continue
            end = at
            while end > start and text[end - 1] in "\r\n":
                end -= 1
            row = Row(number + 1, f"row {number + 1}", cells, text, (start, end), header, self._spans)
            if text.find('="', start, end) >= 0:
                row.told = list(map(_told, row.told))
            # Files that were put together have their header in the middle once more.
            if any(row.told) and row.told != again:
                number += 1
                yield row

    def _end(self, at: int) -> int:
        """Where the line that begins at a place ends, its end (a line feed, a carriage return or both) included."""
        text, (first, end) = self.text, self.fed
        # Where lines end in carriage returns alone, no line feed is looked for again for each of them.
        if not first <= at < end:
            end = text.find("\n", at) + 1 or len(text)
            self.fed = at, end
        alone = text.find("\r", at, end) + 1
        return alone if alone and not text.startswith("\n", alone) else end

    def _line(self, at: int) -> str:
        """The line that begins at a place, with its end."""
        return self.text[at : self._end(at)]

    def _cells(self, at: int) -> tuple[list[str] | str, int]:
        """The cells of the row that begins at a place, or why it cannot be read; and where the next one begins."""
        end = self._end(at)
        if end - at > MAX_CHARACTERS:  # it is not even copied
            return f"is longer than {MAX_CHARACTERS:,} characters", end
        line = self.text[at:end]
        cells: list[str] | str
        if '"' in line:
            cells, end = self._quoted(line, at)
        else:
            cells = line.rstrip("\r\n").split(self.delimiter)
        if isinstance(cells, list) and len(cells) > MAX_COLUMNS:
            cells = f"has more than {MAX_COLUMNS:,} columns"
        elif len(line) > _LONGEST_CELL and isinstance(cells, list) and max(map(len, cells)) > _LONGEST_CELL:
            cells = _ENDLESS
        return cells, end

    def _quoted(self, line: str, at: int) -> tuple[list[str] | str, int]:
        """The cells of a row with quotation marks, which may go over several lines."""
        try:
            cells = next(csv.reader((line, _END), delimiter=self.delimiter), [])
        except csv.Error:
            self.unclosed += 1
            return _ENDLESS, at + len(line)
        if not cells or _END not in cells[-1]:
            return cells, at + len(line)
        return self._continued(line, at)

    def _continued(self, line: str, at: int) -> tuple[list[str] | str, int]:
        """The cells of a row with a quotation mark that is open at the end of its line."""
        taken = [line]

        def following() -> Iterator[str]:
            yield line
            end, most = at + len(line), 1 if self.unclosed >= _MOST_UNCLOSED else _MOST_LINES
            last = min(len(self.text), at + MAX_CHARACTERS)
            while len(taken) < most and end < last and self._end(end) - end <= MAX_CHARACTERS:
                taken.append(self._line(end))
                end += len(taken[-1])
                yield taken[-1]

        try:
            cells = next(csv.reader(chain(following(), (_END,)), delimiter=self.delimiter), [])
        except csv.Error:
            self.unclosed += 1
            return _ENDLESS, at + len(line)
        if cells and _END in cells[-1]:
            self.unclosed += 1
            return _OPEN, at + len(line)
        return cells, at + sum(map(len, taken))

    def _spans(self, row: Row) -> list[Span]:
        """The spans of the cells of a row: they follow one another as they are told, in quotation marks or not."""
        text, between, (first, end) = self.text, self.delimiter, row.span
        found: list[Span] = []
        printed: list[str] = []
        at = first
        for cell in row.cells:
            if text.startswith('"', at, end):
                raw = cell.replace('"', '""') if '"' in cell else cell
                start = at + 1
                printed.append(f'"{raw}"')
            else:
                raw, start = cell, at
                printed.append(raw)
            at += len(printed[-1]) + 1
            told = raw.strip()
            if told != raw:
                start += len(raw) - len(raw.lstrip())
            found.append((start, start + len(told)))
        # All at once: where a row is not printed so, its places are no good, those of its first cells neither.
        return found if between.join(printed) == text[first:end] else self._searched(*row.span)

    def _searched(self, first: int, last: int) -> list[Span]:
        """The spans of the cells of a row, by what stands between its delimiters."""
        between = self.delimiter
        cell = re.compile(rf'"((?:[^"]|"")*+)" *(?={between}|\Z)|(?:"(?:[^"]|"")*+"?)?[^{between}]*+')
        text = self.text[first:last]
        found: list[Span] = []
        at = 0
        while (match := cell.match(text, at)) is not None:
            start, end = match.span(1) if match[1] is not None else match.span()
            inside = text[start:end]
            start += len(inside) - len(inside.lstrip())
            found.append((first + start, first + start + len(inside.strip())))
            at = match.end() + 1
            if at > len(text):
                break
        return found

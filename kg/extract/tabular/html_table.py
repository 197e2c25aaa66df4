"""Tables in HTML pages, read with the parser of the standard library, which tells where every tag stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import UnreadableError
from kg.extract.markup import PageParser
from kg.extract.tabular.front_matter import blanked, front_matter
from kg.extract.tabular.html_page import LONGEST, MOST_OPEN, never_ends
from kg.extract.tabular.row import (
    LEAD,
    LONGEST_LEAD,
    MAX_COLUMNS,
    MOST_LEADS,
    MOST_TITLES,
    Drawn,
    Text,
    numbered,
)
from kg.names import is_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.tabular.row import Table
    from kg.model import Document, Span

_MOST_CELLS = 1_000_000
"""Cells of a page, each counted for every place that it covers."""
_ALL_ROWS = 65_534
"""What a row span of 0 stands for: all rows that are left."""
_DEEPEST = 50
"""Tables inside one another; the contents of deeper ones are text of the cell they stand in."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "title", "caption"})
_BLOCKS = frozenset({"br", "p", "div", "li", "ul", "ol", "address", "section", "hr"})
_PARTING = frozenset({"p", "div", "li", "ul", "ol", "section", "article", "main", "body", "table", *_HEADINGS})
"""Tags that begin or end a block of text."""
_INLINE = frozenset({"span", "small", "em", "strong", "b", "i", "mark", "label"})
_BADGE = regex(r"(?:\A|[\s_-])(?:badge|tag|label|pill|chip|lozenge)(?=[\s_-]|\Z)", re.IGNORECASE)
"""In the class of a tag around a word that stands behind a name and is no part of it."""
_SEVERAL = 2
_STRUCK = frozenset({"del", "s", "strike"})
_LONGEST_BLOCK = 2_000
"""Raw characters of a block that may lead to a table."""
_SILENT = frozenset({"script", "style", "template", "noscript"})
_ROLES = {
    "table": "table",
    "rowgroup": "tbody",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "td",
    "rowheader": "td",
}
"""What elements are that say by their role what part of a table they are; asked on pages without a table by its tag."""
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_MOST_ROLES = 200
"""Elements inside one another, of which one has a role."""
_BLANKS = regex(r"\s+")
_FOOTNOTE = regex(r"\s*\(?(\d{1,3}|[a-z])\)?\s*\Z")


def html_tables(document: Document) -> Iterator[Table]:
    """Yield the tables of a page in the order in which they begin; captions and headings above are their titles.

    Entities are decoded in what cells say, and stay as they are in their spans. A cell over several rows or columns
    stands in each. A table inside a cell is a table of its own, and no text of that cell. What is struck out in a cell
    that says something besides is no longer said.

    Raises:
        UnreadableError: the page is too large, or broken so that reading it would take too long.
    """
    text = document.text
    if len(text) > LONGEST:
        raise UnreadableError(document.name, f"is a page of more than {LONGEST:,} characters")
    if never_ends(text):
        raise UnreadableError(document.name, f"has more than {MOST_OPEN:,} tags or comments that never end")
    yield from numbered(text, _Reader(document).read())


@dataclass(slots=True)
class _Cell:
    """A cell being read: what it says so far, and the raw characters of it."""

    columns: int = 1
    rows: int = 1
    begun: int = 0
    """Where its tag begins."""
    linked: bool = False
    """Whether an anchor stands in it."""
    parts: list[str] = field(default_factory=list)
    start: int | None = None
    end: int = 0
    marked: int | None = None
    """Where in `parts` raised text begins."""
    badge: list[str] = field(default_factory=list)
    """Tags that are open inside of a badge, and the badge's own first."""
    pinned: int = 0
    """Where in `parts` the badge begins."""
    told: int = 0
    """Where in `parts` ends what badges alone say."""
    edges: list[tuple[int, bool]] = field(default_factory=list)
    """Where in `parts` list items begin and end, and whether one begins."""
    striking: int = 0
    """Tags of struck text that are open."""
    struck: _Cell | None = None
    """What is struck out."""

    def text(self, source: str, at: int) -> Text:
        """The cell as text; an empty one stands at a place of its own, and one that is struck out says what it said."""
        outer, items = (self.begun, at) if self.linked else None, self._items() if len(self.edges) > 1 else ()
        if self.start is None:
            told = self.struck.text(source, at) if self.struck else Text("", (at, at))
            return told._replace(outer=outer, items=items)
        raw = source[self.start : self.end]
        start = self.start + len(raw) - len(raw.lstrip())
        lines = (" ".join(line.split()) for line in "".join(self.parts).split("\n"))
        span = (start, max(start, self.start + len(raw.rstrip())))
        return Text("\n".join(filter(None, lines)), span, 0, outer, items)

    def open_badge(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins: what it holds may be a badge, as its class says."""
        if self.badge:
            self.badge += [tag] if tag == self.badge[0] else []
        elif attrs and tag in _INLINE and _BADGE.search(dict(attrs).get("class") or ""):
            self.badge, self.pinned = [tag], len(self.parts)

    def end_badge(self, tag: str) -> None:
        """A tag ends: a badge behind other words stands in brackets; where badges are all there is, they are the words."""
        if self.badge[:1] != [tag]:
            return
        self.badge.pop()
        if self.badge:
            return
        before = "".join(self.parts[self.told : self.pinned]).rpartition("\n")[2].strip()
        badge = " ".join("".join(self.parts[self.pinned :]).split())
        if not before:
            self.told = len(self.parts)
        elif (
            before[-1] not in ":,;(/&"
            and not before.islower()
            and badge[:1].isalnum()
            and "(" not in badge
            and not is_legal_form(badge)
        ):
            # With a large letter a word in brackets may be a name.
            self.parts[self.pinned :] = [f" ({badge.lower() if badge.istitle() else badge}) "]

    def _items(self) -> tuple[str, ...]:
        """The list items of which the cell is made; none where it says anything outside of them."""
        ends = [*(at for at, _ in self.edges), len(self.parts)]
        told = [(False, "".join(self.parts[: ends[0]]))]
        told += [(opens, "".join(self.parts[at:end])) for (at, opens), end in zip(self.edges, ends[1:], strict=True)]
        texts = [(inside, " ".join(text.split())) for inside, text in told if text.strip()]
        if len(texts) < _SEVERAL or not all(inside for inside, _ in texts):
            return ()
        return tuple([text for _, text in texts])


@dataclass(slots=True)
class _Grid:
    """A table being read."""

    titles: list[Text]
    rows: list[tuple[Span, list[Text]]] = field(default_factory=list)
    begun: int | None = None
    row: list[Text] = field(default_factory=list)
    cell: _Cell | None = None
    pending: dict[int, tuple[int, Text]] = field(default_factory=dict)
    """Column -> rows still to cover, and the cell that covers them."""

    def fill(self) -> None:
        """Put cells of rows above into the row as far as they are next in it."""
        while len(self.row) in self.pending:
            column = len(self.row)
            left, text = self.pending.pop(column)
            if left > 1:
                self.pending[column] = (left - 1, text)
            self.row.append(text)


class _Reader(PageParser):
    """Reads the tables of one page."""

    def __init__(self, document: Document) -> None:
        super().__init__(document.text)
        self.document = document
        self.grids: list[_Grid] = []
        self.open: list[_Grid] = []
        self.headings = front_matter(document.text)[0]
        self.leads: list[Text] = []
        """The texts since the last heading or table."""
        self.heading: tuple[str, _Cell] | None = None
        self.lead = _Cell()
        self.telling: _Cell | None = None
        self.silent = self.cells = self.ignored = 0
        self.roles: list[tuple[str, str]] = []
        """Open elements of the tags that have a role, with what each stands for ("" for none), where the page has roles."""
        self.drawn_by_roles = "role" in self.source and re.search(r"<table\b", self.source, re.IGNORECASE) is None

    def read(self) -> list[Drawn]:
        """Return the tables in the order in which they begin; what the page leaves open ends with it."""
        self.feed(blanked(self.source))
        self.close()
        if self.telling is not None:
            self.telling.end = len(self.source)
        while self.open:
            self._end_table(len(self.source))
        return [Drawn(tuple(grid.titles), grid.rows) for grid in self.grids]

    def told(self, *_: object, **__: object) -> None:
        """The text that was being read ends where the parser is."""
        if self.telling is not None:
            self.telling.end, self.telling = self.place(), None

    handle_comment = handle_decl = handle_pi = unknown_decl = told

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.told()
        if self.drawn_by_roles and tag not in _VOID:
            part = _ROLES.get((dict(attrs).get("role") or "").strip().lower(), "")
            if (part or self.roles) and len(self.roles) < _MOST_ROLES:
                self.roles.append((tag, part))
            tag = part or tag
        grid = self.open[-1] if self.open else None
        if not grid and tag in _PARTING:
            self._end_lead()
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self._start_table()
        elif grid and tag in {"tr", "tbody", "thead", "tfoot"}:
            self._end_row(grid, self.place())
            grid.begun = self.place() if tag == "tr" else None
            if tag != "tr":
                grid.pending.clear()
        elif grid and tag in {"td", "th"}:
            self._start_cell(grid, dict(attrs))
        elif tag in _HEADINGS and (not grid or tag == "caption"):
            self.heading = (tag, _Cell())
        elif grid and grid.cell:
            grid.cell.open_badge(tag, attrs)
        self._mark(tag, opens=True)

    def handle_endtag(self, tag: str) -> None:
        self.told()
        tag = self._stands_for(tag) if self.roles else tag
        grid = self.open[-1] if self.open else None
        if not grid and tag in _PARTING:
            self._end_lead()
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "table" and self.ignored:
            self.ignored -= 1
        elif tag == "table" and grid:
            self._end_table(self.place())
        elif tag == "tr" and grid:
            self._end_row(grid, self.place())
        elif tag in {"td", "th"} and grid:
            self._end_cell(grid)
        elif self.heading and tag == self.heading[0]:
            self._end_heading(grid)
        elif grid and grid.cell:
            grid.cell.end_badge(tag)
        self._mark(tag, opens=False)

    def _stands_for(self, tag: str) -> str:
        """What part of a table ends with the element that ends; those inside of it that were left open end too."""
        at = next((at for at in range(len(self.roles) - 1, -1, -1) if self.roles[at][0] == tag), None)
        if at is None:
            return tag
        part = self.roles[at][1]
        del self.roles[at:]
        return part or tag

    def handle_data(self, data: str) -> None:
        self.told()
        cell = self._cell()
        if cell is None or self.silent:
            return
        if cell.striking:
            cell.struck = cell = cell.struck or _Cell()
        cell.parts.append(_BLANKS.sub(" ", data))
        if data.strip():
            self.telling = cell
            cell.start = self.place() if cell.start is None else cell.start

    def _cell(self) -> _Cell | None:
        """What text belongs to here."""
        if self.heading:
            return self.heading[1]
        return self.open[-1].cell if self.open else self.lead

    def _end_lead(self) -> None:
        """A block of text outside of tables ends; a short one may lead to a table."""
        cell, self.lead = self.lead, _Cell()
        if cell.start is not None and cell.end - cell.start <= _LONGEST_BLOCK:
            told = cell.text(self.source, 0)
            if 0 < len(told.text) <= LONGEST_LEAD:
                self.leads = [
                    *self.leads[1 - MOST_LEADS :],
                    told._replace(text=" ".join(told.text.split()), level=LEAD),
                ]

    def _mark(self, tag: str, *, opens: bool) -> None:
        """What a tag inside a cell does to its text: blocks break lines, raised digits are footnote marks, and struck text is kept apart."""
        cell = self._cell()
        if cell is None:
            return
        if tag in _BLOCKS:
            for one in filter(None, (cell, cell.struck)):
                one.parts.append("\n")
            if tag == "li":
                cell.edges.append((len(cell.parts), opens))
        elif tag in _STRUCK:
            cell.striking = max(0, cell.striking + (1 if opens else -1))
        elif tag == "a":
            cell.linked = True
        elif tag == "sup" and opens:
            cell.marked = len(cell.parts)
        elif tag == "sup" and cell.marked is not None:
            raised = "".join(cell.parts[cell.marked :])
            if mark := _FOOTNOTE.match(raised):
                cell.parts[cell.marked :] = [f"[{mark[1]}]"]
            cell.marked = None

    def _start_table(self) -> None:
        if len(self.open) >= _DEEPEST:
            self.ignored += 1
            return
        self.heading = None
        grid = _Grid([*reversed(self.leads), *reversed(self.headings)])
        self.grids.append(grid)
        self.open.append(grid)
        self.leads = []

    def _end_table(self, at: int) -> None:
        self._end_row(self.open.pop(), at)

    def _end_heading(self, grid: _Grid | None) -> None:
        assert self.heading is not None  # asked before
        kind, cell = self.heading
        self.heading = None
        told = cell.text(self.source, 0)
        if told.text and kind == "caption" and grid:
            grid.titles.insert(0, told)
        elif told.text and kind != "caption":
            self.headings += self.leads if len(self.headings) < MOST_TITLES else []
            self.headings.append(told._replace(level=int(kind[1]) if kind != "title" else 0))
            self.leads = []

    def _start_cell(self, grid: _Grid, attrs: dict[str, str | None]) -> None:
        self._end_cell(grid)
        if grid.begun is None:
            grid.begun = self.place()
        rows = _number(attrs.get("rowspan"))
        columns = min(_number(attrs.get("colspan")) or 1, MAX_COLUMNS)
        grid.cell = _Cell(columns, rows or _ALL_ROWS, self.place())

    def _end_cell(self, grid: _Grid) -> None:
        if grid.cell is None:
            return
        cell, grid.cell = grid.cell, None
        grid.fill()
        text = cell.text(self.source, self.place())
        for _ in range(cell.columns):
            if cell.rows > 1:
                grid.pending[len(grid.row)] = (cell.rows - 1, text)
            grid.row.append(text)
        self._count(cell.columns)

    def _end_row(self, grid: _Grid, at: int) -> None:
        self._end_cell(grid)
        if grid.begun is None:
            return
        before = len(grid.row)
        grid.fill()
        self._count(len(grid.row) - before)
        if grid.row:
            start, end = grid.begun, at
            grid.rows.append(((start, start + len(self.source[start:end].rstrip())), grid.row))
        grid.row, grid.begun = [], None

    def _count(self, more: int) -> None:
        self.cells += more
        if self.cells > _MOST_CELLS:
            raise UnreadableError(self.document.name, f"has tables of more than {_MOST_CELLS:,} cells")


def _number(printed: str | None) -> int:
    """How many rows or columns a cell covers as its attribute says; 1 where it says nothing of use."""
    text = (printed or "").strip()[:6]
    return int(text) if text.isascii() and text.isdigit() else 1

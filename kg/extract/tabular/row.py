"""Rows of tables: the cells of one record, each with the way back to the document."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model import SURE, Basis, Certainty, Defect, Evidence
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from kg.model import Span

MAX_CHARACTERS = 1_000_000
"""Of one row; a longer one is refused."""
MAX_COLUMNS = 5_000
"""Of one row; a wider one is refused."""


class Row:
    """One row of a table, the header apart.

    Attributes:
        number: which row of the document it is, from 1; the rows of all its tables are counted in one go.
        place: the row in words ("row 3"; "table 2, row 3" where a document has several).
        cells: the decoded cells as they stand, blanks kept.
        told: the cells without the blanks around them.
        source: the document's text.
        span: the row in it.
        header: the names of the columns; a row may have fewer cells, or more.
        section: the heading inside the table under which the row stands, or "".
    """

    __slots__ = (
        "_drawn",
        "_printed",
        "_proofs",
        "_spans",
        "cells",
        "header",
        "number",
        "place",
        "section",
        "source",
        "span",
        "told",
    )

    def __init__(  # noqa: PLR0917 - one for each of its attributes
        self,
        number: int,
        place: str,
        cells: Sequence[str],
        source: str,
        span: Span,
        header: Sequence[str],
        spans: Sequence[Span] | Callable[[Row], Sequence[Span]],
        section: str = "",
        drawn: Sequence[Text] = (),
    ) -> None:
        """Make a row; `spans` are those of its cells, or what finds them, which is asked when one is wanted.

        `drawn` holds the cells of a page, where one of them links to something, or is a list.
        """
        self.number, self.place, self.cells, self.source, self.span = number, place, cells, source, span
        self.header, self.section, self._spans, self._drawn = header, section, spans, drawn
        self.told = [cell.strip() for cell in cells]
        self._proofs: dict[int, Evidence] = {}
        self._printed: dict[int, tuple[Span, str | None, str]] = {}

    def cell(self, column: int | None) -> str:
        """Return a cell, blanks around it removed, "" where the row has none there."""
        return self.told[column] if column is not None and column < len(self.told) else ""

    def items(self, column: int) -> Sequence[str]:  # noqa: ARG002 - for those rows that have them
        """Return the members of a cell that is an array; none of a cell that is a text."""
        return ()

    def under(self, header: Sequence[str]) -> Row:
        """Return the row with other names of its columns."""
        told = (self.number, self.place, self.cells, self.source, self.span)
        return Row(*told, header, self._spans, self.section, self._drawn)

    def only(self, column: int) -> Row:
        """Return the row with all other cells blank."""
        told = copy(self)
        told.told = told.cells = [cell if at == column else "" for at, cell in enumerate(self.told)]
        return told

    def name(self, column: int) -> str:
        """Return the name of a column, by its number where the header has none ("column 4")."""
        named = self.header[column].strip() if column < len(self.header) else ""
        return named or f"column {column + 1}"

    @property
    def spans(self) -> Sequence[Span]:
        """The raw characters of every cell, without quotation marks and blanks around it."""
        if callable(self._spans):
            self._spans = self._spans(self)
        return self._spans

    def evidence(self, column: int | None = None, **changes: Any) -> Evidence:
        """Return the row, or one of its cells, as evidence; `changes` set the other fields of it."""
        if column is None:
            start, end = span = self.span
            return Evidence(self.source[start:end], span, self.place, **changes)
        proof = None if changes else self._proofs.get(column)
        if proof is None:
            start, end = span = self.spans[column]
            quote, place = self.source[start:end], f"{self.place}, {self.name(column)}"
            if changes:
                return Evidence(quote, span, place, **changes)
            proof = self._proofs[column] = Evidence(quote, span, place)
        return proof

    def proof(self, column: int | None) -> tuple[Evidence, ...]:
        """Return the evidence of a cell that says something, none of any other."""
        return (self.evidence(column),) if self.cell(column) else ()

    def wider(self, header: Sequence[str], more: Sequence[Text]) -> Row:
        """Return the row of a wider table: its own cells, blank ones as far as it has too few, and more behind them."""
        blank = len(header) - len(more) - len(self.cells)
        nowhere = (self.span[1], self.span[1])
        cells = [*self.cells, *([""] * blank), *(one.text for one in more)]
        spans = [*self.spans, *([nowhere] * blank), *(one.span for one in more)]
        return Row(self.number, self.place, cells, self.source, self.span, header, spans, self.section, self._drawn)

    @property
    def links_somewhere(self) -> bool:
        """Whether any cell may link to an address."""
        if any(one.outer for one in self._drawn):
            return True
        told = self.source[slice(*self.span)]
        return "href" in told or "](" in told or "HREF" in told

    def outer(self, column: int) -> Span:
        """Return the raw characters of a cell, with the tags around what it says where it links to something."""
        drawn = self._drawn[column] if column < len(self._drawn) else None
        return (drawn.outer if drawn else None) or self.spans[column]

    def list_items(self, column: int) -> tuple[str, ...]:
        """Return the list items that a cell of a page is made of, none where it is not made of several."""
        drawn = self._drawn[column] if column < len(self._drawn) else None
        return drawn.items if drawn else ()

    def part(
        self,
        column: int,
        start: int,
        end: int,
        *,
        certainty: Certainty = Certainty.CONFIRMED,
        basis: Basis = Basis.STATED,
        confidence: Decimal = SURE,
    ) -> Evidence:
        """Return the evidence for characters [start, end) of what `cell` gives; the whole cell where it is encoded."""
        found = self._printed.get(column)
        if found is None:
            found = self._printed[column] = self._print(column)
        (first, last), doubled, place = found
        if doubled == "":
            first, last = first + start, first + end
        elif doubled is not None:
            first, last = first + start + doubled.count('"', 0, start), first + end + doubled.count('"', 0, end)
        return Evidence(self.source[first:last], (first, last), place, certainty, basis, confidence)

    def _print(self, column: int) -> tuple[Span, str | None, str]:
        """The span of a cell, the cell where the text has its quotation marks twice, and its place.

        Instead of the cell is "" where the text has it as it is told, None where it is encoded in another way.
        """
        first, last = span = self.spans[column]
        told, place = self.told[column], f"{self.place}, {self.name(column)}"
        if last - first == len(told) and self.source.startswith(told, first):
            return span, "", place
        return span, told if self.source[first:last].replace('""', '"') == told else None, place


class Text(NamedTuple):
    """A piece of a document: what it says, decoded, and its raw characters.

    Attributes:
        text: what it says.
        span: its raw characters.
        level: its rank where it is a title: of a heading 1 to 6, of a text right above a table or a list `LEAD`, else 0.
        outer: of a cell of a page that links to something, all of its raw characters, with the tags around what it says.
        items: of a cell of a page that is made of several list items, what they say.
    """

    text: str
    span: Span
    level: int = 0
    outer: Span | None = None
    items: tuple[str, ...] = ()


LEAD = 7
"""The rank of a text that leads to a table or a list: it may name whose that is, and is no heading."""
LONGEST_LEAD = 300
"""Characters of such a text; a longer one is no title."""
MOST_LEADS = 3
"""Texts between a heading and a table, or the next heading, that are looked at."""
MOST_TITLES = 40
"""Once a page has so many headings and texts above, only the texts below the last heading are kept."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a document.

    Attributes:
        header: the names of the columns, blanks around them removed.
        titles: what stands above the table and may say whose it is: captions, headings and texts that lead to it, the
            nearest first.
        rows: yields its rows in order, and a `Defect` for each that cannot be read; empty rows are left out.
        spans: the raw characters of the names of the columns, of a table whose header is its first row.
    """

    header: tuple[str, ...]
    titles: tuple[Text, ...]
    rows: Callable[[], Iterator[Row | Defect]]
    spans: tuple[Span, ...] = ()

    def __iter__(self) -> Iterator[Row | Defect]:
        return self.rows()

    def read(self, first: int | None = None) -> Iterator[Row]:
        """Yield the rows that can be read, all or those among the first so many."""
        return (row for row in islice(self.rows(), first) if isinstance(row, Row))

    def under(self, header: Sequence[str], second: Sequence[str] | None = None) -> Table:
        """Return the table with other names of its columns; rows that say `second`, a part of its header, are left out."""

        def rows() -> Iterator[Row | Defect]:
            for row in self.rows():
                if not isinstance(row, Row):
                    yield row
                elif row.told != second:
                    yield row.under(header)

        return Table(tuple(header), self.titles, rows)


_SEPARATORS = regex(r"[\s_-]+|(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """Return the name of a column as it is compared: lower case, blanks for hyphens, underscores and inner capitals."""
    return _SEPARATORS.sub(" ", name).strip().casefold()


def as_quoted(text: str) -> str:
    """Return a cell as a notice prints it, in quotation marks and cut where it is long."""
    return repr(text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}…")


_LONGEST_QUOTED = 80


def columns(header: Sequence[str], known: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return field -> column for the fields whose name (any of `known`, the first that is there) the header holds."""
    names = [plain(name) for name in header]
    found: dict[str, int] = {}
    for field, spellings in known.items():
        place = next((names.index(name) for name in spellings if name in names), None)
        if place is not None:
            found[field] = place
    return found


def day_first(table: Table) -> bool:
    """Return whether a table prints the day of its dates before the month: where one of its first rows can only be read so."""
    return day_order(table) is True


def day_order(table: Table) -> bool | None:
    """Return whether the dates of a table, or else those above it, have the day before the month, None where no day above 12 tells that."""
    rows = list(table.read(_LOOK))
    inside = ((section, 0, len(section)) for section in dict.fromkeys(row.section for row in rows))
    told = _order(chain(((row.source, *row.span) for row in rows), inside))
    return told if told is not None else _order((title.text, 0, len(title.text)) for title in table.titles)


def _order(texts: Iterable[tuple[str, int, int]]) -> bool | None:
    day = None
    for text in texts:
        for match in _NUMERIC_DATE.finditer(*text):
            if int(match[2]) > _MONTHS:
                return False
            day = day or int(match[1]) > _MONTHS or None
    return day


_NUMERIC_DATE = regex(r"(?<![\w/.:-])(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d\d)(?![\w/-])")
_MONTHS = 12
_LOOK = 500
"""Rows in which a date is looked for."""


class Drawn(NamedTuple):
    """A table as a page draws it.

    Attributes:
        titles: its caption, and the headings and texts above it, the nearest first.
        rows: each with its characters and its cells; a cell that spans several columns stands there for each.
    """

    titles: tuple[Text, ...]
    rows: list[tuple[Span, list[Text]]]


def numbered(source: str, drawn: Sequence[Drawn]) -> Iterator[Table]:
    """Yield the tables of a page (its text is `source`): the header is the first row of more than one cell.

    A row above it is a title; a row below it that is one cell over all columns heads the rows that follow. One that says
    the header once more (at the foot of a table, or where pages were put together) is left out.
    """
    count = 0
    for at, table in enumerate(drawn, 1):
        header: tuple[str, ...] = ()
        named: tuple[Span, ...] = ()
        section, titles = "", list(reversed(table.titles))
        rows: list[Row | Defect] = []
        for span, cells in table.rows:
            told = {cell for cell in cells if cell.text.strip()}
            place = f"table {at}, row {len(rows) + 1}" if len(drawn) > 1 else f"row {len(rows) + 1}"
            if header and (refused := _refused(span, cells)):
                rows.append(Defect(place, refused))
                count += 1
            elif not header and len(told) > 1:
                header = tuple(" ".join(cell.text.split()) for cell in cells)
                named = tuple(cell.span for cell in cells)
            elif not header:
                titles += told
            elif len(cells) > 1 and len(set(cells)) == 1:
                section = " ".join(cells[0].text.split())
            elif told and not _repeats(cells, header):
                count += 1
                spans = [cell.span for cell in cells]
                texts = [cell.text for cell in cells]
                own = cells if any(cell.outer or cell.items for cell in cells) else ()
                rows.append(Row(count, place, texts, source, span, header, spans, section, own))
        yield Table(header, tuple(reversed(titles)), partial(iter, rows), named)


def _repeats(cells: Sequence[Text], header: Sequence[str]) -> bool:
    """Whether the cells of a row are the header's; the first that differs tells."""
    return len(cells) == len(header) and all(
        " ".join(cell.text.split()) == name for cell, name in zip(cells, header, strict=True)
    )


def _refused(span: Span, cells: Sequence[Text]) -> str:
    """Why a row is over a limit, or ""."""
    if span[1] - span[0] > MAX_CHARACTERS:
        return f"is longer than {MAX_CHARACTERS:,} characters"
    return f"has more than {MAX_COLUMNS:,} columns" if len(cells) > MAX_COLUMNS else ""

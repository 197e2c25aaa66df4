"""Headers of supplier tables that are more than the first row: a second row of them below it, or the first column."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from kg.extract.suppliers.columns import columns
from kg.extract.suppliers.lists import is_label
from kg.extract.suppliers.words import CUSTOMER, DETAIL, SOMEBODY, SUPPLIER
from kg.extract.tabular.row import Row, Table, drawn_spans, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Defect, Span

_FIRST = "Sub-processor"
_MOST_WORDS = 8
"""Of the name of a column."""
_MOST_LABELS = 20
"""Rows of a table whose header is its first column."""
_MOST_COLUMNS = 100


def with_whole_header(table: Table) -> Table:
    """Return a table with all of its header: joined with a second row of names of columns, or turned where they stand in the first column."""
    below = next(iter(table), None) if 1 < len(table.spans) <= _MOST_COLUMNS else None
    if not isinstance(below, Row):
        return table
    if header := _joined(table.header, below.told):
        return Table(header, table.titles, partial(_under, table, below.told, header))
    rows = _turned(table) if _is_word(below.cell(0)) else []
    return Table(tuple(rows[0].header), table.titles, partial(iter, rows)) if rows else table


def _joined(header: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns of a header and the row below it, () where that is no second row of them.

    It calls a supplier as headers do ("Name"); or it is blank there, as merged cells leave it, and tells nothing but labels.
    """
    told = list(filter(None, below))
    at, above = (columns(tuple(names)).get("supplier") for names in (below, header))
    if at is not None:
        second = _is_somebody(below[at]) and all(map(_is_word, told))
    else:
        second = above is not None and not any(below[above : above + 1]) and len(told) > 1 and all(map(is_label, told))
    if not second or len(below) > len(header):
        return ()
    pairs = list(zip(header, [*below, *[""] * (len(header) - len(below))], strict=True))
    both = tuple(" ".join(dict.fromkeys(filter(None, pair))) for pair in pairs)
    return next((names for names in (both, tuple(low or up for up, low in pairs)) if "supplier" in columns(names)), ())


def _under(table: Table, second: Sequence[str], header: Sequence[str]) -> Iterator[Row | Defect]:
    """The rows of a table below a header that goes on in its first row; one that says that once more is left out."""
    for row in table:
        if not isinstance(row, Row):
            yield row
        elif row.told != second:
            yield row.under(header)


def _turned(table: Table) -> list[Row]:
    """The columns of a table that is written across as rows of what its first column names; [] for any other table."""
    read = list(islice(table, _MOST_LABELS + 1))
    rows = [row for row in read if isinstance(row, Row)]
    if len(read) > _MOST_LABELS or len(rows) < len(read):
        return []
    header = tuple(name.rstrip(" :：") for name in (table.header[0], *(row.cell(0) for row in rows)))
    at = columns(header).get("supplier")
    if at is None or not (_is_somebody(header[at]) and all(map(_is_word, header)) and any(map(is_label, header))):
        return []
    if any(is_label(name) or _is_somebody(name) for name in table.header[1:]):
        return []
    source, span = rows[0].source, (table.spans[0][0], rows[-1].span[1])
    where = rows[0].place.rpartition("row ")[0]
    found: list[Row] = []
    for number in range(1, len(table.header)):
        cells = [table.header[number], *(row.cell(number) for row in rows)]
        spans: list[Span] = [table.spans[number], *(_span(row, number) for row in rows)]
        if cells[at]:
            locate = partial(drawn_spans, spans)
            found.append(Row(number, f"{where}column {number + 1}", cells, source, span, header, locate))
    return found


def _span(row: Row, column: int) -> Span:
    return row.spans[column] if column < len(row.cells) else (row.span[1], row.span[1])


def _is_somebody(name: str) -> bool:
    """Whether a text is what headers call those who are listed."""
    told = plain(name)
    return any(words.fullmatch(told) for words in (SUPPLIER, SOMEBODY, CUSTOMER))


def _is_word(name: str) -> bool:
    """Whether a text may be the name of a column."""
    told = plain(name.rstrip(" :："))
    if not 0 < len(told.split()) <= _MOST_WORDS:
        return False
    return _is_somebody(told) or DETAIL.search(told) is not None or len(columns((_FIRST, told))) > 1

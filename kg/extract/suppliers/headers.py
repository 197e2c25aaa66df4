"""Headers of supplier tables that are more than the first row: a second row of them below it, one that comes again, or the first column."""

from __future__ import annotations

from functools import lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.supplier_words import CUSTOMER, DETAIL, SOMEBODY, SUPPLIER
from kg.extract.suppliers.columns import columns
from kg.extract.suppliers.register_columns import register_table
from kg.extract.suppliers.titles import is_label
from kg.extract.tabular.row import Row, Table, plain
from kg.extract.tabular.table import tables
from kg.model import Defect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.model import Document, Span

    _Name = tuple[str, int]
    """Of a column, and which it is of those so called."""

_FIRST = "Sub-processor"
_MOST_WORDS = 8
"""Of the name of a column."""
_MOST_LABELS = 20
"""In the first column of a table whose header that is, until they begin again."""
_MOST_COLUMNS = 100


def whole_tables(document: Document) -> Iterator[Table]:
    """Yield the tables of a document, each with all of its header, wherever that stands."""
    return (with_whole_header(register_table(document, table)) for table in tables(document))


class HeaderAgain:
    """Which rows of a table are its header once more, in whatever words, as files leave it that were put together."""

    def __init__(self, header: Sequence[str], columns: Mapping[str, int]) -> None:
        self.ends = [columns[who] for who in ("customer", "supplier") if who in columns]
        self.named = {header[at].casefold() for at in self.ends}
        self.whole = [name.casefold() for name in header]

    def is_in(self, row: Row) -> bool:
        """Return whether a row names the columns of both ends, or that of one where all of it are names of columns."""
        # Nearly every row is told to be none by its first cell.
        if not self.ends or not ((first := row.cell(self.ends[0])).casefold() in self.named or _is_somebody(first)):
            return False
        again = [row.cell(at) for at in self.ends]
        if len(again) > 1 and all(map(_is_somebody, again)):
            return True
        if {name.casefold() for name in again} != self.named:
            return False
        told = list(filter(None, row.told))
        return len(again) > 1 or (len(told) > 1 and all(map(_is_word, told)))

    def is_same(self, row: Row) -> bool:
        """Return whether a row has the very names of the header, as far as it goes."""
        return all(name.casefold() in {"", was} for name, was in zip(row.told, self.whole, strict=False))


def with_whole_header(table: Table) -> Table:
    """Return a table with all of its header: joined with a second row of names of columns, or turned where they stand in the first column."""
    if told := second_header(table):
        second, header = told
        return table.under(header, second)
    return (_turned(table) if _has_rows(table) else None) or table


def second_header(table: Table) -> tuple[Sequence[str], tuple[str, ...]] | None:
    """Return the second row of a header that has two, and the names that both give together; None for any other table."""
    below = next(iter(table), None) if _has_rows(table) else None
    header = _joined(table.header, below.told) if isinstance(below, Row) else ()
    return (below.told, header) if header and isinstance(below, Row) else None


def _has_rows(table: Table) -> bool:
    return 1 < len(table.spans) <= _MOST_COLUMNS and isinstance(next(iter(table), None), Row)


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


def _turned(table: Table) -> Table | None:
    """A table that is written across by its columns, with the names in its first one as header; None for any other table.

    Where these begin again for the next suppliers, each column is a row for each of such parts.
    """
    lines = _lines(table)
    printed: dict[str, str] = {}
    names = [printed.setdefault(plain(name), name) for name in (line.cell(0).rstrip(" :：") for line in lines)]
    at = columns(tuple(names)).get("supplier")
    if at is None or not (_is_somebody(names[at]) and any(map(is_label, names))):
        return None
    if any(is_label(name) or _is_somebody(name) for name in table.header[1:]):
        return None
    several = names.count(names[at]) > 1
    begins = [n for n, name in enumerate(names) if n == 0 or (several and name == names[0])]
    ends = list(pairwise([*begins, len(names)]))
    if any(end - begin > _MOST_LABELS for begin, end in ends):
        return None
    parts = [_part(names[begin:end], lines[begin:end]) for begin, end in ends]
    if any((names[at], 0) not in part or (names[at], 1) in part for part in parts):
        reason = f"names several under {names[at]}, and does not tell where what is said of each begins"
        return Table(tuple(names), table.titles, partial(iter, [Defect(f"{_where(lines)}column 1", reason)]))
    keys = list(dict.fromkeys(key for part in parts for key in part))
    rows = [
        _across(part, keys, number, f"{_where(lines)}column {number + 1}" + (f", part {count}" if several else ""))
        for count, part in enumerate(parts, 1)
        for number in range(1, len(table.header))
        if part[names[at], 0].cell(number)
    ]
    return Table(tuple(name for name, _ in keys), table.titles, partial(iter, rows))


def _lines(table: Table) -> list[Row]:
    """The header of a table as a row, and its rows, where each begins with what may be the name of a column; else none."""
    rows: list[Row] = []
    labels = {table.header[0]}
    for row in table:
        if not isinstance(row, Row) or not _is_word(row.cell(0)):
            return []
        rows.append(row)
        labels.add(row.cell(0))
        if len(labels) > _MOST_LABELS:
            return []
    if not rows or not _is_word(table.header[0]):
        return []
    span = table.spans[0][0], table.spans[-1][1]
    head = Row(0, rows[0].place, table.header, rows[0].source, span, (), table.spans)
    return [head, *rows]


def _part(names: Sequence[str], lines: Sequence[Row]) -> dict[_Name, Row]:
    """Name -> line, of those that tell of the same suppliers."""
    return {(name, names[:n].count(name)): line for n, (name, line) in enumerate(zip(names, lines, strict=True))}


def _across(part: Mapping[_Name, Row], keys: Sequence[_Name], number: int, place: str) -> Row:
    """A column of the lines of a part as the row of a table whose columns are the `keys`."""
    lines = list(part.values())
    span = lines[0].span[0], lines[-1].span[1]
    cells = [part[key].cell(number) if key in part else "" for key in keys]
    spans: list[Span] = [_span(part[key], number) if key in part else (span[1], span[1]) for key in keys]
    header = [name for name, _ in keys]
    return Row(number, place, cells, lines[0].source, span, header, spans, lines[0].section)


def _where(lines: Sequence[Row]) -> str:
    """Which table of its document it is, in words, "" for the only one."""
    return lines[0].place.rpartition("row ")[0]


def _span(row: Row, column: int) -> Span:
    return row.spans[column] if column < len(row.cells) else (row.span[1], row.span[1])


@lru_cache(maxsize=4096)
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

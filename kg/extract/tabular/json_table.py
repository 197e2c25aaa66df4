"""The records of a JSON document as the rows of a table: a column for every member."""

from __future__ import annotations

from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING

from kg.extract.json_in.record import JsonRecord
from kg.extract.json_in.records import envelope, records
from kg.extract.suppliers.words import CUSTOMER, SOMEBODY
from kg.extract.tabular.row import MAX_COLUMNS, Row, Table, Text, plain
from kg.model import Defect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Document, Span

_LOOK = 20
"""Records whose members make the header; the others of later ones stand behind them."""


def is_json(document: Document) -> bool:
    """Return whether a document begins as JSON records do: no table does."""
    return document.text[:_BEGINNING].lstrip(" \t\r\n")[:1] in {"{", "["}


_BEGINNING = 1_000


@lru_cache(maxsize=1)
def json_table(document: Document) -> Table:
    """Return the records of a JSON document as a table.

    The header holds the members that are no objects; a list of texts is one cell. What is inside of a member has a
    column of its own in its row ("address.city"), which no header names.
    """
    found = [one for one in islice(records(document), _LOOK) if isinstance(one, JsonRecord)]
    header = dict.fromkeys(key for record in found for key, value in record.value.items() if _is_cell(value))
    named = tuple(islice(header, MAX_COLUMNS))
    return Table(named, tuple(_titles(document)), partial(_rows, document, named))


def _titles(document: Document) -> Iterator[Text]:
    """What an envelope tells of its records, as a title would: who is named beside them, and what they are called."""
    if (found := envelope(document)) is None:
        return
    whole, (*_, called) = found
    for key, value in whole.value.items():
        name = plain(key)
        if isinstance(value, str) and (CUSTOMER.fullmatch(name) or SOMEBODY.fullmatch(name)):
            span = whole.evidence(key).span
            assert span is not None
            yield Text(f"{value} | {plain(called)}", span)


def _is_cell(value: object) -> bool:
    inner = value if isinstance(value, list) else [value]
    return not any(isinstance(one, dict | list) for one in inner)


def _rows(document: Document, header: Sequence[str]) -> Iterator[Row | Defect]:
    for record in records(document):
        yield record if isinstance(record, Defect) else record_row(record, header)


def record_row(record: JsonRecord, header: Sequence[str]) -> Row:
    """Return a record as a row of a table with this header."""
    told = {note.key: note for note in record.notes(joined=True)}
    nowhere: Span = (record.start, record.start)
    names = (*header, *(key for key in told if key not in header))
    cells = [told[key].value if key in told else "" for key in names]
    spans = [(told[key].evidence[0].span or nowhere) if key in told else nowhere for key in names]
    return Row(record.number, record.place, cells, record.text, (record.start, record.end), names, lambda _: spans)

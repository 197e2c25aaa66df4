"""The records of a JSON document as the rows of a table: a column for every member."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg.extract.json_in.record import JsonRecord, dotted
from kg.extract.json_in.records import envelope, records
from kg.extract.stix_ids import is_object
from kg.extract.supplier_words import CUSTOMER, SOMEBODY, SUPPLIER
from kg.extract.tabular.row import MAX_COLUMNS, Row, Table, Text, plain
from kg.model import Defect
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Document, Span

_LOOK = 20
"""Records whose members make the header; the others of later ones stand behind them."""


def is_json(document: Document) -> bool:
    """Return whether a document begins as JSON records do: no table does."""
    return document.text[:_BEGINNING].lstrip(" \t\r\n")[:1] in {"{", "["}


_BEGINNING = 1_000


def json_table(document: Document) -> Table:
    """Return the records of a JSON document as a table.

    The header holds the members that are no objects, and the names of customers and suppliers that are; a list of texts is one cell. What is inside of a member has a
    column of its own in its row ("address.city"), which no header names. Objects of STIX tell by their ids what they
    are, and by their members nothing of a table's: they give one without header and rows.
    """
    found = [one for one in islice(records(document), _LOOK) if isinstance(one, JsonRecord)]
    if found and is_object(found[0].value):
        return Table((), (), lambda: iter(()))
    header = dict.fromkeys(key for record in found for key in record.value if _is_column(record.value, key))
    named = tuple(islice(header, MAX_COLUMNS))
    return Table(named, tuple(_titles(document)), partial(_rows, document, named))


def _titles(document: Document) -> Iterator[Text]:
    """What an envelope tells of its records, as a title would: who is named beside them, and what they are called."""
    if (found := envelope(document)) is None:
        return
    whole, (*_, called) = found
    for key, value in whole.value.items():
        if told := customer_of(whole, key, value):
            yield Text(f"{told.text} | {plain(called)}", told.span)


def customer_of(record: JsonRecord, key: str, value: object) -> Text | None:
    """Return the name under a key that speaks of a customer or of somebody, as a text or as the name of an object."""
    if not isinstance(value, str | dict) or not (CUSTOMER.fullmatch(plain(key)) or SOMEBODY.fullmatch(plain(key))):
        return None
    path = (key,) if isinstance(value, str) else _named(key, value)
    name = None if path is None else record.get(*path)
    if path is None or not isinstance(name, str) or not name.strip():
        return None
    return Text(name, record.span(*path))


_NAME = regex(r"(?:(?:legal|company|display) )?name")


def _named(key: str, value: dict[str, Any]) -> tuple[str, str] | None:
    """The path to the name of what an object under a key tells of."""
    return next(((key, one) for one in value if _NAME.fullmatch(plain(one))), None)


_COMPANY = regex(r"company(?: name)?")
_OF_PROGRAMS = regex(r"providers?|processors?|controllers?")
"""Objects that tell of a device, a login or a person as often."""


def _is_column(record: dict[str, Any], key: str) -> bool:
    """Whether a member makes a column: it is no object, or one with the name of a customer or a supplier, in a record that has both, and no list of them."""
    if not isinstance(value := record[key], dict):
        return _is_cell(value)
    names = {plain(name): told for name, told in record.items()}
    customers = [name for name in names if CUSTOMER.fullmatch(name) or _COMPANY.fullmatch(name)]
    suppliers = [name for name in names if SUPPLIER.fullmatch(name)]
    listed = any(isinstance(names[name], list) for name in suppliers)
    return bool(customers and suppliers) and not listed and name_inside(key, value) is not None


def name_inside(key: str, value: object) -> tuple[str, str] | None:
    """Return the path to the name in an object under a word for a customer or a supplier, None of any other value."""
    word = plain(key)
    told = any(words.fullmatch(word) for words in (CUSTOMER, SUPPLIER, _COMPANY)) and not _OF_PROGRAMS.fullmatch(word)
    path = _named(key, value) if told and isinstance(value, dict) else None
    return path if path and isinstance(value, dict) and isinstance(value[path[1]], str) else None


def _is_cell(value: object) -> bool:
    inner = value if isinstance(value, list) else [value]
    return not any(isinstance(one, dict | list) for one in inner)


def _rows(document: Document, header: Sequence[str]) -> Iterator[Row | Defect]:
    for record in records(document):
        yield record if isinstance(record, Defect) else record_row(record, header)


def record_row(record: JsonRecord, header: Sequence[str]) -> Row:
    """Return a record as a row of a table with this header."""
    told = {note.key: note for note in record.notes(joined=True)}
    for key in header:
        path = name_inside(key, record.value.get(key))
        if path and (note := told.pop(dotted(path), None)):
            told[key] = note
    nowhere: Span = (record.start, record.start)
    names = (*header, *(key for key in told if key not in header))
    cells = [told[key].value if key in told else "" for key in names]
    spans = [(told[key].evidence[0].span or nowhere) if key in told else nowhere for key in names]
    row = _JsonRow(record.number, record.place, cells, record.text, (record.start, record.end), names, spans)
    row.value = record.value
    return row


class _JsonRow(Row):
    """A row that is a record: a cell may be an array."""

    __slots__ = ("value",)

    value: dict[str, Any]

    def items(self, column: int) -> Sequence[str]:
        array = self.value.get(self.header[column]) if column < len(self.header) else None
        return [one.strip() for one in array if isinstance(one, str) and one.strip()] if isinstance(array, list) else ()

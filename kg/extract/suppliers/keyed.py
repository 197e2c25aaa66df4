"""Suppliers inside of their customers in JSON, where keys name the customers, or a member does.

{"subprocessors": {"Acme": ["Stripe", "AWS"], "Birch": [...]}}; [{"customer": "Acme", "subprocessors": [{"name": "Stripe"}]}].

That the arrays hold suppliers is told by a key around them, by a member of what they hold, or by the name of the document; what
they hold are names, or objects with a member that is headed as a supplier's column is.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from kg.extract.json_in.keyed import Keyed, keyed
from kg.extract.json_in.record import JsonRecord
from kg.extract.json_in.records import first, records
from kg.extract.stix_ids import is_object
from kg.extract.supplier_words import DETAIL, LISTED, SUPPLIER
from kg.extract.suppliers.columns import columns
from kg.extract.suppliers.names import is_name
from kg.extract.tabular.json_table import customer_of, is_json, name_inside, record_row
from kg.extract.tabular.row import Row, Table, Text, plain
from kg.model import Defect
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Document

_ENDING = regex(r"(?:\.(?:jsonl?|txt|gz))+\Z", re.IGNORECASE)
_NO_NAME = regex(r"https?://|www\.|\S@\S|\bCVE-\d|[.!?]\s+\S+\s\S", re.IGNORECASE)
_LONGEST_NAME = 120
_HEADER = ("supplier",)


def by_customer(document: Document) -> list[tuple[Text, Table]]:
    """Return (what names the customer, table of its suppliers) of every array that is a customer's; none of another document."""
    if not is_json(document):
        return []
    listed = keyed(document)
    theirs = bool(listed) and _are_customers(document, listed)
    tables, number = [], 0
    for customer, one in ((_key(one), one) for one in listed) if theirs else _nested(document):
        rows = list(_rows(one, number))
        number += len(one.array)
        tables.append((customer, Table(_header(one.array), (), partial(iter, rows))))
    return tables


def _key(one: Keyed) -> Text:
    assert one.evidence.span is not None
    return Text(one.name, one.evidence.span)


def _nested(document: Document) -> Iterator[tuple[Text, Keyed]]:
    """The customers of records that name one each, beside an array of its suppliers."""
    head = first(document)
    if head is not None and not is_object(head) and (_supplying(head) or _by_name(head)):
        for record in records(document):
            yield from () if isinstance(record, Defect) else _parts(record)


def _parts(record: JsonRecord) -> Iterator[tuple[Text, Keyed]]:
    """The customer of a record with the array of its suppliers; or of its members, of which each is under a customer's name."""
    if key := _supplying(record.value):
        told = (customer_of(record, name, value) for name, value in record.value.items())
        if customer := next(filter(None, told), None):
            yield customer, Keyed(key, (key,), record.value[key], record)
        return
    for name, value in record.value.items() if _by_name(record.value) else ():
        key = _supplying(value)
        yield _key(Keyed(name, (name,), value[key], record)), Keyed(key, (name, key), value[key], record)


def _by_name(value: dict[str, Any]) -> bool:
    """Whether the members of an object are customers with their suppliers, under their names."""
    return len(value) > 1 and _are_names(value) and all(map(_supplying, value.values()))


def _are_names(keys: Iterable[str]) -> bool:
    """Whether keys are names, and not kinds of suppliers or places."""
    return all(is_name(key) and not DETAIL.search(plain(key)) for key in keys)


def _supplying(value: object) -> str:
    """The key of an object under which suppliers are listed, "" where there is none, or more than one."""
    if not isinstance(value, dict):
        return ""
    found = [
        key
        for key, array in value.items()
        if isinstance(array, list) and array and LISTED.search(plain(key)) and _holds_suppliers(array)
    ]
    return found[0] if len(found) == 1 else ""


def _are_customers(document: Document, listed: list[Keyed]) -> bool:
    """Whether keys name customers: something says that suppliers are listed, and what is listed looks like their names."""
    above = [plain(str(key)) for key in listed[0].path[:-1]]
    named = any(SUPPLIER.search(key) for key in above)
    keys = [plain(one.name) for one in listed]
    if any(SUPPLIER.fullmatch(key) for key in keys):
        return False
    if not named and not (_are_names(one.name for one in listed) and all(_says_listed(one.array) for one in listed)):
        if not SUPPLIER.search(plain(_ENDING.sub("", PurePath(document.name).name))):
            return False
        if 2 * sum(DETAIL.search(key) is not None for key in keys) >= len(keys):
            return False
    return all(_holds_suppliers(one.array) for one in listed)


def _says_listed(array: list[Any]) -> bool:
    """Whether objects have a member that is headed as only suppliers are."""
    header = _header(array)
    at = columns(header).get("supplier")
    return header is not _HEADER and at is not None and LISTED.search(plain(header[at])) is not None


def _holds_suppliers(array: list[Any]) -> bool:
    names = [name for name in array if isinstance(name, str) and name.strip()]
    if names:
        capital = sum(name.strip()[0].isupper() or name.strip()[0].isdigit() for name in names)
        fit = all(len(name) <= _LONGEST_NAME and not _NO_NAME.search(name) for name in names)
        return fit and 2 * capital >= len(names) and 2 * len(names) >= len(array)
    found = columns(_header(array))
    return "supplier" in found and "customer" not in found


def _header(array: list[Any]) -> tuple[str, ...]:
    """The members of the objects in an array; of names, what they are."""
    if any(isinstance(one, str) for one in array):
        return _HEADER
    keys = dict.fromkeys(key for one in array if isinstance(one, dict) for key in one)
    inner = {
        key: [one[key] for one in array if isinstance(one, dict) and isinstance(one.get(key), dict)] for key in keys
    }
    header = tuple(key for key in keys if not inner[key])
    if "supplier" in columns(header):
        return header
    return tuple(
        key
        for key in keys
        if not inner[key] or (SUPPLIER.fullmatch(plain(key)) and all(name_inside(key, one) for one in inner[key]))
    )


def _rows(one: Keyed, before: int) -> Iterator[Row | Defect]:
    """A row for every element of an array."""
    header, record = _header(one.array), one.record
    for at, element in enumerate(one.array):
        number, path = before + at + 1, (*one.path, at)
        place, span = record.place_of(*path), record.span(*path)
        if isinstance(element, str):
            yield Row(number, place, [element], record.text, span, header, [span])
        elif isinstance(element, dict) and header is not _HEADER:
            yield record_row(JsonRecord(number, place, element, *span, record.text), header)
        else:
            yield Defect(place, "is no name as the others are" if header is _HEADER else "is not an object")

"""Suppliers under their customers' names in JSON: {"subprocessors": {"Acme": ["Stripe", "AWS"], "Birch": [...]}}.

That the arrays hold suppliers is told by a key around them, or by the name of the document; what the arrays hold are names, or
objects with a member that is headed as a supplier's column is.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from kg.extract.json_in.keyed import elements, keyed
from kg.extract.json_in.record import JsonRecord, pointer_of
from kg.extract.suppliers.columns import columns
from kg.extract.suppliers.words import DETAIL, SUPPLIER
from kg.extract.tabular.json_table import is_json, record_row
from kg.extract.tabular.row import Row, Table, Text, drawn_spans, plain
from kg.model import Defect
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.json_in.keyed import Keyed
    from kg.model import Document

_ENDING = regex(r"(?:\.(?:jsonl?|txt|gz))+\Z", re.IGNORECASE)
_NO_NAME = regex(r"https?://|www\.|\S@\S|\bCVE-\d|[.!?]\s+\S+\s\S", re.IGNORECASE)
_LONGEST_NAME = 120
_HEADER = ("supplier",)


def by_customer(document: Document) -> list[tuple[str, Text, Table]]:
    """Return (customer, the key that names it, table of its suppliers) of every array under a customer's name; none of another document."""
    listed = keyed(document) if is_json(document) else []
    if not listed or not _are_customers(document, listed):
        return []
    tables, number = [], 0
    for one in listed:
        assert one.evidence.span is not None
        rows = list(_rows(document, one, number))
        number += len(one.array)
        header = _header(one.array)
        table = Table(header, (), partial(iter, rows))
        tables.append((one.name, Text(one.name, one.evidence.span), table))
    return tables


def _are_customers(document: Document, listed: list[Keyed]) -> bool:
    """Whether keys name customers: something says that suppliers are listed, and what is listed looks like their names."""
    above = [plain(str(key)) for key in listed[0].path[:-1]]
    named = any(SUPPLIER.search(key) for key in above)
    keys = [plain(one.name) for one in listed]
    if any(SUPPLIER.fullmatch(key) for key in keys):
        return False
    if not named:
        if not SUPPLIER.search(plain(_ENDING.sub("", PurePath(document.name).name))):
            return False
        if 2 * sum(DETAIL.search(key) is not None for key in keys) >= len(keys):
            return False
    return all(_holds_suppliers(one.array) for one in listed)


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
    return tuple(
        key for key in keys if not any(isinstance(one.get(key), dict) for one in array if isinstance(one, dict))
    )


def _rows(document: Document, one: Keyed, before: int) -> Iterator[Row | Defect]:
    """A row for every element of an array."""
    header = _header(one.array)
    for number, (path, element) in enumerate(elements(one), before + 1):
        place, span = pointer_of(path), one.record.evidence(*path).span
        assert span is not None
        if isinstance(element, str):
            yield Row(number, place, [element], document.text, span, header, partial(drawn_spans, [span]))
        elif isinstance(element, dict) and header is not _HEADER:
            yield record_row(JsonRecord(number, place, element, *span, document.text), header)
        else:
            yield Defect(place, "is no name as the others are" if header is _HEADER else "is not an object")

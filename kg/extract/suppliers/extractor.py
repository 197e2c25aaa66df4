"""Supplier tables: who uses whom, one supply relationship a row, in CSV, Markdown, HTML or JSON; and lists of suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.portal_columns import lists_breaches
from kg.extract.suppliers.columns import is_supplier_table
from kg.extract.suppliers.glance import may_hold_cards, may_hold_items
from kg.extract.suppliers.headers import whole_tables
from kg.extract.tabular.json_table import is_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Document, Extracted


class SupplierTableExtractor:
    """Reads supplier tables."""

    name = "suppliers"
    version = "26"
    description = (
        "Supplier tables (CSV, Markdown, HTML, JSON) and lists (Markdown, HTML): customer and supplier, or the sub-processors of the"
        " customer that a heading names; purpose, since, until, status, and the suppliers' own subcontractors where there are such columns."
    )

    def recognizes(self, document: Document) -> bool:
        """Return whether it holds a table whose header names customers and suppliers, or sub-processors, or a list of these.

        A list of breaches that tells through whose systems each came is a breach portal.
        """
        tables = whole_tables(document)
        if any(is_supplier_table(table) and not lists_breaches(table.header) for table in tables):
            return True
        if is_json(document):
            from kg.extract.suppliers.keyed import by_customer

            return bool(by_customer(document))
        if may_hold_items(document):
            from kg.extract.suppliers.lists import supplier_lists

            if supplier_lists(document):
                return True
        if not may_hold_cards(document):
            return False
        from kg.extract.suppliers.cards import supplier_cards

        return bool(supplier_cards(document))

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield a listing for every row; a row without both names, a repeated one and a self-supplier are defects.

        Tables of a page that list no suppliers are left out, unless it has no other.
        """
        from kg.extract.suppliers.reading import read

        return read(document)

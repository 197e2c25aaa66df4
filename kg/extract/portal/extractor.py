"""The table of a breach portal: what organizations reported to an authority, to that for health or to that of a state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.portal_columns import is_portal
from kg.extract.tabular.table import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Document, Extracted


class PortalExtractor:
    """Reads the table of a breach portal."""

    name = "portal"
    version = "23"
    description = (
        "Breach portal tables (CSV, HTML, JSON) of the US health authority and of states: entity, people or residents affected,"
        " dates, type of breach, information affected, business associate, account."
    )

    def recognizes(self, document: Document) -> bool:
        """Return whether the header names entities and tells of their breaches: how many were affected, when, how."""
        return any(is_portal(table.header) for table in tables(document))

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield an incident for every row; a row without an entity, and a repeated one, is a defect."""
        from kg.extract.portal.reading import read

        return read(document)

"""The index of the catalogue: a table of compromises, by which a document is known to be it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.cncf.headings import heading_kind
from kg.extract.tabular.markdown_table import is_markdown, markdown_tables
from kg.extract.tabular.row import plain
from kg.extract.tabular.table import tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extract.tabular.row import Table
    from kg.model import Document

LONGEST = 2_000_000
"""Characters of a page, and of the index."""
_COLUMNS = {"types": "types", "references": "links"}


def indexes(document: Document) -> list[tuple[Table, Mapping[str, int]]]:
    """Return the tables of compromises, with their columns: those of a name, a type of compromise, and a year or links."""
    found: list[tuple[Table, Mapping[str, int]]] = []
    markdown = is_markdown(document)
    for table in markdown_tables(document) if markdown else tables(document):
        if not (markdown or any("compromise" in plain(name) for name in table.header)):
            continue
        places: dict[str, int] = {}
        for at, heading in enumerate(table.header):
            places.setdefault(_COLUMNS.get(heading_kind(heading)) or _column(heading), at)
        if {"name", "types"} <= places.keys() and {"year", "links"} & places.keys():
            found.append((table, places))
    return found


def _column(heading: str) -> str:
    name = plain(heading)
    return {"date": "year", "title": "name", "project": "name", "incident": "name", "link": "links"}.get(name, name)

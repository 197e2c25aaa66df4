"""What is said of a document that is of no known format, so that its owner sees what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import DocumentError
from kg.extract.table import tables

if TYPE_CHECKING:
    from kg.model import Document

_DATA = (".csv", ".tsv", ".json", ".jsonl", ".ndjson")
_MOST, _LONGEST = 8, 40


def unknown(document: Document) -> str:
    """Return why a document is not read: no extractor recognizes it; and what its columns are, where it is a table of data."""
    named = _columns(document) if document.name.casefold().removesuffix(".gz").endswith(_DATA) else []
    if not named:
        return "no extractor recognizes it (see `kg formats`, or name one with --input-format)"
    told = ", ".join(name[:_LONGEST] for name in named[:_MOST]) + (", ..." if len(named) > _MOST else "")
    return f"no extractor recognizes it by {told} (a mapping file can tell what these hold: --map; see `kg formats`)"


def _columns(document: Document) -> list[str]:
    """The names of the columns, or of the members of the first records."""
    try:
        found = next(tables(document), None)
    except DocumentError:
        return []
    names = (" ".join(name.split()) for name in found.header) if found else ()
    return [name for name in names if name.isprintable() and name]

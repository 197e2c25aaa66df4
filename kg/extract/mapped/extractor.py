"""Documents of one's own, read as a mapping file tells: CSV, Markdown and HTML tables, JSON, JSON Lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import DocumentError
from kg.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.extract.mapped.mapping import MappingFile
    from kg.model import Document, Extracted

VERSION = "20"


class MappingExtractor:
    """Reads documents by a mapping file; the one that is installed has none, and asks for it.

    Attributes:
        mapping: what tells which column holds what, or None.
        version: changes with the mapping, so that a document is read anew by another.
    """

    name = "mapping"
    description = "CSV, Markdown and HTML tables, JSON and JSON Lines of your own, as a mapping file (--map) tells."

    def __init__(self, mapping: MappingFile | None = None) -> None:
        self.mapping = mapping
        self.version = f"{VERSION}-{mapping.digest[:16]}" if mapping else VERSION

    def named(self, document: Document) -> MappingExtractor:
        """Return the extractor for a document: what the mapping takes from its name tells two of equal bytes apart."""
        told = self.mapping.told(document.name) if self.mapping else {}
        if not told:
            return self
        own = MappingExtractor(self.mapping)
        own.version = f"{self.version}-{digest(*(part for field in sorted(told.items()) for part in field))}"
        return own

    def recognizes(self, document: Document) -> bool:
        """Return whether the document has the name, and the columns or members, that the mapping speaks of.

        One that names nothing fits tables of any kind, such as those of breaches: it is for what is a supplier list without it.
        """
        if self.mapping is None or self.misfit(document):
            return False
        if not self.mapping.names_nothing:
            return True
        from kg.extract.suppliers.extractor import SupplierTableExtractor

        return SupplierTableExtractor().recognizes(document)

    def misfit(self, document: Document) -> str:
        """Return why a document does not fit the mapping, "" where it does."""
        from kg.extract.mapped.reading import misfit

        return misfit(document, self._mapping(document))

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield an incident or a listing for every record, and a defect for every one that gives none.

        Raises:
            DocumentError: there is no mapping, or the document has not what it speaks of.
        """
        from kg.extract.mapped.reading import read

        yield from read(document, self._mapping(document))

    def _mapping(self, document: Document) -> MappingFile:
        if self.mapping is None:
            raise DocumentError(document.name, "the format mapping reads by a mapping file: give one (--map)")
        return self.mapping


def mapped(path: str | Path) -> MappingExtractor:
    """Return the extractor of a mapping file.

    Raises:
        DocumentError: the file cannot be read, or a key of it means nothing.
    """
    from kg.extract.mapped.mapping import load

    return MappingExtractor(load(path))

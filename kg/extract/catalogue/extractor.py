"""Breach catalogues: entity, month, year, summary, tags and links of each breach; "?" stands for what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import LateExtractor
from kg.extract.catalogue.fields import Catalogue
from kg.extract.formats import recognizes

if TYPE_CHECKING:
    from kg.model import Document


class CatalogueExtractor(LateExtractor):
    """Reads breach catalogues."""

    name = "catalogue"
    reading = "kg.extract.catalogue.reading"
    version = "20"
    description = (
        "Breach catalogues (JSON, CSV): entity, year, month, summary, tags (actor, motive, initial-access, impacted-user-count,"
        " cost-usd) and links; or organization, year, records, method, sector, sources."
    )

    def recognizes(self, document: Document) -> bool:
        """Return whether its first record has an entity, a time, and two of tags, links, summary and method, or records and a method."""
        return recognizes(document, Catalogue)

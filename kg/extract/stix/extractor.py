"""STIX 2.0 and 2.1: bundles of objects, one or several in a document, JSON Lines of objects, and TAXII envelopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import LateExtractor
from kg.extract.json_in.records import first
from kg.extract.stix_ids import BUNDLE, is_object

if TYPE_CHECKING:
    from kg.model import Document


class StixExtractor(LateExtractor):
    """Reads STIX 2.0 and 2.1."""

    name = "stix"
    reading = "kg.extract.stix.reading"
    version = "19"
    description = (
        "STIX 2 bundles: incidents with their extension, campaigns and reports that name a victim, vendors and customers"
        " (extra stix)."
    )

    def recognizes(self, document: Document) -> bool:
        """Return whether it is JSON whose first object has a STIX id, or that holds a bundle."""
        value = first(document, is_object)
        return value is not None and (is_object(value) or BUNDLE.search(document.text) is not None)

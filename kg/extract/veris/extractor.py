"""VERIS incidents, as the VERIS Community Database prints them: schemas 1.3 to 1.4.1, one or many in a document, or a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract import LateExtractor
from kg.extract.json_in.records import first
from kg.extract.veris.layout import is_incident, veris_table
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.model import Document

_SCHEMA_TEST = regex(r"(?:\A|/)veris-\d[\d_.]*-test\d*\.json\Z", re.IGNORECASE)


def named_as_test(document: Document) -> bool:
    """Return whether a document is called as the records are by which the schema is tested, which tell of nothing that happened."""
    return _SCHEMA_TEST.search(document.name) is not None


class VerisExtractor(LateExtractor):
    """Reads VERIS incidents."""

    name = "veris"
    reading = "kg.extract.veris.reading"
    version = "20"
    description = "VERIS / VCDB incidents in JSON (schemas 1.3 to 1.4.1: one, an array, or JSON Lines), or in CSV with dotted columns."

    def recognizes(self, document: Document) -> bool:
        """Return whether the first record is a VERIS incident; the schema's own test records are left aside."""
        if is_incident(first(document, is_incident)):
            return not named_as_test(document)
        return veris_table(document) is not None

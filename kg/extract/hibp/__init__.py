"""The breach list of Have I Been Pwned, in its older and its current fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import LateExtractor
from kg.extract.formats import recognizes
from kg.extract.hibp.fields import BreachList

if TYPE_CHECKING:
    from kg.model import Document


class HibpExtractor(LateExtractor):
    """Reads breach lists of Have I Been Pwned."""

    name = "hibp"
    reading = "kg.extract.hibp.reading"
    version = "18"
    description = (
        "Have I Been Pwned breach lists (JSON, CSV), older and current fields, and XposedOrNot's: data classes, accounts,"
        " domain; unverified entries are suspected, fabricated ones denied."
    )

    def recognizes(self, document: Document) -> bool:
        """Return whether its first record has the fields of a breach: a name or a title, a number of accounts, classes of data."""
        return recognizes(document, BreachList)

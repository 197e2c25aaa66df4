"""The breach list of Have I Been Pwned, in its older and its current fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.formats import recognizes
from kg.extract.hibp.fields import BreachList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Document, Extracted


class HibpExtractor:
    """Reads breach lists of Have I Been Pwned."""

    name = "hibp"
    version = "15"
    description = (
        "Have I Been Pwned breach lists (JSON, CSV), older and current fields: data classes, accounts, domain; unverified"
        " entries are suspected, fabricated ones denied."
    )

    def recognizes(self, document: Document) -> bool:
        """Return whether its first record has the fields of a breach: a name, a number of accounts, classes of data."""
        return recognizes(document, BreachList)

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield an incident for every breach; one without a name and a repeated one are defects."""
        from kg.extract.hibp.reading import read

        return read(document)

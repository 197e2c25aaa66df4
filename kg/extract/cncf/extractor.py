"""The catalogue of supply-chain compromises in Markdown: its pages, one compromise each, and its index, a table of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract import LateExtractor
from kg.extract.cncf.index import LONGEST, indexes

if TYPE_CHECKING:
    from kg.model import Document


class CncfExtractor(LateExtractor):
    """Reads the catalogue of supply-chain compromises of the CNCF."""

    name = "cncf"
    reading = "kg.extract.cncf.reading"
    version = "20"
    description = (
        "The CNCF catalogue of supply-chain compromises (Markdown): a page of each with impact, type of compromise and"
        " references; the index, a table of name, year, type and links."
    )

    def recognizes(self, document: Document) -> bool:
        """Return whether it is a page with a section for the type of compromise, or holds a table with a column for it."""
        if len(document.text) > LONGEST:
            return False
        marked = re.search(r"[#|*]|^(?:=|-){2}", document.text, re.MULTILINE) is not None
        return (marked and _is_page(document)) or bool(indexes(document))


def _is_page(document: Document) -> bool:
    from kg.extract.cncf.sections import is_page, sections, without_comments

    return is_page(document.name, sections(without_comments(document.text)))

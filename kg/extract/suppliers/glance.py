"""Whether a document may list suppliers in another form than a table, as far as a glance tells that costs next to nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.supplier_words import LISTED
from kg.extract.tabular.json_table import is_json
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.model import Document

_LONGEST = 2_000_000
"""Characters of a page."""
_MARKED = regex(r"^[ \t]*+(?:[-*+•‣▪]|\d{1,3}[.)])[ \t]|<(?:li|dt)\b", re.MULTILINE | re.IGNORECASE)
_TITLED = regex(r"^ {0,3}#{2,6}[ \t]|<h[2-6]\b", re.MULTILINE | re.IGNORECASE)
_ABOUT = regex(r"\b(?:suppliers|vendors)\b")
_BETWEEN = regex(r"[\s_-]+")


def may_hold_items(document: Document) -> bool:
    """Return whether a document has items of lists, and speaks of sub-processors."""
    return _speaks_of(document, _MARKED, LISTED)


def may_hold_cards(document: Document) -> bool:
    """Return whether a document has headings, and speaks of suppliers."""
    return _speaks_of(document, _TITLED, LISTED, _ABOUT)


def _speaks_of(document: Document, mark: re.Pattern[str], *words: re.Pattern[str]) -> bool:
    text = document.text
    if len(text) > _LONGEST or is_json(document) or not mark.search(text):
        return False
    return any(one.search(_as_words(text)) for one in words)


@lru_cache(maxsize=1)  # who looks for lists in a document looks for cards too
def _as_words(text: str) -> str:
    """A text in small letters, with a blank for whatever parts its words."""
    return _BETWEEN.sub(" ", text).casefold()

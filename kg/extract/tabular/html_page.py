"""Whether a document is a page in HTML, and may be read as one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.tabular.front_matter import front_matter
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.model import Document

LONGEST = 20_000_000
"""Characters of a page."""
MOST_OPEN = 1_000
"""Tags and comments that never end: the parser looks for the end of each through the rest of the page."""
_OPENING = regex(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body|table|div|main|section|article)\b", re.IGNORECASE)  # fmt: skip
_PIECE = regex(r"\s*<(?:h[1-6]|p|header|title)\b", re.IGNORECASE)
_MARKDOWN = regex(r"^ {0,3}(?:#{1,6}[ \t]|\|)|```", re.MULTILINE)
"""A text in Markdown may begin with a tag too, and hold tables of both kinds."""
_DRAWN = regex(r"<table\b|\brole\s{0,3}=\s{0,3}[\"']?table\b", re.IGNORECASE)


def is_html(document: Document) -> bool:
    """Return whether a document is an HTML page, or a piece of one, that holds a table."""
    return is_page(document) and _DRAWN.search(document.text, 0, LONGEST) is not None


def is_page(document: Document) -> bool:
    """Return whether a document is an HTML page, or a piece of one, front matter or not."""
    text, begin = document.text, front_matter(document.text)[1]
    head = text[begin : begin + 2000]
    return bool(_OPENING.match(head) or (_PIECE.match(head) and not _MARKDOWN.search(text)))


def never_ends(text: str) -> bool:
    """Return whether a page has so many tags and comments without an end that reading it would take too long."""
    marks = (("<", ">"), ("<!--", "-->"), ("<![", "]>"))
    return any(text.count(opening, text.rfind(end) + 1) > MOST_OPEN for opening, end in marks)

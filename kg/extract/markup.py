"""HTML: what a piece of it says that stands in a field of a record, and a parser that knows where in a page it is."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from kg.extract.entities import unescape
from kg.patterns import regex

_LONGEST_TAG = 3_000
_BREAK = regex(r"<(?:br|/p|/div|/li)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = regex(rf"</?[A-Za-z][^<>]{{0,{_LONGEST_TAG}}}>|<!--[^<>]{{0,{_LONGEST_TAG}}}-->")


def plain_html(text: str) -> str:
    """Return what a piece of HTML says on one line: tags dropped, entities decoded; a "<" that opens no tag stays."""
    if "<" not in text and "&" not in text:
        return " ".join(text.split())
    bare = _TAG.sub("", _BREAK.sub(" ", text)) if "<" in text else text
    return " ".join(unescape(bare).split())


class PageParser(HTMLParser):
    """Parses a page and knows where in its source it is."""

    def __init__(self, source: str, *, convert_charrefs: bool = True) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.source = source
        self._lines = [0, *(match.end() for match in re.finditer("\n", source))]

    def place(self) -> int:
        """Return where the tag or the text begins that is being read."""
        line, offset = self.getpos()
        return self._lines[line - 1] + offset

    def span(self, data: str) -> tuple[int, int]:
        """Return the characters of a text that is being read, without blanks around it: as far as the next tag where it is longer in the page."""
        at = self.place()
        end = at + len(data) if self.source.startswith(data, at) else self.source.find("<", at)
        end = end if end >= 0 else len(self.source)
        return at + len(data) - len(data.lstrip()), at + len(self.source[at:end].rstrip())

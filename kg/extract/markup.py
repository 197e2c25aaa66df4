"""Text out of HTML that stands in a field of a record."""

from __future__ import annotations

import html
import re

from kg.patterns import regex

_LONGEST_TAG = 3_000
_BREAK = regex(r"<(?:br|/p|/div|/li)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = regex(rf"</?[A-Za-z][^<>]{{0,{_LONGEST_TAG}}}>|<!--[^<>]{{0,{_LONGEST_TAG}}}-->")


def plain_html(text: str) -> str:
    """Return what a piece of HTML says on one line: tags dropped, entities decoded; a "<" that opens no tag stays."""
    if "<" not in text and "&" not in text:
        return " ".join(text.split())
    bare = _TAG.sub("", _BREAK.sub(" ", text)) if "<" in text else text
    return " ".join(html.unescape(bare).split())

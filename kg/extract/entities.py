"""HTML entities, decoded; the library's table of them takes a millisecond to load, and few texts have any."""

from __future__ import annotations


def unescape(text: str) -> str:
    """Return a text with its HTML entities decoded."""
    if "&" not in text:
        return text
    from html import unescape as decode  # noqa: PLC0415 - see above

    return decode(text)

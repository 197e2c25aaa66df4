"""What stands in the brackets of a cell, and the cell without it."""

from __future__ import annotations

from kg.patterns import regex

BRACKET = regex(r"\s*[(\[（]((?:[^()\[\]（）]|\([^()]{0,200}\)|\[[^()\[\]]{0,200}\]){0,300})[)\]）]")
"""A bracket; its group is what stands in it."""
_FOOTNOTE = regex(r"\d{1,3}|[a-z]|note \d{1,3}|[*†‡]+")
_LONGEST = 600


def brackets(text: str) -> list[str]:
    """Return what stands in brackets in a text, footnote marks left out."""
    if not opens_bracket(text):
        return []
    found = (match[1].strip() for match in BRACKET.finditer(text[:_LONGEST]))
    return [remark for remark in found if not _FOOTNOTE.fullmatch(remark)]


def without_brackets(text: str) -> str:
    """Return a text without what stands in brackets."""
    return BRACKET.sub(" ", text).strip()


def blotted(text: str) -> str:
    """Return a text of the same length in which what stands in brackets parts nothing."""
    return BRACKET.sub(lambda match: "x" * len(match[0]), text) if opens_bracket(text) else text


def opens_bracket(text: str) -> bool:
    """Return whether a bracket opens in a text."""
    return "(" in text or "[" in text or "（" in text

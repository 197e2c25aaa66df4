"""The sentences of the account of a breach portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Span

SENTENCE = regex(r"[^.]*(?:\.(?!\s+[A-Z\\]|\s*\Z)[^.]*)*\.?")


def sentences(story: str) -> Iterator[Span]:
    """Yield the characters of every sentence of an account."""
    return (match.span() for match in SENTENCE.finditer(story) if match[0].strip())

"""The sentences of the account of a breach portal."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.patterns import regex

if TYPE_CHECKING:
    from kg.model import Span

_SENTENCE = regex(r"[^.]*(?:\.(?!\s+[A-Z\\]|\s*\Z)[^.]*)*\.?")


@lru_cache(maxsize=1)  # the rules ask, one after the other, for those of the same account
def sentences(story: str) -> tuple[Span, ...]:
    """Return the characters of every sentence of an account."""
    return tuple([match.span() for match in _SENTENCE.finditer(story) if match[0].strip()])


def sentence_at(story: str, at: int) -> Span:
    """Return the characters of the sentence in which a place of an account is, those of all of it where it is in none."""
    return next((one for one in sentences(story) if one[0] <= at < one[1]), (0, len(story)))

"""The sentences of the account of a breach portal."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.patterns import regex

if TYPE_CHECKING:
    from kg.model import Span

SENTENCE = regex(r"[^.]*(?:\.(?!\s+[A-Z\\]|\s*\Z)[^.]*)*\.?")

_ENDS = regex(r"\.(?=\s+[A-Z\\]|\s*\Z)")


@lru_cache(maxsize=1)  # the rules ask, one after the other, for those of the same account
def sentences(story: str) -> tuple[Span, ...]:
    """Return the characters of every sentence of an account."""
    return tuple([match.span() for match in SENTENCE.finditer(story) if match[0].strip()])


def sentence_at(story: str, at: int, first: int) -> Span:
    """Return the characters of the sentence in which a place of an account is, where another ends at `first` before it."""
    dot = at
    while (dot := story.rfind(".", first, dot)) >= 0:
        if _ENDS.match(story, dot):
            first = dot + 1
            break
    match = SENTENCE.match(story, first)
    return match.span() if match else (first, len(story))

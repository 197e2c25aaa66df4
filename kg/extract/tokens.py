"""Words of a text with their places, and what is known of each without its neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.extract.lexicon import classes
from kg.extract.sentences import sentences
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.model import Span

_TOKEN: Final = regex(
    r"(?:[A-Za-z]\.){2,6}|\d[\d.,]{0,20}\d(?!\w)|['’]s\b|n['’]t\b"
    r"|\w{1,60}\$|\w{1,60}(?:(?:[-.&/@]|['’](?!s\b))\w{1,40}){0,6}|[^\w\s]"
)


@dataclass(slots=True)
class Tokens:
    """The words of a text, in its order.

    Attributes:
        text: the text.
        starts, ends: first and one-past-last character of each word.
        words: the words as printed.
        lowers: the same in lower case.
        kinds: the classes of each word.
        sentences: (first, one-past-last word) of each sentence.
        sentence_of: the number of each word's sentence.
        groups: the characters of each group of organizations that the text counts or describes without naming them.
    """

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    lowers: list[str] = field(default_factory=list)
    kinds: list[tuple[str, ...]] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    groups: list[Span] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    def sentence(self, at: int) -> Span:
        """Return the first and one-past-last word of the sentence that a word stands in."""
        return self.sentences[self.sentence_of[at]]

    def span(self, first: int, last: int) -> Span:
        """Return the characters of words [first, last)."""
        return self.starts[first], self.ends[last - 1]

    def within(self, start: int, end: int) -> Span:
        """Return the first and one-past-last word of which characters [start, end) hold any part."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def printed(self, first: int, last: int) -> str:
        """Return the text of words [first, last)."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def tokens(text: str, *, grouped: bool = True) -> Tokens:
    """Return the words of a text, parted into sentences; with the groups of organizations it tells of, which takes most of the time."""
    found = Tokens(text)
    spans: list[Span] = []
    for start, end in sentences(text):
        first = len(spans)
        spans += [match.span() for match in _TOKEN.finditer(text, start, end)]
        if len(spans) > first:
            found.sentence_of += [len(found.sentences)] * (len(spans) - first)
            found.sentences.append((first, len(spans)))
    found.starts, found.ends = [start for start, _ in spans], [end for _, end in spans]
    found.words = [text[start:end] for start, end in spans]
    told = list(map(known, found.words))
    found.lowers, found.kinds = [lower for lower, _ in told], [kinds for _, kinds in told]
    if grouped:
        from kg.extract.unnamed_groups import groups  # noqa: PLC0415 - most readers ask for words alone

        found.groups += groups(text, [found.span(*sentence) for sentence in found.sentences])
    return found


@lru_cache(maxsize=65536)
def known(word: str) -> tuple[str, tuple[str, ...]]:
    """Return a word in lower case, and its classes."""
    lower = word.lower().replace("’", "'")
    table = classes()
    kinds = table.get(lower, ())
    if not kinds and "-" in lower:
        kinds = table.get(lower.rsplit("-", 1)[-1], ())
    return lower, kinds


@lru_cache(maxsize=65536)
def marked(mark: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the classes of a word as features, each behind a mark; kept, since there are few."""
    return tuple(mark + kind for kind in kinds)


@lru_cache(maxsize=65536)
def shape(word: str) -> str:
    """Return the shape of a word: where it has capitals, digits and other marks."""
    if word.isalpha():
        if word.islower():
            return "x"
        if word.isupper():
            return "X" if len(word) == 1 else "XX"
        return "Xx" if word[0].isupper() and word[1:].islower() else "xX" if word[0].islower() else "XxX"
    if word[0].isdigit():
        return "9" if word.replace(",", "").replace(".", "").isdigit() else "9x"
    if not word[0].isalnum():
        return word[:2]
    return ("X" if word[0].isupper() else "x") + ("9" if any(c.isdigit() for c in word) else "-")

"""Abbreviations that the words of a name make: of their first letters (UPMC), or of their beginnings (FedEx)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.resolve.words import Sort, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_LENGTHS: Final = range(4, 13)
_SYLLABLE: Final = 2  # letters that each word gives to a blend


def initials(tokens: Sequence[str], form: str) -> frozenset[str]:
    """Return the abbreviations that first letters make: with and without joining words, with the legal form, without a place before."""
    if len(tokens) < 2:  # noqa: PLR2004 - one word has no initials
        return frozenset()
    telling = [token for token in tokens if words().sort(token) is not Sort.STOP]
    whole, bare = ("".join(token[0] for token in told) for told in (tokens, telling))
    placed = len(bare) > _SYLLABLE and words().sort(words().canonical.get(telling[0], telling[0])) is Sort.PLACE
    return frozenset({whole, bare, bare + form[:1].casefold()} | ({bare[1:]} if placed else set()))


def blend(short: str, tokens: Sequence[str]) -> bool:
    """Return whether a word is made of the beginnings of others: "fedex" of "federal express".

    Each gives two letters or more, one of them not all of itself; general words and places at the end may give none.
    """
    if len(short) not in _LENGTHS or len(tokens) < 2 or short[:_SYLLABLE] != tokens[0][:_SYLLABLE]:  # noqa: PLR2004
        return False
    if tokens[1][:_SYLLABLE] not in short:
        return False
    sorts = words().sorted(tokens)
    return any(
        all(sort in {Sort.FILLER, Sort.WEAK, Sort.PLACE} for sort in sorts[count:]) and _made_of(short, tokens[:count])
        for count in range(2, len(tokens) + 1)
    )


def _made_of(short: str, tokens: Sequence[str]) -> bool:
    if not tokens:
        return not short
    word, rest = tokens[0], tokens[1:]
    most = min(len(word), len(short) - _SYLLABLE * len(rest))
    return any(short[:size] == word[:size] and _made_of(short[size:], rest) for size in range(most, _SYLLABLE - 1, -1))

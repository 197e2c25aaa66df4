"""How words are spelled: slips of the pen, plurals, words cut off, put together, or written in another script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LONG, _VERY_LONG = 5, 12
"""Letters from which one slip is looked for, and two are."""
_LEET: Final = str.maketrans("013457", "oleast")
_DIGITS: Final = frozenset("0123456789")
_TRANSLITERATED: Final = str.maketrans("", "", "aeiouyjw")


def leet(joined: str) -> str:
    """Return a word with the digits that stand for letters as these letters ("cl0p": "clop"); a number stays."""
    return joined if joined.isalpha() or joined.isdigit() else joined.translate(_LEET)


def bones(joined: str) -> str:
    """Return a word without what transliterations differ in: vowels, doubled letters, "x" or "ks"."""
    told = joined.replace("ks", "x").replace("kh", "h").replace("ts", "c").replace("z", "s")
    return joined[:1] + without_doubles(told[1:].translate(_TRANSLITERATED))


def without_doubles(word: str) -> str:
    """Return a word, doubled letters as one."""
    return "".join(letter for letter, before in zip(word, " " + word, strict=False) if letter != before)


def near(one: str, other: str) -> bool:
    """Return whether two words of some length differ by one slip (two in very long ones), their first letters and digits alike."""
    short, most = len(one), len(other)
    if short > most:
        short, most = most, short
    if short < _LONG or one[0] != other[0] or most - short > 2:  # noqa: PLR2004 - slips in the longest words
        return False
    slips = 2 if short >= _VERY_LONG else 1
    if OSA.distance(one, other, score_cutoff=slips) > slips or (short == _LONG and one[-1] != other[-1]):
        return False
    return [c for c in one if c in _DIGITS] == [c for c in other if c in _DIGITS]


def plural(one: str, other: str) -> bool:
    """Return whether one word is the other and an "s"."""
    return abs(len(one) - len(other)) == 1 and (one + "s" == other or other + "s" == one)


def cut(short: str, long: str, dotted: frozenset[str]) -> bool:
    """Return whether one word is the other cut off, as its full stop says."""
    return short in dotted and len(long) > len(short) + 1 and long.startswith(short)


def alike(one: str, other: str, dotted: frozenset[str]) -> bool:
    """Return whether two words are one with a slip, as plural, or cut off; those with a full stop are given."""
    if one[0] != other[0]:
        return False
    return (
        plural(one, other) or near(one, other) or bool(dotted and (cut(one, other, dotted) or cut(other, one, dotted)))
    )


def put_together(tokens: Sequence[str], other: Iterable[str]) -> list[str]:
    """Return the words of a name, those in one that another name has as one: "Power School" beside "PowerSchool"."""
    if len(tokens) == 1:
        return list(tokens)
    whole = "".join(tokens)
    wanted = [word for word in other if word in whole and word not in tokens]
    told = list(tokens)
    for word in wanted:
        for start, first in enumerate(told):
            if word.startswith(first) and (end := _end(told, start, word)):
                told[start:end] = [word]
                break
    return told


def _end(tokens: list[str], start: int, word: str) -> int:
    """Behind which of the tokens a word ends that they make from a start on; 0 if they do not."""
    made = ""
    for end in range(start, len(tokens)):
        made += tokens[end]
        if len(made) >= len(word):
            return end + 1 if made == word else 0
    return 0


def take_out(left: list[str], right: list[str], pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Take pairs out of the words of two names, as long as there are both words, and return those taken."""
    taken = []
    for one, other in pairs:
        if one in left and other in right:
            left.remove(one)
            right.remove(other)
            taken.append((one, other))
    return taken


def take_shared(left: list[str], right: list[str]) -> list[str]:
    """Take the words that two names share out of both, and return them."""
    taken = [word for word in left if word in right]
    return [one for one, _ in take_out(left, right, zip(taken, taken, strict=True))] if taken else taken

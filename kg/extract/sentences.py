"""Where the sentences of a prose text begin and end: at stops that end no abbreviation, at line ends, at list marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from kg.model import Span

LONGEST: Final = 1_500
"""Characters of a sentence; what has no stop for longer is cut at a blank, so that reading stays linear."""
_ABBREVIATIONS: Final = frozenset(
    """
    mr mrs ms dr prof st sr jr inc corp co ltd llc llp plc bros no nos vs etc dept univ approx est gov gen sen rep rev
    jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e u.s u.k u.n u.s.a a.m p.m d.c ph.d fig vol art sec sgt col
    lt mt ft messrs assn intl cf al
    """.split()
)
_NEVER_LAST: Final = frozenset("mr mrs ms dr prof st no nos vs gen sen rep e.g i.e messrs cf mt ft approx fig".split())
_STOP: Final = regex(r"(?:[.!?]+[\"”’'»)\]]{0,3}(?=\s)|\n)\s*")
_LAST_WORD: Final = regex(r"[\w.&’'-]{1,24}\Z")


def sentences(text: str) -> Iterator[Span]:
    """Yield where each sentence of a text stands, without the white space around it."""
    start = 0
    for match in _STOP.finditer(text):
        if "\n" not in match[0] and not _ends(text, match):
            continue
        yield from _cut(text, start, match.end())
        start = match.end()
    yield from _cut(text, start, len(text))


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a stop ends a sentence: an upper-case word or number follows, and no abbreviation leads up to it."""
    following = text[match.end() : match.end() + 2].lstrip("\"“‘'([«")
    if following and following[0].islower() and match[0][0] == ".":
        return False
    word = _LAST_WORD.search(text, max(0, match.start() - 24), match.start())
    last = word[0].lower() if word else ""
    if match[0][0] != ".":
        return True
    if last in _NEVER_LAST or (len(last) == 1 and last.isalpha() and word is not None and word[0].isupper()):
        return False
    return last not in _ABBREVIATIONS or _opens(following, text[match.end() : match.end() + 24])


def _opens(first: str, ahead: str) -> bool:
    """Whether what follows an abbreviation begins a sentence of its own: with a word that is rarely part of a name."""
    return first[:1].isupper() and ahead.lstrip("\"“‘'([").split(" ", 1)[0] in _OPENERS


_OPENERS: Final = frozenset(
    """
    The A An It Its In On At By For From With This That These Those There They Their He She We Our His Her But And As If
    When While After Before Since Under Until No Not Some Most Many Both Last Later Now Then Also However Meanwhile
    Attackers Hackers Customers Investigators Intruders Data
    """.split()
)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """The characters [start, end) without outer white space, in pieces that are not too long."""
    while start < end:
        while start < end and text[start].isspace():
            start += 1
        stop = end
        if end - start > LONGEST:
            blank = text.rfind(" ", start + 1, start + LONGEST)
            stop = blank if blank > start else start + LONGEST
        last = stop
        while last > start and text[last - 1].isspace():
            last -= 1
        if last > start:
            yield start, last
        start = stop

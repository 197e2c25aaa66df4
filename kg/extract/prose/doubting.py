"""What a text says only may have happened: which of its clauses hedge, and which exposed parties are spoken of in no other way."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.extract.certainties import least
from kg.extract.clauses import TURN
from kg.extract.doubts import hedges
from kg.extract.harm import DONE
from kg.model import Certainty
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.prose.cast import Party
    from kg.extract.prose.decided import Decided
    from kg.extract.tokens import Tokens

_MAY_BE: Final = regex(
    r"\b(?:may|might|could)(?:\salso|\swell)?\sbe(?=\s(?:affected\b|(?:among|one\sof)\b[^.;]{0,60}\b(?:affected|breach|compromis|expos|hit\b|leaked|lost|stolen|taken|victim)))",
    re.IGNORECASE,
)
"""A hedge in the present, of one party or kind among others."""
_GOES_ON: Final = regex(
    r"\b(?:and|or)(?:,\s[^,;.]{1,40},\s|(?:,|\salso)?\s(?:that\s)?(?:(?:they|it|(?:the\s)?(?:attackers?|criminals?|hackers?|intruders?|thieves))\s)?)\Z",
    re.IGNORECASE,
)
"""Before a hedge that holds only for what follows it ("stole names and may have accessed passwords", "names and, for some, possibly passwords")."""
_SUBJECT: Final = r"(?:(?!(?:had|has|have|stole|that|took|was|were|which|who|whose)\b)[\w’'-]{1,30}\s)"
_OUTRIGHT: Final = r"(?:stole|took|(?:was|were|had\sbeen|has\sbeen|have\sbeen)\s(?:\w+ly\s|also\s)?(?:accessed|affected|copied|exposed|hit|leaked|obtained|stolen|taken|viewed))"
_WAS_HIT: Final = regex(rf"\b{_OUTRIGHT}\b", re.IGNORECASE)
_OTHER_SUBJECT: Final = regex(rf"(?P<comma>,)?\s(?:and|or)\s{_SUBJECT}{{1,8}}\Z", re.IGNORECASE)
"""Before a hedge whose subject is its own, where something was said outright before ("names were stolen and their passwords may have been")."""
_TELLS_ON: Final = regex(rf",?\s(?:and|but)\s{_SUBJECT}{{0,6}}{_OUTRIGHT}\b", re.IGNORECASE)
"""Behind a hedge that is over ("may have exposed names, and stole passwords")."""
_WHETHER: Final = regex(
    r"\s?\bwhether\s(?:(?!(?:are|had|has|have|is|was|were)\b)[\w’'-]{1,30},?\s){1,8}(?:are|had|has|have|is|was|were)\s(?:(?:also|any|been|really)\s){0,3}"
    rf"(?:{DONE}|lost)\b",
    re.IGNORECASE,
)
"""What is asked, and not known."""
_INCLUDES: Final = regex(r"\sinclud", re.IGNORECASE)
"""Behind a hedge that holds for the kinds of data behind it alone ("stole data, possibly including names")."""
_REACH: Final = 120
_ITEM: Final = regex(
    r"(?:\s(?!(?:access|affect|breach|compromis|copied|expos|leak|obtain|steal|stol|taken|view))[\w’'-]{1,30}){1,5}?(?=,|\s(?:belonging|for|from|of|was|were)\b)",
    re.IGNORECASE,
)
"""Behind a hedge that holds for one thing of several ("names and possibly passwords of its customers")."""
_HIT: Final = regex(r"\b(?:affect|copied|expos|hit\b|impact|leak|obtain|steal|stol|taken|viewed)", re.IGNORECASE)
"""What was done to a customer; a breach, an intrusion and access may be its supplier's."""


class _Clause(NamedTuple):
    """Characters of a text, and whether a hedge holds for them."""

    start: int
    end: int
    hedged: bool


class Doubts:
    """How sure a text is of each harm: no surer than of the incident, and less where it hedges."""

    def __init__(self, words: Tokens, found: Decided, certainty: Certainty) -> None:
        self._words, self._found, self._sure = words, found, certainty
        self._doubted = least(certainty, Certainty.SUSPECTED)
        self._clauses = list(_clauses(words))

    def at(self, start: int) -> Certainty:
        """Return how sure the text is of what begins at a character."""
        return self._doubted if self._clause(start).hedged else self._sure

    def of_party(self, party: Party) -> Certainty:
        """Return how sure the text is that a customer was affected: less where a clause that speaks of it hedges, and none says it outright."""
        clauses = {self._clause(self._words.starts[mention.first]) for mention in party.mentions}
        doubted = any(one.hedged for one in clauses) and not any(map(self._is_hit, clauses))
        return self._doubted if doubted else self._sure

    def _is_hit(self, clause: _Clause) -> bool:
        """Whether a clause says without a hedge that somebody was affected, or names the data."""
        told = (self._words.starts[phrase.first] for phrase, _, _ in self._found.data)
        return not clause.hedged and (
            _HIT.search(self._words.text, clause.start, clause.end) is not None
            or any(clause.start <= at < clause.end for at in told)
        )

    def _clause(self, at: int) -> _Clause:
        return self._clauses[bisect_right(self._clauses, at, key=lambda clause: clause.start) - 1]


def _clauses(words: Tokens) -> Iterator[_Clause]:
    """The clauses of a text in its order, parted where a hedge begins that does not hold for what stands before it."""
    for first, last in words.sentences:
        begin, stop = words.starts[first], words.ends[last - 1]
        turns = (
            match.start()
            for match in TURN.finditer(words.text, begin + 1, stop)
            if not _WHETHER.match(words.text, match.end())  # it asks of those named before
        )
        for start, end in pairwise([begin, *turns, stop]):
            yield from _parted(words.text[start:end], start)


def _parted(text: str, begin: int) -> Iterator[_Clause]:
    """The parts of one clause that begins at a character: what each of its hedges holds for, and what stands before and behind."""
    found = [(_begins(text, hedge), hedge.end()) for hedge in (*hedges(text), *_MAY_BE.finditer(text))]
    asked = [
        (match.start() if _HIT.search(text, 0, match.start()) else -1, match.end()) for match in _WHETHER.finditer(text)
    ]
    sure = 0
    for first, last in sorted(found + asked):
        start = max(first, 0)
        if start >= sure:
            item = _ITEM.match(text, last) if first >= 0 else None
            end = item.end() if item else match.start() if (match := _TELLS_ON.search(text, last)) else len(text)
            yield _Clause(begin + sure, begin + start, hedged=False)
            yield _Clause(begin + start, begin + end, hedged=True)
            sure = end
    yield _Clause(begin + sure, begin + len(text), hedged=False)


def _begins(text: str, hedge: re.Match[str]) -> int:
    """Where what a hedge holds for begins, -1 where that is all of its clause."""
    at = hedge.start()
    if goes_on := _GOES_ON.search(text, max(0, at - _REACH), at):
        return goes_on.start()
    if _INCLUDES.match(text, hedge.end()):
        return at
    other = _OTHER_SUBJECT.search(text, max(0, at - _REACH), at)
    told = other and (_HIT if other["comma"] else _WAS_HIT).search(text, 0, other.start())
    return other.start() if other and told else -1

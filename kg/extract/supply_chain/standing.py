"""Whether a row says that its attack happened: some tell of one that nobody has confirmed, that is denied, or that was a false alarm."""

from __future__ import annotations

import re

from kg.extract.doubts import LATER, UNTRUE
from kg.extract.happening import EVENT, UNSURE
from kg.extract.harm import HIT
from kg.extract.relations import SENTENCE_END
from kg.model import Certainty
from kg.patterns import gaps, regex

_TALK = r"(?:allegation|claim|report|stor(?:y|ie))s?"
_UNCONFIRMED = regex(
    rf"\W{{0,2}}(?:(?:it|this|(?:the|this|these)\s(?:\w+\s)?(?:{_TALK}|{EVENT}))\s(?:\w+\s){{1,3}}?)?{UNSURE}(?=\s*(?:[.,;]|\Z)|\sby\b)",
    re.IGNORECASE,
)
"""What a sentence begins with that says of all of it that nobody has confirmed it."""
_DENIES = regex(
    r"\b(?:denie[sd]|disputes?d?|refute[sd]?)\s(?:(?:all|any|that|the|these|this)\s)?(?:[\w-]+\s)?"
    r"(?:(?:reports?|stor(?:y|ies))(?=\s*(?:[.,;]|\Z))"
    rf"|(?:(?:being|having\sbeen|it\s(?:had\sbeen|was))\s(?:\w+\s)?(?:{HIT})|{EVENT}(?=\s*(?:[.,;]|\Z)|\s(?:against|at|happened|in|into|occurred|on|took)\b)))",
    re.IGNORECASE,
)
"""What somebody says who denies it; not who denies a part of it, or what those who are accused of it deny."""
_OF_OTHERS = regex(
    r"\b(?:clients|companies|customers|firms|government|organi[sz]ations|users|victims)\b", re.IGNORECASE
)


def certainty(text: str) -> Certainty:
    """Return how sure a row is that its attack happened, by the sentences of its description or comments that are about all of it."""
    told = [text[start:end].strip() for start, end in gaps(SENTENCE_END, text)]
    if any(UNTRUE.fullmatch(re.split(r"\s*[:,;]\s", sentence)[0]) for sentence in told):
        return Certainty.DENIED
    doubted = any(_UNCONFIRMED.match(sentence) or _denies(sentence) for sentence in told)
    return Certainty.SUSPECTED if doubted else Certainty.CONFIRMED


def _denies(sentence: str) -> bool:
    """Whether somebody denies it in a sentence and did not confirm it later; what customers or a government deny is another thing."""
    denial = _DENIES.search(sentence)
    return denial is not None and not (LATER.search(sentence) or _OF_OTHERS.search(sentence, 0, denial.start()))

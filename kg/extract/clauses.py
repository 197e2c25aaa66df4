"""Clauses of a sentence: where one begins that says something else, and how sure one is of what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.model import Certainty
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Span

TURN: Final = regex(r";|,?\s(?:but|while|whereas|although|though)\s")
"""Where a clause begins that says something else than the one before it."""
EVENT: Final = r"(?:attacks?|break-ins?|breach(?:es)?|compromise|cyber-?attacks?|failure|hacks?|incidents?|intrusions?|leaks?|loss(?:es)?|outages?|thefts?)"
DOUBTFUL: Final = r"(?:alleged|claimed|possible|potential|purported|reported|rumou?red|supposed|suspected|unconfirmed)"
_BUT_NOT: Final = (
    r"(?!\b(?:after|because|before|contradicting|despite|following|result|since|through|when|where|which|who|whose)\b)"
)
"""What follows these has happened, whatever is denied before them."""
_NO_BLAME: Final = r"(?!\b(?:blame\w*|fault|guilt\w*|liab\w+|negligen\w+|(?<!\bclaimed\s)responsib\w+|wrongdoing)\b)"
"""Who denies that he is to blame for an incident does not deny the incident."""
_ASKED: Final = (
    r"\b(?:if|whether)\b(?:(?!\b(?:after|because|despite|following|since|(?<!\band\s)(?<!\bor\s)when)\b)[^;])*"
)
_CLAIM: Final = r"(?:allegations?|claims?(?!\s(?:against|for|over)\b)|reports?|rumou?rs?|stor(?:y|ies)|suggestions?)"
_DENY: Final = r"(?<!\bcannot\s)(?<!\bnor\s)(?<!\bnot\s)(?<!n['’]t\s)\b(?:contest|den|dismiss|disput|refut|reject)(?:y|e|es|ies|ed|ied|ing|ying|s)?\b"
_FALSE: Final = r"(?:a\s(?:fake|hoax|lie)|baseless|fabricated|faked?|false|forged|incorrect|invented|made\sup|not\strue|unfounded|untrue|wrong)"
_DENIED: Final = regex(
    rf"\b{_FALSE}\sthat\b.*"
    rf"|{_DENY}\s(?:{_BUT_NOT}{_NO_BLAME}(?!(?:against|for|in(?!\sany\b)|over)\b)[\w’'-]{{1,25}},?\s){{0,6}}?(?:{_CLAIM}|any|being|having|it|that(?=\s(?:any|data|hackers|its?|the|they)\b|\s(?-i:[A-Z]))|{EVENT})\b(?:{_BUT_NOT}{_NO_BLAME}.)*"
    rf"|\b(?:{_CLAIM}|documents|posts?|screenshots|(?P<itself>{EVENT}))\b[^;:]*?\b(?:(?:are|be|been|is|proved|was|were)\s(?:to\sbe\s)?(?:\w+ly\s)?"
    rf"(?:{_FALSE}|denied|refuted|(?:dismissed|rejected)(?(itself)\sas\b))|turned\sout\sto\sbe\s{_FALSE}|(?:never|not)\s(?:happened|occurred|taken\splace|took\splace))\b",
    re.IGNORECASE | re.DOTALL,
)
"""What is said not to be so: "it is not true that", "denied that", "reports that ... are false"."""
_NO_INTRUDER: Final = "".join(
    rf"(?<!\b{who}\s)" for who in "attacker attackers criminals hacker hackers intruder intruders thieves".split()
)
"""Where there are intruders there was an intrusion, whatever they may have seen."""
_OPEN: Final = regex(
    rf"{_NO_INTRUDER}\b(?:could|may|might)\s(?:also\s|well\s)?(?:be|have)\b(?!\s(?:heard|read|seen)\b)(?:{_BUT_NOT}[^,;])*|{_ASKED}|\b(?:believed|feared|rumou?red|thought)\sto\shave\b[^,;]*"
    rf"|\b(?:{DOUBTFUL}|allegedly|apparently|possibly|potentially|purportedly|reportedly|supposedly)\s"
    r"(?!(?:attackers?|criminals?|gang|group|hackers?|intruders?|thieves)\b)(?:[\w’'-]{1,25}\s){0,3}?[\w’'-]{1,25}",
    re.IGNORECASE | re.DOTALL,
)
"""What is not said to be so, nor not to be."""
_NEGATED: Final = regex(
    r"\b(?:neither|never|no(?!\s(?:doubt|fewer|later|less|longer)\b)|none|not(?!\s(?:just|merely|only|until)\b)|without)\b[^,;:]*|n['’]t\b[^,;:]*",
    re.IGNORECASE | re.DOTALL,
)


def sureness(clause: str, places: Iterable[int]) -> Iterator[Certainty | None]:
    """Yield how sure a clause is of what it says at places in it: denied, suspected where that is left open, None where it is merely negated."""
    denied, left_open, negated = (
        [match.span() for match in pattern.finditer(clause)] for pattern in (_DENIED, _OPEN, _NEGATED)
    )
    for at in places:
        if denials := among(denied, at):
            # "Claims that no data were stolen are false" says that they were.
            yield Certainty.CONFIRMED if max(among(negated, at), default=0) > denials[0] else Certainty.DENIED
        elif among(left_open, at):
            yield Certainty.SUSPECTED
        else:
            yield None if among(negated, at) else Certainty.CONFIRMED


def among(spans: Iterable[Span], at: int) -> list[int]:
    """Return where those of some stretches begin in which a place is."""
    return [start for start, end in spans if start <= at < end]

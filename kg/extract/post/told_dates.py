"""When it happened and was found, as the prose of a post tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.date_verbs import OTHER, dates_and_verbs
from kg.extract.post.elsewhere import EARLIER
from kg.extract.post.parties import STATED
from kg.extract.post.strangers import tells_of_another
from kg.extract.relations import mention
from kg.model import DateOf, IncidentDate
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kg.extract.post.casting import Cast
    from kg.extract.relations import Sentence

_SEASONS = frozenset({"21", "22", "23", "24"})
"""What stands for the month where only a season is told."""
_OF_IT = regex(
    r"\b(?:it|the\scompany|(?:an?|the|this)\s(?:attack|breach|hack|incident|intrusion|theft))\b", re.IGNORECASE
)
"""That a sentence speaks of what the post is about: with no exact day it may be one of anything."""


def told_dates(found: Sequence[Sentence], people: Cast, last: date) -> Iterator[IncidentDate]:
    """Yield the dates that the prose tells of what befell the companies of a post, those that are not exact last.

    Args:
        found: the sentences of the prose.
        people: who is listed.
        last: the day after which nothing is told that has happened.
    """
    names, vague = people.listed(), []
    for sentence in found:
        dates = list(dates_and_verbs(sentence.text, vague=True))
        for at, what, verb in () if dates and EARLIER.search(sentence.text) else dates:
            late = at.date.latest and at.date.latest > last
            if what != OTHER and not late and not tells_of_another(sentence.text, verb, names, people.opening):
                told = IncidentDate(at.date, DateOf(what), (sentence.evidence(at.start, at.end, confidence=STATED),))
                if at.date.edtf[5:7] not in _SEASONS and "~" not in at.date.edtf:
                    yield told
                elif _OF_IT.search(sentence.text) or any(mention(name, sentence.text) for name in names):
                    vague.append(told)
    yield from vague

"""What a date dates where its own clause says so: the verb nearest to it is one of finding, telling, doing harm, or none of these.

"An engineer noticed the theft on 4 May", "On 4 May thieves entered", "the company told customers on 4 May"; and "was
fined on 4 May", which dates nothing of an incident. Where a clause has no such verb, the model judges alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.extract.date_verbs import CLAUSE_END, OTHER, OUT, PASSIVE, REACH, REPORTED, made_of, verb_of
from kg.model import DateOf, Role
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.extract.prose.judged import Judged
    from kg.extract.prose.reading import Phrase
    from kg.extract.tokens import Tokens

_YEAR_MONTH: Final = regex(r"\d{4}-\d{2}")
_REPORTERS: Final = frozenset({Role.REPORTER, Role.ATTACKER})
_SUED: Final = frozenset("action case charges complaint lawsuit suit".split())
_NEAR: Final = 3
"""Words between a verb of telling and its date; what is told farther on often has a date of its own."""
_TELLERS: Final = frozenset({Role.BREACHED, Role.AFFECTED_DOWNSTREAM, Role.SUPPLIER_ONLY, Role.OTHER})


def dated_by(told: Judged, phrase: Phrase) -> str | None:
    """Return what the verb of its clause makes of a date: a `DateOf`, `OTHER`, or None where no verb does.

    A date that opens its sentence belongs to the first verb behind it, any other to the nearest before it.
    """
    words = told.words
    if _numbered(words, phrase):
        return OTHER
    if _labelled(words, phrase):
        return DateOf.REPORTED
    found = verb_of(words, phrase.first, phrase.last)
    if found is None:
        return None
    at, start = found
    if words.lowers[at] in OUT:
        return DateOf.OCCURRED
    low = words.lowers[at]
    if low == "filed":
        return OTHER if words.lowers[at + 1 : at + 2] == ["for"] else None
    if low == "brought":
        begin, end = words.sentence(at)
        return None if _SUED.isdisjoint(words.lowers[max(begin, at - REACH) : min(end, at + REACH)]) else OTHER
    means = made_of(words, found, phrase.thing)
    if start - at > _NEAR and (low in REPORTED or means == DateOf.DISCLOSED):
        return None
    subject = _subject(told, at, words.sentence(at)[0])
    if low in REPORTED and subject in _REPORTERS:
        return DateOf.REPORTED
    if means == DateOf.DISCLOSED and subject not in _TELLERS:
        return DateOf.DISCLOSED if low == "told" and subject == _PASSIVE_VOICE else None
    return means


_DOCUMENTS: Final = frozenset(
    "advisory alert bulletin circular digest edition issue memo newsletter notice number release report version".split()
)


def _numbered(words: Tokens, phrase: Phrase) -> bool:
    """Whether a year and a month are the number of a document: "Advisory 2025-07"."""
    before = phrase.first - 1
    return (
        before >= words.sentence(phrase.first)[0]
        and _YEAR_MONTH.fullmatch(words.text, phrase.thing.start, phrase.thing.end) is not None
        and words.lowers[before] in _DOCUMENTS
    )


_LABELS: Final = frozenset("date dated posted publication published".split())
"""Words for the day of a text in a line of its own: "Published: 4 May 2024", "Date published: 2024-05-04", "Posted on 4 May 2024"."""
_LONGEST_LABEL: Final = 3


def _labelled(words: Tokens, phrase: Phrase) -> bool:
    """Whether a date has a line of its own that calls it the day of the text."""
    first, last = words.sentence(phrase.first)
    label = [word for word in words.lowers[first : phrase.first] if word.isalpha()]
    return (
        0 < len(label) <= _LONGEST_LABEL
        and label[0] in _LABELS
        and (words.words[phrase.first - 1] == ":" or phrase.last == last)
        and all(word in _LABELS or word == "on" for word in label)
    )


_PASSIVE_VOICE: Final = "passive"


def _subject(told: Judged, at: int, begin: int) -> str:
    """The role of the party before a verb, `_PASSIVE_VOICE` where the verb is passive, "" for no party."""
    words = told.words
    if not PASSIVE.isdisjoint(words.lowers[max(begin, at - 2) : at]):
        return _PASSIVE_VOICE
    for before in range(at - 1, begin - 1, -1):
        if words.lowers[before] in CLAUSE_END:
            break
        number = told.scene.party_at.get(before)
        if number is not None:
            odds = told.roles[number]
            return max(odds, key=odds.__getitem__)
    return ""

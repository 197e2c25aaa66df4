"""Where the prose of a post says another thing than its fields: who reads the incident has to know that both cannot be right.

The field is what the incident keeps. Only what can have one value is compared: the day of discovery, the time of the
incident, how many people were affected at most, whether a listed customer was affected at all, and whether a supplier
in doubt was breached. A part ("3,000 employees among them") contradicts no total.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.counts import find_counts, is_whole
from kg.extract.date_verbs import dates_told
from kg.extract.post.unaffected import spares
from kg.model import Certainty, DateOf, Role
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.dates import PartialDate
    from kg.extract.relations import Sentence
    from kg.model import Evidence, Incident, IncidentDate

_APART: Final = 31
"""Days between two times of an incident that cannot be stages of one."""
_ROUNDED: Final = 1.05
"""How much more one count of the same people can be than another by rounding alone."""
_AFFECTED_BEHIND: Final = regex(
    r"\W{1,3}(?:[\w’'-]{1,20}\s){0,3}?(?:(?:were|was|are|is|have\sbeen|had\sbeen)\s)"
    r"(?:affected|impacted|exposed|compromised|stolen|leaked|copied)\b",
    re.IGNORECASE,
)
_AFFECTED_AHEAD: Final = regex(
    r"\b(?:affect(?:s|ed|ing)|impact(?:s|ed|ing)|(?:data|records|details|information)\s(?:of|on))"
    r"\s(?:(?:the|personal|data|of|about|around|some|nearly|almost|over|more|than|at|least)\s){0,4}\Z",
    re.IGNORECASE,
)

_CLAIMED: Final = regex(
    r"\b(?:alleged(?:ly)?|boast\w*|claimed(?!\s(?:by|credit|responsib\w*))|claims?\s(?:it|that|they|to)|disput\w+|purported(?:ly)?)\b",
    re.IGNORECASE,
)
"""Of a number that only somebody stands up for."""


def contradictions(incident: Incident, found: Sequence[Sentence]) -> Iterator[str]:
    """Yield in words each fact of a field that the prose of its post contradicts.

    Args:
        incident: the incident as its fields tell it.
        found: the sentences of its prose, in order.
    """
    for what, said, apart in ((DateOf.DISCOVERED, "it was discovered", 0), (DateOf.OCCURRED, "it happened", _APART)):
        fields = [date for date in incident.dates if date.what is what]
        # The time that the prose tells first is the incident's; what comes later may be older news.
        told = next(
            ((d.date, s) for s in found for d, meant in dates_told(s.text) if meant == what) if fields else iter(()),
            None,
        )
        if told and not any(_meet(told[0], field, apart) for field in fields):
            yield _told(f"{said} {told[0].edtf}", told[1], fields[0].date.edtf, fields[0].evidence[0])
    people = [count for count in incident.record_counts if count.unit == "people" and count.high is not None]
    most = max((count.high or 0 for count in people), default=0)
    if len(people) == 1 and not any(count.high is None for count in incident.record_counts):
        for sentence in (told for told in found if not _CLAIMED.search(told.text)):
            low = max(_affected(sentence.text), default=0)
            # What the prose says of people, another field may say of their records.
            elsewhere = any(
                count.high and low / _ROUNDED <= count.high <= low * _ROUNDED for count in incident.record_counts
            )
            if low > most * _ROUNDED and not elsewhere:
                yield _told(f"it affected {low:,} people", sentence, f"{most:,}", people[0].evidence[0])
                break
    for party in incident.parties:
        downstream = party.role is Role.AFFECTED_DOWNSTREAM
        # Of those hit, only suppliers that the prose spares are in doubt; whose data was taken says as much of its systems.
        doubted = party.role is Role.BREACHED and party.evidence[0].certainty is Certainty.SUSPECTED
        if (downstream or doubted) and not party.unnamed_group:
            others = [one.name for one in incident.parties if one is not party]
            cleared = next((one for one in found if spares(party.name, one, others, itself=downstream)), None)
            if cleared:
                spared_of = "affected" if downstream else "breached"
                yield _told(f"{party.name} was not {spared_of}", cleared, party.name, party.evidence[0])


def _meet(date: PartialDate, field: IncidentDate, apart: int) -> bool:
    """Whether two dates can be one: they share a day, are less than so many days apart, or one of them is vague."""
    first, last = field.date.earliest, field.date.latest
    if not (first and last and date.earliest and date.latest) or "~" in field.date.edtf:
        return True
    return (date.earliest - last).days <= apart and (first - date.latest).days <= apart


def _affected(text: str) -> Iterator[int]:
    """The least numbers of people that a sentence says were affected."""
    for found in find_counts(text):
        if found.count.unit != "people" or not found.count.low or is_whole(text, found.start):
            continue
        behind = _AFFECTED_BEHIND.match(text, found.end)
        if behind or _AFFECTED_AHEAD.search(text, max(0, found.start - 80), found.start):
            yield found.count.low


def _told(said: str, sentence: Sentence, value: str, proof: Evidence) -> str:
    """A contradiction in words: what the prose says, with its words, and the field."""
    field = proof.place.rpartition(", ")[2]
    quote = " ".join(sentence.text.split())
    return f"the prose says that {said} ({quote!r}), the field {field} says {value}; the field is kept"

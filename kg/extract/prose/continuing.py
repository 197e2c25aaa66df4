"""A text that is read in several parts: an incident of which a later part tells on is told once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.extract.llm.joining import added, exposed
from kg.model import DateOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.model import Incident

_ENOUGH: Final = 2
"""Exposed parties in common that make two incidents one: a supplier alone, or a customer, may have been hit twice."""


def continued(known: Sequence[Incident], further: Iterable[Incident]) -> list[Incident]:
    """Return the incidents of the parts of a text read so far, with those of a further part; what is told of one of them is added to it."""
    found = list(known)
    for incident in further:
        at = next((at for at, other in enumerate(known) if _is_one(other, incident)), None)
        if at is None:
            number = len(found) + 1
            found.append(replace(incident, id=str(number), number=number))
        else:
            found[at] = added(found[at], incident)
    return found


def _is_one(one: Incident, other: Incident) -> bool:
    """Whether two incidents have exposed parties in common, two or all that one of them tells, and may be of one time."""
    here, there = exposed(one), exposed(other)
    least = min(_ENOUGH, len(here), len(there))
    return 0 < least <= len(here & there) and not _clash(one, other)


def _clash(one: Incident, other: Incident) -> bool:
    """Whether two incidents both say when they occurred, and no time is in common; a date without a year or an end clashes with none."""
    spans = [
        [(told.date.earliest, told.date.latest) for told in incident.dates if told.what is DateOf.OCCURRED]
        for incident in (one, other)
    ]
    return all(spans) and not any(
        not (first and last and begin and end) or (first <= end and begin <= last)
        for first, last in spans[0]
        for begin, end in spans[1]
    )

"""Where a document is from, as it says itself beside its text: its address, who published it, and on which day."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from kg.dates import find_dates, parse_edtf
from kg.extract.references import source_type
from kg.model import DateOf, Evidence, IncidentDate, Source
from kg.names import key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.dates import PartialDate
    from kg.model import Document, Incident, Span

ADDRESS, PUBLISHER, DAY, TITLE = "address", "publisher", "day", "title"
"""What a field in the head of a document may tell."""
_NAME: Final = regex(r"(?=.{0,200}[^\W\d_])[^\W_][^\n@<>{}=]{1,99}\Z")
_PLACE: Final = regex(r"https?:|www\.|\S+/\S*\.\w+\Z", re.IGNORECASE)
"""An address, or the path of a file."""
_NOTHING: Final = frozenset(
    """
    blog default false feed home n/a na nan nil none null rss site tba tbd title true undefined unknown untitled website
    """.split()
)
"""What a program or its owner writes where there is nothing to tell."""
_CLOCK_AT_ZERO: Final = "1970-01-01"
"""The day that a program writes that knows none."""


class Printed(NamedTuple):
    """A text of the head, decoded, and where it stands in the document."""

    text: str
    span: Span


class Imprint(NamedTuple):
    """Where a document is from; what it does not say plainly is None."""

    address: Printed | None = None
    publisher: Printed | None = None
    day: tuple[PartialDate, Span] | None = None


def imprint(fields: Iterable[tuple[str, Printed]]) -> Imprint:
    """Return where a document is from.

    Args:
        fields: what each field of its head may tell, and the field; the surest first.
    """
    found = Imprint()
    for kind, printed in fields:
        if kind == ADDRESS and found.address is None:
            found = found._replace(address=_address(printed))
        elif kind == PUBLISHER and found.publisher is None:
            found = found._replace(publisher=_publisher(printed))
        elif kind == DAY and found.day is None:
            found = found._replace(day=_day(printed))
    return found


def _address(printed: Printed) -> Printed | None:
    """The address of one page on the web: a relative one, one of this machine and the front page of a site are none."""
    text = printed.text.strip()
    if not source_type(text) or " " in text or not text.isprintable():
        return None
    parts = urlsplit(text)
    return printed._replace(text=text) if len(parts.path) > 1 or parts.query else None


def says_nothing(text: str) -> bool:
    """Return whether a field only fills a place."""
    return text.strip().casefold() in _NOTHING


def _publisher(printed: Printed) -> Printed | None:
    text = " ".join(printed.text.split())
    is_name = _NAME.match(text) and not _PLACE.match(text) and text.isprintable() and not says_nothing(text)
    return printed._replace(text=text) if is_name else None


def _day(printed: Printed) -> tuple[PartialDate, Span] | None:
    """The one day or month of a field; which number of "3/4/2026" is the month is not known."""
    found = find_dates(printed.text)
    if len(found) != 1 or found[0].date.precision not in {"day", "month"} or found[0].date.earliest is None:
        return None
    (one,) = found
    if one.date.edtf == _CLOCK_AT_ZERO:
        return None
    start, end = printed.span
    if end - start == len(printed.text):  # else what is decoded cannot be counted
        start, end = start + one.start, start + one.end
    return None if "/" in printed.text[one.start : one.end] else (one.date, (start, end))


def signed(incident: Incident, found: Imprint, document: Document) -> Incident:
    """Return an incident with the document that tells of it as its first source, and the day of that as one on which it was reported.

    A date without a year is the last such one before the document's own day.
    """

    def proof(span: Span) -> Evidence:
        return Evidence(document.text[slice(*span)], span, "text", certainty=incident.certainty)

    told = [one for one in (found.address, found.publisher) if one]
    sources, dates = incident.sources, incident.dates
    if told:
        publisher = found.publisher.text if found.publisher else ""
        same = [one for one in sources if publisher and key(one.publisher) == key(publisher)]
        evidence = (*(proof(one.span) for one in told), *(where for one in same for where in one.evidence))
        # An own address makes the document itself what its claims rest on.
        own = Source(publisher, found.address.text if found.address else "", "article", evidence=evidence)
        sources = (own, *(one for one in sources if one not in same))
    if found.day:
        date, span = found.day
        dates = tuple(
            replace(one, date=of_year, evidence=(*one.evidence, proof(span)))
            if (of_year := _last_before(one.date, date))
            else one
            for one in dates
        )
        if not any(one.what is DateOf.REPORTED and one.date == date for one in dates):
            dates = (*dates, IncidentDate(date, DateOf.REPORTED, (proof(span),)))
    return replace(incident, sources=sources, dates=dates)


def _last_before(date: PartialDate, day: PartialDate) -> PartialDate | None:
    """The last date before a day that one without a year may be; None for any other date."""
    if not date.edtf.startswith(_NO_YEAR) or "/" in date.edtf or day.latest is None:
        return None
    for year in (day.latest.year, day.latest.year - 1):
        try:
            found = parse_edtf(date.edtf.replace(_NO_YEAR, str(year)))
        except ValueError:  # the year has no such day
            continue
        if found.earliest and found.earliest <= day.latest:
            return found
    return None


_NO_YEAR: Final = "XXXX"

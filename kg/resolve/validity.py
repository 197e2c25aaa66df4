"""What dated copies of one supplier list tell of time: when a relationship was listed first, and when no longer.

A list is dated by its rows (`Listing.observed`: a column or a mapping gives the day), else by a date in its document's
name. Copies of one list have one name but for the date, and each of its customers is compared with itself only: a customer
who is missing from a later copy may not have been looked at. Days of copies never become the stated days of a relationship
(`validFrom`, `validUntil`): nobody says that it began when it was first seen. A copy that is dated to a month counts from
the last day of that month, by which what it says was so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.dates import find_dates, parse_edtf
from kg.patterns import regex
from kg.rdf.terms import value
from kg.vocabulary import BKG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.dates import PartialDate
    from kg.rdf import EvidenceGraph

_CLOCK = r"(?:(?:[_ -]|T)?(?:[01]\d|2[0-3])[0-5]\d[0-5]\dZ?|T(?:[01]\d|2[0-3])[-_.:]?[0-5]\d(?:[-_.:]?[0-5]\d)?Z?)?"
_DATE = regex(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-_. ]?)(?P<month>0[1-9]|1[0-2])"
    rf"(?:(?P=mark)(?P<day>0[1-9]|[12]\d|3[01]){_CLOCK})?(?!\d)"
)
"""A month or a day, with the time of day that copies of web archives and backups have behind it."""
_SEPARATOR = regex(r"[-_.]")


@dataclass(frozen=True, slots=True, order=True)
class Scrape:
    """One dated copy of a list, as far as it concerns one customer.

    Attributes:
        series: what the copies of the list have in common.
        customer: whose suppliers it lists, a canonical node.
        on: the day.
        relationships: the supply relationships that it names, canonical nodes.
    """

    series: str
    customer: str
    on: date
    relationships: frozenset[str]


@dataclass(frozen=True, slots=True)
class Seen:
    """In which time a relationship was listed: from the first copy that names it, until the first later one that does not.

    Attributes:
        since: the day of the first copy that names it.
        until: the day of the first copy behind the last one that names it; None where the latest names it.
    """

    since: date
    until: date | None


@lru_cache(maxsize=1 << 16)
def dated_name(name: str) -> tuple[str, PartialDate] | None:
    """Return what a document's name says without its date, and the date; None where it holds no month or day.

    An update asks for every name three times: for its day before and after it, and whether it is a copy of a list.

    The file's own name goes before the folders it is in ("2025-08/acme.csv" and "2025-09/acme.csv" are one series).
    """
    start = len(name)
    for part in reversed(name.split("/")):
        start -= len(part)
        if found := _date_in(part):
            (first, last), told = found
            return f"{name[:start]}{part[:first]}*{part[last:]}{name[start + len(part) :]}", told
        start -= 1
    return None


def named_day(*names: str) -> str:
    """Return the latest day that the names of a document tell, ISO, "" where they tell none."""
    told = (found[1].latest for name in names if (found := dated_name(name)))
    return max((day.isoformat() for day in told if day), default="")


def _date_in(part: str) -> tuple[tuple[int, int], PartialDate] | None:
    """The one date in a piece of a path, with its characters; None where there is none, or more."""
    found = [
        (match.span(), "-".join(filter(None, match.group("year", "month", "day")))) for match in _DATE.finditer(part)
    ]
    if not found:
        words = find_dates(_SEPARATOR.sub(" ", part))
        found = [((one.start, one.end), one.date.edtf) for one in words if one.date.precision in {"day", "month"}]
    if len(found) != 1:
        return None
    try:
        return found[0][0], parse_edtf(found[0][1])
    except ValueError:
        return None


def scrapes(graph: EvidenceGraph, names: Mapping[str, str], documents: Iterable[str]) -> Iterator[Scrape]:
    """Yield the dated copies of lists that one evidence graph holds; what incidents tell of is no list.

    Args:
        graph: the evidence.
        names: evidence node -> canonical node, as `referents` gives it.
        documents: the names of the documents with these contents: a list that did not change has several.
    """
    incidents = tuple(f"{anchor.iri[:-1]}/" for anchor in graph.anchors)
    days: dict[str, set[date]] = defaultdict(set)
    for subject, predicate, obj in graph.triples:
        if predicate == BKG["observed"]:
            days[subject].add(date.fromisoformat(value(obj)))
    found: dict[tuple[str, str, date], set[str]] = defaultdict(set)
    for tie in graph.ties:
        if tie.iri.startswith(incidents):
            continue
        customer = names.get(tie.customer, tie.customer)
        # What an organization has with itself is left out of the graph; the copy has looked at it all the same.
        kept = customer != names.get(tie.supplier, tie.supplier)
        for series, on in _copies(days.get(tie.iri, set()), sorted(documents)):
            found[series, customer, on].update([names.get(tie.iri, tie.iri)] if kept else ())
    for (series, customer, on), relationships in sorted(found.items()):
        yield Scrape(series, customer, on, frozenset(relationships))


def _copies(days: set[date], documents: list[str]) -> Iterator[tuple[str, date]]:
    """The series and days of the copies that a row belongs to: its own days, else those in the documents' names."""
    named = [(document, dated_name(document)) for document in documents]
    if days:
        document, told = named[0] if named else ("", None)
        yield from ((told[0] if told else document, day) for day in days)
        return
    for _, told in named:
        if told and told[1].latest:
            yield told[0], told[1].latest


def seen(copies: Iterable[Scrape]) -> dict[str, Seen]:
    """Return relationship -> when it was listed; it is still listed as long as the latest copy of one series names it."""
    found: dict[str, Seen] = {}
    for run in _runs(copies):
        for relationship in frozenset().union(*(names for _, names in run)):
            days = [on for on, names in run if relationship in names]
            later = [on for on, _ in run if on > days[-1]]
            told = Seen(days[0], later[0] if later else None)
            known = found.get(relationship, told)
            open_ended = known.until is None or told.until is None
            until = None if open_ended else max(filter(None, (known.until, told.until)))
            found[relationship] = Seen(min(known.since, told.since), until)
    return found


def _runs(copies: Iterable[Scrape]) -> Iterator[list[tuple[date, frozenset[str]]]]:
    """The copies of each list and customer by day; two of one day are one."""
    by_day: dict[tuple[str, str], dict[date, frozenset[str]]] = defaultdict(dict)
    for copy in copies:
        days = by_day[copy.series, copy.customer]
        days[copy.on] = days.get(copy.on, frozenset()) | copy.relationships
    for key in sorted(by_day):
        yield sorted(by_day[key].items())

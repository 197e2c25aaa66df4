"""The catalogue of supply-chain compromises in Markdown: its pages, one compromise each, and its index, a table of them.

A page and its row in the index are one incident: both are known by the folder of the year and the name of the page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.dates import parse_field
from kg.extract.certainties import no_surer
from kg.extract.cncf.facts import parties, sureness, types
from kg.extract.cncf.index import LONGEST, indexes
from kg.extract.cncf.names import titled
from kg.extract.cncf.page import FEED, page
from kg.extract.cncf.sections import page_id
from kg.extract.fields import is_placeholder
from kg.extract.parts import between, cited
from kg.model import Basis, DateOf, Defect, Incident, IncidentDate, Note
from kg.names import slug
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extract.tabular.row import Row
    from kg.model import Document, Evidence, Extracted

_TARGET = regex(r"\]\(\s*<?([^()\s<>]{1,500})")


def read(document: Document) -> Iterator[Extracted]:
    """Yield the incident of a page, or one for every row of the index.

    A row without a name and a repeated one are defects.
    """
    if len(document.text) > LONGEST:
        yield Defect("line 1", f"is longer than {LONGEST:,} characters")
    elif found := indexes(document):
        seen: dict[str, str] = {}
        for table, places in found:
            for row in table:
                yield row if isinstance(row, Defect) else _Entry(row, places).read(seen)
    else:
        yield page(document)


class _Entry:
    """One row of the index."""

    def __init__(self, row: Row, places: Mapping[str, int]) -> None:
        self.row, self.places = row, places
        self.title = " ".join(row.cell(places["name"]).split())
        self.notes: list[Note] = []

    def read(self, seen: dict[str, str]) -> Incident | Defect:
        """Return the incident of the row, or why it gives none; `seen` holds the rows met so far, with their places."""
        row = self.row
        if not self.title or is_placeholder(self.title):
            return Defect(row.place, "names no compromise")
        cell = row.evidence(self.places["name"])
        target = _TARGET.search(cell.quote)
        identifier = page_id(target[1]) if target else ""
        first = seen.setdefault(identifier or f"{self.title.casefold()} {row.cell(self.places.get('year'))}", row.place)
        if first != row.place:
            return Defect(row.place, f"repeats {first}")
        printed = list(self._types())
        linked = row.proof(self.places.get("links"))
        sources = tuple(cited(linked))
        dates = self._dates()
        self._rest()
        if target:
            self.notes.append(Note("page", target[1], (cell,)))
        named = titled(_with_ticks(cell.quote, self.title), "", [source.url for source in sources])
        people = parties(named, [text for text, _ in printed], cell)
        sure = sureness(self.title, people)
        return Incident(
            id=identifier or slug(self.title),
            feed=FEED if identifier else "",
            number=row.number,
            title=self.title,
            certainty=sure,
            types=tuple(no_surer(one, sure) for one in types(printed, [cell, *linked])),
            parties=tuple(no_surer(one, sure) for one in people.values()),
            dates=dates,
            sources=sources,
            notes=(*(Note("type of compromise", text, (proof,)) for text, proof in printed), *self.notes),
            evidence=(cell,),
        )

    def _dates(self) -> tuple[IncidentDate, ...]:
        at = self.places.get("year")
        text = self.row.cell(at)
        if at is None or not text:
            return ()
        proof = self.row.evidence(at, basis=Basis.IMPLIED)
        date = parse_field(text)
        if date is None:
            self.notes.append(Note(self.row.name(at), text, (proof,)))
            return ()
        return (IncidentDate(date, DateOf.OCCURRED, (proof,)),)

    def _types(self) -> Iterator[tuple[str, Evidence]]:
        """The types of compromise, which `<br>` joins, each with its place."""
        at = self.places["types"]
        if not self.row.cell(at):
            return
        whole, done = self.row.evidence(at), 0
        for part in filter(None, re.split(r"\s*[\n;,]\s*", self.row.cell(at))):
            begin = whole.quote.find(part, done)
            if is_placeholder(part):
                continue
            if begin < 0:
                yield part, whole
                continue
            done = begin + len(part)
            yield part, between(whole, begin, done)

    def _rest(self) -> None:
        """Notes for the columns that no field takes."""
        known = {self.places[field] for field in ("name", "year", "types", "links") if field in self.places}
        for at, text in enumerate(self.row.cells):
            if at not in known and text.strip():
                self.notes.append(Note(self.row.name(at), " ".join(text.split()), (self.row.evidence(at),)))


def _with_ticks(quote: str, title: str) -> str:
    """A title with its backticks, which tell what in it is a name."""
    linked = re.match(r"\[([^\]\[]{1,500})\]\(", quote)
    return linked[1] if linked and "`" in linked[1] else title

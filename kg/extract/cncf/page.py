"""One page of the catalogue of supply-chain compromises as an incident."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.counts import is_group_name, parse_count
from kg.extract.certainties import no_surer
from kg.extract.cncf.dating import dated
from kg.extract.cncf.facts import KNOWN_TYPES, parties, sureness, types
from kg.extract.cncf.impacts import impact_kind, tells_of_none
from kg.extract.cncf.names import titled
from kg.extract.cncf.sections import SENTENCE, blocks, page_id, sections, without_comments
from kg.extract.downstream import Reached, downstream, reached, relied
from kg.extract.fields import is_placeholder
from kg.extract.parts import cited, part
from kg.extract.tabular.markdown_table import plain_text
from kg.model import (
    DateOf,
    Evidence,
    Impact,
    Incident,
    IncidentDate,
    Note,
    Party,
)
from kg.names import clean, slug
from kg.nouns import THINGS
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.extract.cncf.sections import Block
    from kg.model import Document

FEED = "cncf"
_LEAD = regex(r"([A-Z][\w/&' -]{2,50}?)\s*(?::|\.?\Z|\s[-–—]\s|\.\s)")
_LONGEST_TYPE = 6
"""Words; longer leads of a paragraph are sentences."""
_LIKELY = Decimal("0.7")
"""Confidence that a date is that of what its sentence tells."""


def page(document: Document) -> Incident:
    """Return the incident that a page tells of."""
    return _Page(document).incident()


class _Page:
    """A page being read."""

    def __init__(self, document: Document) -> None:
        self.source = document.text
        self.text = without_comments(document.text)
        self.sections = sections(self.text)
        self.blocks = [list(blocks(self.text, one.start, one.end)) for one in self.sections]
        untitled = next((one for one in self.sections[1:2] if not one.kind), self.sections[0])
        self.head = next((one for one in self.sections if one.level == 1), untitled)
        self.id = page_id(document.name)
        self.title = self.head.title or self.id or "untitled page"

    def incident(self) -> Incident:
        """Return the incident."""
        told = self._blocks("", "description")
        suffered = [block for block in self._blocks("impact") if not is_placeholder(block.text)]
        printed = list(self._types())
        sources = tuple(cited(self._evidence(block, "page") for block in self._blocks(None)))
        raw = self.source[slice(*self.head.span)]
        named = titled(
            plain_text(re.sub(r"\A[#\s]+", "", raw)) if "`" not in raw else raw.strip("# \t"),
            " ".join(block.text for block in (*told, *suffered)),
            [one.url for one in sources],
        )
        people = parties(named, [text for text, _ in printed], self._titled())
        customers = {
            name: one
            for name, one in self._affected(told, suffered, people)
            if name.casefold() not in {known.casefold() for known in people}
        }
        sure = sureness(self.title, people)
        people, customers = (
            {name: no_surer(one, sure) for name, one in those.items()} for those in (people, customers)
        )
        return Incident(
            id=self.id or slug(self.title),
            feed=FEED if self.id else "",
            number=1,
            title=self.title,
            certainty=sure,
            types=tuple(no_surer(one, sure) for one in types(printed, self._around())),
            parties=(*people.values(), *customers.values()),
            uses_vendor=tuple(relied(people.values(), customers.values())),
            dates=tuple(self._dates((*told, *suffered))),
            impacts=tuple(self._impacts(suffered)),
            sources=sources,
            notes=tuple(self._notes(printed, suffered)),
            evidence=(self._titled(),),
        )

    def _titled(self) -> Evidence:
        """The heading of the page; its first characters where it has none."""
        start, end = self.head.span
        if start == end:
            said = next(iter(self._blocks(None)), None)
            start, end = (said.start, said.end) if said else (0, len(self.source))
        return self._quoted(start, end, "title")

    def _blocks(self, *kinds: str | None) -> list[Block]:
        """The paragraphs and list items of sections of these kinds, of all for None."""
        told = zip(self.sections, self.blocks, strict=True)
        return [block for section, found in told if None in kinds or section.kind in kinds for block in found]

    def _quoted(self, start: int, end: int, place: str, **changes: Any) -> Evidence:
        return Evidence(self.source[start:end], (start, end), place, **changes)

    def _evidence(self, block: Block, place: str, **changes: Any) -> Evidence:
        return self._quoted(block.start, block.end, place, **changes)

    def _types(self) -> Iterator[tuple[str, Evidence]]:
        """The types of compromise that their section names, each once: known ones, else what its paragraphs begin with.

        A section that names none still tells that there was one: "".
        """
        met: set[str] = set()
        section = self._blocks("types")
        for block in section:
            whole = self._evidence(block, "type of compromise")
            found = [match[0] for match in KNOWN_TYPES.finditer(block.text)]
            lead = _LEAD.match(block.text)
            if not found and lead and len(lead[1].split()) <= _LONGEST_TYPE and not is_placeholder(lead[1]):
                found = [lead[1]]
            for text in found:
                if text.casefold() not in met:
                    met.add(text.casefold())
                    yield text, part(whole, text)
        if section and not met:
            yield "", self._evidence(section[0], "type of compromise")

    def _around(self) -> list[Evidence]:
        """The title, and what is told of the compromise and its type."""
        return [
            self._titled(),
            *(self._evidence(block, "prose") for block in self._blocks("", "description", "impact", "types")),
        ]

    def _affected(
        self, told: Sequence[Block], suffered: Sequence[Block], names: Iterable[str]
    ) -> Iterator[tuple[str, Party]]:
        """Who was reached through what was compromised: names after "organizations, including", and counted groups."""
        for block in (*told, *suffered):
            whole = self._evidence(block, "impact" if block in suffered else "description")
            for one in downstream(block.text, names):
                said = block.text[one.start : one.end]
                yield clean(said), reached(clean(said), part(whole, said), one)
        for block in suffered:
            name = block.text.strip(" .;")
            if block.item and re.match(r"[\d~><]", name) and is_group_name(name) and _counts_somebody(name):
                yield name, reached(name, self._evidence(block, "impact"), Reached(0, len(name), group=True))

    def _dates(self, told: Sequence[Block]) -> Iterator[IncidentDate]:
        """The first date of each kind whose sentence tells what was then."""
        met: set[DateOf] = set()
        for block in told:
            for sentence in SENTENCE.split(block.text):
                for found, what in dated(sentence):
                    if what in met or not (found.date.earliest or found.date.latest):
                        continue
                    met.add(what)
                    proof = part(self._evidence(block, "prose", confidence=_LIKELY), sentence[found.start : found.end])
                    yield IncidentDate(found.date, what, (proof,))

    def _impacts(self, suffered: Sequence[Block]) -> Iterator[Impact]:
        for block in suffered:
            if not tells_of_none(block.text):
                yield Impact(block.text, impact_kind(block.text), evidence=(self._evidence(block, "impact"),))

    def _notes(self, printed: Sequence[tuple[str, Evidence]], suffered: Sequence[Block]) -> Iterator[Note]:
        """The types of compromise, and the text of every section; of the impact what tells of none, the rest is told as such."""
        for text, proof in printed:
            if text:
                yield Note("type of compromise", text, (proof,))
        for block in suffered:
            if tells_of_none(block.text):
                yield Note("impact", block.text, (self._evidence(block, "impact"),))
        for section, found in zip(self.sections, self.blocks, strict=True):
            if not found or section.kind == "impact":
                continue
            key = section.kind or ("description" if section.level <= 1 else section.title)
            key = "type of compromise, in full" if key == "types" else key
            proof = self._quoted(found[0].start, found[-1].end, key)
            yield Note(key, "\n".join(block.text for block in found), (proof,))


def _counts_somebody(name: str) -> bool:
    """Whether a count is one of people or organizations, not of things."""
    count = parse_count(name)
    return count is not None and count.unit not in _THINGS


_THINGS = frozenset(THINGS.values()) | set(
    "downloads installs installations versions releases commits times packages stars builds lines days hours".split()
)

"""What a model has told, held against the text: a fact is its words in the text and what the grammars read in them.

What is not in the text is dropped with the reason. Values never come from the model: of a count and a date it gives the
words, of which the package's own grammars make bounds and calendar dates; of a kind of data and a response the words, which
the schemes are asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.counts import find_counts, group_size, is_group_name
from kg.dates import find_dates
from kg.extract.actions import classify
from kg.extract.concepts import data_concept
from kg.model import (
    Action,
    Basis,
    DataExposure,
    Defect,
    Incident,
    IncidentDate,
    Party,
    RecordCount,
    Role,
    Source,
    SupplyRelationship,
)
from kg.names import key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.extract.llm.answer import ToldIncident
    from kg.model import Evidence, Proof, Span

CONFIDENCE: Final = Decimal("0.5")
"""Of every fact that a model points at: nothing is known of how often it is right."""
_WORD: Final = regex(r"\w+")


@dataclass(slots=True)
class Quoting:
    """Looks up what a model tells of one text.

    Attributes:
        text: the text that the model was given.
        prove: gives the evidence for characters of it.
        model: the model's name; stands in the place of every proof.
        defects: what was dropped, and why.
    """

    text: str
    prove: Callable[[int, int], Evidence]
    model: str
    defects: list[Defect] = field(default_factory=list)

    def incident(self, told: ToldIncident, number: int) -> Incident | None:
        """Return what the text bears out of an incident; None where that is no party."""
        parties = self._parties(told)
        if not parties:
            self._drop(told.place, "names no party that is in the text")
            return None
        names = {key(name): name for name in parties}
        found = Incident(
            id=str(number),
            feed="",
            number=number,
            certainty=told.certainty,
            parties=tuple(parties.values()),
            uses_vendor=tuple(self._relations(told, names)),
            data_types=tuple(self._data(told)),
            record_counts=tuple(self._counts(told)),
            dates=tuple(self._dates(told)),
            responses=tuple(self._responses(told, names)),
            sources=tuple(
                Source(party.name, "", "article", first=False, evidence=party.evidence)
                for party in parties.values()
                if party.role is Role.REPORTER
            ),
        )
        return replace(found, evidence=next(iter(parties.values())).evidence)

    def _parties(self, told: ToldIncident) -> dict[str, Party]:
        found: dict[str, Party] = {}
        for place, item in told.parties:
            span = self._place(item.name)
            if span is None:
                self._drop(place, f"{item.name!r} is not in the text")
                continue
            name = " ".join(self.text[slice(*span)].split())
            if key(name) in map(key, found):
                continue
            group = is_group_name(name)
            size = group_size(self.text, *span) if group else None
            found[name] = Party(name, item.role, group, size, evidence=self._proof(span, told))
        return found

    def _relations(self, told: ToldIncident, names: dict[str, str]) -> Iterator[SupplyRelationship]:
        seen: set[tuple[str, str]] = set()
        for place, item in told.uses_vendor:
            ends = names.get(key(item.customer)), names.get(key(item.supplier))
            span = self._place(item.quote)
            if span is None:
                self._drop(place, f"its quote is not in the text: {item.quote[:80]!r}")
            elif not ends[0] or not ends[1] or ends[0] == ends[1]:
                self._drop(place, f"{item.customer!r} and {item.supplier!r} are not two of its parties")
            elif not self._speaks_of(span, ends[0]) and not self._speaks_of(span, ends[1]):
                self._drop(place, f"its quote speaks of neither: {item.quote[:80]!r}")
            elif ends not in seen and (ends[1], ends[0]) not in seen:
                seen.add((ends[0], ends[1]))
                both = all(self._speaks_of(span, end) for end in ends if end)
                basis = Basis.STATED if both else Basis.IMPLIED
                yield SupplyRelationship(
                    ends[0], ends[1], status=item.status, evidence=self._proof(span, told, basis=basis)
                )

    def _data(self, told: ToldIncident) -> Iterator[DataExposure]:
        seen: set[str] = set()
        for place, item in told.data_types:
            if (span := self._found(place, item.quote)) is not None:
                words = " ".join(self.text[slice(*span)].split())
                if words.lower() not in seen:
                    seen.add(words.lower())
                    yield DataExposure(words, data_concept(words), told.certainty, evidence=self._proof(span, told))

    def _counts(self, told: ToldIncident) -> Iterator[RecordCount]:
        for place, item in told.counts:
            if (span := self._found(place, item.quote)) is not None:
                # A little more than the quote, since the noun that is counted often stands behind it.
                counts = [f for f in find_counts(self.text[span[0] : span[1] + 40]) if f.start < span[1] - span[0]]
                if not counts or not counts[0].count.unit:
                    self._drop(place, f"no count of people, records or the like is in {item.quote!r}")
                    continue
                at, count = (span[0] + counts[0].start, span[0] + counts[0].end), counts[0].count
                yield RecordCount(count.low, count.high, count.unit, told.certainty, self._proof(at, told))

    def _dates(self, told: ToldIncident) -> Iterator[IncidentDate]:
        if not told.dates:
            return
        # Read in the whole text, which often tells the year in another place.
        everywhere = find_dates(self.text)
        seen: set[tuple[str, str]] = set()
        for place, item in told.dates:
            if (span := self._found(place, item.quote)) is not None:
                date = next((d for d in everywhere if d.start < span[1] and span[0] < d.end), None)
                if date is None:
                    self._drop(place, f"no date is in {item.quote!r}")
                elif (date.date.edtf, item.what) not in seen:
                    seen.add((date.date.edtf, item.what))
                    yield IncidentDate(date.date, item.what, self._proof((date.start, date.end), told))

    def _responses(self, told: ToldIncident, names: dict[str, str]) -> Iterator[Action]:
        for place, item in told.responses:
            actor = names.get(key(item.actor))
            if not actor:
                self._drop(place, f"its actor {item.actor!r} is none of its parties")
            elif (span := self._found(place, item.quote)) is not None:
                words = " ".join(self.text[slice(*span)].split())
                target = names.get(key(item.target or ""), "")
                yield Action(words, classify(words), "", actor, target, self._proof(span, told))

    def _found(self, place: str, quote: str) -> Span | None:
        span = self._place(quote)
        if span is None:
            self._drop(place, f"is not in the text: {quote[:80]!r}")
        return span

    def _place(self, quote: str) -> Span | None:
        """Where words first stand in the text as whole words, blanks and line ends alike; None where they do not."""
        words = quote.split()
        if not words:
            return None
        pattern = r"\s+".join(map(re.escape, words))
        first, last = words[0][0], words[-1][-1]
        before, after = r"(?<!\w)" * _is_word(first), r"(?!\w)" * _is_word(last)
        match = re.search(f"{before}{pattern}{after}", self.text)
        return match.span() if match else None

    def _speaks_of(self, span: Span, name: str) -> bool:
        """Whether the words at a place hold a word of a name."""
        words = {word.casefold() for word in _WORD.findall(self.text[slice(*span)])}
        return any(word.casefold() in words for word in _WORD.findall(name) if len(word) > 2)  # noqa: PLR2004 - not "of"

    def _proof(self, span: Span, told: ToldIncident, *, basis: Basis = Basis.STATED) -> Proof:
        proof = self.prove(*span)
        place = f"{proof.place}, pointed at by the model {self.model}"
        return (replace(proof, place=place, confidence=CONFIDENCE, basis=basis, certainty=told.certainty),)

    def _drop(self, place: str, reason: str) -> None:
        self.defects.append(Defect(place, f"dropped: {reason}"))


def _is_word(character: str) -> bool:
    return character == "_" or character.isalnum()

"""From what was decided of a text to its incident, each fact with the words that say it and how sure the model is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.counts import group_size
from kg.extract.prose.continuing import continued
from kg.extract.prose.deciding import decide
from kg.extract.prose.doubting import Doubts
from kg.extract.prose.judging import judge
from kg.extract.prose.parting import parted
from kg.extract.prose.showing import shown
from kg.extract.prose.standing import standing
from kg.model import (
    Action,
    Basis,
    Certainty,
    DataExposure,
    DateOf,
    Evidence,
    Incident,
    IncidentDate,
    Party,
    RecordCount,
    Role,
    Source,
    SupplyRelationship,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.extract.prose.decided import Decided, Thresholds
    from kg.extract.prose.judged import Judged
    from kg.extract.prose.judging import Model
    from kg.model import Proof, Span

    Prove = Callable[[int, int], Evidence]

LONGEST: Final = 20_000
"""Characters that are read as one story; a longer text is parted where a paragraph, a line or a word ends."""
_LONGEST_TITLE: Final = 100
_SUREST: Final = Decimal("0.99")


def incidents(text: str, model: Model, least: Thresholds, prove: Prove) -> Iterator[Incident]:
    """Yield the incidents that a text tells of.

    Args:
        text: the text.
        model: what judges it.
        least: how likely a fact has to be.
        prove: gives the evidence for characters of the text.
    """
    known: list[Incident] = []
    for start, end in parts(text):
        told = judge(text[start:end], model) if text[start:end].strip() else None
        found = decide(told, least) if told else None
        if told and found:
            tellers = [Teller(told, one, start, prove) for one in parted(told, found)]
            known = continued(known, (teller.incident(len(known) + at) for at, teller in enumerate(tellers, 1)))
    yield from known


def parts(text: str) -> Iterator[Span]:
    """Yield the stretches of a text that are read one by one."""
    cuts = [0]
    while len(text) - cuts[-1] > LONGEST:
        start, end = cuts[-1], cuts[-1] + LONGEST
        cuts.append(next((at + 1 for mark in ("\n\n", "\n", " ") if (at := text.rfind(mark, start + 1, end)) > 0), end))
    yield from pairwise([*cuts, len(text)])


def brief(text: str) -> str:
    """Return a text as a title: without the marks of a heading, on one line, cut short behind a word."""
    plain = " ".join(text.lstrip("#*>•- ").split())
    if len(plain) <= _LONGEST_TITLE:
        return plain
    return plain[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def _holds(proof: Evidence, other: Evidence) -> bool:
    """Whether a quote holds another one."""
    (start, end), (first, last) = proof.span or (0, 0), other.span or (0, 0)
    return start <= first and last <= end


class Teller:
    """Writes down what was decided of one text."""

    def __init__(self, told: Judged, found: Decided, offset: int, prove: Prove) -> None:
        self._told, self._found, self._offset, self._prove = told, found, offset, prove
        self._certainty = told.certainty
        self._doubts = Doubts(told.words, found, told.certainty)
        self._names: dict[int, str] = {}
        for number in sorted(found.roles):
            name = " ".join(told.scene.parties[number].name.split())
            if name not in self._names.values():
                self._names[number] = name

    def incident(self, number: int) -> Incident:
        """Return the incident of the text; `number` is its place in the document."""
        first, last = self._told.words.sentences[self._found.sentence]
        return Incident(
            id=str(number),
            feed="",
            number=number,
            title=brief(self._text(first, last)),
            certainty=self._certainty,
            parties=tuple(self._party(at) for at in self._names),
            uses_vendor=tuple(self._relationships()),
            data_types=tuple(self._data()),
            record_counts=tuple(self._counts()),
            dates=tuple(
                IncidentDate(p.thing.date, DateOf(what), self._at(p.thing.start, p.thing.end, odds))
                for p, what, odds in self._found.dates
            ),
            responses=tuple(self._responses()),
            sources=tuple(
                Source(name, "", "article", first=False, evidence=self._party(at).evidence)
                for at, name in self._names.items()
                if self._found.roles[at][0] is Role.REPORTER
            ),
            evidence=self._proof(first, last, self._told.told),
        )  # fmt: skip

    def _party(self, number: int) -> Party:
        party, (role, odds) = self._told.scene.parties[number], self._found.roles[number]
        words, group = self._told.words, party.kind == "GRP"
        size = group_size(words.text, words.starts[party.first], words.ends[party.last - 1]) if group else None
        sure = self._doubts.of_party(party) if role is Role.AFFECTED_DOWNSTREAM else self._certainty
        proof = self._proof(party.first, party.last, odds, sure=sure)
        return Party(self._names[number], role, group, size, evidence=proof)

    def _data(self) -> Iterator[DataExposure]:
        for phrase, concept, odds in self._found.data:
            sure = self._doubts.at(self._told.words.starts[phrase.first])
            proof = self._proof(phrase.first, phrase.last, odds, sure=sure)
            yield DataExposure(self._text(phrase.first, phrase.last), concept, sure, evidence=proof)

    def _counts(self) -> Iterator[RecordCount]:
        """The counts, each once with all the words that tell it."""
        told: dict[tuple[int | None, int | None, str], RecordCount] = {}
        for phrase, odds in self._found.counts:
            thing, count = phrase.thing, phrase.thing.count
            sure = self._doubts.at(thing.start)
            known = told.get((count.low, count.high, count.unit), RecordCount(count.low, count.high, count.unit, sure))
            proof = self._at(thing.start, thing.end, odds, sure=sure)
            told[count.low, count.high, count.unit] = replace(known, evidence=known.evidence + proof)
        yield from told.values()

    def _relationships(self) -> Iterator[SupplyRelationship]:
        for (customer, supplier), odds in sorted(self._found.pairs.items()):
            if customer in self._names and supplier in self._names:
                first, last, basis, of_customer = shown(self._told, (customer, supplier))
                evidence = self._proof(first, last, odds, basis)
                # Of two sentences in two passages of a record only the second is quoted.
                lead = self._proof(first, min(last, self._told.words.sentence(first)[1]), odds, basis)
                if not _holds(evidence[0], lead[0]):
                    evidence = lead + evidence
                if not of_customer:
                    evidence += self._proof(
                        *self._told.words.sentence(self._told.scene.parties[customer].first), odds, basis
                    )
                status, sentence = standing(self._told, self._found, (customer, supplier))
                if sentence is not None:
                    start, end = self._told.words.sentences[sentence]
                    if start < first or last < end:
                        evidence += self._proof(start, end, odds)
                yield SupplyRelationship(self._names[customer], self._names[supplier], status=status, evidence=evidence)

    def _responses(self) -> Iterator[Action]:
        for response, actor, target, odds in self._found.responses:
            if actor is None or actor in self._names:
                yield Action(
                    self._text(response.first, response.last),
                    response.action,
                    "",
                    "" if actor is None else self._names[actor],
                    self._names.get(target, "") if target is not None else "",
                    self._proof(response.first, response.last, odds),
                )

    def _text(self, first: int, last: int) -> str:
        words = self._told.words
        return " ".join(words.printed(first, last).split())

    def _proof(
        self, first: int, last: int, odds: float, basis: Basis = Basis.STATED, sure: Certainty | None = None
    ) -> Proof:
        words = self._told.words
        return self._at(words.starts[first], words.ends[last - 1], odds, basis, sure)

    def _at(
        self, start: int, end: int, odds: float, basis: Basis = Basis.STATED, sure: Certainty | None = None
    ) -> Proof:
        confidence = min(_SUREST, round(Decimal(odds), 2))
        proof = self._prove(self._offset + start, self._offset + end)
        return (replace(proof, confidence=confidence, basis=basis, certainty=sure or self._certainty),)

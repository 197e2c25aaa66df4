"""What documents say of an incident besides who was in it: when, what data, how much, what was done; with quotes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.exposure.projection import slug_of
from kg.view.contents import quoted
from kg.view.palette import in_words
from kg.vocabulary import BKG, PREFIXES, REUSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.evidence import Evidence
    from kg.store import GraphStore
    from kg.view.page import Quote

_PREFERRED = f"<{PREFIXES['skos']}prefLabel>"
_MOMENTS = {
    "occurred": "happened",
    "discovered": "was discovered",
    "disclosed": "was disclosed",
    "reported": "was reported",
}


@dataclass(frozen=True, slots=True)
class Particular:
    """One thing that is told of an incident.

    Attributes:
        text: the words for it: those of the document, a date as printed, a number with its unit.
        kind: its kind in words ("suspend supplier"), or "".
        who: IRI of the one who did it, or whom it struck, or whose it is; "" where none is told.
        target: IRI of the one it was done to, or "".
        marks: certainty and the like.
        quotes: what it rests on.
        certainty: of data, as the graph names it; "" of anything else.
    """

    text: str
    kind: str = ""
    who: str = ""
    target: str = ""
    marks: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """All particulars of one incident, by what they tell."""

    types: list[Particular]
    dates: list[Particular]
    data: list[Particular]
    counts: list[Particular]
    actions: list[Particular]
    impacts: list[Particular]
    techniques: list[Particular]
    scores: list[Particular]

    @property
    def sections(self) -> list[tuple[str, list[Particular]]]:
        """Return those parts that hold statements with quotes, under their headings."""
        parts = (
            ("Dates", self.dates), ("Data", self.data), ("How much", self.counts), ("Actions", self.actions),
            ("Impact", self.impacts), ("Type", self.types), ("Techniques", self.techniques), ("Scores", self.scores),
        )  # fmt: skip
        return [(heading, part) for heading, part in parts if part]


class Particulars:
    """Reads the default graph by property, which costs a scan each and no join.

    Args:
        store: the graph.
        evidence: its claims.
    """

    def __init__(self, store: GraphStore, evidence: Evidence) -> None:
        self._store, self._evidence = store, evidence
        self._read: dict[str, dict[str, list[str]]] = {}
        self._claims: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        predicates, objects = self._values(REUSED["rdf:predicate"]), self._values(REUSED["rdf:object"])
        self._about: dict[str, list[str]] = defaultdict(list)
        claims = self._values(REUSED["rdf:subject"])
        evidence.read_ahead({
            claim: (subjects[0], slug_of(self._one("certainty", claim)), slug_of(self._one("basis", claim)))
            for claim, subjects in claims.items()
        })  # fmt: skip
        for claim, subjects in claims.items():
            self._claims[subjects[0], self._first(predicates, claim), self._first(objects, claim)].append(claim)
            for exposure in self._values(BKG["exposure"]).get(claim, ()):
                self._about[exposure].append(claim)

    def of(self, incident: str) -> Account:
        """Return what is told of an incident (an IRI)."""
        return Account(
            types=[self._told(incident, "incidentType", iri, self._concept(iri)) for iri in self._at("incidentType", incident)],
            dates=[
                self._told(incident, name, day, day, kind=words)
                for name, words in _MOMENTS.items()
                for day in self._at(name, incident)
            ],
            data=sorted((self._exposed(iri) for iri in self._at("exposure", incident)), key=lambda one: one.text.casefold()),
            counts=[self._count(incident, iri) for iri in self._at("recordCount", incident)],
            actions=[self._action(incident, iri) for iri in self._at("response", incident)],
            impacts=[
                self._told(incident, "impact", iri, self._label(iri), kind=self._kind("impactType", iri), who=self._one("impactOn", iri))
                for iri in self._at("impact", incident)
            ],
            techniques=[
                self._told(incident, "technique", iri, self._first(self._values(REUSED["dct:identifier"]), iri), kind=self._label(iri))
                for iri in self._at("technique", incident)
            ],
            scores=[self._score(incident, iri) for iri in self._at("assessment", incident)],
        )  # fmt: skip

    def _told(self, incident: str, predicate: str, value: str, text: str, **more: Any) -> Particular:
        claims = self._claims.get((incident, BKG[predicate][1:-1], value), ())
        return Particular(text, **more, quotes=self._quotes(claims))

    def _quotes(self, claims: Sequence[str]) -> tuple[Quote, ...]:
        told = map(quoted, self._evidence.quotes(claims))
        return tuple(sorted(told, key=lambda quote: (quote.document, quote.span or (0, 0), quote.claim)))

    def _exposed(self, iri: str) -> Particular:
        marks = tuple(filter(None, (self._kind("certainty", iri), self._kind("sensitivity", iri))))
        if len(marks) > 1:
            marks = (marks[0], f"{marks[1]} sensitivity")
        kind, owner = self._concept(self._one("dataType", iri)), self._one("dataOwner", iri)
        quotes, certainty = self._quotes(self._about[iri]), slug_of(self._one("certainty", iri))
        return Particular(self._label(iri) or kind, kind, owner, marks=marks, quotes=quotes, certainty=certainty)

    def _count(self, incident: str, iri: str) -> Particular:
        low, high, unit = (self._one(name, iri) for name in ("atLeast", "atMost", "unit"))
        ends = [f"{int(end):,}" for end in (low, high) if end]
        if len(ends) == 2:  # noqa: PLR2004 - both bounds
            text = ends[0] if low == high else f"{ends[0]} to {ends[1]}"
        else:
            text = " ".join(("at least" if low else "at most", *ends))
        return self._told(incident, "recordCount", iri, f"{text} {unit}".strip(), marks=(self._kind("certainty", iri),))

    def _action(self, incident: str, iri: str) -> Particular:
        target = self._one("targets", iri)
        target = self._one("supplier", target) or target
        kind, actor = self._kind("actionType", iri), self._one("actor", iri)
        return self._told(incident, "response", iri, self._label(iri) or kind, kind=kind, who=actor, target=target)

    def _score(self, incident: str, iri: str) -> Particular:
        scale = self._one("scale", iri)
        text = f"{self._one('score', iri)} on {self._concept(scale)}"
        marks = (f"by {by}",) if (by := self._one("assessor", iri)) else ()
        comment = self._first(self._values(REUSED["rdfs:comment"]), iri)
        return self._told(incident, "assessment", iri, text, kind=comment, marks=marks)

    def _values(self, term: str) -> dict[str, list[str]]:
        """Subject -> its objects of one property, sorted."""
        if term not in self._read:
            found: dict[str, list[str]] = defaultdict(list)
            for quad in self._store.find(None, term[1:-1]):
                found[getattr(quad.subject, "value", "")].append(getattr(quad.object, "value", ""))
            self._read[term] = {subject: sorted(values) for subject, values in found.items()}
        return self._read[term]

    def _at(self, name: str, subject: str) -> list[str]:
        return self._values(BKG[name]).get(subject, [])

    def _one(self, name: str, subject: str) -> str:
        return next(iter(self._at(name, subject)), "")

    @staticmethod
    def _first(values: dict[str, list[str]], subject: str) -> str:
        return next(iter(values.get(subject, ())), "")

    def _label(self, iri: str) -> str:
        return self._first(self._values(REUSED["rdfs:label"]), iri)

    def _concept(self, iri: str) -> str:
        """A concept in words: its preferred label, else the end of its IRI."""
        return self._first(self._values(_PREFERRED), iri) or in_words(iri.rsplit("/", 1)[-1])

    def _kind(self, name: str, subject: str) -> str:
        """The concept that a property names, in words, or ""."""
        concept = self._one(name, subject)
        return self._concept(concept) if concept else ""

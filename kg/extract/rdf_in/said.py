"""What the statements of one RDF graph say, by node and property of breachkg's vocabulary, and what claims prove it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg.model import Basis, Certainty, Evidence, Origin
from kg.patterns import regex
from kg.vocabulary import BKG, ID, NS, REUSED, VOCAB, compact, concepts, is_graph

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    import pyoxigraph as ox

    from kg.model import Proof

RECORD = regex(rf"(?P<record>{re.escape(ID)}document/[^/]+/record/(?P<number>\d{{1,18}}))(?:/|\Z)")
"""The IRIs of nodes that `kg export` writes for the records of a document."""


def iri_of(name: str) -> str:
    """Return the IRI of a property or class ("breached", "rdfs:label")."""
    return (BKG.get(name) or REUSED[name])[1:-1]


BEGIN, ENDS = iri_of("validFrom"), (iri_of("validUntil"), iri_of("observedUntil"))
"""The properties that tell the beginning of a relationship, and its end."""
TYPE, LABEL, _DERIVED_FROM = map(iri_of, ("rdf:type", "rdfs:label", "prov:wasDerivedFrom"))
_STANDING = frozenset({TYPE, _DERIVED_FROM})
"""Statements that say of a node only what it is and where it is from."""
_DERIVED = _STANDING | set(
    map(iri_of, "affects exposedDataType earliest latest industry grade usesVendor dct:date".split())
)
"""Statements that follow from others, or are made anew from them."""


class Term(NamedTuple):
    """The object of a statement: an IRI or the name of a blank node, or the text of a literal."""

    value: str
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: what it is about beside its statement, what it proves, the source it rests on, and who made it.

    That is the incident whose record the claim is of, "" where the record is of none, None where it is of no record.
    """

    about: str
    evidence: Evidence
    source: str
    maker: str | None


class Said:
    """The statements of one graph.

    Attributes:
        name: what the graph is called in the places of evidence, "" for a document's own statements.
        document: whose evidence it is, None where it is nobody's.
        about: node -> property -> objects, each once, in the order of the text.
        read: the statements (node, property) that have been told of.
        left: statements among those read or derived that no record has a place for; they come with the rest.
        noted: the statements that came with the rest of a node.
    """

    def __init__(
        self, triples: Iterable[tuple[str, str, Term]], name: str = "", document: Origin | None = None
    ) -> None:
        self.name, self.document = name, document
        self.about: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for s, p, o in triples:
            if o not in self.about[s][p]:
                self.about[s][p].append(o)
        self.read: set[tuple[str, str]] = set()
        self.left: set[tuple[str, str, Term]] = set()
        self.noted: set[tuple[str, str, Term]] = set()
        self._claims = self._claimed()

    def of(self, node: str, name: str) -> list[Term]:
        """Return the objects of a property ("breached", "rdfs:label") of a node; they count as told of."""
        iri = iri_of(name)
        self.read.add((node, iri))
        return self.about[node][iri] if node in self.about and iri in self.about[node] else []

    def leave(self, node: str, name: str, term: Term) -> None:
        """Have a statement come with the rest, though its property is one that records tell of."""
        self.left.add((node, iri_of(name), term))

    def leave_all(self, node: str) -> None:
        """Have all that is said of a node come with the rest, as it makes up no part of a record."""
        self.left.update((node, iri, term) for iri, terms in self.about.get(node, {}).items()
                         if iri not in _STANDING for term in terms)  # fmt: skip

    def texts(self, node: str, name: str) -> list[str]:
        """Return the literals of a property, sorted; anything else is left."""
        return self._those(node, name, literal=True)

    def text(self, node: str, name: str) -> str:
        """Return the least literal of a property, "" where there is none; the others are left."""
        first, *others = self.texts(node, name) or [""]
        for text in others:
            self.leave(node, name, Term(text, literal=True))
        return first

    def nodes(self, node: str, name: str) -> list[str]:
        """Return the nodes of a property, sorted; literals are left."""
        return self._those(node, name, literal=False)

    def _those(self, node: str, name: str, *, literal: bool) -> list[str]:
        terms = self.of(node, name)
        for term in terms:
            if term.literal != literal:
                self.leave(node, name, term)
        return sorted(term.value for term in terms if term.literal == literal)

    def named(self, node: str, name: str, apart: Container[str] = ()) -> list[str]:
        """Return the names of the nodes of a property but some; those without a name are left."""
        found = []
        for one in self.nodes(node, name):
            if one not in apart and (label := self.text(one, "rdfs:label")):
                found.append(label)
            elif one not in apart:
                self.leave(node, name, Term(one))
        return found

    def slug(self, node: str, name: str, scheme: str) -> str:
        """Return the concept of a scheme that a property names, "" where it names none; the others are left."""
        first, *others = self.slugs(node, name, scheme) or [""]
        for slug in others:
            self.leave(node, name, Term(f"{VOCAB}{scheme}/{slug}"))
        return first

    def slugs(self, node: str, name: str, scheme: str) -> list[str]:
        """Return the concepts of a scheme that a property names, sorted; what the scheme does not have is left."""
        prefix = f"{VOCAB}{scheme}/"
        found = set()
        for term in self.of(node, name):
            # Others than we may write a concept as a word.
            slug = "-".join(term.value.casefold().split()) if term.literal else term.value.removeprefix(prefix)
            if slug in concepts(scheme):
                found.add(slug)
            else:
                self.leave(node, name, term)
        return sorted(found)

    def truth(self, node: str, name: str) -> bool:
        """Return whether a property is true, as XML Schema writes it; what is neither true nor false is left."""
        text = self.text(node, name)
        if text not in {"", "true", "1", "false", "0"}:
            self.leave(node, name, Term(text, literal=True))
        return text in {"true", "1"}

    def number(self, node: str, name: str) -> Decimal | None:
        """Return the number that a property gives, None where it gives none; what is no number is left."""
        text = self.text(node, name)
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite():
            return number
        if text:
            self.leave(node, name, Term(text, literal=True))
        return None

    def whole(self, node: str, name: str) -> int | None:
        """Return the whole number, from 0 on, that a property gives, None where it gives none; any other is left."""
        number = self.number(node, name)
        if number is None:
            return None
        if number >= 0 and number == number.to_integral_value():
            return int(number)
        self.leave(node, name, Term(self.text(node, name), literal=True))
        return None

    def certainty(self, *nodes: str) -> Certainty:
        """Return how sure the first of some nodes is that says so; where none does, they are."""
        said = (self.slug(node, "certainty", "certainty") for node in nodes)
        return next((Certainty(slug) for slug in said if slug in set(Certainty)), Certainty.CONFIRMED)

    def typed(self, name: str) -> list[str]:
        """Return the nodes of a class: those of records in their order, then the others, sorted."""
        kind = Term(iri_of(name))
        return sorted((node for node, said in self.about.items() if kind in said.get(TYPE, ())), key=place)

    def origin(self, record: str) -> Origin | None:
        """Return the document that had a record first: one that this document had it from, else this one."""
        told = [node for node in self.nodes(record, "prov:wasDerivedFrom") if is_graph(node)]
        return Origin(told[0], tuple(self.texts(told[0], "rdfs:label"))) if told and self.document else self.document

    def tells_origin(self, node: str) -> bool:
        """Return whether nothing is said of a node but which document had it first, or what that is called."""
        said = self.about[node].keys()
        return said <= {_DERIVED_FROM} or (is_graph(node) and said <= {LABEL})

    def proof(self, subject: str, name: str, obj: Term, about: str = "", maker: str | None = None) -> Proof:
        """Return the evidence of the claims that state something, the outright ones first; of those of others none, if it is told who asks.

        Where no claim is made in the whole graph, the statement itself is the evidence, as sure as what it is about is.
        """
        predicate = iri_of(name)
        claims = self._claims.get((subject, predicate, obj), [])
        if not self._claims:
            shown = f'"{obj.value}"' if obj.literal else self._shown(obj.value)
            quote = f"{self._shown(subject)} {compact(predicate)} {shown}"
            return (Evidence(quote, None, self.place(self._shown(subject)), self.certainty(about, obj.value, subject)),)
        return tuple(c.evidence for c in claims if c.about == about and (maker is None or c.maker in {maker, None}))

    def listed(self, subject: str, name: str, obj: str) -> bool:
        """Return whether a record that is of no incident claims something."""
        predicate = iri_of(name)
        return any(claim.maker == "" for claim in self._claims.get((subject, predicate, Term(obj)), ()))

    def ends_with_others(self, relationship: str, day: Term) -> bool:
        """Return whether the day by which a relationship was over follows from the end of another one of its customer and supplier.

        Where copies of a list have sighted it, the day is what they tell.
        """
        return self._shared(relationship, ENDS, day) and iri_of("observedFrom") not in self.about[relationship]

    def begins_with_others(self, relationship: str, day: Term) -> bool:
        """Return whether another relationship of its customer and supplier, and of its service if it has one, began on the same day."""
        return self._shared(relationship, (BEGIN,), day)

    def _shared(self, relationship: str, properties: Iterable[str], day: Term) -> bool:
        service, own = iri_of("service"), self.about[relationship]
        return any(
            day in self.about[other].get(name, ())
            for other in self._between[self._pair(relationship)]
            if other != relationship and set(own.get(service, ())) <= set(self.about[other].get(service, ()))
            for name in properties
        )

    def _pair(self, relationship: str) -> tuple[str, str]:
        customer, supplier = (self.about[relationship].get(iri_of(name), ()) for name in ("customer", "supplier"))
        return min((term.value for term in customer), default=""), min((term.value for term in supplier), default="")

    @cached_property
    def _between(self) -> dict[tuple[str, str], list[str]]:
        """Customer and supplier -> the relationships between both."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for node in self.typed("SupplyRelationship"):
            found[self._pair(node)].append(node)
        return found

    def _shown(self, node: str) -> str:
        """A node for people: its IRI, of a blank one its label."""
        if not node.startswith("_:"):
            return compact(node)
        labels = (term.value for term in self.about[node].get(LABEL, ()))
        return f'"{min(labels, default=node)}"'

    def place(self, where: str) -> str:
        """Return a place in the graph, with the graph's name where it has one."""
        return f"{self.name}: {where}" if self.name else where

    @cached_property
    def cited(self) -> dict[str, int]:
        """The sources that claims rest on, each with its rank: the most used first."""
        count = Counter(claim.source for claims in self._claims.values() for claim in claims)
        return {source: rank for rank, source in enumerate(sorted(count, key=lambda one: (-count[one], one)))}

    def rest(self, node: str) -> Iterator[tuple[str, Term]]:
        """Yield the statements about a node that nothing told of, and that follow from no others, and those left."""
        for predicate, terms in self.about.get(node, {}).items():
            known = predicate in _DERIVED or (node, predicate) in self.read
            for term in terms:
                if not known or (node, predicate, term) in self.left:
                    self.noted.add((node, predicate, term))
                    yield predicate, term

    def _claimed(self) -> dict[tuple[str, str, Term], list[Claim]]:
        found: dict[tuple[str, str, Term], list[Claim]] = defaultdict(list)
        makers = self._makers()
        for node in self.typed("Claim"):
            subjects, predicates = self.nodes(node, "rdf:subject"), self.nodes(node, "rdf:predicate")
            objects = self.of(node, "rdf:object")
            for name in ("statedIn", "rdf:type"):
                self.of(node, name)
            if len(subjects) == len(predicates) == len(objects) == 1:
                about = next(iter(self.nodes(node, "exposure")), "")
                source = next(iter(self.nodes(node, "dct:source")), "")
                evidence = self._evidence(node, about, objects[0].value, subjects[0])
                record = RECORD.match(node)
                maker = makers.get(record["record"], "") if record else None
                found[subjects[0], predicates[0], objects[0]].append(Claim(about, evidence, source, maker))
            else:
                self.leave_all(node)
        return {stated: _apart(claims) for stated, claims in found.items()}

    def _makers(self) -> dict[str, str]:
        """Record -> the incident that it is, or that its claims are about."""
        found = {node: node for node in self.typed("Incident")}
        incidents = frozenset(found)
        for node in self.typed("Claim"):
            about = incidents.intersection(self.nodes(node, "rdf:subject"))
            if about and (record := RECORD.match(node)):
                found[record["record"]] = min(about)
        return found

    def _claimed_in(self, claim: str) -> str:
        """A place for a claim that has none: the document that it comes from, and its own name."""
        stated = next(iter(self.nodes(claim, "statedIn")), "")
        return f"{next(iter(self.texts(stated, 'rdfs:label')), '')} claim {claim.rpartition('/')[2]}".strip()

    def _evidence(self, node: str, *about: str) -> Evidence:
        """The evidence of a claim, as sure as what it is about where it does not say.

        Its characters are those of another document, so they are told in words.
        """
        start, end = self.whole(node, "quoteStart"), self.whole(node, "quoteEnd")
        where = self.text(node, "place") or self._claimed_in(node)
        if start is not None and end is not None:
            where += f", characters {start}-{end}"
        basis = self.slug(node, "basis", "basis")
        confidence = self.number(node, "confidence")
        return Evidence(
            self.text(node, "quote"),
            None,
            self.place(where),
            self.certainty(node, *about),
            Basis(basis) if basis in set(Basis) else Basis.STATED,
            min(max(confidence, Decimal(0)), Decimal(1)) if confidence is not None else Decimal(1),
        )


def _apart(claims: list[Claim]) -> list[Claim]:
    """Claims of one statement in order; those of one place, which only others write, get places of their own."""
    ordered = sorted(claims, key=lambda claim: (_rank(claim.evidence), claim.about))
    seen: dict[tuple[str, str], int] = {}
    found = []
    for claim in ordered:
        count = seen[claim.about, claim.evidence.place] = seen.get((claim.about, claim.evidence.place), 0) + 1
        where = claim.evidence.place + (f" ({count})" if count > 1 else "")
        found.append(replace(claim, evidence=replace(claim.evidence, place=where)))
    return found


_CHARACTERS = regex(r"characters (\d+)-\d+\Z")


def _rank(evidence: Evidence) -> tuple[int, int, str, str]:
    match = _CHARACTERS.search(evidence.place)
    at = int(match[1]) if match else 0
    return list(Basis).index(evidence.basis), at, evidence.place, evidence.quote


def place(node: str) -> tuple[str, int, str]:
    """Return what nodes are sorted by: their document, the number of their record, their name."""
    match = RECORD.match(node)
    return (match["record"].partition("/record/")[0], int(match["number"]), node) if match else ("~", 0, node)


def own(iri: str) -> bool:
    """Return whether an IRI is a term of breachkg's vocabulary or schemes."""
    return iri.startswith((NS, VOCAB))


class Names(dict[str, str]):
    """Blank node -> its name here, by the order in which they are met: a parser's own names differ from run to run."""

    def of(self, term: ox.NamedNode | ox.BlankNode) -> str:
        """Return an IRI, or the name of a blank node."""
        text = str(term)
        if not text.startswith("_:"):
            return term.value
        return self.setdefault(text, f"_:b{len(self) + 1:07}")


def triple(quad: ox.Quad, names: Names) -> tuple[str, str, Term] | None:
    """Return a statement as texts, None for a statement about a statement."""
    import pyoxigraph as ox  # noqa: PLC0415 - kept out of `kg --help`

    subject, obj = quad.subject, quad.object
    if isinstance(subject, ox.Triple) or isinstance(obj, ox.Triple):
        return None
    term = Term(obj.value, literal=True) if isinstance(obj, ox.Literal) else Term(names.of(obj))
    return names.of(subject), quad.predicate.value, term

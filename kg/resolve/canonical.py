"""The canonical graph: the evidence under its canonical names, each fact once.

A node of an evidence graph has one canonical name: organizations get it from resolution, incidents from
their published identifier, supply relationships from their two ends; everything nested under an incident
moves with it. What holds is then the set of renamed triples, plus the projections that queries want
(`usesVendor`, `affects`, `exposedDataType`, the type `Vendor`). Where documents disagree on a fact that
can hold one value only, the latest dated document's word is taken and `bkg:conflict` names the others.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.rdf import LABEL, A
from kg.rdf.terms import literal, value
from kg.vocabulary import BKG, REUSED, data_iri, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.rdf import EvidenceGraph, Tie, Triple

_LEFT_BEHIND = frozenset({BKG["quoteStart"], BKG["quoteEnd"], BKG["place"], BKG["note"]})
"""Properties that stay in the evidence."""
_NOT_COPIED = frozenset({BKG["Note"]})
_ENDS = frozenset({REUSED["rdf:subject"], REUSED["rdf:object"]})
SINGLE = frozenset(
    BKG[name] for name in (
        "certainty", "earliest", "investigationStatus", "latest", "relationshipStatus", "sensitivity", "validFrom", "validUntil",
    )
) | {REUSED["dct:date"], LABEL}  # fmt: skip
"""Properties that hold one value a node; labels of organizations are settled apart, the others become aliases."""
RISK = frozenset(
    BKG[name] for name in (
        "affectsDownstream", "breached", "discovered", "disclosed", "exposedDataType", "firstReportedBy", "formerName", "involvement",
        "occurred", "productOf", "recordCount", "reported", "response", "usesVendor",
    )
) | {REUSED["org:linkedTo"], REUSED["org:subOrganizationOf"]}  # fmt: skip
"""Facts whose claims have a light copy in the canonical graph."""
_BETWEEN_TWO = frozenset({BKG["productOf"], BKG["usesVendor"], REUSED["org:linkedTo"], REUSED["org:subOrganizationOf"]})
"""Facts that no organization can have with itself."""


def referents(graph: EvidenceGraph, resolved: Mapping[str, str]) -> dict[str, str]:
    """Return evidence node -> canonical node for the nodes of a graph that do not simply move with their incident."""
    found = {mention.iri: resolved[mention.iri] for mention in graph.mentions if mention.iri in resolved}
    for anchor in graph.anchors:
        scheme, _, identifier = anchor.identifier.partition(":")
        local = anchor.iri[1:-1].rsplit("/document/", 1)[1].replace("/record", "")
        found[anchor.iri] = (
            f"<{data_iri('incident', scheme, identifier) if identifier else data_iri('incident', *local.split('/'))}>"
        )
    for tie in graph.ties:
        ends = (found.get(tie.customer, tie.customer), found.get(tie.supplier, tie.supplier))
        found[tie.iri] = f"<{data_iri('relationship', digest(*(_moved(end, found) for end in ends), tie.service))}>"
    return found


def _moved(term: str, found: Mapping[str, str]) -> str:
    """The canonical name of a node nested under a record, through the record's own."""
    if "/record/" not in term:
        return term
    head, _, tail = term.partition("/record/")
    number, _, rest = tail.partition("/")
    record = found.get(f"{head}/record/{number}>")
    return f"{record[:-1]}/{rest}" if record and rest else term


def canonical_triples(graph: EvidenceGraph, names: Mapping[str, str]) -> Iterator[tuple[str, Triple]]:
    """Yield what a document contributes to the canonical graph, each fact with the day its record is dated to.

    Suppliers become vendors, and whoever is breached or affected downstream is affected. A relationship or an
    affiliation of an organization with itself is left out, with all that is said of it (`loops` tells of the former).

    Args:
        graph: the evidence.
        names: what `referents` gave for it.
    """
    left = _not_copied(graph, names) | {tie.iri for tie in loops(graph, names)}
    when = _Dating(graph)
    renamed = dict(names)

    def name(term: str) -> str:
        known = renamed.get(term)
        if known is None:
            known = renamed[term] = _rename(term, graph.root, names)
        return known

    for s, p, o in graph.triples:
        if s in left or o in left or p in _LEFT_BEHIND:
            continue
        subject, obj = name(s), name(o) if o[0] == "<" else o
        if p in _BETWEEN_TWO and subject == obj:
            continue
        day = when.of(s)
        yield day, (subject, p, obj)
        if p == BKG["supplier"] and "/group/" not in obj:
            yield day, (obj, A, BKG["Vendor"])
        elif p in (BKG["breached"], BKG["affectsDownstream"]):
            yield day, (subject, BKG["affects"], obj)
        elif p == BKG["dataType"] and "/exposure/" in s:
            yield day, (name(s.rsplit("/exposure/", 1)[0] + ">"), BKG["exposedDataType"], obj)


def loops(graph: EvidenceGraph, names: Mapping[str, str]) -> list[Tie]:
    """Return the supply relationships whose two ends are one organization under the names that `referents` gave."""
    return [tie for tie in graph.ties if names.get(tie.customer, tie.customer) == names.get(tie.supplier, tie.supplier)]


def _not_copied(graph: EvidenceGraph, names: Mapping[str, str]) -> set[str]:
    """Notes, claims that carry no risk, and claims that an organization uses itself or belongs to itself."""
    left = {s for s, p, o in graph.triples if p == A and o in _NOT_COPIED}
    left |= {s for s, p, o in graph.triples if p == REUSED["rdf:predicate"] and o not in RISK}
    tying = {s for s, p, o in graph.triples if p == REUSED["rdf:predicate"] and o in _BETWEEN_TWO}
    ends: dict[str, set[str]] = defaultdict(set)
    for s, p, o in graph.triples:
        if s in tying and p in _ENDS:
            ends[s].add(names.get(o, o))
    return left | {claim for claim, found in ends.items() if len(found) == 1}


def _rename(term: str, root: str, names: Mapping[str, str]) -> str:
    """The canonical name of a node that has none of its own: it moves with its incident, or is shared by all documents."""
    if not term.startswith("<" + root) or "/claim/" in term:
        return term
    if "/record/" in term:
        return _moved(term, names)
    return f"<{data_iri(*term[len(root) + 2 : -1].split('/'))}>"


class _Dating:
    """The latest day that each record of a document is dated to, ISO; what no record owns has the document's latest."""

    def __init__(self, graph: EvidenceGraph) -> None:
        self._days = {s[:-1]: value(o) for s, p, o in graph.triples if p == BKG["latest"]}
        self._latest = max(self._days.values(), default="")

    def of(self, term: str) -> str:
        """Return the day for a node, "" where it has none."""
        head, between, tail = term.partition("/record/")
        return self._days.get(head + between + tail.partition("/")[0].rstrip(">"), "") if between else self._latest


class Settler:
    """Collects the canonical facts of all documents and settles those that can hold one value only."""

    def __init__(self) -> None:
        self.facts: set[Triple] = set()
        self._single: dict[tuple[str, str], dict[str, tuple[str, str]]] = defaultdict(dict)

    def add(self, facts: Iterable[tuple[str, Triple]], document: str) -> None:
        """Take in what one document contributes: its facts with their days; the document's IRI breaks ties."""
        for day, triple in facts:
            subject, predicate, obj = triple
            if predicate in SINGLE:
                told = self._single[subject, predicate]
                told[obj] = max(told.get(obj, ("", "")), (day, document))
            else:
                self.facts.add(triple)

    def settle(self) -> set[Triple]:
        """Return the canonical facts."""
        for (subject, predicate), told in self._single.items():
            ranked = sorted(told, key=lambda obj: (told[obj], obj), reverse=True)
            self.facts.add((subject, predicate, ranked[0]))
            for other in ranked[1:]:
                self.facts.add(_beside(subject, predicate, other))
        return self.facts


def _beside(subject: str, predicate: str, other: str) -> Triple:
    """What becomes of a value that was not taken: an alias for a label, else a conflict note."""
    if predicate == LABEL:
        return subject, REUSED["skos:altLabel"], other
    short = predicate[1:-1].rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    said = value(other).rsplit("/", 1)[-1] if other[0] == "<" else value(other)
    return subject, BKG["conflict"], literal(f"{short}: also reported as {said}")

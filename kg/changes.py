"""What changed between two states of a store, told as facts: what is new, what is gone, what became something else."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kg.query import Table
from kg.resolve.canonical import home
from kg.resolve.groups import SEPARATING
from kg.store.history import state_of
from kg.store.reading import text_of
from kg.store.stored import graph_of
from kg.vocabulary import BKG, ID, REFERENT_GRAPH, REUSED, VOCAB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.store import GraphStore

_Thing = TypeVar("_Thing")
_EDGES: Final = {
    name: BKG[name] for name in (
        "affectsDownstream", "breached", "disclosed", "discovered", "exposedDataType", "firstReportedBy", "formerName",
        "incidentType", "involvement", "occurred", "productOf", "recordCount", "reported", "response", "usesVendor",
    )
} | {name: REUSED[f"org:{name}"] for name in ("linkedTo", "subOrganizationOf")}  # fmt: skip
"""Facts that are there or not, of an organization or of an incident."""
_VALUES: Final = {
    "name": REUSED["rdfs:label"],
    "date": REUSED["dct:date"],
    "certainty": BKG["certainty"],
    "investigation": BKG["investigationStatus"],
    "service": BKG["service"],
    "status": BKG["relationshipStatus"],
    "valid from": BKG["validFrom"],
    "valid until": BKG["validUntil"],
    "seen from": BKG["observedFrom"],
    "over by": BKG["observedUntil"],
}
"""Properties whose value may become another, and the word for each."""
_CORRECTED: Final = 31
"""Days by which the date of an incident may be corrected; one of the same title that is farther away is another."""
_COUNTED: Final = frozenset({"disclosed", "discovered", "occurred", "recordCount", "reported"})
"""Facts that are values: where one goes and one comes, it became the other."""
_SHOWN: Final = ("Organization", "OrganizationGroup", "Incident", "SupplyRelationship", "ThreatActor")
_LABELS: Final = (REUSED["rdfs:label"], BKG["publisher"], REUSED["schema:url"])


@dataclass(frozen=True, slots=True)
class FactChange:
    """One change: of a fact that came or went, or of a value.

    Attributes:
        change: "added", "removed" or "changed".
        subject: label of what the fact is about; "Meta usesVendor Mercor" for a supply relationship.
        predicate: the property's local name, or the word for a value that changed ("status").
        object: label of the other end, behind it the terms of a relationship where the two had or keep another, and whether
            it is one of several; "" for a value.
        before: the old value, "" where there was none.
        after: the new value, "" where there is none.
        documents: names of the documents that brought the change, by coming or by going, or " (read anew)" behind the name
            of one that stayed as it was, by another version of its reader or another mapping.
        iri: the subject.
    """

    change: str
    subject: str
    predicate: str
    object: str
    before: str
    after: str
    documents: tuple[str, ...]
    iri: str

    def __str__(self) -> str:
        by = f", by {'; '.join(self.documents)}" if self.documents else ""
        if self.change == "changed":
            return f"{self.subject}: {self.predicate} {self.before or 'none'} -> {self.after or 'none'}{by}"
        return f"{self.change}: {self.subject} {self.predicate} {self.object}".rstrip() + by


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that changed from one state to another.

    Its ends are numbers of generations (0 for a file or a server), or texts for states of some days: "2026-03-31" for what was
    known at the end of that day, with ", valid on 2026-01-01" behind it for what was in force then.
    """

    old: int | str
    new: int | str
    changes: tuple[FactChange, ...]

    def table(self) -> Table:
        """Return one row a change."""
        columns = ("change", "subject", "predicate", "object", "before", "after", "documents")
        rows: list[tuple[Any, ...]] = [
            (c.change, c.subject, c.predicate, c.object, c.before, c.after, "; ".join(c.documents))
            for c in self.changes
        ]
        return Table(columns, rows)

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON object of `kg diff`."""
        return {"from": self.old, "to": self.new, "changes": [asdict(change) for change in self.changes]}


def compare(old: GraphStore, new: GraphStore, days: Sequence[Mapping[str, date]] = ({}, {})) -> Difference:
    """Return what changed from one state to another, sorted by subject; `days` are those that each is of (`as_of`, `valid_on`)."""
    before, after = _State(old), _State(new)
    before.rename(after)
    found = [*_things(before, after), *_edges(before, after), *_relationships(before, after), *_values(before, after)]
    ranked = sorted(found, key=lambda c: (c.subject.casefold(), c.predicate, c.object.casefold(), c.change, c.iri))
    return Difference(state_of(old.generation, days[0]), state_of(new.generation, days[1]), tuple(ranked))


class _State:
    """One state, read property by property."""

    def __init__(self, store: GraphStore) -> None:
        self.store = store
        self.names: dict[str, str] = {}
        self.own: dict[str, str] = {}
        self.merged: dict[str, str] = {}
        self.joined: dict[str, str] = {}
        self.graphs = {value for value, _ in self.pairs(BKG["documentKind"])}

    @cached_property
    def contents(self) -> set[tuple[str, str]]:
        """The name of every document, with the digest of its bytes."""
        return {self._content(graph) for graph in self.graphs}

    def _content(self, graph: str) -> tuple[str, str]:
        return self.one(graph, REUSED["rdfs:label"]), self.one(graph, REUSED["dct:identifier"])

    def rename(self, other: _State) -> None:
        """Tell from now on of organizations and incidents under the IRIs that they have in another, later state.

        One is known again by its mentions; where their documents are others, by its name. What bears another LEI, or
        another Wikidata identifier, is another, and so is an incident of other days that no document of this name told.
        Where it was parted, the part that has its name now is it, whichever has its IRI.
        """
        for name in ("Organization", "Incident"):
            here, there = self.typed(name), other.typed(name)
            gone, come = here - there, there - here
            told = {
                iri: {one for one in self._referents(iri, other) & there if not self._contradicted(iri, other, one)}
                for iri in gone
            }
            for iri, found in told.items():
                if len(found) == 1 and not (found & come and sum(found == one for one in told.values()) == 1):
                    self.merged[iri] = min(found)
            pairs = {iri: min(found) for iri, found in told.items() if len(found) == 1 and iri not in self.merged}
            olds = _by(gone - pairs.keys() - self.merged.keys(), self.label)
            news = _by(come - set(pairs.values()) - set(self.merged.values()), other.label)
            pairs |= {
                olds[label]: news[label]
                for label in olds.keys() & news.keys()
                if not self._contradicted(olds[label], other, news[label])
                and not self._of_other_days(olds[label], other, news[label])
            }
            pairs |= {
                iri: part
                for part in sorted(come - set(pairs.values()) - set(self.merged.values()))
                for iri in other._referents(part, self) & here & there
                if self.label(iri) == other.label(part) != other.label(iri) and not self._contradicted(iri, other, part)
            }
            self.names |= pairs
        self.own = {new: old for old, new in self.names.items()}
        self.joined = self.names | self.merged

    def _referents(self, iri: str, other: _State) -> set[str]:
        """What the mentions of a node stand for in another state."""
        mentions = self.store.find(None, BKG["referent"][1:-1], iri, REFERENT_GRAPH[1:-1])
        found = (
            other.store.find(text_of(one.subject), BKG["referent"][1:-1], None, REFERENT_GRAPH[1:-1])
            for one in mentions
        )
        return {text_of(one.object) for quads in found for one in quads}

    def _contradicted(self, iri: str, other: _State, there: str) -> bool:
        """Whether a node here and one of another state bear different identifiers of a scheme of which each has one."""
        ours, theirs = (
            {text_of(quad.object) for quad in state.store.find(node, REUSED["dct:identifier"][1:-1])}
            for state, node in ((self, iri), (other, there))
        )
        for scheme in SEPARATING:
            one, two = ({told for told in found if told.startswith(f"{scheme}:")} for found in (ours, theirs))
            if one and two and not one & two:
                return True
        return False

    def _of_other_days(self, iri: str, other: _State, there: str) -> bool:
        """Whether a node here and one of another state are of days far apart, and not for an edit of their document."""
        first, last = self.one(iri, BKG["earliest"]), self.one(iri, BKG["latest"])
        begun, ended = other.one(there, BKG["earliest"]), other.one(there, BKG["latest"])
        apart = _far(last, begun) or _far(ended, first)
        return apart and not set(self.documents(iri, other)) & set(other.documents(there, self))

    def told(self, term: Any, *, merged: bool = False) -> str:
        """The text of a term, under the name of the later state; of what became one with another its own, unless `merged`."""
        text = text_of(term)
        names = self.joined if merged else self.names
        if not names or text in names:
            return names.get(text, text)
        incident, rest = home(f"<{text}>")
        return f"{names[incident[1:-1]]}/{rest}" if incident and incident[1:-1] in names else text

    def _here(self, iri: str) -> str:
        """What a node of the later state is called here."""
        if iri in self.own:
            return self.own[iri]
        incident, rest = home(f"<{iri}>") if self.own else (None, "")
        return f"{self.own[incident[1:-1]]}/{rest}" if incident and incident[1:-1] in self.own else iri

    def pairs(self, predicate: str) -> set[tuple[str, str]]:
        """Subject and object values of a property."""
        return {(self.told(q.subject), self.told(q.object)) for q in self.store.find(None, predicate[1:-1])}

    def joined_pairs(self, predicate: str) -> dict[tuple[str, str], tuple[str, str]]:
        """Subject and object values of a property -> the two with what became one with another told as that."""
        found = {(q.subject, q.object) for q in self.store.find(None, predicate[1:-1])}
        return {
            (self.told(one), self.told(two)): (self.told(one, merged=True), self.told(two, merged=True))
            for one, two in found
        }

    def values(self, predicate: str) -> dict[str, str]:
        """Subject -> value of a property that has one; of several the least."""
        return dict(sorted(self.pairs(predicate), reverse=True))

    def typed(self, name: str) -> set[str]:
        """The members of a class."""
        return {self.told(q.subject) for q in self.store.find(None, REUSED["rdf:type"][1:-1], BKG[name][1:-1])}

    def one(self, subject: str, predicate: str) -> str:
        """A value of a property, "" where there is none."""
        return min((self.told(q.object) for q in self.store.find(self._here(subject), predicate[1:-1])), default="")

    def label(self, iri: str) -> str:
        """What a node is called; a supply relationship by its two ends."""
        if iri.startswith(VOCAB):
            return iri.rsplit("/", 1)[-1]
        if iri.startswith(f"{ID}relationship/"):
            return " usesVendor ".join(map(self.label, self.ends(iri)))
        if party := self.one(iri, BKG["party"]):
            return f"{self.label(party)} ({self.label(self.one(iri, BKG['role']))})"
        if unit := self.one(iri, BKG["unit"]):
            return f"{self._count(iri)} {unit}"
        return next((label for predicate in _LABELS if (label := self.one(iri, predicate))), iri)

    def _count(self, iri: str) -> str:
        least, most = self.one(iri, BKG["atLeast"]).lstrip("0"), self.one(iri, BKG["atMost"])
        if least and most:
            return f"{int(least):,}" if least == most else f"{int(least):,} to {int(most):,}"
        return f"at least {int(least):,}" if least else f"at most {int(most):,}" if most else "some"

    def shown(self, value: str) -> str:
        """A value as it is told: a node by its label."""
        return self.label(value) if value.startswith((ID, VOCAB)) else value

    def ends(self, iri: str) -> tuple[str, str]:
        """Customer and supplier of a supply relationship."""
        return self.one(iri, BKG["customer"]), self.one(iri, BKG["supplier"])

    def relationships(self, customer: str, supplier: str) -> list[str]:
        """The supply relationships between two organizations."""
        found = (text_of(quad.subject) for quad in self.store.find(None, BKG["customer"][1:-1], self._here(customer)))
        return [iri for iri in found if self.one(iri, BKG["supplier"]) == supplier]

    def terms(self, iri: str) -> str:
        """For what, since when and until when a supply relationship is, and its status, as far as it says so."""
        told = (("", "service"), ("from ", "valid from"), ("until ", "valid until"), ("", "status"))
        return ", ".join(word + self.shown(value) for word, name in told if (value := self.one(iri, _VALUES[name])))

    def documents(self, iri: str, other: _State) -> tuple[str, ...]:
        """Names of the documents that speak of a node and that the other state does not hold, or holds as they were read otherwise."""
        found = self.store.find(None, BKG["referent"][1:-1], self._here(iri), REFERENT_GRAPH[1:-1])
        graphs = {graph_of(str(quad.subject))[1:-1] for quad in found} - other.graphs
        return tuple(sorted({self._document(graph, other) for graph in graphs}))

    def _document(self, graph: str, other: _State) -> str:
        content = self._content(graph)
        return f"{content[0]} (read anew)" if content in other.contents else content[0]


def _far(before: str, after: str) -> bool:
    """Whether a day is so much later than another that none of both is a correction of the other; not where one is not known."""
    return bool(before and after) and (date.fromisoformat(after) - date.fromisoformat(before)).days > _CORRECTED


def _by(nodes: Iterable[_Thing], key: Callable[[_Thing], Any]) -> dict[Any, _Thing]:
    """Key -> the node, or statement, that alone has it."""
    found: dict[Any, list[_Thing]] = {}
    for iri in nodes:
        found.setdefault(key(iri), []).append(iri)
    return {told: one[0] for told, one in found.items() if told and len(one) == 1}


def _things(before: _State, after: _State) -> Iterator[FactChange]:
    """Organizations and incidents that are new, or gone."""
    for name in ("Organization", "Incident"):
        old, new = before.typed(name), after.typed(name)
        for change, state, other, nodes in (("added", after, before, new - old), ("removed", before, after, old - new)):
            for iri in nodes:
                documents = state.documents(iri, other)
                now = f"of its own: it is one with {_partners(before, iri)} now" if iri in state.merged else ""
                yield FactChange(change, state.label(iri), f"is an {name.lower()}", now, "", "", documents, iri)


def _partners(before: _State, iri: str) -> str:
    """What an earlier state calls that with which a node of it became one."""
    into = before.merged[iri]
    if before.store.find(into, REUSED["rdf:type"][1:-1]):
        return before.label(into)
    return " and ".join(sorted(before.label(one) for one, node in before.merged.items() if node == into and one != iri))


def _edges(before: _State, after: _State) -> Iterator[FactChange]:
    for name, term in _EDGES.items():
        old, new = before.joined_pairs(term), after.joined_pairs(term)
        stayed = set(old.values()) & new.keys()
        gone, come = (
            {pair: _read(state, pair, joined) for pair, joined in told.items() if joined not in stayed}
            for state, told in ((before, old), (after, new))
        )
        alike = set(gone.values()) & set(come.values())  # what reads as it read before is the same to a reader
        gone, come = ({pair: key for pair, key in told.items() if key not in alike} for told in (gone, come))
        if name in _COUNTED:
            left, right = (_by(told.items(), lambda one: one[1][0]) for told in (gone, come))
            for subject in left.keys() & right.keys():
                (was, (_, value)), (now, (_, other_value)) = left[subject], right[subject]
                documents = after.documents(subject, before) or before.documents(subject, after)
                yield FactChange("changed", after.label(subject), name, "", value, other_value, documents, subject)
                del gone[was], come[now]
        for change, state, other, told in (("added", after, before, come), ("removed", before, after, gone)):
            for subject, obj in told:
                about = state.relationships(subject, obj) if name == "usesVendor" else [subject]
                documents = tuple(sorted({name for node in about for name in state.documents(node, other)}))
                yield FactChange(change, state.label(subject), name, state.shown(obj), "", "", documents, subject)


def _read(state: _State, pair: tuple[str, str], joined: tuple[str, str]) -> tuple[str, str]:
    """What a fact is known by: its subject, and its object if that is an organization; of any other what it reads.

    The IRIs of others may tell which document they are from.
    """
    return joined[0], joined[1] if joined[1].startswith(f"{ID}organization/") else state.shown(pair[1])


def _relationships(before: _State, after: _State) -> Iterator[FactChange]:
    """Supply relationships that are new, or gone, between organizations of which both states hold that one uses the other."""
    old, new = before.typed("SupplyRelationship"), after.typed("SupplyRelationship")
    stand = set.intersection(
        *(
            {_read(state, pair, joined) for pair, joined in state.joined_pairs(BKG["usesVendor"]).items()}
            for state in (before, after)
        )
    )
    # One that stays may stand between others now: the parts of an organization may have kept each other's IRIs.
    same = {iri for iri in old & new if _said(before, iri)[:2] == _said(after, iri)[:2]}
    come, gone = ({iri: _said(state, iri) for iri in nodes - same} for state, nodes in ((after, new), (before, old)))
    # One that says what another said before is the same to a reader: a second term only gave it another name.
    alike = set(come.values()) & set(gone.values())
    for change, state, other, told in (("added", after, before, come), ("removed", before, after, gone)):
        for iri, said in told.items():
            ends = said[:2]
            if (
                ends in stand
                and said not in alike
                and said not in {_said(other, one) for one in other.relationships(*ends)}
            ):
                customer, supplier = state.ends(iri)
                several = "one of several: " if len(state.relationships(customer, supplier)) > 1 else ""
                shown = f"{state.label(supplier)} ({several}{said[2]})"
                documents = state.documents(iri, other)
                yield FactChange(change, state.label(customer), "usesVendor", shown, "", "", documents, customer)


def _said(state: _State, iri: str) -> tuple[str, str, str]:
    """Customer, supplier and terms of a supply relationship; what became one with another is told as that."""
    customer, supplier = state.ends(iri)
    joined = state.merged.get(customer, customer), state.merged.get(supplier, supplier)
    return *_read(state, (customer, supplier), joined), state.terms(iri)


def _values(before: _State, after: _State) -> Iterator[FactChange]:
    """Values of nodes that both states hold."""
    shown = set.intersection(*({node for name in _SHOWN for node in state.typed(name)} for state in (before, after)))
    for word, predicate in _VALUES.items():
        old, new = before.values(predicate), after.values(predicate)
        for iri in shown & (old.keys() | new.keys()):
            was, now = old.get(iri, ""), new.get(iri, "")
            if was != now:
                documents = after.documents(iri, before) or before.documents(iri, after)
                told = before.shown(was), after.shown(now)
                yield FactChange("changed", after.label(iri), word, "", *told, documents, iri)

"""RDF in breachkg's own vocabulary, read back: what `kg export` writes, and what others write in its terms.

A document may hold the whole of a store. Read is what its evidence graphs say, each for itself, or, where it has none, what
it says itself. Canonical facts, referents and provenance are left out: they follow from the evidence, and are made anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import UnreadableError
from kg.extract.rdf_in.records import records
from kg.extract.rdf_in.said import LABEL, TYPE, Names, Said, iri_of, own, triple
from kg.extract.rdf_in.syntax import parsed, quads, syntax
from kg.model import Defect, Origin
from kg.vocabulary import CLASSES, GRAPHS_APART, NS, compact, is_graph, ontology_dir

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extract.rdf_in.said import Term
    from kg.model import Document, Extracted

    Triple: TypeAlias = tuple[str, str, Term]

_REPORT, _WITHDRAWN = map(iri_of, ("ReportGraph", "prov:invalidatedAtTime"))
_NAMED = "between two that have a name (rdfs:label)"
_DERIVED = frozenset({"Claim", "ReportGraph", "Vendor", "DataType", "Industry"})


def read(document: Document) -> Iterator[Extracted]:
    """Yield the records, a defect for every broken line, and one for every kind of node that is told of in none.

    Raises:
        UnreadableError: the document is broken, or has nothing in this vocabulary.
    """
    if not syntax(document.text):
        raise UnreadableError(document.name, "is no RDF that can be read")
    graphs: dict[str, list[Triple]] = defaultdict(list)
    names = Names()
    for found in quads(document):
        if isinstance(found, Defect):
            yield found
        elif statement := triple(found, names):
            graphs[getattr(found.graph_name, "value", "")].append(statement)
    if not any(own(predicate) for graph in graphs.values() for _, predicate, _ in graph):
        raise UnreadableError(document.name, f"says nothing in the vocabulary of breachkg ({_vocabularies(graphs)})")
    number = 0
    for said in _evidence(graphs):
        told: set[str] = set()
        for record in records(said, number, told):
            number = record.number
            yield record
        yield from _left(said, told)
    if not number:
        raise UnreadableError(
            document.name,
            f"holds no incident and no supply relationship {_NAMED}, in the vocabulary of breachkg",
        )


def _evidence(graphs: Mapping[str, list[Triple]]) -> Iterator[Said]:
    """The graphs to be read: the evidence graphs that are not withdrawn, else, where there are none, all there are."""
    names: dict[str, set[str]] = defaultdict(set)
    described: set[str] = set()
    withdrawn: set[str] = set()
    for subject, predicate, term in (statement for graph in graphs.values() for statement in graph):
        if predicate == TYPE and term.value == _REPORT:
            described.add(subject)
        elif predicate == _WITHDRAWN:
            withdrawn.add(subject)
        elif predicate == LABEL and is_graph(subject):
            names[subject].add(term.value)
    there = graphs.keys() - GRAPHS_APART
    for iri in sorted((described & there or there) - withdrawn):
        called = tuple(sorted(names.get(iri, ())))
        origin = Origin(iri, called) if iri in described and is_graph(iri) else None
        yield Said(graphs[iri], next(iter(called), iri), origin)


def _vocabularies(graphs: Mapping[str, list[Triple]]) -> str:
    """The namespaces that a document uses most, with the number of statements."""
    count = Counter(
        predicate[: max(predicate.rfind(mark) for mark in "#/:") + 1]
        for graph in graphs.values()
        for _, predicate, _ in graph
    )
    most = sorted(count.items(), key=lambda item: (-item[1], item[0]))[:3]
    return ", ".join(f"{number} of {name}" for name, number in most) or "no statement"


def _left(said: Said, told: set[str]) -> Iterator[Defect]:
    """Nodes that no record tells of, counted by their class, then statements that are left of others.

    What follows from the records is not missed.
    """
    left: Counter[str] = Counter()
    missed: set[str] = set()
    cited = {source for claim in said.typed("Claim") for source in said.nodes(claim, "dct:source")}
    for node, about in said.about.items():
        if node in told or node in cited or own(node) or node in _declared() or said.tells_origin(node):
            continue
        types = sorted(term.value for term in about.get(TYPE, ()))
        if not any(iri.startswith(NS) and iri[len(NS) :] in _DERIVED for iri in types):
            left[compact(types[0]) if types else ""] += 1
            missed.add(node)
    for name, number in sorted(left.items()):
        nodes = f"{number} {'node' if number == 1 else 'nodes'} of {name or 'no class'}"
        yield Defect(said.place(name or "no class"), f"{nodes}: {_reason(name)}")
    values: dict[str, list[str]] = defaultdict(list)
    for node, predicate, term in said.left - said.noted:
        if node not in missed:
            values[compact(predicate)].append(term.value)
    for name, texts in sorted(values.items()):
        which = f"{len(texts)} {'value' if len(texts) == 1 else 'values'} of {name}"
        yield Defect(said.place(name), f'{which}: no record has a place for "{min(texts)[:100]}"')


def _reason(name: str) -> str:
    """Why no record tells of a node of a class."""
    if name == "bkg:SupplyRelationship":
        return f"it is not {_NAMED}"
    ours = name.startswith("bkg:") and name[4:] in CLASSES
    return f"no incident and no supply relationship {_NAMED} refers to it" if ours else "it has no term here"


@cache
def _declared() -> frozenset[str]:
    """The terms of other vocabularies that breachkg's ontology declares; every store holds these statements."""
    import pyoxigraph as ox  # noqa: PLC0415 - kept out of `kg --help`

    text = (ontology_dir() / "breachkg.ttl").read_text("utf-8")
    return frozenset(quad.subject.value for quad in parsed(text, "trig") if isinstance(quad.subject, ox.NamedNode))

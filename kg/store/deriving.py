"""The lines of a generation: everything that follows from the evidence graphs, the same for the same evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.rdf import description
from kg.resolve.canonical import (
    SINGLE,
    Settler,
    contribution,
    facts,
    home,
    loops,
    projections,
    referents,
)
from kg.resolve.terms import parted, terms
from kg.resolve.validity import named_day
from kg.vocabulary import BKG, REFERENT_GRAPH, ontology_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.rdf import EvidenceGraph, Tie, Triple

    NamedDay = Callable[[str], str]
    """Gives the day that the names of a graph's documents tell, "" where they tell none."""

Loop = tuple[str, str]
"""Record and reason of a supply relationship that was left out because both its ends are one organization."""


class Derivation:
    """What follows from evidence graphs, one graph at a time, so that only what they share is held in memory.

    Attributes:
        loops: graph (without brackets) -> the supply relationships of its document that were left out.
    """

    def __init__(
        self,
        resolved: Mapping[str, str],
        told_twice: Container[str],
        named: NamedDay,
        dated: Iterable[EvidenceGraph],
    ) -> None:
        """Prepare for graphs whose mentions are resolved.

        Args:
            resolved: mention -> canonical node.
            told_twice: the canonical incidents that more than one graph tells of.
            named: what `named_days` gives for all their documents.
            dated: the graphs, or more, that say since when or until when a relationship is.
        """
        self.loops: dict[str, list[Loop]] = {}
        self._resolved, self._told_twice, self._named, self._settler = resolved, told_twice, named, Settler()
        self._parted = parted(terms(graph, referents(graph, resolved)) for graph in dated)

    def lines(self, graph: EvidenceGraph) -> Iterator[str]:
        """Yield evidence, referents and canonical facts of one graph, what it may share with others apart."""
        names = referents(graph, self._resolved, self._parted)
        yield from graph.lines()
        yield from referent_lines(names)
        if told := told_loops(graph, names):
            self.loops[graph.iri[1:-1]] = told
        own = Settler()
        for told_by, fact in facts(contribution(graph), names, self._named(graph.iri)):
            if fact[1] in SINGLE:
                settler = self._settler if self._shared(fact[0]) else own
                settler.add(told_by, fact)
                continue
            yield line(fact)
            for projected in projections(fact):
                yield line(projected)
        yield from map(line, own.settle())

    def _shared(self, node: str) -> bool:
        """Whether another document may give values to a canonical node."""
        if "/document/" in node:
            return False
        incident, _ = home(node)
        return incident is None or incident in self._told_twice

    def rest(self) -> Iterator[str]:
        """Yield what could only be settled when every graph was known."""
        return map(line, self._settler.settle())


def told_again(tellings: Counter[str], resolved: Mapping[str, str]) -> set[str]:
    """Return the canonical incidents that several graphs tell of, of those counted by their own nodes."""
    counts: Counter[str] = Counter()
    for incident, count in tellings.items():
        counts[resolved.get(incident, incident)] += count
    return {incident for incident, count in counts.items() if count > 1}


def named_days(entries: Iterable[dict[str, Any]]) -> NamedDay:
    """Return what tells, of a graph (in brackets), the latest day that the names of its documents tell, "" for none.

    The names are looked at when it is asked: an update asks of few graphs.
    """
    names: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        names[f"<{entry['graph']}>"].append(entry["name"])
    return lambda graph: named_day(*names.get(graph, ()))


def line(fact: Triple) -> str:
    """Return a canonical fact as a line of N-Quads."""
    s, p, o = fact
    return f"{s} {p} {o} ."


def referent_lines(names: Mapping[str, str]) -> Iterator[str]:
    """Yield which canonical node each node of a document stands for."""
    for local, name in names.items():
        yield f"{local} {BKG['referent']} {name} {REFERENT_GRAPH} ."


def told_loops(graph: EvidenceGraph, names: Mapping[str, str]) -> list[Loop]:
    """Return record and reason of every relationship of a graph that `loops` leaves out."""
    called = {mention.iri: mention.name for mention in graph.mentions}

    def told(tie: Tie) -> Loop:
        ends = f"{called.get(tie.customer, '')} and {called.get(tie.supplier, '')}"
        record = tie.iri.partition("/record/")[2].partition("/")[0]
        return f"record {record}", f"{ends} are one organization, which cannot be its own supplier"

    return [told(tie) for tie in loops(graph, names)]


def descriptions(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the description of every evidence graph, for the provenance graph and for the canonical facts."""
    names: dict[str, set[str]] = {}
    held: dict[str, dict[str, Any]] = {}
    for entry in entries:
        held[entry["graph"]] = entry
        names.setdefault(entry["graph"], set()).add(entry["name"])
    for iri, entry in held.items():
        yield from description(f"<{iri}>", sorted(names[iri]), entry["digest"], entry["kind"], entry["version"])


def vocabulary_files() -> list[Path]:
    """Return the files of the ontology and its schemes."""
    folder = ontology_dir()
    return [*sorted(folder.glob("*.ttl")), *sorted((folder / "vocab").glob("*.ttl"))]


@cache
def vocabulary() -> tuple[ox.Quad, ...]:
    """Return the ontology and its schemes as quads of the default graph, which every store carries; they are read once.

    Axioms over blank nodes stay in the ontology's own file: no query reads them, and Oxigraph would name their
    nodes differently in every build.
    """
    return tuple(
        quad
        for path in vocabulary_files()
        for quad in ox.parse(path=path)
        if not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode)
    )

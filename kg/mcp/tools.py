"""What the tools answer, as JSON values. Their docstrings are what an assistant reads of them."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Mapping  # noqa: TC003 - the SDK reads the types of the arguments
from dataclasses import replace
from datetime import date  # noqa: TC003 - the same
from typing import TYPE_CHECKING, Any, Literal

from kg.competency import find
from kg.errors import KGError, LimitError
from kg.mcp.reader import Reader
from kg.mcp.reading import following
from kg.opening import open_graph

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import KnowledgeGraph
    from kg.query import Answer, Limits

Told = dict[str, Any]
Exposure = Literal["confirmed", "potential"]
_FARTHEST = 9
"""Tiers at most, as for the pages of `kg serve`."""
_AT_ONCE = 4
"""Queries that are answered at a time; each has a process."""


class Tools:
    """The tools over one store; always its current generation. Safe to call from several threads.

    Raises:
        StoreError: the store cannot be opened.
    """

    def __init__(self, path: str | Path, limits: Limits) -> None:
        self._graph, self._limits, self._reader = open_graph(path, limits=limits), limits, Reader(path)
        self._turn, self._free = threading.Lock(), threading.BoundedSemaphore(_AT_ONCE)

    def info(self) -> Told:
        """What the graph holds: documents by kind, the number of things of every class, the prefixes, the ready questions.

        Call it first to learn what can be asked. A question is put with `ask`, by its id.
        """
        return self._read("info")

    def find(self, name: str) -> Told:
        """What a name stands for in the graph, and, where it stands for nothing, what is spelt most like it.

        Organizations are found by name, alias, former name, identifier or IRI; incidents by title. What is in `near`
        is only spelt alike: ask the user which is meant, never take it for the same. The other tools take an `iri`
        where a name stands for several.

        Args:
            name: the name, as the user gives it.
        """
        return self._read("find", name=name)

    def exposure(
        self,
        organization: str,
        depth: int = 3,
        exposure: Exposure | None = None,
        valid_on: date | None = None,
        limit: int = 25,
    ) -> Told:
        """The vendors that an organization depends on, tier by tier, with the incidents there and the path to them.

        `confirmed`: a document names the organization as affected by an incident at that vendor, for certain.
        `potential`: there was an incident at the vendor, and a path to it; no document confirms that harm travelled it.
        `unaffected`: a document says that the incident there did not reach the organization.
        `no_incident`: vendors at which the graph knows of none. `unnamed`: vendors that no document names, of all these
        kinds; each may be one that is named. Never add these up or report one as another.
        `claims` is how many statements of documents something rests on; `why` quotes them, for each step of a path.

        Args:
            organization: name, alias, identifier or IRI.
            depth: the deepest tier, 1 to 9; 1 is the organization's own vendors (third parties), 2 theirs (fourth parties).
            exposure: keep to one kind.
            valid_on: keep to supply relationships in force on that day (YYYY-MM-DD).
            limit: entries of each list at most; `counts` tells how many there are.
        """
        _check(depth, limit)
        return self._read("exposure", organization=organization, depth=depth, only=exposure, day=valid_on, limit=limit)

    def blast_radius(
        self,
        vendor: str,
        depth: int = 3,
        exposure: Exposure | None = None,
        valid_on: date | None = None,
        limit: int = 25,
    ) -> Told:
        """Who depends on a vendor, tier by tier, with the path to it: who can be harmed through it, or was.

        `confirmed`: a document names the organization as affected by an incident at this vendor, for certain.
        `potential`: it depends on the vendor, there was an incident there, and no document confirms harm. `no_incident`: it
        depends on the vendor, at which the graph knows of none. Never add these up or report one as another. `unnamed` are
        groups such as "several AI labs" with their size where it is printed; `unaffected` are those of whom a document says
        that they were not harmed. `claims` is how many statements of documents it rests on; `why` quotes them.

        Args:
            vendor: name, alias, identifier or IRI.
            depth: the deepest tier, 1 to 9; 1 is the vendor's own customers.
            exposure: keep to one kind.
            valid_on: keep to supply relationships in force on that day (YYYY-MM-DD).
            limit: entries of each list at most; `counts` tells how many there are.
        """
        _check(depth, limit)
        return self._read("blast_radius", vendor=vendor, depth=depth, only=exposure, day=valid_on, limit=limit)

    def why(self, subject: str, object: str, predicate: str | None = None, limit: int = 20) -> Told:  # noqa: A002 - the word of RDF, which assistants know
        """The quotes behind a statement of the graph, each with its document, place, source, certainty and basis.

        Args:
            subject: name, title, identifier or IRI.
            object: the same, or a kind of data.
            predicate: a property's local name, such as "usesVendor"; without, every statement between the two.
            limit: quotes of a statement at most; `count` tells how many there are.
        """
        _check(1, limit)
        return self._read("why", subject=subject, predicate=predicate, object=object, limit=limit)

    def query(self, sparql: str, max_rows: int = 100) -> Told:
        """The answer to a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE) over the graph, which is only read.

        The default graph holds every canonical fact once; every document has a named graph with what it says. The
        prefixes that `info` lists need not be declared. Everything has rdfs:label; an incident bkg:breached
        and bkg:affectsDownstream organizations, dct:date, and bkg:exposure, which has bkg:dataType; a customer
        bkg:usesVendor its vendor. SERVICE, LOAD, updates and FROM with a graph that is not held are refused.

        Args:
            sparql: the query.
            max_rows: rows, or triples, at most; `cut` says whether there are more.
        """
        return self._answered(lambda graph, limits: graph.answer(sparql, limits), max_rows)

    def ask(self, question: str, parameters: Mapping[str, str] | None = None, max_rows: int = 100) -> Told:
        """The answer to one of the ready questions that `info` lists.

        Args:
            question: its id, such as "CQ04".
            parameters: value of each of its parameters by name; `defaults` of the answer tells what was taken for one that is
                left out, which is only an example.
            max_rows: rows at most; `cut` says whether there are more.
        """
        if find(question).state_at is not None:
            raise KGError(f"{question} is about an earlier state of the store: kg query --named {question}")
        return self._answered(lambda graph, limits: graph.ask(question, parameters, limits), max_rows)

    def _now(self) -> KnowledgeGraph:
        """The graph of the current generation, to query."""
        self._graph = following(self._graph)
        return self._graph

    def _read(self, tool: str, **arguments: Any) -> Told:
        with self._turn:
            return self._bounded(self._reader.read(tool, arguments, self._limits.seconds))

    def _answered(self, answer: Any, rows: int) -> Told:
        _check(1, rows)
        limits = replace(self._limits, rows=min(rows, self._limits.rows))
        with self._turn:
            graph = self._now()
        with self._free:
            given: Answer = answer(graph, limits)
        if given.table is None:
            return self._bounded({"turtle": given.to_turtle(), "cut": given.cut})
        columns, found = given.table.columns, [[_plain(value) for value in row] for row in given.table]
        defaults = {"defaults": dict(given.defaults)} if given.defaults else {}
        return self._bounded({"columns": list(columns), "rows": found, "cut": given.cut, **defaults})

    def _bounded(self, told: Told) -> Told:
        size = len(json.dumps(told, ensure_ascii=False, default=str).encode("utf-8", "replace"))
        if size > self._limits.size:
            raise LimitError(
                f"the answer has {size:,} bytes, more than {self._limits.size:,}: ask for fewer entries, tiers or rows"
            )
        return told


def _check(depth: int, limit: int) -> None:
    if not 1 <= depth <= _FARTHEST:
        raise KGError(f"depth is {depth}; it is 1 to {_FARTHEST}")
    if limit < 1:
        raise KGError(f"{limit} entries are asked for; 1 is the least")


def _plain(value: Any) -> Any:
    """A value as JSON has it: numbers that it cannot hold, days and all else as they are printed."""
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return value if value is None or isinstance(value, (bool, int)) else str(value)

"""The knowledge graph as users hold it: open, build, ask, show."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from kg.changes import Difference, compare
from kg.checks import depth_of, path_of, worded
from kg.dates import as_day
from kg.errors import KGError, QueryError, UnknownNameError
from kg.exposure import exposure
from kg.exposure.answers import (
    BlastRadiusAnswer,
    ExposureAnswer,
    disputed_among,
    named_and_unnamed,
    nodes_of,
    reached_through,
)
from kg.exposure.disputes import disputes_about
from kg.exposure.projection import SYMMETRIC, edge_type, ends_and_type
from kg.exposure.statements import Node, name_of
from kg.exposure.structure import DEFAULT_DEPTH, check_exposure, days_up_to, paths
from kg.query import Answer, Guard, Limits, Table, run
from kg.remote import RemoteGuard, RemoteStore
from kg.store import open_store
from kg.view.pages import Pages
from kg.vocabulary import NS, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import networkx as nx
    import rdflib

    from kg.competency import Value
    from kg.evidence import Quote
    from kg.exposure.scope import Kept
    from kg.exposure.statements import Edge
    from kg.store import GraphStore
    from kg.store.build import Report
    from kg.validate import Validation


class KnowledgeGraph(Pages):
    """One open graph, only read; `kg.open` and `kg.build` make it.

    What it can measure stands in `kg.exposure.measures`, what it can show in `kg.view.pages`.

    Attributes:
        store: the generation it reads.
        report: what the build did, where `kg.build` made it.
        limits: what a query may use, unless it is given limits of its own; None where queries are not guarded.
    """

    def __init__(
        self, store: GraphStore, report: Report | None = None, *, limits: Limits | None = None, guarded: bool = True
    ) -> None:
        self.store, self.report = store, report
        self.limits = (limits or Limits()) if guarded else None
        self._guard = store.asker if isinstance(store, RemoteStore) else Guard(store)
        # The generation that this is a state of, and the days that make it that state, by the keywords of `at`.
        self._whole, self._days = store, dict[str, date]()

    def __repr__(self) -> str:
        days = "".join(f", {name} {day}" for name, day in self._days.items())
        return f"<KnowledgeGraph {self.store.name} generation {self.store.generation}{days}>"

    def refresh(self) -> KnowledgeGraph:
        """Return the graph, or the state of the same day, of the store's current generation: this one, unless a build has finished."""
        return self._of(open_store(self.store.path), self._days) if self.store.outdated else self

    def at(self, *, as_of: date | None = None, valid_on: date | None = None) -> KnowledgeGraph:
        """Return an earlier state of this graph: what was known at the end of a day, or what was in force on a day.

        It is what a build from the documents then known would give, so a name may stand for another organization. Of the
        state of a day, what is not given stays: `valid_on` takes the place of an earlier one, while what was not known on one
        day is not learned by asking for a later one.

        Args:
            as_of: keep to the documents that were known at the end of this day (UTC).
            valid_on: keep to the supply relationships in force on this day.

        Raises:
            KGError: a day is no date, but a text, say.
            StoreError: the graph is a file, which has no history, or the history is damaged.
        """
        known, valid = as_day(as_of), as_day(valid_on)
        days = dict(self._days)
        if known is not None:
            days["as_of"] = min(known, days.get("as_of", known))
        if valid is not None:
            days["valid_on"] = valid
        return self if days == self._days else self._of(self._whole, days)

    def _of(self, whole: GraphStore, days: dict[str, date]) -> KnowledgeGraph:
        """The graph of a generation, or of its state of some days, as guarded as this one."""
        from kg.store.past import past  # noqa: PLC0415 - makes a database of its own; most questions are about the one at hand

        store = past(whole, as_of=days.get("as_of"), valid_on=days.get("valid_on")) if days else whole
        graph = KnowledgeGraph(store, limits=self.limits, guarded=self.limits is not None)
        graph._whole, graph._days = whole, days
        return graph

    def changes_since(self, earlier: KnowledgeGraph) -> Difference:
        """Return what this graph states that another does not, and the other way round, as facts."""
        return compare(earlier.store, self.store, (earlier._days, self._days))

    def query(self, text: str, limits: Limits | None = None) -> Table:
        """Return the rows of a SPARQL SELECT or ASK; the package's prefixes need not be declared.

        Raises:
            QueryError: as for `answer`, or there are more rows than the limits allow, or the query asks for a graph.
        """
        answer = self.answer(text, limits)
        if answer.cut:
            raise QueryError(f"the answer has {answer.cut}: give the query a LIMIT, or limits that allow for it")
        if answer.table is None:
            raise QueryError("this query gives a graph, not rows (CONSTRUCT or DESCRIBE)")
        return answer.table

    def answer(self, text: str, limits: Limits | None = None) -> Answer:
        """Return the answer to any SPARQL query, a CONSTRUCT or DESCRIBE too; of one too long, the beginning.

        The text may come from anywhere: SERVICE, updates, and FROM with a graph that is not here are refused, and a process of its own answers it
        within `limits` (default: the graph's). A graph opened with `guarded=False` takes it as it comes.

        Raises:
            QueryError: the query is malformed, refused, or over its limit of time or memory.
        """
        if not isinstance(text, str):
            raise QueryError(f"{worded(text)} is no query: give a text")
        limits = limits or self.limits
        at_hand = not isinstance(self._guard, RemoteGuard)
        return run(self.store, text) if at_hand and limits is None else self._guard.answer(text, limits)

    def ask(self, question: str, params: Mapping[str, Value] | None = None, limits: Limits | None = None) -> Answer:
        """Return the answer to a named question of the ontology ("CQ04"), its parameters given by name.

        A parameter that is not given has its default, which is an example from the packaged documents (`kg query --list`
        shows them): the answer's `defaults` tell which were taken.

        Raises:
            QueryError: there is no such question, a parameter is unknown or not of its kind, or as for `answer`.
            UnknownNameError: a parameter, or the default of one that is not given, names no organization or concept, or several.
        """
        from kg.competency import answer  # noqa: PLC0415 - only questions need it

        return answer(self, question, params, limits)

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """An `rdflib.Dataset` over the same store; its default graph holds the canonical facts.

        It is only read, and its queries are guarded as those of `answer` are; rdflib's own engine, which fetches what
        SERVICE, FROM and LOAD name, is never used. Of a graph opened with `guarded=False` it is rdflib's as it comes. At a
        server it asks as `answer` does, with the same credentials.
        """
        from kg.dataset import read_only, remote, unguarded  # noqa: PLC0415 - half a second that only this call pays

        if isinstance(self._guard, RemoteGuard):
            return remote(self._guard, self.limits)
        return read_only(self.store, self._guard, self.limits) if self.limits else unguarded(self.store)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return a `MultiDiGraph`: nodes are IRIs with `label` and `type`; edges are keyed by type and carry `claims`."""
        return self.projection.to_networkx()

    def named(self, name: str | Node) -> tuple[list[Node], list[Node]]:
        """Return every node that a name stands for, and, where there is none, those that it may stand for."""
        name = name_of(name)
        found = self._finder.all(name)
        return found, [] if found else self._finder.near(name)

    def exposure(
        self,
        organization: str | Node,
        depth: int | None = DEFAULT_DEPTH,
        *,
        only: str | None = None,
        valid_on: date | None = None,
        to: str | Node | None = None,
        all_paths: bool = False,
        follow: Collection[str] = (),
        days: int | None = None,
        on: date | None = None,
    ) -> ExposureAnswer:
        """Return the vendors an organization depends on, tier by tier, with the incidents there; those not named apart.

        Args:
            organization: name, alias, identifier, IRI or node.
            depth: the deepest tier; 1 is the organization's own vendors; without bound if None.
            only: "confirmed" or "potential" to keep to one kind of exposure; without an incident it is potential.
            valid_on: keep to relationships in force on that day.
            to: keep to one vendor.
            all_paths: with `to`, one result for every simple path instead of the shortest.
            follow: "parent" to go from an organization or product to what it is part of, too.
            days: keep to vendors with an incident in as many days.
            on: the last of these days; the last day of any incident if None.

        Raises:
            UnknownNameError: a name stands for no organization, or for several.
            KGError: depth or days is below 1, a day is no date, `follow` has another word, `on` comes without `days`,
                or `all_paths` without `to`.
        """
        depth = depth_of(depth)
        check_exposure(only)
        node = self.find(organization)
        around = self.around if days is None else self.projection
        within = days_up_to(around, days, on)
        found = exposure(around, node.iri, depth, valid_on=valid_on, follow=follow, within=within)
        if to is not None:
            vendor = self.find(to)
            found = [one for one in found if one.node.iri == vendor.iri]
            if all_paths:
                ways = paths(around, node.iri, vendor.iri, depth, valid_on=valid_on, follow=follow)
                found = [replace(found[0], tier=len(way), path=way) for way in ways] if found else []
        elif all_paths:
            raise KGError("all paths are listed towards one vendor: say which")
        found = [one for one in found if only in (None, one.exposure)]
        disputed = disputed_among(found, disputes_about(around, node.iri))
        return ExposureAnswer(nodes_of(around, found), node, *named_and_unnamed(found), disputed)

    def blast_radius(
        self,
        vendor: str | Node,
        depth: int | None = DEFAULT_DEPTH,
        *,
        only: str | None = None,
        follow: Collection[str] = (),
        value: Mapping[str, float] | None = None,
        **kept: Unpack[Kept],
    ) -> BlastRadiusAnswer:
        """Return who is exposed through a vendor, tier by tier; unnamed groups and the unaffected apart.

        Of a sector or portfolio there are no unnamed groups: nobody knows who in them is of it.

        Args:
            vendor: name, alias, identifier, IRI or node.
            depth: the deepest tier; 1 is the vendor's own customers; without bound if None.
            only: the keyword `exposure` by the name that the method `exposure` has for it; of both, this counts.
            follow: "parent" to reach a vendor from its parts and products, too.
            value: organization -> what it is worth, for the value exposed.
            kept: see `Measures`; "confirmed" and "potential" are kinds of exposure here, and both are listed if left out.

        Raises:
            UnknownNameError: a name stands for no organization, or for several.
            KGError: depth is below 1, `follow` has another word, a value is negative or not finite, or what to keep to
                cannot be kept to.
        """
        depth = depth_of(depth)
        if only is not None:
            kept["exposure"] = only
        scope, node, worth = self._scope(kept), self.find(vendor), self.valued(value)
        return reached_through(
            self.around,
            node,
            depth,
            only=kept.get("exposure"),
            valid_on=scope.valid_on,
            members=scope.members,
            follow=follow,
            value=worth,
        )

    def why(
        self,
        subject: str | Node | Edge | tuple[str, str, str],
        predicate: str | Node | None = None,
        obj: str | Node | None = None,
        *,
        valid_on: date | None = None,
    ) -> list[tuple[tuple[str, str, str], list[Quote]]]:
        """Return the statements between two things, each with the quotes it rests on.

        Args:
            subject: name, title, identifier, IRI or node; or one statement, alone: an edge of a path, or source, target and
                key of an edge of `to_networkx`.
            predicate: a property's local name ("usesVendor"), or None for every statement between the two.
            obj: name, title, identifier, data type, IRI or node; may stand in second place when no predicate is given.
            valid_on: keep to relationships in force on that day.

        Raises:
            UnknownNameError: a name stands for nothing in the graph, or the graph does not state this.
            KGError: there is no object, more is given than an edge, or a day is no date.
        """
        if not isinstance(subject, (str, Node)):
            if predicate is not None or obj is not None:
                raise KGError("why takes an edge alone, or a subject and an object")
            subject, obj, predicate = ends_and_type(subject)
        if obj is None:
            predicate, obj = None, predicate
        if obj is None:
            raise KGError("why takes a subject and an object, or an edge")
        subject, obj = name_of(subject), name_of(obj)
        when = as_day(valid_on)
        wanted = edge_type(name_of(predicate)) if predicate else None
        starts, ends = self._all(subject), self._all(obj)
        found = [
            edge for edge in self.around.leaving(starts | ends)
            if wanted in (None, edge.type) and (when is None or edge.holds_on(when)) and (
                (edge.source in starts and edge.target in ends)
                or (edge.type in SYMMETRIC and edge.source in ends and edge.target in starts)
            )
        ]  # fmt: skip
        if not found:
            on = f" on {when}" if when else ""
            raise UnknownNameError(f"the graph does not state that {subject} {wanted or 'is related to'} {obj}{on}")
        return [((edge.source, edge.type, edge.target), self.evidence.quotes(edge.claim_iris)) for edge in found]

    def _all(self, name: str) -> set[str]:
        found = {node.iri for node in self._exactly(name) or self._finder.all(name)}
        return found or {self._finder.one(name).iri}

    def export(
        self,
        to: str,
        path: str | Path,
        *,
        focus: str | Node | None = None,
        depth: int = 2,
        certainty: str | Collection[str] | None = None,
        with_history: bool = False,
    ) -> Path:
        """Write the graph, or what is around a focus, for other tools and return the path; `kg.export` says what is written.

        Args:
            to: the format, one of `kg.export.FORMATS`.
            path: the file to create or replace.
            focus: name, title, identifier, IRI or node; all of the graph if None.
            depth: how many statements away from the focus, in either direction.
            certainty: keep to statements that are "confirmed", "suspected", "claimed" or "denied", or several of these.
            with_history: also when every document was known, and the evidence that no longer holds.

        Raises:
            KGError: there is no such format or certainty, or the format cannot hold what is asked for.
            UnknownNameError: the focus stands for nothing, or for several things.
            StoreError: the file cannot be written.
        """
        from kg.export import export  # noqa: PLC0415 - only exports need it

        export(
            self.store,
            to,
            Path(path_of(path, "the file")),
            focus=focus,
            depth=depth,
            certainty=certainty,
            with_history=with_history,
        )
        return Path(path)

    def validate(
        self, *, documents: Iterable[str | Path] = (), limit: int | None = None, engine: str | None = None
    ) -> Validation:
        """Return what is wrong or weak in the graph, each finding with its document and place.

        Args:
            documents: files or folders where documents are that have moved since they were read.
            limit: findings of one shape at most; None for all.
            engine: "pyshacl" or "shifty"; the fastest that is installed if none is named.

        Raises:
            KGError: the limit is negative, or the engine is unknown or not installed.
            UnreadableError: a given input is missing.
        """
        from kg.validate import validate  # noqa: PLC0415 - only checks need it

        return validate(self.store, documents=documents, limit=limit, engine=engine)

    def info(self) -> dict[str, Any]:
        """Return what is in the graph: documents by kind, what they tell, quads, the count of every class; generations and bytes.

        What several documents tell alike, or one of them twice, is counted each time in `told`, as a build's report does;
        the classes are counted in the canonical graph, which holds it once. A file and a server tell neither documents nor
        generations nor bytes: these are empty, or 0.
        """
        typed = self.store.pairs(PREFIXES["rdf"] + "type")
        counts = Counter(name.removeprefix(NS) for _, name in typed if name.startswith(NS))
        documents: dict[str, int] = {}
        told = {"incidents": 0, "claims": 0}
        for entry in self.store.manifest.get("documents", {}).values():
            documents[entry["kind"]] = documents.get(entry["kind"], 0) + 1
            for count in told:
                told[count] += entry[count]
        return {
            "store": self.store.name,
            "generation": self.store.generation,
            "generations": self.store.generations(),
            "bytes": self.store.size(),
            "quads": len(self.store),
            "documents": dict(sorted(documents.items())),
            "told": told,
            "classes": dict(sorted(counts.items())),
        }

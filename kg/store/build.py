"""Building a generation: documents in, evidence, referents and canonical graph out.

A document whose bytes, extractor and extractor version are known is not read again. A build that changes
nothing writes nothing. The clock is kept in the manifest, outside every graph.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import DocumentError, RecordError, UnknownFormatError
from kg.extract import choose
from kg.extract.reading import Found, find, read
from kg.model import Defect
from kg.rdf import EvidenceGraph, describe, evidence_graph, from_triples, graph_iri
from kg.resolve.canonical import Settler, canonical_triples, dated, referents
from kg.resolve.exact import ExactResolver
from kg.store.layout import QUADS, Layout, failures
from kg.store.reading import open_store
from kg.vocabulary import BKG, PROVENANCE_GRAPH, REFERENT_GRAPH, ontology_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.model import Document
    from kg.resolve import Resolver
    from kg.store.reading import GraphStore

Progress = "Callable[[int, int], None]"


@dataclass(slots=True)
class Report:
    """What a build did: counts over all documents of the store, and every record that was set aside.

    `documents` counts those read or known from before; `changed` and `removed` those that this build touched.
    """

    documents: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: int = 0
    incidents: int = 0
    claims: int = 0
    quads: int = 0
    quarantined: int = 0
    seconds: float = 0.0
    by_kind: dict[str, dict[str, int]] = field(default_factory=dict)
    quarantine: list[dict[str, str]] = field(default_factory=list)
    skipped_documents: list[dict[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON values."""
        return asdict(self)


def build(
    inputs: Iterable[str | Path],
    into: str | Path,
    *,
    input_format: str | None = None,
    prune: bool = False,
    resolver: Resolver | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Read the inputs into the store and return what was done.

    Args:
        inputs: files, folders, patterns, or "-".
        into: the store folder; made where there is none.
        input_format: name of the extractor to use for every document instead of choosing by content.
        prune: retract documents under the inputs that are no longer there.
        resolver: decides which mentions are one organization; equal names and identifiers by default.
        progress: called with (documents done, documents in all).

    Raises:
        DocumentError: a file that was named cannot be used; nothing is written then.
        StoreError: the store cannot be written, is locked, or is no store.
    """
    started = time.monotonic()
    inputs = list(inputs)
    layout = Layout(Path(into))
    given = list(find(inputs))
    layout.create(_writer())
    with layout.locked():
        return _Build(layout, input_format, resolver or ExactResolver(), started).run(
            inputs, given, prune=prune, progress=progress
        )


class _Build:
    """One build under the lock."""

    def __init__(self, layout: Layout, input_format: str | None, resolver: Resolver, started: float) -> None:
        self.layout, self.input_format, self.resolver, self.started = layout, input_format, resolver, started
        self.manifest = layout.manifest(layout.current())
        self.documents: dict[str, dict[str, Any]] = dict(self.manifest["documents"])
        self.fresh: dict[str, EvidenceGraph] = {}
        self.report = Report()

    def run(
        self, inputs: list[str | Path], given: list[Found], *, prune: bool, progress: Callable[[int, int], None] | None
    ) -> Report:
        touched = set()
        for done, found in enumerate(given, 1):
            if (location := self._take(found)) is not None:
                touched.add(location)
            if progress:
                progress(done, len(given))
        if prune:
            self._prune(inputs, touched)
        if self.report.changed or self.report.removed or self.layout.current() is None:
            self._write()
        return self._finish()

    def _take(self, found: Found) -> str | None:
        """Read one document into the build; the location it is kept under, or None where it was skipped."""
        try:
            document = read(found)
            extractor = choose(document, self.input_format)
        except DocumentError as error:
            if found.named:
                raise
            return self._skip(found, error)
        location = found.location if found.path else f"-:{document.digest}"
        entry = self.documents.get(location)
        iri = graph_iri(document.digest, extractor.name, extractor.version)
        if entry and (entry["graph"], entry["name"]) == (iri, document.name):
            self.report.unchanged += 1
            return location
        self.report.changed += 1
        twin = next((e for e in self.documents.values() if e["graph"] == iri), None)
        self.documents[location] = {**twin, "name": document.name} if twin else self._read(document, extractor)
        return location

    def _skip(self, found: Found, error: DocumentError) -> str | None:
        """Set a document aside: skipped when nobody knows it, quarantined when two do or it cannot be read."""
        if isinstance(error, UnknownFormatError) and "both recognize" not in error.reason:
            self.report.skipped_documents.append({"document": error.document, "reason": error.reason})
        else:
            self.report.quarantine.append({"document": error.document, "record": error.place, "reason": error.reason})
        return found.location if found.location in self.documents else None

    def _read(self, document: Document, extractor: Any) -> dict[str, Any]:
        """Extract a document; its manifest entry."""
        defects: list[tuple[str, str]] = []
        counts = {"records": 0}

        def records() -> Iterator[Any]:
            for item in extractor.extract(document):
                if isinstance(item, Defect):
                    defects.append((item.place, item.reason))
                else:
                    counts["records"] += 1
                    yield item

        try:
            graph = evidence_graph(document, extractor.name, extractor.version, records())
        except DocumentError:
            raise
        except Exception as error:
            raise RecordError(
                document.name, f"the extractor {extractor.name!r} failed: {type(error).__name__}: {error}"
            ) from error
        self.fresh[graph.iri] = graph
        return {
            "name": document.name,
            "digest": document.digest,
            "graph": graph.iri[1:-1],
            "kind": extractor.name,
            "version": extractor.version,
            "records": counts["records"],
            "incidents": graph.incidents,
            "claims": graph.claims,
            "added": datetime.now(UTC).isoformat(timespec="seconds"),
            "quarantine": defects,
        }

    def _prune(self, inputs: list[str | Path], touched: set[str]) -> None:
        roots = [str(Path(given).resolve()) for given in inputs if str(given) != "-"]
        for location in list(self.documents):
            under = any(location == root or location.startswith(root + "/") for root in roots)
            if under and location not in touched:
                del self.documents[location]
                self.report.removed += 1

    def _write(self) -> None:
        lines = generation_lines(self._graphs(), self.documents.values(), self.resolver)
        with self.layout.next_generation() as folder, failures(self.layout.path):
            quads = ox.Store(str(folder / QUADS))
            quads.bulk_load(("\n".join(lines) + "\n").encode(), format=ox.RdfFormat.N_QUADS)
            for path in vocabulary_files():
                quads.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
            quads.flush()
            quads.optimize()
            self.layout.write_manifest(folder, {"documents": self.documents, "quads": len(quads)})
            del quads

    def _graphs(self) -> Iterator[EvidenceGraph]:
        """The evidence graphs of every document that the store is to hold, in a fixed order."""
        wanted = sorted({f"<{entry['graph']}>": entry for entry in self.documents.values()}.items())
        old: GraphStore | None = None
        for iri, entry in wanted:
            if iri in self.fresh:
                yield self.fresh[iri]
                continue
            old = old or open_store(self.layout.path)
            yield from_triples(iri[1:-1], entry["name"], old.read_graph(ox.NamedNode(iri[1:-1])))

    def _finish(self) -> Report:
        report, entries = self.report, list(self.documents.values())
        report.documents = len(entries)
        report.skipped = len(report.skipped_documents)
        for entry in entries:
            kind = report.by_kind.setdefault(
                entry["kind"], {"documents": 0, "records": 0, "incidents": 0, "claims": 0, "quarantined": 0}
            )
            kind["documents"] += 1
            kind["quarantined"] += len(entry["quarantine"])
            for count in ("records", "incidents", "claims"):
                kind[count] += entry[count]
            report.quarantine += [
                {"document": entry["name"], "record": place, "reason": why} for place, why in entry["quarantine"]
            ]
        report.incidents = sum(kind["incidents"] for kind in report.by_kind.values())
        report.claims = sum(kind["claims"] for kind in report.by_kind.values())
        report.by_kind = dict(sorted(report.by_kind.items()))
        report.quarantine.sort(key=lambda row: (row["document"], row["record"], row["reason"]))
        report.quarantined = len(report.quarantine)
        report.quads = self.layout.manifest(self.layout.current()).get("quads", 0)
        report.seconds = round(time.monotonic() - self.started, 3)
        return report


def generation_lines(
    graphs: Iterable[EvidenceGraph], entries: Iterable[dict[str, Any]], resolver: Resolver
) -> list[str]:
    """Return the N-Quads lines of a generation, vocabulary apart: evidence, descriptions, referents, canonical facts."""
    held = list(graphs)
    resolved = resolver.resolve([mention for graph in held for mention in graph.mentions])
    lines: list[str] = []
    settler = Settler()
    for graph in held:
        names = referents(graph, resolved)
        lines += graph.lines()
        lines += [f"{local} {BKG['referent']} {canonical} {REFERENT_GRAPH} ." for local, canonical in names.items()]
        settler.add(canonical_triples(graph, names), dated(graph), graph.iri)
    described: dict[str, tuple[dict[str, Any], set[str]]] = {}
    for entry in entries:
        described.setdefault(entry["graph"], (entry, set()))[1].add(entry["name"])
    for iri, (entry, names_) in described.items():
        told = describe(f"<{iri}>", sorted(names_), entry["digest"], entry["kind"], entry["version"])
        lines += [f"{s} {p} {o} {PROVENANCE_GRAPH} ." for s, p, o in told]
        lines += [f"{s} {p} {o} ." for s, p, o in told]
    lines += [f"{s} {p} {o} ." for s, p, o in settler.settle()]
    return lines


def vocabulary_files() -> list[Path]:
    """Return the Turtle files of the ontology and its schemes, which every store carries in its default graph."""
    folder = ontology_dir()
    return [*sorted(folder.glob("*.ttl")), *sorted((folder / "vocab").glob("*.ttl"))]


def _writer() -> str:
    try:
        return version("breachkg")
    except PackageNotFoundError:
        return "unknown"

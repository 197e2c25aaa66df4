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

from kg.errors import DocumentError, UnknownFormatError, UnreadableError
from kg.extract import choose, extracted
from kg.extract.reading import STDIN, Found, covers, find, is_there, read
from kg.rdf import EvidenceGraph, evidence_graph, from_triples, graph_iri
from kg.resolve.exact import ExactResolver
from kg.store.deriving import derive, vocabulary_lines
from kg.store.layout import QUADS, Layout, failures
from kg.store.reading import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.extract import Extractor
    from kg.extract.mapped import MappingExtractor
    from kg.model import Document
    from kg.resolve import Resolver
    from kg.store.reading import GraphStore


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
    mapping: MappingExtractor | None = None,
    resolver: Resolver | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Read the inputs into the store and return what was done.

    Args:
        inputs: files, folders, patterns, or "-".
        into: the store folder; made where there is none.
        input_format: name of the extractor to use for every document instead of choosing by content.
        prune: retract documents under the inputs that are no longer there.
        mapping: the extractor of a mapping file, for the documents that fit it.
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
        return _Build(layout, input_format, mapping, resolver or ExactResolver(), started).run(
            inputs, given, prune=prune, progress=progress
        )


class _Build:
    """One build under the lock."""

    def __init__(
        self,
        layout: Layout,
        input_format: str | None,
        mapping: MappingExtractor | None,
        resolver: Resolver,
        started: float,
    ) -> None:
        self.layout, self.input_format, self.mapping, self.resolver = layout, input_format, mapping, resolver
        self.started = started
        self.manifest = layout.manifest(layout.current())
        self.documents: dict[str, dict[str, Any]] = dict(self.manifest["documents"])
        self.by_graph = {entry["graph"]: entry for entry in self.documents.values()}
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
        elif not touched:
            raise UnreadableError(", ".join(map(str, inputs)), self._nothing(len(given)))
        if self.report.changed or self.report.removed or self.layout.current() is None:
            self._write()
        return self._finish()

    def _nothing(self, looked_at: int) -> str:
        """Why no document came in."""
        if not looked_at:
            return "holds no file"
        first = (self.report.quarantine + self.report.skipped_documents)[0]
        return f"holds no document that can be read (of {looked_at} looked at; {first['document']}: {first['reason']})"

    def _take(self, found: Found) -> str | None:
        """Read one document into the build; the location it is kept under, or None where it was skipped."""
        try:
            document = read(found)
            extractor = choose(document, self.input_format, self.mapping, named=found.named)
            return self._hold(document, extractor, found.location if found.path else f"-:{document.digest}")
        except DocumentError as error:
            if found.named:
                raise
            return self._skip(found, error)

    def _hold(self, document: Document, extractor: Extractor, location: str) -> str:
        """Make sure that the build holds a document as this extractor reads it; its location."""
        entry = self.documents.get(location)
        iri = graph_iri(document.digest, extractor.name, extractor.version)
        if entry and (entry["graph"], entry["name"]) == (iri, document.name):
            self.report.unchanged += 1
            return location
        twin = self.by_graph.get(iri)
        entry = {**twin, "name": document.name} if twin else self._read(document, extractor)
        self.documents[location] = self.by_graph[iri] = entry
        self.report.changed += 1
        return location

    def _skip(self, found: Found, error: DocumentError) -> str | None:
        """Set a document aside: skipped when nobody knows it, quarantined when two do or it cannot be read."""
        if isinstance(error, UnknownFormatError):
            self.report.skipped_documents.append({"document": error.document, "reason": error.reason})
        else:
            self.report.quarantine.append({"document": error.document, "record": error.place, "reason": error.reason})
        return found.location if found.location in self.documents else None

    def _read(self, document: Document, extractor: Extractor) -> dict[str, Any]:
        """Extract a document; its manifest entry."""
        graph = evidence_graph(document, extractor.name, extractor.version, extracted(extractor, document))
        self.fresh[graph.iri] = graph
        return {
            "name": document.name,
            "digest": document.digest,
            "graph": graph.iri[1:-1],
            "kind": extractor.name,
            "version": extractor.version,
            "records": graph.records,
            "incidents": graph.incidents,
            "claims": graph.claims,
            "added": datetime.now(UTC).isoformat(timespec="seconds"),
            "quarantine": [(defect.place, defect.reason) for defect in graph.defects],
        }

    def _prune(self, inputs: list[str | Path], touched: set[str]) -> None:
        for location in list(self.documents):
            under = any(covers(given, location) for given in inputs if str(given) != STDIN)
            if under and location not in touched and not is_there(location):
                del self.documents[location]
                self.report.removed += 1

    def _write(self) -> None:
        derived = derive(self._graphs(), self.documents.values(), self.resolver)
        named = {entry["graph"]: entry["name"] for entry in self.documents.values()}
        loops = [(named[graph], place, reason) for graph, place, reason in derived.loops]
        with self.layout.next_generation() as folder, failures(self.layout.path):
            quads = ox.Store(str(folder / QUADS))
            lines = [*vocabulary_lines(), *derived.lines]
            quads.bulk_load(("\n".join(lines) + "\n").encode(), format=ox.RdfFormat.N_QUADS)
            quads.flush()
            quads.optimize()
            count = len(quads)
            del quads  # closes the files
            self.layout.write_manifest(folder, {"documents": self.documents, "loops": loops, "quads": count})

    def _graphs(self) -> Iterator[EvidenceGraph]:
        """The evidence graphs of every document that the store is to hold, in a fixed order."""
        old: GraphStore | None = None
        for iri in sorted({entry["graph"] for entry in self.documents.values()}):
            if f"<{iri}>" in self.fresh:
                yield self.fresh[f"<{iri}>"]
                continue
            old = old or open_store(self.layout.path)
            yield from_triples(iri, [(str(q.subject), str(q.predicate), str(q.object)) for q in old.find(graph=iri)])

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
        manifest = self.layout.manifest(self.layout.current())
        report.quarantine += [
            {"document": name, "record": place, "reason": why} for name, place, why in manifest.get("loops", [])
        ]
        report.incidents = sum(kind["incidents"] for kind in report.by_kind.values())
        report.claims = sum(kind["claims"] for kind in report.by_kind.values())
        report.by_kind = dict(sorted(report.by_kind.items()))
        report.quarantine.sort(key=lambda row: (row["document"], row["record"], row["reason"]))
        report.quarantined = len(report.quarantine)
        report.quads = manifest.get("quads", 0)
        report.seconds = round(time.monotonic() - self.started, 3)
        return report


def _writer() -> str:
    try:
        return version("breachkg")
    except PackageNotFoundError:
        return "unknown"

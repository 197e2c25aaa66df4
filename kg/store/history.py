"""What was known when: documents that have been replaced or retracted, and the evidence they gave.

The clock is told by the manifest alone. A document was known from `added` on, up to and without `invalidated`; the
evidence of documents that no longer hold lies in files of its own, one a graph, which are never changed.
"""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.rdf import describe, from_triples
from kg.store.durable import write_atomically
from kg.vocabulary import PROVENANCE_GRAPH, REUSED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.rdf import EvidenceGraph
    from kg.store.layout import Layout

_LEVEL = 6
"""Of compression: with the highest, files are 3 % smaller and take twice as long."""


def moment(day: date | None = None) -> str:
    """Return the beginning of a day, or the time now, as the manifest writes it: ISO 8601 in UTC."""
    then = datetime.now(UTC) if day is None else datetime.combine(day, time(), UTC)
    return then.isoformat(timespec="seconds")


def end_of(day: date) -> str:
    """Return the moment at which a day is over; of the last one that there is, its beginning, which is as late."""
    return moment(day + timedelta(days=1) if day < date.max else day)


def state_of(generation: int, days: Mapping[str, date]) -> int | str:
    """Return what is said of which state of a store it is: its generation, or the days (`as_of`, `valid_on`) it is of."""
    known = str(days["as_of"]) if "as_of" in days else generation
    return f"{known}, valid on {days['valid_on']}" if "valid_on" in days else known


def retired(manifest: Mapping[str, Any], documents: Mapping[str, Any], now: str) -> list[dict[str, Any]]:
    """Return the history that follows a manifest's, when these documents take the place of its own."""
    gone = [
        entry | {"location": location, "invalidated": now}
        for location, entry in manifest["documents"].items()
        if documents.get(location) != entry
    ]
    return [*manifest["history"], *gone]


def known_at(manifest: Mapping[str, Any], then: str) -> dict[str, dict[str, Any]]:
    """Return location -> entry of the documents that were known just before a moment."""
    known = {
        entry["location"]: {name: value for name, value in entry.items() if name not in {"location", "invalidated"}}
        for entry in manifest["history"]
        if entry["added"] < then <= entry["invalidated"]
    }
    return known | {location: entry for location, entry in manifest["documents"].items() if entry["added"] < then}


def keep_graph(layout: Layout, graph: EvidenceGraph) -> None:
    """Write an evidence graph that is about to leave the database, if it is not kept yet."""
    path = _path(layout, graph.iri[1:-1])
    if not path.exists():
        layout.history.mkdir(exist_ok=True)
        text = "".join(f"{line}\n" for line in sorted(graph.lines()))
        write_atomically(path, gzip.compress(text.encode(), compresslevel=_LEVEL, mtime=0))


def kept_lines(layout: Layout, iri: str) -> list[str]:
    """Return an evidence graph (its IRI) that no longer holds, as N-Quads lines.

    Raises:
        StoreError: its file is missing or damaged.
    """
    path = _path(layout, iri)
    try:
        return gzip.decompress(path.read_bytes()).decode().splitlines()
    except (OSError, EOFError, ValueError) as error:
        raise StoreError(f"{path}: the history cannot be read: {error}") from error


def kept_graph(layout: Layout, iri: str) -> EvidenceGraph:
    """Return an evidence graph (its IRI) that no longer holds.

    Raises:
        StoreError: its file is missing or damaged.
    """
    quads = ox.parse("\n".join(kept_lines(layout, iri)).encode(), format=ox.RdfFormat.N_QUADS)
    return from_triples(iri, [(str(q.subject), str(q.predicate), str(q.object)) for q in quads])


def _path(layout: Layout, iri: str) -> Path:
    return layout.history / f"{iri.rpartition('/')[2]}.nq.gz"


def history_lines(layout: Layout, manifest: Mapping[str, Any]) -> Iterator[str]:
    """Yield, as N-Quads lines, when every document was known, and the evidence of those that no longer hold.

    A document that came back has one interval, from its first coming on; the manifest has each.

    Raises:
        StoreError: a file of the history is missing or damaged.
    """
    held = {entry["graph"] for entry in manifest["documents"].values()}
    spans: dict[str, list[str]] = {}
    for entry in (*manifest["history"], *manifest["documents"].values()):
        spans.setdefault(entry["graph"], []).append(entry["added"])
    for iri, added in spans.items():
        yield _told(iri, "prov:generatedAtTime", min(added))
    gone = {entry["graph"]: entry for entry in manifest["history"] if entry["graph"] not in held}
    for iri, entry in gone.items():
        yield _told(iri, "prov:invalidatedAtTime", entry["invalidated"])
        for s, p, o in describe(f"<{iri}>", [entry["name"]], entry["digest"], entry["kind"], entry["version"]):
            yield f"{s} {p} {o} {PROVENANCE_GRAPH} ."
        yield from kept_lines(layout, iri)


def _told(iri: str, term: str, when: str) -> str:
    return f'<{iri}> {REUSED[term]} "{when}"^^{REUSED["xsd:dateTime"]} {PROVENANCE_GRAPH} .'

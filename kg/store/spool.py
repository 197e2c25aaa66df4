"""Evidence graphs on their way into the store: kept on disk, so that their number is not bounded by memory."""

from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from kg.resolve.canonical import TOGETHER, incident_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.rdf import EvidenceGraph, Mention


class Spool:
    """The evidence graphs of fresh documents, each once, in a file that nobody else sees and that goes with the process.

    Attributes:
        tellings: canonical incident -> number of graphs that tell of it.
        dated: the graphs that say since when or until when a relationship is.
    """

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 - closed when the spool is
        self._places: dict[str, tuple[int, int]] = {}
        self._mentions: dict[str, tuple[Mention, ...]] = {}
        self.tellings: Counter[str] = Counter()
        self.dated: set[str] = set()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __contains__(self, iri: str) -> bool:
        return iri in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def add(self, parcel: Parcel) -> None:
        """Take in a graph."""
        if parcel.iri not in self._places:
            self._places[parcel.iri] = (self._file.seek(0, 2), len(parcel.graph))
            self._file.write(parcel.graph)
            self._mentions[parcel.iri] = parcel.mentions
            self.tellings.update(parcel.incidents)
            if parcel.dated:
                self.dated.add(parcel.iri)

    def mentions_of(self, graphs: Iterable[str]) -> list[Mention]:
        """Return the mentions of some of its graphs."""
        return [mention for iri in graphs for mention in self._mentions[iri]]

    def graph(self, iri: str) -> EvidenceGraph:
        """Return a graph again."""
        place, size = self._places[iri]
        self._file.seek(place)
        graph: EvidenceGraph = pickle.loads(self._file.read(size))  # noqa: S301 - from this process, or one that it started
        return graph


@dataclass(frozen=True, slots=True)
class Parcel:
    """An evidence graph as bytes, with what must be known of it before it is unpacked.

    Attributes:
        iri: the graph.
        graph: the graph, pickled.
        mentions: its mentions.
        incidents: the canonical incidents it tells of.
        dated: whether it says since when or until when a relationship is.
    """

    iri: str
    graph: bytes
    mentions: tuple[Mention, ...]
    incidents: frozenset[str]
    dated: bool


def pack(graph: EvidenceGraph) -> Parcel:
    """Return an evidence graph ready for the spool of this process, or of the one that started it."""
    incidents = frozenset(map(incident_node, graph.anchors))
    dated = any(p in TOGETHER for _, p, _ in graph.triples)
    return Parcel(graph.iri, pickle.dumps(graph, pickle.HIGHEST_PROTOCOL), tuple(graph.mentions), incidents, dated)

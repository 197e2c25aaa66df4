"""Exports: the graph as a file for other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import KGError
from kg.export.graphml import graphml
from kg.exposure import project
from kg.store.files import NAMES, serialize
from kg.store.durable import failures, write_atomically
from kg.store.reading import damage

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store import GraphStore

FORMATS = (*NAMES, "graphml")
"""Names of the export formats."""


def export(store: GraphStore, kind: str, path: Path) -> None:
    """Write a graph to a file; the same graph gives the same bytes.

    Args:
        store: the open store (`KnowledgeGraph.store`).
        kind: one of `FORMATS`. Turtle holds the canonical graph only; the others of RDF hold every graph.
        path: the file to create or replace.

    Raises:
        KGError: there is no such format.
        StoreError: the store is damaged, or the file cannot be written.
    """
    if kind not in FORMATS:
        raise KGError(f"no export format {kind!r}; there are {', '.join(FORMATS)}")
    with damage(store.path):
        text = graphml(project(store)) if kind == "graphml" else serialize(store.quads, NAMES[kind])
    with failures(path):
        write_atomically(path, text)

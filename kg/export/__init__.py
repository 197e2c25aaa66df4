"""Exports: the graph, or a part of it, as a file for other tools.

Every format is a function from a selection to what the file holds; `select` decides what goes in, the same for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import KGError
from kg.export.citations import citations
from kg.export.excerpt import excerpt
from kg.export.ftm import ftm
from kg.export.graphml import gexf, graphml
from kg.export.neo4j import neo4j
from kg.export.selection import DEFAULT_DEPTH, select
from kg.export.stix import stix
from kg.export.tables import parquet, statements
from kg.export.veris import veris
from kg.store.durable import failures, write_atomically
from kg.store.files import NAMES, serialize
from kg.store.history import history_lines
from kg.store.layout import Layout
from kg.store.reading import damage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from kg.export.selection import Selection
    from kg.exposure import Node
    from kg.store import GraphStore

_WRITERS: dict[str, Callable[[Selection], str | bytes | dict[str, str]]] = {
    "graphml": graphml, "gexf": gexf, "csv": statements, "parquet": parquet, "stix": stix, "veris": veris, "ftm": ftm, "neo4j": neo4j,
}  # fmt: skip
FORMATS = (*NAMES, *_WRITERS, "evidence")
"""Names of the export formats."""
OF_GRAPHS = ("nquads", "trig", "jsonld")
"""Those that hold several graphs, and so can hold the history."""


def export(
    store: GraphStore,
    kind: str,
    path: Path,
    *,
    focus: str | Node | None = None,
    depth: int = DEFAULT_DEPTH,
    certainty: str | Collection[str] | None = None,
    with_history: bool = False,
) -> None:
    """Write a graph to a file; the same graph gives the same bytes.

    Args:
        store: the open store (`KnowledgeGraph.store`).
        kind: one of `FORMATS`. Turtle holds the canonical graph only; the others of RDF hold every graph. "evidence" is
            a table as the ending of the file asks for: .csv, .md or .html.
        path: the file to create or replace; for "neo4j", which needs two, the folder.
        focus: name, title, identifier or IRI of what the file is about; all of the graph if None.
        depth: how many statements away from the focus, in either direction.
        certainty: keep to statements of these certainties (`select`).
        with_history: also when every document was known, and the evidence that no longer holds; then the bytes depend
            on when the store was built. Only for formats of several graphs, and for all of the graph.

    Raises:
        KGError: there is no such format or certainty, or the format cannot hold what is asked for.
        UnknownNameError: the focus stands for nothing, or for several things.
        MissingExtraError: the format needs a library that is not installed.
        StoreError: the store is damaged, or the file cannot be written.
    """
    if kind not in FORMATS:
        raise KGError(f"no export format {kind!r}; there are {', '.join(FORMATS)}")
    if with_history and kind not in OF_GRAPHS:
        raise KGError(f"{kind} cannot hold the history; {', '.join(OF_GRAPHS)} can")
    if with_history and (focus is not None or certainty):
        raise KGError("the history is exported whole: give no focus and no certainty")
    with damage(store.path):
        more = _history(store) if with_history else ()
        if kind in NAMES and focus is None and not certainty:
            data: str | bytes | dict[str, str] = serialize(store.quads, NAMES[kind], more)
        else:
            data = _written(select(store, focus=focus, depth=depth, certainty=certainty), kind, path)
    with failures(path):
        if isinstance(data, dict):
            path.mkdir(parents=True, exist_ok=True)
            for name, text in data.items():
                write_atomically(path / name, text)
        else:
            write_atomically(path, data)


def _written(selection: Selection, kind: str, path: Path) -> str | bytes | dict[str, str]:
    if kind in NAMES:
        return serialize(excerpt(selection), NAMES[kind])
    return citations(selection, path) if kind == "evidence" else _WRITERS[kind](selection)


def _history(store: GraphStore) -> Iterable[str]:
    if store.folder is None:
        raise KGError(f"{store.name}: {store.kind} has no history; build a store")
    return history_lines(Layout(store.path), store.manifest)

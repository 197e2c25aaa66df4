"""Opening a store to read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import NotAStoreError, StoreError
from kg.store.files import FORMATS, load_file
from kg.store.layout import QUADS, Layout


@dataclass(frozen=True, slots=True)
class GraphStore:
    """One finished generation of a store, or one RDF file, open for reading.

    Attributes:
        path: the store folder or file.
        quads: the Oxigraph store.
        generation: number of the generation; 0 for a file.
        manifest: the documents and what was quarantined; empty for a file.
    """

    path: Path
    quads: ox.Store
    generation: int = 0
    manifest: dict[str, Any] = field(default_factory=dict)

    def read_graph(self, graph: ox.NamedNode | ox.DefaultGraph) -> list[tuple[str, str, str]]:
        """Return the triples of one graph as N-Triples terms."""
        return [
            (str(q.subject), str(q.predicate), str(q.object))
            for q in self.quads.quads_for_pattern(None, None, None, graph)
        ]


def open_store(path: str | Path) -> GraphStore:
    """Return the current generation of a store folder, or an RDF file in memory.

    Raises:
        StoreError: there is no store or file, it is another thing, a newer version wrote it, or it is damaged.
    """
    where = Path(path)
    if where.is_file() or (where.suffix in FORMATS and not where.is_dir()):
        if not where.exists():
            raise NotAStoreError(f"{where}: no such file")
        return GraphStore(where, load_file(where))
    layout = Layout(where)
    layout.check()
    generation = layout.current()
    if generation is None:
        raise NotAStoreError(f"{where}: the store is empty (no build of it has finished)")
    try:
        quads = ox.Store.read_only(str(generation / QUADS))
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError(f"{where}: generation {generation.name} cannot be opened: {error}") from error
    return GraphStore(where, quads, int(generation.name), layout.manifest(generation))

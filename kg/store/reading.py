"""Opening a store to read it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import NotAStoreError, StoreError
from kg.store.files import FORMATS, load_file
from kg.store.layout import QUADS, Layout

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class GraphStore:
    """One finished generation of a store, or one RDF file, open for reading.

    Attributes:
        path: the store folder or file.
        quads: the Oxigraph store.
        generation: number of the generation; 0 for a file.
        manifest: the documents and what was quarantined; empty for a file.
        folder: the folder of the generation; None for a file.
    """

    path: Path
    quads: ox.Store
    generation: int = 0
    manifest: dict[str, Any] = field(default_factory=dict)
    folder: Path | None = None

    def find(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        obj: str | None = None,
        graph: str | None = None,
    ) -> list[ox.Quad]:
        """Return the quads of one graph that have these IRIs; None stands for any, and for the default graph.

        Raises:
            StoreError: the database is damaged.
        """
        s, p, o, g = (None if iri is None else ox.NamedNode(iri) for iri in (subject, predicate, obj, graph))
        with damage(self.path):
            return list(self.quads.quads_for_pattern(s, p, o, g or ox.DefaultGraph()))

    def __len__(self) -> int:
        with damage(self.path):
            return len(self.quads)


@contextmanager
def damage(path: Path) -> Iterator[None]:
    """Turn what the database says of files it cannot read into one line that names the store.

    Raises:
        StoreError: something in the block could not be read.
    """
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{path}: the database is damaged: {' '.join(str(error).split())}") from error


def open_store(path: str | Path) -> GraphStore:
    """Return the current generation of a store folder, or an RDF file in memory.

    Raises:
        StoreError: there is no store or file, it is another thing, a newer version wrote it, or it is damaged.
    """
    where = Path(path)
    if os.path.isfile(where) or (where.suffix in FORMATS and not os.path.isdir(where)):  # noqa: PTH112, PTH113 - these never fail
        return GraphStore(where, load_file(where))
    layout = Layout(where)
    layout.check()
    generation = layout.current()
    if generation is None:
        raise NotAStoreError(f"{where}: the store is empty (no build of it has finished)")
    manifest = layout.manifest(generation)
    layout.verify(generation, manifest)
    with damage(generation):
        quads = ox.Store.read_only(str(generation / QUADS))
    return GraphStore(where, quads, int(generation.name), manifest, generation)

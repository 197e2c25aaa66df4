"""Opening a store to read it: as it is, as an earlier generation, or as what was known or held on a day."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.edges import read_edges
from kg.store.files import FORMATS, load_file
from kg.store.layout import QUADS, Hold, Layout
from kg.vocabulary import REUSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.edges import EdgeTable

_TRIES = 20
"""How often a generation may vanish between reading the pointer and holding it; each time a build has ended meanwhile."""


@dataclass(frozen=True, slots=True)
class GraphStore:
    """One finished generation of a store, one earlier state of it, or one RDF file, open for reading.

    Attributes:
        path: the store folder or file.
        quads: the Oxigraph store.
        generation: number of the generation; 0 for a file.
        manifest: the documents and what was quarantined; empty for a file.
        folder: the folder of the generation or state; None for a file.
        held: what keeps the folder from being removed while this is open.
    """

    path: Path
    quads: ox.Store
    generation: int = 0
    manifest: dict[str, Any] = field(default_factory=dict)
    folder: Path | None = None
    held: Any = None

    @property
    def name(self) -> str:
        """Return where it is, as messages tell it."""
        return str(self.path)

    @property
    def kind(self) -> str:
        """Return what it is, in words."""
        return "a store" if self.folder else "an RDF file"

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

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Yield subject and object of what the default graph says with a property (an IRI), as plain text.

        It takes half the time of `find`, which makes a term of the predicate too, each time.

        Raises:
            StoreError: the database is damaged.
        """
        with damage(self.path):
            found: Any = self.quads.query(f"SELECT ?s ?o {{ ?s {ox.NamedNode(predicate)} ?o }}")
            for subject, value in found:
                yield subject.value, value.value

    def pairs_of(self, kind: str, predicate: str) -> Iterator[tuple[str, str]]:
        """Yield what `pairs` does, of the members of a class (an IRI) alone.

        Each is looked up by itself, which is faster than to read the pairs of all where few have that class.

        Raises:
            StoreError: the database is damaged.
        """
        with damage(self.path):
            for one in self.find(None, REUSED["rdf:type"][1:-1], kind):
                for quad in self.quads.quads_for_pattern(one.subject, ox.NamedNode(predicate), None, ox.DefaultGraph()):
                    yield quad.subject.value, quad.object.value  # type: ignore[union-attr]

    def __len__(self) -> int:
        with damage(self.path):
            return len(self.quads)

    @property
    def outdated(self) -> bool:
        """Whether a build has finished since this was opened."""
        current = Layout(self.path).current() if self.generation else None
        return current is not None and int(current.name) != self.generation

    def size(self) -> int:
        """Return the bytes that the store folder, or the file, takes on the disk."""
        return Layout(self.path).size() if self.generation else self.path.stat().st_size

    def generations(self) -> list[dict[str, Any]]:
        """Return number, documents and quads of every generation that is there, and when its news are said to be known, oldest first."""
        if not self.generation:
            return []
        layout = Layout(self.path)
        found = [(int(folder.name), layout.manifest(folder)) for folder in layout.finished()]
        return [
            {
                "generation": number,
                "known_on": told["written"],
                "documents": len(told["documents"]),
                "retired": len(told["history"]),
                "quads": told["quads"],
            }
            for number, told in found
        ]

    def edges(self) -> EdgeTable:
        """Return the edge table.

        Raises:
            StoreError: this is a file, which has none, or the table is damaged.
        """
        if self.folder is None:
            raise StoreError(f"{self.path}: an RDF file has no edge table; build a store from it")
        try:
            return read_edges(self.folder).arrays()
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.folder}: the edge table is damaged: {error}") from error


def text_of(term: object) -> str:
    """Return the text of an IRI or literal, or the label of a blank node."""
    return str(getattr(term, "value", term))


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


def open_store(path: str | Path, generation: int | None = None) -> GraphStore:
    """Return a generation of a store folder (the current one if none is named), or an RDF file in memory.

    Raises:
        StoreError: there is no store or file, it is another thing, a newer version wrote it, or it is damaged.
    """
    where = Path(path)
    if is_file(where):
        if generation is not None:
            raise StoreError(f"{where}: an RDF file has no generations")
        return GraphStore(where, load_file(where))
    layout = Layout(where)
    layout.check()
    for _ in range(_TRIES):
        folder = layout.built() if generation is None else layout.generation(generation)
        try:
            held = Hold(folder)
        except OSError:
            continue
        manifest = layout.manifest(folder)
        layout.verify(folder, manifest)
        return open_folder(where, folder, manifest, held, int(folder.name))
    raise StoreError(f"{folder}: the generation cannot be read")


def open_folder(path: Path, folder: Path, manifest: dict[str, Any], held: Any, generation: int) -> GraphStore:
    """Return the database of a folder that is held.

    Raises:
        StoreError: it is damaged.
    """
    with damage(folder):
        quads = ox.Store.read_only(str(folder / QUADS))
    return GraphStore(path, quads, generation, manifest, folder, held)


def is_file(path: Path) -> bool:
    """Return whether a path stands for an RDF file and not for a store folder."""
    return os.path.isfile(path) or (path.suffix in FORMATS and not os.path.isdir(path))  # noqa: PTH112, PTH113 - these never fail

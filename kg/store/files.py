"""RDF files: loading into memory, and saving so that the same graph gives the same bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import NotAStoreError, StoreError
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORMATS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
"""File endings that are RDF, and their formats."""
NAMES = {"nquads": ".nq", "trig": ".trig", "turtle": ".ttl", "jsonld": ".jsonld"}


def load_file(path: Path) -> ox.Store:
    """Return an in-memory store with the quads of an RDF file.

    Raises:
        StoreError: the ending is not one of `FORMATS`, or the file cannot be read or parsed.
    """
    kind = FORMATS.get(path.suffix)
    if kind is None:
        raise StoreError(f"{path}: not an RDF file ({', '.join(FORMATS)}) and not a store folder")
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=kind)
    except FileNotFoundError as error:
        raise NotAStoreError(f"{path}: no such file") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error
    return store


def serialize(store: ox.Store, suffix: str, more: Iterable[str] = ()) -> str:
    """Return the store's quads, and more N-Quads lines, in the format of a file ending.

    They are sorted, so that equal graphs give equal text.

    Turtle and N-Triples hold the default graph only.
    """
    lines = sorted({*(f"{quad} ." for quad in store), *more})
    if suffix == ".nq":
        return "".join(line + "\n" for line in lines)
    kind = FORMATS[suffix]
    quads = list(ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS))
    prefixes = None if suffix in {".nt", ".jsonld"} else PREFIXES
    if kind.supports_datasets:
        data = ox.serialize(quads, format=kind, prefixes=prefixes)
    else:
        canonical = [quad.triple for quad in quads if quad.graph_name == ox.DefaultGraph()]
        data = ox.serialize(canonical, format=kind, prefixes=prefixes)
    text = (data or b"").decode("utf-8")
    return (
        json.dumps(json.loads(text), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        if suffix == ".jsonld"
        else text
    )

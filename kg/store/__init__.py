"""The store: a folder of finished generations, or a single RDF file, read through one object.

Building one is in `kg.store.build`, which takes longer to load than most questions take to answer.
"""

from __future__ import annotations

from kg.store.reading import GraphStore, open_store

__all__ = ["GraphStore", "open_store"]

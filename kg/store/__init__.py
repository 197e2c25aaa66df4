"""The store: a folder of finished generations, or a single RDF file, read through one object."""

from __future__ import annotations

from kg.store.build import Options, Report, build
from kg.store.files import save_lines
from kg.store.reading import GraphStore, open_store

__all__ = ["GraphStore", "Options", "Report", "build", "open_store", "save_lines"]

"""Giving back the room that a store does not need: earlier generations, and what updates have left in the database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from kg.store.durable import failures
from kg.store.generation import write_generation
from kg.store.judged import resolver_of
from kg.store.layout import Layout
from kg.store.spool import Spool


def compact(path: str | Path, *, wait: bool = False) -> tuple[int, int]:
    """Write the store's state anew as its only generation and return the bytes on disk before and after.

    No fact, no document and no part of the history is lost. What somebody still reads goes with the next build.

    Raises:
        StoreError: there is no finished store, somebody builds in it, or it cannot be written.
    """
    layout = Layout(Path(path))
    layout.check()
    with layout.locked(wait=wait), failures(layout.path):
        manifest, before = layout.manifest(layout.built()), layout.size()
        with closing(Spool(layout.path)) as spool:
            write_generation(
                layout,
                manifest,
                manifest["documents"],
                spool,
                resolver_of(layout.path),
                now=manifest["written"],
                keep=1,
                anew=True,
            )
    return before, layout.size()

"""The store as it is served: always its current generation, and a guard with workers for it."""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.addresses import shown
from kg.errors import StoreError
from kg.query import Guard, Turns
from kg.remote import is_address
from kg.store import GraphStore, open_store

if TYPE_CHECKING:
    from kg.serve.counting import Counts

LONG = 4
"""Queries that may take long, or wait until they may, for each that is answered quickly."""
_KEPT = 2
"""Processes that wait for the next query, likewise."""
_log = logging.getLogger("kg.serve")


class Held(NamedTuple):
    """An open generation, and the guard that answers from it."""

    store: GraphStore
    guard: Guard


class Current:
    """Follows the generations of a store; an older one is closed when the last query over it has ended.

    Raises:
        StoreError: the store cannot be opened, or is at a server.
    """

    def __init__(self, path: str | Path, concurrent: int, counts: Counts) -> None:
        if is_address(path):
            raise StoreError(f"{shown(path)}: kg serve serves a store at hand; clients can ask that endpoint itself")
        self.path, self._concurrent, self._counts = Path(path), concurrent, counts
        self._turns = Turns(os.cpu_count() or 1, LONG * concurrent)
        self._turning = threading.Lock()
        self._held = self._opened()

    def held(self) -> Held:
        """Return the current generation; where it cannot be opened, the one before. Reads the disk."""
        if self._turning.acquire(blocking=False):
            try:
                if self._held.store.outdated:
                    self._held = self._opened()
                    self._counts.turns.labels("done").inc()
            except StoreError as error:
                self._counts.turns.labels("failed").inc()
                _log.warning("generation %d is served on: %s", self._held.store.generation, error)
            finally:
                self._turning.release()
        return self._held

    def _opened(self) -> Held:
        store = open_store(self.path)
        self._counts.generation.set(store.generation)
        return Held(store, Guard(store, idle=_KEPT * self._concurrent, turns=self._turns))

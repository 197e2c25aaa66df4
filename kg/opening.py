"""The two ways to a graph: opening one that is there, and building one from documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.addresses import shown
from kg.checks import path_of, several
from kg.dates import as_day
from kg.errors import KGError, StoreError
from kg.graph import KnowledgeGraph
from kg.remote import is_address, open_remote
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from kg.query import Limits
    from kg.store import GraphStore


def open_graph(
    path: str | Path,
    generation: int | None = None,
    *,
    as_of: date | None = None,
    valid_on: date | None = None,
    limits: Limits | None = None,
    guarded: bool = True,
) -> KnowledgeGraph:
    """Return the graph in a store folder, in a TriG, N-Quads, Turtle or JSON-LD file, or at a SPARQL endpoint.

    Args:
        path: the store folder, the file, or the address of the endpoint ("https://...").
        generation: number of a generation that is still there; the current one if None.
        as_of: keep to the documents that were known at the end of this day (UTC).
        valid_on: keep to the supply relationships in force on this day.
        limits: what a query may use, in place of the standard limits.
        guarded: whether queries and the dataset are guarded; without, they are taken as they come, in this process,
            and can reach other servers (SERVICE), take any time and memory, and crash.

    Raises:
        StoreError: there is none, it is another thing, or it is damaged; files and servers have no generations and
            no history.
        MissingExtraError: it is at a server, and httpx is not installed.
    """
    graph = KnowledgeGraph(_store(path, generation, limits), limits=limits, guarded=guarded)
    return graph if as_of is None and valid_on is None else graph.at(as_of=as_of, valid_on=valid_on)


def _store(where: str | Path, generation: int | None, limits: Limits | None) -> GraphStore:
    where = path_of(where, "the store")
    if not is_address(where):
        return open_store(where, generation)
    if generation is not None:
        raise StoreError(f"{shown(where)}: a server has no generations")
    return open_remote(str(where), limits)


def build(
    inputs: str | Path | Iterable[str | Path],
    into: str | Path = "breaches.kg",
    *,
    input_format: str | None = None,
    mapping: str | Path | None = None,
    prune: bool = False,
    jobs: int | None = None,
    known_on: date | None = None,
    wait: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> KnowledgeGraph:
    """Read documents into a store and return its graph; doing it again reads only what has changed.

    Args:
        inputs: a file, folder or pattern, or several.
        into: the store folder; made where there is none.
        input_format: the extractor to use instead of choosing by content.
        mapping: a mapping file (TOML) that tells what the columns or members of documents of one's own hold.
        prune: retract documents under the inputs that are no longer there; with "-" all that came from standard input before.
        jobs: processes that read documents; as many as there are processors if None.
        known_on: the day on which new documents were known, for those that are filled in later; now if None.
        wait: wait for another build of this store to end instead of failing.
        progress: called with (documents done, documents in all).

    Raises:
        DocumentError: a file that was named, or the mapping, cannot be used; the store is left as it was.
        StoreError: the store cannot be written, is locked, or is no store.
        KGError: nothing is given to read, something is no path, or `known_on` is no date.
    """
    # Loaded here: who opens a graph to ask it reads no document.
    from kg.extract.mapped.extractor import mapped  # noqa: PLC0415
    from kg.store.build import Options  # noqa: PLC0415
    from kg.store.build import build as build_store  # noqa: PLC0415

    given = [path_of(one, "an input") for one in several(inputs, "inputs")]
    if not given:
        raise KGError("inputs: no file, folder or pattern is given")
    known_on = as_day(known_on)
    reader = mapped(mapping) if mapping is not None else None
    options = Options(input_format=input_format, mapping=reader, prune=prune, jobs=jobs, known_on=known_on, wait=wait)
    into = path_of(into, "the store")
    report = build_store(given, into, options, progress=progress)
    return KnowledgeGraph(open_store(into), report)

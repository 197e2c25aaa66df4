"""Documents become evidence graphs: read, given to their extractor, packed; in this process or in several.

Every step is a function of the document alone, so documents may be read in any order and anywhere.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg.errors import DocumentError, StoreError
from kg.extract import choose, extracted
from kg.extract.reading import piped, read
from kg.rdf import evidence_graph
from kg.store.spool import pack

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from concurrent.futures import Future

    from kg.extract import Extractor
    from kg.extract.mapped.extractor import MappingExtractor
    from kg.extract.reading import Found
    from kg.model import Document
    from kg.store.spool import Parcel

_BATCH = 16
"""Documents that a process is given at a time."""
_GIVEN = 2
"""Batches that each process has: one that it reads, one that is there when it is done."""
_AHEAD = 4
"""Batches for each process that may wait to be told."""
_WORTH_A_PROCESS = 2_000_000
"""Bytes of documents above which other processes are started at once: to read them takes about as long as they need to start, or much longer."""
_TRIED = 0.05
"""Seconds of reading fewer bytes in this process after which it is looked at how long the rest would take."""
_WORTH_STARTING = 1.25
"""Seconds that the rest has to take for other processes to save more than they cost: they need about half a second."""
_SWITCHING = 0.0005
"""Seconds after which a thread that reads documents lets another one run."""
_IDLE = 300
"""Seconds for which processes are kept for the next build. One that ends while it is given something is replaced, with a
warning; that takes two builds just so far apart."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one document: its evidence and what the manifest says of it, or why it cannot be used."""

    found: Found
    location: str = ""
    entry: dict[str, Any] | None = None
    parcel: Parcel | None = None
    error: DocumentError | None = None


def take(found: Found, input_format: str | None, mapping: MappingExtractor | None = None) -> Taken:
    """Return what becomes of one document."""
    try:
        document = read(found)
    except DocumentError as error:
        return Taken(found, error=error)
    return taken(found, document, input_format, mapping)


def taken(found: Found, document: Document, input_format: str | None, mapping: MappingExtractor | None = None) -> Taken:
    """Return what becomes of a document that was read."""
    try:
        extractor = choose(document, input_format, mapping, named=found.named)
        entry, parcel = _read(document, extractor)
    except DocumentError as error:
        return Taken(found, error=error)
    return Taken(found, found.location if found.path else piped(document.digest), entry, parcel)


def _read(document: Document, extractor: Extractor) -> tuple[dict[str, Any], Parcel]:
    graph = evidence_graph(document, extractor.name, extractor.version, extracted(extractor, document))
    told = {
        "name": document.name,
        "digest": document.digest,
        "graph": graph.iri[1:-1],
        "kind": extractor.name,
        "version": extractor.version,
        "records": graph.records,
        "incidents": graph.incidents,
        "claims": graph.claims,
        "quarantine": [(defect.place, defect.reason) for defect in graph.defects],
    }
    return told | ({"guessed": document.guessed} if document.guessed else {}), pack(graph)


def intake(
    documents: list[Found], input_format: str | None, mapping: MappingExtractor | None = None, jobs: int | None = None
) -> Iterator[Taken]:
    """Yield what becomes of documents, in their order.

    Args:
        documents: where they are.
        input_format: name of the extractor to use instead of choosing by content.
        mapping: the extractor of a mapping file, for the documents that fit it.
        jobs: processes to use; as many as there are processors if None.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(documents))
    inside = [found for found in documents if found.path is None]
    outside = [found for found in documents if found.path is not None]
    take_one = partial(take, input_format=input_format, mapping=mapping)
    if jobs < 2:  # noqa: PLR2004 - one process is this one
        yield from map(take_one, documents)
        return
    # Standard input is read here: another process has none.
    yield from map(take_one, inside)
    rest = outside if _large(outside) else (yield from _while_quick(outside, take_one))
    if rest:
        yield from _in_processes(rest, take_one, jobs)


def _while_quick(documents: list[Found], take_one: Callable[[Found], Taken]) -> Generator[Taken, None, list[Found]]:
    """Read documents here, and return those that are left once it shows that they would take long: formats differ a hundredfold."""
    spent = 0.0
    for number, found in enumerate(documents):
        started = time.perf_counter()
        told = take_one(found)
        if number:  # the first also loads what its format needs
            spent += time.perf_counter() - started
        yield told
        left = len(documents) - number - 1
        if spent > _TRIED and spent / number * left > _WORTH_STARTING:
            return documents[-left:]
    return []


def _large(documents: Iterable[Found]) -> bool:
    size = 0
    for found in documents:
        try:
            size += os.stat(found.path or "").st_size  # noqa: PTH116 - a path is known to be there
        except OSError:
            continue
        if size > _WORTH_A_PROCESS:
            return True
    return False


def _in_processes(documents: list[Found], take_one: Callable[[Found], Taken], jobs: int) -> Iterator[Taken]:
    """Read in `jobs - 1` other processes and in this one: while they start, and whenever it would wait for them.

    Batches are read only a few ahead of what is told, so that what waits here stays small.
    """
    # Unlike the standard library's, these processes need no guard in the caller's script and inherit no threads.
    from concurrent.futures import Future  # noqa: PLC0415 - small builds need none

    from loky import get_reusable_executor  # noqa: PLC0415
    from loky.process_executor import BrokenProcessPool  # noqa: PLC0415

    others = jobs - 1
    switching = sys.getswitchinterval()
    executor = get_reusable_executor(max_workers=others, timeout=_IDLE, initializer=_end_with, initargs=(os.getpid(),))
    rest = iter(documents)
    waiting: deque[Future[list[Taken]]] = deque()
    try:
        # Results come through a pipe of little room: while this process reads, a thread has to empty it in time.
        sys.setswitchinterval(_SWITCHING)
        yield from map(take_one, _until(executor.submit(_started), rest))
        while True:
            given = sum(not told.done() for told in waiting)
            for batch in islice(_batches(rest), max(0, _GIVEN * others - given)):
                waiting.append(executor.submit(_take_all, batch, take_one))
            if not waiting:
                return
            if not waiting[0].done() and len(waiting) < _AHEAD * jobs and (here := next(_batches(rest), [])):
                waiting.append(Future())
                waiting[-1].set_result(_take_all(here, take_one))
            else:
                yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise StoreError(
            "a process that reads documents ended (out of memory, or killed); with --jobs 1 there is only one"
        ) from error
    finally:
        sys.setswitchinterval(switching)
        for told in waiting:
            told.cancel()


def _until(started: Future[None], rest: Iterator[Found]) -> Iterator[Found]:
    """Yield what is to be read before other processes are there."""
    while not started.done() and (found := next(rest, None)):
        yield found


def _batches(rest: Iterator[Found]) -> Iterator[list[Found]]:
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _started() -> None:
    """Do nothing, in a process that has what reading needs."""


def _end_with(parent: int) -> None:
    """Let this process end when the one that builds is gone, however it went: a killed one can tell nobody."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _take_all(batch: list[Found], take_one: Callable[[Found], Taken]) -> list[Taken]:
    return [take_one(found) for found in batch]

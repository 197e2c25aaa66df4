"""The process that answers queries of unknown origin, one after another, until it is ended.

`kg.query.guard` starts it with one end of a socket. It reads pickled requests, which come from the process that
started it; it writes replies in the standard formats only, for a process that runs strangers' queries is not to be
believed more than they are. A reply is `HEAD` (its kind, what was cut, the length), and the text: SPARQL results
as TSV, or N-Triples; both have a line for every row, at which an answer that is too long is cut. A request may ask for
another of the standard formats, which is then made of these lines here, within the same limits.
"""

from __future__ import annotations

import os
import pickle
import resource
import select
import signal
import socket
import struct
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.answer import too_long, unreadable
from kg.query.forms import write_boolean, write_graph, write_rows
from kg.query.refusing import one_line, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.query.forms import Forms
    from kg.query.limits import Limits

HEAD = struct.Struct("!ccQ")
READY, ROWS, TRIPLES, YES, NO, FAILED, OVER = b"K", b"R", b"T", b"Y", b"N", b"E", b"O"
"""Kinds of reply."""
WHOLE, MANY, LARGE = b"-", b"n", b"s"
"""What was cut: nothing; too many rows; too many bytes."""
GRACE = 1.0
"""Seconds past its limit after which a worker ends itself, should nobody have done so."""
_LOOK = 1000
"""Milliseconds between two looks whether the process that started this one is there still."""
_STACK = 8 * 1024 * 1024
"""Bytes for the calls of a query that is nested deeply, as many as a process usually has."""
_VALUE = 64
"""Bytes that a value takes beside its text once it is an object."""


class Request(NamedTuple):
    """A query, the options that the engine takes with it (its prefixes, at least), its limits, and what is wanted of it."""

    text: str
    options: dict[str, Any]
    limits: Limits
    forms: Forms | None = None


def main(channel: int, parent: int, folder: str) -> None:
    """Answer requests over a socket: from the database in a folder, or, without one, the N-Quads on stdin.

    It ends, also in the middle of a query, when the process that started it does.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for the process in front of the terminal
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with socket.socket(fileno=channel) as sock, sock.makefile("rb") as requests:
        threading.Thread(target=_watch, args=(channel, parent), daemon=True).start()
        try:
            store = _opened(folder)
        except (OSError, RuntimeError, SyntaxError, ValueError) as error:
            _send(sock, FAILED, one_line(error).encode("utf-8", "replace"))
            return
        taken = _taken()
        _close_off(folder)
        _send(sock, READY)
        threading.stack_size(_STACK)
        while True:
            try:
                request = pickle.load(requests)  # noqa: S301 - from the process that started this one
            except EOFError:
                return
            replies: list[tuple[bytes, bytes, bytes]] = []
            # A thread of its own, whose priority may be lowered for good: the next query starts with that of this one.
            query = threading.Thread(target=lambda: replies.append(_bounded_reply(store, request, taken)))  # noqa: B023
            query.start()
            query.join()
            _send(sock, *replies[0])


def _watch(channel: int, parent: int) -> None:
    """End this process once nobody waits for its answers; the engine lets this thread run beside it."""
    look = select.poll()
    look.register(channel, 0)
    # A fork of the parent holds the other end of the socket open, so its end alone does not tell.
    while os.getppid() == parent and not look.poll(_LOOK):
        pass
    os._exit(0)


def _send(sock: socket.socket, kind: bytes, text: bytes = b"", cut: bytes = WHOLE) -> None:
    sock.sendall(HEAD.pack(kind, cut, len(text)))
    sock.sendall(text)


def _opened(folder: str) -> ox.Store:
    if folder:
        return ox.Store.read_only(folder)
    store = ox.Store()
    store.bulk_extend(ox.parse(sys.stdin.buffer, format=ox.RdfFormat.N_QUADS))
    return store


def _close_off(folder: str) -> None:
    """Let nothing more be opened, no file and no socket, where every table of the database is open.

    This is a second line, for `refuse` lets nothing pass that would ask for them; a large database opens its tables
    as it needs them, and goes without.
    """
    tables = {path.stat().st_ino for path in Path(folder).glob("*.sst")} if folder else set()
    if tables <= _open_files():
        # The one number that is left is that of stdin, which is open.
        resource.setrlimit(resource.RLIMIT_NOFILE, (1, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


def _open_files() -> set[int]:
    """The inodes of what is open."""
    found = set()
    for name in os.listdir("/dev/fd"):  # noqa: PTH208 - names are all there is to them
        with suppress(OSError, ValueError):
            found.add(os.fstat(int(name)).st_ino)
    return found


def _taken() -> int | None:
    """Bytes of address space in use, where the system tells."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return None
    return pages * resource.getpagesize()


def _bounded_reply(store: ox.Store, request: Request, taken: int | None) -> tuple[bytes, bytes, bytes]:
    _bound(request.limits, taken)
    try:
        return _reply(store, request)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _bound(limits: Limits, taken: int | None) -> None:
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + GRACE)
    if taken is not None:
        with suppress(OSError, ValueError):  # a lower limit of the user's own stays
            resource.setrlimit(resource.RLIMIT_AS, (taken + limits.memory, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _reply(store: ox.Store, request: Request) -> tuple[bytes, bytes, bytes]:
    """Kind, text and cut of the reply to one request."""
    kind = FAILED
    try:
        refuse(request.text, request.options["prefixes"], _holds(store, request))
        return _answer(store.query(request.text, **request.options), request)
    except QueryError as error:
        told = str(error)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        told = f"the query cannot be answered: {one_line(error, request.text)}"
    except MemoryError as error:
        if too_long(error):
            told = f"the answer cannot be read: {unreadable(error)}"
        else:
            kind, told = OVER, f"the query took more than {request.limits.memory:,} bytes of memory"
    return kind, told.encode("utf-8", "replace"), WHOLE


def _answer(result: Any, request: Request) -> tuple[bytes, bytes, bytes]:
    """Kind, text and cut of the reply that tells what the engine found; no text where that kind is not wanted."""
    forms, boolean = request.forms, isinstance(result, ox.QueryBoolean)
    rows = boolean or isinstance(result, ox.QuerySolutions)
    kind = (YES if result else NO) if boolean else ROWS if rows else TRIPLES
    wanted = (forms.rows if rows else forms.graph) if forms else ""
    if boolean or (forms and not wanted):
        return kind, write_boolean(wanted, value=bool(result)) if wanted else b"", WHOLE
    lines = _Lines(request.limits, header=int(rows))
    lines.take(result, ox.QueryResultsFormat.TSV if rows else ox.RdfFormat.N_TRIPLES)
    text = lines.text()
    if wanted:
        text = write_rows(text, wanted) if rows else write_graph(text, wanted)
    return kind, text, lines.cut


def _holds(store: ox.Store, request: Request) -> Callable[[str], bool]:
    """Whether FROM may name a graph; not where the request says which graph is read.

    Where it says which graphs are there at all (`named_graphs`, too), FROM may name any, for it is passed over.
    """
    if request.options.get("named_graphs") is not None:
        return lambda _: True
    said = request.options.get("default_graph") or request.options.get("use_default_graph_as_union")
    return lambda iri: not said and store.contains_named_graph(ox.NamedNode(iri))


class _EnoughError(Exception):
    """There is more, and it is not wanted."""


class _Lines:
    """Takes an answer as the engine writes it, until a limit is reached."""

    def __init__(self, limits: Limits, header: int) -> None:
        self._most, self._size = limits.rows + header, limits.size
        self._parts: list[bytes] = []
        self._rows = self._bytes = 0
        self.cut = WHOLE

    def take(self, result: Any, form: Any) -> None:
        """Read a result up to the limits."""
        with suppress(_EnoughError):
            result.serialize(self, format=form)

    def write(self, data: bytes) -> int:
        """Keep a piece of the answer, or end the reading of it."""
        if self.cut != WHOLE:
            # The engine writes a piece again that was not taken.
            raise _EnoughError
        self._parts.append(bytes(data))
        rows = data.count(b"\n")
        self._rows += rows
        self._bytes += len(data) + _VALUE * (rows + data.count(b"\t"))
        if self._rows > self._most:
            self.cut = MANY
        elif self._bytes > self._size:
            self.cut = LARGE
        if self.cut != WHOLE:
            raise _EnoughError
        return len(data)

    def flush(self) -> None:
        """Nothing waits to be written."""

    def text(self) -> bytes:
        """Return the lines that are whole and within the limit."""
        text = b"".join(self._parts)
        if self.cut == WHOLE:
            return text
        return b"".join(line + b"\n" for line in text.split(b"\n")[:-1][: self._most])

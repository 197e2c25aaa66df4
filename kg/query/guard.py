"""Answering queries of unknown origin: each in a process of its own, which is ended when it goes over a limit."""

from __future__ import annotations

import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections import deque
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import LimitError, QueryError
from kg.query import worker
from kg.query.answer import Answer, answered, unreadable
from kg.query.forms import Written
from kg.query.limits import Limits
from kg.query.turns import HEAVY, QUICK
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.query.forms import Forms
    from kg.query.turns import Turn, Turns
    from kg.store import GraphStore

_IDLE = 2
"""Workers kept waiting for the next query, unless told otherwise."""
_GLANCE = 0.05
"""Seconds between two looks at what a query has used."""
_LONG, _ENDLESS = 5, 19
"""Priorities: of a long query, which gets on beside quick ones, a third of what they do; and the least of all."""
_START = 60.0
"""Seconds that a worker may take to open the store."""
_PIECE = 1 << 20
_ALONE = {"MALLOC_ARENA_MAX": "1"}
"""What a worker is told: one thread of it works at a time, and what a second arena reserves would count as a query's memory."""
_CODE = (
    "import sys; sys.path += sys.argv[4:]; from kg.query.worker import main; "
    "main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])"
)


class Handle:
    """A hold on one query from outside: it can be ended, before it begins or while it runs, by another thread.

    Args:
        on_long: is called, in the thread that waits for the answer, once the query has taken more than `QUICK`, or at once where
            it is known that it will.
    """

    def __init__(self, on_long: Callable[[], None] | None = None) -> None:
        self.on_long = on_long or (lambda: None)
        self._lock, self._stopped = threading.Lock(), False
        self._worker: _Worker | None = None

    def stop(self) -> None:
        """End the query; whoever waits for its answer is told."""
        with self._lock:
            self._stopped = True
            if self._worker:
                self._worker.kill()

    @property
    def stopped(self) -> bool:
        """Whether somebody has ended the query."""
        with self._lock:
            return self._stopped

    def watch(self, worker: _Worker | None) -> None:
        """Take the worker that answers the query; None when it is done."""
        with self._lock:
            self._worker = worker
            if worker and self._stopped:
                worker.kill()


class Guard:
    """Answers queries over one store, under limits; safe to use from several threads.

    A worker that has answered waits for the next query, which then costs no start of a process.

    Args:
        store: what is asked.
        idle: workers kept waiting.
        turns: of the queries that take more than `QUICK`; such a query goes on with what time of the processors the quick
            ones leave. None: no bound, and no difference.
    """

    def __init__(self, store: GraphStore, *, idle: int = _IDLE, turns: Turns | None = None) -> None:
        self._store, self._most, self._turns = store, idle, turns
        self._idle: deque[_Worker] = deque()
        self._process = os.getpid()

    def answer(self, text: str, limits: Limits | None = None, **options: Any) -> Answer:
        """Return the answer to a query; if it is too long, its beginning, and `Answer.cut` says so.

        Args:
            text: the query; the usual prefixes need not be declared.
            limits: what it may use.
            options: for `pyoxigraph.Store.query`, such as other `prefixes`.

        Raises:
            QueryError: the query is malformed, refused, or over its limit of time or memory; or the answer cannot be read.
        """
        limits = limits or Limits()
        kind, cut, body = self._reply(worker.Request(text, {"prefixes": PREFIXES} | options, limits))
        try:
            return _answer(kind, body, _cut(cut, limits))
        except (SyntaxError, ValueError, MemoryError) as error:
            wrong = unreadable(error)
        # Not while the error is at hand: it holds what reads the answer, which may not leave its thread.
        raise QueryError(f"the answer cannot be read: {wrong}")

    def written(self, text: str, forms: Forms, limits: Limits, handle: Handle | None = None, **options: Any) -> Written:
        """Return the answer to a query as the worker has written it; an answer of the kind not wanted is empty.

        Args:
            text: the query.
            forms: the formats that are wanted.
            limits: what it may use.
            handle: is given the query.
            options: as for `answer`.

        Raises:
            QueryError: as for `answer`.
            BusyError: it took long, and too many long ones run.
        """
        request = worker.Request(text, {"prefixes": PREFIXES} | options, limits, forms)
        kind, cut, body = self._reply(request, handle)
        return Written(forms.graph if kind == worker.TRIPLES else forms.rows, body, _cut(cut, limits))

    def _reply(self, request: worker.Request, handle: Handle | None = None) -> tuple[bytes, bytes, bytes]:
        """Kind, cut and text of the reply to a request that could be answered."""
        handle, seconds = handle or Handle(), request.limits.seconds
        deadline = time.monotonic() + seconds
        if self._turns is None:
            return self._lent(request, deadline, handle)
        with self._turns.turn(request.text, seconds, handle.on_long) as turn:
            if handle.stopped:
                raise LimitError("the query was stopped before it began")
            return self._lent(request, deadline, handle, turn)

    def _lent(
        self, request: worker.Request, deadline: float, handle: Handle, turn: Turn | None = None
    ) -> tuple[bytes, bytes, bytes]:
        lent = self._take()
        handle.watch(lent)
        try:
            kind, cut, body = lent.ask(request, deadline, handle, turn)
        finally:
            handle.watch(None)
        if len(self._idle) < self._most and not lent.slowed:
            self._idle.append(lent)
        else:
            lent.end()
        if kind in (worker.FAILED, worker.OVER):
            raise (QueryError if kind == worker.FAILED else LimitError)(body.decode("utf-8"))
        return kind, cut, body

    def _take(self) -> _Worker:
        if self._process != os.getpid():
            # A fork has copied the sockets of the workers; they go on serving the process that started them.
            self._idle, self._process = deque(), os.getpid()
        while True:
            try:
                waiting = self._idle.pop()
            except IndexError:
                return _Worker(self._store)
            if waiting.alive():
                return waiting
            waiting.end()


def _answer(kind: bytes, body: bytes, cut: str) -> Answer:
    """What the engine would have given in this process."""
    if kind == worker.ROWS:
        return answered(ox.parse_query_results(body, format=ox.QueryResultsFormat.TSV), cut)
    if kind == worker.TRIPLES:
        return answered((quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)), cut)
    return Answer(boolean=kind == worker.YES)


def _cut(cut: bytes, limits: Limits) -> str:
    if cut == worker.MANY:
        return f"more than {limits.rows:,} rows"
    return f"more than {limits.size:,} bytes" if cut == worker.LARGE else ""


class _Worker:
    """One worker process, seen from this side."""

    def __init__(self, store: GraphStore) -> None:
        self.slowed = False
        from kg.store.layout import QUADS  # noqa: PLC0415 - the worker, which loads this module too, goes without

        folder = (store.folder / QUADS).absolute() if store.folder else None
        self._socket, theirs = socket.socketpair()
        with theirs:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - this Python, with our own words
                    _command(theirs.fileno(), folder),
                    stdin=subprocess.DEVNULL if folder else subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    env=os.environ | _ALONE,
                )
            except OSError as error:
                self._socket.close()
                raise QueryError(f"no process could be started to answer the query: {error}") from error
        # Called when nobody holds the worker any more, and when the interpreter ends.
        self.end = weakref.finalize(self, _end, self._socket, self._process, os.getpid())
        self._opened(store)

    def _opened(self, store: GraphStore) -> None:
        """Hand over the quads where there is no folder to open, and wait until the store is open."""
        try:
            if self._process.stdin:
                with self._process.stdin as pipe:
                    store.quads.dump(pipe, format=ox.RdfFormat.N_QUADS)
            kind, _, body = self._reply(time.monotonic() + _START)
        except OSError as error:
            raise QueryError(f"the process that answers queries did not start: {self._death()}") from error
        except BaseException:
            self.end()
            raise
        if kind != worker.READY:
            self.end()
            raise QueryError(f"{store.path}: a query cannot open the store: {body.decode('utf-8')}")

    def alive(self) -> bool:
        """Return whether the process is still there."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process; whoever waits for its answer is told."""
        self._process.kill()

    def ask(
        self, request: worker.Request, deadline: float, handle: Handle, turn: Turn | None
    ) -> tuple[bytes, bytes, bytes]:
        """Return kind, cut and text of the reply.

        Raises:
            QueryError: there is none within the limits; the process is no more.
        """
        try:
            self._socket.settimeout(max(deadline - time.monotonic(), 0.001))
            self._socket.sendall(pickle.dumps(request))
            with self._patience(deadline, handle, turn):
                return self._reply(deadline)
        except TimeoutError:
            self.end()
            raise LimitError(f"the query took longer than {request.limits.seconds:g} s and was stopped") from None
        except OSError:
            raise LimitError(f"the query was stopped: {self._death()}") from None
        except BaseException:
            self.end()
            raise

    @contextmanager
    def _patience(self, deadline: float, handle: Handle, turn: Turn | None) -> Iterator[None]:
        """Wait for a reply as long as the query is quick; then among the few that may take long."""
        begun = self._used()
        if turn is None:
            yield
            return
        if self._within(QUICK, begun, deadline):
            turn.was_quick()
            yield
            return
        self._slow(_ENDLESS if turn.known >= HEAVY else _LONG)
        with turn.long():
            handle.on_long()
            if not self._within(HEAVY, begun, deadline):
                self._slow(_ENDLESS)
                turn.heavy()
            yield

    def _slow(self, nice: int) -> None:
        """Let the query go on with less priority, from which there is no way back, but not the thread that starts the next.

        Where the system shows no threads, the whole process is slowed.
        """
        first = self._process.pid
        try:
            threads = [int(name) for name in os.listdir(f"/proc/{first}/task") if int(name) != first]  # noqa: PTH208
        except OSError:
            self.slowed, threads = True, [first]
        for thread in threads:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, thread, nice)

    def _within(self, seconds: float, begun: float, deadline: float) -> bool:
        """Wait until a reply comes, or the query has used more of the processor; whether it has not."""
        look = select.poll()
        look.register(self._socket, select.POLLIN)
        while time.monotonic() < deadline:
            if look.poll(_GLANCE * 1000):
                return True
            if self._used() - begun > seconds:
                return False
        return True

    def _used(self) -> float:
        """Seconds of processor time that the process has used; the time of day where the system does not tell."""
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:
            return time.monotonic()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _reply(self, deadline: float) -> tuple[bytes, bytes, bytes]:
        kind, cut, length = worker.HEAD.unpack(self._received(worker.HEAD.size, deadline))
        return kind, cut, self._received(length, deadline)

    def _received(self, length: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < length:
            # A time-out of zero would mean not to wait at all.
            self._socket.settimeout(max(deadline - time.monotonic(), 0.001))
            piece = self._socket.recv(min(length - len(data), _PIECE))
            if not piece:
                raise ConnectionError
            data += piece
        return bytes(data)

    def _death(self) -> str:
        """What the process died of; it has closed its socket."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(worker.GRACE)
        self.end()
        code = self._process.returncode
        return _DEATHS.get(-code, f"its process ended with status {code}")


_DEATHS: dict[int, str] = {
    signal.SIGALRM: "it went over its limit of time",
    signal.SIGSEGV: "it is nested too deeply",
    signal.SIGBUS: "it is nested too deeply",
    signal.SIGABRT: "it went over its limit of memory",
    signal.SIGKILL: "the system ended its process",
}


def _command(channel: int, folder: Path | None) -> list[str]:
    """Python without its site, which would cost half of the start; the two packages are found by their folders."""
    packages = [Path(__file__).parents[2], Path(ox.__file__).parents[1]]
    told = [str(channel), str(os.getpid()), str(folder or ""), *map(str, packages)]
    return [sys.executable, "-I", "-S", "-c", _CODE, *told]


def _end(connection: socket.socket, process: subprocess.Popen[bytes], owner: int) -> None:
    """End a worker, which only reads, so nothing is lost; a fork leaves it to the process that started it."""
    connection.close()
    if os.getpid() != owner:
        return
    process.kill()
    process.wait()

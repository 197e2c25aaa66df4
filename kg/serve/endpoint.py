"""The SPARQL endpoint: a request is read, a worker answers it, and what it has written is sent."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import anyio
from starlette.responses import Response

from kg.errors import BusyError, LimitError, QueryError
from kg.query import Forms, Handle
from kg.query.forms import GRAPH, ROWS
from kg.serve.accepting import best
from kg.serve.asked import METHODS, asked
from kg.serve.body import read_body
from kg.serve.current import LONG
from kg.serve.description import describe
from kg.serve.refusal import RefusalError, busy

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from kg.query import Written
    from kg.serve.asked import Asked
    from kg.serve.counting import Counts
    from kg.serve.current import Current
    from kg.serve.settings import Settings
    from kg.serve.slots import Slots

_ROWS = {**{name: name for name in ROWS}, "application/json": next(iter(ROWS))} | {
    "application/xml": "application/sparql-results+xml"
}
"""What may be asked for -> what it is."""
_GRAPH = {name: name for name in GRAPH}
_PIECE = 64 * 1024
_GONE = 499
"""Status, in the figures only, of a request whose client has gone."""


class Endpoint:
    """Answers queries by the SPARQL 1.1 Protocol."""

    def __init__(self, current: Current, settings: Settings, counts: Counts, slots: Slots) -> None:
        self._current, self._settings, self._counts, self._slots = current, settings, counts, slots
        self._threads = anyio.CapacityLimiter((1 + LONG) * settings.concurrent)

    async def answer(self, request: Request) -> Response:
        """Return the response to a request.

        Raises:
            RefusalError: it is not answered.
        """
        if request.method not in METHODS.split(", "):
            raise RefusalError(405, f"this takes {METHODS}", {"Allow": METHODS})
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": METHODS})
        address, accept = request.scope["query_string"], _accept(request)
        body = await read_body(request, self._settings) if request.method == "POST" else b""
        question = asked(request.method, address, request.headers.get("content-type", ""), body)
        if question is None:
            return describe(request, best(accept, ["text/turtle", *GRAPH, "text/html"]))
        rows, graph = best(accept, _ROWS), best(accept, _GRAPH)
        if not rows and not graph:
            raise _unacceptable([*_ROWS, *_GRAPH])
        answer = await self._while_there(request.receive, question, Forms(_ROWS.get(rows, ""), _GRAPH.get(graph, "")))
        if not answer.media_type:
            raise _unacceptable(_GRAPH if rows else _ROWS)
        media_type = rows if answer.media_type in ROWS else graph
        return _Pieces(answer, media_type, self._slots)

    async def _while_there(self, receive: Receive, question: Asked, forms: Forms) -> Written:
        """Answer, unless the client goes away meanwhile."""
        handle = Handle()
        answering = asyncio.create_task(self._answer(question, forms, handle))
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not answering.done():
                raise RefusalError(_GONE, "the client has gone")
            return answering.result()
        finally:
            leaving.cancel()
            if not answering.done():
                handle.stop()
                answering.cancel()
                await asyncio.wait({answering})

    async def _answer(self, question: Asked, forms: Forms, handle: Handle) -> Written:
        async with self._slots.place() as leave:
            handle.on_long = _from_a_thread(leave)
            begun, end = time.perf_counter(), "gone"
            try:
                end, written = await anyio.to_thread.run_sync(
                    self._work, question, forms, handle, limiter=self._threads
                )
                if isinstance(written, RefusalError):
                    raise written
            finally:
                self._counts.seconds.labels(end).observe(time.perf_counter() - begun)
        if written.cut and not (question.rows and question.rows <= self._settings.limits.rows):
            most = f"max-rows={self._settings.limits.rows:,} at most"
            raise RefusalError(400, f"the answer has {written.cut}: give the query a LIMIT, or ask for {most}")
        return written

    def _work(self, question: Asked, forms: Forms, handle: Handle) -> tuple[str, Written | RefusalError]:
        """Answer, in a thread; how that ended, and the answer or why there is none.

        An error that is raised holds what it came through, and is held by what waits for the thread. That would keep the
        store open for as long as nobody looks for such circles; so what comes of it is returned.
        """
        try:
            written = self._written(question, forms, handle)
        except BusyError as error:
            return "busy", busy(str(error), 10)
        except LimitError as error:
            return "stopped", RefusalError(503, str(error))
        except QueryError as error:
            return "refused", RefusalError(400, str(error))
        return "cut" if written.cut else "answered", written

    def _written(self, question: Asked, forms: Forms, handle: Handle) -> Written:
        held, limits, options = self._current.held(), self._settings.limits, question.dataset
        for graph in (*question.default, *question.named):
            if not held.store.quads.contains_named_graph(graph):
                raise QueryError(f"{graph} is refused: the store holds no such graph")
        if question.rows:
            limits = replace(limits, rows=min(question.rows, limits.rows))
        return held.guard.written(question.text, forms, limits, handle, **options)


def _accept(request: Request) -> str | None:
    """All lines of the header as one; None where there is none."""
    return ", ".join(request.headers.getlist("accept")) or None


def _unacceptable(offered: Any) -> RefusalError:
    return RefusalError(406, f"the answer can be had as {', '.join(offered)}", {"Vary": "Accept"})


def _from_a_thread(call: Callable[[], None]) -> Callable[[], None]:
    """What another thread calls so that this one makes the call."""
    loop = asyncio.get_running_loop()

    def called() -> None:
        loop.call_soon_threadsafe(call)

    return called


async def _left(receive: Receive) -> None:
    """Wait until the client has closed the connection; the body has been read."""
    while (await receive())["type"] != "http.disconnect":
        pass


class _Pieces(Response):
    """Sends an answer piece by piece, no faster than the client takes it; what is not sent yet is counted."""

    def __init__(self, answer: Written, media_type: str, slots: Slots) -> None:
        super().__init__(media_type=media_type, headers={"Vary": "Accept"})
        self._text, self._slots = answer.text, slots
        self.headers["Content-Length"] = str(len(answer.text))
        if answer.cut:
            self.headers["Kg-Cut"] = answer.cut

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as ASGI has it
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        with self._slots.unsent(len(self._text)):
            for start in range(0, len(self._text), _PIECE):
                piece = self._text[start : start + _PIECE]
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body"})

"""Connections that do not wait for ever: uvicorn's, with a bound on every stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio


class Bounded(H11Protocol):
    """A connection that is cut when a request does not begin in time, or its answer is not taken in time.

    uvicorn bounds how long an idle connection stays open between two requests, but neither how long the head of a
    request may take nor how long a client may take to read. Where there are too many connections, the one that has
    waited longest for the head of a request makes room.

    Attributes:
        patience: seconds until the head of a request is there.
        exchange: seconds from then until its answer has been taken.
        most: connections at a time.
    """

    patience: ClassVar[float] = 10.0
    exchange: ClassVar[float] = 120.0
    most: ClassVar[int] = 256

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._timer: asyncio.TimerHandle | None = None
        self._seen: object = None
        self.since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection."""
        super().connection_made(transport)
        self.since = self.loop.time()
        self._within(self.patience)
        if len(self.connections) > self.most:
            waiting = [one for one in self.connections if isinstance(one, Bounded) and not one.answering]
            if waiting:
                min(waiting, key=lambda one: one.since).cut()

    @property
    def answering(self) -> bool:
        """Whether a request has come that is not answered yet."""
        return self.cycle is not None and not self.cycle.response_complete

    def handle_events(self) -> None:
        """Take what has come."""
        super().handle_events()
        if self.cycle is not self._seen:
            self._seen = self.cycle
            if self.answering:
                self._within(self.exchange)

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self.since = self.loop.time()
        if not self.answering:
            self._within(self.patience)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of a connection."""
        if self._timer:
            self._timer.cancel()
        super().connection_lost(exc)

    def cut(self) -> None:
        """End the connection, whatever has not been sent."""
        self.transport.abort()

    def _within(self, seconds: float) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = self.loop.call_later(seconds, self.cut)

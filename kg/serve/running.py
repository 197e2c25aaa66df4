"""Running the server: its socket, its signals, its end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from typing import TYPE_CHECKING

import uvicorn

from kg.errors import KGError
from kg.serve.connection import Bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import ASGIApp

    from kg.serve.settings import Settings

_LONGEST_HEAD = 64 * 1024
"""Bytes of the head of a request, its address included."""
_END = 10
"""Seconds that what runs may take to end."""
_SENDING = 60
"""Seconds that a client may take to read an answer."""


def run(app: ASGIApp, host: str, port: int, settings: Settings, ready: Callable[[str], None] | None = None) -> None:
    """Serve an application until told to end; see `kg.serve.serve`."""
    listener = _listening(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    logging.getLogger("kg.serve").addHandler(logging.StreamHandler())
    config = uvicorn.Config(
        app,
        http=_bounded(settings),
        ws="none",
        access_log=False,
        log_level="error",
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        timeout_graceful_shutdown=_END,
    )
    asyncio.run(_Server(config, address, ready).serve([listener]))


def _bounded(settings: Settings) -> type[Bounded]:
    """The class of a server's connections."""

    class Connection(Bounded):
        """A connection with the bounds of these settings."""

        patience = settings.patience
        exchange = settings.patience + 2 * settings.limits.seconds + _SENDING

    return Connection


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise KGError(f"{host} port {port}: cannot be served at: {reason}") from error
    # Its connections take it over; asyncio sets it only where a socket names its protocol, as these do not.
    # Without it the body of an answer on a kept connection waits until the client has acknowledged the head, some 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


class _Server(uvicorn.Server):
    """uvicorn's server, which ends with the caller going on, not with the signal again."""

    def __init__(self, config: uvicorn.Config, address: str, ready: Callable[[str], None] | None) -> None:
        super().__init__(config)
        self._address, self._ready = address, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        if self._ready:
            self._ready(self._address)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on a signal; at once on the second."""
        loop, ends = asyncio.get_running_loop(), (signal.SIGINT, signal.SIGTERM)
        for number in ends:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in ends:
                loop.remove_signal_handler(number)

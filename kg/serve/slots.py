"""How many queries are answered at a time, how many wait, and how much waits to be sent."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from kg.serve.refusal import busy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from kg.serve.counting import Counts

_WAITING = 8
"""Queries that wait, for each that is answered."""
_WAIT = 10.0
"""Seconds that a query waits."""
_UNSENT = 256 * 1024 * 1024
"""Bytes of answers that slow clients have not taken yet, beyond which no query is answered."""


class Slots:
    """Places for queries."""

    def __init__(self, concurrent: int, counts: Counts) -> None:
        self._free, self._most, self._counts = asyncio.Semaphore(concurrent), concurrent * _WAITING, counts
        self._waiting = self._unsent = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[Callable[[], None]]:
        """Wait for a place and hold it; what is given leaves it to the next before the end.

        Raises:
            RefusalError: too many wait, or it took too long.
        """
        if self._waiting >= self._most or self._unsent > _UNSENT:
            raise busy("too many queries at the moment")
        self._waiting += 1
        self._counts.waiting.set(self._waiting)
        try:
            async with asyncio.timeout(_WAIT):
                await self._free.acquire()
        except TimeoutError:
            raise busy(f"too many queries at the moment; this one has waited {_WAIT:g} s") from None
        finally:
            self._waiting -= 1
            self._counts.waiting.set(self._waiting)
        holding = [self._free]

        def leave() -> None:
            while holding:
                holding.pop().release()

        self._counts.running.inc()
        try:
            yield leave
        finally:
            self._counts.running.dec()
            leave()

    @contextmanager
    def unsent(self, size: int) -> Iterator[None]:
        """Count bytes that are being sent."""
        self._unsent += size
        try:
            yield
        finally:
            self._unsent -= size

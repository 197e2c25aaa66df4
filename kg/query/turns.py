"""Whose turn it is among queries that take long, so that quick ones wait for none of them and they not for one another.

A query that nobody has seen starts at once, and is slowed when it turns out to be long. Its text is remembered: the next time
it stands in line before it starts, for a few that have the processors to themselves are all done sooner than many that share them.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUICK = 0.5
"""Seconds of processor time after which a query counts as long."""
HEAVY = 6.0
"""Seconds of processor time after which a long query comes last; what is meant well seldom takes as much."""
_PATIENCE = 1.0
"""Seconds that a long query waits for a place."""
_KNOWN = 1000
"""Texts that are remembered, the newest."""


class Turns:
    """Places for long queries; safe to use from several threads.

    Args:
        running: queries known to be long that go on at a time.
        most: long queries at a time, those that wait included.
    """

    def __init__(self, running: int, most: int) -> None:
        self._running, self._places = threading.Semaphore(running), threading.BoundedSemaphore(most)
        self._lock, self._known = threading.Lock(), dict[int, float]()

    def known(self, text: str) -> float:
        """Return how many seconds of processor time a query took the last time, at least; 0 if that is unknown or was little."""
        with self._lock:
            return self._known.get(hash(text), 0.0)

    def learn(self, text: str, seconds: float) -> None:
        """Remember that a query takes some time; 0 forgets it."""
        with self._lock:
            self._known.pop(hash(text), None)
            if seconds:
                self._known[hash(text)] = seconds
                if len(self._known) > _KNOWN:
                    del self._known[next(iter(self._known))]

    @contextmanager
    def turn(self, text: str, seconds: float, on_long: Callable[[], None]) -> Iterator[Turn]:
        """Wait until a query may begin: at once if it is not known to be long, else when those before it have got on.

        Args:
            text: the query.
            seconds: how long it may wait.
            on_long: is called if it is known to be long.

        Raises:
            BusyError: there are too many, or its turn did not come in time.
        """
        turn = Turn(self, text, self.known(text))
        if not turn.known:
            yield turn
            return
        on_long()
        with self.place():
            # One that would end up last anyway takes nobody's turn.
            if turn.known < HEAVY:
                if not self._running.acquire(timeout=seconds):
                    raise BusyError(f"the query has waited {seconds:g} s for others that take as long")
                turn.held.append(self._running)
            try:
                yield turn
            finally:
                turn.leave()

    @contextmanager
    def place(self) -> Iterator[None]:
        """Be one of the long queries.

        Raises:
            BusyError: there are too many.
        """
        if not self._places.acquire(timeout=_PATIENCE):
            raise BusyError("the query was stopped: too many others take as long")
        try:
            yield
        finally:
            self._places.release()


class Turn:
    """One query among the others.

    Attributes:
        known: seconds of processor time that it took the last time, at least; 0 if that is unknown or was little.
        held: what the next in line waits for.
    """

    def __init__(self, turns: Turns, text: str, known: float) -> None:
        self._turns, self._text, self.known = turns, text, known
        self.held: list[threading.Semaphore] = []

    def leave(self) -> None:
        """Give the turn to the next in line."""
        while self.held:
            self.held.pop().release()

    def was_quick(self) -> None:
        """Tell that the query is done, and was not long."""
        self._turns.learn(self._text, 0.0)

    @contextmanager
    def long(self) -> Iterator[None]:
        """Go on as one of the long queries, which this has become.

        Raises:
            BusyError: there are too many.
        """
        self._turns.learn(self._text, QUICK)
        if self.known:
            yield
            return
        with self._turns.place():
            yield

    def heavy(self) -> None:
        """Go on as the last of all."""
        self._turns.learn(self._text, HEAVY)
        self.leave()

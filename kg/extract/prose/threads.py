"""Arithmetic of a text on one processor: the threads that numpy would share it with cost more than they help.

A matrix of a text is small, and documents are read side by side in processes anyway. Where the processors are busy,
threads of one product wait for each other in a loop, which takes several times the time of the product itself.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def one_thread() -> AbstractContextManager[object]:
    """Return a context that keeps numpy's linear algebra to one thread; behind it what was allowed before is allowed again.

    Most libraries below know only a limit for the whole process, which threadpoolctl leaves to the thread that came first:
    for the others nothing changes.
    """
    limit: AbstractContextManager[object] = _libraries().limit(limits=1, user_api="blas")
    return limit


@cache
def _libraries() -> ThreadpoolController:
    """The libraries that numpy has loaded; to look for them takes longer than many a text."""
    return ThreadpoolController()

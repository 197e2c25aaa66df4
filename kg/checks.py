"""What an argument must be where Python would take another thing, and fail later in words that are not about it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from operator import index
from typing import TYPE_CHECKING, Any

from kg.errors import KGError

if TYPE_CHECKING:
    from pathlib import Path

_LINE = 200


def worded(given: Any) -> str:
    """Return how a message shows what was given: as it is written, or by its type where that takes more than a line."""
    told = repr(given)
    return told if len(told) <= _LINE and told.isprintable() else f"<{type(given).__name__}>"


def whole_number(given: Any, what: str) -> int:
    """Return a whole number that was given for something.

    Raises:
        KGError: it is none, but a text, say.
    """
    try:
        return int(given) if isinstance(given, float) and given.is_integer() else index(given)
    except TypeError:
        raise KGError(f"{what} is {worded(given)}, which is no whole number") from None


def depth_of(given: int | None) -> int | None:
    """Return a depth that reaches the first tier, or None for no bound.

    Raises:
        KGError: it is below 1, or no whole number.
    """
    depth = None if given is None else whole_number(given, "depth")
    if depth is not None and depth < 1:
        raise KGError(f"depth is {depth}; the first tier is 1")
    return depth


def number(given: Any, what: str) -> float:
    """Return a number that was given for something, be it as a text.

    Raises:
        KGError: it is none.
    """
    try:
        return float(given)
    except (TypeError, ValueError):
        raise KGError(f"{what} is {worded(given)}, which is no number") from None


def several(given: Any, what: str) -> list[Any]:
    """Return the things that were given for something; a text, and what is no collection, is one.

    Raises:
        KGError: there is nothing, None.
    """
    if given is None:
        raise KGError(f"{what}: nothing is given")
    return [given] if isinstance(given, (str, bytes)) or not isinstance(given, Iterable) else list(given)


def path_of(given: Any, what: str) -> str | Path:
    """Return a path that was given for something.

    Raises:
        KGError: it is none.
    """
    if not isinstance(given, (str, os.PathLike)):
        raise KGError(f"{what} is {worded(given)}, which is no path")
    return given  # type: ignore[return-value] # what a PathLike is made of is the business of who opens it

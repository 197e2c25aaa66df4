"""Which of several certainties is the surest, and which the least sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterable

_ORDER = tuple(Certainty)
"""From the surest down."""


def surest(told: Iterable[Certainty]) -> Certainty:
    """Return the surest of several certainties."""
    return min(told, key=_ORDER.index)


def least(*told: Certainty) -> Certainty:
    """Return the least sure of several certainties."""
    return max(told, key=_ORDER.index)


def is_surer(one: Certainty, other: Certainty) -> bool:
    """Return whether a certainty is more than another."""
    return _ORDER.index(one) < _ORDER.index(other)

"""Which of several certainties is the surest, and which the least sure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from kg.model import Certainty, IncidentType, Party

if TYPE_CHECKING:
    from collections.abc import Iterable

_Told = TypeVar("_Told", Party, IncidentType)

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


def no_surer(told: _Told, certainty: Certainty) -> _Told:
    """Return a fact whose every evidence is no surer than a certainty, as that of the incident that it is told of."""
    return replace(
        told, evidence=tuple(replace(one, certainty=least(one.certainty, certainty)) for one in told.evidence)
    )

"""What is told of one text, and how likely each kind of fact has to be for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extract.prose.judged import Pair, Response
    from kg.extract.prose.reading import Phrase


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How likely each kind of fact has to be before it is told; how they were chosen is said in `MODEL.md`."""

    told: float = 0.95
    quiet: tuple[float, ...] = (0.998, 0.999, 0.9992)
    """For an incident told with no word for harm, with one, with two: what companies sell, buy and sign reads much like it."""
    alone: float = 0.98
    """For an incident of which no exposed party is told."""
    role: float = 0.4
    linked: float = 0.25
    """For a party at an end of a relation that is told."""
    pair: float = 0.4
    unquoted: float = 0.6
    """For a relation whose customer is not even named in the words that show it best."""
    data: float = 0.45
    date: float = 0.4
    count: float = 0.4
    act: float = 0.3
    actor: float = 0.2
    acts: Mapping[str, float] = field(default_factory=lambda: {"end-supplier": 0.7})
    roles: Mapping[str, float] = field(
        default_factory=lambda: {Role.AFFECTED_DOWNSTREAM: 0.5, Role.CUSTOMER_UNAFFECTED: 0.5, Role.REPORTER: 0.6}
    )


@dataclass(slots=True)
class Decided:
    """What is told of one text, each with its probability."""

    roles: dict[int, tuple[Role, float]] = field(default_factory=dict)
    pairs: dict[Pair, float] = field(default_factory=dict)
    data: list[tuple[Phrase, str, float]] = field(default_factory=list)
    dates: list[tuple[Phrase, str, float]] = field(default_factory=list)
    counts: list[tuple[Phrase, float]] = field(default_factory=list)
    responses: list[tuple[Response, int | None, int | None, float]] = field(default_factory=list)
    """Each response with its actor, its target, None where they are not known, and its probability."""
    sentence: int = 0
    """The sentence that begins to tell of the incident."""

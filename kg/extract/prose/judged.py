"""What is judged of a text: every phrase, party and relation with how likely each reading of it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.prose.network import NONE
from kg.model import Certainty

if TYPE_CHECKING:
    from kg.extract.prose.cast import Mention
    from kg.extract.prose.context import Scene
    from kg.extract.prose.reading import Phrase
    from kg.extract.tokens import Tokens

Odds = dict[str, float]
Pair = tuple[int, int]
Places = list[tuple["Mention", "Mention"]]


@dataclass(slots=True)
class Response:
    """Words [first, last) for a response: which action, and who may take it and suffer it, each with its probability."""

    first: int
    last: int
    weight: float
    odds: Odds = field(default_factory=dict)
    actors: list[tuple[int, float]] = field(default_factory=list)
    targets: list[tuple[int, float]] = field(default_factory=list)

    @property
    def action(self) -> str:
        """Return the likeliest action."""
        return max((action for action in self.odds if action != NONE), key=self.odds.__getitem__)


@dataclass(slots=True)
class Judged:
    """A text with the probabilities of all that may be said of it.

    Attributes:
        roles: party -> role -> probability.
        pairs: (customer, supplier) -> probability, of those that may be.
        places: the same -> their closest mentions, sentence by sentence.
        told: how likely the text tells of an incident.
        certainty: how sure the text is of it.
    """

    words: Tokens
    scene: Scene
    named: list[tuple[int, int, str, float]]
    acts: list[tuple[int, int, str, float]]
    roles: dict[int, Odds] = field(default_factory=dict)
    pairs: dict[Pair, float] = field(default_factory=dict)
    places: dict[Pair, Places] = field(default_factory=dict)
    data: list[Phrase] = field(default_factory=list)
    dates: list[Phrase] = field(default_factory=list)
    counts: list[Phrase] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    told: float = 0.0
    certainty: Certainty = Certainty.CONFIRMED

    def suppliers_of(self, customer: int, least: float = 0.0) -> set[int]:
        """Return those that a party uses, so likely at least."""
        return {other for (one, other), odds in self.pairs.items() if one == customer and odds >= least}

    def customers_of(self, supplier: int, least: float = 0.0) -> set[int]:
        """Return those that use a party, so likely at least."""
        return {one for (one, other), odds in self.pairs.items() if other == supplier and odds >= least}

"""What each party of a text was, who used whom, what a date dates: judged from what the language model makes of their words.

Every party is seen in the light of the others: what a text says of a supplier tells also what its customers were.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.extract.prose.weights import chance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from kg.extract.prose.cast import Party
    from kg.extract.prose.context import Scene
    from kg.extract.prose.encoder import Encoder

    Floats = NDArray[np.float32]

NONE: Final = "none"
ROLES: Final = (
    NONE, "breached", "affected_downstream", "supplier_only", "customer_unaffected", "attacker", "reporter",
    "investigator", "regulator", "other",
)  # fmt: skip
WHATS: Final = (NONE, "occurred", "discovered", "disclosed", "reported")
CERTAINTIES: Final = ("confirmed", "suspected", "claimed", "denied")
ROUNDS: Final = 2
"""How often each party is seen again in the light of the others."""
_FAR: Final = 3
"""Sentences between two parties behind which it does not matter how many."""
PLACES: Final = 2 * (_FAR + 1)
_MENTIONS: Final = 12
"""Mentions of a party that are looked at."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network makes of a text, as probabilities.

    Attributes:
        roles: parties x `ROLES`.
        pairs: customers x suppliers, both parties.
        dates: dates x `WHATS`, what they date.
        told: that the text tells of an incident.
        certainty: of each of `CERTAINTIES`: how sure the text is of it.
    """

    roles: Floats
    pairs: Floats
    dates: Floats
    told: float
    certainty: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """The language model, and the weights of what is judged from it, by name: those of a step end in ".weight" and ".bias"."""

    encoder: Encoder
    weights: Mapping[str, Floats]

    def read(self, scene: Scene, dates: Sequence[tuple[int, int]]) -> Reading:
        """Return what is made of a text.

        Args:
            scene: the text with its parties.
            dates: the words [first, last) of its dates.
        """
        parties = scene.parties
        words, whole = self.encoder.states(scene.words, marked(scene))
        mine = pooled(parties, len(words))
        each = np.hstack([mine[0] @ words, mine[1] @ words])
        text = _relu(self._step("text", whole[None]))
        party = _relu(self._step("party", each))
        for number in range(ROUNDS):
            others = highest_of_others(party)
            seen = np.hstack([party, others, np.broadcast_to(text, party.shape), party * others])
            party = _relu(self._step(f"round{number}", seen)) + party
        two = _relu(
            self._step("customer", party)[:, None]
            + (party @ self.weights["supplier.weight"])[None]
            + self.weights["apart.weight"][apart(parties, scene.words.sentence_of)]
        )
        # Who is spoken of only behind what the language model reads is not judged, nor is a date there.
        read: NDArray[np.bool_] = np.any(each, axis=1)
        able = (read[:, None] & read & ~np.eye(len(party), dtype=bool)).astype(np.float32)
        tied = chance(self._step("pair", two)[:, :, 0]) * able
        ends = [tied.max(axis=1, initial=0)[:, None], tied.max(axis=0, initial=0)[:, None]]
        place = np.zeros((len(dates), words.shape[1]), np.float32)
        for row, (first, last) in enumerate(dates):
            if first < len(words):
                place[row] = words[first:last].mean(axis=0)
        beside = np.broadcast_to(text, (len(dates), text.shape[1]))
        every = party.max(axis=0, initial=0)[None]
        sight = np.hstack([text, every])
        return Reading(
            roles=_judged(_share(self._step("role", np.hstack([party, *ends]))), read),
            pairs=tied,
            dates=_judged(_share(self._step("date", np.hstack([place, beside]))), np.any(place, axis=1)),
            told=float(chance(self._step("told", sight))[0, 0]),
            certainty=_share(self._step("sure", sight))[0],
        )

    def _step(self, name: str, x: Floats) -> Floats:
        found: Floats = x @ self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return found


def marked(scene: Scene) -> NDArray[np.int64]:
    """Return for each word 1 in an organization's name, 2 in a group's, else 0."""
    found = np.zeros(len(scene.words), np.int64)
    for at, number in scene.party_at.items():
        found[at] = 2 if scene.parties[number].kind == "GRP" else 1
    return found


def pooled(parties: Sequence[Party], length: int) -> Floats:
    """Return 2 x parties x words: how much each word says of each party where it is named, and where it is spoken of in other words."""
    found = np.zeros((2, len(parties), length), np.float32)
    for row, party in enumerate(parties):
        for mention in party.mentions[:_MENTIONS]:
            found[0 if mention.is_named else 1, row, mention.first : mention.last] = 1
    found /= np.maximum(found.sum(axis=2, keepdims=True), 1)
    return found


def apart(parties: Sequence[Party], sentence_of: Sequence[int]) -> NDArray[np.int64]:
    """Return parties x parties: how many sentences lie between the two where they are nearest, and which comes first; below `PLACES`."""
    stand = [np.array(sorted({sentence_of[mention.first] for mention in party.mentions})) for party in parties]
    found = np.zeros((len(parties), len(parties)), np.int64)
    for one in range(len(parties)):
        for other in range(one + 1, len(parties)):
            gap = min(int(np.abs(stand[one][:, None] - stand[other]).min()), _FAR)
            found[one, other], found[other, one] = gap, gap + _FAR + 1
    return found


def highest_of_others(x: Floats) -> Floats:
    """Return for each row the greatest numbers of the other rows; 0 where there are none."""
    if len(x) < 2:
        return np.zeros_like(x)
    two = np.partition(x, len(x) - 2, axis=0)[-2:]
    found: Floats = np.where(x >= two[1], two[0], two[1])
    return found


def _judged(odds: Floats, read: NDArray[np.bool_]) -> Floats:
    """The probabilities of what was read; the first alternative, which is none, is sure of the rest."""
    found: Floats = np.where(read[:, None], odds, np.eye(1, odds.shape[1], dtype=np.float32))
    return found


def _relu(x: Floats) -> Floats:
    return np.maximum(x, 0)


def _share(x: Floats) -> Floats:
    """The probabilities of alternatives along the last axis (softmax)."""
    odds = np.exp(x - x.max(axis=-1, keepdims=True))
    found: Floats = odds / odds.sum(axis=-1, keepdims=True)
    return found

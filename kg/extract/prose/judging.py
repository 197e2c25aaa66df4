"""What the model makes of a text: how likely each reading of it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.extract.prose import facts
from kg.extract.prose.acting import likely_phrases, set_phrases
from kg.extract.prose.context import together
from kg.extract.prose.denying import certainty
from kg.extract.prose.judged import Judged, Response
from kg.extract.prose.network import CERTAINTIES, NONE, ROLES, WHATS
from kg.extract.prose.reading import Phrase, actors, count_phrases, date_phrases, staged, targets
from kg.extract.prose.spotting import Sight
from kg.extract.prose.threads import one_thread
from kg.extract.prose.turning import turn
from kg.extract.tokens import tokens
from kg.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from kg.extract.prose.cast import Party
    from kg.extract.prose.judged import Odds
    from kg.extract.prose.network import Network
    from kg.extract.prose.tagging import Taggers
    from kg.extract.prose.weights import Weights
    from kg.extract.tokens import Tokens

YES: Final = "yes"
LEAST_NAME: Final = 0.3
LEAST_ACT: Final = 0.35
"""How likely the first word of a name, or of a response, has to be before it is looked at."""
_SURE: Final = 0.5
_WORTH: Final = 0.1
"""How likely a relation has to be before it is looked at."""


@dataclass(frozen=True, slots=True)
class Model:
    """The trained parts: the taggers, what they see of a text, the network that understands it, and a linear model for each question that is left."""

    taggers: Taggers
    tables: Mapping[str, Weights]
    network: Network
    sight: Sight = field(init=False)

    def __post_init__(self) -> None:
        """Make what the taggers see with."""
        object.__setattr__(self, "sight", Sight(self.taggers.emit))


def spotted(words: Tokens, scores: NDArray[np.float32], taggers: Taggers) -> Judged:
    """Return a text with the phrases that the taggers find, and its parties; `scores` are words x labels of the taggers."""
    named, acts = taggers.phrases(scores, words.sentences, (LEAST_NAME, LEAST_ACT))
    told = Judged(words, staged(words, named), named, acts)
    told.dates = date_phrases(told.scene)
    return told


def understood(told: Judged, network: Network) -> None:
    """Judge what each party was, who used whom, what each date dates, and whether and how surely an incident is told of."""
    with one_thread():
        reading = network.read(told.scene, [(phrase.first, phrase.last) for phrase in told.dates])
    told.roles = {number: dict(zip(ROLES, row, strict=True)) for number, row in enumerate(reading.roles.tolist())}
    likely = list(zip(*(ends.tolist() for ends in np.nonzero(reading.pairs > _WORTH)), strict=True))
    told.pairs = {pair: float(reading.pairs[pair]) for pair in likely}
    turn(told)
    near = together(told.scene)
    told.places = {
        (one, other): near.get((one, other)) or [(b, a) for a, b in near.get((other, one), ())]
        for one, other in told.pairs
    }
    for phrase, row in zip(told.dates, reading.dates.tolist(), strict=True):
        phrase.odds = dict(zip(WHATS, row, strict=True))
    told.told = reading.told
    told.certainty = certainty(told.words, Certainty(CERTAINTIES[int(reading.certainty.argmax())]))


def data_phrases(told: Judged) -> list[Phrase]:
    """Return the phrases for data that the tagger found."""
    return [Phrase(first, last, weight) for first, last, label, weight in told.named if label == "DAT"]


def count_case(told: Judged, phrase: Phrase) -> Odds:
    """Return the features of a count."""
    return facts.counted(told.scene, phrase.first, phrase.last, phrase.thing)


def data_case(told: Judged, phrase: Phrase) -> Odds:
    """Return the features of a phrase for data."""
    return facts.exposed(told.scene, phrase.first, phrase.last)


def part_cases(told: Judged, response: Response, part: str) -> Iterator[tuple[Party, Odds]]:
    """Yield each party that may be the "actor" or "target" of a response, with its features."""
    choose = actors if part == "actor" else targets
    for party, mention in choose(told.scene, response.first, response.last):
        roles = told.roles[party.number]
        yield party, facts.acting(told.scene, response.first, response.last, party, mention, roles, response.action)


def judge(text: str, model: Model) -> Judged:
    """Return what a model makes of a text."""
    words = tokens(text)
    told = spotted(words, model.sight.scores(words), model.taggers)
    understood(told, model.network)
    told.counts, told.data = count_phrases(told.scene), data_phrases(told)
    _judge_phrases(told, told.counts, model.tables["count"], count_case)
    _judge_phrases(told, told.data, model.tables["data"], data_case)
    _judge_responses(told, model.tables)
    return told


def _judge_phrases(
    told: Judged, phrases: Sequence[Phrase], table: Weights, case: Callable[[Judged, Phrase], Odds]
) -> None:
    for phrase, row in zip(phrases, table.rows([case(told, phrase) for phrase in phrases]), strict=True):
        phrase.odds = row


def _judge_responses(told: Judged, tables: Mapping[str, Weights]) -> None:
    cases = [facts.acted(told.scene, first, last) for first, last, _, _ in told.acts]
    rows = zip(told.acts, tables["act"].rows(cases), strict=True)
    told.responses = _with_set_phrases(
        told, [Response(first, last, weight, row) for (first, last, _, weight), row in rows]
    )
    for part in ("actor", "target"):
        able = [(response, *case) for response in told.responses for case in part_cases(told, response, part)]
        odds = tables[part].rows([case for _, _, case in able])
        for (response, party, _), row in zip(able, odds, strict=True):
            (response.actors if part == "actor" else response.targets).append((party.number, row[YES]))


_SET: Final = 0.88
"""How often a set phrase is the response that it seems to be (`tests/quality/texts`: 3,501 of 3,989)."""
_LIKELY: Final = 0.73
"""The same of those that are less sure (1,543 of 2,117)."""


def _with_set_phrases(told: Judged, found: list[Response]) -> list[Response]:
    """The responses with those in set phrases; the sure ones count more than what the tagger made of the same words, the others less."""
    fixed: list[Response] = []
    for first, last, action in set_phrases(told.words):
        if any(one.first < last and first < one.last for one in fixed):
            continue
        over = [one for one in found if one.first < last and first < one.last]
        spans = [(one.first, one.last) for one in over if one.action == action and one.weight >= _SURE] or [
            (first, last)
        ]
        found = [one for one in found if one not in over]
        fixed.append(Response(*spans[0], 1.0, {action: _SET, NONE: 1 - _SET}))
    found += fixed
    for first, last, action in likely_phrases(told.words):
        if not any(one.first < last and first < one.last for one in found):
            found.append(Response(first, last, 1.0, {action: _LIKELY, NONE: 1 - _LIKELY}))
    return sorted(found, key=lambda one: one.first)

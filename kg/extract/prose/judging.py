"""What the model makes of a text: every phrase, party and relation with how likely each reading of it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.extract.prose import facts
from kg.extract.prose.acting import set_phrases
from kg.extract.prose.context import about
from kg.extract.prose.pairs import MEASURES, as_customer, as_supplier, joint, measured, ordered, status
from kg.extract.prose.reading import (
    Phrase,
    actors,
    again,
    candidates,
    count_phrases,
    date_phrases,
    highest,
    staged,
    story,
    targets,
)
from kg.extract.prose.spotting import Sight
from kg.extract.prose.tokens import tokens
from kg.extract.prose.weights import chance, likelihood

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from kg.extract.prose.cast import Mention, Party
    from kg.extract.prose.context import Scene
    from kg.extract.prose.tagging import Taggers
    from kg.extract.prose.tokens import Tokens
    from kg.extract.prose.weights import Weights

NONE: Final = "none"
YES: Final = "yes"
ENDS: Final = ("customer", "supplier")
LEAST_NAME: Final = 0.3
LEAST_ACT: Final = 0.35
"""How likely the first word of a name, or of a response, has to be before it is looked at."""
UNLIKELY: Final = 0.9
"""A party that is none with this probability is in no relation."""
_SURE: Final = 0.5
_MOST: Final = 10
"""Parties of a text among which relations are looked for."""

Odds = dict[str, float]
Pair = tuple[int, int]
Places = list[tuple["Mention", "Mention"]]


@dataclass(frozen=True, slots=True)
class Model:
    """The trained parts: the taggers, what they see of a text, and a linear model for each question."""

    taggers: Taggers
    tables: Mapping[str, Weights]
    sight: Sight = field(init=False)

    def __post_init__(self) -> None:
        """Make what the taggers see with."""
        object.__setattr__(self, "sight", Sight(self.taggers.emit))


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
        cases: party -> its features before any was judged.
        roles: party -> role -> probability; `first_roles` are those of the first judgement.
        ends: party -> how likely it is a "customer" or "supplier" of another.
        pairs: (customer, supplier) -> probability.
        status: the same -> state of the relationship.
        places: the same -> their closest mentions, sentence by sentence.
        told: how likely the text tells of an incident.
        certainty: how sure the text is of it.
    """

    words: Tokens
    scene: Scene
    named: list[tuple[int, int, str, float]]
    acts: list[tuple[int, int, str, float]]
    cases: dict[int, Odds] = field(default_factory=dict)
    first_roles: dict[int, Odds] = field(default_factory=dict)
    roles: dict[int, Odds] = field(default_factory=dict)
    ends: dict[int, Odds] = field(default_factory=dict)
    pairs: dict[Pair, float] = field(default_factory=dict)
    places: dict[Pair, Places] = field(default_factory=dict)
    status: dict[Pair, str] = field(default_factory=dict)
    data: list[Phrase] = field(default_factory=list)
    dates: list[Phrase] = field(default_factory=list)
    counts: list[Phrase] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    told: float = 0.0
    certainty: str = "confirmed"


def spotted(words: Tokens, scores: NDArray[np.float32], taggers: Taggers) -> Judged:
    """Return a text with the phrases that the taggers find, and its parties; `scores` are words x labels of the taggers."""
    named, acts = taggers.phrases(scores, words.sentences, (LEAST_NAME, LEAST_ACT))
    told = Judged(words, staged(words, named), named, acts)
    told.cases = {party.number: about(told.scene, party) for party in told.scene.parties}
    return told


def party_cases(told: Judged, *, second: bool) -> Iterator[tuple[Party, Odds]]:
    """Yield each party with its features: before any was judged, or after."""
    if not second:
        yield from ((party, told.cases[party.number]) for party in told.scene.parties)
        return
    tops = highest(told.first_roles), highest(told.ends)
    for party in told.scene.parties:
        yield party, again(told.scene, party, told.first_roles, told.ends, tops)


@dataclass(slots=True)
class Pairs:
    """The parties that may be in a relation, two by two.

    Attributes:
        ends: each pair as (customer, supplier).
        places: for each pair the mentions of both in one sentence.
        customers, suppliers: party -> its features as one end of any pair.
        measures: pairs x `MEASURES`.
        joint: for each pair what holds for the two only.
    """

    ends: list[Pair]
    places: list[Places]
    customers: dict[int, Odds]
    suppliers: dict[int, Odds]
    measures: NDArray[np.float64]
    joint: list[Odds]

    def cases(self) -> Iterator[Odds]:
        """Yield the features of each pair."""
        rows = zip(self.ends, self.places, self.measures.tolist(), self.joint, strict=True)
        for (customer, supplier), places, measures, both in rows:
            # What says nothing of a pair is left out, as it was where the packaged model was trained.
            absent = {"-" if places else "+", "S-first" if customer < supplier else "C-first"}
            told = {
                name: value
                for name, value in zip(MEASURES, measures, strict=True)
                if absent.isdisjoint((name, name[0]))
            }
            yield ordered(self.customers[customer] | self.suppliers[supplier] | told | both)

    def scores(self, table: Weights) -> NDArray[np.float32]:
        """Return pairs x labels, unnormalized: the sums of the weights of `cases`."""
        if not self.ends:
            return table.scores([])
        alone = [*self.customers.values(), *self.suppliers.values()]
        every = table.scores([*self.joint, *alone])
        found = every[: len(self.ends)] + self.measures.astype(np.float32) @ table.dense(MEASURES)
        place = {party: at for at, party in enumerate(self.customers, len(self.ends))}
        customers, suppliers = np.array([(place[one], place[other]) for one, other in self.ends]).T
        found += every[customers] + every[suppliers + len(place)] - 2 * table.matrix[-1]
        return found


def paired(told: Judged) -> Pairs:
    """Return the pairs of parties that may be customer and supplier."""
    likely = _likely(told)
    found = list(candidates(told.scene, likely))
    ends = [(customer.number, supplier.number) for customer, supplier, _ in found]
    return Pairs(
        ends,
        [places for _, _, places in found],
        {party.number: as_customer(party, told.roles, told.ends) for party in likely},
        {party.number: as_supplier(party, told.roles, told.ends) for party in likely},
        measured(ends, [bool(places) for _, _, places in found], told.roles, told.ends),
        [joint(told.scene, *pair) for pair in found],
    )


def _likely(told: Judged) -> list[Party]:
    """The parties that may be in a relation, in the order of the text."""
    able = [
        party
        for party in told.scene.parties
        if told.roles[party.number][NONE] < UNLIKELY and told.roles[party.number]["attacker"] < _SURE
    ]
    best = sorted(able, key=lambda party: told.roles[party.number][NONE])[:_MOST]
    return sorted(best, key=lambda party: party.number)


def data_phrases(told: Judged) -> list[Phrase]:
    """Return the phrases for data that the tagger found."""
    return [Phrase(first, last, weight) for first, last, label, weight in told.named if label == "DAT"]


def date_case(told: Judged, phrase: Phrase) -> Odds:
    """Return the features of a date."""
    return facts.dated(told.scene, phrase.first, phrase.last, phrase.thing)


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


def story_case(told: Judged) -> Odds:
    """Return the features of the whole text."""
    found = story(told.scene, told.roles, told.pairs)
    found["data"] = 4 * min(1.0, sum(phrase.weight * (1 - phrase.odds[NONE]) for phrase in told.data) / 3)
    found["dates"] = 4 * max((1 - phrase.odds[NONE] for phrase in told.dates), default=0.0)
    found["count"] = 4 * max((phrase.odds[YES] for phrase in told.counts), default=0.0)
    found["acts"] = 4 * max((act.weight * (1 - act.odds[NONE]) for act in told.responses), default=0.0)
    return found


def judge(text: str, model: Model) -> Judged:
    """Return what a model makes of a text."""
    words = tokens(text)
    told = spotted(words, model.sight.scores(words), model.taggers)
    tables = model.tables
    _judge_parties(told, tables)
    _judge_pairs(told, tables["pair"], tables["status"])
    told.dates, told.counts, told.data = date_phrases(told.scene), count_phrases(told.scene), data_phrases(told)
    _judge_phrases(told, told.dates, tables["date"], date_case)
    _judge_phrases(told, told.counts, tables["count"], count_case)
    _judge_phrases(told, told.data, tables["data"], data_case)
    _judge_responses(told, tables)
    case = story_case(told)
    told.told = tables["told"].rows([case])[0][YES]
    sure = tables["sure"].rows([case])[0]
    told.certainty = max(sure, key=sure.__getitem__)
    return told


def _judge_parties(told: Judged, tables: Mapping[str, Weights]) -> None:
    """Judge what each party was and whether it is an end of a relation, then its role again with that of the others in view."""
    table = tables["party"]
    cases = list(party_cases(told, second=False))
    scores = table.scores([case for _, case in cases])
    first = len(table.labels) - len(ENDS)
    roles, ends = likelihood(scores[:, :first]).tolist(), chance(scores[:, first:]).tolist()
    for (party, _), odds, chances in zip(cases, roles, ends, strict=True):
        told.first_roles[party.number] = dict(zip(table.labels, odds, strict=False))
        told.ends[party.number] = dict(zip(ENDS, chances, strict=True))
    cases = list(party_cases(told, second=True))
    rows = tables["role"].rows([case for _, case in cases])
    told.roles = {party.number: row for (party, _), row in zip(cases, rows, strict=True)}


def _judge_pairs(told: Judged, table: Weights, statuses: Weights) -> None:
    pairs = paired(told)
    told.pairs = {pair: row[YES] for pair, row in zip(pairs.ends, table.told(pairs.scores(table)), strict=True)}
    told.places = dict(zip(pairs.ends, pairs.places, strict=True))
    likely = [(pair, both) for pair, both in zip(pairs.ends, pairs.joint, strict=True) if told.pairs[pair] > 0.2]
    states = statuses.rows([status(told.scene, *pair, both) for pair, both in likely])
    told.status = {pair: max(row, key=row.__getitem__) for (pair, _), row in zip(likely, states, strict=True)}


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


_SET: Final = 0.9
"""How often a set phrase is the response that it seems to be (`tests/quality/texts`: 290 of 326)."""


def _with_set_phrases(told: Judged, found: list[Response]) -> list[Response]:
    """The responses with those in set phrases, which count more than what the tagger made of the same words."""
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
    return sorted([*found, *fixed], key=lambda one: one.first)

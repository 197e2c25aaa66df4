"""A text with its parties: who is spoken of where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.extract.prose.cast import Mention, Party
    from kg.extract.tokens import Tokens
    from kg.model import Span

_BETWEEN: Final = frozenset({",", "and", "&", "or", "nor"})


@dataclass(slots=True)
class Listed:
    """Parties that a sentence names in one list, or one alone, each with its mention there."""

    members: list[tuple[Party, Mention]]

    @property
    def numbers(self) -> set[int]:
        """Return the numbers of the parties."""
        return {party.number for party, _ in self.members}

    def span(self, words: Tokens) -> Span:
        """Return the characters of the list."""
        return words.span(self.members[0][1].first, self.members[-1][1].last)


@dataclass(slots=True)
class Scene:
    """A text with its parties, and for each word what a feature calls it.

    Attributes:
        signs: for each word what it is called: the word, "9" for a number, "@ORG" and the like for a party.
        party_at: word -> number of the party whose name or group stands there.
        by_sentence: for each sentence the (party, mention) in it.
        lists: for each sentence where it names parties, those together that stand in one list.
    """

    words: Tokens
    parties: list[Party]
    signs: list[str] = field(default_factory=list)
    party_at: dict[int, int] = field(default_factory=dict)
    by_sentence: list[list[tuple[Party, Mention]]] = field(default_factory=list)
    lists: list[list[Listed]] = field(default_factory=list)

    def sentences_of(self, party: Party) -> list[int]:
        """Return the sentences that speak of a party, in order."""
        return sorted({self.words.sentence_of[mention.first] for mention in party.mentions})

    def named_in(self, party: Party) -> set[int]:
        """Return the sentences that name a party."""
        return {self.words.sentence_of[mention.first] for mention in party.mentions if mention.is_named}


def scene(words: Tokens, parties: list[Party]) -> Scene:
    """Return a text with its parties ready to be judged."""
    made = Scene(words, parties, ["9" if low[0].isdigit() else low for low in words.lowers])
    made.by_sentence = [[] for _ in words.sentences]
    for party in parties:
        for mention in party.mentions:
            made.by_sentence[words.sentence_of[mention.first]].append((party, mention))
            if mention.is_named:
                for at in range(mention.first, mention.last):
                    made.party_at[at] = party.number
                    made.signs[at] = "@GRP" if party.kind == "GRP" else "@ORG"
    for here in made.by_sentence:
        here.sort(key=lambda item: item[1].first)
    made.lists = [_lists(words, here) for here in made.by_sentence]
    return made


def _lists(words: Tokens, here: list[tuple[Party, Mention]]) -> list[Listed]:
    found: list[Listed] = []
    last = 0
    for party, mention in here:
        if mention.is_named:
            between = words.lowers[last : mention.first]
            if not (found and between and _BETWEEN.issuperset(between)):
                found.append(Listed([]))
            found[-1].members.append((party, mention))
            last = mention.last
    return found


def together(scene: Scene) -> dict[tuple[int, int], list[tuple[Mention, Mention]]]:
    """Return (party, other) -> the closest mentions of both in each sentence that holds both; the party's number is the lower."""
    found: dict[tuple[int, int], list[tuple[Mention, Mention]]] = {}
    for here in scene.by_sentence:
        best: dict[tuple[int, int], tuple[int, Mention, Mention]] = {}
        for number, (party, mention) in enumerate(here):
            for other, second in here[number + 1 : number + 9]:
                if other.number == party.number or second.first < mention.last:
                    continue
                swapped = other.number < party.number
                pair = (other.number, party.number) if swapped else (party.number, other.number)
                gap = second.first - mention.last + 6 * (mention.kind == "pronoun") + 6 * (second.kind == "pronoun")
                if pair not in best or gap < best[pair][0]:
                    best[pair] = (gap, second, mention) if swapped else (gap, mention, second)
        for pair, (_, one, two) in best.items():
            found.setdefault(pair, []).append((one, two))
    return found


def listed_with(scene: Scene, number: int, before: int) -> set[int]:
    """Return the parties that stand in one list with a party before a word, in its sentence."""
    for listed in scene.lists[scene.words.sentence_of[before]]:
        numbers = {party.number for party, mention in listed.members if mention.first < before}
        if number in numbers:
            return numbers
    return set()

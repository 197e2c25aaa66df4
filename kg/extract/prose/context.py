"""A text with its parties: who is spoken of where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.extract.prose.cast import Mention, Party
    from kg.extract.prose.tokens import Tokens

VERBS: Final = frozenset(
    "HACK HIT STEAL EXPOSE LOCK ACCESS USE SERVE SAY CONFIRM DENY CLAIM DISCLOSE NOTIFY REPORT INVEST DISCOVER CUT FIX CREDS PUNISH HIRE OFFER BLAME".split()
)


@dataclass(slots=True)
class Scene:
    """A text with its parties, and for each word what a feature calls it.

    Attributes:
        signs: for each word what it is called: the word, "9" for a number, "@ORG" and the like for a party.
        party_at: word -> number of the party whose name or group stands there.
        by_sentence: for each sentence the (party, mention) in it.
    """

    words: Tokens
    parties: list[Party]
    signs: list[str] = field(default_factory=list)
    party_at: dict[int, int] = field(default_factory=dict)
    by_sentence: list[list[tuple[Party, Mention]]] = field(default_factory=list)


def scene(words: Tokens, parties: list[Party]) -> Scene:
    """Return a text with its parties ready to be judged."""
    made = Scene(words, parties, ["9" if low[0].isdigit() else low for low in words.lowers])
    made.by_sentence = [[] for _ in words.sentences]
    for party in parties:
        for mention in party.mentions:
            made.by_sentence[words.sentence_of[mention.first]].append((party, mention))
            if mention.kind in {"name", "group"}:
                for at in range(mention.first, mention.last):
                    made.party_at[at] = party.number
                    made.signs[at] = "@GRP" if party.kind == "GRP" else "@ORG"
    for here in made.by_sentence:
        here.sort(key=lambda item: item[1].first)
    return made

"""Several incidents in one text: what a stretch of it tells of another one is told as an incident of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.model import EXPOSED, Role
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.extract.prose.decided import Decided
    from kg.extract.prose.judged import Judged

_APART: Final = frozenset({"separate", "unrelated", "separately"})
_NEAR: Final = 5
"""Words between "separate" and the noun for an incident."""
_CASE: Final = regex(r"in\s(?:an?\s(?:separate|unrelated|different)|another)\s(?:case|matter)\b", re.IGNORECASE)
"""What a sentence opens with that turns to another case; it may be one at court on the same incident."""
_TURN: Final = regex(
    r"(?:separately|meanwhile|elsewhere|unrelated\sto\s\w+|also\s(?:this|last|that)\s(?:week|month|year))\b",
    re.IGNORECASE,
)
"""What a sentence opens with that may turn to another incident, or to another statement on the same one."""
_LONGEST_HEADING: Final = 15
"""Words."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Sentences [first, last) that may tell of another incident.

    Attributes:
        own: how many exposed parties it has to name that are named nowhere else.
    """

    first: int
    last: int
    own: int = 0


def parted(told: Judged, found: Decided) -> list[Decided]:
    """Return what was decided of a text, parted into its incidents, the main one first.

    A party that is named in such a stretch only, and whatever else stands there, belongs to the other incident; a
    party that the rest of the text names too belongs to both. Where one of the two would have no exposed party, the text
    is left as one; so it is where a stretch only may turn to another incident, and tells of no parties of its own.
    """
    main, others = found, []
    headings = list(_headings(told))
    for stretch in _stretches(told, headings):
        split = _split(told, main, stretch)
        if split is not None:
            main, other = split
            others.append(other)
            if stretch.first in headings:
                first = min(_first(told, number) for number in _exposed(main))
                main = replace(main, sentence=max((at for at in headings if at <= first), default=main.sentence))
    return [main, *others]


def _stretches(told: Judged, headings: list[int]) -> Iterator[_Stretch]:
    """The stretches of a text that may tell of other incidents: what words set apart, and what stands under each heading."""
    words = told.words
    yield from (_Stretch(*ends, 2) for ends in pairwise([*headings, len(words.sentences)]))
    turns = {}
    for number, (first, last) in enumerate(words.sentences):
        if _tells_of_another(told, first, last):
            turns[number] = 0
        elif _CASE.match(words.text, words.starts[first]):
            turns[number] = 1
        elif _TURN.match(words.text, words.starts[first]):
            turns[number] = 2
    edges = {*turns, *headings}
    for number, own in turns.items():
        if number:
            yield _Stretch(number, _end(told, number, edges), own)


def _tells_of_another(told: Judged, first: int, last: int) -> bool:
    """Whether a sentence tells of an incident that is not the one of the text ("in a separate incident", "an unrelated attack")."""
    words = told.words
    return any(
        words.lowers[at] in _APART
        and any("EVENT" in kinds for kinds in words.kinds[at + 1 : min(last, at + 1 + _NEAR)])
        for at in range(first, last)
    )


def _headings(told: Judged) -> Iterator[int]:
    """The sentences that are a brief line of their own, without a stop."""
    words, text = told.words, told.words.text
    for number, (first, last) in enumerate(words.sentences):
        start, end = words.starts[first], words.ends[last - 1]
        before = text[text.rfind("\n", 0, start) + 1 : start].strip("#* \t")
        if not before and last - first <= _LONGEST_HEADING and text[end - 1].isalnum() and _opens(told, number + 1):
            yield number


def _opens(told: Judged, number: int) -> bool:
    """Whether a sentence begins a line."""
    words = told.words
    if number == len(words.sentences):
        return False
    return "\n" in words.text[words.ends[words.sentences[number][0] - 1] : words.starts[words.sentences[number][0]]]


def _end(told: Judged, number: int, edges: Collection[int]) -> int:
    """One past the last sentence of what a sentence begins.

    That is its own end, unless it opens a paragraph: then what follows belongs to it, up to another turn, a sentence that
    names a party of before, or a paragraph that names none of its own.
    """
    at = number + 1
    while _opens(told, number) and at < len(told.words.sentences) and at not in edges:
        begin = [_first(told, party.number) for party, mention in told.scene.by_sentence[at] if mention.is_named]
        if any(one < number for one in begin) or (_opens(told, at) and not any(one < at for one in begin)):
            break
        at += 1
    return at


def _first(told: Judged, number: int) -> int:
    """The sentence that first speaks of a party."""
    return told.words.sentence_of[told.scene.parties[number].mentions[0].first]


def _exposed(found: Decided) -> set[int]:
    return {number for number, (role, _) in found.roles.items() if role in EXPOSED}


def _split(told: Judged, found: Decided, stretch: _Stretch) -> tuple[Decided, Decided] | None:
    """What is decided of a text without a stretch, and of that stretch."""
    words, sentences = told.words, range(stretch.first, stretch.last)

    def here(word: int) -> bool:
        return words.sentence_of[word] in sentences

    inside = {
        party.number
        for at in sentences
        for party, mention in told.scene.by_sentence[at]
        if party.number in found.roles and (not stretch.own or mention.is_named)
    }
    only = {number for number in inside if told.scene.named_in(told.scene.parties[number]).issubset(sentences)}
    if stretch.own and not _is_own(told, found, stretch, inside, only):
        return None
    rest = found.roles.keys() - only
    sides = []
    for kept, wanted in ((rest, False), (inside, True)):
        roles = {number: found.roles[number] for number in found.roles if number in kept}
        if EXPOSED.isdisjoint(role for role, _ in roles.values()):
            return None
        sides.append(
            replace(
                found,
                roles=roles,
                pairs={
                    pair: odds
                    for pair, odds in found.pairs.items()
                    if set(pair) <= kept and (not wanted or any(here(one.first) for one, _ in told.places[pair]))
                },
                data=[one for one in found.data if here(one[0].first) is wanted],
                dates=[one for one in found.dates if here(one[0].first) is wanted],
                counts=[one for one in found.counts if here(one[0].first) is wanted],
                responses=[one for one in found.responses if here(one[0].first) is wanted and one[1] in {None, *kept}],
                sentence=stretch.first if wanted else found.sentence,
            )
        )
    return sides[0], sides[1]


def _is_own(told: Judged, found: Decided, stretch: _Stretch, inside: set[int], only: set[int]) -> bool:
    """Whether a stretch tells of enough exposed parties, one of them breached, of none that are exposed elsewhere, and is tied to no other.

    A relation across that no sentence states ties nothing where its customer has a supplier on its own side. Before the
    first exposed party there is no incident that a stretch could turn from.
    """
    exposed = _exposed(found)
    own = exposed & inside
    if (
        len(own) < stretch.own
        or not own <= only
        or all(found.roles[number][0] is not Role.BREACHED for number in own)
        or all(_first(told, number) >= stretch.first for number in exposed)
    ):
        return False
    across = {pair for pair in found.pairs if len(only.intersection(pair)) == 1}
    supplied = {pair[0] for pair in found.pairs if pair not in across and told.places[pair]}
    return all(not told.places[pair] and pair[0] in supplied for pair in across)

"""Whose data a printed list says were exposed: "phone numbers of Cedar Bank", "addresses of Nissan customers"."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.concepts import data_concept, split_data_types
from kg.extract.lexicon import GENERIC, is_common
from kg.extract.places import is_place
from kg.extract.relations import SERVANT, mention
from kg.extract.tokens import known
from kg.model import Role
from kg.names import key
from kg.nouns import ORGANIZATION_NOUNS
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Party

_JOIN = regex(r"\s+(?:and|as well as|plus|&)\s+")
_PARTED = regex(r"(?:[,;/&]|\b(?:and|or|plus|as well as)\b)(?:\s+(?:of|for)\b)?(?:\s+the\b)?\s*")
_SERVANT = regex(rf"['’]s\s(?:[a-z-]+\s){{0,2}}(?:{SERVANT})\b")
"""Its data are not those of whom it serves: "names of Cedar Bank's vendor Elm"."""
_CAPITALIZED = regex(r"[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*)*")
_CAPITAL_BEHIND = regex(r"\s(?:&\s)?[A-Z]")
"""Behind a word of a name, more of one."""
_SOURCE = regex(r"\s+from\s")
_LONGEST = 200
"""Characters of the words for an owner."""
_SHORTEST = 3
"""Letters of a short form."""
_NO_OWNERS = frozenset({Role.ATTACKER, Role.REGULATOR, Role.REPORTER})
_LOCALS = frozenset("citizens households inhabitants pupils residents schoolchildren taxpayers voters".split())
"""Whom a place has, and hardly a company."""


def kinds_and_owners(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, owner) for each kind of data in a printed list, with the words for whose they are; "" for none.

    What "and" joins has one owner ("names and addresses of Birch customers"); what data came from is none.
    """
    told: list[tuple[int, int, str]] = []
    owner, following, behind = "", len(text), len(text)
    for start, end, at in reversed(list(split_data_types(text))):
        if at:
            owner = "" if _SOURCE.match(text, end) else text[at : min(behind, at + _LONGEST)]
        elif not _JOIN.fullmatch(text, end, following):
            owner = ""
        told.append((start, end, owner))
        following = start
        # What is no kind of data goes on telling whose they are: "names of Birch, Cedar and Elm customers".
        behind = start if data_concept(text[start:end]) else behind
    yield from reversed(told)


class Owners:
    """The parties of an incident whose data may have been exposed."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._parties = parties

    def of(self, told: Iterable[str]) -> str:
        """Return the party that all words for the owner of one kind name; "" for none: of a kind that several had no one of them is the owner."""
        named = {self.named(words) for words in told}
        return named.pop() if len(named) == 1 else ""

    def named(self, words: str) -> str:
        """Return the party whom the words for an owner begin with, by its name or a short form of no other's; "" for none, and where they name two."""
        first = self._leading(words) if words and not _SERVANT.search(words) else ""
        others = [(part, self._leading(part)) for part in _PARTED.split(words)[1:]] if first else []
        return "" if any(other != first if other else _names_stranger(part, first) for part, other in others) else first

    @cached_property
    def _by_first_word(self) -> dict[str, list[tuple[list[str], str]]]:
        """First word of a name -> the names that begin with it, each after its words."""
        found: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        for party in self._parties:
            if party.role not in _NO_OWNERS and (form := key(party.name).split()):
                found[form[0]].append((form, party.name))
        return found

    def _leading(self, words: str) -> str:
        """The party that some words begin with: a whole name, the longest, else the longest beginning of only one."""
        told = key(words).split()
        able = self._by_first_word.get(told[0], []) if told else []
        if whole := [(len(form), name) for form, name in able if told[: len(form)] == form]:
            length, name = max(whole)
            return "" if _goes_on(words, told[length:]) else name
        alike = [(_shared(form, told), name) for form, name in able]
        most = max((length for length, _ in alike), default=0)
        nearest = [name for length, name in alike if length == most]
        short = len(nearest) == 1 and _is_short_form(told[:most], told[most:])
        return nearest[0] if short and not _goes_on(words, told[most:]) else ""


def shortly(name: str, text: str, others: Iterable[str]) -> re.Match[str] | None:
    """Return where a text calls somebody by the beginning of their name, which stands for all of it, None where it does not.

    Args:
        name: the whole name.
        text: what may have a part of it.
        others: the names of others; what stands in one of them may be that one.
    """
    words = name.split()
    for short in (" ".join(words[:length]) for length in range(len(words) - 1, 0, -1)):
        said = mention(short, text)
        if said is None or said[0] != short or _CAPITAL_BEHIND.match(text, said.end()):
            continue
        begins = key(short).split()
        ordinary = len(begins) == 1 and (known(short)[1] or is_common(begins[0]))
        if ordinary or not _is_short_form(begins, []):
            continue
        if not any(mention(short, one) for one in others if one != name):
            return said
    return None


def _names_stranger(words: str, party: str) -> bool:
    """Whether words begin with a name that is no place, no people and no more of the name of a party ("Smith & Wesson")."""
    name = _CAPITALIZED.match(words)
    if name is None or is_place(name[0]):
        return False
    first = name[0].split()[0]
    return "DEMONYM" not in known(first)[1] and key(first) not in key(party).split()


def _goes_on(words: str, behind: list[str]) -> bool:
    """Whether behind the words for a party those for another go on, or for a place that has its name: "Ford Foundation", "Phoenix residents"."""
    if not behind:
        return False
    if behind[0] in _LOCALS:
        return True
    printed = re.search(rf"(?<!\w){re.escape(behind[0])}", words, re.IGNORECASE)
    return (
        printed is not None and printed[0][0].isupper() and not is_place(printed.string[printed.start() :].split()[0])
    )


def _shared(form: list[str], told: list[str]) -> int:
    """How many words two names begin with alike."""
    return next((at for at, (one, other) in enumerate(zip(form, told, strict=False)) if one != other), len(told))


def _is_short_form(short: list[str], behind: list[str]) -> bool:
    """Whether the first words of a name stand for all of it: no place, people or general words, nor the name of another ("Cedar Hospital")."""
    plain = " ".join(short)
    another = bool(behind) and (behind[0] in GENERIC or f"{behind[0]}s" in ORGANIZATION_NOUNS)
    ordinary = GENERIC.issuperset(short) or is_place(plain) or "DEMONYM" in known(short[0])[1]
    return len(plain) >= _SHORTEST and not another and not ordinary

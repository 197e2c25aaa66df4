"""Who takes part in a text: the names of one party put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.extract.lexicon import GENERIC
from kg.extract.places import is_place
from kg.extract.prose.cast import Mention, Party
from kg.extract.prose.naming import dateline
from kg.extract.prose.products import describe, sort, with_products
from kg.extract.tokens import known
from kg.names import key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.tokens import Tokens

MOST: Final = 60
"""Parties of a text; so many that what compares them stays quick."""
_LETTERED: Final = regex(r"[A-Za-z][\w’'.]*")
_CLOSING: Final = frozenset({")", '"', "”", "’", "'"})
_OPENING: Final = frozenset({'"', "“", "‘", "'", "the", "or"})


def parties(words: Tokens, spans: Sequence[tuple[int, int, str, float]]) -> list[Party]:
    """Return the parties of a text; `spans` are (first, last, label, weight) of what the tagger found, in order."""
    found: list[Party] = []
    datelines = [dateline(words, *sentence) for sentence in words.sentences]
    for first, last, label, weight in spans:
        # The place that a report was written at is no party, and nothing that follows refers to it.
        if last <= datelines[words.sentence_of[first]]:
            continue
        text = words.printed(first, last)
        party = None if label == "GRP" else _bracketed(words, found, first, last) or _known(found, text, label)
        if party is None:
            if len(found) == MOST:
                continue
            party = Party(len(found), label, text, first, last, weight)
            found.append(party)
        _take(party, text, first, last, label, weight)
    _short_forms(words, found)
    found = with_products(words, found)
    describe(words, found)
    for party in found:
        party.mentions.sort(key=lambda mention: mention.first)
        _maker_named(words, party)
        party.sort = sort(words, party)
    return found


def _take(party: Party, text: str, first: int, last: int, label: str, weight: float) -> None:
    party.mentions.append(Mention(first, last, "group" if label == "GRP" else "name", weight))
    party.weight = max(party.weight, weight)
    if party.kind == "RUN" and label != "RUN":
        party.kind = label
    if text in party.forms:
        return
    longer = len(text.split()) > len(party.name.split()) or (
        len(text) > len(party.name) and key(text) == key(party.name)
    )
    if not party.forms or longer or (party.name.isupper() and len(text) > len(party.name)):
        party.name, party.first, party.last = text, first, last
    party.forms.append(text)


_WARES: Final = frozenset("actions ads app card cloud exchange gateway hub id ids linux suite support".split())
"""Words that end the names of wares, and not of who makes them."""


def _maker_named(words: Tokens, party: Party) -> None:
    """Call a party by its own name where the longest form is that of its wares: Alder, of which an Alder Cloud is told too."""
    if party.kind == "GRP" or party.name.split()[-1].lower() not in _WARES:
        return
    for mention in party.mentions:
        text = words.printed(mention.first, mention.last)
        if mention.kind == "name" and party.name.startswith(text + " "):
            party.name, party.first, party.last = text, mention.first, mention.last
            return


def _bracketed(words: Tokens, found: list[Party], first: int, last: int) -> Party | None:
    """The party that a short form in brackets right behind its name stands for."""
    if first < 2 or last >= len(words) or words.words[last] not in _CLOSING:
        return None
    at = first - 1
    while at > first - 4 and at >= 0 and words.lowers[at] in _OPENING:
        at -= 1
    if at < 1 or words.words[at] != "(":
        return None
    party = next((p for p in reversed(found) for m in p.mentions if m.last == at and m.kind == "name"), None)
    quoted = at < first - 1
    brief = words.printed(first, last)
    if party is None or not (quoted or (last - first == 1 and (brief.isupper() or brief in party.name))):
        return None
    return party


def _known(found: list[Party], text: str, label: str) -> Party | None:
    """The party that a name is another name of."""
    for party in found:
        if party.kind == "GRP":
            continue
        apart = "RUN" not in {label, party.kind} and (label == "ATT") != (party.kind == "ATT")
        if apart and key(party.name) != key(text):
            continue
        if any(same(form, text) for form in party.forms):
            return party
    return None


def same(one: str, other: str) -> bool:
    """Return whether two names of one text are forms of one: alike, one the beginning or the last word of the other, or its initials."""
    first, second = key(one).split(), key(other).split()
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    if not short:
        return False
    if len(short) == len(long):
        return len(short) == 1 and (_initials(one, other) or _initials(other, one))
    if long[: len(short)] == short:
        return not set(short) <= GENERIC and len("".join(short)) > 1
    if len(short) == 1:
        full, brief = (one, other) if len(first) > len(second) else (other, one)
        last = next((word for word in reversed(long) if word not in GENERIC), "")
        return (last == short[0] and short[0] not in GENERIC and len(short[0]) > 3) or _initials(full, brief)
    return long[-len(short) :] == short and not set(short) <= GENERIC


def _initials(full: str, brief: str) -> bool:
    """Whether a short form is made of the first letters of a name."""
    plain = brief.replace(".", "").replace("&", "")
    if not plain.isupper() or not 2 <= len(plain) <= 8:
        return False
    letters = "".join(word[0] for word in _LETTERED.findall(full) if word[0].isupper())
    every = "".join(word[0] for word in _LETTERED.findall(full)).upper()
    return len(letters) > 1 and plain in {letters, every, letters[: len(plain)] if len(plain) > 2 else letters}


def _short_forms(words: Tokens, found: list[Party]) -> None:
    """Add the places where the first word of a name stands alone, and every other place of a name."""
    heads: dict[str, Party] = {}
    for party in found:
        if party.kind == "GRP":
            continue
        for form in party.forms:
            head = form.split()[0]
            plain = head.rstrip(",")
            if (
                len(plain) > 2
                and plain.lower() not in GENERIC
                and plain[0].isupper()
                and "DEMONYM" not in known(plain)[1]
                and not is_place(plain)
            ):
                heads.setdefault(plain, party)
    taken = {at for party in found for mention in party.mentions for at in range(mention.first, mention.last)}
    lower = set(words.lowers) & {word for word in words.words if word.islower()}
    for at, word in enumerate(words.words):
        if at in taken or word not in heads or word.lower() in lower:
            continue
        heads[word].mentions.append(Mention(at, at + 1, "name", 0.5))

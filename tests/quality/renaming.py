"""Annotated texts with other names in place of the invented ones, so that a reader does not go by the name.

A network that has seen each text with one set of invented names errs more where the same text has names of companies that
exist: `MODEL.md` of the prose extractor has the figures.
"""

from __future__ import annotations

import re
from collections import Counter

from kg.extract.lexicon import GENERIC
from kg.resolve.table import table

_ROLES = frozenset({"breached", "affected_downstream", "supplier_only", "customer_unaffected", "other"})
_NAMED = frozenset({"name", "customer", "supplier", "actor", "target"})
_PLACES = (("start", "end"), ("quote_start", "quote_end"))
_WORD = re.compile(r"[A-Z][A-Za-z0-9&'-]{2,}")
_WHOLE = 0.5
"""How often what stands behind the first word of a name is replaced with it."""
_COMMON = re.compile(r"[a-z]{4,9}")
_ONE_WORD = 0.7
_SHARES = (5, 2, 3)
_KEPT_BACK = 4
"""Every so many-th name of a company is never trained with."""


def companies():
    """Names of companies, as the table of organizations has them: those to train with, and those to measure with."""
    found = sorted({fact.organization for fact in table().facts if fact.organization.isascii()})
    return [name for at, name in enumerate(found) if at % _KEPT_BACK], found[::_KEPT_BACK]


class Names:
    """Names to choose from: of well-known companies, invented ones, and everyday words; how often each kind is chosen stands in `_SHARES`."""

    def __init__(self, known, invented=(), common=()):
        self.kinds = (known, invented, common)
        self.shares = [share if kind else 0 for kind, share in zip(self.kinds, _SHARES, strict=True)]

    def choose(self, random):
        """A name."""
        (kind,) = random.choices(self.kinds, self.shares)
        one = random.choice(kind)
        return one if kind is not self.kinds[2] or random.random() < _ONE_WORD else f"{one} {random.choice(kind)}"


def names_to_train_with(golds):
    """Names of companies, those of other texts, and everyday words of the texts."""
    invented = {
        party["name"].split()[0]
        for gold in golds
        for incident in gold["incidents"]
        for party in incident["parties"]
        if party["role"] in _ROLES and not party["unnamed_group"]
    }
    words = Counter(word for gold in golds for word in set(gold["text"].split()) if _COMMON.fullmatch(word))
    common = sorted(word.capitalize() for word, count in words.items() if count > 2)
    return Names(companies()[0], sorted(name for name in invented if _WORD.fullmatch(name)), common)


def renamed(gold, random, names):
    """An annotated text in which parties have other names; those of authorities, reporters and attackers stay.

    Args:
        gold: the text with its incidents.
        random: random numbers.
        names: chooses a name.
    """
    others = _others(gold, random, names)
    if not others:
        return gold
    longest = sorted(others, key=len, reverse=True)
    found = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b(?!-\w|'(?!s\b)\w)")
    text, places = _replaced(gold["text"], found, others)

    def told(value, key=""):
        if isinstance(value, dict):
            new = {name: told(one, name) for name, one in value.items()}
            for start, end in _PLACES:
                if start in value:
                    new |= {start: _moved(value[start], places, 0), end: _moved(value[end], places, 1)}
            return new
        if isinstance(value, list):
            return [told(one, key) for one in value]
        if isinstance(value, str) and key in _NAMED:
            return found.sub(lambda match: others[match[0]], value)
        return value

    return {**told({name: one for name, one in gold.items() if name != "text"}), "text": text}


def _others(gold, random, names):
    """The first words of names, and whole names, with what is to stand for them."""
    parties = [party for incident in gold["incidents"] for party in incident["parties"] if not party["unnamed_group"]]
    kept = {word for party in parties if party["role"] not in _ROLES for word in party["name"].split()}
    others = {}
    for party in sorted(parties, key=lambda party: (party["start"], party["name"])):
        first, *rest = party["name"].split()
        able = party["role"] in _ROLES and _WORD.fullmatch(first) and first.lower() not in GENERIC | {"the"}
        if not able or first in kept or first in others:
            continue
        new = names.choose(random)
        if any(word in gold["text"] for word in new.split()):
            continue
        others[first] = new
        if rest and random.random() < _WHOLE:
            others[party["name"]] = new
            others[first] = new.split()[0] if random.random() < _WHOLE else new
    return others


def _replaced(text, found, others):
    """The text with other names, and where they stand: (start, end) before and after."""
    parts, places, at, length = [], [], 0, 0
    for match in found.finditer(text):
        new = others[match[0]]
        parts += [text[at : match.start()], new]
        length += match.start() - at + len(new)
        places.append((match.span(), (length - len(new), length)))
        at = match.end()
    return "".join([*parts, text[at:]]), places


def _moved(place, places, end):
    """Where a place of a text is after names were replaced; inside one, its start or (`end` is 1) its end."""
    shift = 0
    for old, new in places:
        if place <= old[0]:
            break
        if place < old[1]:
            return new[end]
        shift = new[1] - old[1]
    return place + shift

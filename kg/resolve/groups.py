"""Mentions in groups: nodes that are joined unless something keeps them apart, and the spellings that are one name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.names import clean
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.rdf import Mention

SCHEMES = ("lei", "wikidata", "domain")
"""Identifier schemes by strength, strongest first; feed identifiers come after them, names last."""
SEPARATING = ("lei", "wikidata")
"""Schemes whose identifiers separate: an organization has one of each."""
_IDENTIFIER = regex(r"[a-z][a-z0-9-]*:\S+\Z")


def group(name: str) -> str:
    """Return what spellings of one name share; what stands in brackets behind it belongs to it."""
    from kg.resolve.readings import read  # noqa: PLC0415 - most changes bring no name to read

    told = read(name)
    return f"{told.plain}\x1f{read(told.aside).plain}" if told.aside else told.plain or clean(name)


def subject(text: str) -> str:
    """Return what a judgement is about: an identifier as it is, a name in the form that its spellings share."""
    return text if is_identifier(text) else group(text)


def is_identifier(text: str) -> bool:
    """Return whether a text is an identifier ("lei:...") and no name."""
    return _IDENTIFIER.match(text) is not None


def contradict(named: list[Mention]) -> bool:
    """Return whether the mentions of one name carry different identifiers of one scheme."""
    values: dict[str, set[str]] = defaultdict(set)
    for mention in named:
        for identifier in mention.identifiers:
            values[identifier.split(":", 1)[0]].add(identifier)
    return any(len(found) > 1 for found in values.values())


def strength(identifier: str) -> tuple[int, str]:
    """Return the order of an identifier among others, the strongest first."""
    scheme = identifier.split(":", 1)[0]
    return (SCHEMES.index(scheme) if scheme in SCHEMES else len(SCHEMES), identifier)


class Groups:
    """Union-find over nodes, with pairs that never meet and identifiers that never share a group."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._enemies: dict[str, set[str]] = {}
        self._identifiers: dict[str, dict[str, str]] = {}

    def find(self, item: str) -> str:
        """Return the node that stands for an item's group."""
        root = item
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(item, item)) != root:
            self._parent[item], item = root, parent
        return root

    def separate(self, left: str, right: str) -> None:
        """Keep two nodes apart from now on; they must not have been joined."""
        a, b = self.find(left), self.find(right)
        self._enemies.setdefault(a, set()).add(b)
        self._enemies.setdefault(b, set()).add(a)

    def identify(self, item: str, identifiers: Iterable[str]) -> None:
        """Say which identifiers a node has, before it is joined with any other."""
        for identifier in identifiers:
            scheme = identifier.split(":", 1)[0]
            if scheme in SEPARATING:
                self._identifiers.setdefault(item, {})[scheme] = identifier

    def join(self, left: str, right: str) -> bool:
        """Join the groups of two nodes, and return whether they are one now."""
        a, b = sorted((self.find(left), self.find(right)))
        if a == b:
            return True
        if b in self._enemies.get(a, ()) or self.conflict(a, b):
            return False
        self._parent[b] = a
        if enemies := self._enemies.pop(b, None):
            for enemy in enemies:
                self._enemies[enemy].discard(b)
                self._enemies[enemy].add(a)
            self._enemies.setdefault(a, set()).update(enemies)
        if held := self._identifiers.pop(b, None):
            self._identifiers.setdefault(a, {}).update(held)
        return True

    def conflict(self, a: str, b: str) -> tuple[str, str] | None:
        """Return the different identifiers of one scheme that keep two groups apart, as `find` gives them; None if there are none."""
        one, other = self._identifiers.get(a), self._identifiers.get(b)
        if not (one and other):
            return None
        differing = ((value, other[scheme]) for scheme, value in one.items() if other.get(scheme, value) != value)
        return next(differing, None)

    def members(self, items: Iterable[str]) -> dict[str, list[str]]:
        """Return group -> those of the items that are in it, in their order."""
        found: dict[str, list[str]] = defaultdict(list)
        for item in items:
            found[self.find(item)].append(item)
        return found

"""How mentions are resolved: by identifiers, judgements, the spellings of one name, and the table of organizations, in this order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

from kg.names import clean, slug
from kg.names import key as name_key
from kg.rdf import standing_for
from kg.resolve.affiliations import listed, listed_key
from kg.resolve.codes import is_code
from kg.resolve.groups import Groups, contradict, group, strength
from kg.resolve.judgements import DIFFERENT, SAME
from kg.resolve.readings import law, read
from kg.resolve.table import table
from kg.vocabulary import data_iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.rdf import Mention

Judged: TypeAlias = tuple[str, str, str]
"""What is judged of two names or identifiers: the judgement, and the two."""
_CLASSES = {"party": "organization", "threat-actor": "threat-actor"}
"""Kinds of mentions that are resolved, and what their canonical nodes are called."""
_MARK = 12


def keys(mention: Mention) -> set[str]:
    """Return what a mention shares with every other that its node may depend on, but for what `links` tells."""
    name = _name(mention.name)
    found = {*_nodes_of(name), f"{mention.kind}\x1f{_name_path(mention.kind, name.rank)}"}
    found |= {f"\x1c{name.listed}"} if name.listed else set()
    for identifier in mention.identifiers:
        found |= {f"{identifier}\x1f", f"{mention.kind}\x1f{_identifier_path(mention.kind, identifier)}"}
    return found | set(map(listed_key, listed(mention)))


def links(judged: list[Judged]) -> list[set[str]]:
    """Return sets of keys that belong together, although no mention need have all of a set: those of each judgement."""
    return [
        {f"{text}\x1f" for text in pair} | {node for text in pair for node in _nodes_of(_name(text))}
        for _, *pair in judged
    ]


def resolved(mentions: Iterable[Mention], judged: list[Judged]) -> dict[str, str]:
    """Return mention node -> canonical node; independent of the order of the mentions, and of how many are alike."""
    alike: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        if mention.kind in _CLASSES:
            alike[mention.alike].append(mention.iri)
    told: dict[str, str] = {}
    standing = [standing_for(text) for text in sorted(alike)]
    for kind in _CLASSES:
        for text, node in _Resolution(kind, standing, judged).canonical().items():
            told |= dict.fromkeys(alike[text], node)
    return told


@dataclass(frozen=True, slots=True)
class _Name:
    """What a resolution needs of one name, read once.

    Attributes:
        spelling: the cleaned name.
        shared: what the spellings of the name share.
        capitals: written in capitals and so short that it may be an abbreviation that is spelled like a word.
        rank: its place among names that a node could be called by: a code last, one without anything in brackets first.
        listed: the organization that the table verifies it for, and the owner that it tells; "" for none.
        law: which countries' law its legal form is of, or the one that it is listed with, "" for none.
    """

    spelling: str
    shared: str
    capitals: bool
    rank: tuple[bool, bool, str]
    listed: str
    law: str

    @property
    def form(self) -> str:
        """Return what the name shares with those it is joined with unless something speaks against it."""
        return f"{'capitals' if self.capitals else ''}\x1e{self.shared}"

    @property
    def order(self) -> tuple[bool, int, str]:
        """Return its place among the spellings of a name: words before abbreviations, short before long."""
        return self.capitals, len(self.spelling), self.spelling


def _name(text: str) -> _Name:
    told, listed = read(text), table().find(text)
    sure = listed if listed and listed.sure else None
    rank = is_code(text), bool(told.aside), name_key(text) or text
    held = "\x1f".join(filter(None, (sure.organization, sure.owner))) if sure else ""
    form = told.form or (sure.form if sure else "")  # Merck is "Merck & Co.", whatever else bears the name
    return _Name(clean(text), group(text), told.capitals, rank, held, law(form))


def _nodes_of(name: _Name) -> set[str]:
    """The nodes that mentions and judgements of a name are joined with."""
    return {f"\x1f{name.spelling}", f"{name.form}\x1d", f"\x1e{name.shared}\x1d"}


def _identifier_path(kind: str, identifier: str) -> str:
    scheme, value = identifier.split(":", 1)
    return data_iri(_CLASSES[kind], scheme, value)


def _name_path(kind: str, rank: tuple[bool, bool, str]) -> str:
    return data_iri(_CLASSES[kind], "name", slug(rank[-1]))


class _Resolution:
    """One resolution of the mentions of one kind, of which no two are alike."""

    def __init__(self, kind: str, mentions: list[Mention], judged: list[Judged]) -> None:
        self.kind = kind
        self.mentions = [mention for mention in mentions if mention.kind == kind]
        self.groups = Groups()
        self.known = {identifier for mention in self.mentions for identifier in mention.identifiers}
        self.judged = judged
        texts = {text for _, *pair in self.judged for text in pair if text not in self.known}
        self.names = {text: _name(text) for text in sorted(texts | {mention.name for mention in self.mentions})}
        self._identifiers()
        self._judgements()
        self._spellings()
        if kind == "party":
            self._table()

    def _identifiers(self) -> None:
        for mention in self.mentions:
            self.groups.identify(mention.iri, mention.identifiers)
            for identifier in mention.identifiers:
                self.groups.identify(f"{identifier}\x1f", [identifier])
        for judgement, left, right in self.judged:
            if judgement == DIFFERENT:
                self.groups.separate(self._node(left), self._node(right))
        for mention in self.mentions:
            for identifier in sorted(mention.identifiers, key=strength):
                self.groups.join(mention.iri, f"{identifier}\x1f")

    def _judgements(self) -> None:
        for judgement, left, right in self.judged:
            if judgement == SAME:
                self.groups.join(self._node(left), self._node(right))

    def _node(self, text: str) -> str:
        """The node of what a judgement names: an identifier, or one spelling of a name."""
        return f"{text}\x1f" if text in self.known else f"\x1f{self.names[text].spelling}"

    def _spellings(self) -> None:
        """Join mentions with their spellings, and the spellings of one name with each other, if their legal forms allow it."""
        named: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            named[self.names[mention.name].form].append(mention)
        for told in named.values():
            split = contradict(told)
            for mention in told:
                if not (split and mention.identifiers):
                    self.groups.join(mention.iri, f"\x1f{self.names[mention.name].spelling}")
        words = {name.shared for name in self.names.values() if not name.capitals}
        laws = self._laws()
        for name in sorted(self.names.values(), key=lambda name: (len(name.spelling), name.spelling)):
            apart = name.capitals and name.shared in words
            one = f"{name.form}\x1d" if apart else f"\x1e{name.shared}\x1d"
            self.groups.join(f"\x1f{name.spelling}", one + (name.law or laws.get(name.shared, "")))

    def _laws(self) -> dict[str, str]:
        """What the spellings of a name share -> the law of those without a legal form: that of most different mentions, then of the shortest."""
        told: dict[str, dict[str, list[_Name]]] = defaultdict(lambda: defaultdict(list))
        for mention in self.mentions:
            name = self.names[mention.name]
            if name.law:
                told[name.shared][name.law].append(name)
        return {
            shared: min(laws, key=lambda law: (-len(laws[law]), min(name.order for name in laws[law])))
            for shared, laws in told.items()
        }

    def _table(self) -> None:
        """Join the names that the table gives one organization, if somebody has verified them, and its domains."""
        for text in sorted({mention.name for mention in self.mentions}):
            if organization := self.names[text].listed:
                self.groups.join(f"\x1f{self.names[text].spelling}", f"\x1c{organization}")
        for identifier in sorted(self.known):
            if owner := table().owner_of(identifier):
                self.groups.join(f"{identifier}\x1f", f"\x1c{owner}")

    def canonical(self) -> dict[str, str]:
        """Mention node -> canonical node. Groups whose names would meet get a mark made of their first spelling."""
        by_iri = {mention.iri: mention for mention in self.mentions}
        meeting: dict[str, list[tuple[tuple[bool, int, str], list[str]]]] = defaultdict(list)
        for iris in self.groups.members(by_iri).values():
            told = [by_iri[iri] for iri in iris]
            meeting[self._path(told)].append((min(self.names[m.name].order for m in told), iris))
        found: dict[str, str] = {}
        for path, groups in meeting.items():
            for number, (rank, iris) in enumerate(sorted(groups)):
                mark = f"-x{sha256(rank[-1].encode('utf-8', 'surrogatepass')).hexdigest()[:_MARK]}" if number else ""
                found |= dict.fromkeys(iris, f"<{path}{mark}>")
        return found

    def _path(self, told: list[Mention]) -> str:
        identifiers = sorted({i for mention in told for i in mention.identifiers}, key=strength)
        if identifiers:
            return _identifier_path(self.kind, identifiers[0])
        return _name_path(self.kind, min(self.names[mention.name].rank for mention in told))

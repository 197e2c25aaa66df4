"""How mentions are resolved: by identifiers, judgements, the spellings of one name, and the table of organizations, in this order."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

from kg.rdf import standing_for
from kg.resolve.affiliations import listed, listed_key
from kg.resolve.groups import Groups, contradict, strength
from kg.resolve.judgements import DIFFERENT, SAME
from kg.resolve.placed import CLASSES, name_path, placed_name, told_apart
from kg.resolve.spelled import Name, keep_apart, name_of, nodes_of
from kg.resolve.table import table
from kg.vocabulary import data_iri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.rdf import Mention

Judged: TypeAlias = tuple[str, str, str]
"""What is judged of two names or identifiers: the judgement, and the two."""
_MARK = 12


def keys(mention: Mention) -> set[str]:
    """Return what a mention shares with every other that its node may depend on, but for what `links` tells."""
    found: set[str] = set()
    for name in map(name_of, filter(None, (mention.name, placed_name(mention)))):
        found |= {*nodes_of(name), f"{mention.kind}\x1f{name_path(mention.kind, name.rank[-1])}", name.listing}
    found.discard("")
    for identifier in mention.identifiers:
        found |= {f"{identifier}\x1f", f"{mention.kind}\x1f{_identifier_path(mention.kind, identifier)}"}
    return found | set(map(listed_key, listed(mention)))


def links(judged: list[Judged]) -> list[set[str]]:
    """Return sets of keys that belong together, although no mention need have all of a set: those of each judgement."""
    return [
        {f"{text}\x1f" for text in pair} | {node for text in pair for node in nodes_of(name_of(text))}
        for _, *pair in judged
    ]


def resolved(mentions: Iterable[Mention], judged: list[Judged], named: Collection[str] = ()) -> dict[str, str]:
    """Return mention node -> canonical node; independent of the order of the mentions, and of how many are alike.

    Args:
        mentions: with all that they have to do with (`keys`, `links`).
        judged: what joins and separates.
        named: all names that any judgement is about.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        if mention.kind in CLASSES:
            alike[mention.alike].append(mention.iri)
    told: dict[str, str] = {}
    standing = told_apart([standing_for(text) for text in sorted(alike)], named)
    for kind in CLASSES:
        for text, node in _Resolution(kind, standing, judged).canonical().items():
            told |= dict.fromkeys(alike[text], node)
    return told


def _identifier_path(kind: str, identifier: str) -> str:
    scheme, value = identifier.split(":", 1)
    return data_iri(CLASSES[kind], scheme, value)


class _Resolution:
    """One resolution of the mentions of one kind, of which no two are alike."""

    def __init__(self, kind: str, mentions: list[Mention], judged: list[Judged]) -> None:
        self.kind = kind
        self.mentions = [mention for mention in mentions if mention.kind == kind]
        self.groups = Groups()
        self.known = {identifier for mention in self.mentions for identifier in mention.identifiers}
        self.judged = judged
        texts = {text for _, *pair in self.judged for text in pair if text not in self.known}
        self.names = {text: name_of(text) for text in sorted(texts | {mention.name for mention in self.mentions})}
        self.words = {name.shared for name in self.names.values() if not name.capitals}
        self.laws = self._laws()
        self._apart()
        self._identifiers()
        self._judgements()
        self._spellings()
        if kind == "party":
            self._table()

    def _apart(self) -> None:
        """Keep apart what is judged not to be one, and with a name each mention of it: two names may share an identifier."""
        pairs = [pair for judgement, *pair in self.judged if judgement == DIFFERENT]
        if pairs:
            identified = [mention for mention in self.mentions if mention.identifiers]
            keep_apart(self.groups, self.names, pairs, self._shared, identified)

    def _identifiers(self) -> None:
        for mention in self.mentions:
            self.groups.identify(mention.iri, mention.identifiers)
            for identifier in mention.identifiers:
                self.groups.identify(f"{identifier}\x1f", [identifier])
        for mention in self.mentions:
            for identifier in sorted(mention.identifiers, key=strength):
                self.groups.join(mention.iri, f"{identifier}\x1f")

    def _judgements(self) -> None:
        for judgement, left, right in self.judged:
            if judgement == SAME:
                self.groups.join(self._node(left), self._node(right))

    def _node(self, text: str) -> str:
        """The node of what a judgement names: an identifier, or one spelling of a name."""
        return f"{text}\x1f" if text in self.known else self.names[text].node

    def _spellings(self) -> None:
        """Join mentions with their spellings, and the spellings of one name with each other, if their legal forms allow it."""
        named: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            named[self.names[mention.name].form].append(mention)
        for told in named.values():
            split = contradict(told)
            for mention in told:
                if not (split and mention.identifiers):
                    self.groups.join(mention.iri, self.names[mention.name].node)
        for name in sorted(self.names.values(), key=lambda name: (len(name.spelling), name.spelling)):
            self.groups.join(name.node, self._shared(name))

    def _shared(self, name: Name) -> str:
        """The node that the spellings of a name are joined with which its legal form allows."""
        abbreviation, both = name.nodes(name.law or self.laws.get(name.shared, ""))
        return abbreviation if name.capitals and name.shared in self.words else both

    def _laws(self) -> dict[str, str]:
        """What the spellings of a name share -> the law of those without a legal form: that of most different mentions, then of the shortest.

        Where no mention has a legal form, it is that of the judged spellings.
        """
        told: dict[str, dict[str, list[Name]]] = defaultdict(lambda: defaultdict(list))
        for mention in self.mentions:
            name = self.names[mention.name]
            if name.law:
                told[name.shared][name.law].append(name)
        mentioned = set(told)
        for name in self.names.values():
            if name.law and name.shared not in mentioned:
                told[name.shared][name.law].append(name)
        return {
            shared: min(laws, key=lambda law: (-len(laws[law]), min(name.order for name in laws[law])))
            for shared, laws in told.items()
        }

    def _table(self) -> None:
        """Join the names that the table gives one organization, if somebody has verified them, and its domains."""
        for text in sorted({mention.name for mention in self.mentions}):
            if listing := self.names[text].listing:
                self.groups.join(self.names[text].node, listing)
        for identifier in sorted(self.known):
            if owner := table().owner_of(identifier):
                self.groups.join(f"{identifier}\x1f", listed_key(owner))

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
        # Where places tell organizations apart, they are called after them.
        placed = [mention for mention in told if mention.region and mention.name != standing_for(mention.iri).name]
        names = [self.names[mention.name] for mention in placed or told]
        return name_path(self.kind, min(name.rank for name in names)[-1])

"""Resolution by equal normal names and shared identifiers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.names import key as name_key
from kg.names import slug
from kg.vocabulary import data_iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.rdf import Mention

SCHEMES = ("lei", "wikidata", "domain")
"""Identifier schemes by strength, strongest first; feed identifiers come after them, names last."""


class ExactResolver:
    """Joins mentions that share an identifier or whose names have the same normal form.

    Identifiers also separate: mentions with one name but different identifiers of one scheme stay
    apart, and a mention of that name without any identifier stays with none of them.
    """

    fingerprint = "exact"

    def resolve(self, mentions: Iterable[Mention]) -> dict[str, str]:
        """Return mention node -> canonical node; independent of the order of the mentions."""
        clusters = _Clusters()
        found = [mention for mention in mentions if mention.kind in {"party", "threat-actor"}]
        by_name: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        for mention in found:
            by_name[mention.kind, name_key(mention.name)].append(mention)
            for identifier in mention.identifiers:
                clusters.join(mention.iri, f"{mention.kind}\x1f{identifier}\x1f")
        for (kind, name), named in by_name.items():
            anchors = {clusters.find(mention.iri) for mention in named if mention.identifiers}
            if not contradict(named):
                for anchor in anchors:
                    clusters.join(f"{kind}\x1f{name}", anchor)
            for mention in named:
                if not mention.identifiers:
                    clusters.join(mention.iri, f"{kind}\x1f{name}")
        return _named(clusters, found)


class _Clusters:
    """Union-find over node names and keys."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, item: str) -> str:
        root = item
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(item, item)) != root:
            self._parent[item], item = root, parent
        return root

    def join(self, left: str, right: str) -> None:
        a, b = sorted((self.find(left), self.find(right)))
        self._parent[b] = a


def contradict(named: list[Mention]) -> bool:
    """Return whether the mentions of one name carry different identifiers of one scheme."""
    values: dict[str, set[str]] = defaultdict(set)
    for mention in named:
        for identifier in mention.identifiers:
            values[identifier.split(":", 1)[0]].add(identifier)
    return any(len(found) > 1 for found in values.values())


def _named(clusters: _Clusters, found: list[Mention]) -> dict[str, str]:
    """The canonical node of every mention: made of its cluster's strongest identifier, else of its name."""
    members: dict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        members[clusters.find(mention.iri)].append(mention)
    referents: dict[str, str] = {}
    for cluster in members.values():
        iri = f"<{_canonical(cluster)}>"
        for mention in cluster:
            referents[mention.iri] = iri
    return referents


def _canonical(cluster: list[Mention]) -> str:
    kind = "organization" if cluster[0].kind == "party" else cluster[0].kind
    identifiers = sorted({i for mention in cluster for i in mention.identifiers}, key=strength)
    if identifiers:
        scheme, value = identifiers[0].split(":", 1)
        return data_iri(kind, scheme, value)
    return data_iri(kind, "name", slug(min(name_key(mention.name) or mention.name for mention in cluster)))


def strength(identifier: str) -> tuple[int, str]:
    """Return the order of an identifier among others, the strongest first."""
    scheme = identifier.split(":", 1)[0]
    return (SCHEMES.index(scheme) if scheme in SCHEMES else len(SCHEMES), identifier)
